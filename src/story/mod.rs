//! One story told by several newsrooms: which articles tell it, what all of them tell, where their numbers differ, and what is new in
//! the latest. Pure.
//!
//! 1. [`account`]: an article as digests of its words, names and figures: enough for all comparisons, and no text;
//! 2. [`same`]: whether two accounts tell one event;
//! 3. [`differing`]: the same thing counted differently;
//! 4. [`merged`]: one summary of several briefs;
//! 5. [`news`]: what none of the earlier accounts had.

pub mod account;
pub mod differing;
pub mod figures;
pub mod linear;
pub mod merged;
pub mod news;
pub mod same;

use std::sync::LazyLock;

pub use account::{Account, Key};
pub use differing::Difference;
pub use merged::{Bullet, Merged};

use crate::brief::{Brief, Content};
use crate::learnt::Learnt;
use linear::Linear;

/// The two learnt decisions (`training/stories/`, `data/stories.tsv`).
#[derive(Debug, Default)]
pub(crate) struct Models {
    /// Whether two accounts tell one event.
    pub same: Linear,
    /// Whether a piece is new to those who read the earlier accounts.
    pub new: Linear,
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let text = Learnt::Stories.text();
    let read = |name| Linear::parse(text, name).unwrap_or_default();
    Models { same: read("same"), new: read("new") }
});

/// Articles that tell one story.
#[derive(Debug)]
pub struct Story {
    /// The place of the first of them.
    pub place: usize,
    /// Their briefs, in order.
    pub briefs: Vec<Brief>,
    /// Their accounts.
    pub accounts: Vec<Account>,
    /// Their summary.
    pub merged: Merged,
    /// What they count differently.
    pub differences: Vec<Difference>,
}

/// The stories that `briefs` tell; with each brief comes its place, and a story stands at that of its first. Articles with the same words
/// are one.
#[must_use]
pub fn stories(briefs: Vec<(usize, Brief)>) -> Vec<Story> {
    let key = Key::default();
    // A bulletin tells many stories; an empty account is like no other.
    let account = |brief: &Brief| match brief.content {
        Content::Story => Account::of_brief(brief, &key),
        Content::Bulletin { .. } => Account::default(),
    };
    let accounts: Vec<Account> = briefs.iter().map(|(_, brief)| account(brief)).collect();
    let groups = same::group(&accounts);
    let mut read: Vec<Option<(usize, Brief, Account)>> =
        briefs.into_iter().zip(accounts).map(|((at, brief), account)| Some((at, brief, account))).collect();
    let mut stories = Vec::with_capacity(groups.len());
    for group in groups {
        let (mut place, mut briefs, mut accounts) = (usize::MAX, Vec::<Brief>::new(), Vec::new());
        for (at, brief, account) in group.into_iter().filter_map(|member| read[member].take()) {
            place = place.min(at);
            if briefs.iter().all(|other| other.article.body != brief.article.body) {
                briefs.push(brief);
                accounts.push(account);
            }
        }
        let told: Vec<&Account> = accounts.iter().collect();
        let merged = merged::merge(&briefs.iter().collect::<Vec<_>>(), &told, &key);
        let differences = differing::find(&told);
        stories.push(Story { place, briefs, accounts, merged, differences });
    }
    stories
}

#[cfg(test)]
mod tests;
