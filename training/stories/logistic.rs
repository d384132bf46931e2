//! A ridge logistic regression by Newton's steps, over features brought to one scale.

/// One candidate: its features, the answer, and how much it counts.
#[derive(Clone, Debug)]
pub struct Row {
    pub values: Vec<f32>,
    pub answer: bool,
    pub weight: f64,
}

/// What was learnt: a weight for each feature as it is measured, and what every candidate starts from.
#[derive(Clone, Debug)]
pub struct Weights {
    pub features: Vec<f64>,
    pub base: f64,
}

impl Weights {
    pub fn score(&self, values: &[f32]) -> f64 {
        self.base
            + self.features.iter().zip(values).map(|(weight, value)| weight * f64::from(*value)).sum::<f64>()
    }
}

/// Newton's steps; it converges in fewer.
const STEPS: usize = 12;

/// Learns from `rows`; both answers count the same in all, and `ridge` holds the weights back. The scale of a feature is that of `scale`.
pub fn learn(rows: &[Row], scale: &[Row], ridge: f64) -> Weights {
    let width = rows.first().map_or(0, |row| row.values.len());
    let (means, spreads) = moments(scale, width);
    let side = |answer| rows.iter().filter(|row| row.answer == answer).map(|row| row.weight).sum::<f64>();
    let balance = side(false) / side(true).max(1e-9);
    let scaled = |row: &Row| -> Vec<f64> {
        let values = row.values.iter().zip(means.iter().zip(&spreads));
        values.map(|(value, (mean, spread))| (f64::from(*value) - mean) / spread).chain([1.0]).collect()
    };
    let rows: Vec<(Vec<f64>, f64, f64)> = rows
        .iter()
        .map(|row| {
            let weight = if row.answer { row.weight * balance } else { row.weight };
            (scaled(row), f64::from(u8::from(row.answer)), weight)
        })
        .collect();
    let mut beta = vec![0.0; width + 1];
    for _ in 0..STEPS {
        let mut slope = vec![0.0; width + 1];
        let mut curve = vec![vec![0.0; width + 1]; width + 1];
        for (values, answer, weight) in &rows {
            let score: f64 = values.iter().zip(&beta).map(|(value, beta)| value * beta).sum();
            let likely = 1.0 / (1.0 + (-score).exp());
            let bend = (likely * (1.0 - likely)).max(1e-9) * weight;
            for (i, value) in values.iter().enumerate() {
                slope[i] += weight * (answer - likely) * value;
                for (j, other) in values.iter().enumerate().take(i + 1) {
                    curve[i][j] += bend * value * other;
                }
            }
        }
        for i in 0..=width {
            // What every candidate starts from is not held back.
            let held = if i < width { ridge } else { 1e-6 };
            slope[i] -= held * beta[i];
            curve[i][i] += held;
        }
        for (beta, step) in beta.iter_mut().zip(solve(&mut curve, &slope)) {
            *beta += step;
        }
    }
    let features: Vec<f64> = (0..width).map(|at| beta[at] / spreads[at]).collect();
    let base = beta[width] - features.iter().zip(&means).map(|(weight, mean)| weight * mean).sum::<f64>();
    Weights { features, base }
}

fn moments(rows: &[Row], width: usize) -> (Vec<f64>, Vec<f64>) {
    let count = rows.len().max(1) as f64;
    let mean = |at: usize| rows.iter().map(|row| f64::from(row.values[at])).sum::<f64>() / count;
    let means: Vec<f64> = (0..width).map(mean).collect();
    let spread = |at: usize| {
        let square = |row: &Row| (f64::from(row.values[at]) - means[at]).powi(2);
        (rows.iter().map(square).sum::<f64>() / count).sqrt().max(1e-6)
    };
    let spreads = (0..width).map(spread).collect();
    (means, spreads)
}

/// Solves `matrix · x = right` for a symmetric positive matrix of which the lower half is given (Cholesky).
fn solve(matrix: &mut [Vec<f64>], right: &[f64]) -> Vec<f64> {
    let size = right.len();
    for i in 0..size {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - dot;
            matrix[i][j] = if i == j { rest.max(1e-12).sqrt() } else { rest / matrix[j][j] };
        }
    }
    let mut x = right.to_vec();
    for i in 0..size {
        let dot: f64 = (0..i).map(|k| matrix[i][k] * x[k]).sum();
        x[i] = (x[i] - dot) / matrix[i][i];
    }
    for i in (0..size).rev() {
        let dot: f64 = (i + 1..size).map(|k| matrix[k][i] * x[k]).sum();
        x[i] = (x[i] - dot) / matrix[i][i];
    }
    x
}

#[cfg(test)]
mod tests {
    use super::{Row, learn};

    #[test]
    fn what_tells_the_answers_apart_gets_the_weight() {
        let row = |a: f32, b: f32, answer| Row { values: vec![a, b], answer, weight: 1.0 };
        let rows: Vec<Row> = (0..40).map(|at| row((at % 10) as f32, (at % 3) as f32, at % 10 >= 5)).collect();
        let weights = learn(&rows, &rows, 0.1);
        assert!(weights.features[0] > 10.0 * weights.features[1].abs(), "{weights:?}");
        assert!(weights.score(&[9.0, 1.0]) > 0.0 && weights.score(&[0.0, 1.0]) < 0.0);
    }
}
