//! `mujaz bot`: long polling until Ctrl-C or SIGTERM.

use anyhow::Context;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use crate::bot::{dispatch, start};
use crate::config::Config;
use crate::fetch::{FetchOptions, Fetcher};
use crate::service::Service;

/// Runs the bot.
///
/// # Errors
/// One sentence: what is wrong with the configuration, or why Telegram or the store cannot be reached.
pub fn run() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let filter =
        EnvFilter::try_new(config.log.as_deref().unwrap_or("info")).context("RUST_LOG makes no sense")?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let fetcher = Fetcher::new(FetchOptions::default())?;
        let handler = start::start(&config, Service::new(fetcher)).await?;
        tracing::info!(bot = %handler.me.username, "started");
        let stop = CancellationToken::new();
        tokio::spawn(stop_on_signal(stop.clone()));
        dispatch::run(handler, stop).await?;
        tracing::info!("stopped");
        Ok(())
    })
}

/// Cancels `stop` at Ctrl-C or SIGTERM.
pub(super) async fn stop_on_signal(stop: CancellationToken) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
    stop.cancel();
}
