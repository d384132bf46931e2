//! Features of the tokens of a sentence: the same code for training and for tagging.
//!
//! A feature is a 64-bit hash of its template and its values. Words are compared by their folded form
//! (see [`crate::text::fold`]); brackets and quotation marks glued to a word, as in «(د», are set aside.

use super::hash::{combine, hash_chars, hash_str};
use super::lexicon::{Entry, LONGEST_PHRASE, Lexicon, phrase_hash};
use crate::text::fold::{fold, is_arabic_letter};

/// The features of one token.
pub type Features = Vec<u64>;

/// One token with all that does not depend on its neighbours.
#[derive(Debug)]
struct Word {
    /// Hash of the folded word.
    key: u64,
    /// Hash of the folded word without clitics and article: «وللرئيس» → «رئيس».
    stem: u64,
    /// Letters of the folded word.
    letters: Vec<char>,
    /// What it looks like.
    shape: Shape,
    /// What the lexicon says of the word as it stands.
    entry: Entry,
    /// What the lexicon says of the first form without clitics that it knows.
    stripped: Entry,
    /// Hashes of the forms that may stand first in a phrase: the word, and without its clitics.
    heads: Vec<u64>,
    /// Whether a conjunction or preposition was taken off to get `stripped`.
    clitic: char,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Arabic,
    Capital,
    Acronym,
    Latin,
    Number,
    Mark,
    Mixed,
}

/// The features of every token of a sentence, in order.
#[must_use]
pub fn extract(tokens: &[&str], lexicon: &Lexicon) -> Vec<Features> {
    let words: Vec<Word> = tokens.iter().map(|token| Word::new(token, lexicon)).collect();
    let phrases = match_phrases(&words, lexicon);
    (0..words.len()).map(|at| features_at(&words, &phrases, at)).collect()
}

/// Stands for what lies outside the sentence.
const EDGE: u64 = 0x45_44_47_45;

/// Templates, each with its own number so that equal values never meet.
mod template {
    pub const BIAS: u64 = 1;
    pub const WORD: u64 = 10;
    pub const STEM: u64 = 20;
    pub const PAIR: u64 = 30;
    pub const PREFIX: u64 = 40;
    pub const SUFFIX: u64 = 50;
    pub const TRIGRAM: u64 = 60;
    pub const SHAPE: u64 = 70;
    pub const MARK: u64 = 80;
    pub const STRIPPED_MARK: u64 = 90;
    pub const MARKS: u64 = 100;
    pub const FREQUENCY: u64 = 110;
    pub const CLUSTER: u64 = 120;
    pub const COARSE: u64 = 140;
    pub const COMPANY: u64 = 220;
    pub const PHRASE: u64 = 170;
    pub const LENGTH: u64 = 180;
    pub const CLITIC: u64 = 190;
    pub const FAR: u64 = 200;
}

fn features_at(words: &[Word], phrases: &[u64], at: usize) -> Features {
    let mut features = Vec::with_capacity(128);
    let mut add = |template: u64, value: u64| features.push(combine(template, value));
    let get = |offset: isize| at.checked_add_signed(offset).and_then(|i| words.get(i));
    let value = |offset: isize, of: fn(&Word) -> u64| get(offset).map_or(EDGE, of);
    let word = &words[at];

    add(template::BIAS, 0);
    for offset in -2..=2_isize {
        let place = offset.wrapping_add(2) as u64;
        add(template::WORD + place, value(offset, |w| w.key));
        add(template::STEM + place, value(offset, |w| w.stem));
        let Some(near) = get(offset) else { continue };
        add(template::CLUSTER + place, near.cluster());
        add(template::COARSE + place, near.coarse());
        if offset.abs() <= 1 {
            add(template::SHAPE + place, near.shape as u64);
            add(template::COMPANY + place, near.entry.company.strongest());
            for (kind, step) in near.entry.company.steps().into_iter().enumerate() {
                add(template::COMPANY + 10 + place, (kind as u64) << 8 | u64::from(step));
            }
            add(template::FREQUENCY + place, u64::from(near.entry.frequency));
            add(template::MARKS + place, near.all_marks());
            for bit in bits(near.entry.marks) {
                add(template::MARK + place, bit);
            }
            for bit in bits(near.stripped.marks) {
                add(template::STRIPPED_MARK + place, bit);
            }
            for length in 2..=3 {
                add(
                    template::SUFFIX + 10 * place + length,
                    hash_chars(suffix(&near.letters, length as usize)),
                );
                add(
                    template::PREFIX + 1000 * (place + 1) + length,
                    hash_chars(prefix(&near.letters, length as usize)),
                );
            }
        }
    }

    // Pairs: title and name («الرئيس بوش»), verb of saying and name, name and name.
    for (place, (a, b)) in [(-2, -1), (-1, 0), (0, 1), (1, 2)].into_iter().enumerate() {
        let place = place as u64;
        add(template::PAIR + place, combine(value(a, |w| w.key), value(b, |w| w.key)));
        add(template::CLUSTER + 10 + place, combine(value(a, Word::coarse), value(b, Word::coarse)));
    }
    for (place, (a, b)) in [(-1, 0), (0, 1)].into_iter().enumerate() {
        let place = place as u64;
        add(template::PAIR + 5 + place, combine(value(a, |w| w.stem), value(b, Word::all_marks)));
        add(template::PAIR + 7 + place, combine(value(a, Word::all_marks), value(b, |w| w.stem)));
        add(template::MARKS + 5 + place, combine(value(a, Word::all_marks), value(b, Word::all_marks)));
        add(template::COARSE + 10 + place, combine(value(a, Word::coarse), value(b, Word::all_marks)));
        add(template::COARSE + 12 + place, combine(value(a, Word::all_marks), value(b, Word::coarse)));
    }
    add(
        template::COARSE + 15,
        combine(combine(value(-1, Word::coarse), word.coarse()), value(1, Word::coarse)),
    );
    add(template::PAIR + 9, combine(value(-1, |w| w.stem), value(1, |w| w.stem)));

    // The inside of the word: foreign names have letter sequences that Arabic words have not («جوتشولك»).
    for length in [1, 4] {
        add(template::SUFFIX + 500 + length, hash_chars(suffix(&word.letters, length as usize)));
        add(template::PREFIX + 500 + length, hash_chars(prefix(&word.letters, length as usize)));
    }
    for trigram in word.letters.windows(3) {
        add(template::TRIGRAM, hash_chars(trigram));
    }
    add(template::LENGTH, word.letters.len().min(12) as u64);
    add(template::LENGTH + 1, combine(word.letters.len().min(12) as u64, u64::from(word.entry.frequency)));
    add(template::CLITIC, combine(u64::from(u32::from(word.clitic)), u64::from(word.stripped.marks)));
    let company = |offset| value(offset, |w| w.entry.company.strongest());
    add(template::COMPANY + 5, combine(company(-1), company(0)));
    add(template::COMPANY + 6, combine(company(0), company(1)));
    add(template::COMPANY + 7, combine(company(0), word.all_marks()));
    add(template::FREQUENCY + 5, combine(u64::from(word.entry.frequency), word.all_marks()));

    // A phrase of the gazetteers that covers this token.
    if phrases[at] != 0 {
        add(template::PHRASE, phrases[at]);
        add(template::PHRASE + 1, combine(phrases[at], word.all_marks()));
    }
    // A title three or four words back still announces a name: «وزير الخارجية الأمريكي كولن باول».
    for offset in 3..=4_isize {
        add(template::FAR, value(-offset, |w| w.stem));
        add(template::FAR + 1, value(-offset, Word::coarse));
    }
    features
}

impl Word {
    fn new(token: &str, lexicon: &Lexicon) -> Self {
        let bare = token.trim_matches(|c: char| "()[]\"'«»“”".contains(c));
        let bare = if bare.is_empty() { token } else { bare };
        let folded = fold(bare);
        let letters: Vec<char> = folded.chars().collect();
        let key = hash_str(&folded);
        let entry = lexicon.word(key).unwrap_or_default();
        let mut word = Self {
            key,
            stem: key,
            shape: Shape::of(bare),
            entry,
            stripped: Entry::default(),
            heads: vec![key],
            clitic: ' ',
            letters,
        };
        if word.shape == Shape::Arabic {
            word.strip(&folded, lexicon);
        }
        word
    }

    /// Takes off what can be a conjunction («و», «ف»), a preposition («ب», «ل», «ك») and the article.
    fn strip(&mut self, folded: &str, lexicon: &Lexicon) {
        let mut rest = folded;
        for clitics in [&['و', 'ف'][..], &['ب', 'ل', 'ك'], &[]] {
            let next =
                if clitics.is_empty() { rest.strip_prefix("ال") } else { rest.strip_prefix(clitics) };
            let Some(next) = next.filter(|next| next.chars().count() >= 3) else { continue };
            // «للرئيس» is لـ + الرئيس: the second lam stands for the article.
            let next = if clitics.contains(&'ل') { next.strip_prefix('ل').unwrap_or(next) } else { next };
            if next.chars().count() < 3 {
                continue;
            }
            let key = hash_str(next);
            let known = lexicon.word(key);
            if self.stripped.marks == 0 && known.is_some_and(|e| e.marks != 0) {
                self.stripped = known.unwrap_or_default();
                self.clitic = rest.chars().next().unwrap_or(' ');
            }
            if known.is_some_and(|e| e.frequency > 1) || self.entry.frequency == 0 || clitics.is_empty() {
                self.stem = key;
            }
            self.heads.push(key);
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

    fn cluster(&self) -> u64 {
        u64::from(self.entry.cluster)
    }

    fn coarse(&self) -> u64 {
        u64::from(self.entry.coarse)
    }

    fn all_marks(&self) -> u64 {
        u64::from(self.entry.marks) << 16 | u64::from(self.stripped.marks)
    }
}

impl Shape {
    fn of(word: &str) -> Self {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return Self::Mark };
        let all = |test: fn(char) -> bool| word.chars().all(test);
        if all(|c| is_arabic_letter(c) || crate::text::fold::is_mark(c)) {
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

/// For each token, what the longest known phrase over it is and where in it the token stands; 0 for none.
fn match_phrases(words: &[Word], lexicon: &Lexicon) -> Vec<u64> {
    let mut found = vec![0; words.len()];
    let mut covered = vec![0_usize; words.len()];
    for start in 0..words.len() {
        for &head in &words[start].heads {
            for length in (2..=LONGEST_PHRASE.min(words.len() - start)).rev() {
                let tail = words[start + 1..start + length].iter().map(|w| w.key);
                let kinds = lexicon.phrase(phrase_hash(std::iter::once(head).chain(tail)));
                if kinds == 0 {
                    continue;
                }
                for i in start..start + length {
                    if covered[i] < length {
                        covered[i] = length;
                        let place = if i == start { 1 } else { 2 + u64::from(i + 1 == start + length) };
                        found[i] = u64::from(kinds) << 8 | place;
                    }
                }
                break;
            }
        }
    }
    found
}

fn bits(marks: u16) -> impl Iterator<Item = u64> {
    (0..u16::BITS).filter(move |bit| marks >> bit & 1 == 1).map(u64::from)
}

fn prefix(letters: &[char], length: usize) -> &[char] {
    &letters[..length.min(letters.len())]
}

fn suffix(letters: &[char], length: usize) -> &[char] {
    &letters[letters.len().saturating_sub(length)..]
}
