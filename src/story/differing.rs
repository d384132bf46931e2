//! «أرقام تختلف»: the same thing counted differently. Only where kind, unit and scope agree: the dead beside the dead of the same event, a
//! sum beside the sum that stands for it; and only where the numbers cannot be one. What is not sure is not said.

use super::account::{Account, Place, sum, union};
use super::figures::{Count, Kind, is_same_value};
use super::same::Pair;

/// One thing that articles count differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What is counted.
    pub kind: Kind,
    /// The article and the place of its figure in [`Account::counts`], at most one an article, in the order of articles.
    pub values: Vec<(usize, usize)>,
}

/// Sums nearer to each other are one sum, counted in other currencies or rounded.
const ROUNDED: f64 = 0.97;
/// Sums further from each other are two sums.
const NEAR: f64 = 0.85;
/// The share of the weight of the words around two sums that has to agree.
const ALIKE: f32 = 0.3;
/// Smaller sums are prices, which move by the hour.
const LEAST_SUM: f64 = 1e6;

const TOLLS: [Kind; 4] = [Kind::Killed, Kind::Injured, Kind::Missing, Kind::Aboard];

/// What the articles of one story count differently.
#[must_use]
pub fn find(accounts: &[&Account]) -> Vec<Difference> {
    tolls(accounts).into_iter().chain(sums(accounts)).collect()
}

/// The tolls that they tell differently.
#[must_use]
pub fn tolls(accounts: &[&Account]) -> Vec<Difference> {
    TOLLS.into_iter().filter_map(|kind| toll(accounts, kind)).collect()
}

fn toll(accounts: &[&Account], kind: Kind) -> Option<Difference> {
    let told = accounts.iter().enumerate();
    let mut values: Vec<(usize, usize)> =
        told.filter_map(|(article, account)| Some((article, own(account, kind)?))).collect();
    let count = |&(article, at): &(usize, usize)| &accounts[article].counts[at];
    // A toll «since Sunday» stands beside another such one, or beside none.
    if values.iter().any(|value| !count(value).since) {
        values.retain(|value| !count(value).since);
    }
    let all = values.clone();
    values.retain(|value| {
        let others = || all.iter().filter(|other| other.0 != value.0);
        let (own, article) = (count(value), accounts[value.0]);
        others().any(|other| is_of(article, own, accounts[other.0]))
            && others().all(|other| !is_known_to(article, own, count(other)))
    });
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for value in values {
        let own = count(&value);
        // «نحو 200» says nothing else than 199 does.
        if kept.iter().map(count).all(|told| is_same_value(told.value, own.value) || !told.can_be(own)) {
            kept.push(value);
        }
    }
    let differs = kept.iter().any(|value| !is_same_value(count(value).value, count(&kept[0]).value));
    differs.then_some(Difference { kind, values: kept })
}

/// The toll that an article tells as its own: the one that its headline has, or the first, unless a greater one stands as early, of which
/// that one may be a part.
fn own(account: &Account, kind: Kind) -> Option<usize> {
    let told =
        || account.counts.iter().enumerate().filter(|(_, count)| count.kind == kind && count.is_comparable);
    if let Some((titled, _)) = told().find(|(_, count)| count.is_titled) {
        return Some(titled);
    }
    let (first, count) = told().next()?;
    told().all(|(_, other)| other.value <= count.value).then_some(first)
}

/// Whether `count` is of the event that `other` tells: it stands in its own article's headline, or in a sentence that has to do with what
/// `other` opens with.
fn is_of(account: &Account, count: &Count, other: &Account) -> bool {
    if count.is_titled {
        return true;
    }
    let Some(sentence) = account.sentences.get(count.sentence) else { return false };
    let opening: Vec<Place> = union(other.sentences.iter().take(2).chain([&other.title]));
    let shared = Pair::new(account, other).common(sentence, &opening);
    shared.iter().any(|&place| account.terms[place as usize].is_rare_word())
}

/// Whether `account` tells the number of `other` too, beside its `own`: it knows of both.
fn is_known_to(account: &Account, own: &Count, other: &Count) -> bool {
    !is_same_value(own.value, other.value)
        && account.counts.iter().any(|count| {
            (count.kind == own.kind || count.kind == Kind::Other) && is_same_value(count.value, other.value)
        })
}

/// Pairs of sums that are each other's nearest.
fn sums(accounts: &[&Account]) -> Vec<Difference> {
    /// How near two figures are, and where each stands.
    type Pair = (f64, (usize, usize), (usize, usize));
    let mut pairs: Vec<Pair> = Vec::new();
    for (b, second) in accounts.iter().enumerate() {
        for (a, first) in accounts[..b].iter().enumerate() {
            for (x, one) in first.counts.iter().enumerate() {
                for (y, other) in second.counts.iter().enumerate() {
                    if let Some(near) = near(one, other)
                        && !is_known_to(first, one, other)
                        && !is_known_to(second, other, one)
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

/// How near two sums are that may be one thing's; `None` where nothing says that they are, or where they may be one sum.
fn near(one: &Count, other: &Count) -> Option<f64> {
    let is_sum = |count: &Count| {
        matches!(count.kind, Kind::Money(_)) && count.is_comparable && count.value >= LEAST_SUM
    };
    if !is_sum(one) || !is_sum(other) || one.kind != other.kind || one.can_be(other) {
        return None;
    }
    let near = one.value.min(other.value) / one.value.max(other.value);
    ((NEAR..ROUNDED).contains(&near) && alike(&one.around, &other.around) >= ALIKE).then_some(near)
}

/// How much of the weight of the lighter of two lists of words both have.
fn alike(a: &[(u64, f32)], b: &[(u64, f32)]) -> f32 {
    let weight = |words: &[(u64, f32)]| sum(words.iter().map(|(_, weight)| *weight));
    let shared = sum(a.iter().filter(|(word, _)| b.iter().any(|(w, _)| w == word)).map(|(_, w)| *w));
    let least = weight(a).min(weight(b));
    if least > 0.0 { shared / least } else { 0.0 }
}
