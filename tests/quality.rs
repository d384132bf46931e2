//! Floors for summaries, measured on the corpora beside the project where they are there.
//!
//! The corpora hold publishers' texts and are not part of the project; where a file is missing, the
//! test says so and passes. To lower a floor is a decision: say why in the commit that does it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use mujaz::article::Article;
use mujaz::brief::{self, Brief};
use mujaz::summary::Budget;
use mujaz::summary::words::count_words;
use mujaz::text::fold::fold;
use serde_json::Value;

/// The records of `../shared/data/{name}`, or nothing, said aloud, where it is missing.
fn corpus(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let Ok(bytes) = fs::read(&path) else {
        println!("skipped: {} is not here", path.display());
        return Vec::new();
    };
    let text = String::from_utf8(bytes).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect()
}

fn compose(record: &Value, budget: Budget) -> Brief {
    let part = |name| record[name].as_str().unwrap_or_default().to_owned();
    brief::compose(Article { headline: part("title"), body: part("text"), ..Article::default() }, budget)
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// ROUGE-1 F of two texts.
fn rouge(candidate: &[String], reference: &str) -> f64 {
    let mut wanted: HashMap<String, usize> = HashMap::new();
    let reference = words(reference);
    for word in &reference {
        *wanted.entry(word.clone()).or_default() += 1;
    }
    let mut hits = 0;
    for word in candidate {
        if let Some(left) = wanted.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            hits += 1;
        }
    }
    2.0 * f64::from(hits) / (candidate.len() + reference.len()).max(1) as f64
}

/// Mean ROUGE-1 F in hundredths, over every record and all its references.
fn check(name: &str, budget: impl Fn(&Value) -> usize, floor: f64) {
    let records = corpus(name);
    if records.is_empty() {
        return;
    }
    let mut sum = 0.0;
    for record in &records {
        let brief = compose(record, Budget::Words(budget(record)));
        let shown = brief.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        let references = record["summaries"].as_array().expect("references");
        let candidate = words(&shown);
        let mean: f64 = references.iter().map(|r| rouge(&candidate, r.as_str().unwrap_or_default())).sum();
        sum += mean / references.len() as f64;
    }
    let mean = 100.0 * sum / records.len() as f64;
    println!("{name}: ROUGE-1 F {mean:.2}, floor {floor}");
    assert!(mean >= floor, "{name}: ROUGE-1 F {mean:.2} is under its floor {floor}");
}

#[test]
fn two_fifths_of_an_article() {
    let budget = |r: &Value| (2 * count_words(r["text"].as_str().unwrap_or_default())).div_ceil(5);
    check("easc/dev.jsonl", budget, 52.0);
}

#[test]
fn a_standfirst() {
    check("standfirst/dev.jsonl", |_| 60, 44.0);
}

#[test]
fn a_hundred_words() {
    check("gold/dev-summaries.jsonl", |_| 100, 65.0);
}
