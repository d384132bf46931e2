//! What is never parsed to its end: markup so large or so deep that a parser or an extractor would take seconds, gigabytes or the
//! whole stack for it.
//!
//! Parsers and extractors have steps that grow with depth times size: each `<div>` looks up the open elements for a `<p>` to close,
//! each paragraph opens all unclosed `<b>` again, each element's text is read for all its ancestors. Real news pages have up to some
//! thousand elements, nested some dozen deep. What is bounded is the tree itself, while it is built: what a page looks like to
//! any other eyes says little of it (`<math><title>` holds elements, `<!-->` is a whole comment).

use std::borrow::Cow;
use std::cell::Cell;

use dom_query::{Document, NodeId};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

use crate::article::Refusal;

/// Bounds for one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the page, after decoding and without the files that are written into it.
    pub bytes: usize,
    /// Elements that one stands in.
    pub depth: usize,
    /// Elements and comments in all, those among them that the parser itself puts in.
    pub elements: usize,
    /// Bytes of text outside of tags, scripts and styles.
    pub text: usize,
    /// Bytes of text times the elements they stand in: extractors read the text of each element for itself.
    pub read_again: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// Attributes of all elements.
    pub all_attributes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 4 << 20,
            depth: 150,
            elements: 50_000,
            text: 1 << 20,
            read_again: 20 << 20,
            attributes: 150,
            all_attributes: 100_000,
        }
    }
}

/// Bytes that are parsed between two looks at the bounds. In so few there are some hundred tags.
const STEP: usize = 1024;

/// The tree of `html`.
///
/// # Errors
/// [`Refusal::TooComplex`] if it is not within `limits`; it is not built further than that.
pub fn parse(html: &str, limits: &Limits) -> Result<Document, Refusal> {
    let html = if html.len() > limits.bytes { without_files(html) } else { Cow::Borrowed(html) };
    if html.len() > limits.bytes {
        return Err(Refusal::TooComplex);
    }
    // Without scripts, as the extractors read it.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser =
        parse_document(Bounded::new(*limits), ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = &*html;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.floor_char_boundary(STEP));
        parser.process(now.into());
        if parser.tokenizer.sink.sink.over.get() {
            return Err(Refusal::TooComplex);
        }
        rest = later;
    }
    parser.finish()
}

/// `html` without the files that are written into it: pictures and fonts (`data:image/png;base64,iVBOR…`) can be most of its bytes.
/// Nothing that is cut can be markup, whoever reads it: it is letters, digits, `+`, `/` and `=`.
fn without_files(html: &str) -> Cow<'_, str> {
    const OPENER: &str = ";base64,";
    let mut kept = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(OPENER) {
        let (before, file) = rest.split_at(at + OPENER.len());
        kept.push_str(before);
        rest = file.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='));
    }
    if kept.is_empty() {
        return Cow::Borrowed(html);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// A tree that is counted while it is built.
struct Bounded {
    document: Document,
    limits: Limits,
    elements: Cell<usize>,
    text: Cell<usize>,
    read_again: Cell<usize>,
    attributes: Cell<usize>,
    /// Whether elements were moved with what is in them, as where `<b>` and `<i>` overlap.
    moved: Cell<bool>,
    over: Cell<bool>,
}

impl Bounded {
    fn new(limits: Limits) -> Self {
        Self {
            document: Document::default(),
            limits,
            elements: Cell::default(),
            text: Cell::default(),
            read_again: Cell::default(),
            attributes: Cell::default(),
            moved: Cell::default(),
            over: Cell::default(),
        }
    }

    fn add(&self, to: &Cell<usize>, more: usize, limit: usize) {
        to.set(to.get().saturating_add(more));
        self.require(to.get() <= limit);
    }

    fn require(&self, within: bool) {
        if !within {
            self.over.set(true);
        }
    }

    fn add_attributes(&self, attributes: &[Attribute]) {
        self.require(attributes.len() <= self.limits.attributes);
        self.add(&self.attributes, attributes.len(), self.limits.all_attributes);
    }

    /// Counts what is put into `parent`.
    fn put(&self, parent: NodeId, child: &NodeOrText<NodeId>) {
        let tree = &self.document.tree;
        let depth = tree.ancestor_ids_of_it(&parent, Some(self.limits.depth + 1)).count() + 1;
        self.require(depth <= self.limits.depth);
        let NodeOrText::AppendText(text) = child else { return };
        let read = tree.get_name(&parent).is_none_or(|name| !matches!(&*name.local, "script" | "style"));
        if read {
            self.add(&self.text, text.len(), self.limits.text);
            self.add(&self.read_again, text.len() * depth, self.limits.read_again);
        }
    }

    /// Whether no node is deeper than it may be. Each is visited once.
    fn is_shallow(&self) -> bool {
        let root = self.document.root();
        let (mut node, mut depth) = (root, 0_usize);
        loop {
            if let Some(child) = node.first_child() {
                depth += 1;
                if depth > self.limits.depth {
                    return false;
                }
                node = child;
                continue;
            }
            node = loop {
                if let Some(next) = node.next_sibling() {
                    break next;
                }
                let Some(parent) = node.parent() else { return true };
                depth -= 1;
                node = parent;
            };
        }
    }
}

impl TreeSink for Bounded {
    type Handle = NodeId;
    type Output = Result<Document, Refusal>;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self::Output {
        self.require(!self.moved.get() || self.is_shallow());
        if self.over.get() { Err(Refusal::TooComplex) } else { Ok(self.document) }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.add(&self.elements, 1, self.limits.elements);
        self.add_attributes(&attributes);
        self.document.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.add(&self.elements, 1, self.limits.elements);
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.add(&self.elements, 1, self.limits.elements);
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(*parent, &child);
        self.document.append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let Some(parent) = self.document.tree.parent_of(sibling) {
            self.put(parent.id, &child);
        }
        self.document.append_before_sibling(sibling, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        if self.document.tree.parent_of(element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.add_attributes(&attributes);
        self.document.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.moved.set(true);
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.moved.set(true);
        self.document.reparent_children(node, new_parent);
    }

    /// Nobody asks what was wrong with a page.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.document.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, left: &NodeId, right: &NodeId) -> bool {
        left == right
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(handle)
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::{Limits, parse};

    const LIMITS: Limits = Limits {
        bytes: 10_000,
        depth: 22,
        elements: 500,
        text: 8_000,
        read_again: 24_000,
        attributes: 10,
        all_attributes: 1_000,
    };

    #[track_caller]
    fn within(html: &str) {
        let tree =
            parse(html, &LIMITS).unwrap_or_else(|_| panic!("{}", &html[..html.floor_char_boundary(80)]));
        assert_eq!(tree.html(), Document::from(html).html(), "the tree is the one that is built at once");
    }

    #[track_caller]
    fn beyond(html: &str) {
        assert!(parse(html, &LIMITS).is_err(), "{}", &html[..html.floor_char_boundary(80)]);
    }

    #[test]
    fn sloppy_markup_is_not_deep() {
        within(&"<p>فقرة <span>نص".repeat(100));
        within(&format!("<ul>{}</ul>", "<li><a href=x>بند".repeat(100)));
        within(&format!("<table>{}</table>", "<tr><td>1<td>2".repeat(60)));
        within(&"<div><span></div>".repeat(100));
        within(&"<br><img src=x>".repeat(100));
        within(&"<b>نص</b> <i>نص</i>".repeat(100));
        within(&"<b>نص <i>نص</b> نص</i>".repeat(50));
        within(&format!("<script>{}</script>", "if (a<b) '<div>';".repeat(100)));
        within(&format!("<!-- {} -->", "<div>".repeat(100)));
        within("<a title='1 > 2 <div>' href=\"x\">نص</a>");
        within("نص < نص <3 </ <");
        within("");
    }

    #[test]
    fn files_in_a_page_are_no_part_of_its_size() {
        let picture = format!("<img src=\"data:image/png;base64,{}==\">", "iVBORw0KGgo/+8".repeat(1_000));
        let page = format!("<p>نص</p>{picture}<p>نص آخر</p>{picture}<p>نهاية</p>");
        assert!(page.len() > LIMITS.bytes);
        let tree = parse(&page, &LIMITS).expect("its text is small");
        assert_eq!(tree.select("p").length(), 3);
        assert_eq!(tree.select("img").length(), 2);
        beyond(&format!("{picture}{}", "<p>نص ".repeat(2_000)));
        beyond(&"x".repeat(LIMITS.bytes + 1));
    }

    #[test]
    fn depth_is_counted_whatever_hides_it() {
        beyond(&"<div>".repeat(21));
        beyond(&"<b>".repeat(21));
        beyond(&"<div></span>".repeat(21));
        beyond(&"<div></b></p></i>".repeat(21));
        beyond(&"<span><div></span>".repeat(21));
        beyond(&"<DIV\n>".repeat(21));
        beyond(&"<svg><g>".repeat(21));
        beyond(&"<custom-element>".repeat(21));
        beyond(&format!("<script></script>{}", "<div>".repeat(21)));
        beyond(&format!("<table>{}</table>", "<b>".repeat(21)));
    }

    /// What a scanner of tags takes for text, a comment or an attribute, and a parser for elements.
    #[test]
    fn depth_is_counted_as_the_parser_sees_it() {
        // Enough also within a template, which is a tree of its own.
        let deep = "<div>".repeat(24);
        beyond(&format!("<math><title>{}</title></math>", "<mi>".repeat(21)));
        beyond(&format!("<svg><style>{}</style></svg>", "<g>".repeat(21)));
        beyond(&format!("<!-->{deep} -->"));
        beyond(&format!("<!-- --!>{deep} -->"));
        beyond(&format!("<a =\"x>{deep}\">"));
        beyond(&format!("<template>{deep}</template>"));
    }

    #[test]
    fn what_is_moved_deeper_is_counted_there() {
        // Each `</b>` puts a new `<b>` round what stands in the `<div>`.
        beyond(&format!("{}{}{}", "<b><div>".repeat(12), "نص", "</b>".repeat(12)));
    }

    #[test]
    fn size_is_counted_in_all_its_forms() {
        beyond(&"x".repeat(10_001));
        beyond(&"<br>".repeat(501));
        beyond(&"<!---->".repeat(501));
        beyond(&"x".repeat(8_001));
        beyond(&format!("{}{}", "<div>".repeat(10), "x".repeat(2_000)));
        within(&format!("<script>{}</script>", "x".repeat(9_000)));
        let numbered = |count: u32, before: &str, after: &str| {
            (0..count).map(|number| format!("{before}{number}{after}")).collect::<Vec<_>>().concat()
        };
        beyond(&format!("<div {}>", numbered(11, "a", "=1 ")));
        beyond(&format!("<p>{}{}", numbered(15, "<font color=c", ">"), "<p>x".repeat(80)));
    }
}
