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
fn of_figures_that_are_alike_lives_and_money_come_first() {
    let text = "افتتح الوزير 83 محطة للمياه في الجنوب. وقال المدير إن الشركة اشترت 40 سفينة. وقال إن العمل كلف 436 مليون دولار. \
        وقال إن 12 قتيلا سقطوا في حوادث على الطرق. وشكر العمال في الختام.";
    let document = Document::new("خطة جديدة", text);
    let facts = analyze(&document);
    let told: Vec<&str> = facts.key_figures(6).iter().map(|f| document.slice(f.span)).collect();
    assert_eq!(told, ["83 محطة", "12 قتيلا", "436 مليون دولار", "40 سفينة"], "{:?}", facts.figures);
    assert_eq!(facts.key_figures(2).len(), 2);
}
