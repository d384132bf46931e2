//! Settles the tags of the news by vote: of the teacher, which knows more words, and of the field learnt from gold text, which
//! knows the lists. Together they see more than either.

use mujaz::facts::tagger::model::{TAGS, is_inside, may_follow};

use super::crf::{Example, Field, Row};

/// Nobody is surer than this.
const SUREST: f32 = 0.99;
/// What the field takes to be less probable than this is no less possible.
const LEAST: f32 = 1e-5;

/// Puts in the place of the teacher's tags, of each of which it is so `sure`, those that both find best: the sequence of the
/// highest product of the two probabilities.
pub fn settle(example: &mut Example, sure: &[f32], field: &Field) {
    let marginals = field.marginals(example);
    let votes: Vec<Row> = marginals
        .iter()
        .zip(example.tags.iter().zip(sure))
        .map(|(marginals, (&tag, &sure))| {
            let sure = sure.min(SUREST);
            let teacher = |of| if of == usize::from(tag) { sure } else { (1.0 - sure) / (TAGS - 1) as f32 };
            std::array::from_fn(|of| teacher(of).ln() + marginals[of].max(LEAST).ln())
        })
        .collect();
    example.tags = best_sequence(&votes);
}

/// The tags of the highest sum of `scores` in which each inside tag goes on with a name (Viterbi 1967).
fn best_sequence(scores: &[Row]) -> Vec<u8> {
    let Some((first, rest)) = scores.split_first() else { return Vec::new() };
    let mut best: Row =
        std::array::from_fn(|tag| if is_inside(tag) { f32::NEG_INFINITY } else { first[tag] });
    let mut back = Vec::with_capacity(rest.len());
    let highest = |scores: &Row, allowed: &dyn Fn(usize) -> bool| {
        let tags = (0..TAGS).filter(|&tag| allowed(tag));
        tags.max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0)
    };
    for row in rest {
        let from: [usize; TAGS] = std::array::from_fn(|to| highest(&best, &|from| may_follow(from, to)));
        best = std::array::from_fn(|to| best[from[to]] + row[to]);
        back.push(from);
    }
    let mut tag = highest(&best, &|_| true);
    let mut tags = vec![tag as u8];
    for from in back.iter().rev() {
        tag = from[tag];
        tags.push(tag as u8);
    }
    tags.reverse();
    tags
}
