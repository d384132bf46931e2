//! Names that the rest of the document explains: family names alone, and words that stand beside them by chance.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::run::is_link;
use crate::facts::lexicon::Class;
use crate::facts::reading::{Lexeme, Nameness};
use crate::text::frequency::DocumentFrequencies;

/// Cuts what stands beside a known family name by chance: «وبإشراف هالغريمسون [برز]», «[نشاط] ترامب», «[أدار] مدبولي».
///
/// A family name is known by a longer name elsewhere in the document. A relative of its bearer keeps her name
/// («ميلانيا ترامب»), as far as the word before it is a given name.
pub fn settle(lexemes: &[Lexeme<'_>], found: &mut [Range<usize>]) {
    let last = |tokens: &Range<usize>| lexemes[tokens.clone()].iter().rev().find(|l| l.is_word());
    let given = |word: &Lexeme<'_>| word.nameness == Nameness::Strong && word.evidence.given >= 2;
    let families: HashSet<&str> = found
        .iter()
        .filter(|tokens| tokens.len() > 1 && given(&lexemes[tokens.start]))
        .filter_map(last)
        .filter(|word| word.stem.chars().count() > 3 && word.evidence.given < 5)
        .map(|word| &*word.stem)
        .collect();
    // «وشكرت ميلانيا [السيسي]», where «ميلانيا ترامب» came before, and «السيسي» is another's name.
    let mut family_of: HashMap<&str, &str> = HashMap::new();
    let mut bearers: HashMap<&str, &str> = HashMap::new();
    let mut shared: HashSet<&str> = HashSet::new();
    for tokens in found.iter().filter(|tokens| tokens.len() > 1) {
        let (first, Some(last)) = (&*lexemes[tokens.start].stem, last(tokens)) else { continue };
        family_of.entry(first).or_insert(&last.stem);
        if *bearers.entry(&last.stem).or_insert(first) != first {
            shared.insert(&last.stem);
        }
    }
    for tokens in found.iter_mut().filter(|tokens| tokens.len() == 2) {
        let [first, second] = [&lexemes[tokens.start], &lexemes[tokens.end - 1]];
        let elsewhere = family_of.get(&*first.stem).is_some_and(|family| *family != &*second.stem)
            && shared.contains(&*second.stem)
            && families.contains(&*second.stem)
            && first.evidence.given < 5;
        if elsewhere || (families.contains(&*first.stem) && second.nameness < Nameness::Strong) {
            tokens.end -= 1;
        } else if families.contains(&*second.stem)
            && first.nameness < Nameness::Strong
            && (everyday(first) || first.class != Class::Open)
        {
            tokens.start += 1;
        }
    }
}

/// Cuts a verb off a whole name that stands without it elsewhere: «[شكر] سعد الحريري», «أن [كرم] منة شلبي».
pub fn without_verb(lexemes: &[Lexeme<'_>], found: &mut [Range<usize>]) {
    let words = |tokens: Range<usize>| {
        let words = lexemes[tokens].iter().enumerate().filter(|(_, word)| word.is_word());
        words.map(|(at, word)| if at == 0 { &*word.stem } else { word.key }).collect::<Vec<_>>()
    };
    let whole: HashSet<Vec<&str>> =
        found.iter().filter(|tokens| tokens.len() > 1).map(|tokens| words(tokens.clone())).collect();
    for tokens in found.iter_mut().filter(|tokens| tokens.len() > 2) {
        let first = &lexemes[tokens.start];
        let verb = || DocumentFrequencies::words().count(&format!("{}ت", first.stem)) > 0.0;
        if first.nameness < Nameness::Strong && verb() && whole.contains(&words(tokens.start + 1..tokens.end))
        {
            tokens.start += 1;
        }
    }
}

/// Leaves out a name whose first word has a clitic that only the rest of the document tells: «الأراضي التابعة [لمانسا موسى]», where
/// «مانسا موسى» is named elsewhere, «المستشار [لأتاكو]» beside «ألبر أتاكو».
pub fn leave_out_led(lexemes: &[Lexeme<'_>], found: &mut Vec<Range<usize>>) {
    let mut known: HashSet<&str> = HashSet::new();
    for tokens in found.iter().filter(|tokens| tokens.len() > 1) {
        known.extend([&*lexemes[tokens.start].stem, &*lexemes[tokens.end - 1].stem]);
    }
    found.retain(|tokens| {
        let first = &lexemes[tokens.start];
        let rare = first.nameness < Nameness::Maybe && first.evidence.documents == 0;
        let led = first.stem.strip_prefix(['ل', 'ب', 'و', 'ك', 'ف']).filter(|_| rare);
        !led.is_some_and(|name| known.contains(name))
    });
}

/// Whether lists hardly have the word as a name, while the news has it often.
fn everyday(word: &Lexeme<'_>) -> bool {
    let name = word.evidence.given.max(word.evidence.surname);
    // «جاء [كلام] الحجرف بعد إقرار الميزانية».
    let noun = word.evidence.given == 0
        && word.evidence.documents >= 5
        && DocumentFrequencies::words().count_definite(&word.stem) > 0.0;
    if noun && word.evidence.as_name == 0 {
        return true;
    }
    let least = if name == 0 { 2 } else { name + 6 };
    word.evidence.as_name == 0 && word.evidence.documents >= least
}

/// Later and earlier mentions by one word of a name that was found in full: «بلينكن», «العبادي».
pub fn repeat(lexemes: &[Lexeme<'_>], found: &[Range<usize>], closed: &[bool]) -> Vec<Range<usize>> {
    let mut known: HashSet<&str> = HashSet::new();
    let mut taken = vec![false; lexemes.len()];
    for tokens in found {
        taken[tokens.clone()].fill(true);
        let Some(last) = lexemes[tokens.clone()].iter().rev().find(|l| l.is_word()) else { continue };
        let everyday = last.evidence.documents >= 9 && last.nameness < Nameness::Strong;
        if tokens.len() > 1 && last.stem.chars().count() > 2 && !everyday && !is_link(&last.stem) {
            known.insert(&last.stem);
        }
    }
    (0..lexemes.len())
        .filter(|&at| {
            let word = &lexemes[at];
            !taken[at] && !closed[at] && word.class != Class::Particle && known.contains(&*word.stem)
        })
        .map(|at| at..at + 1)
        .collect()
}
