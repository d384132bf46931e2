//! What a rule is worth for newsrooms that were not seen: their replies with it and without it, upon what was learnt with it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;
use mujaz::article::Article;
use mujaz::brief;
use mujaz::rule::{self, Rule};
use mujaz::summary::{Budget, Length};
use rayon::prelude::*;
use serde::Deserialize;

use super::{Scores, mean, train};
use crate::corpus::records;
use crate::scoring::Tally;

/// A smaller difference of a measure is none.
const LEAST: f64 = 0.05;

/// One in so many articles of the unlabelled news is asked how often a rule holds.
const ONE_IN: usize = 10;

/// Prints for each of `rules` in how many of a thousand articles of the unlabelled news it holds, how many replies it changes, and which measures it
/// moves, by the mean over newsrooms and its standard error: what is better with it has a plus.
///
/// # Errors
/// If a score cannot be had.
pub fn print(corpora: &Path, folds: &[(&[&str], PathBuf)], rules: &[Rule]) -> anyhow::Result<()> {
    let with = scores(corpora, folds, None)?;
    let (articles, held) = held(corpora)?;
    println!("{articles} articles of the news, {} replies\n", with.replies.len());
    println!("| rule | holds, of 1,000 | replies changed | with it |\n|---|---|---|---|");
    for &rule in rules {
        let without = scores(corpora, folds, Some(rule))?;
        let changed = with.replies.iter().zip(&without.replies).filter(|(with, without)| with != without);
        let holds = 1000.0 * held.get(&rule).copied().unwrap_or(0) as f32 / articles as f32;
        println!("| {rule} | {holds:.1} | {} | {} |", changed.count(), moved(&with, &without));
    }
    Ok(())
}

/// How many articles of the unlabelled news were asked, and in how many of them each rule held.
fn held(corpora: &Path) -> anyhow::Result<(usize, BTreeMap<Rule, usize>)> {
    #[derive(Deserialize)]
    struct News {
        title: String,
        text: String,
    }
    let news = records::<News>(&corpora.join("news/articles.jsonl.gz"))?.step_by(ONE_IN);
    let news = news.collect::<anyhow::Result<Vec<_>>>()?;
    let asked = news.par_iter().map(|news| {
        let (headline, body) = (news.title.clone(), news.text.clone());
        let read = || brief::read(Article { headline, body, ..Article::default() });
        rule::count(|| read().compose(Budget::Length(Length::Medium))).1
    });
    let mut held: BTreeMap<Rule, usize> = BTreeMap::new();
    for rule in asked.collect::<Vec<_>>().iter().flat_map(BTreeMap::keys) {
        *held.entry(*rule).or_default() += 1;
    }
    Ok((news.len(), held))
}

/// The scores of all folds, with `rule` switched off if one is given.
fn scores(corpora: &Path, folds: &[(&[&str], PathBuf)], rule: Option<Rule>) -> anyhow::Result<Scores> {
    let mut all = Scores::default();
    for (presses, folder) in folds {
        let without: Vec<&str> = presses.iter().copied().chain(rule.map(Rule::name)).collect();
        let printed = train(corpora, folder, &without, "score", &["--replies".as_ref()])?;
        let scores: Scores = serde_json::from_str(&printed).context("the scores do not read back")?;
        all.presses.extend(scores.presses);
        all.replies.extend(scores.replies);
    }
    Ok(all)
}

/// The measures that differ, each with how much better it is `with` the rule.
fn moved(with: &Scores, without: &Scores) -> String {
    let mut line = String::new();
    let Some(names) = with.presses.values().next().map(Tally::measures) else { return line };
    for (row, (name, _)) in names.iter().enumerate() {
        let value =
            |scores: &Scores, press: &str| scores.presses.get(press).map_or(0.0, |t| t.measures()[row].1);
        let differences: Vec<f64> =
            with.presses.keys().map(|press| value(with, press) - value(without, press)).collect();
        let (mean, error) = mean(&differences);
        if mean.abs() >= LEAST {
            let gap = if line.is_empty() { "" } else { ", " };
            let mean = if *name == "wrong claims a reply" { -mean } else { mean };
            let _ = write!(line, "{gap}{name} {mean:+.2} ± {error:.2}");
        }
    }
    line
}
