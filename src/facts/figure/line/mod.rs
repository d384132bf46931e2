//! The line of a figure: a contiguous clause of at most ten words with the number in its own place, cut from its sentence.
//!
//! Where a clause may be cut is told by the parts of its words ([`cuts`]); a cut that would take away what denies, conditions or
//! compares the number is forbidden by name ([`rules`]); of the rest a small model takes the best ([`features`]), or none.

mod cuts;
mod features;
mod rules;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;

use super::Measured;
use crate::facts::grammar::{self, Part, Word};
use crate::learnt::Learnt;
use crate::learnt::forest::Forest;
use crate::text::edge::{self, Edge};
use crate::text::{Span, Token};

pub use features::names;

/// A sentence with its figures and names.
pub struct Clause<'a> {
    source: &'a str,
    tokens: &'a [Token],
    /// Whether each token belongs to a figure.
    taken: &'a [bool],
    /// The names that stand in the sentence, in order.
    mentions: &'a [Span],
    /// The stems of the headline.
    headline: &'a HashSet<&'a str>,
}

/// A cut of the clause around a figure: its tokens, and where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    tokens: Range<usize>,
    /// What a reader is shown.
    pub span: Span,
}

/// Words around a figure that are read, on either side.
const REACH: usize = 24;

/// The words around one figure, read.
struct Reading<'a> {
    clause: &'a Clause<'a>,
    figure: Range<usize>,
    span: Span,
    first: usize,
    words: Vec<Word>,
    /// How likely sentences are to open and to end with each.
    edges: Vec<Edge>,
    /// The names among them.
    names: Vec<Span>,
}

static MODEL: LazyLock<Forest> = LazyLock::new(|| Forest::parse(Learnt::Lines.text()).unwrap_or_default());

/// A line is shown that is at least so likely without fault in the eyes of a strict editor (`training/JUDGING.md`); what is likelier costs key
/// figures (`training/README.md`).
const SURE: f32 = 0.4;

impl<'a> Clause<'a> {
    /// The sentence of `tokens`; `taken` says which of them belong to figures, `mentions` which names stand there.
    #[must_use]
    pub const fn new(
        source: &'a str,
        tokens: &'a [Token],
        taken: &'a [bool],
        mentions: &'a [Span],
        headline: &'a HashSet<&'a str>,
    ) -> Self {
        Self { source, tokens, taken, mentions, headline }
    }

    /// The line of `figure`; `None` where no cut is good.
    pub(super) fn line(&self, figure: &Measured) -> Option<Span> {
        let scored = self.cuts(figure).into_iter().map(|(cut, values)| (MODEL.probability(&values), cut));
        let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
        (best.0 >= SURE).then_some(best.1.span)
    }

    /// Every cut that is not forbidden, with what is measured of it.
    pub(super) fn cuts(&self, figure: &Measured) -> Vec<(Cut, Vec<f32>)> {
        let reading = Reading::new(self, &figure.candidate);
        let cuts = reading.cuts().into_iter().filter(|cut| !rules::is_forbidden(&reading, cut));
        cuts.map(|cut| (features::of(&reading, &cut, figure), cut))
            .map(|(values, cut)| (cut, values))
            .collect()
    }
}

impl<'a> Reading<'a> {
    fn new(clause: &'a Clause<'a>, figure: &super::Candidate) -> Self {
        let first = figure.tokens.start.saturating_sub(REACH);
        let last = (figure.tokens.end + REACH).min(clause.tokens.len());
        let words = (first..last)
            .map(|at| {
                if clause.taken[at] {
                    Word { part: Part::Number, has_conjunction: clause.tokens[at].key.starts_with('و') }
                } else {
                    grammar::read(clause.source, &clause.tokens[at])
                }
            })
            .collect();
        let edges = clause.tokens[first..last].iter().map(edge::of).collect();
        let around = Span::new(clause.tokens[first].span.start, clause.tokens[last - 1].span.end);
        let from = clause.mentions.partition_point(|name| name.end <= around.start);
        let names =
            clause.mentions[from..].iter().take_while(|name| name.start < around.end).copied().collect();
        Self { clause, figure: figure.tokens.clone(), span: figure.span, first, words, edges, names }
    }

    /// One past the last token that is read.
    fn last(&self) -> usize {
        self.first + self.words.len()
    }

    /// The word at the token `at`, where it is read.
    fn word(&self, at: usize) -> Option<Word> {
        self.words.get(at.checked_sub(self.first)?).copied()
    }

    /// How likely sentences are to open and to end with the word at `at`; nothing is known beyond the sentence.
    fn edge(&self, at: usize) -> Edge {
        at.checked_sub(self.first).and_then(|at| self.edges.get(at)).copied().unwrap_or_default()
    }

    fn part(&self, at: usize) -> Option<Part> {
        self.word(at).map(|word| word.part)
    }

    fn before(&self, at: usize) -> Option<Part> {
        self.part(at.checked_sub(1)?)
    }

    fn key(&self, at: usize) -> &'a str {
        self.clause.tokens.get(at).map_or("", |token| &*token.key)
    }

    /// Whether the token belongs to another figure.
    fn is_other(&self, at: usize) -> bool {
        self.clause.taken.get(at).is_some_and(|taken| *taken) && !self.figure.contains(&at)
    }
}
