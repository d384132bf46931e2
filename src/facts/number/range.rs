//! Ranges, scores and approximators around cardinals.

use std::ops::Range;
use std::sync::LazyLock;

use super::cardinal::{Cardinal, Form, Reader};
use super::lexer::skip_letters;
use super::lexicon::Lexeme;
use super::words::sequence_at;
use super::{Kind, Numeral, Quantity};
use crate::text::lexicon::WordClass;
use crate::text::{Span, Token};

/// How many tokens an approximator and «ما بين» behind it are at most.
pub const LONGEST_FRONT: usize = 4 + 2;

/// The numeral that begins at `at`, its approximator or «بين» included.
pub fn read(reader: &Reader, at: usize) -> Option<Numeral> {
    let token = reader.tokens.get(at)?;
    if let Some((end, quantity)) = score(reader, at) {
        let span = Span::new(token.span.start, reader.tokens[end - 1].span.end);
        return Some(Numeral { tokens: at..end, span, quantity, form: Form::Exact, kind: Kind::Score });
    }
    let joined = |at: usize| reader.lexed.get(at).is_some_and(|number| number.clitics.has_conjunction);
    // «ثلاثة على الأقل [وثلاثة عشر]»: that is said of the number before.
    let (after, front) = approximator(reader, at).filter(|&(after, _)| !joined(after)).unwrap_or((at, None));
    if let Some((opener, length, start)) = opener(reader, after) {
        // «بين 30 شخصا» is no range; the reader comes back to its number at the next token.
        let first = reader.cardinal(after + length)?;
        let (end, low, high) = second(reader, &first, opener)?;
        return Some(ranged(reader, at..end, front.unwrap_or(start), (low, high)));
    }
    let first = reader.cardinal(after)?;
    let start = front.unwrap_or(reader.lexed[after].start);
    if let Some((end, low, high)) = second(reader, &first, Opener::None) {
        return Some(ranged(reader, at..end, start, (low, high)));
    }
    Some(plain(reader, &first, start, at..first.end))
}

fn ranged(reader: &Reader, tokens: Range<usize>, start: usize, (low, high): (f64, f64)) -> Numeral {
    let span = Span::new(start, reader.tokens[tokens.end - 1].span.end);
    Numeral { tokens, span, quantity: Quantity::Range(low, high), form: Form::Exact, kind: Kind::Amount }
}

fn plain(reader: &Reader, cardinal: &Cardinal, start: usize, tokens: Range<usize>) -> Numeral {
    // «الدول الثلاث», «الأعوام الـ3», «الثمانية والعشرين»; vague counts take the article freely («المئات»).
    let article = |at: usize| reader.lexed[at].clitics.has_article;
    let after_article =
        tokens.start > 0 && matches!(&*reader.tokens[tokens.start - 1].key, "ال" | "لل" | "بال");
    let definite = after_article
        || cardinal.form != Form::Vague
            && (article(tokens.start) || article(cardinal.end - 1))
            && cardinal.form != Form::Fraction
            && cardinal.scale < 2.0;
    let definite = definite && !reader.lexed[tokens.start].clitics.has_preposition;
    let kind = if definite { Kind::Definite } else { Kind::Amount };
    let quantity = if cardinal.low < cardinal.high {
        Quantity::Range(cardinal.low, cardinal.high)
    } else {
        Quantity::Exact(cardinal.low)
    };
    let span = Span::new(start, reader.tokens[cardinal.end - 1].span.end);
    Numeral { tokens, span, quantity, form: cardinal.form, kind }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Opener {
    None,
    /// «بين 10 و15»
    Between,
    /// «من 5 إلى 7»
    From,
}

/// «بين» or «من» at `at`: which, how many tokens, and the byte where it begins.
fn opener(reader: &Reader, at: usize) -> Option<(Opener, usize, usize)> {
    const OPENERS: [(Opener, &[&str]); 3] =
        [(Opener::Between, &["ما", "بين"]), (Opener::Between, &["بين"]), (Opener::From, &["من"])];
    OPENERS.iter().find_map(|&(opener, words)| {
        let clitic = sequence_at(reader.tokens, at, words)?;
        Some((opener, words.len(), skip_letters(reader.source, reader.tokens[at].span, clitic)))
    })
}

/// The other end of a range that begins with `first`: index after it, and both values.
fn second(reader: &Reader, first: &Cardinal, opener: Opener) -> Option<(usize, f64, f64)> {
    if first.form == Form::Fraction {
        return None;
    }
    // «10% إلى 25%»: a percent sign may stand at both ends.
    let after = skip_percent(reader, first.end);
    let key = |at: usize| reader.tokens.get(at).map_or("", |t| &*t.key);
    let next = match key(after) {
        "الي" if opener != Opener::Between => after + 1,
        "او" if opener == Opener::None && after == first.end => after + 1,
        "-" | "–" | "ـ" | "—" if opener == Opener::None && is_close(reader, after) => after + 1,
        _ if opener == Opener::Between => reader.joined(after)?,
        // «10 و25 بالمئة»: two numbers that share one sign.
        _ if opener == Opener::None && after == first.end => {
            let next = reader.joined(after)?;
            let pair = reader.cardinal(next)?;
            if skip_percent(reader, pair.end) == pair.end {
                return None;
            }
            next
        }
        _ => return None,
    };
    let last = reader.cardinal(next)?;
    // «8% إلى 296 مليار دولار»: two statements, not two ends of one range.
    if after > first.end && skip_percent(reader, last.end) == last.end {
        return None;
    }
    // «5 إلى 7 ملايين»: the first end has the scale of the second.
    let shared =
        if first.scale < last.scale && first.low < 1000.0 && first.scale <= 1.0 { last.scale } else { 1.0 };
    let (low, high) = (first.low * shared, last.high);
    (low < high).then_some((last.end, low, high))
}

/// Whether the dash at `at` touches or spaces its two numbers alike: «10-15», «10 - 15».
fn is_close(reader: &Reader, at: usize) -> bool {
    let (Some(before), Some(dash), Some(after)) = (
        at.checked_sub(1).and_then(|i| reader.tokens.get(i)),
        reader.tokens.get(at),
        reader.tokens.get(at + 1),
    ) else {
        return false;
    };
    dash.span.start - before.span.end == after.span.start - dash.span.end
}

/// Whether no more than a space stands on either side of the dash at `at`: «2 -1».
fn is_near(reader: &Reader, at: usize) -> bool {
    let gap = |at: usize| match reader.tokens.get(at..at + 2) {
        Some([left, right]) => right.span.start - left.span.end,
        _ => usize::MAX,
    };
    gap(at - 1).max(gap(at)) <= ' '.len_utf8()
}

fn skip_percent(reader: &Reader, at: usize) -> usize {
    let is = |at: usize, words: &[&str]| reader.tokens.get(at).is_some_and(|t| words.contains(&&*t.key));
    // Closed class: ways to write percent.
    if is(at, &["%", "٪", "بالميه", "بالمايه"]) {
        at + 1
    } else if is(at, &["في"]) && is(at + 1, &["الميه", "المايه"]) {
        at + 2
    } else {
        at
    }
}

/// A result of play: «2-1», «4 - صفر», «3 / 1» where the sentence speaks of play.
fn score(reader: &Reader, at: usize) -> Option<(usize, Quantity)> {
    let points = |at: usize| match reader.lexeme(at) {
        Lexeme::Digits(value) if value <= 199.0 && value.fract() == 0.0 => Some(value),
        Lexeme::Zero if reader.lexed[at].clitics.is_none() => Some(0.0),
        _ => None,
    };
    let left = points(at)?;
    let dash = reader.tokens.get(at + 1)?;
    if !matches!(&*dash.key, "-" | "–" | "—" | "/") || !is_near(reader, at + 1) {
        return None;
    }
    let right = points(at + 2)?;
    let zero = reader.lexeme(at) == Lexeme::Zero || reader.lexeme(at + 2) == Lexeme::Zero;
    let dash_again = |at: Option<usize>| {
        at.and_then(|i| reader.tokens.get(i)).is_some_and(|t| matches!(&*t.key, "-" | "/" | "–"))
    };
    if dash_again(at.checked_sub(1)) || dash_again(Some(at + 3)) {
        return None;
    }
    (zero || is_about_play(reader, at)).then_some((at + 3, Quantity::Range(left, right)))
}

/// Whether a word of play stands near a score.
fn is_about_play(reader: &Reader, at: usize) -> bool {
    let count = |at: usize| reader.play.get(at.min(reader.tokens.len())).copied().unwrap_or(0);
    count(at + 30) > count(at.saturating_sub(30))
}

/// How many words of play stand before each token; empty for a sentence that can hold no score.
pub fn words_of_play(tokens: &[Token]) -> Vec<u32> {
    if !tokens.iter().any(|t| matches!(&*t.key, "-" | "–" | "—" | "/")) {
        return Vec::new();
    }
    let mut counts = Vec::with_capacity(tokens.len() + 1);
    let mut count = 0;
    counts.push(count);
    for token in tokens {
        count += u32::from(FRONTS.iter().any(|front| {
            token.key.strip_prefix(front).is_some_and(|rest| WordClass::Play.has_start_of(rest))
        }));
        counts.push(count);
    }
    counts
}

/// What may stand before a word of play.
const FRONTS: [&str; 10] = ["", "و", "ف", "ب", "ل", "وب", "ال", "وال", "بال", "لل"];

/// The words of each approximator, the longest first.
static APPROXIMATORS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let phrases = WordClass::Approximator.keys().iter();
    let mut phrases: Vec<Vec<&str>> = phrases.map(|phrase| phrase.split(' ').collect()).collect();
    phrases.sort_by_key(|words| usize::MAX - words.len());
    phrases
});

/// An approximator at `at` that a number or a range follows: index after it and the byte where it begins.
fn approximator(reader: &Reader, at: usize) -> Option<(usize, Option<usize>)> {
    APPROXIMATORS.iter().find_map(|words| {
        let clitic = sequence_at(reader.tokens, at, words)?;
        let start = skip_letters(reader.source, reader.tokens[at].span, clitic);
        Some((at + words.len(), Some(start)))
    })
}
