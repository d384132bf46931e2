//! What a stranger may try: to have the bot work for them alone, to break an update, to have it say what it should not, and to
//! keep Telegram out of its door.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mujaz::standin::{Call, Standin, TOKEN};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::harness::{
    GROUP, Limits, PATIENCE, PERSON, SAMPLE, Site, Way, World, button, group, marked, page, private, with,
};
use crate::place::Place;
use crate::webhook::{answered, of};

/// Nobody waits longer for what others do. Without optimisation, and beside other tests, an article alone takes seconds.
const WAIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 1 });

/// Held by those that give the machine all that it can do: beside each other they would measure each other.
static ALONE: Mutex<()> = Mutex::const_new(());

fn press(person: i64, chat: &Value, message: &Value, data: &str) -> Value {
    json!({"callback_query": {"id": "1", "chat_instance": "1", "data": data,
        "from": {"id": person, "is_bot": false, "first_name": "س", "language_code": "ar"},
        "message": {"message_id": message, "date": 1_790_000_000, "chat": chat, "text": "x",
            "from": {"id": 1000, "is_bot": true, "first_name": "موجز"}}}})
}

fn query(person: i64, text: &str) -> Value {
    json!({"inline_query": {"id": "q", "query": text, "offset": "",
        "from": {"id": person, "is_bot": false, "first_name": "س", "language_code": "ar"}}})
}

fn edited(message: i32, text: &str) -> Value {
    let mut edited = private(message, text)["message"].clone();
    edited["edit_date"] = json!(1_790_000_020);
    json!({"edited_message": edited})
}

fn count(calls: &[Call], method: &str) -> usize {
    calls.iter().filter(|call| call.method == method && call.done).count()
}

/// Sends an article for each of `people` and tells how long the last of them waited.
async fn ask_for(world: &World, people: std::ops::RangeInclusive<i64>) -> Duration {
    let asked = Instant::now();
    for person in people.clone() {
        world.telegram.send(of(person, 1, SAMPLE));
    }
    let all = |calls: &[Call]| people.clone().all(|person| answered(calls).contains_key(&(person, 1)));
    assert!(world.telegram.wait(PATIENCE, all).await, "they are answered at all");
    println!("the last of the others waited for {:?}", asked.elapsed());
    asked.elapsed()
}

/// An article so long that its summary takes a while.
fn long_article() -> String {
    let mut text = String::from("الوزارة تعرض مراحل مشروع الآبار في المحافظات الشرقية\n\n");
    for number in 1.. {
        if text.len() > 150_000 {
            break;
        }
        // Writing into a string does not fail.
        let _ = writeln!(
            text,
            "وأوضحت الوزارة أن المرحلة {number} من المشروع تشمل حفر {number}0 بئراً في محافظة جديدة."
        );
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn presses_on_long_texts_are_counted_and_hold_up_nobody() {
    let _alone = ALONE.lock().await;
    let limits: Limits = serde_json::from_value(json!({"person": 8})).expect("limits");
    let world = World::limited(Way::Polling, &[], limits).await;
    world.telegram.set_file("long.txt", long_article().into_bytes());
    let file = json!({"document": {"file_id": "long.txt", "file_unique_id": "l", "file_name": "long.txt"}});
    let mut update = with(private(1, ""), file);
    update["message"].as_object_mut().expect("a message").remove("text");
    let reply = world.ask(update).await;
    let (longer, shorter) = (button(&reply.parameters, "أطول"), button(&reply.parameters, "أقصر"));
    let chat = json!({"id": PERSON, "type": "private", "first_name": "س"});
    let message = reply.result["message_id"].clone();
    for turn in 0..75 {
        world.telegram.send(press(PERSON, &chat, &message, if turn % 2 == 0 { &longer } else { &shorter }));
    }
    let waited = ask_for(&world, 100..=104).await;
    assert!(waited < WAIT, "the others waited for {waited:?}");
    let all = |calls: &[Call]| count(calls, "answerCallbackQuery") == 75;
    assert!(world.telegram.wait(PATIENCE * 2, all).await, "each press is answered");
    let calls = world.telegram.calls();
    assert!(count(&calls, "editMessageText") <= 7, "{}", count(&calls, "editMessageText"));
    let told = |part: &str| {
        calls.iter().any(|call| call.method == "answerCallbackQuery" && call.text().contains(part))
    };
    assert!(told("مشغول"), "who presses on and on is told that the bot is busy");
    world.stop().await;
}

/// Thirty people send long files at once: those for whom there was no time can have theirs read at the press of a button.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_too_much_is_read_when_there_is_time() {
    let _alone = ALONE.lock().await;
    let world = World::start().await;
    world.telegram.set_file("long.txt", long_article().into_bytes());
    let file = json!({"document": {"file_id": "long.txt", "file_unique_id": "l", "file_name": "long.txt"}});
    for person in 1000..1030 {
        let mut update = with(of(person, 1, ""), file.clone());
        update["message"].as_object_mut().expect("a message").remove("text");
        world.telegram.send(update);
    }
    let all = |calls: &[Call]| count(calls, "sendMessage") == 30;
    assert!(world.telegram.wait(PATIENCE * 3, all).await, "each is answered");
    let calls = world.telegram.calls_of("sendMessage");
    let busy = calls.iter().find(|call| call.text().contains("مشغول")).expect("there was no time for all");
    let person = busy.parameters["chat_id"].as_i64().expect("a chat");
    let again = button(&busy.parameters, "أعد المحاولة");
    world.telegram.send(press(person, &busy.result["chat"], &busy.result["message_id"], &again));
    let read = |calls: &[Call]| calls.iter().any(|c| c.method == "editMessageText" && c.done);
    assert!(world.telegram.wait(PATIENCE * 3, read).await, "it is read");
    let shown = world.telegram.calls_of("editMessageText").remove(0);
    assert_eq!(shown.parameters["message_id"], busy.result["message_id"]);
    assert!(shown.text().contains("مراحل مشروع الآبار") && shown.parameters.to_string().contains("أطول"));
    world.stop().await;
}

/// Twenty people, each of whom asks for more than they may: they wait for themselves, or are told so.
#[tokio::test(flavor = "multi_thread")]
async fn those_who_wait_for_their_limit_keep_nobody_else_waiting() {
    let _alone = ALONE.lock().await;
    let limits: Limits = serde_json::from_value(json!({"person": 1, "refill": 20_000})).expect("limits");
    let world = World::limited(Way::Polling, &[], limits).await;
    let short = SAMPLE.lines().take(10).collect::<Vec<_>>().join("\n");
    let greedy = 1000..1020;
    for number in 1..=17 {
        for person in greedy.clone() {
            world.telegram.send(of(person, number, &format!("{short}\n{number}")));
        }
    }
    let waited = ask_for(&world, 1..=5).await;
    assert!(waited < WAIT, "the others waited for {waited:?}");
    let told = |calls: &[Call]| {
        let told = |person: i64| {
            calls
                .iter()
                .any(|call| call.parameters["chat_id"] == person && call.text().contains("كثيرة؛ أمهلني"))
        };
        greedy.clone().all(told)
    };
    assert!(world.telegram.wait(PATIENCE, told).await, "who asks for too much is told so");
    world.stop().await;
}

#[tokio::test]
async fn a_press_beyond_the_limit_is_told_in_a_window() {
    let limits: Limits = serde_json::from_value(json!({"person": 2})).expect("limits");
    let world = World::limited(Way::Polling, &[], limits).await;
    let reply = world.ask(private(1, SAMPLE)).await;
    let chat = json!({"id": PERSON, "type": "private", "first_name": "س"});
    let shorter = press(PERSON, &chat, &reply.result["message_id"], &button(&reply.parameters, "أقصر"));
    for (presses, text) in [(1, None), (2, Some("كثيرة؛ أمهلني"))] {
        world.telegram.send(shorter.clone());
        world.telegram.wait(PATIENCE, |calls| count(calls, "answerCallbackQuery") == presses).await;
        let answers = world.telegram.calls_of("answerCallbackQuery");
        let told = answers[presses - 1].parameters["text"].as_str().map(str::to_owned);
        match text {
            None => assert_eq!(told, None),
            Some(part) => assert!(told.is_some_and(|told| told.contains(part)), "{answers:?}"),
        }
    }
    assert_eq!(world.telegram.calls_of("editMessageText").len(), 1);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn inline_queries_of_many_leave_the_chats_alone() {
    let _alone = ALONE.lock().await;
    let world = World::start().await;
    // Each to a page that does not come.
    for number in 0..240 {
        world.telegram.send(query(10_000 + number, &world.site.url(&format!("slow?{number}"))));
    }
    world.telegram.wait(PATIENCE, |calls| count(calls, "answerInlineQuery") > 0).await;
    let waited = ask_for(&world, 1..=5).await;
    assert!(waited < WAIT, "the chats waited for {waited:?}");
    let all = |calls: &[Call]| count(calls, "answerInlineQuery") == 240;
    assert!(world.telegram.wait(PATIENCE, all).await, "each query is answered");
    let counts = reqwest::get(format!("http://{}/metrics", world.served)).await.expect("an answer");
    let counts = counts.text().await.expect("a text");
    let fetched =
        counts.lines().find_map(|line| line.strip_prefix(r#"mujaz_stage_seconds_count{stage="fetch"} "#));
    let fetched: u32 = fetched.expect("some were fetched").parse().expect("a number");
    // The line moves on while a slow machine works: a quarter of the bot's limit, and what comes back meanwhile.
    assert!(fetched <= 120, "the 240 had {fetched} pages fetched");
    let busy = world.telegram.calls_of("answerInlineQuery");
    assert!(
        busy.iter()
            .any(|call| call.parameters["button"]["text"].as_str().is_some_and(|t| t.contains("كثيرة")))
    );
    world.stop().await;
}

#[tokio::test]
async fn inline_queries_beyond_the_limit_are_told_so() {
    let limits: Limits = serde_json::from_value(json!({"person": 1})).expect("limits");
    let world = World::limited(Way::Polling, &[], limits).await;
    for (number, part) in [(1, "مؤتمر doha"), (2, "الطلبات كثيرة")] {
        world.telegram.send(query(PERSON, &world.site.url("news/doha")));
        world.telegram.wait(PATIENCE, |calls| count(calls, "answerInlineQuery") == number).await;
        let answers = world.telegram.calls_of("answerInlineQuery");
        assert!(answers[number - 1].parameters.to_string().contains(part), "{answers:?}");
    }
    world.stop().await;
}

#[tokio::test]
async fn edits_are_counted_and_beyond_the_limit_refused_in_one_sentence() {
    let limits: Limits = serde_json::from_value(json!({"person": 4})).expect("limits");
    let world = World::limited(Way::Polling, &[], limits).await;
    world.ask(private(1, &world.site.url("news/first"))).await;
    for number in 0..20 {
        world.telegram.send(edited(1, &world.site.url(&format!("news/edit{number}"))));
    }
    let done = Instant::now() + PATIENCE;
    while world.telegram.waiting() > 0 && Instant::now() < done {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(world.telegram.calls_of("editMessageText").len(), 3);
    let said = world.telegram.calls_of("sendMessage");
    assert_eq!(said.len(), 2, "the summary, and one sentence");
    assert!(said[1].parameters["text"].as_str().is_some_and(|text| text.contains("الطلبات كثيرة")));
    let counts = reqwest::get(format!("http://{}/metrics", world.served)).await.expect("an answer");
    let counts = counts.text().await.expect("a text");
    assert!(counts.contains(r#"mujaz_page_lookups_total{from="web"} 4"#), "{counts}");
    world.stop().await;
}

/// Half a character, and a list in a list in a list: no program reads them, and the updates beside them are answered.
#[tokio::test]
async fn updates_that_nobody_can_read_are_passed_over() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let message = |rest: &str| {
        format!(
            r#"{{"update_id":{{id}},"message":{{"message_id":3,"date":1790000000,
            "chat":{{"id":{PERSON},"type":"private"}},"from":{{"id":{PERSON},"is_bot":false,"first_name":"س"}},{rest}}}}}"#
        )
    };
    for way in [Way::Polling, Way::Webhook] {
        let world = World::limited(way, &[], Limits::default()).await;
        world.ask(private(1, "/help")).await;
        world.telegram.send_written(&format!(r#"{{"update_id":{{id}},"message":{}}}"#, deep(200)));
        world.telegram.send_written(&message(r#""text":"\ud800 وحدها""#));
        world.telegram.send_written(&format!(r#"{{"update_id":{{id}},"guest_message":{}}}"#, deep(5000)));
        world.telegram.send(private(2, "/help"));
        world.messages(2).await;
        // What stands beside it in the same message is read.
        world.telegram.send_written(&message(&format!(r#""text":"/help","rich_message":{}"#, deep(5000))));
        world.telegram.send_written(&message(r#""text":"/help","author_signature":"\udc00""#));
        world.messages(4).await;
        let done = Instant::now() + PATIENCE;
        while world.telegram.waiting() > 0 && Instant::now() < done {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(world.telegram.waiting(), 0, "{way:?}: all are confirmed");
        world.stop().await;
    }
}

#[tokio::test]
async fn nothing_of_an_article_is_live_or_steers_the_line() {
    let world = World::start().await;
    let text = SAMPLE
        .replace("مسقط", "مسقط @evil_bot")
        .replace("وزير", "وزير t.me/evil /start evil.com\u{202e}\u{1b}[31m\u{e0061}\u{2067}");
    let reply = world.ask(private(1, &text)).await;
    let number = reply.result["message_id"].as_i64().expect("a number");
    let shown = world.telegram.message(PERSON, number).expect("the message");
    let shown_text = shown["text"].as_str().expect("a text");
    assert!(shown_text.contains("evil_bot") && shown_text.contains("evil.\u{2060}com"), "{shown_text}");
    let kinds: Vec<&str> =
        shown["entities"].as_array().into_iter().flatten().filter_map(|e| e["type"].as_str()).collect();
    for live in ["mention", "bot_command", "url"] {
        assert!(!kinds.contains(&live), "{live}: {shown}");
    }
    for odd in ['\u{1b}', '\u{202e}', '\u{e0061}'] {
        assert!(!shown_text.contains(odd), "{odd:?}: {shown_text:?}");
    }
    assert!(shown_text.lines().all(|line| {
        let isolates = line.chars().filter(|c| ('\u{2066}'..='\u{2068}').contains(c)).count();
        isolates == line.matches('\u{2069}').count()
    }));
    world.stop().await;
}

#[tokio::test]
async fn a_button_works_in_the_chat_that_it_was_sent_to_and_in_no_other() {
    let world = World::start().await;
    let reply = world.ask(private(1, SAMPLE)).await;
    let data = button(&reply.parameters, "أقصر");
    world.telegram.send(group(5, "صباح الخير"));
    let elsewhere = group(6, "")["message"]["chat"].clone();
    world.telegram.send(press(8, &elsewhere, &json!(100_500), &data));
    world.telegram.wait(PATIENCE, |calls| count(calls, "answerCallbackQuery") == 1).await;
    let told = &world.telegram.calls_of("answerCallbackQuery")[0];
    assert!(told.text().contains("لم أعد أحتفظ"), "{told:?}");
    assert_eq!(world.telegram.calls_of("editMessageText").len(), 0);
    world.stop().await;
}

/// A saved page says that it is a newspaper's, in a group that has links answered: the newspaper's own page is answered all the same.
#[tokio::test]
async fn a_forged_page_speaks_for_nobody_and_hides_no_true_one() {
    let world = World::start().await;
    let link = world.site.url("news/doha");
    world.telegram.set_status(GROUP, PERSON, "administrator");
    let settings = world.ask(group(1, "/settings")).await;
    let chat = group(1, "")["message"]["chat"].clone();
    world.telegram.send(press(PERSON, &chat, &settings.result["message_id"], "set:auto-on"));
    world.telegram.wait(PATIENCE, |calls| count(calls, "answerCallbackQuery") == 1).await;
    let claims =
        format!("<link rel=canonical href='{link}'><meta property='og:url' content='{link}'></head>");
    let forged = page("القرية").replace("</head>", &claims);
    world.telegram.set_file("forged.html", forged.into_bytes());
    let file = json!({"file_id": "forged.html", "file_unique_id": "f", "file_name": "forged.html", "file_size": 5000});
    let mut message = group(2, "")["message"].clone();
    message["document"] = file;
    let told = world.ask(with(group(3, "/summary"), json!({"reply_to_message": message}))).await;
    assert!(told.text().contains("مؤتمر القرية"), "{}", told.text());
    assert!(!told.parameters.to_string().contains("127.0.0.1"), "it has no source: {told:?}");
    assert!(!told.text().contains("جريدة الوادي"), "{}", told.text());
    let told = world.ask(group(4, &link)).await;
    assert!(told.text().contains("مؤتمر doha"), "{}", told.text());
    world.stop().await;
}

/// Someone who is blocked as a channel writes in a group in its name.
#[tokio::test]
async fn whoever_writes_in_the_name_of_a_blocked_channel_meets_silence() {
    let world = World::with(&[("MUJAZ_BLOCKED", "-1007777")]).await;
    let mut update = group(1, "/summary@mujaz_bot");
    update["message"]["sender_chat"] = json!({"id": -1_007_777, "type": "channel", "title": "قناة"});
    update["message"]["from"] = json!({"id": 136_817_688, "is_bot": true, "first_name": "Channel"});
    update["message"]["entities"] = marked("/summary@mujaz_bot");
    world.telegram.send(update.clone());
    update["message"]["message_id"] = json!(2);
    update["message"]["sender_chat"]["id"] = json!(-1_008_888);
    world.telegram.send(update);
    let replies = world.messages(1).await;
    assert_eq!(replies[0].parameters["reply_parameters"]["message_id"], 2);
    assert_eq!(replies[0].parameters["chat_id"], GROUP);
    world.stop().await;
}

#[tokio::test]
async fn an_address_that_is_too_long_gives_no_button() {
    let world = World::start().await;
    let reply = world.ask(private(1, &world.site.url(&format!("news/doha?{}", "a".repeat(2100))))).await;
    assert!(reply.text().contains("مؤتمر doha"), "{}", reply.text());
    let buttons = reply.parameters["reply_markup"].to_string();
    assert!(!buttons.contains("المصدر") && buttons.contains("أطول"), "{buttons}");
    world.stop().await;
}

/// A bot as a program that may open 256 files, sockets included, and what it is told of its environment.
fn program(telegram: &Standin, place: &Place, more: &[(&str, &str)]) -> Child {
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 256; exec \"$0\" bot", env!("CARGO_BIN_EXE_mujaz")])
        .current_dir(std::env::temp_dir())
        .env("MUJAZ_TOKEN", TOKEN)
        .env("MUJAZ_API_URL", telegram.url().as_str())
        .env("DATABASE_URL", place.address())
        .stderr(Stdio::null());
    command.envs(more.iter().copied()).spawn().expect("the program starts")
}

fn stop(mut bot: Child) {
    let ended = Command::new("kill").args(["-TERM", &bot.id().to_string()]).status().expect("kill runs");
    assert!(ended.success());
    bot.wait().expect("it ends");
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("an address").port()
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_do_not_keep_telegram_out() {
    let _alone = ALONE.lock().await;
    let (telegram, place, port) =
        (Standin::start().await.expect("a free port"), Place::sqlite(), free_port());
    let (listen, url) = (format!("127.0.0.1:{port}"), format!("http://127.0.0.1:{port}/telegram"));
    let bot = program(&telegram, &place, &[("MUJAZ_LISTEN", &listen), ("MUJAZ_WEBHOOK_URL", &url)]);
    assert!(telegram.wait(PATIENCE, |calls| count(calls, "setWebhook") == 1).await);
    let mut idle = Vec::new();
    for number in 0..300 {
        let mut stream = TcpStream::connect(&listen).expect("a connection");
        if number % 2 == 0 {
            // The beginning of a head that never ends.
            let _ = stream.write_all(b"POST /telegram HTTP/1.1\r\nHost: x\r\n");
        }
        idle.push(stream);
    }
    let asked = Instant::now();
    telegram.send(of(1, 1, SAMPLE));
    assert!(telegram.wait(PATIENCE, |calls| answered(calls).len() == 1).await, "Telegram gets in");
    assert!(asked.elapsed() < WAIT, "{:?}", asked.elapsed());
    drop(idle);
    stop(bot);
}

/// Whether the bot closes the connection by itself within a few seconds.
async fn is_closed(mut stream: TcpStream) -> bool {
    tokio::task::spawn_blocking(move || {
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a limit");
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).is_ok()
    })
    .await
    .expect("it is read")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_says_nothing_is_closed() {
    let telegram = Standin::start().await.expect("a free port");
    let world = World::changed(telegram, Site::start().await, Way::Webhook, &[], |_, intake| {
        intake.idle = Duration::from_millis(500);
    })
    .await;
    let connect = || TcpStream::connect(world.served).expect("a connection");
    let silent = connect();
    let mut slow = connect();
    slow.write_all(b"GET /healthz HTTP/1.1\r\nHost: ").expect("written");
    let mut kept = connect();
    kept.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").expect("written");
    for stream in [silent, slow, kept] {
        assert!(is_closed(stream).await);
    }
    // A stranger's update is not waited for.
    let mut stranger = connect();
    stranger
        .write_all(b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{")
        .expect("written");
    let mut answer = [0; 12];
    stranger.read_exact(&mut answer).expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 401");
    let _ = stranger.shutdown(Shutdown::Both);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_is_asked_how_it_does_without_any_other_program() {
    let (telegram, place, port) =
        (Standin::start().await.expect("a free port"), Place::sqlite(), free_port());
    let listen = format!("127.0.0.1:{port}");
    let health = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mujaz"));
        command.arg("health").current_dir(std::env::temp_dir()).env("MUJAZ_TOKEN", TOKEN);
        // As in a container: the bot listens on all its addresses.
        command.env("MUJAZ_LISTEN", format!("0.0.0.0:{port}")).output().expect("the program runs")
    };
    assert_eq!(health().status.code(), Some(1), "nobody is there");
    let bot = program(&telegram, &place, &[("MUJAZ_LISTEN", &listen)]);
    let deadline = Instant::now() + PATIENCE;
    while !health().status.success() && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let asked = health();
    assert_eq!((asked.status.code(), asked.stdout.as_slice()), (Some(0), b"ready\n".as_slice()));
    telegram.send(of(1, 1, SAMPLE));
    telegram.wait(PATIENCE, |calls| answered(calls).len() == 1).await;
    stop(bot);
    // All that the store knows is in its one file: it can be copied.
    let file = place.address().trim_start_matches("sqlite:").to_owned();
    let log = std::fs::metadata(format!("{file}-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0, "a clean stop leaves nothing beside the file");
    assert!(std::fs::metadata(&file).is_ok_and(|file| file.len() > 0));
}
