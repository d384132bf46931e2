//! The bot as a program, killed in the middle of its work.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mujaz::standin::{Standin, TOKEN};
use serde_json::json;

use crate::harness::{PATIENCE, SAMPLE, private, with};

const PEOPLE: usize = 50;

fn start(telegram: &Standin, store: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_mujaz"))
        .arg("bot")
        .current_dir(std::env::temp_dir())
        .env("MUJAZ_TOKEN", TOKEN)
        .env("MUJAZ_API_URL", telegram.url().as_str())
        .env("DATABASE_URL", store)
        .env("RUST_LOG", "warn")
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

#[tokio::test]
async fn fifty_requests_and_a_kill_in_the_middle() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = format!("sqlite:{}", folder.path().join("store.db").display());
    let telegram = Standin::start().await.expect("a free port");
    for person in 1..=PEOPLE {
        let id = 1000 + person;
        let chat = json!({"id": id, "type": "private", "first_name": "س"});
        let from = json!({"id": id, "is_bot": false, "first_name": "س"});
        telegram.send(with(private(1, SAMPLE), json!({"chat": chat, "from": from})));
    }
    let answered = |calls: &[mujaz::standin::Call]| {
        calls.iter().filter(|call| call.method == "sendMessage" && call.done).count()
    };
    let mut bot = start(&telegram, &store);
    assert!(telegram.wait(PATIENCE, |calls| answered(calls) >= 10).await, "the first answers come");
    bot.kill().expect("it can be killed");
    bot.wait().expect("it is dead");
    let before = answered(&telegram.calls());
    assert!(before < PEOPLE, "it was killed in the middle");

    let mut bot = start(&telegram, &store);
    telegram.wait(Duration::from_mins(1), |calls| answered(calls) >= PEOPLE).await;
    telegram.wait(Duration::from_secs(2), |calls| answered(calls) > PEOPLE).await;
    bot.kill().expect("it can be killed");
    bot.wait().expect("it is dead");

    let mut chats: Vec<i64> = telegram
        .calls_of("sendMessage")
        .iter()
        .filter(|call| call.done)
        .filter_map(|call| call.parameters["chat_id"].as_i64())
        .collect();
    let all = chats.len();
    chats.sort_unstable();
    chats.dedup();
    assert_eq!(chats.len(), all, "nobody is answered twice");
    // A message that was on its way when the program died may have arrived or not; Telegram does not tell. It is not
    // said again. The stand-in takes a message within a millisecond: such doubts are rare.
    assert!(all + 2 >= PEOPLE, "{all} of {PEOPLE} were answered");
}
