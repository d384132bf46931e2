//! Numerals of a sentence: one grammar for digits and words, ranges, approximators and scores.
//!
//! [`numerals`] reads the tokens of one sentence. What is no quantity (dates, clock times, ordinals,
//! numbers inside names) is recognised first, by [`calendar`] and [`naming`], so that it is left out.
//! What a number counts is not decided here but in [`crate::facts::figure`].

mod calendar;
mod cardinal;
mod digits;
mod lexer;
mod lexicon;
mod naming;
mod range;
mod words;

use std::ops::Range;

pub use cardinal::Form;
pub use digits::Next;
pub use lexer::{is_minus, short_million, skip_letters};
pub use naming::is_plural;
pub(super) use words::{WordList, list, proclitic, sequence_at};

use crate::text::{Span, Token};
use cardinal::Reader;
use lexicon::Lexeme;

/// An amount, in units (not in millions; 11.4 for 11.4 %).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// One number.
    Exact(f64),
    /// A range, low end first: «بين 10 و15», «عشرات». A score stands as it is written: «4 - صفر».
    Range(f64, f64),
}

/// A number in a sentence, before its unit is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// Its tokens, as indices into the sentence's tokens.
    pub tokens: Range<usize>,
    /// Its words without a clitic in front: «أكثر من ثلاثين».
    pub span: Span,
    /// How much.
    pub quantity: Quantity,
    /// How it is said.
    pub form: Form,
    /// What kind of statement it is.
    pub kind: Kind,
}

/// What kind of statement a numeral is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of something.
    Amount,
    /// A result of play: «2-1».
    Score,
    /// A number with the article after its noun: «الدول الثلاث».
    Definite,
}

/// Reads the numerals of one sentence, in order. `unit_after` tells what stands at a token index.
#[must_use]
pub fn numerals(source: &str, tokens: &[Token], unit_after: impl Fn(usize) -> Next) -> Vec<Numeral> {
    let lexed = lexer::lex(source, tokens, unit_after);
    let number_from = |from: usize| (from..tokens.len()).find(|&at| lexed[at].lexeme != Lexeme::Other);
    let Some(mut number) = number_from(0) else { return Vec::new() };
    let mut taken = vec![false; tokens.len()];
    calendar::mark(source, tokens, &lexed, &mut taken);
    naming::mark(tokens, &lexed, &mut taken);
    let play = range::words_of_play(tokens);
    let reader = Reader { source, tokens, lexed: &lexed, taken: &taken, play: &play };
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        // Before a number stands an approximator at most; elsewhere no numeral begins.
        if number < at {
            let Some(next) = number_from(at) else { return found };
            number = next;
        }
        at = at.max(number.saturating_sub(range::LONGEST_FRONT));
        match range::read(&reader, at) {
            Some(numeral) => {
                at = numeral.tokens.end.max(at + 1);
                found.push(numeral);
            }
            None => at += 1,
        }
    }
}
