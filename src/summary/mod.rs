//! The summary: which sentences, and what may be trimmed off them. Pure.

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

/// Chooses the sentences that carry `document`, in source order.
#[must_use]
pub fn summarize(document: &Document, facts: &Facts, budget: Budget) -> Vec<Chosen> {
    let _ = (document, facts, budget);
    Vec::new()
}
