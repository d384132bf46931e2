//! «الجديد»: what the latest article tells that none of the earlier ones had.

use super::MODELS;
use super::account::{Account, Key, Place};
use super::merged::places;
use super::same::Pair;
use crate::brief::Brief;
use crate::summary::{self, Chosen};

/// What is measured of a piece.
pub const NAMES: [&str; 5] = ["unseen", "told", "terms", "rare_unseen", "new_figures"];

/// What the readers of some articles know: asked of pieces of one later article.
pub struct Known<'a> {
    latest: &'a Account,
    earlier: Vec<(Pair<'a>, &'a Account)>,
}

impl<'a> Known<'a> {
    /// What `earlier` articles told of what `latest` tells.
    #[must_use]
    pub fn new(latest: &'a Account, earlier: &[&'a Account]) -> Self {
        Self {
            latest,
            earlier: earlier.iter().map(|account| (Pair::new(latest, account), *account)).collect(),
        }
    }

    /// Whether a piece with the terms at `places` is sure to be new.
    #[must_use]
    pub fn is_new(&self, places: &[Place]) -> bool {
        !self.earlier.is_empty() && MODELS.new.margin(&self.features(places)) >= 0.0
    }

    /// The values of [`NAMES`] for a piece with the terms at `places`.
    #[must_use]
    pub fn features(&self, places: &[Place]) -> Vec<f32> {
        let whole = self.latest.weight(places).max(1e-6);
        let is_seen = |place: &Place| self.earlier.iter().any(|(pair, _)| pair.has(*place));
        let unseen: Vec<Place> = places.iter().copied().filter(|place| !is_seen(place)).collect();
        let rare = |place: &&Place| self.latest.terms[**place as usize].weight >= 4.0;
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
}

/// Pieces that are shown as new, at most.
const PIECES: usize = 3;

/// The pieces of the article of `brief` that are new beside the `earlier` accounts, in source order; `latest` is its own account, made with
/// `key`.
#[must_use]
pub fn pieces(brief: &Brief, latest: &Account, earlier: &[&Account], key: &Key) -> Vec<Chosen> {
    let known = Known::new(latest, earlier);
    let is_new = |span| known.is_new(&places(&brief.document, span, latest, key));
    let sentences = brief.document.sentences().iter().map(|sentence| is_new(sentence.span));
    let new: Vec<bool> = sentences.collect();
    if !new.contains(&true) {
        return Vec::new();
    }
    let mut pieces = summary::choose_among(&brief.document, &brief.facts, PIECES, &new);
    // A piece may be what is not new of its sentence.
    pieces.retain(|piece| is_new(piece.span));
    pieces
}
