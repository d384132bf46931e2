//! Titles without a name that stand for somebody named elsewhere: «الوزير السعودي», «وزير الخارجية الإيطالي».

use super::Story;
use super::links::words;
use crate::facts::entities::Person;
use crate::facts::gazetteer::gazetteer;
use crate::facts::mention::Kind;
use crate::facts::title::{self, Title, phrase};
use crate::text::Span;

/// The one for whom the title at `at` stands, with the token behind it: the last mention before it of the only person who holds
/// that office for that country, «الوزير السعودي» of one minister only.
pub fn resolve(story: &Story<'_>, people: &[Person], at: usize) -> Option<(Span, usize)> {
    let title = title::alone(&story.analyses, at)?;
    let end = title.tokens.end;
    let first = story.mentions.partition_point(|m| m.tokens.start < at);
    let mut near = story.mentions[first..].iter().take_while(|m| m.tokens.start <= end + 1);
    if near.any(|m| m.kind == Kind::Person) {
        return None;
    }
    let (country, role) = described(story, &title)?;
    let mut holders =
        people.iter().take(HOLDERS).filter(|p| p.country == country && is_holder(&p.role, &role));
    let only = holders.next().filter(|_| holders.next().is_none())?;
    let here = story.analyses[at].span.start;
    let before = only.mentions.partition_point(|span| span.start < here);
    Some((only.mentions[before.checked_sub(1)?], end))
}

/// How many people, most salient first, are looked through for the holder of an office.
const HOLDERS: usize = 50;

/// The country of a title, and the words of the office: «وزير الخارجية» of «وزير الخارجية الإيطالي».
fn described(story: &Story<'_>, title: &Title) -> Option<(&'static str, Vec<String>)> {
    let analyses = &story.analyses[..];
    let head_words = phrase::head_words(analyses, title.tokens.start, title.head);
    let named = phrase::countries(analyses, title.tokens.clone(), head_words);
    let own =
        named.iter().find(|n| matches!(n.naming, phrase::Naming::Nationality | phrase::Naming::Genitive))?;
    let spelled =
        phrase::spell(story.text(), analyses, title.tokens.start..own.tokens.start, title.head, false);
    Some((gazetteer().country(own.country), words(&spelled)))
}

/// Whether a role has all words of the office.
fn is_holder(role: &str, office: &[String]) -> bool {
    let role = words(role);
    office.iter().all(|word| role.binary_search(word).is_ok())
}
