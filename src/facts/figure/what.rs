//! The phrase that says what a figure counts, cut from its sentence.

use std::sync::LazyLock;

use super::Candidate;
use crate::facts::number::{WordList, list, skip_letters};
use crate::text::frequency::DocumentFrequencies;
use crate::text::{Span, Token, TokenKind};

/// Cuts the phrase around `figure`; `None` where its clause says nothing else.
///
/// One of three, in this order: the complement after the figure where it opens like one («10 آلاف **من مقاتلي
/// التنظيم**»); what stands before where the clause ends with the figure («**تصل استثماراته كاملة** إلى 12 مليار
/// دولار»); else both sides with the figure between them («تحرير نحو 8 ملايين إنسان من سيطرته»).
#[must_use]
pub fn cut(source: &str, tokens: &[Token], figure: &Candidate) -> Option<Span> {
    let (start, end) = (figure.tokens.start, figure.tokens.end);
    // «استونيا (25,3%)»: what is counted stands before the bracket.
    let bracketed =
        start > 0 && tokens[start - 1].is_mark('(') && tokens.get(end).is_some_and(|t| t.is_mark(')'));
    let before = if bracketed { start - 1 } else { start };
    let mut left = left_of(tokens, before);
    // «التضخم …، ارتفع بنسبة 6.30%», «كاتالونيا التي تضم 7,5 ملايين»: one word says too little.
    if without_trailing(tokens, left, before) <= left + 1 && right_of(tokens, end) - end < 2 && left >= 2 {
        left = left_of(tokens, left - 1);
    }
    while left + 1 < before && OPENING_LINKS.contains(&*tokens[left].key) {
        left += 1;
    }
    let right = if bracketed { end } else { right_of(tokens, end) };
    let range = if right - end >= 2 && is_complement(tokens, end, figure) {
        (end, right)
    } else if bracketed {
        (left, start - 1)
    } else if right - end < 2 && start - left >= 2 {
        (left, without_trailing(tokens, left, start))
    } else if left == start {
        (end, right)
    } else {
        (left, right)
    };
    let (first, last) = balanced(tokens, range.0, range.1);
    let words = tokens.get(first..last)?;
    let mut span = words.first()?.span.cover(words.last()?.span);
    if first < start && joins(&words[0].key) {
        span.start = skip_letters(source, words[0].span, 1);
    }
    (span != figure.span).then_some(span)
}

/// Words on either side: as many if the clause ends there, fewer if it has to be cut.
const MOST_WORDS: usize = 12;
const CUT_WORDS: usize = 7;

/// Whether a clause ends at `token`.
fn ends_clause(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark(c) if !is_quote(c) && !matches!(c, '/' | '-' | '%' | '٪' | '#' | '_'))
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»')
}

/// Index of the first word of the phrase that leads up to `end`.
fn left_of(tokens: &[Token], end: usize) -> usize {
    let mut start = end;
    while start > 0 && end - start < MOST_WORDS {
        let token = &tokens[start - 1];
        if ends_clause(token) || LEFT_EDGES.contains(&*token.key) {
            return start;
        }
        start -= 1;
    }
    if start == 0 {
        return 0;
    }
    // The clause is longer: begin at the first of the last words that can open a phrase.
    let from = end.saturating_sub(CUT_WORDS);
    let opens = |at: &usize| joins(&tokens[*at].key) || is_noun_after_link(tokens, *at);
    (from..end.saturating_sub(1)).find(opens).unwrap_or(end.saturating_sub(4))
}

/// Whether the word at `at` stands after a preposition or begins with none, so that a phrase may begin with it.
fn is_noun_after_link(tokens: &[Token], at: usize) -> bool {
    at > 0 && LINKS.contains(&*tokens[at - 1].key) && tokens[at].is_word()
}

/// «ويطالب», «وتصل»: a conjunction joined to a word, and not a word that begins with و («وزير»).
pub(super) fn joins(key: &str) -> bool {
    let Some(rest) = key.strip_prefix('و').filter(|rest| rest.chars().count() > 2) else { return false };
    let words = DocumentFrequencies::words();
    words.count(rest) > words.count(key)
}

/// Index after the last word of the phrase that begins at `start`.
fn right_of(tokens: &[Token], start: usize) -> usize {
    let mut end = start;
    while end < tokens.len() && end - start < MOST_WORDS {
        let token = &tokens[end];
        if ends_clause(token) || RIGHT_EDGES.contains(&*token.key) || joined_number(tokens, end) {
            return without_trailing(tokens, start, end);
        }
        end += 1;
    }
    if end == tokens.len() {
        return end;
    }
    // The clause is longer: stop before a link, so that no phrase is cut in two.
    let most = start + CUT_WORDS;
    let link = |at: &usize| {
        let key = &*tokens[*at].key;
        LINKS.contains(key) || joins(key) || key.starts_with("لل") || key.starts_with("بال")
    };
    let end = (start + 3..=most).rev().find(link).unwrap_or(most);
    without_trailing(tokens, start, end)
}

/// «و12 شركة» after «7 رجال أعمال»: the next figure of a list.
fn joined_number(tokens: &[Token], at: usize) -> bool {
    &*tokens[at].key == "و" && tokens.get(at + 1).is_some_and(|t| t.kind == TokenKind::Number)
}

/// Drops prepositions left hanging at the end of `start..end`.
fn without_trailing(tokens: &[Token], start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start + 1 && TRAILING.contains(&*tokens[end - 1].key) {
        end -= 1;
    }
    end
}

/// Whether what begins at `at` says by itself what is counted: «من مقاتلي التنظيم», «ممن شاركوا», «شاركت في».
fn is_complement(tokens: &[Token], at: usize, figure: &Candidate) -> bool {
    match &*tokens[at].key {
        "ممن" | "الذين" | "التي" | "الذي" | "كانوا" | "كانت" => true,
        // «8 ملايين إنسان من سيطرته»: what belongs to somebody named before needs what stands before.
        "من" => {
            let noun = tokens.get(at + 1).map_or("", |t| &*t.key);
            let owned = noun.ends_with("ته") || noun.ends_with("تها") || noun.ends_with("تهم");
            !owned || figure.unit.is_empty()
        }
        _ => false,
    }
}

/// The part of `start..end` without a quotation mark whose other half is missing.
fn balanced(tokens: &[Token], start: usize, end: usize) -> (usize, usize) {
    let quote = |at: usize| matches!(tokens[at].kind, TokenKind::Mark(c) if is_quote(c));
    let (mut start, mut end) = (start, end);
    let mark = |at: usize| {
        !quote(at) && matches!(tokens[at].kind, TokenKind::Mark(c) if c != '#' && c != '%' && c != '٪')
    };
    while start < end && mark(start) {
        start += 1;
    }
    while start < end && mark(end - 1) {
        end -= 1;
    }
    if (start..end).filter(|&at| quote(at)).count() % 2 == 0 {
        return (start, end);
    }
    if start < end && quote(end - 1) {
        end -= 1;
    } else if start < end && quote(start) {
        start += 1;
    } else if let Some(at) = (start..end).find(|&at| quote(at)) {
        // The longer side stays.
        if at - start > end - at { end = at } else { start = at + 1 }
    }
    (start, end)
}

/// Words before which a new clause has begun.
static LEFT_EDGES: WordList = LazyLock::new(|| {
    list("أن بأن وأن أنه أنها أنهم إن إنه إنها بأنه بأنها التي الذي الذين والتي والذي حيث فيما بينما كما إذ")
});

/// Words with which the next clause begins.
static RIGHT_EDGES: WordList = LazyLock::new(|| {
    list("حيث فيما بينما كما مشيرا موضحا مضيفا مؤكدا بحسب وفق حسب وفقا وذلك والتي والذي وقال وأضاف مما")
});

/// Prepositions that link the parts of a phrase.
static LINKS: WordList = LazyLock::new(|| list("في على إلى من عن مع بعد قبل خلال منذ بين ضد لدى عبر"));

/// Prepositions that a phrase does not begin with when it is shown alone.
static OPENING_LINKS: WordList = LazyLock::new(|| list("في عن على إلى من و"));

/// Words that cannot end a phrase.
static TRAILING: WordList = LazyLock::new(|| {
    list(
        "إلى على من في عن ب بـ لـ بنسبة بقيمة بنحو بمبلغ و أو أن مع منذ بعد قبل خلال بين نحو نسبة نسبته قدره قدرها",
    )
});
