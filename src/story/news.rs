//! «الجديد»: what the latest article tells that none of the earlier ones had.

use super::account::{Account, Key, Place, RARE, union};
use super::figures::{Kind, Told};
use super::merged::places;
use super::same::{self, Pair};
use super::{MODELS, differing};
use crate::brief::Brief;
use crate::summary::Chosen;

/// What is measured of a piece.
pub const NAMES: [&str; 5] = ["unseen", "told", "terms", "rare_unseen", "new_figures"];

/// What the readers of some articles know: asked of pieces of one later article.
pub struct Known<'a> {
    latest: &'a Account,
    earlier: Vec<(Pair<'a>, &'a Account)>,
    /// The rare terms of its headline and lead.
    opening: Vec<Place>,
}

impl<'a> Known<'a> {
    /// What `earlier` articles told of what `latest` tells.
    #[must_use]
    pub fn new(latest: &'a Account, earlier: &[&'a Account]) -> Self {
        let mut opening = union(latest.sentences.iter().take(1).chain([&latest.title]));
        opening.retain(|place| latest.terms[*place as usize].is_rare_word());
        let earlier = earlier.iter().map(|account| (Pair::new(latest, account), *account)).collect();
        Self { latest, earlier, opening }
    }

    /// Whether a piece of the story's sentence `at` with the terms at `places` is sure to be new.
    #[must_use]
    pub fn is_new(&self, places: &[Place], at: usize) -> bool {
        !self.earlier.is_empty() && self.is_of_story(at) && MODELS.new.margin(&self.features(places)) >= 0.0
    }

    /// The values of [`NAMES`] for a piece with the terms at `places`.
    #[must_use]
    pub fn features(&self, places: &[Place]) -> Vec<f32> {
        let whole = self.latest.weight(places).max(1e-6);
        let is_seen = |place: &Place| self.earlier.iter().any(|(pair, _)| pair.has(*place));
        let unseen: Vec<Place> = places.iter().copied().filter(|place| !is_seen(place)).collect();
        let rare = |place: &&Place| self.latest.terms[**place as usize].weight >= RARE;
        let figures = unseen.iter().filter(|place| self.latest.terms[**place as usize].number);
        let sentences = |account: &'a Account| account.sentences.iter().chain([&account.title]);
        let told = self.earlier.iter().flat_map(|(pair, account)| {
            sentences(account).map(|sentence| self.latest.weight(&pair.common(places, sentence)))
        });
        vec![
            self.latest.weight(&unseen) / whole,
            told.fold(0.0, f32::max) / whole,
            (places.len() as f32).ln_1p(),
            unseen.iter().filter(rare).count().min(6) as f32,
            figures.count().min(3) as f32,
        ]
    }

    /// Whether the story's sentence `at` shares a rare term with headline or lead, or follows one that does. Teasers of other stories under an
    /// article do neither, and are new to everybody.
    fn is_of_story(&self, at: usize) -> bool {
        let sentences = self.latest.sentences.iter().take(at + 1).skip(at.saturating_sub(1));
        sentences.flatten().any(|place| self.opening.binary_search(place).is_ok())
    }
}

/// Pieces that are shown as new, at most.
const PIECES: usize = 3;

/// The pieces of the article of `brief` that are new beside the `earlier` accounts, in source order; `latest` is its own account, made with
/// `key`.
#[must_use]
pub fn pieces(brief: &Brief, latest: &Account, earlier: &[&Account], key: &Key) -> Vec<Chosen> {
    let known = Known::new(latest, earlier);
    let story = brief.document.story();
    let is_new = |span, sentence: usize| {
        known.is_new(&places(&brief.document, span, latest, key), sentence - story.start)
    };
    // The lead tells the one event in other words.
    let sentences = brief.document.sentences().iter().enumerate();
    let new: Vec<bool> = sentences
        .map(|(at, sentence)| at > story.start && story.contains(&at) && is_new(sentence.span, at))
        .collect();
    if !new.contains(&true) {
        return Vec::new();
    }
    let mut pieces = brief.measured.choose_among(&brief.document, &brief.facts, PIECES, &new);
    // A piece may be what is not new of its sentence.
    pieces.retain(|piece| is_new(piece.span, piece.sentence));
    pieces
}

/// What is new in an article to a chat that was told of its story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// The place of the first article of the story among those that were told.
    pub first: usize,
    /// The pieces that none of them had, in source order.
    pub pieces: Vec<Chosen>,
    /// The figures that have changed.
    pub changed: Vec<Change>,
}

/// A figure that has changed since the story was told last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// What it counts.
    pub kind: Kind,
    /// The place of its figure among those of the article.
    pub figure: usize,
    /// What it was.
    pub old: f64,
}

/// What is new in the article of `brief` to those who were `told` these, in this order; nothing where none of them is sure to tell the same
/// story, or where the article is older than one that does. `latest` is its own account, and all were made with `key`.
#[must_use]
pub fn find(brief: &Brief, latest: &Account, told: &[Account], key: &Key) -> Option<News> {
    let (first, earlier): (Vec<usize>, Vec<&Account>) =
        told.iter().enumerate().filter(|(_, account)| same::margin(account, latest) >= 0.0).unzip();
    if earlier.iter().any(|account| latest.is_before(account)) {
        return None;
    }
    let news = News {
        first: *first.first()?,
        pieces: pieces(brief, latest, &earlier, key),
        changed: changed(latest, &earlier),
    };
    (!news.pieces.is_empty() || !news.changed.is_empty()).then_some(news)
}

/// The tolls of `latest` that have grown beyond those of all `earlier` ones, where both are told exactly; a smaller one may be an older one.
#[must_use]
pub fn changed(latest: &Account, earlier: &[&Account]) -> Vec<Change> {
    let all: Vec<&Account> = earlier.iter().copied().chain([latest]).collect();
    let change = |found: differing::Difference| {
        let count = |&(article, at): &(usize, usize)| &all[article].counts[at];
        let (own, others) = found.values.split_last().filter(|(own, _)| own.0 == earlier.len())?;
        let (new, old) = (count(own), count(others.last()?));
        let is_sure = new.told != Told::About
            && others.iter().map(count).all(|told| told.told == Told::Exactly && told.value < new.value);
        is_sure.then_some(Change { kind: found.kind, figure: new.figure, old: old.value })
    };
    differing::tolls(&all).into_iter().filter_map(change).collect()
}
