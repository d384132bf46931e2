//! An account: an article as digests of its words, names and figures. It is enough to compare articles with, and holds no text: under a
//! key that only the bot knows it may be kept.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::figures::{self, Count};
use crate::brief::Brief;
use crate::facts::Facts;
use crate::facts::participants::transliteration_key;
use crate::summary::terms;
use crate::text::fold::fold;
use crate::text::{Document, Token};

/// What digests are made with: who does not know it cannot find out a word by trying words.
#[derive(Clone, Default)]
pub struct Key(Vec<u8>);

impl Key {
    /// The key that belongs to `secret`.
    #[must_use]
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(format!("mujaz story {secret}")).to_vec())
    }

    /// The digest of `word`.
    #[must_use]
    pub fn digest(&self, word: &str) -> u64 {
        let hash = Sha256::new().chain_update(&self.0).chain_update(word).finalize();
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash[..8]);
        u64::from_be_bytes(bytes)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

/// A content word of an article.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "(u64, f32, u16, bool)", into = "(u64, f32, u16, bool)")]
pub struct Term {
    /// The digest of its stem.
    pub digest: u64,
    /// How rare it is in the news: its inverse document frequency.
    pub weight: f32,
    /// How often the story says it; in the headline it counts three times.
    pub count: u16,
    /// Whether it is a number.
    pub number: bool,
}

/// The weight of a rare term: such terms tell what a story is about.
pub(super) const RARE: f32 = 4.0;

impl Term {
    /// Whether it is a rare word, and no number.
    pub(super) fn is_rare_word(&self) -> bool {
        self.weight >= RARE && !self.number
    }
}

// Kept by the hundred: names of fields would be most of it.
impl From<(u64, f32, u16, bool)> for Term {
    fn from((digest, weight, count, number): (u64, f32, u16, bool)) -> Self {
        Self { digest, weight, count, number }
    }
}

impl From<Term> for (u64, f32, u16, bool) {
    fn from(Term { digest, weight, count, number }: Term) -> Self {
        (digest, weight, count, number)
    }
}

/// Place of a term in [`Account::terms`].
pub type Place = u32;

/// An article as it is compared with others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The day of its publication, counted from 1970, if it is known.
    pub day: Option<i32>,
    /// The moment of its publication, in minutes since 1970, if it is known as exactly.
    pub minute: Option<i64>,
    /// The terms of headline and story, by digest.
    pub terms: Vec<Term>,
    /// The terms of the headline, sorted.
    pub title: Vec<Place>,
    /// The terms of each sentence of the story, sorted.
    pub sentences: Vec<Vec<Place>>,
    /// How many of the sentences are its beginning.
    pub early: usize,
    /// Family names, by the key that spellings share.
    pub people: BTreeSet<u64>,
    /// Bodies and places.
    pub places: BTreeSet<u64>,
    /// Countries.
    pub countries: BTreeSet<u64>,
    /// What is counted in it, in source order.
    pub counts: Vec<Count>,
}

/// The beginning of a story is its first sentences up to so many tokens.
const EARLY_TOKENS: usize = 100;

/// A story is compared by so many of its first sentences: no news article has more, and a longer text costs no more.
const SENTENCES: usize = 300;

impl Account {
    /// The account of the article that `brief` was made from.
    #[must_use]
    pub fn of_brief(brief: &Brief, key: &Key) -> Self {
        let day = brief.article.published.as_ref().map(|published| {
            let epoch = jiff::civil::date(1970, 1, 1);
            published.date.duration_since(epoch).as_hours().div_euclid(24) as i32
        });
        let minute = brief.article.published.as_ref().and_then(|published| {
            let at = published.date.to_datetime(published.time?);
            published.offset?.to_timestamp(at).ok().map(|at| at.as_second().div_euclid(60))
        });
        Self { minute, ..Self::read(&brief.document, &brief.facts, day, key) }
    }

    /// Whether the article is known to be older than that of `other`.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        match (self.minute.zip(other.minute), self.day.zip(other.day)) {
            (Some((own, others)), _) => own < others,
            (None, Some((own, others))) => own < others,
            (None, None) => false,
        }
    }

    /// The account of `document`, published on `day`.
    #[must_use]
    pub fn read(document: &Document, facts: &Facts, day: Option<i32>, key: &Key) -> Self {
        let mut story = document.story();
        story.end = story.end.min(story.start + SENTENCES);
        let mut words = Words { key, places: HashMap::new(), terms: Vec::new() };
        let title = words.read(document.headline_tokens(), 3);
        let (mut sentences, mut early, mut tokens) = (Vec::with_capacity(story.len()), 0, 0);
        for sentence in &document.sentences()[story.clone()] {
            sentences.push(words.read(document.tokens_of(sentence), 1));
            early += usize::from(tokens < EARLY_TOKENS);
            tokens += sentence.tokens.len();
        }
        let mut account = Self { day, early, terms: words.terms, title, sentences, ..Self::default() };
        account.sort();
        let first_word = |name: &str| name.split_whitespace().next().map(name_key);
        let last_word = |name: &str| name.split_whitespace().next_back().map(name_key);
        let digests =
            |names: Vec<Option<String>>| names.iter().flatten().map(|name| key.digest(name)).collect();
        account.people = digests(
            facts.people.iter().filter(|person| person.salience > 0.0).map(|p| last_word(&p.name)).collect(),
        );
        let bodies = facts.organizations.iter().map(|body| last_word(&body.name));
        account.places =
            digests(bodies.chain(facts.places.iter().map(|place| first_word(&place.name))).collect());
        account.countries = digests(facts.countries.iter().map(|c| Some(fold(&c.name))).collect());
        account.counts = figures::read(document, facts, &story, key);
        account
    }

    /// Puts the terms in the order of their digests.
    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.terms.len()).collect();
        order.sort_unstable_by_key(|&at| self.terms[at].digest);
        let mut new = vec![0; order.len()];
        for (to, &from) in order.iter().enumerate() {
            new[from] = to as Place;
        }
        self.terms = order.iter().map(|&at| self.terms[at]).collect();
        for places in self.sentences.iter_mut().chain([&mut self.title]) {
            for place in places.iter_mut() {
                *place = new[*place as usize];
            }
            places.sort_unstable();
            places.dedup();
        }
    }

    /// The summed weight of the terms at `places`.
    #[must_use]
    pub fn weight(&self, places: &[Place]) -> f32 {
        sum(places.iter().map(|&place| self.terms[place as usize].weight))
    }

    /// The place of the term with `digest`.
    #[must_use]
    pub fn place(&self, digest: u64) -> Option<Place> {
        self.terms.binary_search_by_key(&digest, |term| term.digest).ok().map(|at| at as Place)
    }

    /// The terms of the headline and of the first sentences, sorted.
    #[must_use]
    pub fn beginning(&self) -> Vec<Place> {
        union(self.sentences[..self.early].iter().chain([&self.title]))
    }
}

/// The sum of `weights`, the same in whatever order they come: under another key digests stand in another order.
pub(super) fn sum(weights: impl Iterator<Item = f32>) -> f32 {
    /// In so many parts of one each weight is a whole number, nearly.
    const PARTS: f32 = 65536.0;
    weights.map(|weight| (weight * PARTS) as i64).sum::<i64>() as f32 / PARTS
}

/// The places of all `lists`, sorted, each once.
pub(super) fn union<'a>(lists: impl Iterator<Item = &'a Vec<Place>>) -> Vec<Place> {
    let mut all: Vec<Place> = lists.flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A word of a name as the key that its spellings share: «بوتين» and «بوتن».
fn name_key(word: &str) -> String {
    let folded = fold(word);
    let bare = folded.strip_prefix("ال").filter(|rest| rest.chars().count() > 2).unwrap_or(&folded);
    transliteration_key(bare)
}

/// The terms that were read so far.
struct Words<'a> {
    key: &'a Key,
    places: HashMap<String, Place>,
    terms: Vec<Term>,
}

impl Words<'_> {
    /// The place of each term of `tokens`, each of which counts as `times`.
    fn read(&mut self, tokens: &[Token], times: u16) -> Vec<Place> {
        let mut found = Vec::new();
        for (term, weight) in terms::read(tokens).into_iter().flatten() {
            let place = self.places.get(term).copied().unwrap_or_else(|| {
                let place = self.terms.len() as Place;
                let number = term.starts_with(|c: char| c.is_ascii_digit());
                self.terms.push(Term { digest: self.key.digest(term), weight, count: 0, number });
                self.places.insert(term.to_owned(), place);
                place
            });
            let count = &mut self.terms[place as usize].count;
            *count = count.saturating_add(times);
            found.push(place);
        }
        found
    }
}
