//! Which quotations stand behind a summary: of a speaker who is told, whole, short enough to be shown uncut, and understood
//! without what stands before them.

use super::eligible::Barrier;
use super::{Chosen, Measured, coherence};
use crate::facts::{Facts, Quotation};
use crate::text::quotation::is_balanced;
use crate::text::{Document, Span};

/// How many quotations are shown, at most.
const MOST: usize = 3;

/// How many of them one speaker may have.
const MOST_OF_ONE: usize = 2;

/// How many quotations are looked at, the best first.
const CANDIDATES: usize = 40;

/// How many words a quotation has that says something, and one that a reader reads through.
const WORDS: std::ops::RangeInclusive<usize> = 6..=45;

/// The quotations of `facts` that tell most beside the summary `told`, in source order.
#[must_use]
pub fn choose(document: &Document, facts: &Facts, measured: &Measured, told: &[Chosen]) -> Vec<Quotation> {
    let mut shown: Vec<Span> = told.iter().map(|chosen| chosen.span).collect();
    shown.sort_unstable();
    let tells = |quotation: &&Quotation| {
        quotation.is_whole
            && quotation.speaker.is_some()
            && WORDS.contains(&quotation.words)
            && measured.barriers[quotation.sentence] != Some(Barrier::OtherStory)
            && is_balanced(document.slice(quotation.span))
            && !is_shown(&shown, quotation.span)
            && !is_leaning(document, quotation)
    };
    let mut candidates: Vec<Quotation> = facts.quotations.iter().filter(tells).copied().collect();
    candidates.sort_by(|a, b| {
        measured.worth[b.sentence].total_cmp(&measured.worth[a.sentence]).then(a.span.cmp(&b.span))
    });
    let mut chosen: Vec<(Quotation, &str)> = Vec::new();
    for quotation in candidates.into_iter().take(CANDIDATES) {
        let Some(name) = quotation.speaker.and_then(|speaker| facts.name_of(speaker)) else { continue };
        let of_one = chosen.iter().filter(|(_, other)| *other == name).count();
        if chosen.len() < MOST && of_one < MOST_OF_ONE {
            chosen.push((quotation, name));
        }
    }
    chosen.sort_by_key(|(quotation, _)| quotation.span);
    chosen.into_iter().map(|(quotation, _)| quotation).collect()
}

/// Whether the summary shows the words at `span`, or a part of them; its spans are in source order.
fn is_shown(shown: &[Span], span: Span) -> bool {
    let first = shown.partition_point(|shown| shown.end <= span.start);
    shown.get(first).is_some_and(|shown| shown.overlaps(span))
}

/// Whether what is quoted points at what was said before: «هذا القرار …», «لكنه …».
fn is_leaning(document: &Document, quotation: &Quotation) -> bool {
    let tokens = document.tokens();
    let first = tokens.partition_point(|token| token.span.start < quotation.span.start);
    let last = tokens.partition_point(|token| token.span.end <= quotation.span.end);
    coherence::is_opening_on_another(&tokens[first..last.max(first)])
}

#[cfg(test)]
mod tests;
