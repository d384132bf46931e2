//! The phrase that says what a figure counts, cut from its sentence.

use std::sync::LazyLock;

use super::Candidate;
use crate::facts::number::{WordList, list};
use crate::text::{Span, Token, TokenKind};

/// Cuts the phrase around `figure`; `None` where its clause says nothing else.
///
/// One of three, in this order: the complement after the figure where it opens like one («10 آلاف **من مقاتلي
/// التنظيم**»); what stands before where the clause ends with the figure («**تصل استثماراته كاملة** إلى 12 مليار
/// دولار»); else both sides with the figure between them («تحرير نحو 8 ملايين إنسان من سيطرته»).
#[must_use]
pub fn cut(tokens: &[Token], figure: &Candidate) -> Option<Span> {
    let (start, end) = (figure.tokens.start, figure.tokens.end);
    let left = left_of(tokens, start);
    let right = right_of(tokens, end);
    if right - end >= 2 && opens_complement(&tokens[end].key) {
        return span(tokens, end, right);
    }
    if right - end < 2 && start - left >= 2 {
        return span(tokens, left, without_trailing(tokens, left, start));
    }
    if left == start {
        return span(tokens, end, right);
    }
    span(tokens, left, right)
}

fn span(tokens: &[Token], start: usize, end: usize) -> Option<Span> {
    let words = tokens.get(start..end)?;
    Some(words.first()?.span.cover(words.last()?.span))
}

/// Words on either side at most.
const MOST_WORDS: usize = 9;

/// Whether a clause ends at `token`.
fn ends_clause(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark(c) if !matches!(c, '"' | '“' | '”' | '«' | '»' | '/' | '-' | '%' | '٪'))
}

fn left_of(tokens: &[Token], end: usize) -> usize {
    let mut start = end;
    while start > 0 && end - start < MOST_WORDS {
        let token = &tokens[start - 1];
        if ends_clause(token) || LEFT_EDGES.contains(&*token.key) {
            break;
        }
        start -= 1;
    }
    start
}

fn right_of(tokens: &[Token], start: usize) -> usize {
    let mut end = start;
    while end < tokens.len() && end - start < MOST_WORDS {
        let token = &tokens[end];
        if ends_clause(token) || RIGHT_EDGES.contains(&*token.key) {
            break;
        }
        end += 1;
    }
    without_trailing(tokens, start, end)
}

/// Drops prepositions left hanging at the end of `start..end`.
fn without_trailing(tokens: &[Token], start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start + 1 && TRAILING.contains(&*tokens[end - 1].key) {
        end -= 1;
    }
    end
}

fn opens_complement(key: &str) -> bool {
    matches!(key, "من" | "ممن" | "الذين" | "التي" | "الذي" | "كانوا" | "كانت")
}

/// Words before which a new clause has begun.
static LEFT_EDGES: WordList =
    LazyLock::new(|| list("أن بأن وأن أنه أنها أنهم إن إنه التي الذي الذين حيث فيما بينما كما"));

/// Words with which the next clause begins.
static RIGHT_EDGES: WordList =
    LazyLock::new(|| list("حيث فيما بينما كما مشيرا موضحا مضيفا مؤكدا بحسب وفق حسب وفقا"));

/// Words that cannot end a phrase.
static TRAILING: WordList = LazyLock::new(|| list("إلى على من في عن ب بنسبة بقيمة بنحو و أو أن مع منذ"));
