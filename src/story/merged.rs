//! One summary of several articles of one story: what several tell is said once, with all who tell it.

use foldhash::HashSet;

use super::MODELS;
use super::account::{Account, Key, Place, RARE, sum, union};
use super::news::Known;
use super::same::Pair;
use crate::brief::Brief;
use crate::summary::words::count_words;
use crate::summary::{Chosen, terms};
use crate::text::Document;
use crate::text::Span;

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
        let leans = briefs[of].measured.leans();
        // Of the others is shown what the fullest does not tell; their leads tell the one event in other words.
        let start = briefs[of].document.story().start;
        let lead = (of != fullest).then_some(start);
        let known = (of != fullest).then(|| Known::new(accounts[of], &[accounts[fullest]]));
        for piece in &briefs[of].sentences {
            // What it leans on may be left out.
            if leans.get(piece.sentence).is_none_or(Option::is_some) || lead == Some(piece.sentence) {
                continue;
            }
            let places = places(&briefs[of].document, piece.span, accounts[of], key);
            if known.as_ref().is_none_or(|known| known.is_new(&places, piece.sentence - start)) {
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
        if fits && chosen.iter().all(|other| !candidate.is_saying_again(other)) {
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
    fn is_saying_again(&self, other: &Self) -> bool {
        let rare = |terms: &[(u64, f32)]| -> Vec<(u64, f32)> {
            terms.iter().filter(|(_, weight)| *weight >= RARE).map(|(term, _)| (*term, 1.0)).collect()
        };
        overlap(&self.terms, &other.terms) > SAME || overlap(&rare(&self.terms), &rare(&other.terms)) > SAME
    }
}

/// How much of the weight of the lighter list both have.
fn overlap(a: &[(u64, f32)], b: &[(u64, f32)]) -> f32 {
    let in_b: HashSet<u64> = b.iter().map(|(term, _)| *term).collect();
    let shared = sum(a.iter().filter(|(term, _)| in_b.contains(term)).map(|(_, weight)| *weight));
    let weight = |terms: &[(u64, f32)]| sum(terms.iter().map(|(_, weight)| *weight));
    let least = weight(a).min(weight(b));
    if least > 0.0 { shared / least } else { 0.0 }
}

/// What is measured of a piece beside another article.
pub const NAMES: [&str; 6] = ["sentence", "two_sentences", "article", "opening", "numbers_missing", "terms"];

/// Whether `other` is sure to tell what the terms of `own` at `places` tell.
fn is_told(own: &Account, other: &Account, places: &[Place]) -> bool {
    MODELS.told.margin(&features(own, other, places)) >= 0.0
}

/// The values of [`NAMES`] for a piece of `own` with the terms at `places`: how much of its weight stands in one sentence of `other`, in two
/// that follow each other, in all of it, in headline and lead; and how many of its numbers do not stand where most of it does.
#[must_use]
pub fn features(own: &Account, other: &Account, places: &[Place]) -> Vec<f32> {
    let pair = Pair::new(own, other);
    let whole = own.weight(places).max(1e-6);
    let told = |sentence: &[Place]| own.weight(&pair.common(places, sentence)) / whole;
    let numbers: Vec<Place> =
        places.iter().copied().filter(|&place| own.terms[place as usize].number).collect();
    let most = |best: (f32, usize), sentence: &[Place]| {
        let share = told(sentence);
        let missing = numbers.len() - pair.common(&numbers, sentence).len();
        if share > best.0 { (share, missing) } else { best }
    };
    let (sentence, missing) = other.sentences.iter().map(Vec::as_slice).fold((0.0, numbers.len()), most);
    let two = other.sentences.windows(2).map(|two| told(&union(two.iter()))).fold(sentence, f32::max);
    let everywhere: Vec<Place> = places.iter().copied().filter(|&place| pair.has(place)).collect();
    let opening = union(other.sentences.iter().take(1).chain([&other.title]));
    vec![
        sentence,
        two,
        own.weight(&everywhere) / whole,
        told(&opening),
        missing.min(3) as f32,
        (places.len() as f32).ln_1p(),
    ]
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
