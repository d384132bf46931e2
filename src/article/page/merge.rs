//! The choice between candidates, in one place.
//!
//! Two extractors read the page. *Trafilatura*, set to precision, is nearly never wrong about what it
//! keeps in the middle of an article, but it loses what stands apart from it (a lead in a box of its own,
//! paragraphs full of links) and on some pages finds nothing. *Readability* finds nearly everything, and
//! with it headlines, captions and teasers at the ends. So, with the paragraphs on which both agree as
//! the frame:
//!
//! - **between** two agreed paragraphs, prose that either found is kept; where both have a version of the
//!   same paragraph, Readability's, which keeps the words of links;
//! - **before** the first agreed one, prose of either is kept: the lead;
//! - **after** the last, prose of Trafilatura only: what Readability has there is author boxes and notices;
//! - lines that are no prose (headlines, teasers) are kept only where both agree, or as headings and list
//!   items between.
//!
//! Where they hardly agree, one of them has read something else than the article (comments, a teaser
//! list): then the one with clearly more prose is taken alone, trimmed to its prose.
//! What the page itself *declares* to be its article (JSON-LD `articleBody`) is often cut or lacks its
//! paragraphs, so it is taken only where the two have missed most of it.

use std::collections::{HashMap, HashSet};

use super::blocks::Block;
use crate::article::line;

/// What each reader of the page found, clutter dropped.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Trafilatura's blocks.
    pub precise: Vec<Block>,
    /// Readability's blocks.
    pub complete: Vec<Block>,
    /// The blocks of what the page declares to be its article.
    pub declared: Vec<Block>,
}

/// The readers agree if what they share is at least this share of Readability's prose.
const AGREED: f32 = 0.4;
/// A lead that one reader found alone has at least this many words.
const LEAD: usize = 12;
/// A declared article counts from this many words on; fewer are a teaser.
const DECLARED: usize = 60;
/// Two versions of one paragraph share this much of their words.
const SAME: f32 = 0.7;

/// The blocks of the article.
#[must_use]
pub fn merge(candidates: Candidates) -> Vec<Block> {
    let Candidates { precise, complete, declared } = candidates;
    let pairs = agreed(&precise, &complete);
    let shared: usize = pairs.iter().map(|&(at, _)| precise[at].words()).sum();
    let merged = if shared as f32 >= AGREED * prose(&complete) as f32 && !pairs.is_empty() {
        framed(&precise, &complete, &pairs)
    } else if prose(&precise) * 2 >= prose(&complete) && prose(&precise) > 0 {
        trimmed(precise)
    } else {
        trimmed(complete)
    };
    if words(&declared) >= DECLARED && covered(&declared, &merged) < 0.5 { declared } else { merged }
}

/// Pairs of equal blocks, both sides ascending: the longest such sequence.
fn agreed(left: &[Block], right: &[Block]) -> Vec<(usize, usize)> {
    let at: HashMap<String, usize> =
        right.iter().enumerate().map(|(at, block)| (line::key(&block.text), at)).collect();
    let pairs: Vec<(usize, usize)> = left
        .iter()
        .enumerate()
        .filter_map(|(index, block)| at.get(&line::key(&block.text)).map(|&other| (index, other)))
        .collect();
    longest_ascending(&pairs)
}

/// The longest sequence of `pairs` whose right sides ascend (their left sides do already); n log n.
fn longest_ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, &(_, right)) in pairs.iter().enumerate() {
        let place = ends.partition_point(|&end| pairs[end].1 < right);
        before.push(place.checked_sub(1).map(|place| ends[place]));
        if place == ends.len() {
            ends.push(index);
        } else {
            ends[place] = index;
        }
    }
    let mut sequence = Vec::new();
    let mut next = ends.last().copied();
    while let Some(index) = next {
        sequence.push(pairs[index]);
        next = before[index];
    }
    sequence.reverse();
    sequence
}

fn framed(precise: &[Block], complete: &[Block], pairs: &[(usize, usize)]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let lead = |block: &&Block| block.is_prose() && block.words() >= LEAD && !block.linked;
    let (first, last) = (pairs[0], pairs[pairs.len() - 1]);
    let leads = between(&precise[..first.0], &complete[..first.1]);
    blocks.extend(leads.into_iter().filter(lead).cloned());
    for (index, &(left, right)) in pairs.iter().enumerate() {
        blocks.push(precise[left].clone());
        if let Some(&(next_left, next_right)) = pairs.get(index + 1) {
            let gap = between(&precise[left + 1..next_left], &complete[right + 1..next_right]);
            blocks.extend(gap.into_iter().filter(|block| block.is_prose() || block.heading).cloned());
        }
    }
    blocks.extend(precise[last.0 + 1..].iter().filter(lead).cloned());
    blocks
}

/// What stands between two agreed blocks: Readability's blocks, and those of Trafilatura's that are not
/// among them in other words.
fn between<'a>(precise: &'a [Block], complete: &'a [Block]) -> Vec<&'a Block> {
    if complete.is_empty() {
        return precise.iter().collect();
    }
    let found = vocabulary(complete);
    let own = precise.iter().filter(|block| share(&block.text, &found) < SAME);
    own.chain(complete).collect()
}

/// The blocks from the first prose to the last, without links and short lines that are no headings.
fn trimmed(blocks: Vec<Block>) -> Vec<Block> {
    let first = blocks.iter().position(Block::is_prose).unwrap_or(0);
    let last = blocks.iter().rposition(Block::is_prose).map_or(blocks.len(), |at| at + 1);
    let kept = blocks.into_iter().take(last).skip(first);
    kept.filter(|block| block.is_prose() || block.heading || !block.linked).collect()
}

/// Words of prose.
fn prose(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| block.is_prose()).map(Block::words).sum()
}

fn words(blocks: &[Block]) -> usize {
    blocks.iter().map(Block::words).sum()
}

/// The share of the words of `blocks` that are in `by`.
fn covered(blocks: &[Block], by: &[Block]) -> f32 {
    let vocabulary = vocabulary(by);
    let text = blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ");
    share(&text, &vocabulary)
}

fn vocabulary(blocks: &[Block]) -> HashSet<String> {
    blocks.iter().flat_map(|block| line::words(&block.text)).map(|word| word.key).collect()
}

fn share(text: &str, vocabulary: &HashSet<String>) -> f32 {
    let words = line::words(text);
    let found = words.iter().filter(|word| vocabulary.contains(&word.key)).count();
    found as f32 / words.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::{Block, Candidates, merge};

    const LEAD: &str = "أقرت الحكومة اليوم الأحد الموازنة العامة للعام المقبل بعد جلسة دامت ست ساعات.";
    const SECOND: &str = "وقال رئيس الوزراء إن الموازنة الجديدة تخفض العجز إلى النصف خلال عامين.";
    const LINKED: &str =
        "وتنص الموازنة على زيادة رواتب المعلمين والأطباء في المحافظات الجنوبية بنسبة عشرة في المئة.";
    const LAST: &str = "ويصوت البرلمان على الموازنة في الأسبوع الأخير من الشهر المقبل بحسب الدستور.";
    const BOX: &str = "كاتب صحفي يعمل في الجريدة منذ عشرين عاماً ويكتب عن الاقتصاد والمال والأعمال.";

    fn blocks(lines: &[&str]) -> Vec<Block> {
        lines.iter().map(|line| Block::plain(line)).collect()
    }

    #[track_caller]
    fn check(precise: &[&str], complete: &[&str], declared: &[&str], expected: &[&str]) {
        let candidates =
            Candidates { precise: blocks(precise), complete: blocks(complete), declared: blocks(declared) };
        assert_eq!(merge(candidates), blocks(expected));
    }

    #[test]
    fn the_lead_in_a_box_of_its_own_is_kept() {
        check(&[SECOND, LAST], &["العالم العربي", LEAD, SECOND, LAST], &[], &[LEAD, SECOND, LAST]);
    }

    #[test]
    fn a_paragraph_between_is_kept_whole_and_once() {
        let cut = LINKED.replace("المعلمين والأطباء", "");
        check(
            &[LEAD, SECOND, &cut, LAST],
            &[LEAD, SECOND, "تابعنا", LINKED, LAST],
            &[],
            &[LEAD, SECOND, LINKED, LAST],
        );
    }

    #[test]
    fn what_stands_behind_is_the_authors_box() {
        check(
            &[LEAD, SECOND, LAST, "أسعار الذهب ترتفع"],
            &[LEAD, SECOND, LAST, BOX],
            &[],
            &[LEAD, SECOND, LAST],
        );
    }

    #[test]
    fn one_reader_that_found_nothing_is_not_heard() {
        check(&[], &["العالم العربي", LEAD, SECOND, LAST, "شارك برأيك"], &[], &[LEAD, SECOND, LAST]);
        check(&[LEAD, SECOND, LAST], &[BOX], &[], &[LEAD, SECOND, LAST]);
    }

    #[test]
    fn the_declared_article_is_taken_where_both_missed_it() {
        let declared =
            [LEAD, SECOND, LINKED, LAST, "وهذه هي المرة الأولى منذ عشر سنوات التي تنخفض فيها النفقات العامة."];
        check(&[BOX], &[BOX], &declared, &declared);
        check(
            &[LEAD, SECOND, LINKED, LAST],
            &[LEAD, SECOND, LINKED, LAST],
            &[LEAD],
            &[LEAD, SECOND, LINKED, LAST],
        );
    }
}
