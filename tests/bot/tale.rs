//! Stories, told by a program that is killed in the middle of it.

use mujaz::standin::{Call, Fault, Standin};
use serde_json::Value;

use crate::harness::{PATIENCE, Site, button, finished};
use crate::kill::{Bot, from, press, start_with};
use crate::place::{Place, postgres_server};

const PEOPLE: i64 = 20;

/// A bot that may read the test's own site, and whose people may ask more than once in a minute.
fn start(telegram: &Standin, place: &Place, site: &Site) -> Bot {
    let socket = site.socket();
    start_with(&[("MUJAZ_REACHABLE", &socket), ("MUJAZ_LIMIT_PERSON", "50/60")], telegram, place, None)
}

/// What was sent to a chat, for certain.
fn told(calls: &[Call], chat: i64) -> Vec<Call> {
    let sent = calls.iter().filter(|call| call.method == "sendMessage" && call.done);
    sent.filter(|call| call.parameters["chat_id"] == chat).cloned().collect()
}

fn is_merged(call: &Call) -> bool {
    call.text().contains("المصدر ١، المصدر ٢")
}

/// Presses a button under a message, and gives back the message as it is then.
async fn pressed(telegram: &Standin, message: &Value, label: &str) -> Value {
    let edits = telegram.calls_of("editMessageText").iter().filter(|call| call.done).count();
    telegram.send(press(message, &button(message, label)));
    let edited = |calls: &[Call]| calls.iter().filter(|c| c.method == "editMessageText" && c.done).count();
    assert!(telegram.wait(PATIENCE, |calls| edited(calls) > edits).await, "«{label}» is followed");
    let (chat, id) = (message["chat"]["id"].as_i64(), message["message_id"].as_i64());
    telegram.message(chat.expect("a chat"), id.expect("a number")).expect("the message")
}

/// One story from two links for each of many people, with a kill in the middle: each is told once, together.
async fn killed_in_the_middle(place: Place) {
    let (telegram, site) = (Standin::start().await.expect("a free port"), Site::start().await);
    let both = format!("{} {}", site.url("noon/a"), site.url("evening/a"));
    let bot = start(&telegram, &place, &site);
    for person in 1..=PEOPLE {
        telegram.send(from(&telegram, person, &both));
    }
    let count = |calls: &[Call]| calls.iter().filter(|call| call.done && is_merged(call)).count();
    let middle = telegram.wait(PATIENCE, |calls| count(calls) >= 4).await;
    bot.kill();
    assert!(middle, "the first answers come");
    let before = count(&telegram.calls());
    assert!(before < PEOPLE as usize, "it was killed in the middle");
    place.settle().await;
    let bot = start(&telegram, &place, &site);
    finished(&telegram).await;
    for person in 1..=PEOPLE {
        let told = told(&telegram.calls(), person);
        assert!(matches!(told.as_slice(), [one] if is_merged(one)), "{person} is told once: {told:#?}");
    }
    bot.kill();
    place.remove().await;
}

/// Killed while what it says is on its way, and arrives: two links of one story, what is new, and the list of the day.
async fn killed_while_telling(place: Place) {
    let (telegram, site) = (Standin::start().await.expect("a free port"), Site::start().await);
    let both = format!("{} {}", site.url("noon/a"), site.url("evening/a"));
    let bot = start(&telegram, &place, &site);
    let sent = |calls: &[Call]| calls.iter().filter(|call| call.method == "sendMessage").count();
    for person in [2, 3] {
        telegram.send(from(&telegram, person, &site.url("noon/a")));
    }
    assert!(telegram.wait(PATIENCE, |calls| sent(calls) == 2).await, "two are told at noon");
    finished(&telegram).await;
    for (count, (person, text)) in
        [(1, both.as_str()), (2, &site.url("evening/a")), (3, "/today")].into_iter().enumerate()
    {
        telegram.fail("sendMessage", Fault::Slow(60));
        telegram.send(from(&telegram, person, text));
        assert!(telegram.wait(PATIENCE, |calls| sent(calls) == count + 3).await);
    }
    bot.kill();
    place.settle().await;
    let doubts = "SELECT sending_after FROM updates WHERE sending = 1 AND finished_at IS NULL";
    assert_eq!(place.numbers(doubts).await.len(), 3, "all three are in doubt");

    let bot = start(&telegram, &place, &site);
    finished(&telegram).await;
    let calls = telegram.calls();
    let last = |person, count: usize, part: &str| {
        let told = told(&calls, person);
        assert_eq!(told.len(), count, "{person} is told once: {told:#?}");
        assert!(told[count - 1].text().contains(part), "{told:#?}");
        told[count - 1].result.clone()
    };
    let merged = last(1, 1, "المصدر ١، المصدر ٢");
    last(2, 2, "🆕 الجديد");
    last(3, 2, "موجز اليوم");
    // Its buttons work: it is known which message tells which articles.
    let alone = pressed(&telegram, &merged, "المصدر ٢").await;
    let together = pressed(&telegram, &alone, "كل المصادر").await;
    assert_eq!(together["text"], merged["text"]);
    // And it is known what was told.
    telegram.send(from(&telegram, 1, "/today"));
    let listed = |calls: &[Call]| told(calls, 1).iter().any(|call| call.text().contains("(مصدران)"));
    assert!(telegram.wait(PATIENCE, listed).await, "the story is listed");
    bot.kill();
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_on_sqlite() {
    killed_in_the_middle(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_on_postgres() {
    if let Some(server) = postgres_server("tale::killed_in_the_middle_on_postgres") {
        killed_in_the_middle(Place::postgres(&server).await).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_telling_on_sqlite() {
    killed_while_telling(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_telling_on_postgres() {
    if let Some(server) = postgres_server("tale::killed_while_telling_on_postgres") {
        killed_while_telling(Place::postgres(&server).await).await;
    }
}
