//! What the ranker sees of a sentence, measured for a whole document at once (see `measure`).

use super::coherence::Cause;
use super::measure;
use super::terms::Terms;
use super::words::Word;
use crate::facts::Facts;
use crate::text::Document;

/// What is known of a document before its sentences are measured.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its figures and participants.
    pub facts: &'a Facts,
    /// The terms of its sentences.
    pub terms: &'a Terms,
    /// What each of its tokens is.
    pub words: &'a [Word],
    /// What each sentence leans on.
    pub leans: &'a [Option<Cause>],
    /// How likely each is understood without what was said before it.
    pub standing: &'a [f32],
    /// How many words each sentence has.
    pub lengths: &'a [usize],
}

/// Declares the features once: the enum, the list and the names that `mujaz explain` prints.
macro_rules! features {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// One thing that is measured of a sentence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Feature { $($(#[$doc])* $variant),+ }

        impl Feature {
            /// Every feature, in the order of [`Features::values`].
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The short name that tables and the weights' file use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

features! {
    /// 1 / (1 + index).
    Early = "early",
    /// Index / number of sentences.
    Position = "position",
    /// Logarithm of 1 + words before it.
    Depth = "depth",
    /// Logarithm of the number of sentences in its paragraph.
    ParagraphSize = "paragraph_size",
    /// Share of the headline's weight that stands in it.
    TitleCovered = "title_covered",
    /// Share of its own weight that stands in the headline.
    TitleShare = "title_share",
    /// Share of the first sentence's weight that stands in it; 0 for the first itself.
    LeadCovered = "lead_covered",
    /// Share of its weight that stands in the first sentence; 0 for the first itself.
    LeadShare = "lead_share",
    /// Mean number of other sentences that its terms stand in, weighed, as a logarithm.
    Centroid = "centroid",
    /// Share of its weight in the ten heaviest terms of the document.
    Topic = "topic",
    /// Share of its weight that later sentences take up again.
    TakenUp = "taken_up",
    /// Share of its weight that earlier sentences already have.
    Known = "known",
    /// Share of its weight that the sentence before has.
    LikePrevious = "like_previous",
    /// Share of its weight that the sentence after has.
    LikeNext = "like_next",
    /// Mean weight of its terms.
    Rarity = "rarity",
    /// Share of its words that are content words.
    ContentShare = "content_share",
    /// Logarithm of its number of words.
    Words = "words",
    /// Words of the sentence before it.
    PreviousWords = "previous_words",
    /// Words of the sentence after it.
    NextWords = "next_words",
    /// Verbs in it.
    Verbs = "verbs",
    /// 1 where it leans on the sentence before it (see [`super::coherence`]).
    Leans = "leans",
    /// Words against the mean of the document, as a logarithm.
    RelativeLength = "relative_length",
    /// Numbers, at most 4.
    Numbers = "numbers",
    /// 1 where a day or «اليوم» tells that it is news.
    Day = "day",
    /// Figures of the document in it, at most 3.
    Figures = "figures",
    /// The salience of the most salient figure in it, or [`NO_FIGURE`].
    KeyFigure = "key_figure",
    /// People whom it is the first to name.
    NewPeople = "new_people",
    /// The salience of the most salient person named in it, against the top of the document.
    TopPerson = "top_person",
    /// The salience of the bodies named in it, against the top of the document.
    Bodies = "bodies",
    /// The salience of the countries named in it, against the top of the document.
    Countries = "countries",
    /// Share of its words between quotation marks.
    Quoted = "quoted",
    /// Pronouns and demonstratives in it, against its words.
    Pronouns = "pronouns",
    /// 1 where it does not end as a sentence does: a heading, a list line, a caption.
    Unfinished = "unfinished",
    /// Logarithm of the number of sentences.
    DocumentSentences = "document_sentences",
}

/// The salience of the figures of a sentence without any.
pub const NO_FIGURE: f32 = -3.0;

/// How many features there are.
pub const COUNT: usize = Feature::ALL.len();

/// What is measured of one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    /// One value for each of [`Feature::ALL`], in that order.
    pub values: [f32; COUNT],
}

impl Features {
    /// The value of one feature.
    #[must_use]
    pub const fn get(&self, feature: Feature) -> f32 {
        self.values[feature as usize]
    }

    pub(super) const fn set(&mut self, feature: Feature, value: f32) {
        self.values[feature as usize] = value;
    }
}

/// Measures every sentence of a document; linear in its length.
#[must_use]
pub fn extract(known: &Known<'_>) -> Vec<Features> {
    let mut features = vec![Features { values: [0.0; COUNT] }; known.document.sentences().len()];
    measure::positions(known, &mut features);
    measure::terms(known.terms, known.lengths, &mut features);
    measure::surface(known, &mut features);
    measure::facts(known.document, known.facts, &mut features);
    features
}
