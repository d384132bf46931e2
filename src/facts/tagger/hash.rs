//! Hashes of words and features: the same on every machine, in training and when tagging.

/// The hash of a word or phrase (FNV-1a, then mixed).
#[must_use]
pub fn hash_str(text: &str) -> u64 {
    mix(text.bytes().fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)))
}

/// The hash of some characters, without a string being made of them.
#[must_use]
pub fn hash_chars(chars: &[char]) -> u64 {
    mix(chars.iter().fold(0x9E37_79B9_7F4A_7C15, |h, &c| {
        (h ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01B3).rotate_left(23)
    }))
}

/// One hash of two.
#[must_use]
pub const fn combine(a: u64, b: u64) -> u64 {
    mix(a.rotate_left(31).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ b)
}

/// Spreads the bits (the finaliser of `SplitMix64`).
#[must_use]
pub const fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    h ^ (h >> 31)
}
