//! Verbs of saying: who says what, and who only goes on speaking.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use super::fold::fold;
use super::lexicon::WordClass;
use super::token::{Token, TokenKind};

/// What a verb of saying tells of the speech before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speech {
    /// It may begin a report: «قال», «أعلنت», «يؤكد».
    Begins,
    /// It goes on with one: «أضاف», «تابعت».
    Continues,
}

/// A form of a verb of saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saying {
    /// What the verb tells of the speech before it.
    pub speech: Speech,
    /// Whether its subject is feminine: «قالت», «تؤكد».
    pub is_feminine: bool,
    /// Whether what it reports is asserted by its subject: «نفى», «طالب», «وصف» assert nothing of the kind.
    pub asserts: bool,
}

/// The verb of saying that `key` is a form of, «و» and «ف» in front of it set aside.
#[must_use]
pub fn saying(key: &str) -> Option<Saying> {
    let bare = key.strip_prefix(['و', 'ف']);
    FORMS.get(key).or_else(|| FORMS.get(bare?)).copied()
}

/// What kind of verb of saying `key` is, «و» and «ف» in front of it set aside: «وأضافت» continues.
#[must_use]
pub fn verb_of_saying(key: &str) -> Option<Speech> {
    saying(key).map(|saying| saying.speech)
}

/// Whether `key` is a participle of saying, and then whether it is feminine: «مشيرا», «مضيفة», «قائلا».
#[must_use]
pub fn participle_of_saying(key: &str) -> Option<bool> {
    let key = key.strip_prefix('و').unwrap_or(key);
    match key.strip_suffix('ه') {
        Some(base) => WordClass::SayingParticiple.contains(base).then_some(true),
        None => {
            key.strip_suffix('ا').filter(|base| WordClass::SayingParticiple.contains(base)).map(|_| false)
        }
    }
}

/// The verb of saying that `tokens` open with. «ويذكر أن», «يتوقع أن» are nobody's speech, and
/// «اختتم», «واصل» speak only with words of speech behind them: «واختتم حديثه», not «واختتم المهرجان».
#[must_use]
pub fn opening(tokens: &[Token]) -> Option<Speech> {
    let [verb, rest @ ..] = tokens else { return None };
    let bare = verb.key.strip_prefix(['و', 'ف']).unwrap_or(&verb.key);
    if WordClass::ImpersonalVerb.contains(bare)
        && rest.first().is_some_and(|next| is_complementizer(&next.key))
    {
        return None;
    }
    if WordClass::ClosingVerb.contains(bare) {
        let speaks = rest.iter().take(4).any(|token| WordClass::SpeechWord.contains(&token.key));
        return speaks.then_some(Speech::Continues);
    }
    verb_of_saying(&verb.key)
}

/// Whether `key` opens the clause that a verb of saying reports: «أنّ», «إنه», «بأن».
///
/// Folding makes one key of «أنْ», «أنّ» and «إنّ»; that suits this question.
#[must_use]
pub fn is_complementizer(key: &str) -> bool {
    let rest = key.strip_prefix('ب').unwrap_or(key);
    rest.strip_prefix("ان").is_some_and(|pronoun| {
        matches!(pronoun, "" | "ه" | "ها" | "هم" | "هما" | "ني" | "نا" | "ك" | "كم" | "هن" | "ي" | "ما")
    })
}

/// Whether the verb of saying that `tokens` open with has no subject: a report or a circumstance
/// follows at once («قال إن…», «أضاف في بيان أن…», «تابع: "…»).
#[must_use]
pub fn is_without_speaker(tokens: &[Token]) -> bool {
    let [verb, rest @ ..] = tokens else { return true };
    let Some(next) = rest.first() else { return true };
    if is_quoting_name(rest) {
        return false;
    }
    // Folding makes «على» and «علي» one word: «أكد على أهمية» has no subject, «قال علي» has one.
    if &*next.key == "علي" && !WordClass::InsistingVerb.has_end_of(&verb.key) {
        return rest.get(1).is_some_and(|noun| noun.key.starts_with("ال") || noun.key.ends_with('ه'));
    }
    !(next.is_word() || next.kind == TokenKind::Number)
        || is_complementizer(&next.key)
        || WordClass::BehindMissingSpeaker.contains(&next.key)
}

/// A name in quotation marks is a speaker, a quoted remark is none: «قالت "أنباء الشرق" إن».
fn is_quoting_name(tokens: &[Token]) -> bool {
    let [opening, rest @ ..] = tokens else { return false };
    let closing =
        rest.iter().take(5).position(Token::is_quotation_mark).filter(|_| opening.is_quotation_mark());
    closing.is_some_and(|at| at > 0 && rest.get(at + 1).is_some_and(Token::is_word))
}

static FORMS: LazyLock<HashMap<String, Saying>> = LazyLock::new(|| {
    let beginning = WordClass::SayingVerb.words().map(|verb| (verb, Speech::Begins));
    let continuing = WordClass::ContinuingVerb.words().map(|verb| (verb, Speech::Continues));
    let mut forms = HashMap::new();
    for (verb, speech) in beginning.chain(continuing) {
        let verb = fold(verb);
        let (perfect, imperfect) = verb.split_once(' ').unwrap_or((&verb, &verb));
        // «رأى»، «دعا»: the weak last letter falls before an ending: «رأت»، «دعوا».
        let weak = perfect.strip_suffix(['ي', 'ا']).filter(|_| imperfect.ends_with(['ي', 'و']));
        let base = weak.unwrap_or(perfect);
        let feminine = imperfect.replacen('ي', "ت", 1);
        let plural = format!("{}ون", imperfect.trim_end_matches(['ي', 'و']));
        let given = [perfect.to_owned(), imperfect.to_owned()];
        let asserts = !WordClass::NotAsserting.contains(perfect);
        for form in given.into_iter().chain([format!("{base}وا"), plural]) {
            forms.entry(form).or_insert(Saying { speech, is_feminine: false, asserts });
        }
        for form in [format!("{base}ت"), feminine] {
            forms.entry(form).or_insert(Saying { speech, is_feminine: true, asserts });
        }
    }
    forms
});

#[cfg(test)]
mod tests {
    use super::{Speech, is_complementizer, is_without_speaker, opening, verb_of_saying};
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
    fn what_only_looks_like_speech() {
        let check = |text: &str, speech| assert_eq!(opening(&tokenize(text)), speech, "{text}");
        check("واختتم حديثه بالإشارة إلى الميناء", Some(Speech::Continues));
        check("واختتم المهرجان فعالياته أمس", None);
        check("ومضى قائلا إن العمل بدأ", Some(Speech::Continues));
        check("ويذكر أن العمل بدأ", None);
        check("يتوقع أن يبدأ العمل", None);
        check("ويذكر الكاتب قصة الميناء", Some(Speech::Begins));
    }

    #[test]
    fn complementizers() {
        for word in ["أنّ", "إنه", "بأنها", "أن"] {
            assert!(is_complementizer(&fold(word)), "{word}");
        }
        for word in ["انتخاب", "انقرة", "بانياس", "أنا"] {
            assert!(!is_complementizer(&fold(word)), "{word}");
        }
    }

    #[test]
    fn a_verb_without_its_speaker() {
        for text in
            ["قال إن الخطة جاهزة", "قال: \"نعم\"", "قال في بيان أن", "قال للصحفيين إن", "أكد على أهمية"]
        {
            assert!(is_without_speaker(&tokenize(text)), "{text}");
        }
        for text in [
            "قال الوزير إن",
            "قال سامي الحداد في بيان",
            "قال لافروف إن",
            "قالت \"أنباء الشرق\" إن",
            "قال علي حسن",
        ] {
            assert!(!is_without_speaker(&tokenize(text)), "{text}");
        }
    }
}
