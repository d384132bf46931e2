//! Updates that Telegram brings: to one bot, to two behind a load balancer, and to one that stops.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use mujaz::standin::{Call, Fault, Standin};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};

use crate::harness::{Limits, PATIENCE, SAMPLE, Site, Way, World, private, with};
use crate::place::{Place, postgres_server};

async fn get(world: &World, path: &str) -> (u16, String) {
    let response = reqwest::get(format!("http://{}{path}", world.served)).await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("a text"))
}

async fn post(world: &World, secret: Option<&str>, body: String) -> u16 {
    let mut request = reqwest::Client::new().post(format!("http://{}/telegram", world.served)).body(body);
    if let Some(secret) = secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    request.send().await.expect("an answer").status().as_u16()
}

/// The secret that the bot told Telegram.
fn secret(world: &World) -> String {
    let calls = world.telegram.calls_of("setWebhook");
    calls[0].parameters["secret_token"].as_str().expect("a secret").to_owned()
}

pub fn of(person: i64, message: i32, text: &str) -> Value {
    let chat = json!({"id": person, "type": "private", "first_name": "س"});
    let from = json!({"id": person, "is_bot": false, "first_name": "س", "language_code": "ar"});
    with(private(message, text), json!({"chat": chat, "from": from}))
}

/// How often each message was answered, by chat and number.
pub fn answered(calls: &[Call]) -> BTreeMap<(i64, i64), usize> {
    let mut answered = BTreeMap::new();
    for call in calls.iter().filter(|call| call.method == "sendMessage" && call.done) {
        let asked = call.parameters["reply_parameters"]["message_id"].as_i64().unwrap_or_default();
        *answered.entry((call.parameters["chat_id"].as_i64().unwrap_or_default(), asked)).or_default() += 1;
    }
    answered
}

#[tokio::test]
async fn a_pasted_article_gets_its_summary() {
    let world = World::webhook(&[]).await;
    let reply = world.ask(private(1, SAMPLE)).await;
    assert!(reply.text().contains("مؤتمر مسقط"), "{}", reply.text());
    assert_eq!(world.telegram.waiting(), 0, "Telegram has its 200");
    let set = &world.telegram.calls_of("setWebhook")[0].parameters;
    assert!(set["secret_token"].as_str().is_some_and(|secret| secret.len() == 64), "{set}");
    assert_eq!(set["allowed_updates"].as_array().map(Vec::len), Some(8));
    world.stop().await;
}

#[tokio::test]
async fn only_telegram_is_heard() {
    let world = World::webhook(&[]).await;
    world.ask(private(1, "/help")).await;
    let mut update = private(2, "/help");
    update["update_id"] = json!(77);
    let secret = secret(&world);
    assert_eq!(post(&world, None, update.to_string()).await, 401);
    assert_eq!(post(&world, Some("wrong"), update.to_string()).await, 401);
    assert_eq!(post(&world, Some(&secret), "{".to_owned()).await, 400);
    assert_eq!(post(&world, Some(&secret), "{}".to_owned()).await, 400);
    assert_eq!(post(&world, Some(&secret), "x".repeat(2 << 20)).await, 413);
    assert_eq!(get(&world, "/telegram").await.0, 404);
    assert_eq!(get(&world, "/other").await.0, 404);
    assert_eq!(answered(&world.telegram.calls()).len(), 1, "none of these was answered");
    // The same again is finished already, and is not answered again.
    assert_eq!(post(&world, Some(&secret), update.to_string()).await, 200);
    assert_eq!(post(&world, Some(&secret), update.to_string()).await, 200);
    assert_eq!(answered(&world.telegram.calls()).values().collect::<Vec<_>>(), [&1, &1]);
    world.stop().await;
}

#[tokio::test]
async fn operators_see_how_it_does() {
    for way in [Way::Polling, Way::Webhook] {
        let world = World::limited(way, &[], Limits::default()).await;
        world.ask(private(1, &world.site.url("news/doha"))).await;
        world.ask(private(2, &world.site.url("news/doha"))).await;
        world.ask(private(3, "الطقس جميل هنا")).await;
        assert_eq!(get(&world, "/healthz").await, (200, "ok\n".to_owned()));
        assert_eq!(get(&world, "/readyz").await, (200, "ready\n".to_owned()));
        let (status, counts) = get(&world, "/metrics").await;
        assert_eq!(status, 200);
        for line in [
            r#"mujaz_outcomes_total{kind="summary"} 2"#,
            r#"mujaz_outcomes_total{kind="too_short"} 1"#,
            r#"mujaz_page_lookups_total{from="web"} 1"#,
            r#"mujaz_page_lookups_total{from="memory"} 1"#,
            r#"mujaz_stage_seconds_count{stage="fetch"} 1"#,
            r#"mujaz_stage_seconds_count{stage="extract"} 1"#,
            r#"mujaz_stage_seconds_count{stage="analysis"} 2"#,
            r#"mujaz_stage_seconds_count{stage="compose"} 2"#,
            r#"mujaz_stage_seconds_count{stage="send"} 3"#,
        ] {
            assert!(counts.lines().any(|found| found == line), "{way:?}: {line} is missing in\n{counts}");
        }
        world.stop().await;
    }
}

#[tokio::test]
async fn a_stop_in_the_middle_loses_nothing() {
    let place = Place::sqlite();
    let variables = [("DATABASE_URL", place.address())];
    let variables: Vec<(&str, &str)> =
        variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let world = World::webhook(&variables).await;
    for person in 1..=20 {
        world.telegram.send(of(1000 + person, 1, SAMPLE));
    }
    world.telegram.wait(PATIENCE, |calls| !answered(calls).is_empty()).await;
    let world = world.restart(&variables, Limits::default()).await;
    world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 20).await;
    let answered = answered(&world.telegram.calls());
    assert_eq!(answered.len(), 20);
    assert!(answered.values().all(|times| *times == 1), "{answered:?}");
    world.stop().await;
}

/// Telegram's 200 comes after the answer, never before: what is cut short in between comes again.
#[tokio::test]
async fn an_update_is_confirmed_when_it_is_answered_and_not_before() {
    let world = World::webhook(&[]).await;
    world.telegram.send(private(1, &world.site.url("late")));
    let begun = |calls: &[Call]| calls.iter().any(|call| call.method == "sendChatAction");
    assert!(world.telegram.wait(PATIENCE, begun).await);
    for _ in 0..10 {
        if world.telegram.waiting() == 0 {
            assert_eq!(
                answered(&world.telegram.calls()).len(),
                1,
                "it is not confirmed before it is answered"
            );
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    world.messages(1).await;
    assert_eq!(world.telegram.waiting(), 0);
    world.stop().await;
}

/// A stop has no time left for what is in hand, a message that Telegram asks patience for: it gives that back, and the next bot
/// need not wait for its claims to run out.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_stop_has_no_time_for_is_done_by_another_at_once() {
    let place = Place::sqlite();
    let address = place.address();
    let variables = [("DATABASE_URL", address.as_str())];
    let telegram = Standin::start().await.expect("a free port");
    let world = World::changed(telegram, Site::start().await, Way::Webhook, &variables, |_, intake| {
        intake.grace = std::time::Duration::ZERO;
    })
    .await;
    world.telegram.fail("sendMessage", Fault::TooManyRequests(200));
    world.telegram.send(private(1, SAMPLE));
    assert!(world.telegram.wait(PATIENCE, |calls| calls.iter().any(|call| call.status == 429)).await);
    let telegram = world.stop().await;
    let held =
        place.numbers("SELECT update_id FROM updates WHERE lease_until > 0 AND finished_at IS NULL").await;
    assert_eq!(held, [0; 0], "its claims are free");
    let in_doubt = place.numbers("SELECT update_id FROM updates WHERE sending = 1").await;
    assert_eq!(in_doubt, [0; 0], "waiting is no sending");
    let world =
        World::beside(telegram, Site::start().await, Way::Webhook, &variables, Limits::default()).await;
    world.messages(1).await;
    world.stop().await;
}

/// Shares connections out among `bots`, in turn.
async fn balancer(bots: Arc<OnceLock<Vec<SocketAddr>>>) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        for turn in 0.. {
            let Ok((mut near, _)) = listener.accept().await else { return };
            let Some(bots) = bots.get() else { continue };
            let bot = bots[turn % bots.len()];
            tokio::spawn(async move {
                let mut far = TcpStream::connect(bot).await?;
                tokio::io::copy_bidirectional(&mut near, &mut far).await
            });
        }
    });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn two_replicas_answer_everything_once_and_in_order() {
    const CHATS: i64 = 12;
    const MESSAGES: i32 = 5;

    let Some(server) = postgres_server("webhook::two_replicas_answer_everything_once_and_in_order") else {
        return;
    };
    let place = Place::postgres(&server).await;
    let bots = Arc::new(OnceLock::new());
    let front = format!("http://{}/telegram", balancer(Arc::clone(&bots)).await);
    let telegram = Standin::start().await.expect("a free port");
    let (address, url) = (place.address(), telegram.url().to_string());
    let variables =
        [("DATABASE_URL", address.as_str()), ("MUJAZ_API_URL", &url), ("MUJAZ_WEBHOOK_URL", &front)];
    let replica = async || {
        let own = Standin::start().await.expect("a free port");
        World::beside(own, Site::start().await, Way::Webhook, &variables, Limits::default()).await
    };
    let (one, other) = (replica().await, replica().await);
    bots.set(vec![one.served, other.served]).expect("set once");
    for message in 1..=MESSAGES {
        for chat in 1..=CHATS {
            telegram.send(of(chat, message, &SAMPLE.replace("مسقط", &format!("{chat}{message}"))));
        }
    }
    let all = (CHATS * i64::from(MESSAGES)) as usize;
    telegram.wait(PATIENCE, |calls| answered(calls).len() == all).await;
    let calls = telegram.calls();
    let counts = answered(&calls);
    assert_eq!(counts.len(), all);
    assert!(counts.values().all(|times| *times == 1), "{counts:?}");
    let mut last = BTreeMap::new();
    for call in calls.iter().filter(|call| call.method == "sendMessage") {
        let asked = call.parameters["reply_parameters"]["message_id"].as_i64();
        let before = last.insert(call.parameters["chat_id"].as_i64(), asked);
        assert!(before.is_none_or(|before| before < asked), "out of order: {before:?} {asked:?}");
    }
    for bot in [&one, &other] {
        let (_, counts) = get(bot, "/metrics").await;
        assert!(counts.contains(r#"stage_seconds_count{stage="send"}"#), "one of the two does nothing");
    }
    one.stop().await;
    other.stop().await;
    place.remove().await;
}
