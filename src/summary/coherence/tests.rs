use super::Cause::{self, *};
use super::leans;
use crate::text::Document;

/// What the second sentence of a text leans on, by why.
fn check(sentence: &str, expected: Option<Cause>) {
    let document = Document::new("", &format!("افتتح الوزير سامي الحداد الميناء أمس.\n{sentence}"));
    assert_eq!(leans(&document)[1], expected, "{sentence}");
}

#[test]
fn a_speech_that_goes_on() {
    check("وأضاف أن العمل بدأ قبل عام.", Some(Continuation));
    check("وأضاف الحداد أن العمل بدأ قبل عام.", Some(Continuation));
    check("و أضاف أن العمل بدأ قبل عام.", Some(Continuation));
    check("وتابعت الوزيرة قائلة إن العمل بدأ.", Some(Continuation));
    check("ومضى يقول إن العمل بدأ قبل عام.", Some(Continuation));
    check("واختتم المهرجان فعالياته في المدينة.", None);
}

#[test]
fn a_speech_without_its_speaker() {
    check("وقال إن العمل بدأ قبل عام.", Some(Speaker));
    check("وأشار إلى أن العمل بدأ قبل عام.", Some(Speaker));
    check("وقالت: \"العمل بدأ قبل عام\".", Some(Speaker));
    check("وكتب في تغريدة أن العمل بدأ.", Some(Speaker));
    check("من جانبه، قال إن العمل بدأ.", Some(Connective));
    check("وقال الحداد إن العمل بدأ قبل عام.", None);
    check("ويتوقع أن يبدأ العمل قبل نهاية العام.", None);
    check("وأكدت وزارة النقل أن العمل بدأ.", None);
}

#[test]
fn a_short_reference() {
    check("وقال المصدر إن العمل بدأ قبل عام.", Some(Reference));
    check("وأوضح المصدر نفسه أن العمل بدأ.", Some(Reference));
    check("وأوضح المصدر طالبا عدم نشر اسمه أن العمل بدأ.", Some(Reference));
    check("وأوضحت التقارير أن العمل بدأ.", Some(Reference));
    check("وقال الفريق سالم نادر إن العمل بدأ.", None);
    check("وأوضح المتحدث أن العمل بدأ قبل عام.", Some(Reference));
    check("وقال المتحدث باسم الميناء إن العمل بدأ.", None);
    check("وقال الوزير الحداد إن العمل بدأ.", None);
    check("وقال الوزير في مقابلة إن العمل بدأ.", Some(Reference));
    check("وقال المسؤول في الميناء عادل سالم إن العمل بدأ.", None);
}

#[test]
fn links() {
    check("لكن العمل لم يبدأ بعد في الميناء.", Some(Connective));
    check("ولكن العمل لم يبدأ بعد في الميناء.", Some(Connective));
    check("إلا أن العمل لم يبدأ بعد.", Some(Connective));
    check("وفي المقابل، رفضت النقابة الخطة.", Some(Connective));
    check("كما أنه سيبدأ العمل في الميناء.", Some(Connective));
    check("ومع ذلك، رفضت النقابة الخطة.", Some(Connective));
    check("فقد رفضت النقابة الخطة كلها.", Some(Connective));
    check("وفيما يتعلق بالأجور، رفضت النقابة الخطة.", None);
    check("وفي السياق، رفضت النقابة الخطة كلها.", None);
    check("كما رفضت النقابة الخطة كلها أمس.", None);
}

#[test]
fn pronouns() {
    check("وهو أكبر ميناء في البلاد.", Some(Pronoun));
    check("إنها المرة الأولى منذ عشر سنوات.", Some(Pronoun));
    check("ولديه ثلاثة أرصفة للسفن الكبيرة.", Some(Pronoun));
    check("وكان قد زار الموقع قبل شهر.", Some(Pronoun));
    check("وكان الحداد قد زار الموقع.", None);
    check("ويتزعمه نائب رئيس النقابة سالم نادر.", Some(Pronoun));
    check("يقودها رئيس الوزراء السابق نادر العمري.", Some(Pronoun));
    check("ويواجه الميناء نقصا في العمال.", None);
    check("يشبه الميناء موانئ البحر الشمالي.", None);
    check("يومية الصخرة نشرت صور الميناء.", None);
}

#[test]
fn demonstratives() {
    check("ويأتي هذا القرار بعد شهر من الإضراب.", Some(Demonstrative));
    check("جاء ذلك في بيان للوزارة أمس.", Some(Demonstrative));
    check("وقال مدير الميناء إن هذا القرار متأخر.", Some(Demonstrative));
    check("وذلك بعد شهر من الإضراب العام.", Some(Demonstrative));
    check("وقام العمال كذلك بترميم الرصيف القديم.", None);
    check("هذا العام سجل الميناء رقما قياسيا.", None);
    check("أصدر المجلس قرارا، وقال المدير إن هذا القرار متأخر.", None);
    check("زار دولا عدة بما في ذلك الأردن.", None);
}

#[test]
fn what_the_headline_names_is_known() {
    let text = "افتتح الوزير سامي الحداد الميناء أمس.\nوقال مدير الميناء إن هذا القرار متأخر.";
    assert_eq!(leans(&Document::new("قرار جديد في الميناء", text))[1], None);
    assert_eq!(leans(&Document::new("وزير في الميناء", text))[1], Some(Demonstrative));
    let text = "افتتح الوزير سامي الحداد الميناء أمس.\nويأتي هذا القرار بعد شهر من الإضراب.";
    assert_eq!(leans(&Document::new("قرار جديد في الميناء", text))[1], Some(Demonstrative));
}

#[test]
fn the_first_sentence_has_nothing_before_it() {
    assert_eq!(leans(&Document::new("", "لكن العمل لم يبدأ بعد.")), [Some(Connective)]);
    assert_eq!(leans(&Document::new("", "هذا الميناء هو الأكبر.")), [None]);
}
