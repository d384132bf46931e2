//! Mentions of people become people: one for each, under the fullest name.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};

use super::bearer::Bearer;
use super::judge::{self, Candidate};
use super::links::{self, Link, Options};
use super::name::Name;
use super::{Judge, Story, salience};
use crate::facts::entities::Person;
use crate::facts::gazetteer::gazetteer;
use crate::facts::mention::{Kind, Mention};
use crate::facts::morphology::TokenAnalysis;
use crate::text::Span;

/// A person under way: the mentions that are theirs.
struct Entity {
    name: Name,
    /// Other names: «حميدتي».
    nicknames: Vec<Name>,
    bearer: Bearer,
    /// Indices of mentions among the people's.
    mentions: BTreeSet<usize>,
}

impl Entity {
    const fn new(name: Name, bearer: Bearer) -> Self {
        Self { name, nicknames: Vec::new(), bearer, mentions: BTreeSet::new() }
    }

    /// Whether a mention under `name`, of whose bearer this is told, may be theirs.
    fn can_be(&self, name: &Name, told: &Bearer) -> bool {
        let full = self.name.len() > 1 && name.len() == 1;
        self.nicknames.contains(name) || self.name.has_form(name) && !(full && self.bearer.is_other(told))
    }

    /// Whether `name` is their family name or a nickname, and no given name.
    fn is_known_by(&self, name: &Name) -> bool {
        self.name.ends_with(name) || self.nicknames.contains(name)
    }
}

/// Most entities that one word is looked up in: a cap against texts that repeat one name with ever new others.
const CANDIDATES: usize = 24;

/// Every person, most salient first.
pub fn find(story: &Story<'_>, judge: &Judge<'_>) -> Vec<Person> {
    let mentions: Vec<&Mention> = story.of_kind(|kind| kind == Kind::Person).collect();
    let entities = group(story, &mentions);
    let links = links::find(story, &mentions, &mentions_of(&entities));
    let mut people: Vec<Person> = Vec::with_capacity(entities.len());
    for (entity, link) in entities.iter().zip(links) {
        people.push(describe(story, entity, &mentions, link));
    }
    let at: HashMap<Span, &Mention> = mentions.iter().map(|&m| (m.span, m)).collect();
    let all = [mentions.len(), people.len()];
    let mut kin = judge::kin(people.iter().map(|person| person.name.as_str())).into_iter();
    people.retain_mut(|person| {
        let kin = kin.next().unwrap_or_default();
        let own: Vec<&Mention> = person.mentions.iter().filter_map(|span| at.get(span).copied()).collect();
        let row = judge::person(story, &own, all, kin, !person.role.is_empty(), !person.country.is_empty());
        person.likelihood = judge(Candidate::Person, &[&person.name], person.mentions[0], &row);
        Candidate::Person.takes_part(person.likelihood)
    });
    salience::sort(&mut people);
    people
}

/// All that could be each person's role and country, under the fullest name.
pub fn options(story: &Story<'_>) -> Vec<(String, Options)> {
    let mentions: Vec<&Mention> = story.of_kind(|kind| kind == Kind::Person).collect();
    let entities = group(story, &mentions);
    let names = entities.iter().map(|entity| fullest(story, entity, &mentions).to_owned());
    names.zip(links::options(story, &mentions, &mentions_of(&entities))).collect()
}

fn describe(story: &Story<'_>, entity: &Entity, mentions: &[&Mention], link: Link) -> Person {
    let theirs = || entity.mentions.iter().map(|&index| mentions[index]);
    let country = gazetteer().country(link.country);
    Person {
        name: fullest(story, entity, mentions).replace('_', " ").replace('#', ""),
        mentions: theirs().map(|mention| mention.span).collect(),
        title: match (link.role.as_str(), country) {
            (role, country) if country.is_empty() || link.is_country_held => role.to_owned(),
            ("", country) => format!("({country})"),
            (role, country) => format!("{role} ({country})"),
        },
        role: link.role,
        role_span: link.role_span,
        country: country.to_owned(),
        country_span: link.country_span,
        salience: salience::person(story, theirs(), link.is_introduced),
        likelihood: 0.0,
    }
}

/// A full name may be as unsure as it is: «علي لاريجاني» beside the surer «لاريجاني».
const SURE_SHARE: f32 = 0.0;

/// The fullest form of a name, and no nickname where there is another; of two that are as full the first.
fn fullest<'s>(story: &'s Story<'_>, entity: &Entity, mentions: &[&Mention]) -> &'s str {
    let name = |m: &Mention| Name::new(&story.analyses[m.tokens.clone()]);
    let theirs = entity.mentions.iter().map(|&index| mentions[index]);
    let theirs: Vec<&Mention> = theirs.filter(|m| !entity.nicknames.contains(&name(m))).collect();
    judge::naming(&theirs, SURE_SHARE)
        .max_by_key(|m| (name(m).len(), std::cmp::Reverse(m.tokens.start)))
        .map_or("", |m| m.span.of(story.text()))
}

/// The mentions of each person, ascending.
fn mentions_of(entities: &[Entity]) -> Vec<Vec<usize>> {
    entities.iter().map(|entity| entity.mentions.iter().copied().collect()).collect()
}

/// For each person, ordered by their first mention, all that they are called in source order.
#[cfg(test)]
pub(super) fn names_together(story: &Story<'_>) -> Vec<String> {
    let mentions: Vec<&Mention> = story.of_kind(|kind| kind == Kind::Person).collect();
    let mut entities = mentions_of(&group(story, &mentions));
    entities.sort();
    let name = |&index: &usize| mentions[index].span.of(story.text());
    entities.iter().map(|entity| entity.iter().map(name).collect::<Vec<_>>().join(" ")).collect()
}

/// Joins the mentions: full names first, then the shorter forms to the nearest person that they fit.
fn group(story: &Story<'_>, mentions: &[&Mention]) -> Vec<Entity> {
    let names: Vec<Name> = mentions.iter().map(|m| Name::new(&story.analyses[m.tokens.clone()])).collect();
    let nicknames = nicknames(story, mentions, &names);
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&index| (std::cmp::Reverse(names[index].len()), index));
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
    for index in order {
        let name = &names[index];
        let told = Bearer::new(story, mentions[index], name.len());
        let mut candidates: Vec<usize> = name
            .keys()
            .filter_map(|key| by_word.get(&key))
            .flat_map(|list| list.iter().take(CANDIDATES).copied())
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|&entity| entities[entity].can_be(name, &told));
        // Who agrees in gender and office, a family name before a given name, who is never named otherwise, the one named last.
        let best = candidates.into_iter().max_by_key(|&at| {
            let entity = &entities[at];
            let before = entity.mentions.range(..index).next_back().copied();
            let (gender, office) = entity.bearer.agreement(&told);
            (entity.is_known_by(name), gender, office, entity.name.len() == name.len(), before)
        });
        let at = best.unwrap_or(entities.len());
        if at == entities.len() {
            entities.push(Entity::new(name.clone(), told));
        } else {
            entities[at].bearer.learn(&told);
        }
        entities[at].mentions.insert(index);
        let nickname = nicknames.get(&index).map(|&other| &names[other]);
        entities[at].nicknames.extend(nickname.cloned());
        let known = best.is_none().then_some(name);
        for key in known.into_iter().chain(nickname).flat_map(Name::keys) {
            by_word.entry(key).or_default().push(at);
        }
    }
    entities
}

/// By which shorter name, each a mention, somebody goes who is named in full: «محمد حمدان دقلو (حميدتي)», «حميدتي (محمد حمدان دقلو)»,
/// but not «سامي الحداد (ريال مدريد)».
fn nicknames(story: &Story<'_>, mentions: &[&Mention], names: &[Name]) -> HashMap<usize, usize> {
    let analyses = &story.analyses[..];
    let mark = |at: usize, mark| analyses.get(at).is_some_and(|word: &TokenAnalysis<'_>| word.is_mark(mark));
    let short = |at: &usize| names[*at].len() == 1;
    let singles: HashMap<&Name, usize> = (0..names.len()).filter(short).map(|at| (&names[at], at)).collect();
    let mut found = HashMap::new();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| mark(m.tokens.end, '(')) {
        let inside = mention.tokens.end + 1;
        let next =
            mentions.get(at + 1).filter(|next| next.tokens.start == inside && mark(next.tokens.end, ')'));
        if !short(&at) && mark(inside + 1, ')') {
            let nickname = singles.get(&Name::new(&analyses[inside..=inside]));
            found.extend(nickname.map(|&nickname| (at, nickname)));
        } else if short(&at) && next.is_some() && !short(&(at + 1)) {
            found.insert(at + 1, at);
        }
    }
    found
}
