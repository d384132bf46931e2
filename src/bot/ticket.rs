//! A ticket: the claim on one update, through which all messages that answer it are sent, each once.
//!
//! **What remains open.** The store notes that a message is on its way just before the call to Telegram, and that it
//! was sent just after. A process that dies between the two notes (SIGKILL, a power cut) leaves a message in doubt: the
//! call may not have left, may be lost, or may have been carried out. Telegram offers nothing to decide it: a message
//! takes no key that would make its repetition the same message, and a bot cannot read a chat. A placeholder that is
//! edited later would only move the window to the placeholder. So one of two errors must be chosen, and a message in
//! doubt is *not* sent again: whoever got no answer can ask again, whoever got it twice cannot undo that.
//!
//! The window is as narrow as it can be: the waiting for Telegram's pace, and for its patience, is outside the two notes, and the second
//! follows the answer at once. It lasts for one call, some 50 to 100 ms, and holds the one message of that call; the
//! other messages of the same update, and all other updates, are sent exactly once. The test that kills the bot in the
//! middle of fifty requests reads these notes from the dead bot's store, and allows an unanswered person only there.

use std::time::Duration;

use jiff::Timestamp;
use teloxide::payloads::SendMessage;
use teloxide::types::Recipient;
use tokio_util::sync::CancellationToken;

use super::outbox::{Outbox, SendError, Sent, TRIES, Unsent};
use crate::store::{Hold, Progress, Replica, Store, StoreError, UpdateId};

/// How long a claim lasts unless it is renewed.
pub const LEASE: Duration = Duration::from_secs(30);

/// The longest that an answer waits for those before it in its chat: longer than a slow page may take.
const TURN: Duration = Duration::from_secs(30);

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
    /// Messages that went out before a restart, those in doubt included: said twice is worse than said never.
    before: u32,
    /// Messages that were asked for so far.
    asked: u32,
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
    ) -> Self {
        let before = progress.sent + u32::from(progress.uncertain);
        Self { store, outbox, replica, update, turn, attempt: progress.attempt, before, asked: 0 }
    }

    /// How far the update was brought, for whoever begins it again in this process.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress { attempt: self.attempt, sent: self.before.max(self.asked), uncertain: false }
    }

    /// Whether the next message went out before a restart; if so it counts as sent now.
    pub fn skip(&mut self) -> bool {
        let skip = self.asked < self.before;
        self.asked += u32::from(skip);
        skip
    }

    /// Sends the next message.
    ///
    /// # Errors
    /// See [`TicketError`].
    pub async fn send(&mut self, mut message: SendMessage) -> Result<Option<Sent>, TicketError> {
        if self.skip() {
            return Ok(None);
        }
        if let Some(turn) = self.turn.take() {
            // Whoever waits for too long speaks all the same.
            let _ = tokio::time::timeout(TURN, turn.cancelled()).await;
        }
        if let Recipient::Id(chat) = &message.chat_id {
            self.outbox.turn(chat.0).await;
        }
        let mut sent = Err(SendError::too_often());
        for _ in 0..TRIES {
            if self.store.begin_send(self.update, self.replica, LEASE, Timestamp::now()).await? == Hold::Lost
            {
                return Err(TicketError::Lost);
            }
            match self.outbox.send(&mut message).await {
                Err(Unsent::Again(pause)) => {
                    // Waiting is no sending: a stop in the middle of it leaves no message in doubt.
                    let _ = self.store.not_sent(self.update, self.replica).await;
                    tokio::time::sleep(pause).await;
                    continue;
                }
                Err(Unsent::Failed(error)) => sent = Err(error),
                Ok(message) => sent = Ok(message),
            }
            break;
        }
        self.asked += 1;
        // If this note fails, the message counts as in doubt after a restart and is not sent again.
        let _ = match &sent {
            Ok(_) | Err(SendError::Uncertain(_)) => self.store.sent(self.update, self.replica).await,
            Err(_) => self.store.not_sent(self.update, self.replica).await,
        };
        Ok(Some(sent?))
    }
}
