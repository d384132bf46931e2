//! What people say to a bot that is no article: a greeting, thanks, a question. They get a short answer instead of a refusal. Pure.

use crate::text::fold::fold;

/// Something that is said in passing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// «السلام عليكم».
    Salam,
    /// «مرحباً».
    Greeting,
    /// «شكراً لك».
    Thanks,
    /// «من أنت؟»
    Who,
    /// «هل تلخّص الكتب؟»
    Question,
}

/// From so many words on nothing is said in passing.
const WORDS: usize = 9;

/// Words that a greeting begins with. Closed class.
const GREETINGS: [&str; 14] = [
    "مرحبا",
    "أهلا",
    "هلا",
    "صباح",
    "مساء",
    "تحية",
    "تحياتي",
    "كيفك",
    "شلونك",
    "إزيك",
    "hello",
    "hi",
    "hey",
    "good",
];

/// The words that the greeting begins with which has an answer of its own. Closed class.
const SALAM: [&str; 4] = ["السلام", "سلام", "salam", "assalamu"];

/// Words that thanks begin with. Closed class.
const THANKS: [&str; 11] =
    ["شكرا", "أشكرك", "مشكور", "مشكورة", "تسلم", "يسلمو", "يعطيك", "جزاك", "thanks", "thank", "thx"];

/// How people ask whom they are talking to. Closed class.
const WHO: [&str; 12] = [
    "من أنت",
    "من أنتم",
    "مين أنت",
    "ما أنت",
    "ما اسمك",
    "ما موجز",
    "ما هذا البوت",
    "ايش هذا البوت",
    "ماذا تفعل",
    "ماذا تعمل",
    "who are you",
    "what are you",
];

/// How people ask how somebody is. Closed class.
const HOW_ARE_YOU: [&str; 4] = ["كيف حال", "كيف الحال", "كيف أنت", "how are you"];

/// Words that a question begins with, with a question mark behind it or without. Closed class.
const QUESTIONS: [&str; 9] = ["هل", "كيف", "ماذا", "لماذا", "متى", "أين", "ليش", "شو", "وين"];

impl Talk {
    /// What `text` says in passing, if that is all it does. «أهلاً بكم في نشرة…» of nine words and more is no greeting.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let folded = fold(text);
        let words: Vec<&str> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let first = *words.first().filter(|_| words.len() < WORDS)?;
        let is = |known: &[&str]| known.iter().any(|known| fold(known) == first);
        let said = words.join(" ");
        if WHO.iter().any(|who| said.starts_with(&fold(who))) {
            Some(Self::Who)
        } else if is(&SALAM) {
            Some(Self::Salam)
        } else if is(&GREETINGS) || HOW_ARE_YOU.iter().any(|asked| said.starts_with(&fold(asked))) {
            Some(Self::Greeting)
        } else if is(&THANKS) {
            Some(Self::Thanks)
        } else {
            let is_asked = text.trim_end().ends_with(['؟', '?']) || is(&QUESTIONS);
            is_asked.then_some(Self::Question)
        }
    }

    /// The message of the locale files that answers it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Salam => "talk-salam",
            Self::Greeting => "talk-greeting",
            Self::Thanks => "talk-thanks",
            Self::Who => "talk-who",
            Self::Question => "talk-question",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_passing_is_told_from_news() {
        let check = |text: &str, expected| assert_eq!(Talk::of(text), expected, "{text}");
        check("السلام عليكم ورحمة الله", Some(Talk::Salam));
        check("سلام", Some(Talk::Salam));
        check("مرحباً!", Some(Talk::Greeting));
        check("Hello", Some(Talk::Greeting));
        check("شُكراً لك يا موجز", Some(Talk::Thanks));
        check("مَن أنتَ؟", Some(Talk::Who));
        check("ما هذا البوت", Some(Talk::Who));
        check("كيف حالك", Some(Talk::Greeting));
        check("هل تلخّص الكتب؟", Some(Talk::Question));
        check("كيف أضيفك إلى مجموعة", Some(Talk::Question));
        check("نص قصير", None);
        check("استقبل الوزير نظيره في العاصمة", None);
        check("مرحبا بكم في نشرة أخبار المساء من العاصمة ومن كل المدن", None);
        check("؟", None);
    }
}
