//! Lines, one case for each thing that is asked of them. The articles are written for these tests.

use crate::facts::figure::find;
use crate::text::Document;

/// The line of the figure `amount` of `sentence`, shown alone; `None` where it has none.
fn line(sentence: &str, amount: &str) -> Option<String> {
    let document = Document::new("", sentence);
    let figures = find(&document, &crate::facts::mentions(&document));
    let figure = figures.iter().find(|figure| document.slice(figure.span) == amount);
    let figure = figure.unwrap_or_else(|| panic!("{amount} is not found in {sentence}"));
    figure.line.map(|line| document.slice(line).to_owned())
}

#[track_caller]
fn check(sentence: &str, amount: &str, expected: Option<&str>) {
    assert_eq!(line(sentence, amount).as_deref(), expected, "{sentence}");
}

#[test]
fn a_clause_tells_what_is_counted() {
    check(
        "كشف المدير أن 10 آلاف من عمال المصنع ما يزالون بلا أجر.",
        "10 آلاف",
        Some("10 آلاف من عمال المصنع ما يزالون بلا أجر"),
    );
    check(
        "شددت 83 نقابة ممن شاركوا في الحوار الاجتماعي لاتحاد العمال على مطالبها.",
        "83 نقابة",
        Some("شددت 83 نقابة ممن شاركوا في الحوار الاجتماعي"),
    );
    check(
        "أعلن الوزير عن تقديم 436 مليون دولار كمساعدات إنسانية إضافية للجنوب.",
        "436 مليون دولار",
        Some("أعلن الوزير عن تقديم 436 مليون دولار كمساعدات إنسانية إضافية"),
    );
    check(
        "تراجعت صادرات الزيتون بنسبة 12 بالمئة خلال العام الماضي.",
        "12 بالمئة",
        Some("تراجعت صادرات الزيتون بنسبة 12 بالمئة خلال العام الماضي"),
    );
}

#[test]
fn a_part_and_its_whole_are_told_in_one_clause() {
    check(
        "تسلمت الشركة 9 طائرات من أصل 50 طائرة تعاقدت عليها.",
        "50 طائرة",
        Some("تسلمت الشركة 9 طائرات من أصل 50 طائرة تعاقدت عليها"),
    );
    check(
        "لقي 26 مدنيا بينهم 11 طفلا مصرعهم في قصف جوي على القرية.",
        "11 طفلا",
        Some("لقي 26 مدنيا بينهم 11 طفلا مصرعهم"),
    );
    check("فاز 3 من أصل 5 مرشحين في الانتخابات.", "3", Some("فاز 3 من أصل 5 مرشحين في الانتخابات"));
}

#[test]
fn one_sum_in_two_currencies_is_one_clause() {
    check(
        "بلغ دخل المرفأ 17 مليار درهم (4.8 مليار دولار).",
        "17 مليار درهم",
        Some("بلغ دخل المرفأ 17 مليار درهم (4.8 مليار دولار)"),
    );
    check(
        "بلغ دخل المرفأ 17 مليار درهم (4.8 مليار دولار).",
        "4.8 مليار دولار",
        Some("بلغ دخل المرفأ 17 مليار درهم (4.8 مليار دولار)"),
    );
}

#[test]
fn what_denies_doubts_or_claims_stays() {
    check(
        "قال إن معدل التضخم قد يتجاوز 40 في المئة هذا العام.",
        "40 في المئة",
        Some("معدل التضخم قد يتجاوز 40 في المئة هذا العام"),
    );
    check("نفى الوزير أن يكون عدد القتلى 40 عاملا.", "40 عاملا", Some("نفى الوزير أن يكون عدد القتلى 40 عاملا"));
    check(
        "يزعم العدو أنه أسقط 7 طائرات في المعركة.",
        "7 طائرات",
        Some("يزعم العدو أنه أسقط 7 طائرات في المعركة"),
    );
    check("من غير المعقول أن يبلغ عدد العمال 4000 عامل في هذا المصنع.", "4000 عامل", None);
}
