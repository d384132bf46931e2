//! Cities that share their name with an everyday word: «طراز» is in Kazakhstan, and in every paper.

use crate::facts::lexicon::{self, Class};
use crate::facts::morphology::TokenAnalysis;
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;

/// A name without the article is met with it in the news in fewer than one of ten articles: «دمشق», but «حجة» and «الحجة».
const MOST_WITH: f32 = 0.1;
/// The same for a name that has the article, and is met without it: «الحمامات», but «الفحص».
const MOST_WITHOUT: f32 = 0.1;
/// So large a city is meant more often than the word: 2 to the 21st, «الرياض».
const LARGEST: u8 = 21;
/// So many times as often is the word itself met, without a clitic or an ending, as with it.
const WORD_SHARE: f32 = 2.0;

/// Whether the word at `at` is an everyday word, and not the city of its name, whose population is 2 to the power of `city`.
#[must_use]
pub fn is_everyday(analyses: &[TokenAnalysis<'_>], at: usize, city: u8) -> bool {
    let word = &analyses[at];
    let bare = word.stem.strip_prefix("ال").unwrap_or(&word.stem);
    if WordClass::Settlement.contains(bare) {
        return true;
    }
    let before =
        at.checked_sub(1).map(|i| &analyses[i]).filter(|l| l.sentence == word.sentence && l.is_word());
    let settlement = before.is_some_and(|l| WordClass::Settlement.contains(&l.stem));
    if settlement && word.preposition.is_none() {
        return false;
    }
    let words = DocumentFrequencies::words();
    let count = words.count(&word.stem);
    if word.is_definite() {
        // «البحر [الأبيض]»
        let describes = word.is_bare() && before.is_some_and(TokenAnalysis::is_definite);
        let most = if describes { MOST_WITHOUT / 2.0 } else { MOST_WITHOUT };
        return city < LARGEST && words.count(bare) > most * count;
    }
    // «وأن», «لأول», «منا»
    let clitic = word.stem.strip_prefix(['و', 'ل', 'ب', 'ف', 'ك']).is_some_and(|rest| {
        lexicon::class(rest) == Class::Particle || words.count(rest) > WORD_SHARE * count
    });
    // «دولا», «بيانه»
    let ending =
        word.stem.strip_suffix(['ا', 'ه']).is_some_and(|rest| words.count(rest) > WORD_SHARE * count);
    // «البلطجة [تدمر] حياة الشباب», but «في تدمر».
    let led = word.preposition.is_some() || before.is_some_and(|l| l.class == Class::Particle);
    let verb = !led && word.stem.starts_with(['ي', 'ت']) && lexicon::is_present(&word.stem);
    clitic || ending || verb || words.count_definite(&word.stem) > MOST_WITH * count
}
