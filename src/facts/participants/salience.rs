//! How much of the story is whose.

use foldhash::{HashMap, HashMapExt};

use super::Story;
use crate::facts::entities::Person;
use crate::facts::lexicon::Class;
use crate::facts::mention::Mention;
use crate::facts::quotation::Quotation;
use crate::text::Span;

/// A person's share: how often they are named, whether they speak, how early they come.
pub fn person<'m>(story: &Story<'_>, mentions: impl Iterator<Item = &'m Mention>, has_role: bool) -> f32 {
    let mut score = if has_role { 0.5 } else { 0.0 };
    let mut first = usize::MAX;
    let mut headline = false;
    for mention in mentions {
        first = first.min(story.analyses[mention.tokens.start].sentence);
        score += 1.0;
        if is_speaking(story, mention) {
            score += 1.0;
        }
        headline |= is_in_headline(story, mention);
    }
    score + position(first) + if headline { 2.0 } else { 0.0 }
}

/// Adds to the share of each person what the article quotes of them, and sorts anew.
pub fn quoted(people: &mut [Person], quotations: &[Quotation]) {
    let mut counts: HashMap<Span, usize> = HashMap::new();
    for speaker in quotations.iter().filter_map(|quotation| quotation.speaker) {
        *counts.entry(speaker).or_default() += 1;
    }
    for person in people.iter_mut() {
        let spoken: usize = person.mentions.iter().filter_map(|mention| counts.get(mention)).sum();
        person.salience += (QUOTED * spoken as f32).min(MOST_QUOTED);
    }
    sort(people);
}

/// Most salient first; of two that are alike, the one named first.
pub fn sort(people: &mut [Person]) {
    people.sort_by(|a, b| b.salience.total_cmp(&a.salience).then(a.mentions[0].cmp(&b.mentions[0])));
}

/// What a quotation adds to a person's share, beside what the mention counts that names them.
const QUOTED: f32 = 0.5;

/// What a person's quotations add at most.
const MOST_QUOTED: f32 = 2.0;

/// Anything else's share: `weight` is what its mentions count together.
pub fn share(story: &Story<'_>, first: usize, weight: f32, headline: bool) -> f32 {
    let sentence = story.analyses.get(first).map_or(0, |l| l.sentence);
    weight + position(sentence) + if headline { 2.0 } else { 0.0 }
}

/// Whether the headline opens with the mention's last word, in its first half: what it is about.
pub fn is_first_of_headline(story: &Story<'_>, mention: &Mention) -> bool {
    let last = &*story.analyses[mention.tokens.end - 1].stem;
    let title = story.document.headline_tokens();
    title.iter().take(title.len() / 2).any(|t| &*t.key == last)
}

/// What comes early is what the story is about.
fn position(sentence: usize) -> f32 {
    3.0 / (1.0 + sentence as f32 / 2.0)
}

/// Whether a verb of saying stands right before the mention or its title, or right behind it: «…، الذي قال».
pub fn is_speaking(story: &Story<'_>, mention: &Mention) -> bool {
    let sentence = story.analyses[mention.tokens.start].sentence;
    let near = mention.tokens.start.saturating_sub(6)..(mention.tokens.end + 3).min(story.analyses.len());
    story.analyses[near].iter().any(|l| l.sentence == sentence && l.class == Class::Saying)
}

/// Whether a verb of saying stands right before the mention: «أكد التحالف الدولي».
pub fn is_saying(story: &Story<'_>, mention: &Mention) -> bool {
    mention.tokens.start.checked_sub(1).is_some_and(|i| story.analyses[i].class == Class::Saying)
}

/// Whether the headline holds the mention's last word.
pub fn is_in_headline(story: &Story<'_>, mention: &Mention) -> bool {
    let last = &*story.analyses[mention.tokens.end - 1].stem;
    last.chars().count() > 2
        && story
            .document
            .headline_tokens()
            .iter()
            .any(|t| &*t.key == last || t.key.strip_prefix(['و', 'ل', 'ب']) == Some(last))
}
