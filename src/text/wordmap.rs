//! A read-only map from folded words and phrases (see [`crate::text::fold`]) to numbers, used straight from the bytes of a file.
//!
//! The file is a finite state transducer (the crate `fst`), in which words share their beginnings and endings. A letter of the
//! Arabic block is one byte in it and not two, so that a word is found in half the steps.

use fst::raw::CompiledAddr;
use fst::{Map, Streamer};

/// The map over the bytes of its file.
#[derive(Debug)]
pub struct WordMap<'a>(Map<&'a [u8]>);

/// A place in the map, after some letters.
#[derive(Debug)]
pub struct Walk<'m> {
    map: &'m WordMap<'m>,
    at: CompiledAddr,
    output: u64,
}

/// Stands before the UTF-8 of a character that has no byte of its own.
const OTHER: u8 = 1;

/// The first character that has a byte of its own beside those of ASCII.
const FIRST_ARABIC: u32 = 0x600;

impl<'a> WordMap<'a> {
    /// Opens the file; `None` if it is none.
    #[must_use]
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        Map::new(bytes).ok().map(Self)
    }

    /// The number of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<u64> {
        let mut walk = self.walk();
        if walk.read(key) { walk.value() } else { None }
    }

    /// Every key with its number, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = (String, u64)> + '_ {
        let mut stream = self.0.stream();
        std::iter::from_fn(move || stream.next().map(|(key, number)| (unspelt(key), number)))
    }

    /// The start of every key.
    #[must_use]
    pub fn walk(&self) -> Walk<'_> {
        Walk { map: self, at: self.0.as_fst().root().addr(), output: 0 }
    }
}

impl Walk<'_> {
    /// Goes on by the letters of `part`; whether any key does. After a no there is no going on.
    pub fn read(&mut self, part: &str) -> bool {
        spell(part, |byte| self.step(byte))
    }

    /// The number of the key that ends here.
    #[must_use]
    pub fn value(&self) -> Option<u64> {
        let node = self.map.0.as_fst().node(self.at);
        node.is_final().then(|| self.output + node.final_output().value())
    }

    /// Whether a key goes on with `letter`, one of ASCII.
    #[must_use]
    pub fn goes_on(&self, letter: u8) -> bool {
        self.map.0.as_fst().node(self.at).find_input(letter).is_some()
    }

    fn step(&mut self, byte: u8) -> bool {
        let node = self.map.0.as_fst().node(self.at);
        let Some(index) = node.find_input(byte) else { return false };
        let transition = node.transition(index);
        self.at = transition.addr;
        self.output += transition.out.value();
        true
    }
}

/// The file of these keys and numbers, in the form that [`WordMap::open`] reads.
///
/// # Errors
/// If a key is given twice.
pub fn build<'k>(entries: impl IntoIterator<Item = (&'k str, u64)>) -> Result<Vec<u8>, fst::Error> {
    let mut entries: Vec<(Vec<u8>, u64)> =
        entries.into_iter().map(|(key, number)| (spelt(key), number)).collect();
    entries.sort_unstable();
    let mut builder = fst::MapBuilder::memory();
    for (key, number) in entries {
        builder.insert(key, number)?;
    }
    builder.into_inner()
}

/// Gives the bytes of `text` in the file to `next`, as long as it wants them; whether it wanted all.
fn spell(text: &str, mut next: impl FnMut(u8) -> bool) -> bool {
    text.chars().all(|letter| match byte_of(letter) {
        Some(byte) => next(byte),
        None => next(OTHER) && letter.encode_utf8(&mut [0; 4]).bytes().all(&mut next),
    })
}

fn spelt(key: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(key.len());
    spell(key, |byte| {
        bytes.push(byte);
        true
    });
    bytes
}

/// The text that [`spelt`] made `bytes` of; empty if they are no such text.
fn unspelt(bytes: &[u8]) -> String {
    let mut utf8 = Vec::with_capacity(2 * bytes.len());
    let mut rest = bytes;
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        if byte == OTHER {
            // A character that has no byte of its own follows as it is; its first byte says how long it is.
            let length = behind.first().map_or(0, |first| first.leading_ones().max(1) as usize);
            let (letter, behind) = behind.split_at(length.min(behind.len()));
            utf8.extend_from_slice(letter);
            rest = behind;
        } else if byte.is_ascii() {
            utf8.push(byte);
        } else {
            let letter = char::from_u32(FIRST_ARABIC + u32::from(byte & !(1 << 7))).unwrap_or_default();
            utf8.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    String::from_utf8(utf8).unwrap_or_default()
}

fn byte_of(letter: char) -> Option<u8> {
    let code = u32::from(letter);
    match code.checked_sub(FIRST_ARABIC) {
        None => u8::try_from(code).ok().filter(u8::is_ascii),
        Some(place) => u8::try_from(place).ok().filter(u8::is_ascii).map(|place| place | 1 << 7),
    }
}

#[cfg(test)]
mod tests {
    use super::{WordMap, build};

    #[test]
    fn every_key_is_found_again() {
        let keys = ["", "a", "بيت", "بيتنا", "جمهوريه مصر", "گرگان", "é", "été", "5", "ـ"];
        let bytes =
            build((0..).map(|number| number * 7).zip(keys).map(|(number, key)| (key, number))).unwrap();
        let map = WordMap::open(&bytes).unwrap();
        for (number, key) in (0..).zip(keys) {
            assert_eq!(map.get(key), Some(number * 7), "{key}");
        }
        let mut listed: Vec<String> = map.entries().map(|(key, _)| key).collect();
        listed.sort_unstable();
        let mut expected = keys.to_vec();
        expected.sort_unstable();
        assert_eq!(listed, expected);
        for key in ["بي", "بيتن", "بيتنان", "ز", "e", "جمهوريه", "Ã", "\u{1}"] {
            assert_eq!(map.get(key), None, "{key}");
        }
    }

    #[test]
    fn a_walk_tells_what_ends_and_what_goes_on() {
        let bytes = build([("مصر", 3), ("مصر الجديده", 5)]).unwrap();
        let map = WordMap::open(&bytes).unwrap();
        let mut walk = map.walk();
        assert!(walk.read("مصر") && walk.goes_on(b' '));
        assert_eq!(walk.value(), Some(3));
        assert!(walk.read(" ") && walk.value().is_none());
        assert!(walk.read("الجديده") && !walk.goes_on(b' '));
        assert_eq!(walk.value(), Some(5));
        assert!(!walk.read("ا"));
    }

    #[test]
    fn a_key_given_twice_is_refused() {
        assert!(build([("مصر", 3), ("مصر", 5)]).is_err());
    }

    #[test]
    fn bytes_that_are_no_map_are_refused() {
        assert!(WordMap::open(b"").is_none());
        assert!(WordMap::open("ليس خريطة".as_bytes()).is_none());
    }
}
