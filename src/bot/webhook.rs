//! The webhook: Telegram brings updates, to whichever replica the load balancer chooses.
//!
//! An update is answered with 200 only when it is finished and noted as such. Whatever else happens (a replica that
//! stops or dies, a store that is away, another replica that holds the chat) is answered with 503 or not at all, and
//! Telegram brings the update again, for 24 hours. It brings the updates of a chat one after the other, which is the order
//! that people see; the claims in the store keep it where two replicas hold parts of one chat after a fault.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use teloxide::payloads::GetWebhookInfo;
use teloxide::requests::Payload;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::call::CallError;
use super::dispatch::DispatchError;
use super::update::Update;
use super::work::{Outcome, Way, Work};
use crate::config::Token;
use crate::metrics::Level;

/// How long Telegram is kept waiting for its 200; it gives up after 60 seconds.
const HOLD: Duration = Duration::from_secs(50);

/// How often Telegram is asked how the webhook does, unless it is said otherwise.
const LOOK: Duration = Duration::from_secs(30);

/// Connections that Telegram may open, which is also how many updates it brings at once. 100 is the most it allows.
const CONNECTIONS: u32 = 100;

/// The header in which Telegram shows that it is Telegram.
const SECRET: &str = "X-Telegram-Bot-Api-Secret-Token";

/// A webhook: where it is, and how Telegram is known there.
#[derive(Clone, Debug)]
pub struct Webhook {
    url: Url,
    secret: String,
    look: Duration,
}

#[derive(Clone, Serialize)]
struct SetWebhook {
    url: String,
    secret_token: String,
    max_connections: u32,
    allowed_updates: &'static [&'static str],
}

impl Payload for SetWebhook {
    type Output = bool;
    const NAME: &'static str = "setWebhook";
}

/// What Telegram says of the webhook.
#[derive(Deserialize)]
struct Info {
    url: String,
    #[serde(default)]
    pending_update_count: i64,
    last_error_date: Option<i64>,
    last_error_message: Option<String>,
}

impl Webhook {
    /// The webhook of the bot with that token at `url`. The secret follows from the token, so that all replicas know it.
    #[must_use]
    pub fn new(url: Url, token: &Token) -> Self {
        let digest = Sha256::new_with_prefix(b"mujaz webhook ").chain_update(token.expose()).finalize();
        let secret = digest.iter().fold(String::new(), |mut secret, byte| {
            // Writing into a string does not fail.
            let _ = write!(secret, "{byte:02x}");
            secret
        });
        Self { url, secret, look: LOOK }
    }

    /// The same webhook, which is looked after so often.
    #[must_use]
    pub fn looked_after_every(self, look: Duration) -> Self {
        Self { look, ..self }
    }

    /// The path of its address.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Whether it is Telegram who calls. Digests are compared: how long that takes tells nothing of the secret.
    pub(super) fn knows(&self, headers: &HeaderMap) -> bool {
        let shown = headers.get(SECRET).map(|shown| Sha256::digest(shown.as_bytes()));
        shown.is_some_and(|shown| shown == Sha256::digest(self.secret.as_bytes()))
    }

    /// Answers a call of Telegram's.
    pub(super) async fn receive(&self, work: &Arc<Work>, body: &Bytes) -> Response {
        let update = String::from_utf8_lossy(body);
        // What has no number cannot be told from what comes again.
        let Some(id) = Update::number(&update) else { return StatusCode::BAD_REQUEST.into_response() };
        let receipt = work.begin(id, &Update::parse(&update), Way::Pushed(HOLD));
        match timeout(HOLD, receipt.outcome()).await {
            Ok(Outcome::Finished) => StatusCode::OK.into_response(),
            Ok(Outcome::Unfinished) | Err(_) => later(),
        }
    }

    /// Sets the webhook, and watches over it until `stop` is cancelled.
    ///
    /// # Errors
    /// If Telegram does not accept the token.
    pub(super) async fn watch(&self, work: &Work, stop: &CancellationToken) -> Result<(), DispatchError> {
        let mut failures = 0_u32;
        let mut is_set = false;
        let mut last_error = None;
        loop {
            let looked = if is_set { self.look(work, &mut last_error).await } else { self.set(work).await };
            let pause = match looked {
                Ok(set) => {
                    failures = 0;
                    let pause = if set && is_set { self.look } else { Duration::from_secs(1) };
                    is_set = set;
                    pause
                }
                Err(error) if error.is_of_token() => return Err(DispatchError::Token),
                Err(error) => {
                    failures += 1;
                    work.handler.metrics().fault("telegram_webhook");
                    tracing::warn!(%error, "the webhook could not be set or looked at");
                    Duration::from_millis(500 << failures.min(6))
                }
            };
            tokio::select! {
                () = stop.cancelled() => return Ok(()),
                () = sleep(pause) => {}
            }
        }
    }

    async fn set(&self, work: &Work) -> Result<bool, CallError> {
        let set = SetWebhook {
            url: self.url.to_string(),
            secret_token: self.secret.clone(),
            max_connections: CONNECTIONS,
            allowed_updates: &Update::KINDS,
        };
        work.handler.outbox.call::<_, IgnoredAny>(set).await?;
        tracing::info!("the webhook is set");
        Ok(true)
    }

    /// Asks Telegram how the webhook does; gives back whether it is still this one.
    async fn look(&self, work: &Work, last_error: &mut Option<i64>) -> Result<bool, CallError> {
        let info: Info = work.handler.outbox.call(GetWebhookInfo::new()).await?;
        work.handler.metrics().set(Level::Pending, info.pending_update_count);
        if info.last_error_date > *last_error {
            *last_error = info.last_error_date;
            let error = in_our_words(&info.last_error_message.unwrap_or_default());
            tracing::warn!(error, pending = info.pending_update_count, "Telegram could not bring an update");
        }
        let ours = info.url == self.url.as_str();
        if !ours {
            work.handler.metrics().fault("telegram_409");
            tracing::warn!(
                "another program polls or has set another webhook with this token; stop one of the two"
            );
        }
        Ok(ours)
    }
}

/// What Telegram says of a webhook that fails. Its own words quote the address and what the TLS library says of it.
fn in_our_words(told: &str) -> String {
    let told = told.to_ascii_lowercase();
    let kinds = [
        ("ssl", "the certificate is not accepted"),
        ("certificate", "the certificate is not accepted"),
        ("resolve", "the name is not known"),
        ("refused", "the connection is refused"),
        ("timed out", "no answer in time"),
        ("timeout", "no answer in time"),
        ("closed", "the connection was closed"),
    ];
    if let Some((_, words)) = kinds.iter().find(|(sign, _)| told.contains(sign)) {
        return (*words).to_owned();
    }
    let status = told.split(|c: char| !c.is_ascii_digit()).find(|number| number.len() == 3);
    status.map_or_else(|| "something else".to_owned(), |status| format!("it was answered with {status}"))
}

/// What is answered where Telegram is to try again.
pub(super) fn later() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response()
}
