//! The words of a title as one holder bears them, and the countries that they name.
//!
//! A role is a piece of the article. Only its form is the holder's own: the head in the singular («وزيرا خارجية إيطاليا» →
//! «وزير خارجية إيطاليا»), adjectives of several holders too («الخبيران الاقتصاديان» → «الخبير الاقتصادي»), and where a pronoun or
//! a country that is not the holder's is left out, the article in its place («وزير خارجيتها» → «وزير الخارجية»). No other word is
//! added.

use std::ops::Range;

use crate::facts::gazetteer::titles::{Count, Form, Head};
use crate::facts::gazetteer::{Sense, gazetteer};
use crate::facts::morphology::TokenAnalysis;
use crate::text::fold::{fold, is_mark};
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;

/// How a title names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By a nationality word: «الرئيس \[الفرنسي\]».
    Nationality,
    /// By its name in the genitive: «وزير خارجية \[إيطاليا\]».
    Genitive,
    /// By its name behind a preposition: «السفير في \[اليمن\]», «وزير المياه في \[الأردن\]».
    Behind,
    /// By a city or a region that lies in it: «عمدة \[لندن\]».
    City,
    /// By a body whose power sits there: «المتحدثة باسم \[البيت الأبيض\]».
    Seat,
}

/// A country that a title names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The country, as in [`Sense`].
    pub country: u16,
    /// The tokens that name it.
    pub tokens: Range<usize>,
    /// How they do.
    pub naming: Naming,
}

/// Most tokens that a title's countries are looked for in.
const LONGEST: usize = 24;

/// Prepositions behind which a country is where, not whose.
const PREPOSITIONS: &[&str] = &["في", "الي", "لدي", "علي", "من", "عن"];

/// The countries that the title with its head at the beginning of `tokens` names, in order.
#[must_use]
pub fn countries(analyses: &[TokenAnalysis<'_>], tokens: Range<usize>, head_words: usize) -> Vec<Named> {
    let mut found = Vec::new();
    let mut behind = false;
    let end = tokens.end.min(tokens.start + LONGEST);
    let mut at = tokens.start + head_words;
    while at < end {
        let word = &analyses[at];
        behind |= PREPOSITIONS.contains(&word.key);
        let (count, sense) = phrase(&analyses[at..end]);
        let own_name = sense.country != 0 && !(sense.nisba != 0 && word.is_definite());
        let named = if own_name {
            let led = behind || word.preposition.is_some_and(|letter| letter != 'ل');
            Some((sense.country, if led { Naming::Behind } else { Naming::Genitive }))
        } else if sense.nisba != 0 && word.preposition.is_none() {
            Some((sense.nisba, Naming::Nationality))
        } else if sense.capital != 0 || sense.city_country != 0 {
            let country = if sense.capital != 0 { sense.capital } else { sense.city_country };
            Some((country, Naming::City))
        } else {
            seat(&analyses[at..end]).filter(|seat| *seat != 0).map(|seat| (seat, Naming::Seat))
        };
        if let Some((country, naming)) = named {
            found.push(Named { country, tokens: at..at + count, naming });
        }
        at += count;
    }
    found
}

/// What the words begin with: the longest listed country, nationality or place, and how many tokens it has.
fn phrase(words: &[TokenAnalysis<'_>]) -> (usize, Sense) {
    let mut best = (1, words[0].sense);
    // «#كوريا_الشمالية» is a phrase of two words.
    let rest: Vec<(usize, &str)> = words
        .iter()
        .enumerate()
        .skip(1)
        .take(6)
        .take_while(|(_, word)| word.is_word() || word.is_mark('_'))
        .filter(|(_, word)| word.is_word())
        .map(|(at, word)| (at, word.key))
        .collect();
    let keys = std::iter::once(&*words[0].stem).chain(rest.iter().take(3).map(|(_, key)| *key));
    gazetteer().phrases(keys, |count, sense| {
        // «أمريكا» is a country, «أمريكا الجنوبية» none.
        if count > 1 {
            best = (rest[count - 2].0 + 1, sense);
        }
    });
    best
}

/// The country whose power sits in the listed body that the words begin with; 0 where none's does.
fn seat(words: &[TokenAnalysis<'_>]) -> Option<u16> {
    let mut found = None;
    let rest = words.iter().skip(1).take(5).take_while(|w| w.is_word()).map(|w| w.key);
    gazetteer().phrases(std::iter::once(&*words.first()?.stem).chain(rest), |_, sense| {
        if let Some(body) = gazetteer().body(sense.body) {
            found = Some(body.country);
        }
    });
    found
}

/// How many tokens the head at `at` has: «ولي العهد» has two.
#[must_use]
pub fn head_words(analyses: &[TokenAnalysis<'_>], at: usize, head: &Head) -> usize {
    head.singular.split(' ').count().min(analyses.len() - at)
}

/// The title over `tokens` as one of its holders bears it; `cut` says that something that the last noun governed was left out
/// behind it, so that it takes the article: «وزير خارجية \[مصر والأردن\]» → «وزير الخارجية».
#[must_use]
pub fn spell(
    text: &str,
    analyses: &[TokenAnalysis<'_>],
    tokens: Range<usize>,
    head: &Head,
    cut: bool,
) -> String {
    let words = head_words(analyses, tokens.start, head);
    let dependent = tokens.start + words;
    let mut spelled = head_form(text, &analyses[tokens.start..dependent.min(tokens.end)], head);
    let alone = dependent >= tokens.end;
    // «نائب [رئيسه]» has the article from its pronoun, and so «نائب الرئيس».
    let mut definite = cut;
    let mut written = analyses[dependent.min(tokens.end).saturating_sub(1).max(tokens.start)].span.end;
    for (at, analysis) in analyses.iter().enumerate().take(tokens.end).skip(dependent) {
        if analysis.is_mark('#') || analysis.is_mark('_') || is_count_of_holders(analysis, head) {
            continue;
        }
        let gap = text[written..analysis.span.start].contains(|c: char| c.is_whitespace() || c == '_');
        written = analysis.span.end;
        let word = analysis.span.of(text);
        let form = if at == dependent {
            dependent_form(text, analysis, head)
        } else {
            adjective_form(text, analysis, head)
        };
        let word = form.unwrap_or_else(|| word.to_owned());
        if gap {
            spelled.push(' ');
        }
        if cut && at + 1 == tokens.end {
            spelled.push_str(&with_article(&word, analysis));
            definite = false;
        } else {
            spelled.push_str(&word);
        }
    }
    if alone && definite && !spelled.starts_with("ال") {
        spelled.insert_str(0, "ال");
    }
    spelled
}

/// «\[الثلاثة\]» of «المواطنين الثلاثة»: one of them is no three.
fn is_count_of_holders(word: &TokenAnalysis<'_>, head: &Head) -> bool {
    // Closed class: numerals.
    const HOW_MANY: &[&str] = &["الاثنان", "الاثنين", "الثلاثه", "الاربعه", "الخمسه", "السته", "السبعه"];
    head.count != Count::One && HOW_MANY.contains(&&*word.stem)
}

/// The head as a dictionary writes it, with the article where it has it or a pronoun («مدربه» → «المدرب»); as the text spells it where
/// that is the same word.
fn head_form(text: &str, words: &[TokenAnalysis<'_>], head: &Head) -> String {
    let article = head.is_definite() || head.is_possessive();
    let article = if article && !head.singular.starts_with("ال") { "ال" } else { "" };
    let singular = format!("{article}{}", head.singular);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return singular };
    let written = unmarked(&text[first.start..last.span.end]);
    if fold(&written) == fold(&singular) && !written.contains(['#', '_']) { written } else { singular }
}

/// What is written, without vowel marks.
fn unmarked(written: &str) -> String {
    written.chars().filter(|&c| !is_mark(c)).collect()
}

/// The first word that the head governs, where its form hangs on more than one holder or on a pronoun.
fn dependent_form(text: &str, word: &TokenAnalysis<'_>, head: &Head) -> Option<String> {
    if !word.is_word() || !word.is_bare() {
        return None;
    }
    let written = unmarked(word.span.of(text));
    if head.form == Form::Definite && head.count != Count::One {
        return singular_adjective(&written, head.is_feminine).filter(|_| word.is_definite());
    }
    if head.is_definite() || head.is_possessive() {
        return None;
    }
    if let Some(other) = word.head.filter(|other| other.is_possessive() && other.count == Count::One) {
        let owned = ["ه", "ها", "هم", "هما"].iter().any(|owner| written.ends_with(owner));
        return owned.then(|| format!("ال{}", other.singular));
    }
    without_pronoun(&written, word).map(|noun| format!("ال{noun}"))
}

/// An adjective of several holders behind what their title governs, of one: «رئيسا الحكومة \[السابقان\]», «وزيري الدفاع \[الأميركيين\]», but not
/// «وزيري شؤون \[اللاجئين\]».
fn adjective_form(text: &str, word: &TokenAnalysis<'_>, head: &Head) -> Option<String> {
    if head.count == Count::One || !word.is_word() || !word.is_bare() || !word.is_definite() {
        return None;
    }
    let written = unmarked(word.span.of(text));
    let singular = singular_adjective(&written, head.is_feminine)?;
    let agrees = head.count == Count::Two && written.ends_with("ان")
        || word.is_nationality()
        || WordClass::FormerHolder.contains(&fold(&singular));
    agrees.then_some(singular)
}

/// «الاقتصاديين» → «الاقتصادي», of a woman «الاقتصادية»; «الاقتصاديتان» → «الاقتصادية».
fn singular_adjective(written: &str, feminine: bool) -> Option<String> {
    let endings: &[&str] =
        if feminine { &["تين", "تان", "ين", "ان", "ون"] } else { &["ين", "ان", "ون"] };
    let stem = endings.iter().find_map(|ending| written.strip_suffix(ending))?;
    Some(if feminine { format!("{stem}ة") } else { stem.to_owned() })
}

/// «خارجيتها» → «خارجية», «وزرائه» → «وزراء», «دفاعها» → «دفاع»: a noun that the news has with the article too.
fn without_pronoun(written: &str, word: &TokenAnalysis<'_>) -> Option<String> {
    if word.is_definite() || word.evidence.given > 2 || word.is_nationality() || written.chars().count() < 5 {
        return None;
    }
    let noun = ["هما", "ها", "هم", "ه"].iter().find_map(|pronoun| written.strip_suffix(pronoun))?;
    let words = DocumentFrequencies::words();
    let known = |noun: &str| words.count_definite(&fold(noun)) > KNOWN;
    let feminine = noun.strip_suffix('ت').map(|bare| format!("{bare}ة"));
    let hamza = noun.strip_suffix('ئ').map(|bare| format!("{bare}ء"));
    let noun = feminine.or(hamza).unwrap_or_else(|| noun.to_owned());
    (noun.chars().count() > 2 && known(&noun)).then_some(noun)
}

/// In how many articles a noun stands with the article that may stand before a pronoun.
const KNOWN: f32 = 20.0;

/// The noun with the article: «خارجية» → «الخارجية», behind «ل» «لمندوب» → «للمندوب».
fn with_article(word: &str, analysis: &TokenAnalysis<'_>) -> String {
    if analysis.is_definite() || word.starts_with("ال") {
        return word.to_owned();
    }
    match word.strip_prefix('ل').filter(|_| analysis.preposition == Some('ل')) {
        Some(bare) => format!("لل{bare}"),
        None => format!("ال{word}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{countries, head_words, spell};
    use crate::facts::gazetteer::gazetteer;
    use crate::facts::morphology;
    use crate::text::Document;

    /// The whole of `title` as one holder bears it; `cut` as in [`spell`].
    fn role(title: &str, cut: bool) -> String {
        let document = Document::new("", title);
        let analyses = morphology::analyze(&document);
        spell(document.text(), &analyses, 0..analyses.len(), analyses[0].head.expect("a head"), cut)
    }

    #[test]
    fn a_title_is_turned_into_its_holders_form() {
        for (title, expected) in [
            ("وزير الخارجية الأمريكي", "وزير الخارجية الأمريكي"),
            ("وزيرا خارجية إيطاليا", "وزير خارجية إيطاليا"),
            ("وزراء خارجية مصر", "وزير خارجية مصر"),
            ("الوزراء", "الوزير"),
            ("الخبيران الاقتصاديان", "الخبير الاقتصادي"),
            ("رئيسا الحكومة السابقان", "رئيس الحكومة السابق"),
            ("وزيري الدفاع الأميركيين", "وزير الدفاع الأميركي"),
            ("وزيري شؤون اللاجئين", "وزير شؤون اللاجئين"),
            ("وزير خارجيتها", "وزير الخارجية"),
            ("رئيس وزرائها", "رئيس الوزراء"),
            ("نائب رئيسه", "نائب الرئيس"),
            ("مدربه", "المدرب"),
            ("رئيس حزب النور", "رئيس حزب النور"),
        ] {
            assert_eq!(role(title, false), expected, "{title}");
        }
    }

    #[test]
    fn what_loses_its_genitive_takes_the_article() {
        assert_eq!(role("وزيرا خارجية", true), "وزير الخارجية");
        assert_eq!(role("رئيس", true), "الرئيس");
    }

    #[test]
    fn the_countries_of_a_title_are_named_in_order() {
        let document = Document::new("", "وزيرا خارجية مصر والأردن");
        let analyses = morphology::analyze(&document);
        let words = head_words(&analyses, 0, analyses[0].head.expect("a head"));
        let named = countries(&analyses, 0..analyses.len(), words);
        let found: Vec<&str> = named.iter().map(|country| gazetteer().country(country.country)).collect();
        assert_eq!(found, ["مصر", "الأردن"]);
    }
}
