//! How much of the story a figure is: a linear model whose weights are learnt from articles with marked key figures
//! (`training/figures.rs`, `data/figures.tsv`). Zero is the line between a figure worth listing and background.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::Figure;
use super::measure::Features;
use crate::learnt::Learnt;

/// The line of the table that belongs to no feature but is added to every figure.
pub const BIAS: &str = "bias";

/// How much the best figures of an article cost the others: beside a toll in the headline, a distance is background.
const RIVALRY: f32 = 0.3;

/// How many figures are the best ones.
const BEST: usize = 2;

static WEIGHTS: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| parse(Learnt::Figures.text()));

/// The learnt weights, a line for each feature: its name, a tab, its weight.
fn parse(table: &'static str) -> HashMap<&'static str, f32> {
    let lines = table.lines().filter_map(|line| line.split_once('\t'));
    lines.filter_map(|(name, weight)| Some((name, weight.parse().ok()?))).collect()
}

/// Weighs the figures of one article by their features.
#[must_use]
pub fn weigh(measured: Vec<(Figure, Features)>) -> Vec<Figure> {
    let weight = |name| WEIGHTS.get(name).copied().unwrap_or(0.0);
    let sum = |features: &Features| features.iter().map(|&(name, value)| weight(name) * value).sum::<f32>();
    let sums: Vec<f32> = measured.iter().map(|(_, features)| sum(features)).collect();
    let weighed = against_the_best(&sums).into_iter().zip(measured);
    weighed.map(|(sum, (figure, _))| Figure { salience: sum + weight(BIAS), ..figure }).collect()
}

/// The `sums` of one article's figures, what the best of them cost taken off; their order stays.
#[must_use]
pub fn against_the_best(sums: &[f32]) -> Vec<f32> {
    let mut best = sums.to_vec();
    best.sort_by(|a, b| b.total_cmp(a));
    best.truncate(BEST);
    let cost = RIVALRY * best.iter().sum::<f32>() / best.len().max(1) as f32;
    sums.iter().map(|sum| sum - cost).collect()
}

#[cfg(test)]
mod tests {
    use super::{BIAS, WEIGHTS, against_the_best};
    use crate::facts::figure::{self, measure};
    use crate::text::Document;

    #[test]
    fn every_feature_has_its_weight() {
        // A figure of each kind, so that every feature is met.
        let text = "سقط 12 قتيلا وأصيب ثلاثة آخرون في حريق بالمصنع منذ يومين، بحسب الشركة. وعُيّن خمسة وزراء من 40 مرشحا. \
            وبلغت الخسائر 3 ملايين دولار. ونقل العشرات من العمال. وزار المدينة وفد من الدول الثلاث. وتوفي المدير عن عمر \
            ناهز 70 عاما. وكان شقيقه يبلغ من العمر 33 عاما. وانقطعت الكهرباء بين 10 و15 مرة. وأنقذ 6 منهم. وفاز الفريق 2-1.";
        let document = Document::new("حريق في مصنع ووفاة مديره عن 70 عاما", text);
        let mut met: Vec<&str> =
            measure::figures(&document).iter().flat_map(|(_, f)| f.iter().map(|(name, _)| *name)).collect();
        met.sort_unstable();
        met.dedup();
        let mut known: Vec<&str> = WEIGHTS.keys().copied().filter(|name| *name != BIAS).collect();
        known.sort_unstable();
        assert_eq!(met, known);
    }

    #[test]
    fn the_best_stay_the_best() {
        assert_eq!(against_the_best(&[]), Vec::<f32>::new());
        let sums = against_the_best(&[1.0, 3.0, 2.0]);
        assert!(sums[1] > sums[2] && sums[2] > sums[0] && sums[1] < 3.0);
    }

    #[test]
    fn a_toll_is_told_before_an_age_and_a_lapse_of_time() {
        let text = "قُتل 12 شخصا في حريق بمصنع للنسيج. وقال حارس المصنع (33 عاما) إن الحريق اندلع بعد ساعتين من الإغلاق.";
        let document = Document::new("حريق في مصنع للنسيج", text);
        let figures = figure::find(&document);
        let listed: Vec<&str> =
            figures.iter().filter(|f| f.salience > 0.0).map(|f| document.slice(f.span)).collect();
        assert_eq!(listed, ["12 شخصا"]);
    }
}
