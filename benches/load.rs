//! Plays many chats with the bot as a program, through the local Bot API and a page server:
//! `cargo bench --bench load -- --help`. It tells how long the bot took, how many requests a second it did, how much memory it
//! had, and what was lost or said twice; it fails where anything was. With `--hostile` others try to have the bot for themselves
//! meanwhile; then it fails as well where the honest ones wait, or where the bot and its children take more than they may.

#[path = "load/hostile.rs"]
mod hostile;
#[path = "load/outside.rs"]
mod outside;

#[allow(dead_code)]
#[path = "../tests/reader/processes.rs"]
mod processes;

use std::collections::{BTreeMap, HashMap};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::response::Html;
use axum::routing::get;
use clap::Parser;
use mujaz::standin::{Call, Standin, TOKEN};
use processes::Processes;
use serde_json::{Value, json};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, sleep_until};

use hostile::Hostile;
use outside::Question;

#[derive(Debug, Parser)]
struct Options {
    /// Chats
    #[arg(long, default_value_t = 40)]
    chats: i64,
    /// Requests a second, all chats together
    #[arg(long, default_value_t = 20)]
    rate: u32,
    /// Seconds
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// The program; without it that of this build
    #[arg(long, default_value = env!("CARGO_BIN_EXE_mujaz"))]
    program: String,
    /// The store: postgres://… for several replicas; without it an SQLite file
    #[arg(long)]
    store: Option<String>,
    /// How many programs
    #[arg(long, default_value_t = 1)]
    replicas: usize,
    /// How often one of them is killed and started again
    #[arg(long, default_value_t = 0)]
    kills: u32,
    /// Have Telegram bring the updates; several replicas always do
    #[arg(long)]
    webhook: bool,
    /// The most milliseconds that 99 in 100 requests may take; 0 is any
    #[arg(long, default_value_t = 0)]
    p99: u128,
    /// For each request one of somebody hostile: presses, inline queries, edits, files of 9 MB, hostile documents and pages.
    /// 99 in 100 honest ones may take a second then, unless --p99 says otherwise
    #[arg(long)]
    hostile: bool,
    /// Where hostile documents are, and the program that writes the pages
    #[arg(long, default_value = "../shared/cases/hostile")]
    documents: PathBuf,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

/// Hosts of the page server: each is asked at the bot's pace of two pages a second.
const HOSTS: u8 = 100;

/// The most that a replica and its children may take together where there are hostile ones, in MB.
const MEMORY: u64 = 512;

/// The most that one takes with its children before anybody asks for anything, in MB.
const IDLE: u64 = 90;

/// The first port that replicas listen on.
const PORT: u16 = 18_080;

const SAMPLE: &str = include_str!("../samples/water-conference.txt");

#[tokio::main]
async fn main() {
    let mut options = Options::parse();
    let total = u64::from(options.rate) * u64::from(options.seconds);
    if options.hostile {
        // A person's own limits stand then: nobody honest asks for more than five things in so short a time.
        options.chats = options.chats.max(total.div_ceil(5).cast_signed());
        options.p99 = if options.p99 == 0 { 1000 } else { options.p99 };
    }
    let telegram = Standin::start().await.expect("a free port");
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0)).await.expect("a free port");
    let pages = listener.local_addr().expect("an address").port();
    let mut hostile = options.hostile.then(|| Hostile::new(&telegram, &options.documents, pages));
    serve_pages(listener, hostile.as_ref().map(|hostile| hostile.served.clone()).unwrap_or_default());
    let folder = tempfile::tempdir().expect("a folder");
    let store = options
        .store
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", folder.path().join("store.sqlite").display()));
    let by_webhook = options.webhook || options.replicas > 1;
    let front = if by_webhook { Some(balancer(options.replicas).await) } else { None };
    let start = |replica: usize| start(&options, replica, &telegram, pages, &store, front);
    let mut bots: Vec<Child> = (0..options.replicas).map(start).collect();
    for replica in 0..options.replicas {
        wait_until_ready(replica).await;
    }
    let mut faults = Vec::new();
    if let Some(hostile) = &mut hostile {
        let idle = bots.iter().map(resident).max().unwrap_or(0);
        println!("{idle} MB idle");
        if idle >= IDLE {
            faults.push(format!("{idle} MB are too much for a bot that does nothing"));
        }
        hostile.begin(&telegram).await;
    }

    let begun = Instant::now();
    let mut asked: HashMap<Question, Instant> = HashMap::new();
    let mut memory = Vec::new();
    let mut killed = 0;
    for number in 0..total {
        sleep_until(begun + Duration::from_secs(number) / options.rate).await;
        let due = total * u64::from(killed + 1) / u64::from(options.kills + 1);
        if killed < options.kills && number >= due {
            killed += 1;
            let replica = killed as usize % options.replicas;
            // SIGKILL, in the middle of whatever it does.
            bots[replica].kill().expect("it can be killed");
            bots[replica].wait().expect("it is dead");
            println!("{:6.1} s: replica {replica} is killed", begun.elapsed().as_secs_f64());
            bots[replica] = start(replica);
        }
        let chat = 1 + number.cast_signed() % options.chats;
        let (question, update) = ask(number, chat, pages, &telegram);
        asked.insert(question, Instant::now());
        if let Some(hostile) = &hostile {
            telegram.send(hostile.act(number, &telegram));
        }
        telegram.send(update);
        let seconds = if options.hostile { 1 } else { options.seconds.div_ceil(10).max(1) };
        if number % u64::from(options.rate * seconds) == 0 {
            let sizes: Vec<u64> = bots.iter().map(resident).collect();
            println!("{:6.1} s: {sizes:?} MB", begun.elapsed().as_secs_f64());
            memory.push(sizes.iter().copied().max().unwrap_or(0));
        }
    }
    // The claims of a killed replica run out after half a minute.
    let patience = if options.kills > 0 { Duration::from_secs(70) } else { Duration::from_secs(20) };
    let expected = asked.len();
    let honest = |call: &&Call| Question::of(call).is_some_and(|question| asked.contains_key(&question));
    telegram.wait(patience, |calls| calls.iter().filter(honest).count() >= expected).await;
    sleep(Duration::from_secs(1)).await;
    memory.push(bots.iter().map(resident).max().unwrap_or(0));
    faults.extend(report(&options, &telegram, &asked, &memory, begun));
    for mut bot in bots {
        let _ = Command::new("kill").args(["-TERM", &bot.id().to_string()]).status();
        let _ = bot.wait();
    }
    assert!(faults.is_empty(), "{}", faults.join("; "));
}

/// Prints what was seen; gives back what must not be.
fn report(
    options: &Options,
    telegram: &Standin,
    asked: &HashMap<Question, Instant>,
    memory: &[u64],
    begun: Instant,
) -> Vec<String> {
    let mut answered: BTreeMap<Question, Vec<Instant>> = BTreeMap::new();
    let mut failures = 0;
    let mut end = begun;
    for call in telegram.calls().iter().filter(|call| call.done) {
        let Some(question) = Question::of(call).filter(|question| asked.contains_key(question)) else {
            continue;
        };
        answered.entry(question).or_default().push(call.at);
        failures += usize::from(!call.parameters.to_string().contains("14 دولة"));
        end = end.max(call.at);
    }
    let took = |way: Option<&str>| {
        let of_way = asked.iter().filter(|(question, _)| way.is_none_or(|way| question.way() == way));
        let mut times: Vec<Duration> = of_way
            .filter_map(|(question, at)| Some(answered.get(question)?.first()?.duration_since(*at)))
            .collect();
        times.sort_unstable();
        times
    };
    let times = took(None);
    let percentile = |times: &[Duration], percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(place).map_or(0, Duration::as_millis)
    };
    let millis = |percent| percentile(&times, percent);
    let lost = asked.keys().filter(|key| !answered.contains_key(key)).count();
    let twice = |(question, times): &(&Question, &Vec<Instant>)| question.is_said() && times.len() > 1;
    let doubled = answered.iter().filter(twice).count();
    let seconds = end.duration_since(begun).as_secs_f64();
    println!(
        "{} requests of {} chats in {seconds:.1} s: {:.1} a second\n\
         from update to reply: p50 {} ms, p95 {} ms, p99 {} ms, longest {} ms\n\
         memory: {} MB at the start, {} MB at most, {} MB at the end\n\
         lost {lost}, said twice {doubled}, answered otherwise {failures}",
        asked.len(),
        options.chats,
        times.len() as f64 / seconds,
        millis(50),
        millis(95),
        millis(99),
        millis(100),
        memory.first().copied().unwrap_or(0),
        memory.iter().max().copied().unwrap_or(0),
        memory.last().copied().unwrap_or(0),
    );
    for way in ["guest calls", "inline queries"] {
        let times = took(Some(way));
        println!(
            "{} {way}: p50 {} ms, p99 {} ms",
            times.len(),
            percentile(&times, 50),
            percentile(&times, 99)
        );
    }
    let mut faults = Vec::new();
    if lost > 0 {
        faults.push(format!("{lost} requests were not answered"));
    }
    if doubled > 0 {
        faults.push(format!("{doubled} requests were answered twice"));
    }
    if failures > 0 {
        faults.push(format!("{failures} answers were no summary"));
    }
    let most = memory.iter().max().copied().unwrap_or(0);
    if options.hostile && most > MEMORY {
        faults.push(format!("{most} MB are too much"));
    }
    if options.p99 > 0 && millis(99) > options.p99 {
        faults.push(format!("p99 is {} ms", millis(99)));
    }
    faults
}

/// The request of that number: of ten one calls the bot as a guest, and one asks inline; the others write to it.
fn ask(number: u64, chat: i64, pages: u16, telegram: &Standin) -> (Question, Value) {
    let query = number.to_string();
    let page = format!("http://127.0.1.{}:{pages}/new/{number}", 2 + number / 4 % u64::from(HOSTS - 2));
    match number % 10 {
        8 => (Question::Guest(query.clone()), outside::guest(&query, chat, &page)),
        9 => (Question::Inline(query.clone()), outside::inline(&query, chat, &page)),
        _ => {
            let message = telegram.number(chat);
            (Question::Message(chat, message), update(chat, message, &request(number, pages)))
        }
    }
}

/// What the message of that number asks: half paste an article, a quarter send a link that many send, a quarter one that
/// nobody else sends.
fn request(number: u64, pages: u16) -> String {
    match number % 4 {
        0 | 1 => SAMPLE.replace("مسقط", &format!("مسقط {number}")),
        2 => format!("http://127.0.1.2:{pages}/known/{}", number / 4 % 5),
        _ => format!("http://127.0.1.{}:{pages}/new/{number}", 3 + number / 4 % u64::from(HOSTS - 3)),
    }
}

fn update(chat: i64, message: i64, text: &str) -> Value {
    let entities = if text.starts_with("http") {
        json!([{"type": "url", "offset": 0, "length": text.len()}])
    } else {
        json!([])
    };
    json!({"message": {
        // So far apart that no text is taken for the rest of the one before.
        "message_id": message, "date": 1_790_000_000 + (message - 100_000) * 60, "text": text, "entities": entities,
        "chat": {"id": chat, "type": "private", "first_name": "س"},
        "from": {"id": chat, "is_bot": false, "first_name": "س", "language_code": "ar"},
    }})
}

fn serve_pages(listener: TcpListener, hostile: Vec<String>) {
    let page_of =
        async move |Path(number): Path<usize>| Html(hostile.get(number).cloned().unwrap_or_default());
    let router = Router::new()
        .route("/hostile/{number}", get(page_of))
        .route("/slow/{name}", get(async || sleep(Duration::from_mins(1)).await))
        .route("/known/{name}", get(async |Path(name): Path<String>| Html(page(&name))))
        .route("/new/{name}", get(async |Path(name): Path<String>| Html(page(&name))));
    tokio::spawn(async move { axum::serve(listener, router).await });
}

fn page(name: &str) -> String {
    let text = SAMPLE.replace("مسقط", &format!("مسقط {name}"));
    let paragraphs: Vec<&str> = text.lines().filter(|line| line.split_whitespace().count() > 9).collect();
    let (title, body) = paragraphs.split_first().expect("the sample has a headline");
    let body: String = body.iter().flat_map(|paragraph| ["<p>", paragraph, "</p>"]).collect();
    format!(
        "<!doctype html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
         <body><article><h1>{title}</h1>{body}</article></body></html>"
    )
}

fn start(
    options: &Options,
    replica: usize,
    telegram: &Standin,
    pages: u16,
    store: &str,
    front: Option<SocketAddr>,
) -> Child {
    let reachable: Vec<String> = (1..=HOSTS).map(|host| format!("127.0.1.{host}:{pages}")).collect();
    let mut command = Command::new(&options.program);
    command
        .arg("bot")
        .current_dir(std::env::temp_dir())
        .env("MUJAZ_TOKEN", TOKEN)
        .env("MUJAZ_API_URL", telegram.url().as_str())
        .env("DATABASE_URL", store)
        .env("MUJAZ_LISTEN", format!("127.0.0.1:{}", PORT + replica as u16))
        .env("MUJAZ_REACHABLE", reachable.join(","))
        // Telegram's own limits are not what is measured.
        .env("MUJAZ_PACE", "1000")
        .env("RUST_LOG", std::env::var("RUST_LOG").unwrap_or_else(|_| "error".to_owned()))
        .stdout(Stdio::null());
    // Nor are those of one person, but where they stand against the hostile ones.
    let limits =
        if options.hostile { [None, Some("1000/0.02")] } else { [Some("1000/0.1"), Some("10000/0.001")] };
    for (name, limit) in ["MUJAZ_LIMIT_PERSON", "MUJAZ_LIMIT_BOT"].into_iter().zip(limits) {
        if let Some(limit) = limit {
            command.env(name, limit);
        }
    }
    if let Some(front) = front {
        command.env("MUJAZ_WEBHOOK_URL", format!("http://{front}/telegram"));
    }
    command.spawn().expect("the program starts")
}

async fn wait_until_ready(replica: usize) {
    let ready = format!("http://127.0.0.1:{}/readyz", PORT + replica as u16);
    for _ in 0..200 {
        if reqwest::get(&ready).await.is_ok_and(|response| response.status().is_success()) {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("replica {replica} does not become ready");
}

/// Shares connections out among the replicas that live.
async fn balancer(replicas: usize) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        for turn in 0.. {
            let Ok((mut near, _)) = listener.accept().await else { return };
            tokio::spawn(async move {
                for next in 0..replicas {
                    let port = PORT + ((turn + next) % replicas) as u16;
                    if let Ok(mut far) = TcpStream::connect(("127.0.0.1", port)).await {
                        return copy_bidirectional(&mut near, &mut far).await.map(drop);
                    }
                }
                Ok(())
            });
        }
    });
    address
}

/// Resident memory of a program and of the processes that read documents for it, in MB.
fn resident(bot: &Child) -> u64 {
    Processes::below(bot.id()).memory() / 1024
}
