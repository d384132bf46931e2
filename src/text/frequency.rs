//! Document frequencies: in how many news articles a word or a stem occurs.
//!
//! Made by `training/frequencies.rs`. A table is a [`WordMap`] from key to a rounded logarithm, so
//! that 200,000 keys take about a megabyte and are read in place.

use std::sync::LazyLock;

use super::stem::stem;
use super::wordmap::WordMap;

/// Eight steps for each doubling: a frequency is kept within 5 %.
const STEPS_PER_DOUBLING: f32 = 8.0;

/// The key that holds the number of documents itself; no token has it.
pub const DOCUMENTS_KEY: &str = "";

/// In how many documents of a corpus each key occurs.
#[derive(Debug)]
pub struct DocumentFrequencies {
    /// `None` where the bytes are no table; the tests see to it that those of this crate are.
    map: Option<WordMap<'static>>,
    documents: f32,
}

static WORDS: LazyLock<DocumentFrequencies> =
    LazyLock::new(|| DocumentFrequencies::from_static(include_bytes!("../../data/frequencies/words.fst")));
static STEMS: LazyLock<DocumentFrequencies> =
    LazyLock::new(|| DocumentFrequencies::from_static(include_bytes!("../../data/frequencies/stems.fst")));

impl DocumentFrequencies {
    /// Of folded words: the keys of tokens.
    #[must_use]
    pub fn words() -> &'static Self {
        &WORDS
    }

    /// Of light stems (see [`crate::text::stem`]).
    #[must_use]
    pub fn stems() -> &'static Self {
        &STEMS
    }

    fn from_static(bytes: &'static [u8]) -> Self {
        let map = WordMap::open(bytes);
        let documents = map.as_ref().and_then(|map| map.get(DOCUMENTS_KEY)).unwrap_or(1) as f32;
        Self { map, documents }
    }

    /// How many documents the corpus has.
    #[must_use]
    pub fn documents(&self) -> f32 {
        self.documents
    }

    /// In how many documents `key` occurs, within 5 %; 0 for a key that the table does not hold.
    #[must_use]
    pub fn count(&self, key: &str) -> f32 {
        let steps = self.map.as_ref().filter(|_| key != DOCUMENTS_KEY).and_then(|map| map.get(key));
        steps.map_or(0.0, expand)
    }

    /// In how many documents the noun `key` occurs with the article: «الكلام» for «كلام».
    #[must_use]
    pub fn count_definite(&self, key: &str) -> f32 {
        self.count(&format!("ال{key}"))
    }

    /// How telling `key` is: `ln((N + 1) / (n + 0.5))`, from about 0 for a word that stands in
    /// every document to about 11 for one never seen.
    #[must_use]
    pub fn idf(&self, key: &str) -> f32 {
        ((self.documents + 1.0) / (self.count(key) + 0.5)).ln()
    }
}

/// How telling the word with the folded `key` is, counted by its light stem.
#[must_use]
pub fn idf(key: &str) -> f32 {
    DocumentFrequencies::stems().idf(stem(key))
}

/// What a table holds for a key that occurs in `count` documents.
#[must_use]
pub fn compress(count: u32) -> u64 {
    (f64::from(count.max(1)).log2() * f64::from(STEPS_PER_DOUBLING)).round() as u64
}

fn expand(steps: u64) -> f32 {
    (steps as f32 / STEPS_PER_DOUBLING).exp2()
}

#[cfg(test)]
mod tests {
    use super::{DocumentFrequencies, compress, expand, idf};

    #[test]
    fn a_count_is_kept_within_five_percent() {
        for count in [1, 2, 3, 7, 100, 12_345, 38_659] {
            let kept = expand(compress(count));
            assert!((kept / count as f32 - 1.0).abs() < 0.05, "{count} is kept as {kept}");
        }
    }

    #[test]
    fn the_tables_are_there() {
        for table in [DocumentFrequencies::words(), DocumentFrequencies::stems()] {
            assert!(table.documents() > 30_000.0);
            assert!(table.count("في") > 30_000.0);
            assert!(table.count("") == 0.0);
        }
    }

    #[test]
    fn rare_words_tell_more() {
        assert!(idf("في") < 0.5);
        assert!(idf("الرييس") < idf("البرلمان"));
        assert!(idf("البرلمان") < idf("زرافه"));
        assert!(idf("زرافه") < idf("قططغفذظ"));
        assert!(idf("قططغفذظ") > 10.0);
    }
}
