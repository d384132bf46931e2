use super::{Budget, Length, limits, summarize};
use crate::facts;
use crate::text::Document;

#[test]
fn length_follows_the_article() {
    let pieces = |words, sentences| {
        [Length::Short, Length::Medium, Length::Long].map(|length| limits(length, words, sentences).pieces)
    };
    assert_eq!(pieces(900, 0), [1, 1, 1]);
    assert_eq!(pieces(900, 2), [1, 1, 1]);
    assert_eq!(pieces(900, 3), [2, 2, 2]);
    assert_eq!(pieces(900, 5), [2, 3, 3]);
    assert_eq!(pieces(900, 40), [2, 3, 6]);
    let words =
        |words| [Length::Short, Length::Medium, Length::Long].map(|length| limits(length, words, 40).words);
    assert_eq!(words(900), [45, 90, 170]);
    assert_eq!(words(90), [45, 60, 60]);
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

/// The bullets of `text`.
fn bullets(headline: &str, text: &str, length: Length) -> Vec<String> {
    let document = Document::new(headline, text);
    let chosen = summarize(&document, &facts::analyze(&document), Budget::Length(length));
    chosen.into_iter().map(|chosen| chosen.text).collect()
}

/// A story in one sentence over the budget is cut, and not told by what stands behind it.
#[test]
fn a_long_sentence_is_cut() {
    let sentence = "افتتح وزير النقل سامي الحداد، الثلاثاء، ميناء الصخرة الجديد على الساحل الشرقي بعد عامين من العمل، مشيرا إلى أن \
        الكلفة بلغت مليون دينار، ومؤكدا أن الميناء سيستقبل ثلاثين سفينة في اليوم، وهو ما يخفف الضغط عن ميناء العاصمة الذي يعاني من \
        الازدحام منذ سنوات طويلة بسبب تزايد حركة البضائع القادمة من الخارج نحو الأسواق المحلية في مختلف المدن والجهات.";
    let text = format!("{sentence}\nوسلم الوزير شهادات التقدير للعمال والمهندسين في ختام الحفل.");
    let bullets = bullets("افتتاح ميناء الصخرة", &text, Length::Medium);
    assert!(bullets[0].starts_with("افتتح وزير النقل") && bullets[0].split(' ').count() <= 32, "{bullets:?}");
    assert!(bullets.iter().all(|bullet| text.contains(bullet.as_str())), "{bullets:?}");
}
