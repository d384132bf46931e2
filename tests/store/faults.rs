//! What a database can do to the bot: be full, be away, come back, be too new.

use std::str::FromStr;
use std::time::{Duration, Instant};

use mujaz::store::{ChatId, MessageId, Question, Setting, Store, StoreError, StoreOptions, StoreUrl};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use crate::harness::{Place, at, on_each_store, pasted, postgres_server};

const GROUP: ChatId = ChatId(-77);
/// The files of `migrations/`.
const MIGRATIONS: i64 = 9;

on_each_store! {
    async fn two_replicas_that_start_at_once_make_the_tables_once(place: &Place) {
        let url = place.url();
        let mut starts = JoinSet::new();
        for _ in 0..6 {
            let url = url.clone();
            starts.spawn(async move { Store::open(&url).await.map(drop) });
        }
        for start in starts.join_all().await {
            start.unwrap();
        }
        assert_eq!(place.number("SELECT COUNT(*) FROM _sqlx_migrations").await, MIGRATIONS);
    }

    async fn a_store_of_a_newer_version_is_refused(place: &Place) {
        place.open().await;
        place.execute("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 4").await;
        assert!(matches!(Store::open(&place.url()).await, Err(StoreError::Migration(_))));
    }

    async fn a_closed_store_gives_errors(place: &Place) {
        let store = place.open().await;
        store.ping().await.unwrap();
        store.close().await;
        assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
        assert!(matches!(store.set(GROUP, Setting::Auto(true)).await, Err(StoreError::Unavailable(_))));
    }

    async fn many_tasks_at_once_do_not_starve_each_other(place: &Place) {
        let store = place.open().await;
        let mut tasks = JoinSet::new();
        for number in 0..200 {
            let store = store.clone();
            tasks.spawn(async move {
                let text = format!("نص رقم {number}. ").repeat(100);
                let id = store.keep_answer(&pasted(&text), Question::default(), at(0)).await.unwrap();
                store.answer_sent(&id, MessageId(number)).await.unwrap();
                store.answer(&id, at(0)).await.unwrap().unwrap().sent
            });
            if number % 50 == 0 {
                let store = place.open().await;
                tasks.spawn(async move {
                    store.sweep(at(0)).await.unwrap();
                    None
                });
            }
        }
        assert_eq!(tasks.join_all().await.into_iter().flatten().count(), 200);
    }
}

/// On a slow disk, others who start at the same moment need longer than any operation may take.
#[tokio::test(flavor = "multi_thread")]
async fn a_start_waits_while_others_make_the_tables() {
    let place = Place::sqlite();
    let file = SqliteConnectOptions::from_str(&place.address()).unwrap().create_if_missing(true);
    let mut other = file.connect().await.unwrap();
    other.execute("BEGIN EXCLUSIVE").await.unwrap();
    let url = place.url();
    let start = tokio::spawn(async move { Store::open(&url).await });
    tokio::time::sleep(Duration::from_secs(7)).await;
    other.execute("COMMIT").await.unwrap();
    start.await.unwrap().unwrap().ping().await.unwrap();
}

#[tokio::test]
async fn a_full_disk_is_an_error_and_what_is_there_stays_readable() {
    let place = Place::sqlite();
    let options = StoreOptions { sqlite_file_bytes: Some(400_000), ..StoreOptions::default() };
    let store = Store::open_with(&place.url(), options).await.unwrap();
    store.set(GROUP, Setting::Auto(true)).await.unwrap();
    let mut full = None;
    for number in 0..100 {
        let text = format!("{number} ") + &"س".repeat(10_000);
        if let Err(error) = store.keep_answer(&pasted(&text), Question::default(), at(number)).await {
            full = Some(error);
            break;
        }
    }
    assert!(matches!(full, Some(StoreError::Full(_))), "{full:?}");
    assert!(store.settings(GROUP).await.unwrap().auto);
    // Once something has expired there is room again.
    store.sweep(at(10 * 86_400)).await.unwrap();
    store.keep_answer(&pasted("نص"), Question::default(), at(10 * 86_400)).await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_database_or_cannot_be_made_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "ليست قاعدة بيانات ".repeat(100)).unwrap();
    assert!(Store::open(&StoreUrl::file(&file)).await.is_err());
    let below_a_file = file.join("store.sqlite");
    assert!(matches!(Store::open(&StoreUrl::file(below_a_file)).await, Err(StoreError::Unavailable(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owner_alone_and_folders_are_made() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data/mujaz/store.sqlite");
    let store = Store::open(&StoreUrl::file(&file)).await.unwrap();
    store.set(GROUP, Setting::Auto(true)).await.unwrap();
    for name in ["store.sqlite", "store.sqlite-wal"] {
        let mode = file.with_file_name(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[tokio::test]
async fn what_was_forgotten_is_gone_from_the_file_and_its_log() {
    let place = Place::sqlite();
    let store = place.open().await;
    let question = Question { chat: Some(GROUP), ..Question::default() };
    store.keep_answer(&pasted(&"سر لا يراه أحد. ".repeat(2000)), question, at(0)).await.unwrap();
    let Place::Sqlite { folder } = &place else { unreachable!() };
    let holds_secret = || {
        std::fs::read_dir(folder.path()).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes.windows(20).any(|window| window == &"سر لا يراه أحد. ".as_bytes()[..20])
        })
    };
    assert!(holds_secret());
    store.forget_chat(GROUP, at(1)).await.unwrap();
    assert!(!holds_secret());
}

#[tokio::test]
async fn an_unreachable_server_is_an_error_soon_and_does_not_name_the_password() {
    let url = StoreUrl::parse("postgres://me:secret@127.0.0.1:1/mujaz").unwrap();
    let start = Instant::now();
    let error = Store::open(&url).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[tokio::test]
async fn lost_connections_are_made_anew() {
    let Some(place) = Place::postgres("faults::lost_connections_are_made_anew").await else { return };
    let store = place.open().await;
    store.set(GROUP, Setting::Auto(true)).await.unwrap();
    let mut admin = PgConnection::connect(&postgres_server().unwrap()).await.unwrap();
    for _ in 0..3 {
        let Place::Postgres { schema, .. } = &place else { unreachable!() };
        let ended: i64 = sqlx::query_scalar(
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = $1",
        )
        .bind(schema)
        .fetch_one(&mut admin)
        .await
        .unwrap();
        assert!(ended > 0);
        assert!(store.settings(GROUP).await.unwrap().auto);
    }
    place.remove().await;
}

/// The server goes away with all connections, and comes back: errors in between, work after it, no restart.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_away_and_comes_back_needs_no_restart() {
    let Some(place) = Place::postgres("faults::a_server_that_goes_away").await else { return };
    let server: url::Url = place.address().parse().unwrap();
    let target = (server.host_str().unwrap().to_owned(), server.port().unwrap_or(5432));
    let (port, line) = cable(0, target.clone()).await;
    let mut through_cable = server.clone();
    through_cable.set_host(Some("127.0.0.1")).unwrap();
    through_cable.set_port(Some(port)).unwrap();
    let store = Store::open(&StoreUrl::parse(through_cable.as_str()).unwrap()).await.unwrap();
    store.set(GROUP, Setting::Auto(true)).await.unwrap();

    line.abort();
    let start = Instant::now();
    while store.ping().await.is_ok() {
        assert!(start.elapsed() < Duration::from_secs(5), "the cable is not cut");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let error = store.settings(GROUP).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");

    let _line = cable(port, target).await;
    assert!(store.settings(GROUP).await.unwrap().auto);
    place.remove().await;
}

/// A line from a local port to the server, cut by aborting it.
async fn cable(port: u16, target: (String, u16)) -> (u16, AbortHandle) {
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let task = tokio::spawn(async move {
        // Dropped, and the connections with it, when this task is aborted.
        let mut connections = JoinSet::new();
        loop {
            let (mut near, _) = listener.accept().await.unwrap();
            let mut far = TcpStream::connect(&target).await.unwrap();
            connections
                .spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await.map(drop) });
        }
    });
    (port, task.abort_handle())
}
