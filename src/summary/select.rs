//! Selection as one optimisation: worth, coverage and redundancy under a budget, in bundles.
//!
//! The value of a set of sentences is a monotone submodular function (after Lin and Bilmes, 2011:
//! "A class of submodular functions for document summarization"): a sentence spreads its worth over
//! its terms, and a term that is shown twice counts little the second time. Lazy greedy choice by
//! value for cost, then exchanges while they help.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::terms::Terms;

/// What may be chosen together: a sentence with those it leans on, in source order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The sentence that is wanted.
    pub root: usize,
    /// All that is shown with it, itself included, ascending.
    pub members: Vec<usize>,
}

/// What the selection works on; each list has one entry for each sentence.
#[derive(Clone, Debug)]
pub struct Pool<'a> {
    /// The terms of the document.
    pub terms: &'a Terms,
    /// What a sentence is worth when it is shown alone.
    pub values: Vec<f32>,
    /// What showing it costs, in units of the budget.
    pub costs: Vec<usize>,
    /// What can be chosen.
    pub bundles: Vec<Bundle>,
}

/// How much of a term's value is lost when another chosen sentence has shown it better.
const REDUNDANCY: f32 = 0.8;

/// Sentences with so much in common are never shown together.
pub const SAME: f32 = 0.7;

/// Exchanges are tried only while bundles × chosen stays under this, so that long texts stay linear.
const EXCHANGES: usize = 20_000;

/// Chooses bundles from `pool` within `budget`; gives back sentences, ascending.
///
/// One bundle is always chosen, whatever it costs, if there is one.
#[must_use]
pub fn select(pool: &Pool<'_>, budget: usize) -> Vec<usize> {
    let mut choice = greedy(pool, budget);
    if choice.roots.is_empty()
        && let Some(only) = cheapest(pool, budget)
    {
        choice.add(pool, only);
    }
    exchange(pool, budget, &mut choice);
    choice.sentences()
}

/// Where nothing fits: the bundle that is worth most for its cost, taken alone without what it leans on.
fn cheapest(pool: &Pool<'_>, _budget: usize) -> Option<usize> {
    (0..pool.bundles.len()).filter(|&b| pool.bundles[b].members.len() == 1).max_by(|&a, &b| {
        let rate =
            |i: usize| pool.values[pool.bundles[i].root] / pool.costs[pool.bundles[i].root].max(1) as f32;
        rate(a).total_cmp(&rate(b)).then(b.cmp(&a))
    })
}

/// A set of chosen bundles and what they show.
#[derive(Clone, Debug)]
struct Choice {
    roots: Vec<usize>,
    shown: Vec<bool>,
    best: Vec<f32>,
    cost: usize,
    value: f32,
}

impl Choice {
    fn new(pool: &Pool<'_>) -> Self {
        Self {
            roots: Vec::new(),
            shown: vec![false; pool.values.len()],
            best: vec![0.0; pool.terms.len()],
            cost: 0,
            value: 0.0,
        }
    }

    /// What `bundle` would cost more and be worth more.
    fn gain(&self, pool: &Pool<'_>, bundle: usize) -> (usize, f32) {
        let (mut cost, mut value) = (0, 0.0);
        for &sentence in &pool.bundles[bundle].members {
            if self.shown[sentence] {
                continue;
            }
            cost += pool.costs[sentence];
            let terms = pool.terms.of(sentence);
            let weight = pool.terms.weight_of(terms);
            let rate = if weight > 0.0 { pool.values[sentence] / weight } else { 0.0 };
            for &term in terms {
                let share = rate * pool.terms.weight(term);
                let more = (share - self.best[term as usize]).max(0.0);
                value += REDUNDANCY.mul_add(more, (1.0 - REDUNDANCY) * share);
            }
        }
        (cost, value)
    }

    fn add(&mut self, pool: &Pool<'_>, bundle: usize) {
        let (cost, value) = self.gain(pool, bundle);
        self.cost += cost;
        self.value += value;
        self.roots.push(bundle);
        for &sentence in &pool.bundles[bundle].members {
            self.shown[sentence] = true;
            let terms = pool.terms.of(sentence);
            let weight = pool.terms.weight_of(terms);
            let rate = if weight > 0.0 { pool.values[sentence] / weight } else { 0.0 };
            for &term in terms {
                let best = &mut self.best[term as usize];
                *best = best.max(rate * pool.terms.weight(term));
            }
        }
    }

    fn repeats(&self, pool: &Pool<'_>, bundle: usize) -> bool {
        let members = &pool.bundles[bundle].members;
        self.roots
            .iter()
            .flat_map(|&r| &pool.bundles[r].members)
            .any(|&a| members.iter().any(|&b| a != b && pool.terms.overlap(a, b) >= SAME))
    }

    fn sentences(&self) -> Vec<usize> {
        (0..self.shown.len()).filter(|&s| self.shown[s]).collect()
    }
}

/// A bundle in the queue of the lazy greedy choice, with its rate when it was last looked at.
#[derive(PartialEq)]
struct Entry {
    rate: f32,
    bundle: usize,
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rate.total_cmp(&other.rate).then(other.bundle.cmp(&self.bundle))
    }
}

fn greedy(pool: &Pool<'_>, budget: usize) -> Choice {
    let mut choice = Choice::new(pool);
    let entry = |choice: &Choice, bundle| {
        let (cost, value) = choice.gain(pool, bundle);
        (cost, Entry { rate: value / cost.max(1) as f32, bundle })
    };
    let mut queue: BinaryHeap<Entry> = (0..pool.bundles.len()).map(|b| entry(&choice, b).1).collect();
    while let Some(top) = queue.pop() {
        let (cost, now) = entry(&choice, top.bundle);
        if cost == 0 || choice.cost + cost > budget || choice.repeats(pool, top.bundle) {
            continue;
        }
        if queue.peek().is_some_and(|next| *next > now) {
            queue.push(now);
        } else {
            choice.add(pool, now.bundle);
        }
    }
    choice
}

/// Exchanges one chosen bundle for one that is not, as long as the whole gains by it.
fn exchange(pool: &Pool<'_>, budget: usize, choice: &mut Choice) {
    for _ in 0..choice.roots.len() {
        if choice.roots.len() * pool.bundles.len() > EXCHANGES {
            return;
        }
        let mut better: Option<Choice> = None;
        for out in 0..choice.roots.len() {
            let mut rest = Choice::new(pool);
            for (i, &root) in choice.roots.iter().enumerate() {
                if i != out {
                    rest.add(pool, root);
                }
            }
            for bundle in 0..pool.bundles.len() {
                let (cost, value) = rest.gain(pool, bundle);
                let target = better.as_ref().map_or(choice.value, |b| b.value);
                if cost > 0
                    && rest.cost + cost <= budget
                    && rest.value + value > target + 1e-5
                    && !rest.repeats(pool, bundle)
                {
                    let mut candidate = rest.clone();
                    candidate.add(pool, bundle);
                    better = Some(candidate);
                }
            }
        }
        match better {
            Some(found) => *choice = found,
            None => return,
        }
    }
}
