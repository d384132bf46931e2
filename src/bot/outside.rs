//! Messages outside the bot's chats: what people sent inline or share, and what the bot said as a guest. Nothing is known of them
//! but a name, by which they can be edited. What their buttons need is kept for whoever asked, and never where: no chat is.
//!
//! Of a text or a file that somebody showed to a guest nothing is kept at all, so that it has no buttons that need it.

use futures_util::TryFutureExt;
use jiff::Timestamp;
use serde::de::IgnoredAny;
use teloxide::types::{
    InlineKeyboardMarkup, InlineQueryResultArticle, InputMessageContent, InputMessageContentText, ParseMode,
};

use super::admit::Refusal;
use super::handle::{Handler, harmless};
use super::methods::{DropOutsideButtons, EditOutsideText};
use super::press::{Press, View};
use super::reply;
use super::request::Outside;
use super::ticket::{Ticket, TicketError};
use crate::article::Article;
use crate::brief::Brief;
use crate::locale::Locale;
use crate::metrics::Stage;
use crate::service::Failure;
use crate::store::{AnswerId, ChatSettings, PersonId};
use crate::summary::Length;

/// What a message outside the bot's chats shows.
pub(super) struct Shown {
    html: String,
    buttons: Option<InlineKeyboardMarkup>,
}

impl Shown {
    pub(super) fn new(html: String, buttons: Option<InlineKeyboardMarkup>) -> Self {
        Self { html, buttons }
    }

    /// The message as a result that somebody may send, under this name and title.
    pub(super) fn result(self, id: String, title: String) -> InlineQueryResultArticle {
        let content = InputMessageContentText {
            message_text: self.html,
            parse_mode: Some(ParseMode::Html),
            entities: None,
            link_preview_options: Some(reply::NO_PREVIEW),
        };
        let mut result = InlineQueryResultArticle::new(id, title, InputMessageContent::Text(content));
        result.reply_markup = self.buttons;
        result
    }

    /// The edit that makes the message of this name show it.
    pub(super) fn edit(self, message: String) -> EditOutsideText {
        EditOutsideText {
            inline_message_id: message,
            text: self.html,
            parse_mode: ParseMode::Html,
            link_preview_options: reply::NO_PREVIEW,
            reply_markup: self.buttons,
        }
    }
}

/// What is found of an answer that is to be shown outside the bot's chats.
enum Found {
    /// It has expired, was forgotten, or was given in a chat: it is shown there and nowhere else.
    Nothing,
    /// Whoever asks has asked for too much.
    Refused(Refusal),
    /// Its brief, or why there is none.
    Brief(Box<Result<Brief, Failure>>),
}

impl Handler {
    /// What a person has chosen in their private chat, which counts wherever they ask.
    pub(super) async fn chosen_by(&self, outside: &Outside) -> (ChatSettings, &'static Locale) {
        let chosen = self.chosen_in(outside.person).await;
        (chosen, Locale::of(chosen.language.unwrap_or(outside.language)))
    }

    /// Keeps an article for the buttons of whoever shows it; without it they see it all the same, without buttons.
    pub(super) async fn keep_outside(&self, article: &Article, person: i64) -> Option<AnswerId> {
        let kept = self.store.keep_outside(article, PersonId(person), Timestamp::now());
        kept.inspect_err(|error| tracing::error!(%error, "an answer could not be kept")).await.ok()
    }

    /// A brief outside the bot's chats, with its buttons where it was kept.
    pub(super) fn shown(
        &self,
        brief: &Brief,
        view: View,
        id: Option<&AnswerId>,
        chosen: ChatSettings,
        locale: &Locale,
    ) -> Option<Shown> {
        let _timer = self.metrics().time(Stage::Compose);
        let html = reply::of_brief(brief, view, &chosen, locale).filter(|_| !brief.sentences.is_empty())?;
        let buttons = id.map(|id| reply::buttons(id, view, brief, &self.me, &chosen, locale));
        Some(Shown { html, buttons })
    }

    /// A summary of the person's usual length; or why there is none, with a button to try again where that makes sense.
    pub(super) fn shown_outcome(
        &self,
        brief: &Result<Brief, Failure>,
        id: Option<&AnswerId>,
        chosen: ChatSettings,
        locale: &Locale,
    ) -> Shown {
        match brief {
            Ok(brief) => self
                .shown(brief, View::Summary(chosen.length), id, chosen, locale)
                .unwrap_or_else(|| Shown::new(reply::of_key("no-summary", locale), None)),
            Err(failure) => {
                let id = id.filter(|_| failure.may_pass());
                let buttons = id.map(|id| reply::read_button(id, "button-retry", chosen.length, locale));
                Shown::new(reply::of_failure(failure, locale), buttons)
            }
        }
    }

    async fn brief_outside(
        &self,
        outside: &Outside,
        id: &AnswerId,
        length: Length,
        ticket: &Ticket<'_>,
    ) -> Result<Found, TicketError> {
        let answer = self.store.answer(id, Timestamp::now()).await?;
        let Some(answer) = answer.filter(|answer| answer.question.chat.is_none()) else {
            return Ok(Found::Nothing);
        };
        let admitted = match self.ask_outside(outside.person, ticket).await? {
            Ok(admitted) => admitted,
            Err(refusal) => return Ok(Found::Refused(refusal)),
        };
        let lane = self.enter(outside.person).await;
        Ok(Found::Brief(Box::new(self.brief_of(answer, length, lane, admitted).await?)))
    }

    /// Shows a message in another way, or for the first time what its page says.
    pub(super) async fn press_outside(
        &self,
        query: &str,
        outside: &Outside,
        press: Press,
        ticket: &Ticket<'_>,
    ) -> Result<(), TicketError> {
        // Others are never shown there; whoever makes one up is not left with an hourglass.
        let Press::Show(id, view) = press else {
            self.answer_press(query, None).await;
            return Ok(());
        };
        let (chosen, locale) = self.chosen_by(outside).await;
        let length = match view {
            View::Summary(length) => length,
            View::Facts => chosen.length,
        };
        let told = match self.brief_outside(outside, &id, length, ticket).await? {
            Found::Nothing => {
                let edit = DropOutsideButtons { inline_message_id: outside.message.clone() };
                harmless("editMessageReplyMarkup", self.outbox.call::<_, IgnoredAny>(edit).await);
                Some(locale.text("expired"))
            }
            Found::Refused(refusal) => Some(refusal.text(locale)),
            Found::Brief(brief) => match brief.as_ref() {
                Err(failure) => Some(locale.text(reply::key_of(failure))),
                Ok(brief) => match self.shown(brief, view, Some(&id), chosen, locale) {
                    None => Some(locale.text("no-summary")),
                    Some(shown) => {
                        let edited = self.outbox.edit(shown.edit(outside.message.clone())).await;
                        edited.err().map(|_| locale.text("edit-failed"))
                    }
                },
            },
        };
        self.answer_press(query, told).await;
        Ok(())
    }

    /// The promise of an answer was sent: it says now what stands on the page.
    pub(super) async fn show_chosen(
        &self,
        outside: &Outside,
        id: &AnswerId,
        ticket: &Ticket<'_>,
    ) -> Result<(), TicketError> {
        let (chosen, locale) = self.chosen_by(outside).await;
        let Found::Brief(brief) = self.brief_outside(outside, id, chosen.length, ticket).await? else {
            // The button is still there.
            return Ok(());
        };
        let shown = self.shown_outcome(&brief, Some(id), chosen, locale);
        Ok(self.outbox.edit(shown.edit(outside.message.clone())).await?)
    }
}
