//! Which sentences may be shown at all.

use std::fmt;
use std::sync::LazyLock;

use super::clause::is_stop;
use super::terms::{Terms, ratio};
use crate::rule::Rule;
use crate::text::fold::is_letter;
use crate::text::lexicon::WordClass;
use crate::text::phrase::PhraseTable;
use crate::text::{Document, Token, TokenKind};

/// Why a sentence may not be shown, whatever it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// A heading, a list line, a row of a table, a caption: it is not a sentence.
    Heading,
    /// It says what the headline says and no more.
    Headline,
    /// It belongs to other news in the same text.
    OtherStory,
    /// It asks: an interviewer's question, or one that nobody answers.
    Question,
    /// It is not in Arabic: a post in Latin letters.
    Foreign,
    /// Who wrote, took or sent it: «بقلم: سالم نادر», «تصوير: …».
    Credit,
    /// Its reader was told it before.
    Known,
}

impl fmt::Display for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heading => "a heading",
            Self::Headline => "the headline again",
            Self::OtherStory => "another story",
            Self::Question => "a question",
            Self::Foreign => "in another language",
            Self::Credit => "a credit",
            Self::Known => "told before",
        })
    }
}

/// Sentences with fewer words are not shown.
const MIN_WORDS: usize = 4;

/// A line without a full stop is a heading up to so many words.
const HEADING_WORDS: usize = 10;

static CREDIT_TABLE: LazyLock<PhraseTable<()>> =
    LazyLock::new(|| PhraseTable::new(WordClass::Credit.words().map(|credit| (credit, ()))));

/// Why each sentence of `document` may not be shown, where it may not. Linear.
#[must_use]
pub fn barriers(document: &Document, terms: &Terms, words: &[usize]) -> Vec<Option<Barrier>> {
    let story = document.story();
    let barrier = |i| {
        let other = Rule::SentenceOtherStory.is_met(!story.contains(&i));
        if other { Some(Barrier::OtherStory) } else { barrier(document, terms, i, words[i]) }
    };
    (0..words.len()).map(barrier).collect()
}

/// Why sentence `index`, of so many `words`, may not be shown whatever stands around it.
pub(super) fn barrier(document: &Document, terms: &Terms, index: usize, words: usize) -> Option<Barrier> {
    let sentence = &document.sentences()[index];
    let tokens = document.tokens_of(sentence);
    if Rule::SentenceForeign.is_met(is_foreign(document.slice(sentence.span))) {
        return Some(Barrier::Foreign);
    }
    let is_heading = words < MIN_WORDS || words <= HEADING_WORDS && !has_sentence_end(tokens);
    if Rule::SentenceHeading.is_met(document.is_row(index) || is_heading) {
        return Some(Barrier::Heading);
    }
    if Rule::SentenceCredit.is_met(is_credit(tokens)) {
        return Some(Barrier::Credit);
    }
    let last = tokens.iter().rev().find(|token| !token.is_mark('.'));
    if Rule::SentenceQuestion.is_met(last.is_some_and(is_question_mark)) {
        return Some(Barrier::Question);
    }
    let own = terms.of(index);
    let in_title: f32 = own.iter().filter(|&&t| terms.is_in_title(t)).map(|&t| terms.weight(t)).sum();
    let all = terms.weight_of(own) + terms.title_weight() - in_title;
    Rule::SentenceHeadline.is_met(ratio(in_title, all) > SAME_AS_HEADLINE).then_some(Barrier::Headline)
}

/// A sentence says the headline again where they share so much of their weight.
const SAME_AS_HEADLINE: f32 = 0.8;

fn is_question_mark(token: &Token) -> bool {
    token.is_mark('؟') || token.is_mark('?')
}

/// «بقلم: سالم نادر», «صورة – وكالات»; not «كتب الوزير على صفحته».
fn is_credit(tokens: &[Token]) -> bool {
    let Some((length, ())) = CREDIT_TABLE.opening(tokens) else { return false };
    let marked = tokens
        .get(length)
        .is_some_and(|token| matches!(token.kind, TokenKind::Mark(':' | '-' | '–' | '—' | '|' | '/')));
    marked && !tokens[length..].iter().any(super::super::text::token::Token::is_quotation_mark)
}

/// Whether more of its letters are Latin than a name in brackets has.
fn is_foreign(text: &str) -> bool {
    let letters = || text.chars().filter(|&c| is_letter(c));
    let latin = letters().filter(char::is_ascii_alphabetic).count();
    latin * 2 > letters().count()
}

/// Whether the last mark, closing quotation marks aside, ends a sentence.
fn has_sentence_end(tokens: &[Token]) -> bool {
    tokens.iter().rev().find(|token| !is_closing(token)).is_some_and(is_stop)
}

fn is_closing(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark('"' | '”' | '“' | '»' | ')' | '\''))
}

#[cfg(test)]
mod tests;
