//! Arabic text, pure: spans, comparison keys, tokens, sentences, documents.
//!
//! The source text never changes; everything points into it by byte span, and what is folded or
//! stemmed is a key for comparing, never something that is shown.

pub mod abbreviation;
pub mod document;
pub mod edge;
pub mod fold;
pub mod frequency;
pub mod lexicon;
pub mod memo;
pub mod paragraph;
pub mod phrase;
pub mod quotation;
pub mod sentence;
pub mod span;
pub mod speech;
pub mod stem;
pub mod stopwords;
pub mod stories;
pub mod table;
pub mod token;
pub mod wordmap;

pub use document::{Document, Sentence};
pub use span::Span;
pub use token::{Token, TokenKind};

/// `text` with one space between its words: a hard-wrapped sentence holds line breaks.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
