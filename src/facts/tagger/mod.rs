//! The trained tagger: names of people, places, bodies and other things in a sentence.
//!
//! A linear-chain conditional random field over hashed features. `training/` makes its two files:
//! `data/tagger.lexicon` (gazetteers, frequencies, word clusters) and `data/tagger.model` (weights).

pub mod echo;
pub mod features;
pub mod hash;
pub mod lexicon;
pub mod model;
pub mod table;

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use lexicon::Lexicon;
use model::{Model, Scores};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A country, city, region, water or building.
    Location,
    /// A body: company, party, ministry, club, news agency.
    Organization,
    /// Another name: work, product, event, award, language.
    Misc,
}

impl EntityKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Person, Self::Location, Self::Organization, Self::Misc];

    /// The name of the kind in corpora: PERS, LOC, ORG, MISC.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Person => "PERS",
            Self::Location => "LOC",
            Self::Organization => "ORG",
            Self::Misc => "MISC",
        }
    }
}

/// The place of a token in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// In no name.
    Outside,
    /// First token of a name.
    Begin(EntityKind),
    /// A further token of the name before it.
    Inside(EntityKind),
}

impl fmt::Display for Tag {
    /// Writes the tag as corpora do: `O`, `B-PERS`, `I-PERS`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => f.write_str("O"),
            Self::Begin(kind) => write!(f, "B-{}", kind.label()),
            Self::Inside(kind) => write!(f, "I-{}", kind.label()),
        }
    }
}

/// Text that is no tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a tag of the IOB2 scheme with PERS, LOC, ORG, MISC")]
pub struct ParseTagError;

impl FromStr for Tag {
    type Err = ParseTagError;

    fn from_str(text: &str) -> Result<Self, ParseTagError> {
        if text == "O" {
            return Ok(Self::Outside);
        }
        let (place, label) = text.split_once('-').ok_or(ParseTagError)?;
        let kind = EntityKind::ALL.into_iter().find(|kind| kind.label() == label).ok_or(ParseTagError)?;
        match place {
            "B" => Ok(Self::Begin(kind)),
            "I" => Ok(Self::Inside(kind)),
            _ => Err(ParseTagError),
        }
    }
}

/// The tags of a sentence, one for each token.
///
/// Tokens are words, numbers and marks as they stand in the text, clitics and all.
#[must_use]
pub fn tag(tokens: &[&str]) -> Vec<Tag> {
    tag_document(&[tokens]).pop().unwrap_or_default()
}

/// The tags of the sentences of one document, in which a name found once helps to find it again.
#[must_use]
pub fn tag_document<S: AsRef<[T]>, T: AsRef<str>>(sentences: &[S]) -> Vec<Vec<Tag>> {
    match &*SHIPPED {
        Some((lexicon, model)) => tag_with(lexicon, model, sentences),
        None => sentences.iter().map(|sentence| vec![Tag::Outside; sentence.as_ref().len()]).collect(),
    }
}

/// [`tag_document`] with a lexicon and a model of one's own.
#[must_use]
pub fn tag_with<S: AsRef<[T]>, T: AsRef<str>>(
    lexicon: &Lexicon,
    model: &Model,
    sentences: &[S],
) -> Vec<Vec<Tag>> {
    let mut keys = Vec::with_capacity(sentences.len());
    let mut scores: Vec<Vec<Scores>> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let tokens: Vec<_> = sentence.as_ref().iter().map(AsRef::as_ref).collect();
        scores.push(
            features::extract(&tokens, lexicon).iter().map(|features| model.scores(features)).collect(),
        );
        keys.push(tokens.iter().map(|token| lexicon::word_hash(token)).collect());
    }
    echo::decode(model, &keys, &scores)
}

/// The tagger's own files; `None` only if the build was given damaged ones, which a test rules out.
static SHIPPED: LazyLock<Option<(Lexicon<'static>, Model<'static>)>> = LazyLock::new(|| {
    let lexicon = Lexicon::open(include_bytes!("../../../data/tagger.lexicon"))?;
    let model = Model::open(include_bytes!("../../../data/tagger.model"))?;
    Some((lexicon, model))
});

#[cfg(test)]
mod tests {
    use super::{EntityKind, SHIPPED, Tag, tag, tag_document};

    #[test]
    fn the_shipped_files_are_sound() {
        assert!(SHIPPED.is_some());
    }

    /// Checks the names found in `sentence`, whose tokens stand between spaces.
    fn check(sentence: &str, expected: &[(&str, EntityKind)]) {
        let tokens: Vec<_> = sentence.split(' ').collect();
        let mut found: Vec<(String, EntityKind)> = Vec::new();
        for (token, tag) in tokens.iter().zip(tag(&tokens)) {
            match (tag, found.last_mut()) {
                (Tag::Begin(kind), _) => found.push(((*token).to_owned(), kind)),
                (Tag::Inside(_), Some((name, _))) => *name = format!("{name} {token}"),
                _ => {}
            }
        }
        let found: Vec<_> = found.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        assert_eq!(found, expected, "{sentence}");
    }

    #[test]
    fn names_are_found_in_plain_news() {
        check(
            "وصل الرئيس الفرنسي إيمانويل ماكرون إلى القاهرة أمس .",
            &[("إيمانويل ماكرون", EntityKind::Person), ("القاهرة", EntityKind::Location)],
        );
    }

    #[test]
    fn a_name_found_in_full_is_found_again_alone() {
        let sentences = [
            "قال وزير الخارجية البولندي رادوسواف شيكورسكي إن بلاده ترحب بالاتفاق .",
            "و حذر شيكورسكي من التأخير .",
        ];
        let sentences: Vec<Vec<&str>> = sentences.iter().map(|s| s.split(' ').collect()).collect();
        let tags = tag_document(&sentences);
        assert_eq!(tags[1][2], Tag::Begin(EntityKind::Person), "{tags:?}");
    }

    #[test]
    fn a_tag_reads_back_as_it_is_written() {
        for text in ["O", "B-PERS", "I-PERS", "B-LOC", "I-ORG", "B-MISC"] {
            assert_eq!(text.parse::<Tag>().map(|tag| tag.to_string()).as_deref(), Ok(text));
        }
        assert!("B-PER".parse::<Tag>().is_err());
    }

    #[test]
    fn odd_input_gives_as_many_tags() {
        for tokens in [&[][..], &[""], &["ـ", "\u{200F}", "(", "و", "لل", "🙂"]] {
            assert_eq!(tag(tokens).len(), tokens.len());
        }
    }
}
