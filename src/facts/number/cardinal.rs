//! Cardinal numbers: from lexemes to a value, «ألفين وثلاثمئة» to 2,300.

use super::lexer::Lexed;
use super::lexicon::{Lexeme, Many};
use crate::text::{Token, TokenKind};

/// How a number is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An exact number in digits or words.
    Exact,
    /// «عشرات», «آلاف», «بضعة».
    Vague,
    /// «ثلث», «ثلاثة أرباع».
    Fraction,
    /// «واحد», «واحدة».
    One,
}

/// A cardinal number in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Cardinal {
    /// Index after its last token.
    pub end: usize,
    /// Its value, or the least it may be.
    pub low: f64,
    /// Its value, or the most it may be.
    pub high: f64,
    /// How it is said.
    pub form: Form,
    /// The scale it ends in: 1e6 for «8 ملايين», 1 for «300».
    pub scale: f64,
}

/// The tokens of a sentence, read as lexemes.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The source that the tokens point into.
    pub source: &'a str,
    /// The tokens.
    pub tokens: &'a [Token],
    /// Their lexemes, one for each token.
    pub lexed: &'a [Lexed],
    /// Tokens that belong to a date, a name or an ordinal.
    pub taken: &'a [bool],
    /// Words of play before each token (see [`super::range::words_of_play`]).
    pub play: &'a [u32],
}

impl Reader<'_> {
    /// The lexeme at `at`, or `Other` past the end and for what belongs to a date or a name.
    pub(super) fn lexeme(&self, at: usize) -> Lexeme {
        if self.taken.get(at).is_some_and(|&taken| !taken) { self.lexed[at].lexeme } else { Lexeme::Other }
    }

    /// The lexeme at `at` if it has no clitic, so that it can only belong to the word before it.
    fn bare(&self, at: usize) -> Lexeme {
        if self.lexed.get(at).is_some_and(|l| l.clitics.is_none()) { self.lexeme(at) } else { Lexeme::Other }
    }

    /// Index of the lexeme that a conjunction joins to what ends at `at`: «وعشرين» or «و 20».
    pub(super) fn joined(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        let next = if &*token.key == "و" { at + 1 } else { at };
        let clitics = self.lexed.get(next)?.clitics;
        let joins = if next == at { clitics.has_conjunction } else { !clitics.has_conjunction };
        (joins && !clitics.has_preposition && self.lexeme(next) != Lexeme::Other).then_some(next)
    }

    /// The cardinal that begins at `at`.
    pub(super) fn cardinal(&self, at: usize) -> Option<Cardinal> {
        match self.lexeme(at) {
            Lexeme::Other | Lexeme::Zero | Lexeme::Parts(_) => None,
            Lexeme::Dozens(unit) => Some(self.dozens(at, unit, unit * 10.0 - 1.0)),
            Lexeme::Few => Some(self.few(at)),
            Lexeme::Fraction(part) => Some(self.part_of_scale(at + 1, part)),
            Lexeme::Unit(n) if matches!(self.bare(at + 1), Lexeme::Parts(_)) => {
                let Lexeme::Parts(whole) = self.bare(at + 1) else { return None };
                Some(self.part_of_scale(at + 2, f64::from(n) / f64::from(whole)))
            }
            Lexeme::Scale(scale, Many::Some) => Some(self.scales(at, scale)),
            _ => self.sum(at),
        }
    }

    /// «آلاف»: from one thousand to a hundred; «ملايين»: from two to a hundred, as the annotated articles read them (`gold/GUIDE.md`).
    fn scales(&self, at: usize, scale: f64) -> Cardinal {
        let (low, high) =
            if scale < 1e6 { (scale, 100.0 * scale - 1.0) } else { (2.0 * scale, 99.0 * scale) };
        match self.scale_after(at + 1) {
            Some(_) => self.dozens(at, scale, scale * 10.0 - 1.0),
            None => Cardinal { end: at + 1, low, high, form: Form::Vague, scale: 1.0 },
        }
    }

    /// «عشرات», «عشرات الآلاف», «آلاف الملايين».
    fn dozens(&self, at: usize, low: f64, high: f64) -> Cardinal {
        match self.scale_after(at + 1) {
            Some(scale) => {
                Cardinal { end: at + 2, low: low * scale, high: high * scale, form: Form::Vague, scale }
            }
            None => Cardinal { end: at + 1, low, high, form: Form::Vague, scale: 1.0 },
        }
    }

    /// «بضعة», «بضعة آلاف», «بضع مئات».
    fn few(&self, at: usize) -> Cardinal {
        let (scale, end) = match self.bare(at + 1) {
            Lexeme::Dozens(unit) => (unit, at + 2),
            Lexeme::Scale(scale, Many::Some) => (scale, at + 2),
            _ => (1.0, at + 1),
        };
        Cardinal { end, low: 3.0 * scale, high: 9.0 * scale, form: Form::Vague, scale }
    }

    /// «نصف مليون», «ثلاثة أرباع المليار»; without a scale the part itself.
    fn part_of_scale(&self, end: usize, part: f64) -> Cardinal {
        if let Some(scale) = self.scale_after(end) {
            return Cardinal {
                end: end + 1,
                low: part * scale,
                high: part * scale,
                form: Form::Exact,
                scale,
            };
        }
        // Three decimals, as a person would write a third.
        let part = (part * 1e3).round() / 1e3;
        Cardinal { end, low: part, high: part, form: Form::Fraction, scale: 1.0 }
    }

    /// The scale word at `at`, with or without the article: «آلاف», «الملايين».
    fn scale_after(&self, at: usize) -> Option<f64> {
        let clitics = self.lexed.get(at)?.clitics;
        match self.lexeme(at) {
            Lexeme::Scale(scale, many)
                if many != Many::Two && !clitics.has_conjunction && !clitics.has_preposition =>
            {
                Some(scale)
            }
            _ => None,
        }
    }

    /// A sum of falling terms: «مليون ومئتا ألف وخمسون», «3 آلاف و500».
    fn sum(&self, at: usize) -> Option<Cardinal> {
        let first = self.term(at)?;
        let mut total = first.value;
        let (mut end, mut room, mut scale) = (first.end, first.room, first.scale);
        while let Some(next) = self.joined(end) {
            if let Lexeme::Fraction(part) = self.lexeme(next) {
                // «مليون ونصف المليون», «خمسة ونصف في المئة»
                total += part * scale;
                end = next + 1;
                if self.scale_after(end) == Some(scale) {
                    end += 1;
                }
                break;
            }
            let Some(term) = self.term(next).filter(|t| t.value < room && t.room < room) else { break };
            total += term.value;
            (end, room, scale) = (term.end, term.room, term.scale);
        }
        let form = if self.lexeme(at) == Lexeme::One && end == at + 1 { Form::One } else { Form::Exact };
        Some(Cardinal { end, low: total, high: total, form, scale })
    }

    /// One term: a number below a thousand, or digits, and the scales after it.
    fn term(&self, at: usize) -> Option<Term> {
        let (mut value, mut end) = match self.lexeme(at) {
            Lexeme::Scale(scale, many) => (scale * self.implied(at, many)?, at + 1),
            _ => self.below_thousand(at)?,
        };
        let mut scale = match self.lexeme(at) {
            Lexeme::Scale(scale, _) => scale,
            _ => 1.0,
        };
        while let Lexeme::Scale(next, many) = self.bare(end) {
            if many == Many::Two {
                break;
            }
            value *= next;
            scale *= next;
            end += 1;
        }
        // After «مئة» may follow «وخمسون» (taken above), after «ألف» all that is less than a thousand.
        Some(Term { value, end, room: scale, scale })
    }

    /// How many of its scale the scale word at `at` is without a number before it.
    fn implied(&self, at: usize, many: Many) -> Option<f64> {
        match many {
            // «المجموعة B»: a Latin letter is a scale after a number only.
            // «ألّف كتابا» is a verb: after the number stands a genitive, which shows no alif.
            Many::One => {
                let object = self.tokens.get(at + 1).is_some_and(|next| {
                    next.is_word() && next.key.ends_with('ا') && next.key.chars().count() > 3
                });
                // Closed class: numerals.
                let verb = &*self.tokens[at].key == "الف" && object;
                (!verb && !self.tokens[at].key.is_ascii()).then_some(1.0)
            }
            Many::Two => Some(2.0),
            Many::Some => None,
            // «مليونا دولار» is two; «مليونًا» and «مليونا و200 ألف» are one.
            Many::OneOrTwo => {
                let nunated = self.tokens[at].span.of(self.source).contains('\u{064B}');
                let before_noun = self.tokens.get(at + 1).is_some_and(|next| {
                    next.is_word() && !next.key.starts_with('و') && &*next.key != "من" && &*next.key != "في"
                });
                Some(if before_noun && !nunated { 2.0 } else { 1.0 })
            }
        }
    }

    /// A number in words below a thousand, or digits.
    fn below_thousand(&self, at: usize) -> Option<(f64, usize)> {
        match self.lexeme(at) {
            Lexeme::Digits(value) => Some(self.digit_groups(at, value)),
            Lexeme::Hundreds(hundreds) => Some(self.with_rest(at + 1, f64::from(hundreds) * 100.0)),
            Lexeme::Unit(n) if self.bare(at + 1) == Lexeme::Hundreds(1) => {
                Some(self.with_rest(at + 2, f64::from(n) * 100.0))
            }
            _ => self.below_hundred(at),
        }
    }

    /// «مئة وخمسين», «مئة و20»: what a hundred has after it.
    fn with_rest(&self, end: usize, hundreds: f64) -> (f64, usize) {
        let rest = self.joined(end).and_then(|next| match self.lexeme(next) {
            Lexeme::Digits(value) if value < 100.0 && value.fract() == 0.0 => Some((value, next + 1)),
            _ => self.below_hundred(next),
        });
        rest.map_or((hundreds, end), |(value, end)| (hundreds + value, end))
    }

    fn below_hundred(&self, at: usize) -> Option<(f64, usize)> {
        let unit = match self.lexeme(at) {
            Lexeme::Ten => return Some((10.0, at + 1)),
            Lexeme::Tens(tens) => return Some((f64::from(tens) * 10.0, at + 1)),
            Lexeme::One | Lexeme::Eleventh => 1.0,
            Lexeme::Twelfth => 2.0,
            Lexeme::Unit(n) => f64::from(n),
            _ => return None,
        };
        if self.bare(at + 1) == Lexeme::Ten {
            return Some((unit + 10.0, at + 2));
        }
        // «خمسة وعشرين»
        if let Some(next) = self.joined(at + 1)
            && let Lexeme::Tens(tens) = self.lexeme(next)
        {
            return Some((unit + f64::from(tens) * 10.0, next + 1));
        }
        (!matches!(self.lexeme(at), Lexeme::Eleventh | Lexeme::Twelfth)).then_some((unit, at + 1))
    }

    /// Digits, and the groups of three that a space divides: «10 000».
    fn digit_groups(&self, at: usize, value: f64) -> (f64, usize) {
        let plain =
            |token: &Token| token.kind == TokenKind::Number && token.key.bytes().all(|b| b.is_ascii_digit());
        let first = &self.tokens[at];
        let parts = self.lexed[at + 1..].iter().take_while(|l| l.lexeme == Lexeme::Part).count();
        let (mut value, mut end) = (value, at + 1 + parts);
        if parts > 0 || !plain(first) || first.key.len() > 3 || first.key.starts_with('0') {
            return (value, end);
        }
        while let Some(next) = self.tokens.get(end) {
            let gap = &self.source[self.tokens[end - 1].span.end..next.span.start];
            let one_space = gap.chars().count() == 1;
            if !(plain(next) && next.key.len() == 3 && one_space && end - at < 5) {
                break;
            }
            let Lexeme::Digits(group) = self.lexeme(end) else { break };
            value = value * 1000.0 + group;
            end += 1;
        }
        (value, end)
    }
}

/// A term of a sum.
struct Term {
    value: f64,
    end: usize,
    /// What may follow must be less than this.
    room: f64,
    scale: f64,
}
