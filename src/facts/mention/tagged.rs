//! What the trained tagger sees, as spans over the document's tokens.

use std::ops::Range;

use crate::facts::tagger::{self, EntityKind, Tag};
use crate::text::Document;

/// Sentences longer than this are tagged in pieces, so that no text without a full stop costs more than its length.
const LONGEST: usize = 400;

/// A span that the tagger made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Its tokens, as a range of the document's.
    pub tokens: Range<usize>,
    /// What it is taken for.
    pub kind: EntityKind,
}

/// The tagger's spans of all sentences, in source order.
#[must_use]
pub fn find(document: &Document) -> Vec<Tagged> {
    let mut pieces: Vec<Vec<&str>> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    for sentence in document.sentences() {
        let words: Vec<&str> = document.tokens_of(sentence).iter().map(|t| document.slice(t.span)).collect();
        for (piece, words) in words.chunks(LONGEST).enumerate() {
            starts.push(sentence.tokens.start + piece * LONGEST);
            pieces.push(words.to_vec());
        }
    }
    let mut spans: Vec<Tagged> = Vec::new();
    for (first, tags) in starts.into_iter().zip(tagger::tag_document(&pieces)) {
        for (at, tag) in tags.into_iter().enumerate() {
            let token = first + at;
            match (tag, spans.last_mut()) {
                (Tag::Inside(kind), Some(last)) if last.tokens.end == token && last.kind == kind => {
                    last.tokens.end += 1;
                }
                (Tag::Begin(kind) | Tag::Inside(kind), _) => {
                    spans.push(Tagged { tokens: token..token + 1, kind });
                }
                (Tag::Outside, _) => {}
            }
        }
    }
    spans
}
