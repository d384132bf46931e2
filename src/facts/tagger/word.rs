//! One token with all that does not depend on its neighbours.

use super::hash::{hash_chars, hash_str};
use super::lexicon::{Entry, Lexicon};
use crate::text::fold::{fold, is_arabic_letter, is_mark};

/// A token, as features ask for it.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Hash of the folded word.
    pub key: u64,
    /// Hash of the folded word without clitics and article: «وللرئيس» → «رئيس».
    pub stem: u64,
    /// What it looks like.
    pub shape: Shape,
    /// What the lexicon says of the word as it stands.
    pub entry: Entry,
    /// What the lexicon says of the first form without clitics that it knows.
    pub stripped: Entry,
    /// Hashes of the forms that stand first in a phrase, of the word and of what is left without each of its clitics; 0 for none.
    pub heads: [u64; 1 + CLITICS.len()],
    /// The conjunction or preposition that was taken off to get `stripped`.
    pub clitic: char,
}

/// The letters of a word's folded form.
#[derive(Clone, Debug)]
pub struct Letters(Vec<char>);

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Arabic letters.
    Arabic,
    /// Other letters, the first of them large.
    Capital,
    /// Large Latin letters.
    Acronym,
    /// Other letters.
    Latin,
    /// Digits.
    Number,
    /// No letter and no digit.
    Mark,
    /// Anything else.
    Mixed,
}

/// What can be written on to a word, from the outside in: conjunctions, prepositions, the article.
const CLITICS: [&[&str]; 3] = [&["و", "ف"], &["ب", "ل", "ك"], &["ال"]];

/// Letters that are left of a word at least when a clitic is taken off.
const SHORTEST: usize = 3;

impl Word {
    /// Reads a token. Brackets and quotation marks glued to it, as in «(د», are set aside.
    #[must_use]
    pub fn read(token: &str, lexicon: &Lexicon) -> (Self, Letters) {
        let bare =
            token.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | '"' | '\'' | '«' | '»' | '“' | '”'));
        let bare = if bare.is_empty() { token } else { bare };
        let folded = fold(bare);
        let key = hash_str(&folded);
        let mut word = Self {
            key,
            stem: key,
            shape: Shape::of(bare),
            entry: lexicon.word(key).unwrap_or_default(),
            stripped: Entry::default(),
            heads: [0; 1 + CLITICS.len()],
            clitic: ' ',
        };
        if word.entry.begins_phrase {
            word.heads[0] = key;
        }
        if word.shape == Shape::Arabic {
            word.strip(&folded, lexicon);
        }
        (word, Letters(folded.chars().collect()))
    }

    /// Takes off what can be a conjunction, a preposition and the article.
    fn strip(&mut self, folded: &str, lexicon: &Lexicon) {
        let mut rest = folded;
        for (at, clitics) in CLITICS.into_iter().enumerate() {
            let Some((clitic, next)) = clitics.iter().find_map(|c| Some((*c, rest.strip_prefix(*c)?))) else {
                continue;
            };
            // «للرئيس» is لـ + الرئيس: the second lam stands for the article.
            let behind = next.strip_prefix('ل').filter(|_| clitics.contains(&"ل"));
            let next = behind.unwrap_or(next);
            if next.chars().count() < SHORTEST {
                continue;
            }
            let key = hash_str(next);
            let known = lexicon.word(key);
            if self.stripped.marks == 0 && known.is_some_and(|entry| entry.marks != 0) {
                self.stripped = known.unwrap_or_default();
                self.clitic = clitic.chars().next().unwrap_or(' ');
            }
            let article = at + 1 == CLITICS.len();
            if known.is_some_and(|entry| entry.frequency > 1) || self.entry.frequency == 0 || article {
                self.stem = key;
            }
            if known.is_some_and(|entry| entry.begins_phrase) {
                self.heads[at + 1] = key;
            }
            rest = next;
        }
        if !self.entry.company.is_known() {
            self.entry.company = self.stripped.company;
        }
        if self.entry.cluster == 0 && self.stripped.cluster != 0 {
            self.entry.cluster = self.stripped.cluster;
            self.entry.coarse = self.stripped.coarse;
        }
    }

    /// Its cluster.
    #[must_use]
    pub fn cluster(&self) -> u64 {
        u64::from(self.entry.cluster)
    }

    /// Its coarser cluster.
    #[must_use]
    pub fn coarse(&self) -> u64 {
        u64::from(self.entry.coarse)
    }

    /// What the lists say of it, with and without clitics.
    #[must_use]
    pub fn all_marks(&self) -> u64 {
        u64::from(self.entry.marks) << 16 | u64::from(self.stripped.marks)
    }

    /// The kind of name that its contexts call for most.
    #[must_use]
    pub fn company(&self) -> u64 {
        self.entry.company.strongest()
    }
}

impl AsRef<Self> for Word {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Letters {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Hash of the first `length` letters.
    #[must_use]
    pub fn prefix(&self, length: usize) -> u64 {
        hash_chars(&self.0[..length.min(self.0.len())])
    }

    /// Hash of the last `length` letters.
    #[must_use]
    pub fn suffix(&self, length: usize) -> u64 {
        hash_chars(&self.0[self.0.len().saturating_sub(length)..])
    }

    /// Hashes of each three neighbours.
    pub fn trigrams(&self) -> impl Iterator<Item = u64> {
        self.0.windows(3).map(hash_chars)
    }
}

impl Shape {
    fn of(word: &str) -> Self {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return Self::Mark };
        let all = |test: fn(char) -> bool| word.chars().all(test);
        if all(|c| is_arabic_letter(c) || is_mark(c)) {
            Self::Arabic
        } else if all(|c| c.is_ascii_uppercase()) {
            Self::Acronym
        } else if all(char::is_alphabetic) {
            if first.is_uppercase() { Self::Capital } else { Self::Latin }
        } else if all(|c| c.is_numeric() || ".,٫٬/%-".contains(c)) && word.chars().any(char::is_numeric) {
            Self::Number
        } else if all(|c| !c.is_alphanumeric()) {
            Self::Mark
        } else {
            Self::Mixed
        }
    }
}
