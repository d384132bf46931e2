//! The bot as a program, killed in the middle of its work.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mujaz::standin::{Call, Standin, TOKEN};
use serde_json::{Value, json};

use crate::harness::{BOT, PATIENCE, SAMPLE, private, with};
use crate::place::{Place, postgres_server};

const PEOPLE: i64 = 50;

/// The person whose settings are changed before.
const CHOOSER: i64 = 999;

fn start(telegram: &Standin, place: &Place) -> Child {
    Command::new(env!("CARGO_BIN_EXE_mujaz"))
        .arg("bot")
        .current_dir(std::env::temp_dir())
        .env("MUJAZ_TOKEN", TOKEN)
        .env("MUJAZ_API_URL", telegram.url().as_str())
        .env("DATABASE_URL", place.address())
        .env("RUST_LOG", "warn")
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

fn kill(mut bot: Child) {
    // SIGKILL: it has no moment to put anything in order.
    bot.kill().expect("it can be killed");
    bot.wait().expect("it is dead");
}

fn from(person: i64, text: &str) -> Value {
    let chat = json!({"id": person, "type": "private", "first_name": "س"});
    let from = json!({"id": person, "is_bot": false, "first_name": "س"});
    with(private(1, text), json!({"chat": chat, "from": from}))
}

fn answered(calls: &[Call]) -> Vec<i64> {
    let sent = calls.iter().filter(|call| call.method == "sendMessage" && call.done);
    sent.filter_map(|call| call.parameters["chat_id"].as_i64()).filter(|chat| *chat != CHOOSER).collect()
}

/// Has the chooser choose long summaries, and waits until that is answered.
async fn choose(telegram: &Standin) {
    telegram.send(from(CHOOSER, "/settings"));
    let told = |calls: &[Call]| calls.iter().any(|call| call.method == "sendMessage" && call.done);
    assert!(telegram.wait(PATIENCE, told).await, "the settings are shown");
    let chat = from(CHOOSER, "")["message"]["chat"].clone();
    telegram.send(json!({"callback_query": {"id": "1", "chat_instance": "1", "data": "set:length-long",
        "from": {"id": CHOOSER, "is_bot": false, "first_name": "س"},
        "message": {"message_id": 100_001, "date": 1_790_000_000, "chat": chat, "text": "x",
            "from": {"id": BOT, "is_bot": true, "first_name": "موجز"}}}}));
    let told = |calls: &[Call]| calls.iter().any(|call| call.method == "answerCallbackQuery");
    assert!(telegram.wait(PATIENCE, told).await, "the choice is answered");
}

async fn check(place: Place, patience: Duration) {
    let telegram = Standin::start().await.expect("a free port");
    let bot = start(&telegram, &place);
    choose(&telegram).await;
    // Numbered as Telegram numbers them: what the store says of an update is said of its person.
    let updates: Vec<(i64, i64)> =
        (1..=PEOPLE).map(|person| (telegram.push(from(1000 + person, SAMPLE)), 1000 + person)).collect();
    let middle = telegram.wait(PATIENCE, |calls| answered(calls).len() >= 10).await;
    kill(bot);
    assert!(middle, "the first answers come");
    // What it had sent off before its death, to Telegram or to the database, still arrives.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = answered(&telegram.calls());
    assert!(before.len() < updates.len(), "it was killed in the middle");
    let in_doubt =
        place.numbers("SELECT update_id FROM updates WHERE sending = 1 AND finished_at IS NULL").await;
    // In doubt and not arrived: the one thing that nobody can know, and that the bot therefore does not say again.
    let lost: BTreeSet<i64> = updates
        .iter()
        .filter(|(update, person)| in_doubt.contains(update) && !before.contains(person))
        .map(|(_, person)| *person)
        .collect();

    let bot = start(&telegram, &place);
    let expected: Vec<i64> = (1001..=1000 + PEOPLE).filter(|person| !lost.contains(person)).collect();
    telegram.wait(patience, |calls| answered(calls).len() >= expected.len()).await;
    telegram.wait(Duration::from_secs(2), |calls| answered(calls).len() > expected.len()).await;
    let mut chats = answered(&telegram.calls());
    chats.sort_unstable();
    assert_eq!(chats, expected, "each is answered once, but for {lost:?}, whose messages were on their way");

    telegram.send(with(from(CHOOSER, "/settings"), json!({"message_id": 2})));
    let long = |calls: &[Call]| {
        let final_message = calls.iter().rfind(|call| call.method == "sendMessage" && call.done);
        final_message.is_some_and(|call| call.parameters.to_string().contains("الطول: طويل"))
    };
    let kept = telegram.wait(PATIENCE, long).await;
    kill(bot);
    assert!(kept, "settings are kept");
    println!("{} answered before, {} in doubt, {} of those lost", before.len(), in_doubt.len(), lost.len());
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_requests_and_a_kill_in_the_middle_on_sqlite() {
    check(Place::sqlite(), Duration::from_mins(1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_requests_and_a_kill_in_the_middle_on_postgres() {
    if let Some(server) = postgres_server("kill::fifty_requests_and_a_kill_in_the_middle_on_postgres") {
        // The claims of the dead run for a minute: another replica might have held them.
        check(Place::postgres(&server).await, Duration::from_mins(2)).await;
    }
}
