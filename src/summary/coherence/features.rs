//! What is measured of how a sentence begins: which words it opens with, and whether what it speaks of was named in the headline, in
//! the sentence before, or not at all.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::opening;
use crate::facts::grammar::{self, Part};
use crate::summary::openers;
use crate::text::edge;
use crate::text::frequency::idf;
use crate::text::speech::{self, is_without_speaker};
use crate::text::stem::stem;
use crate::text::stopwords::is_stop_word;
use crate::text::{Document, Token, TokenKind};

/// Words at the start whose part is measured, each by itself.
const FIRST: usize = 4;
/// Words that open a sentence.
const OPENING: usize = 12;

/// The features that are no part of a word at the start.
const WHOLE: [&str; 27] = [
    "cause",
    "sentence",
    "first_of_paragraph",
    "dropped",
    "words",
    "first_opens",
    "first_tells",
    "first_rarity",
    "second_rarity",
    "third_rarity",
    "lacks_speaker",
    "continues",
    "saying_at",
    "complement_at",
    "comma_at",
    "mark_at",
    "owned",
    "owned_first",
    "pronouns",
    "demonstratives",
    "definite",
    "numbers",
    "to_headline",
    "only_before",
    "earlier",
    "new",
    "definite_only_before",
];

/// The names of the features, in their order.
#[must_use]
pub fn names() -> Vec<String> {
    let parts =
        (1..=FIRST).flat_map(|at| Part::ALL.iter().map(move |part| format!("{at}_{part:?}").to_lowercase()));
    WHOLE.iter().map(|&name| name.to_owned()).chain(parts).collect()
}

/// What is measured of each sentence of `document`. Linear.
#[must_use]
pub fn measure(document: &Document) -> Vec<Vec<f32>> {
    let headline: HashSet<&str> = stems(document.headline_tokens()).collect();
    // The last sentence that has each stem.
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut rows = Vec::with_capacity(document.sentences().len());
    for index in 0..document.sentences().len() {
        rows.push(of(document, index, &headline, &seen));
        for stem in stems(document.tokens_of(&document.sentences()[index])) {
            seen.insert(stem, index);
        }
    }
    rows
}

fn stems(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.iter().filter(|token| is_content(token)).map(|token| stem(&token.key))
}

fn is_content(token: &Token) -> bool {
    token.is_word() && !is_stop_word(&token.key)
}

fn of(document: &Document, index: usize, headline: &HashSet<&str>, seen: &HashMap<&str, usize>) -> Vec<f32> {
    let sentence = &document.sentences()[index];
    let whole = document.tokens_of(sentence);
    let dropped = openers::droppable(whole);
    let tokens = &whole[dropped..];
    let marks = tokens.iter().take_while(|t| !t.is_word() && t.kind != TokenKind::Number).count();
    let tokens = &tokens[marks..];
    let start = &tokens[..tokens.len().min(OPENING)];
    let parts: Vec<Part> = start.iter().map(|token| grammar::read(document.text(), token).part).collect();
    let count = |wanted: &[Part]| parts.iter().filter(|part| wanted.contains(part)).count() as f32;
    let first_of =
        |wanted: &[Part]| parts.iter().position(|part| wanted.contains(part)).unwrap_or(OPENING) as f32;
    let words: Vec<&Token> = start.iter().filter(|token| token.is_word()).collect();
    let rarity = |at: usize| words.get(at).map_or(-1.0, |token| idf(&token.key));
    let edge = start.first().map(edge::of).unwrap_or_default();
    let content: Vec<(usize, &str)> = start
        .iter()
        .enumerate()
        .filter(|(_, token)| is_content(token))
        .map(|(at, token)| (at, stem(&token.key)))
        .collect();
    let only_before =
        |stem: &str| !headline.contains(stem) && index > 0 && seen.get(stem) == Some(&(index - 1));
    let of_content =
        |is: &dyn Fn(usize, &str) -> bool| content.iter().filter(|(at, stem)| is(*at, stem)).count() as f32;
    let flag = |holds: bool| f32::from(u8::from(holds));
    let first_of_paragraph = index == 0 || document.sentences()[index - 1].paragraph != sentence.paragraph;
    let mut row = vec![
        opening::cause(tokens, document.headline_tokens()).map_or(0.0, |cause| f32::from(cause as u8) + 1.0),
        index.min(20) as f32,
        flag(first_of_paragraph),
        dropped.min(9) as f32,
        whole.len().min(80) as f32,
        edge.opens,
        edge.tells,
        rarity(0),
        rarity(1),
        rarity(2),
        flag(is_without_speaker(tokens)),
        flag(matches!(speech::opening(tokens), Some(speech::Speech::Continues))),
        first_of(&[Part::Saying]),
        first_of(&[Part::Complementizer]),
        first_of(&[Part::Comma]),
        first_of(&[Part::Quote, Part::Bracket]),
        count(&[Part::Owned]),
        first_of(&[Part::Owned]),
        count(&[Part::Pronoun, Part::Pointer]),
        count(&[Part::Demonstrative]),
        count(&[Part::Definite]),
        count(&[Part::Number]),
        of_content(&|_, stem| headline.contains(stem)),
        of_content(&|_, stem| only_before(stem)),
        of_content(&|_, stem| !headline.contains(stem) && seen.get(stem).is_some_and(|&at| at + 1 < index)),
        of_content(&|_, stem| !headline.contains(stem) && !seen.contains_key(stem)),
        of_content(&|at, stem| parts[at] == Part::Definite && only_before(stem)),
    ];
    for at in 0..FIRST {
        row.extend(Part::ALL.iter().map(|part| flag(parts.get(at) == Some(part))));
    }
    row
}
