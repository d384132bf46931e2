//! A logistic regression: the sum of weighed features, and the limit from which on the answer is yes. Learnt by `training/stories/`.
//!
//! The file is text, a model for each first column: `same<TAB>feature<TAB>weight`, where the features `base` and `limit` stand for what
//! every candidate starts from and for the limit.

/// A model; its sum is the logarithm of the odds of a yes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    features: Vec<String>,
    weights: Vec<f32>,
    base: f32,
    limit: f32,
}

impl Linear {
    /// Reads the model `name` of `text`; `None` if it holds none.
    #[must_use]
    pub fn parse(text: &str, name: &str) -> Option<Self> {
        let mut model = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            if columns.next() != Some(name) {
                continue;
            }
            let (feature, weight) = (columns.next()?, columns.next()?.parse().ok()?);
            match feature {
                "base" => model.base = weight,
                "limit" => model.limit = weight,
                _ => {
                    model.features.push(feature.to_owned());
                    model.weights.push(weight);
                }
            }
        }
        (!model.features.is_empty()).then_some(model)
    }

    /// The names of the features, in the order in which [`Linear::score`] takes their values.
    #[must_use]
    pub fn features(&self) -> &[String] {
        &self.features
    }

    /// The logarithm of the odds of a yes.
    #[must_use]
    pub fn score(&self, values: &[f32]) -> f32 {
        self.base + self.weights.iter().zip(values).map(|(weight, value)| weight * value).sum::<f32>()
    }

    /// How far the score of `values` is above the limit; from 0 on it is a yes.
    #[must_use]
    pub fn margin(&self, values: &[f32]) -> f32 {
        // Without a model nothing is sure.
        if self.features.is_empty() { f32::NEG_INFINITY } else { self.score(values) - self.limit }
    }
}

#[cfg(test)]
mod tests {
    use super::Linear;

    #[test]
    fn a_yes_is_what_reaches_the_limit() {
        let text = "# For a test.\nsame\tcosine\t2\nsame\tdays\t-1\nsame\tbase\t0.5\nsame\tlimit\t1\nnew\tunseen\t3\n";
        let model = Linear::parse(text, "same").unwrap();
        assert_eq!(model.features(), ["cosine", "days"]);
        assert!((model.score(&[1.0, 0.5]) - 2.0).abs() < 1e-6);
        assert!(model.margin(&[0.5, 0.5]) >= 0.0 && model.margin(&[0.4, 0.5]) < 0.0);
        assert_eq!(Linear::parse(text, "other"), None);
        assert!(Linear::default().margin(&[1.0]) < 0.0);
    }
}
