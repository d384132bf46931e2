//! The bot as a program, killed in the middle of its work.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mujaz::standin::{Call, Standin, TOKEN};
use serde_json::{Value, json};

use crate::harness::{BOT, PATIENCE, SAMPLE, Way, private, with};
use crate::place::{Place, postgres_server};

const PEOPLE: i64 = 50;

/// The person whose settings are changed before.
const CHOOSER: i64 = 999;

/// Starts the bot; with a port, Telegram brings the updates there.
fn start(telegram: &Standin, place: &Place, port: Option<u16>) -> Child {
    let mut bot = Command::new(env!("CARGO_BIN_EXE_mujaz"));
    if let Some(port) = port {
        bot.env("MUJAZ_LISTEN", format!("127.0.0.1:{port}"));
        bot.env("MUJAZ_WEBHOOK_URL", format!("http://127.0.0.1:{port}/telegram"));
    }
    bot.arg("bot")
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

async fn check(place: Place, way: Way, patience: Duration) {
    let telegram = Standin::start().await.expect("a free port");
    let free = || TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    let port = (way == Way::Webhook).then(|| free().expect("a free port").port());
    let bot = start(&telegram, &place, port);
    choose(&telegram).await;
    // Numbered as Telegram numbers them: what the store says of an update is said of its person.
    let updates: Vec<(i64, i64)> =
        (1..=PEOPLE).map(|person| (telegram.push(from(1000 + person, SAMPLE)), 1000 + person)).collect();
    let middle = telegram.wait(PATIENCE, |calls| answered(calls).len() >= 10).await;
    kill(bot);
    assert!(middle, "the first answers come");
    let before = answered(&telegram.calls()).len();
    assert!(before < updates.len(), "it was killed in the middle");
    place.settle().await;
    // In doubt: whether these arrived nobody can know, and the bot therefore does not say them again.
    let in_doubt =
        place.numbers("SELECT update_id FROM updates WHERE sending = 1 AND finished_at IS NULL").await;
    let (in_doubt, sure): (Vec<_>, Vec<_>) =
        updates.iter().partition(|(update, _)| in_doubt.contains(update));

    let bot = start(&telegram, &place, port);
    let times =
        |calls: &[Call], person: i64| answered(calls).into_iter().filter(|chat| *chat == person).count();
    let all = |calls: &[Call]| sure.iter().all(|(_, person)| times(calls, *person) > 0);
    telegram.wait(patience, all).await;
    telegram
        .wait(Duration::from_secs(2), |calls| sure.iter().any(|(_, person)| times(calls, *person) > 1))
        .await;
    let calls = telegram.calls();
    for (update, person) in &sure {
        assert_eq!(times(&calls, *person), 1, "{person} (update {update}) is answered once");
    }
    for (update, person) in &in_doubt {
        assert!(times(&calls, *person) <= 1, "{person} (update {update}), in doubt, is not answered twice");
    }

    telegram.send(with(from(CHOOSER, "/settings"), json!({"message_id": 2})));
    let long = |calls: &[Call]| {
        let final_message = calls.iter().rfind(|call| call.method == "sendMessage" && call.done);
        final_message.is_some_and(|call| call.parameters.to_string().contains("الطول: طويل"))
    };
    let kept = telegram.wait(PATIENCE, long).await;
    kill(bot);
    assert!(kept, "settings are kept");
    let lost = in_doubt.iter().filter(|(_, person)| times(&calls, *person) == 0).count();
    println!("{before} answered before, {} in doubt, {lost} of those lost", in_doubt.len());
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_requests_and_a_kill_in_the_middle_on_sqlite() {
    check(Place::sqlite(), Way::Polling, Duration::from_mins(1)).await;
}

/// Telegram brings again what it got no 200 for.
#[tokio::test(flavor = "multi_thread")]
async fn fifty_requests_and_a_kill_in_the_middle_by_webhook() {
    check(Place::sqlite(), Way::Webhook, Duration::from_mins(1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_requests_and_a_kill_in_the_middle_on_postgres() {
    if let Some(server) = postgres_server("kill::fifty_requests_and_a_kill_in_the_middle_on_postgres") {
        // The claims of the dead run for half a minute: another replica might have held them.
        check(Place::postgres(&server).await, Way::Polling, Duration::from_mins(2)).await;
    }
}
