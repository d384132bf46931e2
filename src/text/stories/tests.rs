use super::{Shape, shape};
use crate::text::Document;

const STORY: &str = "افتتح وزير النقل سامي الحداد ميناء الصخرة الجديد على الساحل الشرقي أمس بعد خمس سنوات من العمل.\n\
    وقال الحداد إن الميناء يستقبل ثلاثين سفينة في اليوم.\n\
    وأضاف أن العمل في الرصيف الرابع سيبدأ مطلع العام المقبل.";

const OTHERS: &str = "أعلن نادي الشمال لكرة القدم، الثلاثاء، تعاقده مع المهاجم البرازيلي خوليو سانتوس لمدة ثلاثة مواسم قادمة\n\
    حصدت الباحثة ليلى عمران جائزة الأكاديمية الدولية للفيزياء عن دراستها حول البلورات في درجات الحرارة المنخفضة\n\
    تراجعت أسعار القهوة في البورصات العالمية بعد توقعات بموسم وفير في كولومبيا وفيتنام هذا العام\n\
    قضت محكمة استئناف بسجن مدير مصرف سابق سبعة أعوام بتهمة تزوير عقود القروض العقارية";

fn check(headline: &str, text: &str, expected: std::ops::Range<usize>) {
    assert_eq!(Document::new(headline, text).story(), expected, "{text}");
}

#[test]
fn one_story_is_whole() {
    check("افتتاح ميناء الصخرة", STORY, 0..3);
    check("", "", 0..0);
    check("", "كلمة", 0..1);
}

#[test]
fn leads_of_other_stories_at_the_end_are_left_out() {
    check("افتتاح ميناء الصخرة", &format!("{STORY}\n{OTHERS}"), 0..3);
}

/// The run of leads is looked for behind a paragraph of the story that shares little with it.
#[test]
fn leads_behind_a_paragraph_of_its_own_words_are_left_out() {
    let answer =
        "تستطيع السفن الكبيرة أن ترسو في عمق خمسة عشر مترا بعد أن حفرت شركة هولندية قاع الخليج في الصخرة";
    check("افتتاح ميناء الصخرة", &format!("{STORY}\n{answer}\n{OTHERS}"), 0..4);
}

/// What opens with a place may be a lead of another story or go on with this one: only a few in a row are taken for leads.
const PLACES: &str = "في مدينة الفجر حصد الفريق الأول لكرة اليد كأس البطولة الوطنية بعد فوزه على حامل اللقب بفارق هدفين\n\
    من جبال الأطلس جمع الرسام نبيل الفاسي لوحات معرضه الجديد الذي يضم أربعين عملا بالألوان المائية\n\
    في المستشفى الجامعي نجح فريق من الجراحين في زراعة قلب اصطناعي لمريض في الستين من عمره\n\
    من بورصة لندن خرج صندوق استثماري كبير بعد خسائر متتالية في أسهم شركات التعدين والنحاس\n\
    في الصحراء الغربية عثر علماء الآثار على مقبرة حجرية تضم تماثيل وأواني فخارية ملونة قديمة\n\
    من مختبرات الجامعة التقنية خرج هاتف جديد تطوى شاشته مرتين ويعمل ببطارية من الصوديوم الرخيص\n\
    في ملعب التنس المركزي ودعت البطلة الشابة مريم السعيد الدورة بعد إصابة في الكاحل الأيسر";

#[test]
fn a_lead_that_opens_with_a_place_is_left_out_with_the_others() {
    let (others, places): (Vec<&str>, Vec<&str>) = (OTHERS.lines().collect(), PLACES.lines().collect());
    let leads = [others[0], places[0], others[1], places[1], others[2]].join("\n");
    check("افتتاح ميناء الصخرة", &format!("{STORY}\n{leads}"), 0..3);
    check("افتتاح ميناء الصخرة", &format!("{STORY}\n{}\n{PLACES}", others[0]), 0..11);
}

#[test]
fn a_list_at_the_end_of_a_story_stays() {
    let list = "1- يخفض الميناء تكلفة الشحن إلى النصف بحسب تقديرات الوزارة للعام المقبل كله\n\
        2- يوفر المشروع خمسة آلاف وظيفة دائمة لسكان القرى المجاورة في السنوات القادمة\n\
        3- يربط الطريق السريع الجديد المنطقة بالعاصمة في أقل من ساعة واحدة فقط";
    check("افتتاح ميناء الصخرة", &format!("{STORY}\n{list}"), 0..6);
}

#[test]
fn a_digest_gives_the_story_of_its_headline() {
    let text = format!("{STORY}\nوفي خبر آخر، فاز نادي الشمال ببطولة الدوري بعد تعادله مع نادي الجنوب.");
    check("افتتاح ميناء الصخرة", &text, 0..3);
    check("نادي الشمال بطل الدوري", &text, 3..4);
    check("", &text, 0..3);
}

#[test]
fn headlines_and_stories() {
    let headlines = "وزير النقل يفتتح ميناء الصخرة الجديد\nنادي الشمال يتعاقد مع مهاجم برازيلي\n\
        تراجع أسعار القهوة في البورصات العالمية\nالسجن سبعة أعوام لمدير مصرف سابق\nباحثة عربية تحصد جائزة دولية في الفيزياء";
    assert_eq!(shape(&Document::new("أبرز الأخبار", headlines)), Shape::Headlines);
    assert_eq!(shape(&Document::new("", STORY)), Shape::Story);
    let verses = "يا طائرا فوق الغصون\nهل عاد من سفر حبيب\nأم ضاع في ليل الصدى\nوالدرب أنت به غريب\nيا ليل طال بك المدى";
    assert_eq!(shape(&Document::new("", verses)), Shape::Story);
    assert_eq!(shape(&Document::new("", "")), Shape::Story);
}
