//! The lists: countries and nationality words, cities and regions, bodies and clubs, words of names.
//!
//! Made by `training/gazetteers.rs` from `data/lists/` and public tables (`data/NOTICE.md`); loaded once. A key is folded
//! (see [`crate::text::fold`]); the words of a phrase are joined by one space.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::text::wordmap::WordMap;

pub mod packing;
pub mod titles;

pub use packing::{Evidence, Inflection, Sense};

static LEXICON: &[u8] = include_bytes!("../../../data/lexicon.fst");
static WORDS: &[u8] = include_bytes!("../../../data/words.fst");
static COUNTRIES: &str = include_str!("../../../data/lists/countries.tsv");
static BODIES: &str = include_str!("../../../data/lists/bodies.tsv");

/// What kind of body a listed name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// Unions, treaties and their bodies, aid organizations.
    Union,
    /// Parliaments, authorities, services of one state.
    State,
    /// Armed groups.
    Armed,
    /// Parties and movements.
    Party,
    /// Agencies, papers, broadcasters: what carries news.
    Media,
    /// Companies.
    Company,
    /// Clubs, leagues and sports associations.
    Sport,
    /// Anything else.
    Other,
}

/// A row of the list of bodies.
#[derive(Debug)]
pub struct Body {
    /// What kind of body it is.
    pub kind: BodyKind,
    /// Its usual full name.
    pub name: &'static str,
    /// Whether its bare name is an everyday word too («الاتحاد»), to be believed only where something else speaks for it.
    pub everyday: bool,
    /// The country whose power sits there, as in [`Sense`]: «البيت الأبيض»; 0 for none.
    pub country: u16,
}

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

fn rows(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

impl Gazetteer {
    fn load() -> Self {
        let codes: HashMap<&str, u16> = (1..).zip(rows(COUNTRIES)).map(|(id, row)| (row[0], id)).collect();
        let bodies = rows(BODIES).map(|row| {
            let name = row.get(1).copied().unwrap_or_default();
            let kind = match row[0] {
                "union" => BodyKind::Union,
                "state" => BodyKind::State,
                "armed" => BodyKind::Armed,
                "party" => BodyKind::Party,
                "media" => BodyKind::Media,
                "company" => BodyKind::Company,
                "sport" => BodyKind::Sport,
                _ => BodyKind::Other,
            };
            let country = row.get(4).and_then(|code| codes.get(code)).copied().unwrap_or(0);
            Body { kind, name: name.trim_end_matches('~'), everyday: name.ends_with('~'), country }
        });
        Self {
            lexicon: open(LEXICON),
            words: open(WORDS),
            countries: rows(COUNTRIES).map(|row| row.get(1).copied().unwrap_or_default()).collect(),
            bodies: bodies.collect(),
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
