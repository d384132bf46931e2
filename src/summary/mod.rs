//! The summary: which sentences, and what may be trimmed off them. Pure.
//!
//! 1. [`terms`]: content words by stem;
//! 2. [`features`]: what is measured of each sentence;
//! 3. [`rank`]: what each is worth;
//! 4. [`eligible`]: what may be shown, alone or with what it leans on;
//! 5. [`select`]: the best set under the budget;
//! 6. [`quotes`]: the quotations that stand behind it.

pub mod coherence;
pub mod eligible;
pub mod features;
mod measure;
mod openers;
pub mod quotes;
pub mod rank;
pub mod select;
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
        Budget::Words(most) => (words, Limits { most, enough: enough(most, total), same: SAME_IN_EXTRACT }),
        Budget::Length(length) => {
            let most = sentences_for(length, sentences_of_story(&barriers));
            (vec![1; texts.len()], Limits { most, enough: most, same: SAME_IN_CHAT })
        }
    };
    let picked = select::select(&Pool { terms: &terms, values, costs, bundles }, limits);
    let chosen = picked
        .into_iter()
        .map(|sentence| Chosen { sentence, shown: shown[sentence].clone(), text: texts[sentence].clone() })
        .collect();
    Review { features, worth, barriers, chosen }
}

/// Of each of `items`, ranges of sentences, the first one that can be shown: items of a bulletin, where it tells the news. An item
/// without any gives none.
#[must_use]
pub fn first_of_each(document: &Document, items: &[std::ops::Range<usize>]) -> Vec<Chosen> {
    let terms = Terms::new(document);
    let choose = |sentence: usize| {
        let shown = trim::trim(document, sentence);
        let text = one_line(&trim::join(document, &shown));
        Chosen { sentence, shown, text }
    };
    let first = |item: &std::ops::Range<usize>| {
        let mut whole = item.clone().map(choose);
        // An item may be nothing but the headline of its story.
        let told =
            whole.find(|c| eligible::barrier(document, &terms, c.sentence, count_words(&c.text)).is_none());
        told.or_else(|| item.clone().next().map(choose))
    };
    items.iter().filter_map(first).collect()
}

/// Sentences that share this much of their weight are not shown together in an extract of many
/// words: an encyclopaedia names its subject in every sentence, so that much is shared anyway.
const SAME_IN_EXTRACT: f32 = 0.6;

/// The same for the few sentences of a chat: under a standfirst stands a lead that says it again.
const SAME_IN_CHAT: f32 = 0.5;

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
        Budget::Length(_) => worth * comfort(words),
    }
}

/// What so many words say to a reader of a chat: more words say more, but less for each, and past
/// [`COMFORTABLE_WORDS`] they are a burden.
fn comfort(words: usize) -> f32 {
    let words = words as f32;
    words.sqrt() * (COMFORTABLE_WORDS / words.max(COMFORTABLE_WORDS))
}

/// A longer sentence is a burden on the screen of a telephone: it fills five lines.
const COMFORTABLE_WORDS: f32 = 40.0;

/// How many sentences suit an article of `sentences`: never more than half of it, or three quarters where a long
/// summary is asked for.
fn sentences_for(length: Length, sentences: usize) -> usize {
    let (least, most, tenths) = match length {
        Length::Short => (2, 3, 2),
        Length::Medium => (3, 5, 4),
        Length::Long => (6, 9, 5),
    };
    let share = match length {
        Length::Short | Length::Medium => sentences.div_ceil(2),
        Length::Long => sentences * 3 / 4,
    };
    (sentences * tenths).div_ceil(10).clamp(least, most).min(share.max(1))
}

/// How many sentences tell the story: what is no sentence, or of another story, does not count.
fn sentences_of_story(barriers: &[Option<Barrier>]) -> usize {
    let is_told = |barrier: &&Option<Barrier>| {
        !matches!(barrier, Some(Barrier::Heading | Barrier::Headline | Barrier::OtherStory))
    };
    barriers.iter().filter(is_told).count()
}

/// `text` with single spaces; a hard-wrapped sentence holds line breaks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
