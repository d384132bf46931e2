//! Who may have a page fetched or a brief made: each costs one of what a person, a chat and the bot are allowed, whichever way
//! it is asked for. [`Admitted`] is what that was counted with, and nothing is read or composed without it. A text or a file that
//! turns out to be no article does not count; a page does, for it was fetched, and so does a file that is broken or too large to be read.
//!
//! A message that is beyond them waits and is answered, as do those behind it in its chat; only where that would take longer than
//! [`LONGEST_WAIT`], or where too many wait ([`super::waits`]), is it refused with a sentence. An edit
//! waits as a message does. A button is refused at once, in a window, an inline query with a hint, a link that nobody asked about with silence.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::handle::{Handler, Typing};
use super::reply;
use super::request::{ChatKind, Place};
use super::ticket::{Ticket, TicketError};
use crate::locale::Locale;
use crate::reply::html;
use crate::store::{ChatId, PersonId, Rate, StoreError, Subject, Verdict};

/// The longest that a message waits for its limits: as long as a person's longest line takes.
const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// That one page or brief was counted, and in which limits.
#[derive(Debug)]
#[must_use = "it was paid for"]
pub struct Admitted(Vec<(Subject, Rate)>);

/// Whose allowance is used up, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refusal {
    subject: Subject,
    wait: Duration,
}

impl Refusal {
    /// What is said of it, without markup.
    pub(super) fn text(self, locale: &Locale) -> String {
        reply::of_limit(self.subject, self.wait.as_secs() + 1, locale)
    }
}

impl Handler {
    /// Counts one page or brief that someone asks for in a chat, unless it was counted before.
    pub(super) async fn ask(
        &self,
        place: &Place,
        ticket: &Ticket<'_>,
    ) -> Result<Result<Admitted, Refusal>, StoreError> {
        let mut limits = vec![(Subject::Bot, self.limits.bot)];
        limits.extend(place.person.map(|id| (Subject::Person(PersonId(id)), self.limits.person)));
        if place.kind != ChatKind::Private {
            limits.push((Subject::Chat(ChatId(place.chat)), self.limits.chat));
        }
        self.count(limits, ticket).await
    }

    /// The same outside the bot's chats: of an inline query, of somebody who calls the bot as a guest, or of a button under what
    /// these have brought. All of them together have a part of what the bot is allowed, so that they never use up that of the chats.
    pub(super) async fn ask_outside(
        &self,
        person: i64,
        ticket: &Ticket<'_>,
    ) -> Result<Result<Admitted, Refusal>, StoreError> {
        let Rate { burst, refill } = self.limits.bot;
        let part = Rate { burst: (burst / 4).max(1), refill: refill * 4 };
        let limits = vec![(Subject::Person(PersonId(person)), self.limits.person), (Subject::Inline, part)];
        self.count(limits, ticket).await
    }

    /// The same of a link in a chat that has switched *auto* on.
    pub(super) async fn ask_auto(
        &self,
        chat: i64,
        ticket: &Ticket<'_>,
    ) -> Result<Result<Admitted, Refusal>, StoreError> {
        let limits = vec![(Subject::Auto(ChatId(chat)), self.limits.auto), (Subject::Bot, self.limits.bot)];
        self.count(limits, ticket).await
    }

    /// As [`Handler::ask`]; where a limit is used up, waits. Where that would take too long, says so at most once a minute.
    pub(super) async fn admit(
        &self,
        place: &Place,
        locale: &Locale,
        ticket: &mut Ticket<'_>,
    ) -> Result<Option<Admitted>, TicketError> {
        let deadline = Instant::now() + LONGEST_WAIT;
        let mut waiting = None;
        let mut first_of_its_chat = self.admissions.try_enter(place.chat);
        if first_of_its_chat.is_none() {
            waiting = self.waits.begin();
        }
        if waiting.is_some() {
            tokio::select! {
                entered = timeout_at(deadline, self.admissions.enter(place.chat)) => first_of_its_chat = entered.ok().flatten(),
                () = self.waits.ended() => waiting = None,
            }
        }
        let is_in_line = first_of_its_chat.is_some();
        let mut typing = None;
        let refusal = loop {
            let refusal = match self.ask(place, ticket).await? {
                Ok(admitted) => return Ok(Some(admitted)),
                Err(refusal) => refusal,
            };
            let granted = Instant::now() + refusal.wait;
            if waiting.is_none() && is_in_line {
                waiting = self.waits.begin();
            }
            if granted > deadline || waiting.is_none() {
                break refusal;
            }
            typing.get_or_insert_with(|| Typing::start(&self.outbox, place));
            tokio::select! {
                () = sleep_until(granted) => {}
                () = self.waits.ended() => break refusal,
            }
        };
        drop(waiting);
        if self.store.may_tell(ChatId(place.chat), "limit", Timestamp::now()).await? {
            let text = html::say(locale, &refusal.text(locale));
            // It is no answer, and waits for none of those before it.
            let turn = ticket.leave_line();
            self.tell_one(place, reply::message(place, text, None), ticket).await?;
            ticket.enter_line(turn);
        }
        Ok(None)
    }

    /// Takes back what was counted for what turned out to be nothing to summarise.
    pub(super) async fn take_back(&self, Admitted(counted): Admitted) {
        if let Err(error) = self.store.untake(&counted).await {
            tracing::error!(%error, "a request stays counted that should not");
        }
    }

    async fn count(
        &self,
        limits: Vec<(Subject, Rate)>,
        ticket: &Ticket<'_>,
    ) -> Result<Result<Admitted, Refusal>, StoreError> {
        if ticket.is_again() {
            return Ok(Ok(Admitted(Vec::new())));
        }
        let now = Timestamp::now();
        match self.store.take(&limits, now).await? {
            Verdict::Granted => Ok(Ok(Admitted(limits))),
            Verdict::Refused { subject, until } => {
                self.metrics().outcome("limited");
                let wait = Duration::try_from(until.duration_since(now)).unwrap_or_default();
                Ok(Err(Refusal { subject, wait }))
            }
        }
    }
}
