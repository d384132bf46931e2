//! Titles without a name that stand for somebody named elsewhere: «الوزير السعودي», «وزير الخارجية الإيطالي».

use foldhash::{HashMap, HashMapExt};

use super::Story;
use super::links::words;
use crate::facts::entities::Person;
use crate::facts::gazetteer::gazetteer;
use crate::facts::lexicon::Class;
use crate::facts::mention::Kind;
use crate::facts::title::{self, Title, phrase};
use crate::text::Span;

/// Adds to the share of each person what is said of them by title alone.
pub fn add_salience(story: &Story<'_>, people: &mut [Person]) {
    let mut by_country: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, person) in
        people.iter().enumerate().filter(|(_, p)| !p.country.is_empty() && !p.role.is_empty())
    {
        by_country.entry(person.country.clone()).or_default().push(index);
    }
    if by_country.is_empty() {
        return;
    }
    let starts: Vec<usize> = story.of_kind(|kind| kind == Kind::Person).map(|m| m.tokens.start).collect();
    let mut at = 0;
    while at < story.analyses.len() {
        let Some(title) = title::alone(&story.analyses, at) else {
            at += 1;
            continue;
        };
        let end = title.tokens.end;
        let next = starts.partition_point(|&start| start < at);
        // A title with a name inside or right behind it is counted with that name.
        if starts.get(next).is_none_or(|&start| start > end + 1)
            && let Some((country, role)) = described(story, &title)
        {
            let speaks = at > 0 && story.analyses[at - 1].class == Class::Saying;
            let holders = by_country.get(country).map_or(&[][..], Vec::as_slice);
            if let Some(&holder) =
                holders.iter().take(HOLDERS).find(|&&index| is_holder(&people[index].role, &role))
            {
                people[holder].salience += if speaks { 2.0 } else { 1.0 };
            }
        }
        at = end.max(at + 1);
    }
}

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
