//! `data/cuts.tsv`: where a sentence is best cut, and where it may be cut at all.
//!
//! The first forest learns from the pieces that editors sent to a chat (`gold/BULLETS.md`). Each tells of all places where its sentence could
//! be cut, given where the piece begins: yes at its end, no at the others. The second learns from ends that editors judged one by one
//! (`JUDGING.md`). Places that a rule forbids teach nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts;
use mujaz::learnt::forest::Forest;
use mujaz::summary::{Reading, cut};
use mujaz::text::Document;

use crate::forest::{self, Settings};
use crate::gold::{self, LeftOut};
use crate::judged;
use crate::ranker::place;
use crate::unseen;

/// Where the rows of the table of likelihoods begin.
const LIKELY: &[f32] = &[0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9];

/// So many bytes apart are the editor's end and ours at most: a closing mark.
const NEAR: usize = 3;

/// Learns the forest from all newsrooms but those `left_out`, and writes it.
///
/// # Errors
/// If a corpus cannot be read or the file cannot be written.
pub fn make(corpora: &Path, judged: &Path, data: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let file = format!("{}\n{}", chosen(corpora, left_out)?, sound(corpora, judged, left_out)?);
    let path = data.join("cuts.tsv");
    fs::write(&path, &file).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} bytes", path.display(), file.len());
    Ok(())
}

/// Learns where editors end their pieces.
fn chosen(corpora: &Path, left_out: &LeftOut) -> anyhow::Result<String> {
    let (mut rows, mut targets) = (Vec::new(), Vec::new());
    let (mut pieces, mut found) = (0, 0);
    let mut forbidden: BTreeMap<String, usize> = BTreeMap::new();
    for article in gold::read(corpora, left_out)? {
        let document = Document::new(&article.title, &article.text);
        let facts = facts::analyze(&document);
        let reading = Reading::new(&document);
        let known = reading.known(&document, &facts);
        for bullet in article.bullets.iter().filter_map(|bullet| place(&article.text, bullet)) {
            let Some(sentence) = document.sentence_at(bullet.start) else { continue };
            let places = cut::measured(&known, sentence, Some(bullet.start));
            pieces += 1;
            let is_end = |piece: &cut::Piece| piece.span.end.abs_diff(bullet.end) <= NEAR;
            let Some(end) = places.iter().position(|(piece, _)| is_end(piece)) else { continue };
            found += 1;
            if let Some(rule) = places[end].0.forbidden {
                *forbidden.entry(rule.to_string()).or_default() += 1;
            }
            for (at, (piece, row)) in places.into_iter().enumerate() {
                if piece.forbidden.is_none() {
                    rows.push(row);
                    targets.push(if at == end { 1.0 } else { 0.0 });
                }
            }
        }
    }
    println!(
        "{pieces} pieces, {found} end where a sentence can be cut, where it must not: {forbidden:?}; {} places",
        rows.len()
    );
    Ok(grow("training/cuts.rs from pieces that editors sent to a chat", &rows, &targets))
}

/// Learns where a reader finds no fault, and tells how well.
fn sound(corpora: &Path, path: &Path, left_out: &LeftOut) -> anyhow::Result<String> {
    let judged = judged::ends(path)?;
    let (mut rows, mut targets) = (Vec::new(), Vec::new());
    let (mut folds, mut whole) = (Vec::new(), Vec::new());
    for article in judged::articles(corpora, &judged, left_out)? {
        let document = Document::new(&article.title, &article.text);
        let facts = facts::analyze(&document);
        let reading = Reading::new(&document);
        let known = reading.known(&document, &facts);
        for judged in &judged[&article.id] {
            let Some(sentence) = document.sentence_at(judged.start) else { continue };
            for (piece, row) in cut::measured(&known, sentence, None) {
                let end = judged.ends.iter().find(|(end, _)| *end == piece.span.end);
                if let Some((_, is_good)) = end.filter(|_| piece.span.start == judged.start) {
                    rows.push(row);
                    targets.push(f32::from(u8::from(*is_good)));
                    folds.push(gold::fold_of(article.press));
                    whole.push(piece.is_whole);
                }
            }
        }
    }
    if left_out.is_empty() {
        let of = |rows_of: &[usize]| {
            let (rows, targets): (Vec<Vec<f32>>, Vec<f32>) =
                rows_of.iter().map(|&row| (rows[row].clone(), targets[row])).unzip();
            grow("", &rows, &targets)
        };
        let unseen = unseen::ask(&folds, of, Forest::parse, |forest, row| {
            (forest.probability(&rows[row]), targets[row] > 0.5)
        })?;
        let cuts: Vec<(f32, bool)> =
            unseen.into_iter().zip(&whole).filter(|(_, whole)| !**whole).map(|(cut, _)| cut).collect();
        println!("{}", unseen::reliability("without fault inside a sentence", LIKELY, &cuts));
    }
    Ok(grow("training/cuts.rs from ends that editors judged", &rows, &targets))
}

fn grow(made_by: &str, rows: &[Vec<f32>], targets: &[f32]) -> String {
    let names = cut::names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let settings = Settings { trees: 250, leaves: 10, rate: 0.06, least: 20, ridge: 5.0 };
    forest::learn(made_by, &names, rows, targets, &[], &settings)
}
