//! All that happened, in order. It lives as long as the process: a page that is opened again shows the whole chat.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::event::Event;

/// The log.
#[derive(Debug)]
pub struct Log {
    session: i64,
    events: Mutex<Vec<Event>>,
    /// Rings when there is more.
    more: Notify,
}

/// A piece of the log.
#[derive(Debug, Serialize)]
pub struct Piece {
    /// Which run of the program this is: a page that was opened in an earlier one has to begin anew.
    pub session: i64,
    /// How many events there are up to the end of this piece.
    pub next: usize,
    /// The events.
    pub events: Vec<Event>,
}

impl Log {
    /// An empty log.
    #[must_use]
    pub fn new(session: i64) -> Self {
        Self { session, events: Mutex::default(), more: Notify::new() }
    }

    /// Adds what happened.
    pub fn extend(&self, events: impl IntoIterator<Item = Event>) {
        self.events().extend(events);
        self.more.notify_waiters();
    }

    /// What happened after the first `known` events; waits up to `limit` for something to happen.
    pub async fn after(&self, known: usize, limit: Duration) -> Piece {
        let deadline = Instant::now() + limit;
        loop {
            let more = self.more.notified();
            tokio::pin!(more);
            more.as_mut().enable();
            let piece = self.piece(known);
            if !piece.events.is_empty() || timeout_at(deadline, more).await.is_err() {
                return piece;
            }
        }
    }

    fn piece(&self, known: usize) -> Piece {
        let events = self.events();
        let new = events.get(known..).unwrap_or_default().to_vec();
        Piece { session: self.session, next: events.len(), events: new }
    }

    /// A poisoned lock only means that a request panicked; the log is still whole.
    fn events(&self) -> MutexGuard<'_, Vec<Event>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
