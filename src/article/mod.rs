//! Articles: from a web page or a pasted text to a headline and clean paragraphs. Pure.

mod byline;
pub mod charset;
pub mod clutter;
pub mod date;
pub mod document;
pub mod docx;
pub mod language;
mod line;
pub mod page;
pub mod paste;
pub mod pdf;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::text::{sentence, token};

/// A news article without the clutter that stood around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The headline, without the site's name; empty where none was found.
    pub headline: String,
    /// The body, one paragraph on each line.
    pub body: String,
    /// The page's canonical address, if it came from a page.
    pub url: Option<Url>,
    /// The host that it was read from, where its address is one of another host of the same site.
    pub host: Option<String>,
    /// The name that the site gives itself («الجزيرة»), if it does. Nobody has checked it: it is not what a reader is told of the source.
    pub site: Option<String>,
    /// The author, if the page names a person.
    pub byline: Option<String>,
    /// When it was published, as the page tells it.
    pub published: Option<Published>,
    /// The picture that the page gives of itself to those who link to it; only its address is ever used.
    pub picture: Option<Url>,
    /// Why the page shows only the beginning of it, if the page says so.
    pub cut: Option<Refusal>,
    /// The language of the body as a BCP 47 tag (`ar`, `en`…), if it is known.
    pub language: Option<String>,
}

/// A date of publication, with as much of the clock as the page gives. Nothing is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day.
    pub date: jiff::civil::Date,
    /// The time of day, if the page gives one.
    pub time: Option<jiff::civil::Time>,
    /// The time zone's offset from UTC, if the page gives one.
    #[serde(with = "date::offset_seconds")]
    pub offset: Option<jiff::tz::Offset>,
}

/// Why an input is not an article that can be summarised. The words for people are in the locale files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Nothing is left once the clutter is dropped.
    #[error("the text is empty")]
    Empty,
    /// Fewer words than a summary would have.
    #[error("the text is too short to summarise")]
    TooShort,
    /// Most of its letters are not Arabic.
    #[error("the text is not Arabic")]
    NotArabic,
    /// The page wants a subscription or a log-in.
    #[error("the page is behind a paywall")]
    Paywall,
    /// The page asks for consent to cookies and shows nothing else.
    #[error("the page shows a consent wall")]
    Consent,
    /// The page needs a browser that runs scripts.
    #[error("the page needs JavaScript")]
    NeedsScript,
    /// The page asks whether the reader is a robot.
    #[error("the page shows a bot check")]
    BotCheck,
    /// The page says that the article is not there, whatever its status code.
    #[error("the page says that the article was not found")]
    NotFound,
    /// The page holds no article: a front page, a list of headlines, a video.
    #[error("the page holds no article text")]
    NoArticle,
    /// A list of headlines: each line is another story, and none of them is told.
    #[error("the text is a list of headlines")]
    Headlines,
    /// A PDF whose pages are pictures.
    #[error("the PDF holds no text, only pictures")]
    ScannedPdf,
    /// The markup is larger or deeper than is ever parsed.
    #[error("the page is too large or too deeply nested to read")]
    TooComplex,
    /// What was to read it died over it, or did not come to an end.
    #[error("the document could not be read")]
    Unreadable,
}

/// The longest text that is read, in bytes, whichever way it came. The core is linear, but a text this long is no article.
pub const LARGEST_TEXT: usize = 2 << 20;

/// The most tokens that are read. What the language parts need is so many times a token, and a text of [`LARGEST_TEXT`] bytes has some
/// 200,000: one of marks alone would have ten times as many.
pub const MOST_TOKENS: usize = 300_000;

/// Fewer words than this are no article: a summary of two or three sentences is as long.
pub const MIN_WORDS: usize = 40;
/// Fewer sentences than this are no article: nothing could be left out.
pub const MIN_SENTENCES: usize = 3;
/// From this many words on a text is long enough however few full stops it has: posts tell a story in one or two sentences.
const LONG_WITHOUT_STOPS: usize = 60;

/// Whether a summary of `article` makes sense.
///
/// # Errors
/// What it was [`cut`](Article::cut) for; [`Refusal::Empty`] if its body has no letter, [`Refusal::NotArabic`] if the body is in another language,
/// [`Refusal::TooComplex`] if it has more than [`MOST_TOKENS`] tokens, [`Refusal::TooShort`] if it has fewer than [`MIN_WORDS`] words, its headline's among them, or [`MIN_SENTENCES`] sentences.
pub fn check(article: &Article) -> Result<(), Refusal> {
    if let Some(refusal) = article.cut {
        return Err(refusal);
    }
    if !article.body.contains(char::is_alphabetic) {
        return Err(Refusal::Empty);
    }
    if !language::is_arabic(&article.body) {
        return Err(Refusal::NotArabic);
    }
    if token::is_more_than(&article.body, MOST_TOKENS) {
        return Err(Refusal::TooComplex);
    }
    // What the headline of a short text tells is told.
    let words = [&article.headline, &article.body].into_iter().flat_map(|text| text.split_whitespace());
    let words = words.take(LONG_WITHOUT_STOPS).count();
    if words >= LONG_WITHOUT_STOPS {
        return Ok(());
    }
    let sentences = sentence::count(&article.body);
    if words < MIN_WORDS || sentences < MIN_SENTENCES { Err(Refusal::TooShort) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::{Article, LARGEST_TEXT, Refusal, check};

    #[track_caller]
    fn refusal(body: &str, expected: Result<(), Refusal>) {
        assert_eq!(check(&Article { body: body.to_owned(), ..Article::default() }), expected, "{body}");
    }

    #[test]
    fn an_article_is_arabic_and_long_enough() {
        let sentence =
            "أعلنت الحكومة اليوم أنها ستخفض الضرائب على الشركات الصغيرة في المحافظات الجنوبية كلها.";
        refusal("", Err(Refusal::Empty));
        refusal("🙂 12 … 🙂", Err(Refusal::Empty));
        refusal(
            "The government said today that it would cut taxes on small companies.",
            Err(Refusal::NotArabic),
        );
        refusal(&[sentence; 2].join(" "), Err(Refusal::TooShort));
        refusal("قال نعم. وقال لا. وقال ربما.", Err(Refusal::TooShort));
        refusal("قال الوزير نعم. وقال النائب لا. وقال الرئيس ربما.", Err(Refusal::TooShort));
        refusal(&[sentence; 5].join("\n"), Ok(()));
        refusal(&"الحكومة تعلن خفض الضرائب ".repeat(40), Ok(()));
    }

    #[test]
    fn a_text_of_marks_is_more_than_any_article() {
        let words = "أعلنت الحكومة اليوم أنها ستخفض الضرائب على الشركات";
        let lines = |marks: usize| {
            let line = format!("{words}{}\n", "!".repeat(marks));
            line.repeat(LARGEST_TEXT / line.len())
        };
        refusal(&lines(1), Ok(()));
        refusal(&lines(300), Err(Refusal::TooComplex));
    }
}
