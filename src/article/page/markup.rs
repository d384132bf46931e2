//! What the markup of a page says of its elements: which are read, which begin lines, and what they are for.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use dom_query::{Document, NodeRef};

use crate::text::fold;

/// What an element is for, as its name, role or class says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It stands beside the article: menus, side bars, footers, forms, share bars, comments.
    Beside,
    /// The words to a picture.
    Caption,
    /// It opens a page or an article: a header.
    Header,
}

/// Words in the class or id of what stands beside an article, or gives other articles.
const BESIDE: [&str; 27] = [
    "related",
    "read-also",
    "readalso",
    "see-also",
    "also-read",
    "share",
    "social",
    "newsletter",
    "breadcrumb",
    "author-box",
    "post-tags",
    "about-author",
    "author-bio",
    "sidebar",
    "comment",
    "disqus",
    "most-read",
    "mostread",
    "trending",
    "recommend",
    "poll",
    "cookie",
    "promo",
    "pagination",
    "byline",
    "subscribe",
    "tags-links",
];
/// Words in the class of what is said of a picture.
const CAPTION: [&str; 4] = ["caption", "credit", "photo-desc", "image-desc"];

/// What `node`, an element called `name`, is for.
pub fn role(node: &NodeRef, name: &str) -> Option<Role> {
    match name {
        "nav" | "aside" | "footer" | "form" | "menu" => return Some(Role::Beside),
        "figcaption" | "figure" => return Some(Role::Caption),
        // Their classes say what else is on the page.
        "html" | "body" | "main" | "article" => return None,
        _ => {}
    }
    let is_landmark = |role: &str| {
        ["navigation", "complementary", "contentinfo", "search"]
            .iter()
            .any(|landmark| role.eq_ignore_ascii_case(landmark))
    };
    if node.attr("role").is_some_and(|role| is_landmark(&role)) {
        return Some(Role::Beside);
    }
    let names = ["class", "id", "aria-labelledby"].into_iter().filter_map(|name| node.attr(name));
    let first = |names: &str| WORDS.find_overlapping_iter(names).map(|word| word.pattern().as_usize()).min();
    match names.filter_map(|names| first(&names)).min() {
        Some(word) if word < CAPTION.len() => Some(Role::Caption),
        Some(_) => Some(Role::Beside),
        None => (name == "header").then_some(Role::Header),
    }
}

/// The words of both lists, those of captions first.
static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = AhoCorasick::builder().ascii_case_insensitive(true).build(CAPTION.iter().chain(&BESIDE));
    words.expect("a few short words")
});

/// Whether nothing in an element of this name is read.
pub fn is_unread(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
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

/// The name of an element that begins a new line.
pub fn block_name(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 43] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "amp-body",
        "caption",
    ];
    NAMES.into_iter().find(|known| *known == name)
}

/// Whether a cell of a table lays out a page: it holds lines, or more words than a figure or a name has.
pub fn is_layout_cell(node: &NodeRef) -> bool {
    /// Bytes of a dozen words.
    const LONG: usize = 160;
    node.descendants_it().any(|below| {
        below.node_name().is_some_and(|name| {
            &*name == "br" || block_name(&name).is_some_and(|name| !matches!(name, "td" | "th" | "tr"))
        })
    }) || node.text().trim().len() > LONG
}

/// Whether `node` is the quotation that a post of a network is embedded as, until its script runs; its paragraphs are the post.
pub fn is_embedded_post(node: &NodeRef, name: &str) -> bool {
    const CLASSES: [&str; 3] = ["twitter-tweet", "twitter-video", "bluesky-embed"];
    name == "blockquote" && CLASSES.iter().any(|class| node.has_class(class))
}

/// Whether `node` stands for a post of a network of which it says nothing but whose it is.
pub fn is_empty_post(node: &NodeRef, name: &str) -> bool {
    const CLASSES: [&str; 4] = ["instagram-media", "tiktok-embed", "text-post-media", "fb-post"];
    matches!(name, "blockquote" | "div") && CLASSES.iter().any(|class| node.has_class(class))
}

/// Whether a link is only the address of a picture or a post: «pic.twitter.com/x» in an embedded post.
pub fn is_picture_link(href: &str, text: &str) -> bool {
    text.trim().starts_with("pic.twitter.com/")
        || text.trim().starts_with("pic.x.com/")
        || (href.contains("//t.co/") && text.contains("//t.co/"))
}

/// What `raised`, a superscript behind `before`, says: an exponent and the power of a unit are kept, as raised digits («10⁶», «كم²»);
/// the number of a footnote is left out («120¹» would be another number).
pub fn superscript(before: &str, raised: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const UNITS: [&str; 10] = ["م", "كم", "سم", "متر", "كيلومتر", "m", "km", "cm", "mm", "ft"];

    let raised = raised.trim();
    let bare = raised.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '*'));
    let negative = bare.trim_start_matches(['-', '−']);
    let digits: Option<Vec<u32>> = fold::fold(negative).chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return raised.to_owned() };
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '×' | '*' | '(')).next().unwrap_or_default();
    let power = matches!(word, "10" | "١٠") || (UNITS.contains(&word) && matches!(digits[..], [2 | 3]));
    if !power || digits.is_empty() || bare.len() != raised.len() {
        return String::new();
    }
    let sign = if negative.len() < bare.len() { "⁻" } else { "" };
    let raised: String = digits.into_iter().map(|digit| RAISED[digit as usize]).collect();
    format!("{sign}{raised}")
}

/// `text` without markup that was escaped once too often: «&lt;p&gt;», «&amp;quot;».
pub fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !is_escaped(text) {
        return text.into();
    }
    let document = Document::from(text.replace("\u{a0}", " "));
    document.root().text().to_string().into()
}

/// Whether `text` holds an entity or a tag by its letters.
fn is_escaped(text: &str) -> bool {
    let entity = |at: usize| {
        let rest = &text.as_bytes()[at + 1..];
        let end = rest.iter().take(10).position(|&byte| byte == b';');
        end.is_some_and(|end| {
            end > 1 && rest[..end].iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        })
    };
    let tag = |at: usize| {
        let rest = text[at + 1..].trim_start_matches('/');
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        rest.contains('>')
            && (block_name(name).is_some()
                || matches!(name, "a" | "b" | "br" | "em" | "font" | "i" | "img" | "span" | "strong" | "u"))
    };
    text.match_indices('&').any(|(at, _)| entity(at)) || text.match_indices('<').any(|(at, _)| tag(at))
}
