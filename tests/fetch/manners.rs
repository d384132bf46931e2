//! How the fetcher behaves to sites, and to readers who ask for one page together.

use std::time::Duration;

use mujaz::article::Refusal;
use mujaz::fetch::address::Exceptions;
use mujaz::fetch::{FetchError, FetchOptions, Fetcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::server::{Answer, SENTENCE, Server, article, html, readers, redirect, response};

#[tokio::test]
async fn one_page_asked_for_by_many_is_one_fetch() {
    let server = Server::start(|_, _| html(&article())).await;
    let fetcher = server.fetcher();
    let (first, second) = (server.url("/a?utm_source=x"), server.url("/a#top"));
    let asked = (0..8).map(|index| fetcher.article(if index % 2 == 0 { &first } else { &second }));
    let answers = futures_util::future::join_all(asked).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(server.requests(), 1);
    fetcher.article(&first).await.expect("kept");
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let server = Server::start(|head, _| {
        if head.to_ascii_lowercase().contains("if-none-match: \"v1\"") {
            response("304 Not Modified", "", b"")
        } else {
            response("200 OK", "Content-Type: text/html\r\nETag: \"v1\"\r\n", article().as_bytes())
        }
    })
    .await;
    let options = FetchOptions { fresh: Duration::from_millis(1), ..server.options() };
    let fetcher = Fetcher::new(options, readers()).expect("a client");
    let first = fetcher.article(&server.url("/a")).await.expect("fetched");
    tokio::time::sleep(Duration::from_millis(20)).await;
    let second = fetcher.article(&server.url("/a")).await.expect("unchanged");
    assert_eq!((first, server.requests()), (second, 2));
}

#[tokio::test]
async fn a_reset_is_tried_once_again() {
    let server = Server::start(|_, number| if number == 0 { Answer::Close } else { html(&article()) }).await;
    assert!(server.fetcher().article(&server.url("/a")).await.is_ok());
    let server = Server::start(|_, _| Answer::Close).await;
    let error = server.fetcher().article(&server.url("/a")).await.expect_err("closed twice");
    assert!(matches!(error, FetchError::Interrupted(_)), "{error:?}");
    assert_eq!(server.requests(), 2);
}

/// What TLS does not accept is told in words of ours: its own name hosts.
#[tokio::test]
async fn a_site_without_encryption_where_it_should_be_is_told_in_our_words() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a caller");
        let mut hello = [0; 1024];
        let _ = stream.read(&mut hello).await;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let _ = stream.read(&mut hello).await;
    });
    let exceptions = Exceptions { sockets: vec![address], ports: vec![] };
    let options = FetchOptions { exceptions, ..FetchOptions::default() };
    let fetcher = Fetcher::new(options, readers()).expect("a client");
    let url = format!("https://{address}/a").parse().expect("an address");
    let error = fetcher.article(&url).await.expect_err("no TLS there");
    assert_eq!(error, FetchError::Unreachable("its certificate, or its encryption, is not accepted"));
}

#[tokio::test]
async fn a_contact_stands_in_the_name() {
    let server = Server::start(|head, _| {
        let named = head.to_ascii_lowercase().contains("; https://bot.example/about)");
        if named { html(&article()) } else { response("400 Bad Request", "", b"") }
    })
    .await;
    assert!(server.fetcher().article(&server.url("/a")).await.is_err());
    let user_agent = mujaz::fetch::user_agent(Some("https://bot.example/about"));
    let fetcher = Fetcher::new(FetchOptions { user_agent, ..server.options() }, readers()).expect("a client");
    assert!(fetcher.article(&server.url("/a")).await.is_ok());
}

#[tokio::test]
async fn requests_say_who_asks_and_carry_cookies_within_one_fetch() {
    let server = Server::start(|head, _| {
        let head = head.to_ascii_lowercase();
        if !head.contains("user-agent: mujaz/") || !head.contains("accept-language: ar") {
            return response("400 Bad Request", "", b"");
        }
        if head.contains("cookie: consent=yes") {
            html(&article())
        } else {
            response("302 Found", "Location: /a\r\nSet-Cookie: consent=yes; Path=/; HttpOnly\r\n", b"")
        }
    })
    .await;
    let fetcher = server.fetcher();
    assert!(fetcher.article(&server.url("/a")).await.is_ok());
    // The next fetch begins without it.
    assert!(fetcher.article(&server.url("/a?id=2")).await.is_ok());
    assert_eq!(server.requests(), 4);
}

#[tokio::test]
async fn a_host_is_asked_at_a_pace() {
    let server = Server::start(|_, _| html(&article())).await;
    let options =
        FetchOptions { per_second: std::num::NonZeroU32::MIN.saturating_add(3), ..server.options() };
    let fetcher = Fetcher::new(options, readers()).expect("a client");
    let start = std::time::Instant::now();
    for id in 0..6 {
        fetcher.article(&server.url(&format!("/a?id={id}"))).await.expect("an article");
    }
    assert!(start.elapsed() > Duration::from_millis(300), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_thin_page_is_followed_to_its_whole() {
    let server = Server::start(|head, _| {
        if head.starts_with("GET /amp") {
            html(&article())
        } else if head.starts_with("GET /moved") {
            html("<meta http-equiv=refresh content='0;url=/whole'>")
        } else if head.starts_with("GET /whole") {
            html(&article())
        } else {
            html(&format!("<html lang=ar><link rel=amphtml href=/amp><p>{SENTENCE}</p></html>"))
        }
    })
    .await;
    for path in ["/thin", "/moved"] {
        let article = server.fetcher().article(&server.url(path)).await.expect(path);
        assert_eq!(article.body.lines().count(), 8, "{path}");
    }
}

#[tokio::test]
async fn windows_1256_is_read_by_header_by_meta_and_by_itself() {
    let server = Server::start(|head, _| {
        let charset = if head.starts_with("GET /header") { "; charset=windows-1256" } else { "" };
        let meta = if head.starts_with("GET /meta") { "<meta charset=windows-1256>" } else { "" };
        let page = article().replace("<head>", &format!("<head>{meta}"));
        let bytes = encoding_rs::WINDOWS_1256.encode(&page).0.into_owned();
        response("200 OK", &format!("Content-Type: text/html{charset}\r\n"), &bytes)
    })
    .await;
    for path in ["/header", "/meta", "/neither"] {
        let article = server.fetcher().article(&server.url(path)).await.expect(path);
        assert!(article.body.starts_with(SENTENCE), "{path}");
    }
}

#[tokio::test]
async fn what_servers_say_is_told_apart() {
    let server = Server::start(|head, _| match head.split(' ').nth(1).unwrap_or_default() {
        "/404" => response("404 Not Found", "", b""),
        "/410" => response("410 Gone", "", b""),
        "/402" => response("402 Payment Required", "", b""),
        "/403" => response("403 Forbidden", "", b""),
        "/429" => response("429 Too Many Requests", "Retry-After: 5\r\n", b""),
        "/500" => response("500 Internal Server Error", "", b""),
        "/304" => response("304 Not Modified", "", b""),
        "/nowhere" => response("302 Found", "", b""),
        "/picture" => response("200 OK", "Content-Type: image/png\r\n", b"\x89PNG"),
        "/lying" => response("200 OK", "Content-Type: text/html\r\n", b"\xff\xd8\xff\xe0JFIF"),
        "/to-ftp" => redirect("ftp://example.com/a"),
        _ => response("204 No Content", "", b""),
    })
    .await;
    let cases = [
        ("/404", FetchError::Refused(Refusal::NotFound)),
        ("/410", FetchError::Refused(Refusal::NotFound)),
        ("/402", FetchError::Refused(Refusal::Paywall)),
        ("/403", FetchError::Status(403)),
        ("/429", FetchError::Status(429)),
        ("/500", FetchError::Status(500)),
        ("/304", FetchError::Status(304)),
        ("/nowhere", FetchError::Status(302)),
        ("/picture", FetchError::NotPage("image/png".into())),
        ("/lying", FetchError::NotPage("image/jpeg".into())),
        ("/to-ftp", FetchError::Forbidden(mujaz::fetch::address::Forbidden::Scheme)),
        ("/204", FetchError::Refused(Refusal::NoArticle)),
    ];
    let fetcher = server.fetcher();
    for (path, expected) in cases {
        assert_eq!(fetcher.article(&server.url(path)).await.expect_err(path), expected, "{path}");
    }
}
