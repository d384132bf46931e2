//! What the teacher found in the unlabelled news, as sentences to learn from. `teacher/silver.py` describes the file.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::RangeInclusive;
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;
use mujaz::text::{Document, Span};

use super::corpus::{Tagged, articles};

/// One line of the file: what was found in one article, in order.
struct Labels {
    article: usize,
    names: Vec<Name>,
}

/// A name, or a word (`kind` is `None`) that is perhaps in one.
struct Name {
    span: Span,
    kind: Option<&'static str>,
    /// How sure the teacher is of its least sure word, of 1.
    sure: f32,
}

/// Sentences of fewer or more tokens are headings, tables and lists.
const LENGTHS: RangeInclusive<usize> = 3..=120;

/// A sentence with a word of which the teacher is less sure is passed by.
const LEAST: f32 = 0.6;

/// The labelled sentences, in order.
///
/// # Errors
/// If a file cannot be read, or the labels do not fit the news.
pub fn sentences(corpora: &Path, labels: &Path) -> anyhow::Result<Vec<Tagged>> {
    let file = File::open(labels).with_context(|| format!("cannot open {}", labels.display()))?;
    let mut news = articles(corpora)?.enumerate();
    let mut found = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let line = line.with_context(|| format!("cannot read {}", labels.display()))?;
        let labels = Labels::read(&line).context("a line that is no labels")?;
        let article =
            news.find(|(number, _)| *number == labels.article).context("labels without an article")?;
        labels.add(&article.1?.text, &mut found);
    }
    Ok(found)
}

impl Labels {
    fn read(line: &str) -> Option<Self> {
        let mut fields = line.split(' ');
        let article = fields.next()?.parse().ok()?;
        let mut last = 0;
        let names = fields.map(|field| {
            let name = Name::read(field, last)?;
            last = name.span.end;
            Some(name)
        });
        Some(Self { article, names: names.collect::<Option<_>>()? })
    }

    /// Adds the sentences of `text`, the labels' article.
    fn add(&self, text: &str, found: &mut Vec<Tagged>) {
        let document = Document::new("", text);
        let mut names = self.names.iter().peekable();
        for sentence in document.sentences() {
            let mut tagged = Tagged::new();
            let mut sure = true;
            for token in document.tokens_of(sentence) {
                while names.next_if(|name| name.span.end <= token.span.start).is_some() {}
                let here = names.peek().filter(|name| name.span.overlaps(token.span));
                let tag = here.and_then(|name| name.tag(token.span)).unwrap_or_else(|| "O".to_owned());
                tagged.push((document.slice(token.span).to_owned(), tag));
                sure &= here.is_none_or(|name| name.sure >= LEAST);
            }
            if sure && LENGTHS.contains(&tagged.len()) {
                found.push(tagged);
            }
        }
    }
}

impl Name {
    /// Reads a name that stands behind the byte `last`.
    fn read(field: &str, last: usize) -> Option<Self> {
        let (kind, numbers) = field.split_at_checked(1)?;
        let kind = match kind {
            "P" => Some("PERS"),
            "L" => Some("LOC"),
            "O" => Some("ORG"),
            "M" => Some("MISC"),
            "?" => None,
            _ => return None,
        };
        let mut numbers = numbers.split(',').map(str::parse::<usize>);
        let [distance, length, sure] = [numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?];
        let start = last + distance;
        Some(Self { span: Span::new(start, start + length), kind, sure: sure as f32 / 100.0 })
    }

    /// The tag of the token at `span`, which stands in the name; `None` for what is only perhaps one.
    fn tag(&self, span: Span) -> Option<String> {
        self.kind.map(|kind| format!("{}-{kind}", if span.start <= self.span.start { 'B' } else { 'I' }))
    }
}
