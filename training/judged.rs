//! What editors judged of lines, bullets and people (`JUDGING.md`): `lines.judged`, `cuts.judged`, `roles.judged` and
//! `participants.judged`, places without words.
//!
//! The articles are those of `gold/` and of the unlabelled news; what is judged of a newsroom is left out with it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::participants::judge::Candidate;
use mujaz::text::Span;
use serde::{Deserialize, Serialize};

use crate::corpus::records;
use crate::gold::{self, LeftOut};

/// What editors judged of lines around figures.
pub const LINES: &str = "training/lines.judged";
/// What editors judged of ends of bullets.
pub const CUTS: &str = "training/cuts.judged";

/// What editors judged of the roles and countries of people.
pub const ROLES: &str = "training/roles.judged";

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

/// What an editor says of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The fullest and most official of those that are right.
    Best,
    Right,
    /// True, but short of what the article says, or no office where it gives one.
    Short,
    Wrong,
}

/// What could be one person's.
pub struct Roles {
    /// Where the person is first named, in bytes.
    pub person: usize,
    pub titles: Vec<(Span, Mark)>,
    /// Words that could tell the country, and whether they do.
    pub ties: Vec<(Span, bool)>,
}

/// What editors judged of who takes part.
pub const PARTICIPANTS: &str = "training/participants.judged";

/// How an editor takes somebody or something that an article seems to name.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
pub enum Part {
    /// It takes part.
    Taken,
    /// The article names it, and no more.
    Named,
    /// There is no such person, body or country.
    None,
}

/// One who could take part.
pub struct Participant {
    /// A person, a body or a country, as [`Candidate`] says it.
    pub of: String,
    /// Where it is first named, in bytes.
    pub named: usize,
    pub part: Part,
}

/// What is said of the one that is first named at `named`, if anything is.
pub fn part_of<'p>(
    mut said: impl Iterator<Item = &'p Participant>,
    of: Candidate,
    named: usize,
) -> Option<Part> {
    let of = of.to_string();
    said.find(|one| one.named == named && one.of == of).map(|one| one.part)
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
            Some((span(place)?, is_good))
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

/// Reads `roles.judged`.
///
/// # Errors
/// If it cannot be read or a row is none.
pub fn roles(path: &Path) -> anyhow::Result<ById<Roles>> {
    read(path, |columns| {
        let (person, columns) = columns.split_first()?;
        let mut roles = Roles { person: person.parse().ok()?, titles: Vec::new(), ties: Vec::new() };
        for column in columns {
            if let Some(tie) = column.strip_prefix('@') {
                let (is_right, place) = mark(tie)?;
                roles.ties.push((span(place)?, is_right));
                continue;
            }
            let (first, place) = column.split_at_checked(1)?;
            let mark = match first {
                "*" => Mark::Best,
                "+" => Mark::Right,
                "~" => Mark::Short,
                "-" => Mark::Wrong,
                _ => return None,
            };
            roles.titles.push((span(place)?, mark));
        }
        Some(roles)
    })
}

/// Reads `participants.judged`.
///
/// # Errors
/// If it cannot be read or a row is none.
pub fn participants(path: &Path) -> anyhow::Result<ById<Vec<Participant>>> {
    read(path, |columns| {
        let participant = |column: &&str| {
            let (mark, place) = column.split_at_checked(1)?;
            let part = match mark {
                "+" => Part::Taken,
                "~" => Part::Named,
                "-" => Part::None,
                _ => return None,
            };
            let (of, named) = place.split_once(' ')?;
            Some(Participant { of: of.to_owned(), named: named.parse().ok()?, part })
        };
        columns.iter().map(participant).collect()
    })
}

/// «12-34».
fn span(place: &str) -> Option<Span> {
    let (start, end) = place.split_once('-')?;
    Some(Span::new(start.parse().ok()?, end.parse().ok()?))
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
