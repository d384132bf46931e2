//! How JSON is written, and a whole reply as one object, for programs. README.md describes it; what changes the meaning of a field changes [`SCHEMA`].

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use serde_json::{Map, Value, json};

use super::batch;
use crate::brief::{Brief, Content};
use crate::facts::participants::judge::Candidate;
use crate::reply::plain::is_escaped;
use crate::reply::{self, KEY_FIGURES, figures};
use crate::text::Span;

/// The version of the form.
const SCHEMA: u32 = 1;

/// One line of JSON that says what `value` says and steers no terminal that it is shown in: what would (U+009B, U+202E, tags) is escaped.
///
/// # Errors
/// Never in practice: all of it can be written as JSON.
pub(super) fn line(value: &impl Serialize) -> serde_json::Result<String> {
    let mut line = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut line, Escaping))?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

/// Plain JSON, with more escaped than JSON asks for.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, odd) in text.char_indices().filter(|(_, c)| is_escaped(*c)) {
            CompactFormatter.write_string_fragment(writer, &text[plain..at])?;
            for unit in odd.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = at + odd.len_utf8();
        }
        CompactFormatter.write_string_fragment(writer, &text[plain..])
    }
}

/// A likelihood with as many places as mean something.
fn likelihood(likely: f32) -> f64 {
    (f64::from(likely) * 100.0).round() / 100.0
}

/// The reply, its parts as `mujaz batch` names them, each with where it stands in the article's text.
///
/// # Errors
/// Never in practice: all of it can be written as JSON.
pub fn describe(brief: &Brief) -> serde_json::Result<Value> {
    let (article, facts, document) = (&brief.article, &brief.facts, &brief.document);
    let places = Places::new(document.text());
    let items = match brief.content {
        Content::Story => None,
        Content::Bulletin { items } => Some(items),
    };
    let mut parts = batch::parts(brief)?;
    let bullets =
        brief.sentences.iter().map(|chosen| json!({ "text": chosen.text, "span": places.of(chosen.span) }));
    parts.insert("summary".to_owned(), bullets.collect());
    let shown = brief.facts.key_figures(KEY_FIGURES).into_iter();
    add(
        &mut parts,
        "figures",
        shown.map(|f| json!({ "span": places.of(f.span), "what_span": f.line.map(|line| places.of(line)) })),
    );
    add(
        &mut parts,
        "people",
        facts.people.iter().map(|person| {
            json!({
                "title": person.title,
                "likelihood": likelihood(person.likelihood),
                "is_central": Candidate::Person.is_central(person.likelihood),
                "role_span": person.role_span.map(|span| places.of(span)),
                "country_span": person.country_span.map(|span| places.of(span)),
                "mentions": places.all(&person.mentions),
            })
        }),
    );
    let named = |of: Candidate, likely: f32, mentions: &[Span]| {
        let is_central = of.is_central(likely);
        json!({ "likelihood": likelihood(likely), "is_central": is_central, "mentions": places.all(mentions) })
    };
    let bodies = facts.organizations.iter();
    let bodies = bodies.map(|body| named(Candidate::Body, body.likelihood, &body.mentions));
    add(&mut parts, "organizations", bodies);
    let countries = facts.countries.iter();
    let countries = countries.map(|country| named(Candidate::Country, country.likelihood, &country.mentions));
    add(&mut parts, "countries", countries);
    let of_places = facts.places.iter().map(|place| json!({ "mentions": places.all(&place.mentions) }));
    add(&mut parts, "places", of_places);
    let lines = figures::beside_summary(brief).into_iter().map(|line| {
        json!({ "text": document.slice(line.clause), "span": places.of(line.clause), "bold": places.all(&line.numbers) })
    });
    let quotations = brief.quotations.iter().map(|quotation| {
        json!({
            "speaker": quotation.speaker.and_then(|speaker| facts.name_of(speaker)),
            "text": document.slice(quotation.span),
            "span": places.of(quotation.span),
        })
    });
    let mut described = json!({
        "schema": SCHEMA,
        "bulletin": items.map(|items| json!({ "items": items })),
        "headline": article.headline,
        "url": article.url.as_ref().map(url::Url::as_str),
        "site": article.site,
        "source": reply::source(article),
        "byline": article.byline,
        "published": article.published.as_ref().map(ToString::to_string),
        "reading_minutes": reply::reading_minutes(article),
        "figure_lines": lines.collect::<Vec<_>>(),
        "quotations": quotations.collect::<Vec<_>>(),
    });
    if let Some(fields) = described.as_object_mut() {
        fields.extend(parts);
    }
    Ok(described)
}

/// Adds to each entry of the list `name` the fields that `more` gives, in its order.
fn add(parts: &mut Map<String, Value>, name: &str, more: impl Iterator<Item = Value>) {
    for (entry, more) in parts.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten().zip(more) {
        if let (Some(entry), Value::Object(more)) = (entry.as_object_mut(), more) {
            entry.extend(more);
        }
    }
}

/// Where parts stand in the article's text, by bytes and by characters.
struct Places {
    /// Where each character begins.
    starts: Vec<usize>,
}

impl Places {
    fn new(text: &str) -> Self {
        Self { starts: text.char_indices().map(|(at, _)| at).collect() }
    }

    fn of(&self, Span { start, end }: Span) -> Value {
        let characters = |at: usize| self.starts.partition_point(|&start| start < at);
        json!({ "bytes": [start, end], "characters": [characters(start), characters(end)] })
    }

    fn all(&self, spans: &[Span]) -> Value {
        spans.iter().map(|span| self.of(*span)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_means_the_same() {
        let text = "خبر \u{9b}2J \u{202e}عكس\u{202c} \u{e0061} \u{1b}[31m \u{2067} \"نعم\"\n😀";
        let written = line(&text).expect("JSON");
        assert!(
            !written
                .chars()
                .any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{e0061}' | '\u{2067}'))
        );
        assert!(written.contains("😀") && written.contains("خبر"), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).expect("JSON"), text);
    }
}
