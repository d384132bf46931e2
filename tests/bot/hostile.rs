//! Files and pages that mean no good, sent to the bot as a program by file, link and inline query while others ask for articles: it goes
//! on, it stays small, everybody gets a sentence in time, and the others wait for nothing.

use std::collections::BTreeMap;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path as UrlPath, State};
use axum::http::header;
use axum::routing::get;
use mujaz::article::document::has_extension;
use mujaz::fetch::{FetchOptions, Fetcher};
use mujaz::reader::{ReaderOptions, Readers};
use mujaz::service::Service;
use mujaz::standin::{Call, Standin, TOKEN};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};

use crate::files;
use crate::harness::{PATIENCE, SAMPLE, Site, Way, World, page, private, with};
use crate::processes::Processes;
use crate::webhook::of;

/// The longest that one who sends such a file waits for a sentence.
const SENTENCE: Duration = Duration::from_secs(20);
/// The longest that others wait for an answer; without optimisation, and beside other tests, three times as long.
const OTHERS: Duration = Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 2 });
/// The most memory of the bot and the processes that read for it, in kB.
const MEMORY: u64 = 400_000;
/// How often one of the others asks.
const PACE: Duration = Duration::from_millis(250);
/// The first of the others.
const READERS: i64 = 50_000;
/// How often each document is sent in each way, at once.
const TIMES: usize = 3;

type Documents = Arc<BTreeMap<String, Vec<u8>>>;

/// A bot as a program; it does not outlive its test.
struct Bot(Child);

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Our own files, and where the folder is there, those of `../shared/cases/hostile` and the pages that its `pages.py` writes.
fn documents() -> Documents {
    let mut found: BTreeMap<String, Vec<u8>> = files::hostile().into_iter().collect();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/hostile");
    let pages = tempfile::tempdir().expect("a folder");
    let written = Command::new("python3").arg(shared.join("pages.py")).arg(pages.path()).output();
    for folder in [shared.as_path(), pages.path()] {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("shared_{}", entry.file_name().to_string_lossy());
            if has_extension(&name, &["pdf", "html"]) {
                found.insert(name, fs::read(entry.path()).expect("it can be read"));
            }
        }
    }
    let own = found.keys().filter(|name| !name.starts_with("shared_")).count();
    let written = written.is_ok_and(|output| output.status.success());
    if found.len() == own {
        println!("skipped: there is no ../shared/cases/hostile here, only our own {own} documents are sent");
    } else {
        println!("{own} of our own, {} of ../shared (pages.py has run: {written})", found.len() - own);
    }
    Arc::new(found)
}

/// Serves documents at `/hostile/NAME`, and the sample with NAME for its city at `/news/NAME`, on all addresses of this machine.
async fn serve(documents: Documents) -> u16 {
    let router = Router::new()
        .route("/news/{name}", get(async |UrlPath(name): UrlPath<String>| axum::response::Html(page(&name))))
        .route(
            "/hostile/{name}",
            get(async |UrlPath(name): UrlPath<String>, State(documents): State<Documents>| {
                let kind = if has_extension(&name, &["pdf"]) { "application/pdf" } else { "text/html" };
                ([(header::CONTENT_TYPE, kind)], documents.get(&name).cloned().unwrap_or_default())
            }),
        )
        .with_state(documents);
    let listener = TcpListener::bind(("0.0.0.0", 0)).await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    port
}

/// Each site has an address of its own: it is asked at its own pace.
/// A host of each document, and of each of the others.
fn site(number: usize) -> IpAddr {
    let [row, place] = [number / 200 % 4, number % 200].map(|n| u8::try_from(n).expect("a small number"));
    Ipv4Addr::new(127, 0, 1 + row, 1 + place).into()
}

fn start(telegram: &Standin, port: u16) -> Bot {
    let reachable: Vec<String> = (0..800).map(|n| SocketAddr::new(site(n), port).to_string()).collect();
    let bot = Command::new(env!("CARGO_BIN_EXE_mujaz"))
        .arg("bot")
        .current_dir(std::env::temp_dir())
        .env("MUJAZ_TOKEN", TOKEN)
        .env("MUJAZ_API_URL", telegram.url().as_str())
        .env("MUJAZ_REACHABLE", reachable.join(","))
        .env("DATABASE_URL", "sqlite::memory:")
        .env("MUJAZ_PACE", "1000")
        .env("MUJAZ_LIMIT_BOT", "10000/0.001")
        .env("RUST_LOG", "warn")
        .stderr(Stdio::inherit())
        .spawn();
    Bot(bot.expect("the program starts"))
}

/// The chat or the inline query that a call answers.
fn whom(call: &Call) -> Option<String> {
    match call.method.as_str() {
        "sendMessage" => Some(call.parameters["chat_id"].to_string()),
        "answerInlineQuery" => call.parameters["inline_query_id"].as_str().map(str::to_owned),
        _ => None,
    }
}

/// When each chat and each inline query was answered.
fn answered(calls: &[Call]) -> BTreeMap<String, Vec<Instant>> {
    let mut answered: BTreeMap<String, Vec<Instant>> = BTreeMap::new();
    for call in calls.iter().filter(|call| call.done) {
        if let Some(who) = whom(call) {
            answered.entry(who).or_default().push(call.at);
        }
    }
    answered
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_documents_harm_nobody() {
    let documents = documents();
    let port = serve(documents.clone()).await;
    let telegram = Standin::start().await.expect("a free port");
    let mut bot = start(&telegram, port);
    // It is there, and has read once what is read once.
    telegram.send(of(READERS, 1, SAMPLE));
    assert!(telegram.wait(PATIENCE, |calls| !answered(calls).is_empty()).await, "the bot answers");
    sleep(Duration::from_secs(1)).await;
    println!("{} MB idle", Processes::below(bot.0.id()).memory() / 1000);

    let mut asked = BTreeMap::new();
    let sent = documents.iter().flat_map(|document| [document; TIMES]);
    for (number, (name, content)) in sent.enumerate() {
        let chat = 1000 + 10 * i64::try_from(number).expect("few");
        telegram.set_file(name, content.clone());
        let file = json!({"document": {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": content.len()}});
        let mut update = with(of(chat, 1, ""), file);
        update["message"].as_object_mut().expect("a message").remove("text");
        telegram.send(update);
        asked.insert(chat.to_string(), (format!("{name} (file)"), Instant::now()));
        let link = format!("http://{}:{port}/hostile/{name}?{number}", site(number));
        telegram.send(of(chat + 1, 1, &link));
        asked.insert((chat + 1).to_string(), (format!("{name} (link)"), Instant::now()));
        let query = format!("q{number}");
        telegram.send(json!({"inline_query": {"id": query, "query": format!("{link}i"), "offset": "",
            "from": {"id": chat + 2, "is_bot": false, "first_name": "س", "language_code": "ar"}}}));
        asked.insert(query, (format!("{name} (inline)"), Instant::now()));
    }
    let mut others = BTreeMap::new();
    let (mut peak, begun) = (0, Instant::now());
    let done = |calls: &[Call]| asked.keys().all(|who| answered(calls).contains_key(who));
    for number in 1_usize.. {
        let chat = READERS + i64::try_from(number).expect("few");
        let text = match number % 2 {
            0 => SAMPLE.to_owned(),
            _ => format!("http://{}:{port}/news/city{number}", site(400 + number)),
        };
        telegram.send(of(chat, 1, &text));
        others.insert(chat.to_string(), Instant::now());
        let finished = telegram.wait(PACE, done).await;
        peak = peak.max(Processes::below(bot.0.id()).memory());
        assert!(bot.0.try_wait().expect("it can be asked").is_none(), "the bot has ended");
        if finished || begun.elapsed() > SENTENCE + Duration::from_secs(10) {
            break;
        }
    }
    telegram.wait(OTHERS, |calls| others.keys().all(|who| answered(calls).contains_key(who))).await;
    let answers = answered(&telegram.calls());
    let mut slow = Vec::new();
    let mut waits = Vec::new();
    for (who, (name, at)) in &asked {
        let took = answers.get(who).map(|answers| answers[0] - *at);
        println!("{name}: {took:?}");
        if took.is_none_or(|took| took > SENTENCE) {
            slow.push(format!("{name}: {took:?}"));
        }
    }
    for (who, at) in &others {
        let took = answers.get(who).map(|answers| answers[0] - *at);
        waits.push(took.unwrap_or(Duration::MAX));
        if took.is_none_or(|took| took > OTHERS) {
            slow.push(format!("another, {who}: {took:?}"));
        }
    }
    let twice: Vec<_> = answers.iter().filter(|(_, times)| times.len() > 1).map(|(who, _)| who).collect();
    waits.sort();
    println!(
        "{} others: {:?} at the median, {:?} at most",
        waits.len(),
        waits[waits.len() / 2],
        waits.last()
    );
    println!("{} MB at most", peak / 1000);
    assert!(slow.is_empty(), "{slow:#?}");
    assert!(twice.is_empty(), "more than one sentence: {twice:?}");
    assert!(peak < MEMORY, "{peak} kB");
}

#[tokio::test]
async fn a_bot_that_can_read_no_document_says_so_and_is_not_ready() {
    let telegram = Standin::start().await.expect("a free port");
    let world = World::changed(telegram, Site::start().await, Way::Polling, &[], |handler, _| {
        let readers = Readers::new(ReaderOptions {
            stuck_after: Duration::from_millis(100),
            ..ReaderOptions::new("/nowhere/mujaz".into())
        });
        let fetcher = Fetcher::new(FetchOptions::default(), readers).expect("a client");
        handler.service = Service::new(fetcher).sharing(handler.store.clone());
    })
    .await;
    let ready =
        async || reqwest::get(format!("http://{}/readyz", world.served)).await.expect("an answer").status();
    assert_eq!(ready().await, 200);
    world.telegram.set_file("a", files::docx(SAMPLE));
    let file = json!({"file_id": "a", "file_unique_id": "a", "file_name": "a.docx", "file_size": 1000});
    let told = world.ask(with(private(1, ""), json!({"document": file}))).await;
    assert!(told.text().contains("تعذّرت قراءة هذا الملف"), "{}", told.text());
    sleep(Duration::from_millis(200)).await;
    assert_eq!(ready().await, 503);
    // What needs no reading is answered.
    assert!(world.ask(private(2, SAMPLE)).await.text().contains("مؤتمر مسقط"));
    world.stop().await;
}
