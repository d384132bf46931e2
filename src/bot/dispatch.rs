//! The bot at work, from its start to its stop: updates come in by polling or to a webhook, and each is handled once.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::time::{Instant, interval, timeout};
use tokio_util::sync::CancellationToken;

use super::handle::Handler;
use super::ticket::LEASE;
use super::webhook::Webhook;
use super::work::Work;
use super::{listen, poll, web};

/// How long a stopping bot waits for what is in hand, unless it is told otherwise.
const GRACE: Duration = Duration::from_secs(20);

/// How long the last answers may take to leave the HTTP server.
const FAREWELL: Duration = Duration::from_secs(1);

/// How long the store may take to put itself in order at the end.
const SETTLE: Duration = Duration::from_secs(5);

/// How often expired data are deleted.
const SWEEP: Duration = Duration::from_mins(1);

/// Why the bot cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DispatchError {
    /// Telegram does not know the token.
    #[error("Telegram does not accept the token")]
    Token,
}

/// How updates come in, and where the bot can be looked at.
#[derive(Debug)]
pub struct Intake {
    /// Where Telegram brings updates to; without it they are polled for.
    pub webhook: Option<Webhook>,
    /// Serves the webhook, health and counts.
    pub listener: Option<TcpListener>,
    /// How long a caller there may be silent.
    pub idle: Duration,
    /// How long a stop waits for what is in hand.
    pub grace: Duration,
}

impl Default for Intake {
    fn default() -> Self {
        Self { webhook: None, listener: None, idle: listen::IDLE, grace: GRACE }
    }
}

/// Handles updates until `stop` is cancelled; then finishes what is in hand, and gives the rest back.
///
/// # Errors
/// If Telegram does not accept the token. Everything else is waited out.
pub async fn run(handler: Handler, intake: Intake, stop: CancellationToken) -> Result<(), DispatchError> {
    let work = Work::new(handler);
    let closed = CancellationToken::new();
    let served = intake.listener.map(|listener| {
        let router = web::router(Arc::clone(&work), intake.webhook.clone(), stop.clone());
        tokio::spawn(listen::serve(listener, router, intake.idle, closed.clone()))
    });
    let upkeep = tokio::spawn(upkeep(Arc::clone(&work)));
    let result = match &intake.webhook {
        None => poll::run(&work, &stop, intake.grace).await,
        Some(webhook) => {
            let watched = webhook.watch(&work, &stop).await;
            let left = work.end(intake.grace).await;
            if left > 0 {
                tracing::warn!(left, "stopped in the middle; Telegram brings the rest again");
            }
            watched
        }
    };
    closed.cancel();
    if let Some(served) = served {
        let abort = served.abort_handle();
        let _ = timeout(FAREWELL, served).await;
        abort.abort();
    }
    upkeep.abort();
    if let Err(error) = work.handler.store.give_back(&work.handler.replica).await {
        tracing::error!(%error, "claims could not be given back");
    }
    if !matches!(timeout(SETTLE, work.handler.store.settle()).await, Ok(Ok(()))) {
        tracing::warn!("the store could not be put in order");
    }
    result
}

/// Keeps this process's claims alive, and deletes what has expired.
async fn upkeep(work: Arc<Work>) {
    let handler = &work.handler;
    let mut last_sweep = Instant::now();
    let mut tick = interval(LEASE / 3);
    loop {
        tick.tick().await;
        let now = Timestamp::now();
        if let Err(error) = handler.store.renew(&handler.replica, LEASE, now).await {
            tracing::error!(%error, "claims could not be renewed");
            handler.metrics().fault("store");
        }
        if last_sweep.elapsed() >= SWEEP {
            last_sweep = Instant::now();
            if let Err(error) = handler.store.sweep(now).await {
                tracing::error!(%error, "expired data could not be deleted");
                handler.metrics().fault("store");
            }
        }
    }
}
