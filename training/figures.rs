//! `data/figures.tsv`: how likely an editor lists a figure, learnt from the articles whose key figures are marked.
//!
//! A forest of "an editor would list it" over the features of `facts::figure::features`. How well it does is told on newsrooms that it
//! has not seen: each part of [`gold::FOLDS`] is weighed by what was learnt from the others. The line between listed and not listed is
//! drawn there too, where the wanted recall is first reached.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::figure::{CENTRAL, Found, Measured, features};
use mujaz::facts::{Figure, Quantity};
use mujaz::learnt::forest::Forest;
use mujaz::text::Document;
use mujaz::text::fold::fold;
use serde_json::Value;

use crate::forest::{self, Settings};
use crate::gold::{self, LeftOut};

/// The share of key figures that must be listed of newsrooms not seen.
const RECALL: f64 = 0.80;
/// A reply lists no more figures than this.
const LISTED: usize = 6;
const SETTINGS: Settings = Settings { trees: 150, leaves: 8, rate: 0.05, least: 30, ridge: 5.0 };

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
    press: &'static str,
    figures: Vec<(Vec<f32>, Mark)>,
    wanted: usize,
}

/// Learns the forest without the newsrooms `left_out`, tells how it does, and writes it.
pub fn make(corpora: &Path, data: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let stories = read(corpora, left_out)?;
    let mut unseen = Vec::new();
    for part in gold::FOLDS {
        let (own, others): (Vec<&Story>, Vec<&Story>) =
            stories.iter().partition(|story| part.contains(&story.press));
        if !own.is_empty() {
            let model = learn(&others)?;
            unseen.extend(own.into_iter().map(|story| Weighed::of(&model, story)));
        }
    }
    let line = line_at(&unseen, RECALL);
    println!("newsrooms not seen: {}", Score::of(&unseen.iter(), line));
    println!("  of those central to the story: {}", Score::of(&unseen.iter(), line + CENTRAL));
    for press in gold::FOLDS.iter().copied().flatten() {
        let own: Vec<&Weighed> = unseen.iter().filter(|weighed| weighed.press == *press).collect();
        println!("  {press}: {}", Score::of(&own.into_iter(), line));
    }
    let table = shifted(&grow(&stories.iter().collect::<Vec<_>>()), line)?;
    let path = data.join("figures.tsv");
    fs::write(&path, &table).with_context(|| format!("cannot write {}", path.display()))?;
    let figures: usize = stories.iter().map(|story| story.figures.len()).sum();
    println!("{}: {} articles, {figures} figures, {} bytes", path.display(), stories.len(), table.len());
    Ok(())
}

fn read(corpora: &Path, left_out: &LeftOut) -> anyhow::Result<Vec<Story>> {
    let mut stories = Vec::new();
    for article in gold::read(corpora, left_out)? {
        let document = Document::new(&article.title, &article.text);
        let found = Found::read(&document, &[]);
        let marked = &article.answers.figures;
        let marks = marks(&document, &found.figures, marked).into_iter().map(|mark| match mark {
            Some(number) if marked[number].key => Mark::Key,
            Some(_) => Mark::Background,
            None => Mark::Foreign,
        });
        stories.push(Story {
            press: article.press,
            figures: found.figures.iter().map(|measured| measured.features.clone()).zip(marks).collect(),
            wanted: marked.iter().filter(|figure| figure.key).count(),
        });
    }
    Ok(stories)
}

fn grow(stories: &[&Story]) -> String {
    let figures = || stories.iter().flat_map(|story| &story.figures);
    let rows: Vec<Vec<f32>> = figures().map(|(row, _)| row.clone()).collect();
    let targets: Vec<f32> = figures().map(|(_, mark)| f32::from(u8::from(*mark == Mark::Key))).collect();
    let made_by = "training/figures.rs from articles whose key figures were marked by hand";
    forest::learn(made_by, features::NAMES, &rows, &targets, &[], &SETTINGS)
}

fn learn(stories: &[&Story]) -> anyhow::Result<Forest> {
    Forest::parse(&grow(stories)).context("no forest was learnt")
}

/// The forest `table` with all its answers less `line`.
fn shifted(table: &str, line: f32) -> anyhow::Result<String> {
    let base =
        table.lines().find_map(|line| line.strip_prefix("base\t")).context("the forest has no base")?;
    let new = base.parse::<f32>()? - line;
    Ok(table.replacen(&format!("base\t{base}"), &format!("base\t{new:.4}"), 1))
}

/// The figures of one article that may be listed, the most salient first.
struct Weighed {
    press: &'static str,
    figures: Vec<(f32, Mark)>,
    wanted: usize,
}

impl Weighed {
    fn of(model: &Forest, story: &Story) -> Self {
        let mut figures: Vec<(f32, Mark)> =
            story.figures.iter().map(|(row, mark)| (model.score(row), *mark)).collect();
        figures.sort_by(|a, b| b.0.total_cmp(&a.0));
        figures.truncate(LISTED);
        Self { press: story.press, figures, wanted: story.wanted }
    }
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
    fn of<'a>(weighed: &(impl Iterator<Item = &'a Weighed> + Clone), line: f32) -> Self {
        let listed =
            || weighed.clone().flat_map(|story| &story.figures).filter(|(weight, _)| *weight >= line);
        let count = |mark| listed().filter(|(_, m)| *m == mark).count() as f64;
        let made = (listed().count() as f64).max(1.0);
        let wanted: usize = weighed.clone().map(|story| story.wanted).sum();
        Self {
            recall: 100.0 * count(Mark::Key) / wanted.max(1) as f64,
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

/// For each figure that was found the number of the marked one that it is; that of the same words before that of the same amount.
pub fn marks(document: &Document, figures: &[Measured], marked: &[gold::Figure]) -> Vec<Option<usize>> {
    let mut marks = vec![None; figures.len()];
    let mut left: Vec<usize> = (0..marked.len()).collect();
    for same_words in [true, false] {
        left.retain(|&number| {
            let gold = &marked[number];
            let found = (0..figures.len()).find(|&at| {
                let figure = &figures[at].figure;
                marks[at].is_none()
                    && same_amount(figure.quantity, &gold.value)
                    && if same_words {
                        words(document.slice(figure.span)) == words(&gold.text)
                    } else {
                        same_unit(document, figure, gold.unit.as_deref().unwrap_or_default())
                    }
            });
            if let Some(at) = found {
                marks[at] = Some(number);
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
