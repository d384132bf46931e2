//! The HTTP side: requests in, the Bot API's envelope out, faults on demand.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use futures_util::stream;
use serde_json::{Map, Value, json};
use tokio::time::{Instant, timeout_at};

use super::{Call, Fault, Shared, TOKEN, methods, push};

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/{bot}/{method}", any(answer))
        .route("/file/{bot}/{*path}", get(download))
        .with_state(shared)
}

/// A refusal as the Bot API words it.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) code: u16,
    pub(super) description: String,
    pub(super) parameters: Option<Value>,
}

impl Refused {
    pub(super) fn bad_request(description: impl std::fmt::Display) -> Self {
        Self { code: 400, description: format!("Bad Request: {description}"), parameters: None }
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path((bot, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if bot.strip_prefix("bot") != Some(TOKEN) {
        return reply(Err(Refused { code: 401, description: "Unauthorized".into(), parameters: None }));
    }
    let method = canonical(&method);
    let parameters = match read(&headers, &body) {
        Ok(parameters) => parameters,
        Err(refused) => return reply(Err(refused)),
    };
    let fault = shared.world().fault(&method);
    if let Some(fault) = fault.filter(|fault| !matches!(fault, Fault::AnswerLost | Fault::Slow(_))) {
        shared.record(&method, &parameters, status_of(fault), None);
        if let Fault::Unheard(seconds) = fault {
            tokio::time::sleep(Duration::from_secs(seconds.into())).await;
        }
        return refuse(fault);
    }
    if method == "getUpdates" {
        return match poll(&shared, &parameters).await {
            Ok(updates) => {
                let body = format!(r#"{{"ok":true,"result":[{}]}}"#, updates.join(","));
                ([(header::CONTENT_TYPE, "application/json")], body).into_response()
            }
            Err(refused) => reply(Err(refused)),
        };
    }
    let result = match method.as_str() {
        "setWebhook" => push::set(&shared, &parameters),
        "deleteWebhook" => Ok(push::remove(&shared)),
        "getWebhookInfo" => Ok(push::info(&shared)),
        _ => methods::call(&mut shared.world().chats, &method, &parameters),
    };
    let given = result.as_ref().ok().cloned();
    let response = reply(result);
    if fault == Some(Fault::AnswerLost) {
        shared.record(&method, &parameters, 0, given);
        return cut();
    }
    shared.record(&method, &parameters, response.status().as_u16(), given);
    if let Some(Fault::Slow(seconds)) = fault {
        tokio::time::sleep(Duration::from_secs(seconds.into())).await;
    }
    response
}

impl Shared {
    /// Records a call; `result` is what it gave, if it was carried out.
    fn record(&self, method: &str, parameters: &Value, status: u16, result: Option<Value>) {
        if method != "getUpdates" {
            self.world().calls.push(Call {
                method: method.to_owned(),
                parameters: parameters.clone(),
                status,
                done: result.is_some(),
                result: result.unwrap_or_default(),
                at: Instant::now(),
            });
        }
        self.called.notify_waiters();
    }
}

/// Method names are case-insensitive; ours are recorded as the reference writes them.
fn canonical(method: &str) -> String {
    methods::NAMES
        .iter()
        .find(|name| name.eq_ignore_ascii_case(method))
        .map_or_else(|| method.to_owned(), |&name| name.to_owned())
}

fn read(headers: &HeaderMap, body: &Bytes) -> Result<Value, Refused> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/json") {
        serde_json::from_slice(body).map_err(|_| Refused::bad_request("can't parse JSON object"))
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        let fields: Map<String, Value> = url::form_urlencoded::parse(body)
            .map(|(key, value)| {
                let parsed = serde_json::from_str(&value).unwrap_or_else(|_| json!(value));
                (key.into_owned(), parsed)
            })
            .collect();
        Ok(Value::Object(fields))
    } else {
        Err(Refused::bad_request(format!("the stand-in does not read {kind}")))
    }
}

/// `getUpdates`: long polling with the Bot API's offset semantics.
async fn poll(shared: &Shared, parameters: &Value) -> Result<Vec<String>, Refused> {
    let timeout = parameters["timeout"].as_u64().unwrap_or(0).min(50);
    let limit = parameters["limit"].as_u64().unwrap_or(100).clamp(1, 100) as usize;
    let deadline = Instant::now() + Duration::from_secs(timeout);
    let turn = {
        let mut world = shared.world();
        world.poll += 1;
        world.allow(&parameters["allowed_updates"]);
        if let Some(offset) = parameters["offset"].as_i64() {
            if offset < 0 {
                let keep = usize::try_from(-offset).unwrap_or(usize::MAX);
                let drop = world.queue.len().saturating_sub(keep);
                world.queue.drain(..drop);
            } else {
                world.queue.retain(|update| update["update_id"].as_i64() >= Some(offset));
            }
        }
        world.poll
    };
    // An older call that still waits learns at once that it is no longer the newest.
    shared.updates.notify_waiters();
    loop {
        let waiting = shared.updates.notified();
        tokio::pin!(waiting);
        waiting.as_mut().enable();
        {
            let mut world = shared.world();
            world.drop_unasked();
            if world.hook.is_some() {
                return Err(Refused { code: 409, description: HOOKED.to_owned(), parameters: None });
            }
            if world.poll != turn {
                return Err(Refused { code: 409, description: CONFLICT.to_owned(), parameters: None });
            }
            if !world.queue.is_empty() {
                return Ok(world.queue.iter().take(limit).map(|update| world.text_of(update)).collect());
            }
        }
        if timeout_at(deadline, waiting).await.is_err() {
            return Ok(Vec::new());
        }
    }
}

const HOOKED: &str = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

const CONFLICT: &str =
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";

const fn status_of(fault: Fault) -> u16 {
    match fault {
        Fault::TooManyRequests(_) => 429,
        Fault::Blocked => 403,
        Fault::ServerError | Fault::ServerErrorInJson => 502,
        Fault::Unknown => 404,
        Fault::Conflict => 409,
        Fault::Migrated(_) | Fault::ReactionInvalid => 400,
        Fault::Disconnect | Fault::AnswerLost | Fault::Slow(_) | Fault::Unheard(_) => 0,
    }
}

fn refuse(fault: Fault) -> Response {
    let (description, parameters) = match fault {
        Fault::TooManyRequests(seconds) => {
            (format!("Too Many Requests: retry after {seconds}"), Some(json!({"retry_after": seconds})))
        }
        Fault::Blocked => ("Forbidden: bot was blocked by the user".to_owned(), None),
        Fault::ServerErrorInJson => ("Bad Gateway".to_owned(), None),
        Fault::Unknown => ("Not Found".to_owned(), None),
        Fault::ReactionInvalid => ("Bad Request: REACTION_INVALID".to_owned(), None),
        Fault::Conflict => (CONFLICT.to_owned(), None),
        Fault::Migrated(to) => (
            "Bad Request: group chat was upgraded to a supergroup chat".to_owned(),
            Some(json!({"migrate_to_chat_id": to})),
        ),
        Fault::ServerError => {
            return (StatusCode::BAD_GATEWAY, "<html>502 Bad Gateway</html>").into_response();
        }
        Fault::Disconnect | Fault::AnswerLost | Fault::Slow(_) | Fault::Unheard(_) => return cut(),
    };
    reply(Err(Refused { code: status_of(fault), description, parameters }))
}

/// A response that breaks off before its body.
fn cut() -> Response {
    let broken = stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
    Response::new(Body::from_stream(broken))
}

fn reply(result: Result<Value, Refused>) -> Response {
    let (status, body) = match result {
        Ok(result) => (StatusCode::OK, json!({"ok": true, "result": result})),
        Err(refused) => {
            let mut body =
                json!({"ok": false, "error_code": refused.code, "description": refused.description});
            if let Some(parameters) = refused.parameters {
                body["parameters"] = parameters;
            }
            (StatusCode::from_u16(refused.code).unwrap_or(StatusCode::BAD_REQUEST), body)
        }
    };
    (status, axum::Json(body)).into_response()
}

async fn download(State(shared): State<Arc<Shared>>, Path((bot, path)): Path<(String, String)>) -> Response {
    if bot.strip_prefix("bot") != Some(TOKEN) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let fault = shared.world().fault("file");
    if let Some(fault) = fault {
        return refuse(fault);
    }
    match shared.world().chats.file(&path) {
        Some(content) => content.to_vec().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
