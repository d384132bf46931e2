//! The ranker: what a sentence is worth to a summary, linear in its features.
//!
//! Where a sentence stands and what its terms share with headline, lead and text is weighed as
//! editors' standfirsts teach (`training/ranker.rs`, `data/ranker.tsv`). A standfirst says nothing
//! of what makes a sentence readable on its own, or of the figures that a longer summary needs:
//! those few constants are [`EDITOR`] and [`NEWS`], tuned on articles whose sentences editors chose.

use std::sync::LazyLock;

use super::features::{Feature, Features};
use crate::learnt::Learnt;

/// The features whose weights are learnt.
pub const LEARNT: &[Feature] = &[
    Feature::First,
    Feature::Early,
    Feature::Position,
    Feature::Depth,
    Feature::Last,
    Feature::ParagraphFirst,
    Feature::ParagraphPlace,
    Feature::EarlyParagraph,
    Feature::ParagraphSize,
    Feature::TitleCovered,
    Feature::TitleShare,
    Feature::LeadCovered,
    Feature::LeadShare,
    Feature::Centroid,
    Feature::Topic,
    Feature::TakenUp,
    Feature::Known,
    Feature::LikePrevious,
    Feature::LikeNext,
];

/// What reads badly on its own, and the slope from the top of a text to its end.
pub const EDITOR: &[(Feature, f32)] = &[
    (Feature::Position, -0.25),
    (Feature::OpensSaying, -0.07),
    (Feature::OpensConnective, -0.07),
    (Feature::OpensPronoun, -0.15),
    (Feature::Pronouns, -0.4),
    (Feature::Quoted, -0.06),
    (Feature::Unfinished, -0.1),
];

/// What counts in news (under a headline), though not in an encyclopaedia: figures, participants, sources.
pub const NEWS: &[(Feature, f32)] = &[
    (Feature::Numbers, 0.03),
    (Feature::Figures, 0.05),
    (Feature::TopPerson, 0.05),
    (Feature::Organizations, 0.02),
    (Feature::Attributed, 0.06),
    (Feature::Question, -0.06),
];

/// The worth of the average sentence of an article.
const AVERAGE: f32 = 0.4;

/// No sentence is worth less.
const LEAST: f32 = 0.02;

static LEARNT_WEIGHTS: LazyLock<Vec<(Feature, f32)>> = LazyLock::new(|| parse(Learnt::Ranker.text()));

/// The learnt weights, a line for each feature: its name, a tab, its weight.
fn parse(table: &str) -> Vec<(Feature, f32)> {
    let weight = |name: &str| {
        let line = table.lines().find_map(|line| line.split_once('\t').filter(|(n, _)| *n == name));
        line.and_then(|(_, weight)| weight.trim().parse().ok()).unwrap_or(0.0)
    };
    LEARNT.iter().map(|&feature| (feature, weight(feature.name()))).collect()
}

/// What each weight adds to the worth of a sentence with `features`, learnt ones first.
pub fn parts(features: &Features) -> impl Iterator<Item = (Feature, f32)> + '_ {
    let news = features.get(Feature::HasTitle);
    LEARNT_WEIGHTS
        .iter()
        .chain(EDITOR)
        .map(|&(feature, weight)| (feature, weight * features.get(feature)))
        .chain(NEWS.iter().map(move |&(feature, weight)| (feature, weight * news * features.get(feature))))
}

/// What each sentence of a document is worth; 0.4 on average over its words.
#[must_use]
pub fn worth(features: &[Features], words: &[usize]) -> Vec<f32> {
    let sums: Vec<f32> = features.iter().map(|f| parts(f).map(|(_, part)| part).sum()).collect();
    let total: f32 = words.iter().map(|&w| w as f32).sum();
    let mean = sums.iter().zip(words).map(|(sum, &w)| sum * w as f32).sum::<f32>() / total.max(1.0);
    sums.iter().map(|sum| (sum - mean + AVERAGE).max(LEAST)).collect()
}

#[cfg(test)]
mod tests {
    use super::{LEARNT, LEARNT_WEIGHTS};

    #[test]
    fn every_learnt_feature_has_its_weight() {
        let table = include_str!("../../data/ranker.tsv");
        for feature in LEARNT {
            assert!(table.contains(&format!("\n{}\t", feature.name())), "{}", feature.name());
        }
        assert!(LEARNT_WEIGHTS.iter().filter(|(_, weight)| *weight != 0.0).count() > LEARNT.len() / 2);
    }
}
