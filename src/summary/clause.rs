//! Clauses: where Arabic news lets a sentence be cut, so that what stands before the cut can be shown as a bullet.
//!
//! A boundary is a mark («،», «؛», a dash, a bracket) or a word that opens a clause (`data/lists/clauses.tsv`), or «و» with a verb.
//! Whether a piece may end there, [`super::forbid`] says; whether an editor would end it there, [`super::cut`].

use std::sync::LazyLock;

use super::words::Word;
use crate::text::phrase::{PhraseTable, phrases};
use crate::text::{Token, TokenKind};

/// Declares the kinds of openers once: the enum and the names that the list uses.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What opens behind a boundary.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Opening { $($(#[$doc])* $variant),+ }

        impl Opening {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the list.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

kinds! {
    /// The speech goes on: «مشيرا إلى أن».
    Report = "report",
    /// The speaker's words follow: «قائلا:».
    Quote = "quote",
    /// Whose claim it is: «بحسب البيان».
    Source = "source",
    /// «باستثناء الجمعة», «إلا», «بل».
    Exception = "exception",
    /// «شريطة أن», «إذا».
    Condition = "condition",
    /// «على الأرجح».
    Doubt = "doubt",
    /// «لكن», «في حين».
    Contrast = "contrast",
    /// «الذي», «التي», «مما».
    Relative = "relative",
    /// «وذلك», «الأمر الذي».
    That = "that",
    /// «وهو».
    Pronoun = "pronoun",
    /// «حيث», «إذ».
    Where = "where",
    /// «بعدما», «قبل».
    Time = "time",
    /// «بسبب», «إثر».
    Cause = "cause",
    /// «من أجل», «بهدف».
    Purpose = "purpose",
    /// «فضلا عن», «كما».
    Addition = "addition",
    /// «في», «على».
    Preposition = "preposition",
    /// «وأن».
    Complement = "complement",
    /// «قد», «لم», «كان».
    Particle = "particle",
    /// «و» with any other word.
    And = "and",
    /// Any other word.
    Other = "other",
    /// The sentence is over.
    End = "end",
}

static OPENINGS: LazyLock<PhraseTable<Opening>> = LazyLock::new(|| {
    let kind = |name: &str| Opening::ALL.iter().copied().find(|kind| kind.name() == name);
    let lines = include_str!("../../data/lists/clauses.tsv").lines().filter(|line| !line.starts_with('#'));
    let entries =
        lines.filter_map(|line| line.split_once('\t')).filter_map(|(name, list)| Some((kind(name)?, list)));
    PhraseTable::new(entries.flat_map(|(kind, list)| phrases(list).map(move |phrase| (phrase, kind))))
});

/// A place in a sentence where a piece of it may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// How many tokens of the sentence stand before it.
    pub end: usize,
    /// The first token of what follows: behind the mark, where there is one.
    pub next: usize,
    /// The mark that stands there.
    pub mark: Option<char>,
    /// What opens behind it.
    pub opens: Opening,
}

/// Where the sentence of `tokens` may be cut behind its token number `from`, in order; its end is the last. Linear.
#[must_use]
pub fn boundaries(tokens: &[Token], words: &[Word], from: usize) -> Vec<Boundary> {
    let end = end_of(tokens, from);
    let near = end.min(from + NEAR);
    let mut found = Vec::new();
    let mut at = from + 1;
    while at < near {
        let token = &tokens[at];
        if let TokenKind::Mark(mark) = token.kind {
            if is_cut(token) {
                let next = at + tokens[at..].iter().take_while(|token| is_between(token)).count();
                if next < end {
                    found.push(Boundary {
                        end: at,
                        next,
                        mark: Some(mark),
                        opens: opening(tokens, words, next),
                    });
                }
                // The word behind a mark is no second boundary.
                at = next;
            }
            at += 1;
            continue;
        }
        let opens = opening(tokens, words, at);
        let opens_clause = match opens {
            Opening::Particle | Opening::Complement | Opening::Other => false,
            Opening::And => words[at].joins(),
            _ => true,
        };
        if opens_clause && token.is_word() {
            found.push(Boundary { end: at, next: at, mark: None, opens });
        }
        at += 1;
    }
    found.push(Boundary { end, next: tokens.len(), mark: None, opens: Opening::End });
    found
}

/// Nobody ends a piece further from its start, in tokens.
const NEAR: usize = 64;

/// The end of a sentence without the stops that close it; closing quotation marks and brackets stay.
fn end_of(tokens: &[Token], from: usize) -> usize {
    let stops = tokens[from..].iter().rev().take_while(|token| is_cut(token) || is_stop(token));
    tokens.len() - stops.count()
}

/// Whether `token` ends a sentence.
#[must_use]
pub fn is_stop(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark('.' | '!' | '؟' | '?' | '…' | '۔'))
}

/// Marks at which a sentence may be cut.
fn is_cut(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Mark('،' | ',' | '؛' | ';' | '-' | '–' | '—' | ':' | '('))
}

/// Marks between a piece and the word that follows.
fn is_between(token: &Token) -> bool {
    is_cut(token) || token.is_quotation_mark()
}

fn opening(tokens: &[Token], words: &[Word], at: usize) -> Opening {
    if let Some((_, opens)) = OPENINGS.opening(&tokens[at..]) {
        return opens;
    }
    if tokens[at].key.starts_with('و') || words[at].joins() { Opening::And } else { Opening::Other }
}

/// What the phrase is that `tokens` open with, if the list has it.
#[must_use]
pub fn opens_with(tokens: &[Token]) -> Option<Opening> {
    OPENINGS.opening(tokens).map(|(_, opens)| opens)
}
