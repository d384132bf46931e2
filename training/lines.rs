//! `data/lines.tsv`: how likely a line that is cut around a figure is without fault, learnt from what editors judged (`JUDGING.md`).

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts;
use mujaz::facts::figure::{Found, line};
use mujaz::learnt::forest::Forest;
use mujaz::text::Document;

use crate::forest::{self, Settings};
use crate::gold::{self, LeftOut};
use crate::judged;
use crate::unseen;

const SETTINGS: Settings = Settings { trees: 400, leaves: 12, rate: 0.05, least: 25, ridge: 5.0 };

/// The judged lines of one figure: what is measured of each, and whether it is without fault.
struct Choice {
    /// The part of the newsrooms that it is of.
    fold: usize,
    lines: Vec<(Vec<f32>, bool)>,
}

/// Learns the forest without the newsrooms `left_out`, tells how it does, and writes it.
///
/// # Errors
/// If a corpus cannot be read or the file cannot be written.
pub fn make(corpora: &Path, judged: &Path, data: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let choices = read(corpora, judged, left_out)?;
    if left_out.is_empty() {
        println!("{}", unseen(&choices)?);
    }
    let table = grow(&choices.iter().collect::<Vec<_>>());
    let path = data.join("lines.tsv");
    fs::write(&path, &table).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} figures, {} bytes", path.display(), choices.len(), table.len());
    Ok(())
}

fn read(corpora: &Path, path: &Path, left_out: &LeftOut) -> anyhow::Result<Vec<Choice>> {
    let judged = judged::lines(path)?;
    let mut choices = Vec::new();
    for article in judged::articles(corpora, &judged, left_out)? {
        let document = Document::new(&article.title, &article.text);
        let mentions = facts::mentions(&document);
        let found = Found::read(&document, &mentions);
        for judged in &judged[&article.id] {
            let figure = found.figures.iter().find(|found| found.figure.span.start == judged.figure);
            let Some(figure) = figure else { continue };
            let is_good =
                |cut| judged.lines.iter().find(|(line, _)| *line == cut).map(|(_, is_good)| *is_good);
            let lines: Vec<(Vec<f32>, bool)> = found
                .cuts(figure)
                .into_iter()
                .filter_map(|(cut, values)| Some((values, is_good(cut)?)))
                .collect();
            if !lines.is_empty() {
                choices.push(Choice { fold: gold::fold_of(article.press), lines });
            }
        }
    }
    Ok(choices)
}

/// How often the best line is without fault in newsrooms not seen, by how likely it has to be to be shown.
fn unseen(choices: &[Choice]) -> anyhow::Result<String> {
    let folds: Vec<usize> = choices.iter().map(|choice| choice.fold).collect();
    let of = |of: &[usize]| grow(&of.iter().map(|&at| &choices[at]).collect::<Vec<_>>());
    let best = unseen::ask(&folds, of, Forest::parse, |forest, at| {
        let lines = &choices[at].lines;
        let scored = lines.iter().map(|(values, is_good)| (forest.probability(values), *is_good));
        scored.max_by(|(a, _), (b, _)| a.total_cmp(b))
    })?;
    let best: Vec<(f32, bool)> = best.into_iter().flatten().collect();
    let mut lines = format!(
        "newsrooms not seen, {} figures\n| likely | shown | said | without fault |\n|---|---|---|---|",
        best.len()
    );
    let share = |part: f32, whole: usize| 100.0 * part / whole.max(1) as f32;
    for least in [0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] {
        let shown: Vec<_> = best.iter().filter(|(likely, _)| *likely >= least).collect();
        let _ = write!(
            lines,
            "\n| {least} | {:.1} | {:.1} | {:.1} |",
            share(shown.len() as f32, best.len()),
            share(shown.iter().map(|(likely, _)| likely).sum(), shown.len()),
            share(shown.iter().filter(|(_, is_good)| *is_good).count() as f32, shown.len()),
        );
    }
    Ok(lines)
}

fn grow(choices: &[&Choice]) -> String {
    let lines = || choices.iter().flat_map(|choice| &choice.lines);
    let rows: Vec<Vec<f32>> = lines().map(|(values, _)| values.clone()).collect();
    let targets: Vec<f32> = lines().map(|(_, is_good)| f32::from(u8::from(*is_good))).collect();
    let names = line::names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let made_by = "training/lines.rs from lines that editors judged";
    forest::learn(made_by, &names, &rows, &targets, &[], &SETTINGS)
}
