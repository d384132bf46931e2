//! Which words belong to a title to the right of its head, up to its end.

use super::bounds::{is_coordinated, is_present_tense};
use super::preposition::is_attached_to_title;
use super::{LONGEST, is_title_preposition};
use crate::facts::gazetteer::titles::{Form, TitleClass};
use crate::facts::gazetteer::{Sense, gazetteer};
use crate::facts::lexicon::{self, Class, is_present};
use crate::facts::morphology::{Nameness, TokenAnalysis};
use crate::text::lexicon::WordClass;

/// The end of the title whose head stands at `at`.
#[must_use]
pub fn forward(analyses: &[TokenAnalysis<'_>], at: usize) -> usize {
    let within = |i: usize| analyses.get(i).is_some_and(|l| l.sentence == analyses[at].sentence);
    let mut end = at + 1;
    let mut quotes = 0;
    while within(end) && end < at + LONGEST {
        let word = &analyses[end];
        if let Some(close) = named_in_marks(analyses, end) {
            end = close;
        } else if word.is_quote() {
            // «مدير الهيئة في دبي "[الهدف واضح]"»: behind what is named already it is speech.
            if quotes % 2 == 0 && is_named_already(&analyses[end - 1]) {
                break;
            }
            quotes += 1;
        } else if !word.is_word() {
            if quotes % 2 == 0 && !word.is_mark('#') && !word.is_mark('_') {
                break;
            }
        } else if is_title_preposition(word) {
            if !is_attached_to_title(analyses, at, end) {
                break;
            }
        } else if is_general(analyses, end) {
            // Goes on.
        } else if is_purpose(word)
            || (word.preposition == Some('ب') || WordClass::Circumstance.contains(word.key))
                && !is_within_body(analyses, end)
            || word.class != Class::Open
            || word.has_conjunction
                && !is_coordinated(analyses, end)
                && !(word.head.is_some() && analyses[end - 1].head.is_some())
            || word.preposition.is_some_and(|p| p != 'ل' && p != 'ب')
            || is_present_tense(word) && !is_in_listed_name(analyses, end)
        {
            break;
        }
        end += 1;
    }
    trim(analyses, at, end)
}

/// Whether a listed name of two words ends here: «مانشستر \[يونايتد\]».
fn is_in_listed_name(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|i| {
        let phrase = format!("{} {}", analyses[i].stem, analyses[at].key);
        gazetteer().sense(&phrase).is_some_and(|s| s.body != 0 || s.is_club || s.city > 0)
    })
}

/// Whether the word says what for: «لاعب منتخب كولومبيا \[ليكمل\] الفريق المباراة».
fn is_purpose(word: &TokenAnalysis<'_>) -> bool {
    let verb = word.stem.strip_prefix('ل').filter(|verb| verb.chars().count() > 3);
    word.nameness < Nameness::Maybe && word.sense == Sense::default() && verb.is_some_and(is_present)
}

/// Whether a noun before a quotation mark wants no name: one with the article, but for works («بطلة المسلسل "الجنس والمدينة"»); a place.
fn is_named_already(noun: &TokenAnalysis<'_>) -> bool {
    (noun.is_definite() && !lexicon::is_work(&noun.stem)) || noun.sense.city > 0 || noun.sense.country != 0
}

/// The mark that closes a body's name, whatever words it has, where `open` is the mark that opens it: «رئيس منظمة "\[متحدون ضد إيران\]"».
fn named_in_marks(analyses: &[TokenAnalysis<'_>], open: usize) -> Option<usize> {
    let noun = &analyses[open - 1];
    if !analyses[open].is_quote() || noun.organization.is_none() || noun.is_definite() {
        return None;
    }
    let here = |word: &&TokenAnalysis<'_>| word.sentence == noun.sentence;
    let words =
        analyses[open + 1..].iter().take(MARKED).take_while(here).take_while(|word| word.is_word()).count();
    let close = open + 1 + words;
    let closes = analyses.get(close).filter(here).is_some_and(TokenAnalysis::is_quote);
    (closes && words > 0).then_some(close)
}

/// Most words of a body's name in quotation marks.
const MARKED: usize = 6;

/// The end of the title `at..end` without what leads on: a link, a comma, a quotation mark that opens.
pub fn trim(analyses: &[TokenAnalysis<'_>], at: usize, end: usize) -> usize {
    let mut end = end;
    // «ابن عم رحيم غول "[أطفالنا …]»: what a mark opens and nothing closes is said.
    let mut marks = (at..end).filter(|&i| analyses[i].is_quote());
    if marks.clone().count() % 2 == 1 {
        end = marks.next_back().unwrap_or(end);
    }
    while end > at + 1 {
        let last = &analyses[end - 1];
        // «السفيرة لدى الأمم المتحدة في [العديد] من …».
        let leads = is_title_preposition(last)
            // «لاعب [فريق] أحد».
            || WordClass::UnnamedTeam.contains(&last.stem)
            // «المصور في [وكالة] عين ميديا», «المدير التنفيذي [لمنطقة جنوب] وشرق المتوسط».
            || (last.preposition.is_some() || is_title_preposition(&analyses[end - 2])) && WordClass::UnnamedPlace.contains(&last.stem)
            || WordClass::Direction.contains(&last.stem)
            || WordClass::Quantifier.contains(last.key)
            || (!last.is_word() && !last.is_quote() && !last.is_mark(')'));
        if !leads {
            break;
        }
        end -= 1;
    }
    end
}

/// Whether «عام» at `at` is a part of the title: «أمين عام», «مدير عام».
pub fn is_general(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let head = at.checked_sub(1).and_then(|i| analyses[i].head);
    analyses[at].key == "عام"
        && head.is_some_and(|h| matches!(h.class, TitleClass::Office) && h.form != Form::Definite)
}

/// Whether the word with «ب» tells where the post is, or what it is about: «أستاذ الفيزياء \[بجامعة\] مانشستر», «المتهم
/// \[بإطلاق\] النار», but not «الممثل \[بقيادة\] المخرج».
fn is_within_body(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let bare = |word: &'_ TokenAnalysis<'_>| word.stem.strip_prefix("ال").unwrap_or(&word.stem).to_owned();
    let word = bare(&analyses[at]);
    let sense = analyses[at].sense;
    let place = sense.country != 0 || sense.city > 0 || sense.is_region || sense.capital != 0;
    place
        || lexicon::organization_head(&word).is_some()
        || analyses[at].organization.is_some()
        || WordClass::SeatNoun.contains(word.as_str())
        || at
            .checked_sub(1)
            .is_some_and(|i| WordClass::GovernsBi.contains(bare(&analyses[i]).trim_end_matches('ه')))
}
