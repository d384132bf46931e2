//! `data/figures.tsv`: what each feature of a figure is worth, learnt from articles whose key figures editors marked.
//!
//! Logistic regression of "an editor would list it" on the features of `facts::figure::measure`, drawn to 0 by a ridge
//! on standardised features. How well it does on articles that it has not seen is told by cross-validation: every
//! article is weighed by weights that were learnt without it. The line between listed and not listed is drawn on
//! those unseen weights too, where they first reach the wanted recall.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::figure::measure::{self, Features};
use mujaz::facts::figure::salience::{self, BIAS};
use mujaz::facts::{Figure, Quantity};
use mujaz::text::Document;
use mujaz::text::fold::fold;
use serde::Deserialize;
use serde_json::Value;

use crate::corpus::records;
use crate::linear::cholesky;

/// How strongly weights are drawn to 0, in units of standardised figures.
const RIDGE: f64 = 5.0;
/// The share of key figures that must be listed of articles not seen.
const RECALL: f64 = 0.89;
/// A reply lists no more figures than this.
const LISTED: usize = 6;
/// Parts that the articles are divided into for cross-validation.
const FOLDS: usize = 12;
/// How often the articles are divided anew.
const ROUNDS: u64 = 10;
/// Steps of Newton's method; it settles in about eight.
const STEPS: usize = 12;

#[derive(Deserialize)]
struct Article {
    id: String,
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct Gold {
    id: String,
    figures: Vec<GoldFigure>,
}

#[derive(Deserialize)]
struct GoldFigure {
    text: String,
    value: Value,
    unit: Option<String>,
    key: bool,
}

/// What the annotation says of a figure that was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Key,
    Background,
    /// No figure at all: a number misread or told twice.
    Foreign,
}

/// One article: its figures, and how many key figures it has, found or not.
struct Story {
    figures: Vec<(Features, Mark)>,
    wanted: usize,
}

/// Learns the weights, tells how they do, and writes them.
pub fn make(corpora: &Path, data: &Path) -> anyhow::Result<()> {
    let stories = read(corpora)?;
    let mut unseen = Vec::new();
    for round in 0..ROUNDS {
        let fold = shuffled(stories.len(), round);
        for part in 0..FOLDS {
            let taught = (0..stories.len()).filter(|&at| fold[at] != part).map(|at| &stories[at]);
            let model = Model::learn(taught);
            for at in (0..stories.len()).filter(|&at| fold[at] == part) {
                unseen.push(model.weigh(&stories[at]));
            }
        }
    }
    let mut model = Model::learn(stories.iter());
    let seen: Vec<Weighed> = stories.iter().map(|story| model.weigh(story)).collect();
    let line = line_at(&unseen, RECALL);
    println!("articles not seen: {}", Score::of(&unseen, line));
    println!("all, learnt from:  {}", Score::of(&seen, line));
    // A constant in every sum is taken off in part with the cost of the best.
    model.bias = f64::from(salience::against_the_best(&[model.bias as f32])[0] - line);
    let mut table = String::from(
        "# Made by training/figures.rs from articles whose key figures were marked by hand.\n# feature\tweight\n",
    );
    writeln!(table, "{BIAS}\t{:.3}", model.bias)?;
    for (feature, weight) in &model.weights {
        writeln!(table, "{feature}\t{weight:.3}")?;
    }
    let path = data.join("figures.tsv");
    fs::write(&path, &table).with_context(|| format!("cannot write {}", path.display()))?;
    let figures: usize = stories.iter().map(|story| story.figures.len()).sum();
    println!("{}: {} articles, {figures} figures, {} bytes", path.display(), stories.len(), table.len());
    Ok(())
}

fn read(corpora: &Path) -> anyhow::Result<Vec<Story>> {
    let mut gold = BTreeMap::new();
    for record in records::<Gold>(&corpora.join("gold/dev.jsonl"))? {
        let record = record?;
        gold.insert(record.id, record.figures);
    }
    let mut stories = Vec::new();
    for article in records::<Article>(&corpora.join("gold/dev-articles.jsonl"))? {
        let article = article?;
        let Some(marked) = gold.get(&article.id) else { continue };
        let document = Document::new(&article.title, &article.text);
        let figures = measure::figures(&document);
        let marks = marks(&document, &figures, marked);
        stories.push(Story {
            figures: figures.into_iter().map(|(_, features)| features).zip(marks).collect(),
            wanted: marked.iter().filter(|figure| figure.key).count(),
        });
    }
    Ok(stories)
}

/// Each figure's mark: one marked figure for each, that of the same words before that of the same amount.
fn marks(document: &Document, figures: &[(Figure, Features)], marked: &[GoldFigure]) -> Vec<Mark> {
    let mut marks = vec![Mark::Foreign; figures.len()];
    let mut taken = vec![false; figures.len()];
    let mut left: Vec<&GoldFigure> = marked.iter().collect();
    for same_words in [true, false] {
        left.retain(|gold| {
            let found = (0..figures.len()).find(|&at| {
                let figure = &figures[at].0;
                !taken[at]
                    && same_amount(figure.quantity, &gold.value)
                    && if same_words {
                        words(document.slice(figure.span)) == words(&gold.text)
                    } else {
                        same_unit(document, figure, gold.unit.as_deref().unwrap_or_default())
                    }
            });
            if let Some(at) = found {
                taken[at] = true;
                marks[at] = if gold.key { Mark::Key } else { Mark::Background };
            }
            found.is_none()
        });
    }
    marks
}

/// Whether two units share a word, one of them is not told, or one of them is a percentage.
fn same_unit(document: &Document, figure: &Figure, unit: &str) -> bool {
    if unit.is_empty() || figure.unit.is_empty() || unit == "%" || figure.unit == "%" {
        return true;
    }
    let mut own = words(&figure.unit);
    own.extend(words(document.slice(figure.span)));
    own.extend(figure.what.map(|what| words(document.slice(what))).unwrap_or_default());
    !own.is_disjoint(&words(unit))
}

fn words(text: &str) -> HashSet<String> {
    fold(text).split_whitespace().map(|word| word.trim_start_matches("ال").to_owned()).collect()
}

fn same_amount(quantity: Quantity, gold: &Value) -> bool {
    let ends: Vec<f64> = match gold {
        Value::Array(ends) => ends.iter().filter_map(Value::as_f64).collect(),
        value => value.as_f64().into_iter().collect(),
    };
    let own = match quantity {
        Quantity::Exact(value) => vec![value],
        Quantity::Range(low, high) => vec![low, high],
    };
    own.iter().any(|a| ends.iter().any(|b| (a - b).abs() <= 1e-6 * b.abs().max(1.0)))
}

/// The part that each of `count` articles is in, in the division number `round`.
fn shuffled(count: usize, round: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = round.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for at in (1..count).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (state >> 33) as usize % (at + 1));
    }
    let mut fold = vec![0; count];
    for (place, article) in order.into_iter().enumerate() {
        fold[article] = place % FOLDS;
    }
    fold
}

/// What a figure is worth by each of its features.
struct Model {
    weights: BTreeMap<&'static str, f64>,
    bias: f64,
}

impl Model {
    /// Penalised maximum likelihood by Newton's method.
    fn learn<'a>(stories: impl Iterator<Item = &'a Story>) -> Self {
        let figures: Vec<&(Features, Mark)> = stories.flat_map(|story| &story.figures).collect();
        let names: Vec<&'static str> = figures
            .iter()
            .flat_map(|(features, _)| features.iter().map(|&(name, _)| name))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let mut rows = vec![vec![0.0; names.len() + 1]; figures.len()];
        for (row, (features, _)) in rows.iter_mut().zip(&figures) {
            for (name, value) in features {
                if let Ok(column) = names.binary_search(name) {
                    row[column] = f64::from(*value);
                }
            }
        }
        let count = rows.len().max(1) as f64;
        let mut scales = Vec::with_capacity(names.len());
        for column in 0..names.len() {
            let mean = rows.iter().map(|row| row[column]).sum::<f64>() / count;
            let variance = rows.iter().map(|row| (row[column] - mean).powi(2)).sum::<f64>() / count;
            let scale = variance.sqrt().max(0.05);
            for row in &mut rows {
                row[column] = (row[column] - mean) / scale;
            }
            scales.push((mean, scale));
        }
        for row in &mut rows {
            row[names.len()] = 1.0;
        }
        let targets: Vec<f64> =
            figures.iter().map(|(_, mark)| f64::from(u8::from(*mark == Mark::Key))).collect();
        let solution = logistic(&rows, &targets);
        let mut model = Self { weights: BTreeMap::new(), bias: solution[names.len()] };
        for (column, (mean, scale)) in scales.into_iter().enumerate() {
            let weight = solution[column] / scale;
            model.weights.insert(names[column], weight);
            model.bias -= weight * mean;
        }
        model
    }

    fn weigh(&self, story: &Story) -> Weighed {
        let weight = |(features, _): &(Features, Mark)| {
            let parts = features
                .iter()
                .map(|(name, value)| self.weights.get(name).copied().unwrap_or(0.0) * f64::from(*value));
            (self.bias + parts.sum::<f64>()) as f32
        };
        let sums: Vec<f32> = story.figures.iter().map(weight).collect();
        let sums = salience::against_the_best(&sums);
        let mut figures: Vec<(f32, Mark)> =
            sums.into_iter().zip(story.figures.iter().map(|(_, mark)| *mark)).collect();
        figures.sort_by(|a, b| b.0.total_cmp(&a.0));
        figures.truncate(LISTED);
        Weighed { figures, wanted: story.wanted }
    }
}

/// The weights of a logistic regression of `targets` on `rows`, whose last column is the constant.
fn logistic(rows: &[Vec<f64>], targets: &[f64]) -> Vec<f64> {
    let size = rows.first().map_or(1, Vec::len);
    let mut weights = vec![0.0; size];
    for _ in 0..STEPS {
        let mut slope: Vec<f64> =
            weights.iter().enumerate().map(|(i, w)| if i + 1 < size { -RIDGE * w } else { 0.0 }).collect();
        let mut curve = vec![vec![0.0; size]; size];
        for (row, target) in rows.iter().zip(targets) {
            let sum: f64 = row.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            for i in 0..size {
                slope[i] += (target - likely) * row[i];
                for j in 0..=i {
                    curve[i][j] += likely * (1.0 - likely) * row[i] * row[j];
                }
            }
        }
        for (i, row) in curve.iter_mut().enumerate() {
            row[i] += if i + 1 < size { RIDGE } else { 1e-6 };
        }
        for (weight, step) in weights.iter_mut().zip(cholesky(curve, slope)) {
            *weight += step;
        }
    }
    weights
}

/// The figures of one article that may be listed, the most salient first.
struct Weighed {
    figures: Vec<(f32, Mark)>,
    wanted: usize,
}

/// The highest line above which the share `recall` of the wanted figures stands.
fn line_at(weighed: &[Weighed], recall: f64) -> f32 {
    let wanted: usize = weighed.iter().map(|story| story.wanted).sum();
    let mut keys: Vec<f32> = weighed
        .iter()
        .flat_map(|story| &story.figures)
        .filter(|(_, mark)| *mark == Mark::Key)
        .map(|(weight, _)| *weight)
        .collect();
    keys.sort_by(|a, b| b.total_cmp(a));
    let needed = (recall * wanted as f64).ceil() as usize;
    let at = |place: usize| keys.get(place).or(keys.last()).copied().unwrap_or(0.0);
    f32::midpoint(at(needed.saturating_sub(1)), at(needed))
}

/// What is listed against what is wanted.
struct Score {
    recall: f64,
    precision: f64,
    key_precision: f64,
}

impl Score {
    fn of(weighed: &[Weighed], line: f32) -> Self {
        let listed = || weighed.iter().flat_map(|story| &story.figures).filter(|(weight, _)| *weight >= line);
        let count = |mark| listed().filter(|(_, m)| *m == mark).count() as f64;
        let made = (listed().count() as f64).max(1.0);
        let wanted: usize = weighed.iter().map(|story| story.wanted).sum();
        Self {
            recall: 100.0 * count(Mark::Key) / wanted as f64,
            precision: 100.0 * (made - count(Mark::Foreign)) / made,
            key_precision: 100.0 * count(Mark::Key) / made,
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "key recall {:.1}, precision {:.1}, key precision {:.1}",
            self.recall, self.precision, self.key_precision
        )
    }
}
