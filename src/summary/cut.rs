//! Where a piece of a sentence may end, and where an editor would end it: a boundary's features, and two forests that weigh them, learnt
//! from ends that editors judged and from the pieces that they sent to a chat (`training/cuts.rs`, `data/cuts.tsv`).

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::{HashSet, HashSetExt};

use super::clause::{self, Boundary, Opening};
use super::features::Known;
use super::forbid;
use super::openers;
use super::terms::ratio;
use super::words::Word;
use crate::facts::grammar::{self, Part};
use crate::learnt::Learnt;
use crate::learnt::forest::Forest;
use crate::rule::Rule;
use crate::text::edge;
use crate::text::frequency::idf;
use crate::text::quotation::Side;
use crate::text::{Span, Token, TokenKind};

/// A piece of a sentence: from its start, or behind what may be dropped in front, to a boundary.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Where it stands in the text.
    pub span: Span,
    /// How many words it has.
    pub words: usize,
    /// Its first token in the document, and the first one behind it.
    pub tokens: (usize, usize),
    /// How likely an editor would end it here, 0 to 1.
    pub likely: f32,
    /// How likely a reader finds no fault in where it ends, 0 to 1.
    pub sound: f32,
    /// What it would lose.
    pub forbidden: Option<Rule>,
    /// Whether it goes on to the end of its sentence.
    pub is_whole: bool,
}

/// The features of a boundary that are no kind of [`Opening`], as the forest's file names them.
const NAMES: [&str; 32] = [
    "words",
    "rest",
    "total",
    "share_of_words",
    "next_gap",
    "previous_gap",
    "comma",
    "semicolon",
    "dash",
    "bracket",
    "no_mark",
    "commas",
    "verbs",
    "verbs_next",
    "sayings",
    "complementizers",
    "relatives",
    "denials",
    "figures",
    "figures_rest",
    "closes_quotation",
    "last_is_stop_word",
    "last_is_number",
    "next_is_verb",
    "next_is_saying",
    "next_is_definite",
    "next_is_joined",
    "first_is_verb",
    "first_is_saying",
    "title_covered",
    "title_rest",
    "share_of_weight",
];

/// The kinds of openings that a piece may end before.
fn openings() -> impl Iterator<Item = Opening> {
    let never = |kind: &Opening| {
        matches!(kind, Opening::Source | Opening::Exception | Opening::Condition | Opening::Doubt)
    };
    Opening::ALL.iter().copied().filter(move |kind| !never(kind))
}

/// The names of all features, in the order of their values.
#[must_use]
pub fn names() -> Vec<String> {
    let own = NAMES.into_iter().chain(openings().map(Opening::name)).map(str::to_owned);
    let beside = ["last", "next"].into_iter().flat_map(|word| {
        let edges = ["opens", "ends", "rarity"].into_iter().map(move |what| format!("{word}_{what}"));
        edges.chain(Part::ALL.iter().map(move |part| format!("{word}_{part:?}").to_lowercase()))
    });
    own.chain(beside).collect()
}

/// What was learnt of where pieces end.
#[derive(Debug, Default)]
struct Model {
    /// Whether an editor would end a piece here.
    likely: Forest,
    /// Whether a reader finds no fault in it.
    sound: Forest,
}

impl Model {
    /// Reads the file: two forests with an empty line between them.
    fn parse(text: &str) -> Option<Self> {
        let (likely, sound) = text.split_once("\n\n")?;
        Some(Self { likely: Forest::parse(likely)?, sound: Forest::parse(sound)? })
    }
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::parse(Learnt::Cuts.text()).unwrap_or_default());

/// The pieces of sentence `index` of a document that begin at its start, the whole sentence last; none of a sentence without words.
#[must_use]
pub fn pieces(known: &Known<'_>, index: usize) -> Vec<Piece> {
    let Some(view) = View::new(known, index) else { return Vec::new() };
    let rows = view.rows();
    view.boundaries
        .iter()
        .zip(rows)
        .map(|(boundary, row)| {
            let [likely, sound] = [&MODEL.likely, &MODEL.sound].map(|forest| forest.probability(&row));
            Piece { likely, sound, ..view.piece(boundary) }
        })
        .collect()
}

/// The features of each boundary of sentence `index`, with the piece that ends there; for training, which may set another start, in
/// bytes.
#[must_use]
pub fn measured(known: &Known<'_>, index: usize, start: Option<usize>) -> Vec<(Piece, Vec<f32>)> {
    let Some(mut view) = View::new(known, index) else { return Vec::new() };
    if let Some(start) = start {
        view.from = view.tokens.partition_point(|token| token.span.start < start).min(view.tokens.len() - 1);
        view.boundaries = clause::boundaries(view.tokens, view.words, view.from);
    }
    let rows = view.rows();
    view.boundaries.iter().map(|boundary| view.piece(boundary)).zip(rows).collect()
}

/// A sentence with its boundaries.
struct View<'a> {
    known: &'a Known<'a>,
    /// The place of its first token in the document.
    first: usize,
    tokens: &'a [Token],
    words: &'a [Word],
    from: usize,
    boundaries: Vec<Boundary>,
    quotations: &'a [Span],
    index: usize,
}

impl<'a> View<'a> {
    fn new(known: &'a Known<'a>, index: usize) -> Option<Self> {
        let document = known.document;
        let sentence = &document.sentences()[index];
        let Range { start: first, end } = sentence.tokens;
        let all = &document.tokens()[first..end];
        let stops = all.iter().rev().take_while(|token| clause::is_stop(token)).count();
        let credit = all.len() - stops - openers::without_credit(&all[..all.len() - stops]);
        let mut tokens = if credit > 0 { &all[..all.len() - stops - credit] } else { all };
        let mut from = openers::droppable(tokens);
        // A mark at the very edge whose partner the paragraph lacks: «… في المنطقة”.»
        for unpaired in document.unpaired_marks(index) {
            let at = |token: Option<&Token>| token.is_some_and(|token| token.span == unpaired.mark);
            if unpaired.side == Side::Opening && at(tokens.get(from)) {
                from += 1;
            }
            let last = tokens.len() - tokens.iter().rev().take_while(|token| clause::is_stop(token)).count();
            if at(last.checked_sub(1).and_then(|last| tokens.get(last))) {
                tokens = &tokens[..last - 1];
            }
        }
        let words = &known.words[first..first + tokens.len()];
        if !words.get(from..)?.iter().any(|word| word.counts()) {
            return None;
        }
        let pairs = document.quotations();
        let near = pairs.partition_point(|pair| pair.start + LONGEST_QUOTATION < sentence.span.start);
        let after = pairs.partition_point(|pair| pair.start < sentence.span.end);
        let quotations = &pairs[near..after];
        let boundaries = clause::boundaries(tokens, words, from);
        Some(Self { known, first, tokens, words, from, boundaries, quotations, index })
    }

    /// The piece that ends at `boundary`, not weighed.
    fn piece(&self, boundary: &Boundary) -> Piece {
        let end = boundary.end.max(self.from + 1);
        let span = self.tokens[self.from].span.cover(self.tokens[end - 1].span);
        let sentence = forbid::Sentence {
            tokens: self.tokens,
            words: self.words,
            from: self.from,
            quotations: self.quotations,
            unpaired: self.known.document.unpaired_marks(self.index),
        };
        Piece {
            span,
            words: self.words[self.from..end].iter().filter(|word| word.counts()).count(),
            tokens: (self.first + self.from, self.first + end),
            likely: 0.0,
            sound: 0.0,
            forbidden: forbid::forbidden(&sentence, boundary),
            is_whole: boundary.opens == Opening::End,
        }
    }

    /// The features of each boundary.
    fn rows(&self) -> Vec<Vec<f32>> {
        let sums = Sums::new(self);
        let (from, len) = (self.from, self.tokens.len());
        let total = sums.words[len] - sums.words[from];
        let title = self.known.terms.title_weight();
        let mut rows = Vec::with_capacity(self.boundaries.len());
        for (at, boundary) in self.boundaries.iter().enumerate() {
            let (end, next) = (boundary.end, boundary.next);
            let previous = at.checked_sub(1).map_or(from, |at| self.boundaries[at].end);
            let following = self.boundaries.get(at + 1).map_or(len, |boundary| boundary.end);
            let count = |sums: &[u32], range: Range<usize>| (sums[range.end] - sums[range.start]) as f32;
            let weight = |sums: &[f32], range: Range<usize>| sums[range.end] - sums[range.start];
            let flag = |condition: bool| f32::from(u8::from(condition));
            let is_marked = |marks: &[char]| flag(boundary.mark.is_some_and(|mark| marks.contains(&mark)));
            let last = (from..end).rev().find(|&at| self.words[at].counts());
            let next_word = self.words.get(next).copied().unwrap_or_default();
            let words = count(&sums.words, from..end);
            let mut row = vec![
                words,
                count(&sums.words, end..len),
                total as f32,
                ratio(words, total as f32),
                count(&sums.words, end..following.max(end)),
                count(&sums.words, previous.min(end)..end),
                is_marked(&['،', ',']),
                is_marked(&['؛', ';']),
                is_marked(&['-', '–', '—']),
                is_marked(&['(']),
                flag(boundary.mark.is_none()),
                count(&sums.commas, from..end),
                count(&sums.verbs, from..end),
                count(&sums.verbs, next.min(following)..following),
                count(&sums.sayings, from..end),
                count(&sums.complementizers, from..end),
                count(&sums.relatives, from..end),
                count(&sums.denials, from..end),
                count(&sums.figures, from..end),
                count(&sums.figures, end..len),
                flag(self.tokens[end - 1].is_quotation_mark()),
                flag(last.is_some_and(|at| self.words[at].is_stop_word())),
                flag(last.is_some_and(|at| self.tokens[at].kind == TokenKind::Number)),
                flag(next_word.is_verb()),
                flag(next_word.is_saying()),
                flag(self.tokens.get(next).is_some_and(|token| token.key.starts_with("ال"))),
                flag(self.tokens.get(next).is_some_and(|token| token.key.starts_with('و'))),
                flag(self.words[from].is_verb()),
                flag(self.words[from].is_saying()),
                ratio(weight(&sums.title, from..end), title),
                ratio(weight(&sums.title, end..len), title),
                ratio(weight(&sums.weight, from..end), weight(&sums.weight, from..len)),
            ];
            row.extend(openings().map(|kind| flag(boundary.opens == kind)));
            let (before, behind) = (last.unwrap_or(from), next.min(len - 1));
            for at in [before, behind] {
                let edge = edge::of(&self.tokens[at]);
                row.extend([edge.opens, edge.ends, idf(&self.tokens[at].key)]);
                let part = grammar::read(self.known.document.text(), &self.tokens[at]).part;
                row.extend(Part::ALL.iter().map(|other| flag(part == *other)));
            }
            rows.push(row);
        }
        rows
    }
}

/// No quotation that is longer, in bytes, is looked for around a sentence.
const LONGEST_QUOTATION: usize = 6000;

/// For each number of tokens of a sentence, how much of something stands in so many of them.
struct Sums {
    words: Vec<u32>,
    commas: Vec<u32>,
    verbs: Vec<u32>,
    sayings: Vec<u32>,
    complementizers: Vec<u32>,
    relatives: Vec<u32>,
    denials: Vec<u32>,
    figures: Vec<u32>,
    /// The weight of its terms, each at its first place from where pieces begin, and of those in the headline.
    weight: Vec<f32>,
    title: Vec<f32>,
}

impl Sums {
    fn new(view: &View<'_>) -> Self {
        let over = |is: &dyn Fn(usize) -> bool| {
            let mut sum = 0;
            let sums = (0..view.tokens.len()).map(|at| {
                sum += u32::from(is(at));
                sum
            });
            std::iter::once(0).chain(sums).collect::<Vec<u32>>()
        };
        let words = |is: fn(Word) -> bool| over(&|at| is(view.words[at]));
        let figures = &view.known.facts.figures;
        let is_figure = |at: usize| {
            let span = view.tokens[at].span;
            let first = figures.partition_point(|figure| figure.span.start < span.start);
            figures.get(first).is_some_and(|figure| figure.span.start < span.end)
        };
        let terms = view.known.terms;
        let own = terms.of_tokens(view.first..view.first + view.tokens.len());
        let mut seen: HashSet<u32> = HashSet::new();
        let (mut weight, mut title) = (vec![0.0], vec![0.0]);
        for (at, term) in own.iter().enumerate() {
            let new = term.filter(|term| at >= view.from && seen.insert(*term));
            let more = new.map_or(0.0, |term| terms.weight(term));
            weight.push(weight[at] + more);
            title.push(title[at] + new.filter(|&term| terms.is_in_title(term)).map_or(0.0, |_| more));
        }
        Self {
            words: words(Word::counts),
            commas: over(&|at| view.tokens[at].is_mark('،') || view.tokens[at].is_mark(',')),
            verbs: words(Word::is_verb),
            sayings: words(Word::is_saying),
            complementizers: words(Word::is_complementizer),
            relatives: words(Word::is_relative),
            denials: words(Word::denies),
            figures: over(&is_figure),
            weight,
            title,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MODEL, names};

    #[test]
    fn the_forests_know_the_features() {
        assert_eq!(MODEL.likely.features(), names());
        assert_eq!(MODEL.sound.features(), names());
    }
}
