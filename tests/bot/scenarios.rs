//! Situations in chats: what happens, and every call that the bot makes of it.

use std::time::Duration;

use mujaz::standin::{Call, Fault};
use serde_json::{Value, json};

use crate::harness::{
    BOT, GROUP, PATIENCE, PERSON, SAMPLE, SILENCE, Way, World, button, group, private, with,
};
use crate::table::QUIET;

fn visible(calls: &[Call]) -> Vec<Call> {
    calls.iter().filter(|call| !QUIET.contains(&call.method.as_str())).cloned().collect()
}

/// Sends `updates` one after the other, each when the calls that the ones before make are there, and compares the calls
/// with `expected`: for each update the methods, each with a part of its parameters.
async fn play(world: &World, script: Vec<(Value, &[(&str, &str)])>) {
    let mut count = visible(&world.telegram.calls()).len();
    for (step, (update, expected)) in script.into_iter().enumerate() {
        world.telegram.send(update.clone());
        let until = count + expected.len();
        let came = world.telegram.wait(PATIENCE, |calls| visible(calls).len() >= until).await;
        world.telegram.wait(SILENCE, |calls| visible(calls).len() > until).await;
        let calls = visible(&world.telegram.calls()).split_off(count);
        let described: Vec<String> =
            calls.iter().map(|call| format!("{} {}", call.method, call.parameters)).collect();
        assert!(came, "step {step}: {} calls were expected: {described:#?}", expected.len());
        assert_eq!(calls.len(), expected.len(), "step {step}: {described:#?}");
        for (call, (method, part)) in calls.iter().zip(expected) {
            let parameters = call.parameters.to_string();
            assert!(
                call.method == *method && parameters.contains(part),
                "step {step}: {method} with «{part}» was expected: {described:#?}"
            );
        }
        count = until;
    }
}

async fn check(script: Vec<(Value, &[(&str, &str)])>) {
    let world = World::start().await;
    play(&world, script).await;
    world.stop().await;
}

fn original(text: &str) -> Value {
    let mut original = group(50, text)["message"].clone();
    original["from"]["id"] = json!(9);
    original
}

fn pressed(chat: &Value, message: i64, data: &str) -> Value {
    json!({"callback_query": {"id": "42", "chat_instance": "1", "data": data,
        "from": {"id": PERSON, "is_bot": false, "first_name": "سعاد", "language_code": "ar"},
        "message": {"message_id": message, "date": 1_790_000_000, "chat": chat,
            "from": {"id": BOT, "is_bot": true, "first_name": "موجز"}, "text": "x"}}})
}

fn private_chat() -> Value {
    private(1, "")["message"]["chat"].clone()
}

fn group_chat() -> Value {
    group(1, "")["message"]["chat"].clone()
}

const FIRST: i64 = 100_001;

#[tokio::test]
async fn commands_in_private() {
    check(vec![
        (private(1, "/start"), &[("sendMessage", "startgroup=add")]),
        (private(2, "/help"), &[("sendMessage", "@mujaz_bot")]),
        (private(3, "/privacy"), &[("sendMessage", "٣ أيام")]),
        (private(4, "/summary"), &[("sendMessage", "رُدَّ بالأمر")]),
        (private(5, "/forget"), &[("sendMessage", "حذفتُ كل ما حفظته عنك")]),
    ])
    .await;
}

#[tokio::test]
async fn a_group_hears_the_bot_only_when_it_asks() {
    check(vec![
        (group(1, "صباح الخير"), &[]),
        (group(2, SAMPLE), &[]),
        (group(3, "/help"), &[]),
        (group(4, "@other_bot سلام"), &[]),
        (
            with(group(5, "/summary"), json!({"reply_to_message": original(SAMPLE)})),
            &[("setMessageReaction", "👀"), ("sendMessage", "\"disable_notification\":true")],
        ),
        (
            with(group(6, "@mujaz_bot"), json!({"reply_to_message": original(SAMPLE)})),
            &[("setMessageReaction", "👀"), ("sendMessage", "\"message_id\":50")],
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_topic_is_answered_in_its_topic_and_general_without() {
    let forum = json!({"id": GROUP, "type": "supergroup", "title": "منتدى", "is_forum": true});
    let asked = |id, more: Value| {
        let mut update =
            with(group(id, "/summary"), json!({"reply_to_message": original(SAMPLE), "chat": forum}));
        update["message"]["reply_to_message"]["chat"] = forum.clone();
        with(update, more)
    };
    let world = World::start().await;
    let topic = world.ask(asked(1, json!({"message_thread_id": 33, "is_topic_message": true}))).await;
    assert_eq!(topic.parameters["message_thread_id"], 33);
    let general = world.ask(asked(2, json!({}))).await;
    assert!(general.parameters["message_thread_id"].is_null());
    // A thread of replies is no topic.
    let thread = world.ask(asked(3, json!({"message_thread_id": 44}))).await;
    assert!(thread.parameters["message_thread_id"].is_null());
    world.stop().await;
}

#[tokio::test]
async fn the_answer_to_a_message_that_is_gone_is_dropped() {
    let world = World::start().await;
    let asked = group(1, &format!("/summary {}", world.site.url("news/doha")));
    world.telegram.fail("setMessageReaction", Fault::TooManyRequests(1));
    world.telegram.send(asked);
    world.telegram.delete(GROUP, 1);
    world.telegram.wait(PATIENCE, |calls| calls.iter().any(|call| call.method == "sendMessage")).await;
    let said = world.telegram.calls_of("sendMessage");
    assert_eq!((said.len(), said[0].status), (1, 400));
    world.stop().await;
}

#[tokio::test]
async fn buttons_change_the_one_message() {
    let world = World::start().await;
    let reply = world.ask(private(1, SAMPLE)).await;
    let press = |label| pressed(&private_chat(), FIRST, &button(&reply.parameters, label));
    play(
        &world,
        vec![
            (press("أقصر"), &[("editMessageText", "أطول"), ("answerCallbackQuery", "42")]),
            (press("أطول"), &[("editMessageText", "أقصر"), ("answerCallbackQuery", "42")]),
        ],
    )
    .await;
    let long = world.telegram.message(PERSON, FIRST).expect("the reply");
    let sentences = |text: &str| text.matches("\u{200f}• ").count();
    assert!(sentences(long["text"].as_str().unwrap_or_default()) > sentences(reply.text()));
    // Twice the same is no fault.
    play(&world, vec![(press("أطول"), &[("editMessageText", ""), ("answerCallbackQuery", "42")])]).await;
    world.stop().await;
}

#[tokio::test]
async fn a_line_is_shown_where_it_stands_in_the_message_that_was_pasted() {
    let world = World::start().await;
    let reply = world.ask(private(1, SAMPLE)).await;
    let first = pressed(&private_chat(), FIRST, &button(&reply.parameters, "أين"));
    let told = reply.text().replace("<b>", "").replace("</b>", "").replace("&quot;", "\"");
    let proved = told.split("👥").next().unwrap_or_default();
    let lines: Vec<&str> =
        proved.lines().filter_map(|line| line.trim_start_matches('\u{200f}').strip_prefix("• ")).collect();
    assert!(lines.len() > 4, "bullets and figures: {lines:?}");
    let mut press = first.clone();
    for (at, line) in lines.iter().enumerate() {
        play(&world, vec![(press.clone(), &[("sendMessage", "السطر"), ("answerCallbackQuery", "42")])]).await;
        let calls = world.telegram.calls_of("sendMessage");
        let shown = calls.last().expect("an answer");
        let asked = &shown.parameters["reply_parameters"];
        let quote = asked["quote"].as_str().expect("a quotation");
        assert!(SAMPLE.contains(quote) && line.contains(quote), "{quote}: {line}");
        assert_eq!(asked["message_id"], 1);
        let is_last = at + 1 == lines.len();
        assert_eq!(shown.parameters["reply_markup"].is_null(), is_last, "{}", shown.text());
        if !is_last {
            press = pressed(&private_chat(), FIRST, &button(&shown.parameters, "التالي"));
        }
    }
    // What the message does not hold any more cannot be quoted from it.
    world.telegram.delete(PERSON, 1);
    play(&world, vec![(first, &[("sendMessage", ""), ("answerCallbackQuery", "تعذّرت الإشارة")])]).await;
    world.stop().await;
}

#[tokio::test]
async fn buttons_work_after_a_restart_and_tell_kindly_when_their_article_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = format!("sqlite:{}", folder.path().join("store.db").display());
    let world = World::with(&[("DATABASE_URL", &store)]).await;
    let reply = world.ask(private(1, SAMPLE)).await;
    let data = button(&reply.parameters, "أقصر");
    let telegram = world.stop().await;
    let world = World::at(telegram, &[("DATABASE_URL", &store)]).await;
    play(
        &world,
        vec![
            (
                pressed(&private_chat(), FIRST, &data),
                &[("editMessageText", "أطول"), ("answerCallbackQuery", "42")],
            ),
            (private(2, "/forget"), &[("sendMessage", "حذفتُ")]),
            (
                pressed(&private_chat(), FIRST, &data),
                &[("editMessageReplyMarkup", ""), ("answerCallbackQuery", "لم أعد أحتفظ")],
            ),
            (pressed(&private_chat(), FIRST, "from another age"), &[]),
        ],
    )
    .await;
    world.stop().await;
}

#[tokio::test]
async fn settings_of_a_person() {
    let data = |setting: &str| pressed(&private_chat(), FIRST, &format!("set:{setting}"));
    let world = World::start().await;
    play(
        &world,
        vec![
            (private(1, "/settings"), &[("sendMessage", "الطول: متوسط")]),
            (data("length-short"), &[("editMessageText", "الطول: قصير"), ("answerCallbackQuery", "42")]),
            (
                data("participants-off"),
                &[("editMessageText", "☐ أطراف الخبر"), ("answerCallbackQuery", "42")],
            ),
            (data("digits-latin"), &[("editMessageText", "0-9"), ("answerCallbackQuery", "42")]),
            (data("digits-arabic-indic"), &[("editMessageText", "٠-٩"), ("answerCallbackQuery", "42")]),
            (data("proof-off"), &[("editMessageText", "☐ رابط كل سطر"), ("answerCallbackQuery", "42")]),
            (data("language-en"), &[("editMessageText", "Length: short"), ("answerCallbackQuery", "42")]),
        ],
    )
    .await;
    let reply = world.ask(private(2, SAMPLE)).await;
    assert!(!reply.text().contains("👥") && !reply.text().contains("أطراف"), "{}", reply.text());
    assert!(reply.text().contains("١٤ دولة") && reply.text().contains("minute"), "{}", reply.text());
    play(
        &world,
        vec![(
            pressed(&private_chat(), FIRST, "close:"),
            &[("deleteMessage", ""), ("answerCallbackQuery", "42")],
        )],
    )
    .await;
    world.stop().await;
}

#[tokio::test]
async fn settings_of_a_group_are_for_its_admins() {
    let world = World::start().await;
    let set = || pressed(&group_chat(), FIRST, "set:auto-on");
    let refused: &[(&str, &str)] = &[("getChatMember", ""), ("sendMessage", "للمشرفين فقط")];
    play(
        &world,
        vec![
            (group(1, "/settings"), refused),
            // Once a minute is enough.
            (group(2, "/settings"), &[("getChatMember", "")]),
            (set(), &[("getChatMember", ""), ("answerCallbackQuery", "للمشرفين فقط")]),
        ],
    )
    .await;
    world.telegram.set_status(GROUP, PERSON, "administrator");
    let anonymous = json!({
        "from": {"id": 1_087_968_824, "is_bot": true, "first_name": "Group"},
        "sender_chat": {"id": GROUP, "type": "supergroup", "title": "أخبار"}});
    play(
        &world,
        vec![
            (group(3, "/settings"), &[("getChatMember", ""), ("sendMessage", "الرد التلقائي")]),
            (with(group(4, "/settings"), anonymous), &[("sendMessage", "الرد التلقائي")]),
        ],
    )
    .await;
    world.stop().await;
}

#[tokio::test]
async fn coming_and_going() {
    let member =
        |status: &str| json!({"status": status, "user": {"id": BOT, "is_bot": true, "first_name": "موجز"}});
    let change = |old: &str, new: &str| {
        json!({"my_chat_member": {"chat": group_chat(), "date": 1_790_000_000,
            "from": {"id": PERSON, "is_bot": false, "first_name": "س"},
            "old_chat_member": member(old), "new_chat_member": member(new)}})
    };
    check(vec![
        (change("left", "member"), &[("sendMessage", "أهلاً، أنا موجز")]),
        (change("member", "administrator"), &[]),
        (change("administrator", "kicked"), &[]),
    ])
    .await;
}

#[tokio::test]
async fn settings_follow_a_group_that_grows() {
    let small = json!({"id": -55, "type": "group", "title": "أخبار"});
    let world = World::start().await;
    world.telegram.set_status(-55, PERSON, "creator");
    let migration = json!({"message": {"message_id": 9, "date": 1_790_000_000, "chat": small,
        "from": {"id": PERSON, "is_bot": false, "first_name": "س"}, "migrate_to_chat_id": GROUP}});
    let in_small = with(group(1, "/settings"), json!({"chat": small}));
    world.telegram.set_status(GROUP, PERSON, "creator");
    play(
        &world,
        vec![
            (in_small, &[("getChatMember", ""), ("sendMessage", "الطول: متوسط")]),
            (
                pressed(&small, FIRST, "set:length-long"),
                &[("getChatMember", ""), ("editMessageText", "الطول: طويل"), ("answerCallbackQuery", "")],
            ),
            (migration, &[]),
            (group(10, "/settings"), &[("getChatMember", ""), ("sendMessage", "الطول: طويل")]),
        ],
    )
    .await;
    world.stop().await;
}

#[tokio::test]
async fn who_may_not_use_the_bot_meets_silence() {
    let world = World::with(&[("MUJAZ_BLOCKED", "7")]).await;
    play(&world, vec![(private(1, SAMPLE), &[]), (private(2, "/start"), &[])]).await;
    world.stop().await;
    let world = World::with(&[("MUJAZ_ALLOWED", "7")]).await;
    let stranger = with(
        private(1, "/help"),
        json!({"from": {"id": 8, "is_bot": false, "first_name": "س"}, "chat": {"id": 8, "type": "private"}}),
    );
    play(&world, vec![(stranger, &[]), (private(2, "/help"), &[("sendMessage", "")])]).await;
    world.stop().await;
}

#[tokio::test]
async fn fourteen_articles_at_once_are_answered_in_their_order() {
    let limits = serde_json::from_value(json!({"person": 10, "refill": 500})).expect("limits");
    let world = World::limited(Way::Polling, &[], limits).await;
    for id in 1..=14 {
        world.telegram.send(private(id, SAMPLE));
    }
    let messages = world.messages(14).await;
    let asked = |call: &Call| call.parameters["reply_parameters"]["message_id"].as_i64();
    let order: Vec<_> = messages.iter().filter_map(asked).collect();
    assert_eq!(order, (1..=14).collect::<Vec<_>>());
    assert!(messages.iter().all(|call| call.text().contains("مؤتمر مسقط")));
    world.stop().await;
}

#[tokio::test]
async fn files() {
    let file = |id: i32, name: &str, size: u64| {
        let mut update = private(id, "");
        let fields = update["message"].as_object_mut().expect("a message");
        fields.remove("text");
        fields.remove("entities");
        with(
            update,
            json!({"document": {"file_id": name, "file_unique_id": name, "file_name": name,
            "file_size": size}}),
        )
    };
    let world = World::start().await;
    world.telegram.set_file("a.txt", SAMPLE.as_bytes().to_vec());
    world.telegram.set_file("a.exe", vec![0; 10]);
    play(
        &world,
        vec![
            (file(1, "a.txt", 4000), &[("sendMessage", "مؤتمر مسقط")]),
            (file(2, "a.exe", 10), &[("sendMessage", "لا أقرأ إلا ملفات")]),
            (file(3, "a.txt", 1 << 30), &[("sendMessage", "الملف أكبر")]),
            (file(4, "gone.txt", 10), &[("sendMessage", "تعذّرت قراءة هذا الملف")]),
        ],
    )
    .await;
    world.stop().await;
}

#[tokio::test]
async fn an_edit_changes_the_answer() {
    let world = World::start().await;
    world.ask(private(1, SAMPLE)).await;
    let changed = SAMPLE.replace("مسقط", "صلالة");
    let edit = |text: &str| {
        let mut message = private(1, text)["message"].clone();
        message["edit_date"] = json!(1_790_000_020);
        json!({"edited_message": message})
    };
    play(&world, vec![(edit(SAMPLE), &[]), (edit(&changed), &[("editMessageText", "صلالة")])]).await;
    world.stop().await;
}

#[tokio::test]
async fn inline_without_a_link_says_what_to_write() {
    let query = |text: &str| {
        json!({"inline_query": {"id": "q", "query": text, "offset": "",
            "from": {"id": PERSON, "is_bot": false, "first_name": "س"}}})
    };
    let long = format!("https://example.org/{}", "%D8%A7".repeat(40));
    let cut: String = long.chars().take(256).collect();
    check(vec![
        (query(""), &[("answerInlineQuery", "اكتب رابط المقال")]),
        (query(&cut), &[("answerInlineQuery", "أكمل في المحادثة الخاصة")]),
    ])
    .await;
}

#[tokio::test]
async fn a_stop_in_the_middle_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = format!("sqlite:{}", folder.path().join("store.db").display());
    let world = World::with(&[("DATABASE_URL", &store)]).await;
    for person in 1..=20 {
        let chat = json!({"id": 1000 + person, "type": "private", "first_name": "س"});
        let from = json!({"id": 1000 + person, "is_bot": false, "first_name": "س"});
        world.telegram.send(with(private(1, SAMPLE), json!({"chat": chat, "from": from})));
    }
    world
        .telegram
        .wait(Duration::from_secs(5), |calls| calls.iter().any(|c| c.method == "sendMessage"))
        .await;
    let telegram = world.stop().await;
    let world = World::at(telegram, &[("DATABASE_URL", &store)]).await;
    world.messages(20).await;
    world.stop().await;
}

#[tokio::test]
async fn auto_answers_links_unasked_and_each_article_once_a_day() {
    let world = World::start().await;
    let link = world.site.url("news/doha");
    world.telegram.set_status(GROUP, PERSON, "administrator");
    play(
        &world,
        vec![
            (group(1, &link), &[]),
            (group(2, "/settings"), &[("getChatMember", ""), ("sendMessage", "☐ الرد التلقائي على الروابط")]),
            (
                pressed(&group_chat(), FIRST, "set:auto-on"),
                &[
                    ("getChatMember", ""),
                    ("editMessageText", "✅ الرد التلقائي على الروابط"),
                    ("answerCallbackQuery", ""),
                ],
            ),
            (group(3, &link), &[("sendMessage", "مؤتمر doha")]),
            (group(4, &format!("أرأيتم {link}")), &[("sendMessage", "https://t.me/c/1234/100002")]),
            // What cannot be read is not spoken of where nobody asked.
            (group(5, &world.site.url("forbidden")), &[]),
            // Whoever asks is answered.
            (
                group(6, &format!("/summary {link}")),
                &[("setMessageReaction", ""), ("sendMessage", "مؤتمر doha")],
            ),
        ],
    )
    .await;
    world.stop().await;
}

#[tokio::test]
async fn inline_gives_the_summary_of_a_link() {
    let world = World::start().await;
    let query = |text: &str| {
        json!({"inline_query": {"id": "q", "query": text, "offset": "",
            "from": {"id": PERSON, "is_bot": false, "first_name": "س"}}})
    };
    play(
        &world,
        vec![
            (query(&world.site.url("news/doha")), &[("answerInlineQuery", "مؤتمر doha")]),
            (query(&world.site.url("forbidden")), &[("answerInlineQuery", "أكمل في المحادثة الخاصة")]),
        ],
    )
    .await;
    world.stop().await;
}

#[tokio::test]
async fn what_a_reply_of_another_chat_shows_is_summarised() {
    let world = World::start().await;
    let link = world.site.url("news/doha");
    let external = json!({"origin": {"type": "channel", "date": 1, "message_id": 3,
        "chat": {"id": -1_009, "type": "channel", "title": "قناة"}}, "link_preview_options": {"url": link}});
    let quote = json!({"text": "خبر", "position": 0, "entities":
        [{"type": "text_link", "offset": 0, "length": 3, "url": link}]});
    let answered: &[(&str, &str)] = &[("setMessageReaction", ""), ("sendMessage", "مؤتمر doha")];
    play(
        &world,
        vec![
            (with(group(1, "/summary"), json!({"external_reply": external})), answered),
            (
                with(group(2, "/summary"), json!({"quote": quote, "reply_to_message": original("خبر")})),
                answered,
            ),
        ],
    )
    .await;
    world.stop().await;
}
