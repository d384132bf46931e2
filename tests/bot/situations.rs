//! Every situation of `scenarios/`, on each store.

use std::path::Path;

use futures_util::StreamExt;
use futures_util::stream;
use serde_json::Value;

use crate::harness::Way;
use crate::place::{Place, postgres_server};
use crate::table;

/// The fewest situations that the table may hold.
const FEWEST: usize = 60;

/// How many are played side by side: fewer where each has a database of one server.
const AT_ONCE: usize = 12;
const AT_ONCE_ON_SERVER: usize = 6;

fn scenarios() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bot/scenarios");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the table").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let mut scenarios = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let read: Vec<Value> =
            serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
        let group = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        scenarios.extend(read.into_iter().map(|scenario| {
            (format!("{group}: {}", scenario["name"].as_str().expect("a scenario has a name")), scenario)
        }));
    }
    scenarios
}

async fn check(server: Option<String>, way: Way) {
    let only = std::env::var("MUJAZ_TEST_SCENARIO").unwrap_or_default();
    let scenarios = scenarios();
    assert!(scenarios.len() >= FEWEST, "only {} situations", scenarios.len());
    let played = stream::iter(scenarios.into_iter().filter(|(name, _)| name.contains(&only)))
        .map(async |(name, scenario)| {
            let place = match &server {
                Some(server) => Place::postgres(server).await,
                None => Place::sqlite(),
            };
            let outcome = table::play(&scenario, &place, way).await;
            place.remove().await;
            (name, outcome)
        })
        .buffer_unordered(if server.is_some() { AT_ONCE_ON_SERVER } else { AT_ONCE })
        .collect::<Vec<_>>()
        .await;
    let faults: Vec<String> = played
        .iter()
        .filter_map(|(name, outcome)| outcome.as_ref().err().map(|fault| format!("{name}, {fault}")))
        .collect();
    assert!(faults.is_empty(), "{} of {} went otherwise:\n{}", faults.len(), played.len(), faults.join("\n"));
    let updates: usize = played.iter().filter_map(|(_, outcome)| outcome.as_ref().ok()).sum();
    println!("{} situations, {updates} updates", played.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    check(None, Way::Polling).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_webhook() {
    check(None, Way::Webhook).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    if let Some(server) = postgres_server("situations::on_postgres") {
        check(Some(server), Way::Polling).await;
    }
}
