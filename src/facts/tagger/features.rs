//! Features of the tokens of a sentence: the same code for training and for tagging.
//!
//! A feature is a template with its values, as a 64-bit hash, and the place from which the token sees them: «a title» two words
//! back and «a title» one word back are two places of one hash, and the model keeps their weights together. Words are compared
//! by their folded form (see [`crate::text::fold`]).
//!
//! What one word says, to itself and to its neighbours ([`around`], [`inside`], [`ahead`]), is kept apart from what several say
//! together ([`pair`], [`in_phrase`]): the former is the same wherever the word stands.

use std::ops::Range;

use super::hash::combine;
use super::lexicon::{LONGEST_PHRASE, Lexicon, phrase_hash};
use super::word::{Letters, Word};

/// A template with its values, and the place from which a token sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feature {
    /// The template and its values.
    pub hash: u64,
    /// The place; 0 where there is only one.
    pub place: u8,
}

/// What every token has.
pub const BIAS: u64 = combine(template::BIAS, 0);
/// How far to each side a token says something to its neighbours by itself.
pub const REACH: usize = 2;
/// The places from which a word is seen, itself in the middle.
pub const AROUND: Range<u8> = 0..2 * REACH as u8 + 1;
/// The places from which two neighbours are seen: from behind them, as the second and the first of them, and from before them.
pub const PAIRS: Range<u8> = 0..2 * REACH as u8;
/// How far ahead it still says that a name may come.
pub const FAR: std::ops::RangeInclusive<usize> = 3..=4;

/// Only the word itself and the words beside it.
const BESIDE: Range<u8> = 1..AROUND.end - 1;
/// Of [`PAIRS`] the places of the second and of the first of the two: what they say of each other, and to no one else.
const OF_EACH_OTHER: Range<u8> = 1..PAIRS.end - 1;

/// The features of every token of a sentence, in order.
#[must_use]
pub fn extract(tokens: &[&str], lexicon: &Lexicon) -> Vec<Vec<Feature>> {
    let read: Vec<(Word, Letters)> = tokens.iter().map(|token| Word::read(token, lexicon)).collect();
    let words: Vec<Word> = read.iter().map(|(word, _)| *word).collect();
    let phrases = match_phrases(&words, lexicon);
    (0..words.len())
        .map(|at| {
            let mut features = Vec::with_capacity(128);
            let mut add = |hash: u64, place: u8| features.push(Feature { hash, place });
            add(BIAS, 0);
            for place in AROUND {
                let near = (at + usize::from(place)).checked_sub(REACH).and_then(|near| read.get(near));
                around(near.map(|(word, letters)| (word, letters)), &mut |hash, places| {
                    if places.contains(&place) {
                        add(hash, place);
                    }
                });
            }
            let first = |place: u8| at.cast_signed() + isize::from(place.cast_signed()) - REACH.cast_signed();
            for place in PAIRS {
                pair(&words, first(place), &mut |hash, places| {
                    if places.contains(&place) {
                        add(hash, place);
                    }
                });
            }
            let mut here = |hash| add(hash, 0);
            inside(&read[at].0, &read[at].1, &mut here);
            in_phrase(phrases[at]).into_iter().for_each(&mut here);
            for distance in FAR {
                ahead(at.checked_sub(distance).map(|before| &words[before]), &mut here);
            }
            features
        })
        .collect()
}

/// What a word says to the tokens that see it from the given places of [`AROUND`]; `None` stands for the edge of the sentence.
pub fn around(word: Option<(&Word, &Letters)>, add: &mut impl FnMut(u64, Range<u8>)) {
    let mut all = |template: u64, value: u64| add(combine(template, value), AROUND);
    all(template::WORD, word.map_or(EDGE, |(word, _)| word.key));
    all(template::STEM, word.map_or(EDGE, |(word, _)| word.stem));
    let Some((word, letters)) = word else { return };
    all(template::CLUSTER, word.cluster());
    all(template::COARSE, word.coarse());
    let mut beside = |template: u64, value: u64| add(combine(template, value), BESIDE);
    beside(template::SHAPE, word.shape as u64);
    beside(template::COMPANY, word.company());
    for (kind, step) in word.entry.company.steps().into_iter().enumerate() {
        beside(template::COMPANY_STEP, (kind as u64) << 8 | u64::from(step));
    }
    beside(template::FREQUENCY, u64::from(word.entry.frequency));
    beside(template::MARKS, word.all_marks());
    for bit in bits(word.entry.marks) {
        beside(template::MARK, bit);
    }
    for bit in bits(word.stripped.marks) {
        beside(template::STRIPPED_MARK, bit);
    }
    for length in 2..=3 {
        beside(template::SUFFIX + length as u64, letters.suffix(length));
        beside(template::PREFIX + length as u64, letters.prefix(length));
    }
}

/// The inside of the word: foreign names have letter sequences that Arabic words have not («جوتشولك»).
pub fn inside(word: &Word, letters: &Letters, add: &mut impl FnMut(u64)) {
    let mut add = |template: u64, value: u64| add(combine(template, value));
    for length in [1, 4] {
        add(template::OWN_SUFFIX + length as u64, letters.suffix(length));
        add(template::OWN_PREFIX + length as u64, letters.prefix(length));
    }
    for trigram in letters.trigrams() {
        add(template::TRIGRAM, trigram);
    }
    let length = letters.count().min(12) as u64;
    add(template::LENGTH, length);
    add(template::LENGTH_FREQUENCY, combine(length, u64::from(word.entry.frequency)));
    add(template::CLITIC, combine(u64::from(u32::from(word.clitic)), u64::from(word.stripped.marks)));
}

/// A title three or four words back still announces a name: «وزير الخارجية الأمريكي كولن باول».
pub fn ahead(word: Option<&Word>, add: &mut impl FnMut(u64)) {
    add(combine(template::FAR_STEM, word.map_or(EDGE, |word| word.stem)));
    add(combine(template::FAR_COARSE, word.map_or(EDGE, Word::coarse)));
}

/// What two neighbours, the word at `first` and the next, say to the tokens that see them from the given places of [`PAIRS`]: title
/// and name («الرئيس بوش»), verb of saying and name, name and name. Either may lie outside the sentence.
pub fn pair(words: &[impl AsRef<Word>], first: isize, add: &mut impl FnMut(u64, Range<u8>)) {
    let mut add = |template: u64, a: fn(&Word) -> u64, b: fn(&Word) -> u64, places: Range<u8>| {
        add(combine(template, combine(value(words, first, a), value(words, first + 1, b))), places);
    };
    add(template::PAIR, |word| word.key, |word| word.key, PAIRS);
    add(template::COARSE_PAIR, Word::coarse, Word::coarse, PAIRS);
    add(template::STEM_MARKS, |word| word.stem, Word::all_marks, OF_EACH_OTHER);
    add(template::MARKS_STEM, Word::all_marks, |word| word.stem, OF_EACH_OTHER);
    add(template::COMPANY_PAIR, Word::company, Word::company, OF_EACH_OTHER);
}

/// What is said by a phrase of the gazetteers that covers the token: which kinds it has and where in it the token stands.
#[must_use]
pub fn in_phrase(phrase: u64) -> Option<u64> {
    (phrase != 0).then(|| combine(template::PHRASE, phrase))
}

/// A value of the word at `at`, which may lie outside the sentence.
fn value(words: &[impl AsRef<Word>], at: isize, of: fn(&Word) -> u64) -> u64 {
    usize::try_from(at).ok().and_then(|at| words.get(at)).map_or(EDGE, |word| of(word.as_ref()))
}

/// Stands for what lies outside the sentence.
const EDGE: u64 = 0x45_44_47_45;

/// Templates, each with its own number so that equal values never meet.
mod template {
    pub const BIAS: u64 = 1;
    pub const WORD: u64 = 10;
    pub const STEM: u64 = 20;
    pub const PAIR: u64 = 30;
    pub const STEM_MARKS: u64 = 31;
    pub const MARKS_STEM: u64 = 32;
    /// And the length.
    pub const PREFIX: u64 = 40;
    /// And the length.
    pub const OWN_PREFIX: u64 = 45;
    /// And the length.
    pub const SUFFIX: u64 = 50;
    /// And the length.
    pub const OWN_SUFFIX: u64 = 55;
    pub const TRIGRAM: u64 = 60;
    pub const SHAPE: u64 = 70;
    pub const MARK: u64 = 80;
    pub const STRIPPED_MARK: u64 = 90;
    pub const MARKS: u64 = 100;
    pub const FREQUENCY: u64 = 110;
    pub const CLUSTER: u64 = 120;
    pub const COARSE: u64 = 140;
    pub const COARSE_PAIR: u64 = 141;
    pub const PHRASE: u64 = 170;
    pub const LENGTH: u64 = 180;
    pub const LENGTH_FREQUENCY: u64 = 181;
    pub const CLITIC: u64 = 190;
    pub const FAR_STEM: u64 = 200;
    pub const FAR_COARSE: u64 = 201;
    pub const COMPANY: u64 = 220;
    pub const COMPANY_STEP: u64 = 221;
    pub const COMPANY_PAIR: u64 = 222;
}

/// For each token, what the longest known phrase over it is and where in it the token stands; 0 for none.
#[must_use]
pub fn match_phrases(words: &[impl AsRef<Word>], lexicon: &Lexicon) -> Vec<u64> {
    let mut found = vec![0; words.len()];
    let mut covered = vec![0_usize; words.len()];
    for start in 0..words.len() {
        for head in words[start].as_ref().heads.into_iter().filter(|&head| head != 0) {
            let going_on = words[start + 1..].iter().take(LONGEST_PHRASE - 1);
            let longest = 1 + going_on.take_while(|word| !word.as_ref().entry.stops_phrase).count();
            for length in (2..=longest).rev() {
                let tail = words[start + 1..start + length].iter().map(|word| word.as_ref().key);
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
