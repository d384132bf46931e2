//! Mentions of people become people: one for each, under the fullest name.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};

use super::judge::{self, Candidate};
use super::links::{self, Link, Options};
use super::name::Name;
use super::{Judge, Story, definite_descriptions, salience};
use crate::facts::entities::Person;
use crate::facts::gazetteer::gazetteer;
use crate::facts::mention::{Kind, Mention};
use crate::text::Span;
use crate::text::fold::fold;

/// A person under way: the mentions that are theirs.
struct Entity {
    name: Name,
    /// Indices of mentions among the people's.
    mentions: BTreeSet<usize>,
}

/// Most entities that one word is looked up in: a cap against texts that repeat one name with ever new others.
const CANDIDATES: usize = 24;

/// Every person, most salient first.
pub fn find(story: &Story<'_>, judge: &Judge<'_>) -> Vec<Person> {
    let mentions: Vec<&Mention> = story.of_kind(|kind| kind == Kind::Person).collect();
    let entities = entities(story, &mentions);
    let links = links::find(story, &mentions, &entities);
    let mut people: Vec<Person> = Vec::with_capacity(entities.len());
    for (entity, link) in entities.iter().zip(links) {
        people.push(describe(story, entity, &mentions, link));
    }
    join_holders(&mut people);
    definite_descriptions::add_salience(story, &mut people);
    let at: HashMap<Span, &Mention> = mentions.iter().map(|&m| (m.span, m)).collect();
    let all = [mentions.len(), people.len()];
    let mut kin = judge::kin(people.iter().map(|person| person.name.as_str())).into_iter();
    people.retain(|person| {
        let kin = kin.next().unwrap_or_default();
        let own: Vec<&Mention> = person.mentions.iter().filter_map(|span| at.get(span).copied()).collect();
        let row = judge::person(story, &own, all, kin, !person.role.is_empty(), !person.country.is_empty());
        judge(Candidate::Person, &[&person.name], &row)
    });
    salience::sort(&mut people);
    people
}

/// All that could be each person's role and country, under the fullest name.
pub fn options(story: &Story<'_>) -> Vec<(String, Options)> {
    let mentions: Vec<&Mention> = story.of_kind(|kind| kind == Kind::Person).collect();
    let entities = entities(story, &mentions);
    let names = entities.iter().map(|entity| fullest(story, entity, &mentions).to_owned());
    names.zip(links::options(story, &mentions, &entities)).collect()
}

/// Makes one person of two who hold one office of a country, with one family name and one given name that is short for the other:
/// «وزير الدفاع الأميركي جيمس ماتيس … وزير الدفاع جيم ماتيس».
fn join_holders(people: &mut Vec<Person>) {
    let mut by_office: HashMap<(String, String), usize> = HashMap::new();
    let mut joined: Vec<Person> = Vec::with_capacity(people.len());
    for person in std::mem::take(people) {
        let (given, family) = person.name.split_once(' ').unwrap_or_default();
        let known = !family.is_empty() && !person.role.is_empty() && !person.country.is_empty();
        let key = known.then(|| (person.country.clone(), fold(family)));
        let first = key.map_or(joined.len(), |key| *by_office.entry(key).or_insert(joined.len()));
        match joined.get_mut(first) {
            Some(first)
                if is_short(&fold(given), &fold(&first.name)) && same_office(&first.role, &person.role) =>
            {
                absorb(first, person);
            }
            _ => joined.push(person),
        }
    }
    *people = joined;
}

/// Whether one of two roles has all words of the other: «وزير الدفاع الأميركي», «وزير الدفاع».
fn same_office(one: &str, other: &str) -> bool {
    let (one, other) = (links::words(one), links::words(other));
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.binary_search(word).is_ok());
    within(&one, &other) || within(&other, &one)
}

/// Makes `person` whom `other` is as well, under the fuller name.
fn absorb(person: &mut Person, other: Person) {
    if other.name.chars().count() > person.name.chars().count() {
        person.name = other.name;
    }
    person.salience += other.salience;
    person.mentions.extend(other.mentions);
    person.mentions.sort_unstable();
}

/// Whether one of two given names, the second with its family name, is the beginning of the other: «جيم» of «جيمس», but not «كريم» of
/// «كريمة».
fn is_short(given: &str, name: &str) -> bool {
    let other = name.split(' ').next().unwrap_or_default();
    let (short, long) = if given.len() < other.len() { (given, other) } else { (other, given) };
    let rest = long.strip_prefix(short).unwrap_or("ه");
    short.chars().count() >= 3 && !matches!(rest, "ه" | "ا")
}

fn describe(story: &Story<'_>, entity: &[usize], mentions: &[&Mention], link: Link) -> Person {
    let theirs = || entity.iter().map(|&index| mentions[index]);
    let country = gazetteer().country(link.country);
    Person {
        name: fullest(story, entity, mentions).replace('_', " ").replace('#', ""),
        mentions: theirs().map(|mention| mention.span).collect(),
        title: match (link.role.as_str(), country) {
            (role, country) if country.is_empty() || link.held => role.to_owned(),
            ("", country) => format!("({country})"),
            (role, country) => format!("{role} ({country})"),
        },
        role: link.role,
        role_span: link.role_span,
        country: country.to_owned(),
        country_span: link.country_span,
        salience: salience::person(story, theirs(), link.introduced),
    }
}

/// The fullest form of a name; of two that are as full the first.
fn fullest<'s>(story: &'s Story<'_>, entity: &[usize], mentions: &[&Mention]) -> &'s str {
    let length = |m: &Mention| Name::new(&story.analyses[m.tokens.clone()]).len();
    let theirs: Vec<&Mention> = entity.iter().map(|&index| mentions[index]).collect();
    judge::naming(&theirs)
        .max_by_key(|m| (length(m), std::cmp::Reverse(m.tokens.start)))
        .map_or("", |m| m.span.of(story.text()))
}

/// The mentions of each person, ascending.
fn entities(story: &Story<'_>, mentions: &[&Mention]) -> Vec<Vec<usize>> {
    group(story, mentions).into_iter().map(|entity| entity.mentions.into_iter().collect()).collect()
}

/// Joins the mentions: full names first, then the shorter forms to the nearest person that they fit.
fn group(story: &Story<'_>, mentions: &[&Mention]) -> Vec<Entity> {
    let names: Vec<Name> = mentions.iter().map(|m| Name::new(&story.analyses[m.tokens.clone()])).collect();
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(names[index].len()), index));
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
    for index in order {
        let name = &names[index];
        let mut candidates: Vec<usize> = name
            .keys()
            .filter_map(|key| by_word.get(&key))
            .flat_map(|list| list.iter().take(CANDIDATES).copied())
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|&entity| entities[entity].name.covers(name));
        // A family name speaks before a given name; the person named last before this place before others.
        let best = candidates.into_iter().max_by_key(|&entity| {
            let before = entities[entity].mentions.range(..index).next_back().copied();
            (entities[entity].name.ends_with(name), before)
        });
        if let Some(entity) = best {
            entities[entity].mentions.insert(index);
        } else {
            for key in name.keys() {
                by_word.entry(key).or_default().push(entities.len());
            }
            entities.push(Entity { name: name.clone(), mentions: BTreeSet::from([index]) });
        }
    }
    entities
}
