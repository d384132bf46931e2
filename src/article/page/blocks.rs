//! Blocks: the paragraphs, headings and list items of a piece of HTML, in reading order.

use dom_query::{Document, NodeRef};

use crate::article::line;

/// One block of text, white space collapsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The words, on one line.
    pub text: String,
    /// Whether it stands in a heading element.
    pub heading: bool,
    /// Whether most of it is links.
    pub linked: bool,
}

impl Block {
    /// A paragraph of plain text.
    pub fn plain(text: &str) -> Self {
        Self { text: collapse(text), heading: false, linked: false }
    }

    /// Whether it reads as a paragraph of prose: a finished sentence, or long.
    pub fn is_prose(&self) -> bool {
        line::is_paragraph(&self.text)
    }

    /// Whether it has the letters of a paragraph, in scripts that set no spaces too.
    pub fn is_long(&self) -> bool {
        self.text.chars().count() > 80
    }

    /// How many words it has; in scripts that set no spaces, about as many.
    pub fn words(&self) -> usize {
        /// Letters of a long word.
        const LETTERS: usize = 10;
        self.text.split_whitespace().count().max(self.text.chars().count() / LETTERS)
    }
}

/// The blocks of an HTML fragment.
pub fn of_html(html: &str) -> Vec<Block> {
    of_node(&Document::from(html).root())
}

/// The blocks below `node`. Scripts, captions, controls and other unread elements are left out.
pub fn of_node(node: &NodeRef) -> Vec<Block> {
    let mut walk = Walk::default();
    walk.descend(node, false, false);
    walk.flush(false);
    walk.blocks
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    text: String,
    /// Bytes of `text` that stand in links.
    linked: usize,
}

impl Walk {
    fn descend(&mut self, node: &NodeRef, heading: bool, link: bool) {
        for child in node.children_it(false) {
            if child.is_text() {
                let text = child.text();
                self.linked += if link { text.trim().len() } else { 0 };
                self.text.push_str(&text);
                continue;
            }
            let Some(name) = child.node_name() else { continue };
            let name = name.as_ref();
            if is_unread(name) || is_furniture(&child) {
                continue;
            }
            if matches!(name, "td" | "th") {
                self.text.push(' ');
            }
            let heading_here = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
            let breaks = heading_here || is_block(name);
            if breaks {
                self.flush(heading);
            }
            self.descend(&child, heading || heading_here, link || name == "a");
            if breaks {
                self.flush(heading || heading_here);
            }
        }
    }

    fn flush(&mut self, heading: bool) {
        let text = collapse(&self.text);
        if !text.is_empty() {
            self.blocks.push(Block { heading, linked: self.linked * 10 > text.len() * 6, text });
        }
        self.text.clear();
        self.linked = 0;
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

fn is_unread(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "figcaption"
            | "button"
            | "select"
            | "textarea"
            | "iframe"
            | "svg"
            | "object"
            | "audio"
            | "video"
            | "head"
            | "title"
            | "math"
    )
}

/// Whether an element's class says that it is a caption, a picture credit, a share bar or the like. A class
/// can lie, so what holds several paragraphs is read all the same.
fn is_furniture(node: &NodeRef) -> bool {
    const WORDS: [&str; 12] = [
        "caption",
        "credit",
        "related",
        "read-also",
        "readalso",
        "see-also",
        "share",
        "social",
        "newsletter",
        "breadcrumb",
        "author-box",
        "post-tags",
    ];
    const PARAGRAPHS: usize = 3;

    let named = |name: &str| {
        node.attr(name)
            .is_some_and(|value| WORDS.iter().any(|word| value.to_ascii_lowercase().contains(word)))
    };
    (named("class") || named("id"))
        && node.descendants_it().filter(|below| below.has_name("p")).take(PARAGRAPHS).count() < PARAGRAPHS
}

/// Elements that begin a new line; `br` among them, for many sites part paragraphs with it.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::of_html;

    #[test]
    fn paragraphs_breaks_and_items_are_blocks() {
        let html = "<h2>عنوان</h2><p>فقرة <b>أولى</b>.<br><br>فقرة\n ثانية.</p><ul><li><a href=x>رابط طويل</a></li></ul>\
                    <figure><figcaption>صورة</figcaption></figure>نص <i>حر</i>";
        let blocks = of_html(html);
        let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(lines, ["عنوان", "فقرة أولى.", "فقرة ثانية.", "رابط طويل", "نص حر"]);
        assert!(blocks[0].heading && !blocks[1].heading && blocks[3].linked);
    }
}
