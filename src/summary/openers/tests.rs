use super::{Opener, droppable, front, openers, without_credit};
use crate::text::token::tokenize;

/// What is left of `text` without its openers and its credit.
fn check(text: &str, expected: &str) {
    let tokens = tokenize(text);
    let first = tokens[droppable(&tokens)].span.start;
    let stop = tokens.last().filter(|token| token.is_mark('.')).map_or("", |_| ".");
    let body = &tokens[..tokens.len() - stop.len()];
    let last = body[without_credit(body) - 1].span.end;
    assert_eq!(format!("{}{stop}", &text[first..last]), expected, "{text}");
}

fn check_untouched(text: &str) {
    check(text, text);
}

#[test]
fn every_opener_of_the_table_goes_before_a_comma() {
    for (phrase, kind) in openers() {
        let clause = "أعلن الوزير سامي الحداد افتتاح الميناء الجديد.";
        let text = match kind {
            Opener::Also => format!("{phrase} {clause}"),
            Opener::This => format!("{phrase} و{clause}"),
            _ => format!("{phrase}، {clause}"),
        };
        let waw = if kind == Opener::This { "و" } else { "" };
        check(&text, &format!("{waw}{clause}"));
        check(&format!("و{text}"), &format!("{waw}{clause}"));
        assert_eq!(front(&tokenize(&text)).map(|(_, kind)| kind), Some(kind), "{text}");
    }
}

#[test]
fn openers_without_a_comma_go_before_a_verb_of_saying_only() {
    check("وفي السياق نفسه أعلنت البلدية خطة للنقل.", "أعلنت البلدية خطة للنقل.");
    check("إلى ذلك كشف التقرير عن أرقام جديدة.", "كشف التقرير عن أرقام جديدة.");
    check_untouched("إلى ذلك الحين كانت القرية بلا ماء.");
    check_untouched("وفي السياق الأوروبي أعلنت برلين خطة للنقل.");
}

#[test]
fn datelines_without_a_bracket_go() {
    check(
        "الدوحة – احتفل معهد الصحافة بالذكرى العاشرة لتأسيسه.",
        "احتفل معهد الصحافة بالذكرى العاشرة لتأسيسه.",
    );
    check("بغداد- أعلنت وزارة النقل خطة جديدة للموانئ.", "أعلنت وزارة النقل خطة جديدة للموانئ.");
    check("سالم نادر - الرباط: أعلنت البلدية خطة للنقل العام.", "أعلنت البلدية خطة للنقل العام.");
    check_untouched("الرباط - فاس: خط جديد للقطارات السريعة.");
    check_untouched("الدوحة - الميناء الأكبر في المنطقة كلها - تستعد للموسم.");
    check_untouched("سالم نادر - مدير الميناء: العمل يبدأ غدا صباحا.");
}

#[test]
fn two_openers_in_a_row() {
    check("وفي السياق، من جانبه، قال الوزير إن المشروع جاهز.", "قال الوزير إن المشروع جاهز.");
}

#[test]
fn an_aside_goes_where_the_subject_is_named() {
    check("من جهتها قالت رئيسة البلدية إن الجسر آمن.", "قالت رئيسة البلدية إن الجسر آمن.");
    check("من جانبه، رحب المتحدث باسم النقابة بالقرار.", "رحب المتحدث باسم النقابة بالقرار.");
    check_untouched("من جانبه، قال إن المشروع جاهز هذا العام.");
    check_untouched("من جانبه، رحب بالقرار الذي صدر أمس.");
}

#[test]
fn kama_goes_before_a_main_verb_only() {
    check("كما أعلن الحداد تقديم مساعدات إنسانية.", "أعلن الحداد تقديم مساعدات إنسانية.");
    check("كما لم يستبعد الوزير تمديد المهلة.", "لم يستبعد الوزير تمديد المهلة.");
    check("كما قال الوزير إن الميناء سيفتح قريبا.", "قال الوزير إن الميناء سيفتح قريبا.");
    check_untouched("كما قال الوزير، فإن الميناء سيفتح قريبا.");
    check_untouched("كما ذكرت الصحيفة في عدد أمس الأول.");
    check_untouched("كما أن الميناء سيفتح قريبا أمام السفن.");
    check_untouched("كما كان متوقعا، خسر الفريق مباراته الأولى.");
    check_untouched("كما هو الحال في المدن الكبرى كلها.");
}

#[test]
fn datelines() {
    check(
        "دبي، الإمارات العربية المتحدة (CNN)— أعلنت الشركة أرباحها السنوية.",
        "أعلنت الشركة أرباحها السنوية.",
    );
    check("(CNN)-- أعلنت الشركة أرباحها السنوية اليوم.", "أعلنت الشركة أرباحها السنوية اليوم.");
    check("القاهرة (رويترز) - أعلنت الشركة أرباحها السنوية.", "أعلنت الشركة أرباحها السنوية.");
    check("باريس (أ ف ب) ـ أعلنت الشركة أرباحها السنوية.", "أعلنت الشركة أرباحها السنوية.");
    check_untouched("أعلنت الشركة (CNN) أرباحها السنوية اليوم.");
    check_untouched("الشركة الوطنية (قسد) - أعلنت أرباحها السنوية.");
}

#[test]
fn bullets() {
    check("• ارتفاع أسعار القمح في الأسواق.", "ارتفاع أسعار القمح في الأسواق.");
}

#[test]
fn credits_and_footnotes_at_the_end() {
    check("افتتح الوزير الميناء الجديد أمس (أ ف ب).", "افتتح الوزير الميناء الجديد أمس.");
    check("أنشئت المدينة عام 1854 ميلادية[3].", "أنشئت المدينة عام 1854 ميلادية.");
    check_untouched("افتتح الوزير الميناء الجديد أمس (الميناء الشرقي).");
    check_untouched("أنشئت المدينة[3] عام 1854 ميلادية على النهر.");
}

#[test]
fn what_carries_meaning_stays() {
    for text in [
        "لم يعلن الوزير موعد افتتاح الميناء.",
        "إذا توقف القتال فستفتح المعابر كلها.",
        "وقال الوزير إن الميناء سيفتح قريبا.",
        "افتتح الميناء قبل موعده، بحسب البيان.",
        "افتتح الميناء قبل موعده، على حد قوله.",
        "وفي المقابل، رفض الوزير تمديد المهلة.",
        "ومع ذلك، رفض الوزير تمديد المهلة الأخيرة.",
        "10 قتلى في حادث سير على الطريق.",
    ] {
        check_untouched(text);
    }
}

#[test]
fn too_little_left_is_not_trimmed() {
    check_untouched("وفي السياق، قال نعم.");
    check_untouched("وفي السياق،");
}
