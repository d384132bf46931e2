//! How the two maps pack what they know of a phrase or a word into one number.
//!
//! `training/gazetteers.rs` packs, the analysis unpacks; both use the types of this file.

/// How a nationality word is inflected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inflection {
    /// «أمريكي», «الأمريكي».
    #[default]
    Masculine,
    /// «أمريكية».
    Feminine,
    /// Plural or dual, masculine: «أمريكيون», «أمريكيان», «أتراك».
    Plural,
    /// Plural or dual, feminine: «أمريكيات».
    FemininePlural,
}

/// What a phrase means, in each of its senses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sense {
    /// The country that it names: one more than its row in `countries.tsv`, 0 for none. The same for the two below.
    pub country: u16,
    /// The country whose capital it is.
    pub capital: u16,
    /// The country whose nationality word it is.
    pub nisba: u16,
    /// The inflection of the nationality word.
    pub inflection: Inflection,
    /// The body that it names: one more than its row in `bodies.tsv`, 0 for none.
    pub body: u16,
    /// Binary logarithm of the population of the largest city of that name, 0 for none.
    pub city: u8,
    /// The country of that city or of the region.
    pub city_country: u16,
    /// Whether it names a region, a sea or a continent.
    pub is_region: bool,
    /// Whether it names a sports club.
    pub is_club: bool,
}

impl Sense {
    /// Packs the senses into one number.
    #[must_use]
    pub fn pack(self) -> u64 {
        u64::from(self.country)
            | u64::from(self.capital) << 9
            | u64::from(self.nisba) << 18
            | (self.inflection as u64) << 27
            | u64::from(self.body) << 30
            | u64::from(self.city) << 42
            | u64::from(self.is_region) << 47
            | u64::from(self.is_club) << 48
            | u64::from(self.city_country) << 49
    }

    /// The senses that [`Sense::pack`] made `packed` of.
    #[must_use]
    pub fn unpack(packed: u64) -> Self {
        let bits = |at: u32, width: u32| (packed >> at) & ((1 << width) - 1);
        Self {
            country: bits(0, 9) as u16,
            capital: bits(9, 9) as u16,
            nisba: bits(18, 9) as u16,
            inflection: match bits(27, 3) {
                0 => Inflection::Masculine,
                1 => Inflection::Feminine,
                2 => Inflection::Plural,
                _ => Inflection::FemininePlural,
            },
            body: bits(30, 12) as u16,
            city: bits(42, 5) as u8,
            is_region: bits(47, 1) == 1,
            is_club: bits(48, 1) == 1,
            city_country: bits(49, 9) as u16,
        }
    }
}

/// What the public tables of cities and clubs say of a phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Binary logarithm of the population of the largest city of that name, 0 for none.
    pub city: u8,
    /// The two letters of the code of that city's country, 0 for none.
    pub code: [u8; 2],
    /// Whether it names a sports club.
    pub is_club: bool,
}

impl Place {
    /// Packs it into one number.
    #[must_use]
    pub fn pack(self) -> u64 {
        u64::from(self.city)
            | u64::from(self.code[0]) << 8
            | u64::from(self.code[1]) << 16
            | u64::from(self.is_club) << 24
    }

    /// What [`Place::pack`] made `packed` of.
    #[must_use]
    pub fn unpack(packed: u64) -> Self {
        let [city, first, second, club, ..] = packed.to_le_bytes();
        Self { city, code: [first, second], is_club: club == 1 }
    }

    /// The code of the city's country: «EG»; empty for none.
    #[must_use]
    pub fn country(self) -> String {
        self.code.iter().filter(|letter| **letter > 0).map(|letter| char::from(*letter)).collect()
    }
}

/// Whose a given name is, as far as the news and the lists tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gender {
    /// Anybody's, or nobody's that is known.
    #[default]
    Unknown,
    /// Men's: «أحمد», «دونالد».
    Man,
    /// Women's: «ليلى», «إيفانكا».
    Woman,
}

/// What speaks for a word being part of a person's name, and what against it. Counts are logarithms: 0 for none,
/// otherwise one more than the binary logarithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// How often lists have it as a given name.
    pub given: u8,
    /// How often lists have it as a family name or as an unspecified part of a name.
    pub surname: u8,
    /// In how many news articles it stands.
    pub documents: u8,
    /// Of how many fifteenths of its places in the news a title or a given name stands right before.
    pub as_name: u8,
    /// Whose given name it is.
    pub gender: Gender,
}

impl Evidence {
    /// Packs the evidence into one number.
    #[must_use]
    pub fn pack(self) -> u64 {
        u64::from(self.given)
            | u64::from(self.surname) << 4
            | u64::from(self.documents) << 8
            | u64::from(self.as_name) << 12
            | (self.gender as u64) << 16
    }

    /// The evidence that [`Evidence::pack`] made `packed` of.
    #[must_use]
    pub fn unpack(packed: u64) -> Self {
        let bits = |at: u32| ((packed >> at) & 15) as u8;
        let gender = match bits(16) {
            1 => Gender::Man,
            2 => Gender::Woman,
            _ => Gender::Unknown,
        };
        Self { given: bits(0), surname: bits(4), documents: bits(8), as_name: bits(12), gender }
    }
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Gender, Inflection, Place, Sense};

    #[test]
    fn what_is_packed_comes_back() {
        let sense = Sense {
            country: 190,
            capital: 3,
            nisba: 511,
            inflection: Inflection::FemininePlural,
            body: 4095,
            city: 25,
            city_country: 17,
            is_region: true,
            is_club: true,
        };
        assert_eq!(Sense::unpack(sense.pack()), sense);
        let place = Place { city: 24, code: *b"EG", is_club: true };
        assert_eq!(Place::unpack(place.pack()), place);
        assert_eq!(place.country(), "EG");
        let evidence = Evidence { given: 15, surname: 1, documents: 0, as_name: 7, gender: Gender::Woman };
        assert_eq!(Evidence::unpack(evidence.pack()), evidence);
    }
}
