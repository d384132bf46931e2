//! Which words after a number belong to its noun phrase: counted nouns, adjectives, coordinated nouns.

use crate::facts::nouns::{self, Number};
use crate::facts::number::{Numeral, Quantity};
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;

/// Whether `key` is a second counted noun of the same form: «كاتبا وإعلاميا وفنانا», «قرية وبلدة».
pub fn is_coordinated(head: &str, key: &str) -> bool {
    let Some(rest) = key.strip_prefix('و').filter(|r| r.chars().count() > 3) else { return false };
    (head.ends_with('ا')
        && rest.ends_with('ا')
        && !rest.ends_with("وا")
        && !WordClass::BehindNumber.contains(rest))
        || (head.ends_with('ه') && rest.ends_with('ه') && nouns::look_up(rest).is_some())
}

/// Whether `word` may be an adjective of the counted noun `noun`, both folded.
pub fn is_agreeing(noun: &str, word: &str) -> bool {
    if WordClass::CountedAdjective.contains(word) {
        return true;
    }
    if word.starts_with("ال")
        || WordClass::BehindNumber.contains(word)
        || WordClass::NeverCounted.contains(word)
        || word.chars().count() < 4
    {
        return false;
    }
    let participle = word.starts_with('م') && word.chars().count() > 4;
    if noun.ends_with('ا') {
        return word.ends_with("يا") || participle && word.ends_with('ا');
    }
    let plural = noun.ends_with("ين") || noun.ends_with("ون");
    if plural {
        return (word.ends_with("يين") || word.ends_with("يون"))
            || participle && (word.ends_with("ين") || word.ends_with("ون"));
    }
    if noun.ends_with('ه')
        || noun.ends_with("ات")
        || nouns::look_up(noun).is_some_and(|e| e.number == Number::Plural)
    {
        return word.ends_with("يه") && !word.starts_with('ب') && !word.starts_with('ل')
            || word.ends_with("يين")
            || word.ends_with("يون");
    }
    // «500 جندي أميركي»
    word.ends_with('ي') && !word.starts_with(['ي', 'ب', 'ل', 'و'])
}

pub fn can_follow(key: &str) -> bool {
    !key.starts_with("ال")
        && !WordClass::NeverCounted.contains(key)
        && !WordClass::BehindNumber.contains(key)
        && !key.starts_with(['و', 'ب', 'ل', 'ي'])
}

/// Whether an unlisted word after `numeral` may be the counted noun, by its form and by whether it is known with «ال».
pub fn can_be_noun(key: &str, numeral: &Numeral) -> bool {
    if WordClass::NeverCounted.contains(key)
        || WordClass::BehindNumber.contains(key)
        || key.chars().count() < 2
    {
        return false;
    }
    // «قتلوا», «منهم», «لكل», «بالعملة»
    // Closed class: clitics.
    let joined = ["لل", "بال", "كال", "وال"].iter().any(|front| key.starts_with(front));
    let owned = key.ends_with("وا") || key.ends_with("هم") || key.ends_with("ها");
    if joined || owned {
        return false;
    }
    if let Quantity::Exact(value) = numeral.quantity
        && value < 1000.0
        && (11.0..=99.0).contains(&(value % 100.0))
        && value.fract() == 0.0
    {
        // The counted noun of 11 to 99 is an accusative singular: «13 حيوانا», «25 شركة».
        let accusative = key.ends_with('ا') || key.ends_with('ه') && !key.starts_with(['ب', 'ل', 'و']);
        return key.starts_with("اخر")
            || accusative && !key.starts_with('و')
            || accusative && can_have_article(key);
    }
    can_have_article(key)
}

/// Nouns are met with «ال», verbs and prepositions are not: «التجارب» but no «التصل».
pub fn can_have_article(key: &str) -> bool {
    let words = DocumentFrequencies::words();
    let known = |word: &str| words.count_definite(word) >= 2.0;
    known(key)
        || key.strip_suffix('ا').is_some_and(known)
        || words.count(key) < 1.0 && !key.starts_with(['و', 'ب', 'ل', 'ي', 'ت', 'س', 'ف'])
}
