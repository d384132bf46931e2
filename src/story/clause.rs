//! The sentence around a figure: what it counts, how exactly, and whether of the event itself.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::account::Key;
use super::figures::{Kind, Told};
use crate::facts::figure::Class;
use crate::facts::{Facts, Figure};
use crate::summary::terms;
use crate::text::fold::fold;
use crate::text::lexicon::WordClass;
use crate::text::{Document, Span, Token, TokenKind};

/// The sentence around a figure.
pub(super) struct Clause<'a> {
    tokens: &'a [Token],
    /// The figure's tokens among them.
    own: Range<usize>,
    /// Whether each token belongs to another figure.
    taken: Vec<bool>,
}

/// Words of a number's clause that are compared: so many before it and behind it.
const BEFORE: usize = 6;
const BEHIND: usize = 4;

/// Words between a number and the word of harm that is said of it.
const NEAR: usize = 3;

impl<'a> Clause<'a> {
    pub(super) fn new(document: &'a Document, facts: &Facts, figure: &Figure) -> Self {
        let tokens = document.tokens_of(&document.sentences()[figure.sentence]);
        let place = |span: Span| {
            let start = tokens.partition_point(|token| token.span.end <= span.start);
            start..tokens.partition_point(|token| token.span.start < span.end).max(start)
        };
        let mut taken = vec![false; tokens.len()];
        // Figures come in source order.
        let first = facts.figures.partition_point(|other| other.sentence < figure.sentence);
        let others = facts.figures[first..].iter().take_while(|other| other.sentence == figure.sentence);
        for other in others.filter(|other| other.span != figure.span) {
            taken[place(other.span)].fill(true);
        }
        Self { tokens, own: place(figure.span), taken }
    }

    /// The headline around the same number, where it has it in digits.
    pub(super) fn in_headline<'h>(&self, document: &'h Document) -> Option<Clause<'h>> {
        let tokens = document.headline_tokens();
        let is_number = |token: &Token| token.kind == TokenKind::Number;
        let own = self.tokens[self.own.clone()].iter().find(|token| is_number(token))?;
        let at = tokens.iter().position(|token| is_number(token) && token.key == own.key)?;
        let taken = tokens.iter().enumerate().map(|(other, token)| is_number(token) && other != at).collect();
        Some(Clause { tokens, own: at..at + 1, taken })
    }

    /// What it counts, by its own sentence or by the `headline` with the same number.
    pub(super) fn kind(&self, figure: &Figure, headline: Option<&Clause<'_>>, key: &Key) -> Kind {
        let toll = || self.toll().or_else(|| headline?.toll()).unwrap_or(Kind::Other);
        match figure.class {
            Some(Class::Currency) => Kind::Money(key.digest(&figure.unit)),
            Some(Class::Casualty | Class::Person) => toll(),
            Some(Class::Thing) if figure.unit.is_empty() => toll(),
            _ => Kind::Other,
        }
    }

    /// What toll it is by its noun, or the word of harm nearest before or behind it; none over a comma or another number: «قتل 25 شخصا
    /// وجرح 20» are 25 dead. Of two kinds together it is neither: «100 قتيل وجريح».
    fn toll(&self) -> Option<Kind> {
        let of = |at: usize| self.toll_at(at);
        let is_joined = |at: usize| self.tokens.get(at).is_some_and(|token| token.key.starts_with('و'));
        let is_mark = |at: usize| {
            let token = &self.tokens[at];
            matches!(token.kind, TokenKind::Mark(_)) && !token.is_quotation_mark()
        };
        if let Some(own) = self.own.clone().find_map(of) {
            return (!is_joined(self.own.end) || of(self.own.end).is_none()).then_some(own);
        }
        let before: Vec<usize> =
            (0..self.own.start).rev().take(NEAR).take_while(|&at| !self.taken[at] && !is_mark(at)).collect();
        if let Some((at, kind)) = before.into_iter().find_map(|at| Some((at, of(at)?))) {
            // «مقتل وإصابة 30 شخصا», not «20 شخصا قتلوا وأصيب 40».
            let counted = self.taken[at.saturating_sub(NEAR)..at].contains(&true);
            let is_second =
                is_joined(at) && !counted && at > 0 && of(at - 1).is_some_and(|first| first != kind);
            return (!is_second).then_some(kind);
        }
        let goes_on = |at: &usize| {
            let joined = self.tokens[*at].key.starts_with('و') && of(*at).is_some();
            !self.taken[*at] && !is_mark(*at) && !joined
        };
        let behind = (self.own.end..self.tokens.len()).take(NEAR).take_while(goes_on).find_map(of);
        behind.filter(|kind| *kind != Kind::Aboard)
    }

    fn toll_at(&self, at: usize) -> Option<Kind> {
        match said(&self.tokens.get(at)?.key)? {
            Said::Toll(kind) => Some(kind),
            _ => None,
        }
    }

    /// How exactly the number is told, by its own words and the two before it.
    pub(super) fn told(&self) -> Told {
        let words = self.own.start.saturating_sub(2)..self.own.end;
        let says = |wanted: Said| {
            words.clone().any(|at| !self.taken[at] && said(&self.tokens[at].key) == Some(wanted))
        };
        if says(Said::About) {
            Told::About
        } else if says(Said::Above) {
            Told::Above
        } else {
            Told::Exactly
        }
    }

    /// Whether it tells of another time: «في أغسطس الماضي», «عام 2002», «وكان …» at the sentence's start.
    pub(super) fn is_background(&self, figure: &Figure) -> bool {
        let opens = self.tokens.first().is_some_and(|token| {
            let key = token.key.strip_prefix(['و', 'ف']).unwrap_or(&token.key);
            WordClass::BackgroundOpener.contains(key)
        });
        let near = self.tokens.iter().take_while(|token| token.span.start <= figure.span.end + 60);
        opens || near.into_iter().any(|token| is_year(token) || is_past(&token.key))
    }

    /// Whether it is of one event of several, by the words before it: «وأسفر الانفجار الأول عن مقتل أربعة», not «في 3 كانون الثاني».
    pub(super) fn is_one_of_several(&self) -> bool {
        (0..self.own.start).any(|at| {
            let is_month = at > 0 && said(&self.tokens[at - 1].key) == Some(Said::MonthOfTwo);
            said(&self.tokens[at].key) == Some(Said::OneOfSeveral) && !is_month
        })
    }

    /// Whether it counts a longer time than the event's: «منذ ذلك التاريخ», «منذ 30 مارس», not «الأسوأ منذ 30 عاما».
    pub(super) fn is_since(&self) -> bool {
        self.tokens.windows(2).enumerate().any(|(at, pair)| {
            let is_date = pair[1].kind == TokenKind::Number && !self.taken[at + 1];
            pair[0].key.trim_start_matches('و') == "منذ"
                && (is_date || said(&pair[1].key) == Some(Said::Since))
        })
    }

    /// Whether the number counts all, in the noun that any newsroom would use: «16 شخصا», not «ستة أطفال»; and not «3 قتلى … بالإضافة إلى
    /// السائق» of the dead.
    pub(super) fn is_whole(&self, kind: Kind, figure: &Figure) -> bool {
        if !kind.is_toll() {
            let other = self.tokens.get(self.own.end);
            let tail = self.tokens[self.own.clone()].last();
            let is_other = |token: &Token| token.key.starts_with("اخر");
            return ![other, tail].into_iter().flatten().any(is_other);
        }
        let general = figure.unit.is_empty() || WordClass::AnybodyHarmed.contains(&fold(&figure.unit));
        let excepts = self.tokens.iter().any(|token| {
            let key = token.key.strip_prefix(['و', 'ف', 'ب']).unwrap_or(&token.key);
            WordClass::Excepting.contains(key)
        });
        general && !(kind == Kind::Killed && excepts)
    }

    pub(super) fn around(&self, key: &Key) -> Vec<(u64, f32)> {
        let first = self.own.start.saturating_sub(BEFORE);
        let last = (self.own.end + BEHIND).min(self.tokens.len());
        let words = [first..self.own.start, self.own.end..last].into_iter();
        let read = words.flat_map(|range| terms::read(&self.tokens[range])).flatten();
        let words = read.filter(|(term, _)| !term.starts_with(|c: char| c.is_ascii_digit()));
        words.map(|(term, weight)| (key.digest(term), weight)).collect()
    }
}

/// «2002», «2018».
fn is_year(token: &Token) -> bool {
    token.kind == TokenKind::Number
        && token.key.len() == 4
        && (token.key.starts_with("19") || token.key.starts_with("20"))
}

fn is_past(key: &str) -> bool {
    WordClass::EarlierTime.contains(key.strip_prefix("ال").unwrap_or(key))
}

/// What a word says of the number beside it (`data/lists/tolls.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Toll(Kind),
    About,
    Above,
    OneOfSeveral,
    MonthOfTwo,
    Since,
}

impl Said {
    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "killed" => Self::Toll(Kind::Killed),
            "injured" => Self::Toll(Kind::Injured),
            "missing" => Self::Toll(Kind::Missing),
            "aboard" => Self::Toll(Kind::Aboard),
            "other" => Self::Toll(Kind::Other),
            "about" => Self::About,
            "above" => Self::Above,
            "one-of-several" => Self::OneOfSeveral,
            "month-of-two" => Self::MonthOfTwo,
            "since" => Self::Since,
            _ => return None,
        })
    }
}

/// What the word with `key` says.
fn said(key: &str) -> Option<Said> {
    static WORDS: LazyLock<HashMap<String, Said>> = LazyLock::new(|| {
        let lines = include_str!("../../data/lists/tolls.tsv").lines();
        let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        let kinds = rows.filter_map(|(name, words)| Some((Said::of_name(name)?, words)));
        kinds.flat_map(|(said, words)| words.split(' ').map(move |word| (fold(word), said))).collect()
    });
    static PREFIXES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| ["و", "ف", "ب", "ل", "ال", "وال", "بال", "لل"].into_iter().collect());
    WORDS.get(key).copied().or_else(|| {
        let starts = key.char_indices().skip(1).take(3).map(|(at, _)| at);
        starts.filter(|&at| PREFIXES.contains(&key[..at])).find_map(|at| WORDS.get(&key[at..]).copied())
    })
}
