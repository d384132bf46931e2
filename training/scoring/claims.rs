//! How often what a reply claims is wrong: people and bodies that do not exist, roles and countries that are not theirs.

use super::words::{bare, overlap};
use super::{Output, Tally, facts, names};
use crate::gold::Answers;

/// Adds the claims of `output`, and those of them that are wrong.
pub fn score(output: &Output, answers: &Answers, tally: &mut Tally) {
    let mut wrong = 0_u32;
    let mut claim = |kind: &str, is_wrong: bool, tally: &mut Tally| {
        tally.add(&format!("{kind} shown"), 1);
        tally.add(&format!("{kind} wrong"), is_wrong);
        wrong += u32::from(is_wrong);
    };
    let people: Vec<_> = answers.people.iter().map(|p| facts::forms(&p.name, &p.aliases)).collect();
    let shown: Vec<&str> = output.people.iter().map(|p| p.name.as_str()).collect();
    for (person, answer) in output.people.iter().zip(names::pair(&shown, &people)) {
        claim("people", answer.is_none(), tally);
        let Some(answer) = answer.map(|at| &answers.people[at]) else { continue };
        if !person.role.is_empty() {
            let right = !answer.role.is_empty() && overlap(&person.role, &answer.role) >= facts::SAME_ROLE;
            claim("roles", !right, tally);
        }
        if !person.country.is_empty() {
            claim("countries", bare(&person.country) != bare(&answer.country), tally);
        }
    }
    let bodies = answers.organizations.iter().map(|o| facts::forms(&o.name, &o.aliases));
    let others =
        answers.countries.iter().map(|c| c.name.as_str()).chain(answers.places.iter().map(String::as_str));
    let known: Vec<Vec<&str>> = bodies.chain(people).chain(others.map(|name| vec![name])).collect();
    for body in &output.organizations {
        let words = bare(&body.name);
        let is_part = |full: &str| {
            let full = bare(full);
            words.iter().all(|word| full.contains(word))
        };
        let exists = known.iter().any(|forms| names::is_same(&body.name, forms) || is_part(forms[0]));
        claim("bodies", !exists, tally);
    }
    tally.add("wrong claims", wrong);
    tally.add("replies with a wrong claim", wrong > 0);
}
