//! A brief: everything that a reply shows of one article. Pure.

use crate::article::Article;
use crate::facts::{self, Facts};
use crate::summary::{self, Budget, Chosen};
use crate::text::Document;

/// What a reply shows of an article; rendering adds nothing but layout and labels.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The article it was made from.
    pub article: Article,
    /// The summary, in source order.
    pub sentences: Vec<Chosen>,
    /// The figures and participants.
    pub facts: Facts,
    /// The document whose text the facts' spans point into.
    pub document: Document,
}

/// Reads `article` and makes its brief within `budget`.
#[must_use]
pub fn compose(article: Article, budget: Budget) -> Brief {
    let document = Document::new(&article.headline, &article.body);
    let facts = facts::analyze(&document);
    let sentences = summary::summarize(&document, &facts, budget);
    Brief { article, sentences, facts, document }
}
