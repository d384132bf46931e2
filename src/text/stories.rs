//! Several stories in one text: where the main story stands, and whether there is one at all.
//!
//! News sites put the leads of other stories under an article, digests go on with «وفي خبر آخر»,
//! and some pages are nothing but headlines. A summary is of the main story only, and so are its participants.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::edge;
use super::frequency::{DocumentFrequencies, idf};
use super::lexicon::WordClass;
use super::phrase::PhraseTable;
use super::stem::stem;
use super::stopwords::is_stop_word;
use super::token::tokenize;
use super::{Document, Span, Token, TokenKind};

/// What kind of text a document is, as far as a summary of it goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// It tells a story, see [`Document::story`].
    Story,
    /// A list of headlines: each line another story, none of them told.
    Headlines,
    /// Several stories, each told in a few sentences: the sentences of each.
    Bulletin(Vec<Range<usize>>),
}

/// Whether `document` tells a story, lists headlines, or goes through several pieces of news.
#[must_use]
pub fn shape(document: &Document) -> Shape {
    let mut parts = parts(document);
    let announced =
        is_roundup(document.headline()) || parts.first().is_some_and(|part| part.is_announcement(document));
    parts.retain(|part| part.words >= MIN_HEADLINE_WORDS && !(announced && part.is_announcement(document)));
    // «مجلس الوزراء في جلسته الأسبوعية:» what follows is one meeting's, however it is listed.
    let introduced = document
        .sentences()
        .first()
        .is_some_and(|first| document.tokens_of(first).last().is_some_and(|token| token.is_mark(':')));
    if introduced && !announced {
        return Shape::Story;
    }
    if is_headlines(document, &parts, announced) {
        return Shape::Headlines;
    }
    let items = items(document, &parts);
    if is_bulletin(document, &items, announced) {
        let sentences =
            items.iter().filter_map(|item| Some(item.first()?.sentences.start..item.last()?.sentences.end));
        return Shape::Bulletin(sentences.collect());
    }
    Shape::Story
}

/// Whether nearly all `parts` are headlines of stories that have nothing to do with each other.
fn is_headlines(document: &Document, parts: &[Part<'_>], announced: bool) -> bool {
    let lines = parts.iter().filter(|part| part.is_headline(document)).count();
    if lines < MIN_HEADLINES || lines * 100 < parts.len() * HEADLINES_PERCENT {
        return false;
    }
    let words: usize = parts.iter().map(|part| part.words).sum();
    let shared = parts.windows(2).filter(|pair| pair[0].share_of(pair[1].terms()) > RELATED).count();
    let going_on = parts.iter().skip(1).filter(|part| part.is_going_on()).count();
    words >= parts.len() * MIN_MEAN_WORDS
        && shared * 3 <= parts.len()
        && (announced || going_on * 5 <= parts.len())
        && (announced || !has_items(document) || document.headline().is_empty())
}

/// Whether `line` says that what follows goes through the news: «نشرة المساء», «عناوين الصحف الصادرة اليوم».
#[must_use]
pub fn is_roundup(line: &str) -> bool {
    let tokens = tokenize(line);
    (0..tokens.len()).any(|at| ROUNDUP_TABLE.opening(&tokens[at..]).is_some())
}

static ROUNDUP_TABLE: LazyLock<PhraseTable<()>> =
    LazyLock::new(|| PhraseTable::new(WordClass::Roundup.words().map(|phrase| (phrase, ()))));

/// Items of fewer are no bulletin, and where no headline announces it, of fewer than one more.
const MIN_ITEMS: usize = 3;
/// A told item has at least so many words.
const MIN_TOLD_WORDS: usize = 7;
/// So many of a hundred items have to be told.
const TOLD_PERCENT: usize = 70;
/// A word that stands in so many of a hundred items is what all of them are about.
const COMMON_PERCENT: usize = 60;
/// Stems with a lower idf stand in news of any kind.
const EVERYDAY: f32 = 2.0;

/// Whether empty lines part the text: a list's items, where it was pasted.
fn has_items(document: &Document) -> bool {
    document.paragraphs().windows(2).any(|pair| is_gap(document, pair[0], pair[1]))
}

fn is_gap(document: &Document, before: Span, after: Span) -> bool {
    Span::new(before.end, after.start).of(document.text()).matches('\n').count() > 1
}

/// The paragraphs of each item: those between empty lines, or else each for itself; a headline and what is told below it are one.
fn items<'a, 'd>(document: &Document, parts: &'a [Part<'d>]) -> Vec<&'a [Part<'d>]> {
    let parted = has_items(document);
    let span = |part: &Part<'_>| document.sentences()[part.sentences.start].span;
    let is_headline = |part: &Part<'_>| !part.is_told(document);
    parts
        .chunk_by(|one, two| {
            let under = is_headline(one) && !is_headline(two) && one.share_of(two.terms()) > RELATED;
            under || parted && !is_gap(document, last_span(document, one), span(two))
        })
        .collect()
}

fn last_span(document: &Document, part: &Part<'_>) -> Span {
    document.sentences()[part.sentences.end.saturating_sub(1)].span
}

/// Whether `items` are told pieces of news that have nothing to do with each other. Where a headline tells what they are about, or
/// no list was made of them, only what announces news makes them a bulletin.
fn is_bulletin(document: &Document, items: &[&[Part<'_>]], announced: bool) -> bool {
    let is_listed = has_items(document) && document.headline().is_empty();
    if items.len() < MIN_ITEMS + usize::from(!announced) || !(announced || is_listed) {
        return false;
    }
    let told = items.iter().filter(|item| item.iter().any(|part| part.is_told(document))).count();
    let going_on = items.iter().skip(1).filter(|item| item[0].is_going_on()).count();
    let terms: Vec<BTreeSet<&str>> =
        items.iter().map(|item| item.iter().flat_map(Part::terms).copied().collect()).collect();
    let shared = items
        .windows(2)
        .zip(terms.windows(2))
        .filter(|(items, terms)| items[1].iter().any(|part| part.share_of(&terms[0]) > RELATED))
        .count();
    let is_common = |term: &&str| {
        idf(term) > EVERYDAY
            && terms.iter().filter(|terms| terms.contains(*term)).count() * 100 > items.len() * COMMON_PERCENT
    };
    told * 100 >= items.len() * TOLD_PERCENT
        && going_on * 5 <= items.len()
        && shared * 4 <= items.len()
        && (announced || !terms.iter().flatten().any(is_common))
}

/// The sentences of the main story of `document`, for [`Document::story`]: all of them where it tells one story only.
///
/// Where the text goes over to other news («وفي خبر آخر»), the part that the headline is about, or
/// else the first; without the leads of other stories at its end.
pub(super) fn main_story(document: &Document) -> Range<usize> {
    let parts = parts(document);
    let story = part_of_headline(document, &parts);
    let end = without_teasers(document, &parts[story.clone()]) + story.start;
    let first = parts.get(story.start).map_or(0, |part| part.sentences.start);
    let last = parts[..end].last().map_or(0, |part| part.sentences.end);
    first..last.max(first)
}

/// A text of fewer lines is no list of headlines.
const MIN_HEADLINES: usize = 4;
/// So many of a hundred lines have to be headlines.
const HEADLINES_PERCENT: usize = 80;
/// A shorter line is a label: the name of a paper, a section.
const MIN_HEADLINE_WORDS: usize = 3;
/// Lines that are shorter than this on average are verses or names.
const MIN_MEAN_WORDS: usize = 5;
/// A longer line is a paragraph.
const MAX_HEADLINE_WORDS: usize = 16;
/// Two paragraphs that share more of their weight than this are about one thing.
const RELATED: f32 = 0.2;

static SWITCH_TABLE: LazyLock<PhraseTable<()>> =
    LazyLock::new(|| PhraseTable::new(WordClass::StorySwitch.words().map(|phrase| (phrase, ()))));

/// A paragraph.
struct Part<'d> {
    sentences: Range<usize>,
    tokens: &'d [Token],
    words: usize,
    /// What it is about, once that is asked for; in order, so that weights always sum up alike.
    terms: OnceCell<BTreeSet<&'d str>>,
}

fn parts(document: &Document) -> Vec<Part<'_>> {
    let paragraphs = document.sentences().chunk_by(|a, b| a.paragraph == b.paragraph);
    let mut first = 0;
    paragraphs
        .map(|sentences| {
            let from = sentences.first().map_or(0, |sentence| sentence.tokens.start);
            let until = sentences.last().map_or(0, |sentence| sentence.tokens.end);
            let tokens = &document.tokens()[from..until];
            let words = tokens.iter().filter(|token| token.is_word()).count();
            let sentences = first..first + sentences.len();
            first = sentences.end;
            Part { sentences, tokens, words, terms: OnceCell::new() }
        })
        .collect()
}

/// The stems of the words that carry matter.
fn terms(tokens: &[Token]) -> impl Iterator<Item = &str> {
    let words = tokens.iter().filter(|token| token.is_word() && !is_stop_word(&token.key));
    words.map(|token| stem(&token.key)).filter(|stem| stem.chars().nth(1).is_some())
}

impl<'d> Part<'d> {
    fn terms(&self) -> &BTreeSet<&'d str> {
        self.terms.get_or_init(|| terms(self.tokens).collect())
    }

    /// How much of the weight of this paragraph stands in `others` as well.
    fn share_of(&self, others: &BTreeSet<&str>) -> f32 {
        let weight = |terms: &mut dyn Iterator<Item = &&str>| terms.map(|term| idf(term)).sum::<f32>();
        let shared = weight(&mut self.terms().iter().filter(|term| others.contains(**term)));
        shared / weight(&mut self.terms().iter()).max(1.0)
    }

    /// A short line without a stop, which does not open as what is told: «ارتفاع أسعار القمح في الأسواق العالمية».
    fn is_headline(&self, document: &Document) -> bool {
        let last = document.sentences()[self.sentences.clone()].last();
        let ends = last.and_then(|sentence| document.tokens_of(sentence).last());
        let has_stop = ends.is_some_and(|token| matches!(token.kind, TokenKind::Mark('.' | '…' | ':')));
        let is_told = || edge::is_told(document.slice(document.sentences()[self.sentences.start].span));
        self.sentences.len() == 1
            && !has_stop
            && !is_told()
            && (MIN_HEADLINE_WORDS..=MAX_HEADLINE_WORDS).contains(&self.words)
    }

    /// Whether it announces what follows: «أبرز أخبار اليوم:».
    fn is_announcement(&self, document: &Document) -> bool {
        let mut sentences = document.sentences()[self.sentences.clone()].iter();
        self.words <= MAX_HEADLINE_WORDS
            && sentences.any(|sentence| is_roundup(document.slice(sentence.span)))
    }

    /// Whether it tells something: a sentence with its stop, or more words than a headline has.
    fn is_told(&self, document: &Document) -> bool {
        self.words > MAX_HEADLINE_WORDS || self.words >= MIN_TOLD_WORDS && !self.is_headline(document)
    }

    /// Whether it reads like the first paragraph of a story: no «و», no link, not too short.
    fn is_start_of_story(&self) -> bool {
        self.words >= MIN_LEAD_WORDS && !self.is_going_on()
    }

    fn is_going_on(&self) -> bool {
        self.tokens.first().is_some_and(is_going_on)
    }

    /// Whether it opens as a lead may and what goes on may too: «من مدينة موناكو بدأ …», «في 28 سبتمبر …».
    fn opens_with_place(&self) -> bool {
        let first = self.tokens.first();
        self.words >= MIN_LEAD_WORDS && first.is_some_and(|first| matches!(&*first.key, "في" | "من"))
    }

    /// Whether it names what the headline names: a stem of it that not every article holds.
    fn has_name_of(&self, headline: &BTreeSet<&str>) -> bool {
        self.terms().iter().any(|term| headline.contains(term) && idf(term) > TELLING)
    }
}

/// Whether a paragraph with this first token goes on with what stands before: «وقال», «كما», «2-».
fn is_going_on(first: &Token) -> bool {
    let is_text = first.is_word() || matches!(first.kind, TokenKind::Mark('"' | '“' | '«'));
    !is_text || WordClass::ContinuedParagraph.contains(&first.key) || has_conjunction(&first.key)
}

/// A shorter paragraph is no lead.
const MIN_LEAD_WORDS: usize = 12;

/// «وقال», «فقد»; not «وزير», «فرنسا»: of those the rest is no word that the news know.
fn has_conjunction(key: &str) -> bool {
    let frequencies = DocumentFrequencies::words();
    key.strip_prefix(['و', 'ف']).is_some_and(|rest| {
        rest.chars().nth(1).is_some() && frequencies.count(rest) > frequencies.count(key) * KNOWN_REST
    })
}

/// A word is split where the rest is at least this often a word of its own.
const KNOWN_REST: f32 = 0.02;

/// Of the stories between switches, the one that the headline is about, or the first.
fn part_of_headline(document: &Document, parts: &[Part<'_>]) -> Range<usize> {
    let mut starts = vec![0];
    for (index, part) in parts.iter().enumerate().skip(1) {
        let sentence = &document.sentences()[part.sentences.start];
        if SWITCH_TABLE.opening(document.tokens_of(sentence)).is_some() {
            starts.push(index);
        }
    }
    if starts.len() == 1 {
        return 0..parts.len();
    }
    let headline: BTreeSet<&str> = terms(document.headline_tokens()).collect();
    let stories = starts.iter().enumerate().map(|(number, &start)| {
        let end = starts.get(number + 1).copied().unwrap_or(parts.len());
        let shared = parts[start..end].iter().flat_map(Part::terms).filter(|term| headline.contains(**term));
        (start..end, shared.copied().collect::<BTreeSet<_>>().len())
    });
    // Of two that are told as well by the headline, the first: later ones need to be clearly better.
    let best = stories.fold((0..parts.len(), 0), |best: (Range<usize>, usize), story| {
        let is_first = story.0.start == 0;
        if is_first || story.1 > best.1 * 2 { story } else { best }
    });
    best.0
}

/// How many of `parts` are left without the leads of other stories at the end.
fn without_teasers<'d>(document: &'d Document, parts: &[Part<'d>]) -> usize {
    let run = |is_lead: &dyn Fn(&Part<'_>) -> bool| {
        parts.iter().skip(2).rev().take(MAX_TEASERS).take_while(|part| is_lead(part)).count()
    };
    let sure = run(&|part| part.is_start_of_story());
    let likely = run(&|part| part.is_start_of_story() || part.opens_with_place());
    let leads = if likely <= FEW_TEASERS { likely } else { sure };
    if leads < MIN_TEASERS {
        return parts.len();
    }
    let headline: BTreeSet<&str> = terms(document.headline_tokens()).collect();
    let first = parts.len() - leads;
    let mut story = headline.clone();
    story.extend(parts[..first].iter().flat_map(Part::terms));
    // The run of leads begins where the first of them shares little with the story before it.
    let begin = (first..parts.len()).find(|&at| {
        let run = &parts[at..];
        let strange =
            run.iter().map(|part| part.share_of(&story)).sum::<f32>() < UNRELATED * run.len() as f32;
        // Leads of several stories share little with each other and with the headline.
        let related = run.windows(2).filter(|pair| pair[1].share_of(pair[0].terms()) > RELATED).count();
        let named = run.iter().filter(|part| part.has_name_of(&headline)).count();
        run.len() >= MIN_TEASERS
            && run[0].is_start_of_story()
            && strange
            && run[0].share_of(&story) < UNRELATED
            && !run[0].has_name_of(&headline)
            && related * 2 < run.len()
            && named * 2 < run.len()
    });
    begin.unwrap_or(parts.len())
}

/// Sites put three or more leads under an article; two may be its own end.
const MIN_TEASERS: usize = 3;
/// In a longer run what opens with a preposition goes on with the article, as answers of an interview do.
const FEW_TEASERS: usize = 6;
/// Of a longer run of leads only the end is looked at.
const MAX_TEASERS: usize = 16;
/// A lead that shares less of its weight than this with the story belongs to another one.
const UNRELATED: f32 = 0.35;
/// A stem with a higher idf stands in fewer than about one article of twenty.
const TELLING: f32 = 3.0;

#[cfg(test)]
mod tests;
