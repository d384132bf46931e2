//! What the trained tagger sees, as spans over the document's tokens.

use std::ops::Range;

use crate::facts::tagger::model::Margins;
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

/// What the tagger sees in a document.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    /// Its spans, in source order.
    pub spans: Vec<Tagged>,
    /// Spans that it makes only where it finds names more readily; none touches one of `spans`.
    pub doubtful: Vec<Tagged>,
    margins: Vec<Margins>,
}

impl Sight {
    /// Reads all sentences of `document`.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut pieces: Vec<Vec<&str>> = Vec::new();
        let mut starts: Vec<usize> = Vec::new();
        for sentence in document.sentences() {
            let words: Vec<&str> =
                document.tokens_of(sentence).iter().map(|t| document.slice(t.span)).collect();
            for (piece, words) in words.chunks(LONGEST).enumerate() {
                starts.push(sentence.tokens.start + piece * LONGEST);
                pieces.push(words.to_vec());
            }
        }
        let tokens = document.tokens().len();
        let mut sight = Self { margins: vec![Margins::default(); tokens], ..Self::default() };
        for (first, seen) in starts.into_iter().zip(tagger::read_document(&pieces)) {
            spans(&mut sight.spans, first, &seen.reading.tags);
            spans(&mut sight.doubtful, first, &seen.readily);
            for (place, margins) in sight.margins[first..].iter_mut().zip(seen.reading.margins) {
                *place = margins;
            }
        }
        let mut taken = vec![false; tokens];
        for span in &sight.spans {
            taken[span.tokens.clone()].fill(true);
        }
        sight.doubtful.retain(|span| !taken[span.tokens.clone()].contains(&true));
        sight
    }

    /// How surely each of `tokens` is in a name of `kind`: the margin over anything else, or below 0 what it lacks. The least of them.
    #[must_use]
    pub fn support(&self, tokens: Range<usize>, kind: EntityKind) -> f32 {
        let own = 1 + kind as usize;
        let of = |margins: &Margins| {
            let others = margins.iter().enumerate().filter(|(other, _)| *other != own);
            others.map(|(_, margin)| *margin).fold(f32::INFINITY, f32::min) - margins[own]
        };
        self.margins[tokens].iter().map(of).fold(f32::INFINITY, f32::min)
    }
}

/// Adds the spans of a sentence whose tokens begin at `first`.
fn spans(spans: &mut Vec<Tagged>, first: usize, tags: &[Tag]) {
    for (at, tag) in tags.iter().enumerate() {
        let token = first + at;
        match (*tag, spans.last_mut()) {
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
