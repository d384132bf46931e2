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
use crate::config::{self, Config, LogConfig, LogFormat};
use crate::fetch::address::Exceptions;
use crate::fetch::{self, FetchOptions, Fetcher};
use crate::reader::{ReaderOptions, Readers};
use crate::service::Service;

/// Runs the bot. Whatever it says from here on is a line of the log, also that it cannot go on, and where it panics.
///
/// # Errors
/// One sentence: what is wrong with the configuration, or why Telegram or the store cannot be reached.
pub fn run() -> anyhow::Result<()> {
    let log = LogConfig::from_env()?;
    let filter = EnvFilter::try_new(log.filter.as_deref().unwrap_or("info"));
    let (filter, fault) = match filter {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    tracing_subscriber::registry().with(filter).with(layer(log.format, std::io::stderr)).init();
    log_panics();
    let ran =
        fault.map_or(Ok(()), |fault| Err(fault).context("RUST_LOG makes no sense")).and_then(|()| work());
    if let (Err(error), LogFormat::Json) = (&ran, log.format) {
        tracing::error!(error = format!("{error:#}"), "the bot cannot go on");
        std::process::exit(1);
    }
    ran
}

fn work() -> anyhow::Result<()> {
    let config = Config::from_env()?;
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
        let user_agent = fetch::user_agent(config.contact.as_deref());
        let options = FetchOptions { user_agent, exceptions, ..FetchOptions::default() };
        let fetcher = Fetcher::new(options, readers)?;
        let handler = Box::pin(start::start(&config, Service::new(fetcher))).await?;
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
fn layer<S, W>(format: LogFormat, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    W: for<'writer> fmt::MakeWriter<'writer> + Send + Sync + 'static,
{
    let own = filter_fn(|event| event.target().starts_with("mujaz"));
    let log = fmt::layer().with_writer(writer);
    match format {
        LogFormat::Text => log.with_filter(own).boxed(),
        LogFormat::Json => log.json().flatten_event(true).with_span_list(false).with_filter(own).boxed(),
    }
}

/// Has a panic be a line of the log: where it was, and not its words, which may quote what people wrote.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        let thread = std::thread::current();
        tracing::error!(at, thread = thread.name(), "a fault in this program");
    }));
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

#[cfg(test)]
mod tests {
    use std::panic::{catch_unwind, set_hook, take_hook};
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no panic here").extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_one_line_of_the_log_that_says_where_and_not_what() {
        let written = Written::default();
        let writer = written.clone();
        let log = tracing_subscriber::registry().with(layer(LogFormat::Json, move || writer.clone()));
        tracing::subscriber::with_default(log, || {
            let before = take_hook();
            log_panics();
            let caught = catch_unwind(|| panic!("«نص سري»"));
            set_hook(before);
            assert!(caught.is_err());
        });
        let log = String::from_utf8(written.0.lock().expect("no panic here").clone()).expect("UTF-8");
        let line: serde_json::Value = serde_json::from_str(log.trim()).expect("one object");
        assert_eq!(line["message"], "a fault in this program");
        assert!(line["at"].as_str().is_some_and(|at| at.contains("bot.rs:")), "{log}");
        assert!(!log.contains("سري"), "{log}");
    }
}
