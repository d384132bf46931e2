//! Every title that could be a person's: each head noun near a mention, with each end that it could have.

use std::ops::Range;

use super::super::Story;
use crate::facts::gazetteer::Gender;
use crate::facts::gazetteer::titles::{Count, Head, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::mention::Mention;
use crate::facts::morphology::TokenAnalysis;
use crate::facts::title::{self, Title, phrase};
use crate::text::lexicon::WordClass;
use crate::text::speech::is_complementizer;

/// Where a title stands, as seen from the mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// «وزير الخارجية الأمريكي \[جون هاربر\]».
    Before,
    /// «\[جون هاربر\]، وزير الخارجية الأمريكي،».
    After,
    /// Shared with others of a list: «الرئيسان الأمريكي جون هاربر و\[الروسي فلاديمير بيتروف\]».
    Shared,
    /// Another's, whose peer the person is: «وزير الخارجية … نظيره الفرنسي \[جان مورو\]».
    Peer,
    /// Another's, in whose place the person was: «عين سالم الحارثي رئيسا للحكومة خلفا \[لأحمد المنصوري\]».
    Predecessor,
}

/// A title that could be a person's.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The number of the mention among the people's.
    pub mention: usize,
    pub place: Place,
    /// The piece of the article.
    pub tokens: Range<usize>,
    pub head: Head,
    /// The number in the list of those who share it.
    pub ordinal: usize,
    /// The countries in it.
    pub countries: Vec<phrase::Named>,
    /// Whether countries that the title goes on with were left out.
    pub is_cut: bool,
}

impl Candidate {
    /// Leaves out the countries of a title that is another's too, where they are not the holder's own: «وزيرا خارجية \[مصر والأردن\]»,
    /// «وزير الخارجية \[المصري\] … نظيره الفرنسي».
    fn without_countries(mut self) -> Self {
        let several = self.head.count != Count::One;
        let own = |named: &&phrase::Named| {
            matches!(named.naming, phrase::Naming::Nationality | phrase::Naming::Genitive)
        };
        let first = self.countries.iter().find(own);
        let others = self.countries.iter().filter(own).count() > 1;
        if let Some(first) = first.filter(|_| others || !several) {
            self.is_cut = first.naming == phrase::Naming::Genitive;
            self.tokens.end = first.tokens.start;
        }
        self
    }
}

/// What the title grammar finds around each mention, and which mentions stand in one list.
pub struct Around {
    pub before: Vec<Option<Title>>,
    pub after: Vec<Option<Title>>,
    /// How many names of the same list stand before each.
    pub listed: Vec<usize>,
}

impl Around {
    pub(super) fn new(story: &Story<'_>, people: &[&Mention]) -> Self {
        let analyses = &story.analyses[..];
        let mut listed: Vec<usize> = Vec::with_capacity(people.len());
        for (index, person) in people.iter().enumerate() {
            let joined = index.checked_sub(1).filter(|&before| coordinates(analyses, people[before], person));
            listed.push(joined.map_or(0, |before| listed[before] + 1));
        }
        Self {
            before: people.iter().map(|person| story.titles.get(&person.tokens.start).cloned()).collect(),
            after: people.iter().map(|person| title::after(analyses, person.tokens.end)).collect(),
            listed,
        }
    }
}

/// How many tokens before a name a head may stand.
const LEFT: usize = 18;
/// How many tokens behind a name a head may stand.
const RIGHT: usize = 10;
/// How many heads on one side of a name are looked at.
const HEADS: usize = 6;
/// How many ends a title may have.
const ENDS: usize = 7;
/// Most tokens of a title.
const LONGEST: usize = 18;

/// The titles that could be those of each mention.
#[must_use]
pub fn find(story: &Story<'_>, people: &[&Mention], around: &Around) -> Vec<Vec<Candidate>> {
    let mut all: Vec<Vec<Candidate>> = Vec::with_capacity(people.len());
    for index in 0..people.len() {
        let mut found = before(story, people, index);
        found.extend(after(story, people, index));
        found.extend(shared(&all, around, index));
        all.push(found);
    }
    // «سامي الحداد وهاني الشريف، العضوان في المجلس»: what stands behind the last is everybody's.
    for index in (1..people.len()).rev().filter(|&index| around.listed[index] > 0) {
        let theirs = |c: &&Candidate| {
            c.head.count != Count::One
                && (c.place == Place::After
                    || c.place == Place::Shared && c.tokens.start > people[index].tokens.start)
        };
        let passed: Vec<Candidate> = all[index]
            .iter()
            .filter(theirs)
            .map(|c| Candidate { mention: index - 1, place: Place::Shared, ..c.clone() })
            .collect();
        all[index - 1].extend(passed);
    }
    for index in 0..people.len() {
        let peers = peers(story, people, around, &all, index);
        all[index].extend(peers);
        all[index].extend(predecessor(story, people, index));
    }
    let borne = |(index, found): (usize, Vec<Candidate>)| {
        found.into_iter().filter_map(|c| borne(story, people[index], around, c)).collect()
    };
    all.into_iter().enumerate().map(borne).collect()
}

/// The title in the gender of its holder, where it was made of another's or is shared; none where the language has no such form:
/// «الوزيران أحمد المنصوري و\[ليلى الحداد\]» makes «الوزيرة».
fn borne(story: &Story<'_>, person: &Mention, around: &Around, candidate: Candidate) -> Option<Candidate> {
    if candidate.head.count == Count::One && matches!(candidate.place, Place::Before | Place::After) {
        return Some(candidate);
    }
    let peer = around.before[candidate.mention].as_ref().filter(|_| candidate.place == Place::Peer);
    let feminine = peer.map(|title| title.head.is_feminine).or_else(|| match story.given_gender(person) {
        Gender::Woman => Some(true),
        Gender::Man => Some(false),
        Gender::Unknown => None,
    });
    let Some(feminine) = feminine else { return Some(candidate) };
    Some(Candidate { head: candidate.head.of_gender(feminine)?, ..candidate })
}

fn candidate(
    story: &Story<'_>,
    mention: usize,
    place: Place,
    tokens: Range<usize>,
    head: &Head,
) -> Candidate {
    let head = *head;
    let words = phrase::head_words(&story.analyses, tokens.start, &head);
    let countries = phrase::countries(&story.analyses, tokens.clone(), words);
    Candidate { mention, place, tokens, head, ordinal: 0, countries, is_cut: false }
}

/// Titles before the name: each head on its left, up to the name or to a comma before it.
fn before(story: &Story<'_>, people: &[&Mention], index: usize) -> Vec<Candidate> {
    let analyses = &story.analyses[..];
    let start = people[index].tokens.start;
    let sentence = analyses[start].sentence;
    let floor = index.checked_sub(2).map_or(0, |before| people[before].tokens.end);
    let mut found = Vec::new();
    let mut heads = 0;
    let near = beside(analyses, start);
    let mut commas: Vec<usize> = Vec::new();
    for at in (start.saturating_sub(LEFT).max(floor)..start).rev() {
        let word = &analyses[at];
        if word.sentence != sentence || heads >= HEADS {
            break;
        }
        if word.is_mark('،') || word.is_mark('(') {
            commas.push(at);
        }
        let Some(head) = word.head.filter(|head| head.class != TitleClass::Honour || at + 1 < start) else {
            continue;
        };
        heads += 1;
        let least = at + phrase::head_words(analyses, at, head);
        let mut ends = ends(story, at, head);
        ends.retain(|&end| end < near);
        ends.truncate(ENDS - 3);
        ends.extend(commas.iter().copied().filter(|&comma| comma >= least && comma < near).take(2));
        ends.push(near.max(least));
        close_quotations(analyses, at, &mut ends);
        for end in ends.into_iter().filter(|&end| end <= start) {
            let made = candidate(story, index, Place::Before, at..end, head);
            found.push(if head.count == Count::One { made } else { made.without_countries() });
        }
    }
    found
}

/// Where a title ends that stands right before the name at `start`: before commas, marks and what is said with names.
fn beside(analyses: &[TokenAnalysis<'_>], start: usize) -> usize {
    let mut end = start;
    while let Some(word) = end.checked_sub(1).map(|at| &analyses[at]) {
        let said = word.head.is_some_and(|h| matches!(h.class, TitleClass::Honour | TitleClass::Rank));
        let mark = !word.is_word() && !word.is_mark(')');
        if word.sentence != analyses[start].sentence
            || !(said || mark || WordClass::Called.contains(word.key))
        {
            break;
        }
        end -= 1;
    }
    end
}

/// Titles behind the name: each head on its right, up to each place where a title can end.
fn after(story: &Story<'_>, people: &[&Mention], index: usize) -> Vec<Candidate> {
    let analyses = &story.analyses[..];
    let end = people[index].tokens.end;
    let sentence = analyses[end - 1].sentence;
    let next = people.get(index + 1).map_or(analyses.len(), |next| next.tokens.start);
    let mut found = Vec::new();
    let mut heads = 0;
    let last = (end + RIGHT).min(analyses.len()).min(next);
    for (at, analysis) in analyses.iter().enumerate().take(last).skip(end) {
        if analysis.sentence != sentence || heads >= HEADS / 2 {
            break;
        }
        let usable = |head: &&Head| head.class != TitleClass::Peer;
        let Some(head) = analysis.head.filter(usable) else { continue };
        heads += 1;
        for end in ends(story, at, head) {
            found.push(candidate(story, index, Place::After, at..end, head));
        }
    }
    found
}

/// Where the title whose head stands at `at` can end.
fn ends(story: &Story<'_>, at: usize, head: &Head) -> Vec<usize> {
    let analyses = &story.analyses[..];
    let least = at + phrase::head_words(analyses, at, head);
    let mut ends = vec![title::forward(analyses, at)];
    for end in least..=(at + LONGEST).min(analyses.len()) {
        let next = analyses.get(end).filter(|next| next.sentence == analyses[at].sentence);
        let Some(next) = next else {
            ends.push(end);
            break;
        };
        let before = &analyses[end - 1];
        let links =
            !before.is_word() && !before.is_mark(')') && !before.is_quote() || before.class != Class::Open;
        let boundary = !next.is_word()
            || next.class != Class::Open
            || !next.is_bare()
            || before.is_definite() && !next.is_definite()
            || before.is_nationality()
            || next.head.is_some();
        if boundary && !links {
            ends.push(end);
        }
        // «سفير بريطانيا، [أن السفارة …]», «رئيس الدولة، [مرسوما]»: behind a comma only another title or noun goes on.
        let comma = next.is_mark('،')
            && analyses
                .get(end + 1)
                .is_none_or(|l| l.head.is_none() && !l.has_conjunction && !l.is_definite());
        if next.is_mark('.') || next.class == Class::Saying || is_complementizer(next.key) || comma {
            break;
        }
    }
    ends.retain(|&end| end >= least);
    close_quotations(analyses, at, &mut ends);
    ends.truncate(ENDS);
    ends
}

/// Takes the mark that closes a quotation along, leaves out ends within one, and puts the others in order: «مديرة برنامج "\[فرصة"\]».
fn close_quotations(analyses: &[TokenAnalysis<'_>], start: usize, ends: &mut Vec<usize>) {
    let is_open = |end: usize| analyses[start..end].iter().filter(|word| word.is_quote()).count() % 2 == 1;
    for end in ends.iter_mut() {
        *end += usize::from(is_open(*end) && analyses.get(*end).is_some_and(TokenAnalysis::is_quote));
    }
    ends.retain(|&end| !is_open(end));
    ends.sort_unstable();
    ends.dedup();
}

/// The titles of the first of a list, for those behind it: «وزيرا خارجية مصر والأردن سامح شاهين و\[أيمن الحسيني\]».
fn shared(all: &[Vec<Candidate>], around: &Around, index: usize) -> Vec<Candidate> {
    let Some(before) = index.checked_sub(1).filter(|_| around.listed[index] > 0) else { return Vec::new() };
    all[before]
        .iter()
        .filter(|c| matches!(c.place, Place::Before | Place::Shared))
        .map(|c| {
            Candidate { mention: index, place: Place::Shared, ordinal: around.listed[index], ..c.clone() }
                .without_countries()
        })
        .collect()
}

/// The titles of those whose peer the person is.
fn peers(
    story: &Story<'_>,
    people: &[&Mention],
    around: &Around,
    all: &[Vec<Candidate>],
    index: usize,
) -> Vec<Candidate> {
    let analyses = &story.analyses[..];
    let peer = around.before[index].as_ref().filter(|title| title.head.class == TitleClass::Peer);
    let Some(at) = peer.map(|title| title.tokens.start) else { return Vec::new() };
    let mut models: Vec<(Range<usize>, Head)> = Vec::new();
    // «أجرى وزير الخارجية المصري اتصالا بنظيره …»: titles alone, the nearest first.
    for near in
        (at.saturating_sub(40)..at).rev().filter(|&near| analyses[near].sentence == analyses[at].sentence)
    {
        if let Some(title) = title::alone(analyses, near) {
            models.push((title.tokens, *title.head));
        }
    }
    models.truncate(3);
    let last = index.checked_sub(1).map_or("", |last| family(story, people[last]));
    let same = (0..index).rev().take(BACK).filter(|&other| family(story, people[other]) == last);
    models.extend(same.flat_map(|other| {
        let grammar = [&around.before[other], &around.after[other]];
        grammar
            .into_iter()
            .flatten()
            .map(|title| (title.tokens.clone(), *title.head))
            .chain(all[other].iter().filter(|c| c.place == Place::Shared).map(|c| (c.tokens.clone(), c.head)))
    }));
    models
        .retain(|(_, head)| matches!(head.class, TitleClass::State | TitleClass::Office | TitleClass::Work));
    models.dedup_by(|a, b| a.0 == b.0);
    models.truncate(6);
    let made = models.into_iter().enumerate().map(|(ordinal, (tokens, head))| Candidate {
        ordinal,
        ..candidate(story, index, Place::Peer, tokens, &head).without_countries()
    });
    made.collect()
}

/// The nearest titles of those in whose place others come: «… رئيسا للحكومة خلفا \[لأحمد المنصوري\]».
fn predecessor(story: &Story<'_>, people: &[&Mention], index: usize) -> Vec<Candidate> {
    let analyses = &story.analyses[..];
    let start = people[index].tokens.start;
    let led = analyses[start].preposition == Some('ل');
    let Some(at) = start.checked_sub(1).filter(|&at| led && WordClass::InPlaceOf.contains(analyses[at].key))
    else {
        return Vec::new();
    };
    let near = (at.saturating_sub(LEFT)..at)
        .rev()
        .take_while(|&near| analyses[near].sentence == analyses[at].sentence);
    let titles = near.filter_map(|near| title::alone(analyses, near)).take(2);
    let made = titles.enumerate().map(|(ordinal, title)| Candidate {
        ordinal,
        ..candidate(story, index, Place::Predecessor, title.tokens, title.head)
    });
    made.collect()
}

/// How many people are looked back over for one of the same family name.
const BACK: usize = 40;

fn family<'s>(story: &'s Story<'_>, person: &Mention) -> &'s str {
    story.analyses[person.tokens.clone()].last().map_or("", |word| word.key)
}

/// Whether two names stand in one list: only «و», commas, a nationality, a country, a peer's title, or brackets between them.
fn coordinates(analyses: &[TokenAnalysis<'_>], previous: &Mention, person: &Mention) -> bool {
    let gap = previous.tokens.end..person.tokens.start;
    if gap.len() > 4 || analyses[previous.tokens.start].sentence != analyses[person.tokens.start].sentence {
        return false;
    }
    let between = &analyses[gap];
    let conjunction =
        analyses[person.tokens.start].has_conjunction || between.iter().any(TokenAnalysis::is_joined);
    let list = between.len() == 1 && between[0].is_mark('،');
    let plain = |l: &TokenAnalysis<'_>| {
        l.is_mark('،')
            || l.key == "و"
            || l.is_nationality()
            || l.sense.country != 0
            || l.head.is_some_and(|h| matches!(h.class, TitleClass::Peer | TitleClass::Honour))
    };
    (conjunction || list) && between.iter().all(plain)
}
