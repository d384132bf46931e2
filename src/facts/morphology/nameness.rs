//! How much a word looks like a part of a person's name.

use super::{Nameness, TokenAnalysis};
use crate::facts::gazetteer::{Evidence, Gazetteer};
use crate::facts::lexicon::Class;
use crate::text::lexicon::WordClass;

/// How much `analysis` looks like a part of a name, by the lists and by what the news does with it.
pub fn of(lists: &Gazetteer, analysis: &TokenAnalysis<'_>) -> Nameness {
    if is_accusative(lists, analysis) {
        return Nameness::No;
    }
    let stem = &*analysis.stem;
    let Evidence { given, surname, documents, as_name, .. } = analysis.evidence;
    let name = given.max(surname);
    // «الرئيس البرازيلي الأسبق».
    let never = WordClass::NeverName.contains(stem);
    if analysis.class == Class::Particle || stem.chars().count() < 2 || never {
        return Nameness::No;
    }
    if analysis.sense.country != 0 && given < 8 {
        return Nameness::No;
    }
    // «رئيس [الجمهورية]»: that the news has it behind titles makes it no name.
    let office = name == 0 && stem.starts_with("ال") && stem.ends_with('ه');
    let strong =
        (name >= 5 && name + 2 >= documents) || (as_name >= 2 && name >= 2) || (as_name >= 4 && !office);
    if analysis.head.is_some_and(|h| !h.is_everyday) || analysis.class == Class::Verb {
        return if strong && given >= 6 { Nameness::Maybe } else { Nameness::No };
    }
    if analysis.is_nationality() {
        return if surname >= 4 { Nameness::Maybe } else { Nameness::No };
    }
    if strong {
        return Nameness::Strong;
    }
    if (name >= 3 && name + 4 >= documents) || (as_name >= 1 && name >= 2) {
        return Nameness::Maybe;
    }
    let rare = documents <= 7 || (documents <= 9 && name >= 2);
    if rare && !is_inflected(stem) { Nameness::Unknown } else { Nameness::No }
}

/// Whether a word is an everyday noun in the accusative: «اتصالا», «إنذارا».
fn is_accusative(lists: &Gazetteer, analysis: &TokenAnalysis<'_>) -> bool {
    let name = analysis.evidence.given.max(analysis.evidence.surname);
    let noun = analysis.stem.strip_suffix('ا').filter(|noun| noun.chars().count() > 2);
    name < 2 && noun.is_some_and(|noun| lists.evidence(noun).documents >= 6)
}

/// Whether the ending or the opening is one that transliterated names do not have: «أهدافها», «المتظاهرين», «ستعلن».
fn is_inflected(stem: &str) -> bool {
    let long = stem.chars().count() > 5;
    ["ها", "هم", "هما", "نا", "ات", "ون", "ين", "تين", "ته", "وا"].iter().any(|e| {
        long && stem.ends_with(e) && (*e != "ون" && *e != "ين" && *e != "نا" || stem.starts_with("ال"))
    }) || (long
        && (stem.starts_with("است") || stem.starts_with("ست") || stem.starts_with("سي") && stem.len() > 12))
        || (stem.starts_with("ال") && stem.ends_with('ه'))
}
