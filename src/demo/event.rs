//! What the page shows, one step after the other. Pure.

use serde::Serialize;
use serde_json::{Value, json};

use crate::standin::Call;

/// A step. Messages are the Bot API's, their markup parsed into entities: the page never sees markup.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A new message, of the person's or of the bot's.
    Sent {
        /// The message.
        message: Value,
        /// When, in seconds since 1970: the stand-in's own messages have no true date.
        at: i64,
    },
    /// A message has changed.
    Edited {
        /// The message as it is now.
        message: Value,
    },
    /// A message is gone.
    Deleted {
        /// Its chat.
        chat: i64,
        /// Its number.
        message: i64,
    },
    /// The bot is typing, for five seconds at most.
    Typing {
        /// Where.
        chat: i64,
    },
    /// The bot reacts to a message.
    Reacted {
        /// Its chat.
        chat: i64,
        /// Its number.
        message: i64,
        /// With this; nothing takes a reaction back.
        emoji: Option<String>,
    },
    /// A pressed button is answered.
    Answered {
        /// What the person is told.
        text: Option<String>,
        /// Whether they have to confirm that they read it.
        alert: bool,
    },
    /// What the bot offers whoever writes its name and a query.
    Offered {
        /// The Bot API's `InlineQueryResult`s, without what the page does not show.
        results: Vec<Value>,
        /// What it says instead.
        hint: Option<String>,
    },
    /// The person's Telegram is in another language now.
    Spoken {
        /// Its code.
        language: &'static str,
    },
    /// The commands of the menu.
    Commands {
        /// Where they count: `all_private_chats`, `all_group_chats`…
        scope: String,
        /// For whom: empty for everybody.
        language: String,
        /// The Bot API's `BotCommand`s.
        commands: Value,
    },
}

/// What the page shows of a call that came at `at`.
#[must_use]
pub fn of(call: &Call, at: i64) -> Option<Event> {
    let p = &call.parameters;
    let number = |name: &str| p[name].as_i64().unwrap_or_default();
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if !call.done {
        return None;
    }
    match call.method.as_str() {
        "sendMessage" => Some(Event::Sent { message: call.result.clone(), at }),
        "editMessageText" | "editMessageReplyMarkup" => {
            call.result.is_object().then(|| Event::Edited { message: call.result.clone() })
        }
        "deleteMessage" => Some(Event::Deleted { chat: number("chat_id"), message: number("message_id") }),
        "sendChatAction" => (p["action"] == "typing").then(|| Event::Typing { chat: number("chat_id") }),
        "setMessageReaction" => Some(Event::Reacted {
            chat: number("chat_id"),
            message: number("message_id"),
            emoji: p["reaction"][0]["emoji"].as_str().map(str::to_owned),
        }),
        "answerCallbackQuery" => Some(Event::Answered {
            text: p["text"].as_str().filter(|text| !text.is_empty()).map(str::to_owned),
            alert: p["show_alert"] == true,
        }),
        "answerInlineQuery" => Some(Event::Offered {
            results: p["results"].as_array().into_iter().flatten().map(offered).collect(),
            hint: p["button"]["text"].as_str().map(str::to_owned),
        }),
        "setMyCommands" => Some(Event::Commands {
            scope: words(&p["scope"]["type"]),
            language: words(&p["language_code"]),
            commands: p["commands"].clone(),
        }),
        _ => None,
    }
}

/// What of a result is shown before it is sent.
fn offered(result: &Value) -> Value {
    json!({"id": result["id"], "title": result["title"], "description": result["description"]})
}
