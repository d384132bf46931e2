//! Tables of phrases, matched on comparison keys.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::fold::fold;
use super::token::{Token, tokenize};

/// Phrases, each with what it stands for.
///
/// Phrases are written as an editor writes them and compared by key. A «و» in front of the first
/// word belongs to no phrase: «في السياق» also matches «وفي السياق» and «و في السياق».
#[derive(Debug)]
pub struct PhraseTable<T> {
    by_first_word: HashMap<Box<str>, Vec<Phrase<T>>>,
}

/// The keys after the first word, and the value.
type Phrase<T> = (Vec<Box<str>>, T);

impl<T: Copy> PhraseTable<T> {
    /// A table of `entries`; of two phrases that both match, the longer counts.
    #[must_use]
    pub fn new<'a>(entries: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_first_word: HashMap<Box<str>, Vec<Phrase<T>>> = HashMap::new();
        for (phrase, value) in entries {
            let mut keys = tokenize(phrase).into_iter().map(|token| token.key);
            if let Some(first) = keys.next() {
                by_first_word.entry(first).or_default().push((keys.collect(), value));
            }
        }
        for phrases in by_first_word.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { by_first_word }
    }

    /// The longest phrase that `tokens` open with: how many tokens it takes, and its value.
    #[must_use]
    pub fn opening(&self, tokens: &[Token]) -> Option<(usize, T)> {
        let first = tokens.first()?;
        if &*first.key == "و" {
            let (length, value) = self.starting(&tokens.get(1)?.key, &tokens[2..])?;
            return Some((length + 1, value));
        }
        let bare = first.key.strip_prefix('و').filter(|bare| !bare.is_empty());
        let found = self.starting(&first.key, &tokens[1..]);
        found.or_else(|| self.starting(bare?, &tokens[1..]))
    }

    fn starting(&self, first: &str, rest: &[Token]) -> Option<(usize, T)> {
        let phrases = self.by_first_word.get(first)?;
        let matches = |keys: &[Box<str>]| {
            rest.len() >= keys.len() && keys.iter().zip(rest).all(|(key, token)| *key == token.key)
        };
        phrases.iter().find(|(keys, _)| matches(keys)).map(|(keys, value)| (keys.len() + 1, *value))
    }
}

/// The phrases of a list that is written as Arabic writes lists: «لكن، إلا أن، غير أن».
pub fn phrases(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('،').map(str::trim).filter(|phrase| !phrase.is_empty())
}

/// The keys of `words`, which are written as an editor writes them.
#[must_use]
pub fn folded<'a>(words: impl IntoIterator<Item = &'a str>) -> HashSet<Box<str>> {
    words.into_iter().map(|word| fold(word).into_boxed_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::PhraseTable;
    use crate::text::token::tokenize;

    #[test]
    fn the_longest_phrase_counts_with_or_without_waw() {
        let table = PhraseTable::new([("في السياق", 1), ("في السياق نفسه", 2)]);
        let length_and_value = |text| table.opening(&tokenize(text));
        assert_eq!(length_and_value("وفي السياق، قال"), Some((2, 1)));
        assert_eq!(length_and_value("و في السياق نفسه قال"), Some((4, 2)));
        assert_eq!(length_and_value("في سياق"), None);
        assert_eq!(length_and_value("و"), None);
        assert_eq!(length_and_value(""), None);
    }
}
