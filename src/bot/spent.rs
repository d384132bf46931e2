//! What the updates of each chat have cost lately, in time that they were in hand: who has had most is the first to be put down where
//! the hands stay full, so that a single slow page of somebody else is waited for.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

/// After so long a half is forgotten.
const HALF_LIFE: Duration = Duration::from_secs(10);

/// Chats that are remembered before those that cost little are forgotten.
const CHATS: usize = 10_000;

/// What is forgotten then.
const LITTLE: Duration = Duration::from_millis(500);

/// What each chat has cost.
#[derive(Debug, Default)]
pub struct Spent {
    chats: HashMap<i64, Duration>,
    faded: Option<Instant>,
}

impl Spent {
    /// Counts what an update of `chat` has cost that is finished `now`.
    pub fn add(&mut self, chat: i64, time: Duration, now: Instant) {
        let faded = *self.faded.get_or_insert(now);
        if self.chats.len() >= CHATS || now.duration_since(faded) >= HALF_LIFE {
            self.fade();
            self.faded = Some(now);
        }
        *self.chats.entry(chat).or_default() += time;
    }

    /// What `chat` has cost.
    pub fn of(&self, chat: i64) -> Duration {
        self.chats.get(&chat).copied().unwrap_or_default()
    }

    fn fade(&mut self) {
        self.chats.values_mut().for_each(|time| *time /= 2);
        self.chats.retain(|_, time| *time >= LITTLE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_long_ago_is_forgotten() {
        let mut spent = Spent::default();
        let start = Instant::now();
        spent.add(1, Duration::from_secs(3), start);
        spent.add(1, Duration::from_secs(5), start);
        spent.add(2, Duration::from_millis(800), start);
        assert_eq!(spent.of(1), Duration::from_secs(8));
        spent.add(3, Duration::from_secs(1), start + HALF_LIFE);
        assert_eq!([1, 2, 3].map(|chat| spent.of(chat).as_secs()), [4, 0, 1]);
        (0..2 * CHATS.cast_signed() as i64)
            .for_each(|chat| spent.add(chat, Duration::from_millis(100), start));
        assert!(spent.chats.len() <= CHATS);
    }
}
