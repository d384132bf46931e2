//! Selection: one choice over the pieces of all sentences, under a budget.
//!
//! A candidate is a sentence, shown as one of its pieces. What leans on the sentence before it comes only with that one. The best comes
//! first, then the best of what is left and still fits; nothing that says again what is shown.

use super::coherence::Cause;
use super::cut::Piece;
use super::eligible::Barrier;
use super::features::Known;
use super::terms::{TermId, distinct};

/// How much is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Never more pieces than this.
    pub pieces: usize,
    /// Never more words than this; one sentence is always allowed.
    pub words: usize,
    /// No piece has more words than this, unless its sentence cannot be cut.
    pub longest: usize,
    /// Pieces that share so much of the lighter one's weight are never shown together, 0 to 1.
    pub same: f32,
    /// Whether a sentence that fits is shown whole, or as the piece that an editor would show.
    pub is_whole: bool,
}

/// What is chosen from.
pub struct Pool<'a> {
    /// The document.
    pub known: &'a Known<'a>,
    /// What each sentence is worth, 0 to 1.
    pub worth: &'a [f32],
    /// Why a sentence may not be shown.
    pub barriers: &'a [Option<Barrier>],
    /// How many words a text has as the budget counts them.
    pub count: &'a dyn Fn(&Piece) -> usize,
    /// The pieces of a sentence.
    pub pieces: &'a dyn Fn(usize) -> Vec<Piece>,
}

/// A piece that is shown.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its sentence.
    pub sentence: usize,
    /// The piece.
    pub piece: Piece,
    terms: Vec<TermId>,
    words: usize,
}

/// A shorter piece tells too little, a whole sentence apart.
const MIN_WORDS: usize = 6;
/// A longer sentence that cannot be cut is not shown beside others.
const UNCUT_WORDS: usize = 45;
/// What cannot be cut is shown only where fewer others are.
const FEWEST: usize = 2;
/// How much it counts that an editor would cut there and a reader finds no fault, beside the worth of the sentence.
const CUT: f32 = 0.3;
/// How much it counts that the sentence is understood by itself.
const STANDING: f32 = 0.5;
/// How much a longer piece counts more.
const LENGTH: f32 = 0.4;
/// How much longer a piece an editor's likely cut is given up for, in the logarithm of its odds for each word.
const LONGER: f32 = 0.05;
/// A piece ends only where it is so likely without fault.
const SOUND: f32 = 0.3;
/// A sentence is looked at while it is worth this share of the best that is left: with the best of cuts it could still be chosen.
const WORTH_CUTTING: usize = 12;

/// Chooses from `pool` within `limits`, in source order; what is too long and cannot be cut stands last.
#[must_use]
pub fn select(pool: &Pool<'_>, limits: Limits) -> Vec<Choice> {
    let mut shown = Shown { pool, limits, choices: Vec::new(), words: 0 };
    let mut order: Vec<usize> = (0..pool.worth.len()).filter(|&i| pool.barriers[i].is_none()).collect();
    order.sort_by(|&a, &b| pool.worth[b].total_cmp(&pool.worth[a]).then(a.cmp(&b)));
    // Of a long text only so many sentences are cut: more than can be shown.
    let window = if limits.is_whole { order.len() } else { limits.pieces * WORTH_CUTTING };
    let mut candidates: Vec<Candidate> = Vec::new();
    for &sentence in order.iter().take(window) {
        if limits.is_whole {
            shown.take(&Candidate { sentence, value: 0.0, is_uncut: false });
        } else if let Some(piece) = shown.best(sentence, limits.words) {
            candidates.push(Candidate {
                sentence,
                value: value(pool.worth[sentence], pool.known.standing[sentence], &piece),
                is_uncut: piece.words > limits.longest,
            });
        }
    }
    candidates.sort_by(|a, b| {
        let order = b.value.total_cmp(&a.value).then(a.sentence.cmp(&b.sentence));
        a.is_uncut.cmp(&b.is_uncut).then(order)
    });
    for candidate in &candidates {
        if candidate.is_uncut && shown.choices.len() >= FEWEST {
            break;
        }
        shown.take(candidate);
    }
    if shown.choices.is_empty() {
        shown.take_any(&order);
    }
    let mut choices = shown.choices;
    choices.sort_by_key(|choice| choice.sentence);
    // What could not be cut stands last, unless the next one leans on it.
    let leans = |choice: &Choice| pool.known.leans[choice.sentence].is_some();
    let long = |at: usize| {
        choices[at].words > limits.longest && !choices.get(at + 1).is_some_and(leans) && !leans(&choices[at])
    };
    if let Some(at) = (0..choices.len()).find(|&at| long(at)) {
        let uncut = choices.remove(at);
        choices.push(uncut);
    }
    choices
}

struct Candidate {
    sentence: usize,
    value: f32,
    /// Whether it is longer than a bullet may be, for its sentence cannot be cut.
    is_uncut: bool,
}

/// What a piece is worth in a chat: what its sentence is worth, more where it is understood by itself, more where an editor would cut it
/// there, more for more words.
fn value(worth: f32, standing: f32, piece: &Piece) -> f32 {
    let cut = (piece.likely * piece.sound).powf(CUT);
    worth * standing.powf(STANDING) * cut * (piece.words as f32).powf(LENGTH)
}

/// What is chosen so far.
struct Shown<'a> {
    pool: &'a Pool<'a>,
    limits: Limits,
    choices: Vec<Choice>,
    words: usize,
}

impl Shown<'_> {
    /// The piece of `sentence` that an editor would show within `room` words.
    fn best(&self, sentence: usize, room: usize) -> Option<Piece> {
        let pieces = (self.pool.pieces)(sentence);
        let fits = |piece: &&Piece| {
            piece.forbidden.is_none()
                && piece.words <= self.limits.longest
                && (piece.words >= MIN_WORDS || piece.is_whole)
                && (self.limits.is_whole || piece.is_whole || piece.sound >= SOUND)
                && (self.pool.count)(piece) <= room
        };
        if self.limits.is_whole
            && let Some(whole) = pieces.last().filter(fits)
        {
            return Some(*whole);
        }
        let rate = |piece: &Piece| {
            (piece.likely + 1e-4).ln() + (piece.sound + 1e-4).ln() / 2.0 + LONGER * piece.words as f32
        };
        let best = pieces.iter().filter(fits).max_by(|a, b| rate(a).total_cmp(&rate(b)));
        // A sentence that cannot be cut is shown whole.
        let uncut = || {
            let can_be_cut =
                pieces.iter().any(|piece| piece.forbidden.is_none() && piece.words <= self.limits.longest);
            let fits = |piece: &&Piece| {
                piece.forbidden.is_none() && piece.words <= UNCUT_WORDS && (self.pool.count)(piece) <= room
            };
            pieces.last().filter(fits).filter(|_| !can_be_cut)
        };
        best.or_else(uncut).copied()
    }

    /// Shows the candidate, with the sentence that it leans on, if there is room.
    fn take(&mut self, candidate: &Candidate) {
        let sentence = candidate.sentence;
        if self.is_shown(sentence) {
            return;
        }
        let before = match self.lean(sentence) {
            None => None,
            Some(_) if sentence > 0 && self.is_shown(sentence - 1) => None,
            Some(_) if sentence > 0 && self.is_standing(sentence - 1) => Some(sentence - 1),
            Some(_) => return,
        };
        let mut new: Vec<Choice> = Vec::new();
        let mut words = self.words;
        for sentence in before.into_iter().chain([sentence]) {
            let room = self.limits.words.saturating_sub(words);
            if room < MIN_WORDS || self.choices.len() + new.len() >= self.limits.pieces {
                return;
            }
            let Some(piece) = self.best(sentence, room) else { return };
            let choice = self.choice(sentence, piece);
            if self.is_repeated(&choice, &new) {
                return;
            }
            words += choice.words;
            new.push(choice);
        }
        self.words = words;
        self.choices.extend(new);
    }

    /// Where nothing fits: the piece of the best sentence that stands by itself, whatever its length.
    fn take_any(&mut self, order: &[usize]) {
        let stands =
            order.iter().copied().filter(|&sentence| self.lean(sentence).is_none()).take(WORTH_CUTTING);
        for sentence in stands.collect::<Vec<_>>() {
            let pieces = (self.pool.pieces)(sentence);
            let shortest =
                pieces.iter().filter(|piece| piece.forbidden.is_none()).min_by_key(|piece| piece.words);
            if let Some(piece) = self.best(sentence, usize::MAX).or(shortest.copied()) {
                self.choices.push(self.choice(sentence, piece));
                return;
            }
        }
    }

    fn choice(&self, sentence: usize, piece: Piece) -> Choice {
        let terms = distinct(self.pool.known.terms.of_tokens(piece.tokens.0..piece.tokens.1));
        Choice { sentence, piece, terms, words: (self.pool.count)(&piece) }
    }

    fn lean(&self, sentence: usize) -> Option<Cause> {
        self.pool.known.leans[sentence]
    }

    fn is_shown(&self, sentence: usize) -> bool {
        self.choices.iter().any(|choice| choice.sentence == sentence)
    }

    fn is_standing(&self, sentence: usize) -> bool {
        self.lean(sentence).is_none() && self.pool.barriers[sentence].is_none()
    }

    fn is_repeated(&self, new: &Choice, others: &[Choice]) -> bool {
        let terms = self.pool.known.terms;
        self.choices
            .iter()
            .chain(others)
            .any(|shown| terms.overlap(&shown.terms, &new.terms) >= self.limits.same)
    }
}
