//! The lists: countries and nationality words, cities and regions, bodies and clubs, words of names.
//!
//! [`lists`] reads what people write in `data/lists/`; cities, clubs and words of names come from public tables and the news
//! (`training/gazetteers.rs`, `data/NOTICE.md`). Loaded once. A key is folded
//! (see [`crate::text::fold`]); the words of a phrase are joined by one space.

use std::sync::LazyLock;

use crate::text::wordmap::{self, WordMap};

pub mod lists;
pub mod packing;
pub mod titles;

pub use lists::{Body, BodyKind};
pub use packing::{Evidence, Gender, Inflection, Sense};

static PLACES: &[u8] = include_bytes!("../../../data/places.fst");
static WORDS: &[u8] = include_bytes!("../../../data/words.fst");

/// All lists.
pub struct Gazetteer {
    lexicon: WordMap<'static>,
    words: WordMap<'static>,
    countries: Vec<&'static str>,
    bodies: Vec<Body>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

/// The lists, loaded when they are first asked for.
#[must_use]
pub fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

impl Gazetteer {
    fn load() -> Self {
        let senses = lists::senses(&open(PLACES));
        let packed = senses.iter().map(|(phrase, sense)| (phrase.as_str(), sense.pack()));
        let lexicon = wordmap::build(packed).unwrap_or_default();
        Self {
            lexicon: open(lexicon.leak()),
            words: open(WORDS),
            countries: lists::country_names(),
            bodies: lists::bodies(),
        }
    }

    /// What the whole phrase `key` means.
    #[must_use]
    pub fn sense(&self, key: &str) -> Option<Sense> {
        self.lexicon.get(key).map(Sense::unpack)
    }

    /// What speaks for and against `word` being part of a person's name; all zero for a word never seen.
    #[must_use]
    pub fn evidence(&self, word: &str) -> Evidence {
        self.words.get(word).map_or_else(Evidence::default, Evidence::unpack)
    }

    /// The common name of the country `id` (as in [`Sense`]); empty for 0.
    #[must_use]
    pub fn country(&self, id: u16) -> &'static str {
        usize::from(id).checked_sub(1).and_then(|row| self.countries.get(row)).copied().unwrap_or_default()
    }

    /// The body `id` (as in [`Sense`]); none for 0.
    #[must_use]
    pub fn body(&self, id: u16) -> Option<&Body> {
        usize::from(id).checked_sub(1).and_then(|row| self.bodies.get(row))
    }

    /// What `word` alone means, and whether a listed phrase begins with it or is that word.
    #[must_use]
    pub fn word(&self, word: &str) -> (Option<Sense>, bool) {
        let mut walk = self.lexicon.walk();
        if !walk.read(word) {
            return (None, false);
        }
        let sense = walk.value().map(Sense::unpack);
        (sense, sense.is_some() || walk.goes_on(b' '))
    }

    /// Calls `found` for each listed phrase that begins with the first of `words`, shortest first, with the number of
    /// its words. Stops at the first word that no phrase goes on with.
    pub fn phrases<'k>(&self, words: impl Iterator<Item = &'k str>, mut found: impl FnMut(usize, Sense)) {
        let mut walk = self.lexicon.walk();
        for (count, word) in words.enumerate() {
            if (count > 0 && !walk.read(" ")) || !walk.read(word) {
                return;
            }
            if let Some(sense) = walk.value() {
                found(count + 1, Sense::unpack(sense));
            }
        }
    }
}

fn open(bytes: &'static [u8]) -> WordMap<'static> {
    WordMap::open(bytes).expect("data/ holds maps that `train gazetteers` wrote")
}
