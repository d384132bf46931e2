//! `train questions`: what an editor is asked (`JUDGING.md`), rows for `lines.judged`, `cuts.judged` or `roles.judged` with «?» where the answer belongs.
//! Above each stands in comments what the editor reads.

use std::fmt::Write as _;
use std::path::Path;

use clap::ValueEnum;
use mujaz::facts;
use mujaz::facts::figure::Found;
use mujaz::facts::gazetteer::gazetteer;
use mujaz::facts::participants::link_options;
use mujaz::facts::participants::links::model;
use mujaz::learnt::Learnt;
use mujaz::learnt::forest::Forest;
use mujaz::summary::{Measured, cut};
use mujaz::text::{Document, Span, one_line};
use serde::Deserialize;

use crate::corpus::records;
use crate::gold::{self, LeftOut};
use crate::mentions::{self, Seen};

/// What to ask about.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Subject {
    /// Lines around figures.
    Lines,
    /// Ends of bullets.
    Cuts,
    /// Roles and countries of people.
    Roles,
    /// Who takes part.
    Participants,
}

/// What to ask about, and of which articles.
#[derive(Debug, clap::Args)]
pub struct Options {
    subject: Subject,
    /// Of the unlabelled news in place of the annotated articles: one in so many.
    #[arg(long)]
    news: Option<usize>,
}

/// Lines that are asked about for each figure, the likeliest.
const LINES: usize = 6;
/// Figures of an article whose lines are asked about, the most telling.
const FIGURES: usize = 3;
/// Sentences of an article whose ends are asked about, those that are worth most.
const SENTENCES: usize = 3;
/// Words of a bullet.
const WORDS: std::ops::RangeInclusive<usize> = 5..=36;

/// Titles and countries of a person that are asked about, the likeliest of those that are at least so likely.
const TITLES: usize = 6;
const COUNTRIES: usize = 2;
const LIKELY: f32 = 0.03;
/// Sentences with a person's name that the editor reads.
const TOLD: usize = 6;

/// An article of the unlabelled news.
#[derive(Deserialize)]
struct News {
    id: String,
    title: String,
    text: String,
}

/// Prints the questions.
///
/// # Errors
/// If a corpus cannot be read.
pub fn ask(corpora: &Path, options: &Options) -> anyhow::Result<()> {
    let model = Forest::parse(Learnt::Lines.text()).unwrap_or_default();
    let ask = |id: &str, document: &Document| match options.subject {
        Subject::Lines => lines(id, document, &model),
        Subject::Cuts => cuts(id, document),
        Subject::Roles => roles(id, document),
        Subject::Participants => participants(id, document),
    };
    match options.news {
        None => {
            for article in gold::read(corpora, &LeftOut::default())? {
                ask(&article.id, &Document::new(&article.title, &article.text));
            }
        }
        Some(one_in) => {
            for news in records::<News>(&corpora.join("news/articles.jsonl.gz"))?.step_by(one_in.max(1)) {
                let news = news?;
                ask(&news.id, &Document::new(&news.title, &news.text));
            }
        }
    }
    Ok(())
}

/// Asks which lines of the most telling figures are without fault.
fn lines(id: &str, document: &Document, model: &Forest) {
    let mentions = facts::mentions(document);
    let found = Found::read(document, &mentions);
    let mut listed = facts::analyze(document).figures;
    listed.retain(|figure| figure.salience > 0.0);
    listed.sort_by(|a, b| b.salience.total_cmp(&a.salience));
    listed.truncate(FIGURES);
    for measured in &found.figures {
        let figure = &measured.figure;
        if listed.iter().all(|listed| listed.span != figure.span) {
            continue;
        }
        let mut cuts: Vec<(f32, Span)> =
            found.cuts(measured).into_iter().map(|(cut, row)| (model.score(&row), cut)).collect();
        cuts.sort_by(|a, b| b.0.total_cmp(&a.0));
        cuts.truncate(LINES);
        if cuts.is_empty() {
            continue;
        }
        tell(document, figure.sentence);
        println!("# {}", one_line(document.slice(figure.span)));
        let mut row = format!("{id}\t{}", figure.span.start);
        for (_, cut) in cuts {
            println!("#   {}", one_line(document.slice(cut)));
            let _ = write!(row, "\t?{}-{}", cut.start, cut.end);
        }
        println!("{row}");
    }
}

/// Asks where the sentences that are worth most may end as bullets.
fn cuts(id: &str, document: &Document) {
    let facts = facts::analyze(document);
    let measured = Measured::new(document, &facts);
    let known = measured.known(document, &facts);
    let Measured { worth, barriers, .. } = &measured;
    let mut order: Vec<usize> = (0..worth.len()).filter(|&at| barriers[at].is_none()).collect();
    order.sort_by(|&a, &b| worth[b].total_cmp(&worth[a]));
    for sentence in order.into_iter().take(SENTENCES) {
        let mut pieces = cut::pieces(&known, sentence);
        pieces.retain(|piece| piece.forbidden.is_none() && WORDS.contains(&piece.words));
        let Some(first) = pieces.first() else { continue };
        tell(document, sentence);
        let mut row = format!("{id}\t{}\t?", first.span.start);
        for piece in &pieces {
            println!("#   … {}", one_line(document.slice(piece.span)));
            let _ = write!(row, "\t?{}", piece.span.end);
        }
        println!("{row}");
    }
}

/// Asks which of the likeliest titles and countries of each person are theirs.
fn roles(id: &str, document: &Document) {
    for (name, options) in link_options(document) {
        let (titles, ties) = model().weigh(&options);
        let titles = likeliest(&titles, TITLES, |at| options.titles[at].text.as_str());
        let ties = likeliest(&ties, COUNTRIES, |at| options.ties[at].country);
        if titles.is_empty() && ties.is_empty() {
            continue;
        }
        println!("# {}", one_line(document.headline()));
        let family = name.rsplit(' ').next().unwrap_or_default();
        let told =
            document.sentences().iter().filter(|sentence| document.slice(sentence.span).contains(family));
        told.take(TOLD).for_each(|sentence| println!("# {}", one_line(document.slice(sentence.span))));
        println!("# {name}");
        let mut row = format!("{id}\t{}", options.named.start);
        for title in titles.iter().map(|&at| &options.titles[at]) {
            println!("#   {}", title.text);
            let _ = write!(row, "\t?{}-{}", title.span.start, title.span.end);
        }
        for tie in ties.iter().map(|&at| &options.ties[at]) {
            println!("#   {} ({})", gazetteer().country(tie.country), one_line(document.slice(tie.span)));
            let _ = write!(row, "\t@?{}-{}", tie.span.start, tie.span.end);
        }
        println!("{row}");
    }
}

/// Asks which people, bodies and countries take part; those that are as good as none are left out.
fn participants(id: &str, document: &Document) {
    println!("# {}", one_line(document.headline()));
    document
        .sentences()
        .iter()
        .for_each(|sentence| println!("# {}", one_line(document.slice(sentence.span))));
    let mut row = id.to_owned();
    for Seen { of, name, named, measured } in mentions::seen(document) {
        if of.likelihood(&measured) >= LIKELY {
            println!("#   {of}: {name}");
            let _ = write!(row, "\t?{of} {}", named.start);
        }
    }
    println!("{row}");
}

/// The numbers of the likeliest, at most `most` that differ in what they say, likeliest first.
fn likeliest<T: PartialEq>(likely: &[f32], most: usize, says: impl Fn(usize) -> T) -> Vec<usize> {
    let mut order: Vec<usize> = (0..likely.len()).filter(|&at| likely[at] >= LIKELY).collect();
    order.sort_by(|&a, &b| likely[b].total_cmp(&likely[a]));
    let mut distinct: Vec<usize> = Vec::new();
    for at in order {
        if distinct.len() < most && distinct.iter().all(|&other| says(other) != says(at)) {
            distinct.push(at);
        }
    }
    distinct
}

/// The headline, the sentence before and the sentence.
fn tell(document: &Document, sentence: usize) {
    println!("# {}", one_line(document.headline()));
    for at in sentence.saturating_sub(1)..=sentence {
        println!("# {}", one_line(document.slice(document.sentences()[at].span)));
    }
}
