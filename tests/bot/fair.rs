//! Whoever asks much slows nobody else down, and what a chat asks is answered in order.

use std::time::Duration;

use mujaz::standin::Call;
use tokio::time::Instant;

use crate::harness::{Limits, PATIENCE, SAMPLE, Way, World};
use crate::webhook::{answered, of};

const GREEDY: i64 = 66;

fn to(calls: &[Call], person: i64) -> Vec<&Call> {
    let sent = calls.iter().filter(|call| call.method == "sendMessage" && call.done);
    sent.filter(|call| call.parameters["chat_id"] == person).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_in_the_order_of_what_was_asked() {
    let world = World::start().await;
    world.telegram.send(of(5, 1, &world.site.url("late")));
    for message in 2..=6 {
        world.telegram.send(of(5, message, "الطقس جميل هنا"));
    }
    world.telegram.wait(PATIENCE, |calls| to(calls, 5).len() == 6).await;
    let calls = world.telegram.calls();
    let asked: Vec<i64> = to(&calls, 5)
        .iter()
        .filter_map(|call| call.parameters["reply_parameters"]["message_id"].as_i64())
        .collect();
    assert_eq!(asked, [1, 2, 3, 4, 5, 6]);
    world.stop().await;
}

/// A chat has so much in hand and no more; what is beyond that is not begun, and the chat is told so, once.
#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_asks_for_too_much_at_once_is_told_so() {
    let variables = [("MUJAZ_LIMIT_PERSON", "1000/1"), ("MUJAZ_LIMIT_BOT", "1000/1")];
    let world = World::limited(Way::Polling, &variables, Limits::default()).await;
    for message in 1..=30 {
        world.telegram.send(of(GREEDY, message, &world.site.url(&format!("late?{message}"))));
    }
    let busy = |calls: &[Call]| to(calls, GREEDY).iter().filter(|call| call.text().contains("مشغول")).count();
    assert!(world.telegram.wait(PATIENCE, |calls| busy(calls) > 0).await);
    world.telegram.wait(PATIENCE, |calls| to(calls, GREEDY).len() >= 21).await;
    let calls = world.telegram.calls();
    assert_eq!(busy(&calls), 1, "{:?}", answered(&calls));
    world.stop().await;
}

/// Five hundred links of one chat, each to a page that does not come, and then ten people who paste an article.
#[tokio::test(flavor = "multi_thread")]
async fn one_chat_with_five_hundred_links_slows_nobody_down() {
    for way in [Way::Polling, Way::Webhook] {
        // Nothing but fairness stands in its way.
        let variables = [("MUJAZ_LIMIT_PERSON", "1000/1"), ("MUJAZ_LIMIT_BOT", "1000/1")];
        let world = World::limited(way, &variables, Limits::default()).await;
        for message in 1..=500 {
            world.telegram.send(of(GREEDY, message, &world.site.url(&format!("slow?{message}"))));
        }
        world.telegram.wait(PATIENCE, |calls| calls.iter().any(|call| call.method == "sendChatAction")).await;
        let asked = Instant::now();
        for person in 1..=10 {
            world.telegram.send(of(person, 1, SAMPLE));
        }
        let all = |calls: &[Call]| (1..=10).all(|person| !to(calls, person).is_empty());
        let came = world.telegram.wait(PATIENCE, all).await;
        let took = asked.elapsed();
        assert!(came && took < Duration::from_secs(8), "{way:?}: the ten waited for {took:?}");
        let calls = world.telegram.calls();
        assert!((1..=10).all(|person| to(&calls, person).len() == 1), "{way:?}: {:?}", answered(&calls));
        let told = to(&calls, GREEDY).iter().filter(|call| call.text().contains("مشغول")).count();
        assert!(told <= 1, "{way:?}: it is told once that the bot is busy, not {told} times");
        drop(world);
    }
}
