//! What a page declares about its article for machines: JSON-LD (schema.org) and microdata, checked against the page.

use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

use super::blocks::{self, Block};
use super::json;
use crate::article::line;

/// The declared article. Empty strings are left out, entities are decoded.
#[derive(Debug, Default)]
pub struct Declared {
    /// `headline`, often cut at 110 characters.
    pub headline: Option<String>,
    /// `datePublished`, as written.
    pub published: Option<String>,
    /// Names in `author` that are not declared to be organizations.
    pub authors: Vec<String>,
    /// The name in `publisher`.
    pub publisher: Option<String>,
    /// `isAccessibleForFree`.
    pub free: Option<bool>,
    /// `articleBody`, from JSON-LD or microdata, whichever is longer.
    pub body: Vec<Block>,
    /// Whether the page declares itself a list of pages: a section, a profile, what a search found.
    pub is_list: bool,
}

impl Declared {
    /// Whether the page declares an article at all.
    pub fn is_article(&self) -> bool {
        self.headline.is_some() || self.published.is_some() || !self.body.is_empty()
    }
}

/// A headline agrees with the page's own if it shares this much of its words.
const AGREES: f32 = 0.5;

/// Reads what `document` declares; `titles` are the headlines that it shows. Of several articles the one that has the page's headline is
/// taken, then the one that says most; one with another headline is another article.
#[must_use]
pub fn read(document: &Document, titles: &[&str]) -> Declared {
    let mut found = Found::default();
    for script in document.select("script[type*='ld+json']").nodes() {
        if let Some(value) = json::parse(&script.text()) {
            found.collect(&value);
        }
    }
    let articles = found.articles.iter().map(from_json);
    let fitting =
        articles.filter_map(|article| Some((agreement(article.headline.as_deref(), titles)?, article)));
    let best = fitting.max_by(|(left, one), (right, other)| {
        left.total_cmp(right).then_with(|| one.weight().cmp(&other.weight()))
    });
    let mut declared = best.map_or_else(Declared::default, |(_, article)| article);
    declared.is_list = found.is_list && !declared.is_article();
    let microdata = document.select("[itemprop='articleBody']");
    let longest = microdata.nodes().iter().map(blocks::of_node).max_by_key(|blocks| length(blocks));
    if let Some(body) = longest.filter(|body| length(body) > length(&declared.body)) {
        declared.body = body;
    }
    declared
}

impl Declared {
    /// How much it says.
    fn weight(&self) -> (usize, usize) {
        (
            length(&self.body),
            usize::from(self.published.is_some())
                + self.authors.len()
                + usize::from(self.publisher.is_some()),
        )
    }
}

/// How well a declared headline agrees with those that the page shows; `None` if it does not. A page that shows none, and an article
/// that has none, are believed.
fn agreement(headline: Option<&str>, titles: &[&str]) -> Option<f32> {
    let Some(headline) = headline else { return Some(0.0) };
    let keys = |text: &str| line::words(text).into_iter().map(|word| word.key).collect::<Vec<_>>();
    let words = keys(headline);
    let best = titles
        .iter()
        .map(|title| {
            let title = keys(title);
            let shared = words.iter().filter(|word| title.contains(word)).count();
            shared as f32 / words.len().min(title.len()).max(1) as f32
        })
        .max_by(f32::total_cmp);
    best.map_or(Some(0.0), |best| (best >= AGREES).then_some(best))
}

/// What stands in the JSON of a page.
#[derive(Default)]
struct Found {
    articles: Vec<Map<String, Value>>,
    is_list: bool,
}

impl Found {
    /// Collects the objects of an article type in `value`, but for those that a list or another article names.
    fn collect(&mut self, value: &Value) {
        const OF_OTHERS: [&str; 6] =
            ["itemListElement", "mentions", "citation", "relatedLink", "hasPart", "isPartOf"];

        match value {
            Value::Array(values) => values.iter().for_each(|value| self.collect(value)),
            Value::Object(object)
                if is(object, |kind| {
                    kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
                }) =>
            {
                self.articles.push(object.clone());
            }
            Value::Object(object) if is(object, |kind| kind == "ItemList") => {}
            Value::Object(object) => {
                self.is_list |=
                    is(object, |kind| matches!(kind, "CollectionPage" | "ProfilePage" | "SearchResultsPage"));
                object
                    .iter()
                    .filter(|(key, _)| !OF_OTHERS.contains(&key.as_str()))
                    .for_each(|(_, value)| self.collect(value));
            }
            _ => {}
        }
    }
}

fn is(object: &Map<String, Value>, wanted: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(wanted),
        Some(kind) => kind.as_str().is_some_and(wanted),
        None => false,
    }
}

/// The name of the itemprop `name` below `node`, or its own text.
pub fn name_in(node: &NodeRef) -> String {
    let named =
        node.descendants_it().find(|below| below.attr("itemprop").is_some_and(|prop| &*prop == "name"));
    let node = named.as_ref().unwrap_or(node);
    let content = node.attr("content").filter(|content| !content.trim().is_empty());
    blocks::collapse(&content.unwrap_or_else(|| node.text()))
}

fn length(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.text.len()).sum()
}

fn body_of(article: &Map<String, Value>) -> Option<&str> {
    article.get("articleBody").and_then(Value::as_str)
}

fn from_json(article: &Map<String, Value>) -> Declared {
    let text =
        |key: &str| article.get(key).and_then(Value::as_str).map(decode).filter(|text| !text.is_empty());
    Declared {
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished").or_else(|| text("dateCreated")),
        authors: article.get("author").map(people).unwrap_or_default(),
        publisher: article.get("publisher").and_then(|publisher| names(publisher).into_iter().next()),
        free: article.get("isAccessibleForFree").and_then(truth),
        body: body_of(article).map(lines).unwrap_or_default(),
        is_list: false,
    }
}

fn truth(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| match value.as_str()?.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    })
}

fn people(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(people).collect(),
        Value::Object(object)
            if object.get("@type").and_then(Value::as_str).is_some_and(|kind| kind != "Person") =>
        {
            Vec::new()
        }
        _ => names(value),
    }
}

fn names(value: &Value) -> Vec<String> {
    let name = match value {
        Value::String(name) => Some(name.as_str()),
        Value::Object(object) => object.get("name").and_then(Value::as_str),
        Value::Array(values) => return values.iter().flat_map(names).collect(),
        _ => None,
    };
    name.map(decode).filter(|name| !name.is_empty()).into_iter().collect()
}

/// `text` on one line, its entities and tags read as HTML.
fn decode(text: &str) -> String {
    if text.contains(['&', '<']) {
        blocks::of_html(text).into_iter().map(|block| block.text).collect::<Vec<_>>().join(" ")
    } else {
        blocks::collapse(text)
    }
}

/// The paragraphs of a declared body: lines of text, or HTML.
fn lines(body: &str) -> Vec<Block> {
    body.lines()
        .flat_map(
            |line| if line.contains(['&', '<']) { blocks::of_html(line) } else { vec![Block::plain(line)] },
        )
        .filter(|block| !block.text.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::read;

    #[test]
    fn json_ld_is_read_as_sites_write_it() {
        let html = r#"<script type="application/ld+json">//<![CDATA[
            {"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],
            "headline":"الحكومة &quot;تقر&quot; الموازنة","datePublished":"2024-03-05T10:00:00+03:00","isAccessibleForFree":"False",
            "author":[{"@type":"Person","name":"سالم الهادي"},{"@type":"Organization","name":"وكالة"}],
            "publisher":{"@type":"Organization","name":"صحيفة النهضة"},
            "articleBody":"<p>أقرت الحكومة الموازنة.</p><p>وقال الوزير
نعم.</p>"}]};
            //]]></script>"#;
        let declared = read(&Document::from(html), &[]);
        assert_eq!(declared.headline.as_deref(), Some("الحكومة \"تقر\" الموازنة"));
        assert_eq!(declared.authors, ["سالم الهادي"]);
        assert_eq!(declared.publisher.as_deref(), Some("صحيفة النهضة"));
        assert_eq!(declared.free, Some(false));
        let body: Vec<&str> = declared.body.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(body, ["أقرت الحكومة الموازنة.", "وقال الوزير نعم."]);
    }

    #[test]
    fn what_is_no_json_declares_nothing() {
        let declared = read(&Document::from("<script type='application/ld+json'>{\"@type\":</script>"), &[]);
        assert!(declared.headline.is_none() && declared.body.is_empty());
    }
}
