//! Long polling: Telegram's own queue is the bot's memory of what is still to do.
//!
//! An update is acknowledged only when it and all before it are finished, and what a crash left unfinished is delivered
//! again. The store remembers which updates after the oldest unfinished one are finished already, and how far the others
//! were brought. So no message that people write is ever kept, and none is lost.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use teloxide::payloads::DeleteWebhook;
use teloxide::requests::Payload;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::call::CallError;
use super::dispatch::DispatchError;
use super::update::Update;
use super::work::{Outcome, Way, Work};

/// How long one call waits for updates; teloxide's client gives up after 17 seconds.
const POLL: Duration = Duration::from_secs(10);

/// How often is asked for more while something is being handled.
const BUSY_POLL: Duration = Duration::from_millis(100);

/// How long it is borne that the hands are full.
const FULL: Duration = Duration::from_millis(250);

/// What takes longer is put down where the hands stay full.
const SLOW: Duration = Duration::from_millis(600);

/// The most updates that are in hand at once; it is also the most that Telegram gives at once.
const AT_ONCE: usize = 100;

/// `getUpdates`, its updates as they come.
#[derive(Clone, Serialize)]
struct GetUpdates {
    offset: i64,
    limit: usize,
    timeout: u64,
    allowed_updates: &'static [&'static str],
}

impl Payload for GetUpdates {
    type Output = Vec<Box<RawValue>>;
    const NAME: &'static str = "getUpdates";
}

/// Which updates are finished, from the oldest unfinished one on.
#[derive(Default)]
struct Queue {
    updates: Mutex<BTreeMap<i64, bool>>,
    /// Rings when an update is finished.
    finished: Notify,
}

impl Queue {
    fn updates(&self) -> MutexGuard<'_, BTreeMap<i64, bool>> {
        self.updates.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes an update up, unless it has been.
    fn take(&self, id: i64) -> bool {
        let mut updates = self.updates();
        let new = !updates.contains_key(&id);
        updates.entry(id).or_insert(false);
        new
    }

    fn finish(&self, id: i64) {
        self.updates().insert(id, true);
        self.finished.notify_one();
    }

    /// Leaves an update to be taken up anew.
    fn leave(&self, id: i64) {
        self.updates().remove(&id);
        self.finished.notify_one();
    }

    /// The update to ask for next: the oldest unfinished one, else the one after the last.
    fn offset(&self) -> i64 {
        let mut updates = self.updates();
        let mut next = 0;
        while let Some(first) = updates.first_entry() {
            if !*first.get() {
                return *first.key();
            }
            next = first.key() + 1;
            if updates.len() == 1 {
                return next;
            }
            updates.pop_first();
        }
        next
    }

    /// Whether Telegram gives nothing new before one of these is finished.
    fn is_full(&self) -> bool {
        self.updates().len() >= AT_ONCE
    }

    fn unfinished(&self) -> usize {
        self.updates().values().filter(|finished| !**finished).count()
    }
}

/// Polls until `stop` is cancelled, waits up to `grace` for what is in hand, and tells Telegram what is finished.
///
/// # Errors
/// If Telegram does not accept the token. Everything else is waited out.
pub(super) async fn run(
    work: &Arc<Work>,
    stop: &CancellationToken,
    grace: Duration,
) -> Result<(), DispatchError> {
    // Telegram refuses polling where a webhook was set before; what waits there stays.
    if let Err(error) = work.handler.outbox.call::<_, IgnoredAny>(DeleteWebhook::new()).await {
        tracing::warn!(%error, "the webhook could not be removed");
    }
    let queue = Arc::new(Queue::default());
    let mut failures = 0;
    let mut full_since = None;
    let result = loop {
        let updates = tokio::select! {
            () = stop.cancelled() => break Ok(()),
            updates = poll(work, queue.offset(), queue.unfinished() > 0) => updates,
        };
        match updates {
            Ok(updates) => {
                failures = 0;
                let new = take_up(updates, work, &queue);
                // One new update now and then does not mean that others get through.
                let full = queue.is_full();
                full_since = full.then(|| full_since.unwrap_or_else(Instant::now));
                if full_since.is_some_and(|since| since.elapsed() >= FULL) {
                    // Where most are unfinished there is much to do for all; where few are, they keep the others waiting.
                    let few = queue.unfinished() <= AT_ONCE / 2;
                    work.relieve(few.then_some(SLOW));
                    full_since = None;
                }
                if !new && queue.unfinished() > 0 {
                    let _ = timeout(BUSY_POLL, queue.finished.notified()).await;
                }
            }
            Err(error) if error.is_of_token() => break Err(DispatchError::Token),
            Err(error) => {
                failures += 1;
                let pause = Duration::from_millis(500 << failures.min(6));
                let told = if error.is_conflict() {
                    work.handler.metrics().fault("telegram_409");
                    "another program polls or has set a webhook with this token; stop one of the two"
                } else {
                    work.handler.metrics().fault("telegram_poll");
                    "updates could not be fetched"
                };
                tracing::warn!(%error, ?pause, "{told}");
                tokio::select! {
                    () = stop.cancelled() => break Ok(()),
                    () = sleep(pause) => {}
                }
            }
        }
    };
    let left = work.end(grace).await;
    if left > 0 {
        tracing::warn!(left, "stopped in the middle; the rest is done after the next start");
    }
    // Receipts are read by tasks of their own, which may need a moment.
    tokio::task::yield_now().await;
    let _ = poll(work, queue.offset(), true).await;
    result
}

async fn poll(work: &Work, offset: i64, busy: bool) -> Result<Vec<Box<RawValue>>, CallError> {
    let payload = GetUpdates {
        offset,
        limit: AT_ONCE,
        timeout: if busy { 0 } else { POLL.as_secs() },
        allowed_updates: &Update::KINDS,
    };
    work.handler.outbox.call(payload).await
}

/// Has new updates handled; gives back whether there were any.
fn take_up(updates: Vec<Box<RawValue>>, work: &Arc<Work>, queue: &Arc<Queue>) -> bool {
    let mut any = false;
    for update in updates {
        let Some(id) = Update::number(update.get()) else { continue };
        if !queue.take(id) {
            continue;
        }
        any = true;
        let update = Update::parse(update.get());
        let receipt = work.begin(id, &update, Way::Polled);
        // An inline query is worth nothing after a restart, since Telegram forgets it within seconds: nobody waits for it.
        if update.inline_query.is_some() {
            queue.finish(id);
            continue;
        }
        let queue = Arc::clone(queue);
        tokio::spawn(async move {
            match receipt.outcome().await {
                Outcome::Finished => queue.finish(id),
                Outcome::Unfinished => queue.leave(id),
            }
        });
    }
    any
}
