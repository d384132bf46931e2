//! Whether a name that is shown is one of the answer's, under its full form, an alias or the family name.

use std::collections::BTreeSet;

use super::words::bare;

/// Whether the name `shown` is that of the answer whose forms are `forms`, the fullest first: the same words as one form; or part
/// of the fullest with its last word; or all of the fullest with at most two words more.
#[must_use]
pub fn is_same(shown: &str, forms: &[&str]) -> bool {
    let shown = bare(shown);
    let forms: Vec<Vec<String>> = forms.iter().map(|form| bare(form)).collect();
    let (Some(full), false) = (forms.first(), shown.is_empty()) else { return false };
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    forms.contains(&shown)
        || (within(&shown, full) && shown.last() == full.last())
        || (within(full, &shown) && shown.len() <= distinct(full) + 2)
}

fn distinct(words: &[String]) -> usize {
    words.iter().collect::<BTreeSet<_>>().len()
}

/// Pairs each of `shown` with an answer of its name, each answer once: for each of `shown` the place in `answers`.
#[must_use]
pub fn pair(shown: &[&str], answers: &[Vec<&str>]) -> Vec<Option<usize>> {
    let mut free = vec![true; answers.len()];
    let mut pairs = Vec::with_capacity(shown.len());
    for name in shown {
        let found = (0..answers.len()).find(|&at| free[at] && is_same(name, &answers[at]));
        if let Some(at) = found {
            free[at] = false;
        }
        pairs.push(found);
    }
    pairs
}
