//! What Telegram, the store and the operator can do to a running bot. Each ends with everything answered once.

use std::time::Duration;

use jiff::Timestamp;
use mujaz::article::Article;
use mujaz::standin::{Call, Fault, Standin};
use mujaz::store::{Question, Store, StoreOptions, StoreUrl};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::Instant;

use crate::harness::{Limits, PATIENCE, SAMPLE, SILENCE, Site, Way, World, private};
use crate::place::{Place, postgres_server};
use crate::webhook::{answered, of};

#[tokio::test]
async fn polling_that_fails_goes_on() {
    let world = World::start().await;
    for fault in [Fault::ServerError, Fault::Disconnect, Fault::Conflict, Fault::TooManyRequests(1)] {
        world.telegram.fail("getUpdates", fault);
    }
    world.ask(private(1, SAMPLE)).await;
    world.stop().await;
}

/// Telegram takes longer over a message than the bot waits: it may have been sent, and is not said again.
#[tokio::test]
async fn a_telegram_that_does_not_answer_holds_up_nobody_else() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::Slow(25));
    world.telegram.send(of(1, 1, SAMPLE));
    world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 1).await;
    let asked = Instant::now();
    world.telegram.send(of(2, 1, SAMPLE));
    assert!(world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 2).await);
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    // The first is given up after teloxide's 17 seconds, and acknowledged.
    let deadline = Instant::now() + PATIENCE;
    while world.telegram.waiting() > 0 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(world.telegram.waiting(), 0);
    assert!(answered(&world.telegram.calls()).values().all(|times| *times == 1));
    world.stop().await;
}

/// Someone starts the bot twice. Telegram ends one's call with 409 whenever the other makes one.
async fn started_twice(place: Place) {
    let telegram = Standin::start().await.expect("a free port");
    let (store, url) = (place.address(), telegram.url().to_string());
    let variables = [("DATABASE_URL", store.as_str()), ("MUJAZ_API_URL", &url)];
    let start = async || {
        let own = Standin::start().await.expect("a free port");
        World::beside(own, Site::start().await, Way::Polling, &variables, Limits::default()).await
    };
    let (one, other) = (start().await, start().await);
    for person in 1..=20 {
        telegram.send(of(person, 1, SAMPLE));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    telegram.wait(PATIENCE, |calls| answered(calls).len() == 20).await;
    telegram.wait(SILENCE, |_| false).await;
    let answered = answered(&telegram.calls());
    assert_eq!(answered.len(), 20);
    assert!(answered.values().all(|times| *times == 1), "{answered:?}");
    let mut conflicts = String::new();
    for bot in [&one, &other] {
        let counts = reqwest::get(format!("http://{}/metrics", bot.served)).await.expect("an answer");
        conflicts += &counts.text().await.expect("a text");
    }
    assert!(conflicts.contains(r#"mujaz_faults_total{kind="telegram_409"}"#), "operators can see it");
    one.stop().await;
    other.stop().await;
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_started_twice_answers_once_on_sqlite() {
    started_twice(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_started_twice_answers_once_on_postgres() {
    if let Some(server) = postgres_server("faults::a_bot_that_is_started_twice_answers_once_on_postgres") {
        started_twice(Place::postgres(&server).await).await;
    }
}

/// The database goes away, people go on asking, and it comes back: each is answered once, without a restart.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_and_comes_back_loses_nothing() {
    let Some(server) = postgres_server("faults::a_database_that_goes_away_and_comes_back_loses_nothing")
    else {
        return;
    };
    for way in [Way::Polling, Way::Webhook] {
        let place = Place::postgres(&server).await;
        let mut address: url::Url = place.address().parse().expect("an address");
        let target = (address.host_str().expect("a host").to_owned(), address.port().unwrap_or(5432));
        let (port, line) = cable(0, target.clone()).await;
        address.set_host(Some("127.0.0.1")).expect("a host");
        address.set_port(Some(port)).expect("a port");
        let variables = [("DATABASE_URL", address.as_str())];
        let world = World::limited(way, &variables, Limits::default()).await;
        world.ask(of(1, 1, SAMPLE)).await;

        line.abort();
        for person in 2..=10 {
            world.telegram.send(of(person, 1, SAMPLE));
        }
        // Longer than the store waits for a connection.
        tokio::time::sleep(Duration::from_secs(7)).await;
        assert_eq!(
            answered(&world.telegram.calls()).len(),
            1,
            "{way:?}: what cannot be noted is not answered"
        );
        let ready = reqwest::get(format!("http://{}/readyz", world.served)).await.expect("an answer");
        assert_eq!(ready.status().as_u16(), 503, "{way:?}");

        let (_, line) = cable(port, target).await;
        world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 10).await;
        world.telegram.wait(SILENCE, |_| false).await;
        let answered = answered(&world.telegram.calls());
        assert_eq!(answered.len(), 10, "{way:?}");
        assert!(answered.values().all(|times| *times == 1), "{way:?}: {answered:?}");
        world.stop().await;
        line.abort();
        place.remove().await;
    }
}

/// A line from a local port to the server, cut by aborting it.
async fn cable(port: u16, target: (String, u16)) -> (u16, AbortHandle) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port");
    let port = listener.local_addr().expect("an address").port();
    let task = tokio::spawn(async move {
        // Dropped, and the connections with it, when this task is aborted.
        let mut connections = JoinSet::new();
        loop {
            let (mut near, _) = listener.accept().await.expect("a connection");
            let mut far = TcpStream::connect(&target).await.expect("the server");
            connections
                .spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await.map(drop) });
        }
    });
    (port, task.abort_handle())
}

/// The disk is full: what can still be noted is answered, without buttons, since the article cannot be kept; the rest when
/// there is room again. All of it once.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_loses_nothing() {
    let place = Place::sqlite();
    let address = place.address();
    let url = StoreUrl::parse(&address).expect("an address");
    let options = StoreOptions { sqlite_file_bytes: Some(400_000), ..StoreOptions::default() };
    let store = Store::open_with(&url, options).await.expect("a store");
    let full = store.clone();
    let variables = [("DATABASE_URL", address.as_str())];
    let telegram = Standin::start().await.expect("a free port");
    let world = World::changed(telegram, Site::start().await, Way::Polling, &variables, |handler| {
        handler.store = store;
    })
    .await;
    world.ask(of(1, 1, SAMPLE)).await;
    for number in 0.. {
        let article = Article { body: format!("{number} ").repeat(100), ..Article::default() };
        if full.keep_answer(&article, Question::default(), Timestamp::now()).await.is_err() {
            break;
        }
    }
    for person in 2..=5 {
        world.telegram.send(of(
            person,
            1,
            &format!("{SAMPLE}\nوشارك في المؤتمر {person} وفود أخرى من المنطقة."),
        ));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let calls = world.telegram.calls();
    assert!(answered(&calls).values().all(|times| *times == 1), "{:?}", answered(&calls));
    let kept = |call: &&Call| call.method == "sendMessage" && !call.parameters["reply_markup"].is_null();
    assert!(calls.iter().filter(kept).count() < 5, "not every article is kept on a full disk");
    place.execute("DELETE FROM answers WHERE chat_id IS NULL").await;
    place.execute("DELETE FROM articles WHERE digest NOT IN (SELECT digest FROM answers)").await;
    world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 5).await;
    let answered = answered(&world.telegram.calls());
    assert_eq!(answered.len(), 5);
    assert!(answered.values().all(|times| *times == 1), "{answered:?}");
    world.stop().await;
}

/// An update that has brought its process down again and again is not tried for ever.
#[tokio::test]
async fn an_update_that_was_begun_too_often_is_given_up() {
    let place = Place::sqlite();
    let address = place.address();
    let url = StoreUrl::parse(&address).expect("an address");
    Store::open(&url).await.expect("a store").close().await;
    place
        .execute(
            "INSERT INTO updates (update_id, replica, lease_until, claimed_at, attempt, sent, sending) \
             VALUES (1, '', 0, 0, 5, 0, 0)",
        )
        .await;
    let world = World::with(&[("DATABASE_URL", &address)]).await;
    world.telegram.send(of(1, 1, SAMPLE));
    world.telegram.send(of(2, 1, SAMPLE));
    world.telegram.wait(PATIENCE, |calls: &[Call]| !answered(calls).is_empty()).await;
    world.messages(1).await;
    assert_eq!(world.telegram.calls_of("sendMessage")[0].parameters["chat_id"], 2);
    let telegram = world.stop().await;
    assert_eq!(telegram.waiting(), 0);
}
