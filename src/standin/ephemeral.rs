//! Ephemeral messages: what one member of a group sees and nobody else. They have no number in the chat.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::chats::Chats;
use super::methods::{BOT_ID, DATE, NOT_MODIFIED, content_of, keyboard, known_chat, set_content};
use super::server::Refused;

/// What is known of who may be written to alone, and what was.
#[derive(Debug, Default)]
pub(super) struct Ephemeral {
    /// The chat and the person of each button that was pressed.
    presses: HashMap<String, (i64, i64)>,
    /// In which chats who has sent a command that only the bot saw.
    commands: HashSet<(i64, i64)>,
    /// By chat, person and number.
    messages: HashMap<(i64, i64, i64), Value>,
    last: i64,
}

impl Ephemeral {
    /// Remembers what may be answered so.
    pub(super) fn learn(&mut self, update: &Value) {
        let press = &update["callback_query"];
        if let (Some(id), Some(chat), Some(person)) =
            (press["id"].as_str(), press["message"]["chat"]["id"].as_i64(), press["from"]["id"].as_i64())
        {
            self.presses.insert(id.to_owned(), (chat, person));
        }
        let message = &update["message"];
        if let (false, Some(chat), Some(person)) = (
            message["ephemeral_message_id"].is_null(),
            message["chat"]["id"].as_i64(),
            message["from"]["id"].as_i64(),
        ) {
            self.commands.insert((chat, person));
        }
    }

    fn message_mut(&mut self, p: &Value) -> Result<&mut Value, Refused> {
        let number = |name: &str| p[name].as_i64().unwrap_or_default();
        let key = (number("chat_id"), number("receiver_user_id"), number("ephemeral_message_id"));
        self.messages.get_mut(&key).ok_or_else(|| Refused::bad_request("message to edit not found"))
    }
}

/// `sendMessage` with `ephemeral_message_parameters`. In the place of a message with a button it may stand for whoever pressed that.
pub(super) fn send(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let chat = known_chat(chats, p)?;
    let parsed = content_of(p, "message is too long")?;
    let keyboard = keyboard(p)?;
    let parameters = &p["ephemeral_message_parameters"];
    let person = parameters["receiver_user_id"].as_i64();
    let person = person.ok_or_else(|| Refused::bad_request("USER_ID_INVALID"))?;
    let group = chats.chat(chat).is_some_and(|chat| chat["type"] == "group" || chat["type"] == "supergroup");
    let pressed = match parameters["callback_query_id"].as_str() {
        Some(query) => chats.ephemeral.presses.get(query) == Some(&(chat, person)),
        None => false,
    };
    let replaces = parameters["replace_callback_query_message"] == json!(true);
    let asked = chats.ephemeral.commands.contains(&(chat, person));
    let admin = chats.status(chat, BOT_ID) == "administrator";
    if !group || (replaces && !pressed) || !(pressed || asked || admin) {
        return Err(Refused::bad_request("EPHEMERAL_MESSAGE_NOT_ALLOWED"));
    }
    if !p["reply_parameters"].is_null() && !asked {
        return Err(Refused::bad_request("REPLY_MESSAGE_ID_INVALID"));
    }
    chats.ephemeral.last += 1;
    let number = chats.ephemeral.last;
    let mut message = json!({
        "message_id": 0, "ephemeral_message_id": number, "date": DATE,
        "receiver_user": {"id": person, "is_bot": false, "first_name": "؟"},
        "chat": chats.chat(chat).cloned().unwrap_or_default(),
        "from": {"id": BOT_ID, "is_bot": true, "first_name": "موجز", "username": "mujaz_bot"},
    });
    set_content(&mut message, &parsed, keyboard);
    chats.ephemeral.messages.insert((chat, person, number), message.clone());
    Ok(message)
}

/// `editEphemeralMessageText`.
pub(super) fn edit(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let parsed = content_of(p, "MESSAGE_TOO_LONG")?;
    let keyboard = keyboard(p)?;
    let message = chats.ephemeral.message_mut(p)?;
    let before = message.clone();
    set_content(message, &parsed, keyboard);
    if *message == before { Err(Refused::bad_request(NOT_MODIFIED)) } else { Ok(json!(true)) }
}

/// `deleteEphemeralMessage`.
pub(super) fn delete(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    *chats.ephemeral.message_mut(p)? = Value::Null;
    Ok(json!(true))
}
