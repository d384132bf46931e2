//! The articles with answers (`gold/`), and which newsroom each is of. What is learnt can leave newsrooms out, so that it can be
//! measured on them: `train --without hespress,BBC …`.

use std::collections::HashMap;
use std::path::Path;
use std::str::FromStr;

use mujaz::text::Document;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::corpus::records;

/// The newsrooms, in parts of about the same size: each part is scored by what was learnt from the others. No newsroom is on both
/// sides.
pub const FOLDS: &[&[&str]] = &[
    &["hespress"],
    &["jazeera"],
    &["ahdath", "jawhara"],
    &["BBC", "skynews"],
    &["CNN", "alarabia", "france24"],
];

/// The newspapers that are for measuring only, all together.
pub const PRESS: &str = "press";

/// Newsrooms that nothing is learnt from.
#[derive(Clone, Debug, Default)]
pub struct LeftOut(Vec<String>);

impl LeftOut {
    /// Whether no newsroom is left out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the newsroom `press` is left out.
    pub fn has(&self, press: &str) -> bool {
        self.0.iter().any(|left_out| left_out == press)
    }
}

impl FromStr for LeftOut {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names: Vec<String> = text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let known = || FOLDS.iter().copied().flatten();
        match names.iter().find(|name| known().all(|known| known != name)) {
            Some(name) => Err(format!("no newsroom «{name}»; there are {:?}", known().collect::<Vec<_>>())),
            None => Ok(Self(names)),
        }
    }
}

/// An article and what its annotator says of it (`gold/GUIDE.md`).
#[derive(Debug)]
pub struct Article {
    pub id: String,
    /// The newsroom, as in [`FOLDS`].
    pub press: &'static str,
    pub title: String,
    pub text: String,
    pub answers: Answers,
    /// What an editor would send to a chat (`gold/BULLETS.md`); empty where nobody was asked.
    pub bullets: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Answers {
    pub summary: Vec<String>,
    pub figures: Vec<Figure>,
    pub people: Vec<Person>,
    pub organizations: Vec<Organization>,
    pub countries: Vec<Country>,
    pub places: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Figure {
    pub text: String,
    /// A number, or both ends of a range.
    pub value: Value,
    pub unit: Option<String>,
    /// Whether the story is about it.
    pub key: bool,
}

#[derive(Debug, Deserialize)]
pub struct Person {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub country: String,
    pub participant: bool,
}

#[derive(Debug, Deserialize)]
pub struct Organization {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub participant: bool,
}

#[derive(Debug, Deserialize)]
pub struct Country {
    pub name: String,
    pub participant: bool,
}

#[derive(Deserialize)]
struct Text {
    id: String,
    title: String,
    #[serde(rename = "text")]
    body: String,
    source: String,
}

#[derive(Deserialize)]
struct Keyed<T> {
    id: String,
    #[serde(flatten)]
    value: T,
}

#[derive(Deserialize)]
struct Bullets {
    #[serde(default)]
    bullets: Vec<String>,
}

/// The beginning of an article has so many words at least.
const SHORT: usize = 45;

/// What is read of an article.
#[derive(Debug)]
pub struct Excerpt {
    pub document: Document,
    /// Whether it is the article's beginning alone.
    pub is_short: bool,
}

impl Article {
    /// The article, and its first sentences alone, as the post of a channel tells a story: without a headline. An article that is short
    /// itself has no such beginning.
    pub fn whole_and_beginning(&self) -> Vec<Excerpt> {
        let document = Document::new(&self.title, &self.text);
        let mut words = 0;
        let end = document.sentences().iter().find(|sentence| {
            words += document.slice(sentence.span).split_whitespace().count();
            words >= SHORT
        });
        let end = end.map(|sentence| sentence.span.end).filter(|end| 2 * end < self.text.len());
        let beginning =
            end.map(|end| Excerpt { document: Document::new("", &self.text[..end]), is_short: true });
        std::iter::once(Excerpt { document, is_short: false }).chain(beginning).collect()
    }
}

/// The part of [`FOLDS`] that the newsroom `press` is in.
pub fn fold_of(press: &str) -> usize {
    FOLDS.iter().position(|fold| fold.contains(&press)).unwrap_or(0)
}

/// The newsroom of an article's `source`: «hespress-politics», «ant-CNN», «ahdath», «CNN».
pub fn press(source: &str) -> Option<&'static str> {
    let source = source.strip_prefix("ant-").unwrap_or(source).to_lowercase();
    FOLDS.iter().copied().flatten().copied().find(|press| source.starts_with(&press.to_lowercase()))
}

/// The annotated articles of all newsrooms but those `left_out`: `train`, then `dev`.
///
/// # Errors
/// If a file cannot be read, or an article is of a newsroom that [`FOLDS`] does not know.
pub fn read(corpora: &Path, left_out: &LeftOut) -> anyhow::Result<Vec<Article>> {
    let folder = corpora.join("gold");
    let mut bullets = by_id::<Bullets>(&folder.join("bullets.jsonl"))?;
    let mut articles = read_part(&folder, "train")?;
    articles.extend(read_part(&folder, "dev")?);
    articles.retain(|article| !left_out.has(article.press));
    for article in &mut articles {
        article.bullets = bullets.remove(&article.id).map(|b| b.bullets).unwrap_or_default();
    }
    Ok(articles)
}

/// The articles of eleven newspapers that are for measuring only: nothing may be learnt from them.
///
/// # Errors
/// If a file cannot be read.
pub fn read_press(corpora: &Path) -> anyhow::Result<Vec<Article>> {
    let folder = corpora.join("gold");
    let mut bullets = by_id::<Bullets>(&folder.join("press-bullets.jsonl"))?;
    let mut articles = read_part(&folder, PRESS)?;
    for article in &mut articles {
        article.bullets = bullets.remove(&article.id).map(|b| b.bullets).unwrap_or_default();
    }
    Ok(articles)
}

fn read_part(folder: &Path, part: &str) -> anyhow::Result<Vec<Article>> {
    let mut answers = by_id::<Answers>(&folder.join(format!("{part}.jsonl")))?;
    let mut articles = Vec::new();
    for text in records::<Text>(&folder.join(format!("{part}-articles.jsonl")))? {
        let Text { id, title, body, source } = text?;
        let press = if part == PRESS { Some(PRESS) } else { press(&source) };
        let press = press.ok_or_else(|| anyhow::anyhow!("«{source}» is no known newsroom"))?;
        let Some(answers) = answers.remove(&id) else { continue };
        articles.push(Article { id, press, title, text: body, answers, bullets: Vec::new() });
    }
    Ok(articles)
}

/// The records of `path` by their ids; those that are marked as no news are left out.
fn by_id<T: DeserializeOwned>(path: &Path) -> anyhow::Result<HashMap<String, T>> {
    let mut found = HashMap::new();
    for record in records::<Value>(path)? {
        let record = record?;
        if record.get("skip").is_none_or(Value::is_null) {
            let Keyed { id, value } = serde_json::from_value(record)?;
            found.insert(id, value);
        }
    }
    Ok(found)
}
