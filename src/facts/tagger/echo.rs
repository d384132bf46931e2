//! One document, one use of a name: a word that is a name in one sentence is most likely the same in another.
//!
//! «قال وزير الخارجية أنطوني بلينكن …» makes the bare «بلينكن» of a later sentence a person too.

use foldhash::HashMap;

use super::model::{Model, Scores, TAG_ORDER};
use super::{EntityKind, Tag};

/// How often a word was found to be in a name of each kind, and in none.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    kinds: [u32; EntityKind::ALL.len()],
    outside: u32,
}

/// Raises the scores of the sentences of a document: each is decoded alone, then its words are seen in the light of the others.
///
/// `keys` and `scores` hold, for each sentence, the comparison hash and the scores of each token.
pub fn raise(model: &Model, keys: &[Vec<u64>], scores: &mut [Vec<Scores>]) {
    let first: Vec<Vec<Tag>> = scores.iter().map(|sentence| model.decode(sentence)).collect();
    let all = || keys.iter().flatten().zip(first.iter().flatten());
    // Most words are in no name anywhere, and of no interest.
    let named = all().filter(|&(_, &tag)| tag != Tag::Outside);
    let mut uses: HashMap<u64, Uses> = named.map(|(&key, _)| (key, Uses::default())).collect();
    for (key, &tag) in all() {
        if let Some(uses) = uses.get_mut(key) {
            uses.count(tag);
        }
    }
    for ((keys, scores), tags) in keys.iter().zip(scores).zip(first) {
        for ((key, tag), scores) in keys.iter().zip(tags).zip(scores) {
            let Some(kind) = uses.get(key).and_then(|uses| uses.elsewhere(tag)) else { continue };
            for (tag, score) in TAG_ORDER[1..].iter().zip(scores) {
                if kind_of(*tag) == Some(kind) {
                    *score = score.saturating_add(model.echo());
                }
            }
        }
    }
}

impl Uses {
    fn count(&mut self, tag: Tag) {
        match kind_of(tag) {
            Some(kind) => self.kinds[kind as usize] += 1,
            None => self.outside += 1,
        }
    }

    /// The kind that the other uses of a word agree on, where this use is tagged `tag`.
    fn elsewhere(mut self, tag: Tag) -> Option<EntityKind> {
        match kind_of(tag) {
            Some(kind) => self.kinds[kind as usize] -= 1,
            None => self.outside -= 1,
        }
        let all = self.outside + self.kinds.iter().sum::<u32>();
        EntityKind::ALL.into_iter().find(|&kind| self.kinds[kind as usize] * 2 > all)
    }
}

const fn kind_of(tag: Tag) -> Option<EntityKind> {
    match tag {
        Tag::Outside => None,
        Tag::Begin(kind) | Tag::Inside(kind) => Some(kind),
    }
}
