//! Which sentences may be shown at all, and with which others.

use std::fmt;
use std::ops::Range;

use super::coherence::{self, Cause, Lean};
use super::select::Bundle;
use super::terms::{Terms, ratio};
use crate::text::stories;
use crate::text::{Document, Token, TokenKind};

/// Why a sentence may not be shown, whatever it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// A heading, a list line, a row of a table, a caption: it is not a sentence.
    Heading,
    /// It says what the headline says and no more.
    Headline,
    /// A quotation opens in it and closes elsewhere, or the other way round.
    HalfQuotation,
    /// Its meaning hangs on a sentence that cannot be shown.
    Dangling,
    /// It belongs to other news in the same text.
    OtherStory,
}

impl fmt::Display for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heading => "a heading",
            Self::Headline => "the headline again",
            Self::HalfQuotation => "half a quotation",
            Self::Dangling => "leans on what cannot be shown",
            Self::OtherStory => "another story",
        })
    }
}

/// Sentences with fewer words are not shown.
const MIN_WORDS: usize = 4;

/// A line without a full stop is a heading up to so many words.
const HEADING_WORDS: usize = 10;

/// How many sentences one may bring along.
const MAX_BUNDLE: usize = 3;

/// What may be chosen from `document`, and why the rest may not. Linear.
#[must_use]
pub fn bundles(document: &Document, terms: &Terms, words: &[usize]) -> (Vec<Bundle>, Vec<Option<Barrier>>) {
    let leans = coherence::leans(document);
    let story = stories::main_story(document);
    let mut barriers: Vec<Option<Barrier>> = (0..words.len())
        .map(|i| {
            if story.contains(&i) { barrier(document, terms, i, words[i]) } else { Some(Barrier::OtherStory) }
        })
        .collect();
    let mut bundles = Vec::with_capacity(words.len());
    for root in 0..words.len() {
        if barriers[root].is_some() {
            continue;
        }
        match together(&leans, root).filter(|with| with.clone().all(|i| barriers[i].is_none())) {
            Some(with) => bundles.push(Bundle { root, members: with.collect() }),
            None if leans[root].as_ref().is_some_and(|l| l.cause == Cause::Unbalanced) => {
                barriers[root] = Some(Barrier::HalfQuotation);
            }
            None => barriers[root] = Some(Barrier::Dangling),
        }
    }
    (bundles, barriers)
}

/// All that must be shown with `root`, what its companions lean on included; `None` where nothing
/// mends one of them or where it would be too much.
fn together(leans: &[Option<Lean>], root: usize) -> Option<Range<usize>> {
    let mut with = root..root + 1;
    loop {
        let mut wider = with.clone();
        for lean in leans[with.clone()].iter().flatten() {
            if !lean.can_be_mended() {
                return None;
            }
            wider = wider.start.min(lean.with.start)..wider.end.max(lean.with.end);
        }
        if wider == with {
            return Some(with);
        }
        if wider.len() > MAX_BUNDLE {
            return None;
        }
        with = wider;
    }
}

/// Why sentence `index`, of so many `words`, may not be shown whatever stands around it.
pub(super) fn barrier(document: &Document, terms: &Terms, index: usize, words: usize) -> Option<Barrier> {
    let tokens = document.tokens_of(&document.sentences()[index]);
    if document.is_row(index)
        || words < MIN_WORDS
        || (words <= HEADING_WORDS && !ends_like_a_sentence(tokens))
    {
        return Some(Barrier::Heading);
    }
    let own = terms.of(index);
    let in_title: f32 = own.iter().filter(|&&t| terms.in_title(t)).map(|&t| terms.weight(t)).sum();
    let all = terms.weight_of(own) + terms.title_weight() - in_title;
    (ratio(in_title, all) > 0.8).then_some(Barrier::Headline)
}

/// Whether the last mark, closing quotation marks aside, ends a sentence.
fn ends_like_a_sentence(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .rev()
        .find(|t| !matches!(t.kind, TokenKind::Mark('"' | '”' | '“' | '»' | ')' | '\'')))
        .is_some_and(|t| matches!(t.kind, TokenKind::Mark('.' | '!' | '؟' | '?' | '…')))
}
