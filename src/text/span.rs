//! Byte ranges into a source text.

use std::ops::Range;

/// A byte range `start..end` into one source text; both ends lie on character boundaries.
///
/// Nothing in this crate copies or changes the source: sentences, tokens, figures and names are
/// spans, and [`Span::of`] gives back the very words that stand in the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The words of `source` that this span covers.
    ///
    /// # Panics
    /// If the span was not made from `source`.
    #[must_use]
    pub fn of(self, source: &str) -> &str {
        &source[self.start..self.end]
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// This span without the white space at both its ends.
    #[must_use]
    pub fn trim(self, source: &str) -> Self {
        let text = self.of(source);
        let start = self.start + (text.len() - text.trim_start().len());
        Self::new(start, start + text.trim().len())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}
