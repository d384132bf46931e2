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

/// A model over the bytes of its file: `TAGS * TAGS` transition weights (`i16`, from row to column), the
/// weight of another use in the document (`i16`), then the [`Weights`] of the features, all in the same unit.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    transitions: [[i32; TAGS]; TAGS],
    echo: i16,
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
            transitions[from][to] = if may_follow(from, to) { weight } else { NEVER };
        }
        let (echo, rest) = rest.split_at_checked(2)?;
        let echo = i16::from_le_bytes(echo.try_into().ok()?);
        let features = Weights::open(rest)?;
        Some(Self { transitions, echo, features })
    }

    /// The best tags for a sentence whose tokens have these scores.
    #[must_use]
    pub fn decode(&self, sentence: &[Scores]) -> Vec<Tag> {
        self.best_path(sentence).into_iter().map(|tag| TAG_ORDER[tag]).collect()
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

    /// The Viterbi algorithm. All arithmetic is on integers, so every machine finds the same path.
    fn best_path(&self, scores: &[Scores]) -> Vec<usize> {
        let Some((first, rest)) = scores.split_first() else { return Vec::new() };
        let mut best = of_all_tags(first);
        for (tag, score) in best.iter_mut().enumerate() {
            if is_inside(tag) {
                *score = NEVER;
            }
        }
        let mut back = Vec::with_capacity(rest.len());
        for row in rest {
            // Only differences matter: the best path has 0, so that no sentence is too long for the sums.
            let highest = best.iter().copied().max().unwrap_or(0);
            let mut next = [i32::MIN; TAGS];
            let mut from = [0; TAGS];
            for (tag, score) in best.iter().enumerate() {
                let score = (score - highest).max(NEVER);
                for to in 0..TAGS {
                    let total = score + self.transitions[tag][to];
                    from[to] = if total > next[to] { tag as u8 } else { from[to] };
                    next[to] = next[to].max(total);
                }
            }
            for (next, score) in next.iter_mut().zip(of_all_tags(row)) {
                *next += score;
            }
            best = next;
            back.push(from);
        }
        let mut tag = (0..TAGS).max_by_key(|&tag| (best[tag], TAGS - tag)).unwrap_or(0);
        let mut path = vec![tag];
        for from in back.iter().rev() {
            tag = usize::from(from[tag]);
            path.push(tag);
        }
        path.reverse();
        path
    }
}

fn of_all_tags(scores: &Scores) -> [i32; TAGS] {
    let mut all = [0; TAGS];
    for (score, named) in all[1..].iter_mut().zip(scores) {
        *score = i32::from(*named);
    }
    all
}

/// Whether the tag numbered `to` may stand after the one numbered `from`: an inside tag only goes on.
#[must_use]
pub const fn may_follow(from: usize, to: usize) -> bool {
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
