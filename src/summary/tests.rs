use super::{Budget, Length, sentences_for, summarize};
use crate::facts;
use crate::text::Document;

#[test]
fn length_follows_the_article() {
    let lengths = |sentences| {
        [Length::Short, Length::Medium, Length::Long].map(|length| sentences_for(length, sentences))
    };
    assert_eq!(lengths(0), [1, 1, 1]);
    assert_eq!(lengths(1), [1, 1, 1]);
    assert_eq!(lengths(3), [2, 2, 2]);
    assert_eq!(lengths(5), [2, 3, 3]);
    assert_eq!(lengths(8), [2, 4, 6]);
    assert_eq!(lengths(12), [3, 5, 6]);
    assert_eq!(lengths(40), [3, 5, 9]);
}

#[track_caller]
fn chosen(headline: &str, text: &str) -> Vec<usize> {
    let document = Document::new(headline, text);
    let chosen = summarize(&document, &facts::analyze(&document), Budget::Length(Length::Medium));
    chosen.into_iter().map(|chosen| chosen.sentence).collect()
}

/// A site's standfirst and the lead under it tell the same in other words.
#[test]
fn a_lead_that_repeats_the_standfirst_is_not_shown() {
    let chosen = chosen(
        "وزير النقل يزور جزيرة الصخرة",
        "توجه وزير النقل سامي الحداد الثلاثاء إلى جزيرة الصخرة لإجراء محادثات مع حاكمها نادر العمري.\n\
         غادر وزير النقل سامي الحداد العاصمة الثلاثاء متوجها إلى جزيرة الصخرة حيث يجري محادثات مع حاكمها نادر العمري عن الميناء.\n\
         ويستقبل الميناء ثلاثين سفينة في اليوم منذ توسيعه قبل عامين.\n\
         وتطالب النقابات بزيادة الأجور عشرة في المئة قبل بداية الموسم السياحي.\n\
         ووعدت الحكومة بدراسة مطالب العمال خلال أسبوعين.\n\
         وتعيش على الجزيرة نحو ألفي عائلة يعمل أغلب أفرادها في صيد الأسماك.",
    );
    assert!(chosen.contains(&0) != chosen.contains(&1), "{chosen:?}");
    assert_eq!(chosen.len(), 3);
}

/// «بينما» at the very beginning goes with what stands after it.
#[test]
fn a_lead_that_opens_with_a_clause_is_shown() {
    let chosen = chosen(
        "الصين تودع الفنان سالم نادر",
        "بينما ينعى العالم الفنان سالم نادر الذي توفي فجر الأربعاء، كان لوفاته صدى كبير في الصين.\n\
         وزار نادر الصين ثلاث مرات وغنى في عشر مدن.\n\
         وتعلم آلاف الطلاب العربية من أغانيه.\n\
         وأعلنت أسرته أن الجنازة ستقام الجمعة في العاصمة.",
    );
    assert!(chosen.contains(&0), "{chosen:?}");
}
