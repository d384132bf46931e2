//! The ranker: what share of a sentence's words an editor would keep.

use super::features::{Feature, Features};

/// The worth of a sentence, 0 to 1: the share of its words that an editor's summary would have.
#[must_use]
pub fn worth(features: &Features) -> f32 {
    const WEIGHTS: &[(Feature, f32)] = &[
        (Feature::First, 1.2),
        (Feature::Early, 0.8),
        (Feature::EarlyParagraph, 0.5),
        (Feature::ParagraphFirst, 0.3),
        (Feature::TitleCovered, 1.2),
        (Feature::TitleShare, 0.8),
        (Feature::LeadShare, 0.5),
        (Feature::Centroid, 0.3),
        (Feature::Topic, 0.6),
        (Feature::Numbers, 0.1),
        (Feature::People, 0.1),
        (Feature::OpensBackground, -0.5),
        (Feature::OpensPronoun, -0.4),
        (Feature::OpensConnective, -0.3),
        (Feature::Question, -0.8),
        (Feature::Unfinished, -0.8),
        (Feature::Short, -0.6),
        (Feature::Quoted, -0.4),
        (Feature::Foreign, -1.0),
    ];
    let sum: f32 = WEIGHTS.iter().map(|&(feature, weight)| weight * features.get(feature)).sum();
    1.0 / (1.0 + (1.5 - sum).exp())
}
