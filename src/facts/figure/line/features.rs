//! What the model sees of a cut: how long it is, with what it begins and ends, what stands beside it, and what lies within it.

use std::ops::Range;

use foldhash::HashSet;

use super::cuts::MOST_WORDS;
use super::{Cut, Reading};
use crate::facts::figure::{Measured, features as figure_features};
use crate::facts::grammar::Part;
use crate::facts::nouns::Class;
use crate::text::frequency::idf;
use crate::text::stem::stem;
use crate::text::{Span, Token};

/// Places whose word's part is measured.
const PLACES: [&str; 6] = ["begins", "before", "leads", "follows", "ends", "behind"];

/// What is counted within the words before the number, and behind it.
const COUNTED: [&str; 12] = [
    "words",
    "verbs",
    "nouns",
    "definite",
    "prepositions",
    "commas",
    "clauses",
    "relatives",
    "figures",
    "owned",
    "pointers",
    "sayings",
];

const WHOLE: [&str; 46] = [
    "words",
    "number_alone",
    "nothing_before",
    "nothing_behind",
    "dropped_before",
    "dropped_behind",
    "dropped_verb",
    "money",
    "percent",
    "people",
    "things",
    "no_unit",
    "own_words",
    "begins_sentence",
    "circumstance",
    "complement",
    "begins_definite_name",
    "ends_before_link",
    "pronouns",
    "verb_before",
    "next_joined",
    "behind_adjective",
    "first_opens",
    "first_ends",
    "before_opens",
    "before_ends",
    "last_opens",
    "last_ends",
    "next_opens",
    "next_ends",
    "first_rarity",
    "before_rarity",
    "last_rarity",
    "next_rarity",
    "rarity",
    "least_rarity",
    "to_headline",
    "lost_to_headline",
    "names",
    "names_lost",
    "torn",
    "torn_definite",
    "before_in_sentence",
    "behind_in_sentence",
    "letters",
    "times_lost",
];

/// The names of the features, in their order.
#[must_use]
pub fn names() -> Vec<String> {
    let parts = PLACES
        .iter()
        .flat_map(|place| Part::ALL.iter().map(move |part| format!("{place}_{part:?}").to_lowercase()));
    let counted =
        ["left", "right"].iter().flat_map(|side| COUNTED.iter().map(move |what| format!("{side}_{what}")));
    let own = WHOLE.iter().map(|&name| name.to_owned());
    let figure = figure_features::NAMES.iter().map(|name| format!("figure_{name}"));
    parts.chain(counted).chain(own).chain(figure).collect()
}

/// What is measured of `cut`.
pub fn of(reading: &Reading, cut: &Cut, figure: &Measured) -> Vec<f32> {
    let (start, end) = (cut.tokens.start, cut.tokens.end);
    let own = &reading.figure;
    let mut values = Vec::with_capacity(PLACES.len() * Part::ALL.len() + 2 * COUNTED.len() + WHOLE.len());
    let places = [
        (start < own.start).then(|| reading.part(start)).flatten(),
        reading.before(start),
        reading.before(own.start).filter(|_| start < own.start),
        reading.part(own.end).filter(|_| own.end < end),
        (own.end < end).then(|| reading.part(end - 1)).flatten(),
        reading.part(end),
    ];
    for place in places {
        values.extend(Part::ALL.iter().map(|part| f32::from(u8::from(place == Some(*part)))));
    }
    counted(reading, start..own.start, &mut values);
    counted(reading, own.end..end, &mut values);
    let words = |range: Range<usize>| range.filter(|&at| reading.part(at).is_some_and(is_word)).count();
    let flag = |holds: bool| f32::from(u8::from(holds));
    let clause_start = (reading.first..start)
        .rev()
        .find(|&at| is_end_of_clause(reading, at))
        .map_or(reading.first, |at| at + 1);
    let clause_end =
        (end..reading.last()).find(|&at| is_end_of_clause(reading, at)).unwrap_or(reading.last());
    let class = figure.figure.class;
    values.extend([
        cut.span.of(reading.clause.source).split_whitespace().count() as f32 / MOST_WORDS as f32,
        flag(start == own.start && end == own.end),
        flag(start == own.start),
        flag(end == own.end),
        words(clause_start..start).min(12) as f32,
        words(end..clause_end).min(12) as f32,
        flag((clause_start..start).any(|at| reading.part(at).is_some_and(Part::is_verb))),
        flag(class == Some(Class::Currency)),
        flag(class == Some(Class::Percent)),
        flag(matches!(class, Some(Class::Casualty | Class::Person))),
        flag(matches!(class, Some(Class::Thing | Class::Occasion))),
        flag(class.is_none()),
        own.len() as f32,
        flag(start == 0),
        flag(
            start > 0
                && matches!(
                    reading.key(start - 1),
                    "في" | "منذ" | "خلال" | "بعد" | "قبل" | "بين" | "مع" | "عند" | "وفي"
                ),
        ),
        flag(start > 0 && matches!(reading.key(start - 1), "عن" | "علي" | "الي" | "من" | "ب" | "ل")),
        flag(reading.names.iter().any(|name| name.start == cut.span.start)),
        flag(matches!(reading.key(end), "من" | "في" | "علي" | "الي" | "عن")),
        outside(start, end, own).filter(|&at| reading.part(at) == Some(Part::Owned)).count() as f32,
        flag(start < own.start && reading.part(start).is_some_and(|part| matches!(part, Part::Verb))),
        flag(reading.word(end).is_some_and(|word| word.has_conjunction)),
        flag(
            own.end < end
                && reading.part(end - 1) == Some(Part::Noun)
                && reading.part(end) == Some(Part::Noun),
        ),
    ]);
    // How likely sentences are to open and to end with the words at either edge and beside it.
    for at in [Some(start), start.checked_sub(1), Some(end - 1), Some(end)] {
        let edge = at.map(|at| reading.edge(at)).unwrap_or_default();
        values.extend([edge.opens, edge.ends]);
    }
    told(reading, cut, clause_start..clause_end, &mut values);
    values.extend(&figure.features);
    values
}

/// How much the words tell, in the line and at its edges, and what of the clause's names, times and words of the headline is lost.
fn told(reading: &Reading, cut: &Cut, clause: Range<usize>, values: &mut Vec<f32>) {
    let (start, end) = (cut.tokens.start, cut.tokens.end);
    let tokens = reading.clause.tokens;
    let rarity = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).filter(|token| token.is_word()).map_or(-1.0, |token| idf(&token.key))
    };
    let within: Vec<f32> = tokens[start..end].iter().filter(|t| t.is_word()).map(|t| idf(&t.key)).collect();
    let to_headline = |tokens: &[Token]| {
        let stems: HashSet<&str> = tokens.iter().filter(|t| t.is_word()).map(|t| stem(&t.key)).collect();
        stems.iter().filter(|stem| reading.clause.headline.contains(*stem)).count() as f32
    };
    let inside = |name: &&Span| name.start >= cut.span.start && name.end <= cut.span.end;
    let around = Span::new(
        tokens[clause.start.min(start)].span.start,
        tokens[clause.end.clamp(end, tokens.len()) - 1].span.end,
    );
    let near = reading.names.iter().filter(|name| name.start >= around.start && name.end <= around.end);
    let (names, all) = (reading.names.iter().filter(inside).count(), near.count());
    let torn = cut.span.start.saturating_sub(tokens[start].span.start);
    let times = outside_of(cut.tokens.clone(), clause.clone()).filter(|&at| reading.is_time(at)).count();
    let told = to_headline(&tokens[start..end]);
    values.extend([
        rarity(Some(start)),
        rarity(start.checked_sub(1)),
        rarity(Some(end - 1)),
        rarity(Some(end)),
        within.iter().sum::<f32>() / within.len().max(1) as f32,
        within.iter().copied().fold(f32::MAX, f32::min).min(20.0),
        told,
        to_headline(&tokens[clause.start.min(start)..clause.end.clamp(end, tokens.len())]) - told,
        names.min(6) as f32,
        all.saturating_sub(names).min(6) as f32,
        torn.min(6) as f32,
        f32::from(u8::from(torn > 0 && reading.key(start).contains("ال"))),
        start.min(60) as f32,
        (tokens.len() - end).min(60) as f32,
        cut.span.of(reading.clause.source).chars().count() as f32,
        times as f32,
    ]);
}

/// The tokens of `clause` that are not in `cut`.
fn outside_of(cut: Range<usize>, clause: Range<usize>) -> impl Iterator<Item = usize> {
    clause.filter(move |at| !cut.contains(at))
}

/// The tokens of `start..end` beside the figure.
fn outside(start: usize, end: usize, own: &Range<usize>) -> impl Iterator<Item = usize> + use<> {
    (start..own.start).chain(own.end..end)
}

fn counted(reading: &Reading, range: Range<usize>, values: &mut Vec<f32>) {
    let count = |wanted: &dyn Fn(Part, usize) -> bool| {
        range.clone().filter(|&at| reading.part(at).is_some_and(|part| wanted(part, at))).count().min(12)
            as f32
    };
    values.extend([
        count(&|part, _| is_word(part)),
        count(&|part, _| part.is_verb()),
        count(&|part, _| matches!(part, Part::Noun | Part::Joined)),
        count(&|part, _| part == Part::Definite),
        count(&|part, _| matches!(part, Part::Preposition | Part::Joined)),
        count(&|part, _| part == Part::Comma),
        count(&|part, at| {
            part == Part::Complementizer || part == Part::Conjunction || is_start_of_clause(reading, at)
        }),
        count(&|part, _| part == Part::Relative),
        count(&|_, at| reading.is_other(at) && !(at > 0 && reading.is_other(at - 1))),
        count(&|part, _| part == Part::Owned),
        count(&|part, _| matches!(part, Part::Pointer | Part::Demonstrative | Part::Pronoun)),
        count(&|part, _| part == Part::Saying),
    ]);
}

const fn is_word(part: Part) -> bool {
    !matches!(part, Part::Comma | Part::Quote | Part::Bracket | Part::Stop | Part::Mark)
}

/// «وبلغت»: a verb that is joined to what stands before.
fn is_start_of_clause(reading: &Reading, at: usize) -> bool {
    reading.word(at).is_some_and(|word| word.has_conjunction && word.part.is_verb())
}

fn is_end_of_clause(reading: &Reading, at: usize) -> bool {
    matches!(reading.part(at), Some(Part::Comma | Part::Stop | Part::Complementizer | Part::Conjunction))
}
