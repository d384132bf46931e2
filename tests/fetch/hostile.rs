//! Pages and servers that mean no good: each is refused or read in little time, with the right error.

use std::io::Write;
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

/// The longest that one page may take, on a slow machine and without optimisation.
const SLOWEST: Duration = Duration::from_secs(6);

async fn check(name: &str, answer: fn() -> Answer, expected: Outcome) {
    let server = Server::start(move |_, _| answer()).await;
    let start = Instant::now();
    let outcome = server.fetcher().article(&server.url("/a")).await;
    let took = start.elapsed();
    match (&expected, &outcome) {
        (Outcome::Either, _)
        | (Outcome::Article, Ok(_))
        | (Outcome::Interrupted, Err(FetchError::Interrupted(_))) => {}
        (Outcome::Error(expected), Err(error)) => assert_eq!(error, expected, "{name}"),
        _ => panic!("{name}: {expected:?} expected, {outcome:?} found"),
    }
    assert!(took < SLOWEST, "{name} took {took:?}");
}

fn complex() -> Outcome {
    Outcome::Error(FetchError::Refused(Refusal::TooComplex))
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

#[tokio::test]
async fn markup_that_chokes_parsers() {
    check("50,000 nested div", || with(&"<div>".repeat(50_000)), complex()).await;
    check("20,000 nested b", || with(&"<b>".repeat(20_000)), complex()).await;
    check("20,000 nested b, each different", || with(&numbered(20_000, "<b id=x", ">")), complex()).await;
    check("100,000 links", || with(&"<a href=/x>رابط</a> ".repeat(100_000)), complex()).await;
    check("10,000 nested tables", || with(&"<table><tr><td>".repeat(10_000)), complex()).await;
    check("10,000 nested svg groups", || with(&format!("<svg>{}", "<g>".repeat(10_000))), complex()).await;
    check("10,000 nested lists", || with(&"<ul><li>".repeat(10_000)), complex()).await;
    check("depth behind stray end tags", || with(&"<div></span></b>".repeat(10_000)), complex()).await;
    check("100,000 attributes", || with(&format!("<p {}>", numbered(100_000, "a", "=1 "))), complex()).await;
    check(
        "100 unclosed fonts before 5,000 paragraphs",
        || with(&format!("{}{}", "<font color=red>".repeat(100), "<p>نص".repeat(5_000))),
        complex(),
    )
    .await;
    check("200,000 comments", || with(&"<!---->".repeat(200_000)), complex()).await;
    check("foster parents", || with(&format!("<table>{}", "نص<b>x</b>".repeat(4_000))), Outcome::Either)
        .await;
    check(
        "140 levels of text",
        || html(&format!("{}<p>{}", "<div>".repeat(140), SENTENCE.repeat(600))),
        Outcome::Either,
    )
    .await;
}

#[tokio::test]
async fn text_that_chokes_readers() {
    check("one line of 3 MB", || html(&format!("<p>{}</p>", SENTENCE.repeat(18_000))), complex()).await;
    check("one line of 900 kB", || html(&format!("<p>{}</p>", SENTENCE.repeat(5_500))), Outcome::Article)
        .await;
    check("one word of 900 kB", || with(&format!("<p>{}</p>", "ا".repeat(450_000))), Outcome::Either).await;
    check("only dots", || with(&format!("<p>{}</p>", ".".repeat(900_000))), Outcome::Either).await;
    check("only emoji", || html(&format!("<p>{}</p>", "🙂".repeat(200_000))), Outcome::Either).await;
    check("100,000 entities", || with(&format!("<p>{}</p>", "&amp;&quot;".repeat(50_000))), Outcome::Either)
        .await;
    check(
        "a title of 800 kB",
        || with(&format!("<title>{}</title>", "عنوان - خبر | ".repeat(30_000))),
        Outcome::Article,
    )
    .await;
    check("NULs", || html(&article().replace(' ', "\0 ")), Outcome::Either).await;
    check(
        "invalid UTF-8",
        || {
            response(
                "200 OK",
                "Content-Type: text/html; charset=utf-8\r\n",
                &[article().as_bytes(), &[0xFF, 0xC3, 0x28]].concat(),
            )
        },
        Outcome::Article,
    )
    .await;
    check(
        "random bytes",
        || {
            response(
                "200 OK",
                "Content-Type: text/html\r\n",
                &(0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>(),
            )
        },
        Outcome::Either,
    )
    .await;
    check(
        "JSON-LD of 100,000 brackets",
        || with(&format!("<script type='application/ld+json'>{}</script>", "[".repeat(100_000))),
        Outcome::Article,
    )
    .await;
    check("nothing", || html(""), Outcome::Error(FetchError::Refused(Refusal::NoArticle))).await;
    check(
        "a broken PDF",
        || {
            response(
                "200 OK",
                "Content-Type: application/pdf\r\n",
                b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R>>",
            )
        },
        Outcome::Error(FetchError::Refused(Refusal::NoArticle)),
    )
    .await;
}

#[tokio::test]
async fn servers_that_never_end() {
    check("10 MB", || html(&" ".repeat(10 << 20)), Outcome::Error(FetchError::TooLarge)).await;
    check(
        "a body without end",
        || Answer::Endless(head(""), vec![b' '; 65_536]),
        Outcome::Error(FetchError::TooLarge),
    )
    .await;
    check(
        "a gzip bomb of 50 MB",
        || response("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &bomb(50 << 20)),
        Outcome::Error(FetchError::TooLarge),
    )
    .await;
    check(
        "broken gzip",
        || response("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", b"no gzip"),
        Outcome::Interrupted,
    )
    .await;
    check(
        "a slow drip",
        || Answer::Drip(head(""), Duration::from_millis(300)),
        Outcome::Error(FetchError::TimedOut),
    )
    .await;
    check(
        "a head that drips",
        || Answer::Drip(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), Duration::from_millis(100)),
        Outcome::Error(FetchError::TimedOut),
    )
    .await;
    check("silence", || Answer::Silence, Outcome::Error(FetchError::TimedOut)).await;
    check(
        "a head without end",
        || Answer::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'x'; 65_536]),
        Outcome::Interrupted,
    )
    .await;
    check("a redirect without end", || redirect("/a"), Outcome::Error(FetchError::Redirects)).await;
    check(
        "a length too long",
        || Answer::Bytes([head("Content-Length: 99999\r\n"), article().into_bytes()].concat()),
        Outcome::Interrupted,
    )
    .await;
    check(
        "a length too short",
        || Answer::Bytes([head("Content-Length: 9\r\n"), article().into_bytes()].concat()),
        Outcome::Error(FetchError::Refused(Refusal::NoArticle)),
    )
    .await;
    check("no HTTP", || Answer::Bytes(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()), Outcome::Interrupted).await;
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
