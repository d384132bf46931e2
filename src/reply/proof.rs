//! Where a line stands in its article: a link that opens the page at the line's own words and marks them
//! (URL Fragment Text Directives, <https://wicg.github.io/scroll-to-text-fragment/>).

use std::fmt::Write as _;
use std::ops::Range;

use url::Url;

use crate::brief::Brief;
use crate::text::fold::{fold_char, is_mark};
use crate::text::{Span, one_line};

/// Words that the link names at either end, where so many are enough to be found.
const WORDS: usize = 4;

/// A link longer than this many bytes is no link in some clients.
const LONGEST: usize = 2000;

/// An article's page: its address, and its words as a browser compares them.
pub struct Page<'a> {
    url: &'a Url,
    /// The headline and the article, as the page shows them.
    text: String,
    /// How long the headline is, with what parts it from the article.
    ahead: usize,
    /// The letters of `text`, without what makes no difference to a browser: vowel marks, hamza, case, kinds of white space.
    letters: String,
    /// Where each byte of `text` stands in `letters`.
    places: Vec<usize>,
}

impl<'a> Page<'a> {
    /// The page at `url`, which shows `headline` and then `text`.
    #[must_use]
    pub fn new(url: &'a Url, headline: &str, text: &str) -> Self {
        let (ahead, text) = (headline.len() + 1, format!("{headline}\n{text}"));
        let (mut letters, mut places) =
            (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
        for c in text.chars() {
            places.extend(std::iter::repeat_n(letters.len(), c.len_utf8()));
            if !c.is_whitespace() {
                letters.extend(fold_char(c));
            } else if !letters.ends_with(' ') {
                letters.push(' ');
            }
        }
        places.push(letters.len());
        Self { url, text, ahead, letters, places }
    }

    /// The page that `brief` was made of, if it was made of one.
    #[must_use]
    pub fn of(brief: &'a Brief) -> Option<Self> {
        let url = brief.article.url.as_ref()?;
        Some(Self::new(url, brief.document.headline(), brief.document.text()))
    }

    /// The address of the words that stand at `span` of the article. A browser marks the first words of the page that fit, so as many
    /// are named as stand nowhere earlier in it. None where the words cannot be told from earlier ones.
    #[must_use]
    pub fn link(&self, span: Span) -> Option<Url> {
        let words = words(&self.text, self.ahead + span.start..self.ahead + span.end);
        let (first, last) = (words.first()?.start, words.last()?.end);
        let directive = if words.len() <= 2 * WORDS {
            self.is_first(first..last, 0).then(|| encode(&self.text[first..last]))?
        } else {
            let start = words[WORDS - 1..words.len() - WORDS]
                .iter()
                .map(|word| first..word.end)
                .find(|start| self.is_first(start.clone(), 0))?;
            let end = words[..=words.len() - WORDS]
                .iter()
                .rev()
                .map(|word| word.start..last)
                .take_while(|end| end.start >= start.end)
                .find(|end| self.is_first(end.clone(), start.end))?;
            format!("{},{}", encode(&self.text[start]), encode(&self.text[end]))
        };
        let mut link = self.url.clone();
        link.set_fragment(Some(&format!(":~:text={directive}")));
        (link.as_str().len() <= LONGEST).then_some(link)
    }

    /// Whether the words at `place` stand nowhere between `from` and there.
    fn is_first(&self, place: Range<usize>, from: usize) -> bool {
        let (start, from) = (self.places[place.start], self.places[from]);
        let words = &self.letters[start..self.places[place.end]];
        self.letters[from..].find(words) == Some(start - from)
    }
}

/// The words of `text` at `place`, without the marks around them. A directive names whole words: one that the place begins or ends within is
/// taken whole, «وتضم» for «تضم», and «1.8» is one.
fn words(text: &str, place: Range<usize>) -> Vec<Range<usize>> {
    let is_inside = |c: char| c.is_alphanumeric() || is_mark(c);
    let before: usize =
        text[..place.start].chars().rev().take_while(|c| is_inside(*c)).map(char::len_utf8).sum();
    let behind: usize = text[place.end..].chars().take_while(|c| is_inside(*c)).map(char::len_utf8).sum();
    let shown = &text[place.clone()];
    let start = place.start - if shown.starts_with(is_inside) { before } else { 0 };
    let end = place.end + if shown.ends_with(is_inside) { behind } else { 0 };
    let (mut words, mut at) = (Vec::new(), start);
    for token in text[start..end].split_inclusive(char::is_whitespace) {
        let word = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let from = at + token.len() - word.len();
        let word = word.trim_end_matches(|c: char| !is_inside(c));
        if !word.is_empty() {
            words.push(from..from + word.len());
        }
        at += token.len();
    }
    words
}

/// Percent-encoded, with the marks that have a meaning in a directive (`,` `-` `&`).
fn encode(words: &str) -> String {
    let mut encoded = String::with_capacity(words.len() * 3);
    for byte in one_line(words).bytes() {
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
    use super::Page;
    use crate::text::Span;

    /// Checks the words between which the link to the last `piece` of `text` marks, decoded.
    #[track_caller]
    fn check(text: &str, piece: &str, expected: Option<&[&str]>) {
        let start = text.rfind(piece).expect("the piece stands in the text");
        let url = "https://nahda.example/a/1".parse().expect("an address");
        let link = Page::new(&url, "", text).link(Span::new(start, start + piece.len()));
        let found = link.map(|link| {
            let fragment = link.fragment().expect("a fragment").to_owned();
            let directive = fragment.strip_prefix(":~:text=").expect("a directive").to_owned();
            directive.split(',').map(decode).collect::<Vec<_>>()
        });
        let expected = expected.map(|parts| parts.iter().map(|&part| part.to_owned()).collect::<Vec<_>>());
        assert_eq!(found, expected);
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
        // A browser takes them for the same.
        check("وصلَ  الوفدُ أمس. وصل الوفد امس.", "وصل الوفد امس", None);
    }

    #[test]
    fn words_are_named_whole() {
        check(
            "وتضم المكتبة 48 ألف كتاب، وفيها قاعة.",
            "تضم المكتبة 48 ألف كتاب",
            Some(&["وتضم المكتبة 48 ألف كتاب"]),
        );
        let text = "وبلغت كلفة القسم 1.8 مليون دينار، دفع نصفها صندوق محلي.";
        check(text, text, Some(&["وبلغت كلفة القسم 1.8", "دفع نصفها صندوق محلي"]));
    }

    #[test]
    fn marks_that_have_a_meaning_are_encoded() {
        let url = "https://nahda.example/?a=1#old".parse().expect("an address");
        let text = "فاز 2-1, هدف & هدف";
        let link = Page::new(&url, "", text).link(Span::new(0, text.len())).expect("a link");
        assert!(link.as_str().starts_with("https://nahda.example/?a=1#:~:text=%D9%81"), "{link}");
        assert!(!link.fragment().expect("a fragment")[8..].contains([',', '-', '&']), "{link}");
    }
}
