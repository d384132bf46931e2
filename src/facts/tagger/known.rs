//! What a word says by itself to its own score and to those of its neighbours: more than nine tenths of a token's features hang on
//! one word alone. Weights are integers, so a sum of sums is what one long sum would be.

use super::features::{self, REACH};
use super::lexicon::{Lexicon, word_hash};
use super::model::{Model, NAMED, Scores};
use super::word::{Letters, Word};

/// What is known of a word.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The word.
    pub word: Word,
    /// The comparison hash of the whole token.
    pub token: u64,
    /// What it says by itself.
    pub said: Said,
}

/// What a word says by itself to the tokens that see it: from the places of [`features::AROUND`], and from further on.
#[derive(Clone, Copy, Debug)]
pub struct Said([Scores; PLACES]);

/// The places from which a word is seen, and one for all that are further on.
const PLACES: usize = 2 * REACH + 2;

impl Known {
    /// Reads and scores a token.
    #[must_use]
    pub fn new(token: &str, lexicon: &Lexicon, model: &Model) -> Self {
        let (word, letters) = Word::read(token, lexicon);
        Self { word, token: word_hash(token), said: Said::new(Some((&word, &letters)), model) }
    }
}

impl AsRef<Word> for Known {
    fn as_ref(&self) -> &Word {
        &self.word
    }
}

impl Said {
    /// What `word` says, or the edge of the sentence.
    #[must_use]
    pub fn new(word: Option<(&Word, &Letters)>, model: &Model) -> Self {
        // With each feature goes the first of its places here.
        let mut asked: Vec<(u64, usize)> = Vec::with_capacity(128);
        features::around(word, &mut |hash, _| asked.push((hash, 0)));
        if let Some((word, letters)) = word {
            asked.push((features::BIAS, REACH));
            features::inside(word, letters, &mut |hash| asked.push((hash, REACH)));
        }
        features::ahead(word.map(|(word, _)| word), &mut |hash| asked.push((hash, PLACES - 1)));
        let mut said = [[0; NAMED]; PLACES];
        model.features().each(&asked, |first, place, row| {
            // What is mistaken for a feature may have places that the feature has not.
            if let Some(scores) = said.get_mut(first + place) {
                row.add_to(scores);
            }
        });
        Self(said)
    }

    /// What it says to the token that has it at a place of [`features::AROUND`].
    #[must_use]
    pub const fn around(&self, place: usize) -> &Scores {
        &self.0[place]
    }

    /// What it says to a token further on.
    #[must_use]
    pub const fn ahead(&self) -> &Scores {
        &self.0[PLACES - 1]
    }
}
