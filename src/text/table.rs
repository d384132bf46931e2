//! Tables written as lines: the weather of cities, prices, standings, fixtures.
//!
//! Their numbers are no figures of the story, and their rows no sentences: «العاصمة 36 25», «عيار 21: 310 دنانير»,
//! «الساحل × الشمال 18:00». A row alone may be anything; several that are built alike are a table.

use super::fold::fold;
use super::token::{TokenKind, tokenize};

/// So many rows in a row are a table.
const MIN_ROWS: usize = 3;
/// A longer line is a sentence.
const MAX_WORDS: usize = 8;
/// A longer label is more than the name of a row.
const MAX_LABEL: usize = 4;

/// Closed class: words that no row holds, prepositions, conjunctions, and scales, which belong to sums that are told.
const TOLD: [&str; 22] = [
    "في",
    "من",
    "علي",
    "الي",
    "عن",
    "مع",
    "بعد",
    "قبل",
    "منذ",
    "خلال",
    "ان",
    "او",
    "ثم",
    "نحو",
    "اكثر",
    "اقل",
    "بين",
    "الف",
    "الاف",
    "مليون",
    "ملايين",
    "مليار",
];
/// Closed class: halves of the day: «18:00 مساء» ends in its number.
const HALVES: [&str; 6] = ["صباحا", "مساء", "ظهرا", "ليلا", "ص", "م"];

/// How a row is built.
#[derive(Clone, PartialEq, Eq)]
struct Row {
    numbers: usize,
    /// What stands behind its last number.
    unit: Vec<String>,
}

/// For each of `lines`, whether it is a row of a table.
pub fn rows<'t>(lines: impl IntoIterator<Item = &'t str>) -> Vec<bool> {
    let rows: Vec<Option<Row>> = lines.into_iter().map(row).collect();
    let mut tabular = Vec::with_capacity(rows.len());
    for run in rows.chunk_by(|a, b| a.is_some() && b.is_some()) {
        tabular.extend(vec![is_table(run); run.len()]);
    }
    tabular
}

/// Whether rows that follow each other are a table: most of them hold as many numbers. Where each holds one number only, they
/// count alike («310 دنانير»): «12 قتيلا» and «40 جريحا» are told.
fn is_table(run: &[Option<Row>]) -> bool {
    let rows: Vec<&Row> = run.iter().flatten().collect();
    let Some(typical) =
        rows.iter().max_by_key(|row| rows.iter().filter(|other| other.numbers == row.numbers).count())
    else {
        return false;
    };
    let alike = rows
        .iter()
        .filter(|row| row.numbers == typical.numbers && (row.numbers > 1 || row.unit == typical.unit))
        .count();
    rows.len() >= MIN_ROWS && alike * 3 >= rows.len() * 2
}

/// `line` as a row: a short label and numbers, no stop, no word of a sentence.
fn row(line: &str) -> Option<Row> {
    let mut tokens = tokenize(line);
    // «1. الساحل 45 نقطة»: the place in the list is no number of the row.
    if let [place, dot, ..] = &tokens[..]
        && place.kind == TokenKind::Number
        && matches!(dot.kind, TokenKind::Mark('.' | ')' | '-'))
    {
        tokens.drain(..2);
    }
    let (mut label, mut numbers, mut unit) = (0, 0, Vec::new());
    for token in &tokens {
        match token.kind {
            TokenKind::Number => {
                // The words between two numbers belong to the first, or to a second label: «الساحل 2 الشمال 1».
                label += unit.len();
                unit.clear();
                numbers += 1;
            }
            TokenKind::Word if TOLD.contains(&&*token.key) => return None,
            TokenKind::Word if HALVES.contains(&&*token.key) => {}
            TokenKind::Word if numbers == 0 => label += 1,
            TokenKind::Word => unit.push(fold(&token.key)),
            TokenKind::Mark('.' | '؟' | '!' | '،' | '؛' | '«' | '"') => return None,
            // The two sides of a match are two numbers at least.
            TokenKind::Mark('×') => numbers += 2,
            TokenKind::Mark(_) => {}
        }
    }
    let is_row =
        numbers > 0 && (1..=MAX_LABEL).contains(&label) && unit.len() <= 2 && label + unit.len() <= MAX_WORDS;
    is_row.then_some(Row { numbers, unit })
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[track_caller]
    fn check(lines: &[&str], expected: bool) {
        assert_eq!(rows(lines.iter().copied()), vec![expected; lines.len()], "{lines:?}");
    }

    #[test]
    fn tables_are_rows_built_alike() {
        check(&["العاصمة 36 25", "الساحل 31 22", "المدينة الصناعية 37 25", "الشمال 29 18"], true);
        check(&["العاصمة: 36", "الساحل: 31", "الشمال: 29"], true);
        check(&["عيار 24: 355 دينارا", "عيار 21: 310 دنانير", "عيار 18: 266 دينارا"], true);
        check(&["كيلو الطماطم 500 دينار", "كيلو الخيار 750 دينار", "كيلو البطاطا 600 دينار"], true);
        check(&["1. الساحل 45 نقطة", "2. الشمال 41 نقطة", "3. الجنوب 40 نقطة"], true);
        check(&["الساحل × الشمال 18:00", "الجنوب × النهضة 20:00 مساء", "الوحدة × الميناء 22:00"], true);
    }

    #[test]
    fn what_is_told_is_no_table() {
        check(&["مقتل 12 شخصا", "إصابة 40 آخرين", "اعتقال 3 مشتبهين"], false);
        check(
            &["إسقاط 12 طائرة فوق المدينة", "إصابة 4 أشخاص بجروح في الحي", "توقف الدراسة حتى الخميس"],
            false,
        );
        check(&["العاصمة 36 25", "الساحل 31 22"], false);
        check(&["تخصيص 3 ملايين دينار", "تخصيص 5 ملايين دينار", "تخصيص 8 ملايين دينار"], false);
        check(&["بلغ العدد 40 عاملا.", "وبلغ العدد 50 عاملا.", "ثم بلغ العدد 60 عاملا."], false);
    }
}
