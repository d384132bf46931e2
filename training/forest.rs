//! Learns gradient-boosted trees (`mujaz::learnt::forest`): each tree mends what the ones before it got wrong (Friedman 2001, with
//! second derivatives and leaf-wise growth over binned features as in Chen & Guestrin 2016 and Ke et al. 2017).
//!
//! What is drawn is drawn by a hash of its number: the same rows give the same forest, byte for byte.

use std::fmt::Write as _;

/// How a forest is grown.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub trees: usize,
    /// Leaves of a tree.
    pub leaves: usize,
    /// How much of what it could mend a tree mends.
    pub rate: f64,
    /// A leaf has at least so many rows.
    pub least: usize,
    /// How strongly the value of a leaf is drawn to 0, in rows.
    pub ridge: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { trees: 150, leaves: 12, rate: 0.07, least: 30, ridge: 5.0 }
    }
}

/// The most values of one feature that are told apart.
const BINS: usize = 64;

/// A split that mends less is not made.
const LEAST_GAIN: f64 = 1e-6;

/// Grows a forest on `rows`, one value for each of `names`, and gives its file. A target is yes (1) or no (0), or a probability in between; the
/// forest gives the logarithm of the odds. `weights` may be empty, where all rows count alike.
///
/// # Panics
/// If a row has not one value for each name.
pub fn learn(
    made_by: &str,
    names: &[&str],
    rows: &[Vec<f32>],
    targets: &[f32],
    weights: &[f32],
    settings: &Settings,
) -> String {
    assert!(rows.iter().all(|row| row.len() == names.len()), "a value for each feature");
    let weight = |row: usize| f64::from(weights.get(row).copied().unwrap_or(1.0));
    let binned = Binned::new(names.len(), rows);
    let total: f64 = (0..rows.len()).map(weight).sum::<f64>().max(1e-9);
    let mean = (0..rows.len()).map(|row| weight(row) * f64::from(targets[row])).sum::<f64>() / total;
    let mean = mean.clamp(1e-6, 1.0 - 1e-6);
    let base = (mean / (1.0 - mean)).ln();
    let mut file = format!("# Made by {made_by}.\nfeatures\t{}\nbase\t{base:.4}\n", names.join("\t"));
    let mut scores = vec![base; rows.len()];
    for tree in 0..settings.trees {
        let slopes: Vec<(f64, f64)> = (0..rows.len())
            .map(|row| {
                let (score, target) = (scores[row], f64::from(targets[row]));
                let likely = 1.0 / (1.0 + (-score).exp());
                let (error, curve) = (target - likely, (likely * (1.0 - likely)).max(1e-6));
                (weight(row) * error, weight(row) * curve)
            })
            .collect();
        let asked = (0..names.len()).map(|feature| is_drawn(tree, feature)).collect();
        let tree = Tree::grow(&Sample { binned: &binned, slopes, asked }, settings);
        for leaf in &tree.leaves {
            for &row in &leaf.rows {
                scores[row as usize] += leaf.value(settings);
            }
        }
        tree.write(0, &binned, settings, &mut file);
        file.push('\n');
    }
    file
}

/// Whether the tree number `tree` may ask for a feature, as half of all trees may: what a tree must do without its best feature, others
/// learn to say too (Breiman 2001). Drawn by a hash, `SplitMix64` (Steele et al. 2014).
const fn is_drawn(tree: usize, feature: usize) -> bool {
    let mut z = (((tree as u64) << 32) | feature as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) >> 63 == 1
}

/// What one tree is grown on: the rows with their slopes, and the features that it may ask for.
struct Sample<'a> {
    binned: &'a Binned,
    slopes: Vec<(f64, f64)>,
    asked: Vec<bool>,
}

/// The rows with each value as the number of its bin.
struct Binned {
    /// For each feature the lower edges of its bins but the first.
    edges: Vec<Vec<f32>>,
    /// Feature by feature, the bin of each row.
    bins: Vec<Vec<u8>>,
    rows: usize,
}

impl Binned {
    fn new(features: usize, rows: &[Vec<f32>]) -> Self {
        let (mut edges, mut bins) = (Vec::new(), Vec::new());
        for feature in 0..features {
            let mut values: Vec<f32> = rows.iter().map(|row| row[feature]).collect();
            values.sort_by(f32::total_cmp);
            let mut own: Vec<f32> = Vec::new();
            for cut in 1..BINS {
                let at = values.len() * cut / BINS;
                let Some((below, above)) = neighbours(&values, at) else { continue };
                let edge = f32::midpoint(below, above);
                if own.last().is_none_or(|last| *last < edge) && below < edge {
                    own.push(edge);
                }
            }
            let bin = |row: &Vec<f32>| own.partition_point(|edge| *edge <= row[feature]) as u8;
            bins.push(rows.iter().map(bin).collect());
            edges.push(own);
        }
        Self { edges, bins, rows: rows.len() }
    }
}

/// The last value before `values[at]`'s run of equal values and that value; the first run has the one behind it.
fn neighbours(values: &[f32], at: usize) -> Option<(f32, f32)> {
    let value = *values.get(at)?;
    let first = values.partition_point(|other| *other < value);
    if first > 0 {
        return Some((values[first - 1], value));
    }
    let next = values.partition_point(|other| *other <= value);
    values.get(next).map(|above| (value, *above))
}

/// A leaf while the tree grows.
struct Leaf {
    rows: Vec<u32>,
    slope: f64,
    curve: f64,
    best: Option<Split>,
    /// Its node.
    node: usize,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    feature: usize,
    /// Rows in a lower bin go left.
    bin: usize,
}

enum Node {
    Leaf(usize),
    Question { feature: usize, bin: usize, left: usize, right: usize },
}

struct Tree {
    nodes: Vec<Node>,
    leaves: Vec<Leaf>,
}

impl Leaf {
    fn new(sample: &Sample<'_>, rows: Vec<u32>, node: usize, settings: &Settings) -> Self {
        let (mut slope, mut curve) = (0.0, 0.0);
        for &row in &rows {
            slope += sample.slopes[row as usize].0;
            curve += sample.slopes[row as usize].1;
        }
        let mut leaf = Self { rows, slope, curve, best: None, node };
        leaf.best = leaf.best_split(sample, settings);
        leaf
    }

    fn value(&self, settings: &Settings) -> f64 {
        // As written in the file, so that training sees what the program will.
        (settings.rate * self.slope / (self.curve + settings.ridge) * 1e4).round() / 1e4
    }

    fn best_split(&self, sample: &Sample<'_>, settings: &Settings) -> Option<Split> {
        let Sample { binned, slopes, asked } = sample;
        if self.rows.len() < 2 * settings.least {
            return None;
        }
        let worth = |slope: f64, curve: f64| slope * slope / (curve + settings.ridge);
        let whole = worth(self.slope, self.curve);
        let mut best: Option<Split> = None;
        for (feature, bins) in binned.bins.iter().enumerate().filter(|(feature, _)| asked[*feature]) {
            let mut sums = [(0.0_f64, 0.0_f64, 0_usize); BINS];
            for &row in &self.rows {
                let sum = &mut sums[usize::from(bins[row as usize])];
                sum.0 += slopes[row as usize].0;
                sum.1 += slopes[row as usize].1;
                sum.2 += 1;
            }
            let (mut slope, mut curve, mut count) = (0.0, 0.0, 0);
            for bin in 1..=binned.edges[feature].len() {
                slope += sums[bin - 1].0;
                curve += sums[bin - 1].1;
                count += sums[bin - 1].2;
                if count < settings.least || self.rows.len() - count < settings.least {
                    continue;
                }
                let gain = worth(slope, curve) + worth(self.slope - slope, self.curve - curve) - whole;
                if gain > best.map_or(LEAST_GAIN, |best| best.gain) {
                    best = Some(Split { gain, feature, bin });
                }
            }
        }
        best
    }
}

impl Tree {
    fn grow(sample: &Sample<'_>, settings: &Settings) -> Self {
        let binned = sample.binned;
        let all = (0..binned.rows as u32).collect();
        let mut tree = Self { nodes: vec![Node::Leaf(0)], leaves: vec![Leaf::new(sample, all, 0, settings)] };
        while tree.leaves.len() < settings.leaves {
            let gain = |leaf: &Leaf| leaf.best.map_or(0.0, |split| split.gain);
            let best = (0..tree.leaves.len())
                .rev()
                .max_by(|&a, &b| gain(&tree.leaves[a]).total_cmp(&gain(&tree.leaves[b])));
            let Some((at, split)) = best.and_then(|at| Some((at, tree.leaves[at].best?))) else { break };
            let parent = tree.leaves[at].node;
            let rows = std::mem::take(&mut tree.leaves[at].rows);
            let bins = &binned.bins[split.feature];
            let (left, right): (Vec<u32>, Vec<u32>) =
                rows.into_iter().partition(|&row| usize::from(bins[row as usize]) < split.bin);
            let (left_node, right_node) = (tree.nodes.len(), tree.nodes.len() + 1);
            tree.nodes.push(Node::Leaf(at));
            tree.nodes.push(Node::Leaf(tree.leaves.len()));
            tree.nodes[parent] =
                Node::Question { feature: split.feature, bin: split.bin, left: left_node, right: right_node };
            tree.leaves[at] = Leaf::new(sample, left, left_node, settings);
            tree.leaves.push(Leaf::new(sample, right, right_node, settings));
        }
        tree
    }

    fn write(&self, node: usize, binned: &Binned, settings: &Settings, file: &mut String) {
        match self.nodes[node] {
            Node::Leaf(leaf) => {
                let _ = write!(file, "={}", self.leaves[leaf].value(settings));
            }
            Node::Question { feature, bin, left, right } => {
                let _ = write!(file, "{feature}<{} ", binned.edges[feature][bin - 1]);
                self.write(left, binned, settings, file);
                file.push(' ');
                self.write(right, binned, settings, file);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use mujaz::learnt::forest::Forest;

    use super::{Settings, learn};

    /// A rule of two features that no single question tells.
    fn rows() -> (Vec<Vec<f32>>, Vec<f32>) {
        let rows: Vec<Vec<f32>> =
            (0..400).map(|at| vec![(at % 20) as f32, (at / 20) as f32, (at % 7) as f32]).collect();
        let targets = rows.iter().map(|row| f32::from(u8::from((row[0] < 8.0) != (row[1] < 12.0)))).collect();
        (rows, targets)
    }

    #[test]
    fn a_rule_of_two_features_is_learnt() {
        let (rows, targets) = rows();
        let settings = Settings { least: 5, leaves: 6, ridge: 1.0, ..Settings::default() };
        let file = learn("a test", &["a", "b", "c"], &rows, &targets, &[], &settings);
        let forest = Forest::parse(&file).unwrap();
        let right =
            rows.iter().zip(&targets).filter(|(row, target)| (forest.score(row) > 0.0) == (**target > 0.5));
        assert!(right.count() > 390);
    }
}
