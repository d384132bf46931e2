//! Summaries beside an editor's, and beside Lead, the article's first sentences, at the same length: ROUGE-1 F.

use std::collections::HashMap;

use super::Tally;
use super::words::words;
use crate::gold::Article;

/// Shorter sentences than this many words are no sentences to Lead: headings, credits.
const LEAST_WORDS: usize = 4;

/// Adds how much more of the editor's sentences the `summary` has than Lead, at `budget` words.
pub fn score(summary: &[String], article: &Article, budget: usize, tally: &mut Tally) {
    let wanted = words(&article.answers.summary.join(" "));
    let first = summary.first().map_or(0, |sentence| words(sentence).len());
    let mut own = words(&summary.join(" "));
    own.truncate(budget.max(first));
    let mut lead: Vec<String> = Vec::new();
    for sentence in sentences(&article.text) {
        let sentence = words(sentence);
        if !lead.is_empty() && lead.len() + sentence.len() > budget {
            break;
        }
        lead.extend(sentence);
    }
    tally.add(&format!("{budget} words over Lead"), rouge(&own, &wanted) - rouge(&lead, &wanted));
}

/// Adds how much more of the editor's bullets the reply has than as many words of Lead, and how long it is.
pub fn score_bullets(shown: &[String], article: &Article, tally: &mut Tally) {
    if article.bullets.is_empty() {
        return;
    }
    let wanted = words(&article.bullets.join(" "));
    let lead = sentences(&article.text).into_iter().flat_map(words).take(wanted.len()).collect::<Vec<_>>();
    tally.add("bulleted", 1);
    tally.add("bullets over Lead", rouge(&words(&shown.join(" ")), &wanted) - rouge(&lead, &wanted));
    let count =
        |pieces: &[String]| pieces.iter().map(|piece| piece.split_whitespace().count()).sum::<usize>() as u32;
    tally.add("bullet words", count(shown));
    tally.add("editor's words", count(&article.bullets));
}

/// The sentences of `text` as a plain reader cuts them: at line ends and behind . ! ? ؟ … before a space.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        let mut stopped = false;
        for (at, c) in line.char_indices() {
            if stopped && c.is_whitespace() {
                found.push(&line[start..at]);
                start = at;
            }
            stopped = matches!(c, '.' | '!' | '?' | '؟' | '…');
        }
        found.push(&line[start..]);
    }
    found.retain(|sentence| words(sentence).len() >= LEAST_WORDS);
    if found.is_empty() {
        found.push(text);
    }
    found
}

/// ROUGE-1 F of two lists of words.
fn rouge(own: &[String], wanted: &[String]) -> f64 {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in wanted {
        *left.entry(word).or_default() += 1;
    }
    let mut hits = 0;
    for word in own {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            hits += 1;
        }
    }
    2.0 * f64::from(hits) / (own.len() + wanted.len()).max(1) as f64
}
