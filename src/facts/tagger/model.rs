//! The tagger's weights and the search for the best tag sequence: a linear-chain conditional random field.

use super::table::Table;
use super::{EntityKind, Tag};

/// Number of tags: outside, and begin and inside of each kind.
pub const TAGS: usize = 1 + 2 * EntityKind::ALL.len();

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

/// The scores of one token for each tag.
pub type Scores = [i32; TAGS];

/// A model over the bytes of its file: `TAGS * TAGS` transition weights (`i16`, from row to column), the
/// weight of another use in the document (`i16`), then a table of features with one weight (`i8`) for each
/// tag, all in the same unit.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    transitions: [[i32; TAGS]; TAGS],
    echo: i32,
    features: Table<'a>,
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
        let echo = i32::from(i16::from_le_bytes(echo.try_into().ok()?));
        let (features, _) = Table::open(rest)?;
        Some(Self { transitions, echo, features })
    }

    /// The best tags for a sentence whose tokens have these scores.
    #[must_use]
    pub fn decode(&self, sentence: &[Scores]) -> Vec<Tag> {
        self.best_path(sentence).into_iter().map(|tag| TAG_ORDER[tag]).collect()
    }

    /// What it is worth to a tag that the word is such a name elsewhere in the document.
    #[must_use]
    pub const fn echo(&self) -> i32 {
        self.echo
    }

    /// Adds to the scores of a token what `feature` is worth.
    pub fn add(&self, feature: u64, scores: &mut Scores) {
        let Some(row) = self.features.get(feature) else { return };
        for (score, &weight) in scores.iter_mut().zip(row) {
            *score += i32::from(weight.cast_signed());
        }
    }

    /// The Viterbi algorithm. All arithmetic is on integers, so every machine finds the same path.
    fn best_path(&self, scores: &[Scores]) -> Vec<usize> {
        let Some((first, rest)) = scores.split_first() else { return Vec::new() };
        let mut best = *first;
        for (tag, score) in best.iter_mut().enumerate() {
            if is_inside(tag) {
                *score = NEVER;
            }
        }
        let mut back = Vec::with_capacity(rest.len());
        for row in rest {
            let mut next = [NEVER; TAGS];
            let mut from = [0; TAGS];
            for to in 0..TAGS {
                for (tag, score) in best.iter().enumerate() {
                    let total = score.saturating_add(self.transitions[tag][to]);
                    if total > next[to] {
                        (next[to], from[to]) = (total, tag);
                    }
                }
                next[to] = next[to].saturating_add(row[to]).max(NEVER);
            }
            best = next;
            back.push(from);
        }
        let mut tag = (0..TAGS).max_by_key(|&tag| (best[tag], TAGS - tag)).unwrap_or(0);
        let mut path = vec![tag];
        for from in back.iter().rev() {
            tag = from[tag];
            path.push(tag);
        }
        path.reverse();
        path
    }
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
