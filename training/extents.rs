//! `data/extents.forest`: how far the name of a body goes (`facts::mention::extent`), from the names of the annotated articles.
//!
//! A tagger is surer of the articles that it has learnt from than it will be of others. So each article is read with a tagger that has
//! not seen its newsroom (`train tagger --without …`), in a child of this program.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::mention::extent::{Extents, Start};
use mujaz::facts::mention::tagged::Sight;
use mujaz::facts::mention::{self, listed};
use mujaz::facts::morphology;
use mujaz::facts::tagger::EntityKind;
use mujaz::learnt::Learnt;
use mujaz::learnt::forest::{Forest, flag};
use mujaz::text::Document;
use serde::{Deserialize, Serialize};

use crate::forest::{self, Settings};
use crate::gold::{self, FOLDS, LeftOut};
use crate::projection::{Countries, Names};
use crate::unseen;

/// A body's name in an article: the ends that it could have, and which one is right.
#[derive(Debug, Deserialize, Serialize)]
struct Example {
    press: String,
    /// The names of what is measured.
    names: Vec<String>,
    /// What is measured of each end.
    rows: Vec<Vec<f32>>,
    /// The number of the end that the annotation has; none where it is not among them.
    right: Option<usize>,
    /// The number of the tagger's own; none where that is longer than any.
    tagged: Option<usize>,
}

/// Prints the bodies that the tagger sees where the annotation has one too, in the newsrooms that are `left_out`, a JSON object a line.
///
/// # Errors
/// If the articles cannot be read.
pub fn ends(corpora: &Path, left_out: &LeftOut) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let countries = Countries::read(corpora)?;
    for article in gold::read(corpora, &LeftOut::default())?.iter().filter(|a| left_out.has(a.press)) {
        let document = Document::new(&article.title, &article.text);
        let analyses = morphology::analyze(&document);
        let sight = Sight::of(&document);
        let extents = Extents::new(&analyses, &sight);
        let listed = listed::find(&analyses);
        let tokens: Vec<&str> = document.tokens().iter().map(|token| document.slice(token.span)).collect();
        let tags = Names::of(article, &countries).tags(&tokens);
        for span in sight.spans.iter().chain(&sight.doubtful) {
            let (at, tagged) = (span.tokens.start, span.tokens.end);
            if span.kind != EntityKind::Organization || tags[at] != "B-ORG" {
                continue;
            }
            let wanted = at + 1 + tags[at + 1..].iter().take_while(|tag| *tag == "I-ORG").count();
            let known = mention::body_at(&listed, at);
            let ends = extents.ends(Start { at, tagged, listed: known.map(|known| known.tokens.end) });
            let number = |wanted: usize| ends.iter().position(|end| end.at == wanted);
            let example = Example {
                press: article.press.to_owned(),
                names: ends
                    .iter()
                    .take(1)
                    .flat_map(|end| end.measured.iter().map(|(name, _)| (*name).to_owned()))
                    .collect(),
                rows: ends.iter().map(|end| end.measured.iter().map(|(_, value)| *value).collect()).collect(),
                right: number(wanted),
                tagged: number(tagged),
            };
            serde_json::to_writer(&mut out, &example)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// Learns the forest from the newsrooms but those left out, writes it into `data`, and prints how often the likeliest end is right in
/// newsrooms not seen. Under `keep` are the taggers that were learnt without each fold of newsrooms, or are put there.
///
/// # Errors
/// If something cannot be read or written, or a child fails.
pub fn make(corpora: &Path, keep: &Path, left_out: &LeftOut, data: &Path) -> anyhow::Result<()> {
    let mut examples: Vec<Example> = unseen::read_all(corpora, keep, &["tagger"], "ends")?;
    examples.retain(|example| !left_out.has(&example.press));
    let names: Vec<&str> =
        examples.first().context("no body is annotated")?.names.iter().map(String::as_str).collect();
    let grow = |of: &[usize]| {
        let ends = of.iter().map(|&at| &examples[at]).flat_map(|one| {
            one.rows.iter().enumerate().map(|(end, row)| (row.clone(), flag(one.right == Some(end))))
        });
        let (rows, targets): (Vec<Vec<f32>>, Vec<f32>) = ends.unzip();
        forest::learn("`train extents`", &names, &rows, &targets, &[], &Settings::default())
    };
    let folds: Vec<usize> = examples.iter().map(|example| gold::fold_of(&example.press)).collect();
    let likeliest = |forest: &Forest, at: usize| {
        let scores: Vec<f32> = examples[at].rows.iter().map(|row| forest.score(row)).collect();
        (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
    };
    let unseen = unseen::ask(&folds, grow, Forest::parse, likeliest)?;
    println!("| left out | bodies | the tagger's end is right | the likeliest is |\n|---|---|---|---|");
    for (fold, presses) in FOLDS.iter().enumerate() {
        let own: Vec<(&Example, Option<usize>)> = (0..examples.len())
            .filter(|&at| folds[at] == fold)
            .map(|at| (&examples[at], unseen[at]))
            .collect();
        let share = |right: usize| 100.0 * right as f32 / own.len().max(1) as f32;
        println!(
            "| {} | {} | {:.1} | {:.1} |",
            presses.join(", "),
            own.len(),
            share(own.iter().filter(|(one, _)| one.right.is_some() && one.right == one.tagged).count()),
            share(own.iter().filter(|(one, best)| one.right.is_some() && one.right == *best).count()),
        );
    }
    let path = data.join(Learnt::Extents.file_name());
    let all: Vec<usize> = (0..examples.len()).collect();
    std::fs::write(&path, grow(&all)).with_context(|| format!("cannot write {}", path.display()))
}
