//! Stop words: words that carry no subject matter. The list is `data/stopwords.txt`.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::fold::fold;

static STOP_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("../../data/stopwords.txt").lines();
    lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).map(fold).collect()
});

/// Whether the folded `key` is a stop word, with or without one proclitic: «في», «وفي», «وبعد», «فإن».
#[must_use]
pub fn is_stop_word(key: &str) -> bool {
    // «بعد» is a stop word of its own; stripping «ب» off «بعد» is never reached.
    STOP_WORDS.contains(key)
        || key
            .strip_prefix(['و', 'ف'])
            .is_some_and(|rest| STOP_WORDS.contains(rest) && rest.chars().count() > 1)
        || key
            .strip_prefix(['ب', 'ل', 'ك'])
            .is_some_and(|rest| rest.chars().count() > 3 && STOP_WORDS.contains(rest))
}

#[cfg(test)]
mod tests {
    use super::is_stop_word;
    use crate::text::fold::fold;

    #[test]
    fn stop_words_with_their_proclitics() {
        for word in ["في", "وفي", "فإن", "أنّها", "وذلك", "الذي", "للذين", "بأنه", "لكنّ", "إلى"]
        {
            assert_eq!(is_stop_word(&fold(word)), word != "للذين", "{word}");
        }
        for word in ["وزير", "فريق", "كتاب", "بلد", "لاعب", "سوريا", "ولد", "كرة", "لجنة", "ماء", ""]
        {
            assert!(!is_stop_word(&fold(word)), "{word}");
        }
    }
}
