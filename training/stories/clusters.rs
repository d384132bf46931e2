//! The clusters: articles of one story in the order of time, with what the last tells that is new.

use std::path::Path;

use mujaz::story::{Account, Key, differing, merged, news};
use mujaz::text::one_line;
use serde::Deserialize;

use super::{Read, Row};
use crate::corpus::records;

#[derive(Deserialize)]
struct Annotated {
    id: String,
    articles: Vec<String>,
    told_by_several: Vec<Shared>,
    differing_figures: Vec<Differing>,
    new_in_last: Vec<String>,
    old_in_last: Vec<String>,
}

/// A sentence of an article, and which others tell it.
#[derive(Deserialize)]
struct Shared {
    sentence: String,
    #[serde(rename = "in")]
    of: String,
    also: Vec<String>,
}

#[derive(Deserialize)]
struct Differing {
    values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    article: String,
    value: f64,
}

/// A sentence of a cluster's last article.
pub struct Sentence {
    pub values: Vec<f32>,
    /// What its annotator says; nothing of a mixed one.
    pub is_new: Option<bool>,
}

/// The sentences of a cluster's last article, and which articles of the cluster tell a sentence of another.
pub struct Cluster {
    pub sentences: Vec<Sentence>,
    pub told: Vec<Row>,
}

impl Cluster {
    /// What is learnt from it; a mixed sentence is half a no.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        self.sentences.iter().map(|sentence| Row {
            values: sentence.values.clone(),
            answer: sentence.is_new == Some(true),
            weight: if sentence.is_new.is_none() { 0.5 } else { 1.0 },
        })
    }
}

/// Sentences with fewer terms are never shown.
const MIN_TERMS: usize = 3;

/// Reads the clusters, and tells how many of their differing figures are found.
pub fn read(folder: &Path, articles: &Read) -> anyhow::Result<Vec<Cluster>> {
    let mut clusters = Vec::new();
    let (mut found, mut due, mut said, mut right) = (0, 0, 0, 0);
    for annotated in records::<Annotated>(&folder.join("clusters.jsonl"))? {
        let annotated = annotated?;
        let accounts: Vec<&Account> = annotated.articles.iter().map(|id| &articles[id].1).collect();
        let differences = differing::find(&accounts);
        let is_right = |difference: &differing::Difference, wanted: &Differing| {
            let told = difference
                .values
                .iter()
                .map(|&(of, at)| (&annotated.articles[of], accounts[of].counts[at].value));
            told.into_iter().all(|(id, value)| {
                wanted
                    .values
                    .iter()
                    .any(|v| v.article == *id && (v.value - value).abs() <= 1e-6 * value.abs())
            })
        };
        due += annotated.differing_figures.len();
        found +=
            annotated.differing_figures.iter().filter(|w| differences.iter().any(|d| is_right(d, w))).count();
        said += differences.len();
        for difference in &differences {
            let is_right = annotated.differing_figures.iter().any(|wanted| is_right(difference, wanted));
            right += usize::from(is_right);
            if !is_right {
                println!("  {}: no such difference: {difference:?}", annotated.id);
            }
        }
        clusters.push(cluster(&annotated, articles));
    }
    println!("differing figures: {right} of {said} said are right, {found} of {due} due are found");
    Ok(clusters)
}

fn cluster(annotated: &Annotated, articles: &Read) -> Cluster {
    let accounts: Vec<&Account> = annotated.articles.iter().map(|id| &articles[id].1).collect();
    let (mut sentences, Some((latest, earlier))) = (Vec::new(), accounts.split_last()) else {
        return Cluster { sentences: Vec::new(), told: Vec::new() };
    };
    let document = &articles[&annotated.articles[earlier.len()]].0.document;
    let known = news::Known::new(latest, earlier);
    for sentence in &document.sentences()[document.story()] {
        let places = merged::places(document, sentence.span, latest, &Key::default());
        if places.len() < MIN_TERMS {
            continue;
        }
        let own = one_line(document.slice(sentence.span));
        let among = |list: &[String]| list.iter().any(|other| is_within(&one_line(other), &own));
        let is_new = match (among(&annotated.new_in_last), among(&annotated.old_in_last)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        sentences.push(Sentence { values: known.features(&places), is_new });
    }
    Cluster { sentences, told: told(annotated, articles) }
}

/// Of each sentence that several tell, whether each other article does; of each that is new, that no earlier one does.
fn told(annotated: &Annotated, articles: &Read) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |sentence: &str, of: &str, other: &str, answer| {
        let ((brief, own), (_, other)) = (&articles[of], &articles[other]);
        let wanted = one_line(sentence);
        let spans = brief.document.sentences().iter().map(|sentence| sentence.span);
        let spans = spans.filter(|span| is_within(&wanted, &one_line(brief.document.slice(*span))));
        let mut places: Vec<_> =
            spans.flat_map(|span| merged::places(&brief.document, span, own, &Key::default())).collect();
        places.sort_unstable();
        places.dedup();
        if places.len() >= MIN_TERMS {
            rows.push(Row { values: merged::features(own, other, &places), answer, weight: 1.0 });
        }
    };
    for shared in &annotated.told_by_several {
        for other in annotated.articles.iter().filter(|id| **id != shared.of) {
            add(&shared.sentence, &shared.of, other, shared.also.contains(other));
        }
    }
    if let Some((last, earlier)) = annotated.articles.split_last() {
        for (sentence, other) in
            annotated.new_in_last.iter().flat_map(|new| earlier.iter().map(move |id| (new, id)))
        {
            add(sentence, last, other, false);
        }
    }
    rows
}

fn is_within(one: &str, other: &str) -> bool {
    one.contains(other) || other.contains(one)
}
