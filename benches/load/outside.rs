//! Those who call the bot outside its chats: as a guest in a group that it is no member of, and inline.

use std::time::{SystemTime, UNIX_EPOCH};

use mujaz::standin::Call;
use serde_json::{Value, json};

/// What is answered: a message of a chat, a call of a guest, an inline query.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    Message(i64, i64),
    Guest(String),
    Inline(String),
}

impl Question {
    /// What a call answers.
    pub fn of(call: &Call) -> Option<Self> {
        let p = &call.parameters;
        let text = |name: &str| p[name].as_str().unwrap_or_default().to_owned();
        match call.method.as_str() {
            "sendMessage" => {
                let asked = &p["reply_parameters"]["message_id"];
                Some(Self::Message(p["chat_id"].as_i64()?, asked.as_i64()?))
            }
            "answerGuestQuery" => Some(Self::Guest(text("guest_query_id"))),
            "answerInlineQuery" => Some(Self::Inline(text("inline_query_id"))),
            _ => None,
        }
    }

    /// In which way it was asked, as the report says it.
    pub fn way(&self) -> &'static str {
        match self {
            Self::Message(..) => "messages",
            Self::Guest(_) => "guest calls",
            Self::Inline(_) => "inline queries",
        }
    }

    /// Whether two answers to it are seen by somebody.
    pub fn is_said(&self) -> bool {
        !matches!(self, Self::Inline(_))
    }
}

/// Somebody calls the bot in answer to a post that is this link.
pub fn guest(query: &str, person: i64, link: &str) -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let chat = json!({"id": -1_002_000_000_000_i64 - person, "type": "supergroup", "title": "ديوانية"});
    json!({"guest_message": {
        "message_id": 2, "date": now, "chat": chat, "from": from(person), "guest_query_id": query,
        "text": "@mujaz_bot", "entities": [{"type": "mention", "offset": 0, "length": 10}],
        "reply_to_message": {"message_id": 1, "date": now, "chat": chat, "from": from(1), "text": link,
            "entities": [{"type": "url", "offset": 0, "length": link.len()}]},
    }})
}

/// Somebody writes the bot's name and a link in another chat.
pub fn inline(query: &str, person: i64, link: &str) -> Value {
    json!({"inline_query": {"id": query, "from": from(person), "query": link, "offset": "", "chat_type": "group"}})
}

fn from(person: i64) -> Value {
    json!({"id": person, "is_bot": false, "first_name": "س", "language_code": "ar"})
}
