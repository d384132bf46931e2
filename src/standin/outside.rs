//! Messages that the bot knows by their name alone: those that people sent inline, and those that it said as a guest.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::chats::Chats;
use super::methods::{NOT_MODIFIED, content_of, keyboard, set_content};
use super::server::Refused;

/// What Telegram says to a second answer, and to one that comes too late.
const TOO_OLD: &str = "query is too old and response timeout expired or query ID is invalid";

/// Messages outside the bot's chats, and what may become one.
#[derive(Debug, Default)]
pub(super) struct Outside {
    /// Calls of the bot as a guest that have no answer yet.
    calls: Vec<String>,
    /// What the bot has offered inline, by its own names for it.
    offered: HashMap<String, Value>,
    messages: HashMap<String, Value>,
}

impl Outside {
    /// Remembers what `update` asks of a guest, and what it says was sent.
    pub(super) fn learn(&mut self, update: &Value) {
        let asked = ["guest_message", "message"].into_iter().map(|kind| &update[kind]["guest_query_id"]);
        self.calls.extend(asked.filter_map(Value::as_str).map(str::to_owned));
        let chosen = &update["chosen_inline_result"];
        if let (Some(result), Some(message)) =
            (chosen["result_id"].as_str(), chosen["inline_message_id"].as_str())
        {
            self.choose(result, message);
        }
    }

    /// Somebody sends what was offered under that name; false where nothing was.
    pub(super) fn choose(&mut self, result: &str, message: &str) -> bool {
        let offered = self.offered.get(result).cloned();
        let chosen = offered.is_some();
        if let Some(offered) = offered {
            self.messages.entry(message.to_owned()).or_insert(offered);
        }
        chosen
    }

    pub(super) fn message(&self, name: &str) -> Option<&Value> {
        self.messages.get(name)
    }

    /// Remembers what a sound answer to an inline query offers.
    pub(super) fn offer(&mut self, results: &[Value]) -> Result<(), Refused> {
        for result in results {
            let id = result["id"].as_str().unwrap_or_default();
            self.offered.insert(id.to_owned(), shown(result)?);
        }
        Ok(())
    }
}

/// The message that an inline result becomes.
fn shown(result: &Value) -> Result<Value, Refused> {
    if !result["id"].as_str().is_some_and(|id| (1..=64).contains(&id.len())) {
        return Err(Refused::bad_request("RESULT_ID_INVALID"));
    }
    if result["title"].as_str().is_none_or(|title| title.trim().is_empty()) {
        return Err(Refused::bad_request("ARTICLE_TITLE_EMPTY"));
    }
    let thumbnail = &result["thumbnail_url"];
    if thumbnail.as_str().is_some_and(|link| !link.starts_with("http")) {
        return Err(Refused::bad_request("WEBDOCUMENT_URL_INVALID"));
    }
    let parsed = content_of(&result["input_message_content"], "MESSAGE_TOO_LONG")?;
    let keyboard = keyboard(result)?;
    let mut message = json!({});
    set_content(&mut message, &parsed, keyboard);
    Ok(message)
}

/// `answerGuestQuery`.
pub(super) fn answer_guest(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let query = p["guest_query_id"].as_str().unwrap_or_default();
    let open = chats.outside.calls.iter().position(|call| call == query);
    let open = open.ok_or_else(|| Refused::bad_request(TOO_OLD))?;
    let message = shown(&p["result"])?;
    chats.outside.calls.remove(open);
    let name = format!("guest-{query}");
    chats.outside.messages.insert(name.clone(), message);
    Ok(json!({"inline_message_id": name}))
}

/// An edit of a message by its name.
pub(super) fn edit(chats: &mut Chats, p: &Value, change: impl FnOnce(&mut Value)) -> Result<Value, Refused> {
    let name = p["inline_message_id"].as_str().unwrap_or_default();
    let message = chats.outside.messages.get_mut(name);
    let message = message.ok_or_else(|| Refused::bad_request("MESSAGE_ID_INVALID"))?;
    let before = message.clone();
    change(message);
    if *message == before { Err(Refused::bad_request(NOT_MODIFIED)) } else { Ok(json!(true)) }
}
