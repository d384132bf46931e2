//! The tagger's weights and the search for the best tag sequence: a linear-chain conditional random field.

use super::weights::Weights;
use super::{EntityKind, Tag};

/// Number of tags: outside, and begin and inside of each kind.
pub const TAGS: usize = 1 + 2 * EntityKind::ALL.len();

/// Number of tags that are in a name: all but the first of [`TAG_ORDER`].
pub const NAMED: usize = TAGS - 1;

/// Every tag; its place here is its number in the model.
pub const TAG_ORDER: [Tag; TAGS] = [
    Tag::Outside,
    Tag::Begin(EntityKind::Person),
    Tag::Inside(EntityKind::Person),
    Tag::Begin(EntityKind::Location),
    Tag::Inside(EntityKind::Location),
    Tag::Begin(EntityKind::Organization),
    Tag::Inside(EntityKind::Organization),
    Tag::Begin(EntityKind::Misc),
    Tag::Inside(EntityKind::Misc),
];

/// A score so low that no path takes it.
const NEVER: i32 = i32::MIN / 4;

/// The scores of one token for each tag that is in a name. Being in none scores nothing: only differences between tags matter.
pub type Scores = [i16; NAMED];

/// By how much the best sequence of tags beats the best one in which a token is in no name, or in one of each kind of
/// [`EntityKind::ALL`]: logarithms of how many times as likely it is, 0 for what the best sequence has.
pub type Margins = [f32; 1 + EntityKind::ALL.len()];

/// The best tags of a sentence, and how sure they are.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The tag of each token.
    pub tags: Vec<Tag>,
    /// What else each token could be.
    pub margins: Vec<Margins>,
}

/// A model over the bytes of its file: `TAGS * TAGS` transition weights (`i16`, from row to column), the
/// weight of another use in the document (`i16`), the unit (`i16`: so much is a logarithm of e), then the [`Weights`] of the
/// features, all in the same unit.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    transitions: [[i32; TAGS]; TAGS],
    echo: i16,
    unit: i16,
    features: Weights<'a>,
}

impl<'a> Model<'a> {
    /// Opens the file.
    #[must_use]
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(TAGS * TAGS * 2)?;
        let mut transitions = [[0; TAGS]; TAGS];
        for (at, pair) in head.chunks_exact(2).enumerate() {
            let (from, to) = (at / TAGS, at % TAGS);
            let weight = i32::from(i16::from_le_bytes(pair.try_into().ok()?));
            transitions[from][to] = if can_follow(from, to) { weight } else { NEVER };
        }
        let (echo, rest) = rest.split_at_checked(2)?;
        let (unit, rest) = rest.split_at_checked(2)?;
        let echo = i16::from_le_bytes(echo.try_into().ok()?);
        let unit = i16::from_le_bytes(unit.try_into().ok()?);
        let features = Weights::open(rest)?;
        (unit > 0).then_some(Self { transitions, echo, unit, features })
    }

    /// The best tags for a sentence whose tokens have these scores.
    #[must_use]
    pub fn decode(&self, sentence: &[Scores]) -> Vec<Tag> {
        let forward = self.forward(sentence);
        let Some(last) = forward.last() else { return Vec::new() };
        let mut tag = highest(&last.best);
        let mut path = vec![TAG_ORDER[tag]];
        for step in forward[1..].iter().rev() {
            tag = usize::from(step.from[tag]);
            path.push(TAG_ORDER[tag]);
        }
        path.reverse();
        path
    }

    /// The best tags, and by how much they beat others.
    #[must_use]
    pub fn read(&self, sentence: &[Scores]) -> Reading {
        let forward = self.forward(sentence);
        let mut margins = vec![[0.0; 1 + EntityKind::ALL.len()]; sentence.len()];
        // What can still be reached behind each token.
        let mut behind = [0; TAGS];
        for at in (0..sentence.len()).rev() {
            let through: [i32; TAGS] = std::array::from_fn(|tag| forward[at].best[tag] + behind[tag]);
            let best = through[highest(&through)];
            let of_kind = |kind: usize| {
                if kind == 0 { through[0] } else { through[2 * kind - 1].max(through[2 * kind]) }
            };
            margins[at] = std::array::from_fn(|kind| {
                (best - of_kind(kind)).clamp(0, SUREST) as f32 / f32::from(self.unit)
            });
            let here = of_all_tags(&sentence[at]);
            let next: [i32; TAGS] = std::array::from_fn(|from| {
                let ways = (0..TAGS).map(|to| self.transitions[from][to] + here[to] + behind[to]);
                ways.max().unwrap_or(NEVER)
            });
            behind = level(next);
        }
        Reading { tags: self.decode(sentence), margins }
    }

    /// The same scores where names are found so much more readily, as a logarithm.
    #[must_use]
    pub fn ready(&self, sentence: &[Scores], by: f32) -> Vec<Scores> {
        let more = (by * f32::from(self.unit)) as i16;
        sentence.iter().map(|scores| scores.map(|score| score.saturating_add(more))).collect()
    }

    /// What it is worth to a tag that the word is such a name elsewhere in the document.
    #[must_use]
    pub const fn echo(&self) -> i16 {
        self.echo
    }

    /// The weights of the features.
    #[must_use]
    pub const fn features(&self) -> &Weights<'a> {
        &self.features
    }

    /// The Viterbi algorithm up to each token. All arithmetic is on integers, so every machine finds the same path.
    fn forward(&self, scores: &[Scores]) -> Vec<Step> {
        let Some((first, rest)) = scores.split_first() else { return Vec::new() };
        let mut best = of_all_tags(first);
        for (tag, score) in best.iter_mut().enumerate() {
            if is_inside(tag) {
                *score = NEVER;
            }
        }
        let mut steps = Vec::with_capacity(scores.len());
        steps.push(Step { best: level(best), from: [0; TAGS] });
        for row in rest {
            let mut next = [i32::MIN; TAGS];
            let mut from = [0; TAGS];
            for (tag, score) in steps[steps.len() - 1].best.iter().enumerate() {
                for to in 0..TAGS {
                    let total = score + self.transitions[tag][to];
                    from[to] = if total > next[to] { tag as u8 } else { from[to] };
                    next[to] = next[to].max(total);
                }
            }
            for (next, score) in next.iter_mut().zip(of_all_tags(row)) {
                *next += score;
            }
            steps.push(Step { best: level(next), from });
        }
        steps
    }
}

/// The best way to each tag of a token: how good it is, and the tag of the token before.
struct Step {
    best: [i32; TAGS],
    from: [u8; TAGS],
}

/// The scores less the highest of them: only differences matter, and no sentence is too long for the sums.
fn level(scores: [i32; TAGS]) -> [i32; TAGS] {
    let highest = scores.into_iter().max().unwrap_or(0);
    scores.map(|score| (score - highest).max(NEVER))
}

/// The tag of the highest score; of equals the first.
fn highest(scores: &[i32; TAGS]) -> usize {
    (0..TAGS).max_by_key(|&tag| (scores[tag], TAGS - tag)).unwrap_or(0)
}

/// A margin beyond which nothing is surer, in units.
const SUREST: i32 = 10_000;

fn of_all_tags(scores: &Scores) -> [i32; TAGS] {
    let mut all = [0; TAGS];
    for (score, named) in all[1..].iter_mut().zip(scores) {
        *score = i32::from(*named);
    }
    all
}

/// Whether the tag numbered `to` may stand after the one numbered `from`: an inside tag only goes on.
#[must_use]
pub const fn can_follow(from: usize, to: usize) -> bool {
    !is_inside(to) || from == to || from + 1 == to
}

/// Whether the tag numbered `tag` is an inside tag.
#[must_use]
pub const fn is_inside(tag: usize) -> bool {
    tag > 0 && tag.is_multiple_of(2)
}

/// The number of `tag` in the model.
#[must_use]
pub fn number(tag: Tag) -> usize {
    TAG_ORDER.iter().position(|&t| t == tag).unwrap_or(0)
}
