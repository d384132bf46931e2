//! Articles: from a web page or a pasted text to a headline and clean paragraphs. Pure.

use url::Url;

/// A news article without the clutter that stood around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The headline, without the site's name; empty where none was found.
    pub headline: String,
    /// The body, one paragraph on each line.
    pub body: String,
    /// The page's canonical address, if it came from a page.
    pub url: Option<Url>,
    /// The name of the site («الجزيرة»), if the page tells it.
    pub site: Option<String>,
    /// The author, if the page names a person.
    pub byline: Option<String>,
    /// When it was published, as the page tells it.
    pub published: Option<Published>,
    /// The language of the body as a BCP 47 tag (`ar`, `en`…), if it is known.
    pub language: Option<String>,
}

/// A date of publication, with as much of the clock as the page gives. Nothing is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: jiff::civil::Date,
    /// The time of day, if the page gives one.
    pub time: Option<jiff::civil::Time>,
    /// The time zone's offset from UTC, if the page gives one.
    pub offset: Option<jiff::tz::Offset>,
}

/// Why an input is not an article that can be summarised. The words for people are in the locale files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
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
    /// A PDF whose pages are pictures.
    #[error("the PDF holds no text, only pictures")]
    ScannedPdf,
    /// The markup is larger or deeper than is ever parsed.
    #[error("the page is too large or too deeply nested to read")]
    TooComplex,
}
