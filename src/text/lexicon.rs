//! The lexicon: words and phrases of `data/lexicon.tsv` by the classes that the program asks for.
//!
//! Which words belong to a class is for whoever knows Arabic to say, in the file; what a class is used for stands here. Words are compared by
//! their keys (see [`super::fold`]).

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use super::fold::fold;

mod classes;

pub use classes::WordClass;

/// The classes of one word, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes([u64; 4]);

impl Classes {
    /// Whether `class` is among them.
    #[must_use]
    pub const fn contains(self, class: WordClass) -> bool {
        self.0[class as usize / 64] >> (class as usize % 64) & 1 == 1
    }

    const fn add(&mut self, class: WordClass) {
        self.0[class as usize / 64] |= 1 << (class as usize % 64);
    }
}

impl WordClass {
    /// Whether the word or phrase with the key `key` is of this class.
    #[must_use]
    pub fn contains(self, key: &str) -> bool {
        Self::all_of(key).contains(self)
    }

    /// All classes of the word or phrase with the key `key`.
    #[must_use]
    pub fn all_of(key: &str) -> Classes {
        LEXICON.classes.get(key).copied().unwrap_or_default()
    }

    /// Whether one of its words begins the word with the key `key`.
    #[must_use]
    pub fn has_start_of(self, key: &str) -> bool {
        self.keys().iter().any(|word| key.starts_with(&**word))
    }

    /// Whether one of its words ends the word with the key `key`.
    #[must_use]
    pub fn has_end_of(self, key: &str) -> bool {
        self.keys().iter().any(|word| key.ends_with(&**word))
    }

    /// Its words and phrases as an editor writes them, in the order of the file.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        LEXICON.members[self as usize].0.iter().copied()
    }

    /// The keys of its words and phrases, in the order of the file.
    #[must_use]
    pub fn keys(self) -> &'static [Box<str>] {
        &LEXICON.members[self as usize].1
    }
}

struct Lexicon {
    classes: HashMap<Box<str>, Classes>,
    /// Of each class the words as they are written, and their keys.
    members: Vec<(Vec<&'static str>, Vec<Box<str>>)>,
}

static FILE: &str = include_str!("../../data/lexicon.tsv");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let names = WordClass::ALL.iter().map(|&(class, name)| (name_in_file(name), class));
    let names: HashMap<String, WordClass> = names.collect();
    let mut lexicon =
        Lexicon { classes: HashMap::new(), members: vec![(Vec::new(), Vec::new()); WordClass::ALL.len()] };
    for (word, given) in rows() {
        let key = fold(word).into_boxed_str();
        let classes = lexicon.classes.entry(key.clone()).or_default();
        for class in given.filter_map(|name| names.get(name)) {
            classes.add(*class);
            let (words, keys) = &mut lexicon.members[*class as usize];
            words.push(word);
            keys.push(key.clone());
        }
    }
    lexicon
});

/// The rows of the file: the word, and the names of its classes.
fn rows() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let lines = FILE.lines().filter(|line| !line.starts_with("# ") && !line.is_empty());
    lines.filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?.split(' ')))
    })
}

/// «organization-head» of `OrganizationHead`.
fn name_in_file(class: &str) -> String {
    let mut name = String::new();
    for letter in class.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use foldhash::{HashSet, HashSetExt};

    use super::{FILE, WordClass, name_in_file, rows};
    use crate::text::fold::fold;

    #[test]
    fn every_row_has_known_classes_and_every_class_has_rows() {
        let known: HashSet<String> = WordClass::ALL.iter().map(|(_, name)| name_in_file(name)).collect();
        let mut used = HashSet::new();
        for (word, classes) in rows() {
            for class in classes {
                assert!(known.contains(class), "{word}: no class {class}");
                used.insert(class.to_owned());
            }
        }
        let unused: Vec<_> = known.difference(&used).collect();
        assert!(unused.is_empty(), "classes without a word: {unused:?}");
    }

    #[test]
    fn every_word_stands_once_in_three_columns() {
        let mut seen = HashSet::new();
        for line in FILE.lines().filter(|line| !line.starts_with("# ")) {
            assert_eq!(line.split('\t').count(), 3, "{line}");
        }
        for (word, _) in rows() {
            assert!(seen.insert(fold(word)), "{word} stands twice");
        }
    }

    #[test]
    fn a_word_is_known_in_every_spelling() {
        assert!(WordClass::OrganizationHead.contains(&fold("هيئة")));
        assert!(WordClass::OrganizationHead.contains(&fold("فصائل")));
        assert!(WordClass::Weekday.contains("الاربعاء"));
        assert!(!WordClass::Weekday.contains("هيئه"));
        assert!(WordClass::Weekday.words().any(|word| word == "الأربعاء"));
    }
}
