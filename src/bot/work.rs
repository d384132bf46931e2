//! The work in hand: each update claimed, handled and finished, whichever way it came in.
//!
//! **Order.** What a chat is told comes in the order of what it asked: pages are read side by side, but an answer waits
//! until those before it are given ([`Ticket`]). A button waits for all that is done about its message, an edit for all that
//! is done in its chat: its text may go on in other messages.
//!
//! **Fairness.** A chat that has [`order::LONGEST_LINE`] updates in hand is told that the bot is busy instead of filling the
//! hands with its own, and so is a person of whom [`order::PRESSES`] buttons are; [`super::lanes`] does the same for processors and fetches.
//! Where the hands are full all the same, and nobody else's updates can be seen, [`Work::relieve`] puts down what the greediest chat has in them, or
//! else what takes long.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use super::handle::Handler;
use super::order::{self, InHand, Standing, State};
use super::request::{self, Notice, Request};
use super::ticket::{LEASE, Ticket, TicketError};
use super::update::Update;
use crate::metrics::{Level, Stage};
use crate::store::{ChatId, Claim, Progress, UpdateId};

/// The longest that one update may take, waiting for a slow page and for Telegram's patience included.
const LONGEST: Duration = Duration::from_mins(8);

/// From so many updates in hand on, a chat may be relieved of them; and so long it is told that the bot is busy then.
const GREEDY: usize = 8;
const RELIEF: Duration = Duration::from_secs(30);

/// Where the hands are full, a chat that has had so much of the bot's time lately waits no longer for something slow.
const MUCH: Duration = Duration::from_secs(4);

/// How often an update is tried that brings its process down with it.
const ATTEMPTS: u32 = 5;

/// How long to wait before a store that failed is asked again.
const STORE_PAUSE: Duration = Duration::from_secs(2);

/// What an update came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done with, and noted as such: Telegram need not send it again.
    Finished,
    /// It is not: Telegram should send it again.
    Unfinished,
}

/// How an update came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By polling: there is one poller, which holds the update until it is finished.
    Polled,
    /// To the webhook: other replicas may hold the chat, and after this time Telegram is to try again.
    Pushed(Duration),
}

/// Tells what an update came to.
#[derive(Clone, Debug)]
pub struct Receipt(watch::Receiver<Option<Outcome>>);

impl Receipt {
    /// Waits for the outcome.
    pub async fn outcome(mut self) -> Outcome {
        // A sender that is gone without a word has been broken off.
        self.0
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|outcome| *outcome)
            .unwrap_or(Outcome::Unfinished)
    }
}

/// The work in hand.
pub struct Work {
    /// Handles.
    pub handler: Handler,
    tasks: TaskTracker,
    state: Mutex<State>,
}

impl Work {
    /// No work yet.
    #[must_use]
    pub fn new(handler: Handler) -> Arc<Self> {
        Arc::new(Self { handler, tasks: TaskTracker::new(), state: Mutex::default() })
    }

    /// Takes an update up, unless it is in hand already.
    pub fn begin(self: &Arc<Self>, id: i64, update: &Update, way: Way) -> Receipt {
        self.handler.outbox.numbers().read(update);
        let mut state = self.state();
        if let Some(in_hand) = state.in_hand.get(&id) {
            return in_hand.receipt.clone();
        }
        let request = request::parse(update, &self.handler.me).filter(|r| self.handler.allows(r));
        let request = request.filter(|request| !state.is_twin(request));
        let Some(request) = request.and_then(|request| state.without_overload(request)) else {
            return Receipt(watch::channel(Some(Outcome::Finished)).1);
        };
        let (sender, receiver) = watch::channel(None);
        let receipt = Receipt(receiver);
        let standing = state.stand_in_line(&request);
        let chat = standing.chat.as_ref().map(|(chat, ..)| *chat);
        let put_down = standing.put_down.clone();
        let presser = order::presser(&request);
        let chat = chat.or_else(|| order::asker(&request));
        let since = Instant::now();
        state.in_hand.insert(id, InHand { receipt: receipt.clone(), chat, presser, put_down, since });
        drop(state);
        let work = Arc::clone(self);
        let task = async move {
            let _in_hand = work.handler.metrics().raise(Level::InHand);
            for before in standing.message.iter().flat_map(|(before, _)| before) {
                before.cancelled().await;
            }
            let finished = Box::pin(work.finish(id, request, way, &standing));
            let handled = AssertUnwindSafe(finished).catch_unwind().await;
            let outcome = if let Ok(outcome) = handled {
                outcome
            } else {
                tracing::error!("given up: a fault in this program");
                work.note_finished(id).await
            };
            work.leave(id, standing);
            let _ = sender.send(Some(outcome));
        };
        self.tasks.spawn(task.instrument(tracing::info_span!("update", id)));
        receipt
    }

    /// Waits until nothing is in hand; gives back how much still is after `grace`.
    pub async fn end(&self, grace: Duration) -> usize {
        self.tasks.close();
        let _ = timeout(grace, self.tasks.wait()).await;
        self.state().in_hand.len()
    }

    /// Has nobody wait for a limit any longer, and else puts down what the chat with the most updates in hand has there; it is told that the bot is busy. Where no chat has many, what
    /// is in hand for longer than `borne` is put down, if it is given, of chats which have had much of the bot's time first. To be called where the
    /// hands are full, and updates of others cannot be seen for it.
    pub fn relieve(&self, borne: Option<Duration>) {
        if self.handler.waits.end() {
            return;
        }
        let mut state = self.state();
        let mut counts: HashMap<i64, usize> = HashMap::new();
        for chat in state.in_hand.values().filter_map(|in_hand| in_hand.chat) {
            *counts.entry(chat).or_default() += 1;
        }
        let Some((chat, count)) = counts.into_iter().max_by_key(|(chat, count)| (*count, *chat)) else {
            return;
        };
        if count < GREEDY {
            let Some(borne) = borne else { return };
            let slow = || state.in_hand.values().filter(|in_hand| in_hand.since.elapsed() > borne);
            let has_had_much = |in_hand: &&InHand| {
                let spent = in_hand.chat.map(|chat| state.spent.of(chat)).unwrap_or_default();
                spent + in_hand.since.elapsed() > MUCH
            };
            slow().filter(has_had_much).for_each(|in_hand| in_hand.put_down.cancel());
            return;
        }
        tracing::warn!(count, "the hands are full; what the greediest chat has in them is put down");
        let now = Instant::now();
        state.relieved.retain(|_, until| *until > now);
        state.relieved.insert(chat, now + RELIEF);
        for in_hand in state.in_hand.values().filter(|in_hand| in_hand.chat == Some(chat)) {
            in_hand.put_down.cancel();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Claims an update, handles it and notes that it is finished.
    async fn finish(&self, id: i64, request: Request, way: Way, standing: &Standing) -> Outcome {
        // One poller alone keeps the order of a chat by itself; of several replicas one holds the chat.
        let chat = standing.chat.as_ref().filter(|_| way != Way::Polled).map(|(chat, ..)| ChatId(*chat));
        let deadline = match way {
            Way::Polled => None,
            Way::Pushed(patience) => Some(Instant::now() + patience),
        };
        let started = Instant::now();
        loop {
            let Some(progress) = self.claim(id, chat, deadline).await else { return Outcome::Finished };
            let Ok(progress) = progress else { return Outcome::Unfinished };
            if progress.attempt > ATTEMPTS {
                tracing::error!(attempt = progress.attempt, "given up: it was begun too often");
                return self.note_finished(id).await;
            }
            let _timer = self.handler.metrics().time(Stage::Update);
            let given = AtomicU32::new(0);
            let handled = tokio::select! {
                handled = timeout(LONGEST, self.handle(id, &request, progress, standing, &given)) => handled,
                // That the bot is busy must not be said in the place of what was perhaps said.
                () = standing.put_down.cancelled(), if progress.doubt.is_none() => {
                    let is_answered = given.load(Ordering::Relaxed) as usize >= request.answers();
                    if is_answered { Ok(Ok(())) } else { Ok(self.say_busy(id, &request, progress).await) }
                }
            };
            match handled {
                Ok(Ok(())) => tracing::info!(millis = millis(started.elapsed()), "handled"),
                // Another replica answers; what it has come to is asked of the store.
                Ok(Err(TicketError::Lost)) => continue,
                Ok(Err(error)) => tracing::warn!(%error, "an answer was not given"),
                Err(_) => tracing::warn!("given up: it took too long"),
            }
            return self.note_finished(id).await;
        }
    }

    /// Handles a claimed update. A store that fails in the middle is waited for; what was sent until then counts.
    async fn handle(
        &self,
        id: i64,
        request: &Request,
        mut progress: Progress,
        standing: &Standing,
        given: &AtomicU32,
    ) -> Result<(), TicketError> {
        let Handler { store, outbox, replica, .. } = &self.handler;
        let before = standing.chat.as_ref().and_then(|(_, before, _)| before.as_ref());
        loop {
            let mut ticket = Ticket::new(store, outbox, replica, UpdateId(id), progress, before, given);
            match self.handler.handle(request.clone(), &mut ticket).await {
                Err(TicketError::Store(error)) => {
                    tracing::error!(%error, "the store failed; tried again soon");
                    self.handler.metrics().fault("store");
                    progress = ticket.progress();
                    sleep(STORE_PAUSE).await;
                }
                other => return other,
            }
        }
    }

    /// Says that the bot is busy, instead of an answer, in the way in which it was asked; where nobody asked for one, nothing.
    async fn say_busy(&self, id: i64, request: &Request, progress: Progress) -> Result<(), TicketError> {
        let Handler { store, outbox, replica, .. } = &self.handler;
        let given = AtomicU32::new(0);
        let mut ticket = Ticket::new(store, outbox, replica, UpdateId(id), progress, None, &given);
        let said = match request {
            Request::Guest { query, place, sources } => {
                return self.handler.guest_busy(query, place, sources, &mut ticket).await;
            }
            Request::Inline { query, language, .. } => {
                self.handler.inline_busy(query.clone(), *language, &ticket).await;
                return Ok(());
            }
            Request::Summarize(place, _) | Request::Edited(place, _) => {
                Request::Tell(place.clone(), Notice::Busy)
            }
            request => match order::busy_press(request) {
                Some(press) => press,
                None => return Ok(()),
            },
        };
        self.handler.handle(said, &mut ticket).await
    }

    /// Claims an update: how far it was brought, nothing where it is finished, an error where it could not be claimed
    /// in time.
    async fn claim(
        &self,
        id: i64,
        chat: Option<ChatId>,
        deadline: Option<Instant>,
    ) -> Option<Result<Progress, ()>> {
        let Handler { store, replica, .. } = &self.handler;
        loop {
            let pause = match store.claim(UpdateId(id), chat, replica, LEASE, Timestamp::now()).await {
                Ok(Claim::Ours(progress)) => return Some(Ok(progress)),
                Ok(Claim::Finished) => return None,
                Ok(Claim::Held { until }) => {
                    let rest = Duration::try_from(until.duration_since(Timestamp::now())).unwrap_or_default();
                    rest.clamp(Duration::from_millis(200), Duration::from_secs(2))
                }
                Err(error) => {
                    // What cannot be noted must not be answered: it might be answered twice.
                    tracing::error!(%error, "an update could not be claimed");
                    self.handler.metrics().fault("store");
                    STORE_PAUSE
                }
            };
            if deadline.is_some_and(|deadline| Instant::now() + pause >= deadline) {
                return Some(Err(()));
            }
            sleep(pause).await;
        }
    }

    /// Notes that an update is finished. Until that succeeds Telegram keeps it.
    async fn note_finished(&self, id: i64) -> Outcome {
        let Handler { store, replica, .. } = &self.handler;
        let deadline = Instant::now() + LONGEST;
        while let Err(error) = store.finish(UpdateId(id), replica, Timestamp::now()).await {
            tracing::error!(%error, "an update could not be noted as finished");
            self.handler.metrics().fault("store");
            if Instant::now() > deadline {
                return Outcome::Unfinished;
            }
            sleep(STORE_PAUSE).await;
        }
        Outcome::Finished
    }

    /// Leaves the lines.
    fn leave(&self, id: i64, standing: Standing) {
        let mut state = self.state();
        if let Some(InHand { chat: Some(chat), since, .. }) = state.in_hand.remove(&id) {
            state.spent.add(chat, since.elapsed(), Instant::now());
        }
        if let Some((_, done)) = standing.message {
            done.cancel();
        }
        let Some((chat, before, done)) = standing.chat else { return };
        if let Some(line) = state.chats.get_mut(&chat) {
            line.length -= 1;
        }
        match before {
            // Whoever waits for this one waits for all before it.
            Some(before) if !before.is_cancelled() => drop(tokio::spawn(async move {
                before.cancelled().await;
                done.cancel();
            })),
            _ => done.cancel(),
        }
        drop(state);
    }
}

fn millis(took: Duration) -> u64 {
    u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
}
