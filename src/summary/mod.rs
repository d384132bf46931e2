//! The summary: which pieces of which sentences. Pure.
//!
//! 1. [`terms`], [`words`]: content words by stem, and what each word is in its clause;
//! 2. [`features`]: what is measured of each sentence;
//! 3. [`rank`]: what each is worth, as editors choose;
//! 4. [`eligible`], [`coherence`]: what may be shown, alone or with what it leans on;
//! 5. [`clause`], [`forbid`], [`cut`]: where a sentence can be cut, must not be cut, and is best cut;
//! 6. [`select`]: the best pieces under the budget;
//! 7. [`quotes`]: the quotations that stand behind them.

pub mod clause;
pub mod coherence;
pub mod cut;
pub mod eligible;
pub mod features;
pub mod forbid;
mod measure;
pub mod openers;
pub mod quotes;
pub mod rank;
pub mod select;
pub mod terms;
pub mod words;

use std::ops::Range;

use coherence::Cause;
use cut::Piece;
use eligible::Barrier;
use features::{Features, Known};
use select::{Limits, Pool};
use terms::Terms;
use words::{Word, count_words};

use crate::facts::Facts;
use crate::text::{Document, Span, one_line};

/// How long a summary is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Length {
    /// Two bullets.
    Short,
    /// Three bullets.
    #[default]
    Medium,
    /// Six bullets.
    Long,
}

/// What bounds a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// Bullets for a chat.
    Length(Length),
    /// As many words as fit, never more; one sentence is always allowed.
    Words(usize),
}

/// One bullet of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Index of its sentence in the document.
    pub sentence: usize,
    /// Where it stands in the text: a piece of its sentence.
    pub span: Span,
    /// Its words, on one line.
    pub text: String,
}

/// Chooses the pieces that tell `document`, in source order but for one that is too long and cannot be cut: it stands last.
#[must_use]
pub fn summarize(document: &Document, facts: &Facts, budget: Budget) -> Vec<Chosen> {
    Measured::new(document, facts).choose(document, facts, budget)
}

/// What is measured of a document and its facts, whatever is then asked of it: a summary of any length is chosen from it.
#[derive(Clone, Debug)]
pub struct Measured {
    reading: Reading,
    /// What was measured of each sentence.
    pub features: Vec<Features>,
    /// What each is worth, 0 to 1.
    pub worth: Vec<f32>,
    /// Why a sentence may not be shown, where it may not.
    pub barriers: Vec<Option<Barrier>>,
}

impl Measured {
    /// Measures the sentences of `document`, of which `facts` are known.
    #[must_use]
    pub fn new(document: &Document, facts: &Facts) -> Self {
        let reading = Reading::new(document);
        let features = features::extract(&reading.known(document, facts));
        let worth = features.iter().map(rank::worth).collect();
        let barriers = eligible::barriers(document, &reading.terms, &reading.lengths);
        Self { reading, features, worth, barriers }
    }

    /// All that is known of the document that was measured.
    #[must_use]
    pub fn known<'a>(&'a self, document: &'a Document, facts: &'a Facts) -> Known<'a> {
        self.reading.known(document, facts)
    }

    /// Why each sentence leans on the one before it, where it does.
    #[must_use]
    pub fn leans(&self) -> &[Option<Cause>] {
        &self.reading.leans
    }

    /// Chooses within `budget`, of the document and the facts that were measured.
    #[must_use]
    pub fn choose(&self, document: &Document, facts: &Facts, budget: Budget) -> Vec<Chosen> {
        self.choose_beside(document, facts, budget, &self.barriers)
    }

    /// Chooses `pieces` at most from the sentences that `keep` has, and from no other.
    #[must_use]
    pub fn choose_among(
        &self,
        document: &Document,
        facts: &Facts,
        pieces: usize,
        keep: &[bool],
    ) -> Vec<Chosen> {
        let is_kept = |sentence: usize| keep.get(sentence).is_some_and(|keep| *keep);
        let mut barriers = self.barriers.clone();
        for (_, barrier) in barriers.iter_mut().enumerate().filter(|(sentence, _)| !is_kept(*sentence)) {
            barrier.get_or_insert(Barrier::Known);
        }
        let mut chosen = self.choose_beside(document, facts, Budget::Length(Length::Medium), &barriers);
        chosen.truncate(pieces);
        chosen.retain(|piece| is_kept(piece.sentence));
        chosen
    }

    /// Chooses within `budget` what no one of `barriers` stands before.
    fn choose_beside(
        &self,
        document: &Document,
        facts: &Facts,
        budget: Budget,
        barriers: &[Option<Barrier>],
    ) -> Vec<Chosen> {
        let known = &self.reading.known(document, facts);
        let limits = match budget {
            Budget::Words(most) => Limits {
                pieces: usize::MAX,
                words: most,
                longest: usize::MAX,
                same: SAME_IN_EXTRACT,
                is_whole: true,
            },
            Budget::Length(length) => {
                limits(length, known.lengths.iter().sum(), sentences_of_story(barriers))
            }
        };
        let count = |piece: &Piece| match budget {
            Budget::Words(_) => count_words(document.slice(piece.span)),
            Budget::Length(_) => piece.words,
        };
        let pieces = |sentence| cut::pieces(known, sentence);
        let pool = Pool { known, worth: &self.worth, barriers, count: &count, pieces: &pieces };
        select::select(&pool, limits)
            .into_iter()
            .map(|choice| Chosen {
                sentence: choice.sentence,
                span: choice.piece.span,
                text: one_line(document.slice(choice.piece.span)),
            })
            .collect()
    }

    /// Of each of `items`, ranges of sentences, the first one that can be shown: items of a bulletin, where it tells the news. An item
    /// without any gives none.
    #[must_use]
    pub fn first_of_each(&self, document: &Document, items: &[Range<usize>]) -> Vec<Chosen> {
        let Reading { terms, lengths, .. } = &self.reading;
        let choose = |sentence: usize| {
            let span = document.sentences()[sentence].span;
            Chosen { sentence, span, text: one_line(document.slice(span)) }
        };
        let is_told =
            |sentence: &usize| eligible::barrier(document, terms, *sentence, lengths[*sentence]).is_none();
        // An item may be nothing but the headline of its story.
        let first = |item: &Range<usize>| item.clone().find(is_told).or_else(|| item.clone().next());
        items.iter().filter_map(first).map(choose).collect()
    }
}

/// What is read of a document before its sentences are measured.
#[derive(Clone, Debug)]
pub struct Reading {
    terms: Terms,
    words: Vec<Word>,
    leans: Vec<Option<Cause>>,
    standing: Vec<f32>,
    lengths: Vec<usize>,
}

impl Reading {
    /// Reads `document`.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self {
            terms: Terms::new(document),
            words: words::read(document.tokens()),
            leans: coherence::leans(document),
            standing: coherence::standing(document),
            lengths: document.sentences().iter().map(|s| count_words(document.slice(s.span))).collect(),
        }
    }

    /// All that is known of the document that was read.
    #[must_use]
    pub fn known<'a>(&'a self, document: &'a Document, facts: &'a Facts) -> Known<'a> {
        let Self { terms, words, leans, standing, lengths } = self;
        Known { document, facts, terms, words, leans, standing, lengths }
    }
}

/// Pieces that share this much of their weight are not shown together in an extract of many
/// words: an encyclopaedia names its subject in every sentence, so that much is shared anyway.
const SAME_IN_EXTRACT: f32 = 0.6;

/// The same for the few bullets of a chat: under a standfirst stands a lead that says it again.
const SAME_IN_CHAT: f32 = 0.5;

/// No bullet is longer, unless its sentence cannot be cut.
const LONGEST_BULLET: usize = 32;

/// What suits an article of so many words and sentences: never more than two thirds of it, and not three of four sentences.
fn limits(length: Length, words: usize, sentences: usize) -> Limits {
    let (pieces, most) = match length {
        Length::Short => (2, 45),
        Length::Medium => (3, 90),
        Length::Long => (6, 170),
    };
    Limits {
        pieces: pieces.min((sentences * 3 / 4).max(1)),
        words: most.min(words * 2 / 3),
        longest: LONGEST_BULLET,
        same: SAME_IN_CHAT,
        is_whole: false,
    }
}

/// How many sentences tell the story: what is no sentence, or of another story, does not count.
fn sentences_of_story(barriers: &[Option<Barrier>]) -> usize {
    barriers.iter().filter(|barrier| barrier.is_none()).count()
}

#[cfg(test)]
mod tests;
