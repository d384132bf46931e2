//! Lists of words by comparison key, and fixed word sequences, with an optional clitic in front.

use std::sync::LazyLock;

use foldhash::HashSet;

use crate::text::Token;
use crate::text::fold::fold;
use crate::text::lexicon::WordClass;

/// A list of words by comparison key.
pub type WordList = LazyLock<HashSet<String>>;

/// Reads a list of words divided by spaces, in their natural spelling.
#[must_use]
pub fn list(words: &str) -> HashSet<String> {
    words.split_whitespace().map(fold).collect()
}

/// Clitics that may stand in front of a noun, longest first.
const CLITICS: [&str; 10] = ["وب", "ول", "وك", "فب", "فل", "و", "ف", "ب", "ل", "ك"];

/// Whether `words` holds `key`, with or without a clitic in front of it.
#[must_use]
pub fn is_among(words: WordClass, key: &str) -> bool {
    // «للدورة» is «ل» and «الدورة».
    let article = key.strip_prefix("لل").map(|rest| format!("ال{rest}"));
    words.contains(key)
        || article.is_some_and(|word| words.contains(&word))
        || CLITICS.iter().any(|c| key.strip_prefix(c).is_some_and(|rest| words.contains(rest)))
}

/// How many letters of clitic stand before `word` in `key`, if `key` is that word.
#[must_use]
pub fn proclitic(key: &str, word: &str) -> Option<usize> {
    if key == word {
        return Some(0);
    }
    let front = key.strip_suffix(word)?;
    CLITICS.contains(&front).then(|| front.chars().count())
}

/// Whether the words of `sequence` stand at `at`, the first one with or without a clitic; how many
/// letters the clitic has.
#[must_use]
pub fn sequence_at(tokens: &[Token], at: usize, sequence: &[&str]) -> Option<usize> {
    let (first, rest) = sequence.split_first()?;
    let words = tokens.get(at..at + sequence.len())?;
    let goes_on = words[1..].iter().zip(rest).all(|(token, word)| &*token.key == *word);
    if goes_on { proclitic(&words[0].key, first) } else { None }
}
