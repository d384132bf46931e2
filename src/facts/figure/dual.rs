//! Duals that count by themselves: «قتيلان», «شخصين», «أكثر من أسبوعين».

use std::ops::Range;

use super::{Candidate, Form, Kind, Quantity, age_or, half_after, trailing};
use crate::facts::nouns::{self, Class};
use crate::facts::number::{self};
use crate::text::fold::fold;
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;
use crate::text::{Span, Token};

/// Duals that count, in the tokens `range`: «قتيلان», «شخصين»; never with the article or as «الجانبين».
pub fn find(source: &str, tokens: &[Token], range: Range<usize>, found: &mut Vec<Candidate>) {
    for at in range {
        let token = &tokens[at];
        if !token.is_word() || !token.key.ends_with("ان") && !token.key.ends_with("ين") {
            continue;
        }
        let Some((entry, dropped)) = dual(&token.key) else { continue };
        let mut end = at + 1;
        while end < (at + 3).min(tokens.len()) && is_dual_adjective(&token.key, &tokens[end].key) {
            end += 1;
        }
        // «ساعتين ونصف الساعة»
        let half = half_after(tokens, end).filter(|_| entry.class == Class::Time);
        end = trailing(tokens, half.map_or(end, |(_, after)| after));
        let (start, before) = approximated(source, tokens, at)
            .unwrap_or((number::skip_letters(source, token.span, dropped), at));
        found.push(Candidate {
            tokens: before..end,
            span: Span::new(start, tokens[end - 1].span.end),
            quantity: Quantity::Exact(2.0 + half.map_or(0.0, |(part, _)| part)),
            form: Form::Exact,
            kind: Kind::Amount,
            unit: entry.singular.to_owned(),
            class: Some(age_or(entry.class, tokens, at, end)),
        });
    }
}

/// A currency in fewer articles of the news is met as a name before it is met twice.
const RARE: f32 = 30.0;

/// The dual with the key `key`, and how many letters of clitic it has.
fn dual(key: &str) -> Option<(nouns::Entry, usize)> {
    let words = DocumentFrequencies::words();
    let is_dual = |rest: &str| {
        let dual = nouns::look_up(rest).filter(|e| e.number == nouns::Number::Dual)?;
        // «آدم ليفين»: not two leva, of which the news has hardly one.
        let rare = dual.class == Class::Currency && words.count(&fold(dual.singular)) < RARE;
        (!rare).then_some(dual)
    };
    if WordClass::StockDual.contains(key) {
        return None;
    }
    if let Some(entry) = is_dual(key) {
        return Some((entry, 0));
    }
    let rest = key.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك'])?;
    if WordClass::StockDual.contains(rest) {
        return None;
    }
    // «كبيرين» holds no clitic: the longer word must not be the commoner one.
    is_dual(rest).filter(|_| words.count(rest) >= words.count(key)).map(|entry| (entry, 1))
}

/// «أكثر من أسبوعين», «نحو ساعتين»: the byte and the token where the approximator begins.
fn approximated(source: &str, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    if let Some(before) = at.checked_sub(1)
        && let Some(letters) =
            WordClass::Approximator.keys().iter().find_map(|w| number::proclitic(&tokens[before].key, w))
    {
        return Some((number::skip_letters(source, tokens[before].span, letters), before));
    }
    let before = at.checked_sub(2)?;
    let letters = [["اكثر", "من"], ["اقل", "من"]]
        .iter()
        .find_map(|words| number::sequence_at(tokens, before, words))?;
    Some((number::skip_letters(source, tokens[before].span, letters), before))
}

/// «شخصين آخرين», «قتيلان مدنيان»: an adjective in the same case.
fn is_dual_adjective(noun: &str, key: &str) -> bool {
    let same_case = ["ين", "ان"].iter().any(|case| noun.ends_with(case) && key.ends_with(case));
    same_case
        && key.chars().count() > 4
        && !key.starts_with("ال")
        && !key.starts_with(['ل', 'ب'])
        && nouns::look_up(key).is_none()
        && !WordClass::NotDual.contains(key)
}
