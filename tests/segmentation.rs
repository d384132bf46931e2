//! Sentence boundaries: a golden set checked by hand, and what holds for any text.
//!
//! Each file of `tests/segmentation/` holds one sentence a line and a blank line between paragraphs;
//! the sentences, written for this project, follow what is seen in news, encyclopaedias,
//! interviews and notices. The test joins the lines and expects them back. `¬` at the end of a line
//! means that no space stands between it and the next.

use std::fs;
use std::path::Path;

use mujaz::text::Document;
use proptest::prelude::*;

/// The fewest boundaries that the golden set may hold.
const MIN_BOUNDARIES: usize = 200;

#[test]
fn golden_boundaries() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/segmentation");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut boundaries = 0;
    let mut faults = Vec::new();
    for file in files {
        let golden = fs::read_to_string(&file).unwrap();
        for paragraph in golden.split("\n\n") {
            let lines: Vec<&str> =
                paragraph.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).collect();
            let expected: Vec<&str> = lines.iter().map(|line| line.trim_end_matches('¬')).collect();
            let joined: String = lines
                .iter()
                .map(|line| line.strip_suffix('¬').map_or(format!("{line} "), str::to_owned))
                .collect();
            let document = Document::new("", &joined);
            let found: Vec<&str> =
                document.sentences().iter().map(|sentence| document.slice(sentence.span)).collect();
            boundaries += expected.len();
            if found != expected {
                faults.push(format!("{}\n  expected {expected:#?}\n  found {found:#?}", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(boundaries >= MIN_BOUNDARIES, "only {boundaries} boundaries");
}

/// Sentences come in order, do not overlap, and hold every character that is not white space.
fn check_cover(text: &str) {
    let document = Document::new("", text);
    let mut end = 0;
    for sentence in document.sentences() {
        let span = sentence.span;
        assert!(span.start >= end && span.end > span.start, "{text:?}: {span:?} after {end}");
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        assert!(
            text[end..span.start].trim().is_empty(),
            "{text:?}: {:?} is in no sentence",
            &text[end..span.start]
        );
        assert!(document.paragraphs()[sentence.paragraph].contains(span));
        end = span.end;
    }
    assert!(text[end..].trim().is_empty(), "{text:?}: {:?} is in no sentence", &text[end..]);
}

/// Pieces around which the rules of segmentation turn.
const PIECES: &[&str] = &[
    ".",
    "..",
    "…",
    "!",
    "؟",
    "؟!",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "(",
    ")",
    "[1]",
    "،",
    ":",
    "\n",
    " ",
    "-",
    "د",
    "أ",
    "ف",
    "ب",
    "م",
    "هـ",
    "بي",
    "سي",
    "نت",
    "1990",
    "3.5",
    "قال",
    "وقال الوزير",
    "المجموعة",
    "\u{64b}",
    "ـ",
    "U.S",
    "Mr",
    "www.a.b",
    "🙂",
    "\u{200f}",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_covered(text in any::<String>()) {
        check_cover(&text);
    }

    #[test]
    fn any_punctuation_is_covered(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check_cover(&pieces.concat());
    }
}

#[test]
fn an_open_quotation_does_not_swallow_the_paragraph() {
    let sentence = "افتتح الوزير الميناء الجديد أمس. ";
    for mark in ["\"", "“", "”", "«", "»", "(", ")"] {
        let text = format!("قال {mark}نعم. {}", sentence.repeat(200));
        assert!(Document::new("", &text).sentences().len() >= 200, "{mark}");
    }
}

#[test]
fn time_grows_with_length_only() {
    // The worst texts for segmentation: no stop, only stops, only openings, nested quotations.
    for piece in
        ["كلمة ", ".", ". ", "« ", "(", "\" ", "أ ", "«.»", "نعم. ", "[1] ", "كلمة\n", "وأضاف: \"", "» "]
    {
        let text = piece.repeat(1_000_000 / piece.len());
        let start = std::time::Instant::now();
        let document = Document::new("", &text);
        let leans = mujaz::summary::coherence::leans(&document);
        assert_eq!(leans.len(), document.sentences().len());
        assert!(document.story().end <= document.sentences().len());
        let took = start.elapsed();
        assert!(took.as_secs() < 30, "{piece:?} took {took:?}");
    }
}
