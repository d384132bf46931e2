//! `train evaluate`: learns everything without some newsrooms, scores it on those, and so on in turn: how good the program is for
//! a newspaper that it has never seen. Decisions are taken by this table.
//!
//! What is learnt is read once by a process, so each step is a process of its own: `train --without … --learnt FOLDER --data
//! FOLDER STEP` for each of [`STEPS`], then `train … score`, which prints a tally for each newsroom. What each part of the newsrooms
//! has learnt is [`kept`]; what a rule is [`worth`] is told by the same parts.

mod kept;
mod worth;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use mujaz::rule::Rule;
use serde::{Deserialize, Serialize};

use crate::gold::{self, FOLDS, LeftOut};
use crate::scoring::{self, Tally, tags};

/// What is learnt, in this order: each may use what those before it have learnt.
const STEPS: &[&str] =
    &["tagger", "extents", "links", "mentions", "figures", "lines", "openings", "ranker", "cuts"];

/// What to evaluate.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Only this part of the newsrooms, from 1: the others teach, it is scored.
    #[arg(long)]
    fold: Option<usize>,
    /// Learn only these steps anew, with commas between them; the others stay as the program was built, which has seen what is scored.
    #[arg(long, value_delimiter = ',', default_values = STEPS)]
    steps: Vec<String>,
    /// Score only what the program was built with, on the newspapers that nothing is ever learnt from.
    #[arg(long)]
    press: bool,
    /// Where to keep what each part learnt; what was learnt there from the same files is not learnt again.
    #[arg(long, default_value = "target/evaluation")]
    keep: PathBuf,
    /// Say of every rule what it is worth, as `--without RULE` does of one.
    #[arg(long)]
    all_rules: bool,
}

/// Learns and scores each fold and prints the table; of `without`, rules, what each is worth.
///
/// # Errors
/// If a step fails.
pub fn run(corpora: &Path, options: &Options, without: &[Rule]) -> anyhow::Result<()> {
    let mut table: Vec<(String, Tally)> = Vec::new();
    if options.press {
        let mut tally = Tally::default();
        for article in &scoring::score(&gold::read_press(corpora)?, corpora)? {
            tally += article;
        }
        println!("{}", markdown(&[(gold::PRESS.to_owned(), tally)]));
        return Ok(());
    }
    let mut folds: Vec<(&[&str], PathBuf)> = Vec::new();
    for (at, presses) in FOLDS.iter().enumerate() {
        if options.fold.is_some_and(|fold| fold != at + 1) {
            continue;
        }
        let mut folder = PathBuf::new();
        for step in &options.steps {
            folder = learn(corpora, &options.keep, presses, step)?;
        }
        folds.push((presses, folder));
    }
    let rules = if options.all_rules { Rule::ALL } else { without };
    if !rules.is_empty() {
        return worth::print(corpora, &folds, rules);
    }
    for (presses, folder) in folds {
        let scored = train(corpora, &folder, presses, "score", &[])?;
        let Scores { presses, .. } = serde_json::from_str(&scored).context("the scores do not read back")?;
        table.extend(presses);
    }
    println!("{}", markdown(&table));
    Ok(())
}

/// Learns a step without `presses`, unless that was done before, and gives the folder under `keep` that has what it made.
///
/// # Errors
/// If the step fails.
pub fn learn(corpora: &Path, keep: &Path, presses: &[&str], step: &str) -> anyhow::Result<PathBuf> {
    let folder = keep.join(format!("without-{}", presses.join("-")));
    std::fs::create_dir_all(&folder)?;
    let (done, digest) = (folder.join(format!("{step}.done")), kept::digest(corpora, &folder, presses, step));
    if std::fs::read_to_string(&done).ok().is_none_or(|made_from| made_from != digest) {
        eprintln!("learning {step} without {}", presses.join(", "));
        // It reads each newsroom with a tagger that has not seen it, and those are kept here.
        let kept: &[&OsStr] =
            if matches!(step, "extents" | "mentions") { &["--keep".as_ref(), keep.as_os_str()] } else { &[] };
        train(corpora, &folder, presses, step, kept)?;
        std::fs::write(&done, digest)?;
    }
    Ok(folder)
}

/// Runs a command of this program, with `options`, upon what `folder` holds, without `presses`, and gives what it prints.
///
/// # Errors
/// If the command fails.
pub fn train(
    corpora: &Path,
    folder: &Path,
    presses: &[&str],
    command: &str,
    options: &[&OsStr],
) -> anyhow::Result<String> {
    let output = Command::new(std::env::current_exe()?)
        .arg("--corpora")
        .arg(corpora)
        .args(["--without", &presses.join(",")])
        .arg("--learnt")
        .arg(folder)
        .arg("--data")
        .arg(folder)
        .arg(command)
        .args(options)
        .stderr(std::process::Stdio::inherit())
        .output()?;
    anyhow::ensure!(
        output.status.success(),
        "train {command} without {without} failed",
        without = presses.join(",")
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// What `train score` prints.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Scores {
    /// The tally of each newsroom.
    presses: BTreeMap<String, Tally>,
    /// A digest of each article's reply, in order.
    replies: Vec<u64>,
}

/// Scores the newsrooms that are left out, or the ones for measuring only where none is, and prints their tallies as JSON; without name
/// tags where only `replies` are asked for.
///
/// # Errors
/// If an article is not answered.
pub fn score(corpora: &Path, without: &LeftOut, replies: bool) -> anyhow::Result<()> {
    let articles = if without.is_empty() {
        gold::read_press(corpora)?
    } else {
        let mut articles = gold::read(corpora, &LeftOut::default())?;
        articles.retain(|article| without.has(article.press));
        articles
    };
    let mut scores = Scores::default();
    for (article, (tally, digest)) in articles.iter().zip(scoring::replies(&articles)?) {
        *scores.presses.entry(article.press.to_owned()).or_default() += &tally;
        scores.replies.push(digest);
    }
    if !replies {
        for (article, tags) in articles.iter().zip(tags::score(&articles, corpora)?) {
            *scores.presses.entry(article.press.to_owned()).or_default() += &tags;
        }
    }
    println!("{}", serde_json::to_string(&scores)?);
    Ok(())
}

/// A row for each measure, a column for each newsroom, then their mean and its standard error.
fn markdown(table: &[(String, Tally)]) -> String {
    let mut lines = vec![String::from("| |"), String::from("|---|")];
    for (press, _) in table {
        lines[0].extend([" ", press, " |"]);
        lines[1] += "---|";
    }
    lines[0] += " mean |";
    lines[1] += "---|";
    let columns: Vec<Vec<(&str, f64)>> = table.iter().map(|(_, tally)| tally.measures()).collect();
    let Some(first) = columns.first() else { return String::new() };
    for (row, (name, _)) in first.iter().enumerate() {
        let values: Vec<f64> = columns.iter().map(|column| column[row].1).collect();
        let mut line = format!("| {name} |");
        for value in &values {
            let _ = write!(line, " {value:.1} |");
        }
        let (mean, error) = mean(&values);
        let _ = write!(line, " {mean:.1} ± {error:.1} |");
        lines.push(line);
    }
    lines.join("\n")
}

/// The mean of `values` and its standard error.
fn mean(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
    (mean, (variance / count).sqrt())
}
