//! The words that tell a person's country: in a title of theirs, beside the name, of the side that they speak for, in a description
//! that stands for them.

use foldhash::{HashMap, HashMapExt};

use super::super::Story;
use super::candidates::{Candidate, Place};
use super::features::Row;
use crate::facts::gazetteer::titles::{Count, Form, TitleClass};
use crate::facts::gazetteer::{BodyKind, Inflection, gazetteer};
use crate::facts::lexicon::{self, Class};
use crate::facts::mention::{Kind, Mention, Naming as Named};
use crate::facts::morphology::TokenAnalysis;
use crate::facts::title::{self, phrase::Naming};
use crate::text::lexicon::WordClass;
use std::ops::Range;

/// How words tie a country to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// In a title that could be theirs.
    Title(Naming),
    /// «عن \[البرتغالي\] كريستيانو رونالدو».
    Beside,
    /// «\[فلسطيني\] مصاب يدعى عبد الفتاح الشريف».
    Called,
    /// «عن الجانب \[السعودي\]، … وزير الخارجية».
    Side,
    /// «ومثّل \[تركيا\] … وزير خارجيتها».
    Pronoun,
    /// «… وقال الوزير \[السعودي\]».
    Description,
}

/// A country that words could tell of a person.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub country: u16,
    pub tie: Tie,
    /// The tokens that name the country.
    pub tokens: Range<usize>,
    /// The number of the mention among the people's.
    pub mention: usize,
    /// The number of the title among the mention's candidates.
    pub title: Option<usize>,
    /// Sentences and people between the mention and a description; whether its head is that of a title of theirs.
    pub description: (usize, usize, bool),
}

/// What could tell each mention's country.
pub fn find(story: &Story<'_>, people: &[&Mention], titles: &[Vec<Candidate>]) -> Vec<Vec<Evidence>> {
    let mut all: Vec<Vec<Evidence>> = (0..people.len())
        .map(|index| {
            let mut found: Vec<Evidence> = titles[index]
                .iter()
                .enumerate()
                .flat_map(|(number, title)| in_title(story, index, number, title))
                .collect();
            found.extend(beside(story, people[index], index));
            found
        })
        .collect();
    for (index, evidence) in descriptions(story, people, titles) {
        all[index].push(evidence);
    }
    all
}

fn in_title(story: &Story<'_>, mention: usize, number: usize, title: &Candidate) -> Vec<Evidence> {
    let evidence = |country, tie, tokens| Evidence {
        country,
        tie,
        tokens,
        mention,
        title: Some(number),
        description: (0, 0, false),
    };
    let own = |naming| matches!(naming, Naming::Nationality | Naming::Genitive);
    let shared =
        title.head.count != Count::One && title.countries.iter().filter(|n| own(n.naming)).count() > 1;
    // «وزيرا خارجية مصر والأردن»: each holder has one.
    let mut numbered = title.countries.iter().filter(|n| own(n.naming)).skip(title.ordinal).take(1);
    let mut found: Vec<Evidence> = if title.place == Place::Peer {
        Vec::new()
    } else if shared {
        numbered.by_ref().map(|n| evidence(n.country, Tie::Title(n.naming), n.tokens.clone())).collect()
    } else {
        title.countries.iter().map(|n| evidence(n.country, Tie::Title(n.naming), n.tokens.clone())).collect()
    };
    if found.is_empty() && title.place != Place::Peer {
        let at = title.tokens.start;
        if let Some((country, tokens)) = side(story, at) {
            found.push(evidence(country, Tie::Side, tokens));
        }
        let pronoun = title.head.is_possessive()
            || story
                .analyses
                .get(at + 1)
                .is_some_and(|l| l.key.ends_with("ها") || l.key.ends_with("ه") && !l.is_definite());
        if let Some((country, tokens)) = nearest(story, at).filter(|_| pronoun) {
            found.push(evidence(country, Tie::Pronoun, tokens));
        }
    }
    found
}

/// The country named last before a pronoun, in its sentence or the one before.
fn nearest(story: &Story<'_>, at: usize) -> Option<(u16, Range<usize>)> {
    let sentence = story.analyses[at].sentence;
    let last = story.mentions.partition_point(|m| m.tokens.start < at);
    let mut before = story.mentions[..last]
        .iter()
        .rev()
        .take(60)
        .take_while(|m| story.analyses[m.tokens.start].sentence + 1 >= sentence);
    before.find_map(|m| match m.kind {
        Kind::Country(id, _) => Some((id, m.tokens.clone())),
        _ => None,
    })
}

/// «عن الجانب السعودي، … وزير الخارجية»: the side that the sentence speaks of before the title.
fn side(story: &Story<'_>, at: usize) -> Option<(u16, Range<usize>)> {
    let sentence = story.analyses[at].sentence;
    (1..at)
        .rev()
        .take(30)
        .take_while(|&i| story.analyses[i].sentence == sentence)
        .find(|&i| {
            story.analyses[i].is_nationality() && WordClass::Side.contains(&story.analyses[i - 1].stem)
        })
        .map(|i| (story.analyses[i].sense.nisba, i..i + 1))
}

/// A nationality right before the name, or before the word that says that a name comes.
fn beside(story: &Story<'_>, person: &Mention, mention: usize) -> Option<Evidence> {
    let start = person.tokens.start;
    let sentence = story.analyses[start].sentence;
    let evidence = |tie, at: usize| {
        let word = &story.analyses[at];
        let country = if word.is_nationality() { word.sense.nisba } else { word.sense.country };
        Evidence { country, tie, tokens: at..at + 1, mention, title: None, description: (0, 0, false) }
    };
    let passed = |l: &TokenAnalysis<'_>| {
        l.is_quote()
            || l.is_mark('#')
            || l.is_mark('_')
            || l.head.is_some_and(|h| h.class == TitleClass::Honour)
    };
    let at = (0..start).rev().take(4).find(|&at| !passed(&story.analyses[at]))?;
    let word = &story.analyses[at];
    if word.sentence != sentence {
        return None;
    }
    // «… سامح شاهين والسعودية عادل القحطاني»: the name of a country only in a list.
    let listed =
        word.sense.country != 0 && (word.has_conjunction || at > 0 && story.analyses[at - 1].key == "و");
    if word.is_nationality() || listed {
        return Some(evidence(Tie::Beside, at));
    }
    if WordClass::Among.contains(word.key) || WordClass::Called.contains(word.key) {
        let before =
            (start.saturating_sub(6)..at).rev().take_while(|&i| story.analyses[i].sentence == sentence);
        return before
            .map(|i| (i, &story.analyses[i]))
            .find(|(_, l)| l.is_nationality())
            .map(|(i, _)| evidence(Tie::Called, i));
    }
    None
}

/// How many sentences a description may stand behind the name.
const REACH: usize = 4;

/// Titles with a nationality and without a name: for each the mention that it could stand for.
fn descriptions(story: &Story<'_>, people: &[&Mention], titles: &[Vec<Candidate>]) -> Vec<(usize, Evidence)> {
    let analyses = &story.analyses[..];
    let mut found = Vec::new();
    let mut by_head: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, titles) in titles.iter().enumerate() {
        for title in titles
            .iter()
            .filter(|t| t.place != Place::After || t.tokens.start <= people[index].tokens.end + 2)
        {
            let list = by_head.entry(title.head.singular).or_default();
            if list.last() != Some(&index) {
                list.push(index);
            }
        }
    }
    for at in 0..analyses.len() {
        let Some(head) = analyses[at]
            .head
            .filter(|h| h.count == Count::One && !h.is_everyday && h.class != TitleClass::Honour)
        else {
            continue;
        };
        let end = title::forward(analyses, at);
        let Some(nisba) =
            (at + 1..end.min(at + 8)).find(|&i| analyses[i].is_nationality() && analyses[i].is_bare())
        else {
            continue;
        };
        let next = people.partition_point(|p| p.tokens.start < at);
        // A name inside or right behind it is its own.
        if people.get(next).is_some_and(|p| p.tokens.start <= end + 2) {
            continue;
        }
        let country = analyses[nisba].sense.nisba;
        let evidence = |mention: usize, same| {
            let distance = analyses[at].sentence.abs_diff(analyses[people[mention].tokens.start].sentence);
            let between = next.abs_diff(mention);
            let tie = Tie::Description;
            (
                mention,
                Evidence {
                    country,
                    tie,
                    tokens: nisba..nisba + 1,
                    mention,
                    title: None,
                    description: (distance, between, same),
                },
            )
        };
        let holders = by_head.get(head.singular).map_or(&[][..], Vec::as_slice);
        let before = holders.partition_point(|&index| index < next);
        let near = [before.checked_sub(1).map(|i| holders[i]), holders.get(before).copied()];
        let same: Vec<usize> = near.into_iter().flatten().collect();
        found.extend(same.iter().map(|&index| evidence(index, true)));
        if let Some(last) = next.checked_sub(1).filter(|last| !same.contains(last)) {
            let (_, made) = evidence(last, false);
            if made.description.0 <= REACH {
                found.push((last, made));
            }
        }
    }
    found
}

/// How «\[الفرنسي\] جان مورو» is measured as a tie.
pub const BESIDE: u8 = 5;
/// The same of a description.
pub const DESCRIBED: u8 = 9;

/// What is measured of `evidence`.
pub fn measure(story: &Story<'_>, people: &[&Mention], titles: &[Candidate], evidence: &Evidence) -> Row {
    let analyses = &story.analyses[..];
    let flag = |is: bool| f32::from(u8::from(is));
    let person = people[evidence.mention];
    let word = &analyses[evidence.tokens.start];
    let before =
        evidence.tokens.start.checked_sub(1).map(|at| &analyses[at]).filter(|l| l.sentence == word.sentence);
    let behind = analyses.get(evidence.tokens.end).filter(|l| l.sentence == word.sentence);
    let title = evidence.title.map(|number| &titles[number]);
    let distance = if evidence.tokens.end <= person.tokens.start {
        person.tokens.start - evidence.tokens.end
    } else {
        evidence.tokens.start.saturating_sub(person.tokens.end)
    };
    let feminine = matches!(word.sense.inflection, Inflection::Feminine | Inflection::FemininePlural);
    let tie = match evidence.tie {
        Tie::Title(naming) => f32::from(naming as u8),
        Tie::Beside => f32::from(BESIDE),
        Tie::Called => 6.0,
        Tie::Side => 7.0,
        Tie::Pronoun => 8.0,
        Tie::Description => f32::from(DESCRIBED),
    };
    let listed = |l: &TokenAnalysis<'_>| gazetteer().body(l.sense.body).map(|b| b.kind);
    let near = story.mentions.partition_point(|m| m.tokens.start + 16 < evidence.tokens.start);
    let around = || story.mentions[near..].iter().take_while(|m| m.tokens.start <= evidence.tokens.start);
    let inside =
        around().any(|m| matches!(m.kind, Kind::Organization(_)) && m.tokens.end >= evidence.tokens.end);
    let capital =
        around().any(|m| m.tokens == evidence.tokens && matches!(m.kind, Kind::Country(_, Named::Capital)));
    let offset = title.map_or(0, |t| evidence.tokens.start - t.tokens.start.min(evidence.tokens.start));
    vec![
        ("tie", tie),
        ("place", title.map_or(9.0, |t| f32::from(t.place as u8))),
        ("class", title.map_or(9.0, |t| f32::from(t.head.class as u8))),
        ("count", title.map_or(9.0, |t| f32::from(t.head.count as u8))),
        ("form", title.map_or(9.0, |t| f32::from(t.head.form as u8))),
        ("head feminine", title.map_or(2.0, |t| flag(t.head.is_feminine))),
        ("agrees", title.map_or(2.0, |t| flag(t.head.is_feminine == feminine))),
        ("possessive", title.map_or(2.0, |t| flag(t.head.form == Form::Possessive))),
        ("ordinal", title.map_or(0.0, |t| t.ordinal.min(4) as f32)),
        ("offset", offset.min(12) as f32),
        ("ends title", title.map_or(2.0, |t| flag(t.tokens.end == evidence.tokens.end))),
        ("title words", title.map_or(0.0, |t| t.tokens.len().min(16) as f32)),
        ("other countries", title.map_or(0.0, |t| t.countries.len().min(4) as f32)),
        ("distance", distance.min(30) as f32),
        ("behind", flag(evidence.tokens.start >= person.tokens.end)),
        ("definite", flag(word.is_definite())),
        ("plural", flag(matches!(word.sense.inflection, Inflection::Plural | Inflection::FemininePlural))),
        ("feminine", flag(feminine)),
        ("conjunction", flag(word.has_conjunction)),
        ("preposition", flag(word.preposition.is_some())),
        ("sense both", flag(word.sense.nisba != 0 && word.sense.country != 0)),
        ("in body", flag(inside)),
        ("capital", flag(capital)),
        ("before definite", before.map_or(2.0, |l| flag(l.is_definite()))),
        ("before feminine", before.map_or(2.0, |l| flag(l.stem.ends_with('ه')))),
        ("before head", before.map_or(2.0, |l| flag(l.head.is_some()))),
        ("before body", flag(before.is_some_and(|l| l.organization.is_some()))),
        ("before independent", flag(before.is_some_and(|l| lexicon::is_independent_body(&l.stem)))),
        ("before club", flag(before.is_some_and(|l| l.sense.is_club || listed(l) == Some(BodyKind::Sport)))),
        ("before particle", flag(before.is_some_and(|l| l.class == Class::Particle))),
        ("before verb", flag(before.is_some_and(|l| matches!(l.class, Class::Saying | Class::Verb)))),
        ("before nationality", flag(before.is_some_and(TokenAnalysis::is_nationality))),
        ("before name", before.map_or(0.0, |l| f32::from(l.nameness as u8))),
        ("before place", flag(before.is_some_and(|l| l.sense.city > 0))),
        ("behind definite", behind.map_or(2.0, |l| flag(l.is_definite()))),
        ("behind nationality", flag(behind.is_some_and(TokenAnalysis::is_nationality))),
        ("behind mark", behind.map_or(2.0, |l| flag(!l.is_word()))),
        ("sentences", evidence.description.0.min(9) as f32),
        ("people between", evidence.description.1.min(9) as f32),
        ("same head", flag(evidence.description.2)),
        ("name conjunction", flag(analyses[person.tokens.start].has_conjunction)),
    ]
}
