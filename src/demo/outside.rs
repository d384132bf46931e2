//! Messages that the bot knows by their name alone: what the person sent inline, and what the bot said as a guest. And the chat that
//! the bot is no member of.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::update::{self, Chat};

/// What the bot does not see.
#[derive(Debug, Default)]
pub struct Outside(Mutex<Messages>);

#[derive(Debug, Default)]
struct Messages {
    /// By chat and number.
    placed: HashMap<(i64, i64), Value>,
    /// The chat and number of each name.
    named: HashMap<String, (i64, i64)>,
    /// The message that called the bot, by its query.
    calls: HashMap<String, (i64, i64)>,
}

impl Outside {
    /// Keeps a message of a chat without the bot.
    pub fn keep(&self, chat: Chat, message: &Value) {
        let id = message["message_id"].as_i64().unwrap_or_default();
        self.lock().placed.insert((chat.id(), id), message.clone());
    }

    /// A message.
    #[must_use]
    pub fn message(&self, chat: Chat, id: i64) -> Option<Value> {
        self.lock().placed.get(&(chat.id(), id)).cloned()
    }

    /// The name of a message, if it has one.
    #[must_use]
    pub fn name(&self, chat: Chat, id: i64) -> Option<String> {
        let outside = self.lock();
        outside.named.iter().find(|(_, place)| **place == (chat.id(), id)).map(|(name, _)| name.clone())
    }

    /// Notes that a message called the bot.
    pub fn call(&self, query: i64, chat: Chat, id: i64) {
        self.lock().calls.insert(query.to_string(), (chat.id(), id));
    }

    /// The message that called the bot.
    #[must_use]
    pub fn caller(&self, query: &str) -> Option<Value> {
        let outside = self.lock();
        outside.calls.get(query).and_then(|place| outside.placed.get(place)).cloned()
    }

    /// Keeps a message under its name.
    pub fn add(&self, name: &str, chat: Chat, message: &Value) {
        self.keep(chat, message);
        let id = message["message_id"].as_i64().unwrap_or_default();
        self.lock().named.insert(name.to_owned(), (chat.id(), id));
    }

    /// The message of that name, which shows this now.
    pub fn change(&self, name: &str, shown: &Value) -> Option<Value> {
        let mut outside = self.lock();
        let place = *outside.named.get(name)?;
        let message = outside.placed.get_mut(&place)?;
        update::show(message, shown);
        Some(message.clone())
    }

    /// A poisoned lock only means that a request panicked; the messages are still whole.
    fn lock(&self) -> MutexGuard<'_, Messages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
