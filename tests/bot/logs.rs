//! What the log says: which update, how long, what went wrong; never what people write, whom they are, where their links
//! lead, or the token.

use std::io::Read;
use std::process::{Child, Command, Stdio};

use mujaz::standin::{Fault, Standin, TOKEN};
use serde_json::{Value, json};

use crate::harness::{PATIENCE, SAMPLE, Site, with};
use crate::place::Place;
use crate::webhook::{answered, of};

/// A number that stands in no log by chance.
const PERSON: i64 = 4_242_424_242;
/// The same of a group.
const GROUP: i64 = -1_009_876_543_210;

/// Plays a bot's life as a program and gives back its whole log.
async fn log(format: &str) -> String {
    let telegram = Standin::start().await.expect("a free port");
    let site = Site::start().await;
    let place = Place::sqlite();
    let reachable = site.url("").trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut bot: Child = Command::new(env!("CARGO_BIN_EXE_mujaz"))
        .arg("bot")
        .current_dir(std::env::temp_dir())
        .env("MUJAZ_TOKEN", TOKEN)
        .env("MUJAZ_API_URL", telegram.url().as_str())
        .env("MUJAZ_REACHABLE", reachable)
        .env("DATABASE_URL", place.address())
        .env("LOG_FORMAT", format)
        .env("RUST_LOG", "trace")
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stderr = bot.stderr.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut log = String::new();
        stderr.read_to_string(&mut log).expect("a log in UTF-8");
        log
    });
    let private = |message, text: &str| of(PERSON, message, text);
    for fault in [
        Fault::ServerErrorInJson,
        Fault::AnswerLost,
        Fault::TooManyRequests(1),
        Fault::Blocked,
        Fault::Migrated(GROUP),
    ] {
        telegram.fail("sendMessage", fault);
    }
    telegram.fail("getUpdates", Fault::ServerError);
    telegram.fail("sendChatAction", Fault::Migrated(GROUP));
    telegram.fail("answerInlineQuery", Fault::Migrated(GROUP));
    telegram.fail("setMessageReaction", Fault::ReactionInvalid);
    telegram.send(with(private(1, SAMPLE), json!({"message_id": telegram.number(PERSON)})));
    telegram.send(private(2, &site.url("news/confidential?key=geheim")));
    telegram.send(private(3, &site.url("forbidden/confidential")));
    telegram.send(private(4, "http://confidential.invalid/geheim"));
    telegram.send(private(5, "كلام قصير سري"));
    telegram.send(json!({"inline_query": {"id": "q", "query": site.url("news/geheim"), "offset": "",
        "from": {"id": PERSON, "is_bot": false, "first_name": "سعاد", "username": "suad_secret"}}}));
    telegram.send(private(6, "/help"));
    telegram.wait(PATIENCE, |calls| answered(calls).contains_key(&(PERSON, 6))).await;
    let pid = bot.id().to_string();
    let ended = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
    assert!(ended.success());
    bot.wait().expect("it ends");
    reader.join().expect("the log is read")
}

fn check(log: &str) {
    let numbers = [PERSON, GROUP].map(|number| number.unsigned_abs().to_string());
    let words = ["مسقط", "سري", "confidential", "geheim", "سعاد", "suad_secret", TOKEN, "stand-in"];
    let secrets: Vec<&str> = words.into_iter().chain(numbers.iter().map(String::as_str)).collect();
    for line in log.lines() {
        for secret in &secrets {
            assert!(!line.contains(secret), "«{secret}» stands in the log: {line}");
        }
    }
    assert!(log.contains("handled"), "the log says what was done:\n{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_for_people_says_nothing_of_them() {
    check(&log("text").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_for_programs_is_json_with_the_updates_number() {
    let log = log("json").await;
    check(&log);
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
        .collect();
    let handled: Vec<_> = lines.iter().filter(|line| line["message"] == "handled").collect();
    assert!(!handled.is_empty());
    for line in handled {
        assert!(line["span"]["id"].is_i64() && line["millis"].is_u64(), "{line}");
    }
}

/// What keeps the bot from starting is a line of the log as well.
#[test]
fn the_log_for_programs_is_json_from_the_first_line_to_the_last() {
    for (name, value) in
        [("MUJAZ_TOKEN", "none"), ("RUST_LOG", "a=b=c"), ("DATABASE_URL", "sqlite:/dev/null/store")]
    {
        let mut bot = Command::new(env!("CARGO_BIN_EXE_mujaz"));
        bot.arg("bot").current_dir(std::env::temp_dir());
        bot.env("LOG_FORMAT", "json").env("MUJAZ_TOKEN", TOKEN).env("MUJAZ_API_URL", "http://127.0.0.1:9");
        let ran = bot.env(name, value).output().expect("the program runs");
        assert_eq!(ran.status.code(), Some(1));
        let log = String::from_utf8(ran.stderr).expect("a log in UTF-8");
        assert!(!log.is_empty(), "{name}");
        for line in log.lines() {
            let line: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
            assert_eq!(line["level"], "ERROR");
        }
        assert!(log.contains(if name == "DATABASE_URL" { "store" } else { name }), "{log}");
    }
}
