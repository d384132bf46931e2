//! The terms of a document: content words by stem, weighed by how rare they are.
//!
//! Everything that compares sentences (title overlap, centroid, redundancy, coverage) works on these.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::text::frequency::DocumentFrequencies;
use crate::text::memo::Memo;
use crate::text::stem::stem;
use crate::text::stopwords::is_stop_word;
use crate::text::{Document, Token};

/// Index of a term in [`Terms`].
pub type TermId = u32;

/// The content terms of a document's sentences and of its headline.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    weights: Vec<f32>,
    spread: Vec<u32>,
    in_title: Vec<bool>,
    sentences: Vec<Vec<TermId>>,
    /// The term of each token of the document.
    tokens: Vec<Option<TermId>>,
    title_weight: f32,
}

impl Terms {
    /// Reads the terms of `document`.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let mut terms = Self::default();
        let mut ids = HashMap::new();
        let read = read(document.tokens());
        for sentence in document.sentences() {
            let tokens = terms.intern(&read[sentence.tokens.clone()], &mut ids);
            let found = distinct(&tokens);
            for &id in &found {
                terms.spread[id as usize] += 1;
            }
            terms.sentences.push(found);
            terms.tokens.extend(tokens);
        }
        let title = distinct(&terms.intern(&self::read(document.headline_tokens()), &mut ids));
        terms.in_title = vec![false; terms.weights.len()];
        for &id in &title {
            terms.in_title[id as usize] = true;
        }
        terms.title_weight = terms.weight_of(&title);
        terms
    }

    /// The id of each of the terms read.
    fn intern<'a>(
        &mut self,
        read: &[Option<(&'a str, f32)>],
        ids: &mut HashMap<&'a str, TermId>,
    ) -> Vec<Option<TermId>> {
        let mut interned = Vec::with_capacity(read.len());
        for read in read {
            interned.push(read.map(|(term, weight)| {
                let next = self.weights.len() as TermId;
                let id = *ids.entry(term).or_insert(next);
                if id == next {
                    self.weights.push(weight);
                    self.spread.push(0);
                }
                id
            }));
        }
        interned
    }

    /// The distinct terms of one sentence, sorted.
    #[must_use]
    pub fn of(&self, sentence: usize) -> &[TermId] {
        &self.sentences[sentence]
    }

    /// The term of each of the tokens `range` of the document; nothing for what carries no content.
    #[must_use]
    pub fn of_tokens(&self, range: Range<usize>) -> &[Option<TermId>] {
        &self.tokens[range]
    }

    /// How much one term tells: its inverse document frequency in the language.
    #[must_use]
    pub fn weight(&self, term: TermId) -> f32 {
        self.weights[term as usize]
    }

    /// In how many sentences the term stands.
    #[must_use]
    pub fn spread(&self, term: TermId) -> u32 {
        self.spread[term as usize]
    }

    /// Whether the term stands in the headline.
    #[must_use]
    pub fn is_in_title(&self, term: TermId) -> bool {
        self.in_title[term as usize]
    }

    /// The weight of the whole headline; 0 where there is none.
    #[must_use]
    pub fn title_weight(&self) -> f32 {
        self.title_weight
    }

    /// How many different terms the document and its headline have.
    #[must_use]
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether there is no term at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The summed weight of `terms`.
    #[must_use]
    pub fn weight_of(&self, terms: &[TermId]) -> f32 {
        terms.iter().map(|&t| self.weight(t)).sum()
    }

    /// The summed weight of what two sorted lists share.
    #[must_use]
    pub fn shared(&self, a: &[TermId], b: &[TermId]) -> f32 {
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += self.weight(a[i]);
                    i += 1;
                    j += 1;
                }
            }
        }
        sum
    }

    /// How alike two sorted lists of terms are: the weight they share against that of the lighter one, 0 to 1.
    #[must_use]
    pub fn overlap(&self, a: &[TermId], b: &[TermId]) -> f32 {
        ratio(self.shared(a, b), self.weight_of(a).min(self.weight_of(b)))
    }
}

/// The distinct ones of `terms`, sorted.
#[must_use]
pub fn distinct(terms: &[Option<TermId>]) -> Vec<TermId> {
    let mut found: Vec<TermId> = terms.iter().flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// `part / whole`, and 0 where there is nothing to divide by.
#[must_use]
pub fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Rarer words than this tell no more: among them are misspellings.
const MAX_WEIGHT: f32 = 8.0;

/// The term of each token with its weight: the stem of a word that carries content, or the digits of a number.
#[must_use]
pub fn read(tokens: &[Token]) -> Vec<Option<(&str, f32)>> {
    let keys = tokens.iter().map(|token| &*token.key);
    let known = KNOWN.of(keys.clone(), Known::of);
    keys.zip(known).map(|(key, known)| known.term(key)).collect()
}

/// The term within a key, and its weight; an empty one for a mark and for a word that carries no content.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    start: u32,
    end: u32,
    weight: f32,
}

static KNOWN: LazyLock<Memo<Known>> = LazyLock::new(Memo::default);

impl Known {
    fn of(key: &str) -> Self {
        let is_number = key.starts_with(|c: char| c.is_ascii_digit());
        let term = if is_number { key } else { stem(key) };
        if !is_number && (is_stop_word(key) || term.chars().nth(1).is_none()) {
            return Self::default();
        }
        // The term lies within the key.
        let start = term.as_ptr().addr() - key.as_ptr().addr();
        let weight = DocumentFrequencies::stems().idf(term).min(MAX_WEIGHT);
        Self { start: start as u32, end: (start + term.len()) as u32, weight }
    }

    /// The term of the key that this is known of.
    fn term(self, key: &str) -> Option<(&str, f32)> {
        (self.end > self.start).then(|| (&key[self.start as usize..self.end as usize], self.weight))
    }
}
