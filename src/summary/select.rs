//! Selection as one optimisation: worth, coverage and redundancy under a budget, in bundles.
//!
//! The value of a set of sentences is a monotone submodular function (after Lin and Bilmes, 2011:
//! "A class of submodular functions for document summarization"): a sentence spreads its worth over
//! its terms, and a term that is shown twice counts little the second time. Lazy greedy choice by
//! value for cost. (Exchanging chosen sentences for others afterwards, while the value grows, was
//! tried: it fills the budget better and agrees less with human summaries.)

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
const REDUNDANCY: f32 = 0.2;

/// How much is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Never more than this, one sentence apart.
    pub most: usize,
    /// Nothing is added once so much is shown.
    pub enough: usize,
    /// Sentences that share so much of the lighter one's weight are never shown together, 0 to 1.
    pub same: f32,
}

/// Chooses bundles from `pool` within `limits`; gives back sentences, ascending.
///
/// One sentence is always chosen, whatever it costs, if there is a bundle of one.
#[must_use]
pub fn select(pool: &Pool<'_>, limits: Limits) -> Vec<usize> {
    let mut choice = greedy(pool, limits);
    if choice.roots.is_empty()
        && let Some(only) = best_alone(pool)
    {
        choice.add(pool, only);
    }
    choice.sentences()
}

/// Where nothing fits: the sentence that is worth most for its cost of those that lean on nothing.
fn best_alone(pool: &Pool<'_>) -> Option<usize> {
    let alone = (0..pool.bundles.len()).filter(|&b| pool.bundles[b].members.len() == 1);
    let rate = |b: usize| {
        let root = pool.bundles[b].root;
        pool.values[root] / pool.costs[root].max(1) as f32
    };
    alone.max_by(|&a, &b| rate(a).total_cmp(&rate(b)).then(b.cmp(&a)))
}

/// A set of chosen bundles and what they show.
#[derive(Clone, Debug)]
struct Choice {
    roots: Vec<usize>,
    shown: Vec<bool>,
    best: Vec<f32>,
    cost: usize,
}

impl Choice {
    fn new(pool: &Pool<'_>) -> Self {
        Self {
            roots: Vec::new(),
            shown: vec![false; pool.values.len()],
            best: vec![0.0; pool.terms.len()],
            cost: 0,
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
        self.cost += self.gain(pool, bundle).0;
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

    fn repeats(&self, pool: &Pool<'_>, bundle: usize, same: f32) -> bool {
        let members = &pool.bundles[bundle].members;
        self.roots
            .iter()
            .flat_map(|&r| &pool.bundles[r].members)
            .any(|&a| members.iter().any(|&b| a != b && pool.terms.overlap(a, b) >= same))
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

fn greedy(pool: &Pool<'_>, limits: Limits) -> Choice {
    let mut choice = Choice::new(pool);
    let entry = |choice: &Choice, bundle| {
        let (cost, value) = choice.gain(pool, bundle);
        (cost, Entry { rate: value / cost.max(1) as f32, bundle })
    };
    let mut queue: BinaryHeap<Entry> = (0..pool.bundles.len()).map(|b| entry(&choice, b).1).collect();
    while let Some(top) = queue.pop() {
        let (cost, now) = entry(&choice, top.bundle);
        if choice.cost >= limits.enough {
            break;
        }
        if cost == 0 || choice.cost + cost > limits.most || choice.repeats(pool, top.bundle, limits.same) {
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
