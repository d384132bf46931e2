//! Mentions of people become people: one for each, under the fullest name.

use foldhash::{HashMap, HashMapExt};

use super::name::Name;
use super::roles::{self, Holder};
use super::{Story, alone, described, offices, salience};
use crate::facts::Person;
use crate::facts::mention::{Kind, Mention};
use crate::text::Span;
use crate::text::fold::fold;

/// A person under way: the mentions that are theirs.
struct Entity {
    name: Name,
    /// Indices of mentions among the people's, in the order they were joined.
    mentions: Vec<usize>,
}

/// Most entities that one word is looked up in: a cap against texts that repeat one name with ever new others.
const CANDIDATES: usize = 24;

/// Every person, most salient first.
pub fn find(story: &Story<'_>) -> Vec<Person> {
    let mentions: Vec<&Mention> = story.of_kind(|kind| kind == Kind::Person).collect();
    let offices = offices::offices(story, &mentions);
    let nameless = alone::countries(story);
    let presidents = roles::presidents(&offices);
    let mut guessed = Vec::new();
    let mut served = Vec::new();
    let mut people: Vec<Person> = group(story, &mentions)
        .into_iter()
        .map(|mut entity| {
            entity.mentions.sort_unstable();
            let holder = roles::of(story, &entity.mentions, &offices, &nameless, &presidents);
            guessed.push(holder.guessed || holder.country.is_empty());
            served.push(holder.kin.clone().unwrap_or_else(|| holder.role.clone()));
            describe(story, &entity, &mentions, holder)
        })
        .collect();
    follow(&mut people, &guessed, &served);
    described::fill(story, &mut people, &guessed);
    join_holders(&mut people);
    alone::weigh(story, &mut people);
    people.retain(|person| !stray(story, person) && !counted(story, person));
    salience::sort(&mut people);
    people
}

/// Gives those who serve a person, or are their relatives, that person's country: «مستشار ترامب الاقتصادي لاري كادلو».
fn follow(people: &mut [Person], guessed: &[bool], served: &[String]) {
    let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
    let sure: HashMap<String, String> = people
        .iter()
        .zip(guessed)
        .filter(|(person, guessed)| !**guessed && !person.country.is_empty())
        .map(|(person, _)| (last(&person.name), person.country.clone()))
        .collect();
    for ((person, role), _) in people.iter_mut().zip(served).zip(guessed).filter(|(_, guessed)| **guessed) {
        if let Some(country) = role.split(' ').skip(1).find_map(|word| sure.get(word)) {
            person.country.clone_from(country);
        }
    }
}

/// Makes one person of two who hold one office of a country, with one family name and one given name that is short for the other:
/// «وزير الدفاع الأميركي جيمس ماتيس … وزير الدفاع جيم ماتيس».
fn join_holders(people: &mut Vec<Person>) {
    let mut by_office: HashMap<(String, String, String), usize> = HashMap::new();
    let mut joined: Vec<Person> = Vec::with_capacity(people.len());
    for person in std::mem::take(people) {
        let (given, family) = person.name.split_once(' ').unwrap_or_default();
        let known = !family.is_empty() && !person.role.is_empty() && !person.country.is_empty();
        let key = known.then(|| (person.role.clone(), person.country.clone(), fold(family)));
        let first = key.map_or(joined.len(), |key| *by_office.entry(key).or_insert(joined.len()));
        match joined.get_mut(first) {
            Some(first) if is_short(&fold(given), &fold(&first.name)) => absorb(first, person),
            _ => joined.push(person),
        }
    }
    *people = joined;
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

/// Whether one word, found once, has nothing that speaks for a person: «شهود عيان».
fn stray(story: &Story<'_>, person: &Person) -> bool {
    let [mention] = &person.mentions[..] else { return false };
    let title = story.document.headline_tokens();
    !person.name.contains([' ', '-'])
        && person.role.is_empty()
        && person.country.is_empty()
        && !title.iter().any(|t| *t.key == fold(mention.of(story.text())))
}

/// Whether the only word of a name is counted elsewhere: «78 أسدا», «الأسدان» make «الأسد» a lion.
fn counted(story: &Story<'_>, person: &Person) -> bool {
    let key = fold(&person.name);
    let Some(noun) = key.strip_prefix("ال").filter(|noun| !noun.contains(' ')) else { return false };
    let counts = |stem: &str| {
        let ending = stem.strip_prefix("ال").unwrap_or(stem).strip_prefix(noun);
        matches!(ending, Some("ا" | "ان" | "ين"))
    };
    person.role.is_empty() && story.lexemes.iter().any(|lexeme| counts(&lexeme.stem))
}

fn describe(story: &Story<'_>, entity: &Entity, mentions: &[&Mention], holder: Holder) -> Person {
    let spans: Vec<Span> = entity.mentions.iter().map(|&index| mentions[index].span).collect();
    let fullest = entity
        .mentions
        .iter()
        .map(|&index| mentions[index])
        .max_by_key(|m| {
            (Name::new(&story.lexemes[m.tokens.clone()]).len(), std::cmp::Reverse(m.tokens.start))
        })
        .map_or("", |m| m.span.of(story.text()));
    let salience = salience::person(
        story,
        entity.mentions.iter().map(|&index| mentions[index]),
        !holder.role.is_empty(),
    );
    Person {
        name: fullest.replace('_', " ").replace('#', ""),
        mentions: spans,
        role: holder.role,
        country: holder.country,
        title: holder.title,
        salience,
    }
}

/// Joins the mentions: full names first, then the shorter forms to the nearest person that they fit.
fn group(story: &Story<'_>, mentions: &[&Mention]) -> Vec<Entity> {
    let names: Vec<Name> = mentions.iter().map(|m| Name::new(&story.lexemes[m.tokens.clone()])).collect();
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
            let before = entities[entity].mentions.iter().copied().filter(|&m| m < index).max();
            (entities[entity].name.ends_with(name), before)
        });
        if let Some(entity) = best {
            entities[entity].mentions.push(index);
        } else {
            for key in name.keys() {
                by_word.entry(key).or_default().push(entities.len());
            }
            entities.push(Entity { name: name.clone(), mentions: vec![index] });
        }
    }
    entities
}
