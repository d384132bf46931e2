//! What is learnt, asked about newsrooms that it has not seen: each part of them ([`crate::gold::FOLDS`]) by a forest that has learnt from
//! the others.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::de::DeserializeOwned;

use crate::evaluate;
use crate::gold::FOLDS;

/// For each item, of which `folds` has the part, what `ask` gets for its number from what `grow` makes of the numbers of all items of other
/// parts, as `read` reads it.
///
/// # Errors
/// If what `grow` makes cannot be read.
pub fn ask<M, T>(
    folds: &[usize],
    grow: impl Fn(&[usize]) -> String,
    read: impl Fn(&str) -> Option<M>,
    ask: impl Fn(&M, usize) -> T,
) -> anyhow::Result<Vec<T>> {
    let mut answers: Vec<Option<T>> = folds.iter().map(|_| None).collect();
    for fold in 0..FOLDS.len() {
        let (own, others): (Vec<usize>, Vec<usize>) = (0..folds.len()).partition(|&at| folds[at] == fold);
        if own.is_empty() {
            continue;
        }
        let model = read(&grow(&others)).context("nothing was learnt")?;
        for at in own {
            answers[at] = Some(ask(&model, at));
        }
    }
    Ok(answers.into_iter().flatten().collect())
}

/// What `command` prints of each part of the newsrooms, a JSON object a line, where a child of this program reads it with what `steps` have
/// learnt without that part; under `keep` is what was learnt so, or is put there.
///
/// # Errors
/// If a step or the command fails, or a line does not read back.
pub fn read_all<T: DeserializeOwned>(
    corpora: &Path,
    keep: &Path,
    steps: &[&str],
    command: &str,
) -> anyhow::Result<Vec<T>> {
    let mut all = Vec::new();
    for presses in FOLDS {
        let mut folder = PathBuf::new();
        for step in steps {
            folder = evaluate::learn(corpora, keep, presses, step)?;
        }
        for line in evaluate::train(corpora, &folder, presses, command, &[])?.lines() {
            all.push(serde_json::from_str(line).with_context(|| format!("`{command}` printed {line}"))?);
        }
    }
    Ok(all)
}

/// Where the rows of a table of likelihoods begin.
pub const LIKELY: &[f32] = &[0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];

/// How often what is said to be as likely is right, as a table whose rows begin at `starts`.
pub fn reliability(name: &str, starts: &[f32], likely: &[(f32, bool)]) -> String {
    let mut table = format!("| {name}: likely | count | said | right |\n|---|---|---|---|");
    for (row, from) in starts.iter().enumerate() {
        let to = starts.get(row + 1);
        let is_here = |likely: f32| likely >= *from && to.is_none_or(|to| likely < *to);
        let part: Vec<_> = likely.iter().filter(|(likely, _)| is_here(*likely)).collect();
        let count = part.len().max(1) as f32;
        let said = 100.0 * part.iter().map(|(likely, _)| likely).sum::<f32>() / count;
        let right = 100.0 * part.iter().filter(|(_, right)| *right).count() as f32 / count;
        let to = to.copied().unwrap_or(1.0);
        let _ = write!(table, "\n| {from}-{to} | {} | {said:.1} | {right:.1} |", part.len());
    }
    table
}
