//! Turns: so many documents are read at once, and the others wait in line.
//!
//! A document that others wait for is given up once it has had its fair share: the one that has been read longest first, and no
//! more of them than there are others waiting. So a few that never end keep nobody waiting for long.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, oneshot};

/// The turns that there are.
#[derive(Debug)]
pub(super) struct Turns {
    state: Mutex<State>,
    /// Told when somebody begins to wait.
    crowded: Notify,
}

#[derive(Debug)]
struct State {
    free: usize,
    line: VecDeque<oneshot::Sender<Turn>>,
    /// Turns that are about to end because others wait.
    ending: usize,
    /// Since when none has been free.
    taken_since: Option<Instant>,
}

/// One document's turn; it ends when this is dropped, also where nobody waits for the document any more.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Option<Arc<Turns>>,
    ending: bool,
}

impl Turns {
    pub(super) fn new(count: usize) -> Arc<Self> {
        let state = State { free: count.max(1), line: VecDeque::new(), ending: 0, taken_since: None };
        Arc::new(Self { state: Mutex::new(state), crowded: Notify::new() })
    }

    /// Waits for a turn: first come, first served.
    pub(super) async fn take(self: &Arc<Self>) -> Turn {
        let mine = {
            let mut state = self.state();
            if state.free > 0 {
                state.free -= 1;
                if state.free == 0 {
                    state.taken_since = Some(Instant::now());
                }
                return self.turn();
            }
            let (give, mine) = oneshot::channel();
            state.line.push_back(give);
            mine
        };
        self.crowded.notify_waiters();
        match mine.await {
            Ok(turn) => turn,
            // The line is as old as the turns themselves: nobody is forgotten in it.
            Err(_) => std::future::pending().await,
        }
    }

    /// For how long no turn has been free.
    pub(super) fn taken_for(&self) -> Duration {
        self.state().taken_since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// Turns that are free.
    pub(super) fn free(&self) -> usize {
        self.state().free
    }

    fn turn(self: &Arc<Self>) -> Turn {
        Turn { turns: Some(Arc::clone(self)), ending: false }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Waits until another document waits for this turn, and for no other.
    pub(super) async fn wanted(&mut self) {
        let Some(turns) = self.turns.clone() else { return };
        loop {
            let crowded = turns.crowded.notified();
            tokio::pin!(crowded);
            crowded.as_mut().enable();
            {
                let mut state = turns.state();
                state.line.retain(|waiting| !waiting.is_closed());
                if state.line.len() > state.ending {
                    state.ending += 1;
                    self.ending = true;
                    return;
                }
            }
            crowded.await;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(turns) = self.turns.take() else { return };
        let mut state = turns.state();
        if self.ending {
            state.ending -= 1;
        }
        while let Some(next) = state.line.pop_front() {
            match next.send(turns.turn()) {
                Ok(()) => return,
                // Whoever waited has gone; this is no turn.
                Err(mut turn) => turn.turns = None,
            }
        }
        state.free += 1;
        state.taken_since = None;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::Turns;

    /// Long enough for what need not wait.
    const SOON: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn turns_are_taken_in_the_order_of_the_line() {
        let turns = Turns::new(1);
        let first = turns.take().await;
        let second = tokio::spawn({
            let turns = turns.clone();
            async move { turns.take().await }
        });
        tokio::time::sleep(SOON).await;
        // The third waits, goes, and is skipped.
        assert!(timeout(SOON, turns.take()).await.is_err());
        drop(first);
        let second = second.await.expect("it gets its turn");
        assert_eq!(turns.free(), 0);
        assert!(turns.taken_for() >= SOON);
        drop(second);
        assert_eq!((turns.free(), turns.taken_for()), (1, Duration::ZERO));
    }

    #[tokio::test]
    async fn a_turn_that_nobody_took_is_given_back() {
        let turns = Turns::new(1);
        let first = turns.take().await;
        let mut waiting = Box::pin(turns.take());
        assert!(timeout(SOON, &mut waiting).await.is_err());
        drop(first);
        // It was given, and whoever waited is gone before taking it.
        drop(waiting);
        assert_eq!(turns.free(), 1);
    }

    #[tokio::test]
    async fn one_turn_ends_for_each_who_waits() {
        let turns = Turns::new(2);
        let (mut first, mut second) = (turns.take().await, turns.take().await);
        assert!(timeout(SOON, first.wanted()).await.is_err(), "nobody waits");
        let waiting = tokio::spawn({
            let turns = turns.clone();
            async move { turns.take().await }
        });
        assert!(timeout(SOON * 10, first.wanted()).await.is_ok());
        assert!(timeout(SOON, second.wanted()).await.is_err(), "room is being made already");
        drop(first);
        let third = waiting.await.expect("it gets the turn");
        assert!(timeout(SOON, second.wanted()).await.is_err());
        drop((second, third));
        assert_eq!(turns.free(), 2);
    }
}
