//! The database goes away, goes away in the middle, and comes back; the disk is full. Each ends with everything answered once.

use std::time::Duration;

use jiff::Timestamp;
use mujaz::article::Article;
use mujaz::standin::{Call, Fault, Standin};
use mujaz::store::{Question, Store, StoreError, StoreOptions, StoreUrl};

use crate::cable::Cable;
use crate::harness::{Limits, PATIENCE, SAMPLE, SILENCE, Site, Way, World};
use crate::place::{Place, postgres_server};
use crate::webhook::{answered, of};

/// A bot whose database is at the end of a cable.
async fn behind_a_cable(server: &str, way: Way) -> (Place, Cable, World) {
    let place = Place::postgres(server).await;
    let url: url::Url = place.address().parse().expect("an address");
    let cable = Cable::to(&url).await;
    let address = cable.through(&url).to_string();
    let world = World::limited(way, &[("DATABASE_URL", &address)], Limits::default()).await;
    (place, cable, world)
}

/// The database goes away, people go on asking, and it comes back: each is answered once, without a restart.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_and_comes_back_loses_nothing() {
    let Some(server) = postgres_server("outage::a_database_that_goes_away_and_comes_back_loses_nothing")
    else {
        return;
    };
    for way in [Way::Polling, Way::Webhook] {
        let (place, mut cable, world) = behind_a_cable(&server, way).await;
        world.ask(of(1, 1, SAMPLE)).await;

        cable.cut();
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

        cable.mend().await;
        world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 10).await;
        world.telegram.wait(SILENCE, |_| false).await;
        let answered = answered(&world.telegram.calls());
        assert_eq!(answered.len(), 10, "{way:?}");
        assert!(answered.values().all(|times| *times == 1), "{way:?}: {answered:?}");
        world.stop().await;
        place.remove().await;
    }
}

/// The database goes away while one chat's page is read, and while Telegram takes another's message: neither update is
/// confirmed before it is noted, and none is given up or said twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_in_the_middle_loses_nothing() {
    let Some(server) = postgres_server("outage::a_database_that_goes_away_in_the_middle_loses_nothing")
    else {
        return;
    };
    for way in [Way::Polling, Way::Webhook] {
        let (place, mut cable, world) = behind_a_cable(&server, way).await;
        world.telegram.fail("sendMessage", Fault::Slow(2));
        world.telegram.send(of(1, 1, "/help"));
        world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 1).await;
        world.telegram.send(of(2, 1, &world.site.url("late")));
        world.telegram.wait(PATIENCE, |calls| calls.iter().any(|call| call.method == "sendChatAction")).await;
        cable.hang_up().await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(world.telegram.waiting(), 2, "{way:?}: what cannot be noted is not confirmed");
        assert_eq!(answered(&world.telegram.calls()).len(), 1, "{way:?}: nor answered");

        cable.mend().await;
        let confirmed = async || {
            while world.telegram.waiting() > 0 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, confirmed()).await.expect("both updates are confirmed");
        world.telegram.wait(SILENCE, |_| false).await;
        let answered = answered(&world.telegram.calls());
        assert_eq!(answered.len(), 2, "{way:?}: {answered:?}");
        assert!(answered.values().all(|times| *times == 1), "{way:?}: {answered:?}");
        world.stop().await;
        place.remove().await;
    }
}

/// The store fails at once, whatever it is asked: what cannot be noted is not answered, and after the next start everything is.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_noted_is_not_answered() {
    let place = Place::sqlite();
    let address = place.address();
    let variables = [("DATABASE_URL", address.as_str())];
    let telegram = Standin::start().await.expect("a free port");
    let mut store = None;
    let world = World::changed(telegram, Site::start().await, Way::Polling, &variables, |handler, intake| {
        store = Some(handler.store.clone());
        intake.grace = Duration::ZERO;
    })
    .await;
    store.expect("a store").close().await;
    world.telegram.send(of(1, 1, "/help"));
    world.telegram.send(of(2, 1, &world.site.url("news/doha")));
    assert!(!world.telegram.wait(Duration::from_secs(3), |calls| !answered(calls).is_empty()).await);
    let telegram = world.stop().await;
    let world = World::at(telegram, &variables).await;
    // The page is gone with its site, and that is said.
    world.messages(2).await;
    assert!(answered(&world.telegram.calls()).values().all(|times| *times == 1));
    assert_eq!(world.stop().await.waiting(), 0);
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
    let world = World::changed(telegram, Site::start().await, Way::Polling, &variables, |handler, _| {
        handler.store = store;
    })
    .await;
    world.ask(of(1, 1, SAMPLE)).await;
    for number in 0.. {
        let article = Article { body: format!("{number} ").repeat(100), ..Article::default() };
        match full.keep_answer(&article, Question::default(), Timestamp::now()).await {
            Ok(_) => {}
            Err(StoreError::Full(_)) => break,
            Err(error) => panic!("{error}"),
        }
    }
    for person in 2..=5 {
        world.telegram.send(of(person, 1, &SAMPLE.replace("مسقط", &format!("بلدة {person}"))));
    }
    let bare = |call: &Call| {
        let buttons = &call.parameters["reply_markup"];
        call.method == "sendMessage" && call.text().contains("شح المياه") && buttons.is_null()
    };
    let said = world.telegram.wait(PATIENCE, |calls| calls.iter().any(bare)).await;
    assert!(said, "what can still be noted is answered without buttons");
    let calls = world.telegram.calls();
    assert!(answered(&calls).values().all(|times| *times == 1), "{:?}", answered(&calls));
    place.execute("DELETE FROM answers WHERE chat_id IS NULL").await;
    place.execute("DELETE FROM articles WHERE digest NOT IN (SELECT digest FROM answers)").await;
    world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 5).await;
    let answered = answered(&world.telegram.calls());
    assert_eq!(answered.len(), 5);
    assert!(answered.values().all(|times| *times == 1), "{answered:?}");
    world.stop().await;
}
