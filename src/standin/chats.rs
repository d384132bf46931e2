//! What the stand-in knows of chats, their messages and members.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::ephemeral::Ephemeral;
use super::outside::Outside;

/// Chats, messages, members and files.
#[derive(Debug, Default)]
pub(super) struct Chats {
    known: HashMap<i64, Value>,
    messages: BTreeMap<(i64, i64), Value>,
    statuses: HashMap<(i64, i64), String>,
    files: HashMap<String, Vec<u8>>,
    /// The highest message number of each count; that which private chats and basic groups share is under 0.
    counts: HashMap<i64, i64>,
    /// What is known by its name alone.
    pub(super) outside: Outside,
    /// What one person sees alone.
    pub(super) ephemeral: Ephemeral,
    /// What `getMe` says otherwise than it does by itself.
    pub(super) described: Map<String, Value>,
    /// The commands set for each scope and language.
    pub(super) commands: HashMap<(String, String), Value>,
}

/// Counts start here, above the numbers that tests write by themselves.
const FIRST_MESSAGE: i64 = 100_000;

impl Chats {
    /// Remembers the chats and messages that stand anywhere in `update`, but for those that the bot is shown as a guest: there it can
    /// do nothing.
    pub(super) fn learn(&mut self, update: &Value) {
        match update {
            Value::Object(fields) => {
                if let (Some(id), Some(chat)) = (fields.get("message_id"), fields.get("chat"))
                    && let (Some(id), Some(chat_id)) = (id.as_i64(), chat["id"].as_i64())
                {
                    self.known.insert(chat_id, chat.clone());
                    // What only one person sees has no number.
                    if id == 0 {
                        return;
                    }
                    let count = self.count(chat_id);
                    *count = id.max(*count);
                    self.messages.entry((chat_id, id)).or_insert_with(|| update.clone());
                } else if let (Some(chat), Some(id)) = (fields.get("chat"), update["chat"]["id"].as_i64()) {
                    self.known.insert(id, chat.clone());
                }
                for (name, value) in fields.iter().filter(|(name, _)| *name != "guest_message") {
                    if name.starts_with("edited_") {
                        self.unlearn(value);
                    }
                    self.learn(value);
                }
            }
            Value::Array(items) => items.iter().for_each(|value| self.learn(value)),
            _ => {}
        }
    }

    /// Forgets what a message was before it was edited.
    fn unlearn(&mut self, edited: &Value) {
        if let (Some(chat), Some(id)) = (edited["chat"]["id"].as_i64(), edited["message_id"].as_i64()) {
            self.messages.remove(&(chat, id));
        }
    }

    pub(super) fn chat(&self, id: i64) -> Option<&Value> {
        self.known.get(&id)
    }

    pub(super) fn message(&self, chat: i64, id: i64) -> Option<&Value> {
        self.messages.get(&(chat, id))
    }

    pub(super) fn message_mut(&mut self, chat: i64, id: i64) -> Option<&mut Value> {
        self.messages.get_mut(&(chat, id))
    }

    /// The number that the next message in `chat` gets, whoever writes it. Telegram counts the messages of all private chats and basic
    /// groups together, and those of each supergroup and channel by themselves.
    pub(super) fn number(&mut self, chat: i64) -> i64 {
        let count = self.count(chat);
        *count += 1;
        *count
    }

    fn count(&mut self, chat: i64) -> &mut i64 {
        let own = self
            .known
            .get(&chat)
            .is_some_and(|known| known["type"] == "supergroup" || known["type"] == "channel");
        self.counts.entry(if own { chat } else { 0 }).or_insert(FIRST_MESSAGE)
    }

    /// Keeps a new message of the bot's under a new number, which it gets.
    pub(super) fn add(&mut self, chat: i64, mut message: Value) -> Value {
        let id = self.number(chat);
        message["message_id"] = json!(id);
        self.messages.insert((chat, id), message.clone());
        message
    }

    pub(super) fn delete(&mut self, chat: i64, id: i64) -> bool {
        self.messages.remove(&(chat, id)).is_some()
    }

    pub(super) fn set_status(&mut self, chat: i64, user: i64, status: &str) {
        self.statuses.insert((chat, user), status.to_owned());
    }

    pub(super) fn status(&self, chat: i64, user: i64) -> &str {
        self.statuses.get(&(chat, user)).map_or("member", String::as_str)
    }

    pub(super) fn set_file(&mut self, id: &str, content: Vec<u8>) {
        self.files.insert(id.to_owned(), content);
    }

    pub(super) fn file(&self, id: &str) -> Option<&[u8]> {
        self.files.get(id).map(Vec::as_slice)
    }
}
