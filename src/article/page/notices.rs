//! Notices: what a page says to its reader in place of an article, or about one.
//!
//! The phrases are written as Arabic and English sites write them, and compared folded, as whole words.

use crate::article::Refusal;
use crate::text::lexicon::WordClass;

/// Phrases by kind, compared folded, in the order in which they are asked.
pub const PHRASES: [(Refusal, WordClass); 5] = [
    (Refusal::BotCheck, WordClass::NoticeBotCheck),
    (Refusal::NotFound, WordClass::NoticeNotFound),
    (Refusal::Consent, WordClass::NoticeConsent),
    (Refusal::Paywall, WordClass::NoticePaywall),
    (Refusal::NeedsScript, WordClass::NoticeNeedsScript),
];

/// Whether a notice says that what was looked for is not there: «المقال الذي تبحث عنه لم يعد متاحاً».
pub fn is_gone(key: &str) -> bool {
    let words: Vec<&str> = key.split(' ').collect();
    words.iter().any(|word| WordClass::SoughtPage.contains(word))
        && WordClass::Gone.keys().iter().any(|gone| contains(key, gone))
}

/// Whether a notice says that the rest is for who pays: «تتمة هذا المقال للمشتركين».
pub fn is_wall(key: &str) -> bool {
    let has = |class: WordClass| class.keys().iter().any(|word| contains(key, word));
    is_plain_wall(key) || (has(WordClass::Subscription) && has(WordClass::WholeArticle))
}

/// Whether a line says by itself that the rest is for who pays: «هذا المحتوى للمشتركين فقط».
pub fn is_plain_wall(key: &str) -> bool {
    says(key, WordClass::NoticePaywall)
}

/// Whether one of `phrases` stands in `text`, which is folded.
pub fn says(text: &str, phrases: WordClass) -> bool {
    phrases.keys().iter().any(|phrase| contains(text, phrase))
}

/// Whether the words of `phrase` stand in `text`, both folded.
fn contains(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, found)| {
        (at == 0 || text[..at].ends_with(' '))
            && text[at + found.len()..].chars().next().is_none_or(|c| c == ' ')
    })
}
