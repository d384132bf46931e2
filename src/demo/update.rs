//! Updates as Telegram would send them for what a person does on the page. Pure.

use serde_json::{Value, json};

/// The person at the page; their private chat has the same number.
pub const PERSON: i64 = 7;

/// The bot's account, as the stand-in has it.
const BOT: i64 = 1000;

/// Telegram's clients cut a longer text into several messages. In UTF-16 units.
const LONGEST: usize = 4096;

/// The chats of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chat {
    /// With the bot alone.
    Private,
    /// A group with the bot in it, whose owner the person is.
    Group,
    /// A group without the bot, which can be called there as a guest.
    Foreign,
}

impl Chat {
    /// Its number.
    #[must_use]
    pub const fn id(self) -> i64 {
        match self {
            Self::Private => PERSON,
            Self::Group => -1_001_000_000_007,
            Self::Foreign => -1_001_000_000_008,
        }
    }

    /// The chat with this number.
    #[must_use]
    pub fn of(id: i64) -> Option<Self> {
        [Self::Private, Self::Group, Self::Foreign].into_iter().find(|chat| chat.id() == id)
    }

    fn shown(self) -> Value {
        match self {
            Self::Private => json!({"id": self.id(), "type": "private", "first_name": "أنت"}),
            Self::Group => json!({"id": self.id(), "type": "supergroup", "title": "مجموعة للتجربة"}),
            Self::Foreign => json!({"id": self.id(), "type": "supergroup", "title": "ديوانية"}),
        }
    }
}

/// The languages that the person's Telegram may be in; the first is that of the first messages.
pub const LANGUAGES: [&str; 2] = ["ar", "en"];

fn person() -> Value {
    json!({"id": PERSON, "is_bot": false, "first_name": "أنت", "language_code": LANGUAGES[0]})
}

/// `update` as it comes from a person whose Telegram is in `language`.
#[must_use]
pub fn spoken(mut update: Value, language: &str) -> Value {
    for about in update.as_object_mut().into_iter().flat_map(|fields| fields.values_mut()) {
        if about["from"]["id"] == PERSON {
            about["from"]["language_code"] = json!(language);
        }
    }
    update
}

/// A text message; `answered` is the message that it replies to.
#[must_use]
pub fn message(chat: Chat, id: i64, text: &str, answered: Option<&Value>, date: i64) -> Value {
    let mut message = json!({
        "message_id": id, "date": date, "chat": chat.shown(), "from": person(), "text": text,
    });
    set_entities(&mut message, text);
    if let Some(answered) = answered {
        let mut answered = answered.clone();
        // A reply is shown one level deep.
        answered.as_object_mut().map(|fields| fields.remove("reply_to_message"));
        message["reply_to_message"] = answered;
    }
    message
}

/// A post of somebody else's.
#[must_use]
pub fn post(chat: Chat, id: i64, text: &str, date: i64) -> Value {
    let mut post = message(chat, id, text, None, date);
    post["from"] = json!({"id": 8, "is_bot": false, "first_name": "سالم", "language_code": "ar"});
    post
}

/// Whether a message calls the bot by its name.
#[must_use]
pub fn calls_bot(message: &Value) -> bool {
    message["text"].as_str().unwrap_or_default().contains("@mujaz_bot")
}

/// A call of the bot as a guest, by `message`.
#[must_use]
pub fn guest(query: i64, message: &Value) -> Value {
    let mut message = message.clone();
    message["guest_query_id"] = json!(query.to_string());
    json!({"guest_message": message})
}

/// The person writes the bot's name and `text` somewhere, and looks at what it offers.
#[must_use]
pub fn inline(query: i64, text: &str) -> Value {
    json!({"inline_query": {"id": query.to_string(), "from": person(), "query": text, "offset": ""}})
}

/// The person sends what was offered under the name `result`, as the message of that name.
#[must_use]
pub fn chosen(result: &str, query: &str, name: &str) -> Value {
    json!({"chosen_inline_result": {"result_id": result, "from": person(), "query": query, "inline_message_id": name}})
}

/// A message outside the bot's own: what it shows, in a chat, as it was sent by the person through the bot or by the bot as a guest.
#[must_use]
pub fn outside(chat: Chat, id: i64, shown: &Value, answered: Option<&Value>, date: i64) -> Value {
    let mut message = message(chat, id, "", answered, date);
    let bot = json!({"id": BOT, "is_bot": true, "first_name": "موجز", "username": "mujaz_bot"});
    if answered.is_some() {
        message["from"] = bot;
        message["guest_bot_caller_user"] = person();
    } else {
        message["via_bot"] = bot;
    }
    show(&mut message, shown);
    message
}

/// Has a message show what is shown under its name now.
pub fn show(message: &mut Value, shown: &Value) {
    for part in ["text", "entities", "reply_markup"] {
        message[part] = shown[part].clone();
    }
}

/// A message that is a file, which the Bot API holds as `file`.
#[must_use]
pub fn document(chat: Chat, id: i64, name: &str, file: &str, size: usize, date: i64) -> Value {
    json!({
        "message_id": id, "date": date, "chat": chat.shown(), "from": person(),
        "document": {"file_id": file, "file_unique_id": file, "file_name": name, "file_size": size},
    })
}

/// `message` with another text.
#[must_use]
pub fn edited(mut message: Value, text: &str, date: i64) -> Value {
    let text = text.trim();
    message["text"] = json!(text);
    message["edit_date"] = json!(date);
    set_entities(&mut message, text);
    message
}

fn set_entities(message: &mut Value, text: &str) {
    let entities = marked(text);
    if entities.is_empty() {
        message.as_object_mut().map(|fields| fields.remove("entities"));
    } else {
        message["entities"] = json!(entities);
    }
}

/// Whether the person wrote `message`.
#[must_use]
pub fn is_persons(message: &Value) -> bool {
    message["from"]["id"] == PERSON
}

/// A pressed button under `message`; of one outside the bot's chats Telegram tells nothing but the name.
#[must_use]
pub fn press(id: i64, message: &Value, name: Option<&str>, data: &str) -> Value {
    let mut query = json!({"id": id.to_string(), "from": person(), "data": data, "chat_instance": "demo"});
    match name {
        Some(name) => query["inline_message_id"] = json!(name),
        None => query["message"] = message.clone(),
    }
    json!({"callback_query": query})
}

/// The person adds the bot to the group, as an admin: it sees all messages there.
#[must_use]
pub fn added(date: i64) -> Value {
    let bot = json!({"id": BOT, "is_bot": true, "first_name": "موجز", "username": "mujaz_bot"});
    json!({"my_chat_member": {
        "chat": Chat::Group.shown(), "from": person(), "date": date,
        "old_chat_member": {"user": bot, "status": "left"},
        "new_chat_member": {
            "user": bot, "status": "administrator", "can_be_edited": true, "is_anonymous": false,
            "can_manage_chat": true, "can_delete_messages": false, "can_manage_video_chats": false,
            "can_restrict_members": false, "can_promote_members": false, "can_change_info": false,
            "can_invite_users": false, "can_post_stories": false, "can_edit_stories": false,
            "can_delete_stories": false,
        },
    }})
}

/// `text` as Telegram's clients send it: without the white space around it, in messages of [`LONGEST`] units at most,
/// cut at the end of a line where there is one, else between words.
#[must_use]
pub fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (part, left) = rest.split_at(cut(rest));
        parts.push(part.trim_end());
        rest = left.trim_start();
    }
    parts
}

/// Where the first message of `text` ends, in bytes.
fn cut(text: &str) -> usize {
    let mut units = 0;
    let (mut line, mut word) = (None, None);
    for (at, c) in text.char_indices() {
        if units + c.len_utf16() > LONGEST {
            return line.or(word).unwrap_or(at);
        }
        units += c.len_utf16();
        if c == '\n' {
            line = Some(at);
        } else if c.is_whitespace() {
            word = Some(at);
        }
    }
    text.len()
}

/// What Telegram marks in a text by itself: addresses, mentions and commands. Offsets are in UTF-16 units.
#[must_use]
pub fn marked(text: &str) -> Vec<Value> {
    let mut entities = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if let Some((kind, before, marked)) = mark(word.trim_end()) {
            entities.push(json!({
                "type": kind, "offset": offset + units(before), "length": units(marked),
            }));
        }
        offset += units(word);
    }
    entities
}

/// What is marked in a word: the kind of mark, what stands before it, and what it covers.
fn mark(word: &str) -> Option<(&'static str, &str, &str)> {
    let lower = word.to_ascii_lowercase();
    if let Some(at) = ["http://", "https://"].iter().find_map(|scheme| lower.find(scheme)) {
        let (before, address) = word.split_at(at);
        let address =
            address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '»', '"', '\'', '،', '؛', '؟']);
        return Some(("url", before, address));
    }
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if let Some(mention) = word.strip_prefix('@') {
        let length = mention.find(|c| !name(c)).unwrap_or(mention.len());
        return (length >= 4).then(|| ("mention", "", &word[..=length]));
    }
    let command = word.strip_prefix('/')?;
    let mut length = command.find(|c| !name(c)).unwrap_or(command.len());
    if let Some(bot) = command[length..].strip_prefix('@') {
        length += 1 + bot.find(|c| !name(c)).unwrap_or(bot.len());
    }
    let ends = !command[length..].starts_with(['/', '@']);
    (length > 0 && ends).then(|| ("bot_command", "", &word[..=length]))
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let all: Vec<u16> = text.encode_utf16().collect();
        let found: Vec<String> = marked(text)
            .iter()
            .map(|entity| {
                let number = |name: &str| entity[name].as_u64().unwrap_or_default() as usize;
                let covered = &all[number("offset")..number("offset") + number("length")];
                format!(
                    "{} {}",
                    entity["type"].as_str().unwrap_or_default(),
                    String::from_utf16_lossy(covered)
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn telegram_marks_addresses_mentions_and_commands() {
        check("📰 اقرأ (https://example.org/خبر)، ثم", &["url https://example.org/خبر"]);
        check(
            "/summary@mujaz_bot HTTP://example.org",
            &["bot_command /summary@mujaz_bot", "url HTTP://example.org"],
        );
        check("@mujaz_bot: ما هذا؟ /help،", &["mention @mujaz_bot", "bot_command /help"]);
        check("و/أو ١/٢ / @ab a@example.org /usr/bin /", &[]);
    }

    #[test]
    fn a_long_text_is_cut_between_lines_or_words() {
        assert_eq!(parts("  سطر\nسطر \n"), ["سطر\nسطر"]);
        assert!(parts(" \n").is_empty());
        let line = "كلمة ".repeat(500);
        let text = format!("{line}\n{line}\n{}", "طويل".repeat(1500));
        let cut = parts(&text);
        assert!(cut.iter().all(|part| (1..=LONGEST).contains(&units(part))));
        assert_eq!(cut.concat().replace([' ', '\n'], ""), text.replace([' ', '\n'], ""));
        assert_eq!(cut[0], line.trim_end(), "the first cut falls between lines");
    }

    #[test]
    fn an_edit_keeps_everything_but_the_text() {
        let original = message(Chat::Group, 5, "https://example.org/a", None, 10);
        let changed = edited(original.clone(), " نص\n", 20);
        assert_eq!((&changed["text"], &changed["edit_date"]), (&json!("نص"), &json!(20)));
        assert_eq!(changed["entities"], Value::Null);
        assert_eq!((&changed["message_id"], &changed["date"]), (&original["message_id"], &original["date"]));
    }
}
