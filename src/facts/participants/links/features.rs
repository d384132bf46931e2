//! What speaks for a title being a person's role, in numbers.

use super::super::Story;
use super::candidates::{Around, Candidate, Place};
use crate::facts::gazetteer::titles::{Count, Form, Head, TitleClass};
use crate::facts::gazetteer::{BodyKind, Gender, gazetteer};
use crate::facts::lexicon::{self, Class};
use crate::facts::mention::{Kind, Mention};
use crate::facts::morphology::{Nameness, TokenAnalysis};
use crate::facts::title::{self, phrase};
use crate::learnt::forest::flag;
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;

/// What is measured of a candidate, each with its name.
pub type Row = Vec<(&'static str, f32)>;

fn capped(count: usize, most: usize) -> f32 {
    count.min(most) as f32
}

/// What is measured of `candidate`, one of `siblings`, those of the same mention.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one list of all that is measured, in one order, is easier to read than its parts"
)]
pub fn measure(
    story: &Story<'_>,
    people: &[&Mention],
    around: &Around,
    candidate: &Candidate,
    siblings: &[Candidate],
) -> Row {
    let analyses = &story.analyses[..];
    let person = people[candidate.mention];
    let piece = candidate.tokens.clone();
    let head = &candidate.head;
    let first = &analyses[piece.start];
    let last = &analyses[piece.end - 1];
    let sentence = first.sentence;
    let words = &analyses[piece.clone()];
    let here = |at: Option<usize>| at.and_then(|at| analyses.get(at)).filter(|l| l.sentence == sentence);
    let prior = here(piece.start.checked_sub(1));
    let next = here(Some(piece.end));
    let gap = if piece.end <= person.tokens.start {
        piece.end..person.tokens.start
    } else if piece.start >= person.tokens.end {
        person.tokens.end..piece.start
    } else {
        0..0
    };
    let between = &analyses[gap.start..gap.end.min(gap.start + 60)];
    let count = |words: &[TokenAnalysis<'_>], is: &dyn Fn(&TokenAnalysis<'_>) -> bool| {
        capped(words.iter().filter(|l| is(l)).count(), 9)
    };
    let (previous, following) = neighbours(people, candidate.mention, &piece);
    let inside = people_inside(people, candidate.mention, &piece);
    let grammar = match candidate.place {
        Place::Before => around.before[candidate.mention].as_ref(),
        Place::After => around.after[candidate.mention].as_ref(),
        _ => None,
    };
    let forward = title::forward(analyses, piece.start);
    let next_title = following.and_then(|next| around.before[next].as_ref());
    let previous_title = previous.and_then(|previous| around.after[previous].as_ref());
    let (body_ends, body_cut, head_in_body) = bodies(story, &piece);
    let is_verb = |l: &TokenAnalysis<'_>| matches!(l.class, Class::Saying | Class::Verb);
    let dependent = phrase::head_words(analyses, piece.start, head);
    let governed = words.get(dependent);
    let lone = |of: &dyn Fn(&Candidate) -> bool| {
        siblings.iter().filter(|c| c.place == candidate.place && of(c)).count()
    };
    let mut row: Row = vec![
        ("place", f32::from(candidate.place as u8)),
        ("class", f32::from(head.class as u8)),
        ("form", f32::from(head.form as u8)),
        ("count", f32::from(head.count as u8)),
        ("feminine", flag(head.is_feminine)),
        ("everyday", flag(head.is_everyday)),
        ("head words", dependent as f32),
        ("words", count(words, &|l| l.is_word())),
        ("marks", count(words, &|l| !l.is_word())),
        ("commas", count(words, &|l| l.is_mark('،'))),
        ("quotes", count(words, &|l| l.is_quote())),
        ("conjunctions", count(words, &|l| l.has_conjunction)),
        ("particles", count(words, &|l| l.class == Class::Particle)),
        ("verbs", count(words, &is_verb)),
        ("heads", count(words, &|l| l.head.is_some())),
        ("nationalities", count(words, &|l| l.is_nationality())),
        ("countries", capped(candidate.countries.len(), 4)),
        ("bodies", count(words, &|l| l.organization.is_some())),
        ("definite", count(words, &|l| l.is_definite())),
        ("names", count(words, &|l| l.nameness == Nameness::Strong)),
        ("unknown", count(words, &|l| l.nameness == Nameness::Unknown)),
        ("people inside", capped(inside, 3)),
        ("body ends", body_ends),
        ("body cut", body_cut),
        ("head in body", head_in_body),
        ("cut", flag(candidate.is_cut)),
        ("ordinal", capped(candidate.ordinal, 5)),
        // The head.
        ("head conjunction", flag(first.has_conjunction)),
        ("head preposition", first.preposition.map_or(0.0, |letter| if letter == 'ل' { 1.0 } else { 2.0 })),
        ("prior saying", flag(prior.is_some_and(|l| l.class == Class::Saying))),
        ("prior verb", flag(prior.is_some_and(|l| l.class == Class::Verb))),
        ("prior particle", flag(prior.is_some_and(|l| l.class == Class::Particle))),
        ("prior mark", prior.map_or(2.0, |l| flag(!l.is_word()))),
        ("prior comma", flag(prior.is_some_and(|l| l.is_mark('،')))),
        ("prior head", flag(prior.is_some_and(|l| l.head.is_some()))),
        ("prior body", flag(prior.is_some_and(|l| l.organization.is_some()))),
        ("prior definite", flag(prior.is_some_and(TokenAnalysis::is_definite))),
        ("prior open", flag(prior.is_some_and(|l| l.class == Class::Open && l.is_word()))),
        ("prior nationality", flag(prior.is_some_and(TokenAnalysis::is_nationality))),
        ("prior name", prior.map_or(0.0, |l| f32::from(l.nameness as u8))),
        // What it governs.
        ("governed definite", governed.map_or(2.0, |l| flag(l.is_definite()))),
        ("governed nationality", flag(governed.is_some_and(TokenAnalysis::is_nationality))),
        ("governed name", governed.map_or(0.0, |l| f32::from(l.nameness as u8))),
        ("governed preposition", flag(governed.is_some_and(|l| l.preposition.is_some()))),
        ("governed particle", flag(governed.is_some_and(|l| l.class == Class::Particle))),
        ("governed conjunction", flag(governed.is_some_and(|l| l.has_conjunction))),
        // The end.
        ("last definite", flag(last.is_definite())),
        ("last nationality", flag(last.is_nationality())),
        ("last name", f32::from(last.nameness as u8)),
        ("last class", f32::from(last.class as u8)),
        ("last head", flag(last.head.is_some())),
        ("last body", flag(last.organization.is_some() && piece.len() > dependent)),
        ("last place", flag(last.sense.city > 0 || last.sense.is_region || last.sense.country != 0)),
        ("next mark", next.map_or(2.0, |l| flag(!l.is_word()))),
        ("next comma", flag(next.is_some_and(|l| l.is_mark('،')))),
        ("next class", next.map_or(4.0, |l| f32::from(l.class as u8))),
        ("next definite", flag(next.is_some_and(TokenAnalysis::is_definite))),
        ("next conjunction", flag(next.is_some_and(TokenAnalysis::is_joined))),
        ("next preposition", flag(next.is_some_and(|l| l.preposition.is_some()))),
        ("next nationality", flag(next.is_some_and(TokenAnalysis::is_nationality))),
        ("next name", next.map_or(0.0, |l| f32::from(l.nameness as u8))),
        ("next place", flag(next.is_some_and(|l| l.sense.city > 0 || l.sense.country != 0))),
        ("next head", flag(next.is_some_and(|l| l.head.is_some()))),
        ("next link", flag(next.is_some_and(|l| matches!(l.key, "في" | "باسم" | "لدي" | "الي")))),
        // Between piece and name.
        ("gap", capped(between.iter().filter(|l| l.is_word()).count(), 30)),
        ("gap comma", count(between, &|l| l.is_mark('،'))),
        ("gap bracket", count(between, &|l| l.is_mark('('))),
        ("gap relative", count(between, &|l| matches!(l.key, "الذي" | "التي"))),
        ("gap pronoun", count(between, &|l| matches!(l.key, "وهو" | "وهي"))),
        ("gap post", count(between, &|l| WordClass::Post.contains(&l.stem))),
        ("gap verb", count(between, &is_verb)),
        ("gap particle", count(between, &|l| l.class == Class::Particle)),
        ("gap conjunction", count(between, &|l| l.has_conjunction)),
        ("gap honour", count(between, &|l| l.head.is_some())),
        ("gap named", count(between, &|l| WordClass::Called.contains(l.key))),
        ("gap name", count(between, &|l| l.nameness == Nameness::Strong)),
        ("gap definite", count(between, &|l| l.is_definite())),
        ("gap nationality", count(between, &|l| l.is_nationality())),
        // The grammar's own reading.
        ("grammar", flag(grammar.is_some())),
        ("grammar start", flag(grammar.is_some_and(|t| t.tokens.start == piece.start))),
        ("grammar end", flag(grammar.is_some_and(|t| t.tokens.end == piece.end))),
        ("forward", (piece.end as f32 - forward as f32).clamp(-9.0, 9.0)),
        (
            "grammar peer",
            flag(around.before[candidate.mention].as_ref().is_some_and(|t| t.head.class == TitleClass::Peer)),
        ),
        // The other candidates of the mention.
        ("nearer heads", capped(lone(&|c| nearer(c, candidate, person)), 6)),
        ("farther heads", capped(lone(&|c| nearer(candidate, c, person)), 6)),
        ("titles before", capped(siblings.iter().filter(|c| c.place == Place::Before).count(), 6)),
        ("titles behind", capped(siblings.iter().filter(|c| c.place == Place::After).count(), 9)),
        // Others who could hold it.
        (
            "previous person",
            previous.map_or(20.0, |p| capped(piece.start.saturating_sub(people[p].tokens.end), 20)),
        ),
        (
            "previous comma",
            flag(
                previous.is_some_and(|p| piece.start == people[p].tokens.end + 1)
                    && prior.is_some_and(|l| !l.is_word()),
            ),
        ),
        ("previous claims", flag(previous_title.is_some_and(|t| t.tokens.start == piece.start))),
        (
            "next person",
            following.map_or(20.0, |n| capped(people[n].tokens.start.saturating_sub(piece.end), 20)),
        ),
        (
            "next claims",
            flag(next_title.is_some_and(|t| t.tokens.start <= piece.start && t.tokens.end >= piece.end)),
        ),
        ("next claims part", flag(next_title.is_some_and(|t| t.tokens.start < piece.end))),
        // The mention.
        ("name words", capped(analyses[person.tokens.clone()].iter().filter(|l| l.is_word()).count(), 5)),
        ("name conjunction", flag(analyses[person.tokens.start].has_conjunction)),
        ("name preposition", flag(analyses[person.tokens.start].preposition.is_some())),
        ("name definite", flag(analyses[person.tokens.start].is_definite())),
        ("sentence", capped(analyses[person.tokens.start].sentence, 30)),
        ("list", capped(around.listed[candidate.mention], 4)),
        ("list goes on", flag(around.listed.get(candidate.mention + 1).is_some_and(|n| *n > 0))),
    ];
    let frequency = |key: &str| (1.0 + DocumentFrequencies::words().count(key)).log2();
    let word = |l: Option<&TokenAnalysis<'_>>| l.filter(|l| l.is_word()).map_or(-1.0, |l| frequency(&l.stem));
    row.extend([
        ("head frequency", frequency(&first.stem)),
        ("last frequency", word(Some(last))),
        ("governed frequency", word(governed)),
        ("next frequency", word(next)),
        ("prior frequency", word(prior)),
        (
            "bare body",
            flag(
                last.is_definite()
                    && last.organization.is_some()
                    && words.iter().filter(|l| l.is_word()).count() == dependent + 1,
            ),
        ),
        ("last adverb", flag(["سابقا", "حاليا"].contains(&last.key))),
        ("reaches name", flag(piece.end == person.tokens.start)),
        ("last tied", flag(has_pronoun(story, last))),
        ("sentence distance", capped(analyses[person.tokens.start].sentence.abs_diff(sentence), 9)),
    ]);
    let behind = here(Some(person.tokens.end));
    row.extend([
        (
            "definite one",
            flag(head.form == Form::Definite && head.count == Count::One && piece.len() == dependent),
        ),
        ("lacks body", flag(lacks_body(story, candidate))),
        ("agrees", agrees(story, person, head)),
        ("prior appoints", flag(prior.is_some_and(|l| WordClass::Appointing.contains(&l.stem)))),
        (
            "becomes",
            flag(
                behind.is_some_and(|l| {
                    l.head.is_some_and(|h| h.form != Form::Definite) && l.stem.ends_with('ا')
                }),
            ),
        ),
    ]);
    row.extend(end(story, &piece, dependent, next));
    row
}

/// What is measured of the end of a piece, where it most often goes on too far: «الرئيس التنفيذي لمؤسسة غيتس \[لرويترز\]», «رئيس الأركان
/// \[والوفد المرافق\]».
fn end(
    story: &Story<'_>,
    piece: &std::ops::Range<usize>,
    head_words: usize,
    next: Option<&TokenAnalysis<'_>>,
) -> Row {
    let words: Vec<&TokenAnalysis<'_>> =
        story.analyses[piece.clone()].iter().filter(|l| l.is_word()).skip(head_words).collect();
    let [last, second, third] = [1, 2, 3].map(|back| words.len().checked_sub(back).map(|at| words[at]));
    let of = |word: Option<&TokenAnalysis<'_>>, is: &dyn Fn(&TokenAnalysis<'_>) -> bool| {
        word.map_or(-1.0, |word| flag(is(word)))
    };
    let accusative = |word: &TokenAnalysis<'_>| word.key.ends_with('ا') && !word.is_definite();
    let first = &story.analyses[piece.start];
    let prior = piece.start.checked_sub(1).map(|at| &story.analyses[at]);
    let compound = prior.filter(|l| l.sentence == first.sentence && l.is_definite() && first.is_definite());
    let near = story.mentions.partition_point(|m| m.tokens.start + 16 < piece.end);
    let reached = story.mentions[near..].iter().take_while(|m| m.tokens.start < piece.end);
    let named = reached.into_iter().find(|m| m.tokens.end >= piece.end).map(|m| m.kind);
    let body = match named {
        Some(Kind::Organization(row)) if row != 0 => gazetteer().body(row),
        _ => None,
    };
    vec![
        ("last preposition", last.map_or(-1.0, TokenAnalysis::preposition_value)),
        ("second last preposition", second.map_or(-1.0, TokenAnalysis::preposition_value)),
        ("third last preposition", third.map_or(-1.0, TokenAnalysis::preposition_value)),
        ("second last particle", of(second, &|l| l.class == Class::Particle)),
        ("last conjunction", of(last, &|l| l.has_conjunction)),
        ("second last conjunction", of(second, &|l| l.has_conjunction)),
        ("second last definite", of(second, &|l| l.is_definite())),
        ("last accusative", of(last, &accusative)),
        (
            "last named",
            named.map_or(0.0, |kind| match kind {
                Kind::Person => 1.0,
                Kind::Organization(_) => 2.0,
                Kind::Country(..) => 3.0,
                Kind::Place => 4.0,
            }),
        ),
        ("last media", flag(body.is_some_and(|body| body.kind == BodyKind::Media))),
        ("prior definite head", flag(compound.is_some_and(|l| l.head.is_some()))),
        ("prior definite noun", flag(compound.is_some_and(|l| l.class == Class::Open))),
        ("next quote", flag(next.is_some_and(TokenAnalysis::is_quote))),
        ("next bracket", flag(next.is_some_and(|l| l.is_mark('(')))),
        ("next verb", flag(next.is_some_and(|l| matches!(l.class, Class::Saying | Class::Verb)))),
        ("next accusative", flag(next.is_some_and(|l| l.is_word() && accusative(l)))),
    ]
}

/// Whether the title has the gender that the given name has: 2 where the name does not tell.
fn agrees(story: &Story<'_>, person: &Mention, head: &Head) -> f32 {
    match story.given_gender(person) {
        Gender::Unknown => 2.0,
        gender => flag(head.is_feminine == (gender == Gender::Woman)),
    }
}

/// Whether a title leaves open whose it is, where no country tells: «\[ممثلتها\] في المؤتمر», «مستشار \[جلالته\]».
pub fn lacks_owner(story: &Story<'_>, candidate: &Candidate) -> bool {
    candidate.head.is_possessive() || has_pronoun(story, &story.analyses[candidate.tokens.end - 1])
}

/// Whether the word has a pronoun at its end: «جلالته», «خارجيتها», but not «الصحة».
fn has_pronoun(story: &Story<'_>, word: &TokenAnalysis<'_>) -> bool {
    word.key.ends_with("ها") || word.key.ends_with('ه') && story.text()[..word.span.end].ends_with('ه')
}

/// Whether the title ends with a body that is nobody's without its name, and no other word tells whose: «المدير العام \[للمنظمة\]», but
/// not «وزير الدفاع», «رئيس الحكومة».
pub fn lacks_body(story: &Story<'_>, candidate: &Candidate) -> bool {
    let words = &story.analyses[candidate.tokens.clone()];
    let Some(last) = words.last().filter(|last| last.is_definite()) else { return false };
    let unnamed = lexicon::is_independent_body(&last.stem);
    unnamed && words.iter().all(|l| !l.is_nationality() && l.sense.country == 0 && !l.is_quote())
}

/// Whether the head of `one` stands nearer to the name than that of `other`.
fn nearer(one: &Candidate, other: &Candidate, person: &Mention) -> bool {
    let distance = |c: &Candidate| c.tokens.start.abs_diff(person.tokens.start);
    distance(one) < distance(other)
}

/// The people named last before the piece and first behind it, but for the holder.
fn neighbours(
    people: &[&Mention],
    holder: usize,
    piece: &std::ops::Range<usize>,
) -> (Option<usize>, Option<usize>) {
    let before = people.partition_point(|p| p.tokens.end <= piece.start);
    let behind = people.partition_point(|p| p.tokens.start < piece.end);
    let previous = before.checked_sub(1).filter(|&p| p != holder);
    (previous, Some(behind).filter(|&n| n < people.len() && n != holder))
}

/// How many people are named inside the piece.
fn people_inside(people: &[&Mention], holder: usize, piece: &std::ops::Range<usize>) -> usize {
    let first = people.partition_point(|p| p.tokens.start < piece.start);
    let inside = people[first..].iter().enumerate().take_while(|(_, p)| p.tokens.start < piece.end);
    inside.filter(|(at, _)| first + at != holder).count()
}

/// Whether a body's name ends where the piece does, goes on behind it, or has begun before its head.
fn bodies(story: &Story<'_>, piece: &std::ops::Range<usize>) -> (f32, f32, f32) {
    let near = story.mentions.partition_point(|m| m.tokens.start + 16 < piece.start);
    let (mut ends, mut cut, mut head) = (0.0, 0.0, 0.0);
    for mention in story.mentions[near..].iter().take_while(|m| m.tokens.start < piece.end) {
        if !matches!(mention.kind, Kind::Organization(_)) {
            continue;
        }
        if mention.tokens.end == piece.end && mention.tokens.start > piece.start {
            ends = 1.0;
        }
        if mention.tokens.end > piece.end {
            cut = 1.0;
        }
        if mention.tokens.start < piece.start && mention.tokens.end > piece.start {
            head = 1.0;
        }
    }
    (ends, cut, head)
}
