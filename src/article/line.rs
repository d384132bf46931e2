//! What can be told from the shape of one line of text, before its words are understood.

use crate::text::fold;

/// A word of a line: its folded key and where it ends in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) key: String,
    pub(super) end: usize,
}

/// The words of `line`: runs of letters, digits and marks, folded. Words of marks only are left out.
pub(super) fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (start.is_some() && fold::is_mark(c));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let key = fold::fold(&line[from..at]);
                if !key.is_empty() {
                    words.push(Word { key, end: at });
                }
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The folded words of `line`, one space between them: equal for lines that a reader calls the same.
pub(super) fn key(line: &str) -> String {
    let words = words(line);
    words.iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether `line` ends as a sentence does: a full stop, question or exclamation mark, perhaps inside
/// closing quotation marks or brackets. An ellipsis ends a teaser, not a sentence («وقال إن…»).
pub(super) fn ends_sentence(line: &str) -> bool {
    let core = line.trim_end_matches(|c: char| {
        c.is_whitespace() || fold::is_mark(c) || matches!(c, '"' | '”' | '“' | '»' | '\'' | '’' | ')' | ']')
    });
    let mut tail = core.chars().rev();
    match tail.next() {
        Some('.' | '۔') => tail.next() != Some('.'),
        Some('؟' | '?' | '!') => true,
        _ => false,
    }
}

/// Whether `line` ends in an ellipsis, as cut teasers do: «…» or «...».
pub(super) fn ends_cut(line: &str) -> bool {
    let core = line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '[' | '('));
    core.ends_with('…') || core.ends_with("..")
}

/// Whether `line` reads as a paragraph of prose and not as a headline, a link or a teaser: a finished
/// sentence of some words, or long and not cut short.
pub(super) fn is_paragraph(line: &str) -> bool {
    /// A finished sentence of this many words is a paragraph.
    const SENTENCE: usize = 8;
    /// A line of this many words is one, finished or not.
    const LONG: usize = 25;

    if ends_cut(line) {
        return false;
    }
    let count = words(line).len();
    count >= LONG || (count >= SENTENCE && ends_sentence(line))
}

/// `line` without white space, direction marks, bullets and pictographs at its start: «🔴 عاجل | …».
pub(super) fn without_ornament(line: &str) -> &str {
    line.trim_start_matches(is_ornament).trim_end()
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
        || matches!(c, '•' | '·' | '*' | '|' | '\u{20E3}' | '\u{FE00}'..='\u{FE0F}')
        || is_pictograph(c)
}

/// Whether `c` is an arrow, a geometrical shape, a dingbat or an emoji: «▪», «←», «🔴».
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::{ends_cut, ends_sentence, key, without_ornament};

    #[test]
    fn lines_that_read_the_same_share_a_key() {
        assert_eq!(key("شاهد أيضاً :"), key("شاهد ايضا"));
        assert_eq!(key("«قمة الرياض» … تنطلق"), key("قمة الرياض تنطلق"));
    }

    #[test]
    fn a_sentence_ends_in_a_stop_but_a_teaser_does_not() {
        assert!(ends_sentence("وقال إن المحادثات انتهت."));
        assert!(ends_sentence("وقال: «انتهت المحادثات.»"));
        assert!(ends_sentence("متى تنتهي المحادثات؟"));
        assert!(!ends_sentence("وقال إن المحادثات..."));
        assert!(!ends_sentence("ردود فعل دولية"));
        assert!(ends_cut("وقال إن المحادثات […]"));
    }

    #[test]
    fn ornaments_at_the_start_are_not_words() {
        assert_eq!(without_ornament("🔴 ▪️ عاجل: زلزال"), "عاجل: زلزال");
        assert_eq!(without_ornament("- 12 قتيلاً"), "- 12 قتيلاً");
    }
}
