//! What is shown beside a number, one case for each class of phrase.

use super::find;
use crate::text::Document;

/// The phrase of the figure `amount` of `sentence`; empty where it has none.
fn check(sentence: &str, amount: &str, expected: &str) {
    let document = Document::new("", sentence);
    let figures = find(&document);
    let figure = figures.iter().find(|figure| document.slice(figure.span) == amount);
    let figure = figure.unwrap_or_else(|| panic!("{amount} is not found in {sentence}"));
    assert_eq!(figure.counted(&document).unwrap_or_default(), expected, "{sentence}");
}

#[test]
fn a_complement_after_the_number_is_enough() {
    check("كشف المدير أن 10 آلاف من عمال المصنع، ما يزالون بلا أجر.", "10 آلاف", "من عمال المصنع");
    check("حضرت 12 نقابة شاركت في الحوار الاجتماعي.", "12 نقابة", "شاركت في الحوار الاجتماعي");
    check("أنجز العمال 60 بالمئة فقط من أعمال البناء.", "60 بالمئة", "من أعمال البناء");
}

#[test]
fn words_that_only_lead_to_the_number_are_left_out() {
    check("قال إن استثمارات المرفأ بلغت 5 مليارات دولار.", "5 مليارات دولار", "استثمارات المرفأ");
    check("ارتفعت عائدات المرفأ التي بلغت 7 ملايين يورو.", "7 ملايين يورو", "ارتفعت عائدات المرفأ");
    check("تراجعت صادرات الزيتون بنسبة 12 بالمئة.", "12 بالمئة", "تراجعت صادرات الزيتون");
    check("زادت قيمة السهم 30 ليرة لتصل إلى 90 ليرة.", "30 ليرة", "زادت قيمة السهم");
    check("أعلنت الوزارة أن قيمة العقد، التي بلغت 40 مليون يورو، ستدفع لاحقا.", "40 مليون يورو", "قيمة العقد");
}

#[test]
fn a_word_that_wants_the_number_shows_its_place() {
    check("أفادت الشرطة بمقتل ستة مدنيين.", "ستة مدنيين", "أفادت الشرطة بمقتل …");
    check("أدى الحريق إلى سقوط 15 جريحا.", "15 جريحا", "أدى الحريق إلى سقوط …");
    check("سيتلقى 300 موظف تدريبا.", "300 موظف", "سيتلقى … تدريبا");
}

#[test]
fn the_next_clause_is_left_out() {
    check("أطلقت الشركة 50 سفينة وبدأت بناء المرفأ.", "50 سفينة", "أطلقت الشركة");
    check("تصل نسبة الرسوم إلى 25 بالمئة وسيبدأ تطبيقها غدا.", "25 بالمئة", "تصل نسبة الرسوم");
    check("ذهب الوفد إلى سوريا واطلقت الحكومة 100 سجين.", "100 سجين", "اطلقت الحكومة");
}

#[test]
fn what_leads_to_the_next_number_is_left_out() {
    check(
        "وزعت البلدية 80 سلة على الأسر تتراوح أسعارها بين 20 و30 دينارا.",
        "80 سلة",
        "وزعت البلدية … على الأسر",
    );
    check("استمر المعرض ثلاثة أيام بمشاركة 45 ناشرا.", "ثلاثة أيام", "استمر المعرض");
    check("استمر المعرض ثلاثة أيام بمشاركة 45 ناشرا.", "45 ناشرا", "بمشاركة …");
}

#[test]
fn figures_that_are_joined_hang_on_the_same_words() {
    let sentence = "شمل العفو 45 سجينا و10 موقوفين و5 مطلوبين في ختام الاجتماع.";
    check(sentence, "45 سجينا", "شمل العفو");
    check(sentence, "10 موقوفين", "شمل العفو");
    check("بلغ دخل المرفأ 17 مليار درهم (4.8 مليار دولار).", "4.8 مليار دولار", "بلغ دخل المرفأ");
}

#[test]
fn a_bracket_counts_what_stands_before_it() {
    let sentence = "كانت الفروق كبيرة في النمسا (20 بالمئة) وبلجيكا (6 بالمئة).";
    check(sentence, "6 بالمئة", "بلجيكا");
}

#[test]
fn speech_begins_behind_its_mark() {
    check(
        "وقال \"نحن نشتري القمح بنحو 200 مليون دولار في الشهر\".",
        "نحو 200 مليون دولار",
        "نحن نشتري القمح ب … في الشهر",
    );
}

#[test]
fn a_broken_phrase_is_not_shown() {
    check("وتجدر الإشارة إلى أن 3000 شخص.", "3000 شخص", "");
    check("وفقا لبيان الشركة، 40 مليون يورو.", "40 مليون يورو", "");
    check("وقال الرئيس لمئات المندوبين.", "مئات المندوبين", "");
    check("كان مقابل 188 حادثا.", "188 حادثا", "");
}
