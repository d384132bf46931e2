//! Mentions that a list knows: countries, capitals, nationality words, bodies.

use foldhash::HashSet;

use super::{Kind, Mention, Naming};
use crate::facts::gazetteer::{Sense, gazetteer};
use crate::facts::grammar::is_verb;
use crate::facts::lexicon::Class;
use crate::facts::morphology::{TokenAnalysis, inside};
use crate::rule::Rule;
use crate::text::lexicon::WordClass;

/// Every listed phrase, longest first at each place, in source order.
#[must_use]
pub fn find(analyses: &[TokenAnalysis<'_>]) -> Vec<Mention> {
    let lists = gazetteer();
    let named = countries_named(analyses);
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < analyses.len() {
        let mut best: Option<(usize, Sense)> = None;
        if analyses[at].is_word() && analyses[at].begins.stem {
            let sentence = analyses[at].sentence;
            // «#كوريا_الشمالية» is a phrase of two words.
            let rest: Vec<(usize, &str)> = analyses[at + 1..]
                .iter()
                .enumerate()
                .take(10)
                .take_while(|(_, l)| (l.is_word() || l.is_mark('_')) && l.sentence == sentence)
                .filter(|(_, l)| l.is_word())
                .map(|(i, l)| (i, l.key))
                .collect();
            let words = std::iter::once(&*analyses[at].stem).chain(rest.iter().map(|(_, key)| *key));
            lists.phrases(words, |count, sense| {
                let tokens = if count > 1 { rest[count - 2].0 + 2 } else { 1 };
                // «نيو مكسيكو» is listed as a city, so that no country begins in it.
                if count > 1 || kind(sense, count).is_some() {
                    best = Some((tokens, sense));
                }
            });
        }
        // «لبي بي سي»: too short a word to take a clitic off, but for the phrase behind it.
        let mut cut = 0;
        if best.is_none() && analyses[at].is_word() && analyses[at].is_bare() && analyses[at].begins.inside {
            let sentence = analyses[at].sentence;
            let rest =
                analyses[at + 1..].iter().take(7).take_while(|l| l.is_word() && l.sentence == sentence);
            if let Some(word) = inside(analyses[at].key) {
                lists.phrases(std::iter::once(word).chain(rest.map(|l| l.key)), |count, sense| {
                    if count > 1 && sense.body != 0 {
                        cut = analyses[at].key.chars().next().map_or(0, char::len_utf8);
                        best = Some((count, sense));
                    }
                });
            }
        }
        let Some((count, sense)) = best.map(|(count, sense)| (count, meant(sense, &named))) else {
            at += 1;
            continue;
        };
        let adjective = |at| Rule::NameAdjective.is_met(is_adjective(analyses, at));
        if count == 1 && (adjective(at) || is_common(analyses, at)) {
            at += 1;
            continue;
        }
        if let Some(kind) = kind(sense, count) {
            let mut mention = Mention::new(analyses, at..at + count, kind);
            mention.span.start += cut;
            mentions.push(mention);
        }
        at += count;
    }
    mentions
}

/// The countries that words name which name nothing else.
fn countries_named(analyses: &[TokenAnalysis<'_>]) -> HashSet<u16> {
    let sure = analyses.iter().map(|l| l.sense).filter(|s| s.capital == 0);
    sure.flat_map(|s| [s.country, s.nisba]).filter(|id| *id != 0).collect()
}

/// «عمان» is Jordan's capital where the text names Jordan, and nothing else of the sultanate.
fn meant(sense: Sense, named: &HashSet<u16>) -> Sense {
    let capital = sense.country != 0
        && sense.capital != 0
        && sense.capital != sense.country
        && named.contains(&sense.capital)
        && !named.contains(&sense.country);
    if capital { Sense { country: 0, ..sense } } else { sense }
}

/// «دعم \[مالي\]» is financial; «في مالي», «شمال مالي», «رئيس مالي» are the country's.
fn is_adjective(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let word = &analyses[at];
    if !WordClass::AlsoAdjective.contains(&word.stem) || word.preposition.is_some() {
        return false;
    }
    let before =
        at.checked_sub(1).map(|i| &analyses[i]).filter(|l| l.sentence == word.sentence && l.is_word());
    before.is_some_and(|l| {
        l.class == Class::Open
            && (l.head.is_none() || WordClass::Adviser.contains(&l.stem))
            && l.sense.country == 0
            && !l.is_definite()
            && !WordClass::CountryOwner.contains(&l.stem)
    })
}

/// «أرى»: an imperfect whose third person is one.
fn is_first_person(key: &str) -> bool {
    key.strip_prefix('ا').is_some_and(|rest| is_verb(&format!("ي{rest}")))
}

/// Whether what is listed as a country's name names none where it stands: «\[مالي\] أرى الناس» is what is the matter with me, «\[كوبا\] أميركا» a cup.
fn is_common(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let here = |other: &&TokenAnalysis<'_>| other.sentence == analyses[at].sentence && other.is_word();
    let next = analyses.get(at + 1).filter(here);
    let before = at.checked_sub(1).map(|before| &analyses[before]).filter(here);
    let classes = WordClass::all_of(&analyses[at].stem);
    let opens = classes.contains(WordClass::AlsoAdjective) && before.is_none();
    let continent = classes.contains(WordClass::CupContinent)
        && before.is_some_and(|cup| WordClass::CupCountry.contains(&cup.stem));
    let country = classes.contains(WordClass::CupCountry)
        && next.is_some_and(|next| WordClass::CupName.contains(next.key));
    Rule::NameAdjective.is_met(opens && next.is_some_and(|next| is_first_person(next.key)))
        || Rule::NameCup.is_met(continent || country)
}

/// What a phrase of so many words names that the list knows so.
fn kind(sense: Sense, words: usize) -> Option<Kind> {
    if sense.country != 0 {
        return Some(Kind::Country(sense.country, Naming::Name));
    }
    if sense.body != 0 && gazetteer().body(sense.body).is_some_and(|body| !body.is_everyday || words > 1) {
        return Some(Kind::Organization(sense.body));
    }
    if sense.capital != 0 {
        return Some(Kind::Country(sense.capital, Naming::Capital));
    }
    if sense.nisba != 0 {
        return Some(Kind::Country(sense.nisba, Naming::Nationality));
    }
    None
}
