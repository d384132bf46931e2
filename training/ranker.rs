//! `data/ranker.tsv`: what a sentence is worth to a summary, learnt from editors.
//!
//! A sentence of an annotated article is wanted as far as editors took it: for the summary of its sentences, and for a bullet of a chat.
//! The forest is asked for the probability of that.

use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts;
use mujaz::summary::Reading;
use mujaz::summary::features::{self, Feature};
use mujaz::text::{Document, Span};

use crate::forest::{self, Settings};
use crate::gold::{self, LeftOut};

/// Learns the forest from all newsrooms but those `left_out`, and writes it.
pub fn make(corpora: &Path, data: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let (mut rows, mut targets) = (Vec::new(), Vec::new());
    for article in gold::read(corpora, left_out)? {
        let document = Document::new(&article.title, &article.text);
        let facts = facts::analyze(&document);
        let reading = Reading::new(&document);
        let measured = features::extract(&reading.known(&document, &facts));
        rows.extend(measured.iter().map(|features| features.values.to_vec()));
        let chosen = taken(&document, &article.answers.summary);
        let told =
            if article.bullets.is_empty() { chosen.clone() } else { taken(&document, &article.bullets) };
        targets.extend(chosen.iter().zip(told).map(|(chosen, told)| f32::midpoint(*chosen, told)));
    }
    let names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
    let settings = Settings { trees: 150, leaves: 15, rate: 0.05, least: 30, ridge: 5.0 };
    let made_by = "training/ranker.rs from sentences and pieces that editors chose";
    let file = forest::learn(made_by, &names, &rows, &targets, &[], &settings);
    let path = data.join("ranker.tsv");
    fs::write(&path, &file).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} sentences, {} bytes", path.display(), rows.len(), file.len());
    Ok(())
}

/// For each sentence, 1 where one of `pieces` is more than half of it, or lies in it for more than its half.
fn taken(document: &Document, pieces: &[String]) -> Vec<f32> {
    let places = pieces.iter().filter_map(|piece| place(document.text(), piece));
    let mut taken = vec![0.0; document.sentences().len()];
    for place in places {
        for (sentence, taken) in document.sentences().iter().zip(&mut taken) {
            let shared =
                place.end.min(sentence.span.end).saturating_sub(place.start.max(sentence.span.start));
            if 2 * shared > place.len().min(sentence.span.len()) {
                *taken = 1.0;
            }
        }
    }
    taken
}

/// Where `piece` stands in `text`.
pub fn place(text: &str, piece: &str) -> Option<Span> {
    text.find(piece).map(|start| Span::new(start, start + piece.len()))
}
