//! What Telegram makes a link of by itself in a message that a bot sends: names, commands and addresses, wherever they stand.

use serde_json::{Value, json};

/// The Bot API's `entities` for the names, commands and addresses of `text`, but for those inside one of `marked`.
pub(super) fn entities(text: &str, marked: &[Value]) -> Vec<Value> {
    let mut found = Vec::new();
    let mut units = 0;
    for (at, c) in text.char_indices() {
        let before = text[..at].chars().next_back();
        let kind = match c {
            '@' if !before.is_some_and(is_word) => name(&text[at..], 4).map(|length| ("mention", length)),
            '/' if !before.is_some_and(|c| is_word(c) || c == '/') => {
                name(&text[at..], 1).map(|length| ("bot_command", length))
            }
            _ if is_host(c) && !before.is_some_and(is_host) => {
                address(&text[at..]).map(|length| ("url", length))
            }
            _ => None,
        };
        let covered = |length: usize| {
            marked.iter().any(|entity| {
                let number = |name: &str| entity[name].as_u64().unwrap_or_default() as usize;
                let taken = ["text_link", "code", "pre"].iter().any(|kind| entity["type"] == *kind);
                let (start, end) = (number("offset"), number("offset") + number("length"));
                taken && start < units + length && units < end
            })
        };
        if let Some((kind, length)) = kind.filter(|(_, length)| !covered(*length)) {
            found.push(json!({"type": kind, "offset": units, "length": length}));
        }
        units += c.len_utf16();
    }
    found
}

/// How many units a name takes behind the sign that `text` begins with, sign included, if it has `least` letters.
fn name(text: &str, least: usize) -> Option<usize> {
    let length = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    (length >= least).then_some(1 + length)
}

/// How many units the host name at the start of `text` takes, if it ends like one («news.example»).
fn address(text: &str) -> Option<usize> {
    let host = &text[..text.find(|c| !is_host(c)).unwrap_or(text.len())];
    let host = host.trim_end_matches('.');
    let (labels, last) = host.rsplit_once('.')?;
    let sound = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic()) && !labels.is_empty();
    sound.then(|| host.encode_utf16().count())
}

/// Telegram reads the zero-width joiners as letters of a name, and no other sign of U+2000 to U+206F.
fn is_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '\u{200c}' | '\u{200d}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_commands_and_addresses_are_live_but_in_links_and_code() {
        let check = |text: &str, marked: &[Value], expected: &[&str]| {
            let units: Vec<u16> = text.encode_utf16().collect();
            let found: Vec<String> = entities(text, marked)
                .iter()
                .map(|entity| {
                    let number = |name: &str| entity[name].as_u64().unwrap_or_default() as usize;
                    let (start, end) = (number("offset"), number("offset") + number("length"));
                    String::from_utf16_lossy(&units[start..end])
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check("تابعوا @news_bot أو t.me/x", &[], &["@news_bot", "t.me"]);
        check("أرسل /start، زوروا (www.example.org).", &[], &["/start", "www.example.org"]);
        check("نحو 3.5 في 25/11 كم/ساعة a@b", &[], &[]);
        check("@news_bot", &[json!({"type": "code", "offset": 0, "length": 9})], &[]);
        check("@\u{2060}news_bot t.\u{2060}me", &[], &[]);
        check("t.\u{200d}me", &[], &[]);
    }
}
