//! «أين؟»: where a line of a summary stands in the message that it was taken from. A page is proved by links (`crate::reply::proof`).

use jiff::Timestamp;
use teloxide::payloads::SendMessage;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::admit::Admitted;
use super::handle::Handler;
use super::outbox::SendError;
use super::press::{Press, View};
use super::reply;
use super::request::Place;
use super::ticket::{Ticket, TicketError};
use crate::brief::Brief;
use crate::reply::{figures, html};
use crate::store::{self, AnswerId, ChatSettings, MessageId};
use crate::text::Span;

/// The longest piece of a message that a reply can quote, in UTF-16 units.
const LONGEST_QUOTE: usize = 1024;

impl Handler {
    /// Answers the message that a summary was made of with a quotation of the summary's line number `line`, counted from nothing; gives
    /// back what the person is told where the message does not hold the line: it has changed since, or is gone.
    pub(super) async fn point(
        &self,
        id: &AnswerId,
        (view, line): (View, u8),
        place: &Place,
        chosen: &ChatSettings,
        admitted: Admitted,
        ticket: &mut Ticket<'_>,
    ) -> Result<Option<&'static str>, TicketError> {
        let answer = self.store.answer(id, Timestamp::now()).await?;
        let Some(answer) = answer.filter(|answer| answer.question.chat == Some(store::ChatId(place.chat)))
        else {
            return Ok(Some("expired"));
        };
        let View::Summary(length) = view else { return Ok(Some("expired")) };
        let asked = place.about.map(MessageId).or(answer.question.message);
        let brief = self.service.brief(answer.article, length);
        let Ok(brief) = self.in_turn(place.chat, brief, admitted).await else {
            return Ok(Some("busy"));
        };
        let quoting = asked.and_then(|asked| quotation(&brief, id, (view, line), asked, place, *chosen));
        let Some(message) = quoting else { return Ok(Some("where-not-there")) };
        match ticket.send(message).await {
            Ok(_) => Ok(None),
            Err(TicketError::Send(SendError::Refused(_) | SendError::Unasked)) => Ok(Some("where-not-there")),
            Err(error) => Err(error),
        }
    }
}

/// The message that quotes a line of `brief` from the message `asked`, with a button that asks for the next line.
fn quotation(
    brief: &Brief,
    id: &AnswerId,
    (view, line): (View, u8),
    asked: MessageId,
    place: &Place,
    chosen: ChatSettings,
) -> Option<SendMessage> {
    let locale = reply::language(&chosen, place);
    let spans = lines(brief, chosen.figures);
    let quote = quotable(brief, *spans.get(usize::from(line))?)?;
    let number = |number: usize| locale.number(number as u64);
    let (next, lines) = (usize::from(line) + 1, spans.len());
    let text = locale.with("where", &[("line", &number(next)), ("lines", &number(lines))]);
    let button = (next < lines).then(|| {
        let press = Press::Where(id.clone(), view, line + 1);
        InlineKeyboardMarkup::new([[InlineKeyboardButton::callback(
            locale.text("button-where-next"),
            press.data(),
        )]])
    });
    let place = Place { message: asked.0, ..place.clone() };
    let mut message = reply::message(&place, html::say(locale, &text), button);
    if let Some(asked) = &mut message.reply_parameters {
        asked.quote = Some(quote.to_owned());
        // Without the message there is nothing to point at.
        asked.allow_sending_without_reply = None;
    }
    Some(message)
}

/// Whether each line of a summary stands in a message that says `words`, so that a reply can quote it there: not where it was read from
/// a page, a file or several messages.
pub(super) fn can_point(brief: &Brief, figures: bool, words: &str) -> bool {
    let lines = lines(brief, figures);
    let stands = |line: &Span| quotable(brief, *line).is_some_and(|quote| words.contains(quote));
    brief.article.url.is_none() && !lines.is_empty() && lines.iter().all(stands)
}

/// A line as a reply quotes it, where it is not too long for that.
fn quotable(brief: &Brief, line: Span) -> Option<&str> {
    let quote = brief.document.slice(line).trim();
    (quote.encode_utf16().count() <= LONGEST_QUOTE).then_some(quote)
}

/// Where the lines of a summary stand: its bullets, and its figures where the chat wants them.
fn lines(brief: &Brief, figures: bool) -> Vec<Span> {
    let clauses =
        figures.then(|| figures::beside_summary(brief)).into_iter().flatten().map(|line| line.clause);
    brief.sentences.iter().map(|piece| piece.span).chain(clauses).collect()
}

#[cfg(test)]
mod tests {
    use super::can_point;
    use crate::article::Article;
    use crate::brief;
    use crate::summary::{Budget, Length};

    const SAMPLE: &str = include_str!("../../samples/water-conference.txt");

    #[test]
    fn a_message_is_pointed_into_that_holds_every_line() {
        let check = |address: Option<&str>, words: &str| {
            let url = address.and_then(|address| address.parse().ok());
            let article = Article { body: SAMPLE.to_owned(), url, ..Article::default() };
            can_point(&brief::read(article).compose(Budget::Length(Length::Medium)), true, words)
        };
        assert!(check(None, SAMPLE));
        assert!(check(None, &format!("/summary {SAMPLE}")));
        assert!(!check(Some("https://nahda.example/a"), SAMPLE), "a page is its own proof");
        let beginning: Vec<&str> = SAMPLE.lines().take(2).collect();
        assert!(!check(None, &beginning.join("\n")), "the rest stands in another message");
    }
}
