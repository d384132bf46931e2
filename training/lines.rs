//! `data/lines.tsv`: how good a cut of the clause around a figure is, learnt from lines that an editor chose.
//!
//! `lines.places` says where they begin and end in the annotated articles, in places without words. A forest estimates how near a cut comes
//! to the editor's: 1 for the same, less the less they share, 0 for all where the editor shows none. The phrases that the annotation gives for
//! what a figure counts (`what`) tell of many more figures what belongs to them, and count a little.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts;
use mujaz::facts::figure::{Found, line};
use mujaz::learnt::forest::Forest;
use mujaz::text::{Document, Span};

use crate::figures::marks;
use crate::forest::{self, Objective, Settings};
use crate::gold::{self, LeftOut};

/// What the annotation's phrase is worth beside an editor's line.
const PHRASE: f32 = 0.15;
const SETTINGS: Settings = Settings { trees: 300, leaves: 8, rate: 0.05, least: 30, ridge: 5.0 };

/// The cuts of one figure, and which one is wanted.
struct Choice {
    press: &'static str,
    cuts: Vec<(Span, Vec<f32>)>,
    /// `None` where the editor shows no line.
    wanted: Option<Span>,
    by_editor: bool,
}

/// Learns the forest without the newsrooms `left_out`, tells how it does, and writes it.
pub fn make(corpora: &Path, places: &Path, data: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let choices = read(corpora, places, left_out)?;
    println!("{}", unseen(&choices)?);
    let table = grow(&choices.iter().collect::<Vec<_>>());
    let path = data.join("lines.tsv");
    fs::write(&path, &table).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} figures, {} bytes", path.display(), choices.len(), table.len());
    Ok(())
}

/// How good the best cut is in newsrooms not seen, by how little it may be worth to be shown.
fn unseen(choices: &[Choice]) -> anyhow::Result<String> {
    let mut best: Vec<(f32, f32)> = Vec::new();
    for part in gold::FOLDS {
        let (own, others): (Vec<&Choice>, Vec<&Choice>) =
            choices.iter().partition(|choice| part.contains(&choice.press));
        let model = Forest::parse(&grow(&others)).context("no forest was learnt")?;
        for choice in own.into_iter().filter(|choice| choice.by_editor) {
            let scored = choice.cuts.iter().map(|(cut, values)| (model.score(values), *cut));
            let Some((score, cut)) = scored.max_by(|(a, _), (b, _)| a.total_cmp(b)) else { continue };
            best.push((score, choice.wanted.map_or(0.0, |wanted| share(cut, wanted))));
        }
    }
    let mut lines = format!(
        "newsrooms not seen, {} figures\n| worth | shown | the editor's | nearly | other | no line wanted |\n|---|---|---|---|---|---|",
        best.len()
    );
    for worth in [0.0, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7] {
        let shown: Vec<f32> =
            best.iter().filter(|(score, _)| *score >= worth).map(|(_, share)| *share).collect();
        let part = |is: &dyn Fn(f32) -> bool| {
            100.0 * shown.iter().filter(|&&share| is(share)).count() as f32 / shown.len().max(1) as f32
        };
        let _ = write!(
            lines,
            "\n| {worth} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} |",
            100.0 * shown.len() as f32 / best.len().max(1) as f32,
            part(&|share| share >= 1.0),
            part(&|share| (NEARLY..1.0).contains(&share)),
            part(&|share| share > 0.0 && share < NEARLY),
            part(&|share| share <= 0.0),
        );
    }
    Ok(lines)
}

/// From what share on a line is nearly the editor's.
const NEARLY: f32 = 0.7;

fn read(corpora: &Path, places: &Path, left_out: &LeftOut) -> anyhow::Result<Vec<Choice>> {
    let places = fs::read_to_string(places).with_context(|| format!("cannot read {}", places.display()))?;
    let mut chosen: HashMap<(&str, usize), Option<Span>> = HashMap::new();
    for row in places.lines().filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [id, figure, line @ ..] = columns.as_slice() else { continue };
        let line = match line {
            [start, end] => Some(Span::new(start.parse()?, end.parse()?)),
            _ => None,
        };
        chosen.insert((id, figure.parse()?), line);
    }
    let mut choices = Vec::new();
    for article in gold::read(corpora, left_out)? {
        let document = Document::new(&article.title, &article.text);
        let mentions = facts::mentions(&document);
        let found = Found::read(&document, &mentions);
        let marks = marks(&document, &found.figures, &article.answers.figures);
        for (measured, mark) in found.figures.iter().zip(marks) {
            let Some(gold) = mark.map(|at| &article.answers.figures[at]).filter(|gold| gold.key) else {
                continue;
            };
            let figure = measured.figure.span;
            let line = chosen.get(&(article.id.as_str(), figure.start)).copied();
            let sentence = document.sentences()[measured.figure.sentence].span;
            let phrase = || phrase(&document, sentence, figure, gold.what.as_deref()?);
            let wanted = match line {
                Some(line) => line,
                None => match phrase() {
                    Some(phrase) => Some(phrase),
                    None => continue,
                },
            };
            choices.push(Choice {
                press: article.press,
                cuts: found.cuts(measured),
                wanted,
                by_editor: line.is_some(),
            });
        }
    }
    Ok(choices)
}

/// The figure with the annotation's phrase for what it counts, where that stands in the same sentence and near.
fn phrase(document: &Document, sentence: Span, figure: Span, what: &str) -> Option<Span> {
    let start = sentence.start + document.slice(sentence).find(what)?;
    let span = figure.cover(Span::new(start, start + what.len()));
    (document.slice(span).split_whitespace().count() <= MOST_PHRASE).then_some(span)
}

const MOST_PHRASE: usize = 12;

/// How much two spans share of what they cover together.
fn share(one: Span, other: Span) -> f32 {
    let common = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    common as f32 / one.cover(other).len() as f32
}

fn grow(choices: &[&Choice]) -> String {
    let (mut rows, mut targets, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for choice in choices {
        for (cut, values) in &choice.cuts {
            rows.push(values.clone());
            targets.push(match choice.wanted {
                Some(wanted) if wanted == *cut => 1.0,
                Some(wanted) => NEAR * share(*cut, wanted).powi(2),
                None => 0.0,
            });
            weights.push(if choice.by_editor { 1.0 } else { PHRASE });
        }
    }
    let names = line::names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let made_by = "training/lines.rs from lines that an editor chose";
    forest::learn(made_by, &names, &rows, &targets, &weights, Objective::Squares, &SETTINGS)
}

/// The most that a cut is worth which is not the editor's.
const NEAR: f32 = 0.8;
