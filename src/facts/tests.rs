use super::figure::Class;
use super::{Facts, Figure, Quantity, analyze};
use crate::text::{Document, Span};

#[test]
fn who_takes_part_alike_comes_in_the_order_of_the_article() {
    let text = "ترأس وزير النقل التونسي كريم الوزاني الجلسة، وقال وزير النقل المصري هاني منصور إن العمل بدأ. وأكد هاني منصور أن \
        الميناء جاهز. وأوضح هاني منصور أن الكلفة زادت. وأكد وزير النقل الأردني عامر الحسيني أن بلاده ستشارك. وقال وزير \
        النقل اليمني سالم الحارثي إن اليمن سيشارك. وكان في القاعة نادر العمري.";
    let facts = analyze(&Document::new("", text));
    let names: Vec<&str> = facts.key_people(8).iter().map(|p| p.name.as_str()).collect();
    // Who only sat there takes no part.
    assert_eq!(names, ["هاني منصور", "كريم الوزاني", "عامر الحسيني", "سالم الحارثي"], "{:?}", facts.people);
    let countries: Vec<&str> = facts.key_countries(8).iter().map(|c| c.name.as_str()).collect();
    assert_eq!(countries, ["تونس", "مصر", "الأردن", "اليمن"], "{:?}", facts.countries);
    assert_eq!(facts.key_people(1)[0].name, "هاني منصور", "whom a short list leaves out is decided by share");
}

#[test]
fn of_figures_that_are_alike_lives_and_money_come_first() {
    let figure = |at: usize, class, salience| Figure {
        span: Span::new(at, at + 1),
        quantity: Quantity::Exact(at as f64),
        unit: String::new(),
        class: Some(class),
        line: Some(Span::new(at, at + 1)),
        sentence: 0,
        salience,
    };
    let figures = vec![
        figure(1, Class::Thing, 3.0),
        figure(2, Class::Thing, 1.3),
        figure(3, Class::Currency, 1.2),
        figure(4, Class::Casualty, 1.1),
        figure(5, Class::Thing, -0.1),
    ];
    let facts = Facts { figures, ..Facts::default() };
    let told = |limit| facts.key_figures(limit).iter().map(|f| f.span.start).collect::<Vec<_>>();
    assert_eq!(told(6), [1, 4, 3, 2], "the best, then lives, money and the rest");
    assert_eq!(told(2).len(), 2);
}
