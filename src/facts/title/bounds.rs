//! What ends a title, whichever way it is read, and what does not: verbs, conjunctions.

use crate::facts::gazetteer::{Evidence, Sense};
use crate::facts::lexicon::{Class, is_present};
use crate::facts::morphology::{Nameness, TokenAnalysis};

/// Whether «و» joins the word to a noun before it, inside a title: «وزير الاقتصاد والتخطيط».
pub fn is_coordinated(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let word = &analyses[at];
    let Some(before) = at.checked_sub(1).map(|i| &analyses[i]) else { return false };
    if word.preposition.is_some()
        || word.head.is_some()
        || before.sentence != word.sentence
        || !before.is_word()
    {
        return false;
    }
    let countries = word.sense.country != 0 && before.sense.country != 0;
    let nationalities = word.is_nationality() && before.is_nationality();
    // «هيئة الاتصالات وتقنية المعلومات».
    let compound = !word.is_definite()
        && !word.is_nationality()
        && before.is_definite()
        && word.class == Class::Open
        && word.nameness < Nameness::Strong
        && word.organization.is_none()
        && analyses.get(at + 1).is_some_and(|next| {
            next.sentence == word.sentence
                && next.is_bare()
                && next.is_definite()
                && !next.is_nationality()
                && next.head.is_none()
        });
    countries
        || nationalities
        || compound
        || (word.is_definite() && !word.is_nationality() && before.class == Class::Open)
}

/// Whether a word looks like a verb in the present: «يلتقي», «سيبحث».
pub fn is_present_tense(word: &TokenAnalysis<'_>) -> bool {
    if word.sense != Sense::default() {
        return false;
    }
    let stem = &*word.stem;
    let letters = stem.chars().count();
    let future = (stem.starts_with("سي") || stem.starts_with("ست")) && letters > 5;
    // «شريط مصور قديم [يحكي] عصام العريان», but not «أكاديمي [يهودي]»: the news has it of women too.
    let Evidence { given, surname, documents, as_name, .. } = word.evidence;
    let listed = given.max(surname) > 0;
    let named = listed || as_name > 0;
    let unknown = word.nameness == Nameness::Unknown && !named && documents >= 5;
    let nobody = word.nameness == Nameness::No || unknown && is_present(stem);
    // «رئيس المنتجات [سيترك] وظيفته».
    let will = !listed && stem.strip_prefix('س').is_some_and(is_present);
    // «رئيس جامعة تونس المنار [ويختتمه] الأستاذ»: a rare verb is not known without its «و» and its object.
    let verb = stem.strip_prefix('و').filter(|_| !named);
    let joined = verb.is_some_and(|verb| {
        ["", "ه", "ها", "هم"].iter().filter_map(|object| verb.strip_suffix(object)).any(is_present)
    });
    will || joined || nobody && (stem.starts_with('ي') || future) && (4..9).contains(&letters)
}
