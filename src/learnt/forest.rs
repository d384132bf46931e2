//! Gradient-boosted trees: what many small questions about a candidate together say of it (Friedman 2001). Learnt by
//! `training/forest.rs`.
//!
//! The file is text: comments, a line `features` with their names, a line `base` with what every candidate starts from, then a
//! tree a line. Its nodes stand in the order in which they are visited, left before right: `3<0.5` asks whether feature 3 is
//! under 0.5 and goes left if so, `=0.125` is a leaf and adds its value.

/// A forest; the sum of its trees is the answer.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    features: Vec<String>,
    base: f32,
    nodes: Vec<Node>,
    /// Where each tree begins in `nodes`.
    roots: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
enum Node {
    /// Left is the next node, right is at `right`.
    Question {
        feature: usize,
        threshold: f32,
        right: usize,
    },
    Leaf(f32),
}

impl Forest {
    /// Reads a forest; `None` if the text is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut forest = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (first, rest) = line.split_once('\t').unwrap_or((line, ""));
            match first {
                "features" => forest.features = rest.split('\t').map(str::to_owned).collect(),
                "base" => forest.base = rest.parse().ok()?,
                _ => {
                    forest.roots.push(forest.nodes.len());
                    let mut nodes = line.split(' ');
                    forest.read_node(&mut nodes)?;
                    if nodes.next().is_some() {
                        return None;
                    }
                }
            }
        }
        (!forest.features.is_empty()).then_some(forest)
    }

    fn read_node<'a>(&mut self, nodes: &mut impl Iterator<Item = &'a str>) -> Option<()> {
        let node = nodes.next()?;
        if let Some(value) = node.strip_prefix('=') {
            self.nodes.push(Node::Leaf(value.parse().ok()?));
            return Some(());
        }
        let (feature, threshold) = node.split_once('<')?;
        let feature = feature.parse().ok().filter(|feature| *feature < self.features.len())?;
        let threshold = threshold.parse().ok()?;
        let at = self.nodes.len();
        self.nodes.push(Node::Leaf(0.0));
        self.read_node(nodes)?;
        self.nodes[at] = Node::Question { feature, threshold, right: self.nodes.len() };
        self.read_node(nodes)
    }

    /// The names of the features, in the order in which [`Forest::score`] takes their values.
    #[must_use]
    pub fn features(&self) -> &[String] {
        &self.features
    }

    /// The answer for a candidate with these values of the features; one that is missing counts as 0. If the forest was learnt
    /// for a yes or no, it is the logarithm of the odds.
    #[must_use]
    pub fn score(&self, values: &[f32]) -> f32 {
        let tree = |&root: &usize| {
            let mut at = root;
            loop {
                match self.nodes[at] {
                    Node::Leaf(value) => return value,
                    Node::Question { feature, threshold, right } => {
                        let value = values.get(feature).copied().unwrap_or(0.0);
                        at = if value < threshold { at + 1 } else { right };
                    }
                }
            }
        };
        self.base + self.roots.iter().map(tree).sum::<f32>()
    }

    /// The probability of a yes, from 0 to 1, for a forest that was learnt for a yes or no.
    #[must_use]
    pub fn probability(&self, values: &[f32]) -> f32 {
        1.0 / (1.0 + (-self.score(values)).exp())
    }
}

/// A yes or no as the value of a feature: 1 or 0.
#[must_use]
pub fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

#[cfg(test)]
mod tests {
    use super::Forest;

    #[test]
    fn each_tree_adds_the_leaf_that_its_questions_lead_to() {
        let forest = Forest::parse(
            "# Made for a test.\nfeatures\tlength\tplace\nbase\t0.5\n0<10 1<0.5 =1 =2 =4\n=0.25\n",
        )
        .unwrap();
        assert_eq!(forest.features(), ["length", "place"]);
        let close = |values: &[f32], expected: f32| (forest.score(values) - expected).abs() < 1e-6;
        assert!(close(&[9.0, 0.0], 1.75) && close(&[9.0, 0.5], 2.75) && close(&[10.0, 0.0], 4.75));
        assert!(close(&[], 1.75));
    }

    #[test]
    fn damaged_forests_are_none() {
        for text in [
            "",
            "features\ta\n1<0 =1 =2",
            "features\ta\n0<0 =1",
            "features\ta\n0<0 =1 =2 =3",
            "features\ta\nbase\tx",
        ] {
            assert!(Forest::parse(text).is_none(), "{text}");
        }
    }
}
