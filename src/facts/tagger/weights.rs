//! The weights of the features, used straight from the bytes of a file.
//!
//! All places of one template and its values ([`Feature`]) stand together, and so do all that share a bucket, so that a look
//! costs one or two reads of memory however many places there are. Nothing is parsed or copied when the file is opened.
//!
//! Layout, little endian: `bits: u8`, `2^bits + 1` offsets of buckets (`u32`), then the buckets. A bucket is the number of its
//! hashes (`u8`); for each its fingerprint (`u16`), the set of its places (`u8`) and the number of the row behind its last (`u8`);
//! and for each hash and place in turn a row of one weight (`i8`) for each tag that is in a name. The bucket is the top `bits` of the hash, the
//! fingerprint its lowest 16 bits; with about four hashes in a bucket, one absent hash in 16,000 is mistaken for a present one,
//! which a model of many small weights does not feel.

use std::collections::BTreeMap;

use super::features::Feature;
use super::model::{NAMED, Scores};
use super::table::{bucket_of, fingerprint_of, read_u32};

/// One weight for each tag that is in a name, against that of being in none.
pub type Row = [i8; NAMED];

/// The same as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a>(&'a [u8; NAMED]);

/// Hashes in a bucket, in the mean.
const FILLED: usize = 4;

/// Buckets that are read at once.
const AT_ONCE: usize = 16;

/// The weights over the bytes of their file.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    bits: u32,
    offsets: &'a [u8],
    buckets: &'a [u8],
}

impl<'a> Weights<'a> {
    /// Opens the weights that `bytes` are. `None` if they are none.
    #[must_use]
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let (&bits, rest) = bytes.split_first()?;
        let bits = u32::from(bits).clamp(1, 24);
        let (offsets, buckets) = rest.split_at_checked(((1_usize << bits) + 1) * 4)?;
        let weights = Self { bits, offsets, buckets };
        (weights.offset(1 << bits)? == buckets.len()).then_some(weights)
    }

    /// Calls `found` for each of the hashes asked for, in order, with each place from which a token may see what has it and the
    /// weights there. What comes with a hash is handed on.
    pub fn each<T: Copy>(&self, asked: &[(u64, T)], mut found: impl FnMut(T, usize, Stored<'a>)) {
        for asked in asked.chunks(AT_ONCE) {
            // The buckets lie all over the file: their reads are begun together, so that memory is waited for once.
            let mut buckets = [(0, &[][..]); AT_ONCE];
            for (bucket, &(hash, _)) in buckets.iter_mut().zip(asked) {
                *bucket = self.bucket(hash).unwrap_or_default();
            }
            for (&(count, bucket), &(hash, with)) in buckets.iter().zip(asked) {
                let (mut places, rows) = find(usize::from(count), bucket, hash).unwrap_or_default();
                for row in rows {
                    found(with, places.trailing_zeros() as usize, Stored(row));
                    places &= places.wrapping_sub(1);
                }
            }
        }
    }

    /// How many hashes the bucket of `hash` has, and the bytes from there on.
    fn bucket(&self, hash: u64) -> Option<(u8, &'a [u8])> {
        let (&count, rest) = self.buckets.get(self.offset(bucket_of(hash, self.bits))?..)?.split_first()?;
        Some((count, rest))
    }

    fn offset(&self, bucket: usize) -> Option<usize> {
        read_u32(self.offsets, bucket * 4).map(|offset| offset as usize)
    }
}

impl Stored<'_> {
    /// Adds these weights to `scores`.
    pub fn add_to(self, scores: &mut Scores) {
        let mut sums = *scores;
        for (sum, weight) in sums.iter_mut().zip(self.0) {
            *sum = sum.saturating_add(i16::from(weight.cast_signed()));
        }
        *scores = sums;
    }
}

/// The set of places of a hash among the `count` hashes of a bucket, and their rows.
fn find(count: usize, bucket: &[u8], hash: u64) -> Option<(u8, &[[u8; NAMED]])> {
    let (hashes, rows) = bucket.split_at_checked(count * 4)?;
    let wanted = fingerprint_of(hash).to_le_bytes();
    let mut start = 0;
    for &[low, high, places, end] in hashes.as_chunks().0 {
        if [low, high] == wanted {
            return Some((places, rows.as_chunks().0.get(start..usize::from(end))?));
        }
        start = usize::from(end);
    }
    None
}

/// The file of these weights, in the form that [`Weights::open`] reads.
#[must_use]
pub fn build(weights: &BTreeMap<Feature, Row>) -> Vec<u8> {
    let mut hashes: BTreeMap<u64, Vec<(u8, &Row)>> = BTreeMap::new();
    for (feature, row) in weights {
        hashes.entry(feature.hash).or_default().push((feature.place, row));
    }
    let bits = (hashes.len() / FILLED).max(2).ilog2().min(24);
    // The order of the hashes is that of their buckets.
    let mut hashes = hashes.into_iter().peekable();
    let (mut offsets, mut buckets) = (0_u32.to_le_bytes().to_vec(), Vec::new());
    for bucket in 0..1_usize << bits {
        let here: Vec<_> =
            std::iter::from_fn(|| hashes.next_if(|(hash, _)| bucket_of(*hash, bits) == bucket)).collect();
        buckets.push(here.len() as u8);
        let mut end = 0;
        for (hash, rows) in &here {
            let places = rows.iter().fold(0, |set, (place, _)| set | 1_u8 << place);
            end += rows.len() as u8;
            buckets.extend(fingerprint_of(*hash).to_le_bytes());
            buckets.extend([places, end]);
        }
        buckets
            .extend(here.iter().flat_map(|(_, rows)| rows).flat_map(|(_, row)| row.map(i8::cast_unsigned)));
        offsets.extend((buckets.len() as u32).to_le_bytes());
    }
    [vec![bits as u8], offsets, buckets].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{NAMED, Row, Weights, build};
    use crate::facts::tagger::features::Feature;
    use crate::facts::tagger::hash::hash_str;

    #[test]
    fn every_weight_is_found_again_at_its_place() {
        let mut weights: BTreeMap<Feature, Row> = BTreeMap::new();
        for number in 0..1000 {
            let hash = hash_str(&format!("سمة{number}"));
            for place in (0..5).filter(|place| number >> place & 1 == 1) {
                weights.insert(
                    Feature { hash, place },
                    [(number % 100) as i8 - 50 + place.cast_signed(); NAMED],
                );
            }
        }
        let bytes = build(&weights);
        let opened = Weights::open(&bytes).unwrap();
        for number in 0..1000 {
            let hash = hash_str(&format!("سمة{number}"));
            let mut found: BTreeMap<Feature, Row> = BTreeMap::new();
            opened.each(&[(hash, ())], |(), place, row| {
                found.insert(Feature { hash, place: place as u8 }, row.0.map(u8::cast_signed));
            });
            let expected = weights.range(Feature { hash, place: 0 }..=Feature { hash, place: u8::MAX });
            assert!(found.iter().eq(expected), "{number}: {found:?}");
        }
        let others: Vec<_> = (0..1000).map(|number| (hash_str(&format!("غيرها{number}")), ())).collect();
        let mut absent = 0;
        opened.each(&others, |(), _, _| absent += 1);
        assert!(absent <= 2, "{absent} absent features were found");
    }

    #[test]
    fn bytes_that_are_no_weights_are_refused() {
        assert!(Weights::open(&[]).is_none());
        assert!(Weights::open(&[4, 2, 255, 0, 0, 0, 1]).is_none());
        let mut bytes = build(&BTreeMap::new());
        assert!(Weights::open(&bytes).is_some());
        bytes.push(0);
        assert!(Weights::open(&bytes).is_none());
    }
}
