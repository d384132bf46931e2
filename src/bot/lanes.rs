//! Lanes: how much of one chat is read and summarised at once. A chat that sends five hundred links takes as many places
//! among the processors and the fetches as one that sends three.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Articles of one chat that are worked on at once: the links of one message.
const WIDTH: usize = 3;

/// Chats that are remembered before those without work are forgotten.
const CHATS: usize = 1000;

/// A place in a chat's lane, until it is dropped.
pub type Lane = OwnedSemaphorePermit;

/// The lanes of all chats.
#[derive(Debug)]
pub struct Lanes {
    width: usize,
    chats: Mutex<HashMap<i64, Weak<Semaphore>>>,
}

impl Default for Lanes {
    fn default() -> Self {
        Self::of_width(WIDTH)
    }
}

impl Lanes {
    /// Lanes with that many places each.
    #[must_use]
    pub fn of_width(width: usize) -> Self {
        Self { width, chats: Mutex::default() }
    }

    /// Waits for a place in the lane of `chat`.
    pub async fn enter(&self, chat: i64) -> Option<Lane> {
        // A semaphore that is never closed always gives a place.
        self.of(chat).acquire_owned().await.ok()
    }

    /// A place in the lane of `chat`, if one is free.
    #[must_use]
    pub fn try_enter(&self, chat: i64) -> Option<Lane> {
        self.of(chat).try_acquire_owned().ok()
    }

    fn of(&self, chat: i64) -> Arc<Semaphore> {
        let mut lanes = self.chats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.get(&chat).and_then(Weak::upgrade) {
            return lane;
        }
        if lanes.len() >= CHATS {
            lanes.retain(|_, lane| lane.strong_count() > 0);
        }
        let lane = Arc::new(Semaphore::new(self.width));
        lanes.insert(chat, Arc::downgrade(&lane));
        lane
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn a_chat_waits_for_itself_and_for_no_other() {
        let lanes = Lanes::default();
        let held: Vec<_> = [lanes.enter(1).await, lanes.enter(1).await, lanes.enter(1).await].into();
        assert!(lanes.enter(1).now_or_never().is_none());
        assert!(lanes.try_enter(1).is_none());
        assert!(lanes.enter(2).now_or_never().is_some());
        drop(held);
        assert!(lanes.enter(1).now_or_never().is_some());
    }

    #[tokio::test]
    async fn lanes_without_work_are_forgotten() {
        let lanes = Lanes::default();
        for chat in 0..5000 {
            drop(lanes.enter(chat).await);
        }
        assert!(lanes.chats.lock().expect("no panic").len() <= CHATS);
    }
}
