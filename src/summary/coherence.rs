//! Coherence: which sentence leans on another and cannot be shown without it.
//!
//! «وأضاف أن…» needs its speaker, «لكنه…» its contrast, «ويأتي هذا القرار…» its decision, unless the headline has it.
//! What is dropped in front («من جانبه، قال الوزير») no longer leans.

pub mod features;
mod opening;

use std::fmt;
use std::sync::LazyLock;

use super::openers;
use crate::learnt::Learnt;
use crate::learnt::forest::Forest;
use crate::rule::Rule;
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
}

impl Cause {
    /// The rule that says so.
    const fn rule(self) -> Rule {
        match self {
            Self::Connective => Rule::LeanConnective,
            Self::Continuation => Rule::LeanContinuation,
            Self::Speaker => Rule::LeanSpeaker,
            Self::Pronoun => Rule::LeanPronoun,
            Self::Demonstrative => Rule::LeanDemonstrative,
            Self::Reference => Rule::LeanReference,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connective => "a link",
            Self::Continuation => "a speech that goes on",
            Self::Speaker => "no speaker",
            Self::Pronoun => "a pronoun",
            Self::Demonstrative => "«this»",
            Self::Reference => "a speaker named before",
        })
    }
}

/// For each sentence of `document`, why it leans on the one before; `None` where it stands by itself, what may be dropped in front of
/// it set aside. Linear.
#[must_use]
pub fn leans(document: &Document) -> Vec<Option<Cause>> {
    let sentences = document.sentences().iter().enumerate();
    sentences
        .map(|(index, sentence)| {
            let tokens = document.tokens_of(sentence);
            let tokens = &tokens[openers::droppable(tokens)..];
            // At the very beginning only a link is odd; what «هذا» means there, the headline tells, and what
            // «بينما» goes with stands after it: «بينما ينعى العالم الفنان، أعلنت أسرته…».
            let cause = opening::cause(tokens, document.headline_tokens()).filter(|cause| match cause {
                Cause::Connective => index > 0 || !opening::is_subordinate(tokens),
                Cause::Continuation => true,
                _ => index > 0,
            });
            cause.filter(|cause| cause.rule().is_met(true))
        })
        .collect()
}

static OPENINGS: LazyLock<Forest> =
    LazyLock::new(|| Forest::parse(Learnt::Openings.text()).unwrap_or_default());

/// How likely a reader understands each sentence of `document` without what was said before it, 0 to 1. Linear.
#[must_use]
pub fn standing(document: &Document) -> Vec<f32> {
    features::measure(document).iter().map(|row| 1.0 - OPENINGS.probability(row)).collect()
}

/// Whether words that open like `tokens` point at what was said before them; of a quotation, not of a sentence: a verb of
/// saying in it is its speaker's own.
#[must_use]
pub fn is_opening_on_another(tokens: &[Token]) -> bool {
    matches!(opening::cause(tokens, &[]), Some(Cause::Connective | Cause::Pronoun | Cause::Demonstrative))
}

#[cfg(test)]
mod tests;
