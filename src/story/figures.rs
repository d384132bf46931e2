//! What an article counts, so that it can be told whether another counts the same thing: the dead with the dead, a sum in dollars with a
//! sum in dollars that stands in like words.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::account::Key;
use super::clause::Clause;
use crate::facts::figure::Class;
use crate::facts::{Facts, Quantity};
use crate::text::Document;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// «لقي 20 شخصا حتفهم».
    Killed,
    /// «أصيب 40 آخرون».
    Injured,
    /// «12 مفقودا».
    Missing,
    /// «كان على متنها 104 أشخاص».
    Aboard,
    /// A sum of money, by the digest of its currency.
    Money(u64),
    /// Nothing that could be compared.
    Other,
}

impl Kind {
    /// Whether it is a toll: of these an article has one that it tells.
    #[must_use]
    pub const fn is_toll(self) -> bool {
        !matches!(self, Self::Money(_) | Self::Other)
    }
}

/// How exactly a number is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// «20 قتيلا», «20 قتيلا على الأقل»: what is counted so far.
    #[default]
    Exactly,
    /// «نحو 20 قتيلا».
    About,
    /// «أكثر من 20 قتيلا».
    Above,
}

/// A figure as it is compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Count {
    /// What it counts.
    pub kind: Kind,
    /// How much; of a range the lower end.
    pub value: f64,
    /// How exactly.
    pub told: Told,
    /// Place in [`Facts::figures`].
    pub figure: usize,
    /// Place of its sentence among those of the story.
    pub sentence: usize,
    /// Whether it may be set beside another's: it is the story's own, told early, and neither background nor a part.
    pub is_comparable: bool,
    /// Whether the headline has its number.
    pub is_titled: bool,
    /// Whether it counts a longer time than the event's: «منذ الأحد».
    pub since: bool,
    /// Digests of the words around it, with their weights.
    pub around: Vec<(u64, f32)>,
}

impl Count {
    /// Whether the same number elsewhere says that both tell one event: no small number, no lapse of time.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        self.value >= 3.0 && !self.around.is_empty()
    }

    /// Whether both numbers may be one: the same, one the other rounded («249,1 مليون», «250 مليونا»), or one within what the other leaves
    /// open («أكثر من 500», 597).
    #[must_use]
    pub fn can_be(&self, other: &Self) -> bool {
        is_same_value(self.value, other.value) || self.is_rounding_of(other) || other.is_rounding_of(self)
    }

    fn is_rounding_of(&self, other: &Self) -> bool {
        let rounds = self.told == Told::About || self.value >= LEAST_ROUNDED;
        let above = self.told == Told::Above && other.value >= self.value;
        above || rounds && is_same_value(rounded_like(other.value, self.value), self.value)
    }
}

/// Numbers below are told to the last one where nothing says otherwise: «100 قتيل».
const LEAST_ROUNDED: f64 = 1000.0;

/// Whether two numbers are one.
#[must_use]
pub fn is_same_value(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// `value` in as many digits as `model` has before its zeros: 249,100,000 like 250,000,000 is 250,000,000.
fn rounded_like(value: f64, model: f64) -> f64 {
    let mut unit = 10_f64.powf(model.abs().max(1.0).log10().floor());
    while !is_same_value((model / unit).round() * unit, model) && unit > 1e-3 {
        unit /= 10.0;
    }
    (value / unit).round() * unit
}

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
        let headline = clause.in_headline(document);
        let kind = clause.kind(figure, headline.as_ref(), key);
        let (value, exact) = match figure.quantity {
            Quantity::Exact(value) => (value, true),
            Quantity::Range(low, _) => (low, false),
        };
        let sentence = figure.sentence - story.start;
        let titled = headline.is_some();
        let early = sentence < EARLY || titled && sentence < TITLED;
        let comparable = exact
            && figure.salience > 0.0
            && (sentence == 0 || !clause.is_background(figure))
            && clause.is_whole(kind, figure)
            && (!kind.is_toll() || early && !clause.is_one_of_several());
        let (told, since, around) = (clause.told(), clause.is_since(), clause.around(key));
        counts.push(Count {
            kind,
            value,
            told,
            figure: at,
            sentence,
            is_comparable: comparable,
            is_titled: titled,
            since,
            around,
        });
    }
    counts
}

/// So many figures are compared, at most.
const MOST: usize = 200;

/// A story's own toll is told within so many of its first sentences, and where the headline has it within so many.
const EARLY: usize = 3;
const TITLED: usize = 8;

#[cfg(test)]
mod tests {
    use super::{Count, Kind, Told};

    #[track_caller]
    fn check(kind: Kind, one: (f64, Told), other: (f64, Told), may_be: bool) {
        let count = |(value, told)| Count {
            kind,
            value,
            told,
            figure: 0,
            sentence: 0,
            is_comparable: true,
            is_titled: false,
            since: false,
            around: Vec::new(),
        };
        assert_eq!(count(one).can_be(&count(other)), may_be, "{one:?}, {other:?}");
        assert_eq!(count(other).can_be(&count(one)), may_be, "{other:?}, {one:?}");
    }

    #[test]
    fn what_is_rounded_or_left_open_may_be_one_number() {
        use Told::{About, Above, Exactly};
        let sum = Kind::Money(1);
        check(sum, (1.14e9, Exactly), (1.139e9, Exactly), true);
        check(sum, (2.5e8, Exactly), (2.491e8, Exactly), true);
        check(sum, (2.8e9, Exactly), (2.9e9, Exactly), false);
        check(Kind::Killed, (100.0, Exactly), (122.0, Exactly), false);
        check(Kind::Killed, (200.0, About), (199.0, Exactly), true);
        check(Kind::Killed, (88.0, About), (64.0, Exactly), false);
        check(Kind::Killed, (500.0, Above), (597.0, Exactly), true);
        check(Kind::Killed, (18.0, Above), (17.0, Exactly), false);
        check(Kind::Killed, (16.0, Exactly), (20.0, Exactly), false);
        check(Kind::Injured, (3000.0, Exactly), (2771.0, Exactly), true);
    }
}
