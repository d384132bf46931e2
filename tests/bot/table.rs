//! Situations as data: `scenarios/*.json`, each a list of
//!
//! ```json
//! {"name": "…", "env": {"MUJAZ_BLOCKED": "7"}, "limits": {"person": 2}, "steps": [
//!   {"update": {"private": "نص"}, "calls": [{"sendMessage": "جزء من الرد"}]}
//! ]}
//! ```
//!
//! An `update` is written as Telegram sends it, or shorter: `private`, `group`, `forum` and `channel` are messages there
//! (a string is their text), `edited_private` and `edited_group` their edits, `guest` a call of
//! the bot where it is no member; their number is the step's, and what
//! Telegram would mark in the text is marked. A string `"@name"` is that part of [`part`]; `{site}`, `{sample}` and the
//! like are filled in by [`Stage::fill`].
//!
//! `calls` are all the calls, in order, that the update causes, but for those in [`QUIET`]. Of parameters only the given
//! ones are compared: a string is contained in the parameter (`!` in front: is not), `null` is missing, of a list each
//! must hold. A call given as a string is compared by its `text`.
//!
//! Before the update: `restart` the bot, `file`s that Telegram holds, `status`es of members, `fault`s of calls. With it:
//! `delete` the messages, `repeat` the step, send it `again` under its number. `older` sends
//! the update of that step again instead. `typing` compares the action. `choose` has somebody send what was offered inline, as a message of
//! that name; `outside` compares what such a message shows afterwards. Of the scenario, `me` is what `getMe` says of the bot besides.
//! `newer` marks an update that teloxide's types cannot read; all others must be read by them.

use std::time::Duration;

use jiff::Timestamp;
use mujaz::standin::{Call, Fault, Standin};
use serde_json::{Map, Value, json};

use crate::harness::{BOT, EVENING, GROUP, Limits, PATIENCE, PERSON, SAMPLE, Site, Way, World, marked};
use crate::place::Place;

/// Calls that every bot makes when it starts, and those that leave no trace in a chat.
pub const QUIET: [&str; 9] = [
    "getMe",
    "setMyCommands",
    "setMyDescription",
    "setMyShortDescription",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendChatAction",
    "getFile",
];

/// A running bot and what its scenario has come to.
pub struct Stage {
    world: World,
    variables: Vec<(String, String)>,
    limits: Limits,
    seen: usize,
    number: i64,
    updates: usize,
    /// The updates of the steps so far.
    sent: Vec<(i64, Value)>,
}

/// Plays a scenario from its first step to its last.
///
/// # Errors
/// The step that went otherwise, and what was seen of it.
pub async fn play(scenario: &Value, place: &Place, way: Way) -> Result<usize, String> {
    let mut variables = vec![("DATABASE_URL".to_owned(), place.address())];
    for (name, value) in scenario["env"].as_object().into_iter().flatten() {
        variables.push((name.clone(), value.as_str().expect("a variable is a string").to_owned()));
    }
    let limits = serde_json::from_value(scenario["limits"].clone()).unwrap_or_default();
    let telegram = Standin::start().await.expect("a free port");
    for (field, value) in scenario["me"].as_object().into_iter().flatten() {
        telegram.describe(field, value.clone());
    }
    let world = World::beside(telegram, Site::start().await, way, &borrowed(&variables), limits).await;
    let mut stage = Stage { world, variables, limits, seen: 0, number: 0, updates: 0, sent: Vec::new() };
    stage.seen = stage.visible().len();
    for (index, step) in scenario["steps"].as_array().expect("a scenario has steps").iter().enumerate() {
        for _ in 0..step["repeat"].as_u64().unwrap_or(1) {
            stage = stage.step(step).await.map_err(|fault| format!("step {}: {fault}", index + 1))?;
        }
    }
    let updates = stage.updates;
    stage.world.stop().await;
    Ok(updates)
}

fn borrowed(variables: &[(String, String)]) -> Vec<(&str, &str)> {
    variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

impl Stage {
    fn visible(&self) -> Vec<Call> {
        let calls = self.world.telegram.calls();
        calls.into_iter().filter(|call| !QUIET.contains(&call.method.as_str())).collect()
    }

    async fn step(mut self, step: &Value) -> Result<Self, String> {
        if step["restart"].as_bool() == Some(true) {
            self.world = self.world.restart(&borrowed(&self.variables), self.limits).await;
            self.seen = self.visible().len();
        }
        let telegram = &self.world.telegram;
        for (name, content) in step["file"].as_object().into_iter().flatten() {
            telegram.set_file(name, file(content.as_str().expect("a file's content")));
        }
        for status in list(step, "status") {
            telegram.set_status(int(&status[0]), int(&status[1]), status[2].as_str().expect("a status"));
        }
        for wanted in list(step, "fault") {
            telegram.fail(wanted[0].as_str().expect("a method"), fault(wanted));
        }
        for chosen in list(step, "choose") {
            let name = |index: usize| self.fill(chosen[index].as_str().expect("a name"));
            if !telegram.choose(&name(0), &name(1)) {
                return Err(format!("{chosen} was not offered"));
            }
        }
        self.number += 1;
        let actions = telegram.calls_of("sendChatAction").len();
        let older = step["older"].as_u64().map(|step| self.sent[step as usize - 1].clone());
        let update =
            older.as_ref().map_or_else(|| self.expand(&step["update"]), |(_, update)| update.clone());
        if step["newer"].as_bool() != Some(true) {
            check_types(&update)?;
        }
        let id = match older {
            Some((id, _)) => {
                telegram.push_as(id, update.clone());
                id
            }
            None => telegram.push(update.clone()),
        };
        self.sent.push((id, update.clone()));
        for message in list(step, "delete") {
            telegram.delete(int(&message[0]), int(&message[1]));
        }
        self.updates += 1;
        self.settle().await?;
        if step["again"].as_bool() == Some(true) {
            self.world.telegram.push_as(id, update);
            self.settle().await?;
        }
        let expected: Vec<&Value> = list(step, "calls").collect();
        // An inline query is confirmed before it is answered.
        let until = self.seen + expected.len();
        let loud =
            |calls: &[Call]| calls.iter().filter(|call| !QUIET.contains(&call.method.as_str())).count();
        self.world.telegram.wait(PATIENCE, |calls| loud(calls) >= until).await;
        let calls = self.visible().split_off(self.seen);
        self.seen += calls.len();
        let said: Vec<String> =
            calls.iter().map(|c| format!("{} {} {}", c.method, c.status, c.parameters)).collect();
        let said = said.join("\n    ");
        if expected.len() != calls.len() {
            return Err(format!("{} calls were expected:\n    {said}", expected.len()));
        }
        for (call, expected) in calls.iter().zip(expected) {
            let (method, parameters) = expected.as_object().and_then(|o| o.iter().next()).expect("a call");
            let holds = match parameters {
                Value::String(_) => self.holds(&call.parameters["text"], parameters),
                parameters => self.holds(&call.parameters, parameters),
            };
            if call.method != *method || !holds {
                return Err(format!("{expected} was expected:\n    {said}"));
            }
        }
        for (name, wanted) in step["outside"].as_object().into_iter().flatten() {
            let shown = self.world.telegram.outside(name).unwrap_or_default();
            if !self.holds(&shown, wanted) {
                return Err(format!("{wanted} of {name} was expected: {shown}"));
            }
        }
        let typed = self.world.telegram.calls_of("sendChatAction").split_off(actions);
        match &step["typing"] {
            Value::Null => {}
            wanted if typed.iter().any(|call| self.holds(&call.parameters, wanted)) => {}
            wanted => return Err(format!("{wanted} of typing was expected: {typed:?}")),
        }
        Ok(self)
    }

    /// Waits until the bot has acknowledged every update: then all that it says of them is said.
    async fn settle(&self) -> Result<(), String> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.world.telegram.waiting() > 0 {
            if tokio::time::Instant::now() > deadline {
                return Err(format!("the update is not finished: {:?}", self.visible().split_off(self.seen)));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    fn holds(&self, actual: &Value, expected: &Value) -> bool {
        match (expected, actual) {
            (Value::Object(fields), _) => fields.iter().all(|(key, value)| self.holds(&actual[key], value)),
            (Value::Array(all), _) => all.iter().all(|one| self.holds(actual, one)),
            (Value::String(part), _) => {
                let text = actual.as_str().map_or_else(|| actual.to_string(), str::to_owned);
                let part = self.fill(part);
                part.strip_prefix('!').map_or_else(|| text.contains(&part), |part| !text.contains(part))
            }
            (expected, actual) => expected == actual,
        }
    }

    /// The whole update of a step.
    fn expand(&self, update: &Value) -> Value {
        let filled = self.filled(update);
        let Some((kind, fields)) = filled.as_object().and_then(|fields| fields.iter().next()) else {
            panic!("a step has an update")
        };
        let (field, chat) = match kind.as_str() {
            "private" => ("message", "private"),
            "group" => ("message", "group"),
            "forum" => ("message", "forum"),
            "channel" => ("channel_post", "channel"),
            "edited_private" => ("edited_message", "private"),
            "edited_group" => ("edited_message", "group"),
            "guest" => ("guest_message", "foreign"),
            _ => return filled,
        };
        let mut message = Map::new();
        message.insert("message_id".into(), json!(self.number));
        message.insert("date".into(), json!(1_790_000_000));
        message.insert("chat".into(), part(chat));
        if chat == "foreign" {
            // A call of a guest cannot be answered for long.
            message.insert("date".into(), json!(Timestamp::now().as_second()));
            message.insert("guest_query_id".into(), json!(format!("g{}", self.number)));
        }
        if chat == "channel" {
            message.insert("sender_chat".into(), part(chat));
        } else {
            message.insert("from".into(), part("suad"));
        }
        match fields {
            Value::String(text) => drop(message.insert("text".into(), json!(text))),
            Value::Object(fields) => message.extend(fields.clone()),
            _ => panic!("a message is a text or fields"),
        }
        for (text, entities) in [("text", "entities"), ("caption", "caption_entities")] {
            if let Some(marks) = message.get(text).and_then(Value::as_str).map(marked)
                && !message.contains_key(entities)
            {
                message.insert(entities.into(), marks);
            }
        }
        json!({ field: message })
    }

    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix('@').filter(|name| PARTS.contains(name)) {
                Some(name) => part(name),
                None => json!(self.fill(text)),
            },
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(fields) => {
                let mut filled: Map<String, Value> =
                    fields.iter().map(|(key, value)| (key.clone(), self.filled(value))).collect();
                // A message within a message is marked too.
                if filled.contains_key("message_id") && filled.contains_key("text") {
                    let marks = marked(filled["text"].as_str().unwrap_or_default());
                    filled.entry("entities").or_insert(marks);
                }
                Value::Object(filled)
            }
            other => other.clone(),
        }
    }

    fn fill(&self, text: &str) -> String {
        let mut text = text
            .replace("{sample}", SAMPLE)
            .replace("{other}", &SAMPLE.replace("مسقط", "صلالة"))
            .replace("{evening}", EVENING)
            .replace("{first part}", &first_part())
            .replace("{wells}", &wells("مسقط"))
            .replace("{wells of Doha}", &wells("الدوحة"))
            .replace("{english}", &"The ministers met in the capital and agreed on a plan. ".repeat(20))
            .replace("{cut}", &format!("https://example.org/{}", "%D8%A7".repeat(40))[..256])
            .replace("{site}", self.world.site.url("").trim_end_matches('/'));
        if text.contains("{result}") {
            text = text.replace("{result}", &self.offered());
        }
        if text.contains("{share}") {
            text = text.replace("{share}", &self.shared());
        }
        while let Some((before, rest)) = text.clone().split_once("{button:") {
            let (label, after) = rest.split_once('}').expect("a button's label ends");
            text = format!("{before}{}{after}", self.button(label));
        }
        text
    }

    /// The data of the last button of the bot's that bears `label`.
    fn button(&self, label: &str) -> String {
        let buttons = self.buttons();
        let mut named = buttons
            .iter()
            .filter(|button| button["text"].as_str().is_some_and(|text| text.contains(label)))
            .filter_map(|button| button["callback_data"].as_str());
        named.next().unwrap_or_else(|| panic!("no button «{label}»")).to_owned()
    }

    /// What the last button that shares something asks inline.
    fn shared(&self) -> String {
        let buttons = self.buttons();
        let mut queries =
            buttons.iter().filter_map(|button| button["switch_inline_query_chosen_chat"]["query"].as_str());
        queries.next().unwrap_or_default().to_owned()
    }

    /// All buttons, the last first: of messages and of what is offered.
    fn buttons(&self) -> Vec<Value> {
        let calls = self.world.telegram.calls();
        let keyboards = calls.iter().rev().flat_map(|call| {
            let results = call.parameters["results"].as_array().into_iter().flatten();
            [&call.parameters, &call.parameters["result"]].into_iter().chain(results)
        });
        let rows = keyboards
            .flat_map(|shown| shown["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten());
        rows.filter_map(Value::as_array).flatten().cloned().collect()
    }

    /// The bot's name for what it offered last.
    fn offered(&self) -> String {
        let calls = self.world.telegram.calls();
        let mut results = calls.iter().rev().filter_map(|call| call.parameters["results"][0]["id"].as_str());
        results.next().unwrap_or_default().to_owned()
    }
}

/// Reads an update with teloxide's own types.
fn check_types(update: &Value) -> Result<(), String> {
    let mut update = update.clone();
    update["update_id"] = json!(1);
    match serde_json::from_str::<teloxide::types::Update>(&update.to_string()) {
        Ok(read) if !matches!(read.kind, teloxide::types::UpdateKind::Error(_)) => Ok(()),
        Ok(_) => Err(format!("teloxide cannot read {update}")),
        Err(error) => Err(format!("teloxide cannot read {update}: {error}")),
    }
}

fn list<'a>(step: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    step[name].as_array().into_iter().flatten()
}

fn int(value: &Value) -> i64 {
    value.as_i64().expect("a number")
}

fn fault(wanted: &Value) -> Fault {
    let seconds = || u32::try_from(int(&wanted[2])).expect("seconds");
    match wanted[1].as_str().expect("a fault's name") {
        "429" => Fault::TooManyRequests(seconds()),
        "403" => Fault::Blocked,
        "404" => Fault::Unknown,
        "reaction" => Fault::ReactionInvalid,
        "502" => Fault::ServerError,
        "502 in JSON" => Fault::ServerErrorInJson,
        "migrated" => Fault::Migrated(int(&wanted[2])),
        "disconnect" => Fault::Disconnect,
        "answer lost" => Fault::AnswerLost,
        other => panic!("no fault «{other}»"),
    }
}

/// The sample article, so long that Telegram's apps would send what follows as another message.
fn first_part() -> String {
    filled(SAMPLE.trim_end().to_owned() + "\n")
}

/// An article as long, whose sentences are all alike: what another part adds to it is seen in its summary.
fn wells(place: &str) -> String {
    filled(format!("الوزارة تعرض مراحل مشروع الآبار في {place}\n\n"))
}

fn filled(mut text: String) -> String {
    let more = |number: u32| {
        format!(
            "وأوضحت الوزارة أن المرحلة {number} من المشروع تشمل حفر {number}0 بئراً في المحافظات الشرقية.\n"
        )
    };
    for number in 1.. {
        let next = more(number);
        if (text.clone() + &next).encode_utf16().count() > 4090 {
            break;
        }
        text += &next;
    }
    text
}

fn file(content: &str) -> Vec<u8> {
    match content {
        "docx" => crate::files::docx(SAMPLE),
        "scanned pdf" => crate::files::scanned_pdf(),
        "html" => crate::harness::page("مسقط").into_bytes(),
        text => text.replace("{sample}", SAMPLE).into_bytes(),
    }
}

/// The names of [`part`].
const PARTS: [&str; 16] = [
    "private",
    "group",
    "forum",
    "channel",
    "foreign",
    "between",
    "small",
    "suad",
    "english",
    "stranger",
    "admin",
    "anonymous",
    "telegram",
    "bot",
    "present",
    "photo",
];

/// People, chats and other parts that many updates have, as Telegram writes them.
fn part(name: &str) -> Value {
    let person = |id: i64, language: &str| json!({"id": id, "is_bot": false, "first_name": "س", "language_code": language});
    match name {
        "private" => json!({"id": PERSON, "type": "private", "first_name": "سعاد"}),
        "group" => json!({"id": GROUP, "type": "supergroup", "title": "أخبار"}),
        "forum" => json!({"id": GROUP, "type": "supergroup", "title": "منتدى", "is_forum": true}),
        "channel" => json!({"id": -1_009_999, "type": "channel", "title": "قناة"}),
        // Where the bot is no member: a group, and the private chat of two people.
        "foreign" => json!({"id": -1_007_777, "type": "supergroup", "title": "ديوانية"}),
        "between" => json!({"id": 8, "type": "private", "first_name": "س"}),
        "small" => {
            json!({"id": -55, "type": "group", "title": "أخبار", "all_members_are_administrators": false})
        }
        "suad" => person(PERSON, "ar"),
        "english" => person(PERSON, "en-GB"),
        "stranger" => person(8, "ar"),
        "admin" => person(9, "ar"),
        "anonymous" => {
            json!({"id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"})
        }
        "telegram" => json!({"id": 777_000, "is_bot": false, "first_name": "Telegram"}),
        "bot" => json!({"id": BOT, "is_bot": true, "first_name": "موجز", "username": "mujaz_bot"}),
        "present" => json!({"status": "member", "user": part("bot")}),
        "photo" => json!([{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 60}]),
        other => panic!("no part «{other}»"),
    }
}
