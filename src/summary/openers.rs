//! What a sentence opens with, as far as the ranker cares.

use crate::text::{Token, TokenKind};

/// What the first words of a sentence say of its part in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opener {
    /// A verb of saying: «وقال الوزير», «وأضاف».
    Saying,
    /// A discourse connective: «في المقابل», «لكن», «كما».
    Connective,
    /// A background formula: «يذكر أن», «يشار إلى».
    Background,
    /// A pronoun or a demonstrative: «هذا», «هو».
    Pronoun,
    /// A past story: «وكان البلدان».
    Past,
    /// Anything else.
    Plain,
}

/// Verbs of saying, folded, without a conjunction: «قال», «أضافت».
const SAYING: &[&str] = &[
    "قال",
    "قالت",
    "قالوا",
    "اضاف",
    "اضافت",
    "تابع",
    "تابعت",
    "اوضح",
    "اوضحت",
    "اكد",
    "اكدت",
    "ذكر",
    "ذكرت",
    "اشار",
    "اشارت",
    "اعلن",
    "اعلنت",
    "صرح",
    "صرحت",
    "افاد",
    "افادت",
    "لفت",
    "لفتت",
    "شدد",
    "شددت",
    "اعتبر",
    "اعتبرت",
    "يقول",
    "تقول",
    "بين",
    "كشف",
    "كشفت",
    "نقل",
    "نقلت",
    "راي",
    "اعرب",
    "اعربت",
    "زعم",
    "نفي",
    "نفت",
    "راي",
    "حذر",
    "حذرت",
    "دعا",
    "دعت",
    "كتب",
];

/// First words of discourse openers, folded, without a conjunction.
const CONNECTIVES: &[&str] = &[
    "لكن",
    "لكنه",
    "لكنها",
    "لكنهم",
    "كما",
    "كذلك",
    "ايضا",
    "غير",
    "بيد",
    "الا",
    "بل",
    "ثم",
    "لذلك",
    "لذا",
    "هكذا",
    "بالمقابل",
    "بالتالي",
    "فيما",
    "بينما",
    "حيث",
    "اذ",
    "مع",
    "رغم",
    "علي",
    "هنا",
    "هناك",
    "حينها",
    "عندها",
    "بعدها",
    "قبلها",
    "اما",
    "ايضا",
    "الي",
];

const BACKGROUND: &[&str] =
    &["يذكر", "يشار", "الجدير", "جدير", "تجدر", "يجدر", "معلوم", "المعروف", "يعتقد", "سبق"];

const PRONOUNS: &[&str] = &[
    "هذا",
    "هذه",
    "ذلك",
    "تلك",
    "هؤلاء",
    "هولاء",
    "اولئك",
    "هو",
    "هي",
    "هم",
    "هما",
    "انه",
    "انها",
    "انهم",
    "نحن",
    "انا",
    "انت",
    "بهذا",
    "لهذا",
    "بذلك",
    "لذلك",
    "منه",
    "منها",
    "فيه",
    "فيها",
    "عليه",
    "عليها",
    "له",
    "لها",
    "به",
    "بها",
    "عنه",
    "عنها",
    "اليه",
    "اليها",
];

const PAST: &[&str] = &["كان", "كانت", "كانوا", "سبق"];

const DAYS: &[&str] = &[
    "اليوم",
    "السبت",
    "الاحد",
    "الاثنين",
    "الثلاثاء",
    "الاربعاء",
    "الخميس",
    "الجمعه",
    "امس",
    "الثلاثا",
    "الاربعا",
];

const ATTRIBUTION: &[&str] = &["بحسب", "حسب", "حسبما", "وفق", "وفقا", "نقلا", "وفقما"];

/// What `tokens` open with.
#[must_use]
pub fn opener(tokens: &[Token]) -> Opener {
    let Some(word) = tokens.iter().find(|t| !matches!(t.kind, TokenKind::Mark(_))) else {
        return Opener::Plain;
    };
    let key = bare(&word.key);
    let in_list = |list: &[&str]| list.contains(&&*word.key) || list.contains(&key);
    if in_list(BACKGROUND) {
        Opener::Background
    } else if in_list(PAST) {
        Opener::Past
    } else if in_list(SAYING) {
        Opener::Saying
    } else if in_list(PRONOUNS) {
        Opener::Pronoun
    } else if in_list(CONNECTIVES) {
        Opener::Connective
    } else {
        Opener::Plain
    }
}

/// Whether the first word begins with the conjunction «و».
#[must_use]
pub fn opens_with_waw(tokens: &[Token]) -> bool {
    tokens.iter().find(|t| t.is_word()).is_some_and(|t| t.key.starts_with('و') && t.key.chars().count() > 3)
}

/// Whether the token is a pronoun, a demonstrative or a preposition with a pronoun.
#[must_use]
pub fn is_pronoun(token: &Token) -> bool {
    token.is_word() && PRONOUNS.contains(&bare(&token.key))
}

/// Whether the token names a day of the news: «الثلاثاء», «اليوم».
#[must_use]
pub fn is_day(token: &Token) -> bool {
    token.is_word() && DAYS.contains(&&*token.key)
}

/// Whether the token names a source: «بحسب», «وفقا».
#[must_use]
pub fn is_attribution(token: &Token) -> bool {
    token.is_word() && ATTRIBUTION.contains(&bare(&token.key))
}

/// The word without the conjunction «و» or «ف» in front.
fn bare(key: &str) -> &str {
    match key.strip_prefix('و').or_else(|| key.strip_prefix('ف')) {
        Some(rest) if rest.chars().count() >= 2 => rest,
        _ => key,
    }
}
