//! Mentions: where the text names a person, a body, a country or a place.
//!
//! Who is named is the tagger's to say ([`tagged`]); how far a body's name goes is weighed again ([`extent`]); the lists
//! ([`listed`]) add countries by name and nationality, and bodies that it passes over. What is named only in doubt is a mention all the same: what stands in the article for each
//! entity together decides whether there is one (`participants::judge`).

use std::ops::Range;

use foldhash::HashSet;

use super::dateline;
use super::morphology::{self, Nameness, TokenAnalysis};
use super::tagger::EntityKind;
use crate::text::lexicon::WordClass;
use crate::text::{Document, Span};

pub mod extent;
pub mod listed;
pub mod tagged;

use extent::{Extents, Start};
use tagged::Sight;

/// How a country is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By its name: «فرنسا».
    Name,
    /// By its capital, where a city would do the same things: «باريس».
    Capital,
    /// By its nationality word: «الفرنسي».
    Nationality,
}

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A human being.
    Person,
    /// An organization; its row in the list of bodies, 0 where it is not listed.
    Organization(u16),
    /// A country by its row in the list.
    Country(u16, Naming),
    /// A city, a region, a building.
    Place,
}

/// A place in the text that names something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Its tokens, as a range of the document's.
    pub tokens: Range<usize>,
    /// Its words, without a clitic at the front.
    pub span: Span,
    /// What it names.
    pub kind: Kind,
    /// How surely the tagger sees it so (see [`Sight::support`]).
    pub support: f32,
}

impl Mention {
    /// The mention over `tokens`, the clitic of the first left out.
    #[must_use]
    pub fn new(analyses: &[TokenAnalysis<'_>], tokens: Range<usize>, kind: Kind) -> Self {
        let span = Span::new(analyses[tokens.start].start, analyses[tokens.end - 1].span.end);
        Self { tokens, span, kind, support: 0.0 }
    }
}

/// The tokens of a person without the noun that belongs to the title before: «مدير الجمارك \[ماهر الصالح\]», but «مدير \[الحسن بن علي\]».
fn without_governed_noun(analyses: &[TokenAnalysis<'_>], tokens: Range<usize>) -> Range<usize> {
    let (first, rest) = (&analyses[tokens.start], tokens.start + 1..tokens.end);
    let title = tokens.start.checked_sub(1).map(|at| &analyses[at]);
    let governs = title.is_some_and(|word| word.head.is_some() && !word.is_definite());
    let is_noun =
        first.is_definite() && first.evidence.given == 0 && first.evidence.surname < first.evidence.documents;
    let names = rest.len() > 1 && analyses[rest.start].evidence.given >= GIVEN;
    if governs && is_noun && names { rest } else { tokens }
}

/// The tokens of a person with the word behind them that tells which of two of one name it is: «\[دونالد ترامب الابن\]», but not
/// «\[سامي الحداد\] الأب لثلاثة أطفال».
fn with_epithet(analyses: &[TokenAnalysis<'_>], tokens: Range<usize>) -> Range<usize> {
    let here = |at: usize| analyses.get(at).filter(|l| l.sentence == analyses[tokens.start].sentence);
    let told = here(tokens.end).is_some_and(|word| WordClass::Generation.contains(word.key));
    let of_others = here(tokens.end + 1).is_some_and(|next| next.preposition == Some('ل'));
    tokens.start..tokens.end + usize::from(told && !of_others)
}

/// A word that this many lists or more have as a given name, as a logarithm.
const GIVEN: u8 = 4;

/// The listed body that begins with the token at `start`. Listed mentions stand in order, and none overlap.
#[must_use]
pub fn body_at(listed: &[Mention], start: usize) -> Option<&Mention> {
    let mention = &listed[listed.binary_search_by_key(&start, |m| m.tokens.start).ok()?];
    matches!(mention.kind, Kind::Organization(_)).then_some(mention)
}

/// All mentions, in source order; none overlap but for nationality words inside bodies.
#[must_use]
pub fn find<'d>(document: &'d Document, analyses: &mut [TokenAnalysis<'d>], sight: &Sight) -> Vec<Mention> {
    let people = || sight.spans.iter().chain(&sight.doubtful).filter(|span| span.kind == EntityKind::Person);
    let inside = people().flat_map(|span| &analyses[span.tokens.start + 1..span.tokens.end]);
    let inside: HashSet<&str> = inside.filter(|word| word.is_word()).map(|word| word.key).collect();
    morphology::settle_names(document, analyses, people().map(|span| span.tokens.start), |word| {
        inside.contains(word)
    });
    let analyses = &*analyses;
    let listed = listed::find(analyses);
    let mut mentions = Vec::with_capacity(listed.len() + sight.spans.len() + sight.doubtful.len());
    let mut taken = vec![Taken::Free; analyses.len()];
    let mut add = |mention: Mention, as_what: Taken| {
        let free = taken[mention.tokens.clone()].iter().all(|t| *t == Taken::Free);
        if free {
            taken[mention.tokens.clone()].fill(as_what);
            mentions.push(mention);
        }
    };
    let extents = Extents::new(analyses, sight);
    let is_country = |tokens: &Range<usize>| {
        let from = listed.partition_point(|m| m.tokens.end <= tokens.start);
        let inside = listed[from..].iter().take_while(|m| m.tokens.start < tokens.end);
        inside.into_iter().any(|m| matches!(m.kind, Kind::Country(..)))
    };
    let both =
        sight.spans.iter().map(|span| (span, true)).chain(sight.doubtful.iter().map(|span| (span, false)));
    let mut later = Vec::new();
    for (span, is_sure) in both {
        let Some(tokens) = without_marks(analyses, span.tokens.clone()) else { continue };
        let (mention, as_what) = match span.kind {
            EntityKind::Person => {
                let tokens = with_epithet(analyses, without_governed_noun(analyses, tokens));
                (Mention::new(analyses, tokens, Kind::Person), Taken::Person)
            }
            EntityKind::Organization => {
                let known = body_at(&listed, tokens.start);
                let end = extents.end(Start {
                    at: tokens.start,
                    tagged: tokens.end,
                    listed: known.map(|known| known.tokens.end),
                });
                let same = known.filter(|known| known.tokens.end == end);
                let new = || Mention::new(analyses, tokens.start..end, Kind::Organization(0));
                (same.cloned().unwrap_or_else(new), Taken::Body)
            }
            EntityKind::Location if is_sure && !is_country(&tokens) => {
                (Mention::new(analyses, tokens, Kind::Place), Taken::Place)
            }
            EntityKind::Location | EntityKind::Misc => continue,
        };
        if is_sure { add(mention, as_what) } else { later.push((mention, as_what)) }
    }
    for mention in listed.iter().filter(|m| matches!(m.kind, Kind::Organization(_))) {
        add(mention.clone(), Taken::Body);
    }
    for (mention, as_what) in later {
        add(mention, as_what);
    }
    for tokens in repeats(analyses, sight) {
        add(Mention::new(analyses, tokens, Kind::Person), Taken::Person);
    }
    let datelines = datelines(document);
    let is_in_dateline = |at: usize| {
        let before = datelines.partition_point(|dateline| dateline.start <= at);
        before.checked_sub(1).is_some_and(|last| datelines[last].contains(&at))
    };
    for mention in listed {
        let is_free = taken[mention.tokens.start] != Taken::Person && !is_in_dateline(mention.tokens.start);
        if matches!(mention.kind, Kind::Country(..)) && is_free {
            mentions.push(mention);
        }
    }
    for mention in &mut mentions {
        let kind = match mention.kind {
            Kind::Person => EntityKind::Person,
            Kind::Organization(_) => EntityKind::Organization,
            _ => EntityKind::Location,
        };
        mention.support = sight.support(mention.tokens.clone(), kind);
    }
    mentions.sort_by_key(|m| (m.tokens.start, m.tokens.end));
    mentions
}

/// The tokens of the datelines that paragraphs begin with, in order: «دبي، \[الإمارات العربية المتحدة\] (CNN)—» does not make the country take part.
fn datelines(document: &Document) -> Vec<Range<usize>> {
    let sentences = document.sentences();
    let opens = |at: &usize| *at == 0 || sentences[at - 1].paragraph != sentences[*at].paragraph;
    let dateline = |at: usize| {
        let start = sentences[at].tokens.start;
        Some(start..start + dateline::length(document.tokens_of(&sentences[at]))?)
    };
    (0..sentences.len()).filter(opens).filter_map(dateline).collect()
}

/// `tokens` without marks at their ends, if a word is left.
fn without_marks(analyses: &[TokenAnalysis<'_>], tokens: Range<usize>) -> Option<Range<usize>> {
    let mut words = tokens.filter(|&at| analyses[at].is_word());
    let first = words.next()?;
    Some(first..words.next_back().unwrap_or(first) + 1)
}

/// Family names alone of people who are named in full, where the tagger sees nothing: «بلينكن», «العبادي».
fn repeats(analyses: &[TokenAnalysis<'_>], sight: &Sight) -> Vec<Range<usize>> {
    let full = sight.spans.iter().filter(|span| span.kind == EntityKind::Person && span.tokens.len() > 1);
    let family = |tokens: &Range<usize>| analyses[tokens.clone()].iter().rev().find(|word| word.is_word());
    let known: HashSet<&str> = full
        .filter_map(|span| family(&span.tokens))
        .filter(|word| word.stem.chars().count() > 2)
        .filter(|word| word.nameness == Nameness::Strong || word.evidence.documents < COMMON)
        .map(|word| &*word.stem)
        .collect();
    let again = |at: &usize| known.contains(&*analyses[*at].stem) && analyses[*at].is_word();
    (0..analyses.len()).filter(again).map(|at| at..at + 1).collect()
}

/// A word that so many articles have, as a power of 2, is no family name that is found by itself.
const COMMON: u8 = 9;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Free,
    Person,
    Body,
    Place,
}
