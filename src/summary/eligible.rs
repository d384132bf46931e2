//! Which sentences may be shown at all, and with which others.

use super::openers::{self, Opener};
use super::select::Bundle;
use super::terms::{Terms, ratio};
use crate::text::{Document, Token, TokenKind};

/// Why a sentence may not be shown, whatever it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// A heading, a list line, a caption: it is not a sentence.
    Heading,
    /// It says what the headline says and no more.
    Headline,
    /// A quotation opens in it and closes elsewhere, or the other way round.
    HalfQuotation,
    /// Its meaning hangs on a sentence that cannot be shown.
    Dangling,
}

/// Sentences with fewer words are not shown.
const MIN_WORDS: usize = 4;

/// A line without a full stop is a heading up to so many words.
const HEADING_WORDS: usize = 10;

/// How many sentences one may bring along.
const MAX_BUNDLE: usize = 3;

/// What may be chosen from `document`, and why the rest may not.
#[must_use]
pub fn bundles(document: &Document, terms: &Terms, words: &[usize]) -> (Vec<Bundle>, Vec<Option<Barrier>>) {
    let sentences = document.sentences();
    let mut barriers: Vec<Option<Barrier>> =
        (0..sentences.len()).map(|i| barrier(document, terms, i, words[i])).collect();
    let mut bundles = Vec::with_capacity(sentences.len());
    for root in 0..sentences.len() {
        if barriers[root].is_some() {
            continue;
        }
        let mut first = root;
        while leans(document, first) && root - first < MAX_BUNDLE {
            match first.checked_sub(1).filter(|&before| barriers[before].is_none()) {
                Some(before) => first = before,
                None => break,
            }
        }
        if leans(document, first) {
            barriers[root] = Some(Barrier::Dangling);
        } else {
            bundles.push(Bundle { root, members: (first..=root).collect() });
        }
    }
    (bundles, barriers)
}

fn barrier(document: &Document, terms: &Terms, index: usize, words: usize) -> Option<Barrier> {
    let tokens = document.tokens_of(&document.sentences()[index]);
    if words < MIN_WORDS || (words <= HEADING_WORDS && !ends_like_a_sentence(tokens)) {
        return Some(Barrier::Heading);
    }
    if !quotes_close(tokens) {
        return Some(Barrier::HalfQuotation);
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

fn quotes_close(tokens: &[Token]) -> bool {
    let count = |mark| tokens.iter().filter(|t| t.is_mark(mark)).count();
    count('"') % 2 == 0
        && count('«') == count('»')
        && (count('“') + count('”')) % 2 == 0
        && count('(') == count(')')
}

/// Whether the meaning of a sentence hangs on the one before: «وأضاف أن…», «هذا…», «لكن…».
fn leans(document: &Document, index: usize) -> bool {
    if index == 0 {
        return false;
    }
    let tokens = document.tokens_of(&document.sentences()[index]);
    match openers::opener(tokens) {
        Opener::Connective | Opener::Pronoun => true,
        Opener::Saying => tokens
            .iter()
            .skip(1)
            .find(|t| t.is_word())
            .is_some_and(|t| matches!(&*t.key, "ان" | "انه" | "انها" | "انهم" | "في" | "قائلا")),
        Opener::Background | Opener::Past | Opener::Plain => false,
    }
}
