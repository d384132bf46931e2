//! `mujaz batch`: how quality is measured from outside. The format is fixed (see README).

use std::io::{BufRead, Write};
use std::panic::{RefUnwindSafe, catch_unwind};

use anyhow::Context;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::article::Article;
use crate::brief::{self, Brief};
use crate::facts::Quantity;
use crate::reply::KEY_FIGURES;
use crate::summary::{Budget, Length};

#[derive(Debug, Deserialize)]
struct Input {
    id: serde_json::Value,
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default)]
    max_words: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Output<'a> {
    id: serde_json::Value,
    summary: Vec<&'a str>,
    figures: Vec<Figure<'a>>,
    people: Vec<Person<'a>>,
    organizations: Vec<Organization<'a>>,
    countries: Vec<Named<'a>>,
    places: Vec<Named<'a>>,
}

#[derive(Debug, Serialize)]
struct Figure<'a> {
    text: &'a str,
    value: Value,
    unit: &'a str,
    what: &'a str,
}

/// A number, or `[low, high]`; whole numbers are written without a point.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Value {
    One(serde_json::Number),
    Range([serde_json::Number; 2]),
}

#[derive(Debug, Serialize)]
struct Person<'a> {
    name: &'a str,
    role: &'a str,
    country: &'a str,
}

#[derive(Debug, Serialize)]
struct Organization<'a> {
    name: &'a str,
    aliases: &'a [String],
}

#[derive(Debug, Serialize)]
struct Named<'a> {
    name: &'a str,
}

/// Lines that are read before their answers are written: enough for every core, and no large input is held whole.
const ROUND: usize = 256;

/// Reads one JSON object a line from `input` and writes one for each, in order; articles are read on all cores. One over which the language
/// parts fail costs its own line: `{"id", "error"}`.
///
/// # Errors
/// If a line is not such an object, or if reading or writing fails: what came before it is written. At the end, if an article failed.
pub fn run(input: impl BufRead, output: impl Write) -> anyhow::Result<()> {
    run_with(|article, budget| brief::read(article).compose(budget), input, output)
}

fn run_with(
    compose: impl Fn(Article, Budget) -> Brief + Sync + RefUnwindSafe,
    input: impl BufRead,
    mut output: impl Write,
) -> anyhow::Result<()> {
    let mut lines = input.lines().enumerate();
    let mut failed = 0_usize;
    loop {
        let round: Vec<_> = lines.by_ref().take(ROUND).collect();
        if round.is_empty() {
            output.flush()?;
            anyhow::ensure!(failed == 0, "{failed} of the articles could not be read; their lines say so");
            return Ok(());
        }
        let answers: Vec<_> =
            round.into_par_iter().map(|(index, line)| answer(&compose, index, line)).collect();
        for answer in answers {
            match answer? {
                Answer::Brief(line) => output.write_all(line.as_bytes())?,
                Answer::Failed(line) => {
                    failed += 1;
                    output.write_all(line.as_bytes())?;
                }
            }
        }
    }
}

/// A line of the output.
enum Answer {
    Brief(String),
    Failed(String),
}

/// The answer to the line number `index`; nothing to an empty one.
fn answer(
    compose: &(impl Fn(Article, Budget) -> Brief + RefUnwindSafe),
    index: usize,
    line: std::io::Result<String>,
) -> anyhow::Result<Answer> {
    let line = line.context("cannot read standard input")?;
    if line.trim().is_empty() {
        return Ok(Answer::Brief(String::new()));
    }
    let Input { id, title, text, max_words } = serde_json::from_str(&line)
        .with_context(|| format!("line {} is not a JSON object with id and text", index + 1))?;
    let budget = max_words.map_or(Budget::Length(Length::Medium), Budget::Words);
    let article = Article { headline: title.unwrap_or_default(), body: text, ..Article::default() };
    let composed = catch_unwind(|| compose(article, budget));
    let mut line = match &composed {
        Ok(brief) => super::json::line(&describe(id, brief))?,
        Err(_) => super::json::line(&json!({"id": id, "error": "the article could not be read"}))?,
    };
    line.push('\n');
    Ok(if composed.is_ok() { Answer::Brief(line) } else { Answer::Failed(line) })
}

/// The parts of a reply as one JSON object, as `mujaz batch` writes them, without an id.
///
/// # Errors
/// Never in practice: all of it can be written as JSON.
pub fn parts(brief: &Brief) -> serde_json::Result<serde_json::Map<String, serde_json::Value>> {
    let described = serde_json::to_value(describe(serde_json::Value::Null, brief))?;
    let serde_json::Value::Object(mut parts) = described else { return Ok(serde_json::Map::new()) };
    parts.remove("id");
    Ok(parts)
}

fn describe(id: serde_json::Value, brief: &Brief) -> Output<'_> {
    let facts = &brief.facts;
    let named = |name| Named { name };
    Output {
        id,
        summary: brief.sentences.iter().map(|s| s.text.as_str()).collect(),
        figures: facts
            .key_figures(KEY_FIGURES)
            .into_iter()
            .map(|figure| Figure {
                text: brief.document.slice(figure.span),
                value: value(figure.quantity),
                unit: &figure.unit,
                // A reply lists none that has no line.
                what: figure.line.map_or("", |span| brief.document.slice(span)),
            })
            .collect(),
        people: facts
            .people
            .iter()
            .map(|p| Person { name: &p.name, role: &p.role, country: &p.country })
            .collect(),
        organizations: facts
            .organizations
            .iter()
            .map(|o| Organization { name: &o.name, aliases: &o.aliases })
            .collect(),
        countries: facts.countries.iter().map(|c| named(c.name.as_str())).collect(),
        places: facts.places.iter().map(|p| named(p.name.as_str())).collect(),
    }
}

pub(super) fn value(quantity: Quantity) -> Value {
    match quantity {
        Quantity::Exact(value) => Value::One(number(value)),
        Quantity::Range(low, high) => Value::Range([number(low), number(high)]),
    }
}

/// The largest whole number that an `f64` holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn number(value: f64) -> serde_json::Number {
    if value.fract() == 0.0 && value.abs() < EXACT {
        (value as i64).into()
    } else {
        serde_json::Number::from_f64(value).unwrap_or_else(|| 0.into())
    }
}

#[cfg(test)]
mod tests {
    use super::{Article, Brief, Budget, brief, run_with};

    fn compose(article: Article, budget: Budget) -> Brief {
        assert!(article.headline != "عنوان معيب", "on purpose");
        brief::read(article).compose(budget)
    }

    #[test]
    fn a_fault_costs_one_line_and_is_told_at_the_end() {
        let input = r#"{"id": 1, "title": "عنوان", "text": "نص."}
{"id": "two", "title": "عنوان معيب", "text": "نص."}

{"id": 3, "text": "نص."}"#;
        let mut output = Vec::new();
        let told = run_with(compose, input.as_bytes(), &mut output).expect_err("one has failed");
        assert!(told.to_string().starts_with("1 of"), "{told}");
        let lines: Vec<serde_json::Value> = String::from_utf8(output)
            .expect("text")
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(lines.len(), 3);
        assert_eq!((&lines[0]["id"], &lines[2]["id"]), (&1.into(), &3.into()));
        assert_eq!(lines[1], serde_json::json!({"id": "two", "error": "the article could not be read"}));
        assert!(lines[0]["summary"].is_array() && lines[2]["summary"].is_array());
    }

    #[test]
    fn what_is_no_article_ends_it() {
        let mut output = Vec::new();
        assert!(run_with(compose, &b"{\"id\": 1, \"text\": \"x\"}\n{}\n"[..], &mut output).is_err());
        assert_eq!(String::from_utf8_lossy(&output).lines().count(), 1);
    }
}
