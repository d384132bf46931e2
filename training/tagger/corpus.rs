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

/// The folded words of every article of the unlabelled news, headline first.
///
/// # Errors
/// If the file cannot be read.
pub fn news_words(corpora: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    let words =
        |text: &str| tokenize(text).into_iter().map(|token| String::from(token.key)).collect::<Vec<_>>();
    articles(corpora)?
        .map(|article| {
            let Article { title, text } = article?;
            Ok([words(&title), words(&text)].concat())
        })
        .collect()
}

/// How often each word stands in `articles`.
#[must_use]
pub fn word_counts(articles: &[Vec<String>]) -> HashMap<String, u32> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for word in articles.iter().flatten() {
        match counts.get_mut(word) {
            Some(count) => *count += 1,
            None => {
                counts.insert(word.clone(), 1);
            }
        }
    }
    counts
}
