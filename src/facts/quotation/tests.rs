use crate::facts;
use crate::text::Document;

/// The whole quotations of `text`, each behind the name of its speaker as listed, nothing where none is told.
#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let document = Document::new("", text);
    let facts = facts::analyze(&document);
    let found: Vec<_> = facts
        .quotations
        .iter()
        .filter(|q| q.is_whole)
        .map(|q| {
            let words = document.slice(q.span).trim_matches(|c| matches!(c, '"' | '“' | '”' | '«' | '»'));
            (q.speaker.and_then(|s| facts.name_of(s)).unwrap_or_default(), words)
        })
        .collect();
    assert_eq!(found, expected, "{text}\n{:?}", facts.quotations);
}

#[test]
fn a_speaker_before_the_words() {
    let said = &[("جون هاربر", "الحل قريب جدا منا")];
    check("قال وزير الخارجية الأمريكي جون هاربر إنّ \"الحل قريب جدا منا\".", said);
    check("قال جون هاربر للصحفيين: «الحل قريب جدا منا».", said);
    check("وأكد جون هاربر، المتحدث باسم الوزارة، أن “الحل قريب جدا منا”.", said);
    check("جون هاربر يقول: \"الحل قريب جدا منا\".", said);
    check("وكان جون هاربر قد قال إن \"الحل قريب جدا منا\".", said);
    check("حضر الاجتماع جون هاربر، الذي قال إن \"الحل قريب جدا منا\".", said);
    check("وأوضح جون هاربر أنه: \"الحل قريب جدا منا\".", said);
    check("ونقلت الوكالة عن المتحدث جون هاربر قوله إن \"الحل قريب جدا منا\".", said);
}

#[test]
fn a_speaker_behind_the_words() {
    let said = &[("جون هاربر", "الحل قريب جدا منا")];
    check("\"الحل قريب جدا منا\"، يقول جون هاربر.", said);
    check("«الحل قريب جدا منا» كما قال وزير الخارجية الأمريكي جون هاربر.", said);
    // What follows is a report of its own.
    check("\"الحل قريب جدا منا\"، قال جون هاربر إن الوفد وصل.", &[]);
    check("\"الحل قريب جدا منا\". وقال جون هاربر إن الوفد وصل.", &[]);
}

#[test]
fn a_speech_that_goes_on() {
    check(
        "قال سامي الحداد إن العمل بدأ. وأضاف: \"سنفتتح الميناء في الربيع\". وتابع أن \"العمال جاهزون منذ شهر\".",
        &[("سامي الحداد", "سنفتتح الميناء في الربيع"), ("سامي الحداد", "العمال جاهزون منذ شهر")],
    );
    // Another has spoken in between, or a woman, or nobody is told.
    check("قال سامي الحداد إن العمل بدأ. وقال مصدر آخر إنه توقف. وأضاف: \"سنفتتح الميناء في الربيع\".", &[]);
    check("قالت سعاد الحداد إن العمل بدأ. وأضاف: \"سنفتتح الميناء في الربيع\".", &[]);
    check("قال سامي الحداد إن العمل بدأ. ووصلت السفن أمس. وأضاف: \"سنفتتح الميناء في الربيع\".", &[]);
    check("وأضاف: \"سنفتتح الميناء في الربيع\".", &[]);
}

#[test]
fn a_participle_in_the_same_sentence() {
    let said = &[("سامي الحداد", "الميناء سيفتتح في الربيع")];
    check("قال سامي الحداد إن العمل بدأ، مشيرا إلى أن \"الميناء سيفتتح في الربيع\".", said);
    check("قال سامي الحداد إن العدد يبلغ 20 سفينة، مشيرا إلى أن \"الميناء سيفتتح في الربيع\".", said);
    check("قال سامي الحداد إن العمل بدأ، مشيرة إلى أن \"الميناء سيفتتح في الربيع\".", &[]);
    check("قال سامي الحداد إن مصدرا أكد الخبر، مشيرا إلى أن \"الميناء سيفتتح في الربيع\".", &[]);
}

#[test]
fn a_body_and_an_office_that_speak() {
    check(
        "أكدت وزارة النقل اليمنية أن \"الميناء سيفتتح في الربيع\".",
        &[("وزارة النقل اليمنية", "الميناء سيفتتح في الربيع")],
    );
    check(
        "وصل وزير النقل اليمني سامي الحداد. وقال وزير النقل اليمني إن \"الميناء سيفتتح في الربيع\".",
        &[("سامي الحداد", "الميناء سيفتتح في الربيع")],
    );
}

#[test]
fn marks_inside_marks_are_one_quotation() {
    check(
        "قال سامي الحداد: «إن تنظيم “النور الجديد في الشمال” انتهى تماما».",
        &[("سامي الحداد", "إن تنظيم “النور الجديد في الشمال” انتهى تماما")],
    );
}

#[test]
fn nobody_is_told_where_the_text_leaves_a_doubt() {
    for text in [
        // No speaker, one without a name, two of them.
        "وجاء في البيان أن \"الميناء سيفتتح في الربيع\".",
        "قال مصدر في الوزارة إن \"الميناء سيفتتح في الربيع\".",
        "قال سامي الحداد ونادر العمري إن \"الميناء سيفتتح في الربيع\".",
        // Not said, or denied.
        "لم يقل سامي الحداد إن \"الميناء سيفتتح في الربيع\".",
        "نفى سامي الحداد أن \"الميناء سيفتتح في الربيع\".",
        // The words of somebody else inside his report.
        "قال سامي الحداد إن المدير شدد على أن \"الميناء سيفتتح في الربيع\".",
        "قال محامي سامي الحداد إن \"الميناء سيفتتح في الربيع\".",
        // A name held at a distance.
        "قال سامي الحداد إن تنظيم \"النور\" انتهى.",
    ] {
        let document = Document::new("", text);
        let quotations = facts::analyze(&document).quotations;
        assert!(quotations.iter().all(|q| !q.is_whole || q.speaker.is_none()), "{text}\n{quotations:?}");
    }
}

#[test]
fn a_name_at_the_end_of_a_line_is_no_subject_of_the_next() {
    check("وصل إلى الميناء سامي الحداد\nقد قال إن \"الميناء سيفتتح في الربيع\".", &[]);
}

#[test]
fn whoever_is_quoted_has_a_larger_share() {
    let salience = |text: &str| facts::analyze(&Document::new("", text)).people[0].salience;
    let quoted = salience("قال سامي الحداد إن \"الميناء سيفتتح في الربيع\".");
    let reported = salience("قال سامي الحداد إن الميناء سيفتتح في الربيع.");
    assert!(quoted > reported);
}
