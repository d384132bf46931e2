//! The loop that polls for updates and has each one handled, exactly once.
//!
//! Telegram's own queue is the bot's memory of what is still to do: an update is acknowledged only when it and all
//! before it are finished, and what a crash left unfinished is delivered again. The store remembers which updates
//! after the oldest unfinished one are finished already, and how far the others were brought. So no message that
//! people write is ever kept, and none is lost.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use teloxide::requests::Payload;
use teloxide::{ApiError, RequestError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::handle::Handler;
use super::request::{self, Place, Request};
use super::ticket::{LEASE, Ticket, TicketError};
use super::update::Update;
use crate::store::{Claim, UpdateId};

/// How long one call waits for updates; teloxide's client gives up after 17 seconds.
const POLL: Duration = Duration::from_secs(10);

/// How often is asked for more while something is being handled.
const BUSY_POLL: Duration = Duration::from_millis(250);

/// The most updates that are handled at once; it is also the most that Telegram gives at once.
const AT_ONCE: usize = 100;

/// The longest that one update may take, waiting for a slow page and for Telegram's patience included.
const LONGEST: Duration = Duration::from_mins(8);

/// How long a stopping bot waits for what is being handled.
const GRACE: Duration = Duration::from_secs(20);

/// How often expired data are deleted.
const SWEEP: Duration = Duration::from_mins(1);

/// Why the bot cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DispatchError {
    /// Telegram does not know the token.
    #[error("Telegram does not accept the token")]
    Token,
}

/// `getUpdates`, its updates as they come.
#[derive(Clone, Serialize)]
struct GetUpdates {
    offset: i64,
    limit: usize,
    timeout: u64,
    allowed_updates: [&'static str; 6],
}

impl Payload for GetUpdates {
    type Output = Vec<Value>;
    const NAME: &'static str = "getUpdates";
}

/// What is being handled.
#[derive(Default)]
struct Desk {
    state: Mutex<DeskState>,
    /// Rings when an update is finished.
    finished: Notify,
}

#[derive(Default)]
struct DeskState {
    /// Updates from the oldest unfinished one on; true where finished.
    updates: BTreeMap<i64, bool>,
    /// For each message, whether the last update about it is finished: an edit waits for its message.
    turns: HashMap<(i64, i32), CancellationToken>,
}

impl Desk {
    fn state(&self) -> std::sync::MutexGuard<'_, DeskState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an update up, unless it has been.
    fn take(&self, id: i64) -> bool {
        let mut state = self.state();
        let new = !state.updates.contains_key(&id);
        state.updates.entry(id).or_insert(false);
        new
    }

    fn finish(&self, id: i64) {
        self.state().updates.insert(id, true);
        self.finished.notify_one();
    }

    /// The update to ask for next: the oldest unfinished one, else the one after the last.
    fn offset(&self) -> i64 {
        let mut state = self.state();
        let mut next = 0;
        while let Some(first) = state.updates.first_entry() {
            if !*first.get() {
                return *first.key();
            }
            next = first.key() + 1;
            if state.updates.len() == 1 {
                return next;
            }
            state.updates.pop_first();
        }
        next
    }

    fn unfinished(&self) -> usize {
        self.state().updates.values().filter(|finished| !**finished).count()
    }

    /// Stands in line for a message: what to wait for, and what to cancel when done.
    fn stand_in_line(&self, key: (i64, i32)) -> (Option<CancellationToken>, CancellationToken) {
        let done = CancellationToken::new();
        let mut state = self.state();
        state.turns.retain(|_, turn| !turn.is_cancelled());
        (state.turns.insert(key, done.clone()), done)
    }
}

/// Handles updates until `stop` is cancelled.
///
/// # Errors
/// If Telegram does not accept the token. Everything else is waited out.
pub async fn run(handler: Handler, stop: CancellationToken) -> Result<(), DispatchError> {
    let handler = Arc::new(handler);
    let desk = Arc::new(Desk::default());
    let tasks = TaskTracker::new();
    let upkeep = tokio::spawn(upkeep(Arc::clone(&handler)));
    let mut failures = 0;
    let result = loop {
        let busy = desk.unfinished();
        let updates = tokio::select! {
            () = stop.cancelled() => break Ok(()),
            updates = poll(&handler, desk.offset(), busy > 0) => updates,
        };
        match updates {
            Ok(updates) => {
                failures = 0;
                let new = take_up(updates, &handler, &desk, &tasks);
                if !new && desk.unfinished() > 0 {
                    let _ = tokio::time::timeout(BUSY_POLL, desk.finished.notified()).await;
                }
            }
            Err(RequestError::Api(ApiError::InvalidToken)) => break Err(DispatchError::Token),
            Err(error) => {
                failures += 1;
                let pause = Duration::from_millis(500 << failures.min(6));
                tracing::warn!(%error, ?pause, "updates could not be fetched");
                tokio::select! {
                    () = stop.cancelled() => break Ok(()),
                    () = tokio::time::sleep(pause) => {}
                }
            }
        }
    };
    tasks.close();
    if tokio::time::timeout(GRACE, tasks.wait()).await.is_err() {
        tracing::warn!(
            unfinished = desk.unfinished(),
            "stopped in the middle; the rest is done after the next start"
        );
    }
    // Tells Telegram what is finished, so that it does not send it again.
    let _ = poll(&handler, desk.offset(), true).await;
    upkeep.abort();
    if let Err(error) = handler.store.give_back(&handler.replica).await {
        tracing::error!(%error, "claims could not be given back");
    }
    result
}

async fn poll(handler: &Handler, offset: i64, busy: bool) -> Result<Vec<Value>, RequestError> {
    let payload = GetUpdates {
        offset,
        limit: AT_ONCE,
        timeout: if busy { 0 } else { POLL.as_secs() },
        allowed_updates: Update::KINDS,
    };
    handler.outbox.call(payload).await
}

/// Has new updates handled; gives back whether there were any.
fn take_up(updates: Vec<Value>, handler: &Arc<Handler>, desk: &Arc<Desk>, tasks: &TaskTracker) -> bool {
    let mut any = false;
    for update in updates {
        let Some(id) = update["update_id"].as_i64() else { continue };
        if !desk.take(id) {
            continue;
        }
        any = true;
        let request = request::parse(&Update::parse(update), &handler.me);
        let Some(request) = request.filter(|request| handler.allows(request)) else {
            desk.finish(id);
            continue;
        };
        let line = place_of(&request).map(|place| desk.stand_in_line((place.chat, place.message)));
        let (handler, desk) = (Arc::clone(handler), Arc::clone(desk));
        tasks.spawn(async move {
            let (before, done) = line.unzip();
            if let Some(before) = before.flatten() {
                before.cancelled().await;
            }
            finish(&handler, id, request).await;
            if let Some(done) = done {
                done.cancel();
            }
            desk.finish(id);
        });
    }
    any
}

/// Updates about the same message are handled one after the other.
fn place_of(request: &Request) -> Option<&Place> {
    match request {
        Request::Summarize(place, _)
        | Request::Auto(place, _)
        | Request::Edited(place, _)
        | Request::Press { place, .. } => Some(place),
        _ => None,
    }
}

/// Claims an update, handles it and notes that it is finished.
async fn finish(handler: &Handler, id: i64, request: Request) {
    let (store, update) = (&handler.store, UpdateId(id));
    let progress = loop {
        match store.claim(update, None, &handler.replica, LEASE, Timestamp::now()).await {
            Ok(Claim::Ours(progress)) => break progress,
            Ok(Claim::Finished) => return,
            Ok(Claim::Held { until }) => {
                let wait = Duration::try_from(until.duration_since(Timestamp::now())).unwrap_or_default();
                tokio::time::sleep(wait.max(Duration::from_millis(200))).await;
            }
            Err(error) => {
                // What cannot be noted must not be answered: it might be answered twice.
                tracing::error!(%error, "an update could not be claimed");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    };
    let mut ticket = Ticket::new(store, &handler.outbox, &handler.replica, update, progress);
    let started = tokio::time::Instant::now();
    match tokio::time::timeout(LONGEST, handler.handle(request, &mut ticket)).await {
        Ok(Ok(())) => tracing::info!(update = id, millis = started.elapsed().as_millis(), "handled"),
        Ok(Err(TicketError::Lost)) => return,
        Ok(Err(error)) => tracing::warn!(update = id, %error, "an answer was not given"),
        Err(_) => tracing::warn!(update = id, "given up: it took too long"),
    }
    if let Err(error) = store.finish(update, &handler.replica, Timestamp::now()).await {
        tracing::error!(%error, "an update could not be noted as finished");
    }
}

/// Keeps this process's claims alive, and deletes what has expired.
async fn upkeep(handler: Arc<Handler>) {
    let mut last_sweep = tokio::time::Instant::now();
    let mut tick = tokio::time::interval(LEASE / 3);
    loop {
        tick.tick().await;
        let now = Timestamp::now();
        if let Err(error) = handler.store.renew(&handler.replica, LEASE, now).await {
            tracing::error!(%error, "claims could not be renewed");
        }
        if last_sweep.elapsed() >= SWEEP {
            last_sweep = tokio::time::Instant::now();
            if let Err(error) = handler.store.sweep(now).await {
                tracing::error!(%error, "expired data could not be deleted");
            }
        }
    }
}
