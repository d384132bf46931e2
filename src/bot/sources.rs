//! What a message gives to summarise: its own words, links and files, or those of the message that it answers. Pure.

use super::links;
use super::request::{Me, Source};
use super::update::Message;

/// From this many words on, a text is an article of its own and no remark about a link in it.
const ARTICLE_WORDS: usize = 80;

/// What a message gives to summarise: its file, its links where its words are a remark about them, its words.
pub(super) fn of(message: &Message) -> Vec<Source> {
    if let Some(document) = &message.document {
        return vec![Source::File(document.clone())];
    }
    let text = message.words().unwrap_or_default();
    let found = links::of(message);
    if is_article(text) || (found.is_empty() && words(text) > 0) {
        return vec![Source::Text(text.to_owned())];
    }
    found
}

/// With an article that somebody pasted, the links that stand on lines of their own beside it. Those of a forwarded post are its footer.
fn with_links(message: &Message, mut found: Vec<Source>) -> Vec<Source> {
    if let [Source::Text(text)] = found.as_slice()
        && is_article(text)
        && message.forward_origin.is_none()
    {
        let beside = links::alone(text);
        found.extend(beside);
    }
    found
}

/// What `/summary` is asked of in its own message: an article with the links beside it, or links, or words.
pub(super) fn of_command(message: &Message, rest: &str) -> Vec<Source> {
    let text = vec![Source::Text(rest.trim().to_owned())];
    if is_article(rest) {
        return with_links(message, text);
    }
    match links::of(message) {
        none if none.is_empty() && words(rest) > 0 => substantial(text),
        found => found,
    }
}

fn is_article(text: &str) -> bool {
    words(text) >= ARTICLE_WORDS
}

/// What a message gives by itself, whatever it answers.
pub(super) fn own(message: &Message) -> Vec<Source> {
    with_links(message, of(message))
}

/// What a message gives without the bot's own name in it.
pub(super) fn without_mention(message: &Message, me: &Me) -> Vec<Source> {
    let mention = format!("@{}", me.username);
    own(message)
        .into_iter()
        .map(|source| match source {
            Source::Text(text) => Source::Text(text.replace(&mention, "").trim().to_owned()),
            other => other,
        })
        .collect()
}

/// Without texts that are too short to be meant as articles: in a group such a text is talk.
pub(super) fn substantial(sources: Vec<Source>) -> Vec<Source> {
    sources
        .into_iter()
        .filter(|source| !matches!(source, Source::Text(text) if words(text) < ARTICLE_WORDS / 2))
        .collect()
}

/// What the message that `message` answers gives to summarise: the quoted part first, if there is enough of it.
pub(super) fn replied(message: &Message, me: &Me) -> Vec<Source> {
    if let Some(quote) = &message.quote {
        let found = links::in_text(&quote.text, &quote.entities);
        if is_article(&quote.text) {
            return vec![Source::Text(quote.text.clone())];
        }
        if !found.is_empty() {
            return found;
        }
    }
    if let Some(original) = &message.reply_to_message {
        // A topic's messages all answer its first one, which says nothing; the bot's own replies are summaries.
        let own = original.from.as_ref().is_some_and(|from| from.id == me.id);
        return if own { Vec::new() } else { of(original) };
    }
    let Some(external) = &message.external_reply else { return Vec::new() };
    if let Some(document) = &external.document {
        return vec![Source::File(document.clone())];
    }
    let preview = external.link_preview_options.as_ref().and_then(|preview| preview.url.as_deref());
    if let Some(link) = preview.and_then(links::read) {
        return vec![Source::Link(link)];
    }
    message.quote.iter().map(|quote| Source::Text(quote.text.clone())).collect()
}

/// How many words a text has, links aside.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| !word.contains("://")).count()
}
