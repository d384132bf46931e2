//! `mujaz batch`: how quality is measured from outside. The format is fixed (see README).

use std::io::{BufRead, Write};

use anyhow::Context;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

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
enum Value {
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

/// Reads one JSON object a line from `input` and writes one for each, in order; articles are read on all cores.
///
/// # Errors
/// If a line is not such an object, or if reading or writing fails. What came before it is written.
pub fn run(input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    let mut lines = input.lines().enumerate();
    loop {
        let round: Vec<_> = lines.by_ref().take(ROUND).collect();
        if round.is_empty() {
            output.flush()?;
            return Ok(());
        }
        let answers: Vec<_> = round.into_par_iter().map(|(index, line)| answer(index, line)).collect();
        for answer in answers {
            output.write_all(&answer?)?;
        }
    }
}

/// The answer to the line number `index`; nothing to an empty one.
fn answer(index: usize, line: std::io::Result<String>) -> anyhow::Result<Vec<u8>> {
    let line = line.context("cannot read standard input")?;
    if line.trim().is_empty() {
        return Ok(Vec::new());
    }
    let input: Input = serde_json::from_str(&line)
        .with_context(|| format!("line {} is not a JSON object with id and text", index + 1))?;
    let budget = input.max_words.map_or(Budget::Length(Length::Medium), Budget::Words);
    let article =
        Article { headline: input.title.unwrap_or_default(), body: input.text, ..Article::default() };
    let brief = brief::compose(article, budget);
    let mut answer = serde_json::to_vec(&describe(input.id, &brief))?;
    answer.push(b'\n');
    Ok(answer)
}

/// The parts of a reply as one JSON object, as `mujaz batch` writes them, without an id.
///
/// # Errors
/// Never in practice: all of it can be written as JSON.
pub(super) fn parts(brief: &Brief) -> serde_json::Result<serde_json::Map<String, serde_json::Value>> {
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
                what: figure.what.map_or("", |span| brief.document.slice(span)),
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

fn value(quantity: Quantity) -> Value {
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
