//! A document: a source text with its paragraphs, sentences and tokens.

use std::ops::Range;

use super::paragraph::paragraphs;
use super::quotation::{Quotations, Side, Unpaired, quotations};
use super::sentence;
use super::span::Span;
use super::stories;
use super::table;
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
    quotations: Quotations,
    /// For each paragraph, whether it is a row of a table.
    rows: Vec<bool>,
    story: Range<usize>,
}

/// How many paragraphs further on a quotation that its own paragraph leaves open may close.
const MAX_OPEN_PARAGRAPHS: usize = 2;

impl Document {
    /// Reads `text` (see [`crate::text::paragraph`] for what a paragraph is) under `headline` (empty where there is none).
    #[must_use]
    pub fn new(headline: &str, text: &str) -> Self {
        let mut document = Self {
            headline: headline.to_owned(),
            headline_tokens: tokenize(headline),
            text: text.to_owned(),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            tokens: Vec::new(),
            quotations: Quotations::default(),
            rows: Vec::new(),
            story: 0..0,
        };
        for paragraph in paragraphs(text) {
            document.push_paragraph(paragraph);
        }
        document.match_over_paragraphs();
        document.rows = table::rows(document.paragraphs.iter().map(|paragraph| paragraph.of(text)));
        document.story = stories::main_story(&document);
        document
    }

    fn push_paragraph(&mut self, paragraph: Span) {
        let index = self.paragraphs.len();
        self.paragraphs.push(paragraph);
        let quotations = quotations(&self.text, paragraph);
        let spans = sentence::split(&self.text, paragraph, &quotations);
        self.quotations.pairs.extend(quotations.pairs);
        self.quotations.unpaired.extend(quotations.unpaired);
        for span in spans {
            let first = self.tokens.len();
            self.tokens.extend(tokenize_span(&self.text, span));
            self.sentences.push(Sentence { span, paragraph: index, tokens: first..self.tokens.len() });
        }
    }

    /// Pairs the marks of a quotation that runs over a paragraph's end.
    fn match_over_paragraphs(&mut self) {
        let unpaired = std::mem::take(&mut self.quotations.unpaired);
        let mut rest = unpaired.into_iter().peekable();
        while let Some(mark) = rest.next() {
            let closes = |next: &Unpaired| {
                let distance = self.paragraph_at(next.mark.start) - self.paragraph_at(mark.mark.start);
                next.side == Side::Closing && (1..=MAX_OPEN_PARAGRAPHS).contains(&distance)
            };
            match rest.next_if(|next| mark.side == Side::Opening && closes(next)) {
                Some(closing) => self.quotations.pairs.push(mark.mark.cover(closing.mark)),
                None => self.quotations.unpaired.push(mark),
            }
        }
        self.quotations.pairs.sort_unstable();
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

    /// Matched quotations, marks included, by where they start.
    #[must_use]
    pub fn quotations(&self) -> &[Span] {
        &self.quotations.pairs
    }

    /// The quotation marks of sentence `index` that have no partner in the text.
    #[must_use]
    pub fn unpaired_marks(&self, index: usize) -> &[Unpaired] {
        let Span { start, end } = self.sentences[index].span;
        let unpaired = &self.quotations.unpaired;
        let first = unpaired.partition_point(|unpaired| unpaired.mark.start < start);
        let after = unpaired.partition_point(|unpaired| unpaired.mark.start < end);
        &unpaired[first..after]
    }

    /// Whether sentence `index` is a row of a table (see [`crate::text::table`]), whose numbers no story tells.
    #[must_use]
    pub fn is_row(&self, index: usize) -> bool {
        self.rows[self.sentences[index].paragraph]
    }

    /// The sentences of the main story (see [`crate::text::stories`]): all of them where the text tells one story only.
    #[must_use]
    pub fn story(&self) -> Range<usize> {
        self.story.clone()
    }

    fn paragraph_at(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|paragraph| paragraph.start <= at).saturating_sub(1)
    }

    /// Index of the sentence that holds the byte `at`, if one does.
    #[must_use]
    pub fn sentence_at(&self, at: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.span.start <= at);
        let index = after.checked_sub(1)?;
        (at < self.sentences[index].span.end).then_some(index)
    }
}
