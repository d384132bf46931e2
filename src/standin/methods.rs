//! The methods: each reads its parameters, refuses what Telegram refuses, and changes the chats.

use serde_json::{Value, json};

use super::chats::Chats;
use super::ephemeral;
use super::live;
use super::markup::{Parsed, parse_html};
use super::outside;
use super::server::Refused;

/// The methods that the stand-in speaks, as the reference writes them.
pub(super) const NAMES: [&str; 25] = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "editMessageText",
    "editMessageReplyMarkup",
    "deleteMessage",
    "answerCallbackQuery",
    "answerInlineQuery",
    "answerGuestQuery",
    "editEphemeralMessageText",
    "deleteEphemeralMessage",
    "sendChatAction",
    "setMessageReaction",
    "setMyCommands",
    "setMyDescription",
    "setMyShortDescription",
    "setMyName",
    "getChat",
    "getChatMember",
    "getChatAdministrators",
    "getFile",
    "leaveChat",
];

/// The bot's own account.
pub(super) const BOT_ID: i64 = 1000;

/// The reactions that are tried here, of the fixed list that Telegram allows.
const REACTIONS: [&str; 6] = ["👀", "👍", "👎", "🔥", "❤", "🤔"];

/// The date of every message: the stand-in has no clock.
pub(super) const DATE: i64 = 1_790_000_000;

pub(super) fn call(chats: &mut Chats, method: &str, p: &Value) -> Result<Value, Refused> {
    match method {
        "getMe" => Ok(me(chats)),
        "setMyName" => Ok(json!(true)),
        "setMyDescription" => described(&p["description"], 512),
        "setMyShortDescription" => described(&p["short_description"], 120),
        "sendMessage" if !p["ephemeral_message_parameters"].is_null() => ephemeral::send(chats, p),
        "editEphemeralMessageText" => ephemeral::edit(chats, p),
        "deleteEphemeralMessage" => ephemeral::delete(chats, p),
        "sendMessage" => send_message(chats, p),
        "editMessageText" => edit_text(chats, p),
        "editMessageReplyMarkup" => edit_markup(chats, p),
        "deleteMessage" => delete_message(chats, p),
        "answerCallbackQuery" => answer_callback(p),
        "answerInlineQuery" => answer_inline(chats, p),
        "answerGuestQuery" => outside::answer_guest(chats, p),
        "sendChatAction" => known_chat(chats, p).map(|_| json!(true)),
        "setMessageReaction" => react(chats, p),
        "setMyCommands" => set_commands(chats, p),
        "getChat" => {
            let id = known_chat(chats, p)?;
            Ok(chats.chat(id).cloned().unwrap_or_default())
        }
        "getChatMember" => {
            let chat = known_chat(chats, p)?;
            let user = p["user_id"].as_i64().ok_or_else(|| Refused::bad_request("user not found"))?;
            Ok(member(user, chats.status(chat, user)))
        }
        "getChatAdministrators" => known_chat(chats, p).map(|_| json!([])),
        "getFile" => get_file(chats, p),
        "leaveChat" => known_chat(chats, p).map(|_| json!(true)),
        _ => Err(Refused { code: 404, description: "Not Found".to_owned(), parameters: None }),
    }
}

fn me(chats: &Chats) -> Value {
    let mut me = json!({
        "id": BOT_ID, "is_bot": true, "first_name": "موجز", "username": "mujaz_bot",
        "can_join_groups": true, "can_read_all_group_messages": false,
        "supports_inline_queries": true, "supports_guest_queries": true, "can_connect_to_business": false,
        "has_main_web_app": false,
    });
    for (field, value) in &chats.described {
        me[field] = value.clone();
    }
    me
}

/// A description of the bot, of so many characters at most.
fn described(text: &Value, most: usize) -> Result<Value, Refused> {
    match text.as_str().map(|text| text.chars().count()) {
        Some(length) if length > most => Err(Refused::bad_request("ABOUT_TOO_LONG")),
        _ => Ok(json!(true)),
    }
}

fn member(user: i64, status: &str) -> Value {
    json!({"status": status, "user": {"id": user, "is_bot": user == BOT_ID, "first_name": "؟"},
        "is_anonymous": false})
}

pub(super) fn known_chat(chats: &Chats, p: &Value) -> Result<i64, Refused> {
    let id = p["chat_id"].as_i64().ok_or_else(|| Refused::bad_request("chat not found"))?;
    chats.chat(id).map(|_| id).ok_or_else(|| Refused::bad_request("chat not found"))
}

/// Telegram's limit for a message, in UTF-16 units after the markup is parsed.
const LONGEST: usize = 4096;

/// What a message says, its markup parsed.
pub(super) fn content_of(p: &Value, too_long: &str) -> Result<Parsed, Refused> {
    let raw = p["text"].as_str().or_else(|| p["message_text"].as_str()).unwrap_or_default();
    let parsed = match p["parse_mode"].as_str() {
        Some("HTML") => {
            parse_html(raw).map_err(|fault| Refused::bad_request(format!("can't parse entities: {fault}")))?
        }
        Some(mode) => {
            return Err(Refused::bad_request(format!("the stand-in does not read parse mode {mode}")));
        }
        None => Parsed { text: raw.to_owned(), entities: Vec::new() },
    };
    if parsed.text.trim().is_empty() {
        return Err(Refused::bad_request("message text is empty"));
    }
    if parsed.text.encode_utf16().count() > LONGEST {
        return Err(Refused::bad_request(too_long));
    }
    Ok(parsed)
}

/// The longest inline query that a button may begin, in characters.
const LONGEST_QUERY: usize = 256;

/// The longest address behind a button, in bytes.
const LONGEST_LINK: usize = 2048;

pub(super) fn keyboard(p: &Value) -> Result<Option<Value>, Refused> {
    let markup = &p["reply_markup"];
    if markup.is_null() {
        return Ok(None);
    }
    let rows = markup["inline_keyboard"]
        .as_array()
        .ok_or_else(|| Refused::bad_request("object expected as reply markup"))?;
    let buttons = rows.iter().filter_map(Value::as_array).flatten();
    for button in buttons {
        if button["text"].as_str().is_none_or(str::is_empty) {
            return Err(Refused::bad_request("can't parse inline keyboard button: Text is empty"));
        }
        let known = [
            "callback_data",
            "url",
            "switch_inline_query",
            "switch_inline_query_current_chat",
            "switch_inline_query_chosen_chat",
        ];
        if known.iter().filter(|key| !button[**key].is_null()).count() != 1 {
            return Err(Refused::bad_request(
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            ));
        }
        if let Some(data) = button["callback_data"].as_str()
            && !(1..=64).contains(&data.len())
        {
            return Err(Refused::bad_request("BUTTON_DATA_INVALID"));
        }
        let chosen = &button["switch_inline_query_chosen_chat"];
        if chosen["query"].as_str().is_some_and(|query| query.chars().count() > LONGEST_QUERY) {
            return Err(Refused::bad_request("BUTTON_DATA_INVALID"));
        }
        if button["url"].as_str().is_some_and(|address| address.len() > LONGEST_LINK) {
            return Err(Refused::bad_request("BUTTON_URL_INVALID"));
        }
        if let Some(address) = button["url"].as_str()
            && !url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "tg"))
        {
            return Err(Refused::bad_request(format!(
                "inline keyboard button URL '{address}' is invalid: Wrong HTTP URL"
            )));
        }
    }
    // An empty keyboard is no keyboard.
    Ok((!rows.is_empty()).then(|| markup.clone()))
}

fn send_message(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let chat = known_chat(chats, p)?;
    let parsed = content_of(p, "message is too long")?;
    let keyboard = keyboard(p)?;
    let forum = chats.chat(chat).is_some_and(|chat| chat["is_forum"] == json!(true));
    let mut message = json!({
        "date": DATE,
        "chat": chats.chat(chat).cloned().unwrap_or_default(),
        "from": {"id": BOT_ID, "is_bot": true, "first_name": "موجز", "username": "mujaz_bot"},
        "text": parsed.text,
    });
    if let Some(thread) = p["message_thread_id"].as_i64() {
        // The General topic has the id 1 and must be left out.
        if !forum || thread == 1 {
            return Err(Refused::bad_request("message thread not found"));
        }
        message["message_thread_id"] = json!(thread);
        message["is_topic_message"] = json!(true);
    }
    if let Some(asked) = p["reply_parameters"]["message_id"].as_i64() {
        let lenient = p["reply_parameters"]["allow_sending_without_reply"] == json!(true);
        match chats.message(chat, asked) {
            Some(original) => {
                let mut original = original.clone();
                if let Some(quote) = p["reply_parameters"]["quote"].as_str() {
                    let whole =
                        original["text"].as_str().or(original["caption"].as_str()).unwrap_or_default();
                    let at = whole.find(quote).ok_or_else(|| Refused::bad_request("QUOTE_TEXT_INVALID"))?;
                    let position = whole[..at].encode_utf16().count();
                    message["quote"] = json!({"text": quote, "position": position, "is_manual": true});
                }
                if let Some(fields) = original.as_object_mut() {
                    fields.remove("reply_to_message");
                }
                message["reply_to_message"] = original;
            }
            None if lenient => {}
            None => return Err(Refused::bad_request("message to be replied not found")),
        }
    }
    set_content(&mut message, &parsed, keyboard);
    Ok(chats.add(chat, message))
}

pub(super) fn set_content(message: &mut Value, parsed: &Parsed, keyboard: Option<Value>) {
    message["text"] = json!(parsed.text);
    if let Some(fields) = message.as_object_mut() {
        fields.remove("entities");
        fields.remove("reply_markup");
    }
    let mut entities = live::entities(&parsed.text, &parsed.entities);
    entities.extend(parsed.entities.iter().cloned());
    if !entities.is_empty() {
        message["entities"] = json!(entities);
    }
    if let Some(keyboard) = keyboard {
        message["reply_markup"] = keyboard;
    }
}

pub(super) const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

fn edit_text(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let parsed = content_of(p, "MESSAGE_TOO_LONG")?;
    let keyboard = keyboard(p)?;
    edit(chats, p, |message| set_content(message, &parsed, keyboard))
}

fn edit_markup(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let keyboard = keyboard(p)?;
    edit(chats, p, |message| {
        message.as_object_mut().map(|fields| fields.remove("reply_markup"));
        if let Some(keyboard) = keyboard {
            message["reply_markup"] = keyboard;
        }
    })
}

fn edit(chats: &mut Chats, p: &Value, change: impl FnOnce(&mut Value)) -> Result<Value, Refused> {
    if !p["inline_message_id"].is_null() {
        return outside::edit(chats, p, change);
    }
    let chat = known_chat(chats, p)?;
    let id = p["message_id"].as_i64().unwrap_or_default();
    let message =
        chats.message_mut(chat, id).ok_or_else(|| Refused::bad_request("message to edit not found"))?;
    if message["from"]["id"] != json!(BOT_ID) {
        return Err(Refused::bad_request("message can't be edited"));
    }
    let mut changed = message.clone();
    change(&mut changed);
    if changed == *message {
        return Err(Refused::bad_request(NOT_MODIFIED));
    }
    *message = changed;
    message["edit_date"] = json!(DATE);
    let shown = message.clone();
    // The date is not content: the next edit is compared without it.
    if let Some(fields) = message.as_object_mut() {
        fields.remove("edit_date");
    }
    Ok(shown)
}

fn delete_message(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let chat = known_chat(chats, p)?;
    if chats.delete(chat, p["message_id"].as_i64().unwrap_or_default()) {
        Ok(json!(true))
    } else {
        Err(Refused::bad_request("message to delete not found"))
    }
}

fn answer_callback(p: &Value) -> Result<Value, Refused> {
    if p["callback_query_id"].as_str().is_none_or(str::is_empty) {
        return Err(Refused::bad_request(
            "query is too old and response timeout expired or query ID is invalid",
        ));
    }
    if p["text"].as_str().is_some_and(|text| text.encode_utf16().count() > 200) {
        return Err(Refused::bad_request("MESSAGE_TOO_LONG"));
    }
    Ok(json!(true))
}

fn answer_inline(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let results = p["results"].as_array().ok_or_else(|| Refused::bad_request("can't parse results"))?;
    if results.len() > 50 {
        return Err(Refused::bad_request("RESULTS_TOO_MUCH"));
    }
    chats.outside.offer(results)?;
    if let Some(parameter) = p["button"]["start_parameter"].as_str() {
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if !(1..=64).contains(&parameter.len()) || !parameter.chars().all(allowed) {
            return Err(Refused::bad_request("START_PARAM_INVALID"));
        }
    }
    Ok(json!(true))
}

fn react(chats: &Chats, p: &Value) -> Result<Value, Refused> {
    let chat = known_chat(chats, p)?;
    if chats.message(chat, p["message_id"].as_i64().unwrap_or_default()).is_none() {
        return Err(Refused::bad_request("message to react not found"));
    }
    let allowed = |reaction: &Value| {
        reaction["type"] == json!("emoji")
            && reaction["emoji"].as_str().is_some_and(|emoji| REACTIONS.contains(&emoji))
    };
    match p["reaction"].as_array() {
        Some(reactions) if reactions.len() > 1 || !reactions.iter().all(allowed) => {
            Err(Refused::bad_request("REACTION_INVALID"))
        }
        _ => Ok(json!(true)),
    }
}

fn set_commands(chats: &mut Chats, p: &Value) -> Result<Value, Refused> {
    let commands = p["commands"].as_array().ok_or_else(|| Refused::bad_request("can't parse commands"))?;
    for command in commands {
        let name = command["command"].as_str().unwrap_or_default();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !(1..=32).contains(&name.len()) || !name.chars().all(allowed) {
            return Err(Refused::bad_request("BOT_COMMAND_INVALID"));
        }
        let description = command["description"].as_str().unwrap_or_default();
        if !(1..=256).contains(&description.chars().count()) {
            return Err(Refused::bad_request("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    let scope = p["scope"]["type"].as_str().unwrap_or("default").to_owned();
    let language = p["language_code"].as_str().unwrap_or_default().to_owned();
    chats.commands.insert((scope, language), json!(commands));
    Ok(json!(true))
}

fn get_file(chats: &Chats, p: &Value) -> Result<Value, Refused> {
    let id = p["file_id"].as_str().unwrap_or_default();
    match chats.file(id) {
        Some(content) if content.len() > 20 << 20 => Err(Refused::bad_request("file is too big")),
        Some(content) => Ok(json!({
            "file_id": id, "file_unique_id": id, "file_size": content.len(), "file_path": id,
        })),
        None => Err(Refused::bad_request("wrong file_id or the file is temporarily unavailable")),
    }
}
