//! Words that end a name: verbs, participles, nouns with an owner or a clitic, what no list has as a name.

use super::others::adverbial;
use super::run::is_link;
use crate::facts::gazetteer::{Evidence, gazetteer};
use crate::facts::lexicon::{Class, is_present};
use crate::facts::reading::{Lexeme, Nameness};
use crate::text::frequency::DocumentFrequencies;

/// Whether a word is no part of a name, whatever the tagger says: an everyday word that no list has as a name.
pub fn unlikely(word: &Lexeme<'_>) -> bool {
    let name = word.evidence.given.max(word.evidence.surname);
    if verbal(word) || participle(word) || no_name(word) {
        return true;
    }
    let everyday = word.class != Class::Open || name < 2 || (word.evidence.documents >= 11 && name < 6);
    !word.is_word() || (word.nameness == Nameness::No && !is_link(&word.stem) && everyday)
}

/// Whether the word at `at` says what for somebody is known, or whom he met, and is no family name: «كمال داود [الفائز] بجائزة»,
/// «[الحائز] على جائزة».
pub fn distinguished(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let word = &lexemes[at];
    let next = lexemes.get(at + 1).filter(|next| next.sentence == word.sentence);
    let won = matches!(&*word.stem, "الفايز" | "الفايزه" | "الحايز" | "الحايزه" | "المتوج" | "المتوجه");
    // «طارق جدعون [المكنى] أبا حمزة».
    let called = matches!(
        &*word.stem,
        "المكني" | "المكناه" | "الملقب" | "الملقبه" | "المعروف" | "المعروفه" | "المسمي"
    );
    // «التقى السيسي [بولي] العهد».
    let heir = word.stem == "بولي" && next.is_some_and(|next| next.key == "العهد");
    called
        || heir
        || won
            && next.is_some_and(|next| {
                next.preposition == Some('ب') || next.key.starts_with('ب') || next.key == "علي"
            })
}

/// Whether a word that nobody bears is a clitic and a noun that the news has: «هيمنغواي [وبروست]», «إينريكي [ورفاقه]», «مساعي واندا
/// [لمغازلة]», «حكمه [بإعدام] جدعون», but not «أوسكار [وايلد]», «بلاتيني».
pub fn joined(word: &Lexeme<'_>) -> bool {
    let Evidence { given, surname, documents, as_name } = word.evidence;
    let Some(rest) = word.stem.strip_prefix(['و', 'ل', 'ب']) else { return false };
    // «[بوزين]», «[بوعون]» are families.
    if given.max(surname) > 0 || word.stem.starts_with("بو") {
        return false;
    }
    let words = DocumentFrequencies::words();
    let [with, without] = [words.count(&word.stem), words.count(rest)];
    let noun = words.count_definite(rest) > 0.0;
    // «القبض على فينس فون [بتهمة] القيادة»: a noun that is met with the preposition more than without.
    if as_name == 0 && noun && rest.ends_with('ه') && documents >= COMMON {
        return true;
    }
    let letters = rest.chars().count();
    if word.stem.starts_with('و') {
        let owned = ["ه", "ها", "هم"].iter().any(|owner| rest.ends_with(owner));
        return letters > 3 && without > 0.0 && (noun || owned || as_name.max(documents) == 0);
    }
    let short = letters == 3 && documents == 0 && noun && word.stem.starts_with('ب');
    let commoner = noun && without > with || without > RARER * with;
    as_name == 0 && (letters > 3 || short) && commoner
}

/// How many times as often the news has a noun as the same with a preposition, that the latter is no word of its own.
const RARER: f32 = 2.0;

/// Whether the word opens a condition, unless a foreign name goes on behind it: «ميسي [لو] خاض», but not «جان إيف لو دريان».
pub fn conditional(word: &Lexeme<'_>) -> bool {
    word.stem == "لو"
}

/// Whether the news never has the word with the article, as it never has a foreign name: «مبابي», but not «قضاء».
pub fn never_definite(word: &Lexeme<'_>) -> bool {
    word.sense.country == 0 && DocumentFrequencies::words().count_definite(&word.stem) == 0.0
}

/// Whether a word looks like a participle that describes: «عزاريا [المدان]», «خرج صلاح [مبتسما]», but not «المهيري», «مارينوفا».
pub fn participle(word: &Lexeme<'_>) -> bool {
    if word.evidence.given.max(word.evidence.surname) > 0 {
        return false;
    }
    let words = DocumentFrequencies::words();
    let how = |end| word.stem.strip_suffix(end).filter(|how| how.starts_with('م') && how.chars().count() > 3);
    let forms = |how: &str| [format!("{how}ه"), format!("{how}ين"), format!("ال{how}ين")];
    // «بكر بن لادن [محتجزان]».
    let how = how("ان").or_else(|| how("ا"));
    if how.is_some_and(|how| forms(how).iter().any(|form| words.count(form) > 0.0)) {
        return true;
    }
    word.definite()
        && word.stem.starts_with("الم")
        && !word.stem.ends_with(['ي', 'ه'])
        && word.evidence.as_name == 0
        && word.evidence.documents >= 3
}

/// Whether the news has the word often, and neither it nor a list has it as a name: «يطرح علي [معضلة]», «ريد [مقتنعة]». Only a
/// word that ends as foreign names hardly do: «ستيفن منوتشين» is in no list either.
pub fn no_name(word: &Lexeme<'_>) -> bool {
    if adverbial(word) || owned(word) || says_what_for(word) || likened(word) {
        return true;
    }
    word.is_word()
        && word.stem.ends_with('ه')
        && word.evidence.given.max(word.evidence.surname) == 0
        && word.evidence.as_name == 0
        && word.evidence.documents >= 6
}

/// Whether a word tells what somebody is one of, or for whom: «اختيرت يسري [كواحدة] من أجمل النساء», «وعزى ترامب [باسمه]».
pub fn likened(word: &Lexeme<'_>) -> bool {
    matches!(word.key, "كواحد" | "كواحده" | "كاحد" | "كاحدي" | "باسمه" | "باسمها" | "باسمهم")
}

/// Whether a word says what for: «لجان [لتدارس] الإصلاحات», «عاد رونالدو [ليتجرع] الهزيمة», but not «ليروي ساني».
pub fn says_what_for(word: &Lexeme<'_>) -> bool {
    let deed = word.stem.strip_prefix('ل').filter(|deed| deed.chars().count() > 4);
    let known = |deed: &str| DocumentFrequencies::words().count(deed) > 0.0;
    word.nameness < Nameness::Maybe
        && deed.is_some_and(|deed| deed.starts_with('ت') && known(deed) || is_present(deed))
}

/// Whether a word is somebody's: «قرأ كريم بنيس [قصائده]», «كتم كوفي [حسرته]», «بين [بلديهما]», «وضع سولسكاير [بصمته]». The news has
/// it without an owner and with another, or it is a feminine noun that the news has as such.
pub fn owned(word: &Lexeme<'_>) -> bool {
    let words = DocumentFrequencies::words();
    if word.evidence.given.max(word.evidence.surname) > 0 || word.definite() {
        return false;
    }
    let of_both = word.stem.strip_suffix("هما").is_some_and(|noun| noun.chars().count() > 3);
    let noun = word.stem.strip_suffix('ه').filter(|noun| noun.chars().count() > 3);
    let plain = |noun: &str| {
        let feminine = noun.strip_suffix('ت').is_some_and(|bare| words.count(&format!("{bare}ه")) > 0.0);
        words.count(noun) > 0.0 || feminine
    };
    let feminine = || noun.is_some_and(|noun| noun.ends_with('ت')) && word.evidence.documents >= 4;
    of_both
        || feminine()
        || word.evidence.as_name == 0
            && noun.is_some_and(|noun| plain(noun) && words.count(&format!("{noun}ها")) > 0.0)
}

/// Whether a rare word looks like a verb: «يتزوج», «تفوز», «سيعزز», «اتبع».
pub fn verbal(word: &Lexeme<'_>) -> bool {
    let name = word.evidence.given.max(word.evidence.surname);
    let letters = word.stem.chars().count();
    let plural = letters > 3 && word.stem.ends_with("وا") && word.evidence.documents >= 3;
    // «ويخدع», «تدعوه»: rare verbs are written with what stands before and behind them.
    let led = word.stem.strip_prefix(['س', 'و']).filter(|_| letters > 4);
    let mut bare = ["ه", "ها", "هم", "ن"].iter().filter_map(|object| word.stem.strip_suffix(object));
    let present = (letters > 3 && word.evidence.documents >= 3).then_some(&*word.stem);
    // «الحارس [يعيش]»: a verb that the news has in every other article, and a family name here and there.
    let common = word.evidence.given == 0 && word.evidence.documents >= COMMON;
    (name == 0 || common)
        && word.evidence.as_name < 2
        && (plural
            || led.is_some_and(is_present)
            || present.is_some_and(is_present)
            || bare.any(|verb| verb.chars().count() > 3 && is_present(verb)))
}

/// Whether a word that nobody bears looks like a woman's verb in the past: «غدير [أرادت] شيئا», but not «جودت», «هيذر نويرت».
pub fn past(word: &Lexeme<'_>) -> bool {
    let verb = word.stem.strip_suffix('ت').filter(|verb| verb.chars().count() > 3 && !verb.ends_with('ا'));
    let named = |evidence: Evidence| evidence.given.max(evidence.surname).max(evidence.as_name) > 0;
    let known = |verb: &str| DocumentFrequencies::words().count(verb) > 0.0;
    word.evidence.documents >= 3
        && !named(word.evidence)
        && verb.is_some_and(|verb| known(verb) && !named(gazetteer().evidence(verb)))
}

/// A word of at least 256 news articles (a logarithm).
const COMMON: u8 = 9;
