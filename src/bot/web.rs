//! What is served over HTTP: the webhook, and for those who operate the bot its health and its counts.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::webhook::{self, Webhook};
use super::work::Work;

/// The largest update that is taken, in bytes; a message has 4,096 characters, and its parts are few.
const LARGEST: usize = 1 << 20;

/// How long an update may take to come in.
const BODY: Duration = Duration::from_secs(10);

/// How long the store may take to show that it is there.
const PING: Duration = Duration::from_secs(2);

/// What the routes know.
#[derive(Clone)]
struct Served {
    work: Arc<Work>,
    webhook: Option<Webhook>,
    stop: CancellationToken,
}

/// The routes:
///
/// | path | says |
/// |---|---|
/// | `/healthz` | that the process runs |
/// | `/readyz` | that it takes updates: the store answers, documents can be read, and nobody has told it to stop |
/// | `/metrics` | what was counted, for Prometheus |
/// | the webhook's own | takes updates |
pub(super) fn router(work: Arc<Work>, webhook: Option<Webhook>, stop: CancellationToken) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .fallback(receive)
        .with_state(Served { work, webhook, stop })
}

async fn ready(State(served): State<Served>) -> Response {
    if served.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    if !served.work.handler.service.can_read() {
        return (StatusCode::SERVICE_UNAVAILABLE, "no document could be read for a minute\n").into_response();
    }
    match timeout(PING, served.work.handler.store.ping()).await {
        Ok(Ok(())) => "ready\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response(),
    }
}

async fn metrics(State(served): State<Served>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], served.work.handler.metrics().text()).into_response()
}

/// Takes an update. What a stranger sends is not even read.
async fn receive(State(served): State<Served>, request: Request) -> Response {
    let webhook = served.webhook.as_ref().filter(|webhook| webhook.path() == request.uri().path());
    let Some(webhook) = webhook.filter(|_| request.method() == Method::POST) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if !webhook.knows(request.headers()) {
        served.work.handler.metrics().fault("webhook_secret");
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if served.stop.is_cancelled() {
        return webhook::later();
    }
    match timeout(BODY, to_bytes(request.into_body(), LARGEST)).await {
        Ok(Ok(body)) => webhook.receive(&served.work, &body).await,
        Ok(Err(_)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
