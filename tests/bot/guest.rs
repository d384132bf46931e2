//! The bot as a guest: what is kept of it, and what a kill in the middle leaves.

use std::time::Duration;

use jiff::Timestamp;
use mujaz::standin::{Call, Fault, Standin};
use serde_json::{Value, json};

use crate::harness::{Limits, PATIENCE, PERSON, SAMPLE, Site, Way, World, finished, marked};
use crate::kill::start_with;
use crate::place::{Place, postgres_server};

/// Where the bot is no member.
const ELSEWHERE: i64 = -1_007_777;

/// Somebody calls the bot there, in answer to a post.
fn call(query: &str, post: &str) -> Value {
    let now = Timestamp::now().as_second();
    let chat = json!({"id": ELSEWHERE, "type": "supergroup", "title": "ديوانية"});
    let from = |id: i64| json!({"id": id, "is_bot": false, "first_name": "س", "language_code": "ar"});
    json!({"guest_message": {
        "message_id": 61, "date": now, "chat": chat, "from": from(PERSON), "guest_query_id": query,
        "text": "@mujaz_bot", "entities": marked("@mujaz_bot"),
        "reply_to_message": {"message_id": 60, "date": now, "chat": chat, "from": from(8), "text": post,
            "entities": marked(post)},
    }})
}

fn said(calls: &[Call]) -> usize {
    calls.iter().filter(|call| call.method == "answerGuestQuery" && call.done).count()
}

async fn nothing_of_a_group_is_kept(place: Place) {
    let address = place.address();
    let variables = [("DATABASE_URL", address.as_str())];
    let telegram = Standin::start().await.expect("a free port");
    let world = World::beside(telegram, Site::start().await, Way::Polling, &variables, Limits::hasty()).await;
    let slow = world.site.url("drip/3000/doha");
    for (query, post) in [("text", SAMPLE), ("link", &world.site.url("news/fez")), ("slow", &slow)] {
        world.telegram.send(call(query, post));
    }
    let all = world.telegram.wait(PATIENCE, |calls| said(calls) == 3).await;
    assert!(all, "{:#?}", world.telegram.calls());
    tokio::time::timeout(PATIENCE, finished(&world.telegram)).await.expect("all is finished");
    let count = async |sql: &str| place.numbers(sql).await[0];
    assert_eq!(count("SELECT COUNT(*) FROM articles WHERE body LIKE '%مسقط%'").await, 0, "the post's text");
    assert_eq!(count("SELECT COUNT(*) FROM answers WHERE chat_id IS NOT NULL").await, 0, "its chat");
    assert_eq!(count("SELECT COUNT(*) FROM answers WHERE person_id <> 7").await, 0, "its author");
    assert_eq!(count("SELECT COUNT(*) FROM updates WHERE first_word IS NOT NULL").await, 0, "its message");
    assert_eq!(count("SELECT COUNT(*) FROM seen").await, 0);
    assert_eq!(count("SELECT COUNT(*) FROM limits WHERE subject_id < 0").await, 0);
    assert!(count("SELECT COUNT(*) FROM answers WHERE person_id = 7").await >= 2, "pages have buttons");
    world.stop().await;
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_group_is_kept_on_sqlite() {
    nothing_of_a_group_is_kept(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_group_is_kept_on_postgres() {
    if let Some(server) = postgres_server("guest::nothing_of_a_group_is_kept_on_postgres") {
        nothing_of_a_group_is_kept(Place::postgres(&server).await).await;
    }
}

/// Killed in the call that gives an answer, and after a first word: neither is lost, and neither is said twice.
async fn killed_as_a_guest(place: Place) {
    let telegram = Standin::start().await.expect("a free port");
    let site = Site::start().await;
    let host = site.url("");
    let host = host.trim_start_matches("http://").trim_end_matches('/');
    let variables = [("MUJAZ_REACHABLE", host)];
    let bot = start_with(&variables, &telegram, &place, None);
    // It is carried out, and the bot does not live to hear of it.
    telegram.fail("answerGuestQuery", Fault::Slow(60));
    telegram.send(call("answer", SAMPLE));
    let answered = telegram.wait(PATIENCE, |calls| said(calls) == 1).await;
    telegram.send(call("word", &site.url("drip/4000/doha")));
    let begun = telegram.wait(PATIENCE, |calls| said(calls) == 2).await;
    // The first word is noted.
    let noted = async || {
        while place.numbers("SELECT COUNT(*) FROM updates WHERE first_word IS NOT NULL").await != [1] {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let noted = tokio::time::timeout(PATIENCE, noted()).await;
    bot.kill();
    assert!(answered && begun && noted.is_ok(), "{:#?}", telegram.calls());
    place.settle().await;
    let before = telegram.calls().len();

    let bot = start_with(&variables, &telegram, &place, None);
    let done = tokio::time::timeout(Duration::from_mins(2), finished(&telegram)).await;
    bot.kill();
    done.expect("all is finished");
    let again = telegram.calls_after(before);
    assert!(
        again.iter().all(|call| call.method != "answerGuestQuery" || !call.done),
        "Telegram refuses a second answer: {again:#?}"
    );
    let shown = |name: &str| telegram.outside(name).expect("a message")["text"].to_string();
    assert!(shown("guest-answer").contains("مؤتمر مسقط"));
    assert!(shown("guest-word").contains("مؤتمر doha"), "the first word becomes the answer");
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_as_a_guest_on_sqlite() {
    killed_as_a_guest(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_as_a_guest_on_postgres() {
    if let Some(server) = postgres_server("guest::killed_as_a_guest_on_postgres") {
        killed_as_a_guest(Place::postgres(&server).await).await;
    }
}

#[tokio::test]
async fn commands_of_a_group_are_unseen_where_the_owner_tries_that() {
    for (variables, unseen) in [(&[][..], 0), (&[("MUJAZ_PRIVATE_ANSWERS", "on")], 8)] {
        let world = World::with(variables).await;
        let set = world.telegram.calls_of("setMyCommands");
        assert_eq!(set.len(), 4);
        for method in ["setMyDescription", "setMyShortDescription"] {
            let told = world.telegram.calls_of(method);
            assert!(told.len() == 2 && told.iter().all(|call| call.done), "{told:#?}");
        }
        let commands =
            set.iter().flat_map(|call| call.parameters["commands"].as_array().into_iter().flatten());
        let count = commands.filter(|command| command["is_ephemeral"] == json!(true)).count();
        assert_eq!(count, unseen, "all of a group's but /summary and /today, in two languages");
        world.stop().await;
    }
}
