//! What an update asks: a table of updates as Telegram sends them, and the request that each makes.

use mujaz::bot::request::{Inline, Me, Notice, Request, Source, parse};
use mujaz::bot::update::Update;
use serde_json::{Value, json};

use crate::harness::{BOT, GROUP, SAMPLE, group, marked, private, with};

/// What is asked, in one line.
fn asked(update: &Value) -> String {
    let me = Me { id: BOT, username: "mujaz_bot".to_owned(), inline: true, guest: true };
    parse(&Update::parse(&update.to_string()), &me).map_or_else(|| "silence".to_owned(), told)
}

fn told(request: Request) -> String {
    let listed = |sources: &[Source]| {
        let words: Vec<String> = sources
            .iter()
            .map(|source| match source {
                Source::Link(url) => url.to_string(),
                Source::Text(text) => format!("text {}", text.split_whitespace().count()),
                Source::File(document) => format!("file {}", document.file_name.as_deref().unwrap_or("")),
            })
            .collect();
        words.join(" + ")
    };
    match request {
        Request::Summarize(_, sources) => format!("summarize {}", listed(&sources)),
        Request::Auto(_, sources) => format!("auto {}", listed(&sources)),
        Request::Edited(_, now) => format!("edited: {}", told(*now)),
        Request::Tell(_, notice) => format!("tell {notice:?}"),
        Request::Today(_) => "today".to_owned(),
        Request::Settings(_) => "settings".to_owned(),
        Request::Forget(_) => "forget".to_owned(),
        Request::Press { .. } | Request::TooManyPresses { .. } => "press".to_owned(),
        Request::PressOutside { shown, .. } => format!("press under {}", shown.message),
        Request::Chosen(shown, _) => format!("chosen {}", shown.message),
        Request::Guest { query, place, sources } => {
            format!("guest {query} of {:?}: {}", place.person.or(place.channel), listed(&sources))
        }
        Request::Inline { asked, .. } => match asked {
            Inline::Link(url) => format!("inline {url}"),
            Inline::Kept(_) => "inline kept".to_owned(),
            Inline::Cut => "inline cut".to_owned(),
            Inline::Nothing => "inline nothing".to_owned(),
        },
        Request::Added(place) => format!("added {}", place.chat),
        Request::Removed(chat) => format!("removed {chat}"),
        Request::Migrated { from, to } => format!("migrated {from} {to}"),
    }
}

#[track_caller]
fn check(update: impl Into<Value>, expected: &str) {
    let update = update.into();
    // Telegram's own words for it are what teloxide reads too.
    let mut whole = update.clone();
    whole["update_id"] = json!(1);
    let known: teloxide::types::Update = serde_json::from_str(&whole.to_string()).expect("an update");
    if matches!(known.kind, teloxide::types::UpdateKind::Error(_)) {
        let fault = serde_json::from_value::<teloxide::types::Message>(update["message"].clone()).err();
        panic!("teloxide cannot read {update:#}: {fault:?}");
    }
    assert_eq!(asked(&update), expected, "{update:#}");
}

fn original(text: &str, from: i64) -> Value {
    json!({"message_id": 50, "date": 1_790_000_000, "text": text, "entities": marked(text),
        "chat": {"id": GROUP, "type": "supergroup", "title": "أخبار"},
        "from": {"id": from, "is_bot": from == BOT, "first_name": "س"}})
}

fn article() -> usize {
    SAMPLE.split_whitespace().count()
}

#[test]
fn in_private_links_and_texts_are_summarised() {
    check(private(1, "https://example.org/a"), "summarize https://example.org/a");
    check(private(1, "اقرأ هذا https://example.org/a وهذا"), "summarize https://example.org/a");
    // Of a sixth it is said that it is left.
    check(
        private(
            1,
            "https://a.example https://b.example/ https://c.example https://d.example https://e.example https://f.example https://g.example",
        ),
        "summarize https://a.example/ + https://b.example/ + https://c.example/ + https://d.example/ + https://e.example/ + https://f.example/",
    );
    check(private(1, "https://a.example/x https://a.example/x"), "summarize https://a.example/x");
    check(private(1, SAMPLE), &format!("summarize text {}", article()));
    let beside = private(1, &format!("{SAMPLE}\nhttps://example.org/a"));
    check(beside.clone(), &format!("summarize text {} + https://example.org/a", article() + 1));
    let forwarded = with(
        beside,
        json!({"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "سعاد"}}),
    );
    check(forwarded, &format!("summarize text {}", article() + 1));
    let within = private(1, &format!("{SAMPLE}\nالمصدر https://example.org/a"));
    check(within, &format!("summarize text {}", article() + 2));
    check(private(1, "الطقس"), "summarize text 1");
    check(private(1, "https://t.me/channel نشرة المساء"), "summarize text 3");
    check(private(1, "https://t.me/channel/12 نشرة"), "summarize https://t.me/channel/12");
}

#[test]
fn links_hide_behind_words_in_captions_and_under_posts() {
    let behind = json!([{"type": "text_link", "offset": 0, "length": 3, "url": "https://example.org/a"}]);
    check(with(private(1, "📰 خبر"), json!({"entities": behind})), "summarize https://example.org/a");
    let mut photo = private(1, "");
    let fields = photo["message"].as_object_mut().expect("a message");
    fields.remove("text");
    fields.remove("entities");
    let size = json!([{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]);
    let photo = with(photo, json!({"photo": size}));
    check(photo.clone(), &format!("tell {:?}", Notice::NothingToRead));
    check(
        with(
            photo.clone(),
            json!({"caption": "خبر", "caption_entities":
            [{"type": "text_link", "offset": 0, "length": 3, "url": "https://example.org/a"}]}),
        ),
        "summarize https://example.org/a",
    );
    let buttons = json!({"inline_keyboard": [[{"text": "اقرأ", "url": "https://example.org/b"}]]});
    check(with(photo, json!({"caption": "خبر", "reply_markup": buttons})), "summarize https://example.org/b");
}

#[test]
fn commands_are_read_and_those_of_other_bots_are_not() {
    check(private(1, "/start"), "tell Start");
    check(private(1, "/start inline"), "tell Start");
    check(private(1, "/help"), "tell Help");
    check(private(1, "/HELP@Mujaz_Bot"), "tell Help");
    check(private(1, "/privacy"), "tell Privacy");
    check(private(1, "/forget"), "forget");
    check(private(1, "/today"), "today");
    check(group(1, "/today"), "today");
    check(group(1, "/today@mujaz_bot"), "today");
    check(group(1, "/today@other_bot"), "silence");
    check(private(1, "/settings"), "settings");
    check(private(1, "/unknown"), "tell Help");
    check(private(1, "/summary"), "tell SummaryUsage");
    check(private(1, "/summary https://example.org/a"), "summarize https://example.org/a");
    check(group(1, "/help"), "silence");
    check(group(1, "/help@mujaz_bot"), "tell Help");
    check(group(1, "/settings"), "settings");
    check(group(1, "/summary@other_bot https://example.org/a"), "auto https://example.org/a");
}

#[test]
fn in_groups_only_those_who_ask_are_answered() {
    check(group(1, "صباح الخير"), "silence");
    check(group(1, SAMPLE), "silence");
    check(group(1, "خبر https://example.org/a"), "auto https://example.org/a");
    check(group(1, "/summary https://example.org/a"), "summarize https://example.org/a");
    check(group(1, "/summary@mujaz_bot https://example.org/a"), "summarize https://example.org/a");
    check(group(1, "@mujaz_bot https://example.org/a"), "summarize https://example.org/a");
    check(group(1, "@mujaz_bot الطقس"), "silence");
    check(group(1, "@other https://example.org/a"), "auto https://example.org/a");
    check(group(1, "/summary"), "tell SummaryUsage");
}

#[test]
fn what_a_message_answers_is_summarised() {
    let link = original("خبر https://example.org/a", 9);
    check(with(group(1, "/summary"), json!({"reply_to_message": link})), "summarize https://example.org/a");
    check(
        with(group(1, "/summary"), json!({"reply_to_message": original(SAMPLE, 9)})),
        &format!("summarize text {}", article()),
    );
    check(
        with(group(1, "@mujaz_bot"), json!({"reply_to_message": original(SAMPLE, 9)})),
        &format!("summarize text {}", article()),
    );
    // A link after the command goes before the message that it answers.
    check(
        with(group(1, "/summary https://example.org/b"), json!({"reply_to_message": original(SAMPLE, 9)})),
        "summarize https://example.org/b",
    );
    // Talk with the bot is silence, a link sent in answer to it is for it.
    let own = original("ملخّص", BOT);
    check(with(group(1, "الطقس"), json!({"reply_to_message": own.clone()})), "silence");
    check(
        with(group(1, "https://example.org/c"), json!({"reply_to_message": own.clone()})),
        "summarize https://example.org/c",
    );
    check(with(group(1, "/summary"), json!({"reply_to_message": own})), "tell SummaryUsage");
    // A quoted part.
    let quoted = json!({"text": SAMPLE, "position": 0, "is_manual": true});
    check(
        with(group(1, "/summary"), json!({"quote": quoted, "reply_to_message": original("x", 9)})),
        &format!("summarize text {}", article()),
    );
}

#[test]
fn edits_count_within_a_minute() {
    let edited = |seconds: i64| {
        let mut update = private(1, "https://example.org/a");
        update["message"]["edit_date"] = json!(1_790_000_000 + seconds);
        json!({"edited_message": update["message"]})
    };
    check(edited(30), "edited: summarize https://example.org/a");
    check(edited(90), "silence");
    let greeting = |seconds: i64| {
        let mut update = edited(seconds);
        update["edited_message"]["text"] = json!("السلام عليكم");
        update["edited_message"]["entities"] = json!([]);
        update
    };
    check(greeting(30), "edited: tell Talk(Salam)");
    check(greeting(90), "silence");
}

#[test]
fn the_bots_own_inline_results_are_left_alone() {
    let via = json!({"via_bot": {"id": BOT, "is_bot": true, "first_name": "موجز", "username": "mujaz_bot"}});
    check(with(private(1, "https://example.org/a"), via), "silence");
}

#[test]
fn inline_queries() {
    let query = |text: &str| {
        json!({"inline_query": {"id": "q", "query": text, "offset": "",
            "from": {"id": 7, "is_bot": false, "first_name": "س"}}})
    };
    check(query("https://example.org/a"), "inline https://example.org/a");
    check(query("خبر"), "inline nothing");
    let long = format!("https://example.org/{}", "%D8%A7".repeat(60));
    check(query(&long.chars().take(256).collect::<String>()), "inline cut");
}

#[test]
fn coming_going_and_growing() {
    let change = |chat: Value, old: &str, new: &str| {
        let member = |status: &str| {
            let mut member = json!({"status": status,
                "user": {"id": BOT, "is_bot": true, "first_name": "موجز", "username": "mujaz_bot"}});
            if status == "kicked" {
                member["until_date"] = json!(0);
            }
            member
        };
        json!({"my_chat_member": {"chat": chat, "date": 1_790_000_000,
            "from": {"id": 7, "is_bot": false, "first_name": "س"},
            "old_chat_member": member(old), "new_chat_member": member(new)}})
    };
    let a_group = || json!({"id": GROUP, "type": "supergroup", "title": "أخبار"});
    let a_person = || json!({"id": 7, "type": "private", "first_name": "س"});
    check(change(a_group(), "left", "member"), &format!("added {GROUP}"));
    check(change(a_group(), "member", "kicked"), &format!("removed {GROUP}"));
    check(change(a_person(), "member", "kicked"), "removed 7");
    check(change(a_person(), "kicked", "member"), "silence");
    let mut migration = group(1, "");
    let fields = migration["message"].as_object_mut().expect("a message");
    fields.remove("text");
    fields.remove("entities");
    let migration = with(
        migration,
        json!({"chat": {"id": -55, "type": "group", "title": "أخبار"}, "migrate_to_chat_id": GROUP}),
    );
    check(migration, &format!("migrated -55 {GROUP}"));
}

#[test]
fn channels_and_their_groups() {
    let post = json!({"channel_post": {"message_id": 1, "date": 1_790_000_000, "text": "https://example.org/a",
        "entities": marked("https://example.org/a"),
        "chat": {"id": -1_009, "type": "channel", "title": "قناة"},
        "sender_chat": {"id": -1_009, "type": "channel", "title": "قناة"}}});
    check(post, "auto https://example.org/a");
    let linked = json!({"is_automatic_forward": true,
        "from": {"id": 777_000, "is_bot": false, "first_name": "Telegram"},
        "sender_chat": {"id": -1_009, "type": "channel", "title": "قناة"}});
    check(with(group(1, "https://example.org/a"), linked), "auto https://example.org/a");
    let anonymous = json!({
        "from": {"id": 1_087_968_824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"},
        "sender_chat": {"id": GROUP, "type": "supergroup", "title": "أخبار"}});
    check(with(group(1, "/settings"), anonymous), "settings");
}
