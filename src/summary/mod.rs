//! The summary: which sentences, and what may be trimmed off them. Pure.
//!
//! 1. [`terms`]: content words by stem;
//! 2. [`features`]: what is measured of each sentence;
//! 3. [`rank`]: what each is worth;
//! 4. [`eligible`]: what may be shown, alone or with what it leans on;
//! 5. [`select`]: the best set under the budget.

pub mod coherence;
pub mod eligible;
pub mod features;
mod measure;
mod openers;
pub mod rank;
pub mod select;
pub mod stories;
pub mod terms;
pub mod trim;
pub mod words;

use eligible::Barrier;
use features::Features;
use select::{Limits, Pool};
use terms::Terms;
use words::count_words;

use crate::facts::Facts;
use crate::text::{Document, Span};

/// How long a summary is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Length {
    /// Two or three sentences.
    Short,
    /// Three to five sentences.
    #[default]
    Medium,
    /// Six to nine sentences.
    Long,
}

/// What bounds a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// A number of sentences that suits the article.
    Length(Length),
    /// As many words as fit, never more; one sentence is always allowed.
    Words(usize),
}

/// One sentence of a summary, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Index of the sentence in the document.
    pub sentence: usize,
    /// What is shown of it: the sentence, or what a documented trim left of it.
    pub shown: Vec<Span>,
    /// The words as shown.
    pub text: String,
}

/// How a summary came about, sentence by sentence.
#[derive(Clone, Debug)]
pub struct Review {
    /// What was measured of each sentence.
    pub features: Vec<Features>,
    /// What each is worth, 0 to 1.
    pub worth: Vec<f32>,
    /// Why a sentence may not be shown, where it may not.
    pub barriers: Vec<Option<Barrier>>,
    /// The summary.
    pub chosen: Vec<Chosen>,
}

/// Chooses the sentences that carry `document`, in source order.
#[must_use]
pub fn summarize(document: &Document, facts: &Facts, budget: Budget) -> Vec<Chosen> {
    review(document, facts, budget).chosen
}

/// Chooses as [`summarize`] does and says why.
#[must_use]
pub fn review(document: &Document, facts: &Facts, budget: Budget) -> Review {
    let terms = Terms::new(document);
    let shown: Vec<Vec<Span>> = (0..document.sentences().len()).map(|i| trim::trim(document, i)).collect();
    let texts: Vec<String> = shown.iter().map(|spans| one_line(&trim::join(document, spans))).collect();
    let words: Vec<usize> = texts.iter().map(|text| count_words(text)).collect();
    let features = features::extract(document, facts, &terms, &words);
    let worth = rank::worth(&features, &words);
    let (bundles, barriers) = eligible::bundles(document, &terms, &words);
    let values = worth.iter().zip(&words).map(|(&worth, &words)| value(worth, words, budget)).collect();
    let total = words.iter().sum();
    let (costs, limits) = match budget {
        Budget::Words(most) => (words, Limits { most, enough: enough(most, total) }),
        Budget::Length(length) => {
            let most = sentences_for(length, bundles.len());
            (vec![1; texts.len()], Limits { most, enough: most })
        }
    };
    let picked = select::select(&Pool { terms: &terms, values, costs, bundles }, limits);
    let chosen = picked
        .into_iter()
        .map(|sentence| Chosen { sentence, shown: shown[sentence].clone(), text: texts[sentence].clone() })
        .collect();
    Review { features, worth, barriers, chosen }
}

/// Under so many words, and a third of the article, a reader wants a standfirst, not a summary.
const STANDFIRST_BUDGET: usize = 80;

/// An editor's standfirst has about so many words (the median of those the ranker learns from).
const STANDFIRST_WORDS: usize = 25;

/// How many words are enough under a budget of `most` for an article of `words`: the budget is
/// filled, except that a standfirst ends once it is as long as editors make it. Filled up to 60
/// words, even the best choice that is possible agrees less with editors' standfirsts than the
/// first sentence alone.
const fn enough(most: usize, words: usize) -> usize {
    let standfirst = most < STANDFIRST_BUDGET && most * 3 < words;
    if standfirst && most > STANDFIRST_WORDS { STANDFIRST_WORDS } else { most }
}

/// What showing a sentence is worth: its words count in full under a word budget, less under a
/// sentence budget, where a long sentence is a burden too.
fn value(worth: f32, words: usize, budget: Budget) -> f32 {
    match budget {
        Budget::Words(_) => worth * words as f32,
        Budget::Length(_) => worth * (words as f32).sqrt(),
    }
}

/// How many sentences suit an article that has `available` of them: at most half.
fn sentences_for(length: Length, available: usize) -> usize {
    let (most, divisor) = match length {
        Length::Short => (3, 5),
        Length::Medium => (5, 3),
        Length::Long => (9, 2),
    };
    (available.div_ceil(divisor)).clamp(1, most)
}

/// `text` with single spaces; a hard-wrapped sentence holds line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
