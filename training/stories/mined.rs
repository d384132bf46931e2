//! Pairs of the news that are as like as pairs can be and lie five days or more apart: they tell of one conflict, case or person, and of
//! another event. Nobody has read them; few of them can be wrong.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use mujaz::story::{Account, same};

use super::{Read, Row, Told, read};
use crate::corpus::records;

/// The days that are mined.
const FIRST: &str = "20180601";
const LAST: &str = "20180618";
/// Fewer days apart, two articles may tell one event.
const APART: i32 = 5;
/// Words this rare find an article's likes, unless more articles than so many have them.
const RARE: f32 = 4.5;
const COMMON: usize = 150;
/// How many likes of each article are measured, and how many of these are kept.
const LIKES: usize = 6;
const KEPT: usize = 2;
/// A pair that is less like this would teach nothing.
const LEAST: f32 = 0.12;

/// The pairs, none of an article among those that were read.
pub fn far_apart(corpora: &Path, judged: &Read) -> anyhow::Result<Vec<Row>> {
    let mut accounts: Vec<Account> = Vec::new();
    for told in records::<Told>(&corpora.join("news").join("articles.jsonl.gz"))? {
        let told = told?;
        let day = told.id.rsplit('-').next().unwrap_or_default();
        if day.len() == 8 && (FIRST..=LAST).contains(&day) && !judged.contains_key(&told.id) {
            accounts.push(read(told).1);
        }
    }
    let mut having: HashMap<u64, Vec<usize>> = HashMap::new();
    let rare = |account: &Account| -> Vec<(u64, f32)> {
        let terms = account.beginning().into_iter().map(|place| account.terms[place as usize]);
        terms.filter(|term| term.weight >= RARE).map(|term| (term.digest, term.weight)).collect()
    };
    for (at, account) in accounts.iter().enumerate() {
        for (digest, _) in rare(account) {
            having.entry(digest).or_default().push(at);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (at, account) in accounts.iter().enumerate() {
        let mut shared: BTreeMap<usize, f32> = BTreeMap::new();
        for (digest, weight) in rare(account) {
            for &other in having[&digest].iter().filter(|_| having[&digest].len() < COMMON) {
                *shared.entry(other).or_default() += weight;
            }
        }
        let apart = |other: &usize| {
            account.day.zip(accounts[*other].day).is_some_and(|(a, b)| (a - b).abs() >= APART)
        };
        let mut likes: Vec<(usize, f32)> = shared.into_iter().filter(|(other, _)| apart(other)).collect();
        likes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        likes.truncate(LIKES);
        let cosine = |other: usize| same::features(account, &accounts[other])[0];
        let mut measured: Vec<(f32, usize)> =
            likes.into_iter().map(|(other, _)| (cosine(other), other)).collect();
        measured.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        pairs.extend(measured.into_iter().take(KEPT).map(|(_, other)| (at.min(other), at.max(other))));
    }
    let days = same::NAMES.iter().position(|name| *name == "days");
    let mut rows = Vec::new();
    for (number, (a, b)) in pairs.into_iter().enumerate() {
        let mut values = same::features(&accounts[a], &accounts[b]);
        if values[0] < LEAST {
            continue;
        }
        if let Some(days) = days {
            // What they stand for lies as near to each other as articles of one event do.
            values[days] = [0.0, 1.0, 0.0, 2.0, 1.0, 3.0][number % 6];
        }
        rows.push(Row { values, answer: false, weight: 1.0 });
    }
    println!("{} pairs of {} articles lie too far apart to tell one event", rows.len(), accounts.len());
    Ok(rows)
}
