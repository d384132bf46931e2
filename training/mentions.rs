//! `train mentions`: who takes part (`facts::participants::judge`), from the articles whose participants editors named.
//!
//! A tagger is surer of the articles that it has learnt from than it will be of others. So each article is read with a tagger that has
//! not seen its newsroom (`train tagger --without …`), in a child of this program.

use std::collections::{BTreeMap, HashSet};
use std::io::Write as _;
use std::path::Path;

use mujaz::facts::participants::find_by;
use mujaz::facts::participants::judge::Candidate;
use mujaz::facts::participants::model::{Model, Row};
use mujaz::learnt::Learnt;
use mujaz::learnt::habits::Habits;
use mujaz::text::fold::fold;
use mujaz::text::token::tokenize;
use mujaz::text::{Document, Span};
use serde::{Deserialize, Serialize};

use crate::forest::{self, Settings};
use crate::gold::{self, Answers, Excerpt, FOLDS, LeftOut};
use crate::judged::{self, Part};
use crate::unseen;

/// A candidate of an article: what it is, what is measured of it, and how the editors take it.
#[derive(Debug, Deserialize, Serialize)]
struct Example {
    of: u8,
    press: String,
    measured: Row,
    answer: Part,
    /// Of an article whose answer is complete.
    is_annotated: bool,
    /// Of the beginning of the article alone.
    is_short: bool,
}

const CANDIDATES: [(Candidate, Learnt); 3] = [
    (Candidate::Person, Learnt::People),
    (Candidate::Body, Learnt::Bodies),
    (Candidate::Country, Learnt::Countries),
];

/// Prints the candidates of the articles of the newsrooms that are `left_out`, a JSON object a line: of those that are annotated, and of
/// those whose candidates editors judged.
///
/// # Errors
/// If the articles cannot be read.
pub fn candidates(corpora: &Path, judged: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut print =
        |press: &str, is_annotated, is_short, candidates: Vec<Seen>, answers: Vec<Option<Part>>| {
            for (seen, answer) in candidates.into_iter().zip(answers) {
                let Some(answer) = answer else { continue };
                let Seen { of, measured, .. } = seen;
                let press = press.to_owned();
                let example = Example { of: of as u8, press, measured, answer, is_annotated, is_short };
                serde_json::to_writer(&mut out, &example)?;
                out.write_all(b"\n")?;
            }
            anyhow::Ok(())
        };
    for article in gold::read(corpora, &LeftOut::default())?.iter().filter(|a| left_out.has(a.press)) {
        for Excerpt { document, is_short } in article.whole_and_beginning() {
            let mut candidates = seen(&document);
            // Of two candidates for one answer the surer is right.
            candidates.sort_by(|a, b| b.measured.values[0].total_cmp(&a.measured.values[0]));
            let mut answered = HashSet::new();
            let mut answer = |seen: &Seen| Some(answer(seen.of, &seen.name, &article.answers, &mut answered));
            let answers = candidates.iter().map(&mut answer).collect();
            print(article.press, true, is_short, candidates, answers)?;
        }
    }
    let judged = judged::participants(judged)?;
    for article in judged::articles(corpora, &judged, &LeftOut::default())? {
        if !left_out.has(article.press) {
            continue;
        }
        let marks = || judged[&article.id].iter().flatten();
        let answer = |seen: &Seen| judged::part_of(marks(), seen.of, seen.named.start);
        let candidates = seen(&Document::new(&article.title, &article.text));
        let answers = candidates.iter().map(answer).collect();
        print(article.press, false, false, candidates, answers)?;
    }
    Ok(())
}

/// A candidate of a text.
pub struct Seen {
    pub of: Candidate,
    pub name: String,
    /// Where it is first named.
    pub named: Span,
    pub measured: Row,
}

/// The candidates of a text, whether they are shown or not.
pub fn seen(document: &Document) -> Vec<Seen> {
    let all = std::cell::RefCell::new(Vec::new());
    let _ = find_by(document, &|of, names, named, measured| {
        let name = names[0].to_owned();
        all.borrow_mut().push(Seen { of, name, named, measured: measured.clone() });
        1.0
    });
    all.into_inner()
}

/// Learns the forests from the newsrooms but those left out and writes them into `data`. Under `keep` are the taggers that were
/// learnt without each fold of newsrooms, or are put there.
///
/// # Errors
/// If something cannot be read or written, or a child fails.
pub fn make(corpora: &Path, keep: &Path, left_out: &LeftOut, data: &Path) -> anyhow::Result<()> {
    let rows = rows(corpora, keep)?;
    for (candidate, learnt) in CANDIDATES {
        let own: Vec<&Example> =
            rows.iter().filter(|row| row.of == candidate as u8 && !left_out.has(&row.press)).collect();
        std::fs::write(data.join(learnt.file_name()), learn(candidate, &own))?;
    }
    Ok(())
}

fn rows(corpora: &Path, keep: &Path) -> anyhow::Result<Vec<Example>> {
    unseen::read_all(corpora, keep, &["tagger", "extents"], "candidates")
}

impl Example {
    fn is_right(&self) -> bool {
        self.answer == Part::Taken
    }

    const fn weight(&self) -> f32 {
        if matches!(self.answer, Part::Named) { NAMED_WEIGHT } else { 1.0 }
    }
}

/// The habits and the forest of one kind of candidate. The forest learns with what the habits of the other newsrooms say of each.
fn learn(candidate: Candidate, examples: &[&Example]) -> String {
    let habits = |seen: &dyn Fn(&Example) -> bool| {
        let seen = examples.iter().filter(|example| !example.is_short && seen(example));
        Habits::learn(seen.map(|one| (one.measured.words.concat(), one.is_right(), one.weight())))
    };
    let of_others: Vec<Habits> =
        (0..FOLDS.len()).map(|fold| habits(&|one| gold::fold_of(&one.press) != fold)).collect();
    let targets: Vec<f32> = examples.iter().map(|one| f32::from(u8::from(one.is_right()))).collect();
    let weights: Vec<f32> = examples.iter().map(|one| one.weight()).collect();
    let features: Vec<Vec<f32>> =
        examples.iter().map(|one| one.measured.with_habits(&of_others[gold::fold_of(&one.press)])).collect();
    let names = candidate.features();
    let forest =
        forest::learn("`train mentions`", &names, &features, &targets, &weights, &Settings::default());
    format!("{}\n{forest}", habits(&|_| true).write())
}

/// What counts that is there, but takes no part: it crowds a line, but nobody is misled by it.
const NAMED_WEIGHT: f32 = 0.2;

/// How the editors take a candidate of these names: as `score_facts.py` compares names.
fn answer(of: Candidate, name: &str, answers: &Answers, answered: &mut HashSet<(u8, usize)>) -> Part {
    let known: Vec<(Vec<Vec<String>>, bool)> = match of {
        Candidate::Person => answers
            .people
            .iter()
            .map(|p| (forms(std::iter::once(&p.name).chain(&p.aliases)), p.participant))
            .collect(),
        Candidate::Body => answers
            .organizations
            .iter()
            .map(|o| (forms(std::iter::once(&o.name).chain(&o.aliases)), o.participant))
            .collect(),
        Candidate::Country => {
            answers.countries.iter().map(|c| (forms(std::iter::once(&c.name)), c.participant)).collect()
        }
    };
    let name = bare(name);
    let hit = known
        .iter()
        .enumerate()
        .find(|(at, (forms, _))| !answered.contains(&(of as u8, *at)) && is_same(&name, forms));
    match hit {
        Some((at, (_, participant))) => {
            answered.insert((of as u8, at));
            if *participant { Part::Taken } else { Part::Named }
        }
        None => Part::None,
    }
}

fn forms<'a>(names: impl Iterator<Item = &'a String>) -> Vec<Vec<String>> {
    names.map(|name| bare(name)).collect()
}

/// The folded words of a name without articles.
fn bare(name: &str) -> Vec<String> {
    let words = tokenize(name).into_iter().filter(mujaz::text::Token::is_word).map(|token| fold(&token.key));
    words
        .map(|word| {
            let rest = ["وال", "بال", "كال", "فال", "لل", "ال"].iter().find_map(|al| word.strip_prefix(al));
            rest.filter(|rest| !rest.is_empty()).map_or_else(|| word.clone(), str::to_owned)
        })
        .collect()
}

fn is_same(name: &[String], forms: &[Vec<String>]) -> bool {
    let (Some(full), Some(last)) = (forms.first(), name.last()) else { return false };
    forms.iter().any(|form| form == name)
        || (name.iter().all(|word| full.contains(word)) && full.last() == Some(last))
        || (full.iter().all(|word| name.contains(word)) && name.len() <= full.len() + 2)
}

/// Prints for each kind what the forests learnt from the other folds of newsrooms make of each.
///
/// # Errors
/// If something cannot be read, or a child fails.
pub fn measure(corpora: &Path, keep: &Path) -> anyhow::Result<()> {
    let rows = rows(corpora, keep)?;
    let articles = gold::read(corpora, &LeftOut::default())?;
    for (candidate, _) in CANDIDATES {
        let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
        for article in &articles {
            let of = &article.answers;
            *wanted.entry(article.press).or_default() += match candidate {
                Candidate::Person => of.people.iter().filter(|p| p.participant).count(),
                Candidate::Body => of.organizations.iter().filter(|o| o.participant).count(),
                Candidate::Country => of.countries.iter().filter(|c| c.participant).count(),
            };
        }
        let own: Vec<&Example> = rows.iter().filter(|row| row.of == candidate as u8).collect();
        let folds: Vec<usize> = own.iter().map(|row| gold::fold_of(&row.press)).collect();
        let grow = |of: &[usize]| learn(candidate, &of.iter().map(|&at| own[at]).collect::<Vec<_>>());
        let unseen =
            unseen::ask(&folds, grow, Model::parse, |model, at| model.likelihood(&own[at].measured))?;
        let scored: Vec<(f32, &Example)> =
            unseen.into_iter().zip(own).filter(|(_, row)| row.is_annotated && !row.is_short).collect();
        // What is only named counts neither way.
        let likely: Vec<(f32, bool)> = scored
            .iter()
            .filter(|(_, row)| row.answer != Part::Named)
            .map(|(score, row)| (*score, row.answer == Part::Taken))
            .collect();
        println!("{}", unseen::reliability(&candidate.to_string(), unseen::LIKELY, &likely));
        eprintln!("{candidate:?}: {} candidates", scored.len());
        for least in [0.0, 0.2, 0.24, 0.28, 0.32, 0.36, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9] {
            let (mut f1s, mut sums) = (Vec::new(), [0_usize; 4]);
            for (press, &wanted) in &wanted {
                let here = scored.iter().filter(|(score, row)| *score > least && row.press == *press);
                let mut counts = [0_usize; 3];
                here.for_each(|(_, row)| counts[row.answer as usize] += 1);
                f1s.push(200.0 * counts[0] as f64 / (counts[0] + counts[2] + wanted).max(1) as f64);
                sums = [sums[0] + counts[0], sums[1] + counts[1], sums[2] + counts[2], sums[3] + wanted];
            }
            let [hits, named, none, wanted] = sums;
            eprintln!(
                "  over {least:5}: P {:.1} R {:.1} F1 {:.1}, mean of presses {:.1}; exist {:.1}%; named only {named}",
                100.0 * hits as f64 / (hits + none).max(1) as f64,
                100.0 * hits as f64 / wanted as f64,
                200.0 * hits as f64 / (hits + none + wanted) as f64,
                f1s.iter().sum::<f64>() / f1s.len() as f64,
                100.0 * (hits + named) as f64 / (hits + named + none).max(1) as f64,
            );
        }
    }
    Ok(())
}
