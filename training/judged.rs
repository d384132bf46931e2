//! What editors judged of lines and bullets (`JUDGING.md`): `lines.judged` and `cuts.judged`, places without words.
//!
//! The articles are those of `gold/` and of the unlabelled news; what is judged of a newsroom is left out with it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::text::Span;
use serde::Deserialize;

use crate::corpus::records;
use crate::gold::{self, LeftOut};

/// What editors judged of lines around figures.
pub const LINES: &str = "training/lines.judged";
/// What editors judged of ends of bullets.
pub const CUTS: &str = "training/cuts.judged";

/// An article of which something is judged.
pub struct Article {
    pub id: String,
    pub press: &'static str,
    pub title: String,
    pub text: String,
}

/// The lines of one figure.
pub struct Lines {
    /// Where the figure starts, in bytes.
    pub figure: usize,
    /// Each line, and whether it is without fault.
    pub lines: Vec<(Span, bool)>,
}

/// One bullet.
pub struct Piece {
    /// Where it starts, in bytes.
    pub start: usize,
    /// Whether a reader understands it without what was said before.
    pub stands: bool,
    /// Each end, and whether the bullet is without fault there.
    pub ends: Vec<(usize, bool)>,
}

/// What is judged of each article, by its id.
pub type ById<T> = HashMap<String, Vec<T>>;

/// Reads `lines.judged`.
///
/// # Errors
/// If it cannot be read or a row is none.
pub fn lines(path: &Path) -> anyhow::Result<ById<Lines>> {
    read(path, |columns| {
        let (figure, lines) = columns.split_first()?;
        let line = |column: &&str| {
            let (is_good, place) = mark(column)?;
            let (start, end) = place.split_once('-')?;
            Some((Span::new(start.parse().ok()?, end.parse().ok()?), is_good))
        };
        Some(Lines { figure: figure.parse().ok()?, lines: lines.iter().map(line).collect::<Option<_>>()? })
    })
}

/// Reads `cuts.judged`.
///
/// # Errors
/// If it cannot be read or a row is none.
pub fn ends(path: &Path) -> anyhow::Result<ById<Piece>> {
    read(path, |columns| {
        let [start, stands, ends @ ..] = columns else { return None };
        let end = |column: &&str| {
            let (is_good, place) = mark(column)?;
            Some((place.parse().ok()?, is_good))
        };
        let ends = ends.iter().map(end).collect::<Option<_>>()?;
        Some(Piece { start: start.parse().ok()?, stands: *stands == "stands", ends })
    })
}

/// «+» in front of what is without fault, «-» in front of what is not.
fn mark(column: &str) -> Option<(bool, &str)> {
    let good = column.strip_prefix('+').map(|place| (true, place));
    good.or_else(|| column.strip_prefix('-').map(|place| (false, place)))
}

fn read<T>(path: &Path, parse: impl Fn(&[&str]) -> Option<T>) -> anyhow::Result<ById<T>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut judged: ById<T> = HashMap::new();
    for row in text.lines().filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('\t').collect();
        let (id, columns) = columns.split_first().context("a row has columns")?;
        let parsed = parse(columns).with_context(|| format!("{}: no row: {row}", path.display()))?;
        judged.entry((*id).to_owned()).or_default().push(parsed);
    }
    Ok(judged)
}

/// An article of the unlabelled news.
#[derive(Deserialize)]
struct News {
    id: String,
    title: String,
    text: String,
    source: String,
}

/// The articles of which `judged` tells, without the newsrooms `left_out`: those of `gold/`, then the news.
///
/// # Errors
/// If a corpus cannot be read.
pub fn articles<T>(corpora: &Path, judged: &ById<T>, left_out: &LeftOut) -> anyhow::Result<Vec<Article>> {
    let mut articles: Vec<Article> = gold::read(corpora, left_out)?
        .into_iter()
        .filter(|article| judged.contains_key(&article.id))
        .map(|gold::Article { id, press, title, text, .. }| Article { id, press, title, text })
        .collect();
    let annotated: Vec<String> = articles.iter().map(|article| article.id.clone()).collect();
    for news in records::<News>(&corpora.join("news/articles.jsonl.gz"))? {
        let News { id, title, text, source } = news?;
        if !judged.contains_key(&id) || annotated.contains(&id) {
            continue;
        }
        let press = gold::press(&source).with_context(|| format!("«{source}» is no known newsroom"))?;
        if !left_out.has(press) {
            articles.push(Article { id, press, title, text });
        }
    }
    Ok(articles)
}
