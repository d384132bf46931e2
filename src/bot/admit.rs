//! Who may have a page fetched or a brief made: each costs one of what a person, a chat and the bot are allowed, whichever way
//! it is asked for. [`Admitted`] is what that was counted with, and nothing is read or composed without it.
//!
//! Where it is refused, a message is answered with a sentence, a button with the same in a window, an inline query with a hint, an
//! edit and a link that nobody asked about with silence.

use jiff::Timestamp;

use super::handle::Handler;
use super::reply;
use super::request::{ChatKind, Place};
use super::ticket::{Ticket, TicketError};
use crate::locale::Locale;
use crate::reply::html;
use crate::store::{ChatId, PersonId, Rate, StoreError, Subject, Verdict};

/// That one page or brief was counted.
#[derive(Debug)]
#[must_use = "it was paid for"]
pub struct Admitted(());

/// Whose allowance is used up, and for how many seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refusal {
    subject: Subject,
    seconds: u64,
}

impl Refusal {
    /// What is said of it, without markup.
    pub(super) fn text(self, locale: &Locale) -> String {
        reply::of_limit(self.subject, self.seconds, locale)
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
        self.count(&limits, ticket).await
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
        let limits = [(Subject::Person(PersonId(person)), self.limits.person), (Subject::Inline, part)];
        self.count(&limits, ticket).await
    }

    /// The same of a link in a chat that has switched *auto* on.
    pub(super) async fn ask_auto(
        &self,
        chat: i64,
        ticket: &Ticket<'_>,
    ) -> Result<Result<Admitted, Refusal>, StoreError> {
        let limits = [(Subject::Auto(ChatId(chat)), self.limits.auto), (Subject::Bot, self.limits.bot)];
        self.count(&limits, ticket).await
    }

    /// As [`Handler::ask`]; where a limit is used up, says so at most once a minute.
    pub(super) async fn admit(
        &self,
        place: &Place,
        locale: &Locale,
        ticket: &mut Ticket<'_>,
    ) -> Result<Option<Admitted>, TicketError> {
        let refusal = match self.ask(place, ticket).await? {
            Ok(admitted) => return Ok(Some(admitted)),
            Err(refusal) => refusal,
        };
        if self.store.may_tell(ChatId(place.chat), "limit", Timestamp::now()).await? {
            let text = html::say(locale, &refusal.text(locale));
            self.tell_one(place, reply::message(place, text, None), ticket).await?;
        }
        Ok(None)
    }

    async fn count(
        &self,
        limits: &[(Subject, Rate)],
        ticket: &Ticket<'_>,
    ) -> Result<Result<Admitted, Refusal>, StoreError> {
        if ticket.is_again() {
            return Ok(Ok(Admitted(())));
        }
        let now = Timestamp::now();
        match self.store.take(limits, now).await? {
            Verdict::Granted => Ok(Ok(Admitted(()))),
            Verdict::Refused { subject, until } => {
                self.metrics().outcome("limited");
                let seconds = u64::try_from(until.duration_since(now).as_secs()).unwrap_or(0) + 1;
                Ok(Err(Refusal { subject, seconds }))
            }
        }
    }
}
