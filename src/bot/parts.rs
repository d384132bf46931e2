//! Texts that Telegram has cut. Its apps send a text that is longer than a message as several, one right after the other,
//! each but the last nearly full. The first is answered as it comes; each further one makes its answer that of the whole.
//!
//! So nothing waits for a part that may never come, no text is kept for it beyond the answer's own, and it makes no
//! difference which replica gets which part.

use jiff::Timestamp;

use super::handle::Handler;
use super::press::View;
use super::reply;
use super::request::{ChatKind, Place, Source};
use super::ticket::{Ticket, TicketError};
use crate::locale::Locale;
use crate::metrics::Stage;
use crate::store::{self, AnswerId, ChatSettings, MessageId, Part};

/// UTF-16 units from which on a text may have been cut after it. A message holds 4,096; the apps cut before that, where a
/// line or a word ends.
const NEARLY_FULL: usize = 3500;

/// Seconds between two parts, at most: an app sends them in one go.
const SECONDS: i64 = 2;

/// The pasted text, where a private message is nothing else.
#[must_use]
pub fn paste_in<'a>(place: &Place, sources: &'a [Source]) -> Option<&'a str> {
    match sources {
        [Source::Text(text)] if place.kind == ChatKind::Private => Some(text),
        _ => None,
    }
}

/// A text that was cut, put together: between words if the first part ends in the middle of a sentence.
#[must_use]
pub fn join(headline: &str, body: &str, part: &str) -> String {
    let ends = body.trim_end().ends_with(['.', '!', '؟', '?', '…', ':', '"', '”', '»']);
    let joint = if ends { '\n' } else { ' ' };
    let headline = if headline.is_empty() { String::new() } else { format!("{headline}\n\n") };
    format!("{headline}{}{joint}{}", body.trim_end(), part.trim_start())
}

impl Handler {
    /// Adds a part to the answer of the text that it belongs to; false where it is a text of its own.
    pub(super) async fn add_part(
        &self,
        place: &Place,
        text: &str,
        chosen: &ChatSettings,
        locale: &Locale,
        ticket: &mut Ticket<'_>,
    ) -> Result<bool, TicketError> {
        let now = Timestamp::now();
        let (chat, message) = (store::ChatId(place.chat), MessageId(place.message));
        let Some((answer, part)) = self.store.answer_ending_at(chat, message, now).await? else {
            return Ok(false);
        };
        if part.message == message {
            // Added before the process was killed; shown anew in case it was killed between the two.
            return self.show_whole(place, &answer, chosen, locale, &answer.article).await;
        }
        let in_one_go = part.open_at.is_some_and(|at| (0..=SECONDS).contains(&(place.date - at)));
        if !in_one_go || answer.question.person.map(|person| person.0) != place.person {
            return Ok(false);
        }
        if !self.admit(place, locale, ticket).await? {
            return Ok(true);
        }
        let whole = join(&answer.article.headline, &answer.article.body, text);
        let Ok(article) = self.service.text(whole).await else { return Ok(false) };
        self.store.extend_answer(&answer.id, &article, part_of(place, text), now).await?;
        self.show_whole(place, &answer, chosen, locale, &article).await
    }

    /// Notes that a text may go on in the next message.
    pub(super) async fn note_part(&self, answer: Option<AnswerId>, place: &Place, paste: Option<&str>) {
        let (Some(id), Some(text)) = (answer, paste) else { return };
        let part = part_of(place, text);
        if part.open_at.is_some()
            && let Err(error) = self.store.note_part(&id, part).await
        {
            tracing::warn!(%error, "a part could not be noted");
        }
    }

    async fn show_whole(
        &self,
        place: &Place,
        answer: &store::Answer,
        chosen: &ChatSettings,
        locale: &Locale,
        article: &crate::article::Article,
    ) -> Result<bool, TicketError> {
        let Some(sent) = answer.sent else { return Ok(false) };
        let Ok(brief) = self.service.brief(article.clone(), chosen.length).await else { return Ok(false) };
        let view = View::Summary(chosen.length);
        let timer = self.metrics().time(Stage::Compose);
        let html = reply::of_brief(&brief, view, chosen, locale);
        drop(timer);
        let Some(html) = html else { return Ok(false) };
        let buttons = reply::buttons(&answer.id, view, &brief, locale);
        self.edit(place.chat, sent.0, html, Some(buttons)).await?;
        Ok(true)
    }
}

/// Whether a text is so long that it may go on in the next message.
#[must_use]
pub fn is_nearly_full(text: &str) -> bool {
    text.encode_utf16().count() >= NEARLY_FULL
}

fn part_of(place: &Place, text: &str) -> Part {
    Part { message: MessageId(place.message), open_at: is_nearly_full(text).then_some(place.date) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_where_they_were_cut() {
        let check = |body, part, whole| assert_eq!(join("عنوان", body, part), format!("عنوان\n\n{whole}"));
        check("انتهى اليوم الأول.", "وبدأ الثاني.", "انتهى اليوم الأول.\nوبدأ الثاني.");
        check("وقال الوزير إن", "العمل بدأ.", "وقال الوزير إن العمل بدأ.");
        assert_eq!(join("", "نعم.", "لا."), "نعم.\nلا.");
    }
}
