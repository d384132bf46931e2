//! How messages leave: at Telegram's pace, patient when told to wait, never twice.
//!
//! teloxide's `Throttle` is not used: it freezes the sending to *all* chats for as long as Telegram asks for patience
//! in one of them.

use std::future::IntoFuture;
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use teloxide::payloads::{EditMessageText, SendMessage};
use teloxide::requests::{JsonRequest, Payload};
use teloxide::types::{ChatId, MessageId, Recipient};
use teloxide::{ApiError, Bot, RequestError};

use super::lanes::{Lane, Lanes};
use super::numbers::Numbers;
use crate::metrics::{Metrics, Stage};

/// How often a call is made again after Telegram asked for patience or had a fault.
pub const TRIES: u32 = 6;

/// The longest that Telegram's wish for patience is followed; what is later than that has lost its point.
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// Chats whose pace is remembered before those that have been quiet are forgotten.
const CHATS: usize = 1000;

/// Why a message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The bot was blocked or removed, or the chat is gone. Nothing can be sent there any more.
    #[error("the chat cannot be reached any more")]
    Gone,
    /// The message that it answers is gone.
    #[error("the message that asked is gone")]
    Unasked,
    /// Telegram refused it, for certain.
    #[error("Telegram refused it: {}", describe(.0))]
    Refused(RequestError),
    /// It may have arrived or not: the connection broke while it was on its way.
    #[error("it may have been sent: {}", describe(.0))]
    Uncertain(RequestError),
}

impl SendError {
    /// The call was made as often as it may be.
    #[must_use]
    pub fn too_often() -> Self {
        Self::Refused(RequestError::Api(ApiError::Unknown("too many tries".to_owned())))
    }
}

/// Why a call sent no message.
#[derive(Debug)]
pub enum Unsent {
    /// It was not carried out, and can be made again after this time.
    Again(Duration),
    /// It is not to be made again.
    Failed(SendError),
}

/// A message that was sent.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Sent {
    /// Its number.
    pub message_id: i32,
}

/// A call whose answer is read as `O`: teloxide's payload, our own view of the answer. A message that Telegram has sent
/// counts as sent, also where teloxide could not read every part of it.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Call<P, O> {
    payload: P,
    #[serde(skip)]
    output: PhantomData<fn() -> O>,
}

impl<P, O> Call<P, O> {
    /// Wraps a payload.
    pub const fn new(payload: P) -> Self {
        Self { payload, output: PhantomData }
    }
}

impl<P: Payload, O> Payload for Call<P, O> {
    type Output = O;
    const NAME: &'static str = P::NAME;
}

/// Sends. Cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    bot: Bot,
    pace: Arc<Pace>,
    /// To each chat one message at a time.
    turns: Arc<Lanes>,
    numbers: Arc<Numbers>,
    metrics: Metrics,
}

struct Pace {
    /// About 30 a second over all.
    bot: DefaultDirectRateLimiter,
    /// One a second to a person.
    person: DefaultKeyedRateLimiter<i64>,
    /// 20 a minute to a group.
    group: DefaultKeyedRateLimiter<i64>,
}

impl Outbox {
    /// An outbox of `bot` that sends at most so many messages a second.
    #[must_use]
    pub fn new(bot: Bot, a_second: NonZeroU32, metrics: Metrics) -> Self {
        let burst = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        let every = |seconds, n| {
            Quota::with_period(Duration::from_secs(seconds))
                .unwrap_or(Quota::per_second(burst(1)))
                .allow_burst(burst(n))
        };
        let pace = Pace {
            bot: RateLimiter::direct(Quota::per_second(a_second)),
            person: RateLimiter::keyed(every(1, 3)),
            group: RateLimiter::keyed(every(3, 4)),
        };
        let turns = Arc::new(Lanes::of_width(1));
        Self { bot, pace: Arc::new(pace), turns, numbers: Arc::default(), metrics }
    }

    /// The bot that sends.
    pub const fn bot(&self) -> &Bot {
        &self.bot
    }

    /// The message numbers seen so far.
    #[must_use]
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// Waits until `chat` may get one more message; it gets no other until the turn is dropped. To be called before
    /// [`Outbox::send`], so that a message is noted as on its way only when it is.
    pub async fn turn(&self, chat: i64) -> Option<Lane> {
        let turn = self.turns.enter(chat).await;
        self.pace().await;
        let chats = if chat < 0 { &self.pace.group } else { &self.pace.person };
        if chats.len() > CHATS {
            chats.retain_recent();
        }
        chats.until_key_ready(&chat).await;
        turn
    }

    /// Waits until Telegram may be called once more, whatever for.
    pub async fn pace(&self) {
        self.pace.bot.until_ready().await;
    }

    /// Calls Telegram to send a message, once.
    ///
    /// # Errors
    /// See [`Unsent`].
    pub async fn send(&self, message: &mut SendMessage) -> Result<Sent, Unsent> {
        let timer = self.metrics.time(Stage::Send);
        let called = self.call::<_, Sent>(message.clone()).await;
        drop(timer);
        let error = match called {
            Ok(sent) => {
                if let Recipient::Id(chat) = message.chat_id {
                    self.numbers.sent(chat.0, sent.message_id);
                }
                return Ok(sent);
            }
            Err(error) => error,
        };
        self.metrics.fault(kind(&error));
        if let RequestError::MigrateToChatId(to) = error {
            message.chat_id = Recipient::Id(to);
            message.reply_parameters = None;
            return Err(Unsent::Again(Duration::ZERO));
        }
        Err(pause_after(error).map_or_else(Unsent::Failed, Unsent::Again))
    }

    /// Changes a message. Changing it to what it is already is no fault, and may be tried again after any other.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn edit(&self, edit: EditMessageText) -> Result<(), SendError> {
        for _ in 0..TRIES {
            let call = self.call::<_, serde::de::IgnoredAny>(edit.clone()).await;
            match call {
                Ok(_) | Err(RequestError::Api(ApiError::MessageNotModified)) => return Ok(()),
                Err(RequestError::Network(_)) => tokio::time::sleep(Duration::from_secs(1)).await,
                Err(error) => tokio::time::sleep(pause_after(error)?).await,
            }
        }
        Err(SendError::too_often())
    }

    /// Makes a call once. For what may fail without harm: an action, a reaction, an answer to a button.
    ///
    /// # Errors
    /// Whatever teloxide reports.
    pub async fn call<P, O>(&self, payload: P) -> Result<O, RequestError>
    where
        P: Payload + Serialize + 'static,
        O: DeserializeOwned + 'static,
    {
        JsonRequest::new(self.bot.clone(), Call::<P, O>::new(payload)).into_future().await
    }

    /// Deletes a message, if it is still there.
    pub async fn delete(&self, chat: i64, message: i32) {
        let payload = teloxide::payloads::DeleteMessage::new(ChatId(chat), MessageId(message));
        if let Err(error) = self.call::<_, serde::de::IgnoredAny>(payload).await {
            tracing::debug!(error = %describe(&error), "a message could not be deleted");
        }
    }
}

/// How long to wait where the call can be made again after `error`.
pub(super) fn pause_after(error: RequestError) -> Result<Duration, SendError> {
    match error {
        RequestError::RetryAfter(seconds) if seconds.duration() <= LONGEST_WAIT => {
            tracing::warn!(seconds = seconds.seconds(), "Telegram asks for patience");
            Ok(seconds.duration())
        }
        // A gateway's page instead of an answer: the call was not carried out. teloxide has waited already.
        RequestError::InvalidJson { ref raw, .. } if !raw.trim_start().starts_with('{') => Ok(Duration::ZERO),
        RequestError::Network(ref cause) if cause.is_connect() => Ok(Duration::from_secs(1)),
        RequestError::Network(_) | RequestError::Io(_) | RequestError::InvalidJson { .. } => {
            Err(SendError::Uncertain(error))
        }
        RequestError::Api(ApiError::MessageToReplyNotFound) => Err(SendError::Unasked),
        RequestError::Api(ref fault) if is_gone(fault) => Err(SendError::Gone),
        RequestError::Api(_) | RequestError::RetryAfter(_) | RequestError::MigrateToChatId(_) => {
            Err(SendError::Refused(error))
        }
    }
}

/// A word for what Telegram did, for counting.
fn kind(error: &RequestError) -> &'static str {
    match error {
        RequestError::RetryAfter(_) => "telegram_429",
        RequestError::Api(fault) if is_gone(fault) => "telegram_403",
        RequestError::Api(_) | RequestError::MigrateToChatId(_) => "telegram_400",
        RequestError::InvalidJson { .. } => "telegram_5xx",
        RequestError::Network(_) | RequestError::Io(_) => "telegram_network",
    }
}

/// An error in words for the log. teloxide's own words hold the answer where that was no JSON, and an answer to a message
/// holds the message.
#[must_use]
pub fn describe(error: &RequestError) -> String {
    match error {
        RequestError::InvalidJson { .. } => "the answer is no JSON".to_owned(),
        other => other.to_string(),
    }
}

fn is_gone(fault: &ApiError) -> bool {
    match fault {
        ApiError::BotBlocked
        | ApiError::BotKicked
        | ApiError::BotKickedFromSupergroup
        | ApiError::BotKickedFromChannel
        | ApiError::UserDeactivated
        | ApiError::CantInitiateConversation
        | ApiError::CantTalkWithBots
        | ApiError::GroupDeactivated
        | ApiError::ChatNotFound => true,
        ApiError::Unknown(text) => text.starts_with("Forbidden:"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_chat_gets_one_message_at_a_time() {
        let outbox = Outbox::new(Bot::new("1:a"), NonZeroU32::MAX, Metrics::default());
        let turn = outbox.turn(1).await;
        assert!(outbox.turn(1).now_or_never().is_none());
        assert!(outbox.turn(2).now_or_never().is_some());
        drop(turn);
        assert!(outbox.turn(1).now_or_never().is_some());
    }
}
