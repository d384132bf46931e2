//! What a page declares about its article for machines: JSON-LD (schema.org) and microdata.

use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

use super::blocks::{self, Block};

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
}

/// Reads what `document` declares; of several articles, the one that says most.
#[must_use]
pub fn read(document: &Document) -> Declared {
    let mut articles = Vec::new();
    for script in document.select("script[type*='ld+json']").nodes() {
        if let Some(value) = parse(&script.text()) {
            collect(&value, &mut articles);
        }
    }
    let richest =
        articles.into_iter().max_by_key(|article| (body_of(article).map_or(0, str::len), article.len()));
    let mut declared = richest.map_or_else(Declared::default, |article| from_json(&article));
    let microdata = document.select("[itemprop='articleBody']");
    let longest = microdata.nodes().iter().map(blocks::of_node).max_by_key(|blocks| length(blocks));
    if let Some(body) = longest.filter(|body| length(body) > length(&declared.body)) {
        declared.body = body;
    }
    declared
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

/// Parses JSON-LD as sites write it: in CDATA, with raw line breaks inside strings, with a final semicolon.
fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let script = script
        .trim_end_matches("-->")
        .trim_end_matches("//]]>")
        .trim_end_matches("]]>")
        .trim_end()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let spaced: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// Collects the objects of an article type anywhere in `value`.
fn collect(value: &Value, articles: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, articles)),
        Value::Object(object) => {
            if is_article(object) {
                articles.push(object.clone());
            } else {
                object.values().for_each(|value| collect(value, articles));
            }
        }
        _ => {}
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let is = |kind: &Value| {
        kind.as_str()
            .is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report")
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
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
        let declared = read(&Document::from(html));
        assert_eq!(declared.headline.as_deref(), Some("الحكومة \"تقر\" الموازنة"));
        assert_eq!(declared.authors, ["سالم الهادي"]);
        assert_eq!(declared.publisher.as_deref(), Some("صحيفة النهضة"));
        assert_eq!(declared.free, Some(false));
        let body: Vec<&str> = declared.body.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(body, ["أقرت الحكومة الموازنة.", "وقال الوزير نعم."]);
    }

    #[test]
    fn what_is_no_json_declares_nothing() {
        let declared = read(&Document::from("<script type='application/ld+json'>{\"@type\":</script>"));
        assert!(declared.headline.is_none() && declared.body.is_empty());
    }
}
