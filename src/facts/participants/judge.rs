//! Who takes part: a learnt decision on each person, body and country that the article may name (`train mentions`).
//!
//! A candidate is all mentions of one name together, sure ones and doubtful ones. It is shown where a forest of what speaks for
//! it says so: that there is such a one at all, and that the story is partly theirs, are one question to a reader.

use std::fmt;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::model::{Model, Row};
use super::{Story, salience};
use crate::facts::gazetteer::{BodyKind, gazetteer};
use crate::facts::lexicon::{self, Class, HeadClass};
use crate::facts::mention::{Kind, Mention, Naming};
use crate::facts::morphology::{Nameness, TokenAnalysis};
use crate::learnt::Learnt;
use crate::text::fold::fold;
use crate::text::lexicon::WordClass;

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// A person.
    Person,
    /// A body.
    Body,
    /// A country.
    Country,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Person => "person",
            Self::Body => "body",
            Self::Country => "country",
        })
    }
}

impl Candidate {
    /// The features that its forest asks for, in order.
    #[must_use]
    pub fn features(self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            Self::Person => PERSON,
            Self::Body => BODY,
            Self::Country => COUNTRY,
        };
        [COMMON, own].concat()
    }

    /// How likely it takes part, 0 to 1.
    #[must_use]
    pub fn likelihood(self, row: &Row) -> f32 {
        static MODELS: LazyLock<[Model; 3]> = LazyLock::new(|| {
            [Learnt::People, Learnt::Bodies, Learnt::Countries]
                .map(|learnt| Model::parse(learnt.text()).unwrap_or_default())
        });
        MODELS[self as usize].likelihood(row)
    }

    /// How likely a candidate must be to count as one that takes part, 0 to 1.
    #[must_use]
    pub const fn least(self) -> f32 {
        match self {
            Self::Person => 0.6,
            Self::Body => 0.4,
            Self::Country => 0.28,
        }
    }

    /// Whether one with this likelihood takes part.
    #[must_use]
    pub fn takes_part(self, likelihood: f32) -> bool {
        likelihood > self.least()
    }

    /// Whether one that takes part with this likelihood is central to the story: the more of a list is only named in passing, the less the
    /// rest of it tells.
    #[must_use]
    pub const fn is_central(self, likelihood: f32) -> bool {
        let least = match self {
            Self::Person | Self::Body => 0.7,
            Self::Country => 0.5,
        };
        likelihood >= least
    }
}

const COMMON: &[&str] = &[
    "mentions",
    "sure mentions",
    "best support",
    "mean support",
    "first support",
    "words",
    "first sentence",
    "first place",
    "last place",
    "span",
    "headline",
    "opens headline",
    "says",
    "saying near",
    "verb before",
    "prepositions",
    "conjunctions",
    "quoted",
    "in brackets",
    "sentences",
    "share of mentions",
    "common word",
    "definite",
    "after definite",
    "after name",
    "after for",
    "after conjunction",
    "after mark",
    "before name",
    "before definite",
    "part of others",
    "others' parts",
];

const PERSON: &[&str] = &[
    "role",
    "country",
    "longest",
    "strong first",
    "strong last",
    "given first",
    "given last",
    "surname last",
    "as name first",
    "as name last",
    "documents first",
    "documents last",
    "title before",
    "nationality before",
    "people",
    "listed other",
    "named thing",
];

const BODY: &[&str] = &[
    "listed",
    "media",
    "head",
    "state head",
    "business head",
    "nationality last",
    "country inside",
    "latin",
    "alias",
    "kin of person",
    "bodies",
];

const COUNTRY: &[&str] = &[
    "names",
    "capitals",
    "nationalities",
    "acting capitals",
    "title before",
    "body before",
    "noun before",
    "envoys",
    "most named",
    "dateline",
    "countries",
    "inside body",
    "habit of name",
    "habit of before",
];

/// What all mentions of a candidate together say of it; they are in source order.
fn common(story: &Story<'_>, mentions: &[&Mention], all: usize, kin: [f32; 2], row: &mut Vec<f32>) {
    let count = mentions.len().max(1) as f32;
    let analyses = &story.analyses;
    let sentences = story.document.sentences().len().max(1) as f32;
    let sentence = |m: &Mention| analyses[m.tokens.start].sentence as f32;
    let share = |is: &dyn Fn(&Mention) -> bool| mentions.iter().filter(|m| is(m)).count() as f32 / count;
    let support = mentions.iter().map(|m| m.support);
    let before = |m: &Mention| token_before(story, m);
    let after =
        |m: &Mention| analyses.get(m.tokens.end).filter(|l| l.sentence == analyses[m.tokens.start].sentence);
    let first = sentence(mentions[0]);
    let last = sentence(mentions[mentions.len() - 1]);
    let quote = |m: &Mention| {
        before(m).is_some_and(TokenAnalysis::is_quote) || after(m).is_some_and(TokenAnalysis::is_quote)
    };
    let word = |m: &Mention| analyses[m.tokens.start].evidence.documents;
    row.extend([
        count,
        mentions.iter().filter(|m| m.support > 0.0).count() as f32,
        support.clone().fold(f32::NEG_INFINITY, f32::max),
        support.sum::<f32>() / count,
        mentions[0].support,
        mentions.iter().map(|m| m.tokens.len()).max().unwrap_or(0) as f32,
        first,
        first / sentences,
        last / sentences,
        (last - first) / sentences,
        f32::from(mentions.iter().any(|m| salience::is_in_headline(story, m))),
        f32::from(mentions.iter().any(|m| salience::is_first_of_headline(story, m))),
        share(&|m| salience::is_saying(story, m)) * count,
        share(&|m| salience::is_speaking(story, m)),
        share(&|m| before(m).is_some_and(|l| l.class == Class::Verb || l.class == Class::Saying)),
        share(&|m| {
            analyses[m.tokens.start].preposition.is_some()
                || before(m).is_some_and(|l| l.class == Class::Particle)
        }),
        share(&|m| analyses[m.tokens.start].has_conjunction),
        share(&quote),
        share(&|m| before(m).is_some_and(|l| l.is_mark('('))),
        sentences,
        count / all.max(1) as f32,
        f32::from(mentions.iter().map(|m| word(m)).max().unwrap_or(0)),
        share(&|m| analyses[m.tokens.start].is_definite()),
        share(&|m| after(m).is_some_and(|l| l.is_definite() && l.is_bare())),
        share(&|m| after(m).is_some_and(|l| l.is_bare() && l.nameness >= Nameness::Maybe)),
        share(&|m| after(m).is_some_and(|l| l.preposition == Some('ل'))),
        share(&|m| {
            after(m).is_some_and(|l| l.has_conjunction && (l.is_definite() || l.nameness == Nameness::Strong))
        }),
        share(&|m| after(m).is_none_or(|l| !l.is_word())),
        share(&|m| before(m).is_some_and(|l| l.is_bare() && l.nameness >= Nameness::Maybe)),
        share(&|m| before(m).is_some_and(TokenAnalysis::is_definite)),
        kin[0],
        kin[1],
    ]);
}

/// For each name, how many of the others have all of its words, and of how many it has all words.
pub(super) fn kin<'n>(names: impl Iterator<Item = &'n str>) -> Vec<[f32; 2]> {
    let words = |name: &str| -> HashSet<String> {
        let words = name.split_whitespace().map(fold);
        words.map(|word| word.strip_prefix("ال").map_or_else(|| word.clone(), str::to_owned)).collect()
    };
    let all: Vec<HashSet<String>> = names.map(words).collect();
    let mut bearers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, words) in all.iter().enumerate() {
        for word in words {
            bearers.entry(word).or_default().push(at);
        }
    }
    let mut kin = vec![[0.0; 2]; all.len()];
    for (at, words) in all.iter().enumerate() {
        // Who has the rarest of the words may have all.
        let Some(rarest) = words.iter().map(|word| &bearers[word.as_str()]).min_by_key(|list| list.len())
        else {
            continue;
        };
        for &other in rarest.iter().take(OTHERS).filter(|&&other| other != at) {
            if words.is_subset(&all[other]) {
                kin[at][0] += 1.0;
                kin[other][1] += 1.0;
            }
        }
    }
    kin
}

/// Names that share a word which are looked at: a cap against texts that repeat one word in ever new names.
const OTHERS: usize = 50;

/// Of the mentions of one candidate those that can give it its name: not those of which the tagger is less sure than `share` of what it is of the surest, and
/// doubtful ones only where no other is there.
pub(super) fn naming<'m, 's>(
    mentions: &'s [&'m Mention],
    share: f32,
) -> impl Iterator<Item = &'m Mention> + 's {
    let best = mentions.iter().map(|m| m.support).fold(f32::NEG_INFINITY, f32::max);
    let is_sure = move |m: &&Mention| m.support > 0.0 && m.support >= best * share;
    mentions.iter().copied().filter(move |m| best <= 0.0 || is_sure(m))
}

/// What speaks for a person.
pub(super) fn person(
    story: &Story<'_>,
    mentions: &[&Mention],
    all: [usize; 2],
    kin: [f32; 2],
    has_role: bool,
    has_country: bool,
) -> Row {
    let mut row = Vec::with_capacity(COMMON.len() + PERSON.len());
    common(story, mentions, all[0], kin, &mut row);
    let analyses = &story.analyses;
    let longest = mentions.iter().max_by_key(|m| m.tokens.len()).map_or(0..1, |m| m.tokens.clone());
    let (first, last) = (&analyses[longest.start], &analyses[longest.end - 1]);
    let share = |is: &dyn Fn(&TokenAnalysis<'_>) -> bool| {
        let near = mentions.iter().filter_map(|m| m.tokens.start.checked_sub(1));
        near.filter(|&i| is(&analyses[i])).count() as f32 / mentions.len().max(1) as f32
    };
    let things = mentions.iter().filter(|m| is_behind_thing(story, m.tokens.start)).count() as f32
        / mentions.len().max(1) as f32;
    row.extend([
        f32::from(has_role),
        f32::from(has_country),
        longest.len() as f32,
        f32::from(first.nameness as u8),
        f32::from(last.nameness as u8),
        f32::from(first.evidence.given),
        f32::from(last.evidence.given),
        f32::from(last.evidence.surname),
        f32::from(first.evidence.as_name),
        f32::from(last.evidence.as_name),
        f32::from(first.evidence.documents),
        f32::from(last.evidence.documents),
        share(&|l| l.head.is_some()),
        share(&|l| l.is_nationality()),
        all[1] as f32,
        f32::from(is_listed_otherwise(&analyses[longest.clone()])),
        things,
    ]);
    Row { values: row, words: Vec::new() }
}

/// Whether a thing that bears a name, as ships, storms, prizes and films do, stands right before the name: «السفينة الإسرائيلية \[غالاكسي
/// ليدر\]», «فيلم "\[ليلى\]"».
fn is_behind_thing(story: &Story<'_>, name: usize) -> bool {
    let is_thing = |word: &&TokenAnalysis<'_>| {
        let noun = word.stem.strip_prefix("ال").unwrap_or(&word.stem);
        WordClass::NamedThing.contains(noun) || lexicon::is_work(noun)
    };
    let sentence = story.analyses[name].sentence;
    let before = story.analyses[..name].iter().rev().take(4).take_while(|l| l.sentence == sentence);
    let mut nouns = before.skip_while(|l| !is_thing(l) && (l.is_quote() || l.is_definite()));
    nouns.next().is_some_and(|noun| is_thing(&noun))
}

/// Whether lists know the words for a country, a body or a city.
fn is_listed_otherwise(words: &[TokenAnalysis<'_>]) -> bool {
    let key: Vec<&str> =
        words.iter().enumerate().map(|(at, l)| if at == 0 { &*l.stem } else { l.key }).collect();
    let sense = gazetteer().sense(&key.join(" ")).unwrap_or_default();
    sense.country != 0 || sense.body != 0 || sense.city > 0
}

/// What speaks for a body.
pub(super) fn body(
    story: &Story<'_>,
    mentions: &[&Mention],
    all: [usize; 2],
    kin: [f32; 2],
    media: bool,
    alias: bool,
) -> Row {
    let mut row = Vec::with_capacity(COMMON.len() + BODY.len());
    common(story, mentions, all[0], kin, &mut row);
    let analyses = &story.analyses;
    let any = |is: &dyn Fn(&Mention) -> bool| f32::from(mentions.iter().any(|m| is(m)));
    let head = |m: &Mention| analyses[m.tokens.start].organization;
    let last = |m: &Mention| &analyses[m.tokens.end - 1];
    let listed = mentions.iter().find_map(|m| match m.kind {
        Kind::Organization(id) if id != 0 => gazetteer().body(id),
        _ => None,
    });
    let media = media || listed.is_some_and(|body| body.kind == BodyKind::Media);
    row.extend([
        f32::from(listed.is_some()),
        f32::from(media),
        any(&|m| head(m).is_some()),
        any(&|m| head(m) == Some(HeadClass::State)),
        any(&|m| head(m) == Some(HeadClass::Business)),
        any(&|m| last(m).is_nationality()),
        any(&|m| analyses[m.tokens.clone()].iter().any(|l| l.sense.country != 0)),
        any(&|m| analyses[m.tokens.clone()].iter().any(|l| l.key.is_ascii())),
        f32::from(alias),
        any(&|m| analyses[m.tokens.clone()].iter().any(|l| l.nameness == Nameness::Strong)),
        all[1] as f32,
    ]);
    Row { values: row, words: Vec::new() }
}

/// What speaks for a country.
pub(super) fn country(
    story: &Story<'_>,
    mentions: &[(&Mention, Naming)],
    all: [usize; 2],
    envoys: f32,
    most_named: bool,
    dateline: usize,
    acts: impl Fn(&Mention) -> bool,
) -> Row {
    let mut row = Vec::with_capacity(COMMON.len() + COUNTRY.len());
    let plain: Vec<&Mention> = mentions.iter().map(|(m, _)| *m).collect();
    common(story, &plain, all[0], [0.0; 2], &mut row);
    let analyses = &story.analyses;
    let of = |naming: Naming| mentions.iter().filter(|(_, n)| *n == naming).count() as f32;
    let count = mentions.len().max(1) as f32;
    let before = |is: &dyn Fn(&TokenAnalysis<'_>) -> bool| {
        let near = plain.iter().filter_map(|m| m.tokens.start.checked_sub(1));
        near.filter(|&i| is(&analyses[i])).count() as f32 / count
    };
    // They stand in order, and none overlap.
    let bodies: Vec<&Mention> = story.of_kind(|kind| matches!(kind, Kind::Organization(_))).collect();
    let inside = |m: &Mention| {
        let begun = bodies.partition_point(|body| body.tokens.start <= m.tokens.start);
        bodies[..begun].last().is_some_and(|body| m.tokens.end <= body.tokens.end)
    };
    row.extend([
        of(Naming::Name),
        of(Naming::Capital),
        of(Naming::Nationality),
        mentions.iter().filter(|(m, n)| *n == Naming::Capital && acts(m)).count() as f32,
        before(&|l| l.head.is_some()),
        before(&|l| l.organization.is_some()),
        before(&|l| l.is_word() && l.class == Class::Open),
        envoys,
        f32::from(most_named),
        f32::from(plain.iter().all(|m| m.tokens.start < dateline)),
        all[1] as f32,
        plain.iter().filter(|m| inside(m)).count() as f32 / count,
    ]);
    Row { values: row, words: vec![words_before(story, &plain)] }
}

/// The token before a mention, if it stands in the same sentence.
fn token_before<'s, 'd>(story: &'s Story<'d>, mention: &Mention) -> Option<&'s TokenAnalysis<'d>> {
    let at = mention.tokens.start;
    let before = at.checked_sub(1).map(|before| &story.analyses[before]);
    before.filter(|before| before.sentence == story.analyses[at].sentence)
}

/// The word before each of `mentions`: «\[اللغة\] الإنجليزية», «\[رئيس\] فرنسا».
fn words_before(story: &Story<'_>, mentions: &[&Mention]) -> Vec<String> {
    let stem = |mention: &&Mention| token_before(story, mention).map_or("", |word| &*word.stem);
    let mut words: Vec<String> = mentions.iter().map(|mention| format!("2 {}", stem(mention))).collect();
    words.sort_unstable();
    words.dedup();
    words
}
