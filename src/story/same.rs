//! Whether two accounts tell one event: shared rare words, headlines, names, places, figures and days, weighed by what was learnt from
//! pairs that a reader judged. A false yes would claim that two newsrooms agree, so in doubt the answer is no.

use std::collections::BTreeSet;

use super::MODELS;
use super::account::{Account, Place, sum, union};

/// What is measured of a pair.
pub const NAMES: [&str; 22] = [
    "cosine",
    "beginnings",
    "headlines_shared",
    "headlines",
    "headline_least",
    "headline_most",
    "rare",
    "rare_share",
    "headline_told_least",
    "headline_told_most",
    "people",
    "people_share",
    "places",
    "countries_share",
    "figures",
    "figures_share",
    "days",
    "leads",
    "openings",
    "opening_told_least",
    "opening_told_most",
    "topic",
];

/// Articles further apart than this never tell one event.
pub const DAYS: i32 = 3;

/// How far a pair is above the limit from which on it tells one event; articles more than [`DAYS`] apart never do.
#[must_use]
pub fn margin(a: &Account, b: &Account) -> f32 {
    if let (Some(a), Some(b)) = (a.day, b.day)
        && (a - b).abs() > DAYS
    {
        return f32::NEG_INFINITY;
    }
    MODELS.same.margin(&features(a, b))
}

/// How far below the limit the pairs within one story may be on average, where each article has one that is above.
const SLACK: f32 = 1.0;

/// The stories that `accounts` tell, each as the places of its articles in order: an article belongs to a story that one of its articles is
/// sure to share with it, and that it is like as a whole.
#[must_use]
pub fn group(accounts: &[Account]) -> Vec<Vec<usize>> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    let mut margins = vec![vec![0.0; accounts.len()]; accounts.len()];
    for b in 0..accounts.len() {
        for a in 0..b {
            let margin = margin(&accounts[a], &accounts[b]);
            (margins[a][b], margins[b][a]) = (margin, margin);
            if margin >= 0.0 {
                pairs.push((margin, a, b));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut story: Vec<usize> = (0..accounts.len()).collect();
    let members = |story: &[usize], of: usize| -> Vec<usize> {
        (0..story.len()).filter(|&at| story[at] == story[of]).collect()
    };
    for (_, a, b) in pairs {
        let (one, other) = (members(&story, a), members(&story, b));
        let between = || one.iter().flat_map(|&x| other.iter().map(move |&y| (x, y)));
        let sum: f32 = between().map(|(x, y)| margins[x][y]).sum();
        if story[a] != story[b] && sum / between().count() as f32 >= -SLACK {
            let (from, to) = (story[a].max(story[b]), story[a].min(story[b]));
            story.iter_mut().filter(|of| **of == from).for_each(|of| *of = to);
        }
    }
    (0..accounts.len()).filter(|&at| story[at] == at).map(|at| members(&story, at)).collect()
}

/// Words this rare tell stories apart.
const RARE: f32 = 5.0;

/// The values of [`NAMES`].
#[must_use]
pub fn features(a: &Account, b: &Account) -> Vec<f32> {
    let pair = Pair::new(a, b);
    let swapped = Pair::new(b, a);
    let (begin_a, begin_b) = (a.beginning(), b.beginning());
    let everything = |account: &Account| (0..account.terms.len() as Place).collect::<Vec<_>>();
    let (all_a, all_b) = (everything(a), everything(b));
    let rare = |account: &Account| -> Vec<Place> {
        (0..account.terms.len() as Place).filter(|&at| account.terms[at as usize].weight >= RARE).collect()
    };
    let beyond = |place: &Place| (a.terms[*place as usize].weight - 3.5).max(0.0);
    let shared_rare = sum(pair.common(&all_a, &all_b).iter().map(beyond).filter(|w| *w >= 1.0));
    let told = [pair.covered(&a.title, &begin_b), swapped.covered(&b.title, &begin_a)];
    let told_anywhere = [pair.covered(&a.title, &all_b), swapped.covered(&b.title, &all_a)];
    let (lead_a, lead_b) = (a.sentences.first(), b.sentences.first());
    let nothing = Vec::new();
    let (lead_a, lead_b) = (lead_a.unwrap_or(&nothing), lead_b.unwrap_or(&nothing));
    let open_a = union([&a.title, lead_a].into_iter());
    let open_b = union([&b.title, lead_b].into_iter());
    let best = |pair: &Pair<'_>, opening: &[Place], other: &Account| {
        let first = other.sentences.iter().take(6);
        first.map(|sentence| pair.covered(opening, sentence)).fold(0.0, f32::max)
    };
    let opening_told = [best(&pair, &open_a, b), best(&swapped, &open_b, a)];
    let values = |account: &Account| -> BTreeSet<u64> {
        account.counts.iter().filter(|c| c.is_telling()).map(|c| c.value.to_bits()).collect()
    };
    let (values_a, values_b) = (values(a), values(b));
    let most = |set: usize| (set as f32).min(4.0);
    vec![
        pair.cosine(),
        pair.dice(&begin_a, &begin_b),
        a.weight(&pair.common(&a.title, &b.title)) / 10.0,
        pair.dice(&a.title, &b.title),
        told[0].min(told[1]),
        told[0].max(told[1]),
        shared_rare.ln_1p(),
        pair.dice(&rare(a), &rare(b)),
        told_anywhere[0].min(told_anywhere[1]),
        told_anywhere[0].max(told_anywhere[1]),
        most(a.people.intersection(&b.people).count()),
        share(&a.people, &b.people),
        most(a.places.intersection(&b.places).count()),
        share(&a.countries, &b.countries),
        most(values_a.intersection(&values_b).count()),
        share(&values_a, &values_b),
        // Of what is not dated nothing is known.
        a.day.zip(b.day).map_or(1.0, |(a, b)| (a - b).abs() as f32),
        pair.dice(lead_a, lead_b),
        pair.dice(&open_a, &open_b),
        opening_told[0].min(opening_told[1]),
        opening_told[0].max(opening_told[1]),
        pair.common(&topic(a), &topic(b)).len() as f32,
    ]
}

/// How much of the smaller set both have.
fn share(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f32 {
    let least = a.len().min(b.len());
    if least == 0 { 0.0 } else { a.intersection(b).count() as f32 / least as f32 }
}

/// How much a term is of its article.
fn mass(account: &Account, place: Place) -> f32 {
    let term = account.terms[place as usize];
    (1.0 + f32::from(term.count.max(1)).ln()) * term.weight
}

/// So many of an article's weightiest terms are its topic, with all that weigh as much as the last of them.
const TOPIC: usize = 15;

fn topic(account: &Account) -> Vec<Place> {
    let mut all: Vec<(Place, f32)> =
        (0..account.terms.len() as Place).map(|place| (place, mass(account, place))).collect();
    all.sort_by(|x, y| y.1.total_cmp(&x.1));
    let least = all.get(TOPIC - 1).map_or(0.0, |(_, mass)| *mass);
    let mut topic: Vec<Place> =
        all.into_iter().take_while(|(_, mass)| *mass >= least).map(|(place, _)| place).collect();
    topic.sort_unstable();
    topic
}

/// Two accounts, with the place in the second of each term of the first.
pub(super) struct Pair<'a> {
    a: &'a Account,
    b: &'a Account,
    other: Vec<Option<Place>>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(a: &'a Account, b: &'a Account) -> Self {
        Self { a, b, other: a.terms.iter().map(|term| b.place(term.digest)).collect() }
    }

    /// The places in the first account of what the lists of both share.
    pub(super) fn common(&self, of_a: &[Place], of_b: &[Place]) -> Vec<Place> {
        let is_shared = |place: &Place| {
            self.other[*place as usize].is_some_and(|other| of_b.binary_search(&other).is_ok())
        };
        of_a.iter().copied().filter(is_shared).collect()
    }

    /// How much of the weight of `of_a` stands in `of_b`.
    pub(super) fn covered(&self, of_a: &[Place], of_b: &[Place]) -> f32 {
        let whole = self.a.weight(of_a);
        if whole > 0.0 { self.a.weight(&self.common(of_a, of_b)) / whole } else { 0.0 }
    }

    /// Whether the second account has the term at `place` of the first.
    pub(super) fn has(&self, place: Place) -> bool {
        self.other[place as usize].is_some()
    }

    fn dice(&self, of_a: &[Place], of_b: &[Place]) -> f32 {
        let whole = self.a.weight(of_a) + self.b.weight(of_b);
        if whole > 0.0 { 2.0 * self.a.weight(&self.common(of_a, of_b)) / whole } else { 0.0 }
    }

    fn cosine(&self) -> f32 {
        let length = |account: &Account| -> f32 {
            sum((0..account.terms.len()).map(|at| mass(account, at as Place).powi(2))).sqrt()
        };
        let both = self.other.iter().enumerate().filter_map(|(at, other)| Some((at as Place, (*other)?)));
        let dot = sum(both.map(|(x, y)| mass(self.a, x) * mass(self.b, y)));
        let lengths = length(self.a) * length(self.b);
        if lengths > 0.0 { dot / lengths } else { 0.0 }
    }
}
