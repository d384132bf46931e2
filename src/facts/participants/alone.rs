//! Titles without a name that stand for somebody named elsewhere: «الوزير السعودي», «وزير الخارجية الإيطالي».

use foldhash::{HashMap, HashMapExt};

use super::Story;
use crate::facts::Person;
use crate::facts::gazetteer::gazetteer;
use crate::facts::lexicon::Class;
use crate::facts::mention::{Kind, Mention};
use crate::facts::title::{self, Title, office};
use crate::text::Span;

/// The country of each role that titles without a name give to one country only: «الرئيس الأمريكي» makes «الرئيس» America's.
pub fn countries(story: &Story<'_>) -> HashMap<String, u16> {
    let mut found: HashMap<String, u16> = HashMap::new();
    let mut several: Vec<String> = Vec::new();
    for (_, title) in nameless(story) {
        let office = office::read(story.text(), &story.lexemes, &title);
        let Some(&country) = office.countries.first() else { continue };
        match found.get(&office.role) {
            Some(&known) if known != country => several.push(office.role),
            Some(_) => {}
            None => {
                found.insert(office.role, country);
            }
        }
    }
    for role in several {
        found.remove(&role);
    }
    found
}

/// Adds to the share of each person what is said of them by title alone.
pub fn weigh(story: &Story<'_>, people: &mut [Person]) {
    let mut by_country: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, person) in people.iter().enumerate() {
        if !person.country.is_empty() && !person.role.is_empty() {
            by_country.entry(person.country.clone()).or_default().push(index);
        }
    }
    if by_country.is_empty() {
        return;
    }
    for (at, title) in nameless(story) {
        let speaks = at > 0 && story.lexemes[at - 1].class == Class::Saying;
        let office = office::read(story.text(), &story.lexemes, &title);
        let country = office.countries.first().map_or("", |&id| gazetteer().country(id));
        let head = bare(&office.role);
        let holder = by_country.get(country).and_then(|list| {
            list.iter().copied().find(|&i| {
                people[i].role == office.role || (bare(&people[i].role) == head && !office.role.contains(' '))
            })
        });
        if let Some(holder) = holder {
            people[holder].salience += if speaks { 2.0 } else { 1.0 };
        }
    }
}

/// The one for whom the title at `at` stands, with the token behind it: the last mention before it of the only person who holds
/// that office for that country, «الوزير السعودي» of one minister only.
pub fn holder(story: &Story<'_>, people: &[Person], at: usize) -> Option<(Span, usize)> {
    let title = title::alone(&story.lexemes, at)?;
    let end = title.tokens.end;
    let first = story.mentions.partition_point(|m| m.tokens.start < at);
    let mut near = story.mentions[first..].iter().take_while(|m| m.tokens.start <= end + 1);
    if near.any(|m| m.kind == Kind::Person) {
        return None;
    }
    let office = office::read(story.text(), &story.lexemes, &title);
    let country =
        office.countries.first().map(|&id| gazetteer().country(id)).filter(|name| !name.is_empty())?;
    let short = !office.role.contains(' ');
    let holds = |person: &&Person| {
        person.country == country
            && (person.role == office.role || (short && bare(&person.role) == bare(&office.role)))
    };
    let mut holders = people.iter().take(HOLDERS).filter(holds);
    let only = holders.next().filter(|_| holders.next().is_none())?;
    let here = story.lexemes[at].span.start;
    let before = only.mentions.partition_point(|span| span.start < here);
    Some((only.mentions[before.checked_sub(1)?], end))
}

/// How many people, most salient first, are looked through for the holder of an office.
const HOLDERS: usize = 50;

/// Every title that no name follows, with the token of its head. A title with a name inside or right behind it is counted
/// with that name.
fn nameless(story: &Story<'_>) -> Vec<(usize, Title)> {
    let starts: Vec<usize> =
        story.of_kind(|kind| kind == Kind::Person).map(|m: &Mention| m.tokens.start).collect();
    let mut titles = Vec::new();
    let mut at = 0;
    while at < story.lexemes.len() {
        let Some(title) = title::alone(&story.lexemes, at) else {
            at += 1;
            continue;
        };
        let end = title.tokens.end;
        let next = starts.partition_point(|&start| start < at);
        if starts.get(next).is_none_or(|&start| start > end + 1) {
            titles.push((at, title));
        }
        at = end.max(at + 1);
    }
    titles
}

/// The head of a role, without the article.
fn bare(role: &str) -> &str {
    let head = role.split(' ').next().unwrap_or_default();
    head.strip_prefix("ال").unwrap_or(head)
}
