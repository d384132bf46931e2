//! `data/stories.tsv`: whether two articles tell one story, whether a piece of the latest is new, and whether another tells it too, learnt from pairs and clusters that
//! a reader judged (`stories/`), and from pairs of the news that lie too far apart to tell one event.

mod clusters;
mod logistic;
mod mined;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::article::{Article, date};
use mujaz::brief::{self, Brief};
use mujaz::facts::tagger::hash::mix;
use mujaz::story::{Account, Key, merged, news, same};
use mujaz::summary::{Budget, Length};
use serde::Deserialize;

use crate::corpus::records;
use logistic::{Row, Weights};

/// Parts of the pairs, and of the clusters: each is judged by what was learnt from the others.
const PARTS: usize = 10;
/// The division into parts is drawn so many times; a pair's score is the mean.
const DRAWS: u64 = 5;
/// How much weights are held back: the strongest of the values tried (1, 10, 30, 100).
const RIDGE: f64 = 100.0;
/// What all mined pairs together count; each of those that were read counts 1.
const MINED: f64 = 200.0;
/// The share of pairs said to be one story that have to be.
const PRECISION: f64 = 0.98;
/// The share of pieces said to be new that have to be.
const NEW_PRECISION: f64 = 0.92;

#[derive(Deserialize)]
struct Told {
    id: String,
    title: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct Judged {
    a: String,
    b: String,
    label: String,
    stratum: String,
}

/// The articles of the stories, read.
type Read = HashMap<String, (Brief, Account)>;

/// Learns the models, tells how they do on what they have not seen, and writes them.
pub fn make(corpora: &Path, data: &Path) -> anyhow::Result<()> {
    let folder = corpora.join("stories");
    let mut articles = Read::new();
    for told in records::<Told>(&folder.join("articles.jsonl"))? {
        let told = told?;
        articles.insert(told.id.clone(), read(told));
    }
    let mut file = String::from(
        "# Made by training/stories from pairs and clusters of articles that a reader judged.\n",
    );
    let mined = mined::far_apart(corpora, &articles)?;
    let pairs: Vec<Judged> =
        records::<Judged>(&folder.join("pairs.jsonl"))?.collect::<anyhow::Result<_>>()?;
    let (weights, limit) = learn_same(&pairs, &articles, mined);
    write(&mut file, "same", &same::NAMES, &weights, limit);
    let clusters = clusters::read(&folder, &articles)?;
    let (weights, limit) = learn_new(&clusters);
    write(&mut file, "new", &news::NAMES, &weights, limit);
    let (weights, limit) = learn_told(&clusters);
    write(&mut file, "told", &merged::NAMES, &weights, limit);
    let path = data.join("stories.tsv");
    fs::write(&path, &file).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: {} pairs, {} clusters, {} bytes", path.display(), pairs.len(), clusters.len(), file.len());
    Ok(())
}

fn write(file: &mut String, model: &str, names: &[&str], weights: &Weights, limit: f64) {
    for (name, weight) in names.iter().zip(&weights.features) {
        let _ = writeln!(file, "{model}\t{name}\t{weight:.4}");
    }
    let _ = writeln!(file, "{model}\tbase\t{:.4}\n{model}\tlimit\t{limit:.4}", weights.base);
}

/// The brief and the account of an article; its id ends in its day («…-20180306»).
fn read(told: Told) -> (Brief, Account) {
    let digits = told.id.rsplit('-').next().unwrap_or_default();
    let day = digits.get(..4).zip(digits.get(4..6)).zip(digits.get(6..8));
    let published = day.and_then(|((year, month), day)| date::parse(&format!("{year}-{month}-{day}")));
    let article = Article {
        headline: told.title.unwrap_or_default(),
        body: told.text,
        published,
        ..Article::default()
    };
    let brief = brief::read(article).compose(Budget::Length(Length::Medium));
    let account = Account::of_brief(&brief, &Key::default());
    (brief, account)
}

fn learn_same(pairs: &[Judged], articles: &Read, mut mined: Vec<Row>) -> (Weights, f64) {
    let each = MINED / mined.len().max(1) as f64;
    for row in &mut mined {
        row.weight = each;
    }
    let row = |pair: &Judged| Row {
        values: same::features(&articles[&pair.a].1, &articles[&pair.b].1),
        answer: pair.label == "same",
        weight: 1.0,
    };
    let rows: Vec<Row> = pairs.iter().map(row).collect();
    // «follow» may be merged or not: nothing is learnt from it.
    let counts: Vec<bool> = pairs.iter().map(|pair| pair.label != "follow").collect();
    let learn = |part: &dyn Fn(usize) -> bool| {
        let kept = (0..rows.len()).filter(|&at| counts[at] && part(at));
        let own: Vec<Row> = kept.map(|at| rows[at].clone()).collect();
        let all: Vec<Row> = own.iter().chain(&mined).cloned().collect();
        logistic::learn(&all, &own, RIDGE)
    };
    let groups = connected(pairs);
    let mut scores = vec![0.0; rows.len()];
    for draw in 0..DRAWS {
        let part = |at: usize| shuffled(groups[at], draw) as usize % PARTS;
        for own in 0..PARTS {
            let weights = learn(&|at| part(at) != own);
            for at in (0..rows.len()).filter(|&at| part(at) == own) {
                scores[at] += weights.score(&rows[at].values) / DRAWS as f64;
            }
        }
    }
    let judged: Vec<(f64, bool)> =
        (0..rows.len()).filter(|&at| counts[at]).map(|at| (scores[at], rows[at].answer)).collect();
    let limit = limit(&judged, PRECISION);
    report(pairs, &scores, limit);
    (learn(&|_| true), limit)
}

/// The lowest score from which on the share `precision` of the answers is yes.
fn limit(judged: &[(f64, bool)], precision: f64) -> f64 {
    let mut sorted = judged.to_vec();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut yes, mut best) = (0_u32, f64::MAX);
    for (at, (score, answer)) in sorted.iter().enumerate() {
        yes += u32::from(*answer);
        if *answer && f64::from(yes) >= precision * (at + 1) as f64 {
            best = *score;
        }
    }
    best
}

fn report(pairs: &[Judged], scores: &[f64], limit: f64) {
    println!("pairs not seen, by what was learnt from the others: said to be one story / all");
    let mut table: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for (pair, score) in pairs.iter().zip(scores) {
        for stratum in [pair.stratum.as_str(), "all"] {
            let (said, all) = table.entry((stratum, &pair.label)).or_default();
            *said += usize::from(*score >= limit);
            *all += 1;
        }
    }
    for ((stratum, label), (said, all)) in &table {
        println!("  {stratum}\t{label}\t{said} / {all}");
    }
    let said = |label| table.get(&("all", label)).map_or(0, |(said, _)| *said) as f64;
    let all = table.get(&("all", "same")).map_or(0, |(_, all)| *all) as f64;
    let (yes, no) = (said("same"), said("related") + said("different"));
    println!("  precision {:.3}, recall {:.3}", yes / (yes + no).max(1.0), yes / all.max(1.0));
}

/// For each pair the number of its story: pairs that share an article are in one, so that none is judged by its own kin.
fn connected(pairs: &[Judged]) -> Vec<usize> {
    let mut story: Vec<usize> = (0..pairs.len()).collect();
    for at in 0..pairs.len() {
        for other in 0..at {
            let (one, two) = (&pairs[at], &pairs[other]);
            if one.a == two.a || one.a == two.b || one.b == two.a || one.b == two.b {
                let (from, to) = (story[at].max(story[other]), story[at].min(story[other]));
                story.iter_mut().filter(|of| **of == from).for_each(|of| *of = to);
            }
        }
    }
    story
}

/// A number that looks random and is always the same for `at` and `draw` (`SplitMix64`).
fn shuffled(at: usize, draw: u64) -> u64 {
    let z = (at as u64 + 1)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(draw.wrapping_mul(0xD1B5_4A32_D192_ED03));
    mix(z) >> 1
}

fn learn_new(clusters: &[clusters::Cluster]) -> (Weights, f64) {
    let rows = |keep: &dyn Fn(usize) -> bool| -> Vec<Row> {
        let kept = clusters.iter().enumerate().filter(|(at, _)| keep(*at));
        kept.flat_map(|(_, cluster)| cluster.rows()).collect()
    };
    let learn = |rows: Vec<Row>| logistic::learn(&rows, &rows, NEW_RIDGE);
    let mut judged = Vec::new();
    let mut scored = Vec::new();
    for (at, cluster) in clusters.iter().enumerate() {
        let weights = learn(rows(&|other| other != at));
        for sentence in &cluster.sentences {
            let score = weights.score(&sentence.values);
            scored.push((score, sentence.is_new));
            judged.extend(sentence.is_new.map(|is_new| (score, is_new)));
        }
    }
    let limit = limit(&judged, NEW_PRECISION);
    let count = |answer| scored.iter().filter(|(score, is_new)| *score >= limit && *is_new == answer).count();
    let (new, old, mixed) = (count(Some(true)), count(Some(false)), count(None));
    let all = judged.iter().filter(|(_, is_new)| *is_new).count();
    println!(
        "sentences of clusters not seen that are said to be new: {new} are, {old} are old, {mixed} are mixed"
    );
    println!(
        "  precision {:.3} ({:.3} with mixed ones as wrong), recall {:.3}",
        new as f64 / (new + old).max(1) as f64,
        new as f64 / (new + old + mixed).max(1) as f64,
        new as f64 / all.max(1) as f64
    );
    (learn(rows(&|_| true)), limit)
}

fn learn_told(clusters: &[clusters::Cluster]) -> (Weights, f64) {
    let learn = |keep: &dyn Fn(usize) -> bool| {
        let kept = clusters.iter().enumerate().filter(|(at, _)| keep(*at));
        let rows: Vec<Row> = kept.flat_map(|(_, cluster)| cluster.told.iter().cloned()).collect();
        logistic::learn(&rows, &rows, NEW_RIDGE)
    };
    let mut judged = Vec::new();
    for (at, cluster) in clusters.iter().enumerate() {
        let weights = learn(&|other| other != at);
        judged.extend(cluster.told.iter().map(|row| (weights.score(&row.values), row.answer)));
    }
    let limit = limit(&judged, TOLD_PRECISION);
    let said = judged.iter().filter(|(score, _)| *score >= limit);
    let (said, right) = (said.clone().count(), said.filter(|(_, answer)| *answer).count());
    let due = judged.iter().filter(|(_, answer)| *answer).count();
    println!(
        "sentences of clusters not seen that another article is said to tell: {right} of {said} right, {due} of {} due",
        judged.len()
    );
    (learn(&|_| true), limit)
}

/// The share of articles said to tell a piece that have to.
const TOLD_PRECISION: f64 = 0.97;
/// The same for the few sentences of clusters.
const NEW_RIDGE: f64 = 10.0;
