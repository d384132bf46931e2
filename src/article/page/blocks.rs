//! Blocks: what a page says, line by line, in reading order, and the elements that they stand in.
//!
//! The tree of a page is walked once. What follows (which part of the page is what, which blocks are the article) is decided over
//! these two lists, and no longer over the tree.

use std::ops::Range;

use dom_query::{Document, NodeId, NodeRef};

use super::markup::{self, Role};
use super::own::Own;
use crate::article::line;

/// One block of text, white space collapsed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The words, on one line.
    pub text: String,
    /// Whether it stands in a heading element.
    pub is_heading: bool,
    /// Whether most of it is links.
    pub is_linked: bool,
    /// The other page that all of it links to: it is that page's title, or a way there.
    pub target: Option<String>,
    /// The element that it stands in: its place in [`Outline::elements`].
    pub element: usize,
    /// How many words it has; in scripts that set no spaces, about as many.
    pub words: usize,
    /// Whether it reads as a paragraph of prose: a finished sentence, or long.
    pub is_prose: bool,
}

impl Block {
    /// A paragraph of plain text.
    pub fn plain(text: &str) -> Self {
        Self::of(collapse(text))
    }

    /// A block of `text`, of which is known what can be told from its words.
    fn of(text: String) -> Self {
        /// Letters of a long word.
        const LETTERS: usize = 10;
        let words = text.split_whitespace().count().max(text.chars().count() / LETTERS);
        Self { words, is_prose: line::is_paragraph(&text), text, ..Self::default() }
    }

    /// Whether it has the letters of a paragraph, in scripts that set no spaces too.
    pub fn is_long(&self) -> bool {
        self.text.chars().count() > 80
    }
}

/// An element that begins a line of its own.
#[derive(Clone, Debug)]
pub struct Element {
    /// Where it stands in the tree.
    pub node: NodeId,
    /// The element around it; the outermost is around itself.
    pub parent: usize,
    /// Its name.
    pub name: &'static str,
    /// What its markup says that it is for.
    pub role: Option<Role>,
    /// Whether it holds a picture.
    pub is_picture: bool,
    /// The blocks in it.
    pub blocks: Range<usize>,
}

/// The blocks of a page and the elements that hold them, both in reading order.
#[derive(Debug, Default)]
pub struct Outline {
    /// What the page says.
    pub blocks: Vec<Block>,
    /// The elements, each before those in it.
    pub elements: Vec<Element>,
}

impl Outline {
    /// Reads all of `document`; `own` tells links to other pages from those to this one.
    pub fn read(document: &Document, own: &Own) -> Self {
        let mut walk = Walk { own, outline: Self::default(), line: Line::default() };
        walk.element(&document.root(), "html", State::default());
        walk.outline
    }

    /// Whether the element `inner` is `outer` or stands in it.
    pub fn is_within(&self, inner: usize, outer: usize) -> bool {
        let mut at = inner;
        while at > outer {
            at = self.elements[at].parent;
        }
        at == outer
    }
}

/// The blocks of an HTML fragment.
pub fn of_html(html: &str) -> Vec<Block> {
    Outline::read(&Document::from(html), &Own::default()).blocks
}

/// The blocks below `node`.
pub fn of_node(node: &NodeRef) -> Vec<Block> {
    let own = Own::default();
    let mut walk = Walk { own: &own, outline: Outline::default(), line: Line::default() };
    walk.element(node, "html", State::default());
    walk.outline.blocks
}

/// The line that is being read.
#[derive(Default)]
struct Line {
    text: String,
    /// Bytes of `text` that stand in links to other pages.
    linked: usize,
    /// The page that they lead to, where it is one.
    target: Option<String>,
    /// Whether they lead to several.
    several: bool,
}

/// What the walk is inside of.
#[derive(Clone, Copy, Default)]
struct State<'a> {
    element: usize,
    is_heading: bool,
    link: Option<&'a str>,
    /// An embedded post, of which only the paragraphs are its words.
    embedded: bool,
}

struct Walk<'a> {
    own: &'a Own,
    outline: Outline,
    line: Line,
}

impl Walk<'_> {
    /// Reads `node` as an element with lines of its own.
    fn element(&mut self, node: &NodeRef, name: &'static str, state: State) {
        self.flush(state);
        let at = self.outline.elements.len();
        let first = self.outline.blocks.len();
        self.outline.elements.push(Element {
            node: node.id,
            parent: state.element,
            name,
            role: markup::role(node, name),
            is_picture: false,
            blocks: first..first,
        });
        let inside = State { element: at, ..state };
        self.descend(node, inside);
        self.flush(inside);
        self.outline.elements[at].blocks.end = self.outline.blocks.len();
    }

    fn descend(&mut self, node: &NodeRef, state: State) {
        for child in node.children_it(false) {
            if child.is_text() {
                if !state.embedded {
                    self.push(&child.text(), state);
                }
                continue;
            }
            let Some(name) = child.node_name() else { continue };
            self.child(&child, name.as_ref(), state);
        }
    }

    fn child(&mut self, node: &NodeRef, name: &str, state: State) {
        if markup::is_unread(name) || markup::is_empty_post(node, name) {
            self.outline.elements[state.element].is_picture |= matches!(name, "video" | "iframe" | "svg");
            return;
        }
        match name {
            "br" | "hr" => self.flush(state),
            "img" | "picture" => self.outline.elements[state.element].is_picture = true,
            "sup" => {
                let text = markup::superscript(&self.line.text, &node.text());
                self.push(&text, state);
            }
            "a" => {
                let href = node.attr("href");
                let href = href.as_deref().filter(|href| self.own.leads_away(href));
                if href.is_some_and(|href| markup::is_picture_link(href, &node.text())) {
                    return;
                }
                let state = State { link: href.or(state.link), ..state };
                // A link round blocks is a card.
                if node
                    .descendants_it()
                    .any(|below| below.node_name().is_some_and(|name| markup::block_name(&name).is_some()))
                {
                    self.element(node, "a", state);
                } else {
                    self.descend(node, state);
                }
            }
            "td" | "th" if !markup::is_layout_cell(node) => {
                self.push(" ", state);
                self.descend(node, state);
            }
            _ => match markup::block_name(name) {
                Some(name) => {
                    let heading = state.is_heading || matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                    let embedded = (state.embedded && name != "p") || markup::is_embedded_post(node, name);
                    self.element(node, name, State { is_heading: heading, embedded, ..state });
                }
                None => self.descend(node, state),
            },
        }
    }

    fn push(&mut self, text: &str, state: State) {
        self.line.text.push_str(text);
        let length = text.trim().len();
        if let Some(target) = state.link.filter(|_| length > 0) {
            self.line.linked += length;
            match &self.line.target {
                None => self.line.target = Some(target.to_owned()),
                Some(other) => self.line.several |= other != target,
            }
        }
    }

    fn flush(&mut self, state: State) {
        let line = std::mem::take(&mut self.line);
        let text = collapse(&markup::unescaped(&line.text));
        if text.is_empty() {
            return;
        }
        let letters = text.len();
        self.outline.blocks.push(Block {
            is_heading: state.is_heading,
            is_linked: line.linked * 10 > letters * 6,
            target: line.target.filter(|_| !line.several && line.linked * 10 > letters * 6),
            element: state.element,
            ..Block::of(text)
        });
    }
}

/// `text` on one line: white space collapsed, ornaments at its start dropped.
pub fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let bare = line::without_ornament(&line);
    if bare.len() == line.len() { line } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::of_html;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let blocks = of_html(html);
        assert_eq!(blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>(), expected, "{html}");
    }

    #[test]
    fn paragraphs_breaks_and_items_are_blocks() {
        let html = "<h2>عنوان</h2><p>فقرة <b>أولى</b>.<br><br>فقرة\n ثانية.</p><ul><li><a href=x>رابط طويل</a></li></ul>\
                    نص <i>حر</i>";
        check(html, &["عنوان", "فقرة أولى.", "فقرة ثانية.", "رابط طويل", "نص حر"]);
        let blocks = of_html(html);
        assert!(blocks[0].is_heading && !blocks[1].is_heading && blocks[3].is_linked);
        assert_eq!(blocks[3].target.as_deref(), Some("x"));
    }

    #[test]
    fn the_number_of_a_note_is_no_digit_and_an_exponent_no_figure() {
        check("<p>قدرة 120<sup>1</sup> ميغاواط.<sup><a href='#n1'>[1]</a></sup></p>", &["قدرة 120 ميغاواط."]);
        check("<p>نحو 3 × 10<sup>6</sup> خلية على 5 كم<sup>2</sup></p>", &["نحو 3 × 10⁶ خلية على 5 كم²"]);
        check("<p>في القرن 19<sup>م</sup> وقال<sup>3</sup> إنه</p>", &["في القرن 19م وقال إنه"]);
    }

    #[test]
    fn a_cell_of_layout_is_a_block_and_a_cell_of_data_a_word() {
        check("<table><tr><td>النادي</td><td>12</td></tr></table>", &["النادي 12"]);
        check(
            "<table><tr><td>فقرة طويلة<br>وأخرى</td><td>قائمة</td></tr></table>",
            &["فقرة طويلة", "وأخرى", "قائمة"],
        );
    }

    #[test]
    fn an_embedded_post_is_its_words_alone() {
        check(
            "<blockquote class=twitter-tweet><p>افتتاح المحطة اليوم <a href='https://t.co/x'>pic.twitter.com/x</a></p>&mdash; الوزارة (@moe) \
             <a href='https://twitter.com/moe/1'>March 5, 2024</a></blockquote>",
            &["افتتاح المحطة اليوم"],
        );
    }

    #[test]
    fn escaped_markup_is_no_text() {
        check(
            "<p>&lt;strong&gt;قال&lt;/strong&gt; الوزير &amp;quot;نعم&amp;quot; و3 &lt; 5</p>",
            &["قال الوزير \"نعم\" و3 < 5"],
        );
    }
}
