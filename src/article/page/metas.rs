//! The `meta` elements of a page.

use dom_query::Document;

use super::blocks;

/// Name, property or itemprop of each, in lower case, and its content.
pub struct Metas(Vec<(String, String)>);

impl Metas {
    /// Those of `document`.
    pub fn read(document: &Document) -> Self {
        let mut metas = Vec::new();
        for node in document.select("meta").nodes() {
            let Some(content) = node.attr("content") else { continue };
            let content = blocks::collapse(&content);
            if content.is_empty() {
                continue;
            }
            for kind in ["property", "name", "itemprop"] {
                if let Some(name) = node.attr(kind) {
                    metas.push((name.trim().to_ascii_lowercase(), content.clone()));
                }
            }
        }
        Self(metas)
    }

    /// The contents of all that have one of `names`, in the order of the names.
    pub fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(|wanted| {
            self.0.iter().filter(move |(name, _)| name == wanted).map(|(_, content)| content.as_str())
        })
    }

    /// The first of those.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            self.0.iter().find(|(name, _)| name == wanted).map(|(_, content)| content.as_str())
        })
    }
}
