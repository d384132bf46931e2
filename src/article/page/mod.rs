//! HTML pages: from a page to its article.

mod blocks;
mod elsewhere;
mod headline;
mod json;
mod kind;
pub mod limits;
mod markup;
mod metadata;
mod metas;
mod notices;
mod own;
mod parts;
mod published;
mod story;
mod structured;
mod telegram;

use dom_query::{Document, NodeRef};
use dom_smoothie::Readability;
use trafilatura::{ExtractionFocus, HtmlDateMode};
use url::Url;

pub use self::elsewhere::elsewhere;

use self::blocks::{Block, Outline};
use self::headline::Titles;
use self::limits::Limits;
use self::metas::Metas;
use self::own::Own;
use self::parts::{Part, Parts};
use self::published::Sources;
use self::story::Reader;
use super::date::Figures;
use super::{Article, Refusal, clutter, language};

/// Reads the article of a page. `url` is where it was read, which a file does not know.
///
/// # Errors
/// Why the page holds none that can be read.
pub fn read(html: &str, url: Option<&Url>) -> Result<Article, Refusal> {
    let document = limits::parse(html, &Limits::default())?;
    if let Some(post) = telegram::read(&document) {
        return post.map(|article| of_site(article, None, url));
    }

    // What the page says of itself.
    let metas = Metas::read(&document);
    let titles = Titles::read(&document, &metas);
    let declared = structured::read(&document, &titles.all());
    let site = headline::site(&metas, &declared).filter(|name| metadata::may_be_called(name, url));
    let headline = titles.headline(&declared, site.as_deref(), url);
    let canonical = metadata::canonical(&document, &metas, url);

    // What its parts are, and which blocks are this article.
    let claimed = metadata::claimed(&document, &metas);
    let own = Own::new(&[url, claimed.as_ref()], &[&headline]);
    let outline = Outline::read(&document, &own);
    let parts = parts::parts(&outline, &own, site.as_deref());
    let figures = if language::is_arabic(&headline) { Figures::DayFirst } else { Figures::Unknown };
    let sources = Sources {
        document: &document,
        metas: &metas,
        declared: &declared,
        outline: &outline,
        parts: &parts,
        figures,
    };
    let published = sources.published();
    let byline = metadata::author(&document, &metas, &declared, site.as_deref());
    let tag = metadata::language(&document);
    let page = kind::Page::read(&document, &metas, &declared, &outline, &parts, url);
    remove(&document, &outline, &parts);
    let (precise, complete) = extract(document);
    let chosen = story::choose(&outline, &parts, &precise, &complete, &declared.body);

    // Its clean lines.
    let blocks = clutter::clean(chosen, |block: &Block| block.text.as_str(), &headline);
    page.check(&headline, &blocks, published.is_some())?;
    let body = blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
    let language =
        if language::is_arabic(&body) { Some("ar".to_owned()) } else { tag.filter(|tag| tag != "ar") };
    let picture = metadata::picture(&metas, url);
    let cut = page.cut(&blocks);
    let article =
        Article { headline, body, site, byline, published, picture, cut, language, ..Article::default() };
    Ok(of_site(article, canonical.as_ref(), url))
}

/// The article at its address. One that has none is of no site, whatever it says: anybody can write a file.
fn of_site(article: Article, canonical: Option<&Url>, url: Option<&Url>) -> Article {
    let address = canonical.or(url);
    // Whoever has a page of «sites.example.com» is not «news.example.com».
    let host = url.filter(|url| address.is_some_and(|address| address.host() != url.host()));
    let host = host.and_then(Url::domain).map(str::to_owned);
    Article { url: address.cloned(), host, site: article.site.filter(|_| url.is_some()), ..article }
}

/// Takes what is of other stories, or said of pictures, out of the tree, so that no extractor can take it for the article.
fn remove(document: &Document, outline: &Outline, parts: &Parts) {
    let outermost = |at: usize| {
        parts.elements[at] != Part::Open && parts.elements[outline.elements[at].parent] == Part::Open
    };
    for at in (1..outline.elements.len()).filter(|&at| outermost(at)) {
        NodeRef::new(outline.elements[at].node, &document.tree).remove_from_parent();
    }
}

/// Elements that Trafilatura drops unread, but parses, copies and searches for its metadata before: half of many a page.
const UNREAD: [&str; 22] = [
    "head", "script", "style", "svg", "noscript", "iframe", "object", "embed", "applet", "audio", "video",
    "canvas", "picture", "map", "nav", "menu", "button", "select", "input", "label", "textarea", "dialog",
];

/// What Trafilatura and Readability find.
fn extract(document: Document) -> (Reader, Reader) {
    let lean = document.clone();
    let is_unread = |node: &NodeRef<'_>| node.node_name().is_some_and(|name| UNREAD.contains(&&*name));
    for node in lean.root().descendants().iter().filter(|node| is_unread(node)) {
        node.remove_from_parent();
    }
    (Reader::of(&precise(&lean.html())), Reader::of(&complete(document)))
}

/// What Trafilatura finds, set to precision. Its date is not asked for: `metadata` reads that from more places.
fn precise(html: &str) -> Vec<Block> {
    let options = trafilatura::Options::default()
        .with_focus(ExtractionFocus::FavorPrecision)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    trafilatura::extract(html, &options).map(|found| blocks::of_html(&found.content_html)).unwrap_or_default()
}

/// What Readability finds.
fn complete(document: Document) -> Vec<Block> {
    let config = dom_smoothie::Config {
        // Classes tell captions and share bars from paragraphs.
        keep_classes: true,
        disable_json_ld: true,
        ..dom_smoothie::Config::default()
    };
    Readability::with_document(document, None, Some(config))
        .and_then(|mut reader| reader.parse())
        .map(|found| blocks::of_html(&found.content))
        .unwrap_or_default()
}
