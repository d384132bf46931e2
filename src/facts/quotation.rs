//! Quotations: who said what. «قال الوزير إنّ "…"», «"…" يقول الخبير».

use super::lexicon::{self, Class};
use crate::text::{Document, Sentence, Span, TokenKind};

/// One quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words between the quotation marks.
    pub words: Span,
    /// The verb of saying: «قال», «وأضاف».
    pub verb: Span,
    /// The mention of the speaker, where the sentence names one.
    pub speaker: Option<Span>,
    /// Index of its sentence.
    pub sentence: usize,
}

/// Fewest words of a quotation; fewer are a name or a word held at a distance: «تنظيم "داعش"».
const SHORTEST: usize = 4;

/// Every quotation with a verb of saying in its sentence; `people` are the spans of people's mentions, in source order.
#[must_use]
pub fn find(document: &Document, people: &[Span]) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    for (index, sentence) in document.sentences().iter().enumerate() {
        for (words, open) in quoted(document, sentence) {
            let Some(verb) = verb(document, sentence, open) else { continue };
            let speaker = speaker(people, sentence.span, verb, words);
            quotations.push(Quotation { words, verb, speaker, sentence: index });
        }
    }
    quotations
}

/// What stands between quotation marks in the sentence, with the token that opens it.
fn quoted(document: &Document, sentence: &Sentence) -> Vec<(Span, usize)> {
    let tokens = document.tokens_of(sentence);
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Mark(mark) = token.kind else { continue };
        match (mark, open) {
            ('«' | '“', _) | ('"', None) => open = Some(at),
            ('»' | '”' | '"', Some(start)) => {
                if tokens[start + 1..at].iter().filter(|t| t.is_word()).count() >= SHORTEST {
                    found.push((tokens[start + 1].span.cover(tokens[at - 1].span), start));
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The verb of saying nearest before the quotation, or the first one behind it.
fn verb(document: &Document, sentence: &Sentence, open: usize) -> Option<Span> {
    let tokens = document.tokens_of(sentence);
    let says = |key: &str| {
        lexicon::class(key) == Class::Saying
            || key.strip_prefix(['و', 'ف']).is_some_and(|bare| lexicon::class(bare) == Class::Saying)
    };
    let before = tokens[..open].iter().rev().find(|t| says(&t.key));
    before.or_else(|| tokens[open..].iter().find(|t| says(&t.key))).map(|t| t.span)
}

/// The person named nearest behind the verb, or else before it, outside the quotation.
fn speaker(people: &[Span], sentence: Span, verb: Span, words: Span) -> Option<Span> {
    let first = people.partition_point(|p| p.start < sentence.start);
    let inside =
        || people[first..].iter().take_while(|p| p.end <= sentence.end).filter(|p| !words.overlaps(**p));
    inside()
        .find(|p| p.start >= verb.end && p.start < words.start.max(verb.end + 200))
        .or_else(|| inside().last())
        .copied()
}

#[cfg(test)]
mod tests {
    use crate::facts;
    use crate::text::Document;

    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let document = Document::new("", text);
        let quotations = facts::analyze(&document).quotations;
        let found: Vec<_> = quotations
            .iter()
            .map(|q| {
                (q.speaker.map_or("", |s| document.slice(s)), document.slice(q.verb), document.slice(q.words))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_speaker_before_the_words() {
        check(
            "قال وزير الخارجية الأمريكي جون هاربر إنّ \"الحل قريب جدا منا\".",
            &[("جون هاربر", "قال", "الحل قريب جدا منا")],
        );
    }

    #[test]
    fn a_name_in_quotation_marks_is_no_quotation() {
        check("قال جون هاربر إن تنظيم \"داعش\" انتهى.", &[]);
    }
}
