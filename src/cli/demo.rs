//! `mujaz demo`: the real bot on the local Bot API, and a page to talk to it.

use std::io::Write;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::bot::stop_on_signal;
use super::output;
use crate::bot::dispatch::{self, Intake};
use crate::bot::start;
use crate::config::{self, Config};
use crate::demo;
use crate::fetch::Fetcher;
use crate::reader::{ReaderOptions, Readers};
use crate::service::Service;
use crate::standin::{self, Standin};

/// What `mujaz demo` is told.
#[derive(Debug, Args)]
pub struct Options {
    /// The port of 127.0.0.1 to serve the page on; 0 is any free one
    #[arg(long, default_value_t = 4747)]
    port: u16,
}

/// Serves the page until Ctrl-C or SIGTERM. Of the environment only `MUJAZ_REACHABLE` counts; nothing is left behind: the store is
/// in memory.
///
/// # Errors
/// One sentence: the port is taken, or the bot could not start.
pub fn run(options: &Options, output: &mut impl Write) -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_env_filter(EnvFilter::new("warn")).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", options.port))
            .await
            .with_context(|| format!("port {} cannot be used; --port 0 takes any free one", options.port))?;
        let address = listener.local_addr()?;
        let telegram = Standin::start().await?;
        // The same fetcher as the bot's: it goes into no private network, but to the sample that the page serves and what it is told of.
        let readers = Readers::new(ReaderOptions::new(config::own_program()));
        readers.warm();
        let fetcher = Fetcher::new(config::fetch_options(Some(address))?, readers)?;
        let handler = Box::pin(start::start(&configuration(&telegram)?, Service::new(fetcher))).await?;
        writeln!(output, "http://{address}")?;
        output.flush()?;
        output::complain("open this address in a browser; Ctrl-C stops it");
        let stop = CancellationToken::new();
        tokio::spawn(stop_on_signal(stop.clone()));
        tokio::select! {
            served = demo::serve(telegram, listener) => served?,
            dispatched = dispatch::run(handler, Intake::default(), stop) => dispatched?,
        }
        Ok(())
    })
}

/// The bot's configuration on `telegram`; all else as it is by default, except that whoever tries it on a machine of
/// their own need not wait.
fn configuration(telegram: &Standin) -> anyhow::Result<Config> {
    let config = Config::parse(|name| match name {
        "MUJAZ_TOKEN" => Some(standin::TOKEN.to_owned()),
        "MUJAZ_API_URL" => Some(telegram.url().to_string()),
        "DATABASE_URL" => Some("sqlite::memory:".to_owned()),
        "MUJAZ_LIMIT_PERSON" | "MUJAZ_LIMIT_CHAT" => Some("200/0.05".to_owned()),
        _ => None,
    })?;
    Ok(config)
}
