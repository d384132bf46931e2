//! Texts that Telegram has cut. Its apps send a text that is longer than a message as several, one right after the other,
//! each but the last nearly full. The first is answered as it comes; each further one makes its answer that of the whole.
//!
//! So nothing waits for a part that may never come, and it makes no difference which replica gets which part. The parts are
//! kept as they came for as long as they may still be edited: an edit of any of them changes the answer to the whole.

use jiff::Timestamp;

use super::handle::Handler;
use super::request::{ChatKind, Place, Source};
use super::ticket::{Ticket, TicketError};
use crate::brief::Brief;
use crate::locale::Locale;
use crate::store::{self, Answer, AnswerId, ChatSettings, MessageId, Part, StoreError};

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

/// A text that was cut, put together: between words where a part ends in the middle of a sentence.
#[must_use]
pub fn join<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut whole = String::new();
    for part in parts {
        whole.truncate(whole.trim_end().len());
        if !whole.is_empty() {
            let ends = whole.ends_with(['.', '!', '؟', '?', '…', ':', '"', '”', '»']);
            whole.push(if ends { '\n' } else { ' ' });
        }
        whole.push_str(part.trim_start());
    }
    whole
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
        let Some((answer, mut parts)) = self.answer_with_part(place).await? else { return Ok(false) };
        let Some(last) = parts.last() else { return Ok(false) };
        if parts.iter().any(|part| part.message.0 == place.message) {
            // Added before the process was killed; shown anew in case it was killed between the two.
            let Some(admitted) = self.admit(place, locale, ticket).await? else { return Ok(true) };
            let brief = self.service.brief(answer.article.clone(), chosen.length);
            let Ok(brief) = self.in_turn(place.chat, brief, admitted).await else { return Ok(false) };
            return self.show_whole(&answer, chosen, locale, brief).await;
        }
        let in_one_go =
            last.message.0 < place.message && (0..=SECONDS).contains(&(place.date - last.written_at));
        if !in_one_go || !is_nearly_full(&last.text) || answer.question.person.map(|p| p.0) != place.person {
            return Ok(false);
        }
        let Some(admitted) = self.admit(place, locale, ticket).await? else { return Ok(true) };
        let part = part_of(place, text);
        parts.push(part.clone());
        let whole = join(parts.iter().map(|part| part.text.as_str()));
        let brief = self.service.text(whole, chosen.length);
        let Ok(brief) = self.in_turn(place.chat, brief, admitted).await else { return Ok(false) };
        self.store.show_with_part(&answer.id, &brief.article, &part, Timestamp::now()).await?;
        self.show_whole(&answer, chosen, locale, brief).await
    }

    /// Follows an edit of a part: the answer becomes that of the whole as it reads now. False where the message is no
    /// part of a longer text.
    pub(super) async fn edit_part(
        &self,
        place: &Place,
        text: &str,
        chosen: &ChatSettings,
        locale: &Locale,
        ticket: &mut Ticket<'_>,
    ) -> Result<bool, TicketError> {
        let Some((answer, parts)) = self.answer_with_part(place).await? else { return Ok(false) };
        if !parts.iter().any(|part| part.message.0 == place.message) {
            return Ok(false);
        }
        let Some(admitted) = self.admit(place, locale, ticket).await? else { return Ok(true) };
        let part = part_of(place, text);
        let texts = parts.iter().map(|other| if other.message == part.message { text } else { &other.text });
        // What cannot be summarised any more leaves the answer as it is, as with other edits.
        let brief = self.service.text(join(texts), chosen.length);
        let Ok(brief) = self.in_turn(place.chat, brief, admitted).await else { return Ok(true) };
        if brief.article == answer.article {
            return Ok(true);
        }
        self.store.show_with_part(&answer.id, &brief.article, &part, Timestamp::now()).await?;
        self.show_whole(&answer, chosen, locale, brief).await
    }

    async fn answer_with_part(&self, place: &Place) -> Result<Option<(Answer, Vec<Part>)>, StoreError> {
        let (chat, message) = (store::ChatId(place.chat), MessageId(place.message));
        self.store.answer_with_part(chat, message, Timestamp::now()).await
    }

    /// Notes a text that may go on in the next message.
    pub(super) async fn note_part(&self, answer: Option<AnswerId>, place: &Place, paste: Option<&str>) {
        let (Some(id), Some(text)) = (answer, paste.filter(|text| is_nearly_full(text))) else { return };
        if let Err(error) = self.store.keep_part(&id, &part_of(place, text), Timestamp::now()).await {
            tracing::warn!(%error, "a part could not be noted");
        }
    }

    async fn show_whole(
        &self,
        answer: &Answer,
        chosen: &ChatSettings,
        locale: &Locale,
        brief: Brief,
    ) -> Result<bool, TicketError> {
        let Some(sent) = answer.sent else { return Ok(false) };
        let tales =
            self.stories(answer.question, vec![(0, brief)], answer.kept_at).await?.unwrap_or_default();
        let Some(tale) = tales.first() else { return Ok(false) };
        self.retell(answer.question, sent, tale, std::slice::from_ref(&answer.id), chosen, locale).await
    }
}

/// Whether a text is so long that it may go on in the next message.
#[must_use]
pub fn is_nearly_full(text: &str) -> bool {
    text.encode_utf16().count() >= NEARLY_FULL
}

fn part_of(place: &Place, text: &str) -> Part {
    Part { message: MessageId(place.message), written_at: place.date, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_where_they_were_cut() {
        let check = |parts: &[&str], whole| assert_eq!(join(parts.iter().copied()), whole);
        check(&["انتهى اليوم الأول.\n", "وبدأ الثاني."], "انتهى اليوم الأول.\nوبدأ الثاني.");
        check(&["وقال الوزير إن", " العمل بدأ."], "وقال الوزير إن العمل بدأ.");
        check(&["نعم.", "لا", "ندري"], "نعم.\nلا ندري");
        check(&["وحده"], "وحده");
    }
}
