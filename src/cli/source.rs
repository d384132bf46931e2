//! What a command is given to read: a file, or standard input.

use std::io::Read;
use std::path::Path;

use anyhow::Context;
use url::Url;

use crate::article::{Article, page, paste};
use crate::fetch::charset;

/// Reads the article in the file `name`, or in standard input if it is `-`. `url` is where a saved page came from.
///
/// # Errors
/// One sentence that says why there is none.
pub fn read(name: &str, url: Option<&Url>) -> anyhow::Result<Article> {
    let mut bytes = Vec::new();
    if name == "-" {
        std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = std::fs::read(name).with_context(|| format!("cannot read {name}"))?;
    }
    let text = charset::decode(&bytes, None);
    Ok(if is_page(name, &text) { page::read(&text, url)? } else { paste::read(&text)? })
}

/// Whether a text is an HTML page: by its file's name, or by how it begins.
fn is_page(name: &str, text: &str) -> bool {
    let named = Path::new(name).extension().is_some_and(|extension| {
        ["html", "htm", "xhtml"].iter().any(|html| extension.eq_ignore_ascii_case(html))
    });
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    named || start.starts_with("<!doctype html") || start.starts_with("<html")
}
