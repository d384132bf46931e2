//! Countries told later, by a description instead of the name: «رونالدو … اللاعب البرتغالي», «عماد خليل … وأوضح الأكاديمي المصري».

use super::Story;
use crate::facts::Person;
use crate::facts::gazetteer::gazetteer;
use crate::facts::gazetteer::titles::{Count, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::reading::Lexeme;

/// How many sentences a description may stand behind the name.
const REACH: usize = 2;

/// From how many mentions on a person may be the one that the story is about.
const MAIN: usize = 4;

/// Fills in the countries that are not told, or only guessed, from descriptions without a name.
pub fn fill(story: &Story<'_>, people: &mut [Person], guessed: &[bool]) {
    let mut named: Vec<(usize, usize)> = people
        .iter()
        .enumerate()
        .flat_map(|(person, p)| p.mentions.iter().map(move |span| (span.start, person)))
        .collect();
    named.sort_unstable();
    let main = (0..people.len())
        .filter(|&i| people[i].mentions.len() >= MAIN)
        .max_by_key(|&i| people[i].mentions.len());
    let mut told = vec![false; people.len()];
    for at in 0..story.lexemes.len() {
        let Some(country) = description(story, at) else { continue };
        let here = story.lexemes[at].span.start;
        let last = named.partition_point(|&(start, _)| start < here);
        let Some(&(start, nearest)) = named[..last].last() else { continue };
        let unknown = |person: usize| (guessed[person] || people[person].country.is_empty()) && !told[person];
        let sentence = story.document.sentence_at(start).unwrap_or_default();
        let near = story.lexemes[at].sentence.saturating_sub(sentence) <= REACH;
        let person = if near && unknown(nearest) && fits(story, at, &people[nearest].role) {
            nearest
        } else if let Some(main) = main.filter(|&main| unknown(main) && people[main].role.is_empty()) {
            main
        } else {
            continue;
        };
        gazetteer().country(country).clone_into(&mut people[person].country);
        told[person] = true;
    }
}

/// The country of the description at `at`: an occupation with the article and its nationality, and no name behind it.
fn description(story: &Story<'_>, at: usize) -> Option<u16> {
    let [word, next] = [story.lexemes.get(at)?, story.lexemes.get(at + 1)?];
    let head = word.head.filter(|h| {
        h.definite()
            && h.count == Count::One
            && !h.everyday
            && matches!(h.class, TitleClass::Office | TitleClass::Work)
    })?;
    let agrees = |l: &Lexeme<'_>| l.stem.ends_with('ه') == head.feminine;
    let nationality = next.is_nisba() && next.definite() && next.bare() && agrees(next);
    let behind = story.lexemes.get(at + 2);
    let named = story.mentions.binary_search_by_key(&(at + 2), |m| m.tokens.start).is_ok();
    let goes_on =
        behind.is_some_and(|l| l.sentence == word.sentence && l.is_word() && l.bare() && l.definite());
    (nationality && !named && !goes_on && next.sentence == word.sentence).then_some(next.sense.nisba)
}

/// Whether the description may be of the last one named, in that role: one that says the same, or another right behind a verb
/// of saying.
fn fits(story: &Story<'_>, at: usize, role: &str) -> bool {
    let stem = |word: &str| {
        let word = word.strip_prefix("ال").unwrap_or(word);
        word.strip_suffix('ة').unwrap_or(word).to_owned()
    };
    let head = story.lexemes[at].head.map(|h| stem(h.singular)).unwrap_or_default();
    let same = role.split(' ').next().is_some_and(|word| stem(word) == head);
    let speaks = at.checked_sub(1).is_some_and(|i| story.lexemes[i].class == Class::Saying);
    same || speaks
}
