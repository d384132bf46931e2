//! The routes of the page.
//!
//! They are for this machine's browser alone: nothing is answered under another name than this machine's own (a page
//! elsewhere could have its name lead here), and what changes something is JSON, which a browser does not send for a
//! page of another origin without asking first.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::Demo;
use super::log::Piece;
use super::update::Chat;

/// The page: one file, its style and script included.
const PAGE: &str = include_str!("page.html");

/// An article to try, written for this project.
pub(super) const SAMPLE: &str = include_str!("../../samples/water-conference.txt");

/// The same on a page of a news site, for a link that can be tried without a network.
const ARTICLE: &str = include_str!("../../samples/water-conference.html");

/// The same story in another newspaper, hours later.
const EVENING: &str = include_str!("../../samples/water-conference-evening.html");

/// The largest request: a file that Telegram would take from a bot's reader, as JSON writes its bytes.
const LARGEST: usize = 80 << 20;

/// The page may talk to this server and load nothing at all.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// How long a page waits for news in one request.
const POLL: Duration = Duration::from_secs(20);

/// What the page asks.
pub(super) fn router(demo: Arc<Demo>) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/sample", get(|| async { SAMPLE }))
        .route("/article", get(|| async { Html(ARTICLE) }))
        .route("/evening", get(|| async { Html(EVENING) }))
        .route("/events", get(events))
        .route("/send", post(send))
        .route("/edit", post(edit))
        .route("/press", post(press))
        .route("/inline", post(inline))
        .route("/choose", post(choose))
        .route("/file", post(file))
        .route("/language", post(speak))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn(own_name_only))
        .with_state(demo)
}

async fn own_name_only(headers: HeaderMap, request: Request, next: Next) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if matches!(name, "127.0.0.1" | "localhost") {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

async fn page() -> impl IntoResponse {
    ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-store")], Html(PAGE))
}

#[derive(Deserialize)]
struct Known {
    after: usize,
}

async fn events(State(demo): State<Arc<Demo>>, Query(known): Query<Known>) -> Json<Piece> {
    Json(demo.log.after(known.after, POLL).await)
}

#[derive(Deserialize)]
struct Sending {
    chat: i64,
    text: String,
    /// The message that it answers.
    answered: Option<i64>,
}

async fn send(State(demo): State<Arc<Demo>>, Json(sent): Json<Sending>) -> StatusCode {
    let Some(chat) = Chat::of(sent.chat) else { return StatusCode::NOT_FOUND };
    demo.send(chat, &sent.text, sent.answered);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Edit {
    chat: i64,
    message: i64,
    text: String,
}

async fn edit(State(demo): State<Arc<Demo>>, Json(edit): Json<Edit>) -> StatusCode {
    found(Chat::of(edit.chat).is_some_and(|chat| demo.edit(chat, edit.message, &edit.text)))
}

#[derive(Deserialize)]
struct Press {
    chat: i64,
    message: i64,
    data: String,
}

async fn press(State(demo): State<Arc<Demo>>, Json(press): Json<Press>) -> StatusCode {
    found(Chat::of(press.chat).is_some_and(|chat| demo.press(chat, press.message, &press.data)))
}

#[derive(Deserialize)]
struct Looking {
    query: String,
}

async fn inline(State(demo): State<Arc<Demo>>, Json(looking): Json<Looking>) -> StatusCode {
    demo.look(&looking.query);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Choice {
    chat: i64,
    query: String,
    result: String,
}

async fn choose(State(demo): State<Arc<Demo>>, Json(choice): Json<Choice>) -> StatusCode {
    let Choice { chat, query, result } = choice;
    found(Chat::of(chat).is_some_and(|chat| demo.choose(chat, &query, &result)))
}

#[derive(Deserialize)]
struct Upload {
    chat: i64,
    name: String,
    content: Vec<u8>,
}

async fn file(State(demo): State<Arc<Demo>>, Json(file): Json<Upload>) -> StatusCode {
    let Some(chat) = Chat::of(file.chat) else { return StatusCode::NOT_FOUND };
    demo.send_file(chat, &file.name, file.content);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Spoken {
    language: String,
}

async fn speak(State(demo): State<Arc<Demo>>, Json(spoken): Json<Spoken>) -> StatusCode {
    found(demo.speak(&spoken.language))
}

const fn found(found: bool) -> StatusCode {
    if found { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_chats_by_their_numbers() {
        for chat in [Chat::Private, Chat::Group, Chat::Foreign] {
            assert!(PAGE.contains(&format!("data-chat=\"{}\"", chat.id())), "{chat:?}");
        }
    }

    #[test]
    fn the_page_loads_nothing_and_writes_no_markup() {
        for word in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "src=", "<link", "@import"]
        {
            assert!(!PAGE.contains(word), "{word}");
        }
    }
}
