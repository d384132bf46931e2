//! Which blocks of a page are this article: decided here, once, block by block.
//!
//! What is known of each block: what it is [part](Part) of, where it stands to the headline, whether it is prose, whether it is a link, and
//! who else reads it as the article. Two extractors do: *Trafilatura*, set to precision, is nearly never wrong about what it keeps in the
//! middle of an article, but it loses what stands apart from it; *Readability* finds nearly everything, and with it headlines, captions and
//! teasers at the ends. Prose on which both agree is certain, and the element that holds nearly all of it is the article's body. Then,
//!
//! - **between** two certain blocks, prose that either found, or that stands in the body, is kept, with the headings over it and its lists;
//! - **before** the first, prose below the headline: the lead;
//! - **after** the last, prose that Trafilatura found, or that stands in the body;
//! - what is part of another story, beside the article or a caption is never kept, and a link only where it is a whole sentence of the body.
//!
//! Where the two hardly agree, one of them has read something else (comments, teasers): then the one with clearly more prose is believed.
//! What the page *declares* to be its article (JSON-LD) is often cut or lacks its paragraphs, so it is asked only where both missed it.

use std::collections::HashSet;
use std::hash::BuildHasher;

use super::blocks::{Block, Outline};
use super::parts::{Part, Parts};
use crate::article::clutter::{self, Clutter};
use crate::article::line;

/// What another reader of the page takes for its article, as far as it can be compared with blocks.
#[derive(Debug, Default)]
pub struct Reader {
    lines: HashSet<u64>,
    runs: HashSet<u64>,
}

/// Words of a run: enough that two texts do not share one by chance.
const RUN: usize = 3;
/// A block is read by a reader who has this share of its runs.
const READ: f32 = 0.7;

impl Reader {
    /// A reader that found `blocks`.
    pub fn of(blocks: &[Block]) -> Self {
        let mut reader = Self::default();
        for block in blocks {
            let words = hashes(&block.text);
            reader.lines.insert(hash(&words));
            reader.runs.extend(words.windows(RUN).map(hash));
        }
        reader
    }

    fn has(&self, words: &[u64]) -> bool {
        if words.len() < RUN + 2 {
            return self.lines.contains(&hash(words));
        }
        let runs = words.windows(RUN);
        let (all, found) = (runs.len(), runs.filter(|run| self.runs.contains(&hash(run))).count());
        found as f32 >= READ * all as f32
    }
}

fn hash<T: std::hash::Hash + ?Sized>(value: &T) -> u64 {
    foldhash::quality::FixedState::default().hash_one(value)
}

fn hashes(text: &str) -> Vec<u64> {
    line::map_words(text, hash)
}

/// The readers agree if what they share is at least this share of Readability's prose.
const AGREED: f32 = 0.4;
/// A lead that stands apart has at least this many words.
const LEAD: usize = 12;
/// A line of fewer words below the text is a credit or the like, though both readers have it.
const TOLD: usize = 6;
/// A declared article counts from this many words on; fewer are a teaser.
const DECLARED: usize = 60;
/// The body holds this share of the certain words.
const NEARLY_ALL: f32 = 0.8;
/// A link of fewer words is a title, though it ends as a sentence does.
const LINKED_SENTENCE: usize = 10;
/// Lines of one element that are a list: fixtures, results, names.
const LIST: usize = 3;

/// The blocks of `outline` that are its article, in order. `precise` and `complete` are the two extractors, `declared` is what the page
/// declares.
pub fn choose(
    outline: &Outline,
    parts: &Parts,
    precise: &Reader,
    complete: &Reader,
    declared: &[Block],
) -> Vec<Block> {
    let facts = facts(outline, parts, precise, complete);
    let chosen = Choice::new(outline, parts, &facts, certain(outline, &facts, parts.headline)).blocks();
    let length: usize = declared.iter().map(|block| block.words).sum();
    if length < DECLARED || covered(declared, &chosen) >= 0.5 {
        return chosen;
    }
    // Both have read something else. What is declared stands on the page, or in its script only.
    let reader = Reader::of(declared);
    let named = (0..outline.blocks.len())
        .filter(|&at| facts[at].prose && reader.has(&hashes(&outline.blocks[at].text)))
        .collect();
    let chosen = Choice::new(outline, parts, &facts, named).blocks();
    if covered(declared, &chosen) >= 0.5 { chosen } else { declared.to_vec() }
}

/// Share of the words of `declared` that are also in `chosen`.
fn covered(declared: &[Block], chosen: &[Block]) -> f32 {
    let vocabulary: HashSet<u64> = chosen.iter().flat_map(|block| hashes(&block.text)).collect();
    let words: Vec<u64> = declared.iter().flat_map(|block| hashes(&block.text)).collect();
    words.iter().filter(|word| vocabulary.contains(word)).count() as f32 / words.len().max(1) as f32
}

/// Whether a block says something that the blocks in `told` do not; some templates hold the article twice.
fn is_new(block: &Block, told: &mut HashSet<u64>) -> bool {
    /// A block of so few words may be said again on purpose.
    const SHORT: usize = 10;
    /// One of which so little is new says nothing new.
    const NEW: f32 = 0.1;

    let words = hashes(&block.text);
    let runs: Vec<u64> = words.windows(RUN).map(hash).collect();
    let new = runs.iter().filter(|run| !told.contains(run)).count();
    let new = words.len() < SHORT || new as f32 > NEW * runs.len() as f32;
    told.extend(runs);
    new
}

/// What is known of one block.
#[derive(Clone, Copy, Debug, Default)]
struct Fact {
    /// It may be the article.
    open: bool,
    /// It is a paragraph, or a line as long as one.
    prose: bool,
    /// Who else reads it as the article.
    read_by: ReadBy,
}

/// Which of the two extractors read a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ReadBy {
    #[default]
    Nobody,
    Precise,
    Complete,
    Both,
}

impl Fact {
    fn precise(self) -> bool {
        matches!(self.read_by, ReadBy::Precise | ReadBy::Both)
    }

    fn complete(self) -> bool {
        matches!(self.read_by, ReadBy::Complete | ReadBy::Both)
    }
}

fn facts(outline: &Outline, parts: &Parts, precise: &Reader, complete: &Reader) -> Vec<Fact> {
    let fact = |(at, block): (usize, &Block)| {
        let sentence =
            block.is_prose && line::ends_sentence(&block.text) && !block.text.ends_with(['؟', '?']);
        let open = parts.blocks[at] == Part::Open
            && parts.headline != Some(at)
            && (!block.is_linked || (sentence && !block.is_heading && block.words >= LINKED_SENTENCE));
        if !open {
            return Fact::default();
        }
        let words = hashes(&block.text);
        Fact {
            open,
            prose: !block.is_heading && (block.is_prose || block.is_long()),
            read_by: match (precise.has(&words), complete.has(&words)) {
                (false, false) => ReadBy::Nobody,
                (true, false) => ReadBy::Precise,
                (false, true) => ReadBy::Complete,
                (true, true) => ReadBy::Both,
            },
        }
    };
    outline.blocks.iter().enumerate().map(fact).collect()
}

/// The blocks that are certainly of the article: what both read, or what the one reads that is to be believed.
fn certain(outline: &Outline, facts: &[Fact], headline: Option<usize>) -> Vec<usize> {
    let those = |wanted: fn(&Fact) -> bool| -> Vec<usize> {
        (0..facts.len()).filter(|&at| facts[at].prose && wanted(&facts[at])).collect()
    };
    let words = |blocks: &[usize]| blocks.iter().map(|&at| outline.blocks[at].words).sum::<usize>();
    let both = those(|fact| fact.read_by == ReadBy::Both);
    let (precise, complete) = (those(|fact| fact.precise()), those(|fact| fact.complete()));
    if words(&both) as f32 >= AGREED * words(&complete) as f32 && !both.is_empty() {
        both
    } else if words(&precise) * 2 >= words(&complete) && !precise.is_empty() {
        precise
    } else if !complete.is_empty() {
        complete
    } else {
        // Both want more words than a short item has.
        those(|fact| fact.open)
            .into_iter()
            .filter(|&at| headline.is_none_or(|headline| at > headline))
            .collect()
    }
}

/// The choice, once it is known which blocks are certain.
struct Choice<'a> {
    outline: &'a Outline,
    parts: &'a Parts,
    facts: &'a [Fact],
    certain: Vec<usize>,
    /// The element that holds nearly all that is certain.
    body: usize,
    /// The elements in which something certain stands.
    homes: HashSet<usize>,
}

impl<'a> Choice<'a> {
    fn new(outline: &'a Outline, parts: &'a Parts, facts: &'a [Fact], certain: Vec<usize>) -> Self {
        let mut sums = vec![0; outline.blocks.len() + 1];
        for &at in &certain {
            sums[at + 1] = outline.blocks[at].words;
        }
        (1..sums.len()).for_each(|at| sums[at] += sums[at - 1]);
        let words = |range: &std::ops::Range<usize>| sums[range.end] - sums[range.start];
        let all = words(&(0..outline.blocks.len()));
        let body = (0..outline.elements.len())
            .rev()
            .find(|&at| words(&outline.elements[at].blocks) as f32 >= NEARLY_ALL * all as f32)
            .unwrap_or_default();
        let homes = certain
            .iter()
            .map(|&at| outline.blocks[at].element)
            .flat_map(|element| {
                // Beside a cell of a table that holds the text itself stand other things.
                let paragraph =
                    !matches!(outline.elements[element].name, "td" | "th" | "section" | "article");
                [element, if paragraph { outline.elements[element].parent } else { element }]
            })
            .collect();
        Self { outline, parts, facts, certain, body, homes }
    }

    fn blocks(&self) -> Vec<Block> {
        let (Some(&first), Some(&last)) = (self.certain.first(), self.certain.last()) else {
            return Vec::new();
        };
        let end = self.outline.blocks.len();
        let near = self.end_of_run(last);
        let kept: Vec<bool> = (0..end)
            .map(|at| {
                let fact = self.facts[at];
                fact.open
                    && (self.is_sign(at)
                        || if at < first {
                            self.is_lead(at, first)
                        } else if at <= last {
                            self.is_between(at)
                        } else {
                            self.is_behind(at, at < near)
                        })
            })
            .collect();
        let mut told = HashSet::new();
        (0..end)
            .filter(|&at| kept[at] && !self.is_orphan(at, &kept))
            .filter(|&at| is_new(&self.outline.blocks[at], &mut told))
            .map(|at| self.outline.blocks[at].clone())
            .collect()
    }

    /// Whether both readers found a block, among the article's own.
    fn is_agreed(&self, at: usize) -> bool {
        self.facts[at].read_by == ReadBy::Both && self.is_at_home(at)
    }

    /// Whether a block stands where the article's own paragraphs stand.
    fn is_at_home(&self, at: usize) -> bool {
        let mut element = self.outline.blocks[at].element;
        if self.homes.contains(&element) {
            return true;
        }
        // A quotation or a list stands where the paragraphs around it stand.
        while let name = self.outline.elements[self.outline.elements[element].parent].name
            && matches!(name, "blockquote" | "ul" | "ol")
        {
            element = self.outline.elements[element].parent;
        }
        self.homes.contains(&self.outline.elements[element].parent)
    }

    /// Whether a block stands in the body, however deep.
    fn is_inside(&self, at: usize) -> bool {
        let wide = matches!(self.outline.elements[self.body].name, "html" | "body" | "main");
        self.is_at_home(at) || (!wide && self.outline.is_within(self.outline.blocks[at].element, self.body))
    }

    /// Whether a block is one of several lines of a list that stands in the body.
    fn is_item(&self, at: usize) -> bool {
        let element = self.outline.blocks[at].element;
        let around = &self.outline.elements[self.outline.elements[element].parent];
        let lines = if self.outline.elements[element].name == "li" {
            around.blocks.len()
        } else {
            let own = self.outline.elements[element].blocks.clone();
            own.filter(|&line| self.outline.blocks[line].element == element).count()
        };
        lines >= LIST && self.is_at_home(at)
    }

    /// Prose below the headline, or that both readers found above it.
    fn is_lead(&self, at: usize, first: usize) -> bool {
        let (fact, block) = (self.facts[at], &self.outline.blocks[at]);
        let below = self
            .parts
            .headline
            .filter(|&headline| headline < first)
            .map_or(fact.read_by != ReadBy::Nobody, |headline| at > headline);
        let prose = block.is_prose
            || (block.is_heading && self.parts.headline.is_some_and(|headline| at == headline + 1));
        let agreed = self.parts.headline.is_none_or(|headline| at > headline) && self.is_agreed(at);
        below && (agreed || (prose && block.words >= LEAD)) && !self.is_pictured(at)
    }

    fn is_between(&self, at: usize) -> bool {
        let (fact, block) = (self.facts[at], &self.outline.blocks[at]);
        let read = fact.read_by != ReadBy::Nobody;
        let both = fact.read_by == ReadBy::Both;
        both || ((fact.prose || block.is_heading) && (read || self.is_inside(at))) || self.is_item(at)
    }

    /// Where the run of lines that follows the last certain block ends: at a heading, a link, a line of another part.
    fn end_of_run(&self, last: usize) -> usize {
        let goes_on = |at: usize| {
            let (fact, block) = (self.facts[at], &self.outline.blocks[at]);
            (fact.open && !block.is_heading && fact.prose)
                || clutter::classify(&block.text) == Some(Clutter::Line)
        };
        (last + 1..self.facts.len()).find(|&at| !goes_on(at)).unwrap_or(self.facts.len())
    }

    fn is_behind(&self, at: usize, near: bool) -> bool {
        let (fact, block) = (self.facts[at], &self.outline.blocks[at]);
        (fact.prose && block.words >= LEAD && (fact.precise() || (near && self.is_inside(at))))
            || (block.words >= TOLD && self.is_agreed(at))
            || self.is_item(at)
    }

    /// Whether a block is all that an element says that shows a picture: its caption.
    fn is_pictured(&self, at: usize) -> bool {
        let mut element = &self.outline.elements[self.outline.blocks[at].element];
        while element.blocks.len() == 1 {
            if element.is_picture && element.name != "p" {
                return true;
            }
            if element.parent == 0 {
                return false;
            }
            element = &self.outline.elements[element.parent];
        }
        false
    }

    /// Whether a block tells what the lines below it are: «اقرأ أيضاً», «اترك تعليقاً». Those are needed until the lines are cleaned.
    fn is_sign(&self, at: usize) -> bool {
        self.is_at_home(at)
            && matches!(clutter::classify(&self.outline.blocks[at].text), Some(Clutter::Links | Clutter::End))
    }

    /// Whether a block is a heading over nothing that is kept: over links to other stories, or at the end.
    fn is_orphan(&self, at: usize, kept: &[bool]) -> bool {
        let block = &self.outline.blocks[at];
        if !block.is_heading || block.is_prose || self.is_sign(at) {
            return false;
        }
        let below = (at + 1..kept.len()).find(|&below| {
            kept[below]
                || self.parts.blocks[below] == Part::OtherStory
                || self.outline.blocks[below].is_linked
        });
        below.is_none_or(|below| !kept[below])
    }
}
