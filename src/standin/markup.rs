//! Telegram's HTML, parsed as strictly as the Bot API parses it.

use serde_json::{Value, json};

/// A text after its markup is parsed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// What a reader sees.
    pub text: String,
    /// The Bot API's `entities`, offsets and lengths in UTF-16 units.
    pub entities: Vec<Value>,
}

/// The tags that the Bot API knows, each with the entity it makes.
const TAGS: [(&str, &str); 16] = [
    ("a", "text_link"),
    ("b", "bold"),
    ("strong", "bold"),
    ("i", "italic"),
    ("em", "italic"),
    ("u", "underline"),
    ("ins", "underline"),
    ("s", "strikethrough"),
    ("strike", "strikethrough"),
    ("del", "strikethrough"),
    ("code", "code"),
    ("pre", "pre"),
    ("blockquote", "blockquote"),
    ("tg-spoiler", "spoiler"),
    ("tg-emoji", "custom_emoji"),
    ("span", "spoiler"),
];

struct Open {
    tag: String,
    entity: &'static str,
    url: Option<String>,
    start: usize,
}

/// Parses `markup`.
///
/// # Errors
/// What follows «Bad Request: can't parse entities: », in the words of the Bot API.
pub fn parse_html(markup: &str) -> Result<Parsed, String> {
    let mut parsed = Parsed::default();
    let mut open: Vec<Open> = Vec::new();
    let mut units = 0;
    let mut at = 0;
    while let Some(next) = markup.get(at..).and_then(|rest| rest.chars().next()) {
        match next {
            '&' => {
                let (decoded, length) = decode(&markup[at..]);
                units += decoded.len_utf16();
                parsed.text.push(decoded);
                at += length;
            }
            '<' if markup[at..].starts_with("</") => {
                let (tag, length) = closing(markup, at)?;
                let Some(opened) = open.pop() else {
                    return Err(format!("Unexpected end tag at byte offset {at}"));
                };
                if !tag.is_empty() && tag != opened.tag {
                    return Err(format!(
                        "Unmatched end tag at byte offset {at}, expected \"</{}>\", found \"</{tag}>\"",
                        opened.tag
                    ));
                }
                parsed.entities.extend(entity(&opened, units));
                at += length;
            }
            '<' => {
                let (opened, length) = opening(markup, at, units)?;
                if opened.entity == "blockquote" && open.iter().any(|o| o.entity == "blockquote") {
                    return Err(format!("Nested blockquote at byte offset {at}"));
                }
                open.push(opened);
                at += length;
            }
            _ => {
                units += next.len_utf16();
                parsed.text.push(next);
                at += next.len_utf8();
            }
        }
    }
    match open.pop() {
        Some(left) => Err(format!("Can't find end tag corresponding to start tag \"{}\"", left.tag)),
        None => Ok(parsed),
    }
}

fn entity(opened: &Open, end: usize) -> Option<Value> {
    let length = end - opened.start;
    if length == 0 {
        return None;
    }
    let mut entity = json!({"type": opened.entity, "offset": opened.start, "length": length});
    if let Some(url) = &opened.url {
        entity["url"] = json!(url);
    }
    // A link that leads nowhere is dropped by the Bot API, its text stays.
    (opened.entity != "text_link" || opened.url.is_some()).then_some(entity)
}

/// The character that the entity at the start of `text` stands for, and the entity's length in bytes;
/// an unknown one is kept as it is written.
fn decode(text: &str) -> (char, usize) {
    for (name, character) in [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"')] {
        if text.starts_with(name) {
            return (character, name.len());
        }
    }
    numeric(text).unwrap_or(('&', 1))
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("&#")?;
    let (number, _) = digits.split_once(';')?;
    let code = match number.strip_prefix('x') {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    Some((char::from_u32(code)?, number.len() + 3))
}

fn closing(markup: &str, at: usize) -> Result<(String, usize), String> {
    let rest = &markup[at + 2..];
    let end = rest.find('>').ok_or_else(|| format!("Unclosed end tag at byte offset {at}"))?;
    Ok((rest[..end].trim().to_ascii_lowercase(), end + 3))
}

fn opening(markup: &str, at: usize, start: usize) -> Result<(Open, usize), String> {
    let unclosed = || format!("Unclosed start tag at byte offset {at}");
    let rest = &markup[at + 1..];
    let name_end = rest.find(|c: char| c == '>' || c.is_ascii_whitespace()).ok_or_else(unclosed)?;
    let tag = rest[..name_end].to_ascii_lowercase();
    let Some(&(_, mut kind)) = TAGS.iter().find(|(name, _)| *name == tag) else {
        return Err(format!("Unsupported start tag \"{tag}\" at byte offset {at}"));
    };
    let mut url = None;
    let mut position = name_end;
    loop {
        let left = &rest[position..];
        position += left.len() - left.trim_start().len();
        let left = &rest[position..];
        if left.starts_with('>') {
            position += 1;
            break;
        }
        if left.is_empty() {
            return Err(unclosed());
        }
        let (name, value, length) = attribute(left, &tag, at)?;
        position += length;
        match (tag.as_str(), name.as_str()) {
            ("a", "href") => url = Some(value).filter(|url| is_link(url)),
            ("blockquote", "expandable") => kind = "expandable_blockquote",
            ("span", "class") if value != "tg-spoiler" => {
                return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}"));
            }
            _ => {}
        }
    }
    Ok((Open { tag, entity: kind, url, start }, position + 1))
}

/// One attribute: its name, its value with entities decoded, its length in bytes.
fn attribute(text: &str, tag: &str, at: usize) -> Result<(String, String, usize), String> {
    let name_end = text
        .find(|c: char| c == '=' || c == '>' || c.is_ascii_whitespace())
        .ok_or_else(|| format!("Unclosed start tag \"{tag}\" at byte offset {at}"))?;
    if name_end == 0 {
        return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {at}"));
    }
    let name = text[..name_end].to_ascii_lowercase();
    let Some(rest) = text[name_end..].strip_prefix('=') else {
        return Ok((name, String::new(), name_end));
    };
    let (raw, length) = if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
        let inner = &rest[1..];
        let end = inner.find(quote).ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?;
        (&inner[..end], end + 2)
    } else {
        let end = rest.find(|c: char| c == '>' || c.is_ascii_whitespace()).unwrap_or(rest.len());
        (&rest[..end], end)
    };
    let mut value = String::new();
    let mut position = 0;
    while let Some(next) = raw[position..].chars().next() {
        let (character, step) = if next == '&' { decode(&raw[position..]) } else { (next, next.len_utf8()) };
        value.push(character);
        position += step;
    }
    Ok((name, value, name_end + 1 + length))
}

fn is_link(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "tg" | "mailto"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markup: &str, expected: Result<(&str, &[&str]), &str>) {
        let parsed = parse_html(markup).map(|parsed| {
            let entities: Vec<String> = parsed
                .entities
                .iter()
                .map(|e| format!("{} {}+{}", e["type"].as_str().unwrap_or(""), e["offset"], e["length"]))
                .collect();
            (parsed.text, entities)
        });
        let expected = expected
            .map(|(text, entities)| {
                (text.to_owned(), entities.iter().map(|&e| e.to_owned()).collect::<Vec<_>>())
            })
            .map_err(str::to_owned);
        assert_eq!(parsed, expected, "{markup}");
    }

    #[test]
    fn entities_are_counted_in_utf16_units() {
        check("📰 <b>خبر</b>", Ok(("📰 خبر", &["bold 3+3"])));
        check(
            "<b><a href=\"https://example.org/?a=1&amp;b=2\">x</a></b>",
            Ok(("x", &["text_link 0+1", "bold 0+1"])),
        );
        check("<blockquote expandable>x</blockquote>", Ok(("x", &["expandable_blockquote 0+1"])));
    }

    #[test]
    fn only_four_names_and_numbers_are_entities() {
        check("&lt;&gt;&amp;&quot;&nbsp;&#1593;&#x639;", Ok(("<>&\"&nbsp;عع", &[])));
    }

    #[test]
    fn faults_have_telegrams_words() {
        check("a < b", Err("Unsupported start tag \"\" at byte offset 2"));
        check("a <b", Err("Unclosed start tag at byte offset 2"));
        check("<p>x</p>", Err("Unsupported start tag \"p\" at byte offset 0"));
        check("<b>x", Err("Can't find end tag corresponding to start tag \"b\""));
        check(
            "<b><i>x</b></i>",
            Err("Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\""),
        );
        check("x</b>", Err("Unexpected end tag at byte offset 1"));
        check(
            "<blockquote><blockquote>x</blockquote></blockquote>",
            Err("Nested blockquote at byte offset 12"),
        );
    }
}
