//! A local Bot API: what the bot's tests, and people without a token, talk to instead of Telegram.
//!
//! It speaks the methods that this bot uses, keeps the chats' messages, refuses what Telegram would
//! refuse in Telegram's words, and does on demand what Telegram does at its worst ([`Fault`]). Where
//! it differs it is stricter. Uploads (multipart) are not spoken: the bot sends none.

mod chats;
mod ephemeral;
mod live;
mod markup;
mod methods;
mod outside;
mod push;
mod server;

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

pub use markup::{Parsed, parse_html};

use chats::Chats;
use push::Hook;

/// What Telegram, or the road to it, does instead of answering a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 429 with `retry_after` in seconds.
    TooManyRequests(u32),
    /// 403: the person has blocked the bot.
    Blocked,
    /// 400 `REACTION_INVALID`: the group allows no such reaction.
    ReactionInvalid,
    /// 502, with a page instead of JSON: a gateway's.
    ServerError,
    /// 502 in JSON: Telegram's own.
    ServerErrorInJson,
    /// 404: the Bot API has no such method.
    Unknown,
    /// 409: another program polls with the same token.
    Conflict,
    /// 400 with `migrate_to_chat_id`: the group has become this supergroup.
    Migrated(i64),
    /// The call is carried out, and its answer comes after so many seconds.
    Slow(u32),
    /// The call is not carried out, and no answer comes for so many seconds.
    Unheard(u32),
    /// The call is lost on its way there.
    Disconnect,
    /// The call is carried out, its answer is lost on its way back.
    AnswerLost,
}

/// A call that reached the stand-in.
#[derive(Clone, Debug)]
pub struct Call {
    /// The method as called: `sendMessage`.
    pub method: String,
    /// Its parameters.
    pub parameters: Value,
    /// The HTTP status that it was answered with; 0 where the connection was cut.
    pub status: u16,
    /// Whether the call was carried out.
    pub done: bool,
    /// What it gave: the message it sent or changed, or `true`; null where it was not carried out.
    pub result: Value,
    /// When it came.
    pub at: Instant,
}

impl Call {
    /// The text that the call shows, markup and all; empty where it shows none.
    #[must_use]
    pub fn text(&self) -> &str {
        self.parameters["text"].as_str().unwrap_or_default()
    }
}

/// A running stand-in; it stops when it is dropped.
#[derive(Debug)]
pub struct Standin {
    shared: Arc<Shared>,
    address: SocketAddr,
    server: tokio::task::JoinHandle<()>,
}

/// The token that the stand-in accepts.
pub const TOKEN: &str = "1000:stand-in";

#[derive(Debug)]
struct Shared {
    world: Mutex<World>,
    /// Rings when an update waits.
    updates: Notify,
    /// Rings when a call was recorded.
    called: Notify,
}

#[derive(Debug, Default)]
struct World {
    chats: Chats,
    queue: VecDeque<Value>,
    last_update: i64,
    /// Counts `getUpdates` calls: a newer one ends an older one that still waits.
    poll: u64,
    calls: Vec<Call>,
    /// The webhook, if one is set, and what last went wrong with any.
    hook: Option<Hook>,
    hook_error: Option<String>,
    faults: Vec<(String, Fault)>,
    /// The kinds of update that the bot has asked for, once it has named them.
    allowed: Option<Vec<String>>,
    /// Updates that are no JSON of this program's, as they are sent, by number.
    written: HashMap<i64, String>,
}

impl Shared {
    /// A poisoned lock only means that another test thread panicked; the data is still whole.
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Standin {
    /// Starts on a free port of this machine.
    ///
    /// # Errors
    /// If no port can be bound.
    pub async fn start() -> std::io::Result<Self> {
        Self::serve(TcpListener::bind(("127.0.0.1", 0)).await?)
    }

    /// Starts on `listener`.
    ///
    /// # Errors
    /// If the listener has no local address.
    pub fn serve(listener: TcpListener) -> std::io::Result<Self> {
        let address = listener.local_addr()?;
        let shared =
            Arc::new(Shared { world: Mutex::default(), updates: Notify::new(), called: Notify::new() });
        let router = server::router(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            // `axum::serve` never returns an error.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { shared, address, server })
    }

    /// What to give to `Bot::set_api_url`.
    ///
    /// # Panics
    /// Never: an address of a socket is the host and port of a URL.
    #[must_use]
    pub fn url(&self) -> url::Url {
        url::Url::parse(&format!("http://{}", self.address)).expect("a socket address makes a URL")
    }

    /// Sends the bot an update, written as the Bot API reference writes it but without `update_id`;
    /// gives back the id it got.
    #[must_use = "or call `send`"]
    pub fn push(&self, update: Value) -> i64 {
        let mut world = self.shared.world();
        let id = world.last_update + 1;
        world.push(id, update);
        drop(world);
        self.shared.updates.notify_waiters();
        id
    }

    /// Sends the bot an update; see [`Standin::push`].
    pub fn send(&self, update: Value) {
        let _ = self.push(update);
    }

    /// Sends an update under an id of the caller's choosing: again, or out of order.
    pub fn push_as(&self, id: i64, update: Value) {
        self.shared.world().push(id, update);
        self.shared.updates.notify_waiters();
    }

    /// Sends an update just as it is written, `{id}` in it being its number: one that no program can read.
    pub fn send_written(&self, update: &str) {
        let mut world = self.shared.world();
        let id = world.last_update + 1;
        world.written.insert(id, update.replace("{id}", &id.to_string()));
        world.push(id, json!({}));
        drop(world);
        self.shared.updates.notify_waiters();
    }

    /// Takes the number that the next message in `chat` gets, for a message that is then pushed under it.
    #[must_use]
    pub fn number(&self, chat: i64) -> i64 {
        self.shared.world().chats.number(chat)
    }

    /// Answers the next call of `method` with `fault`; several wait in line. The download of a file goes by the name `file`.
    pub fn fail(&self, method: &str, fault: Fault) {
        self.shared.world().faults.push((method.to_owned(), fault));
    }

    /// Makes `user` a member of `chat` with this status (`administrator`, `creator`, `left`…).
    pub fn set_status(&self, chat: i64, user: i64, status: &str) {
        self.shared.world().chats.set_status(chat, user, status);
    }

    /// Deletes a message as its author would.
    pub fn delete(&self, chat: i64, message: i64) {
        self.shared.world().chats.delete(chat, message);
    }

    /// Holds a file for `getFile`.
    pub fn set_file(&self, id: &str, content: Vec<u8>) {
        self.shared.world().chats.set_file(id, content);
    }

    /// All calls so far but `getUpdates`, oldest first.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.shared.world().calls.clone()
    }

    /// The calls so far but the first `known` ones.
    #[must_use]
    pub fn calls_after(&self, known: usize) -> Vec<Call> {
        self.shared.world().calls.get(known..).unwrap_or_default().to_vec()
    }

    /// The calls of one method so far.
    #[must_use]
    pub fn calls_of(&self, method: &str) -> Vec<Call> {
        self.shared.world().calls.iter().filter(|call| call.method == method).cloned().collect()
    }

    /// Has `getMe` say this of the bot, besides what it says by itself.
    pub fn describe(&self, field: &str, value: Value) {
        self.shared.world().chats.described.insert(field.to_owned(), value);
    }

    /// Somebody sends what the bot has offered inline under the name `result`, as the message `message`; false where it has not.
    #[must_use]
    pub fn choose(&self, result: &str, message: &str) -> bool {
        self.shared.world().chats.outside.choose(result, message)
    }

    /// The message of that `inline_message_id` as it is shown now.
    #[must_use]
    pub fn outside(&self, message: &str) -> Option<Value> {
        self.shared.world().chats.outside.message(message).cloned()
    }

    /// The message as the chat shows it now: the Bot API's `Message`, with the bot's edits.
    #[must_use]
    pub fn message(&self, chat: i64, message: i64) -> Option<Value> {
        self.shared.world().chats.message(chat, message).cloned()
    }

    /// What `getWebhookInfo` says.
    #[must_use]
    pub fn webhook(&self) -> Value {
        push::info(&self.shared)
    }

    /// How many updates wait, unacknowledged.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.world().queue.len()
    }

    /// Waits until `ready` holds for the calls so far; false when it does not within `limit`.
    pub async fn wait(&self, limit: Duration, ready: impl Fn(&[Call]) -> bool) -> bool {
        let deadline = Instant::now() + limit;
        loop {
            let called = self.shared.called.notified();
            tokio::pin!(called);
            called.as_mut().enable();
            if ready(&self.shared.world().calls) {
                return true;
            }
            if timeout_at(deadline, called).await.is_err() {
                return ready(&self.shared.world().calls);
            }
        }
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        push::remove(&self.shared);
        self.server.abort();
    }
}

impl World {
    fn push(&mut self, id: i64, mut update: Value) {
        self.last_update = self.last_update.max(id);
        update["update_id"] = json!(id);
        self.chats.learn(&update);
        self.chats.outside.learn(&update);
        self.chats.ephemeral.learn(&update);
        self.queue.push_back(update);
    }

    /// An update as it is sent.
    fn text_of(&self, update: &Value) -> String {
        let written = update["update_id"].as_i64().and_then(|id| self.written.get(&id));
        written.cloned().unwrap_or_else(|| update.to_string())
    }

    /// Notes the kinds of update that the bot asks for. Others do not come, and those that wait are dropped.
    fn allow(&mut self, kinds: &Value) {
        if let Some(kinds) = kinds.as_array() {
            self.allowed = Some(kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        }
    }

    fn drop_unasked(&mut self) {
        let Some(allowed) = &self.allowed else { return };
        let kind = |update: &Value| {
            update.as_object().and_then(|fields| fields.keys().find(|key| *key != "update_id").cloned())
        };
        self.queue.retain(|update| kind(update).is_none_or(|kind| allowed.contains(&kind)));
    }

    fn fault(&mut self, method: &str) -> Option<Fault> {
        let index = self.faults.iter().position(|(name, _)| name == method)?;
        Some(self.faults.remove(index).1)
    }
}
