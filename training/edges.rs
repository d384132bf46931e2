//! `data/frequencies/edges.fst`: how likely a word is to open or to end a sentence or a headline.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use mujaz::text::edge::{Edge, shape};
use mujaz::text::{Document, Token, TokenKind, wordmap};
use serde::Deserialize;

use crate::corpus::records;

/// A word that is rarer than this is told by its shape.
const MIN_COUNT: u32 = 100;
/// A shorter line is no sentence.
const MIN_WORDS: usize = 3;
/// One that opens sentences or headlines so often is not rare.
const MIN_FIRST: u32 = 10;
/// So many words of average ways are added to those that were counted.
const PRIOR: f64 = 2.0;
/// So many sentences, and as many headlines for all there are, are added to those that a word opens.
const EVEN: f64 = 4.0;

#[derive(Deserialize)]
struct Article {
    title: String,
    text: String,
}

/// How often a word stands anywhere, first, and last.
#[derive(Clone, Copy, Default)]
struct Count {
    all: u32,
    first: u32,
    last: u32,
    /// First in a headline.
    headline: u32,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.all += other.all;
        self.first += other.first;
        self.last += other.last;
        self.headline += other.headline;
    }
}

/// Counts every article of the corpus and writes the table.
pub fn make(corpora: &Path, data: &Path) -> anyhow::Result<()> {
    let mut words: BTreeMap<Box<str>, Count> = BTreeMap::new();
    let mut lines = Count::default();
    for article in records::<Article>(&corpora.join("news/articles.jsonl.gz"))? {
        let Article { title, text } = article?;
        let document = Document::new(&title, &text);
        for sentence in document.sentences() {
            count(document.tokens_of(sentence), false, &mut words, &mut lines);
        }
        count(document.headline_tokens(), true, &mut words, &mut lines);
    }
    // A rare word does what other rare words of its shape do.
    let (known, rare): (Vec<_>, Vec<_>) = words.into_iter().partition(|(key, count)| {
        (count.all >= MIN_COUNT || count.first >= MIN_FIRST) && !key.starts_with(|c: char| c.is_ascii_digit())
    });
    let kept = known.len();
    let mut counts: BTreeMap<Box<str>, Count> = known.into_iter().collect();
    for (key, count) in rare {
        counts.entry(shape(&key).into()).or_default().add(count);
    }
    let table = counts.iter().map(|(key, &count)| (&**key, edge(count, lines).compress()));
    let path = data.join("frequencies/edges.fst");
    fs::write(&path, wordmap::build(table)?)?;
    println!("{}: {kept} words, {} bytes", path.display(), fs::metadata(&path)?.len());
    Ok(())
}

fn count(tokens: &[Token], headline: bool, words: &mut BTreeMap<Box<str>, Count>, lines: &mut Count) {
    let told: Vec<&Token> = tokens
        .iter()
        .filter(|token| !matches!(token.kind, TokenKind::Mark(_)) && !token.key.is_empty())
        .collect();
    if told.len() < MIN_WORDS {
        return;
    }
    for (at, token) in told.iter().enumerate() {
        let one = Count {
            all: 1,
            first: u32::from(at == 0),
            last: u32::from(at + 1 == told.len()),
            headline: u32::from(at == 0 && headline),
        };
        lines.add(one);
        match words.get_mut(&token.key) {
            Some(count) => count.add(one),
            None => drop(words.insert(token.key.clone(), one)),
        }
    }
}

/// The odds of `count` at both edges against those of `all` words, with a prior.
fn edge(count: Count, all: Count) -> Edge {
    let share = |at: u32, of: u32| f64::from(at) / f64::from(of);
    let odds = |at: u32, mean: f64| {
        let (at, inside) = (f64::from(at), f64::from(count.all - at));
        ((at + PRIOR * mean) / (inside + PRIOR * (1.0 - mean))).ln() - (mean / (1.0 - mean)).ln()
    };
    let (sentences, headlines) = (f64::from(all.first - all.headline), f64::from(all.headline));
    let in_sentences = (f64::from(count.first - count.headline) + EVEN) / sentences;
    let in_headlines = (f64::from(count.headline) + EVEN * headlines / sentences) / headlines;
    Edge {
        tells: (in_sentences / in_headlines).ln() as f32,
        opens: odds(count.first, share(all.first, all.all)) as f32,
        ends: odds(count.last, share(all.last, all.all)) as f32,
    }
}
