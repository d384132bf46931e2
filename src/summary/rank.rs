//! The ranker: what a sentence is worth to a summary, as editors choose sentences (`training/ranker.rs`, `data/ranker.tsv`).

use std::sync::LazyLock;

use super::features::Features;
use crate::learnt::Learnt;
use crate::learnt::forest::Forest;

static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::parse(Learnt::Ranker.text()).unwrap_or_default());

/// How likely an editor would choose a sentence with `features`, 0 to 1.
#[must_use]
pub fn worth(features: &Features) -> f32 {
    FOREST.probability(&features.values)
}

#[cfg(test)]
mod tests {
    use super::FOREST;
    use crate::summary::features::Feature;

    #[test]
    fn the_forest_knows_the_features() {
        let names: Vec<&str> = Feature::ALL.iter().map(|feature| feature.name()).collect();
        assert_eq!(FOREST.features(), names);
    }
}
