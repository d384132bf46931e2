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
    spans(line).map(|(from, end)| Word { key: fold::fold(&line[from..end]), end }).collect()
}

/// How many words `line` has.
pub(super) fn count(line: &str) -> usize {
    spans(line).count()
}

/// Where the words of `line` begin and end.
fn spans(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut chars = line.char_indices();
    std::iter::from_fn(move || {
        // A mark goes on with a word, and begins none.
        let begins = |c: char| (fold::is_letter(c) || c.is_numeric()) && !fold::is_mark(c);
        let (from, _) = chars.find(|&(_, c)| begins(c))?;
        let end = chars.find(|&(_, c)| !begins(c) && !fold::is_mark(c));
        Some((from, end.map_or(line.len(), |(at, _)| at)))
    })
}

/// The folded words of `line`, one space between them: equal for lines that a reader calls the same.
pub(super) fn key(line: &str) -> String {
    let mut key = String::with_capacity(line.len());
    for (from, end) in spans(line) {
        if !key.is_empty() {
            key.push(' ');
        }
        fold::fold_into(&line[from..end], &mut key);
    }
    key
}

/// What `of` makes of each folded word of `line`.
pub(super) fn map_words<T>(line: &str, of: impl Fn(&str) -> T) -> Vec<T> {
    let mut key = String::new();
    let of_span = |(from, end): (usize, usize)| {
        key.clear();
        fold::fold_into(&line[from..end], &mut key);
        of(&key)
    };
    spans(line).map(of_span).collect()
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
    let count = count(line);
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
