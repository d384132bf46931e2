//! Where a line stands in its article: a link that opens the page at the line's own words and marks them
//! (URL Fragment Text Directives, <https://wicg.github.io/scroll-to-text-fragment/>).

use std::fmt::Write as _;
use std::ops::Range;

use url::Url;

/// Words that the link names at either end, where so many are enough to be found.
const WORDS: usize = 4;

/// A link longer than this many bytes is no link in some clients.
const LONGEST: usize = 2000;

/// The address of the words at `place` of `text` in the page at `url`. A browser marks the first words of the page that fit, so as
/// many are named as no earlier place of `text` has; `text` is the headline and the article, as the page shows them. None where the
/// words cannot be told from earlier ones.
#[must_use]
pub fn link(url: &Url, text: &str, place: Range<usize>) -> Option<Url> {
    let words = words(text, place);
    let directive = if words.len() <= 2 * WORDS {
        let whole = &text[words.first()?.start..words.last()?.end];
        (text.find(whole) == Some(words[0].start)).then(|| encode(whole))?
    } else {
        let start = (WORDS..words.len() - WORDS)
            .map(|count| &text[words[0].start..words[count - 1].end])
            .find(|start| text.find(start) == Some(words[0].start))?;
        let behind = words[0].start + start.len();
        let last = words[words.len() - 1].end;
        let end = (WORDS..=words.len())
            .map(|count| words[words.len() - count].start)
            .take_while(|&from| from >= behind)
            .map(|from| &text[from..last])
            .find(|end| text[behind..].find(end) == Some(last - end.len() - behind))?;
        format!("{},{}", encode(start), encode(end))
    };
    let mut link = url.clone();
    link.set_fragment(Some(&format!(":~:text={directive}")));
    (link.as_str().len() <= LONGEST).then_some(link)
}

/// The words of `text` at `place`, without the marks around them: a directive names whole words.
fn words(text: &str, place: Range<usize>) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text[place.clone()].char_indices() {
        let (start, end) = (place.start + at, place.start + at + c.len_utf8());
        match words.last_mut() {
            _ if !c.is_alphanumeric() && !is_combining(c) => {}
            Some(last) if last.end == start => last.end = end,
            _ => words.push(start..end),
        }
    }
    words
}

/// Vowel marks and what else stands inside a word without being a letter.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{640}')
}

/// Percent-encoded, with the marks that have a meaning in a directive (`,` `-` `&`).
fn encode(words: &str) -> String {
    let mut encoded = String::with_capacity(words.len() * 3);
    for byte in words.split_whitespace().collect::<Vec<_>>().join(" ").bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::link;

    /// The words between which the link marks, decoded.
    fn check(text: &str, piece: &str, expected: Option<&[&str]>) {
        let start = text.rfind(piece).expect("the piece stands in the text");
        let url = "https://nahda.example/a/1".parse().expect("an address");
        let link = link(&url, text, start..start + piece.len());
        let found = link.map(|link| {
            let fragment = link.fragment().expect("a fragment").to_owned();
            let directive = fragment.strip_prefix(":~:text=").expect("a directive").to_owned();
            directive.split(',').map(decode).collect::<Vec<_>>()
        });
        assert_eq!(
            found.as_deref(),
            expected.map(|e| e.iter().map(|&s| s.to_owned()).collect::<Vec<_>>()).as_deref()
        );
    }

    fn decode(part: &str) -> String {
        url::form_urlencoded::parse(format!("x={part}").as_bytes())
            .map(|(_, value)| value.into_owned())
            .collect()
    }

    #[test]
    fn a_short_line_is_named_whole() {
        check(
            "افتتح الوزير جسر الوادي، أمس. وعاد.",
            "افتتح الوزير جسر الوادي،",
            Some(&["افتتح الوزير جسر الوادي"]),
        );
    }

    #[test]
    fn a_long_line_is_named_by_its_ends() {
        let text = "قال «وزير المياه» إن السدود الثلاثة امتلأت بعد أمطار الأسبوع الماضي كلها.";
        check(text, text, Some(&["قال «وزير المياه» إن", "أمطار الأسبوع الماضي كلها"]));
    }

    #[test]
    fn words_that_stand_earlier_are_lengthened_or_not_linked() {
        let text =
            "قال وزير المياه أمس نعم. قال وزير المياه أمس إن السدود امتلأت بعد أمطار الأسبوع الماضي كلها.";
        let piece = "قال وزير المياه أمس إن السدود امتلأت بعد أمطار الأسبوع الماضي كلها.";
        check(text, piece, Some(&["قال وزير المياه أمس إن", "أمطار الأسبوع الماضي كلها"]));
        check("وصل الوفد. وصل الوفد.", "وصل الوفد", None);
    }

    #[test]
    fn marks_that_have_a_meaning_are_encoded() {
        let url = "https://nahda.example/?a=1#old".parse().expect("an address");
        let text = "فاز 2-1, هدف & هدف";
        let link = link(&url, text, 0..text.len()).expect("a link");
        assert!(link.as_str().starts_with("https://nahda.example/?a=1#:~:text=%D9%81"), "{link}");
        assert!(!link.fragment().expect("a fragment")[8..].contains([',', '-', '&']), "{link}");
    }
}
