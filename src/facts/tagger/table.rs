//! A read-only map from 64-bit hashes to short byte rows, used straight from the bytes of a file.
//!
//! Nothing is parsed or copied when a table is opened, so a table inside the binary costs no start-up
//! time, and only the pages that are looked at take memory.
//!
//! Layout, little endian: `bits: u8`, `width: u8`, `count: u32`, then `2^bits + 1` bucket offsets (`u32`),
//! `count` fingerprints (`u16`), `count` rows of `width` bytes. The bucket is the top `bits` of the hash,
//! the fingerprint its lowest 16 bits; with about eight rows in a bucket, one absent key in 8,000 is
//! mistaken for a present one, which one feature among a hundred does not make felt.

/// A table over the bytes of a file.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bits: u32,
    width: usize,
    offsets: &'a [u8],
    fingerprints: &'a [u8],
    rows: &'a [u8],
}

impl<'a> Table<'a> {
    /// Opens the table at the start of `bytes`; gives it and the bytes after it. `None` if they are no table.
    #[must_use]
    pub fn open(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (head, rest) = bytes.split_at_checked(6)?;
        let (bits, width) = (u32::from(head[0]), usize::from(head[1]));
        let count = read_u32(head, 2)? as usize;
        let (offsets, rest) = rest.split_at_checked(((1_usize << bits.min(24)) + 1) * 4)?;
        let (fingerprints, rest) = rest.split_at_checked(count * 2)?;
        let (rows, rest) = rest.split_at_checked(count * width)?;
        Some((Self { bits, width, offsets, fingerprints, rows }, rest))
    }

    /// The row of `hash`.
    #[must_use]
    pub fn get(&self, hash: u64) -> Option<&'a [u8]> {
        let bucket = bucket_of(hash, self.bits);
        let start = read_u32(self.offsets, bucket * 4)? as usize;
        let end = read_u32(self.offsets, bucket * 4 + 4)? as usize;
        let wanted = fingerprint_of(hash).to_le_bytes();
        let found = self.fingerprints.get(start * 2..end * 2)?.chunks_exact(2).position(|f| f == wanted)?;
        let row = start + found;
        self.rows.get(row * self.width..(row + 1) * self.width)
    }

    /// Writes `entries`, each a hash and a row of `width` bytes, in the form that [`Table::open`] reads.
    /// The bytes depend on the set of entries only, not on their order.
    #[must_use]
    pub fn build(entries: &mut [(u64, Vec<u8>)], width: u8) -> Vec<u8> {
        let bits = (entries.len() / 8).max(2).ilog2().min(24);
        entries.sort_unstable_by_key(|(hash, _)| (bucket_of(*hash, bits), fingerprint_of(*hash), *hash));
        let mut bytes = vec![bits as u8, width];
        bytes.extend((entries.len() as u32).to_le_bytes());
        let mut start = 0;
        for bucket in 0..=1_usize << bits {
            start += entries[start..].partition_point(|(hash, _)| bucket_of(*hash, bits) < bucket);
            bytes.extend((start as u32).to_le_bytes());
        }
        bytes.extend(entries.iter().flat_map(|(hash, _)| fingerprint_of(*hash).to_le_bytes()));
        for (_, row) in entries.iter() {
            debug_assert_eq!(row.len(), usize::from(width));
            bytes.extend(row);
        }
        bytes
    }
}

/// The bucket of a hash: its top `bits`.
pub(super) const fn bucket_of(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

/// What tells a hash from others in its bucket.
pub(super) const fn fingerprint_of(hash: u64) -> u16 {
    hash as u16
}

/// The little-endian number at byte `at`.
pub(super) fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::facts::tagger::hash::hash_str;

    #[test]
    fn every_entry_is_found_again() {
        let words: Vec<_> = (0..1000).map(|n| format!("كلمة{n}")).collect();
        let mut entries: Vec<_> = words
            .iter()
            .enumerate()
            .map(|(n, word)| (hash_str(word), vec![n as u8, (n / 256) as u8]))
            .collect();
        let mut bytes = Table::build(&mut entries, 2);
        bytes.push(7);
        let (table, rest) = Table::open(&bytes).unwrap();
        assert_eq!(rest, [7]);
        for (n, word) in words.iter().enumerate() {
            assert_eq!(table.get(hash_str(word)), Some(&[n as u8, (n / 256) as u8][..]));
        }
        let absent = (0..1000).filter(|n| table.get(hash_str(&format!("غيرها{n}"))).is_some()).count();
        assert!(absent <= 2, "{absent} absent words were found");
    }

    #[test]
    fn bytes_that_are_no_table_are_refused() {
        assert!(Table::open(&[]).is_none());
        assert!(Table::open(&[4, 2, 255, 0, 0, 0, 1]).is_none());
    }
}
