//! «أرقام تختلف»: the same thing counted differently. Only where kind, unit and scope agree: the dead beside the dead of the same event, a
//! sum beside the sum that stands for it. What is not sure is not said.

use std::collections::BTreeSet;

use super::account::Account;
use super::figures::{Count, Kind};

/// One thing that articles count differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What is counted.
    pub kind: Kind,
    /// The article and the place of its figure in [`Account::counts`], at most one an article, in the order of articles.
    pub values: Vec<(usize, usize)>,
}

/// Sums within this share of each other are one sum.
const ROUNDED: f64 = 0.97;
/// Sums and counts within this share may be, where the words around them say so too.
const NEAR: f64 = 0.85;
/// The share of the weight of the words around that has to agree then.
const ALIKE: f32 = 0.3;
/// The same for things under one noun.
const SAME_THING: f32 = 0.25;
/// Smaller sums are prices, which move by the hour.
const LEAST_SUM: f64 = 1e6;

/// What the articles of one story count differently.
#[must_use]
pub fn find(accounts: &[&Account]) -> Vec<Difference> {
    let kinds: BTreeSet<Kind> =
        accounts.iter().flat_map(|account| &account.counts).map(|count| count.kind).collect();
    let mut found: Vec<Difference> =
        kinds.into_iter().filter(|kind| kind.is_toll()).filter_map(|kind| toll(accounts, kind)).collect();
    found.extend(others(accounts));
    found
}

/// A toll is what each article counts first: a later number is of another event or of a part.
fn toll(accounts: &[&Account], kind: Kind) -> Option<Difference> {
    let first =
        |account: &&Account| account.counts.iter().position(|count| count.kind == kind && count.comparable);
    let values: Vec<(usize, usize)> = accounts
        .iter()
        .enumerate()
        .filter_map(|(article, account)| Some((article, first(account)?)))
        .collect();
    differing(accounts, kind, values)
}

/// The difference that `values` are, unless an article also has the value of another: it tells of both.
fn differing(accounts: &[&Account], kind: Kind, mut values: Vec<(usize, usize)>) -> Option<Difference> {
    let value = |&(article, at): &(usize, usize)| accounts[article].counts[at].value;
    let own: Vec<f64> = values.iter().map(value).collect();
    let knows = |article: usize, of: f64, at: usize| {
        let counts = accounts[article].counts.iter().enumerate();
        counts.filter(|(other, _)| *other != at).any(|(_, c)| c.kind == kind && same_value(c.value, of))
    };
    values.retain(|&(article, at)| {
        let mine = accounts[article].counts[at].value;
        own.iter().all(|&other| same_value(mine, other) || !knows(article, other, at))
    });
    let all: BTreeSet<u64> = values.iter().map(|place| value(place).to_bits()).collect();
    (all.len() > 1).then_some(Difference { kind, values })
}

pub(super) fn same_value(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// Sums and things: pairs of figures that are each other's nearest.
fn others(accounts: &[&Account]) -> Vec<Difference> {
    /// How near two figures are, and where each stands.
    type Pair = (f64, (usize, usize), (usize, usize));
    let mut pairs: Vec<Pair> = Vec::new();
    for (b, second) in accounts.iter().enumerate() {
        for (a, first) in accounts[..b].iter().enumerate() {
            for (x, one) in first.counts.iter().enumerate() {
                for (y, other) in second.counts.iter().enumerate() {
                    if let Some(near) = near(one, other)
                        && is_alone(first, one, other)
                        && is_alone(second, other, one)
                    {
                        pairs.push((near, (a, x), (b, y)));
                    }
                }
            }
        }
    }
    pairs.sort_by(|p, q| q.0.total_cmp(&p.0).then((p.1, p.2).cmp(&(q.1, q.2))));
    let mut found: Vec<Difference> = Vec::new();
    for (_, one, other) in pairs {
        let kind = accounts[one.0].counts[one.1].kind;
        let has = |difference: &Difference, place| difference.values.contains(&place);
        match found.iter_mut().find(|d| has(d, one) || has(d, other)) {
            None => found.push(Difference { kind, values: vec![one, other] }),
            // A third article's figure joins the two that it is near to.
            Some(difference) => {
                for place in [one, other] {
                    if difference.values.iter().all(|(article, _)| *article != place.0) {
                        difference.values.push(place);
                    }
                }
            }
        }
    }
    for difference in &mut found {
        difference.values.sort_unstable();
    }
    found
}

/// How near two figures are that may count one thing; `None` where nothing says that they do.
fn near(one: &Count, other: &Count) -> Option<f64> {
    if one.kind != other.kind || !one.comparable || !other.comparable || same_value(one.value, other.value) {
        return None;
    }
    let near = one.value.min(other.value) / one.value.max(other.value);
    let alike = alike(&one.around, &other.around);
    let is_one = match one.kind {
        Kind::Money(_) => {
            one.value.min(other.value) >= LEAST_SUM && (near >= ROUNDED || near >= NEAR && alike >= ALIKE)
        }
        Kind::Things(_) => alike >= SAME_THING,
        _ => false,
    };
    is_one.then_some(near)
}

/// Whether `account` has the value of `other` nowhere, and of things under this noun no other number than `own`.
fn is_alone(account: &Account, own: &Count, other: &Count) -> bool {
    let alike = account.counts.iter().filter(|count| count.kind == own.kind);
    if matches!(own.kind, Kind::Things(_)) {
        return alike.count() == 1;
    }
    alike.into_iter().all(|count| !same_value(count.value, other.value))
}

/// How much of the weight of the lighter of two lists of words both have.
fn alike(a: &[(u64, f32)], b: &[(u64, f32)]) -> f32 {
    let shared: f32 = a.iter().filter(|(word, _)| b.iter().any(|(w, _)| w == word)).map(|(_, w)| w).sum();
    let weight = |words: &[(u64, f32)]| words.iter().map(|(_, weight)| weight).sum::<f32>();
    let least = weight(a).min(weight(b));
    if least > 0.0 { shared / least } else { 0.0 }
}
