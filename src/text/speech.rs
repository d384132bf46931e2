//! Verbs of saying: who says what, and who only goes on speaking.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::fold::fold;
use super::phrase::folded;
use super::quotation::is_quotation_mark;
use super::token::{Token, TokenKind};

/// What a verb of saying tells of the speech before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speech {
    /// It may begin a report: «قال», «أعلنت», «يؤكد».
    Begins,
    /// It goes on with one: «أضاف», «تابعت».
    Continues,
}

/// The perfect and the imperfect of each verb, third person masculine.
const VERBS: &[(&str, &str, Speech)] = &[
    ("قال", "يقول", Speech::Begins),
    ("أكد", "يؤكد", Speech::Begins),
    ("أعلن", "يعلن", Speech::Begins),
    ("ذكر", "يذكر", Speech::Begins),
    ("أوضح", "يوضح", Speech::Begins),
    ("أشار", "يشير", Speech::Begins),
    ("أفاد", "يفيد", Speech::Begins),
    ("كشف", "يكشف", Speech::Begins),
    ("صرح", "يصرح", Speech::Begins),
    ("شدد", "يشدد", Speech::Begins),
    ("اعتبر", "يعتبر", Speech::Begins),
    ("لفت", "يلفت", Speech::Begins),
    ("كتب", "يكتب", Speech::Begins),
    ("حذر", "يحذر", Speech::Begins),
    ("نقل", "ينقل", Speech::Begins),
    ("أعرب", "يعرب", Speech::Begins),
    ("عبر", "يعبر", Speech::Begins),
    ("رأى", "يرى", Speech::Begins),
    ("أظهر", "يظهر", Speech::Begins),
    ("أبلغ", "يبلغ", Speech::Begins),
    ("أخبر", "يخبر", Speech::Begins),
    ("زعم", "يزعم", Speech::Begins),
    ("ادعى", "يدعي", Speech::Begins),
    ("نفى", "ينفي", Speech::Begins),
    ("طالب", "يطالب", Speech::Begins),
    ("دعا", "يدعو", Speech::Begins),
    ("اتهم", "يتهم", Speech::Begins),
    ("توقع", "يتوقع", Speech::Begins),
    ("رجح", "يرجح", Speech::Begins),
    ("تعهد", "يتعهد", Speech::Begins),
    ("وصف", "يصف", Speech::Begins),
    ("انتقد", "ينتقد", Speech::Begins),
    ("تحدث", "يتحدث", Speech::Begins),
    ("سأل", "يسأل", Speech::Begins),
    ("تساءل", "يتساءل", Speech::Begins),
    ("أجاب", "يجيب", Speech::Begins),
    ("رد", "يرد", Speech::Begins),
    ("علق", "يعلق", Speech::Begins),
    ("نوه", "ينوه", Speech::Begins),
    ("أقر", "يقر", Speech::Begins),
    ("اعترف", "يعترف", Speech::Begins),
    ("أورد", "يورد", Speech::Begins),
    ("أضاف", "يضيف", Speech::Continues),
    ("تابع", "يتابع", Speech::Continues),
    ("أردف", "يردف", Speech::Continues),
    ("استطرد", "يستطرد", Speech::Continues),
    ("استدرك", "يستدرك", Speech::Continues),
    ("استكمل", "يستكمل", Speech::Continues),
    ("أكمل", "يكمل", Speech::Continues),
    ("مضى", "يمضي", Speech::Continues),
    ("اختتم", "يختتم", Speech::Continues),
    ("ختم", "يختم", Speech::Continues),
];

static FORMS: LazyLock<HashMap<String, Speech>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for &(perfect, imperfect, speech) in VERBS {
        let (perfect, imperfect) = (fold(perfect), fold(imperfect));
        // «رأى»، «دعا»: the weak last letter falls before an ending: «رأت»، «دعوا».
        let weak = perfect.strip_suffix(['ي', 'ا']).filter(|_| imperfect.ends_with(['ي', 'و']));
        let base = weak.unwrap_or(&perfect);
        let feminine = imperfect.replacen('ي', "ت", 1);
        let plural = format!("{}ون", imperfect.trim_end_matches(['ي', 'و']));
        let all = [format!("{base}ت"), format!("{base}وا"), feminine, plural, imperfect, perfect];
        for form in all {
            forms.entry(form).or_insert(speech);
        }
    }
    forms
});

/// What kind of verb of saying `key` is, «و» and «ف» in front of it set aside: «وأضافت» continues.
#[must_use]
pub fn verb_of_saying(key: &str) -> Option<Speech> {
    let bare = key.strip_prefix(['و', 'ف']);
    FORMS.get(key).or_else(|| FORMS.get(bare?)).copied()
}

/// Whether `key` opens the clause that a verb of saying reports: «أنّ», «إنه», «بأن», «أنّ… وأنّها».
///
/// Folding makes one key of «أنْ», «أنّ» and «إنّ»; that suits this question.
#[must_use]
pub fn is_complementizer(key: &str) -> bool {
    let rest = key.strip_prefix('ب').unwrap_or(key);
    rest.strip_prefix("ان").is_some_and(|pronoun| {
        matches!(pronoun, "" | "ه" | "ها" | "هم" | "هما" | "ني" | "نا" | "ك" | "كم" | "ا" | "هن" | "ي" | "ما")
    })
}

/// Whether the verb of saying before `tokens` has no subject among them: a report or a
/// circumstance follows at once («قال إن…», «أضاف في بيان أن…», «تابع: "…»).
#[must_use]
pub fn lacks_speaker(tokens: &[Token]) -> bool {
    if quotes_a_name(tokens) {
        return false;
    }
    tokens.first().is_none_or(|next| {
        !(next.is_word() || next.kind == TokenKind::Number)
            || is_complementizer(&next.key)
            || NO_SPEAKER_KEYS.contains(&next.key)
    })
}

/// A name in quotation marks is a speaker, a quoted remark is none: «قالت "أنباء الشرق" إن».
fn quotes_a_name(tokens: &[Token]) -> bool {
    let is_quote = |token: &Token| matches!(token.kind, TokenKind::Mark(mark) if is_quotation_mark(mark));
    let [opening, rest @ ..] = tokens else { return false };
    let closing = rest.iter().take(5).position(is_quote).filter(|_| is_quote(opening));
    closing.is_some_and(|at| at > 0 && rest.get(at + 1).is_some_and(Token::is_word))
}

/// Words that follow a verb of saying whose subject is left out: particles, circumstances and
/// those who are told («للصحفيين», «لوكالة»).
const NO_SPEAKER: &[&str] = &[
    "إلى",
    "على",
    "في",
    "خلال",
    "عن",
    "من",
    "عبر",
    "أمام",
    "لدى",
    "عقب",
    "إثر",
    "بعد",
    "قبل",
    "مع",
    "حول",
    "بشأن",
    "حسب",
    "ل",
    "لل",
    "ب",
    "أيضا",
    "كذلك",
    "كما",
    "قائلا",
    "قائلة",
    "بالقول",
    "يقول",
    "تقول",
    "مشيرا",
    "مشيرة",
    "مؤكدا",
    "مؤكدة",
    "موضحا",
    "موضحة",
    "معتبرا",
    "معتبرة",
    "ردا",
    "لن",
    "لم",
    "لا",
    "هذا",
    "ذلك",
    "فيه",
    "فيها",
    "به",
    "بها",
    "بهذا",
    "لوكالة",
    "لصحيفة",
    "لقناة",
    "لرويترز",
    "لفرانس",
    "لموقع",
    "لبرنامج",
    "لإذاعة",
    "للصحفيين",
    "للصحافيين",
    "لوسائل",
    "لي",
    "لنا",
    "له",
    "لها",
    "لهم",
    "بوضوح",
    "بشكل",
    "حينها",
    "آنذاك",
    "وقتها",
    "لاحقا",
    "سابقا",
    "مجددا",
];

static NO_SPEAKER_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(NO_SPEAKER));

#[cfg(test)]
mod tests {
    use super::{Speech, is_complementizer, lacks_speaker, verb_of_saying};
    use crate::text::fold::fold;
    use crate::text::token::tokenize;

    #[test]
    fn verbs_in_their_forms() {
        let check = |word: &str, speech| assert_eq!(verb_of_saying(&fold(word)), speech, "{word}");
        check("وقالت", Some(Speech::Begins));
        check("يؤكدون", Some(Speech::Begins));
        check("دعت", Some(Speech::Begins));
        check("رأى", Some(Speech::Begins));
        check("وأضاف", Some(Speech::Continues));
        check("تضيف", Some(Speech::Continues));
        check("الوزير", None);
        check("وصل", None);
    }

    #[test]
    fn complementizers() {
        for word in ["أنّ", "إنه", "بأنها", "أن"] {
            assert!(is_complementizer(&fold(word)), "{word}");
        }
        for word in ["انتخاب", "انقرة", "بانياس", "أنا"] {
            assert_eq!(is_complementizer(&fold(word)), word == "أنا", "{word}");
        }
    }

    #[test]
    fn a_verb_without_its_speaker() {
        for rest in ["إن الخطة جاهزة", ": \"نعم\"", "في بيان أن", "للصحفيين إن"]
        {
            assert!(lacks_speaker(&tokenize(rest)), "{rest}");
        }
        for rest in ["الوزير إن", "سامي الحداد في بيان", "لافروف إن", "\"أنباء الشرق\" إن"]
        {
            assert!(!lacks_speaker(&tokenize(rest)), "{rest}");
        }
    }
}
