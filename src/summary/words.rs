//! Words: how many a reader counts, and what each is in its clause.

use std::sync::LazyLock;

use crate::facts::grammar::is_verb;
use crate::text::fold::{is_letter, is_mark};
use crate::text::memo::Memo;
use crate::text::speech::{is_complementizer, verb_of_saying};
use crate::text::stopwords::is_stop_word;
use crate::text::{Token, TokenKind};

/// What a word is in its clause, as far as the word alone tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word(u8);

/// Declares the flags of a word.
macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:literal),+ $(,)?) => {
        impl Word {
            $($(#[$doc])* #[must_use] pub const fn $name(self) -> bool { self.0 & (1 << $bit) != 0 })+
        }
    };
}

flags! {
    /// A verb: «أعلن», «وصل», «سيبدأ».
    is_verb = 0,
    /// «و» or «ف» with a verb: «وبلغت».
    joins = 1,
    /// A verb of saying: «وقال».
    is_saying = 2,
    /// «أن», «إنه», «بأن».
    is_complementizer = 3,
    /// «لم», «ليس», «دون».
    denies = 4,
    /// «الذي», «التي».
    is_relative = 5,
    /// It carries no content: «في», «هذا».
    is_stop_word = 6,
    /// It is a word or a number, no mark.
    counts = 7,
}

static KNOWN: LazyLock<Memo<Word>> = LazyLock::new(Memo::default);

/// What each of `tokens` is.
#[must_use]
pub fn read(tokens: &[Token]) -> Vec<Word> {
    let mut words = KNOWN.of(tokens.iter().map(|token| &*token.key), Word::of);
    for (word, token) in words.iter_mut().zip(tokens) {
        match token.kind {
            TokenKind::Word => word.0 |= 1 << 7,
            TokenKind::Number => word.0 = 1 << 7,
            TokenKind::Mark(_) => word.0 = 0,
        }
    }
    words
}

impl Word {
    fn of(key: &str) -> Self {
        let bare = key.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().nth(1).is_some());
        let any = |is: &dyn Fn(&str) -> bool| is(key) || bare.is_some_and(is);
        let joined = bare.is_some_and(|rest| is_verb(rest) && !is_verb(key));
        let flags = [
            is_verb(key) || joined,
            joined,
            verb_of_saying(key).is_some(),
            any(&is_complementizer),
            any(&|word| matches!(word, "لم" | "لن" | "لا" | "ليس" | "ليست" | "غير" | "دون" | "عدم")),
            any(&|word| {
                matches!(word, "الذي" | "التي" | "الذين" | "اللذين" | "اللذان" | "اللتين" | "اللواتي")
            }),
            is_stop_word(key),
        ];
        Self(flags.iter().enumerate().map(|(bit, &flag)| u8::from(flag) << bit).sum())
    }
}

/// The number of words in `text`: runs of letters, digits and underscores; marks that carry no
/// letter (tashkeel, tatweel, direction marks) neither make a word nor end one.
///
/// A decimal counts as two (`11.4`), as it does in the usual scorers of summaries.
#[must_use]
pub fn count_words(text: &str) -> usize {
    let (mut count, mut inside) = (0, false);
    for c in text.chars() {
        if is_mark(c) {
            continue;
        }
        let letter = is_letter(c) || c.is_numeric() || c == '_';
        count += usize::from(letter && !inside);
        inside = letter;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::count_words;

    #[test]
    fn marks_inside_a_word_do_not_split_it() {
        assert_eq!(count_words("دولةً غـــربيةً"), 2);
    }

    #[test]
    fn numbers_count_as_scorers_count_them() {
        assert_eq!(count_words("بلغت 11.4% في G_20، و٨٣ دولة"), 7);
    }
}
