//! `mujaz stories`: which of some articles tell one story, what all tell, where their numbers differ, and what is new in the last. The
//! format is fixed (see README).

use std::io::{BufRead, Write};

use anyhow::Context;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::batch::{self, Value};
use super::json as written;
use crate::article::{Article, date};
use crate::brief::{self, Brief};
use crate::facts::Quantity;
use crate::locale::{Language, Locale};
use crate::reply::merged::what;
use crate::story::news::Change;
use crate::story::{Account, Difference, Key, differing, merged, news, same};
use crate::summary::{Budget, Length};

#[derive(Debug, Deserialize)]
struct Input {
    articles: Vec<Told>,
}

#[derive(Debug, Deserialize)]
struct Told {
    id: serde_json::Value,
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    site: Option<String>,
}

#[derive(Debug, Serialize)]
struct Number<'a> {
    article: &'a serde_json::Value,
    text: &'a str,
    value: Value,
}

/// Reads one JSON object a line from `input` and writes one for each, in order.
///
/// # Errors
/// If a line is not such an object, or if reading or writing fails.
pub fn run(input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    for (index, line) in input.lines().enumerate() {
        let line = line.context("cannot read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let Input { articles } = serde_json::from_str(&line)
            .with_context(|| format!("line {} is not a JSON object with articles", index + 1))?;
        writeln!(output, "{}", written::line(&tell(articles))?)?;
    }
    Ok(output.flush()?)
}

fn tell(articles: Vec<Told>) -> serde_json::Value {
    let key = Key::default();
    let read = articles.into_par_iter().map(|Told { id, title, text, published, site }| {
        let published = published.as_deref().and_then(date::parse);
        let headline = title.unwrap_or_default();
        let article = Article { headline, body: text, published, site, ..Article::default() };
        let brief = brief::read(article).compose(Budget::Length(Length::Medium));
        let account = Account::of_brief(&brief, &key);
        ((id, brief), account)
    });
    let (read, accounts): (Vec<(serde_json::Value, Brief)>, Vec<Account>) = read.unzip();
    let stories: Vec<serde_json::Value> =
        same::group(&accounts).into_iter().map(|story| describe(&read, &accounts, story, &key)).collect();
    json!({ "stories": stories })
}

fn describe(
    read: &[(serde_json::Value, Brief)],
    accounts: &[Account],
    mut story: Vec<usize>,
    key: &Key,
) -> serde_json::Value {
    // As they came out; of one day, or of none, as they stand.
    story.sort_by_key(|&at| {
        read[at].1.article.published.as_ref().map(|published| (published.date, published.time))
    });
    let briefs: Vec<&Brief> = story.iter().map(|&at| &read[at].1).collect();
    let accounts: Vec<&Account> = story.iter().map(|&at| &accounts[at]).collect();
    let ids: Vec<&serde_json::Value> = story.iter().map(|&at| &read[at].0).collect();
    let told = merged::merge(&briefs, &accounts, key);
    let summary: Vec<serde_json::Value> = told
        .bullets
        .iter()
        .map(|bullet| {
            let from: Vec<&serde_json::Value> = bullet.told_by.iter().map(|&at| ids[at]).collect();
            json!({ "text": bullet.piece.text, "from": from })
        })
        .collect();
    let differences = differing::find(&accounts);
    let differing: Vec<serde_json::Value> =
        differences.iter().map(|difference| number(difference, &briefs, &accounts, &ids)).collect();
    let (new, changed) = accounts.split_last().map_or_else(Default::default, |(latest, earlier)| {
        (news::pieces(briefs[earlier.len()], latest, earlier, key), news::changed(latest, earlier))
    });
    let new: Vec<&str> = new.iter().map(|piece| piece.text.as_str()).collect();
    let changed: Vec<serde_json::Value> =
        changed.iter().filter_map(|change| grown(change, briefs.last()?)).collect();
    json!({ "articles": ids, "summary": summary, "differing": differing, "new_in_last": new, "changed": changed })
}

/// A toll that has grown: what is counted, the last article's words for it, and what it was.
fn grown(change: &Change, latest: &Brief) -> Option<serde_json::Value> {
    let figure = latest.facts.figures.get(change.figure)?;
    let text = latest.document.slice(figure.span);
    let (value, old) = (batch::value(figure.quantity), batch::value(Quantity::Exact(change.old)));
    Some(
        json!({ "what": what(change.kind, Locale::of(Language::Arabic)), "text": text, "value": value, "old": old }),
    )
}

fn number(
    difference: &Difference,
    briefs: &[&Brief],
    accounts: &[&Account],
    ids: &[&serde_json::Value],
) -> serde_json::Value {
    let figures = difference.values.iter().map(|&(article, at)| {
        let figure = &briefs[article].facts.figures[accounts[article].counts[at].figure];
        (article, figure)
    });
    let values: Vec<Number<'_>> = figures
        .map(|(article, figure)| Number {
            article: ids[article],
            text: briefs[article].document.slice(figure.span),
            value: batch::value(figure.quantity),
        })
        .collect();
    json!({ "what": what(difference.kind, Locale::of(Language::Arabic)), "values": values })
}
