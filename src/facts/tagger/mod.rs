//! The trained tagger: names of people, places, bodies and other things in a sentence.
//!
//! A linear-chain conditional random field over hashed features. `training/` makes its two files:
//! `data/tagger.lexicon` (gazetteers, frequencies, word clusters) and `data/tagger.model` (weights).

pub mod echo;
pub mod features;
pub mod hash;
mod known;
pub mod lexicon;
pub mod model;
pub mod table;
pub mod weights;
pub mod word;

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use features::{FAR, PAIRS, REACH};
use known::{Known, Said};
use lexicon::Lexicon;
use model::{Model, NAMED, Reading, Scores};

use crate::learnt::Learnt;
use crate::text::memo::Memo;

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
        Some(tagger) => tagger.tag(sentences),
        None => sentences.iter().map(|sentence| vec![Tag::Outside; sentence.as_ref().len()]).collect(),
    }
}

/// The tags of the sentences of one document, how sure they are, and what names there are besides if in doubt one is found.
#[must_use]
pub fn read_document<S: AsRef<[T]>, T: AsRef<str>>(sentences: &[S]) -> Vec<Seen> {
    match &*SHIPPED {
        Some(tagger) => tagger.read(sentences),
        None => sentences.iter().map(|_| Seen::default()).collect(),
    }
}

/// What the tagger sees in a sentence.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The best tags.
    pub reading: Reading,
    /// The tags where names are found more readily.
    pub readily: Vec<Tag>,
}

/// How much more readily, as a logarithm: what is a name once in ten times or so.
const READILY: f32 = 2.5;

/// A lexicon and a model that go together, and the words that they scored before.
#[derive(Debug)]
pub struct Tagger<'a> {
    lexicon: Lexicon<'a>,
    model: Model<'a>,
    known: Memo<Known>,
    /// What the edge of a sentence says to the tokens near it.
    edge: Said,
}

impl<'a> Tagger<'a> {
    /// A tagger with a lexicon and a model.
    #[must_use]
    pub fn new(lexicon: Lexicon<'a>, model: Model<'a>) -> Self {
        Self { lexicon, model, known: Memo::default(), edge: Said::new(None, &model) }
    }

    /// See [`tag_document`].
    #[must_use]
    pub fn tag<S: AsRef<[T]>, T: AsRef<str>>(&self, sentences: &[S]) -> Vec<Vec<Tag>> {
        self.document_scores(sentences).iter().map(|scores| self.model.decode(scores)).collect()
    }

    /// See [`read_document`].
    fn read<S: AsRef<[T]>, T: AsRef<str>>(&self, sentences: &[S]) -> Vec<Seen> {
        let scores = self.document_scores(sentences);
        scores
            .iter()
            .map(|scores| Seen {
                reading: self.model.read(scores),
                readily: self.model.decode(&self.model.ready(scores, READILY)),
            })
            .collect()
    }

    /// The scores of the words of a document, in the light of each other.
    fn document_scores<S: AsRef<[T]>, T: AsRef<str>>(&self, sentences: &[S]) -> Vec<Vec<Scores>> {
        let mut keys = Vec::with_capacity(sentences.len());
        let mut scores = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let tokens = sentence.as_ref().iter().map(AsRef::as_ref);
            let words = self.known.of(tokens, |token| Known::new(token, &self.lexicon, &self.model));
            scores.push(self.scores(&words));
            keys.push(words.iter().map(|known| known.token).collect());
        }
        echo::raise(&self.model, &keys, &mut scores);
        scores
    }

    /// The scores of the words of a sentence.
    fn scores(&self, words: &[Known]) -> Vec<Scores> {
        let phrases = features::match_phrases(words, &self.lexicon);
        let said =
            |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(&self.edge, |known| &known.said);
        let mut scores: Vec<Scores> = (0..words.len())
            .map(|at| {
                let mut scores = [0_i16; NAMED];
                let near = (0..=2 * REACH).map(|place| said((at + place).checked_sub(REACH)).around(place));
                for part in near.chain(FAR.map(|distance| said(at.checked_sub(distance)).ahead())) {
                    for (score, value) in scores.iter_mut().zip(part) {
                        *score = score.saturating_add(*value);
                    }
                }
                scores
            })
            .collect();
        // With each feature goes the token that sees it from its first place; from the next it is seen by the token before.
        let covered = phrases.into_iter().enumerate();
        let mut asked: Vec<(u64, usize)> =
            covered.filter_map(|(at, phrase)| Some((features::in_phrase(phrase)?, at))).collect();
        // Each two neighbours are read once, and what they say is given to all who see them.
        for at in 0..words.len() + usize::from(PAIRS.end) - 1 {
            let first = at.cast_signed() - REACH.cast_signed();
            features::pair(words, first, &mut |hash, _| asked.push((hash, at)));
        }
        self.model.features().each(&asked, |at, place, row| {
            if let Some(scores) = at.checked_sub(place).and_then(|at| scores.get_mut(at)) {
                row.add_to(scores);
            }
        });
        scores
    }
}

/// The tagger's own files; `None` only if the build was given damaged ones, which a test rules out.
static SHIPPED: LazyLock<Option<Tagger<'static>>> = LazyLock::new(|| {
    let lexicon = Lexicon::open(Learnt::TaggerLexicon.bytes())?;
    let model = Model::open(Learnt::TaggerModel.bytes())?;
    Some(Tagger::new(lexicon, model))
});

#[cfg(test)]
mod tests {
    use super::features::extract;
    use super::known::Known;
    use super::model::NAMED;
    use super::{EntityKind, SHIPPED, Tag, tag, tag_document};

    #[test]
    fn the_shipped_files_are_sound() {
        assert!(SHIPPED.is_some());
    }

    /// Training adds up the features of each token; tagging adds up what words and neighbours say to those who see them.
    #[test]
    fn tagging_scores_the_features_that_training_sees() {
        let tagger = SHIPPED.as_ref().unwrap();
        for sentence in [
            "نعم",
            "وصل ماكرون",
            "قال وزير الخارجية البولندي رادوسواف شيكورسكي ( 61 عاما ) إن بلاده ترحب بالاتفاق .",
            "وفازت كوريا الجنوبية على نادي بورتو 2 - 1 وسجل محمد صلاح هدفين لليفربول في لندن",
        ] {
            let tokens: Vec<&str> = sentence.split(' ').collect();
            let words: Vec<Known> =
                tokens.iter().map(|token| Known::new(token, &tagger.lexicon, &tagger.model)).collect();
            let features = extract(&tokens, &tagger.lexicon);
            for (at, (scores, features)) in tagger.scores(&words).iter().zip(features).enumerate() {
                let mut expected = [0; NAMED];
                let asked: Vec<_> = features.iter().map(|feature| (feature.hash, feature.place)).collect();
                tagger.model.features().each(&asked, |wanted, place, row| {
                    if place == usize::from(wanted) {
                        row.add_to(&mut expected);
                    }
                });
                assert_eq!(*scores, expected, "{} in {sentence}", tokens[at]);
            }
        }
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
