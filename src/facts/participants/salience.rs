//! How much of the story is whose.

use super::Story;
use crate::facts::lexicon::Class;
use crate::facts::mention::Mention;

/// A person's share: how often they are named, whether they speak, how early they come.
pub fn person<'m>(story: &Story<'_>, mentions: impl Iterator<Item = &'m Mention>, has_role: bool) -> f32 {
    let mut score = if has_role { 0.5 } else { 0.0 };
    let mut first = usize::MAX;
    let mut headline = false;
    for mention in mentions {
        first = first.min(story.lexemes[mention.tokens.start].sentence);
        score += 1.0;
        if speaks(story, mention) {
            score += 1.0;
        }
        headline |= in_headline(story, mention);
    }
    score + position(first) + if headline { 2.0 } else { 0.0 }
}

/// Anything else's share: `weight` is what its mentions count together.
pub fn share(story: &Story<'_>, first: usize, weight: f32, headline: bool) -> f32 {
    let sentence = story.lexemes.get(first).map_or(0, |l| l.sentence);
    weight + position(sentence) + if headline { 2.0 } else { 0.0 }
}

/// Whether the headline opens with the mention's last word, in its first half: what it is about.
pub fn opens_headline(story: &Story<'_>, mention: &Mention) -> bool {
    let last = &*story.lexemes[mention.tokens.end - 1].stem;
    let title = story.document.headline_tokens();
    title.iter().take(title.len() / 2).any(|t| &*t.key == last)
}

/// What comes early is what the story is about.
fn position(sentence: usize) -> f32 {
    3.0 / (1.0 + sentence as f32 / 2.0)
}

/// Whether a verb of saying stands right before the mention or its title, or right behind it: «…، الذي قال».
fn speaks(story: &Story<'_>, mention: &Mention) -> bool {
    let sentence = story.lexemes[mention.tokens.start].sentence;
    let near = mention.tokens.start.saturating_sub(6)..(mention.tokens.end + 3).min(story.lexemes.len());
    story.lexemes[near].iter().any(|l| l.sentence == sentence && l.class == Class::Saying)
}

/// Whether a verb of saying stands right before the mention: «أكد التحالف الدولي».
pub fn says(story: &Story<'_>, mention: &Mention) -> bool {
    mention.tokens.start.checked_sub(1).is_some_and(|i| story.lexemes[i].class == Class::Saying)
}

/// Whether the headline holds the mention's last word.
pub fn in_headline(story: &Story<'_>, mention: &Mention) -> bool {
    let last = &*story.lexemes[mention.tokens.end - 1].stem;
    last.chars().count() > 2
        && story
            .document
            .headline_tokens()
            .iter()
            .any(|t| &*t.key == last || t.key.strip_prefix(['و', 'ل', 'ب']) == Some(last))
}
