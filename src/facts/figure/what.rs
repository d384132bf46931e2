//! The phrase that says what a figure counts, cut from its sentence.

use std::ops::Range;
use std::sync::LazyLock;

use crate::facts::number::{WordList, list};
use crate::text::{Span, Token, TokenKind};

/// Cuts the phrase around the figure at `figure`; `None` where its clause says nothing else.
#[must_use]
pub fn cut(source: &str, tokens: &[Token], figure: Range<usize>) -> Option<Span> {
    let left = left_of(tokens, figure.start);
    let right = right_of(tokens, figure.end);
    let span = |range: Range<usize>| {
        let words = tokens.get(range)?;
        Some(words.first()?.span.cover(words.last()?.span))
    };
    let _ = source;
    if right.len() >= 2 && opens_complement(&tokens[right.start].key) {
        return span(right);
    }
    if left.len() >= 2 && right.len() < 2 {
        return span(trim_end(tokens, left));
    }
    if left.is_empty() {
        return span(right);
    }
    span(left.start..right.end.max(figure.end))
}

const MOST_WORDS: usize = 9;

fn left_of(tokens: &[Token], end: usize) -> Range<usize> {
    let mut start = end;
    while start > 0 && end - start < MOST_WORDS {
        let token = &tokens[start - 1];
        if matches!(token.kind, TokenKind::Mark(c) if !matches!(c, '"' | '“' | '”' | '/' | '-'))
            || LEFT_EDGES.contains(&*token.key)
        {
            break;
        }
        start -= 1;
    }
    start..end
}

fn right_of(tokens: &[Token], start: usize) -> Range<usize> {
    let mut end = start;
    while end < tokens.len() && end - start < MOST_WORDS {
        let token = &tokens[end];
        if matches!(token.kind, TokenKind::Mark(c) if !matches!(c, '"' | '“' | '”' | '/' | '-'))
            || RIGHT_EDGES.contains(&*token.key)
        {
            break;
        }
        end += 1;
    }
    while end > start && TRAILING.contains(&*tokens[end - 1].key) {
        end -= 1;
    }
    start..end
}

fn trim_end(tokens: &[Token], range: Range<usize>) -> Range<usize> {
    let mut end = range.end;
    while end > range.start + 1 && TRAILING.contains(&*tokens[end - 1].key) {
        end -= 1;
    }
    range.start..end
}

fn opens_complement(key: &str) -> bool {
    matches!(key, "من" | "ممن" | "الذين" | "التي" | "الذي" | "كانوا" | "كانت")
}

static LEFT_EDGES: WordList =
    LazyLock::new(|| list("ان بان وان انه انها التي الذي الذين حيث فيما بينما كما"));
static RIGHT_EDGES: WordList = LazyLock::new(|| list("حيث فيما بينما كما مشيرا موضحا مضيفا بحسب وفق حسب"));
static TRAILING: WordList = LazyLock::new(|| list("الي علي من في عن ب بنسبه بقيمه بنحو و او ان مع منذ"));
