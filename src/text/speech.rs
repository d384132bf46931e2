//! Verbs of saying: who says what, and who only goes on speaking.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::fold::fold;
use super::phrase::{folded, phrases};
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
    pub feminine: bool,
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
        Some(base) => PARTICIPLE_KEYS.contains(base).then_some(true),
        None => key.strip_suffix('ا').filter(|base| PARTICIPLE_KEYS.contains(*base)).map(|_| false),
    }
}

/// The verb of saying that `tokens` open with. «ويذكر أن», «يتوقع أن» are nobody's speech, and
/// «اختتم», «واصل» speak only with words of speech behind them: «واختتم حديثه», not «واختتم المهرجان».
#[must_use]
pub fn opening(tokens: &[Token]) -> Option<Speech> {
    let [verb, rest @ ..] = tokens else { return None };
    let bare = verb.key.strip_prefix(['و', 'ف']).unwrap_or(&verb.key);
    if IMPERSONAL_KEYS.contains(bare) && rest.first().is_some_and(|next| is_complementizer(&next.key)) {
        return None;
    }
    if CLOSING_KEYS.contains(bare) {
        let speaks = rest.iter().take(4).any(|token| SPEECH_WORD_KEYS.contains(&token.key));
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
pub fn lacks_speaker(tokens: &[Token]) -> bool {
    let [verb, rest @ ..] = tokens else { return true };
    let Some(next) = rest.first() else { return true };
    if quotes_a_name(rest) {
        return false;
    }
    // Folding makes «على» and «علي» one word: «أكد على أهمية» has no subject, «قال علي» has one.
    if &*next.key == "علي" && !verb.key.ends_with("اكد") && !verb.key.ends_with("شدد") {
        return rest.get(1).is_some_and(|noun| noun.key.starts_with("ال") || noun.key.ends_with('ه'));
    }
    !(next.is_word() || next.kind == TokenKind::Number)
        || is_complementizer(&next.key)
        || NO_SPEAKER_KEYS.contains(&next.key)
}

/// A name in quotation marks is a speaker, a quoted remark is none: «قالت "أنباء الشرق" إن».
fn quotes_a_name(tokens: &[Token]) -> bool {
    let [opening, rest @ ..] = tokens else { return false };
    let closing =
        rest.iter().take(5).position(Token::is_quotation_mark).filter(|_| opening.is_quotation_mark());
    closing.is_some_and(|at| at > 0 && rest.get(at + 1).is_some_and(Token::is_word))
}

/// The perfect and the imperfect of each verb that begins a report, third person masculine.
const BEGINNING: &str = "\
    قال يقول، أكد يؤكد، أعلن يعلن، ذكر يذكر، أوضح يوضح، أشار يشير، أفاد يفيد، كشف يكشف، صرح يصرح، شدد يشدد، اعتبر يعتبر، \
    لفت يلفت، كتب يكتب، حذر يحذر، نقل ينقل، أعرب يعرب، عبر يعبر، رأى يرى، أظهر يظهر، أبلغ يبلغ، أخبر يخبر، زعم يزعم، \
    ادعى يدعي، نفى ينفي، طالب يطالب، دعا يدعو، اتهم يتهم، توقع يتوقع، رجح يرجح، تعهد يتعهد، وصف يصف، انتقد ينتقد، \
    تحدث يتحدث، سأل يسأل، تساءل يتساءل، أجاب يجيب، رد يرد، علق يعلق، نوه ينوه، أقر يقر، اعترف يعترف، أورد يورد";

/// Verbs of them whose subject does not say what is reported behind them: «نفى أن», «نقل عن», «طالب بأن», «وصفه بأنه».
const NOT_ASSERTING: &str = "نفى، نقل، طالب، دعا، اتهم، وصف، انتقد، أظهر، أورد، زعم، ادعى";

/// Participles that report in the course of a sentence, without their ending: «…، مشيرا إلى أن».
const PARTICIPLES: &str = "\
    قائل، مضيف، مؤكد، مشير، موضح، لافت، معتبر، مشدد، متابع، كاشف، معلن، معرب، منوه، محذر، مبين، متسائل، مصرح، مردف، مستطرد";

/// Verbs that go on with a speech.
const CONTINUING: &str = "أضاف يضيف، تابع يتابع، أردف يردف، استطرد يستطرد، استدرك يستدرك";

/// Verbs that close or go on with a speech only where a word of speech follows: «واختتم حديثه».
const CLOSING: &str = "\
    اختتم، اختتمت، ختم، ختمت، واصل، واصلت، أكمل، أكملت، استكمل، استكملت، مضى، مضت، يختتم، تختتم، يواصل، تواصل، يختم، \
    يكمل، استأنف، استأنفت، أنهى، أنهت";

/// Words of speech after them.
const SPEECH_WORDS: &str = "\
    قائلا، قائلة، بالقول، القول، يقول، تقول، حديثه، حديثها، كلامه، كلامها، تصريحه، تصريحها، تصريحاته، تصريحاتها، كلمته، \
    كلمتها، خطابه، خطابها، بقوله، بقولها، قوله، قولها، تغريداته، تغريدته، رسالته، بيانه";

/// Verbs that are nobody's speech before «أن»: «ويذكر أن», «يتوقع أن».
const IMPERSONAL: &str =
    "يذكر، يتوقع، يعتقد، يرجح، يقال، يفترض، ينتظر، تردد، ورد، تبين، اتضح، يبدو، يخشى، يعتبر، يظهر، ظهر";

/// Words that follow a verb of saying whose subject is left out: particles, circumstances and
/// those who are told («للصحفيين», «لوكالة»).
const NO_SPEAKER: &str = "\
    إلى، في، على، خلال، عن، من، عبر، أمام، لدى، عقب، إثر، بعد، قبل، مع، حول، بشأن، حسب، ل، لل، ب، أيضا، كذلك، كما، قائلا، \
    قائلة، بالقول، يقول، تقول، مشيرا، مشيرة، مؤكدا، مؤكدة، موضحا، موضحة، معتبرا، معتبرة، ردا، لن، لم، لا، هذا، ذلك، فيه، \
    فيها، به، بها، بهذا، لوكالة، لصحيفة، لقناة، لرويترز، لفرانس، لموقع، لبرنامج، لإذاعة، للصحفيين، للصحافيين، لوسائل، لي، \
    لنا، له، لها، لهم، بوضوح، بشكل، حينها، آنذاك، وقتها، لاحقا، سابقا، مجددا";

static FORMS: LazyLock<HashMap<String, Saying>> = LazyLock::new(|| {
    let not_asserting = folded(phrases(NOT_ASSERTING));
    let beginning = phrases(BEGINNING).map(|verb| (verb, Speech::Begins));
    let continuing = phrases(CONTINUING).map(|verb| (verb, Speech::Continues));
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
        let asserts = !not_asserting.contains(perfect);
        for form in given.into_iter().chain([format!("{base}وا"), plural]) {
            forms.entry(form).or_insert(Saying { speech, feminine: false, asserts });
        }
        for form in [format!("{base}ت"), feminine] {
            forms.entry(form).or_insert(Saying { speech, feminine: true, asserts });
        }
    }
    forms
});
static PARTICIPLE_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(PARTICIPLES)));
static CLOSING_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(CLOSING)));
static SPEECH_WORD_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(SPEECH_WORDS)));
static IMPERSONAL_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(IMPERSONAL)));
static NO_SPEAKER_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(NO_SPEAKER)));

#[cfg(test)]
mod tests {
    use super::{Speech, is_complementizer, lacks_speaker, opening, verb_of_saying};
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
            assert!(lacks_speaker(&tokenize(text)), "{text}");
        }
        for text in [
            "قال الوزير إن",
            "قال سامي الحداد في بيان",
            "قال لافروف إن",
            "قالت \"أنباء الشرق\" إن",
            "قال علي حسن",
        ] {
            assert!(!lacks_speaker(&tokenize(text)), "{text}");
        }
    }
}
