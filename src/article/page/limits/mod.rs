//! What is never parsed: markup so large or so deep that a parser would take seconds, gigabytes or the
//! whole stack for it. Counted by a scanner that looks at tags only and takes time linear in the page.
//!
//! HTML parsers and extractors have steps that grow with depth times size: each `<div>` looks up the open
//! elements for a `<p>` to close, each paragraph opens all unclosed `<b>` again, each element's text is read
//! for all its ancestors. Real news pages have up to some thousand elements, nested some dozen deep.

mod element;

use crate::article::Refusal;

use self::element::{Name, closes_paragraph, is, is_formatting, is_raw, is_special, name, trimmed};

/// Bounds for one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text, after decoding.
    pub bytes: usize,
    /// Elements open at one time.
    pub depth: usize,
    /// Elements and comments in all.
    pub elements: usize,
    /// Bytes of text outside of tags, scripts and styles.
    pub text: usize,
    /// Bytes of text times the elements they stand in: extractors read the text of each element for itself.
    pub read_again: usize,
    /// Attributes of one element: parsers compare each with all before it.
    pub attributes: usize,
    /// Attributes of all elements.
    pub all_attributes: usize,
    /// Elements that are opened again because a formatting element was never closed.
    pub reopened: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 4 << 20,
            depth: 150,
            elements: 20_000,
            text: 1 << 20,
            read_again: 20 << 20,
            attributes: 150,
            all_attributes: 100_000,
            reopened: 100_000,
        }
    }
}

/// Whether `html` is within `limits`.
///
/// # Errors
/// [`Refusal::TooComplex`] if it is not.
pub fn check(html: &str, limits: &Limits) -> Result<(), Refusal> {
    if html.len() > limits.bytes {
        return Err(Refusal::TooComplex);
    }
    let mut scan = Scan::new(html);
    while let Some(tag) = scan.next_tag() {
        scan.apply(&tag);
        let over = scan.open.len() > limits.depth
            || scan.elements > limits.elements
            || scan.text > limits.text
            || scan.read_again > limits.read_again
            || scan.reopened > limits.reopened
            || tag.attributes > limits.attributes
            || scan.attributes > limits.all_attributes;
        if over {
            return Err(Refusal::TooComplex);
        }
    }
    if scan.elements > limits.elements || scan.text > limits.text || scan.read_again > limits.read_again {
        Err(Refusal::TooComplex)
    } else {
        Ok(())
    }
}

struct Tag {
    name: Name,
    closing: bool,
    attributes: usize,
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The elements open now, as a parser would keep them.
    open: Vec<Name>,
    /// How many of them are formatting elements.
    formatting: usize,
    elements: usize,
    text: usize,
    read_again: usize,
    reopened: usize,
    attributes: usize,
}

impl<'a> Scan<'a> {
    fn new(html: &'a str) -> Self {
        Self {
            bytes: html.as_bytes(),
            at: 0,
            open: Vec::new(),
            formatting: 0,
            elements: 0,
            text: 0,
            read_again: 0,
            reopened: 0,
            attributes: 0,
        }
    }

    fn next_tag(&mut self) -> Option<Tag> {
        loop {
            let found = position(&self.bytes[self.at..], b'<');
            let text = found.unwrap_or(self.bytes.len() - self.at);
            self.text += text;
            self.read_again += text * (1 + self.open.len());
            self.at += found? + 1;
            let rest = &self.bytes[self.at..];
            if rest.starts_with(b"!--") {
                self.elements += 1;
                self.at += 3 + find(&rest[3..], b"-->")?;
            } else if rest.starts_with(b"!") || rest.starts_with(b"?") {
                self.at += position(rest, b'>')?;
            } else {
                let closing = rest.starts_with(b"/");
                let start = usize::from(closing);
                if rest.get(start).is_some_and(u8::is_ascii_alphabetic) {
                    let name = name(&rest[start..]);
                    let attributes = self.skip_attributes();
                    self.attributes += attributes;
                    if !closing && is_raw(&name) {
                        self.skip_raw(&name);
                    }
                    return Some(Tag { name, closing, attributes });
                }
            }
        }
    }

    /// Moves behind the `>` of a tag; a `>` in a quoted value does not end it. Returns how many attributes it has.
    fn skip_attributes(&mut self) -> usize {
        let (mut attributes, mut quote, mut blank, mut value) = (0, None, false, false);
        while let Some(&byte) = self.bytes.get(self.at) {
            match (quote, byte) {
                (Some(mark), _) if byte == mark => quote = None,
                (Some(_), _) => {}
                (None, b'>') => break,
                (None, b'"' | b'\'') if value => quote = Some(byte),
                (None, _) => {
                    attributes +=
                        usize::from((blank || byte == b'/') && !byte.is_ascii_whitespace() && byte != b'=');
                }
            }
            value = byte == b'=' || (value && byte.is_ascii_whitespace());
            blank = byte.is_ascii_whitespace() && !value;
            self.at += 1;
        }
        attributes
    }

    /// Moves to the closing tag of an element whose content is no markup.
    fn skip_raw(&mut self, raw: &Name) {
        while let Some(found) = find(&self.bytes[self.at..], b"</") {
            self.at += found;
            if name(&self.bytes[self.at + 2..]) == *raw {
                return;
            }
            self.at += 2;
        }
        self.at = self.bytes.len();
    }

    /// Opens or closes what `tag` opens or closes.
    fn apply(&mut self, tag: &Tag) {
        if tag.closing {
            self.close(&tag.name);
            return;
        }
        self.elements += 1;
        self.reopened += self.formatting;
        if is(
            &tag.name,
            &[
                "br", "img", "input", "meta", "link", "hr", "area", "base", "col", "embed", "source",
                "track", "wbr", "param",
            ],
        ) || is_raw(&tag.name)
        {
            return;
        }
        if closes_paragraph(&tag.name) {
            self.close_within(b"p", &SCOPES);
        }
        // The next item ends the one before it, if no list or table was opened in between.
        match trimmed(&tag.name) {
            b"li" => self.close_within(b"li", &["ul", "ol", "table", "div"]),
            b"dt" | b"dd" => {
                self.close_within(b"dt", &["dl", "div"]);
                self.close_within(b"dd", &["dl", "div"]);
            }
            b"option" => self.close_within(b"option", &["select"]),
            b"a" => self.close_within(b"a", &SCOPES),
            b"td" | b"th" => {
                self.close_within(b"td", &["tr", "table"]);
                self.close_within(b"th", &["tr", "table"]);
            }
            b"tr" => self.close_within(b"tr", &["table"]),
            _ => {}
        }
        self.formatting += usize::from(is_formatting(&tag.name));
        self.open.push(tag.name);
    }

    fn close(&mut self, name: &Name) {
        if is_formatting(name) {
            // A formatting element ends alone; what was opened inside it stays open.
            if let Some(at) = self.open.iter().rposition(|open| open == name) {
                self.open.remove(at);
                self.formatting -= 1;
            }
        } else if is_special(name) {
            self.close_within(trimmed(name), &["table", "td", "th", "html"]);
        } else {
            let at = self.open.iter().rposition(|open| open == name || is_special(open));
            if at.is_some_and(|at| self.open[at] == *name) {
                self.truncate(at.unwrap_or_default());
            }
        }
    }

    /// Closes the innermost `name` and all inside it, unless one of `walls` was opened inside it.
    fn close_within(&mut self, name: &[u8], walls: &[&str]) {
        for at in (0..self.open.len()).rev() {
            if trimmed(&self.open[at]) == name {
                self.truncate(at);
                return;
            }
            if is(&self.open[at], walls) {
                return;
            }
        }
    }

    fn truncate(&mut self, at: usize) {
        self.formatting -= self.open[at..].iter().filter(|open| is_formatting(open)).count();
        self.open.truncate(at);
    }
}

/// Elements that a `<p>` outside is not closed through.
const SCOPES: [&str; 6] = ["table", "td", "th", "button", "caption", "html"];

fn position(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|&byte| byte == wanted)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + position(&bytes[from..], wanted[0])?;
        if bytes[at..].starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, check};

    const LIMITS: Limits = Limits {
        bytes: 10_000,
        depth: 20,
        elements: 500,
        text: 8_000,
        read_again: 20_000,
        attributes: 10,
        all_attributes: 1_000,
        reopened: 1_000,
    };

    #[track_caller]
    fn within(html: &str) {
        assert!(check(html, &LIMITS).is_ok(), "{}", &html[..html.len().min(80)]);
    }

    #[track_caller]
    fn beyond(html: &str) {
        assert!(check(html, &LIMITS).is_err(), "{}", &html[..html.len().min(80)]);
    }

    #[test]
    fn sloppy_markup_is_not_deep() {
        within(&"<p>فقرة <span>نص".repeat(100));
        within(&format!("<ul>{}</ul>", "<li><a href=x>بند".repeat(100)));
        within(&format!("<table>{}</table>", "<tr><td>1<td>2".repeat(60)));
        within(&"<div><span></div>".repeat(100));
        within(&"<br><img src=x>".repeat(100));
        within(&"<b>نص</b> <i>نص</i>".repeat(100));
        within(&format!("<script>{}</script>", "if (a<b) '<div>';".repeat(100)));
        within(&format!("<!-- {} -->", "<div>".repeat(100)));
        within("<a title='1 > 2 <div>' href=\"x\">نص</a>");
        within("نص < نص <3 </ <");
    }

    #[test]
    fn depth_is_counted_whatever_hides_it() {
        beyond(&"<div>".repeat(21));
        beyond(&"<b>".repeat(21));
        beyond(&"<div></span>".repeat(21));
        beyond(&"<div></b></p></i>".repeat(21));
        beyond(&"<span><div></span>".repeat(21));
        beyond(&"<DIV\n>".repeat(21));
        beyond(&"<svg><g>".repeat(21));
        beyond(&"<custom-element>".repeat(21));
        beyond(&format!("<script></script>{}", "<div>".repeat(21)));
    }

    #[test]
    fn size_is_counted_in_all_its_forms() {
        beyond(&"x".repeat(10_001));
        beyond(&"<br>".repeat(501));
        beyond(&"<!---->".repeat(501));
        beyond(&"x".repeat(8_001));
        beyond(&format!("{}{}", "<div>".repeat(10), "x".repeat(2_000)));
        within(&format!("<script>{}</script>", "x".repeat(9_000)));
        beyond(&format!("<div {}>", "a=1 ".repeat(11)));
        beyond(&format!("<div {}>", "a ".repeat(11)));
        beyond(&format!("{}{}", "<font color=red>".repeat(15), "<p>x".repeat(80)));
    }
}
