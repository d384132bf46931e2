//! From tokens to number lexemes: clitics split off, digits read.

use std::sync::LazyLock;

use super::digits::{self, Next, Shape};
use super::lexicon::{Lexeme, Many, look_up};
use crate::facts::nouns::{self, Class};
use crate::text::fold::{fold_char, is_mark};
use crate::text::lexicon::WordClass;
use crate::text::memo::Memo;
use crate::text::{Span, Token, TokenKind};

/// A token read as part of a numeral.
#[derive(Clone, Copy, Debug)]
pub struct Lexed {
    /// What it says.
    pub lexeme: Lexeme,
    /// The clitics before the number word.
    pub clitics: Clitics,
    /// Byte where the number word itself begins: after «و» and «ب», but before «ال».
    pub start: usize,
}

/// The clitics in front of a number word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clitics {
    /// «و», «ف».
    pub has_conjunction: bool,
    /// «ب», «ل», «ك».
    pub has_preposition: bool,
    /// «ال».
    pub has_article: bool,
}

impl Clitics {
    /// No clitic at all: the word can only continue what stands before it.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// Reads every token of `tokens`; `unit_after` tells what stands at a token index.
#[must_use]
pub fn lex(source: &str, tokens: &[Token], unit_after: impl Fn(usize) -> Next) -> Vec<Lexed> {
    let may_count =
        MAY_COUNT.of(tokens.iter().map(|token| &*token.key), |key| split(key, |_, _| true).is_some());
    let mut lexed = Vec::with_capacity(tokens.len());
    for ((index, token), may_count) in tokens.iter().enumerate().zip(may_count) {
        lexed.push(match token.kind {
            _ if (1..=3).any(|back| {
                index >= back && parts(source, tokens, index - back).is_some_and(|(_, end)| index < end)
            }) =>
            {
                Lexed { lexeme: Lexeme::Part, ..other(token) }
            }
            TokenKind::Number => {
                let (value, shape) = if has_letter(tokens, index) {
                    let key = [&*token.key, &*tokens[index + 1].key, &*tokens[index + 2].key].concat();
                    digits::read(&key, unit_after(index + 3))
                } else {
                    digits::read(&token.key, unit_after(index + 1))
                };
                let (part, end) = parts(source, tokens, index).unwrap_or((0.0, index + 1));
                let before = vulgar_before(tokens, index).filter(|_| end == index + 1);
                let part = before.unwrap_or(part);
                let signed = has_minus_before(source, tokens, index, end);
                let negative = signed || tokens.get(end - 1).is_some_and(is_minus);
                let value = if negative { -(value + part) } else { value + part };
                let lexeme = match shape {
                    Shape::Plain | Shape::Separated => Lexeme::Digits(value),
                    Shape::Date | Shape::Other => Lexeme::Other,
                };
                let start =
                    if signed || before.is_some() { tokens[index - 1].span.start } else { token.span.start };
                Lexed { lexeme, clitics: Clitics::default(), start }
            }
            TokenKind::Word if short_million(tokens, index).is_some() => {
                Lexed { lexeme: Lexeme::Scale(1e6, Many::One), ..other(token) }
            }
            TokenKind::Word if may_count => word(source, token),
            TokenKind::Word | TokenKind::Mark(_) => other(token),
        });
    }
    lexed
}

/// What else of one number stands behind the digits at `at`, and the index after it: the decimal letter and the whole («9\[ر3\]»), a part
/// («5[½]», «5 [1/2]»), a minus sign as it looks from the right («2.5[-]»).
fn parts(source: &str, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let digits = tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    if has_letter(tokens, at) {
        return Some((0.0, at + 3));
    }
    let whole = digits.key.bytes().all(|b| b.is_ascii_digit());
    if let Some((part, end)) = vulgar(tokens, at + 1).filter(|_| whole) {
        return Some((part, end));
    }
    let key = |at: usize| tokens.get(at).map_or("", |token| &*token.key);
    let touching =
        tokens.get(at + 1).filter(|minus| is_minus(minus) && minus.span.start == digits.span.end)?;
    // Closed class: ways to write percent.
    let percent =
        matches!(key(at + 2), "%" | "٪") || key(at + 2) == "في" && matches!(key(at + 3), "الميه" | "المايه");
    let bracketed = at > 0 && key(at - 1) == "(" && key(at + 2) == ")";
    let alone = source[touching.span.end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    ((percent || bracketed) && alone).then_some((0.0, at + 2))
}

/// The part of one that is written at `at` behind a whole number: «½», or «1/2» behind one space; «5 ½» as well.
fn vulgar(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let before = tokens[at - 1].span.end;
    let touches = |one: usize| tokens[one].span.end == tokens[one + 1].span.start;
    match tokens.get(at..)? {
        [Token { kind: TokenKind::Mark(c), span, .. }, rest @ ..]
            if span.start <= before + 1
                && rest.first().is_none_or(|n| n.kind != TokenKind::Number || n.span.start > span.end) =>
        {
            Some((digits::vulgar_fraction(*c)?, at + 1))
        }
        [part, slash, whole, ..]
            if part.span.start == before + 1 && slash.is_mark('/') && touches(at) && touches(at + 1) =>
        {
            let part = match (&*part.key, &*whole.key) {
                ("1", "2") => 0.5,
                ("1", "4") => 0.25,
                ("3", "4") => 0.75,
                _ => return None,
            };
            Some((part, at + 3))
        }
        _ => None,
    }
}

/// Whether `token` can be a minus sign: a hyphen, the sign itself, an en dash («–2.5 في المئة»).
#[must_use]
pub fn is_minus(token: &Token) -> bool {
    ['-', '\u{2212}', '\u{2013}'].iter().any(|sign| token.is_mark(*sign))
}

/// The part of one that stands as one character before the digits at `at`, touching them: «½5», as «5½» is typed in a line that runs
/// from right to left.
fn vulgar_before(tokens: &[Token], at: usize) -> Option<f64> {
    let before = tokens.get(at.checked_sub(1)?)?;
    let TokenKind::Mark(c) = before.kind else { return None };
    let alone = at < 2 || tokens[at - 2].kind != TokenKind::Number;
    let whole = tokens[at].key.bytes().all(|b| b.is_ascii_digit());
    digits::vulgar_fraction(c).filter(|_| alone && whole && before.span.end == tokens[at].span.start)
}

/// Whether a minus sign stands before the digits at `at`, whose number ends at `end`: it touches them and nothing else, and what follows is
/// measured; «سوخوي -24» and «10 -15» have none, nor a remark between dashes.
fn has_minus_before(source: &str, tokens: &[Token], at: usize, end: usize) -> bool {
    let Some(minus) = at.checked_sub(1).map(|before| &tokens[before]).filter(|token| is_minus(token)) else {
        return false;
    };
    let free = source[..minus.span.start].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
    let behind_number = at >= 2 && tokens[at - 2].kind == TokenKind::Number;
    let key = |at: usize| tokens.get(at).map_or("", |token| &*token.key);
    // Closed class: ways to write percent.
    let measured = matches!(key(end), "%" | "٪" | "في" | "بالميه" | "بالمايه" | ")")
        || matches!(look_up(key(end)), Lexeme::Scale(..))
        || nouns::look_up(key(end))
            .is_some_and(|noun| matches!(noun.class, Class::Measure | Class::Currency | Class::Percent));
    let remark = tokens[end..].iter().take(8).any(is_minus);
    minus.span.end == tokens[at].span.start && free && !behind_number && measured && !remark
}

/// Whether the digits at `at` have a letter for the decimal point behind them, and more digits: «9ر3».
fn has_letter(tokens: &[Token], at: usize) -> bool {
    let Some([part, letter, whole]) = tokens.get(at..at + 3) else { return false };
    let digits = |token: &Token| token.kind == TokenKind::Number;
    digits(part)
        && WordClass::DecimalLetter.contains(&letter.key)
        && digits(whole)
        && part.span.end == letter.span.start
        && letter.span.end == whole.span.start
}

/// Index after the short form at `at` of millions of a currency, and that currency: «130 م د», «130 م.د».
#[must_use]
pub fn short_million(tokens: &[Token], at: usize) -> Option<(usize, &'static str)> {
    let key = |at: usize| tokens.get(at).map_or("", |token| &*token.key);
    let behind_number = at > 0 && tokens[at - 1].kind == TokenKind::Number;
    let short = if key(at + 1) == "." { at + 2 } else { at + 1 };
    let currency = nouns::short_currency(key(short)).filter(|_| behind_number && key(at) == "م")?;
    Some((short + 1, currency))
}

fn other(token: &Token) -> Lexed {
    Lexed { lexeme: Lexeme::Other, clitics: Clitics::default(), start: token.span.start }
}

/// Tries the whole word first, so that «واحد» and «ألف» keep their own letters.
fn word(source: &str, token: &Token) -> Lexed {
    let key: &str = &token.key;
    if WordClass::NotNumber.contains(key) {
        return other(token);
    }
    // «وأحد عشر» has the key of «واحد», and the «الإف» of «الإف بي آي» that of «آلاف».
    let written = token.span.of(source);
    if key == "واحد" && written.contains('أ') {
        let clitics = Clitics { has_conjunction: true, ..Clitics::default() };
        return Lexed { lexeme: Lexeme::Eleventh, clitics, start: skip_letters(source, token.span, 1) };
    }
    if written.contains("الإ") {
        return other(token);
    }
    // «مئة» is folded to the key of «مية», and so «مئتا» to «ميتا» (dead) and «مئات» to what «كميات» ends in.
    // Closed class: numerals.
    let seat = token.key.contains("ماي") || written.contains('ئ');
    let counts = |rest: &str, lexeme: Lexeme| match lexeme {
        Lexeme::Hundreds(_) => seat,
        Lexeme::Dozens(_) if rest.starts_with("مي") => seat,
        _ => true,
    };
    match split(key, counts) {
        Some((lexeme, clitics, dropped)) => {
            Lexed { lexeme, clitics, start: skip_letters(source, token.span, dropped) }
        }
        None => other(token),
    }
}

/// The first number word that `counts` lets pass, with its clitics and the letters of those but the article.
fn split(key: &str, counts: impl Fn(&str, Lexeme) -> bool) -> Option<(Lexeme, Clitics, usize)> {
    let mut clitics = Clitics::default();
    let mut rest = key;
    let number = |rest: &str| match look_up(rest) {
        Lexeme::Other => None,
        lexeme => counts(rest, lexeme).then_some(lexeme),
    };
    for step in 0..3 {
        let dropped = key.chars().count() - rest.chars().count();
        if let Some(lexeme) = number(rest) {
            return Some((lexeme, clitics, dropped));
        }
        if let Some(lexeme) = rest.strip_prefix("ال").and_then(number) {
            return Some((lexeme, Clitics { has_article: true, ..clitics }, dropped));
        }
        // «للملايين»: the article loses its alif after «ل».
        if let Some(lexeme) = rest.strip_prefix("لل").and_then(number) {
            return Some((lexeme, Clitics { has_article: true, has_preposition: true, ..clitics }, dropped));
        }
        let mut letters = rest.chars();
        match letters.next() {
            Some('و') if step == 0 => clitics.has_conjunction = true,
            Some('ب' | 'ل' | 'ك') if !clitics.has_preposition => clitics.has_preposition = true,
            _ => break,
        }
        rest = letters.as_str();
    }
    None
}

/// Whether a word can be a number at all.
static MAY_COUNT: LazyLock<Memo<bool>> = LazyLock::new(Memo::default);

/// The byte after the first `letters` letters of `span`, their vowel marks included.
#[must_use]
pub fn skip_letters(source: &str, span: Span, letters: usize) -> usize {
    if letters == 0 {
        return span.start;
    }
    let mut seen = 0;
    for (offset, c) in span.of(source).char_indices() {
        if is_mark(c) || fold_char(c).is_none() {
            continue;
        }
        if seen == letters {
            return span.start + offset;
        }
        seen += 1;
    }
    span.end
}
