//! The webhook's side of Telegram: updates are brought to an address, those of one chat one after the other, again and
//! again until the answer is 2xx.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, header};
use serde_json::{Value, json};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::Shared;
use super::server::Refused;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// The longest pause before an update is brought again; Telegram's own grows longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// A webhook that is set; nothing is brought to it any more when it is dropped.
#[derive(Debug)]
pub(super) struct Hook {
    url: String,
    connections: usize,
    task: AbortHandle,
}

impl Drop for Hook {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What updates that are brought one after the other have in common: a chat, or a person who presses buttons.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Line {
    Chat(i64),
    Presses(i64),
    Queries(i64),
    Alone(i64),
}

/// `setWebhook`.
pub(super) fn set(shared: &Arc<Shared>, p: &Value) -> Result<Value, Refused> {
    let url = p["url"].as_str().unwrap_or_default();
    if url.is_empty() {
        return Ok(remove(shared));
    }
    if !url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err(Refused::bad_request("bad webhook: invalid webhook URL specified"));
    }
    let secret = p["secret_token"].as_str().unwrap_or_default();
    if secret.len() > 256 || !secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
        return Err(Refused::bad_request("secret token contains unallowed characters"));
    }
    let connections = p["max_connections"].as_u64().unwrap_or(40).clamp(1, 100) as usize;
    shared.world().allow(&p["allowed_updates"]);
    // What waits is brought to the new address; what is on its way to the old one is broken off.
    let before = shared.world().hook.take();
    drop(before);
    let bring = bring(Arc::clone(shared), url.to_owned(), secret.to_owned(), connections);
    let task = tokio::spawn(bring).abort_handle();
    shared.world().hook = Some(Hook { url: url.to_owned(), connections, task });
    Ok(json!(true))
}

/// `deleteWebhook`.
pub(super) fn remove(shared: &Shared) -> Value {
    let before = shared.world().hook.take();
    drop(before);
    json!(true)
}

/// `getWebhookInfo`.
pub(super) fn info(shared: &Shared) -> Value {
    let world = shared.world();
    let mut info = json!({
        "url": world.hook.as_ref().map_or("", |hook| hook.url.as_str()),
        "has_custom_certificate": false,
        "pending_update_count": world.queue.len(),
    });
    if let Some(hook) = &world.hook {
        info["max_connections"] = json!(hook.connections);
    }
    if let Some(error) = &world.hook_error {
        info["last_error_date"] = json!(super::methods::DATE);
        info["last_error_message"] = json!(error);
    }
    info
}

/// What came of bringing an update.
struct Brought {
    line: Line,
    id: i64,
    /// What went wrong, and how long the bot asks to wait.
    fault: Option<(String, Option<Duration>)>,
}

async fn bring(shared: Arc<Shared>, url: String, secret: String, connections: usize) {
    let Ok(client) = Client::builder().no_proxy().timeout(PATIENCE).build() else { return };
    let mut on_way: JoinSet<Brought> = JoinSet::new();
    let mut busy: HashSet<Line> = HashSet::new();
    // For each line whose first update failed: when it is brought again, and how often it failed.
    let mut resting: HashMap<Line, (Instant, u32)> = HashMap::new();
    loop {
        let more = shared.updates.notified();
        tokio::pin!(more);
        more.as_mut().enable();
        let now = Instant::now();
        let ready: Vec<(Value, String)> = {
            let mut world = shared.world();
            world.drop_unasked();
            let mut seen = HashSet::new();
            let ready = world.queue.iter().filter(|update| {
                let line = line_of(update);
                // Only the first of a line may go.
                seen.insert(line)
                    && !busy.contains(&line)
                    && resting.get(&line).is_none_or(|(until, _)| *until <= now)
            });
            let ready = ready.take(connections.saturating_sub(on_way.len()));
            ready.map(|update| (update.clone(), world.text_of(update))).collect()
        };
        for (update, body) in ready {
            let line = line_of(&update);
            let id = update["update_id"].as_i64().unwrap_or_default();
            busy.insert(line);
            on_way.spawn(carry(client.clone(), url.clone(), secret.clone(), (line, id), body));
        }
        let next =
            resting.iter().filter(|(line, _)| !busy.contains(line)).map(|(_, (until, _))| *until).min();
        tokio::select! {
            () = more => {}
            Some(Ok(brought)) = on_way.join_next() => {
                busy.remove(&brought.line);
                let mut world = shared.world();
                match brought.fault {
                    None => {
                        resting.remove(&brought.line);
                        world.queue.retain(|update| update["update_id"].as_i64() != Some(brought.id));
                    }
                    Some((error, pause)) => {
                        world.hook_error = Some(error);
                        let failures = resting.get(&brought.line).map_or(0, |(_, failures)| *failures) + 1;
                        let pause = pause.unwrap_or(Duration::from_millis(250) * (1 << failures.min(5)));
                        resting.insert(brought.line, (Instant::now() + pause.min(LONGEST_PAUSE), failures));
                    }
                }
            }
            () = sleep_until(next.unwrap_or(now)), if next.is_some() => {}
        }
    }
}

async fn carry(
    client: Client,
    url: String,
    secret: String,
    (line, id): (Line, i64),
    body: String,
) -> Brought {
    let mut request = client.post(&url).header(header::CONTENT_TYPE, "application/json");
    if !secret.is_empty() {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    let fault = match request.body(body).send().await {
        Ok(response) if response.status().is_success() => None,
        Ok(response) => {
            let after = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
            let after = after.and_then(|seconds| seconds.parse().ok()).map(Duration::from_secs);
            Some((format!("Wrong response from the webhook: {}", response.status()), after))
        }
        Err(error) if error.is_timeout() => Some(("Read timeout expired".to_owned(), None)),
        Err(_) => Some(("Connection closed".to_owned(), None)),
    };
    Brought { line, id, fault }
}

fn line_of(update: &Value) -> Line {
    let kinds = ["message", "edited_message", "channel_post", "my_chat_member"];
    if let Some(chat) = kinds.iter().find_map(|kind| update[kind]["chat"]["id"].as_i64()) {
        return Line::Chat(chat);
    }
    if let Some(person) = update["callback_query"]["from"]["id"].as_i64() {
        return Line::Presses(person);
    }
    let queries = ["inline_query", "chosen_inline_result", "guest_message"];
    if let Some(person) = queries.iter().find_map(|kind| update[kind]["from"]["id"].as_i64()) {
        return Line::Queries(person);
    }
    Line::Alone(update["update_id"].as_i64().unwrap_or_default())
}
