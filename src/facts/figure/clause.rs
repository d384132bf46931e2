//! Clauses, as far as the phrase beside a number needs them: where one ends, and which word is a verb.

use std::sync::LazyLock;

use crate::facts::gazetteer::gazetteer;
use crate::facts::lexicon::{self, Class, other_gender};
use crate::facts::number::{WordList, list};
use crate::text::frequency::DocumentFrequencies;
use crate::text::quotation::is_quotation_mark;
use crate::text::{Token, TokenKind};

/// Whether a clause ends at `token`.
pub fn ends(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark(c) if !is_quotation_mark(c) && !matches!(c, '/' | '-' | '%' | '٪' | '#' | '_'))
}

/// Whether the folded word `key` is a verb, told by the company of its forms in the news: an imperfect is met with
/// «سـ» («تصل», «ستصل»), a perfect with the «ت» of a feminine subject («أسفر», «أسفرت»), neither with the article.
pub fn is_verb(key: &str) -> bool {
    if PARTICLES.contains(key) || LINKS.contains(key) || key.chars().count() < 3 {
        return false;
    }
    let words = DocumentFrequencies::words();
    let count = |word: &str| words.count(word);
    // A noun is met with the article as often as without; a verb is met with it where it is spelled like a noun.
    let noun = |word: &str, uses: f32| words.count_definite(word) >= (uses / NOUN_SHARE).max(RARE);
    // «تصل» has «ستصل» beside it, «يحتاج» has «تحتاج».
    let imperfect = |word: &str| {
        let other = || other_gender(word).is_some_and(|other| count(&other) >= RARE);
        is_imperfect(word)
            && count(word) >= RARE
            && (count(&format!("س{word}")) >= RARE || other())
            && !noun(word, count(word))
    };
    let future = key.strip_prefix('س').is_some_and(|rest| is_imperfect(rest) && count(rest) >= RARE);
    // «يملكونها», «قتلوا»
    let bare = ["ها", "هم", "ه"].iter().find_map(|object| key.strip_suffix(object)).unwrap_or(key);
    // «يصلون», «يقضون» (of «يقضي»).
    let plural = |word: &str| {
        let stem = word.strip_suffix("وا").or_else(|| word.strip_suffix("ون"));
        stem.is_some_and(|stem| imperfect(stem) || imperfect(&format!("{stem}ي")))
    };
    if future || imperfect(key) || plural(key) || bare != key && (imperfect(bare) || plural(bare)) {
        return true;
    }
    // «قتلوا», «استخدمنا», «أسفرت»
    let many = key.strip_suffix("وا").or_else(|| key.strip_suffix("نا")).unwrap_or(key);
    let perfect = many.strip_suffix('ت').unwrap_or(many);
    let feminine = count(&format!("{perfect}ت"));
    // «بيانا» has «بيانات» beside it, but is no verb; «بدأ» has «يبدأ».
    perfect.chars().count() >= 3
        && (!perfect.ends_with('ا') || count(&format!("ي{perfect}")) >= RARE)
        && count(perfect) >= RARE
        && feminine >= RARE
        && !noun(perfect, feminine)
        && !is_name(key)
}

/// Whether `key` names people or places more often than it is a verb: «عمر» beside «عمرت», «سان» beside «سانت».
fn is_name(key: &str) -> bool {
    let evidence = gazetteer().evidence(key);
    lexicon::class(key) == Class::Open && evidence.given.max(evidence.surname) >= OFTEN
}

/// Some sixteen people of the lists or more, as [`crate::facts::gazetteer::Evidence`] counts.
const OFTEN: u8 = 5;

/// Whether `particle` denies what stands behind it, or makes it a wish: «لم», «لن», «ألا», «كي», «[عدم] نشر اسمه».
pub fn denies(particle: &str) -> bool {
    let bare = particle.strip_prefix(['و', 'ف']).unwrap_or(particle);
    matches!(
        bare,
        "لم" | "لن"
            | "لا"
            | "الا"
            | "ليس"
            | "ليست"
            | "كي"
            | "لكي"
            | "سوف"
            | "ربما"
            | "عدم"
            | "دون"
    )
}

/// Whether `particle` makes a possibility of the verb `verb` behind it, an imperfect: «قد يتسبب», «قد تصل», not «قد تسبب», «فقد تراجع».
pub fn may(particle: &str, verb: &str) -> bool {
    let feminine = || {
        let perfect = verb.starts_with("تم") || verb.ends_with('ت') || verb.ends_with("نا");
        let masculine = verb.strip_prefix('ت').map(|rest| format!("ي{rest}"));
        !perfect && masculine.is_some_and(|verb| DocumentFrequencies::words().count(&verb) >= RARE)
    };
    match particle {
        "قد" | "وقد" => verb.starts_with('ي') || feminine(),
        "فقد" => verb.starts_with('ي'),
        _ => false,
    }
}

fn is_imperfect(key: &str) -> bool {
    key.starts_with(['ي', 'ت', 'ن']) && key.chars().count() >= 3
}

/// Fewer articles than this may hold a word by mistake.
const RARE: f32 = 2.0;

/// A word that is met this many times as often without the article is a verb in most of them.
const NOUN_SHARE: f32 = 4.0;

/// «ويطالب», «وتصل», «وقد»: a conjunction joined to a word, and not a word that begins with و («وزير»).
pub fn joins(key: &str) -> bool {
    let Some(rest) = key.strip_prefix('و').filter(|rest| rest.chars().count() > 1) else { return false };
    if PARTICLES.contains(rest) || LINKS.contains(rest) {
        return true;
    }
    let words = DocumentFrequencies::words();
    rest.chars().count() > 2 && !own_waw(key) && (words.count(rest) > words.count(key) || is_verb(rest))
}

/// Whether the و of `key` is a noun's own, though a verb is spelled like the rest: «وباء» is no «و» and «باء», «وادي» no «وأدى». Such a
/// noun is met with the article.
fn own_waw(key: &str) -> bool {
    DocumentFrequencies::words().count_definite(key) >= RARE
}

/// Whether `key` is a verb or the noun of its action, which are spelled alike: «تغلب», «تراجع».
pub fn may_be_verb(key: &str) -> bool {
    is_verb(key) || key.starts_with('ت') && DocumentFrequencies::words().count(&format!("{key}ت")) >= RARE
}

/// Whether a clause of its own begins at `token`: «وبلغت», «فقتل», «وقد», «ثم».
pub fn begins(token: &Token) -> bool {
    if matches!(&*token.key, "ثم" | "فقد" | "لكن" | "ولكن" | "بل") {
        return true;
    }
    token.key.strip_prefix('و').is_some_and(|rest| {
        matches!(rest, "قد" | "لم" | "هو" | "هي" | "لا" | "كان" | "كانت")
            || is_verb(rest) && !own_waw(&token.key)
    })
}

/// Prepositions that link the parts of a phrase.
pub static LINKS: WordList = LazyLock::new(|| {
    list(
        "في على إلى من عن مع بعد قبل خلال منذ بين ضد لدى عبر حتى نحو دون ضمن عند أمام حول تحت فوق لمدة مقابل بسبب إثر",
    )
});

/// Words that are neither nouns nor verbs.
static PARTICLES: WordList = LazyLock::new(|| {
    list(
        "أن إن أنه إنه أنها إنها لا لم لن قد ما هو هي هم هذا هذه ذلك تلك التي الذي الذين ثم أو كما لكن بل حيث إذ إذا \
    كل بعض غير سوى فقط أي أما إلا لو به بها فيه فيها منه منها منهم له لها لهم عليه عليها عليهم عنه عنها بينهم بينها تونس يونس",
    )
});
