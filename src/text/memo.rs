//! A memory for what is worked out of a word alone.
//!
//! News repeats its words: what the lists and the models say of a word is worked out once, wherever it stands. The memory is bounded, and
//! holds no word: it knows words by a hash under a key of this process, so that none can be read out of it, and nobody can write two
//! words that it takes for one. What it gives back is what would be worked out anew, so it changes no result.

use std::hash::{BuildHasher, RandomState};
use std::sync::{PoisonError, RwLock};

use foldhash::{HashMap, HashMapExt};

/// Words that are kept at most: those of some thousand articles, in some 25 MB for all that is remembered of them.
const MOST: usize = 48_000;

/// What was worked out of words before.
#[derive(Debug)]
pub struct Memo<V> {
    keys: RandomState,
    known: RwLock<Known<V>>,
}

/// Two generations: when the young one is full the old one is forgotten, and with it what was not asked for since.
#[derive(Debug)]
struct Known<V> {
    young: HashMap<u64, V>,
    old: HashMap<u64, V>,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        let known = Known { young: HashMap::new(), old: HashMap::new() };
        Self { keys: RandomState::new(), known: RwLock::new(known) }
    }
}

impl<V: Copy> Memo<V> {
    /// What is known of each of `words`, in order; `work` tells it of a word that is not known yet.
    pub fn of<'w>(&self, words: impl Iterator<Item = &'w str>, mut work: impl FnMut(&'w str) -> V) -> Vec<V> {
        let keyed: Vec<(u64, &str)> = words.map(|word| (self.keys.hash_one(word), word)).collect();
        let mut new: Vec<(u64, V)> = Vec::new();
        let found = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            let value = |(key, word): &(u64, &'w str)| {
                known.young.get(key).copied().unwrap_or_else(|| {
                    let value = known.old.get(key).copied().unwrap_or_else(|| work(word));
                    new.push((*key, value));
                    value
                })
            };
            keyed.iter().map(value).collect()
        };
        // One text of nothing but new words does not fill it beyond its bound.
        new.truncate(MOST / 2);
        if !new.is_empty() {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            if known.young.len() + new.len() > MOST / 2 {
                let Known { young, old } = &mut *known;
                std::mem::swap(young, old);
                young.clear();
            }
            known.young.extend(new);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Memo};

    #[test]
    fn a_word_is_worked_out_once() {
        let memo = Memo::default();
        let mut worked = 0;
        for _ in 0..2 {
            let found = memo.of(["في", "روما", "في"].into_iter(), |word| {
                worked += 1;
                word.len()
            });
            assert_eq!(found, [4, 8, 4]);
        }
        // Twice within the first line, which is looked up before anything is learnt from it.
        assert_eq!(worked, 3);
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let memo = Memo::default();
        for number in 0..3 * MOST {
            memo.of([number.to_string().as_str()].into_iter(), str::len);
        }
        let words: Vec<String> = (0..3 * MOST).map(|number| format!("ك{number}")).collect();
        memo.of(words.iter().map(String::as_str), str::len);
        let known = memo.known.read().unwrap();
        assert!(known.young.len() + known.old.len() <= MOST);
    }

    #[test]
    fn what_is_asked_for_again_and_again_stays() {
        let memo = Memo::default();
        let mut worked = 0;
        for number in 0..3 * MOST {
            memo.of([number.to_string().as_str()].into_iter(), str::len);
            memo.of(["في"].into_iter(), |word| {
                worked += 1;
                word.len()
            });
        }
        assert_eq!(worked, 1);
    }
}
