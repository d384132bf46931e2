//! What is measured of a candidate, and what was learnt of such (`train mentions`).

use serde::{Deserialize, Serialize};

use crate::learnt::forest::Forest;
use crate::learnt::habits::Habits;

/// What is measured of a candidate.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Row {
    /// Numbers, one for each of [`Candidate::features`](super::judge::Candidate::features) but the last, which say what [`Habits`] know of `words`.
    pub values: Vec<f32>,
    /// Words that it is known by, kind by kind.
    pub words: Vec<Vec<String>>,
}

impl Row {
    /// The same of a candidate that is known by its name, too.
    #[must_use]
    pub(super) fn named(mut self, name: &str) -> Self {
        self.words.insert(0, vec![format!("1 {name}")]);
        self
    }

    /// A value for each of [`Candidate::features`](super::judge::Candidate::features).
    #[must_use]
    pub fn with_habits(&self, habits: &Habits) -> Vec<f32> {
        let known = self.words.iter().map(|words| habits.mean_odds(words));
        self.values.iter().copied().chain(known).collect()
    }
}

/// What was learnt of one kind of candidates.
#[derive(Debug, Default)]
pub struct Model {
    habits: Habits,
    forest: Forest,
}

impl Model {
    /// Reads the file: habits and a forest, with an empty line between them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (habits, forest) = text.split_once("\n\n")?;
        Some(Self { habits: Habits::parse(habits)?, forest: Forest::parse(forest)? })
    }

    /// How likely a candidate takes part, 0 to 1.
    #[must_use]
    pub fn likelihood(&self, row: &Row) -> f32 {
        self.forest.probability(&row.with_habits(&self.habits))
    }
}

#[cfg(test)]
mod tests {
    use super::{Model, Row};

    #[test]
    fn words_that_others_were_right_with_make_a_candidate_likelier() {
        let model = Model::parse(
            "\t0.0\n1 رئيس\t2.0\n1 اللغه\t-2.0\n\nfeatures\tmentions\thabit\nbase\t0\n1<0.5 =-1 =1\n",
        )
        .unwrap();
        let behind =
            |word: &str| model.likelihood(&Row { values: vec![1.0], words: vec![vec![format!("1 {word}")]] });
        assert!(behind("رئيس") > 0.7 && behind("اللغه") < 0.3, "{} {}", behind("رئيس"), behind("اللغه"));
        assert!(
            Model::parse("features\tmentions\nbase\t0\n=1\n").is_none(),
            "habits stand before the forest"
        );
    }
}
