//! What a command is given to read: links, files, or standard input.

use std::io::Read;

use anyhow::{Context, bail};
use tokio::runtime::Runtime;
use url::Url;

use crate::article::Article;
use crate::config;
use crate::fetch::Fetcher;
use crate::reader::{ReaderOptions, Readers};

/// What reads them.
pub struct Sources {
    fetcher: Fetcher,
    runtime: Runtime,
}

impl Sources {
    /// Gets ready to read.
    ///
    /// # Errors
    /// If the system gives no client, or `MUJAZ_REACHABLE` or `MUJAZ_CONTACT` makes no sense.
    pub fn new() -> anyhow::Result<Self> {
        let readers =
            Readers::new(ReaderOptions { processes: 1, ..ReaderOptions::new(config::own_program()) });
        let fetcher = Fetcher::new(config::fetch_options(None)?, readers)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        Ok(Self { fetcher, runtime })
    }

    /// Reads the article at the link `name`, in the file `name`, or in standard input if it is `-`. `url` is where a
    /// saved page came from.
    ///
    /// # Errors
    /// One sentence that says why there is none.
    pub fn read(&self, name: &str, url: Option<&Url>) -> anyhow::Result<Article> {
        if let Some(link) = Url::parse(name).ok().filter(|_| name.contains("://")) {
            if !matches!(link.scheme(), "http" | "https") {
                bail!("only http and https addresses are read; a file is named by its path");
            }
            let article = self.runtime.block_on(async {
                // It starts while the page is on its way.
                self.fetcher.readers().warm();
                self.fetcher.article(&link).await
            })?;
            return Ok((*article).clone());
        }
        let mut bytes = Vec::new();
        if name == "-" {
            std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
        } else {
            bytes = std::fs::read(name).with_context(|| format!("cannot read {name}"))?;
        }
        Ok(self.runtime.block_on(self.fetcher.file(name, &bytes, url.cloned()))?)
    }
}
