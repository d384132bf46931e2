//! The nouns that numbers count: currencies, measures, people and things, in all their forms.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::text::fold::fold;

/// What a counted noun is, as far as it matters for a figure's weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// «قتيل», «جريح», «رهينة».
    Casualty,
    /// «شخص», «وزير».
    Person,
    /// «يوم», «عام».
    Time,
    /// «33 عاما» of a person.
    Age,
    /// «مرة», «جولة».
    Occasion,
    /// Any other noun.
    Thing,
    /// «دولار».
    Currency,
    /// «كيلومتر».
    Measure,
    /// «%», «نقطة مئوية».
    Percent,
}

/// The grammatical number of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// «شخص», «شخصا».
    Singular,
    /// «شخصان», «شخصين».
    Dual,
    /// «أشخاص».
    Plural,
}

/// One form of a listed noun.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What the noun is.
    pub class: Class,
    /// Which form this is.
    pub number: Number,
    /// The singular as listed: «دولار» for «دولارات».
    pub singular: &'static str,
}

/// The listed form with the comparison key `key`, without clitics.
#[must_use]
pub fn look_up(key: &str) -> Option<Entry> {
    NOUNS.forms.get(key).copied()
}

/// Whether the word with the key `key` is one that numbers count, with or without its clitic.
#[must_use]
pub fn is_counted(key: &str) -> bool {
    look_up(key).is_some_and(|e| e.number != Number::Dual)
}

/// Whether the words with the keys `first` and `second` belong together: «دولار أميركي», «كيلومتر مربع».
/// How many of the two keys after the noun are taken.
#[must_use]
pub fn qualified(singular: &str, first: &str, second: &str) -> usize {
    let Some(words) = NOUNS.qualifiers.get(singular) else { return 0 };
    let both = format!("{first} {second}");
    if words.contains(&both) {
        return 2;
    }
    let agrees =
        |w: &String| w == first || w.strip_suffix('ه') == Some(first) || first.strip_suffix('ا') == Some(w);
    usize::from(words.iter().any(agrees))
}

/// The currency that papers write as the letter `key` behind a number of millions: «130 م د».
#[must_use]
pub fn short_currency(key: &str) -> Option<&'static str> {
    NOUNS.short.get(key).copied()
}

struct Nouns {
    forms: HashMap<String, Entry>,
    /// Currencies by the letters that stand for them.
    short: HashMap<&'static str, &'static str>,
    /// By singular: the folded words that may follow the noun.
    qualifiers: HashMap<&'static str, Vec<String>>,
}

static NOUNS: LazyLock<Nouns> = LazyLock::new(|| {
    let mut nouns = Nouns { forms: HashMap::new(), short: HashMap::new(), qualifiers: HashMap::new() };
    for line in lines(include_str!("../../data/counted_nouns.tsv")) {
        nouns.add_noun(line);
    }
    for line in lines(include_str!("../../data/currencies.tsv")) {
        nouns.add_unit(line, Class::Currency);
    }
    for line in lines(include_str!("../../data/measures.tsv")) {
        nouns.add_unit(line, Class::Measure);
    }
    nouns
});

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

impl Nouns {
    fn add_unit(&mut self, line: &'static str, class: Class) {
        let mut columns = line.split('\t');
        let singular = columns.next().unwrap_or_default();
        let plurals = columns.next().unwrap_or_default();
        let qualifiers = columns.next().unwrap_or_default();
        self.short.extend(columns.next().map(|short| (short, singular)));
        self.add(singular, Number::Singular, class, singular);
        for plural in plurals.split('|').filter(|p| !p.is_empty()) {
            self.add(plural, Number::Plural, class, singular);
        }
        self.add_duals(singular, class, true);
        let mut words = Vec::new();
        for word in qualifiers.split('|').filter(|w| !w.is_empty()) {
            let word = fold(word);
            if word.ends_with('ي') {
                words.push(format!("{word}ه"));
                words.push(format!("{word}ا"));
            }
            words.push(word);
        }
        self.qualifiers.insert(singular, words);
    }

    fn add_noun(&mut self, line: &'static str) {
        let mut columns = line.split('\t');
        let singular = columns.next().unwrap_or_default();
        let plurals = columns.next().unwrap_or_default();
        let class = match columns.next() {
            Some("casualty") => Class::Casualty,
            Some("person") => Class::Person,
            Some("time") => Class::Time,
            Some("occasion") => Class::Occasion,
            _ => Class::Thing,
        };
        self.add(singular, Number::Singular, class, singular);
        for plural in plurals.split('|').map(|p| p.trim_start_matches('~')).filter(|p| !p.is_empty()) {
            self.add(plural, Number::Plural, class, singular);
        }
        self.add_duals(singular, class, !plurals.starts_with('~'));
    }

    fn add(&mut self, form: &str, number: Number, class: Class, singular: &'static str) {
        let key = fold(form);
        // «جنيها»: a real ه takes the ending, ة does not.
        if form.ends_with('ه') {
            self.forms.entry(format!("{key}ا")).or_insert(Entry { class, number, singular });
        }
        // The counted form of 11 to 99: «شخصا», «يورو» stays.
        if !matches!(key.chars().last(), Some('ه' | 'ا' | 'ي')) && key.chars().count() > 2 {
            let number = if number == Number::Plural { number } else { Number::Singular };
            self.forms.entry(format!("{key}ا")).or_insert(Entry { class, number, singular });
        } else if key.ends_with('ي') {
            self.forms.entry(format!("{key}ا")).or_insert(Entry { class, number, singular });
        }
        self.forms.entry(key).or_insert(Entry { class, number, singular });
    }

    /// «شخصان», «مباراتين»; without «-ين» where that is also the plural.
    fn add_duals(&mut self, singular: &'static str, class: Class, oblique: bool) {
        let key = fold(singular);
        if key.contains(' ') || key.chars().count() < if class == Class::Measure { 2 } else { 3 } {
            return;
        }
        let stem = match key.strip_suffix('ه') {
            Some(stem) => format!("{stem}ت"),
            None => key,
        };
        let entry = Entry { class, number: Number::Dual, singular };
        self.forms.entry(format!("{stem}ان")).or_insert(entry);
        if oblique {
            self.forms.entry(format!("{stem}ين")).or_insert(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, look_up};
    use crate::text::fold::fold;

    fn check(word: &str, number: Number) {
        assert_eq!(look_up(&fold(word)).map(|e| e.number), Some(number), "{word}");
    }

    #[test]
    fn forms_are_derived() {
        check("دولارا", Number::Singular);
        check("دولارات", Number::Plural);
        check("شخصين", Number::Dual);
        check("مباراتين", Number::Dual);
        check("مدنيان", Number::Dual);
        check("مدنيين", Number::Plural);
    }
}
