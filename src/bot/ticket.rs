//! A ticket: the claim on one update, through which all messages that answer it are sent, each once.
//!
//! The store notes that a message is on its way just before the call to Telegram, and that it was sent just after. What comes
//! between the two, a SIGKILL, a power cut, a connection that breaks, leaves the message in doubt; whether it arrived is then
//! found out ([`super::doubt`]), and it is sent only if it did not. A placeholder that is edited later would only move the
//! doubt to the placeholder.
//!
//! The window is as narrow as it can be: the waiting for Telegram's pace, and for its patience, is outside the two notes, and
//! the second follows the answer at once. It lasts for one call, some 50 to 100 ms, and holds the one message of that call;
//! nothing else is ever in doubt.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use teloxide::payloads::SendMessage;
use teloxide::types::Recipient;
use tokio_util::sync::CancellationToken;

use super::doubt::SETTLE;
use super::methods::{AnswerGuestQuery, SendToOne, SentGuestMessage};
use super::outbox::{Outbox, SendError, Sent, TRIES, Unsent};
use crate::store::{ChatId, Doubt, Hold, MessageId, Progress, Replica, Store, StoreError, UpdateId};

/// How long a claim lasts unless it is renewed.
pub const LEASE: Duration = Duration::from_secs(30);

/// The longest that an answer waits for those before it in its chat: longer than a slow page may take.
const TURN: Duration = Duration::from_secs(30);

/// How often a message is sent whose connection breaks each time, and which then is not there.
const SENDINGS: u32 = 3;

/// How long to wait before a call is made again of which nobody knows whether it was carried out.
const AGAIN: Duration = Duration::from_secs(1);

/// What somebody was told who called the bot as a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// That the page is being read, in the message of this name.
    FirstWord(String),
    /// All that there is to say.
    All,
}

/// Why a message did not go out.
#[derive(Debug, thiserror::Error)]
pub enum TicketError {
    /// Another replica has taken the update over.
    #[error("another replica answers this update")]
    Lost,
    /// The store failed; what is not noted must not be sent.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Telegram did not take it.
    #[error(transparent)]
    Send(#[from] SendError),
}

/// The claim on one update.
pub struct Ticket<'a> {
    store: &'a Store,
    outbox: &'a Outbox,
    replica: &'a Replica,
    update: UpdateId,
    /// What the first message waits for: the answers to what the chat asked before.
    turn: Option<&'a CancellationToken>,
    attempt: u32,
    /// Messages that went out before a restart. One in doubt that cannot be looked for is among them: said twice is worse than
    /// said never.
    before: u32,
    /// The next message may have been sent: its number is higher than this one then.
    doubt: Option<i32>,
    /// Messages that were asked for so far.
    asked: u32,
    /// Whether a message went out before a restart, for certain.
    spoke: bool,
    /// How many answers were perhaps given in this process, for whoever would say something else in their place.
    given: &'a AtomicU32,
}

impl<'a> Ticket<'a> {
    /// A ticket for an update that was brought as far as `progress`, whose answers come after `turn`.
    #[must_use]
    pub fn new(
        store: &'a Store,
        outbox: &'a Outbox,
        replica: &'a Replica,
        update: UpdateId,
        progress: Progress,
        turn: Option<&'a CancellationToken>,
        given: &'a AtomicU32,
    ) -> Self {
        let doubt = progress.doubt.and_then(|doubt| doubt.after).map(|after| after.0);
        let before = progress.sent + u32::from(progress.doubt.is_some() && doubt.is_none());
        let Progress { attempt, sent, .. } = progress;
        Self {
            store,
            outbox,
            replica,
            update,
            turn,
            attempt,
            before,
            doubt,
            asked: 0,
            spoke: sent > 0,
            given,
        }
    }

    /// Notes that an answer is on its way.
    pub fn giving(&self) {
        self.given.fetch_add(1, Ordering::Relaxed);
    }

    /// Notes that the answer was not given after all.
    fn not_given(&self) {
        self.given.fetch_sub(1, Ordering::Relaxed);
    }

    /// How far the update was brought, for whoever begins it again in this process.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let doubt = self.doubt.map(|after| Doubt { after: Some(MessageId(after)) });
        Progress { attempt: self.attempt, sent: self.before.max(self.asked), doubt }
    }

    /// Whether the update was begun before: what it asks was counted and allowed then.
    #[must_use]
    pub const fn is_again(&self) -> bool {
        self.attempt > 1 || self.before > 0 || self.doubt.is_some()
    }

    /// Whether the next message may have been sent already, and is composed again to find that out.
    #[must_use]
    pub const fn is_in_doubt(&self) -> bool {
        self.doubt.is_some()
    }

    /// Whether the next message went out before a restart; if so it counts as sent now.
    pub fn skip(&mut self) -> bool {
        let skip = self.asked < self.before;
        self.asked += u32::from(skip);
        skip
    }

    /// Waits until what the chat asked before is answered. Whoever waits for too long goes on all the same.
    pub async fn wait_for_turn(&mut self) {
        if let Some(turn) = self.turn.take() {
            let _ = tokio::time::timeout(TURN, turn.cancelled()).await;
        }
    }

    /// Leaves the line, so that the next message waits for none before it; gives back what it would have waited for.
    pub fn leave_line(&mut self) -> Option<&'a CancellationToken> {
        self.turn.take()
    }

    /// Stands in line again.
    pub fn enter_line(&mut self, turn: Option<&'a CancellationToken>) {
        self.turn = turn;
    }

    /// Sends the next message.
    ///
    /// # Errors
    /// See [`TicketError`].
    pub async fn send(&mut self, mut message: SendMessage) -> Result<Option<Sent>, TicketError> {
        if self.skip() {
            return Ok(None);
        }
        self.wait_for_turn().await;
        // To be kept until the message's number is noted.
        let _turn = self.outbox.turn(chat_of(&message)).await;
        let sent = self.deliver(&mut message).await;
        // If this note fails, the message counts as in doubt after a restart.
        let _ = match &sent {
            Ok(sent) => {
                let sent = (ChatId(chat_of(&message)), MessageId(sent.message_id));
                self.store.sent(self.update, self.replica, Some(sent)).await
            }
            Err(TicketError::Send(SendError::Uncertain(_))) => {
                self.store.sent(self.update, self.replica, None).await
            }
            Err(TicketError::Send(_)) => self.store.not_sent(self.update, self.replica).await,
            // The update is begun again, here or elsewhere; what is in doubt stays so.
            Err(TicketError::Lost | TicketError::Store(_)) => return sent.map(Some),
        };
        self.asked += 1;
        self.doubt = None;
        sent.map(Some)
    }

    /// Sends the next message to one member of a group alone; false where Telegram does not, and it is to be sent as others are. One
    /// that may have arrived counts as sent: it cannot be looked for.
    ///
    /// # Errors
    /// See [`TicketError`].
    pub async fn send_to_one(&mut self, message: &SendToOne) -> Result<bool, TicketError> {
        // What is in doubt was sent as others are.
        if self.doubt.is_some() {
            return Ok(false);
        }
        if self.skip() {
            return Ok(true);
        }
        let _turn = self.outbox.turn(chat_of(&message.message)).await;
        self.begin(None).await?;
        self.giving();
        let sent = self.outbox.send_to_one(message).await;
        let arrived = matches!(sent, Ok(()) | Err(Unsent::Failed(SendError::Uncertain(_))));
        if arrived {
            let _ = self.store.sent(self.update, self.replica, None).await?;
            self.asked += 1;
        } else {
            self.not_given();
            let _ = self.store.not_sent(self.update, self.replica).await?;
        }
        Ok(arrived)
    }

    /// What was said before a restart to somebody who called the bot as a guest, where anything was.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn said_as_guest(&self) -> Result<Option<Said>, StoreError> {
        if !self.spoke {
            return Ok(None);
        }
        Ok(Some(self.first_word().await?.map_or(Said::All, Said::FirstWord)))
    }

    /// The first word that a guest said, which is still to be edited.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn first_word(&self) -> Result<Option<String>, StoreError> {
        self.store.first_word(self.update).await
    }

    /// Gives the one answer that somebody gets who calls the bot as a guest; gives back the message's name. Where the connection
    /// breaks or the process dies in the middle of the call it is made again: Telegram refuses a second answer. Of a first word
    /// the name is noted, so that whoever begins the update again can edit it.
    ///
    /// # Errors
    /// See [`TicketError`].
    pub async fn answer_guest(
        &mut self,
        answer: &AnswerGuestQuery,
        is_first_word: bool,
    ) -> Result<String, TicketError> {
        for _ in 0..TRIES {
            self.outbox.pace().await;
            self.begin(None).await?;
            let pause = match self.outbox.answer_guest(answer).await {
                Ok(SentGuestMessage { inline_message_id }) => {
                    let first_word = is_first_word.then_some(inline_message_id.as_str());
                    self.store.said_as_guest(self.update, self.replica, first_word).await?;
                    self.asked += 1;
                    return Ok(inline_message_id);
                }
                Err(Unsent::Again(pause)) => pause,
                Err(Unsent::Failed(SendError::Uncertain(_))) => AGAIN,
                Err(Unsent::Failed(error)) => return Err(error.into()),
            };
            tokio::time::sleep(pause).await;
        }
        Err(SendError::TooOften.into())
    }

    /// Has the message arrive once: sends it as often as it was looked for in vain.
    async fn deliver(&mut self, message: &mut SendMessage) -> Result<Sent, TicketError> {
        for _ in 0..SENDINGS {
            if let Some(found) = self.find(message).await? {
                return Ok(found);
            }
            match self.call(message).await {
                Err(TicketError::Send(SendError::Uncertain(_))) if self.doubt.is_some() => {}
                called => return called,
            }
        }
        self.find(message).await?.ok_or_else(|| SendError::TooOften.into())
    }

    /// Looks for the message where it is in doubt.
    async fn find(&mut self, message: &SendMessage) -> Result<Option<Sent>, TicketError> {
        let Some(after) = self.doubt else { return Ok(None) };
        self.begin(Some(after)).await?;
        tokio::time::sleep(SETTLE).await;
        let chat = ChatId(chat_of(message));
        let others = self.store.said_since(chat, MessageId(after), Timestamp::now()).await?;
        let others = others.into_iter().map(|other| other.0).collect();
        let found = self.outbox.find(message, after, &others).await?;
        tracing::info!(arrived = found.is_some(), "a message was in doubt");
        self.doubt = None;
        Ok(found)
    }

    /// Calls Telegram to send the message, again where that is sure to have done nothing. Where it is not, and the message can be
    /// looked for, it is in doubt.
    async fn call(&mut self, message: &mut SendMessage) -> Result<Sent, TicketError> {
        for _ in 0..TRIES {
            let after = self.outbox.numbers().last(chat_of(message));
            self.begin(after).await?;
            self.giving();
            match self.outbox.send(message).await {
                Err(Unsent::Again(pause)) => {
                    self.not_given();
                    // Waiting is no sending: a stop in the middle of it leaves no message in doubt.
                    let _ = self.store.not_sent(self.update, self.replica).await;
                    tokio::time::sleep(pause).await;
                }
                // What it quotes may have changed since, or be written in bold.
                Err(Unsent::Failed(SendError::Refused(_))) if drop_quotation(message) => {
                    self.not_given();
                    let _ = self.store.not_sent(self.update, self.replica).await;
                }
                Err(Unsent::Failed(error)) => {
                    self.doubt = after.filter(|_| matches!(error, SendError::Uncertain(_)));
                    return Err(error.into());
                }
                Ok(sent) => return Ok(sent),
            }
        }
        Err(SendError::TooOften.into())
    }

    /// Notes that the message is on its way.
    async fn begin(&self, after: Option<i32>) -> Result<(), TicketError> {
        let (after, now) = (after.map(MessageId), Timestamp::now());
        match self.store.begin_send(self.update, self.replica, LEASE, after, now).await? {
            Hold::Kept => Ok(()),
            Hold::Lost => Err(TicketError::Lost),
        }
    }
}

/// Leaves out what a message quotes, where it says something without that too; whether there was anything.
fn drop_quotation(message: &mut SendMessage) -> bool {
    let asked = message.reply_parameters.as_mut();
    let asked = asked.filter(|asked| asked.allow_sending_without_reply == Some(true));
    asked.is_some_and(|asked| asked.quote.take().is_some())
}

/// The bot writes to chats by their number.
fn chat_of(message: &SendMessage) -> i64 {
    match &message.chat_id {
        Recipient::Id(chat) => chat.0,
        Recipient::ChannelUsername(_) => 0,
    }
}
