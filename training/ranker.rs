//! `data/ranker.tsv`: what each feature of a sentence is worth, learnt from editors' standfirsts.
//!
//! Ridge regression of the share of a sentence's words that the standfirst has, within each article
//! (article means are taken off both sides: only the order inside an article matters). What the
//! first sentence already says counts half for the others, because a summary that has the first
//! sentence gains little by hearing it again. Every article is seen twice, with its headline and
//! without, so that a text without one is ranked as well.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::Facts;
use mujaz::summary::features::{self, Features};
use mujaz::summary::rank::LEARNT;
use mujaz::summary::terms::Terms;
use mujaz::summary::words::count_words;
use mujaz::text::token::{TokenKind, tokenize};
use mujaz::text::{Document, Token};
use serde::Deserialize;

use crate::corpus::records;
use crate::linear::cholesky;

#[derive(Deserialize)]
struct Article {
    title: String,
    text: String,
    summaries: Vec<String>,
}

/// How strongly weights are drawn to 0, in units of standardised words.
const RIDGE: f64 = 300.0;

/// How much of what the first sentence already says is not counted for the others.
const SAID: f64 = 0.5;

/// A longer sentence weighs no more than one of so many words.
const MAX_WORDS: usize = 40;

/// Articles of fewer sentences teach nothing about choosing.
const MIN_SENTENCES: usize = 4;

/// Learns the weights and writes them.
pub fn make(corpora: &Path, data: &Path) -> anyhow::Result<()> {
    let mut rows = Rows::default();
    let mut articles = 0;
    for article in records::<Article>(&corpora.join("standfirst/train.jsonl.gz"))? {
        let article = article?;
        for headline in [article.title.as_str(), ""] {
            let document = Document::new(headline, &article.text);
            if document.sentences().len() >= MIN_SENTENCES {
                rows.push(&document, &article.summaries);
                articles += usize::from(!headline.is_empty());
            }
        }
    }
    let weights = rows.solve();
    let mut table = String::from(
        "# Made by training/ranker.rs from the standfirsts of the Arabic News Texts corpus v2.1.\n# feature\tweight\n",
    );
    for (feature, weight) in LEARNT.iter().zip(weights) {
        writeln!(table, "{}\t{weight:.5}", feature.name())?;
    }
    let path = data.join("ranker.tsv");
    fs::write(&path, &table).with_context(|| format!("cannot write {}", path.display()))?;
    println!(
        "{}: {articles} articles, {} sentences, {} bytes",
        path.display(),
        rows.targets.len(),
        table.len()
    );
    Ok(())
}

/// Sentences of all articles: features and targets, their article's mean taken off, and weights.
#[derive(Default)]
struct Rows {
    features: Vec<Vec<f64>>,
    targets: Vec<f64>,
    weights: Vec<f64>,
}

impl Rows {
    fn push(&mut self, document: &Document, references: &[String]) {
        let words: Vec<usize> =
            document.sentences().iter().map(|s| count_words(document.slice(s.span))).collect();
        let terms = Terms::new(document);
        let features = features::extract(document, &Facts::default(), &terms, &words);
        let mut features: Vec<Vec<f64>> = features.iter().map(learnt).collect();
        let mut targets = targets(document, references);
        let weights: Vec<f64> = words.iter().map(|&w| w.min(MAX_WORDS) as f64).collect();
        let total = weights.iter().sum::<f64>().max(1.0);
        let mean = targets.iter().zip(&weights).map(|(t, w)| t * w).sum::<f64>() / total;
        for target in &mut targets {
            *target -= mean;
        }
        for column in 0..LEARNT.len() {
            let mean = features.iter().zip(&weights).map(|(f, w)| f[column] * w).sum::<f64>() / total;
            for row in &mut features {
                row[column] -= mean;
            }
        }
        self.features.append(&mut features);
        self.targets.append(&mut targets);
        self.weights.extend(weights);
    }

    /// The weights of a weighted ridge regression, for features in their own units.
    fn solve(&self) -> Vec<f64> {
        let size = LEARNT.len();
        let count = self.targets.len().max(1) as f64;
        let scale: Vec<f64> = (0..size)
            .map(|j| (self.features.iter().map(|row| row[j] * row[j]).sum::<f64>() / count).sqrt().max(1e-9))
            .collect();
        let mut matrix = vec![vec![0.0; size]; size];
        let mut right = vec![0.0; size];
        for ((row, target), weight) in self.features.iter().zip(&self.targets).zip(&self.weights) {
            for i in 0..size {
                let value = weight * row[i] / scale[i];
                right[i] += value * target;
                for j in 0..=i {
                    matrix[i][j] += value * row[j] / scale[j];
                }
            }
        }
        for (i, row) in matrix.iter_mut().enumerate() {
            row[i] += RIDGE;
        }
        let solution = cholesky(matrix, right);
        solution.iter().zip(&scale).map(|(value, scale)| value / scale).collect()
    }
}

fn learnt(features: &Features) -> Vec<f64> {
    LEARNT.iter().map(|&feature| f64::from(features.get(feature))).collect()
}

/// For each sentence, the share of its words that the references have, on average.
fn targets(document: &Document, references: &[String]) -> Vec<f64> {
    let first = document.sentences().first().map(|s| counts(document.tokens_of(s))).unwrap_or_default();
    let references: Vec<HashMap<String, u32>> = references.iter().map(|r| counts(&tokenize(r))).collect();
    let share = |(index, sentence)| {
        let own = counts(document.tokens_of(sentence));
        let total: u32 = own.values().sum();
        let mut hits = 0.0;
        for reference in &references {
            for (word, &count) in &own {
                let wanted = reference.get(word).copied().unwrap_or(0);
                let new = wanted.saturating_sub(first.get(word).copied().unwrap_or(0));
                let (all, rest) = (f64::from(count.min(wanted)), f64::from(count.min(new)));
                hits += if index == 0 { all } else { SAID.mul_add(rest - all, all) };
            }
        }
        hits / f64::from(total.max(1)) / references.len().max(1) as f64
    };
    document.sentences().iter().enumerate().map(share).collect()
}

fn counts(tokens: &[Token]) -> HashMap<String, u32> {
    let mut counts = HashMap::new();
    for token in tokens.iter().filter(|t| !matches!(t.kind, TokenKind::Mark(_))) {
        *counts.entry(token.key.to_string()).or_default() += 1;
    }
    counts
}
