//! `data/openings.forest`: how likely a sentence leans on what was said before it, learnt from what editors judged (`JUDGING.md`).

use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::learnt::Learnt;
use mujaz::learnt::forest::Forest;
use mujaz::summary::coherence::features;
use mujaz::text::Document;

use crate::forest::{self, Settings};
use crate::gold::{self, LeftOut};
use crate::judged;

/// Learns the forest without the newsrooms `left_out`, tells how it does, and writes it.
///
/// # Errors
/// If a corpus cannot be read or the file cannot be written.
pub fn make(corpora: &Path, path: &Path, data: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let judged = judged::ends(path)?;
    let (mut rows, mut targets, mut presses) = (Vec::new(), Vec::new(), Vec::new());
    for article in judged::articles(corpora, &judged, left_out)? {
        let document = Document::new(&article.title, &article.text);
        let mut measured = features::measure(&document);
        for judged in &judged[&article.id] {
            let Some(sentence) = document.sentence_at(judged.start) else { continue };
            rows.push(std::mem::take(&mut measured[sentence]));
            targets.push(f32::from(u8::from(!judged.stands)));
            presses.push(article.press);
        }
    }
    let mut unseen: Vec<(f32, bool)> = Vec::new();
    for part in gold::FOLDS {
        let (own, others): (Vec<usize>, Vec<usize>) =
            (0..rows.len()).partition(|&row| part.contains(&presses[row]));
        if own.is_empty() {
            continue;
        }
        let (seen, known): (Vec<Vec<f32>>, Vec<f32>) =
            others.into_iter().map(|row| (rows[row].clone(), targets[row])).unzip();
        let model = Forest::parse(&grow(&seen, &known)).context("no forest was learnt")?;
        unseen.extend(own.into_iter().map(|row| (model.probability(&rows[row]), targets[row] > 0.5)));
    }
    println!("newsrooms not seen, {} sentences\n| likely | count | lean |\n|---|---|---|", unseen.len());
    for (from, to) in [(0.0, 0.05), (0.05, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.5), (0.5, 1.01)] {
        let part: Vec<_> = unseen.iter().filter(|(likely, _)| (from..to).contains(likely)).collect();
        let lean = part.iter().filter(|(_, leans)| *leans).count();
        println!(
            "| {from}-{} | {} | {:.1} |",
            f32::min(to, 1.0),
            part.len(),
            100.0 * lean as f32 / part.len().max(1) as f32
        );
    }
    let file = data.join(Learnt::Openings.file_name());
    fs::write(&file, grow(&rows, &targets)).with_context(|| format!("cannot write {}", file.display()))
}

fn grow(rows: &[Vec<f32>], targets: &[f32]) -> String {
    let names = features::names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let settings = Settings { trees: 200, leaves: 6, rate: 0.05, least: 15, ridge: 5.0 };
    let made_by = "training/openings.rs from sentences that editors judged";
    forest::learn(made_by, &names, rows, targets, &[], &settings)
}
