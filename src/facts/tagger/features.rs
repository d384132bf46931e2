//! Features of the tokens of a sentence: the same code for training and for tagging.
//!
//! A feature is a 64-bit hash of its template and its values. Words are compared by their folded form
//! (see [`crate::text::fold`]).
//!
//! What a token says by itself, to itself and to its neighbours ([`around`], [`inside`], [`ahead`]), is kept apart from what
//! several say together ([`pairs`], [`together`]): the former is the same wherever the word stands.

use super::hash::combine;
use super::lexicon::{LONGEST_PHRASE, Lexicon, phrase_hash};
use super::word::{Letters, Word};

/// What every token has.
pub const BIAS: u64 = combine(template::BIAS, 0);
/// How far to each side a token says something to its neighbours by itself.
pub const REACH: usize = 2;
/// How far ahead it still says that a name may come.
pub const FAR: std::ops::RangeInclusive<usize> = 3..=4;

/// The features of every token of a sentence, in order.
#[must_use]
pub fn extract(tokens: &[&str], lexicon: &Lexicon) -> Vec<Vec<u64>> {
    let read: Vec<(Word, Letters)> = tokens.iter().map(|token| Word::read(token, lexicon)).collect();
    let words: Vec<Word> = read.iter().map(|(word, _)| *word).collect();
    let phrases = match_phrases(&words, lexicon);
    (0..words.len())
        .map(|at| {
            let mut features = Vec::with_capacity(128);
            let mut add = |feature| features.push(feature);
            add(BIAS);
            for place in 0..=2 * REACH {
                let near = (at + place).checked_sub(REACH).and_then(|near| read.get(near));
                around(near.map(|(word, letters)| (word, letters)), place, &mut add);
            }
            pairs(&words, at, &mut add);
            inside(&read[at].0, &read[at].1, &mut add);
            together(&words, &phrases, at, &mut add);
            for distance in FAR {
                ahead(at.checked_sub(distance).map(|before| &words[before]), &mut add);
            }
            features
        })
        .collect()
}

/// What the word at `place` says to the token in the middle of the places `0..=2 * REACH`; `None` stands for the edge of the sentence.
pub fn around(word: Option<(&Word, &Letters)>, place: usize, add: &mut impl FnMut(u64)) {
    let central = place.abs_diff(REACH) <= 1;
    let place = place as u64;
    let mut add = |template: u64, value: u64| add(combine(template, value));
    add(template::WORD + place, word.map_or(EDGE, |(word, _)| word.key));
    add(template::STEM + place, word.map_or(EDGE, |(word, _)| word.stem));
    let Some((word, letters)) = word else { return };
    add(template::CLUSTER + place, word.cluster());
    add(template::COARSE + place, word.coarse());
    if !central {
        return;
    }
    add(template::SHAPE + place, word.shape as u64);
    add(template::COMPANY + place, word.company());
    for (kind, step) in word.entry.company.steps().into_iter().enumerate() {
        add(template::COMPANY + 10 + place, (kind as u64) << 8 | u64::from(step));
    }
    add(template::FREQUENCY + place, u64::from(word.entry.frequency));
    add(template::MARKS + place, word.all_marks());
    for bit in bits(word.entry.marks) {
        add(template::MARK + place, bit);
    }
    for bit in bits(word.stripped.marks) {
        add(template::STRIPPED_MARK + place, bit);
    }
    for length in 2..=3 {
        add(template::SUFFIX + 10 * place + length as u64, letters.suffix(length));
        add(template::PREFIX + 1000 * (place + 1) + length as u64, letters.prefix(length));
    }
}

/// The inside of the word: foreign names have letter sequences that Arabic words have not («جوتشولك»).
pub fn inside(word: &Word, letters: &Letters, add: &mut impl FnMut(u64)) {
    let mut add = |template: u64, value: u64| add(combine(template, value));
    for length in [1, 4] {
        add(template::SUFFIX + 500 + length as u64, letters.suffix(length));
        add(template::PREFIX + 500 + length as u64, letters.prefix(length));
    }
    for trigram in letters.trigrams() {
        add(template::TRIGRAM, trigram);
    }
    let length = letters.count().min(12) as u64;
    add(template::LENGTH, length);
    add(template::LENGTH + 1, combine(length, u64::from(word.entry.frequency)));
    add(template::CLITIC, combine(u64::from(u32::from(word.clitic)), u64::from(word.stripped.marks)));
}

/// A title three or four words back still announces a name: «وزير الخارجية الأمريكي كولن باول».
pub fn ahead(word: Option<&Word>, add: &mut impl FnMut(u64)) {
    add(combine(template::FAR, word.map_or(EDGE, |word| word.stem)));
    add(combine(template::FAR + 1, word.map_or(EDGE, Word::coarse)));
}

/// Neighbours: title and name («الرئيس بوش»), verb of saying and name, name and name.
pub fn pairs(words: &[Word], at: usize, add: &mut impl FnMut(u64)) {
    let mut add = |template: u64, value: u64| add(combine(template, value));
    let value = |offset, of| value(words, at, offset, of);
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
    let coarse = |offset| value(offset, Word::coarse);
    add(template::COARSE + 15, combine(combine(coarse(-1), coarse(0)), coarse(1)));
    add(template::PAIR + 9, combine(value(-1, |w| w.stem), value(1, |w| w.stem)));
}

/// What contexts, lists and frequency say together, and a phrase of the gazetteers that covers the token.
pub fn together(words: &[Word], phrases: &[u64], at: usize, add: &mut impl FnMut(u64)) {
    let mut add = |template: u64, value: u64| add(combine(template, value));
    let word = &words[at];
    let company = |offset| value(words, at, offset, Word::company);
    add(template::COMPANY + 5, combine(company(-1), company(0)));
    add(template::COMPANY + 6, combine(company(0), company(1)));
    add(template::COMPANY + 7, combine(company(0), word.all_marks()));
    add(template::FREQUENCY + 5, combine(u64::from(word.entry.frequency), word.all_marks()));
    if phrases[at] != 0 {
        add(template::PHRASE, phrases[at]);
        add(template::PHRASE + 1, combine(phrases[at], word.all_marks()));
    }
}

/// A value of the word at some distance from the one at `at`.
fn value(words: &[Word], at: usize, offset: isize, of: fn(&Word) -> u64) -> u64 {
    at.checked_add_signed(offset).and_then(|near| words.get(near)).map_or(EDGE, of)
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

/// For each token, what the longest known phrase over it is and where in it the token stands; 0 for none.
#[must_use]
pub fn match_phrases(words: &[Word], lexicon: &Lexicon) -> Vec<u64> {
    let mut found = vec![0; words.len()];
    let mut covered = vec![0_usize; words.len()];
    for start in 0..words.len() {
        for head in words[start].heads.into_iter().filter(|&head| head != 0) {
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
