//! What each part of a page is: open to be the article, beside it, the words to a picture, or another story.
//!
//! Another story is told by its shape: it begins with a link to another page, which is its title, and says little more. A single one is a
//! box in the article («اقرأ أيضاً»), several of one shape are a list of stories: the cards below an article, or all of a front page.

use super::blocks::{Block, Element, Outline};
use super::markup::Role;
use super::own::Own;
use crate::article::{clutter, line};

/// What a part of a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// It may be the article.
    #[default]
    Open,
    /// It stands beside the article: menus, side bars, forms.
    Beside,
    /// It is said of a picture.
    Caption,
    /// It is of another page: its title, its excerpt, its date.
    OtherStory,
}

/// The parts of one page.
#[derive(Debug, Default)]
pub struct Parts {
    /// What each block is part of.
    pub blocks: Vec<Part>,
    /// What each element is.
    pub elements: Vec<Part>,
    /// The block that is the page's headline.
    pub headline: Option<usize>,
    /// How many other stories the page shows with more than their titles, or in a list.
    pub stories: usize,
}

/// Words of a title; shorter links are ways through the site («اقتصاد», «اقرأ المزيد»).
const TITLE: usize = 4;
/// A finished sentence of this many words is a paragraph, though it is a link.
const SENTENCE: usize = 10;
/// Words that may stand before a card's title: its section, its date.
const LABEL: usize = 8;
/// Words of a card beside its title: an excerpt.
const EXCERPT: usize = 90;
/// Words of a card that stands alone; where several are alike there is less doubt.
const LONE_EXCERPT: usize = 60;
/// An element that holds more of the page's prose than half, and as many words as this, is not beside the article.
const SHORTEST: usize = 40;
/// Paragraphs of a part whose class says that it is furniture: what holds more is read all the same, for classes lie.
const PARAGRAPHS: usize = 3;

/// What the parts of `outline` are.
pub fn parts(outline: &Outline, own: &Own, site: Option<&str>) -> Parts {
    let sums = Sums::of(outline);
    let mut parts = Parts { headline: headline(outline, own, site), ..Parts::default() };
    let stories = stories(outline, &sums, own, parts.headline);
    let all = sums.prose_in(&(0..outline.blocks.len())).saturating_sub(
        outline
            .elements
            .iter()
            .zip(&stories)
            .filter(|(_, story)| **story)
            .map(|(e, _)| sums.prose_in(&e.blocks))
            .sum(),
    );
    parts.elements = Vec::with_capacity(outline.elements.len());
    for (at, element) in outline.elements.iter().enumerate() {
        let around = if at == 0 { Part::Open } else { parts.elements[element.parent] };
        let part = if around != Part::Open {
            around
        } else if stories[at] {
            parts.stories += 1;
            Part::OtherStory
        } else {
            by_markup(outline, element, &sums, all, parts.headline)
        };
        parts.elements.push(part);
    }
    parts.blocks = outline.blocks.iter().map(|block| parts.elements[block.element]).collect();
    for run in flat_stories(outline, &sums, &parts) {
        parts.stories += 1;
        parts.blocks[run].fill(Part::OtherStory);
    }
    parts
}

/// The block that says the page's headline: one that reads as it, else the first `h1` that is no link and not the site's name.
fn headline(outline: &Outline, own: &Own, site: Option<&str>) -> Option<usize> {
    let beside = |at: usize| {
        let mut element = at;
        loop {
            let Element { name, parent, .. } = outline.elements[element];
            if element == 0 || matches!(name, "nav" | "footer" | "menu") {
                return element > 0;
            }
            element = parent;
        }
    };
    let open = |at: &usize| !beside(outline.blocks[*at].element);
    let site = site.map(line::key).unwrap_or_default();
    let is = |wanted: fn(&Block) -> bool| {
        (0..outline.blocks.len())
            .filter(move |&at| wanted(&outline.blocks[at]) && own.is_headline(&outline.blocks[at].text))
            .find(open)
    };
    let first = || {
        (0..outline.blocks.len())
            .filter(|&at| {
                let block = &outline.blocks[at];
                outline.elements[block.element].name == "h1"
                    && block.target.is_none()
                    && line::key(&block.text) != site
            })
            .find(open)
    };
    is(|block| block.is_heading && block.target.is_none())
        .or_else(|| is(|block| block.target.is_none()))
        .or_else(first)
}

/// Sums over the blocks before each, so that what an element holds is a difference.
struct Sums {
    /// Words outside of links to other pages.
    free: Vec<usize>,
    /// Words of all blocks.
    words: Vec<usize>,
    /// Words of paragraphs of prose outside of links.
    prose: Vec<usize>,
    /// How many such paragraphs.
    paragraphs: Vec<usize>,
    /// Blocks that are titles of other pages, and how many times the page changed from one to the next.
    titles: Vec<usize>,
    changes: Vec<usize>,
}

impl Sums {
    fn of(outline: &Outline) -> Self {
        let length = outline.blocks.len() + 1;
        let new = || {
            let mut sums = Vec::with_capacity(length);
            sums.push(0);
            sums
        };
        let mut sums = Self {
            free: new(),
            words: new(),
            prose: new(),
            paragraphs: new(),
            titles: Vec::new(),
            changes: Vec::new(),
        };
        let add = |sums: &mut Vec<usize>, more: usize| sums.push(sums[sums.len() - 1] + more);
        for (at, block) in outline.blocks.iter().enumerate() {
            let words = block.words;
            let prose = !block.is_linked && !block.is_heading && block.is_prose;
            add(&mut sums.words, words);
            add(&mut sums.free, if block.is_linked { 0 } else { words });
            add(&mut sums.prose, if prose { words } else { 0 });
            add(&mut sums.paragraphs, usize::from(prose));
            if is_title(block) {
                let before = sums.titles.last().map(|&before| &outline.blocks[before].target);
                let change = before.is_none_or(|before| *before != block.target);
                let so_far = sums.changes.last().copied().unwrap_or_default();
                sums.titles.push(at);
                sums.changes.push(so_far + usize::from(change));
            }
        }
        sums
    }

    fn free_in(&self, range: &std::ops::Range<usize>) -> usize {
        self.free[range.end] - self.free[range.start]
    }

    fn words_in(&self, range: &std::ops::Range<usize>) -> usize {
        self.words[range.end] - self.words[range.start]
    }

    fn prose_in(&self, range: &std::ops::Range<usize>) -> usize {
        self.prose[range.end] - self.prose[range.start]
    }

    fn paragraphs_in(&self, range: &std::ops::Range<usize>) -> usize {
        self.paragraphs[range.end] - self.paragraphs[range.start]
    }

    /// The first title in `range`, and how many pages the titles in it are of.
    fn titles_in(&self, range: &std::ops::Range<usize>) -> Option<(usize, usize)> {
        let first = self.titles.partition_point(|&at| at < range.start);
        let end = self.titles.partition_point(|&at| at < range.end);
        (first < end).then(|| (self.titles[first], 1 + self.changes[end - 1] - self.changes[first]))
    }
}

/// Whether a block is the title of another page.
fn is_title(block: &Block) -> bool {
    block.target.is_some()
        && (block.words >= TITLE || (block.is_heading && block.words > 1))
        && (block.is_heading
            || !(block.is_prose && line::ends_sentence(&block.text) && block.words >= SENTENCE))
        && clutter::classify(&block.text).is_none()
}

/// Which elements are another story each, none inside another.
fn stories(outline: &Outline, sums: &Sums, own: &Own, headline: Option<usize>) -> Vec<bool> {
    let elements = &outline.elements;
    let mut like = vec![false; elements.len()];
    let mut inside = vec![false; elements.len()];
    let mut siblings = vec![0_usize; elements.len()];
    for at in 1..elements.len() {
        let parent = elements[at].parent;
        inside[at] = inside[parent] || like[parent];
        if !inside[at] && is_like_a_story(outline, &elements[at], sums, own, headline) {
            like[at] = true;
            siblings[parent] += 1;
        }
    }
    (0..elements.len())
        .map(|at| {
            let element = &elements[at];
            let lone =
                || sums.free_in(&element.blocks) <= LONE_EXCERPT && sums.paragraphs_in(&element.blocks) <= 1;
            like[at] && (siblings[element.parent] > 1 || lone())
        })
        .collect()
}

/// Whether `element` begins with the title of another page and says little beside it.
fn is_like_a_story(
    outline: &Outline,
    element: &Element,
    sums: &Sums,
    own: &Own,
    headline: Option<usize>,
) -> bool {
    const NAMES: [&str; 11] =
        ["article", "div", "li", "section", "figure", "td", "tr", "dl", "a", "blockquote", "ul"];

    let range = &element.blocks;
    if !NAMES.contains(&element.name) || headline.is_some_and(|at| range.contains(&at)) {
        return false;
    }
    let Some((first, pages)) = sums.titles_in(range) else { return false };
    if sums.free_in(&(range.start..first)) > LABEL {
        return false;
    }
    if pages > 1 {
        // A list of nothing but titles.
        return sums.free_in(range) * 4 <= sums.words_in(range);
    }
    let whole_post = element.name == "article" && outline.blocks[first].is_heading && own.has_headline();
    whole_post || (sums.free_in(range) <= EXCERPT && sums.paragraphs_in(range) < PARAGRAPHS)
}

/// Stories without an element of their own: headings that are links, side by side, with an excerpt under each.
fn flat_stories(outline: &Outline, sums: &Sums, parts: &Parts) -> Vec<std::ops::Range<usize>> {
    let parent = |at: usize| outline.elements[outline.blocks[at].element].parent;
    let titles: Vec<usize> = sums
        .titles
        .iter()
        .copied()
        .filter(|&at| outline.blocks[at].is_heading && parts.blocks[at] == Part::Open)
        .collect();
    let mut runs = Vec::new();
    // Whether the titles of one list have excerpts is told by all but the last, under which the article may go on.
    let mut excerpts = false;
    for (index, &at) in titles.iter().enumerate() {
        let around = parent(at);
        let beside = |other: &&usize| {
            parent(**other) == around && outline.blocks[**other].target != outline.blocks[at].target
        };
        let before = titles[..index].last().filter(beside);
        let next = titles.get(index + 1).filter(beside);
        let end = next.copied().unwrap_or(outline.elements[around].blocks.end);
        let excerpt = (at + 1..end)
            .take_while(|&below| !outline.blocks[below].is_heading)
            .take_while(|&below| sums.paragraphs_in(&(at + 1..below)) == 0)
            .last()
            .map_or(at + 1, |last| last + 1);
        excerpts = excerpt > at + 1 && next.is_some() || (excerpts && before.is_some());
        let run = at..if excerpts { excerpt } else { at + 1 };
        let alone = before.is_none() && next.is_none();
        if !alone
            && sums.free_in(&run) <= EXCERPT
            && parts.headline.is_none_or(|headline| !run.contains(&headline))
        {
            runs.push(run);
        }
    }
    runs
}

/// What `element` is by what its markup says, where that is plausible. `all` is the page's own prose, in words.
fn by_markup(outline: &Outline, element: &Element, sums: &Sums, all: usize, headline: Option<usize>) -> Part {
    let holds_headline = headline.is_some_and(|at| element.blocks.contains(&at));
    let prose = sums.prose_in(&element.blocks);
    let paragraphs = sums.paragraphs_in(&element.blocks);
    match element.role {
        _ if prose >= SHORTEST && prose * 2 > all => Part::Open,
        Some(Role::Caption) if paragraphs < PARAGRAPHS && !holds_headline => Part::Caption,
        Some(Role::Beside) if holds_headline => Part::Open,
        Some(Role::Beside) if matches!(element.name, "nav" | "aside" | "footer" | "form" | "menu") => {
            Part::Beside
        }
        Some(Role::Beside) if paragraphs < PARAGRAPHS => Part::Beside,
        // The header of an article holds its headline or its lead; that of a site stands before both.
        Some(Role::Header) if headline.is_some_and(|at| element.blocks.end <= at) => Part::Beside,
        _ if is_promo(outline, element) && !holds_headline => Part::Beside,
        _ => Part::Open,
    }
}

/// Whether `element` begins with a way past it: «تخطى قصص مقترحة وواصل القراءة».
fn is_promo(outline: &Outline, element: &Element) -> bool {
    const WAYS: [&str; 3] = ["تخطي", "تجاوز", "skip"];
    const FIRST: usize = 3;

    matches!(element.name, "section" | "div")
        && outline.elements[element.parent].blocks.len() > element.blocks.len()
        && element.blocks.clone().take(FIRST).any(|at| {
            let words = line::words(&outline.blocks[at].text);
            words.len() > 2 && WAYS.contains(&words[0].key.as_str())
        })
}
