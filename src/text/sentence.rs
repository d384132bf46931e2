//! Sentences of a paragraph.

use super::span::Span;

/// Splits the paragraph `paragraph` of `source` into sentence spans, in order, white space trimmed.
#[must_use]
pub fn split(source: &str, paragraph: Span) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = paragraph.start;
    let mut chars = paragraph.of(source).char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '؟' | '…') {
            continue;
        }
        if chars.peek().is_none_or(|&(_, next)| next.is_whitespace()) {
            let end = paragraph.start + offset + c.len_utf8();
            push(&mut sentences, source, Span::new(start, end));
            start = end;
        }
    }
    push(&mut sentences, source, Span::new(start, paragraph.end));
    sentences
}

fn push(sentences: &mut Vec<Span>, source: &str, span: Span) {
    let span = span.trim(source);
    if !span.is_empty() {
        sentences.push(span);
    }
}
