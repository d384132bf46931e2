//! Stories written for these tests.

use super::account::{Account, Key};
use super::{Story, differing, figures::Kind, merged, news, same, stories};
use crate::article::{Article, date};
use crate::brief::{self, Brief};
use crate::summary::words::count_words;
use crate::summary::{Budget, Length};

/// Told at noon.
const NOON: (&str, &str) = (
    "20 قتيلا في تصادم قطارين قرب مدينة السنابل",
    "لقي 20 شخصا مصرعهم وأصيب 40 آخرون في تصادم قطارين قرب مدينة السنابل شمالي البلاد صباح الثلاثاء.\n\
     وقالت وزارة النقل إن قطار ركاب كان متجها إلى مدينة السنابل اصطدم بقطار بضائع متوقف في محطة الجسر القديم.\n\
     ونقلت سيارات الإسعاف المصابين إلى مستشفى السنابل المركزي، ودعت إدارته السكان إلى التبرع بالدم.\n\
     وأمر وزير النقل سالم الراوي بفتح تحقيق عاجل في أسباب التصادم، وأوقفت حركة القطارات على الخط الشمالي.\n\
     وتشهد السكك الحديدية في البلاد حوادث متكررة بسبب قدم الإشارات والقاطرات.",
);
/// Told in the evening by others.
const EVENING: (&str, &str) = (
    "ارتفاع حصيلة تصادم قطارين قرب السنابل إلى 26 قتيلا",
    "لقي 26 شخصا مصرعهم وأصيب 40 آخرون في تصادم قطارين صباح الثلاثاء قرب مدينة السنابل، وفق حصيلة جديدة.\n\
     واصطدم قطار ركاب بقطار بضائع متوقف في محطة الجسر القديم قرب مدينة السنابل، كما قالت وزارة النقل.\n\
     واستقال مدير هيئة السكك الحديدية نبيل الحمداني مساء اليوم، وقبل مجلس الوزراء استقالته في جلسة طارئة.\n\
     وأعلنت النيابة العامة توقيف سائق القاطرة واثنين من مراقبي الإشارات على ذمة التحقيق الجنائي.\n\
     ونقلت سيارات الإسعاف المصابين إلى مستشفى السنابل المركزي.",
);
/// Another story of the same day.
const OTHER: (&str, &str) = (
    "افتتاح متحف للخط العربي في مدينة المرسى",
    "افتتحت وزيرة الثقافة ليلى المنصوري اليوم الثلاثاء متحفا للخط العربي في مدينة المرسى الساحلية.\n\
     ويضم المتحف 300 مخطوطة نادرة جمعت من مكتبات خاصة خلال عشر سنوات.\n\
     وقالت الوزيرة إن المتحف يستقبل طلاب المدارس مجانا طوال العام الدراسي.\n\
     وبلغت كلفة ترميم المبنى الذي كان مخزنا للحبوب 4 ملايين دينار.\n\
     ويقام في المتحف معرض لأعمال خطاطين شباب من سبع دول.",
);

fn brief((headline, body): (&str, &str)) -> Brief {
    let article = Article {
        headline: headline.to_owned(),
        body: body.to_owned(),
        published: date::parse("2026-03-10"),
        ..Article::default()
    };
    brief::read(article).compose(Budget::Length(Length::Medium))
}

fn told() -> Vec<Story> {
    stories(vec![(0, brief(NOON)), (1, brief(OTHER)), (2, brief(EVENING))], &[], &Key::default())
}

#[test]
fn articles_of_one_event_are_one_story_and_others_are_not() {
    let told = told();
    let places: Vec<&[usize]> = told.iter().map(|story| story.places.as_slice()).collect();
    assert_eq!(places, [&[0, 2][..], &[1]]);
}

#[test]
fn the_same_words_twice_are_one_article() {
    let told = stories(vec![(0, brief(NOON)), (1, brief(NOON))], &[], &Key::default());
    assert_eq!(told.iter().map(|story| story.briefs.len()).collect::<Vec<_>>(), [1]);
}

#[test]
fn days_apart_are_never_one_event() {
    let key = Key::default();
    let (mut one, two) = (Account::of_brief(&brief(NOON), &key), Account::of_brief(&brief(EVENING), &key));
    assert!(same::margin(&one, &two) >= 0.0);
    one.day = one.day.map(|day| day - 4);
    assert!(same::margin(&one, &two) < 0.0);
}

#[test]
fn the_dead_differ_and_the_injured_do_not() {
    let told = told();
    let differences = &told[0].differences;
    assert_eq!(differences.iter().map(|d| d.kind).collect::<Vec<_>>(), [Kind::Killed]);
    let values: Vec<f64> = differences[0]
        .values
        .iter()
        .map(|&(article, at)| told[0].accounts[article].counts[at].value)
        .collect();
    assert_eq!(values, [20.0, 26.0]);
}

#[test]
fn a_merged_summary_repeats_nothing_and_is_not_much_longer() {
    let told = told();
    let story = &told[0];
    let words = |brief: &Brief| brief.sentences.iter().map(|piece| count_words(&piece.text)).sum::<usize>();
    let merged: usize = story.merged.bullets.iter().map(|bullet| count_words(&bullet.piece.text)).sum();
    assert!(merged * 10 <= 13 * words(&story.briefs[story.merged.fullest]), "{:?}", story.merged);
    for bullet in &story.merged.bullets {
        let text = story.briefs[bullet.of].document.slice(bullet.piece.span);
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), bullet.piece.text);
        assert!(bullet.told_by.contains(&bullet.of));
    }
    let collisions =
        story.merged.bullets.iter().filter(|bullet| bullet.piece.text.contains("مصرعهم")).count();
    assert!(collisions <= 1, "{:?}", story.merged);
}

#[test]
fn what_the_latest_adds_is_new() {
    let key = Key::of("a secret");
    let (first, second) = (brief(NOON), brief(EVENING));
    let (earlier, latest) = (Account::of_brief(&first, &key), Account::of_brief(&second, &key));
    let pieces = news::pieces(&second, &latest, &[&earlier], &key);
    assert!(
        pieces.iter().any(|piece| piece.text.contains("استقال") || piece.text.contains("النيابة")),
        "{pieces:?}"
    );
    assert!(pieces.iter().all(|piece| !piece.text.contains("الإسعاف")), "{pieces:?}");
    assert_eq!(news::pieces(&second, &latest, &[], &key), [], "nobody was told anything yet");
}

/// What is new in the second to those who were told the first; `published` are their dates.
fn new_in(second: (&str, &str), published: [&str; 2]) -> Option<news::News> {
    let key = Key::of("a secret");
    let mut briefs = [brief(NOON), brief(second)];
    for (brief, date) in briefs.iter_mut().zip(published) {
        brief.article.published = date::parse(date);
    }
    let accounts = briefs.each_ref().map(|brief| Account::of_brief(brief, &key));
    let kept = serde_json::to_string(&accounts[0]).expect("an account is data");
    let told = [Account::default(), serde_json::from_str(&kept).expect("what was written is read")];
    news::find(&briefs[1], &accounts[1], &told, &key)
}

#[test]
fn a_toll_that_has_grown_is_new_with_what_it_was() {
    let news = new_in(EVENING, ["2026-03-10", "2026-03-10"]).expect("something is new");
    assert_eq!(news.first, 1, "an account of nothing is of no story");
    let changed: Vec<(Kind, f64)> = news.changed.iter().map(|change| (change.kind, change.old)).collect();
    assert_eq!(changed, [(Kind::Killed, 20.0)]);
    assert!(news.pieces.iter().any(|piece| piece.text.contains("استقال")), "{:?}", news.pieces);
    // Fewer dead are told by an older article.
    let body = EVENING.1.replace("26 شخصا", "16 شخصا");
    let fewer = new_in((EVENING.0, &body), ["2026-03-10", "2026-03-10"]).expect("pieces are new");
    assert_eq!(fewer.changed, []);
}

#[test]
fn nothing_is_new_in_another_story_in_the_same_words_or_in_an_older_article() {
    assert!(new_in(OTHER, ["2026-03-10", "2026-03-10"]).is_none());
    assert!(new_in(NOON, ["2026-03-10", "2026-03-10"]).is_none());
    assert!(new_in(EVENING, ["2026-03-10", "2026-03-09"]).is_none());
    let of_one_day = |evening| ["2026-03-10T12:00:00+03:00", evening];
    assert!(new_in(EVENING, of_one_day("2026-03-10T08:59:00Z")).is_none());
    assert!(new_in(EVENING, of_one_day("2026-03-10T09:00:00Z")).is_some());
}

#[test]
fn an_account_holds_no_word_and_depends_on_its_key() {
    let brief = brief(NOON);
    let account = Account::of_brief(&brief, &Key::of("a secret"));
    let kept = serde_json::to_string(&account).expect("an account is data");
    assert!(kept.is_ascii(), "{kept}");
    let other = Account::of_brief(&brief, &Key::of("another"));
    assert!(account.terms.iter().all(|term| other.place(term.digest).is_none()));
}

#[test]
fn a_toll_is_told_by_the_nearest_word() {
    let body = "قتل 25 شخصا على الأقل وجرح 20 جراء ثوران البركان، وفقد 7 آخرون.\nوكان على متن الحافلة 30 شخصا.\n\
        وأعلنت السلطات إجلاء 3000 شخص من القرى القريبة.\nوقتل 9 أشخاص في ثوران البركان عام 2002.";
    let brief = brief(("ثوران بركان", body));
    let account = Account::of_brief(&brief, &Key::default());
    let of = |value: f64| account.counts.iter().find(|count| (count.value - value).abs() < 0.5);
    let kind = |value| of(value).map(|count| count.kind);
    assert_eq!(kind(25.0), Some(Kind::Killed));
    assert_eq!(kind(20.0), Some(Kind::Injured));
    assert_eq!(kind(7.0), Some(Kind::Missing));
    assert_eq!(kind(3000.0), Some(Kind::Other), "who was led away is not compared");
    assert!(of(9.0).is_none_or(|count| !count.is_comparable), "another year is background");
    assert_eq!(differing::find(&[&account, &account]), []);
}

/// The tolls of two articles under one headline that differ.
fn differing_tolls(headline: &str, bodies: [&str; 2]) -> Vec<Kind> {
    let account = |body| Account::of_brief(&brief((headline, body)), &Key::default());
    let accounts = bodies.map(account);
    differing::find(&[&accounts[0], &accounts[1]]).iter().map(|found| found.kind).collect()
}

#[test]
fn only_what_counts_the_same_differs() {
    const HEADLINE: &str = "قتلى في انفجارات بمدينة السنابل";
    let differing = |one, other| differing_tolls(HEADLINE, [one, other]);
    let all = "قتل 25 شخصا على الأقل في انفجارات هزت مدينة السنابل صباح الثلاثاء.";
    assert_eq!(differing(all, "قتل 21 شخصا في انفجارات هزت مدينة السنابل الثلاثاء."), [Kind::Killed]);
    let nothing: [Kind; 0] = [];
    for other in [
        "وأسفر الانفجار الأول في مدينة السنابل عن مقتل 4 أشخاص على الأقل، ولم تعرف حصيلة الثاني.",
        "بلغت حصيلة انفجارات مدينة السنابل 100 قتيل وجريح بحسب مصادر طبية.",
        "هزت الانفجارات مدينة السنابل صباح الثلاثاء، وقتل فيها 90 شخصا منذ بداية العام بحسب وزارة الصحة.",
        "قتل أكثر من 20 شخصا في انفجارات هزت مدينة السنابل الثلاثاء.",
        "قتل نحو 30 شخصا في انفجارات هزت مدينة السنابل الثلاثاء.",
        "قتل 12 شخصا عند غرق زورق قبالة سواحل الجزيرة مساء الاثنين.",
    ] {
        assert_eq!(differing(all, other), nothing, "{other}");
    }
}

#[test]
fn a_toll_is_read_by_the_headline_too() {
    let one = "تحطمت طائرة نقل قرب مطار السنابل صباح الثلاثاء، ما أدى إلى مقتل 32 شخصا بحسب وزارة النقل.";
    let other = "تحطمت طائرة نقل قرب مطار السنابل الثلاثاء.\nوأدى الحادث إلى مصرع جميع ركاب الطائرة البالغ عددهم 39 شخصا.";
    let account = |headline, body| Account::of_brief(&brief((headline, body)), &Key::default());
    let accounts = [account("تحطم طائرة قرب مطار السنابل", one), account("تحطم طائرة ومصرع 39 شخصا", other)];
    let found = differing::find(&[&accounts[0], &accounts[1]]);
    assert_eq!(found.iter().map(|found| found.kind).collect::<Vec<_>>(), [Kind::Killed]);
}

#[test]
fn no_key_changes_what_is_one_story() {
    let margin = |secret: &str| {
        let key = Key::of(secret);
        let [one, other] = [NOON, EVENING].map(|told| Account::of_brief(&brief(told), &key));
        (same::margin(&one, &other), same::features(&one, &other))
    };
    let first = margin("a secret");
    for at in 0..20 {
        assert_eq!(margin(&format!("another {at}")), first);
    }
}

#[test]
fn the_lead_and_what_is_of_another_story_are_never_new() {
    let key = Key::default();
    let teaser = "\nوتوج فريق المرسى بكأس السباحة للناشئين بعد فوزه على نادي الواحة في المباراة الختامية.\n\
        وحصد سباحوه خمس ميداليات ذهبية في البطولة التي استضافها مسبح النخيل الأولمبي.";
    let told = format!("{}{teaser}", EVENING.1);
    let (first, second) = (brief(NOON), brief((EVENING.0, &told)));
    let (earlier, latest) = (Account::of_brief(&first, &key), Account::of_brief(&second, &key));
    let pieces = news::pieces(&second, &latest, &[&earlier], &key);
    assert!(!pieces.is_empty());
    for piece in &pieces {
        assert!(piece.sentence > 0, "{pieces:?}");
        assert!(!piece.text.contains("سباحوه") && !piece.text.contains("المرسى"), "{pieces:?}");
    }
}

#[test]
fn places_of_a_piece_are_those_of_its_terms() {
    let brief = brief(NOON);
    let account = Account::of_brief(&brief, &Key::default());
    let sentence = brief.document.sentences()[1].span;
    assert_eq!(merged::places(&brief.document, sentence, &account, &Key::default()), account.sentences[1]);
}
