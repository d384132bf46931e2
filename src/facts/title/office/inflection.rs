//! Words of a title in the form in which one holder who is named has it: without a pronoun, in the singular.

use crate::facts::gazetteer::titles::{Count, Form, Head};
use crate::facts::reading::Lexeme;

/// The office of somebody who is not named: «نائب [رئيسه]», but not «نجم [لاعبها] الدولي», «ابنة [عمها]», «أسطورة [مصارعة]».
pub fn with_owner(text: &str, words: &[Lexeme<'_>], at: usize, head: &Head) -> Option<&'static str> {
    const DEPUTIES: &[&str] =
        &["نائب", "نائبة", "مساعد", "مساعدة", "وكيل", "مستشار", "مستشارة", "ممثل", "ممثلة", "سكرتير", "مدير"];
    let word = &words[at];
    let deputy = DEPUTIES.contains(&head.singular);
    let other = word.head.filter(|head| deputy && head.possessive() && head.count == Count::One)?;
    let owner = ["ه", "ها", "هم", "هما"].iter().any(|owner| word.span.of(text).ends_with(owner));
    (owner && word.bare()).then_some(other.singular)
}

/// The adjective of several holders as it stands with one of them: «الخبيرين [الاقتصاديين]» → «الاقتصادي».
pub fn agreeing(text: &str, words: &[Lexeme<'_>], at: usize, head: &Head) -> Option<String> {
    let word = &words[at];
    let of_head = head.form == Form::Definite && head.count != Count::One;
    if !of_head || !word.definite() || !word.bare() {
        return None;
    }
    let written = word.span.of(text);
    let one = |ending, one| written.strip_suffix(ending).map(|stem| format!("{stem}{one}"));
    // «الخبيرتان الاقتصاديتان», «الخبيران الاقتصاديان».
    let women = one("تين", "ة").or_else(|| one("تان", "ة")).filter(|_| head.feminine);
    women.or_else(|| one("ين", "")).or_else(|| one("ان", "")).or_else(|| one("ون", ""))
}

/// The field of a minister before a pronoun, whatever it is: «وزير تجهيزه» → «تجهيز», «وزيرة ثقافتها» → «ثقافة».
pub fn portfolio(text: &str, words: &[Lexeme<'_>], at: usize, singular: &str) -> Option<String> {
    let word = &words[at];
    let followed = words.get(at + 1).is_some_and(|next| next.sense.country != 0);
    if at != 1 || !matches!(singular, "وزير" | "وزيرة") || word.definite() || !word.bare() || followed
    {
        return None;
    }
    let source: String = word.span.of(text).chars().filter(|&c| !crate::text::fold::is_mark(c)).collect();
    let noun = ["هما", "ها", "هم", "ه"].iter().find_map(|pronoun| source.strip_suffix(pronoun))?;
    if noun.chars().count() < 3 {
        return None;
    }
    Some(match noun.strip_suffix('ت').filter(|bare| !bare.ends_with('ا')) {
        Some(bare) => format!("{bare}ة"),
        None => noun.to_owned(),
    })
}

/// Nouns of offices as they stand before a pronoun: «خارجيتـها», «وزرائـه».
const WITH_PRONOUN: &[&str] =
    &["خارجيت", "داخليت", "دفاع", "ماليت", "وزراي", "حكومت", "برلمان", "اقتصاد", "جيش", "شرطت", "عدل"];

/// «خارجيتها» → «خارجية», «وزرائه» → «وزراء», «دفاعها» → «دفاع».
pub fn without_pronoun(word: &Lexeme<'_>) -> Option<String> {
    let stem = &*word.stem;
    if word.definite() || word.evidence.given > 2 || stem.chars().count() < 5 {
        return None;
    }
    let noun = ["هما", "ها", "هم", "ه"].iter().find_map(|pronoun| stem.strip_suffix(pronoun))?;
    if !WITH_PRONOUN.contains(&noun) {
        return None;
    }
    Some(match noun.strip_suffix('ت') {
        Some(bare) => format!("{bare}ة"),
        None if noun == "وزراي" => "وزراء".to_owned(),
        None => noun.to_owned(),
    })
}
