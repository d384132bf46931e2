//! The bot as a program, killed in the middle of its work.

use std::collections::HashSet;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mujaz::standin::{Call, Fault, Standin, TOKEN};
use serde_json::{Value, json};

use crate::harness::{GROUP, PATIENCE, SAMPLE, Way, finished, group, with};
use crate::place::{Place, postgres_server};
use crate::webhook::of;

const PEOPLE: i64 = 50;

/// The person whose settings are changed before.
const CHOOSER: i64 = 999;

/// A bot as a program; it does not outlive its test.
pub struct Bot(Child);

impl Bot {
    /// SIGKILL: it has no moment to put anything in order.
    pub fn kill(mut self) {
        self.0.kill().expect("it can be killed");
        self.0.wait().expect("it is dead");
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the bot; with a port, Telegram brings the updates there. Each person may ask for one article: what is begun again is not
/// counted again.
fn start(telegram: &Standin, place: &Place, port: Option<u16>) -> Bot {
    start_with(&[("MUJAZ_LIMIT_PERSON", "1/60")], telegram, place, port)
}

/// Starts the bot with these variables set besides.
pub fn start_with(variables: &[(&str, &str)], telegram: &Standin, place: &Place, port: Option<u16>) -> Bot {
    let mut bot = Command::new(env!("CARGO_BIN_EXE_mujaz"));
    bot.envs(variables.iter().copied());
    if let Some(port) = port {
        bot.env("MUJAZ_LISTEN", format!("127.0.0.1:{port}"));
        bot.env("MUJAZ_WEBHOOK_URL", format!("http://127.0.0.1:{port}/telegram"));
    }
    let bot = bot
        .arg("bot")
        .current_dir(std::env::temp_dir())
        .env("MUJAZ_TOKEN", TOKEN)
        .env("MUJAZ_API_URL", telegram.url().as_str())
        .env("DATABASE_URL", place.address())
        .env("RUST_LOG", "warn")
        .stderr(Stdio::null())
        .spawn();
    Bot(bot.expect("the program starts"))
}

/// What a person writes, numbered as Telegram numbers it: the bot is told the truth of how far it has counted.
pub fn from(telegram: &Standin, person: i64, text: &str) -> Value {
    with(of(person, 1, text), json!({"message_id": telegram.number(person)}))
}

fn answered(calls: &[Call]) -> Vec<i64> {
    let sent = calls.iter().filter(|call| call.method == "sendMessage" && call.done);
    let sent = sent.filter(|call| call.text().contains("مؤتمر مسقط"));
    sent.filter_map(|call| call.parameters["chat_id"].as_i64()).filter(|chat| *chat != CHOOSER).collect()
}

/// A private chat's person presses a button under a message.
pub fn press(message: &Value, data: &str) -> Value {
    let person = message["chat"]["id"].clone();
    json!({"callback_query": {"id": "1", "chat_instance": "1", "data": data, "message": message,
        "from": {"id": person, "is_bot": false, "first_name": "س"}}})
}

/// Has the chooser choose long summaries, and waits until that is answered.
async fn choose(telegram: &Standin) {
    telegram.send(from(telegram, CHOOSER, "/settings"));
    let told = |calls: &[Call]| calls.iter().any(|call| call.method == "sendMessage" && call.done);
    assert!(telegram.wait(PATIENCE, told).await, "the settings are shown");
    let shown = telegram.calls_of("sendMessage")[0].result.clone();
    telegram.send(press(&shown, "set:length-long"));
    let told = |calls: &[Call]| calls.iter().any(|call| call.method == "answerCallbackQuery");
    assert!(telegram.wait(PATIENCE, told).await, "the choice is answered");
}

async fn check(place: Place, way: Way, patience: Duration) {
    let telegram = Standin::start().await.expect("a free port");
    let free = || TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    let port = (way == Way::Webhook).then(|| free().expect("a free port").port());
    let bot = start(&telegram, &place, port);
    choose(&telegram).await;
    for person in 1..=PEOPLE {
        telegram.send(from(&telegram, 1000 + person, SAMPLE));
    }
    let middle = telegram.wait(PATIENCE, |calls| answered(calls).len() >= 10).await;
    bot.kill();
    assert!(middle, "the first answers come");
    let before = answered(&telegram.calls()).len();
    assert!(before < PEOPLE as usize, "it was killed in the middle");
    place.settle().await;
    let in_doubt =
        place.numbers("SELECT update_id FROM updates WHERE sending = 1 AND finished_at IS NULL").await.len();

    let bot = start(&telegram, &place, port);
    let people = |calls: &[Call]| answered(calls).into_iter().collect::<HashSet<_>>().len();
    telegram.wait(patience, |calls| people(calls) == PEOPLE as usize).await;
    telegram.wait(Duration::from_secs(2), |calls| answered(calls).len() > PEOPLE as usize).await;
    let mut once = answered(&telegram.calls());
    once.sort_unstable();
    assert_eq!(once, (1001..=1000 + PEOPLE).collect::<Vec<_>>(), "each is answered, and once");

    telegram.send(from(&telegram, CHOOSER, "/settings"));
    let long = |calls: &[Call]| {
        let final_message = calls.iter().rfind(|call| call.method == "sendMessage" && call.done);
        final_message.is_some_and(|call| call.parameters.to_string().contains("الطول: طويل"))
    };
    let kept = telegram.wait(PATIENCE, long).await;
    bot.kill();
    assert!(kept, "settings are kept");
    println!("{before} answered before, {in_doubt} in doubt");
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
        // The claims of the dead run for half a minute: another replica might have held them. A busy machine takes twice as long as one
        // that does nothing else.
        check(Place::postgres(&server).await, Way::Polling, Duration::from_mins(4)).await;
    }
}

/// Killed while three messages are on their way: two that arrive, to a person and to a supergroup, and one that does not.
async fn killed_while_sending(place: Place, way: Way) {
    let telegram = Standin::start().await.expect("a free port");
    let free = || TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    let port = (way == Way::Webhook).then(|| free().expect("a free port").port());
    let bot = start(&telegram, &place, port);
    let in_group = || with(group(1, "/summary"), json!({"message_id": telegram.number(GROUP)}));
    // The supergroup becomes known, and is told how to ask.
    telegram.send(in_group());
    let sent = |calls: &[Call]| calls.iter().filter(|call| call.method == "sendMessage").count();
    assert!(telegram.wait(PATIENCE, |calls| sent(calls) == 1).await);
    let article = with(in_group(), json!({"text": format!("/summary {SAMPLE}")}));
    let asked = [
        (Fault::Slow(60), from(&telegram, 1, SAMPLE)),
        (Fault::Unheard(60), from(&telegram, 2, SAMPLE)),
        (Fault::Slow(60), article),
    ];
    for (count, (fault, update)) in asked.into_iter().enumerate() {
        telegram.fail("sendMessage", fault);
        telegram.send(update);
        assert!(telegram.wait(PATIENCE, |calls| sent(calls) == count + 2).await);
    }
    bot.kill();
    place.settle().await;
    let doubts = "SELECT sending_after FROM updates WHERE sending = 1 AND finished_at IS NULL";
    assert_eq!(place.numbers(doubts).await.len(), 3, "all three are in doubt");

    let bot = start(&telegram, &place, port);
    let patience = Duration::from_mins(2);
    assert!(telegram.wait(patience, |calls| answered(calls).contains(&2)).await, "what was lost is said");
    finished(&telegram).await;
    let mut chats = answered(&telegram.calls());
    chats.sort_unstable();
    assert_eq!(chats, [GROUP, 1, 2], "each is answered, and once");
    let edits = telegram.calls_of("editMessageText");
    assert!(edits.iter().all(|call| !call.done), "what arrived is as it was");
    bot.kill();
    // Its buttons work: it is known which message it is. A button and an edit are counted as well.
    let bot = start_with(&[("MUJAZ_LIMIT_PERSON", "3/60")], &telegram, &place, port);
    let arrived = telegram.calls_of("sendMessage").into_iter().find(|call| call.parameters["chat_id"] == 1);
    let arrived = arrived.expect("a message").result;
    let longer =
        arrived["reply_markup"]["inline_keyboard"][0][1]["callback_data"].as_str().expect("a button");
    telegram.send(press(&arrived, longer));
    let edited = telegram.wait(PATIENCE, |calls| {
        calls
            .iter()
            .any(|call| call.done && call.method == "editMessageText" && call.text().contains("مؤتمر مسقط"))
    });
    assert!(edited.await, "the button is followed");
    // So does an edit of the question.
    let question = arrived["reply_to_message"].clone();
    let other = with(json!({"message": question}), json!({"text": SAMPLE.replace("مسقط", "صلالة")}));
    telegram.send(json!({"edited_message": other["message"]}));
    let followed = telegram.wait(PATIENCE, |calls| {
        calls
            .iter()
            .any(|call| call.done && call.method == "editMessageText" && call.text().contains("مؤتمر صلالة"))
    });
    let followed = followed.await;
    bot.kill();
    assert!(followed, "the answer follows its question");
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_sending_on_sqlite() {
    killed_while_sending(Place::sqlite(), Way::Polling).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_sending_on_postgres() {
    if let Some(server) = postgres_server("kill::killed_while_sending_on_postgres") {
        killed_while_sending(Place::postgres(&server).await, Way::Webhook).await;
    }
}
