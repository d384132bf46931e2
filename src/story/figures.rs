//! What an article counts, so that it can be told whether another counts the same thing: the dead with the dead, a sum in dollars with a
//! sum in dollars that stands in like words.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use serde::{Deserialize, Serialize};

use super::account::Key;
use crate::facts::figure::Class;
use crate::facts::{Facts, Figure, Quantity};
use crate::summary::terms;
use crate::text::fold::fold;
use crate::text::lexicon::WordClass;
use crate::text::{Document, Span, Token, TokenKind};

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// «لقي 20 شخصا حتفهم».
    Killed,
    /// «أصيب 40 آخرون».
    Injured,
    /// «12 مفقودا».
    Missing,
    /// «إجلاء 3000 شخص».
    Evacuated,
    /// «اعتقال 12 شخصا».
    Detained,
    /// «كان على متنها 104 أشخاص».
    Aboard,
    /// A sum of money, by the digest of its currency.
    Money(u64),
    /// Other things, by the digest of their noun: «خمس عربات».
    Things(u64),
    /// Nothing that could be compared.
    Other,
}

impl Kind {
    /// Whether it is a toll: of these an article has one that it tells, the first.
    #[must_use]
    pub const fn is_toll(self) -> bool {
        !matches!(self, Self::Money(_) | Self::Things(_) | Self::Other)
    }

    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "killed" => Self::Killed,
            "injured" => Self::Injured,
            "missing" => Self::Missing,
            "evacuated" => Self::Evacuated,
            "detained" => Self::Detained,
            "aboard" => Self::Aboard,
            _ => return None,
        })
    }
}

/// A figure as it is compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// What it counts.
    pub kind: Kind,
    /// How much; of a range the lower end.
    pub value: f64,
    /// Place in [`Facts::figures`].
    pub figure: usize,
    /// Whether it may be set beside another's: it is the story's own, exact in what it counts, and neither background nor a part.
    pub comparable: bool,
    /// Digests of the words around it, with their weights.
    pub around: Vec<(u64, f32)>,
}

impl Count {
    /// Whether the same number elsewhere says that both tell one event: no small number, no lapse of time.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        self.value >= 3.0 && !self.around.is_empty()
    }
}

/// Words of a number's clause that are compared: so many before it and behind it.
const BEFORE: usize = 6;
const BEHIND: usize = 4;

/// What the sentences `story` of `document` count, in source order.
#[must_use]
pub fn read(document: &Document, facts: &Facts, story: &Range<usize>, key: &Key) -> Vec<Count> {
    let mut counts = Vec::new();
    for (at, figure) in facts.figures.iter().enumerate().take(MOST) {
        if !story.contains(&figure.sentence)
            || matches!(figure.class, Some(Class::Time | Class::Age | Class::Occasion))
        {
            continue;
        }
        let clause = Clause::new(document, facts, figure);
        let kind = clause.kind(figure, key);
        let (value, exact) = match figure.quantity {
            Quantity::Exact(value) => (value, true),
            Quantity::Range(low, _) => (low, false),
        };
        let lead = figure.sentence == story.start;
        let comparable = exact
            && figure.salience > 0.0
            && (lead || !clause.is_background(figure))
            && clause.is_whole(kind, figure)
            && (kind != Kind::Killed || figure.sentence - story.start <= TOLD_EARLY);
        counts.push(Count { kind, value, figure: at, comparable, around: clause.around(key) });
    }
    counts
}

/// So many figures are compared, at most.
const MOST: usize = 200;

/// The dead of the story itself are told within its first sentences.
const TOLD_EARLY: usize = 8;

/// The sentence around a figure.
struct Clause<'a> {
    tokens: &'a [Token],
    /// The figure's tokens among them.
    own: Range<usize>,
    /// Whether each token belongs to another figure.
    taken: Vec<bool>,
}

impl<'a> Clause<'a> {
    fn new(document: &'a Document, facts: &Facts, figure: &Figure) -> Self {
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

    fn kind(&self, figure: &Figure, key: &Key) -> Kind {
        match figure.class {
            Some(Class::Currency) => Kind::Money(key.digest(&figure.unit)),
            Some(Class::Casualty | Class::Person) => self.toll().unwrap_or_else(|| things(figure, key)),
            Some(Class::Thing) if figure.unit.is_empty() => self.toll().unwrap_or(Kind::Other),
            Some(Class::Thing) => things(figure, key),
            _ => Kind::Other,
        }
    }

    /// What toll it is by its noun, or the word of harm nearest before or behind it; none over a comma or another number: «قتل 25 شخصا
    /// وجرح 20» are 25 dead.
    fn toll(&self) -> Option<Kind> {
        let of = |at: usize| toll(&self.tokens[at].key);
        let quoted = |at: usize| self.tokens[at].is_quotation_mark();
        let is_mark = |at: usize| matches!(self.tokens[at].kind, TokenKind::Mark(_)) && !quoted(at);
        if let Some(own) = self.own.clone().find_map(of) {
            return Some(own);
        }
        let before = (0..self.own.start).rev().take(NEAR).take_while(|&at| !self.taken[at] && !is_mark(at));
        if let Some(before) = before.into_iter().find_map(of) {
            return Some(before);
        }
        let goes_on = |at: &usize| {
            let joined = self.tokens[*at].key.starts_with('و') && of(*at).is_some();
            !self.taken[*at] && !is_mark(*at) && !joined
        };
        let behind = (self.own.end..self.tokens.len()).take(NEAR).take_while(goes_on).find_map(of);
        behind.filter(|kind| !matches!(kind, Kind::Aboard | Kind::Evacuated))
    }

    /// Whether it tells of another time: «في أغسطس الماضي», «عام 2002», «وكان …» at the sentence's start.
    fn is_background(&self, figure: &Figure) -> bool {
        let opens = self.tokens.first().is_some_and(|token| {
            let key = token.key.strip_prefix(['و', 'ف']).unwrap_or(&token.key);
            WordClass::BackgroundOpener.contains(key)
        });
        let near = self.tokens.iter().take_while(|token| token.span.start <= figure.span.end + 60);
        opens || near.into_iter().any(|token| is_year(token) || is_past(&token.key))
    }

    /// Whether the number counts all, in the noun that any newsroom would use: «16 شخصا», not «ستة أطفال»; and not «3 قتلى … بالإضافة إلى
    /// السائق» of the dead.
    fn is_whole(&self, kind: Kind, figure: &Figure) -> bool {
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

    fn around(&self, key: &Key) -> Vec<(u64, f32)> {
        let first = self.own.start.saturating_sub(BEFORE);
        let last = (self.own.end + BEHIND).min(self.tokens.len());
        let words = [first..self.own.start, self.own.end..last].into_iter();
        let read = words.flat_map(|range| terms::read(&self.tokens[range])).flatten();
        let words = read.filter(|(term, _)| !term.starts_with(|c: char| c.is_ascii_digit()));
        words.map(|(term, weight)| (key.digest(term), weight)).collect()
    }
}

/// Words between a number and the word of harm that is said of it.
const NEAR: usize = 3;

fn things(figure: &Figure, key: &Key) -> Kind {
    // People in general are counted in every story.
    if matches!(figure.unit.as_str(), "" | "شخص") {
        Kind::Other
    } else {
        Kind::Things(key.digest(&figure.unit))
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

/// What the word with `key` says is counted.
fn toll(key: &str) -> Option<Kind> {
    static WORDS: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| {
        let lines = include_str!("../../data/lists/tolls.tsv").lines();
        let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        let kinds = rows.filter_map(|(name, words)| Some((Kind::of_name(name)?, words)));
        kinds.flat_map(|(kind, words)| words.split(' ').map(move |word| (word, kind))).collect()
    });
    static PREFIXES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| ["و", "ف", "ب", "ل", "ال", "وال", "بال", "لل"].into_iter().collect());
    WORDS.get(key).copied().or_else(|| {
        let starts = key.char_indices().skip(1).take(3).map(|(at, _)| at);
        starts.filter(|&at| PREFIXES.contains(&key[..at])).find_map(|at| WORDS.get(&key[at..]).copied())
    })
}
