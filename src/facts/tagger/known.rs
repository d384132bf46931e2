//! What a word says by itself to its own score and to those of its neighbours: nine tenths of a token's features hang on one word
//! alone. Weights are integers, so a sum of sums is what one long sum would be.

use super::features::{self, REACH};
use super::lexicon::{Lexicon, word_hash};
use super::model::{Model, Scores, TAGS};
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

/// What a word says by itself to the tokens around it.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// To the token that has it at that place, itself in the middle.
    pub around: [Scores; 2 * REACH + 1],
    /// To a token further on.
    pub ahead: Scores,
}

impl Known {
    /// Reads and scores a token.
    #[must_use]
    pub fn new(token: &str, lexicon: &Lexicon, model: &Model) -> Self {
        let (word, letters) = Word::read(token, lexicon);
        let mut said = Said::new(Some((&word, &letters)), model);
        let itself = &mut said.around[REACH];
        model.add(features::BIAS, itself);
        features::inside(&word, &letters, &mut |feature| model.add(feature, itself));
        Self { word, token: word_hash(token), said }
    }
}

impl Said {
    /// What `word` says, or the edge of the sentence.
    #[must_use]
    pub fn new(word: Option<(&Word, &Letters)>, model: &Model) -> Self {
        let mut said = Self { around: [[0; TAGS]; 2 * REACH + 1], ahead: [0; TAGS] };
        for (place, scores) in said.around.iter_mut().enumerate() {
            features::around(word, place, &mut |feature| model.add(feature, scores));
        }
        features::ahead(word.map(|(word, _)| word), &mut |feature| model.add(feature, &mut said.ahead));
        said
    }
}
