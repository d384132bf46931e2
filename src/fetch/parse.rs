//! Parsing off the async threads: on a thread with a large stack, its panics caught, its time limited.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

use super::FetchError;
use crate::article::{Article, Refusal};

/// Stack of a parsing thread, in bytes. Extractors recurse once for each level of the page, which
/// [`limits`](crate::article::page::limits) bounds; this leaves each level some 400 kB.
pub const PARSER_STACK: usize = 64 << 20;
/// Threads that ran past their time and still run, at most; then no page is parsed until one has ended.
const ABANDONED: isize = 8;

/// Runs parsers, a few at a time.
#[derive(Debug)]
pub(super) struct Parsers {
    slots: Semaphore,
    budget: Duration,
    abandoned: Arc<AtomicIsize>,
}

impl Parsers {
    pub(super) fn new(slots: usize, budget: Duration) -> Self {
        Self { slots: Semaphore::new(slots.max(1)), budget, abandoned: Arc::default() }
    }

    /// Runs `parse`. A parser that is stuck gives its slot back when its time is over.
    pub(super) async fn run(
        &self,
        parse: impl FnOnce() -> Result<Article, Refusal> + Send + 'static,
    ) -> Result<Article, FetchError> {
        let _slot = self.slots.acquire().await.map_err(|_| FetchError::Busy)?;
        if self.abandoned.load(Ordering::Relaxed) >= ABANDONED {
            return Err(FetchError::Busy);
        }
        let (sender, receiver) = oneshot::channel();
        let abandoned = Arc::clone(&self.abandoned);
        std::thread::Builder::new()
            .name("parse".into())
            .stack_size(PARSER_STACK)
            .spawn(move || {
                let parsed = catch_unwind(AssertUnwindSafe(parse)).unwrap_or(Err(Refusal::TooComplex));
                if sender.send(parsed).is_err() {
                    abandoned.fetch_sub(1, Ordering::Relaxed);
                }
            })
            .map_err(|_| FetchError::Busy)?;
        match tokio::time::timeout(self.budget, receiver).await {
            Ok(Ok(parsed)) => parsed.map_err(FetchError::Refused),
            Ok(Err(_)) => Err(FetchError::Refused(Refusal::TooComplex)),
            Err(_) => {
                self.abandoned.fetch_add(1, Ordering::Relaxed);
                Err(FetchError::Refused(Refusal::TooComplex))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Parsers;
    use crate::article::{Article, Refusal};
    use crate::fetch::FetchError;

    #[tokio::test]
    async fn a_panic_and_a_stuck_parser_are_refusals() {
        let parsers = Parsers::new(1, Duration::from_millis(50));
        let refused = Err(FetchError::Refused(Refusal::TooComplex));
        assert_eq!(parsers.run(|| panic!("on purpose")).await, refused);
        let stuck = || {
            std::thread::sleep(Duration::from_millis(300));
            Ok(Article::default())
        };
        assert_eq!(parsers.run(stuck).await, refused);
        assert_eq!(parsers.run(|| Ok(Article::default())).await, Ok(Article::default()));
    }
}
