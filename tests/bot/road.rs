//! The whole road: an update goes in, the right reply comes out, once.

use std::time::Duration;

use mujaz::standin::{Fault, parse_html};

use crate::harness::{PERSON, SAMPLE, World, private};

#[tokio::test]
async fn a_pasted_article_gets_its_summary() {
    let world = World::start().await;
    let reply = world.ask(private(1, SAMPLE)).await;
    let shown = parse_html(reply.text()).expect("Telegram took it").text;
    assert!(shown.contains("مؤتمر مسقط: 14 دولة تتفق على خطة مشتركة لمواجهة شح المياه"), "{shown}");
    assert!(shown.lines().filter(|line| line.starts_with("\u{200f}• ")).count() >= 3, "{shown}");
    assert!(shown.lines().all(|line| line.is_empty() || line.starts_with('\u{200f}')), "{shown}");
    for clutter in ["اقرأ أيضاً", "شاهد أيضاً", "مقالات ذات صلة", "5 طرق"] {
        assert!(!shown.contains(clutter), "{clutter} stands in {shown}");
    }
    assert_eq!(reply.parameters["reply_parameters"]["message_id"], 1);
    assert_eq!(reply.parameters["chat_id"], PERSON);
    assert!(!world.telegram.calls_of("sendChatAction").is_empty(), "the bot types while it works");
    world.stop().await;
}

#[tokio::test]
async fn what_is_no_article_gets_one_sentence_that_says_why() {
    let world = World::start().await;
    let short = world.ask(private(1, "مرحباً يا موجز")).await;
    assert!(short.text().contains("النص قصير"), "{}", short.text());
    let english = "The ministers met in the capital on Monday and agreed on a plan. ".repeat(12);
    let foreign = world.ask(private(2, &english)).await;
    assert!(foreign.text().contains("العربية وحدها"), "{}", foreign.text());
    world.stop().await;
}

#[tokio::test]
async fn the_language_is_the_persons() {
    let world = World::start().await;
    let mut update = private(1, "مرحباً");
    update["message"]["from"]["language_code"] = "en-GB".into();
    let reply = world.ask(update).await;
    assert!(reply.text().contains("too short"), "{}", reply.text());
    world.stop().await;
}

#[tokio::test]
async fn when_telegram_asks_for_patience_the_answer_comes_later_and_once() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::TooManyRequests(1));
    let reply = world.ask(private(1, SAMPLE)).await;
    let tries = world.telegram.calls_of("sendMessage");
    assert_eq!(tries.iter().map(|call| call.status).collect::<Vec<_>>(), [429, 200]);
    assert!(reply.at - tries[0].at >= Duration::from_secs(1));
    world.stop().await;
}

#[tokio::test]
async fn an_answer_that_may_have_arrived_is_not_said_again() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::AnswerLost);
    world.ask(private(1, SAMPLE)).await;
    world.stop().await;
}

#[tokio::test]
async fn a_person_who_blocked_the_bot_disturbs_nobody() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::Blocked);
    world.telegram.send(private(1, SAMPLE));
    world.telegram.wait(crate::harness::PATIENCE, |calls| calls.iter().any(|c| c.status == 403)).await;
    world.ask(private(2, "/help")).await;
    world.stop().await;
}

#[tokio::test]
async fn an_update_that_comes_twice_is_answered_once() {
    let world = World::start().await;
    let id = world.telegram.push(private(1, SAMPLE));
    world.messages(1).await;
    world.telegram.push_as(id, private(1, SAMPLE));
    world.messages(1).await;
    let telegram = world.stop().await;
    assert_eq!(telegram.waiting(), 0, "all updates are acknowledged");
}

#[tokio::test]
async fn what_nobody_knows_is_passed_over() {
    let world = World::start().await;
    world.telegram.send(serde_json::json!({"guest_message": {"novel": true}}));
    world.telegram.send(serde_json::json!({"message": {"message_id": "not a number"}}));
    world.telegram.send(serde_json::json!({"message": {"message_id": 3, "chat": null}}));
    let mut odd = private(4, SAMPLE);
    odd["message"]["entities"] = serde_json::json!([{"type": "date_time", "offset": 0, "length": 3}, 5]);
    odd["message"]["external_reply"] = serde_json::json!({"origin": {"type": "hidden_user"}});
    world.ask(odd).await;
    world.stop().await;
}
