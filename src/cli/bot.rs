//! `mujaz bot`: updates are polled for, or taken by a webhook, until Ctrl-C or SIGTERM.

use anyhow::Context;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::Subscriber;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::bot::dispatch::{self, Intake};
use crate::bot::start;
use crate::bot::webhook::Webhook;
use crate::config::{self, Config, LogFormat};
use crate::fetch::address::Exceptions;
use crate::fetch::{FetchOptions, Fetcher};
use crate::reader::{ReaderOptions, Readers};
use crate::service::Service;

/// Runs the bot.
///
/// # Errors
/// One sentence: what is wrong with the configuration, or why Telegram or the store cannot be reached.
pub fn run() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let filter =
        EnvFilter::try_new(config.log.as_deref().unwrap_or("info")).context("RUST_LOG makes no sense")?;
    tracing_subscriber::registry().with(filter).with(log(config.log_format)).init();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = match config.listen {
            Some(address) => Some(
                TcpListener::bind(address)
                    .await
                    .with_context(|| format!("MUJAZ_LISTEN: {address} cannot be used"))?,
            ),
            None => None,
        };
        let exceptions = Exceptions { sockets: config.reachable.clone(), ports: Vec::new() };
        let readers = Readers::new(ReaderOptions::new(config::own_program()));
        readers.warm();
        let fetcher = Fetcher::new(FetchOptions { exceptions, ..FetchOptions::default() }, readers)?;
        let handler = start::start(&config, Service::new(fetcher)).await?;
        let webhook = config.webhook.clone().map(|url| Webhook::new(url, &config.token));
        let way = if webhook.is_some() { "webhook" } else { "polling" };
        tracing::info!(bot = %handler.me.username, replica = %handler.replica, way, "started");
        let stop = CancellationToken::new();
        tokio::spawn(stop_on_signal(stop.clone()));
        dispatch::run(handler, Intake { webhook, listener, ..Intake::default() }, stop).await?;
        tracing::info!("stopped");
        Ok(())
    })
}

/// Writes the log. Of this program alone: libraries name the hosts that links lead to.
fn log<S>(format: LogFormat) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let own = filter_fn(|event| event.target().starts_with("mujaz"));
    let log = fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.with_filter(own).boxed(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).with_filter(own).boxed(),
    }
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
