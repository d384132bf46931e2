//! Coherence: which sentence leans on another and cannot be shown without it.
//!
//! «وأضاف أن…» needs its speaker, «لكنه…» its contrast, «ويأتي هذا القرار…» its decision, and half a
//! quotation the other half. What a trim takes away («من جانبه، قال الوزير») no longer leans.

mod opening;

use std::ops::Range;

use super::trim::{self, Trim};
use crate::text::{Document, Token};

/// Why a sentence leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// It opens with a link to what stands before: «لكن…», «إلا أن…», «كما أنه…», «ومع ذلك…».
    Connective,
    /// It goes on with a speech: «وأضاف أن…», «وتابع الوزير…».
    Continuation,
    /// A verb of saying without its subject: «وقال إن…», «وأشار في بيان إلى…».
    Speaker,
    /// It opens with a pronoun: «وهو…», «ولديه…», «إنها…».
    Pronoun,
    /// It opens on «هذا», «ذلك» and their like: «ويأتي هذا القرار…».
    Demonstrative,
    /// It names its speaker by a short definite word: «وقال المصدر إن…», «وأوضح المتحدث أن…».
    Reference,
    /// It introduces what follows: «وفيما يلي أبرز المحطات:».
    Introduction,
    /// A quotation begins or ends in it that ends or begins in another sentence.
    Quotation,
    /// It holds a quotation mark that has no partner anywhere: nothing mends it.
    Unbalanced,
}

/// What a sentence leans on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lean {
    /// Why.
    pub cause: Cause,
    /// The sentences that must be shown together, this one among them. Holds this one alone where
    /// nothing can mend it ([`Cause::Unbalanced`], or a link at the very beginning of the text).
    pub with: Range<usize>,
}

impl Lean {
    /// Whether the other sentences of [`Lean::with`] mend it.
    #[must_use]
    pub fn can_be_mended(&self) -> bool {
        self.with.len() > 1
    }
}

/// For each sentence of `document`, what it leans on; `None` where it stands by itself. Linear.
#[must_use]
pub fn leans(document: &Document) -> Vec<Option<Lean>> {
    let count = document.sentences().len();
    let halves = half_quotations(document);
    let mut leans = Vec::with_capacity(count);
    for (index, half) in halves.into_iter().enumerate() {
        leans.push(lean(document, index, half));
    }
    leans
}

fn lean(document: &Document, index: usize, half: Option<Range<usize>>) -> Option<Lean> {
    if let Some(with) = half {
        return Some(Lean { cause: Cause::Quotation, with });
    }
    let (_, trims) = trim::trim_with_kinds(document, index);
    if !document.unpaired_marks(index).is_empty() && !trims.contains(&Trim::StrayMark) {
        return Some(Lean { cause: Cause::Unbalanced, with: index..index + 1 });
    }
    let tokens = trim::remaining_tokens(document, index);
    // At the very beginning only a link is odd; what «هذا» means there, the headline tells, and what
    // «بينما» goes with stands after it: «بينما ينعى العالم الفنان، أعلنت أسرته…».
    let cause = opening::cause(tokens).filter(|cause| match cause {
        Cause::Connective => index > 0 || !opening::is_subordinate(tokens),
        Cause::Continuation => true,
        _ => index > 0,
    });
    if let Some(cause) = cause {
        return Some(Lean { cause, with: index.saturating_sub(1)..index + 1 });
    }
    let last = document.tokens_of(&document.sentences()[index]).last();
    if last.is_some_and(|token| token.is_mark(':')) {
        let end = (index + 2).min(document.sentences().len());
        return Some(Lean { cause: Cause::Introduction, with: index..end });
    }
    None
}

/// Whether words that open like `tokens` point at what was said before them; of a quotation, not of a sentence: a verb of
/// saying in it is its speaker's own.
#[must_use]
pub fn opens_on_another(tokens: &[Token]) -> bool {
    matches!(opening::cause(tokens), Some(Cause::Connective | Cause::Pronoun | Cause::Demonstrative))
}

/// For each sentence, the sentences over which one of its quotations runs.
fn half_quotations(document: &Document) -> Vec<Option<Range<usize>>> {
    let mut together: Vec<Range<usize>> = Vec::new();
    for pair in document.quotations() {
        let (Some(first), Some(last)) =
            (document.sentence_at(pair.start), document.sentence_at(pair.end - 1))
        else {
            continue;
        };
        if first == last {
            continue;
        }
        // Pairs come by their start, so ranges that share a sentence follow each other.
        match together.last_mut() {
            Some(range) if first < range.end => range.end = range.end.max(last + 1),
            _ => together.push(first..last + 1),
        }
    }
    let mut halves = vec![None; document.sentences().len()];
    for range in together {
        halves[range.clone()].fill(Some(range));
    }
    halves
}

#[cfg(test)]
mod tests;
