//! How much of the story a figure is: the learnt odds that an editor would list it (`training/figures.rs`, `data/figures.tsv`). Zero is the
//! line between a figure worth listing and background.

use std::sync::LazyLock;

use crate::learnt::Learnt;
use crate::learnt::forest::Forest;

static MODEL: LazyLock<Forest> = LazyLock::new(|| Forest::parse(Learnt::Figures.text()).unwrap_or_default());

/// How salient a figure with these features is.
#[must_use]
pub fn weigh(features: &[f32]) -> f32 {
    MODEL.score(features)
}
