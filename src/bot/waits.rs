//! Those whose message waits for a limit: so many and no more, and none where the hands are full. Each of them keeps an update in hand
//! and does nothing; twenty strangers with a line of articles each would keep everybody else out.

use tokio::sync::{Notify, Semaphore, SemaphorePermit};

/// How many wait at once: more than one chat's line.
const AT_ONCE: usize = 30;

/// Places to wait in.
#[derive(Debug)]
pub struct Waits {
    places: Semaphore,
    ended: Notify,
}

impl Default for Waits {
    fn default() -> Self {
        Self { places: Semaphore::new(AT_ONCE), ended: Notify::new() }
    }
}

impl Waits {
    /// A place, if one is free.
    pub(super) fn begin(&self) -> Option<SemaphorePermit<'_>> {
        self.places.try_acquire().ok()
    }

    /// Waits until nobody may wait any longer.
    pub(super) async fn ended(&self) {
        self.ended.notified().await;
    }

    /// Has all who wait go on without; gives back whether there were any.
    pub(super) fn end(&self) -> bool {
        let any = self.places.available_permits() < AT_ONCE;
        self.ended.notify_waiters();
        any
    }
}
