//! Stops that end no sentence: titles, initials, agencies, units, domains.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::fold::{fold, is_arabic_letter, is_mark};
use super::lexicon::WordClass;
use super::phrase::{folded, phrases};

/// Closed class: names of Latin letters, between dots in names: «بي.بي.سي», «سي.إن.إن».
const LETTER_NAMES: &str = "\
    إيه، آيه، بي، سي، دي، إي، إف، جي، إتش، آي، جيه، كيه، إل، إم، إن، أو، بيه، كيو، آر، إس، تي، يو، في، \
    دبليو، إكس، واي، زد، زي، ئي";

/// Units and eras of one letter, after a number: «عام 1990 م.», «1440 هـ.», «10 د.».
const UNITS: &str = "م، ه، د، ق، ك، غ، ت، س، ل";

/// Latin abbreviations whose stop ends no sentence where Latin words go on.
const LATIN: &str = "\
    mr mrs ms dr prof st vs jr sr inc ltd co corp no gen sen rep gov lt col \
    sgt rev etc dept est fig jan feb mar apr aug sept oct nov dec";

static LETTER_NAME_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(LETTER_NAMES)));
static UNIT_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(UNITS)));

/// Whether `key` is how Arabic spells a Latin letter: «بي», «سي».
#[must_use]
pub fn is_letter_name(key: &str) -> bool {
    LETTER_NAME_KEYS.contains(key)
}

/// Whether a stop with no space after it, between `before` and `after`, stands inside a name or a
/// number: «أ.ف.ب», «بي.بي.سي», «العربية.نت», «example.com», «3.5»; not in «التنظيم.وأضاف».
#[must_use]
pub fn is_inside_name(before: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else { return false };
    let Some(last) = before.chars().next_back() else { return true };
    if next.is_alphanumeric() && !is_arabic_letter(next) && !next.is_numeric() {
        // A Latin letter: «example.com», « .NET»; «القرار.NATO» is too rare to tell.
        return true;
    }
    if next.is_numeric() {
        return last.is_numeric()
            || last.is_whitespace()
            || is_latin(last)
            || letters(last_word(before)) <= 1;
    }
    if !is_arabic_letter(next) {
        return false;
    }
    let word = last_word(before);
    // «1.يناير» at the head of a list, «2018.وقال» after a sentence: the caller sees the head.
    if word.is_empty() {
        return is_latin(last);
    }
    let following = fold(first_word(after));
    let is_spelled = |key: &str| key.chars().count() == 1 || is_letter_name(key);
    // «بي.بي.سي» needs a letter on both sides: «فيتامين سي.كما» and «الظلام.إن» end a sentence.
    letters(word) == 1
        || is_spelled(&fold(word)) && is_spelled(&following)
        || WordClass::DomainName.contains(following.as_str())
}

/// Whether the word before a stop that a space follows is an abbreviation: «د. أحمد», «ص. 12»,
/// «J. K. Rowling»; not in «عام 1990 م. وقد» nor «قالت أ ف ب. وأضافت».
#[must_use]
pub fn is_abbreviation(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let word = last_word(before);
    if word.is_empty() {
        return is_latin_abbreviation(before, after);
    }
    if letters(word) != 1 {
        return false;
    }
    let earlier = before[..before.len() - word.len()].trim_end();
    let key = fold(word);
    let is_unit = earlier.ends_with(char::is_numeric) && UNIT_KEYS.contains(key.as_str());
    // «القرن الثالث هـ.», «70 كلم/س.»
    if is_unit || word == "هـ" || earlier.ends_with('/') {
        return false;
    }
    let earlier_word = last_word(earlier.trim_end_matches(['.', ' ']));
    if WordClass::Labelled.contains(fold(earlier_word).as_str()) {
        return false;
    }
    let spelled = spelled_letters(before);
    let next_is_single = letters(first_word(after)) == 1;
    if spelled.chars().count() > 1 && !next_is_single {
        let is_spaced = !before[..before.len() - word.len()].ends_with('.');
        // «قال أ ف ب.» and «د.ب.أ. وأضافت» end a sentence; «ج. ك. رولينغ» and «ق. م.» do not.
        return !(WordClass::AgencyLetters.contains(spelled.as_str())
            || is_spaced && !earlier.ends_with('.'));
    }
    true
}

/// The run of single letters that `before` ends with, folded: «أ ف ب» gives «افب».
fn spelled_letters(before: &str) -> String {
    let mut spelled = Vec::new();
    let mut rest = before;
    while spelled.len() < 5 {
        let word = last_word(rest);
        if letters(word) != 1 {
            break;
        }
        spelled.push(fold(word));
        rest = rest[..rest.len() - word.len()].trim_end_matches(['.', ' ']);
    }
    spelled.reverse();
    spelled.concat()
}

fn is_latin_abbreviation(before: &str, after: &str) -> bool {
    let goes_on = after.chars().next().is_some_and(|c| is_latin(c) || c.is_ascii_digit());
    let start = before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_latin(c))
        .last()
        .map_or(before.len(), |(at, _)| at);
    let word = &before[start..];
    let is_short = word.len() == 1 || LATIN.split(' ').any(|known| known.eq_ignore_ascii_case(word));
    goes_on && (is_short || after.starts_with(|c: char| c.is_ascii_lowercase()))
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && !is_arabic_letter(c) && !is_mark(c)
}

/// The Arabic word that `text` ends with, its marks included; empty where it ends otherwise.
#[must_use]
pub fn last_word(text: &str) -> &str {
    let word = text.char_indices().rev().take_while(|&(_, c)| is_arabic_letter(c) || is_mark(c));
    &text[word.last().map_or(text.len(), |(at, _)| at)..]
}

/// The Arabic word that `text` opens with.
#[must_use]
pub fn first_word(text: &str) -> &str {
    &text[..text.find(|c| !is_arabic_letter(c) && !is_mark(c)).unwrap_or(text.len())]
}

/// How many letters a word has, its marks not counted.
fn letters(word: &str) -> usize {
    word.chars().filter(|&c| !is_mark(c)).take(8).count()
}

#[cfg(test)]
mod tests {
    use super::{is_abbreviation, is_inside_name};

    #[test]
    fn a_stop_inside_a_name_or_a_number() {
        for (before, after) in [
            ("وكالة أ", "ف.ب"),
            ("قناة بي", "بي.سي"),
            ("موقع العربية", "نت"),
            ("بلغ 3", "5"),
            ("موقع example", "com"),
            ("ملف ", "txt"),
            ("أ", "د. سامي"),
        ] {
            assert!(is_inside_name(before, after), "{before}.{after}");
        }
        for (before, after) in [
            ("دحر التنظيم", "وأضاف"),
            ("في عام 2018", "وقال"),
            ("حملت سريعًا", "لاعبو"),
            ("انتهى", "\"نعم\""),
            ("في الظلام", "إن هذه"),
            ("فيتامين سي", "كما"),
        ] {
            assert!(!is_inside_name(before, after), "{before}.{after}");
        }
    }

    #[test]
    fn a_stop_after_an_abbreviation() {
        for (before, after) in [
            ("قال د", "أحمد"),
            ("التقى م", "وليد"),
            ("الكاتبة ج. ك", "رولينغ"),
            ("جورج و", "بوش"),
            ("the U.S", "Army"),
            ("Mr", "Smith"),
            ("انظر ص", "12"),
        ] {
            assert!(is_abbreviation(before, after), "{before}. {after}");
        }
        for (before, after) in [
            ("نقلت أ ف ب", "وأضافت"),
            ("نقلت د.ب.أ", "وأضافت"),
            ("عام 1990 م", "وقد"),
            ("عام 1440 هـ", "وقد"),
            ("القرن الثالث هـ", "وقد"),
            ("70 كلم/س", "ودعا"),
            ("حسم المجموعة أ", "وفاز"),
            ("استقر سريعًا", "لاعبو"),
            ("نظام Windows", "كما"),
            ("", ""),
        ] {
            assert!(!is_abbreviation(before, after), "{before}. {after}");
        }
    }
}
