//! Many chats at once, for a few seconds: each request gets its own answer, once, in its chat's order. `benches/load.rs` does it
//! for minutes, with the bot as a program, and measures.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::harness::{Limits, SAMPLE, Way, World};
use crate::place::Place;
use crate::webhook::of;

const CHATS: i64 = 40;
const MESSAGES: i32 = 5;
/// Requests a second.
const RATE: u32 = 60;

#[tokio::test(flavor = "multi_thread")]
async fn many_chats_at_once_get_their_own_answers_once_and_in_order() {
    for way in [Way::Polling, Way::Webhook] {
        let place = Place::sqlite();
        let store = place.address();
        let variables = [
            ("DATABASE_URL", store.as_str()),
            ("MUJAZ_PACE", "1000"),
            ("MUJAZ_LIMIT_BOT", "10000/0.001"),
            ("MUJAZ_LIMIT_PERSON", "1000/0.1"),
        ];
        let world = World::limited(way, &variables, Limits::default()).await;
        let begun = Instant::now();
        // What each answer must name.
        let mut asked: BTreeMap<(i64, i32), String> = BTreeMap::new();
        for message in 1..=MESSAGES {
            for chat in 1..=CHATS {
                sleep_until(begun + Duration::from_secs(asked.len() as u64) / RATE).await;
                let (text, place) = match asked.len() % 4 {
                    0 | 1 => {
                        let place = format!("بلدة {}", 100 + asked.len());
                        (SAMPLE.replace("مسقط", &place), place)
                    }
                    2 => (world.site.url(&format!("news/known{message}")), format!("known{message}")),
                    _ => {
                        let place = format!("new{}", 100 + asked.len());
                        (world.site.url(&format!("news/{place}")), place)
                    }
                };
                world.telegram.send(of(chat, message, &text));
                asked.insert((chat, message), place);
            }
        }
        let replies = world.messages(asked.len()).await;
        let mut last = BTreeMap::new();
        for reply in &replies {
            let chat = reply.parameters["chat_id"].as_i64().expect("a chat");
            let message = reply.parameters["reply_parameters"]["message_id"].as_i64().expect("a message");
            let place = &asked[&(chat, i32::try_from(message).expect("a small number"))];
            assert!(
                reply.text().contains(place),
                "{way:?}: {chat} {message}: {place} is missing in {}",
                reply.text()
            );
            let before = last.insert(chat, message);
            assert_eq!(before.unwrap_or(0) + 1, message, "{way:?}: chat {chat} is answered in order, once");
        }
        assert_eq!(last.values().filter(|message| **message == i64::from(MESSAGES)).count(), CHATS as usize);
        assert_eq!(world.stop().await.waiting(), 0, "{way:?}");
    }
}
