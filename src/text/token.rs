//! Tokens: words, numbers and marks, each a span of the source.

use super::fold::{fold, is_arabic_letter, is_mark};
use super::quotation::is_quotation_mark;
use super::span::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters of any script, with their marks.
    Word,
    /// Digits of any script with the separators inside them: `1,200`, `٣٫٥`, `2020`.
    Number,
    /// One punctuation mark or symbol.
    Mark(char),
}

/// One token of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where the token stands in the source.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Its comparison key (see [`crate::text::fold`]).
    pub key: Box<str>,
}

impl Token {
    /// Whether the token is a word.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether the token is the mark `mark`.
    #[must_use]
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    /// Whether the token is a comma, Arabic or Latin.
    #[must_use]
    pub fn is_comma(&self) -> bool {
        self.is_mark('،') || self.is_mark(',')
    }

    /// Whether the token is a quotation mark.
    #[must_use]
    pub fn is_quotation_mark(&self) -> bool {
        matches!(self.kind, TokenKind::Mark(mark) if is_quotation_mark(mark))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Joiner,
    Space,
    Other,
}

fn class(c: char) -> Class {
    match c {
        // What most characters here are is asked first.
        'ء'..='غ' | 'ف'..='ي' => Class::Letter,
        _ if c.is_whitespace() => Class::Space,
        _ if is_mark(c) => Class::Joiner,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' => Class::Digit,
        _ if is_arabic_letter(c) || c.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

/// Whether `c` may stand between two digits of one number: `1,200`, `11.4`, `١٬٢٠٠`, `٣٫٥`.
const fn is_inside_digits(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '،')
}

/// Whether `text` has more than `most` tokens, or nearly so: each run of letters and digits, and each mark, is one. It costs no memory.
#[must_use]
pub fn is_more_than(text: &str, most: usize) -> bool {
    let mut before = Class::Space;
    let begins = |c: char| {
        let class = class(c);
        let goes_on = matches!(
            (before, class),
            (Class::Letter | Class::Joiner, Class::Letter | Class::Joiner) | (Class::Digit, Class::Digit)
        );
        before = class;
        class != Class::Space && !goes_on
    };
    text.chars().map(begins).filter(|begins| *begins).nth(most).is_some()
}

/// Splits `text` into tokens. Every character that is not white space lies in exactly one token.
#[must_use]
pub fn tokenize(text: &str) -> Vec<Token> {
    tokenize_span(text, Span::new(0, text.len()))
}

/// Splits the part `span` of `source` into tokens whose spans point into `source`.
#[must_use]
pub fn tokenize_span(source: &str, span: Span) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(span.len() / 9 + 1);
    let mut chars = span.of(source).char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let start = span.start + offset;
        let mut end = start + c.len_utf8();
        let kind = match class(c) {
            Class::Space => continue,
            Class::Letter | Class::Joiner => {
                while let Some(&(_, next)) = chars.peek() {
                    if !matches!(class(next), Class::Letter | Class::Joiner) {
                        break;
                    }
                    end += next.len_utf8();
                    chars.next();
                }
                TokenKind::Word
            }
            Class::Digit => {
                while let Some(&(at, next)) = chars.peek() {
                    let rest = &source[span.start + at..];
                    let inside = class(next) == Class::Digit
                        || ((is_inside_digits(next) || is_direction_mark(next)) && is_going_on(rest));
                    if !inside {
                        break;
                    }
                    end += next.len_utf8();
                    chars.next();
                }
                TokenKind::Number
            }
            Class::Other => TokenKind::Mark(c),
        };
        let token = Span::new(start, end);
        tokens.push(Token { span: token, kind, key: fold(token.of(source)).into_boxed_str() });
    }
    tokens
}

/// Whether a number goes on in `rest`, behind one separator at most and direction marks that nobody sees: «40‎٫5».
fn is_going_on(rest: &str) -> bool {
    let unseen = |c: char| is_direction_mark(c);
    let rest = rest.trim_start_matches(unseen);
    let rest = rest.strip_prefix(is_inside_digits).unwrap_or(rest).trim_start_matches(unseen);
    rest.starts_with(|c| class(c) == Class::Digit)
}

/// Whether `c` only says in which direction the text runs.
const fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{TokenKind, is_more_than, tokenize};

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = tokenize(text).iter().map(|t| t.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_keep_their_separators() {
        check("بلغت 1,200 دولار، و٣٫٥%.", &["بلغت", "1,200", "دولار", "،", "و", "٣٫٥", "%", "."]);
    }

    #[test]
    fn a_number_keeps_the_direction_marks_inside_it() {
        check("٤٠\u{200e}٫٥ و3.\u{200f}5", &["٤٠\u{200e}٫٥", "و", "3.\u{200f}5"]);
        check("40\u{200e} 5\u{200e}.", &["40", "\u{200e}", "5", "\u{200e}", "."]);
    }

    #[test]
    fn tokens_are_counted_as_they_are_split() {
        for text in ["", "دولةً غربيةً!!", "بلغت 15 دولار، و٣%.", "abc12 ( x"] {
            let count = tokenize(text).len();
            assert!(!is_more_than(text, count), "{text}");
            assert!(count == 0 || is_more_than(text, count - 1), "{text}");
        }
    }

    #[test]
    fn a_word_keeps_its_vowel_marks() {
        check("دولةً غربيةً", &["دولةً", "غربيةً"]);
        assert!(tokenize("دولةً").iter().all(|t| t.kind == TokenKind::Word));
    }
}
