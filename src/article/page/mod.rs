//! HTML pages: from a page to its article.

mod blocks;
mod elsewhere;
mod kind;
pub mod limits;
mod merge;
mod metadata;
mod structured;
mod telegram;

use dom_query::Document;
use dom_smoothie::Readability;
use trafilatura::{ExtractionFocus, HtmlDateMode};
use url::Url;

pub use self::elsewhere::elsewhere;

use self::blocks::Block;
use self::limits::Limits;
use self::merge::Candidates;
use super::{Article, Refusal, clutter, language};

/// Reads the article of a page. `url` is where it was read, which a file does not know.
///
/// # Errors
/// Why the page holds none that can be read.
pub fn read(html: &str, url: Option<&Url>) -> Result<Article, Refusal> {
    let document = limits::parse(html, &Limits::default())?;
    if let Some(post) = telegram::read(&document) {
        return post.map(|article| of_site(article, url));
    }
    let mut declared = structured::read(&document);
    let metadata = metadata::read(&document, &declared, url);
    let (precise, complete) = extract(document);
    let published = metadata.published.or_else(|| metadata::date_above(&complete));
    let tidy =
        |blocks: Vec<Block>| clutter::clean(blocks, |block: &Block| block.text.as_str(), &metadata.title);
    let body = std::mem::take(&mut declared.body);
    let candidates = Candidates { precise: tidy(precise), complete: tidy(complete), declared: tidy(body) };
    let blocks = merge::merge(candidates);
    // Lines without a single sentence are a list of headlines, whatever the extractors say.
    let words = if blocks.iter().any(|block| block.is_prose() || block.is_long()) {
        blocks.iter().map(Block::words).sum()
    } else {
        0
    };
    if let Some(refusal) = kind::refusal(html, &metadata.title, &declared, words) {
        return Err(refusal);
    }
    let body = blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
    let language = if language::is_arabic(&body) {
        Some("ar".to_owned())
    } else {
        metadata.language.filter(|tag| tag != "ar")
    };
    let article = Article {
        headline: metadata.title,
        body,
        site: metadata.site,
        byline: metadata.byline,
        published,
        cut: kind::cut(&declared, &blocks),
        language,
        url: None,
    };
    Ok(of_site(article, metadata.canonical.as_ref().or(url)))
}

/// The article at its address. One that has none is of no site, whatever it says: anybody can write a file.
fn of_site(article: Article, url: Option<&Url>) -> Article {
    Article { url: url.cloned(), site: article.site.filter(|_| url.is_some()), ..article }
}

/// Elements that Trafilatura drops unread, but parses, copies and searches for its metadata before: half of many a page.
const UNREAD: &str = "head, script, style, svg, noscript, iframe, object, embed, applet, audio, video, canvas, picture, map, nav, \
                      menu, aside, footer, form, button, select, input, label, textarea, dialog";

/// What Trafilatura and Readability find.
fn extract(document: Document) -> (Vec<Block>, Vec<Block>) {
    let lean = document.clone();
    lean.select(UNREAD).remove();
    (precise(&lean.html()), complete(document))
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
