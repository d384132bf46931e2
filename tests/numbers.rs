//! The number test: figures of single sentences, with value, unit and span (`tests/numbers.tsv`), and what holds for any text.

use std::fmt::Write as _;
use std::time::Instant;

use mujaz::facts::{Quantity, figure};
use mujaz::text::Document;
use proptest::prelude::*;

/// Every sentence of the table gives exactly its figures.
#[test]
fn sentences_give_their_figures() {
    let table = include_str!("numbers.tsv");
    let rows = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let (mut cases, mut faults) = (0, String::new());
    for row in rows {
        let (sentence, expected) = row.split_once('\t').expect("a row has two columns");
        cases += 1;
        let found = describe(sentence);
        if found != expected.trim() {
            let _ = writeln!(faults, "{sentence}\n  expected {expected}\n  found    {found}");
        }
    }
    assert!(cases >= 300, "{cases} cases");
    assert!(faults.is_empty(), "\n{faults}");
}

/// The figures of `sentence` in the form of the table.
fn describe(sentence: &str) -> String {
    let document = Document::new("", sentence);
    let figures: Vec<_> = figure::find(&document, &[])
        .iter()
        .map(|figure| {
            let value = match figure.quantity {
                Quantity::Exact(value) => value.to_string(),
                Quantity::Range(low, high) => format!("{low}..{high}"),
            };
            format!("{}|{value}|{}", document.slice(figure.span), figure.unit)
        })
        .collect();
    figures.join(" ; ")
}

/// Whatever the text is, every span lies in its sentence and on character boundaries.
fn check_spans(text: &str) {
    let document = Document::new("ثلاثة قتلى في حادث", text);
    for figure in figure::find(&document, &[]) {
        let sentence = document.sentences()[figure.sentence].span;
        assert!(sentence.contains(figure.span), "{text:?}");
        assert!(!document.slice(figure.span).is_empty(), "{text:?}");
        if let Some(line) = figure.line {
            assert!(sentence.contains(line) && line.contains(figure.span), "{text:?}");
            assert!(!document.slice(line).is_empty(), "{text:?}");
        }
        let (low, high) = match figure.quantity {
            Quantity::Exact(value) => (value, value),
            Quantity::Range(low, high) => (low, high),
        };
        assert!(low.is_finite() && high.is_finite(), "{text:?}");
    }
}

/// Words, digits and marks that numbers are made of.
const PARTS: [&str; 48] = [
    "ثلاثة",
    "وعشرين",
    "مليون",
    "ألفين",
    "ونصف",
    "المليون",
    "آلاف",
    "عشرات",
    "مئتا",
    "بين",
    "من",
    "إلى",
    "و",
    "أو",
    "-",
    "/",
    "%",
    "$",
    "10",
    "2018",
    "1,200",
    "٣٫٥",
    "000",
    "نحو",
    "أكثر من",
    "ما لا يقل عن",
    "في المئة",
    "دولار",
    "شخصا",
    "أشخاص",
    "قتيلين",
    "عاما",
    "(",
    ")",
    "\"",
    "،",
    ".",
    "الـ",
    "الدول",
    "الثلاث",
    "واحدة",
    "صفر",
    "مايو",
    "الساعة",
    "نُصِفَ",
    "m",
    "أميركي",
    "اثنين",
];

proptest! {
    #[test]
    fn any_characters_keep_their_spans(text in "\\PC{0,200}") {
        check_spans(&text);
    }

    #[test]
    fn any_mixture_of_number_words_keeps_its_spans(
        parts in prop::collection::vec((prop::sample::select(&PARTS[..]), any::<bool>()), 0..40)
    ) {
        let text: String = parts.iter().flat_map(|(part, space)| [*part, if *space { " " } else { "" }]).collect();
        check_spans(&text);
    }
}

/// Time grows with length and no faster, on texts made to hurt: the longer one is eight times as long and may take
/// twenty times as long at most.
#[test]
fn hostile_texts_take_linear_time() {
    let parts = [
        "7",
        "7 ",
        "و",
        "و ",
        "ثلاثة ",
        "مليون ",
        "وعشرين ",
        "10 و",
        "بين ",
        "من 5 إلى ",
        "10 - ",
        "قتيلين ",
        "(",
        "$",
    ];
    for part in parts {
        let short = time(part, 1 << 17);
        let long = time(part, 1 << 20);
        assert!(long < 20.0 * short.max(0.05), "{part:?}: {short:.3} s, then {long:.3} s");
    }
}

fn time(part: &str, bytes: usize) -> f64 {
    let document = Document::new("", &part.repeat(bytes / part.len()));
    let start = Instant::now();
    let figures = figure::find(&document, &[]);
    let seconds = start.elapsed().as_secs_f64();
    drop(figures);
    seconds
}
