//! Posts of Telegram channels, in the form that is made for embedding (`t.me/channel/123?embed=1`).

use dom_query::{Document, NodeRef};

use super::blocks;
use crate::article::{Article, Refusal, date, paste};

/// Reads a post as pasted text is read; `None` if the page is none.
#[must_use]
pub fn read(document: &Document) -> Option<Result<Article, Refusal>> {
    // The post that it replies to stands above it, cut, in an element of its own.
    let texts = document.select(".tgme_widget_message_text");
    let quoted =
        |node: &NodeRef| node.ancestors_it(None).any(|around| around.has_class("tgme_widget_message_reply"));
    let text = texts.nodes().iter().find(|node| !quoted(node))?;
    let lines: Vec<String> = blocks::of_node(text).into_iter().map(|block| block.text).collect();
    let site = blocks::collapse(&document.select_single(".tgme_widget_message_owner_name").text());
    let time = document.select_single(".tgme_widget_message_date time").attr("datetime");
    Some(paste::read(&lines.join("\n")).map(|article| Article {
        site: (!site.is_empty()).then_some(site),
        published: time.and_then(|time| date::parse(&time)),
        ..article
    }))
}
