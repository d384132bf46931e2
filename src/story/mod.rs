//! One story told by several newsrooms: which articles tell it, what all of them tell, where their numbers differ, and what is new in
//! the latest. Pure.
//!
//! 1. [`account`]: an article as digests of its words, names and figures: enough for all comparisons, and no text;
//! 2. [`same`]: whether two accounts tell one event;
//! 3. [`differing`]: the same thing counted differently;
//! 4. [`merged`]: one summary of several briefs;
//! 5. [`news`]: what none of the earlier accounts had.

pub mod account;
mod clause;
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
pub use news::News;

use crate::brief::{Brief, Content};
use crate::learnt::Learnt;
use linear::Linear;

/// The three learnt decisions (`training/stories/`, `data/stories.tsv`).
#[derive(Debug, Default)]
pub(crate) struct Models {
    /// Whether two accounts tell one event.
    pub same: Linear,
    /// Whether a piece is new to those who read the earlier accounts.
    pub new: Linear,
    /// Whether another account tells a piece too.
    pub told: Linear,
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let text = Learnt::Stories.text();
    let read = |name| Linear::parse(text, name).unwrap_or_default();
    Models { same: read("same"), new: read("new"), told: read("told") }
});

/// Articles that tell one story.
#[derive(Debug, Default)]
pub struct Story {
    /// Their places among what was given.
    pub places: Vec<usize>,
    /// Their briefs, in order.
    pub briefs: Vec<Brief>,
    /// Their accounts.
    pub accounts: Vec<Account>,
    /// Their summary.
    pub merged: Merged,
    /// What they count differently.
    pub differences: Vec<Difference>,
    /// Of a single article: what is new in it to those who were told of its story.
    pub news: Option<News>,
}

/// The stories that `briefs` tell to those who were `told` some before; with each brief comes its place, and a story stands at that of its
/// first. Articles with the same words are one. All accounts are made with `key`.
#[must_use]
pub fn stories(briefs: Vec<(usize, Brief)>, told: &[Account], key: &Key) -> Vec<Story> {
    // A bulletin tells many stories; an empty account is like no other.
    let account = |brief: &Brief| match brief.content {
        Content::Story => Account::of_brief(brief, key),
        Content::Bulletin { .. } => Account::default(),
    };
    let accounts: Vec<Account> = briefs.iter().map(|(_, brief)| account(brief)).collect();
    let groups = same::group(&accounts);
    let mut read: Vec<Option<(usize, Brief, Account)>> =
        briefs.into_iter().zip(accounts).map(|((at, brief), account)| Some((at, brief, account))).collect();
    let mut stories = Vec::with_capacity(groups.len());
    for group in groups {
        let mut told: Vec<(usize, Brief, Account)> = Vec::new();
        for one in group.into_iter().filter_map(|member| read[member].take()) {
            if told.iter().all(|other| other.1.article.body != one.1.article.body) {
                told.push(one);
            }
        }
        stories.push(Story::of(told, key));
    }
    // Of which no piece can stand beside others is told alone.
    let mut stories: Vec<Story> = stories
        .into_iter()
        .flat_map(|story| if story.has_pieces() { vec![story] } else { story.apart(key) })
        .collect();
    for story in &mut stories {
        if let ([brief], [account]) = (story.briefs.as_slice(), story.accounts.as_slice()) {
            story.news = news::find(brief, account, told, key);
        }
    }
    stories.sort_by_key(|story| story.places.first().copied());
    stories
}

impl Story {
    fn of(told: Vec<(usize, Brief, Account)>, key: &Key) -> Self {
        let mut story = Self::default();
        for (place, brief, account) in told {
            story.places.push(place);
            story.briefs.push(brief);
            story.accounts.push(account);
        }
        let accounts: Vec<&Account> = story.accounts.iter().collect();
        story.merged = merged::merge(&story.briefs.iter().collect::<Vec<_>>(), &accounts, key);
        story.differences = differing::find(&accounts);
        story
    }

    /// Its articles, each a story of its own.
    fn apart(self, key: &Key) -> Vec<Self> {
        let all = self.places.into_iter().zip(self.briefs).zip(self.accounts);
        all.map(|((place, brief), account)| Self::of(vec![(place, brief, account)], key)).collect()
    }

    /// Whether there is anything to tell of it.
    #[must_use]
    pub fn has_pieces(&self) -> bool {
        match self.briefs.as_slice() {
            [brief] => !brief.sentences.is_empty(),
            _ => !self.merged.bullets.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests;
