//! The corpora that the tagger learns from.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use mujaz::text::token::tokenize;

use crate::corpus::records;

/// A sentence with its tags as the corpus writes them.
pub type Tagged = Vec<(String, String)>;

/// Reads a CoNLL file: token first, tag last, empty line between sentences.
///
/// # Errors
/// If the file cannot be read.
pub fn conll(path: &Path) -> anyhow::Result<Vec<Tagged>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut sentences = vec![Vec::new()];
    for line in text.lines() {
        let mut parts = line.split_whitespace();
        match (parts.next(), parts.next_back()) {
            (Some(token), Some(tag)) => {
                if let Some(sentence) = sentences.last_mut() {
                    sentence.push((token.to_owned(), tag.to_owned()));
                }
            }
            _ => sentences.push(Vec::new()),
        }
    }
    sentences.retain(|sentence| !sentence.is_empty());
    Ok(sentences)
}

/// One article of the unlabelled news.
#[derive(Debug, serde::Deserialize)]
pub struct Article {
    /// Its headline.
    pub title: String,
    /// Its text, one paragraph on each line.
    pub text: String,
}

/// The articles of the unlabelled news, in order.
///
/// # Errors
/// If the file cannot be opened.
pub fn articles(corpora: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Article>>> {
    records(&corpora.join("news/articles.jsonl.gz"))
}

/// How often each folded word stands in the unlabelled news.
///
/// # Errors
/// If the file cannot be read.
pub fn word_counts(corpora: &Path) -> anyhow::Result<HashMap<String, u32>> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for article in articles(corpora)? {
        let article = article?;
        for token in tokenize(&article.title).iter().chain(&tokenize(&article.text)) {
            match counts.get_mut(&*token.key) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(token.key.to_string(), 1);
                }
            }
        }
    }
    Ok(counts)
}
