//! The bot as a guest: somebody writes its name in a chat that it is no member of, mostly in answer to a post, and gets one message,
//! which can be edited by its name. Telegram refuses a second one, so that a call may be repeated without harm ([`Ticket::answer_guest`]).
//!
//! A page that takes longer than its [`Patience`](super::handle::Patience) is answered with a first word, which is edited. Where the process dies in the very call
//! that says it, nobody knows its name: it stands as it is, with a button that reads the page.

use std::pin::pin;

use jiff::Timestamp;
use teloxide::types::InlineQueryResult;
use tokio::time::timeout;

use super::handle::Handler;
use super::methods::AnswerGuestQuery;
use super::outside::Shown;
use super::reply;
use super::request::{Outside, Place, Source};
use super::ticket::{Said, Ticket, TicketError};
use super::unread;
use crate::brief::Brief;
use crate::locale::Locale;
use crate::reply::html;
use crate::service::Failure;
use crate::store::{AnswerId, ChatSettings};

/// A call that is older than this many seconds can no longer be answered.
const TOO_OLD: i64 = 15 * 60;

/// Somebody who calls the bot as a guest.
struct Caller {
    /// Their number, or that of the chat in whose name they write.
    number: i64,
    chosen: ChatSettings,
    locale: &'static Locale,
}

impl Handler {
    /// Answers somebody who calls the bot as a guest.
    pub(super) async fn guest(
        &self,
        query: String,
        place: &Place,
        sources: &[Source],
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let first_word = match ticket.said_as_guest().await? {
            Some(Said::All) => return Ok(()),
            Some(Said::FirstWord(message)) => Some(message),
            None if Timestamp::now().as_second() - place.date > TOO_OLD => return Ok(()),
            None => None,
        };
        let caller = self.caller(place).await;
        let Caller { number, locale, .. } = caller;
        let Some(source) = sources.first() else {
            let usage = locale.with("guest-usage", &[("bot", &self.me.username)]);
            return self.say_as_guest(&query, plain(&usage, locale), &caller, ticket).await;
        };
        let entered = self.outside.try_acquire().ok().zip(self.lanes.try_enter(number));
        let Some((_place, lane)) = entered else {
            return self.say_as_guest(&query, plain(&locale.text("busy"), locale), &caller, ticket).await;
        };
        let admitted = match self.ask_outside(number, ticket).await? {
            Ok(admitted) => admitted,
            Err(refusal) => {
                let shown = plain(&refusal.text(locale), locale);
                return self.say_as_guest(&query, shown, &caller, ticket).await;
            }
        };
        let mut reading = pin!(self.read(source, caller.chosen.length, Some(lane), admitted));
        let patience = match source {
            Source::Text(_) => self.patience.text,
            Source::Link(_) | Source::File(_) => self.patience.page,
        };
        if first_word.is_none()
            && let Ok(brief) = timeout(patience, &mut reading).await
        {
            let id = self.keep_for_guest(source, &brief, caller.number).await;
            let shown = self.shown_outcome(&brief, id.as_ref(), caller.chosen, locale);
            return self.say_as_guest(&query, shown, &caller, ticket).await;
        }
        let message = match first_word {
            Some(message) => message,
            None => self.say_first_word(query, source, &caller, ticket).await?,
        };
        let brief = reading.await;
        let id = self.keep_for_guest(source, &brief, caller.number).await;
        let shown = self.shown_outcome(&brief, id.as_ref(), caller.chosen, locale);
        Ok(self.outbox.edit(shown.edit(message)).await?)
    }

    /// Tells somebody who calls the bot as a guest that it is busy, in the place of a first word where that was said.
    pub(super) async fn guest_busy(
        &self,
        query: &str,
        place: &Place,
        sources: &[Source],
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let caller = self.caller(place).await;
        let busy = Err(Failure::Busy);
        let id = match sources.first() {
            Some(source) => self.keep_for_guest(source, &busy, caller.number).await,
            None => None,
        };
        let shown = self.shown_outcome(&busy, id.as_ref(), caller.chosen, caller.locale);
        match ticket.first_word().await? {
            Some(message) => Ok(self.outbox.edit(shown.edit(message)).await?),
            None => self.say_as_guest(query, shown, &caller, ticket).await,
        }
    }

    async fn caller(&self, place: &Place) -> Caller {
        let number = place.person.or(place.channel).unwrap_or_default();
        let asks = Outside { message: String::new(), person: number, language: place.language };
        let (chosen, locale) = self.chosen_by(&asks).await;
        Caller { number, chosen, locale }
    }

    /// Says that the page is being read.
    async fn say_first_word(
        &self,
        query: String,
        source: &Source,
        caller: &Caller,
        ticket: &mut Ticket<'_>,
    ) -> Result<String, TicketError> {
        let id = match source {
            Source::Link(_) => self.keep_outside(&unread::article(source), caller.number).await,
            Source::Text(_) | Source::File(_) => None,
        };
        let Caller { chosen, locale, .. } = caller;
        let button = id.as_ref().map(|id| reply::read_button(id, "button-read", chosen.length, locale));
        let shown = Shown::new(reply::of_key("reading", locale), button);
        ticket.answer_guest(&answer(query, shown, locale), true).await
    }

    async fn say_as_guest(
        &self,
        query: &str,
        shown: Shown,
        caller: &Caller,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        ticket.answer_guest(&answer(query.to_owned(), shown, caller.locale), false).await.map(drop)
    }

    /// Keeps what buttons need of a page. Texts and files are those of the chat, of which nothing is kept.
    async fn keep_for_guest(
        &self,
        source: &Source,
        brief: &Result<Brief, Failure>,
        caller: i64,
    ) -> Option<AnswerId> {
        let Source::Link(_) = source else { return None };
        match brief {
            Ok(brief) => self.keep_outside(&brief.article, caller).await,
            Err(failure) if failure.may_pass() => self.keep_outside(&unread::article(source), caller).await,
            Err(_) => None,
        }
    }
}

fn plain(text: &str, locale: &Locale) -> Shown {
    Shown::new(html::say(locale, &html::escape(text)), None)
}

/// The answer as the method wants it. Nobody sees the title, which must not be empty.
fn answer(guest_query_id: String, shown: Shown, locale: &Locale) -> AnswerGuestQuery {
    let result = shown.result("guest".to_owned(), locale.text("button-summary"));
    AnswerGuestQuery { guest_query_id, result: InlineQueryResult::Article(result) }
}
