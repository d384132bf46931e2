//! Pages and servers that mean no good: each is refused or read in little time, with the right error.

use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use mujaz::article::Refusal;
use mujaz::fetch::FetchError;

use crate::server::{Answer, SENTENCE, Server, article, html, redirect, response};

/// What may come of a page.
#[derive(Debug)]
enum Outcome {
    Article,
    Error(FetchError),
    /// A broken answer, in whatever words.
    Interrupted,
    /// Read or refused: both are right, as long as it is quick.
    Either,
}

/// What it is called, what the server says, and what comes of it.
type Page = (&'static str, fn() -> Answer, Outcome);

const COMPLEX: Outcome = Outcome::Error(FetchError::Refused(Refusal::TooComplex));
const TOO_LARGE: Outcome = Outcome::Error(FetchError::TooLarge);
const TIMED_OUT: Outcome = Outcome::Error(FetchError::TimedOut);
const NO_ARTICLE: Outcome = Outcome::Error(FetchError::Refused(Refusal::NoArticle));

/// The longest that one page may take; without optimisation, and beside other tests, three times as long.
const SLOWEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 14 } else { 2 });
/// The most memory that one page may take, in kB: all that the process grows by, the server's own copy included.
const LARGEST: usize = 150_000;
/// Names the page that a child process is to fetch.
const CHOSEN: &str = "MUJAZ_TEST_HOSTILE_PAGE";

/// Fetches each page in a process of its own, whose peak of memory is then that of the page.
fn check(pages: &[Page]) {
    for (name, ..) in pages {
        let child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--ignored", "--exact", "hostile::one_page"])
            .env(CHOSEN, name)
            .output()
            .expect("a child process");
        let said = String::from_utf8_lossy(&child.stdout);
        assert!(child.status.success() && said.contains("1 passed"), "{name}: {said}");
    }
}

#[tokio::test]
#[ignore = "run by the tests below, in a process for each page"]
async fn one_page() {
    let Ok(chosen) = std::env::var(CHOSEN) else { return };
    let mut pages = MARKUP.into_iter().chain(TEXTS).chain(SERVERS);
    let (name, answer, expected) = pages.find(|(name, ..)| *name == chosen).expect("a page");
    let server = Server::start(move |_, _| answer()).await;
    let fetcher = server.fetcher();
    let before = memory("VmRSS:");
    let start = Instant::now();
    let outcome = fetcher.article(&server.url("/a")).await;
    let took = start.elapsed();
    let grown = memory("VmHWM:").zip(before).map_or(0, |(peak, before)| peak.saturating_sub(before));
    match (&expected, &outcome) {
        (Outcome::Either, _)
        | (Outcome::Article, Ok(_))
        | (Outcome::Interrupted, Err(FetchError::Interrupted(_))) => {}
        (Outcome::Error(expected), Err(error)) => assert_eq!(error, expected, "{name}"),
        _ => panic!("{name}: {expected:?} expected, {outcome:?} found"),
    }
    println!("{name}: {took:?}, {grown} kB");
    assert!(took < SLOWEST, "{name} took {took:?}");
    assert!(grown < LARGEST, "{name} took {grown} kB");
}

/// A line of what Linux tells of this process, in kB; nothing on other systems.
fn memory(line: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let value = status.lines().find_map(|found| found.strip_prefix(line))?;
    value.split_whitespace().next()?.parse().ok()
}

fn head(headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n").into_bytes()
}

fn with(body: &str) -> Answer {
    html(&format!("{}{body}", article()))
}

/// A text with the numbers up to `count` between `before` and `after`.
fn numbered(count: usize, before: &str, after: &str) -> String {
    let pieces: Vec<String> = (0..count).map(|number| format!("{before}{number}{after}")).collect();
    pieces.concat()
}

/// `size` bytes of zeros, compressed.
fn bomb(size: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let block = vec![b' '; 1 << 20];
    for _ in 0..size >> 20 {
        encoder.write_all(&block).expect("memory");
    }
    encoder.finish().expect("memory")
}

const MARKUP: [Page; 15] = [
    ("50,000 nested div", || with(&"<div>".repeat(50_000)), COMPLEX),
    ("20,000 nested b", || with(&"<b>".repeat(20_000)), COMPLEX),
    ("20,000 nested b, each different", || with(&numbered(20_000, "<b id=x", ">")), COMPLEX),
    ("100,000 links", || with(&"<a href=/x>رابط</a> ".repeat(100_000)), COMPLEX),
    ("10,000 nested tables", || with(&"<table><tr><td>".repeat(10_000)), COMPLEX),
    ("10,000 nested svg groups", || with(&format!("<svg>{}", "<g>".repeat(10_000))), COMPLEX),
    ("10,000 nested lists", || with(&"<ul><li>".repeat(10_000)), COMPLEX),
    ("depth behind stray end tags", || with(&"<div></span></b>".repeat(10_000)), COMPLEX),
    ("100,000 attributes", || with(&format!("<p {}>", numbered(100_000, "a", "=1 "))), Outcome::Either),
    (
        "100 unclosed fonts before 5,000 paragraphs",
        || with(&format!("{}{}", numbered(100, "<font color=c", ">"), "<p>نص".repeat(5_000))),
        Outcome::Either,
    ),
    ("40,000 elements beside an article", || with(&"<ul><li>بند</ul>".repeat(20_000)), Outcome::Either),
    (
        "3.8 MB of pictures in an article",
        || with(&format!("<img src=\"data:image/png;base64,{}\">", "iVBORw0K".repeat(480_000))),
        Outcome::Article,
    ),
    ("200,000 comments", || with(&"<!---->".repeat(200_000)), COMPLEX),
    ("foster parents", || with(&format!("<table>{}", "نص<b>x</b>".repeat(4_000))), Outcome::Either),
    (
        "140 levels of text",
        || html(&format!("{}<p>{}", "<div>".repeat(140), SENTENCE.repeat(600))),
        Outcome::Either,
    ),
];

#[test]
fn markup_that_chokes_parsers() {
    check(&MARKUP);
}

const TEXTS: [Page; 13] = [
    ("one line of 3 MB", || html(&format!("<p>{}</p>", SENTENCE.repeat(18_000))), COMPLEX),
    ("one line of 900 kB", || html(&format!("<p>{}</p>", SENTENCE.repeat(5_500))), Outcome::Article),
    ("one word of 900 kB", || with(&format!("<p>{}</p>", "ا".repeat(450_000))), Outcome::Either),
    ("only dots", || with(&format!("<p>{}</p>", ".".repeat(900_000))), Outcome::Either),
    ("only emoji", || html(&format!("<p>{}</p>", "🙂".repeat(200_000))), Outcome::Either),
    ("100,000 entities", || with(&format!("<p>{}</p>", "&amp;&quot;".repeat(50_000))), Outcome::Either),
    (
        "a title of 800 kB",
        || with(&format!("<title>{}</title>", "عنوان - خبر | ".repeat(30_000))),
        Outcome::Article,
    ),
    ("NULs", || html(&article().replace(' ', "\0 ")), Outcome::Either),
    (
        "invalid UTF-8",
        || {
            response(
                "200 OK",
                "Content-Type: text/html; charset=utf-8\r\n",
                &[article().as_bytes(), &[0xFF, 0xC3, 0x28]].concat(),
            )
        },
        Outcome::Article,
    ),
    (
        "random bytes",
        || {
            response(
                "200 OK",
                "Content-Type: text/html\r\n",
                &(0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>(),
            )
        },
        Outcome::Either,
    ),
    (
        "JSON-LD of 100,000 brackets",
        || with(&format!("<script type='application/ld+json'>{}</script>", "[".repeat(100_000))),
        Outcome::Article,
    ),
    ("nothing", || html(""), NO_ARTICLE),
    (
        "a broken PDF",
        || {
            response(
                "200 OK",
                "Content-Type: application/pdf\r\n",
                b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>",
            )
        },
        NO_ARTICLE,
    ),
];

#[test]
fn text_that_chokes_readers() {
    check(&TEXTS);
}

const SERVERS: [Page; 12] = [
    ("10 MB", || html(&" ".repeat(10 << 20)), TOO_LARGE),
    ("a body without end", || Answer::Endless(head(""), vec![b' '; 65_536]), TOO_LARGE),
    (
        "a gzip bomb of 50 MB",
        || response("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &bomb(50 << 20)),
        TOO_LARGE,
    ),
    (
        "broken gzip",
        || response("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", b"no gzip"),
        Outcome::Interrupted,
    ),
    ("a slow drip", || Answer::Drip(head(""), Duration::from_millis(300)), TIMED_OUT),
    (
        "a head that drips",
        || Answer::Drip(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), Duration::from_millis(100)),
        TIMED_OUT,
    ),
    ("silence", || Answer::Silence, TIMED_OUT),
    (
        "a head without end",
        || Answer::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'x'; 65_536]),
        Outcome::Interrupted,
    ),
    ("a redirect without end", || redirect("/a"), Outcome::Error(FetchError::Redirects)),
    (
        "a length too long",
        || Answer::Bytes([head("Content-Length: 99999\r\n"), article().into_bytes()].concat()),
        Outcome::Interrupted,
    ),
    (
        "a length too short",
        || Answer::Bytes([head("Content-Length: 9\r\n"), article().into_bytes()].concat()),
        NO_ARTICLE,
    ),
    ("no HTTP", || Answer::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()), Outcome::Interrupted),
];

#[test]
fn servers_that_never_end() {
    check(&SERVERS);
}

#[tokio::test]
async fn a_page_that_leads_in_circles_is_read_three_times_at_most() {
    let server = Server::start(|head, _| {
        let number: usize =
            head.split(['/', ' ']).nth(2).and_then(|path| path.parse().ok()).unwrap_or_default();
        html(&format!("<meta http-equiv=refresh content='0;url=/{}'>", number + 1))
    })
    .await;
    assert!(server.fetcher().article(&server.url("/0")).await.is_err());
    assert!(server.requests() <= 3, "{}", server.requests());
}
