//! One summary of several articles of one story: what several tell is said once, with all who tell it.

use foldhash::HashSet;

use super::account::{Account, Key, Place};
use super::news::Known;
use super::same::Pair;
use crate::brief::Brief;
use crate::summary::words::count_words;
use crate::summary::{Chosen, coherence, terms};
use crate::text::Document;
use crate::text::Span;
use crate::text::stories::main_story;

/// A bullet of a merged summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bullet {
    /// The article whose words it is.
    pub of: usize,
    /// Where they stand there.
    pub piece: Chosen,
    /// All articles that tell it, in order; `of` among them.
    pub told_by: Vec<usize>,
}

/// A merged summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The article that tells most, whose headline is shown.
    pub fullest: usize,
    /// The bullets, the fullest article's lead first.
    pub bullets: Vec<Bullet>,
}

/// No merged summary has more bullets.
const BULLETS: usize = 4;
/// It may have so much more words than the fullest article's own.
const LONGER: f32 = 1.25;
/// Pieces that share this share of the lighter one's words, or of its rare words, say the same.
const SAME: f32 = 0.4;
/// A piece is told by an article that has a sentence with so much of its weight and with all its numbers.
const TOLD: f32 = 0.6;
/// Words this rare are a piece's own.
const RARE: f32 = 4.0;

/// A piece of one of the briefs with what it is compared by.
struct Candidate {
    bullet: Bullet,
    terms: Vec<(u64, f32)>,
    words: usize,
}

/// Merges `briefs`, whose accounts, made with `key`, are `accounts`.
#[must_use]
pub fn merge(briefs: &[&Brief], accounts: &[&Account], key: &Key) -> Merged {
    let fullness = |at: &usize| accounts[*at].sentences.iter().map(Vec::len).sum::<usize>();
    let Some(fullest) = (0..briefs.len()).max_by_key(|at| (fullness(at), usize::MAX - at)) else {
        return Merged::default();
    };
    let order = std::iter::once(fullest).chain((0..briefs.len()).filter(|&at| at != fullest));
    let mut candidates = Vec::new();
    for of in order {
        let leans = coherence::leans(&briefs[of].document);
        // Of the others is shown what the fullest does not tell; their leads tell the one event in other words.
        let lead = (of != fullest).then(|| main_story(&briefs[of].document).start);
        let known = (of != fullest).then(|| Known::new(accounts[of], &[accounts[fullest]]));
        for piece in &briefs[of].sentences {
            // What it leans on may be left out.
            if leans.get(piece.sentence).is_none_or(Option::is_some) || lead == Some(piece.sentence) {
                continue;
            }
            let places = places(&briefs[of].document, piece.span, accounts[of], key);
            if known.as_ref().is_none_or(|known| known.is_new(&places)) {
                candidates.push(Candidate::new(of, piece, &places, accounts));
            }
        }
    }
    let single = briefs[fullest].sentences.iter().map(|piece| count_words(&piece.text)).sum::<usize>();
    let most = (single as f32 * LONGER) as usize;
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut left = candidates.into_iter();
    // The lead of the fullest stands first; then what most of them tell.
    chosen.extend(left.next());
    let mut rest: Vec<Candidate> = left.collect();
    rest.sort_by_key(|candidate| usize::MAX - candidate.bullet.told_by.len());
    for candidate in rest {
        let words: usize = chosen.iter().map(|candidate| candidate.words).sum();
        let fits = chosen.len() < BULLETS && words + candidate.words <= most;
        if fits && chosen.iter().all(|other| !candidate.says_again(other)) {
            chosen.push(candidate);
        }
    }
    let mut bullets: Vec<Bullet> = chosen.into_iter().map(|candidate| candidate.bullet).collect();
    if let Some((_, rest)) = bullets.split_first_mut() {
        rest.sort_by_key(|bullet| (bullet.of != fullest, bullet.of, bullet.piece.sentence));
    }
    Merged { fullest, bullets }
}

impl Candidate {
    fn new(of: usize, piece: &Chosen, places: &[Place], accounts: &[&Account]) -> Self {
        let own = accounts[of];
        let tells = |other: usize| other == of || is_told(own, accounts[other], places);
        let told_by = (0..accounts.len()).filter(|&other| tells(other)).collect();
        let term = |place: &Place| (own.terms[*place as usize].digest, own.terms[*place as usize].weight);
        Self {
            bullet: Bullet { of, piece: piece.clone(), told_by },
            terms: places.iter().map(term).collect(),
            words: count_words(&piece.text),
        }
    }

    /// Whether it says what `other` says.
    fn says_again(&self, other: &Self) -> bool {
        let rare = |terms: &[(u64, f32)]| -> Vec<(u64, f32)> {
            terms.iter().filter(|(_, weight)| *weight >= RARE).map(|(term, _)| (*term, 1.0)).collect()
        };
        overlap(&self.terms, &other.terms) > SAME || overlap(&rare(&self.terms), &rare(&other.terms)) > SAME
    }
}

/// How much of the weight of the lighter list both have.
fn overlap(a: &[(u64, f32)], b: &[(u64, f32)]) -> f32 {
    let in_b: HashSet<u64> = b.iter().map(|(term, _)| *term).collect();
    let shared: f32 = a.iter().filter(|(term, _)| in_b.contains(term)).map(|(_, weight)| weight).sum();
    let weight = |terms: &[(u64, f32)]| terms.iter().map(|(_, weight)| weight).sum::<f32>();
    let least = weight(a).min(weight(b));
    if least > 0.0 { shared / least } else { 0.0 }
}

/// Whether one sentence of `other` tells what the terms of `own` at `places` tell.
fn is_told(own: &Account, other: &Account, places: &[Place]) -> bool {
    let pair = Pair::new(own, other);
    let numbers: Vec<Place> =
        places.iter().copied().filter(|&place| own.terms[place as usize].number).collect();
    other.sentences.iter().any(|sentence| {
        pair.covered(places, sentence) >= TOLD && pair.common(&numbers, sentence).len() == numbers.len()
    })
}

/// The terms of `account` that the words of `document` at `span` have, sorted.
#[must_use]
pub fn places(document: &Document, span: Span, account: &Account, key: &Key) -> Vec<Place> {
    let tokens = document.tokens();
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let last = tokens.partition_point(|token| token.span.start < span.end);
    let read = terms::read(&tokens[first..last.max(first)]);
    let mut places: Vec<Place> =
        read.into_iter().flatten().filter_map(|(term, _)| account.place(key.digest(term))).collect();
    places.sort_unstable();
    places.dedup();
    places
}
