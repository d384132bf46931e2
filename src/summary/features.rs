//! What the ranker sees of a sentence, measured for a whole document at once (see `measure`).

use super::measure;
use super::terms::Terms;
use crate::facts::Facts;
use crate::text::Document;

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
    /// 1 for the first sentence of the text.
    First = "first",
    /// 1 / (1 + index).
    Early = "early",
    /// Index / number of sentences.
    Position = "position",
    /// Logarithm of 1 + words before it.
    Depth = "depth",
    /// 1 for the last sentence of the text.
    Last = "last",
    /// 1 for the first sentence of its paragraph.
    ParagraphFirst = "paragraph_first",
    /// Its place in its paragraph, counted from 0, at most 5.
    ParagraphPlace = "paragraph_place",
    /// 1 / (1 + index of its paragraph).
    EarlyParagraph = "early_paragraph",
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
    /// Words against the mean of the document, as a logarithm.
    RelativeLength = "relative_length",
    /// 1 under eight words.
    Short = "short",
    /// Numbers, at most 4.
    Numbers = "numbers",
    /// 1 where a year stands («عام 2012»).
    Year = "year",
    /// 1 where a day or «اليوم» tells that it is news.
    Day = "day",
    /// Key figures of the document in it, at most 3.
    Figures = "figures",
    /// People named in it, at most 3.
    People = "people",
    /// The salience of the most salient person named in it, against the top of the document.
    TopPerson = "top_person",
    /// Bodies named in it, at most 3.
    Organizations = "organizations",
    /// Countries and places named in it, at most 3.
    Places = "places",
    /// Share of its words between quotation marks.
    Quoted = "quoted",
    /// 1 where it opens with a verb of saying («وقال»).
    OpensSaying = "opens_saying",
    /// 1 where it names a source («بحسب», «وفقا ل»).
    Attributed = "attributed",
    /// 1 where it opens with a discourse opener («في المقابل», «كما», «لكن»).
    OpensConnective = "opens_connective",
    /// 1 where it opens with a background formula («يذكر أن», «يشار إلى»).
    OpensBackground = "opens_background",
    /// 1 where it opens with the conjunction «و».
    OpensWaw = "opens_waw",
    /// 1 where it opens with a pronoun or a demonstrative («هذا», «هو»).
    OpensPronoun = "opens_pronoun",
    /// Pronouns and demonstratives in it, against its words.
    Pronouns = "pronouns",
    /// 1 where it opens with «كان» or «وكانت» and a past story.
    OpensPast = "opens_past",
    /// 1 where it asks.
    Question = "question",
    /// 1 where it does not end as a sentence does: a heading, a list line, a caption.
    Unfinished = "unfinished",
    /// 1 where it ends with a colon or a comma.
    Announces = "announces",
    /// Brackets, at most 3.
    Brackets = "brackets",
    /// Share of its letters that are not Arabic.
    Foreign = "foreign",
    /// 1 where it is the first after a heading.
    AfterHeading = "after_heading",
    /// Logarithm of the number of sentences.
    DocumentSentences = "document_sentences",
    /// Mean words of a sentence of the document, as a logarithm.
    DocumentSentenceWords = "document_sentence_words",
    /// 1 where there is a headline.
    HasTitle = "has_title",
}

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

/// Measures every sentence of `document`; linear in its length.
#[must_use]
pub fn extract(document: &Document, facts: &Facts, terms: &Terms, words: &[usize]) -> Vec<Features> {
    let mut features = vec![Features { values: [0.0; COUNT] }; document.sentences().len()];
    measure::positions(document, words, &mut features);
    measure::terms(terms, words, &mut features);
    measure::surface(document, &mut features);
    measure::facts(document, facts, &mut features);
    features
}
