//! How much of the story a figure is.
//!
//! A sum of few weights: what is counted, where it stands, and how near it is to the headline. They were fitted as a
//! logistic regression on the annotated articles (`../shared/data/gold`), then rounded by hand. Zero is the line between
//! a figure worth listing and background.

use std::collections::{HashMap, HashSet};

use super::{Candidate, Figure, Form, Kind, Quantity, what};
use crate::facts::nouns::Class;
use crate::text::stem::stem;
use crate::text::stopwords::is_stop_word;
use crate::text::{Document, Token};

/// Weighs `candidates` and cuts the phrase that says what each counts.
pub fn weigh(document: &Document, candidates: Vec<(usize, Candidate)>) -> Vec<Figure> {
    let headline: HashSet<&str> = stems(document.headline_tokens()).collect();
    let mut earlier: HashMap<Option<Class>, usize> = HashMap::new();
    let mut place = Place { sentence: usize::MAX, share: 0.0, near: 0.0, prison: false };
    let mut figures = Vec::with_capacity(candidates.len());
    for (sentence, candidate) in candidates {
        let tokens = document.tokens_of(&document.sentences()[sentence]);
        if place.sentence != sentence {
            place = Place::of(document, &headline, sentence);
        }
        let rank = earlier.entry(candidate.class).or_default();
        let salience = weight(&candidate, *rank, &place);
        *rank += 1;
        figures.push(Figure {
            span: candidate.span,
            quantity: candidate.quantity,
            what: what::cut(document.text(), tokens, &candidate),
            class: candidate.class,
            unit: candidate.unit,
            sentence,
            salience,
        });
    }
    figures
}

/// A sentence, as far as it weighs for its figures.
struct Place {
    sentence: usize,
    /// How far down the article it stands, 0 to 1.
    share: f32,
    /// The share of the headline's words that it says again.
    near: f32,
    /// Whether it tells of a sentence in prison, whose length is news.
    prison: bool,
}

impl Place {
    fn of(document: &Document, headline: &HashSet<&str>, sentence: usize) -> Self {
        let tokens = document.tokens_of(&document.sentences()[sentence]);
        let said: HashSet<&str> = stems(tokens).filter(|s| headline.contains(s)).collect();
        let prison = tokens
            .iter()
            .any(|t| ["سجن", "حبس", "حكم"].iter().any(|w| t.key.contains(w)) && !t.key.contains("حكوم"));
        Self {
            sentence,
            share: sentence as f32 / document.sentences().len().max(1) as f32,
            near: said.len() as f32 / headline.len().max(1) as f32,
            prison,
        }
    }
}

fn stems(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().filter(|t| t.is_word() && !is_stop_word(&t.key)).map(|t| stem(&t.key))
}

/// `rank` is the number of figures of the same class before this one.
fn weight(candidate: &Candidate, rank: usize, place: &Place) -> f32 {
    let mut weight = 1.0;
    weight += match candidate.class {
        Some(Class::Casualty | Class::Person) => 1.5,
        Some(Class::Currency) => 1.2,
        Some(Class::Thing | Class::Percent | Class::Measure) => 0.3,
        Some(Class::Occasion) => -0.3,
        Some(Class::Time) if place.prison => 0.0,
        Some(Class::Age) => -2.0,
        None if candidate.kind == Kind::Score => -0.4,
        // A lapse of time; a number that nothing names.
        Some(Class::Time) | None => -0.9,
    };
    if place.sentence == 0 {
        weight += 1.0;
    }
    weight += 1.2 * place.near - 0.8 * place.share - 0.2 * rank.min(6) as f32;
    if candidate.kind == Kind::Definite || candidate.form == Form::One {
        weight -= 1.8;
    }
    if candidate.form == Form::Vague {
        weight -= 1.3;
    }
    let few = matches!(candidate.quantity, Quantity::Exact(value) if value <= 3.0)
        && !matches!(candidate.class, Some(Class::Percent | Class::Currency | Class::Casualty));
    if few {
        weight -= 0.7;
    }
    weight
}
