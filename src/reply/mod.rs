//! A reply: the lines that show a brief, before any surface gives them its markup. Pure.
//!
//! [`merged`] and [`news`] tell more than one article does, [`today`] lists many, and a [`gist`] is what is left of any of them in three lines. [`html`] writes for Telegram, [`text`] for a terminal,
//! neither with what would do something there ([`plain`]).

mod digits;
pub mod figures;
pub mod gist;
pub mod html;
pub mod merged;
pub mod news;
pub mod plain;
pub mod proof;
pub mod text;
pub mod today;

use std::ops::Range;

use url::Url;

use crate::article::{Article, Published};
use crate::brief::{Brief, Content};
use crate::facts::participants::judge::Candidate;
use crate::facts::{Organization, Person};
use crate::locale::{Language, Locale};
use crate::story::News;
use crate::summary::Chosen;
use crate::text::{Span, one_line};

/// How many figures a reply tells of, at most.
pub const KEY_FIGURES: usize = 6;
/// How many lines of figures stand beside a summary, at most.
const FIGURE_LINES: usize = 4;
/// How many people a reply lists, at most.
const PEOPLE: usize = 8;
/// How many bodies a reply lists, at most.
const ORGANIZATIONS: usize = 6;
/// How many countries a reply lists, at most.
const COUNTRIES: usize = 8;

/// Words an adult reads in a minute of Arabic prose: Trauzettel-Klosinski and Dietz (2012),
/// "Standardized Assessment of Reading Performance: the New International Reading Speed Texts".
const WORDS_PER_MINUTE: usize = 138;

/// What a line is to its reader. Declared from what a reply can least do without to what it can best do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The headline.
    Headline,
    /// Source, date, reading time.
    Meta,
    /// What is new to a chat that was told of the story before.
    New,
    /// A sentence of the summary.
    Sentence,
    /// Who comes first and the first figure, under a single bullet.
    Gist,
    /// What several articles count differently.
    Difference,
    /// A figure and what it counts.
    Figure,
    /// A person and their title.
    Person,
    /// The bodies, all in one line.
    Organizations,
    /// The countries, all in one line.
    Countries,
    /// What a participant said, word for word.
    Quotation,
}

/// One line of a reply, without bullet or markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub role: Role,
    /// Its words.
    pub text: String,
    /// What stands out in them, as bytes of the text, in order.
    pub bold: Vec<Range<usize>>,
    /// Where its own words stand in the article's page, if it has one and they can be told from others there.
    pub proof: Option<Url>,
    /// Whether it begins with the bot's own words and runs as they do: «Bulletin: 6 items».
    pub is_ours: bool,
}

/// The lines of a reply, in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The lines; a heading is not a line, the surface puts it where its section begins.
    pub lines: Vec<Line>,
    /// Where the headline leads.
    pub link: Option<Url>,
    /// Where the heading of what is new leads: to the first answer on the story.
    pub first: Option<String>,
    /// Whether participants and quotations are folded until a reader opens them.
    pub is_folded: bool,
}

/// Which parts of a brief a reply shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parts {
    /// The summary.
    pub summary: bool,
    /// The figures.
    pub figures: bool,
    /// The participants, and what they are quoted with.
    pub participants: bool,
}

impl Default for Parts {
    fn default() -> Self {
        Self { summary: true, figures: true, participants: true }
    }
}

impl Parts {
    /// The summary alone.
    pub const SUMMARY: Self = Self { summary: true, figures: false, participants: false };

    /// Whether they name who is so likely to take part: beside a summary those who are central to the story, by themselves all.
    fn names(self, of: Candidate, likelihood: f32) -> bool {
        !self.summary || of.is_central(likelihood)
    }

    /// Those of them that `brief` has.
    #[must_use]
    pub fn of(self, brief: &Brief) -> Self {
        let facts = &brief.facts;
        let has_participants = !facts.organizations.is_empty()
            || !facts.key_people(PEOPLE).is_empty()
            || !facts.key_countries(COUNTRIES).is_empty();
        Self {
            summary: self.summary && !brief.sentences.is_empty(),
            figures: self.figures && !figures::all(brief).is_empty(),
            participants: self.participants && has_participants,
        }
    }
}

/// How the digits of a reply look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Digits {
    /// As the article writes them.
    #[default]
    AsWritten,
    /// 0123456789.
    Latin,
    /// ٠١٢٣٤٥٦٧٨٩.
    ArabicIndic,
}

/// What a reply shows and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReplyOptions {
    /// Which parts.
    pub parts: Parts,
    /// Which digits.
    pub digits: Digits,
    /// Whether the mark of a line leads to the line's words in the article's page.
    pub is_linked: bool,
}

/// The lines that show `brief`.
#[must_use]
pub fn compose(brief: &Brief, options: ReplyOptions, locale: &Locale) -> Reply {
    compose_with(brief, None, options, locale)
}

/// The same to a chat to which something in it is new.
fn compose_with(brief: &Brief, news: Option<&News>, options: ReplyOptions, locale: &Locale) -> Reply {
    let article = &brief.article;
    let ours = |role, text: String| {
        // «نشرة: 6 أخبار»: the digits of the bot's own words are those of the article's.
        let text = match locale.language() {
            Language::Arabic => digits::write(text, digits::of(&article.body)),
            Language::English => text,
        };
        Line { is_ours: true, ..Line::new(role, text) }
    };
    let headline = match brief.content {
        Content::Bulletin { items } => {
            Some(ours(Role::Headline, locale.count("bulletin", "items", items as u64)))
        }
        Content::Story if article.headline.is_empty() => None,
        Content::Story => Some(Line::new(Role::Headline, article.headline.clone())),
    };
    let mut lines: Vec<Line> =
        headline.into_iter().chain([ours(Role::Meta, meta(article, locale))]).collect();
    let page = if options.is_linked { proof::Page::of(brief) } else { None };
    let new = news.map(|news| news::lines(brief, news, page.as_ref(), locale)).unwrap_or_default();
    let shown = news.map_or(&[][..], |news| &news.pieces);
    let told = told(brief, shown, page.as_ref(), options.parts);
    lines.extend(new.into_iter().chain(told));
    let mut push = |role, text: String| lines.push(Line::new(role, text));
    if options.parts.participants {
        let facts = &brief.facts;
        for person in facts
            .key_people(PEOPLE)
            .into_iter()
            .filter(|person| options.parts.names(Candidate::Person, person.likelihood))
        {
            push(Role::Person, titled(person));
        }
        let separator = format!(" {} ", locale.text("separator"));
        let organizations =
            facts.organizations.iter().filter(|body| options.parts.names(Candidate::Body, body.likelihood));
        let organizations: Vec<String> = organizations.take(ORGANIZATIONS).map(with_short_form).collect();
        if !organizations.is_empty() {
            push(Role::Organizations, organizations.join(&separator));
        }
        let countries = facts.key_countries(COUNTRIES).into_iter();
        let countries: Vec<&str> = countries
            .filter(|country| options.parts.names(Candidate::Country, country.likelihood))
            .map(|c| c.name.as_str())
            .collect();
        if !countries.is_empty() {
            push(Role::Countries, countries.join(&separator));
        }
        for quotation in &brief.quotations {
            let speaker = quotation.speaker.and_then(|speaker| brief.facts.name_of(speaker));
            if let Some(speaker) = speaker {
                let words = brief.document.slice(quotation.span);
                // A quotation may run over lines and paragraphs.
                let words: Vec<&str> = words.split_whitespace().collect();
                push(Role::Quotation, format!("{speaker}: {}", words.join(" ")));
            }
        }
    }
    let lines = lines.into_iter().map(|line| line.with(options.digits)).collect();
    Reply { lines, link: article.url.clone(), first: None, is_folded: options.parts.summary }
}

/// The bullets, but for what is `shown` above them, and the lines of figures, with the key figures in bold.
fn told(brief: &Brief, shown: &[Chosen], page: Option<&proof::Page<'_>>, parts: Parts) -> Vec<Line> {
    let mut lines = Vec::new();
    if parts.summary {
        let is_shown = |span: Span| shown.iter().any(|piece| piece.span.overlaps(span));
        let left = brief.sentences.iter().filter(|piece| !is_shown(piece.span));
        // With what is new above it, a summary is no longer than without.
        let room = brief.sentences.len().saturating_sub(shown.len()).max(1);
        lines.extend(left.take(room).map(|piece| bullet(brief, Role::Sentence, piece, page)));
    }
    if parts.figures {
        let shown = if parts.summary { figures::beside_summary(brief) } else { figures::all(brief) };
        lines.extend(shown.iter().map(|line| figure(brief, line, page)));
    }
    lines
}

/// A clause of the article around its number, which is in bold.
fn figure(brief: &Brief, line: &figures::FigureLine, page: Option<&proof::Page<'_>>) -> Line {
    let text = on_one_line(brief, line.clause);
    let bold = figures::places(&text, brief.document.text(), &[line.clause], &line.numbers);
    let proof = page.and_then(|page| page.link(line.clause));
    Line { bold, proof, ..Line::new(Role::Figure, text) }
}

/// The words of the article at `span`, one space between them.
fn on_one_line(brief: &Brief, span: Span) -> String {
    one_line(brief.document.slice(span))
}

/// A piece of the article, with the key figures in bold.
fn bullet(brief: &Brief, role: Role, piece: &Chosen, page: Option<&proof::Page<'_>>) -> Line {
    Line {
        bold: figures::key_places(brief, &piece.text, piece.span),
        proof: page.and_then(|page| page.link(piece.span)),
        ..Line::new(role, piece.text.clone())
    }
}

impl Line {
    /// A line of the article's words, none of which stands out.
    const fn new(role: Role, text: String) -> Self {
        Self { role, text, bold: Vec::new(), proof: None, is_ours: false }
    }

    /// The line with the digits that a chat wants.
    fn with(self, digits: Digits) -> Self {
        if digits == Digits::AsWritten {
            return self;
        }
        let piece = |range: Range<usize>| digits::write(self.text[range].to_owned(), digits);
        let (mut text, mut bold, mut at) = (String::with_capacity(self.text.len()), Vec::new(), 0);
        for range in &self.bold {
            text.push_str(&piece(at..range.start));
            let start = text.len();
            text.push_str(&piece(range.clone()));
            bold.push(start..text.len());
            at = range.end;
        }
        text.push_str(&piece(at..self.text.len()));
        Self { text, bold, ..self }
    }
}

fn titled(person: &Person) -> String {
    match person.title.as_str() {
        "" => person.name.clone(),
        // Only a country is sure: «سامح شكري (مصر)».
        country if person.role.is_empty() => format!("{} {country}", person.name),
        title => format!("{}: {title}", person.name),
    }
}

/// «حلف شمال الأطلسي (ناتو)».
fn with_short_form(organization: &Organization) -> String {
    match organization.aliases.iter().find(|alias| !organization.name.contains(alias.as_str())) {
        Some(alias) => format!("{} ({alias})", organization.name),
        None => organization.name.clone(),
    }
}

/// How many minutes it takes to read `article`.
#[must_use]
pub fn reading_minutes(article: &Article) -> u64 {
    article.body.split_whitespace().count().div_ceil(WORDS_PER_MINUTE).max(1) as u64
}

fn meta(article: &Article, locale: &Locale) -> String {
    let separator = format!(" {} ", locale.text("separator"));
    let mut parts = [
        source(article),
        article.published.as_ref().map(|published| date(published, locale)),
        Some(locale.count("reading-time", "minutes", reading_minutes(article))),
    ];
    // An Arabic source would pull the number out of «17 March 2020», a Latin one turns an Arabic line around.
    for part in parts.iter_mut().flatten() {
        if locale.language() == Language::English || part.chars().any(|c| c.is_ascii_alphabetic()) {
            *part = format!("\u{2068}{}\u{2069}", part.trim());
        }
    }
    parts.into_iter().flatten().collect::<Vec<_>>().join(&separator)
}

/// Where the article was read: the host («news.example.com»), and of a post the channel («t.me/nahda»). Never the name that a page
/// gives itself, which can be any newspaper's; and no host that is spelt in other letters than people know it by («xn--…»).
#[must_use]
pub fn source(article: &Article) -> Option<String> {
    let url = article.url.as_ref()?;
    let host = article.host.as_deref().or(url.domain())?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    if host.split('.').any(|label| label.starts_with("xn--")) {
        return None;
    }
    let channel = url.path_segments().and_then(|mut parts| parts.next()).filter(|_| host == "t.me");
    Some(channel.map_or_else(|| host.to_owned(), |channel| format!("{host}/{channel}")))
}

fn date(published: &Published, locale: &Locale) -> String {
    let date = published.date;
    let day = locale.number(u64::from(date.day().unsigned_abs()));
    let month = locale.text(&format!("month-{}", date.month()));
    let year = locale.number(u64::from(date.year().unsigned_abs()));
    locale.with("date", &[("day", &day), ("month", &month), ("year", &year)])
}

#[cfg(test)]
mod tests {
    use super::{Digits, Organization, Parts, ReplyOptions, Role, compose, source};
    use crate::article::Article;
    use crate::brief;
    use crate::locale::{Language, Locale};
    use crate::summary::{Budget, Length};

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        let site = Some("صحيفة النهضة".to_owned());
        let article = Article { site, url: url.parse().ok(), ..Article::default() };
        assert_eq!(source(&article).as_deref(), expected, "{url}");
    }

    #[test]
    fn the_source_is_where_it_was_read_whatever_the_page_says() {
        check("https://www.nahda.example/a/1", Some("nahda.example"));
        check("https://news.nahda.example:8443/a/1", Some("news.nahda.example"));
        check("https://t.me/nahda/17?embed=1", Some("t.me/nahda"));
        check("https://النهضة.example/a/1", None);
        check("http://93.184.216.34/a/1", None);
        check("", None);
        let moved = Article {
            url: "https://news.example.com/a".parse().ok(),
            host: Some("sites.example.com".to_owned()),
            ..Article::default()
        };
        assert_eq!(source(&moved).as_deref(), Some("sites.example.com"));
    }

    #[test]
    fn a_summary_names_who_is_central_and_participants_by_themselves_are_all() {
        let body = "أعلنت شركة الأفق في الأردن أن المصنع سيفتح أبوابه الأسبوع المقبل بعد عامين من العمل. وقال مديرها عامر الخصاونة إن \
            المصنع سيوفر الكهرباء للمدن المجاورة كلها.";
        let article = Article { body: body.to_owned(), ..Article::default() };
        let mut brief = brief::read(article).compose(Budget::Length(Length::Medium));
        let organization = |name: &str, likelihood| Organization {
            name: name.to_owned(),
            aliases: Vec::new(),
            mentions: Vec::new(),
            salience: 1.0,
            likelihood,
        };
        brief.facts.organizations = vec![organization("شركة الأفق", 0.9), organization("الأمم المتحدة", 0.45)];
        let bodies = |parts| {
            let options = ReplyOptions { parts, ..ReplyOptions::default() };
            let reply = compose(&brief, options, Locale::of(Language::Arabic));
            reply.lines.into_iter().find(|line| line.role == Role::Organizations).map(|line| line.text)
        };
        assert_eq!(bodies(Parts::default()).as_deref(), Some("شركة الأفق"));
        let alone = Parts { summary: false, ..Parts::default() };
        assert_eq!(bodies(alone).as_deref(), Some("شركة الأفق · الأمم المتحدة"));
    }

    #[test]
    fn lines_are_linked_where_that_is_wanted_and_there_is_a_page() {
        let body = "أعلنت وزارة المياه في الأردن أن السدود الثلاثة امتلأت بعد أمطار الأسبوع الماضي كلها. وقال الوزير عامر الخصاونة إن \
            12 سداً آخر ستبنى في المحافظات الجنوبية قبل نهاية العام المقبل.";
        let links = |url: Option<&str>, is_linked| {
            let article = Article {
                headline: "السدود تمتلئ".to_owned(),
                body: body.to_owned(),
                url: url.map(|url| url.parse().expect("an address")),
                ..Article::default()
            };
            let brief = brief::read(article).compose(Budget::Length(Length::Medium));
            let options = ReplyOptions { is_linked, digits: Digits::Latin, ..ReplyOptions::default() };
            let reply = compose(&brief, options, Locale::of(Language::Arabic));
            assert!(reply.lines.iter().any(|line| line.role == Role::Sentence));
            reply.lines.iter().filter(|line| line.proof.is_some()).count()
        };
        assert!(links(Some("https://nahda.example/a"), true) > 0);
        assert_eq!(links(Some("https://nahda.example/a"), false), 0);
        assert_eq!(links(None, true), 0);
    }
}
