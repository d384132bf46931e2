//! Counting words as a reader of a word budget counts them.

use crate::text::fold::{is_letter, is_mark};

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
