//! A process that is killed in the middle of 50 requests, and the next one, which must know what was done.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use mujaz::store::{ChatId, Claim, Hold, Replica, Store, StoreUrl, UpdateId};
use tokio::task::JoinSet;

use crate::harness::{at, on_each_store};

const REQUESTS: i64 = 50;
const LEASE: Duration = Duration::from_secs(30);
/// Where the process that is killed finds its store.
const URL: &str = "MUJAZ_TEST_KILLED_STORE";

on_each_store! {
    async fn after_a_kill_it_is_known_what_was_sent(place: &Place) {
        let sent = work_and_be_killed(&place.address());
        assert!(sent.len() >= 20 && sent.len() < REQUESTS as usize, "killed in the middle: {}", sent.len());
        assert!(sent.values().all(|times| *times == 1), "{sent:?}");

        let store = place.open().await;
        let next = Replica::random();
        let mut uncertain = 0;
        for update in 0..REQUESTS {
            let sent_before = sent.contains_key(&update);
            // The dead process' lease has run out.
            match store.claim(UpdateId(update), Some(ChatId(update)), &next, LEASE, at(31)).await.unwrap() {
                Claim::Finished => assert!(sent_before, "{update} is finished, but was never sent"),
                Claim::Ours(progress) if progress.doubt.is_some() => uncertain += 1,
                Claim::Ours(progress) => assert_eq!(progress.sent > 0, sent_before, "{update}: {progress:?}"),
                Claim::Held { until } => panic!("{update} is held until {until}"),
            }
        }
        assert!(uncertain <= WORKERS, "no more than were being sent at that moment: {uncertain}");
    }
}

/// How many requests the killed process handles at a time.
const WORKERS: i64 = 8;

/// Starts a process that handles the requests, kills it when twenty are answered, and says how often each was.
fn work_and_be_killed(url: &str) -> BTreeMap<i64, u32> {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::process", "--ignored", "--nocapture"])
        .env(URL, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut sent = BTreeMap::new();
    for line in lines.map_while(Result::ok) {
        if let Some(update) = line.strip_prefix("sent ") {
            *sent.entry(update.parse().unwrap()).or_default() += 1;
        }
        if sent.len() == 20 {
            // SIGKILL; what it wrote until then is still read.
            process.kill().unwrap();
        }
    }
    process.wait().unwrap();
    sent
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the process that is killed; the tests above start it"]
async fn process() {
    let Ok(url) = std::env::var(URL) else { return };
    let store = Store::open(&StoreUrl::parse(&url).unwrap()).await.unwrap();
    let replica = Replica::random();
    let mut workers = JoinSet::new();
    for worker in 0..WORKERS {
        let (store, replica) = (store.clone(), replica.clone());
        workers.spawn(async move {
            for update in (worker..REQUESTS).step_by(WORKERS as usize) {
                answer(&store, &replica, update).await;
            }
        });
    }
    workers.join_all().await;
}

/// Handles one request; writing a line stands for sending a message.
async fn answer(store: &Store, replica: &Replica, number: i64) {
    let update = UpdateId(number);
    let claim = store.claim(update, Some(ChatId(number)), replica, LEASE, at(0)).await.unwrap();
    assert!(matches!(claim, Claim::Ours(_)));
    tokio::time::sleep(Duration::from_millis(3)).await;
    assert_eq!(store.begin_send(update, replica, LEASE, None, at(0)).await.unwrap(), Hold::Kept);
    std::io::stdout().lock().write_all(format!("sent {number}\n").as_bytes()).unwrap();
    assert_eq!(store.sent(update, replica, None).await.unwrap(), Hold::Kept);
    tokio::time::sleep(Duration::from_millis(3)).await;
    assert_eq!(store.finish(update, replica, at(0)).await.unwrap(), Hold::Kept);
}
