//! The same fact told twice is one figure, its first mention.

use foldhash::{HashMap, HashMapExt};

use super::{Candidate, Form, Kind, Quantity};
use crate::facts::nouns::{self, Class};
use crate::text::fold::fold;
use crate::text::lexicon::WordClass;

/// Drops from `candidates` what repeats an earlier one: the same amount of the same thing, and the same exact
/// number of people, states and bodies under another noun (83 دولة, 83 عضوا, 83 وزيرا of one meeting).
pub fn once(candidates: Vec<(usize, Candidate)>) -> Vec<(usize, Candidate)> {
    let mut seen: HashMap<(u64, u64), Vec<Counted>> = HashMap::new();
    let mut kept = Vec::with_capacity(candidates.len());
    for (sentence, candidate) in candidates {
        let (low, high) = match candidate.quantity {
            Quantity::Exact(value) => (value, value),
            Quantity::Range(low, high) => (low, high),
        };
        let unit = stem(&fold(&candidate.unit));
        let earlier = seen.entry((low.to_bits(), high.to_bits())).or_default();
        let repeated = earlier.iter().any(|(other, class)| {
            *other == unit
                || other.is_empty() && candidate.class.is_none_or(is_counted)
                || unit.is_empty() && class.is_none_or(is_counted)
                || is_distinctive(low, candidate.form)
                    && is_member(&unit, candidate.class)
                    && is_member(other, *class)
        });
        // Two matches may end alike, but one sentence tells of one.
        let other_match = candidate.kind == Kind::Score
            && kept.last().is_none_or(|(last, _): &(usize, Candidate)| *last != sentence);
        if repeated && !other_match {
            continue;
        }
        if earlier.len() < MOST_UNITS {
            earlier.push((unit, candidate.class));
        }
        kept.push((sentence, candidate));
    }
    kept
}

/// A unit by its singular, and what it is.
type Counted = (String, Option<Class>);

/// Units remembered for one amount, so that a text of one number stays linear.
const MOST_UNITS: usize = 16;

/// Whether the amount is so particular that two nouns with it are one fact: 83, not 2 or 10 or 100.
fn is_distinctive(value: f64, form: Form) -> bool {
    form == Form::Exact && value >= 11.0 && value.fract() == 0.0 && value % 10.0 != 0.0
}

const fn is_counted(class: Class) -> bool {
    matches!(class, Class::Casualty | Class::Person | Class::Thing)
}

/// Whether the noun is one by which those who take part are counted: a state, a delegation, a person.
fn is_member(unit: &str, class: Option<Class>) -> bool {
    matches!(class, Some(Class::Casualty | Class::Person)) || WordClass::Delegation.contains(&fold(unit))
}

/// «شخصا» and «شخص», «دولارات» and «دولار».
fn stem(key: &str) -> String {
    let key = key.strip_prefix("ال").unwrap_or(key);
    nouns::look_up(key).map_or_else(|| key.to_owned(), |entry| entry.singular.to_owned())
}
