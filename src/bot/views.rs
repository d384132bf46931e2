//! An answer that is there, shown in another way: shorter, longer, its facts; one article of a story alone, or all of them together.

use jiff::Timestamp;
use serde::de::IgnoredAny;
use teloxide::payloads::EditMessageReplyMarkup;
use teloxide::types::{ChatId, InlineKeyboardMarkup, MessageId};

use super::admit::Admitted;
use super::handle::{Handler, harmless};
use super::press::View;
use super::reply;
use super::request::Place;
use super::ticket::{Ticket, TicketError};
use crate::metrics::Stage;
use crate::store::{self, Answer, AnswerId, ChatSettings, StoreError};

impl Handler {
    /// Shows an answer in another way; gives back what the person is told where that cannot be done.
    pub(super) async fn show(
        &self,
        query: &str,
        id: &AnswerId,
        view: View,
        place: &Place,
        chosen: &ChatSettings,
        admitted: Admitted,
    ) -> Result<Option<&'static str>, TicketError> {
        let locale = reply::language(chosen, place);
        let Some(answer) = self.answer_pressed(id, place).await? else { return Ok(Some("expired")) };
        let is_one_of_several = self.answers_beside(&answer, place).await?.len() > 1;
        let length = match view {
            View::Summary(length) => length,
            View::Facts => chosen.length,
        };
        let (question, kept_at) = (answer.question, answer.kept_at);
        let told_at_last = answer.sent.filter(|_| answer.is_unread());
        let lane = self.enter(place.chat).await;
        let brief = match self.brief_of(answer, length, lane, admitted).await? {
            Ok(brief) => brief,
            Err(failure) => return Ok(Some(reply::key_of(&failure))),
        };
        let words = place.words.as_deref();
        let mut keyboard = reply::chat_buttons(id, view, &brief, &self.me, chosen, words, locale);
        if is_one_of_several {
            keyboard.inline_keyboard.push(vec![reply::together_button(id, locale)]);
        }
        if view == View::Facts || is_one_of_several {
            let timer = self.metrics().time(Stage::Compose);
            let html = reply::of_brief(&brief, view, chosen, locale);
            drop(timer);
            return self.show_html(query, place, html, keyboard).await;
        }
        // What was new in it is new still.
        let tales = match self.stories(question, vec![(0, brief)], kept_at).await? {
            Ok(tales) => tales,
            Err(failure) => return Ok(Some(reply::key_of(&failure))),
        };
        let Some(tale) = tales.first() else { return Ok(Some("no-summary")) };
        let html = tale.html(place.chat, *chosen, locale);
        let refused = self.show_html(query, place, html, keyboard).await?;
        if let (None, Some(message)) = (refused, told_at_last) {
            self.note_told(question, message, tale, std::slice::from_ref(id)).await;
        }
        Ok(refused)
    }

    /// Shows again all articles of a story, of which one was shown alone; gives back what the person is told where that cannot be done.
    pub(super) async fn together(
        &self,
        query: &str,
        id: &AnswerId,
        place: &Place,
        chosen: &ChatSettings,
        ticket: &Ticket<'_>,
    ) -> Result<Option<String>, TicketError> {
        let locale = reply::language(chosen, place);
        let told = |key: Option<&str>| key.map(|key| locale.text(key));
        let Some(answer) = self.answer_pressed(id, place).await? else { return Ok(told(Some("expired"))) };
        let question = answer.question;
        let answers = self.answers_beside(&answer, place).await?;
        let mut briefs = Vec::new();
        for (at, answer) in answers.iter().enumerate() {
            let admitted = match self.ask(place, ticket).await? {
                Ok(admitted) => admitted,
                Err(refusal) => return Ok(Some(refusal.text(locale))),
            };
            let brief = self.service.brief(answer.article.clone(), chosen.length);
            match self.in_turn(place.chat, brief, admitted).await {
                Ok(brief) => briefs.push((at, brief)),
                Err(failure) => return Ok(told(Some(reply::key_of(&failure)))),
            }
        }
        let tales = match self.stories(question, briefs, answer.kept_at).await? {
            Ok(tales) => tales,
            Err(failure) => return Ok(told(Some(reply::key_of(&failure)))),
        };
        // They told one story when they were read; if a newer version sees that otherwise, each stays alone.
        let [tale] = tales.as_slice() else { return Ok(told(Some("edit-failed"))) };
        let ids: Vec<AnswerId> = tale.story.places.iter().map(|at| answers[*at].id.clone()).collect();
        let html = tale.html(place.chat, *chosen, locale);
        let keyboard = self.tale_buttons(&ids, tale, *chosen, locale).unwrap_or_default();
        Ok(told(self.show_html(query, place, html, keyboard).await?))
    }

    async fn show_html(
        &self,
        query: &str,
        place: &Place,
        html: Option<String>,
        keyboard: InlineKeyboardMarkup,
    ) -> Result<Option<&'static str>, TicketError> {
        let Some(html) = html else { return Ok(Some("no-summary")) };
        match self.show_presser(query, place, html, keyboard).await {
            Ok(()) => Ok(None),
            Err(error) => {
                tracing::info!(%error, "an answer could not be shown in another way");
                Ok(Some("edit-failed"))
            }
        }
    }

    /// The answer whose button was pressed; where it is gone, so are its buttons.
    async fn answer_pressed(&self, id: &AnswerId, place: &Place) -> Result<Option<Answer>, StoreError> {
        // Its name may be known to whoever has seen it; it is shown where it was given and nowhere else.
        let answer = self.store.answer(id, Timestamp::now()).await?;
        let answer = answer.filter(|answer| answer.question.chat == Some(store::ChatId(place.chat)));
        if answer.is_none() && place.ephemeral.is_none() {
            let mut edit = EditMessageReplyMarkup::new(ChatId(place.chat), MessageId(place.message));
            edit.reply_markup = None;
            harmless("editMessageReplyMarkup", self.outbox.call::<_, IgnoredAny>(edit).await);
        }
        Ok(answer)
    }

    /// The answers that are shown in one message with this one, and it among them, where that message is known.
    async fn answers_beside(&self, answer: &Answer, place: &Place) -> Result<Vec<Answer>, StoreError> {
        match answer.sent {
            Some(sent) => {
                let chat = store::ChatId(place.chat);
                let mut answers = self.store.answers_in(chat, sent, Timestamp::now()).await?;
                // A supergroup counts its messages anew.
                answers.retain(|other| other.question == answer.question);
                Ok(answers)
            }
            None => Ok(Vec::new()),
        }
    }
}
