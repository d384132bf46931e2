//! Countries and places: mentions by name, by capital and by nationality word.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use super::judge::{self, Candidate};
use super::{Judge, Story, salience};
use crate::facts::entities::{Country, Person, Place};
use crate::facts::gazetteer::gazetteer;
use crate::facts::lexicon::Class;
use crate::facts::mention::{Kind, Mention, Naming};
use crate::facts::morphology::TokenAnalysis;
use crate::text::fold::fold;
use crate::text::lexicon::WordClass;

/// What a country has ahead whose people take part.
const ACTS: f32 = 10.0;

/// Every country, most salient first.
pub fn find(story: &Story<'_>, people: &[Person], judge: &Judge<'_>) -> Vec<Country> {
    let mut by_country: BTreeMap<u16, Vec<(&Mention, Naming)>> = BTreeMap::new();
    for mention in &story.mentions {
        if let Kind::Country(id, naming) = mention.kind {
            by_country.entry(id).or_default().push((mention, naming));
        }
    }
    for (id, mentions) in in_headline_only(story, &by_country) {
        by_country.insert(id, mentions);
    }
    let all = [by_country.values().map(Vec::len).sum(), by_country.len()];
    let dateline = dateline(&story.analyses);
    let most = by_country.values().map(Vec::len).max().unwrap_or(0);
    let mut countries: Vec<Country> = Vec::new();
    for (id, mentions) in by_country {
        let name = gazetteer().country(id);
        let envoys = people.iter().filter(|p| p.country == name).map(|p| p.salience).fold(0.0, f32::max);
        let acts = |m: &Mention| is_acting(story, m);
        let row =
            judge::country(story, &mentions, all, envoys, mentions.len() == most, dateline, acts).named(name);
        let likelihood = judge(Candidate::Country, &[name], mentions[0].0.span, &row);
        if !Candidate::Country.takes_part(likelihood) {
            continue;
        }
        let weight: f32 =
            mentions.iter().map(|(_, naming)| if *naming == Naming::Nationality { 0.7 } else { 1.0 }).sum();
        let headline = mentions.iter().any(|(m, _)| salience::is_in_headline(story, m));
        // The countries of those who act come before those that are talked about.
        let acting = if envoys > 0.0 { ACTS + 2.0 * envoys } else { 0.0 };
        countries.push(Country {
            name: name.to_owned(),
            mentions: mentions.iter().map(|(m, _)| m.span).collect(),
            salience: salience::share(story, mentions[0].0.tokens.start, weight, headline) + acting,
            likelihood,
        });
    }
    countries.sort_by(|a, b| b.salience.total_cmp(&a.salience).then(a.mentions[0].cmp(&b.mentions[0])));
    countries
}

/// Countries that only the headline names, where the text names places in them: «وكندا تنفي …», and then «شرطة تورونتو».
fn in_headline_only<'s>(
    story: &'s Story<'_>,
    named: &BTreeMap<u16, Vec<(&Mention, Naming)>>,
) -> Vec<(u16, Vec<(&'s Mention, Naming)>)> {
    let mut found = Vec::new();
    for token in story.document.headline_tokens() {
        let key = &*token.key;
        let bare = key.strip_prefix(['و', 'ل', 'ب']).unwrap_or(key);
        let id = [key, bare]
            .iter()
            .find_map(|key| gazetteer().sense(key).map(|s| s.country).filter(|id| *id != 0));
        let Some(id) = id.filter(|id| !named.contains_key(id) && found.iter().all(|(other, _)| other != id))
        else {
            continue;
        };
        let places = story.of_kind(|kind| kind == Kind::Place);
        let inside = places.filter(|m| country_of_place(&story.analyses[m.tokens.clone()]) == Some(id));
        let mentions: Vec<_> = inside.map(|m| (m, Naming::Name)).collect();
        if !mentions.is_empty() {
            found.push((id, mentions));
        }
    }
    found
}

/// Where the dateline ends: «دبي، الإمارات العربية المتحدة (CNN) -- …». Where it was written is not what it is about.
pub fn dateline(analyses: &[TokenAnalysis<'_>]) -> usize {
    let open = analyses.iter().take(12).take_while(|l| l.sentence == 0).position(|l| l.is_mark('('));
    open.filter(|open| analyses.get(open + 2).is_some_and(|l| l.is_mark(')'))).unwrap_or(0)
}

/// The country that a city or a region lies in, where nobody disputes it.
fn country_of_place(words: &[TokenAnalysis<'_>]) -> Option<u16> {
    gazetteer().sense(&list_key(words)).map(|s| s.city_country).filter(|id| *id != 0)
}

/// What the lists call `words`.
fn list_key(words: &[TokenAnalysis<'_>]) -> String {
    let rest = words.iter().skip(1).filter(|l| l.is_word()).map(|l| l.key);
    std::iter::once(&*words[0].stem).chain(rest).collect::<Vec<_>>().join(" ")
}

/// Whether a capital stands for its country: «قالت واشنطن», «واشنطن تتهم», but not «في واشنطن».
fn is_acting(story: &Story<'_>, mention: &Mention) -> bool {
    let first = &story.analyses[mention.tokens.start];
    if first.preposition.is_some() {
        return false;
    }
    let Some(before) = mention.tokens.start.checked_sub(1).map(|i| &story.analyses[i]) else { return true };
    if before.sentence != first.sentence {
        return true;
    }
    matches!(before.class, Class::Saying | Class::Verb) || WordClass::BeforeActor.contains(before.key)
}

/// A place as it is called: «\[ل\]لرياض» is written without the alif of its article, «للندن» has none, «بيونغ يانغ» are two words in a tag too.
fn called(story: &Story<'_>, mention: &Mention) -> String {
    let written = mention.span.of(story.text());
    let key = list_key(&story.analyses[mention.tokens.clone()]);
    let article =
        key.starts_with("ال") && written.starts_with('ل') && gazetteer().sense(&fold(written)).is_none();
    let written = written.replace('_', " ");
    if article { format!("ا{written}") } else { written }
}

/// Every place, most salient first; a capital that only tells where things happen among them.
pub fn places(story: &Story<'_>) -> Vec<Place> {
    let mut places: Vec<(String, Vec<&Mention>)> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for mention in &story.mentions {
        let place = match mention.kind {
            Kind::Place => true,
            Kind::Country(_, Naming::Capital) => !is_acting(story, mention),
            _ => false,
        };
        if !place {
            continue;
        }
        let name = called(story, mention);
        let key = fold(&name);
        let index = *by_key.entry(key).or_insert_with(|| {
            places.push((name, Vec::new()));
            places.len() - 1
        });
        places[index].1.push(mention);
    }
    let mut places: Vec<Place> = places
        .into_iter()
        .map(|(name, mentions)| {
            let headline = mentions.iter().any(|m| salience::is_in_headline(story, m));
            Place {
                name,
                salience: salience::share(story, mentions[0].tokens.start, mentions.len() as f32, headline),
                mentions: mentions.iter().map(|m| m.span).collect(),
            }
        })
        .collect();
    places.sort_by(|a, b| b.salience.total_cmp(&a.salience).then(a.mentions[0].cmp(&b.mentions[0])));
    places
}
