use super::analyze;
use crate::text::Document;

#[test]
fn who_takes_part_alike_comes_in_the_order_of_the_article() {
    let text = "ترأس وزير النقل التونسي كريم الوزاني الجلسة، وقال وزير النقل المصري هاني منصور إن العمل بدأ. وأكد هاني منصور أن \
        الميناء جاهز. وأوضح هاني منصور أن الكلفة زادت. ومثل الأردن وزير النقل عامر الحسيني، الذي قال إن بلاده ستشارك. وشارك وزير \
        النقل اليمني سالم الحارثي. وكان في القاعة نادر العمري.";
    let facts = analyze(&Document::new("", text));
    let names: Vec<&str> = facts.key_people(8).iter().map(|p| p.name.as_str()).collect();
    assert_eq!(
        names,
        ["هاني منصور", "كريم الوزاني", "عامر الحسيني", "سالم الحارثي", "نادر العمري"],
        "{:?}",
        facts.people
    );
    let countries: Vec<&str> = facts.key_countries(8).iter().map(|c| c.name.as_str()).collect();
    assert_eq!(countries, ["تونس", "مصر", "الأردن", "اليمن"], "{:?}", facts.countries);
    assert_eq!(facts.key_people(1)[0].name, "هاني منصور", "whom a short list leaves out is decided by share");
}

#[test]
fn a_nationality_is_not_said_behind_a_place_of_the_country() {
    let text = "قال حاكم دبي محمد بن راشد إن المعرض سيقام في موعده. ودعت الحكومة الإماراتية الزوار. \
        وقال مهاجم ليفربول المصري محمد سالم إنه سيزوره.";
    let facts = analyze(&Document::new("", text));
    let titles: Vec<_> = facts.people.iter().map(|person| (&*person.name, &*person.title)).collect();
    assert!(titles.contains(&("محمد بن راشد", "حاكم دبي")), "{titles:?}");
    assert!(titles.contains(&("محمد سالم", "مهاجم ليفربول المصري")), "{titles:?}");
}
