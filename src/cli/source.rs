//! What a command is given to read: a link, a file, or standard input.

use std::io::Read;

use anyhow::Context;
use url::Url;

use crate::article::Article;
use crate::config;
use crate::fetch::{FetchOptions, Fetcher};
use crate::reader::{ReaderOptions, Readers};

/// Reads the article at the link `name`, in the file `name`, or in standard input if it is `-`. `url` is where a
/// saved page came from.
///
/// # Errors
/// One sentence that says why there is none.
pub fn read(name: &str, url: Option<&Url>) -> anyhow::Result<Article> {
    let readers = Readers::new(ReaderOptions { processes: 1, ..ReaderOptions::new(config::own_program()) });
    let fetcher = Fetcher::new(FetchOptions::default(), readers.clone())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if let Some(link) = Url::parse(name).ok().filter(|link| matches!(link.scheme(), "http" | "https")) {
        let article = runtime.block_on(async {
            // It starts while the page is on its way.
            readers.warm();
            fetcher.article(&link).await
        })?;
        return Ok((*article).clone());
    }
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(name).with_context(|| format!("cannot read {name}"))?;
    }
    Ok(runtime.block_on(fetcher.file(name, &bytes, url.cloned()))?)
}
