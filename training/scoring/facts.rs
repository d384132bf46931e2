//! People, bodies, countries, roles and figures beside the answers. People, bodies and countries that the answer names but that take
//! no part are neither asked for nor counted against; roles and countries of people count for all who are found and have one.

use serde_json::Value;

use super::words::{bare, overlap};
use super::{Figure, Output, Tally, names};
use crate::gold::{self, Answers};

/// Roles whose words overlap as much are the same.
pub const SAME_ROLE: f64 = 0.6;

/// The forms of an answer's name, the fullest first.
pub fn forms<'a>(name: &'a str, aliases: &'a [String]) -> Vec<&'a str> {
    std::iter::once(name).chain(aliases.iter().map(String::as_str)).collect()
}

/// Adds what `output` has right.
pub fn score(output: &Output, answers: &Answers, tally: &mut Tally) {
    let people: Vec<_> = answers.people.iter().map(|p| (forms(&p.name, &p.aliases), p.participant)).collect();
    let bodies: Vec<_> =
        answers.organizations.iter().map(|o| (forms(&o.name, &o.aliases), o.participant)).collect();
    let countries: Vec<_> =
        answers.countries.iter().map(|c| (vec![c.name.as_str()], c.participant)).collect();
    let shown: Vec<&str> = output.people.iter().map(|p| p.name.as_str()).collect();
    let pairs = entities("people", &shown, &people, tally);
    for (person, answer) in output.people.iter().zip(pairs) {
        let Some(answer) = answer.map(|at| &answers.people[at]) else { continue };
        if !answer.role.is_empty() {
            tally.add("role wanted", 1);
            tally.add("role hit", overlap(&person.role, &answer.role) >= SAME_ROLE);
        }
        if !answer.country.is_empty() {
            tally.add("country wanted", 1);
            tally.add("country hit", bare(&person.country) == bare(&answer.country));
        }
    }
    let named = |named: &[super::Named]| named.iter().map(|n| n.name.clone()).collect::<Vec<_>>();
    for (kind, shown, answers) in [
        ("organizations", named(&output.organizations), bodies),
        ("countries", named(&output.countries), countries),
    ] {
        entities(kind, &shown.iter().map(String::as_str).collect::<Vec<_>>(), &answers, tally);
    }
    figures(&output.figures, &answers.figures, tally);
}

fn entities(
    kind: &str,
    shown: &[&str],
    answers: &[(Vec<&str>, bool)],
    tally: &mut Tally,
) -> Vec<Option<usize>> {
    let forms: Vec<Vec<&str>> = answers.iter().map(|(forms, _)| forms.clone()).collect();
    let pairs = names::pair(shown, &forms);
    for pair in &pairs {
        match pair {
            Some(at) if !answers[*at].1 => {}
            found => {
                tally.add(&format!("{kind} made"), 1);
                tally.add(&format!("{kind} hit"), found.is_some());
            }
        }
    }
    tally.add(&format!("{kind} wanted"), answers.iter().filter(|(_, takes_part)| *takes_part).count() as u32);
    pairs
}

fn figures(shown: &[Figure], answers: &[gold::Figure], tally: &mut Tally) {
    let mut left: Vec<&gold::Figure> = answers.iter().collect();
    for figure in shown {
        tally.add("figures made", 1);
        if let Some(at) = left.iter().position(|answer| is_same_figure(figure, answer)) {
            let answer = left.remove(at);
            tally.add("figures hit", 1);
            tally.add("figures key", answer.key);
        }
    }
    tally.add("figures wanted", answers.iter().filter(|figure| figure.key).count() as u32);
}

/// Whether the amounts are the same (a range by either end) and the units, where both are told, share a word.
fn is_same_figure(shown: &Figure, answer: &gold::Figure) -> bool {
    let (own, theirs) = (ends(&shown.value), ends(&answer.value));
    if !own.iter().any(|a| theirs.iter().any(|b| (a - b).abs() <= 1e-6 * b.abs().max(1.0))) {
        return false;
    }
    let answer_unit = answer.unit.as_deref().unwrap_or_default();
    let (unit, wanted) = (bare(&shown.unit), bare(answer_unit));
    let said = [bare(&shown.text), bare(&shown.what)].concat();
    unit.is_empty()
        || wanted.is_empty()
        || unit.iter().any(|word| wanted.contains(word))
        || wanted.iter().any(|word| said.contains(word))
        || shown.unit == "%"
        || answer_unit == "%"
}

fn ends(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(ends) => ends.iter().filter_map(Value::as_f64).collect(),
        value => value.as_f64().into_iter().collect(),
    }
}
