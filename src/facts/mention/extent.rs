//! How far the name of a body goes: of all ends that it could have the likeliest (`train extents`).
//!
//! The tagger says where a body's name begins, and often stops too soon or too late: «وزارة الشباب والثقافة \[والتواصل\]», «حزب العمال
//! الكردستاني \[المحظور\]». A forest weighs its end beside the others, with what the rest of the document says of the name.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use super::tagged::Sight;
use crate::facts::grammar::is_verb;
use crate::facts::lexicon::Class;
use crate::facts::morphology::TokenAnalysis;
use crate::facts::tagger::EntityKind;
use crate::learnt::Learnt;
use crate::learnt::forest::{Forest, flag};
use crate::text::frequency::DocumentFrequencies;
use crate::text::speech::is_complementizer;

/// Most tokens of a body's name.
const LONGEST: usize = 16;
/// So many other places of a name's first word are compared: a cap against texts that repeat it.
const PLACES: usize = 40;
/// What counts as much is no surer or unsurer than this, in the tagger's margins.
const SUREST: f32 = 20.0;

/// An end that a name could have.
#[derive(Clone, Debug)]
pub struct End {
    /// The token behind the last.
    pub at: usize,
    /// What is measured of it, each with its name.
    pub measured: Vec<(&'static str, f32)>,
}

/// A body's name as the tagger and the lists see it.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Its first token.
    pub at: usize,
    /// The token behind its last by the tagger.
    pub tagged: usize,
    /// The same by the lists, where they have a body that begins here.
    pub listed: Option<usize>,
}

/// The document as the ends of bodies are measured in it.
#[derive(Debug)]
pub struct Extents<'a, 'd> {
    analyses: &'a [TokenAnalysis<'d>],
    sight: &'a Sight,
    /// Where each word stands.
    places: HashMap<&'a str, Vec<usize>>,
    /// What begins at a token.
    begins: HashMap<usize, EntityKind>,
}

/// Whether the last token closes what was opened inside: «شبكة "فيسبوك\["\]».
fn is_closed(name: &[TokenAnalysis<'_>]) -> bool {
    let Some(last) = name.last() else { return false };
    let count = |mark: char| name.iter().filter(|token| token.is_mark(mark)).count();
    let quotes = name.iter().filter(|token| token.is_quote()).count();
    last.is_quote() && quotes.is_multiple_of(2) || last.is_mark(')') && count('(') == count(')')
}

fn frequency(word: &TokenAnalysis<'_>) -> f32 {
    (1.0 + DocumentFrequencies::words().count(&word.stem)).log2()
}

fn is_place(word: &TokenAnalysis<'_>) -> bool {
    word.sense.city > 0 || word.sense.is_region || word.sense.country != 0
}

fn is_latin(word: &TokenAnalysis<'_>) -> bool {
    word.key.starts_with(|c: char| c.is_ascii_alphabetic())
}

static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::parse(Learnt::Extents.text()).unwrap_or_default());

impl<'a, 'd> Extents<'a, 'd> {
    /// Of the document with these tokens, as the tagger sees it.
    #[must_use]
    pub fn new(analyses: &'a [TokenAnalysis<'d>], sight: &'a Sight) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, word) in analyses.iter().enumerate().filter(|(_, word)| word.is_word()) {
            let places = places.entry(&*word.stem).or_default();
            if places.len() < PLACES {
                places.push(at);
            }
        }
        let begins = sight.spans.iter().map(|span| (span.tokens.start, span.kind)).collect();
        Self { analyses, sight, places, begins }
    }

    /// The likeliest end of the body that begins so.
    #[must_use]
    pub fn end(&self, start: Start) -> usize {
        let likely = |end: End| {
            let values: Vec<f32> = end.measured.iter().map(|(_, value)| *value).collect();
            (FOREST.score(&values), end.at)
        };
        // «الفرع الجهوي للمحامين بجندوبة \[فيصل النقاطي\]»: no body runs on over a person.
        let runs_on =
            |end: &End| (start.tagged..end.at).any(|at| self.begins.get(&at) == Some(&EntityKind::Person));
        let ends = self.ends(start).into_iter().filter(|end| !runs_on(end));
        let best = ends.map(likely).max_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or(start.tagged, |(_, end)| end)
    }

    /// The ends that the body could have which begins so.
    #[must_use]
    pub fn ends(&self, start: Start) -> Vec<End> {
        let first = &self.analyses[start.at];
        let others = self.places.get(&*first.stem).into_iter().flatten().filter(|&&other| other != start.at);
        let repeats: Vec<usize> = others.map(|&other| self.common(start.at, other)).collect();
        let mut ends = Vec::new();
        let tokens = self.analyses.iter().enumerate().skip(start.at).take(LONGEST);
        for (at, last) in tokens.take_while(|(_, token)| token.sentence == first.sentence) {
            let end = at + 1;
            let stops = last.is_mark('.') || last.is_mark(':') || last.is_mark('؛');
            if end > start.tagged && (stops || last.class == Class::Saying || is_complementizer(last.key)) {
                break;
            }
            let can_end =
                last.is_word() && last.class != Class::Particle || is_closed(&self.analyses[start.at..end]);
            if can_end || end == start.tagged {
                ends.push(End { at: end, measured: self.measure(start, end, &repeats) });
            }
        }
        ends
    }

    /// How many tokens from the one at `start` on stand at `other`, too, whatever is written on to the first.
    fn common(&self, start: usize, other: usize) -> usize {
        let is_same = |&at: &usize| {
            let (one, two) = (&self.analyses[start + at], &self.analyses[other + at]);
            one.key == two.key && two.sentence == self.analyses[other].sentence
        };
        let most = (self.analyses.len() - start.max(other)).min(LONGEST + 1);
        1 + (1..most).take_while(is_same).count()
    }

    fn measure(&self, start: Start, end: usize, repeats: &[usize]) -> Vec<(&'static str, f32)> {
        let name = &self.analyses[start.at..end];
        let count = |is: &dyn Fn(&TokenAnalysis<'_>) -> bool| name.iter().filter(|word| is(word)).count();
        let behind_first = |is: &dyn Fn(&TokenAnalysis<'_>) -> bool| {
            name.iter().skip(1).filter(|word| is(word)).count() as f32
        };
        let quotes = count(&|token| token.is_quote());
        let (first, last) = (&self.analyses[start.at], &self.analyses[end - 1]);
        let next = self.analyses.get(end).filter(|word| word.sentence == first.sentence);
        let word = next.filter(|word| word.is_word());
        let second_last = end.checked_sub(2).filter(|at| *at > start.at).map(|at| &self.analyses[at]);
        let support = |from: usize, to: usize| {
            self.sight.support(from..to, EntityKind::Organization).clamp(-SUREST, SUREST)
        };
        let beyond = |other: usize| (end as f32 - other as f32).clamp(-8.0, 8.0);
        let length = end - start.at;
        let same = repeats.iter().filter(|&&common| common >= length).count();
        let longer = repeats.iter().filter(|&&common| common > length).count();
        let longest = repeats.iter().copied().max().unwrap_or(0);
        let left = self.analyses[end..].iter().take(12).take_while(|word| word.sentence == first.sentence);
        vec![
            ("words", count(&|token| token.is_word()) as f32),
            ("conjunctions", behind_first(&|word| word.is_joined())),
            ("prepositions", behind_first(&|word| word.preposition.is_some())),
            ("particles", behind_first(&|word| word.class == Class::Particle)),
            ("quotes", quotes as f32),
            ("is quote open", flag(!quotes.is_multiple_of(2))),
            ("open brackets", count(&|t| t.is_mark('(')) as f32 - count(&|t| t.is_mark(')')) as f32),
            // What the tagger and the lists say.
            ("beyond tagged", beyond(start.tagged)),
            ("is tagged", flag(end == start.tagged)),
            ("beyond listed", start.listed.map_or(-9.0, beyond)),
            ("support", support(start.at, end)),
            ("support of tagged", support(start.at, start.tagged)),
            ("support of last", support(end - 1, end)),
            ("support beyond tagged", if end > start.tagged { support(start.tagged, end) } else { 25.0 }),
            ("support of next", next.map_or(-25.0, |_| support(end, end + 1))),
            ("next begins", self.begins.get(&end).map_or(0.0, |kind| 1.0 + f32::from(*kind as u8))),
            // What stands there.
            ("first definite", flag(first.is_definite())),
            ("head", first.organization.map_or(0.0, |head| 1.0 + f32::from(head as u8))),
            ("last definite", flag(last.is_definite())),
            ("last nationality", flag(last.is_nationality())),
            ("last conjunction", flag(last.has_conjunction)),
            ("last preposition", last.preposition_value()),
            ("last nameness", f32::from(last.nameness as u8)),
            ("last class", f32::from(last.class as u8)),
            ("last frequency", frequency(last)),
            ("last place", flag(is_place(last))),
            ("last latin", flag(is_latin(last))),
            ("last verb", flag(length > 1 && is_verb(last.key))),
            ("second last particle", flag(second_last.is_some_and(|word| word.class == Class::Particle))),
            ("next mark", next.map_or(2.0, |word| flag(!word.is_word()))),
            ("next conjunction", flag(next.is_some_and(TokenAnalysis::is_joined))),
            ("next preposition", word.map_or(-1.0, TokenAnalysis::preposition_value)),
            ("next definite", flag(word.is_some_and(TokenAnalysis::is_definite))),
            (
                "next joined alike",
                flag(
                    word.is_some_and(|word| word.has_conjunction && word.is_definite() == last.is_definite()),
                ),
            ),
            ("next nationality", flag(word.is_some_and(TokenAnalysis::is_nationality))),
            ("next class", word.map_or(-1.0, |word| f32::from(word.class as u8))),
            ("next nameness", word.map_or(-1.0, |word| f32::from(word.nameness as u8))),
            ("next title", flag(word.is_some_and(|word| word.head.is_some()))),
            ("next body", flag(word.is_some_and(|word| word.organization.is_some()))),
            ("next frequency", word.map_or(-1.0, frequency)),
            ("next place", flag(word.is_some_and(is_place))),
            ("next latin", flag(word.is_some_and(is_latin))),
            ("next verb", flag(word.is_some_and(|word| is_verb(word.key)))),
            ("next in", flag(word.is_some_and(|word| word.key == "في"))),
            ("tokens left", left.count() as f32),
            // What the document says of the name elsewhere.
            ("repeats", same.min(6) as f32),
            ("repeats longer", if same == 0 { -1.0 } else { longer as f32 / same as f32 }),
            ("beyond longest repeat", length as f32 - longest as f32),
        ]
    }
}
