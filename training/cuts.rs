//! `data/cuts.tsv`: where a sentence is best cut, learnt from the pieces that editors sent to a chat (`gold/BULLETS.md`).
//!
//! Each piece of an editor tells of all places where its sentence could be cut, given where the piece begins: yes at its end, no at the
//! others. Places that a rule forbids teach nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts;
use mujaz::summary::{Reading, cut};
use mujaz::text::Document;

use crate::forest::{self, Objective, Settings};
use crate::gold::{self, LeftOut};
use crate::ranker::place;

/// So many bytes apart are the editor's end and ours at most: a closing mark.
const NEAR: usize = 3;

/// Learns the forest from all newsrooms but those `left_out`, and writes it.
pub fn make(corpora: &Path, data: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
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
    let settings = Settings { trees: 150, leaves: 12, rate: 0.07, least: 20, ridge: 5.0 };
    let made_by = "training/cuts.rs from pieces that editors sent to a chat";
    let file = forest::learn(made_by, &cut::names(), &rows, &targets, &[], Objective::Logistic, &settings);
    let path = data.join("cuts.tsv");
    fs::write(&path, &file).with_context(|| format!("cannot write {}", path.display()))?;
    println!(
        "{}: {pieces} pieces, {found} end where a sentence can be cut, where it must not: {forbidden:?}; {} places, {} bytes",
        path.display(),
        rows.len(),
        file.len()
    );
    Ok(())
}
