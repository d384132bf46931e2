//! A document: a source text with its paragraphs, sentences and tokens.

use std::ops::Range;

use super::sentence;
use super::span::Span;
use super::token::{Token, tokenize, tokenize_span};

/// One sentence of a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the text, white space trimmed.
    pub span: Span,
    /// Index of its paragraph in [`Document::paragraphs`].
    pub paragraph: usize,
    /// Its tokens, as a range of [`Document::tokens`].
    pub tokens: Range<usize>,
}

/// A text that has been read once: paragraphs, sentences and tokens, all spans into [`Document::text`].
#[derive(Clone, Debug)]
pub struct Document {
    headline: String,
    headline_tokens: Vec<Token>,
    text: String,
    paragraphs: Vec<Span>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
}

impl Document {
    /// Reads `text`, one paragraph on each line, under `headline` (empty where there is none).
    #[must_use]
    pub fn new(headline: &str, text: &str) -> Self {
        let mut document = Self {
            headline: headline.to_owned(),
            headline_tokens: tokenize(headline),
            text: text.to_owned(),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            tokens: Vec::new(),
        };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(start, start + line.len()).trim(text);
            start += line.len();
            if !span.is_empty() {
                document.push_paragraph(span);
            }
        }
        document
    }

    fn push_paragraph(&mut self, paragraph: Span) {
        let index = self.paragraphs.len();
        self.paragraphs.push(paragraph);
        for span in sentence::split(&self.text, paragraph) {
            let first = self.tokens.len();
            self.tokens.extend(tokenize_span(&self.text, span));
            self.sentences.push(Sentence { span, paragraph: index, tokens: first..self.tokens.len() });
        }
    }

    /// The headline; empty where the article has none.
    #[must_use]
    pub fn headline(&self) -> &str {
        &self.headline
    }

    /// The tokens of the headline; their spans point into [`Document::headline`].
    #[must_use]
    pub fn headline_tokens(&self) -> &[Token] {
        &self.headline_tokens
    }

    /// The source text that every span points into.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paragraphs, in order.
    #[must_use]
    pub fn paragraphs(&self) -> &[Span] {
        &self.paragraphs
    }

    /// The sentences, in order.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All tokens, in order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens of one sentence.
    #[must_use]
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        &self.tokens[sentence.tokens.clone()]
    }

    /// The words that `span` covers.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// Index of the sentence that holds the byte `at`, if one does.
    #[must_use]
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.span.start <= at);
        let index = after.checked_sub(1)?;
        (at < self.sentences[index].span.end).then_some(index)
    }
}
