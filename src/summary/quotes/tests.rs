use super::choose;
use crate::facts;
use crate::summary::{Budget, Measured};
use crate::text::Document;

/// The quotations chosen beside one sentence of `text`.
fn chosen(text: &str) -> Vec<String> {
    let document = Document::new("", text);
    let facts = facts::analyze(&document);
    let measured = Measured::new(&document, &facts);
    let told = measured.choose(&document, &facts, Budget::Words(1));
    let quotations = choose(&document, &facts, &measured, &told);
    quotations.iter().map(|q| document.slice(q.span).to_owned()).collect()
}

const LEAD: &str =
    "افتتح وزير النقل اليمني سامي الحداد ميناء الصخرة الجديد على الساحل الشرقي أمس بعد عامين من العمل.\n";

#[test]
fn what_the_summary_does_not_show() {
    let quotation = "\"سيعمل الميناء ليل نهار منذ اليوم الأول\"";
    assert_eq!(chosen(&format!("{LEAD}وقال سامي الحداد إن {quotation}.")), [quotation]);
    // Where the one sentence of the summary is the quotation's own, it is not said again.
    assert!(chosen(&format!("قال وزير النقل اليمني سامي الحداد إن {quotation}.")).is_empty());
}

#[test]
fn what_is_told_whole_and_understood_alone() {
    // Too short, too long, pointing back, without a speaker, a part of a sentence.
    for said in [
        "وقال سامي الحداد إن \"الميناء سيعمل ليل نهار\".".to_owned(),
        format!("وقال سامي الحداد إن \"{}\".", "الميناء سيعمل ليل نهار ".repeat(12).trim()),
        "وقال سامي الحداد إن \"هذا القرار سيخدم سكان المدينة كلهم\".".to_owned(),
        "وقال مصدر إن \"الميناء سيعمل ليل نهار منذ اليوم الأول\".".to_owned(),
        "وقال سامي الحداد إن السكان \"سيعملون في الميناء ليل نهار\" منذ الافتتاح.".to_owned(),
    ] {
        assert_eq!(chosen(&format!("{LEAD}{said}")), Vec::<String>::new(), "{said}");
    }
}

#[test]
fn a_few_and_not_all_of_one_speaker() {
    let said: Vec<String> = (1..=5)
        .map(|day| format!("وقال سامي الحداد إن \"الميناء سيعمل ليل نهار منذ اليوم رقم {day}\"."))
        .collect();
    assert_eq!(chosen(&format!("{LEAD}{}", said.join("\n"))).len(), 2);
}
