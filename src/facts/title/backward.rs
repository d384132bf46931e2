//! Which words belong to a title to the left of a name, up to its head.

use super::bounds::{is_coordinated, is_present_tense};
use super::forward::is_general;
use super::{LONGEST, is_title_preposition};
use crate::facts::gazetteer::titles::{Head, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::morphology::TokenAnalysis;
use crate::text::lexicon::WordClass;

/// Walks left from `end` to the head of the title that ends there.
pub fn find_head(
    analyses: &[TokenAnalysis<'_>],
    end: usize,
    sentence: usize,
) -> Option<(usize, &'static Head)> {
    let mut found = None;
    for at in (end.saturating_sub(LONGEST)..end).rev() {
        let word = &analyses[at];
        if word.sentence != sentence {
            break;
        }
        if !word.is_word() {
            // «زعيم #كوريا_الشمالية».
            if word.is_quote() || ['-', '#', '_'].iter().any(|&mark| word.is_mark(mark)) {
                continue;
            }
            break;
        }
        if let Some(head) = head_at(analyses, at, end) {
            found = Some((at, head));
            if !is_extended(analyses, at) {
                break;
            }
            continue;
        }
        if found.is_some() && !WordClass::BetweenHeads.contains(&word.stem) && !is_title_preposition(word) {
            break;
        }
        let goes_on = is_general(analyses, at)
            || WordClass::Acting.contains(word.key)
            || is_title_preposition(word) && at + 1 < end;
        let ends = word.class != Class::Open
            || word.has_conjunction && !is_coordinated(analyses, at)
            || word.preposition.is_some_and(|letter| letter != 'ل')
            || is_present_tense(word);
        if ends && !goes_on {
            break;
        }
    }
    found
}

/// The head at `at` of a title that ends at `end`: an everyday word is one right before the name only.
fn head_at(analyses: &[TokenAnalysis<'_>], at: usize, end: usize) -> Option<&'static Head> {
    // «الحكم العماني أحمد الكاف».
    let is_adjacent =
        at + 1 == end || at + 2 == end && analyses[at].is_definite() && analyses[at + 1].is_nationality();
    analyses[at].head.filter(|head| head.class != TitleClass::Honour && (!head.is_everyday || is_adjacent))
}

/// Whether the title goes on to the left of the head at `at`: «نائب رئيس», «المتحدث باسم وزير», «مدير مكتب رئيس».
fn is_extended(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let head = &analyses[at];
    let before = at.checked_sub(1).map(|before| &analyses[before]);
    before.filter(|word| word.sentence == head.sentence && !head.has_conjunction).is_some_and(|word| {
        let governs = word.head.is_some_and(|h| !h.is_definite() && h.class != TitleClass::Honour);
        governs || word.key == "باسم" || WordClass::BetweenHeads.contains(&word.stem) && !word.is_definite()
    })
}
