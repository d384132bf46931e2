//! The processes that read, kept warm.

use std::io::ErrorKind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::time::timeout;

use super::process::Process;
use super::turns::{Turn, Turns};
use super::wire::Answer;
use super::{ReadError, ReaderOptions};
use crate::article::document::{Origin, Reading};
use crate::article::{LARGEST_TEXT, Refusal};
use crate::metrics::Metrics;

/// How long a process may take to start.
const START: Duration = Duration::from_secs(5);
/// How long to wait until another start is tried after one that failed.
const AGAIN: Duration = Duration::from_secs(2);

/// Reads documents in processes of their own. Cheap to clone; all clones share the processes.
#[derive(Clone, Debug)]
pub struct Readers(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: ReaderOptions,
    turns: Arc<Turns>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Processes that wait for a document.
    idle: Vec<Process>,
    /// Processes that are being started to wait for one.
    starting: usize,
    /// Since when no process could be started.
    failing_since: Option<Instant>,
    /// Whether it was said that processes run without all their limits.
    warned: bool,
}

impl Readers {
    /// Readers of which none is started yet: [`warm`](Self::warm) does, or the first document.
    #[must_use]
    pub fn new(options: ReaderOptions) -> Self {
        let turns = Turns::new(options.processes);
        Self(Arc::new(Inner { options, turns, state: Mutex::default() }))
    }

    /// What is counted.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.0.options.metrics
    }

    /// Starts what is missing, in the background.
    pub fn warm(&self) {
        let Ok(runtime) = Handle::try_current() else { return };
        let missing = {
            let mut state = self.0.state();
            let missing = self.0.turns.free().saturating_sub(state.idle.len() + state.starting);
            state.starting += missing;
            missing
        };
        for _ in 0..missing {
            let starting = Starting(self.clone());
            runtime.spawn(async move {
                let inner = &starting.0.0;
                loop {
                    if let Some(process) = inner.start().await {
                        return inner.keep(process, inner.turns.free());
                    }
                    tokio::time::sleep(AGAIN).await;
                }
            });
        }
    }

    /// Whether no process has been free, or could be started, for [`ReaderOptions::stuck_after`].
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        let failing = self.0.state().failing_since.map_or(Duration::ZERO, |since| since.elapsed());
        failing.max(self.0.turns.taken_for()) > self.0.options.stuck_after
    }

    /// Reads a document. Where this is dropped, the process that reads it is killed.
    ///
    /// # Errors
    /// [`ReadError::Busy`] where no process is free in time, or this one was needed for others; [`ReadError::Lost`] where it died
    /// or did not come to an end.
    pub async fn read(&self, origin: &Origin, content: &[u8]) -> Result<Reading, ReadError> {
        let inner = &self.0;
        let turn = timeout(inner.options.patience, inner.turns.take()).await.map_err(|_| ReadError::Busy)?;
        let mut work =
            Work { readers: self, turn: Some(turn), process: inner.idle(), came_to: "reader_dropped" };
        if work.process.is_none() {
            work.process = inner.start().await;
        }
        let answer = work.answer(origin, content).await;
        work.came_to = match answer {
            Ok(Answer { last: false, .. }) => "",
            Ok(Answer { last: true, .. }) => "reader_worn",
            Err(ReadError::Busy) => "reader_crowded",
            Err(ReadError::Lost) => "reader_lost",
        };
        answer.map(|answer| within_bounds(answer.reading))
    }
}

impl Inner {
    /// A process that waits, and lives.
    fn idle(&self) -> Option<Process> {
        let mut state = self.state();
        while let Some(mut process) = state.idle.pop() {
            if process.is_alive() {
                return Some(process);
            }
        }
        None
    }

    /// Has a process wait for one of `turns` that are free or about to be, unless enough do.
    fn keep(&self, process: Process, turns: usize) {
        let mut state = self.state();
        if state.idle.len() < turns {
            state.idle.push(process);
        }
    }

    async fn start(&self) -> Option<Process> {
        let started = timeout(START, Process::start(&self.options.program)).await;
        let mut state = self.state();
        match started.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into())) {
            Ok(process) => {
                state.failing_since = None;
                if !process.confined && !std::mem::replace(&mut state.warned, true) {
                    tracing::warn!("documents are read without all limits: this system does not have them");
                }
                Some(process)
            }
            Err(error) => {
                state.failing_since.get_or_insert_with(Instant::now);
                self.options.metrics.fault("reader_not_started");
                tracing::error!(kind = %error.kind(), "a process that reads documents could not be started");
                None
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A document in hand. Whatever ends it, also that nobody waits for it any more: the process is free again or killed, and a killed
/// one is counted and replaced.
struct Work<'a> {
    readers: &'a Readers,
    turn: Option<Turn>,
    process: Option<Process>,
    /// What is counted at its end; empty where the process goes on.
    came_to: &'static str,
}

impl Work<'_> {
    async fn answer(&mut self, origin: &Origin, content: &[u8]) -> Result<Answer, ReadError> {
        let (Some(process), Some(turn)) = (&mut self.process, &mut self.turn) else {
            return Err(ReadError::Lost);
        };
        let options = &self.readers.0.options;
        let wanted = async {
            tokio::time::sleep(options.fair_share).await;
            turn.wanted().await;
        };
        tokio::select! {
            biased;
            answer = timeout(options.deadline, process.read(origin, content)) => match answer {
                Ok(Ok(answer)) => Ok(answer),
                _ => Err(ReadError::Lost),
            },
            () = wanted => Err(ReadError::Busy),
        }
    }
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        let inner = &self.readers.0;
        // Free, or dead, before the next takes the turn.
        if let Some(process) = self.process.take().filter(|_| self.came_to.is_empty()) {
            inner.keep(process, inner.turns.free() + 1);
        } else {
            self.readers.metrics().fault(self.came_to);
        }
        self.turn = None;
        self.readers.warm();
    }
}

/// A process that was led astray may answer anything: what no document can hold is no answer.
fn within_bounds(reading: Reading) -> Reading {
    match &reading.article {
        Ok(article) if article.headline.len() + article.body.len() > LARGEST_TEXT => {
            Err(Refusal::TooComplex).into()
        }
        _ => reading,
    }
}

/// A process that is being started to wait; counted as long as this lives.
struct Starting(Readers);

impl Drop for Starting {
    fn drop(&mut self) {
        self.0.0.state().starting -= 1;
    }
}
