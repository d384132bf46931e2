//! What is known of words and phrases before any context is looked at: gazetteers, frequency, word clusters.

use super::hash::{combine, hash_str};
use super::table::Table;
use crate::text::fold::fold;

/// Facts about a word; a set of bits in [`Entry::marks`].
pub mod mark {
    /// A given name: «أحمد».
    pub const GIVEN: u16 = 1;
    /// A family name: «بوتفليقة».
    pub const SURNAME: u16 = 1 << 1;
    /// A name word transcribed from another script, seen at least five times: «جورج».
    pub const FOREIGN_NAME: u16 = 1 << 2;
    /// The same, seen less often: «جوتشولك».
    pub const RARE_NAME: u16 = 1 << 3;
    /// A country: «فرنسا».
    pub const COUNTRY: u16 = 1 << 4;
    /// A city of more than 100,000 people: «فرانكفورت».
    pub const CITY: u16 = 1 << 5;
    /// A smaller place: «بامبولونا».
    pub const PLACE: u16 = 1 << 6;
    /// A nationality word: «الفرنسي», «فرنسية».
    pub const NATIONALITY: u16 = 1 << 7;
    /// A word of a club's name: «يونايتد».
    pub const CLUB: u16 = 1 << 8;
    /// An occupation or office: «مدرب», «مدربون».
    pub const JOB: u16 = 1 << 9;
    /// A ministry's portfolio: «الخارجية».
    pub const PORTFOLIO: u16 = 1 << 10;
    /// A word inside the full name of a known person: «أوباما».
    pub const KNOWN_PERSON: u16 = 1 << 11;
}

/// What a phrase of two to [`LONGEST_PHRASE`] words names; a set of bits.
pub mod phrase {
    /// A person's full name: «فيصل بن فرحان».
    pub const PERSON: u8 = 1;
    /// A place: «كوريا الجنوبية».
    pub const PLACE: u8 = 1 << 1;
    /// A club: «نادي بورتو».
    pub const CLUB: u8 = 1 << 2;
}

/// Words in the longest phrase that is looked up.
pub const LONGEST_PHRASE: usize = 4;

/// Bytes of one word row in the file.
pub const WORD_WIDTH: u8 = 8;

/// The bit beside the frequency that says that a phrase begins with the word.
const BEGINS_PHRASE: u8 = 1 << 7;
/// The bit beside the frequency that says that no phrase goes on with the word.
const STOPS_PHRASE: u8 = 1 << 6;

/// What the lexicon says of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Bits of [`mark`].
    pub marks: u16,
    /// How common the word is in news: 0 for not seen, else 1 + log2 of its count.
    pub frequency: u8,
    /// Whether a phrase begins with it.
    pub begins_phrase: bool,
    /// Whether no phrase goes on with it; of a word that is not known, none can tell.
    pub stops_phrase: bool,
    /// Its cluster at the finest of the granularities, plus one; 0 for none.
    pub cluster: u16,
    /// Its coarser cluster, plus one; 0 for none.
    pub coarse: u8,
    /// Which kinds of names the contexts of the word call for in unlabelled news.
    pub company: Company,
}

/// How often the contexts of a word call for a person's first name, a further name, a place, a body and
/// another name, each in eight steps of three bits; the top bit says that anything is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Company(u16);

impl Company {
    /// Lower ends of the steps.
    const STEPS: [f32; 7] = [0.02, 0.05, 0.1, 0.2, 0.35, 0.55, 0.75];

    /// From the five shares, each in `0.0..=1.0`.
    #[must_use]
    pub fn new(shares: [f32; 5]) -> Self {
        let step = |share: f32| Self::STEPS.partition_point(|&low| low <= share) as u16;
        Self(shares.into_iter().enumerate().fold(1 << 15, |bits, (at, share)| bits | step(share) << (3 * at)))
    }

    /// Whether anything is known.
    #[must_use]
    pub const fn is_known(self) -> bool {
        self.0 != 0
    }

    /// The five steps.
    #[must_use]
    pub fn steps(self) -> [u8; 5] {
        std::array::from_fn(|at| (self.0 >> (3 * at) & 7) as u8)
    }

    /// The strongest of the five and its step; the first of them where several are.
    #[must_use]
    pub fn strongest(self) -> u64 {
        let (mut at, mut most) = (0, 0);
        for (place, step) in self.steps().into_iter().enumerate() {
            if step > most {
                (at, most) = (place, step);
            }
        }
        u64::from(self.0 >> 15) << 8 | (at as u64) << 4 | u64::from(most)
    }
}

impl Entry {
    /// The row that stands for this entry in the file.
    #[must_use]
    pub fn to_row(self) -> Vec<u8> {
        let mut row = Vec::with_capacity(usize::from(WORD_WIDTH));
        row.extend(self.marks.to_le_bytes());
        let flag = |set: bool, bit: u8| if set { bit } else { 0 };
        row.push(
            self.frequency | flag(self.begins_phrase, BEGINS_PHRASE) | flag(self.stops_phrase, STOPS_PHRASE),
        );
        row.extend(self.cluster.to_le_bytes());
        row.push(self.coarse);
        row.extend(self.company.0.to_le_bytes());
        row
    }

    fn from_row(row: &[u8]) -> Option<Self> {
        let pair = |at: usize| row.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes);
        Some(Self {
            marks: pair(0)?,
            frequency: row.get(2)? & !(BEGINS_PHRASE | STOPS_PHRASE),
            begins_phrase: row.get(2)? & BEGINS_PHRASE != 0,
            stops_phrase: row.get(2)? & STOPS_PHRASE != 0,
            cluster: pair(3)?,
            coarse: *row.get(5)?,
            company: Company(pair(6)?),
        })
    }
}

/// The lexicon, over the bytes of its file.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'a> {
    words: Table<'a>,
    phrases: Table<'a>,
}

impl<'a> Lexicon<'a> {
    /// Opens the file: a table of words, then a table of phrases.
    #[must_use]
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let (words, rest) = Table::open(bytes)?;
        let (phrases, _) = Table::open(rest)?;
        Some(Self { words, phrases })
    }

    /// What is known of the word whose folded form has this hash.
    #[must_use]
    pub fn word(&self, hash: u64) -> Option<Entry> {
        self.words.get(hash).and_then(Entry::from_row)
    }

    /// Bits of [`mod@phrase`] for a phrase by its hash; 0 for an unknown one.
    #[must_use]
    pub fn phrase(&self, hash: u64) -> u8 {
        self.phrases.get(hash).map_or(0, |row| row[0])
    }
}

/// The hash of a word's comparison key in the lexicon.
#[must_use]
pub fn word_hash(word: &str) -> u64 {
    hash_str(&fold(word))
}

/// The hash of a phrase from the hashes of its words, from the left.
#[must_use]
pub fn phrase_hash(words: impl IntoIterator<Item = u64>) -> u64 {
    words.into_iter().fold(0x7068_7261_7365, combine)
}
