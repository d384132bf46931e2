//! Pasted texts, small ones; `tests/posts` holds whole ones.

use super::read;
use crate::article::Refusal;

const FIRST: &str = "أعلن وزير الزراعة سالم الهادي، اليوم الأحد، أن محصول القمح بلغ 900 ألف طن هذا الموسم.";
const SECOND: &str = "وقال الهادي في مؤتمر صحفي إن الوزارة ستشتري المحصول كله بسعر يغطي كلفة الإنتاج.";
const THIRD: &str = "ويعتمد نصف سكان المحافظة على زراعة القمح والشعير منذ عشرات السنين.";
const HEADLINE: &str = "وزير الزراعة يعلن محصول القمح لهذا الموسم";

#[track_caller]
fn check(text: &str, headline: &str, body: &[&str]) {
    let article = read(text).expect("an article");
    assert_eq!((article.headline.as_str(), article.body.as_str()), (headline, body.join("\n").as_str()));
}

#[test]
fn the_site_is_dropped_and_the_article_kept() {
    let text = format!(
        "اقتصادسلايد رئيسي\n\n{HEADLINE}\n\nالأحد، 07 يونيو 2020 03:12 م\nفيسبوك تويتر\n\n{FIRST}\n\nحصاد القمح في المحافظة\n\n\
         {SECOND}\n\nشاهد أيضاً : كيف يصنع الخبز\n\n{THIRD}\n\n{HEADLINE}\n{HEADLINE}\n\nمقالات ذات صلة\n\nأسعار الخبز ترتفع\n\nزر الذهاب إلى الأعلى"
    );
    check(&text, HEADLINE, &[FIRST, SECOND, THIRD]);
}

#[test]
fn the_date_and_the_author_above_the_text_are_read() {
    let text = format!("{HEADLINE}\nكتب: سالم الهادي\nالأحد، 07 يونيو 2020 03:12 م\n{FIRST}\n{SECOND}");
    let article = read(&text).expect("an article");
    assert_eq!(article.byline.as_deref(), Some("سالم الهادي"));
    assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2020-06-07T15:12:00"));
    assert_eq!(read(FIRST).expect("an article").published, None);
}

#[test]
fn a_text_without_a_headline_has_none() {
    check(&format!("{FIRST}\n{SECOND}\n{THIRD}"), "", &[FIRST, SECOND, THIRD]);
    check(FIRST, "", &[FIRST]);
}

#[test]
fn a_forwarded_post_loses_its_ornaments_and_its_footer() {
    let text = format!("🔴 {HEADLINE}\n\n▪️ {FIRST}\n▪️ {SECOND}\n\nتابعونا على تلغرام\n@channel\n#القمح");
    check(&text, HEADLINE, &[FIRST, SECOND]);
}

#[test]
fn lines_of_a_post_without_full_stops_stay() {
    let lines = [
        "إسقاط 12 طائرة فوق المدينة",
        "إصابة 4 أشخاص بجروح طفيفة في الحي",
        "توقف الدراسة في المدارس حتى الخميس",
    ];
    check(&format!("عاجل من المدينة بعد القصف\n\n{}", lines.join("\n")), "عاجل من المدينة بعد القصف", &lines);
}

#[test]
fn a_hard_wrapped_text_is_put_together() {
    let wrapped = "أعلن وزير الزراعة سالم الهادي اليوم الأحد أن محصول القمح\nبلغ تسعمئة ألف طن هذا الموسم وهو رقم لم يبلغه أي موسم منذ\nعشر سنوات بحسب الوزارة التي قالت إنها ستشتري المحصول كله\nبسعر يغطي كلفة الإنتاج ويترك ربحاً للمزارعين في كل مكان\nمن المحافظة.";
    check(wrapped, "", &[&wrapped.replace('\n', " ")]);
}

#[test]
fn nothing_is_refused_as_nothing() {
    for text in ["", " \n \n", "زر الذهاب إلى الأعلى", "🔴🔴🔴"] {
        assert_eq!(read(text), Err(Refusal::Empty), "{text}");
    }
}
