//! A message in doubt: its call was on its way when the connection broke or the process died. It may not have left, may be lost,
//! or may have been carried out. Telegram takes no key that would make its repetition the same message, and a bot cannot read
//! a chat; but it may edit, and an edit tells. With the very text and buttons it is answered «message is not modified» by the
//! message itself, «message to edit not found» where the chat has no message of that number, and «message can't be edited»
//! where someone else wrote it.
//!
//! **Where it is looked for.** Its number is higher than any that was seen before it left ([`super::numbers`]; the store keeps
//! that with the note that it is on its way), and by little: by what was written in the same count while it was on its way, in tens
//! of milliseconds, and what Telegram had not brought yet. [`REACH`] numbers are tried from there on. At thirty answers a second,
//! the most that Telegram lets a bot say, and as many questions, they are those of more than three seconds. They cost seven seconds of
//! the bot's pace where the message did not arrive; where it did, it is mostly among the first ten.
//!
//! **Why nothing else is hit.** An edit that differs from what it meets is not refused: it changes it. What is composed anew may
//! well differ from what is in doubt (a page has changed, a new version was started), so an edit that is accepted counts as
//! found, and must not meet another message of the bot's. Other messages of the bot's in the same chat, answers, errors, greetings,
//! settings, are either older than the number from which on is looked, or known to the store and passed over: a chat is sent one
//! message at a time ([`Outbox::turn`]), the number of each is noted before the next leaves ([`Store::sent`]), and of several
//! replicas one holds the chat; where it passes to another update, the doubts in it are given up. People's messages and
//! other bots' cannot be edited by this one; in a channel an admin may be able to, so nothing is looked for in channels.
//!
//! **What remains.** A message that lies further off than [`REACH`] is said twice. That takes a long queue which Telegram
//! had not brought to the dead process when it sent its very first message, or a supergroup in which two hundred messages are
//! written while a page is read. A message that may be looked for nowhere is not said again: whoever got no answer can ask
//! again, whoever got it twice cannot undo that. Those are messages in channels, to groups of which no message was
//! seen (a greeting), and those that were on their way when their group became a supergroup. Of the messages that answer one
//! update the store knows the last by its number, and the summaries: an error sentence before them could be hit, if the chat had asked
//! again before it was said, and the answer to that is in doubt. The errors are those that the Bot API is known for and
//! teloxide lists; there was no token here to see them from Telegram itself.
//!
//! [`Store::sent`]: crate::store::Store::sent

use std::collections::HashSet;
use std::time::Duration;

use serde::de::IgnoredAny;
use teloxide::payloads::{EditMessageText, SendMessage};
use teloxide::types::{MessageId, ReplyMarkup};
use tokio::time::sleep;

use super::call::CallError;
use super::outbox::{Outbox, SendError, Sent, pause_after};

/// How many numbers are tried.
pub const REACH: i32 = 200;

/// How long to wait before a message is looked for: a call that is carried out at all has been by then.
pub const SETTLE: Duration = Duration::from_secs(5);

/// The longest pause between two tries where Telegram cannot be reached.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

impl Outbox {
    /// Looks for `message` among those numbered higher than `after`; it is none of `others`. Telegram that cannot be reached
    /// is waited for.
    ///
    /// # Errors
    /// Where the chat is gone, or Telegram asks for too much patience.
    pub async fn find(
        &self,
        message: &SendMessage,
        after: i32,
        others: &HashSet<i32>,
    ) -> Result<Option<Sent>, SendError> {
        let numbers = (1..=REACH).filter_map(|step| after.checked_add(step));
        for number in numbers.filter(|number| !others.contains(number)) {
            if self.is(message, number).await? {
                return Ok(Some(Sent { message_id: number }));
            }
        }
        Ok(None)
    }

    /// Whether `message` is the one of that number.
    async fn is(&self, message: &SendMessage, number: i32) -> Result<bool, SendError> {
        let edit = edit(message, number);
        let mut pause = Duration::from_secs(1);
        loop {
            self.pace().await;
            match self.call::<_, IgnoredAny>(edit.clone()).await {
                Ok(_) => return Ok(true),
                Err(error) if error.is_not_modified() => return Ok(true),
                Err(error) => match pause_after(error) {
                    Ok(asked) => sleep(asked).await,
                    // Unlike the message, the edit may be made again.
                    Err(SendError::Uncertain(_)) => {
                        sleep(pause).await;
                        pause = (pause * 2).min(LONGEST_PAUSE);
                    }
                    // Not there, not the bot's, or no text.
                    Err(SendError::Refused(CallError::Refused { .. })) => return Ok(false),
                    Err(error) => return Err(error),
                },
            }
        }
    }
}

/// The edit that changes nothing if `message` has that number.
fn edit(message: &SendMessage, number: i32) -> EditMessageText {
    let mut edit = EditMessageText::new(message.chat_id.clone(), MessageId(number), message.text.clone());
    edit.parse_mode = message.parse_mode;
    edit.entities.clone_from(&message.entities);
    edit.link_preview_options.clone_from(&message.link_preview_options);
    edit.reply_markup = match &message.reply_markup {
        Some(ReplyMarkup::InlineKeyboard(buttons)) => Some(buttons.clone()),
        _ => None,
    };
    edit
}
