//! How messages leave: at Telegram's pace, patient when told to wait, never twice.
//!
//! teloxide's `Throttle` is not used: it freezes the sending to *all* chats for as long as Telegram asks for patience
//! in one of them.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use teloxide::payloads::SendMessage;
use teloxide::requests::Payload;
use teloxide::types::{ChatId, MessageId, Recipient};
use teloxide::{ApiError, Bot};

use super::call::{self, CallError};
use super::lanes::{Lane, Lanes};
use super::methods::{AnswerGuestQuery, SendToOne, SentGuestMessage};
use super::numbers::Numbers;
use crate::metrics::{Metrics, Stage};

/// How often a call is made again after Telegram asked for patience or had a fault.
pub const TRIES: u32 = 6;

/// The longest that Telegram's wish for patience is followed; what is later than that has lost its point.
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// How long to wait where Telegram is out of order.
const OUT_OF_ORDER: Duration = Duration::from_secs(10);

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
    #[error(transparent)]
    Refused(CallError),
    /// The call was made as often as it may be.
    #[error("it was tried too often")]
    TooOften,
    /// It may have arrived or not: the connection broke while it was on its way.
    #[error("it may have been sent: {0}")]
    Uncertain(CallError),
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
        let error = match self.speak::<_, Sent>(message.clone()).await {
            Ok(sent) => {
                if let Recipient::Id(chat) = message.chat_id {
                    self.numbers.sent(chat.0, sent.message_id);
                }
                return Ok(sent);
            }
            Err(error) => error,
        };
        if let CallError::Migrated(to) = error {
            message.chat_id = Recipient::Id(to);
            message.reply_parameters = None;
            return Err(Unsent::Again(Duration::ZERO));
        }
        Err(pause_after(error).map_or_else(Unsent::Failed, Unsent::Again))
    }

    /// Calls Telegram to answer somebody who calls the bot as a guest, once.
    ///
    /// # Errors
    /// See [`Unsent`].
    pub async fn answer_guest(&self, answer: &AnswerGuestQuery) -> Result<SentGuestMessage, Unsent> {
        let sent = self.speak(answer.clone()).await;
        sent.map_err(|error| pause_after(error).map_or_else(Unsent::Failed, Unsent::Again))
    }

    /// Calls Telegram to send a message to one member of a group alone, once.
    ///
    /// # Errors
    /// See [`Unsent`].
    pub async fn send_to_one(&self, message: &SendToOne) -> Result<(), Unsent> {
        let sent = self.speak::<_, serde::de::IgnoredAny>(message.clone()).await;
        sent.map(drop).map_err(|error| pause_after(error).map_or_else(Unsent::Failed, Unsent::Again))
    }

    /// Makes a call that says something, once.
    async fn speak<P, O>(&self, payload: P) -> Result<O, CallError>
    where
        P: Payload + Serialize,
        O: DeserializeOwned,
    {
        let timer = self.metrics.time(Stage::Send);
        let called = self.call(payload).await;
        drop(timer);
        called.inspect_err(|error| self.metrics.fault(error.kind()))
    }

    /// Changes a message. Changing it to what it is already is no fault, and may be tried again after any other.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn edit<P>(&self, edit: P) -> Result<(), SendError>
    where
        P: Payload + Serialize + Clone,
    {
        match self.call_again::<_, serde::de::IgnoredAny>(edit).await {
            Err(SendError::Refused(error)) if error.is_not_modified() => Ok(()),
            called => called.map(drop),
        }
    }

    /// Makes a call that may be made twice, until it is answered.
    ///
    /// # Errors
    /// See [`SendError`].
    pub async fn call_again<P, O>(&self, payload: P) -> Result<O, SendError>
    where
        P: Payload + Serialize + Clone,
        O: DeserializeOwned,
    {
        for _ in 0..TRIES {
            match self.call(payload.clone()).await {
                Ok(answer) => return Ok(answer),
                Err(CallError::Unreached | CallError::Unanswered) => {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                Err(error) => tokio::time::sleep(pause_after(error)?).await,
            }
        }
        Err(SendError::TooOften)
    }

    /// Makes a call once. For what may fail without harm: an action, a reaction, an answer to a button.
    ///
    /// # Errors
    /// See [`CallError`].
    pub async fn call<P, O>(&self, payload: P) -> Result<O, CallError>
    where
        P: Payload + Serialize,
        O: DeserializeOwned,
    {
        call::call(&self.bot, &payload).await
    }

    /// Deletes a message, if it is still there.
    pub async fn delete(&self, chat: i64, message: i32) {
        let payload = teloxide::payloads::DeleteMessage::new(ChatId(chat), MessageId(message));
        if let Err(error) = self.call::<_, serde::de::IgnoredAny>(payload).await {
            tracing::debug!(%error, "a message could not be deleted");
        }
    }
}

/// How long to wait where the call can be made again after `error`.
pub(super) fn pause_after(error: CallError) -> Result<Duration, SendError> {
    match error {
        CallError::Patience(pause) if pause <= LONGEST_WAIT => {
            tracing::warn!(seconds = pause.as_secs(), "Telegram asks for patience");
            Ok(pause)
        }
        CallError::OutOfOrder(_) => Ok(OUT_OF_ORDER),
        CallError::Unreached => Ok(Duration::from_secs(1)),
        CallError::Unanswered | CallError::Unreadable => Err(SendError::Uncertain(error)),
        CallError::Refused { fault: ApiError::MessageToReplyNotFound, .. } => Err(SendError::Unasked),
        _ if error.is_gone() => Err(SendError::Gone),
        CallError::Refused { .. } | CallError::Patience(_) | CallError::Migrated(_) => {
            Err(SendError::Refused(error))
        }
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
