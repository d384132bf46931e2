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
use crate::unseen;

/// Where the rows of the table of likelihoods begin: few sentences lean.
const LIKELY: &[f32] = &[0.0, 0.05, 0.1, 0.2, 0.3, 0.5];

/// Learns the forest without the newsrooms `left_out`, tells how it does, and writes it.
///
/// # Errors
/// If a corpus cannot be read or the file cannot be written.
pub fn make(corpora: &Path, path: &Path, data: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let judged = judged::ends(path)?;
    let (mut rows, mut targets, mut folds) = (Vec::new(), Vec::new(), Vec::new());
    for article in judged::articles(corpora, &judged, left_out)? {
        let document = Document::new(&article.title, &article.text);
        let mut measured = features::measure(&document);
        for judged in &judged[&article.id] {
            let Some(sentence) = document.sentence_at(judged.start) else { continue };
            rows.push(std::mem::take(&mut measured[sentence]));
            targets.push(f32::from(u8::from(!judged.stands)));
            folds.push(gold::fold_of(article.press));
        }
    }
    if left_out.is_empty() {
        let of = |rows_of: &[usize]| {
            let (rows, targets): (Vec<Vec<f32>>, Vec<f32>) =
                rows_of.iter().map(|&row| (rows[row].clone(), targets[row])).unzip();
            grow(&rows, &targets)
        };
        let unseen = unseen::ask(&folds, of, Forest::parse, |forest, row| {
            (forest.probability(&rows[row]), targets[row] > 0.5)
        })?;
        println!("{}", unseen::reliability("leans", LIKELY, &unseen));
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
