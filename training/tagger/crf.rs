//! Learns a linear-chain conditional random field on line: FTRL-Proximal (`McMahan` et al. 2013) on the
//! gradient of the log-likelihood of one sentence after another, in a fixed order, on one thread.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};
use mujaz::facts::tagger::features::Feature;
use mujaz::facts::tagger::hash::mix;
use mujaz::facts::tagger::model::{NAMED, TAGS, can_follow, is_inside};
use mujaz::facts::tagger::weights;

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over the sentences.
    pub epochs: usize,
    /// Rate of learning.
    pub alpha: f32,
    /// Weights whose gradients stay below this stay zero.
    pub l1: f32,
    /// Pull of every weight towards zero.
    pub l2: f32,
    /// Share of the features that are hidden each time, so that no weight relies on another one.
    pub dropout: f32,
    /// Features seen less often are left out.
    pub rarest: u32,
    /// Runs, each in its own order, whose weights are averaged.
    pub runs: usize,
    /// How much the model leans away from finding nothing: what is learnt from few names finds too few.
    pub lean: f32,
    /// What another use of the word in the document is worth.
    pub echo: f32,
    /// Features kept in the model at most.
    pub kept: usize,
    /// Whether each feature has weights for all habits together and, beside them, for each by itself (Daume 2007).
    pub doubled: bool,
}

/// Whose habits a sentence is tagged by: what is called a body, and where a name ends, differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Habits {
    /// `ANERcorp`, of 2004-07.
    Anercorp,
    /// The annotated news; what ships has these.
    #[default]
    News,
}

/// Number of habits.
const HABITS: usize = 2;

/// One sentence to learn from.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The features of each token.
    pub features: Vec<Vec<Feature>>,
    /// The number of each token's tag.
    pub tags: Vec<u8>,
    /// How much the sentence counts; 1 for gold.
    pub weight: f32,
    /// Whose habits it has.
    pub habits: Habits,
}

/// Scores of one token.
pub type Row = [f32; TAGS];

/// The scores of the tags that are in a name, against that of being in none.
type Against = [f32; NAMED];

/// A field that has been learnt.
pub struct Field {
    alphabet: Alphabet,
    /// By habits.
    weights: [Weights; HABITS],
    settings: Settings,
}

/// The features that are learnt, numbered.
struct Alphabet {
    features: Vec<Feature>,
    numbers: HashMap<Feature, u32>,
}

impl Field {
    /// Learns from `examples`.
    #[must_use]
    pub fn learn(examples: &[Example], settings: &Settings) -> Self {
        let alphabet = Alphabet::new(examples, settings.rarest);
        let numbered: Vec<_> = examples.iter().map(|example| alphabet.number(example)).collect();
        let mut weights = std::array::from_fn(|_| Weights::new(alphabet.features.len()));
        for run in 0..settings.runs {
            let mut learner = Learner::new(alphabet.features.len(), *settings);
            let mut random = Random(7 + run as u64);
            let mut order: Vec<usize> = (0..numbered.len()).collect();
            let mut loss = 0.0;
            for _ in 0..settings.epochs {
                random.shuffle(&mut order);
                loss = order.iter().map(|&at| learner.step(&numbered[at], &mut random)).sum();
            }
            eprintln!(
                "run {run}: {} features, loss {:.4} a token",
                alphabet.features.len(),
                loss / tokens(examples)
            );
            for (weights, habits) in weights.iter_mut().zip([Habits::Anercorp, Habits::News]) {
                weights.add(&learner, habits, 1.0 / settings.runs as f32);
            }
        }
        for row in weights.iter_mut().flat_map(|weights| &mut weights.transitions) {
            row[0] -= settings.lean;
        }
        Self { alphabet, weights, settings: *settings }
    }

    /// The bytes of the model file that has these habits.
    #[must_use]
    pub fn write(&self, habits: Habits) -> Vec<u8> {
        self.weights[habits as usize].write(&self.alphabet.features, &self.settings)
    }
}

fn against_none(row: &Row) -> Against {
    std::array::from_fn(|tag| row[tag + 1] - row[0])
}

/// The sum of `rows`, tag by tag.
pub fn sum(rows: impl Iterator<Item = Row>) -> Row {
    rows.fold([0.0; TAGS], |sum, row| std::array::from_fn(|tag| sum[tag] + row[tag]))
}

/// The weights of transitions, where those that no sequence has are never taken.
fn allowed(weight: impl Fn(usize, usize) -> f32) -> [Row; TAGS] {
    std::array::from_fn(|from| {
        std::array::from_fn(|to| if can_follow(from, to) { weight(from, to) } else { f32::NEG_INFINITY })
    })
}

fn tokens(examples: &[Example]) -> f64 {
    examples.iter().map(|e| f64::from(e.weight) * e.tags.len() as f64).sum()
}

impl Alphabet {
    fn new(examples: &[Example], rarest: u32) -> Self {
        let mut counts: HashMap<Feature, u32> = HashMap::new();
        for &feature in examples.iter().flat_map(|e| e.features.iter().flatten()) {
            *counts.entry(feature).or_default() += 1;
        }
        let mut features: Vec<Feature> =
            counts.into_iter().filter(|&(_, n)| n >= rarest).map(|(feature, _)| feature).collect();
        features.sort_unstable();
        let numbers = features.iter().enumerate().map(|(n, &feature)| (feature, n as u32)).collect();
        Self { features, numbers }
    }

    fn number(&self, example: &Example) -> Numbered {
        let mut numbered = Numbered {
            ends: vec![],
            features: vec![],
            tags: example.tags.clone(),
            weight: example.weight,
            habits: example.habits,
        };
        for features in &example.features {
            numbered.features.extend(features.iter().filter_map(|feature| self.numbers.get(feature)));
            numbered.ends.push(numbered.features.len() as u32);
        }
        numbered
    }
}

/// An [`Example`] in little memory.
struct Numbered {
    ends: Vec<u32>,
    features: Vec<u32>,
    tags: Vec<u8>,
    weight: f32,
    habits: Habits,
}

impl Numbered {
    fn features_of(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.features[start as usize..self.ends[at] as usize]
    }
}

/// The state of FTRL-Proximal for a row of weights: sums of gradients, the roots of the sums of their squares, and the weights that
/// follow.
#[derive(Clone, Copy, Default)]
pub struct State {
    z: Row,
    root: Row,
    weights: Row,
}

impl State {
    /// The weights now.
    pub const fn weights(&self) -> &Row {
        &self.weights
    }

    /// Learns from the gradient of the loss.
    pub fn update(&mut self, gradient: &Row, settings: &Settings) {
        let rate = 1.0 / settings.alpha;
        for (tag, &g) in gradient.iter().enumerate() {
            let before = self.root[tag];
            let root = (before * before + g * g).sqrt();
            let z = self.z[tag] + g - (root - before) * rate * self.weights[tag];
            self.root[tag] = root;
            self.z[tag] = z;
            let excess = (z.abs() - settings.l1).max(0.0);
            self.weights[tag] = -excess.copysign(z) / ((1.0 + root) * rate + settings.l2);
        }
    }
}

/// Gradients so small teach nothing.
const LEAST: f32 = 1e-3;

/// The states of all weights: those that all habits share, and those of each.
struct Learner {
    settings: Settings,
    shared: States,
    own: [States; HABITS],
}

struct States {
    features: Vec<State>,
    /// The weights of `features` once more: what is read all the time stands close together.
    weights: Vec<Row>,
    transitions: [State; TAGS],
}

impl States {
    fn new(features: usize) -> Self {
        let transitions = [State::default(); TAGS];
        Self { features: vec![State::default(); features], weights: vec![[0.0; TAGS]; features], transitions }
    }

    fn update(&mut self, features: &[u32], gradient: &Row, settings: &Settings) {
        for &feature in features {
            let state = &mut self.features[feature as usize];
            state.update(gradient, settings);
            self.weights[feature as usize] = *state.weights();
        }
    }
}

impl Learner {
    fn new(features: usize, settings: Settings) -> Self {
        let own = || States::new(if settings.doubled { features } else { 0 });
        Self { settings, shared: States::new(features), own: [own(), own()] }
    }

    /// Learns from one sentence; gives its loss before that.
    fn step(&mut self, example: &Numbered, random: &mut Random) -> f64 {
        if example.tags.is_empty() {
            return 0.0;
        }
        let settings = self.settings;
        let shown: Vec<Vec<u32>> = (0..example.tags.len())
            .map(|at| {
                let features = example.features_of(at).iter().copied();
                features.filter(|_| random.unit() >= settings.dropout).collect()
            })
            .collect();
        let scores: Vec<Row> = shown.iter().map(|features| self.scores(features, example.habits)).collect();
        let transitions = self.transitions(example.habits);
        let transitions = allowed(|from, to| transitions[from][to]);
        let chain = Chain::new(&scores, &transitions);
        let mut loss = f64::from(chain.log_total);
        let mut pairs = chain.pairs;
        for (at, features) in shown.iter().enumerate() {
            let gold = usize::from(example.tags[at]);
            loss -= f64::from(scores[at][gold]);
            if at > 0 {
                let before = usize::from(example.tags[at - 1]);
                loss -= f64::from(transitions[before][gold]);
                pairs[before][gold] -= 1.0;
            }
            let mut gradient = chain.marginals[at];
            gradient[gold] -= 1.0;
            let gradient = gradient.map(|g| g * example.weight);
            if gradient.iter().all(|g| g.abs() < LEAST) {
                continue;
            }
            self.shared.update(features, &gradient, &settings);
            if settings.doubled {
                self.own[example.habits as usize].update(features, &gradient, &settings);
            }
        }
        for (from, row) in pairs.iter().enumerate() {
            let gradient = row.map(|g| g * example.weight);
            self.shared.transitions[from].update(&gradient, &settings);
            self.own[example.habits as usize].transitions[from].update(&gradient, &settings);
        }
        loss * f64::from(example.weight)
    }

    fn scores(&self, features: &[u32], habits: Habits) -> Row {
        let mut scores = sum(features.iter().map(|&feature| self.shared.weights[feature as usize]));
        if self.settings.doubled {
            let own = &self.own[habits as usize].weights;
            let own = sum(features.iter().map(|&feature| own[feature as usize]));
            scores = sum([scores, own].into_iter());
        }
        scores.map(|score| score / (1.0 - self.settings.dropout))
    }

    fn transitions(&self, habits: Habits) -> [Row; TAGS] {
        let own = &self.own[habits as usize].transitions;
        std::array::from_fn(|from| {
            sum([*self.shared.transitions[from].weights(), *own[from].weights()].into_iter())
        })
    }
}

/// Weights, the mean of several runs: what only one order of the sentences brought about evens out.
struct Weights {
    features: Vec<Row>,
    transitions: [Row; TAGS],
}

impl Weights {
    fn new(features: usize) -> Self {
        Self { features: vec![[0.0; TAGS]; features], transitions: [[0.0; TAGS]; TAGS] }
    }

    fn add(&mut self, learner: &Learner, habits: Habits, share: f32) {
        for states in [&learner.shared, &learner.own[habits as usize]] {
            let rows = self.features.iter_mut().zip(&states.features);
            for (row, state) in rows.chain(self.transitions.iter_mut().zip(&states.transitions)) {
                for (sum, weight) in row.iter_mut().zip(state.weights()) {
                    *sum += weight * share;
                }
            }
        }
    }

    /// The model file: the strongest features, weights in 1/`unit`.
    fn write(&self, features: &[Feature], settings: &Settings) -> Vec<u8> {
        let strength = |row: &Against| row.iter().map(|w| w.abs()).fold(0.0, f32::max);
        let mut rows: Vec<(f32, Feature, Against)> = self
            .features
            .iter()
            .zip(features)
            .map(|(row, &feature)| {
                let row = against_none(row);
                (strength(&row), feature, row)
            })
            .collect();
        rows.retain(|(strength, ..)| *strength > 0.0);
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        eprintln!("{} features with weight, {} kept", rows.len(), rows.len().min(settings.kept));
        rows.truncate(settings.kept);
        // A few weights may be cut off at ±127, so that small ones keep their precision.
        let strongest = rows.get(rows.len() / 2000).map_or(1.0, |row| row.0);
        let unit = 127.0 / strongest.max(0.1);
        let mut bytes = Vec::new();
        for row in &self.transitions {
            for weight in row {
                bytes.extend(((weight * unit).round() as i16).to_le_bytes());
            }
        }
        bytes.extend(((settings.echo * unit).round() as i16).to_le_bytes());
        bytes.extend((unit.round() as i16).to_le_bytes());
        let rows: BTreeMap<Feature, weights::Row> = rows
            .iter()
            .map(|(_, feature, row)| (*feature, row.map(|weight| (weight * unit).round() as i8)))
            .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
            .collect();
        bytes.extend(weights::build(&rows));
        bytes
    }
}

/// Sums over all tag sequences of one sentence.
struct Chain {
    log_total: f32,
    marginals: Vec<Row>,
    /// Expected number of times that one tag follows another.
    pairs: [Row; TAGS],
}

impl Chain {
    fn new(scores: &[Row], transitions: &[Row; TAGS]) -> Self {
        let steps: [Row; TAGS] = transitions.map(|row| row.map(f32::exp));
        let mut log_total = 0.0;
        let mut local = Vec::with_capacity(scores.len());
        let mut forward: Vec<Row> = Vec::with_capacity(scores.len());
        for (at, row) in scores.iter().enumerate() {
            let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let here = row.map(|score| (score - highest).exp());
            let mut sums: Row = [0.0; TAGS];
            for to in 0..TAGS {
                let before = match forward.last() {
                    None => f32::from(u8::from(!is_inside(to))),
                    Some(last) => (0..TAGS).map(|from| last[from] * steps[from][to]).sum(),
                };
                sums[to] = before * here[to];
            }
            let total: f32 = sums.iter().sum();
            log_total += total.ln() + highest;
            forward.push(sums.map(|s| s / total));
            local.push((here, total));
            debug_assert!(total > 0.0, "token {at} has no tag");
        }
        let mut marginals = vec![[0.0; TAGS]; scores.len()];
        let mut pairs = [[0.0; TAGS]; TAGS];
        let mut backward: Row = [1.0; TAGS];
        for at in (0..scores.len()).rev() {
            marginals[at] = std::array::from_fn(|tag| forward[at][tag] * backward[tag]);
            if at == 0 {
                break;
            }
            let (here, total) = &local[at];
            let ahead: Row = std::array::from_fn(|to| here[to] * backward[to] / total);
            for from in 0..TAGS {
                for to in 0..TAGS {
                    pairs[from][to] += forward[at - 1][from] * steps[from][to] * ahead[to];
                }
            }
            backward = std::array::from_fn(|from| (0..TAGS).map(|to| steps[from][to] * ahead[to]).sum());
        }
        Self { log_total, marginals, pairs }
    }
}

/// `SplitMix64`: numbers that are the same on every machine.
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number in `0.0..1.0`.
    pub fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Puts `items` into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let at = (self.next() % (end as u64 + 1)) as usize;
            items.swap(end, at);
        }
    }
}
