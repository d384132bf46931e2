//! How much of the story a figure is.

use std::collections::HashSet;

use super::nouns::Class;
use super::{Candidate, Figure, Form, Kind, Quantity, what};
use crate::text::{Document, TokenKind};

/// Weighs `candidates` and cuts the phrase that says what each counts.
pub fn weigh(document: &Document, candidates: Vec<(usize, Candidate)>) -> Vec<Figure> {
    let headline: HashSet<&str> = document.headline_tokens().iter().map(|t| &*t.key).collect();
    let mut figures = Vec::with_capacity(candidates.len());
    for (sentence, candidate) in candidates {
        let salience = score(document, &headline, sentence, &candidate);
        let tokens = document.tokens_of(&document.sentences()[sentence]);
        figures.push(Figure {
            span: candidate.span,
            quantity: candidate.quantity,
            what: what::cut(document.text(), tokens, candidate.tokens),
            class: candidate.class,
            unit: candidate.unit,
            sentence,
            salience,
        });
    }
    figures
}

fn score(document: &Document, headline: &HashSet<&str>, sentence: usize, candidate: &Candidate) -> f32 {
    let mut score = match candidate.class {
        Some(Class::Percent) => 0.9,
        Some(Class::Casualty | Class::Currency) => 1.0,
        Some(Class::Person) => 0.7,
        Some(Class::Thing | Class::Measure) => 0.5,
        Some(Class::Occasion) => -0.2,
        Some(Class::Time) => -0.5,
        Some(Class::Age) => -2.0,
        None => 0.0,
    };
    if candidate.kind == Kind::Definite || candidate.form == Form::One {
        score -= 1.5;
    }
    score += 1.0 / (1.0 + sentence as f32 * 0.25);
    let in_headline = document.tokens_of(&document.sentences()[sentence])[candidate.tokens.clone()]
        .iter()
        .any(|t| t.kind == TokenKind::Number && headline.contains(&*t.key));
    if in_headline {
        score += 1.0;
    }
    if let Quantity::Exact(value) = candidate.quantity
        && value <= 3.0
    {
        score -= 0.3;
    }
    score
}
