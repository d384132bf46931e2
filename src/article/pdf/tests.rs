//! PDFs of one page, drawn as programs draw Arabic.

use std::fmt::Write;

use super::read;
use crate::article::Refusal;

const LINES: [&str; 4] = [
    "أعلنت الحكومة اليوم أنها ستخفض الضرائب على الشركات الصغيرة.",
    "وقال الوزير إن الخفض يبلغ 1,200 دينار في السنة المقبلة.",
    "ويشمل القرار 35 شركة في المحافظات الجنوبية من البلاد.",
    "ويبدأ العمل به في مطلع العام المقبل بحسب الوزارة نفسها.",
];

/// How a program draws a line of Arabic.
#[derive(Clone, Copy, Debug)]
enum Drawn {
    /// All its glyphs from left to right.
    FromTheLeft,
    /// Each glyph by itself, in reading order, at its place.
    InReadingOrder,
}

#[test]
fn arabic_is_read_however_it_is_drawn() {
    for drawn in [Drawn::FromTheLeft, Drawn::InReadingOrder] {
        let article = read(&pdf(&LINES, drawn)).expect("a text");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            words(&format!("{} {}", article.headline, article.body)),
            words(&LINES.join(" ")),
            "{drawn:?}"
        );
    }
}

#[test]
fn letters_in_no_order_are_not_shown() {
    let backwards = LINES.map(|line| line.chars().rev().collect::<String>());
    let backwards: Vec<&str> = backwards.iter().map(String::as_str).collect();
    assert_eq!(read(&pdf(&backwards, Drawn::InReadingOrder)), Err(Refusal::ScannedPdf));
}

#[test]
fn pages_without_letters_are_pictures() {
    assert_eq!(read(&pdf(&["12"], Drawn::FromTheLeft)), Err(Refusal::ScannedPdf));
}

#[test]
fn what_is_no_pdf_holds_no_article() {
    assert_eq!(read(b"%PDF-1.4 nothing"), Err(Refusal::NoArticle));
}

/// A PDF of one page with `lines`, in a font of one glyph for each character, all of one width.
fn pdf(lines: &[&str], drawn: Drawn) -> Vec<u8> {
    const SIZE: usize = 10;
    const WIDTH: usize = 5;

    let mut letters: Vec<char> = lines.iter().flat_map(|line| line.chars()).filter(|c| *c != ' ').collect();
    letters.sort_unstable();
    letters.dedup();
    let code = |c: char| 33 + letters.iter().position(|&letter| letter == c).expect("a letter of the font");

    let mut content = format!("BT /F1 {SIZE} Tf\n");
    for (number, line) in lines.iter().enumerate() {
        let mut glyphs: Vec<(usize, String)> = Vec::new();
        let mut left: Vec<String> = runs(line);
        left.reverse();
        for (at, c) in left.concat().chars().enumerate().filter(|(_, c)| *c != ' ') {
            glyphs.push((at, format!("{:02X}", code(c))));
        }
        if matches!(drawn, Drawn::InReadingOrder) {
            glyphs.reverse();
        }
        let height = 700 - number * (SIZE + 4);
        for (at, code) in glyphs {
            writeln!(content, "1 0 0 1 {} {height} Tm <{code}> Tj", 50 + at * WIDTH).expect("memory");
        }
    }
    content.push_str("ET");

    let mut unicode = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def \
         1 begincodespacerange <00> <FF> endcodespacerange\n{} beginbfchar\n",
        letters.len()
    );
    for &letter in &letters {
        writeln!(unicode, "<{:02X}> <{:04X}>", code(letter), u32::from(letter)).expect("memory");
    }
    unicode.push_str("endbfchar endcmap CMapName currentdict /CMap defineresource pop end end");

    let stream = |content: &str| format!("<</Length {}>>\nstream\n{content}\nendstream", content.len());
    let widths = format!("{} ", WIDTH * 1000 / SIZE).repeat(letters.len());
    assemble(&[
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".into(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .into(),
        stream(&content),
        format!(
            "<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 33/LastChar {}/Widths[{widths}]/ToUnicode 6 0 R>>",
            32 + letters.len()
        ),
        stream(&unicode),
    ])
}

/// The runs of a line in reading order: its numbers, and all else character by character.
fn runs(line: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let numeric = |c: char| c.is_ascii_digit() || c == ',';
    for c in line.chars() {
        match runs.last_mut().filter(|run| numeric(c) && run.ends_with(numeric)) {
            Some(run) => run.push(c),
            None => runs.push(c.into()),
        }
    }
    runs
}

/// A file of `objects`, numbered from 1, the first of them its catalogue.
fn assemble(objects: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("memory");
        writeln!(file, "{} 0 obj\n{object}\nendobj", number + 1).expect("memory");
    }
    let start = file.len();
    write!(file, "{table}trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1)
        .expect("memory");
    file.into_bytes()
}
