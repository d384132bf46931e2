use super::{Barrier, barriers};
use crate::summary::terms::Terms;
use crate::summary::words::count_words;
use crate::text::Document;

/// Why the second sentence of a text may not be shown.
#[track_caller]
fn check(sentence: &str, expected: Option<Barrier>) {
    let text = format!("افتتح الوزير سامي الحداد الميناء أمس.\n{sentence}");
    let document = Document::new("", &text);
    let words: Vec<usize> =
        document.sentences().iter().map(|s| count_words(document.slice(s.span))).collect();
    assert_eq!(barriers(&document, &Terms::new(&document), &words)[1], expected, "{sentence}");
}

#[test]
fn what_is_no_sentence_of_the_story() {
    check("تفاصيل المشروع", Some(Barrier::Heading));
    check("كم ستكون كلفة المشروع على سكان المدينة؟", Some(Barrier::Question));
    check("The minister opened the new port today, thank you all.", Some(Barrier::Foreign));
    check("تصوير: سالم نادر من وكالة الأنباء الوطنية في الميناء.", Some(Barrier::Credit));
    check("المصدر: وكالات الأنباء والصحف الصادرة اليوم في العاصمة.", Some(Barrier::Credit));
    check("كتب الوزير على صفحته أن العمل بدأ قبل عام.", None);
    check("وتساءل الوزير: \"كم ستكون الكلفة؟\" في الجلسة الأخيرة.", None);
    check("أعلنت شركة Blue Harbour بدء العمل في الميناء.", None);
}
