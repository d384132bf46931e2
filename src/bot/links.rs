//! The links of a message: written out, behind words, in a caption, in its buttons. Pure.

use url::Url;

use super::request::{LINKS, Source};
use super::update::{Entity, Message};
use crate::fetch::wrapped;

/// Hosts of Telegram's own links.
const TELEGRAM: [&str; 3] = ["t.me", "telegram.me", "telegram.dog"];

/// The links of `message` in the order in which a reader meets them, each once; one more than [`LINKS`] at most.
#[must_use]
pub fn of(message: &Message) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&mut found, message.text.as_deref().unwrap_or_default(), &message.entities);
    collect(&mut found, message.caption.as_deref().unwrap_or_default(), &message.caption_entities);
    if found.is_empty() {
        let buttons = message.reply_markup.iter().flat_map(|markup| markup.inline_keyboard.iter().flatten());
        for button in buttons {
            push(&mut found, button.url.as_deref().and_then(read));
        }
    }
    found
}

/// The links that are marked in a text.
#[must_use]
pub fn in_text(text: &str, entities: &[Entity]) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&mut found, text, entities);
    found
}

/// The links that have a line of `text` to themselves.
#[must_use]
pub fn alone(text: &str) -> Vec<Source> {
    let mut found = Vec::new();
    for line in text.lines() {
        push(&mut found, read_whole(line.trim()));
    }
    found
}

/// Leaves the first [`LINKS`] links of what was found; whether there was one more.
pub fn cut(found: &mut Vec<Source>) -> bool {
    let before = found.len();
    let mut links = 0;
    found.retain(|source| {
        links += usize::from(matches!(source, Source::Link(_)));
        links <= LINKS
    });
    found.len() < before
}

/// Reads a link as people write it: a missing scheme is https.
#[must_use]
pub fn read(text: &str) -> Option<Url> {
    let text = text.trim();
    read_whole(text)
        .or_else(|| (!text.contains("://")).then(|| Url::parse(&format!("https://{text}")).ok()).flatten())
}

/// Reads a link with its scheme.
#[must_use]
pub fn read_whole(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The words that `entity` marks in `text`; `None` where its UTF-16 offsets lie outside or inside a character.
#[must_use]
pub fn slice(text: &str, entity: &Entity) -> Option<String> {
    let units = text.encode_utf16().skip(entity.offset).take(entity.length);
    String::from_utf16(&units.collect::<Vec<_>>()).ok().filter(|part| !part.is_empty())
}

fn collect(found: &mut Vec<Source>, text: &str, entities: &[Entity]) {
    for entity in entities {
        if found.len() > LINKS {
            return;
        }
        push(
            found,
            match entity.kind.as_str() {
                "url" => slice(text, entity).and_then(|link| read(&link)),
                "text_link" => entity.url.as_deref().and_then(read),
                _ => None,
            },
        );
    }
}

fn push(found: &mut Vec<Source>, link: Option<Url>) {
    // An instant view (`t.me/iv?url=…`) is the page that it shows.
    let Some(link) = link.map(|link| wrapped::inside(&link)) else { return };
    let footer = leads_into_telegram(&link);
    let source = Source::Link(link);
    if !footer && found.len() <= LINKS && !found.contains(&source) {
        found.push(source);
    }
}

/// Whether a link leads to a channel, a person or an invitation: the footer of a post, and no article. A channel's post
/// (`t.me/channel/123`) may be one.
fn leads_into_telegram(link: &Url) -> bool {
    let last = link.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let post = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    link.host_str().is_some_and(|host| TELEGRAM.contains(&host)) && !post
}
