//! How good the parts of a reply are, beside answers written by hand: the measures by which decisions are taken here.
//!
//! Everything is read from what `mujaz batch` and `mujaz tag` write, so that what is measured is what a user gets. A tally adds
//! up over articles; [`Tally::measures`] says what it comes to.

pub mod claims;
pub mod facts;
pub mod judged;
pub mod names;
pub mod summaries;
pub mod tags;
pub mod words;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::AddAssign;
use std::path::Path;

use anyhow::Context;
use mujaz::brief;
use mujaz::cli::batch;
use mujaz::summary::{Budget, Length};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::gold::Article;

/// What `mujaz batch` writes of an article, as far as it is scored.
#[derive(Debug, Deserialize)]
pub struct Output {
    pub summary: Vec<String>,
    pub figures: Vec<Figure>,
    pub people: Vec<Person>,
    pub organizations: Vec<Named>,
    pub countries: Vec<Named>,
}

#[derive(Debug, Deserialize)]
pub struct Figure {
    pub text: String,
    pub value: Value,
    pub unit: String,
    pub what: String,
}

#[derive(Debug, Deserialize)]
pub struct Person {
    pub name: String,
    pub role: String,
    pub country: String,
}

#[derive(Debug, Deserialize)]
pub struct Named {
    pub name: String,
}

/// Counts by name, added up over articles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally(BTreeMap<String, f64>);

impl Tally {
    /// Adds `count` to what is counted under `name`.
    pub fn add(&mut self, name: &str, count: impl Into<f64>) {
        *self.0.entry(name.to_owned()).or_default() += count.into();
    }

    fn get(&self, name: &str) -> f64 {
        self.0.get(name).copied().unwrap_or(0.0)
    }

    /// The share in hundredths that `part` is of `whole`; 0 of nothing.
    fn share(&self, part: &str, whole: &str) -> f64 {
        100.0 * self.get(part) / self.get(whole).max(1.0)
    }

    fn mean(&self, name: &str) -> f64 {
        self.get(name) / self.get("articles").max(1.0)
    }

    /// The harmonic mean of precision and recall, in hundredths.
    fn f1(&self, kind: &str) -> f64 {
        let [hit, made, wanted] = ["hit", "made", "wanted"].map(|count| self.get(&format!("{kind} {count}")));
        200.0 * hit / (made + wanted).max(1.0)
    }

    /// What the counts come to, in the order of a table's columns: name and value.
    #[must_use]
    pub fn measures(&self) -> Vec<(&'static str, f64)> {
        let right = |kind: &str| 100.0 - self.share(&format!("{kind} wrong"), &format!("{kind} shown"));
        vec![
            ("people F1", self.f1("people")),
            ("people P", self.share("people hit", "people made")),
            ("bodies F1", self.f1("organizations")),
            ("bodies P", self.share("organizations hit", "organizations made")),
            ("countries F1", self.f1("countries")),
            ("role right", self.share("role hit", "role wanted")),
            ("country right", self.share("country hit", "country wanted")),
            ("figures: key recall", self.share("figures key", "figures wanted")),
            ("precision", self.share("figures hit", "figures made")),
            ("key precision", self.share("figures key", "figures made")),
            ("shown people exist", right("people")),
            ("shown roles right", right("roles")),
            ("shown countries right", right("countries")),
            ("shown bodies exist", right("bodies")),
            ("wrong claims a reply", self.mean("wrong claims")),
            ("replies without one", 100.0 - self.share("replies with a wrong claim", "articles")),
            ("PERS F1", self.f1("PERS")),
            ("LOC F1", self.f1("LOC")),
            ("ORG F1", self.f1("ORG")),
            ("name tags F1", self.f1("tags")),
            ("60 words over Lead", 100.0 * self.mean("60 words over Lead")),
            ("100 words over Lead", 100.0 * self.mean("100 words over Lead")),
            ("bullets over Lead", 100.0 * self.get("bullets over Lead") / self.get("bulleted").max(1.0)),
            ("bullets that stand", self.share("bullets that stand", "bullets judged")),
            ("bullets that end well", self.share("bullets that end well", "bullets judged")),
            ("lines without fault", self.share("lines without fault", "lines judged")),
            ("roles true", self.share("roles true", "roles judged")),
            ("roles that say all", self.share("roles whole", "roles judged")),
            ("countries true", self.share("countries true", "countries judged")),
            ("lines a reply", self.mean("lines")),
            ("words a reply / editor's", self.get("bullet words") / self.get("editor's words").max(1.0)),
        ]
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        for (name, count) in &other.0 {
            self.add(name, *count);
        }
    }
}

/// Scores what the program makes of `articles`; each article's own tally, in order.
///
/// # Errors
/// If the program does not answer each article.
pub fn score(articles: &[Article], corpora: &Path) -> anyhow::Result<Vec<Tally>> {
    let mut scored = replies(articles)?;
    for ((tally, _), tags) in scored.iter_mut().zip(tags::score(articles, corpora)?) {
        *tally += &tags;
    }
    Ok(scored.into_iter().map(|(tally, _)| tally).collect())
}

/// The same without name tags, each with a digest of the article's reply.
///
/// # Errors
/// If the program does not answer each article.
pub fn replies(articles: &[Article]) -> anyhow::Result<Vec<(Tally, u64)>> {
    let judged = judged::Judged::read()?;
    let answers: Vec<_> = articles.par_iter().map(compose).collect();
    let mut scored = Vec::with_capacity(articles.len());
    for (article, answer) in articles.iter().zip(answers) {
        let (digest, [default, sixty, hundred]) = answer?;
        let mut tally = Tally::default();
        tally.add("articles", 1);
        facts::score(&default, &article.answers, &mut tally);
        claims::score(&default, &article.answers, &mut tally);
        summaries::score(&sixty.summary, article, 60, &mut tally);
        summaries::score(&hundred.summary, article, 100, &mut tally);
        summaries::score_bullets(&default.summary, article, &mut tally);
        judged.score(&default, article, &mut tally);
        scored.push((tally, digest));
    }
    Ok(scored)
}

/// What `mujaz batch` writes of an article: as a chat is told it, in 60 words and in 100; and a digest of all that.
fn compose(article: &Article) -> anyhow::Result<(u64, [Output; 3])> {
    let (headline, body) = (article.title.clone(), article.text.clone());
    let readable = brief::read(mujaz::article::Article { headline, body, ..Default::default() });
    let mut hasher = DefaultHasher::new();
    let mut written = |budget: Budget| -> anyhow::Result<Output> {
        let written = Value::Object(batch::parts(&readable.clone().compose(budget))?);
        written.to_string().hash(&mut hasher);
        serde_json::from_value(written).context("batch writes what is no answer")
    };
    let outputs =
        [written(Budget::Length(Length::Medium))?, written(Budget::Words(60))?, written(Budget::Words(100))?];
    Ok((hasher.finish(), outputs))
}
