//! Inline queries: somebody writes the bot's name and a link in any chat, or shares a summary, and chooses what is offered.
//!
//! Telegram drops an answer that comes after about ten seconds. So a page that takes longer than its [`Patience`](super::handle::Patience) is offered as one that
//! is being read. It is edited as soon as it was sent, where Telegram tells that, and when its button is pressed in any case.

use std::pin::pin;
use std::time::Duration;

use jiff::Timestamp;
use serde::de::IgnoredAny;
use teloxide::payloads::AnswerInlineQuery;
use teloxide::types::{
    InlineQueryId, InlineQueryResult, InlineQueryResultArticle, InlineQueryResultsButton,
    InlineQueryResultsButtonKind,
};
use tokio::time::timeout;
use url::Url;

use super::handle::{Handler, harmless};
use super::outside::Shown;
use super::press::View;
use super::reply;
use super::request::{Inline, Outside, PROMISED, Source};
use super::ticket::{Ticket, TicketError};
use super::unread;
use crate::brief::Brief;
use crate::locale::{Language, Locale};
use crate::reply::plain::visible;
use crate::reply::{self as replies, Parts, ReplyOptions, Role};
use crate::service::Failure;
use crate::store::{AnswerId, ChatSettings};

/// How long it is read further then, so that it is there when it is asked for again.
const FURTHER: Duration = Duration::from_secs(4);

/// How long Telegram may give the same answer again, in seconds; and what may be otherwise in a moment.
const LASTING: u32 = 300;
const FLEETING: u32 = 1;

/// What is offered.
enum Offer {
    /// A summary, or the promise of one.
    Result(Box<InlineQueryResultArticle>, u32),
    /// What to do instead.
    Hint(&'static str),
}

impl Handler {
    /// Answers an inline query.
    pub(super) async fn inline(
        &self,
        query: String,
        person: i64,
        language: Language,
        asked: Inline,
        ticket: &Ticket<'_>,
    ) -> Result<(), TicketError> {
        let outside = Outside { message: String::new(), person, language };
        let (chosen, locale) = self.chosen_by(&outside).await;
        let offer = match asked {
            Inline::Nothing => Offer::Hint("inline-hint"),
            Inline::Cut => Offer::Hint("inline-continue"),
            Inline::Kept(id) => self.offer_kept(&id, person, chosen, locale, ticket).await?,
            Inline::Link(url) => return self.offer_page(query, url, person, chosen, locale, ticket).await,
        };
        self.offer(query, offer, locale, ticket).await;
        Ok(())
    }

    /// Says that there is no place for a query.
    pub(super) async fn inline_busy(&self, query: String, language: Language, ticket: &Ticket<'_>) {
        self.offer(query, Offer::Hint("inline-busy"), Locale::of(language), ticket).await;
    }

    /// Offers the summary of a page. It waits for nobody: there is no time.
    async fn offer_page(
        &self,
        query: String,
        url: Url,
        person: i64,
        chosen: ChatSettings,
        locale: &Locale,
        ticket: &Ticket<'_>,
    ) -> Result<(), TicketError> {
        let entered = self.outside.try_acquire().ok().zip(self.lanes.try_enter(person));
        let admitted = if entered.is_some() { self.ask_outside(person, ticket).await?.ok() } else { None };
        let Some(((_place, lane), admitted)) = entered.zip(admitted) else {
            self.offer(query, Offer::Hint("inline-busy"), locale, ticket).await;
            return Ok(());
        };
        let source = Source::Link(url.clone());
        let mut reading = pin!(self.read(&source, chosen.length, Some(lane), admitted));
        if let Ok(brief) = timeout(self.patience.inline, &mut reading).await {
            let offer = self.offer_outcome(&brief, person, chosen, locale).await;
            self.offer(query, offer, locale, ticket).await;
            return Ok(());
        }
        let id = self.keep_outside(&unread::article(&source), person).await;
        let offer = match &id {
            Some(id) => placeholder(id, &url, chosen, locale),
            None => Offer::Hint("inline-not-ready"),
        };
        self.offer(query, offer, locale, ticket).await;
        if let (Some(id), Ok(Ok(brief))) = (id, timeout(FURTHER, reading).await) {
            self.store.replace_article(&id, &brief.article, Timestamp::now()).await?;
        }
        Ok(())
    }

    /// Offers an answer that somebody shares. Whoever knows its name has seen it.
    async fn offer_kept(
        &self,
        id: &AnswerId,
        person: i64,
        chosen: ChatSettings,
        locale: &Locale,
        ticket: &Ticket<'_>,
    ) -> Result<Offer, TicketError> {
        let Some(answer) = self.store.answer(id, Timestamp::now()).await? else {
            return Ok(Offer::Hint("inline-expired"));
        };
        let entered = self.outside.try_acquire().ok().zip(self.lanes.try_enter(person));
        let Some((_place, lane)) = entered else { return Ok(Offer::Hint("inline-busy")) };
        let Ok(admitted) = self.ask_outside(person, ticket).await? else {
            return Ok(Offer::Hint("inline-busy"));
        };
        let brief = self.brief_of(answer, chosen.length, Some(lane), admitted).await?;
        Ok(self.offer_outcome(&brief, person, chosen, locale).await)
    }

    async fn offer_outcome(
        &self,
        brief: &Result<Brief, Failure>,
        person: i64,
        chosen: ChatSettings,
        locale: &Locale,
    ) -> Offer {
        let Ok(brief) = brief else { return Offer::Hint("inline-not-ready") };
        let id = self.keep_outside(&brief.article, person).await;
        let Some(shown) = self.shown(brief, View::Summary(chosen.length), id.as_ref(), chosen, locale) else {
            return Offer::Hint("inline-not-ready");
        };
        let first = first_bullet(brief, chosen, locale);
        let headline = visible(&brief.article.headline);
        let title = if headline.is_empty() { locale.text("button-summary") } else { headline.into_owned() };
        let name = id.map_or_else(|| "summary".to_owned(), |id| id.as_str().to_owned());
        let mut result = shown.result(name, title);
        result.description = first;
        result.thumbnail_url.clone_from(&brief.article.picture);
        Offer::Result(Box::new(result), LASTING)
    }

    async fn offer(&self, query: String, offer: Offer, locale: &Locale, ticket: &Ticket<'_>) {
        let (results, hint, lasts) = match offer {
            Offer::Result(result, lasts) => (vec![InlineQueryResult::Article(*result)], None, lasts),
            Offer::Hint(key) => (Vec::new(), Some(key), FLEETING),
        };
        tracing::debug!(found = results.len(), "inline query");
        let mut answer = AnswerInlineQuery::new(InlineQueryId(query), results);
        answer.is_personal = Some(true);
        answer.cache_time = Some(lasts);
        answer.button = hint.map(|key| InlineQueryResultsButton {
            text: locale.text(key),
            kind: InlineQueryResultsButtonKind::StartParameter("inline".to_owned()),
        });
        ticket.giving();
        harmless("answerInlineQuery", self.outbox.call::<_, IgnoredAny>(answer).await);
    }
}

/// The promise of a summary: a message that says that the page is being read, with a button that shows it.
fn placeholder(id: &AnswerId, url: &Url, chosen: ChatSettings, locale: &Locale) -> Offer {
    let button = reply::read_button(id, "button-read", chosen.length, locale);
    let shown = Shown::new(reply::of_key("reading", locale), Some(button));
    let mut result = shown.result(format!("{PROMISED}{id}"), locale.text("inline-reading"));
    result.description = url.host_str().map(str::to_owned);
    Offer::Result(Box::new(result), FLEETING)
}

/// The first bullet of a summary, without markup.
fn first_bullet(brief: &Brief, chosen: ChatSettings, locale: &Locale) -> Option<String> {
    let options = ReplyOptions { parts: Parts::SUMMARY, digits: chosen.digits, is_linked: false };
    let lines = replies::compose(brief, options, locale).lines;
    let first = lines.iter().find(|line| line.role == Role::Sentence)?;
    Some(visible(&first.text).into_owned())
}
