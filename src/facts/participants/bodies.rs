//! Mentions of bodies become bodies: one for each, with its short forms.

use std::collections::HashMap;

use super::{Story, salience};
use crate::facts::Organization;
use crate::facts::gazetteer::{BodyKind, gazetteer};
use crate::facts::mention::body::{self, HeadClass};
use crate::facts::mention::{Kind, Mention};
use crate::text::Span;

/// A body under way.
struct Entity<'m> {
    mentions: Vec<&'m Mention>,
    media: bool,
    aliases: Vec<String>,
}

/// The share below which a body that is named once is only passed by: one mention behind the fifth sentence.
const PASSING: f32 = 2.0;

/// Every body, most salient first.
pub fn find(story: &Story<'_>) -> Vec<Organization> {
    let mut entities: Vec<Entity<'_>> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for mention in story.of_kind(|kind| matches!(kind, Kind::Body(_))) {
        let Kind::Body(listed) = mention.kind else { continue };
        let key = if listed != 0 { format!("#{listed}") } else { key(story, mention) };
        let index = *by_key.entry(key).or_insert_with(|| {
            entities.push(Entity {
                mentions: Vec::new(),
                media: is_media(story, mention, listed),
                aliases: Vec::new(),
            });
            entities.len() - 1
        });
        entities[index].mentions.push(mention);
        if let Some((alias, key)) = short_form(story, mention) {
            if !entities[index].aliases.contains(&alias) {
                entities[index].aliases.push(alias);
            }
            by_key.entry(key).or_insert(index);
        }
    }
    let mut organizations: Vec<Organization> =
        entities.iter().filter_map(|entity| describe(story, entity)).collect();
    organizations.sort_by(|a, b| b.salience.total_cmp(&a.salience).then(a.mentions[0].cmp(&b.mentions[0])));
    organizations
}

fn describe(story: &Story<'_>, entity: &Entity<'_>) -> Option<Organization> {
    let headline = entity.mentions.iter().any(|m| salience::in_headline(story, m));
    if entity.media && !headline {
        return None;
    }
    let name = entity
        .mentions
        .iter()
        .map(|m| shown(story, m))
        .max_by_key(|name| name.split(' ').count().min(6))
        .unwrap_or_default();
    let aliases = entity.aliases.iter().filter(|alias| !name.contains(alias.as_str())).cloned().collect();
    let spoken = entity.mentions.iter().filter(|m| salience::says(story, m)).count();
    let weight = entity.mentions.len() as f32 + 2.0 * spoken as f32;
    let first = entity.mentions[0].tokens.start;
    let opens = entity.mentions.iter().any(|m| salience::opens_headline(story, m));
    let weight = if opens { weight + 2.0 } else { weight };
    let salience = salience::share(story, first, weight, headline);
    // Named once, behind the story's opening: background.
    if entity.mentions.len() == 1 && salience < PASSING {
        return None;
    }
    Some(Organization { name, aliases, mentions: entity.mentions.iter().map(|m| m.span).collect(), salience })
}

/// The mention's words as shown: a business or a paper without its head noun, no quotation marks.
fn shown(story: &Story<'_>, mention: &Mention) -> String {
    let mut tokens = mention.tokens.clone();
    let class = body::head(&story.lexemes[tokens.start].stem);
    let rest = &story.lexemes[tokens.start + 1..tokens.end];
    if matches!(class, Some(HeadClass::Business | HeadClass::Media))
        && rest.first().is_some_and(|w| !w.is_nisba() && !w.definite())
    {
        tokens.start += 1;
    }
    let start = story.lexemes[tokens.start].start;
    let article = story.lexemes[tokens.start].key.contains("لل")
        && story.lexemes[tokens.start].preposition == Some('ل');
    let name = Span::new(start, mention.span.end).of(story.text());
    let name: String = name.chars().filter(|c| !matches!(c, '"' | '“' | '”' | '«' | '»' | '#')).collect();
    let name = name.replace('_', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    if article && !name.starts_with("ال") {
        format!("ال{}", name.strip_prefix('ل').unwrap_or(&name))
    } else {
        name
    }
}

fn key(story: &Story<'_>, mention: &Mention) -> String {
    let mut words: Vec<&str> = Vec::new();
    for (at, lexeme) in story.lexemes[mention.tokens.clone()].iter().enumerate().filter(|(_, l)| l.is_word())
    {
        let word = if at == 0 { &*lexeme.stem } else { lexeme.key };
        words.push(word.strip_prefix("ال").unwrap_or(word));
    }
    if words.len() > 1 && matches!(body::head(words[0]), Some(HeadClass::Business | HeadClass::Media)) {
        words.remove(0);
    }
    words.join(" ")
}

fn is_media(story: &Story<'_>, mention: &Mention, listed: u16) -> bool {
    match gazetteer().body(listed) {
        Some(body) => body.kind == BodyKind::Media,
        None => body::head(&story.lexemes[mention.tokens.start].stem) == Some(HeadClass::Media),
    }
}

/// A short form right behind the name: «… الديمقراطية” (قسد)», «حلف شمال الأطلسي “ناتو”»; with its key.
fn short_form(story: &Story<'_>, mention: &Mention) -> Option<(String, String)> {
    let sentence = story.lexemes[mention.tokens.start].sentence;
    let after: Vec<_> =
        story.lexemes[mention.tokens.end..].iter().take(8).take_while(|l| l.sentence == sentence).collect();
    let mut at = 0;
    if after.first().is_some_and(|l| matches!(l.span.of(story.text()), "”" | "»" | "\""))
        && after.get(1).is_some_and(|l| !l.is_word())
    {
        at = 1;
    }
    let open = after.get(at)?;
    if !(open.is_mark('(') || body::is_quote(open.kind)) {
        return None;
    }
    let words = after[at + 1..].iter().take_while(|l| l.is_word()).count();
    let close = after.get(at + 1 + words)?;
    if !(1..=4).contains(&words) || !(close.is_mark(')') || body::is_quote(close.kind)) {
        return None;
    }
    let span = Span::new(after[at + 1].span.start, after[at + words].span.end);
    let key: Vec<&str> =
        after[at + 1..=at + words].iter().map(|l| l.key.strip_prefix("ال").unwrap_or(l.key)).collect();
    Some((span.of(story.text()).to_owned(), key.join(" ")))
}
