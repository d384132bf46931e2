//! The whole road of a pasted article of 5 kB inside the process, and its stages, and what it costs to read a page in a process of its own:
//! `cargo bench --bench road`.

use divan::{Bencher, black_box};
use mujaz::article::document::{self, Origin};
use mujaz::article::{Article, paste};
use mujaz::brief::{self, Brief};
use mujaz::facts;
use mujaz::locale::{Language, Locale};
use mujaz::reader::{ReaderOptions, Readers};
use mujaz::reply::{self, ReplyOptions};
use mujaz::story::{Account, Key, same, stories};
use mujaz::summary::{Budget, Length, summarize};
use mujaz::text::Document;

fn main() {
    // What is loaded once is not part of any request.
    drop(road(SAMPLE));
    divan::main();
}

const SAMPLE: &str = include_str!("../samples/water-conference.txt");

/// What follows the sample, so that it is 5 kB long.
const MORE: &str = "
وأوضح الخصاونة أن المرحلة الثانية من الخطة تشمل إنشاء 18 محطة تحلية صغيرة في المحافظات الجنوبية قبل نهاية عام 2027، بكلفة تقدر بنحو 90 مليون دينار.
وأشار مدير عام مصرف التنمية الإقليمي، فارس العلوان، إلى أن المصرف سيقدم قروضاً ميسرة لمدة 15 عاماً، على أن تسدد الدول 3 في المئة منها سنوياً.
وقالت الخبيرة التونسية سنية الماجري إن الخزانات الجوفية في شمال أفريقيا فقدت أكثر من 40 مليار متر مكعب خلال العقدين الماضيين.
";

fn article() -> String {
    let mut text = SAMPLE.trim_end().to_owned();
    while text.len() < 5000 {
        text.push_str(MORE);
    }
    let cut = (0..=5000).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(cut);
    text
}

fn road(text: &str) -> String {
    let locale = Locale::of(Language::Arabic);
    let article = paste::read(text).expect("an article");
    let brief = brief::read(article).compose(Budget::Length(Length::Medium));
    reply::html::render(
        &reply::compose(&brief, ReplyOptions { is_linked: true, ..ReplyOptions::default() }, locale),
        locale,
    )
}

/// From the text of the message to the text of the reply.
#[divan::bench(sample_count = 200)]
fn whole(bencher: Bencher<'_, '_>) {
    let text = article();
    bencher.bench_local(|| road(black_box(&text)));
}

/// The least that any program does with the same bytes: check that they are UTF-8, and count their words.
#[divan::bench(sample_count = 200)]
fn plain_pass(bencher: Bencher<'_, '_>) {
    let text = article().into_bytes();
    bencher.bench_local(|| {
        let text = std::str::from_utf8(black_box(&text)).expect("it is a string's");
        text.split_whitespace()
            .map(str::len)
            .fold((0_usize, 0_usize), |(words, bytes), word| (words + 1, bytes + word))
    });
}

/// The article in the pasted text.
#[divan::bench]
fn article_of_paste(bencher: Bencher<'_, '_>) {
    let text = article();
    bencher.bench_local(|| paste::read(black_box(&text)));
}

/// The article as the page of a site.
fn page() -> (Origin, Vec<u8>) {
    let text = article();
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let title = lines.next().unwrap_or_default();
    let paragraphs: String = lines.flat_map(|line| ["<p>", line, "</p>"]).collect();
    let html = format!(
        "<!doctype html><html lang=\"ar\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><article><h1>{title}</h1>\
         {paragraphs}</article></body></html>"
    );
    let url = "https://news.example/a/1".parse().expect("an address");
    (Origin::Page { url, charset: None }, html.into_bytes())
}

/// The article of a page, read as it was before documents had processes of their own.
#[divan::bench(sample_count = 200)]
fn link_in_this_process(bencher: Bencher<'_, '_>) {
    let (origin, html) = page();
    bencher.bench_local(|| document::read(black_box(&origin), &html));
}

/// The same in a process of its own, as the bot reads it: at most 15 ms more.
#[divan::bench(sample_count = 200)]
fn link_in_a_child(bencher: Bencher<'_, '_>) {
    let (origin, html) = page();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let readers = Readers::new(ReaderOptions::new(env!("CARGO_BIN_EXE_mujaz").into()));
    let read = || runtime.block_on(readers.read(black_box(&origin), &html)).expect("it is read");
    assert_eq!(read(), document::read(&origin, &html));
    bencher.bench_local(read);
}

/// Sentences and tokens.
#[divan::bench]
fn document(bencher: Bencher<'_, '_>) {
    let article = read();
    bencher.bench_local(|| Document::new(black_box(&article.headline), &article.body));
}

/// Figures and participants.
#[divan::bench]
fn facts_of_document(bencher: Bencher<'_, '_>) {
    let article = read();
    let document = Document::new(&article.headline, &article.body);
    bencher.bench_local(|| facts::analyze(black_box(&document)));
}

/// Ranking and selection.
#[divan::bench]
fn summary(bencher: Bencher<'_, '_>) {
    let article = read();
    let document = Document::new(&article.headline, &article.body);
    let facts = facts::analyze(&document);
    bencher.bench_local(|| summarize(black_box(&document), &facts, Budget::Length(Length::Medium)));
}

/// The reply's lines, and their markup.
#[divan::bench]
fn reply_of_brief(bencher: Bencher<'_, '_>) {
    let brief = brief::read(read()).compose(Budget::Length(Length::Medium));
    let locale = Locale::of(Language::Arabic);
    bencher.bench_local(|| {
        reply::html::render(
            &reply::compose(
                black_box(&brief),
                ReplyOptions { is_linked: true, ..ReplyOptions::default() },
                locale,
            ),
            locale,
        )
    });
}

/// Five articles of 5 kB that tell one story, each with a beginning and an end of its own.
fn five() -> Vec<(usize, Brief)> {
    let of = |at: usize| {
        let mut article = read();
        let own =
            format!("وقال مراسل في القاعة إن {} وفدا وقّع الخطة بعد جلسة استمرت {} ساعات.\n", 20 + at, 3 + at);
        article.body =
            format!("{own}{}\n{own}", article.body.replace("320 خبيرا", &format!("{} خبيرا", 320 + at)));
        (at, brief::read(article).compose(Budget::Length(Length::Medium)))
    };
    (0..5).map(of).collect()
}

/// That five articles tell one story, what all of them tell, and where their numbers differ.
#[divan::bench]
fn five_merged(bencher: Bencher<'_, '_>) {
    let told = stories(five(), &[], &Key::default());
    assert_eq!(told.len(), 1, "they tell one story");
    bencher.with_inputs(five).bench_local_values(|briefs| stories(black_box(briefs), &[], &Key::default()));
}

/// What is new in an article to a chat that was told sixty.
#[divan::bench]
fn new_beside_sixty(bencher: Bencher<'_, '_>) {
    let told: Vec<Account> =
        five().iter().map(|(_, brief)| Account::of_brief(brief, &Key::default())).collect();
    let told: Vec<Account> = told.iter().cycle().take(60).cloned().collect();
    let latest = || five().into_iter().take(1).collect::<Vec<_>>();
    bencher
        .with_inputs(latest)
        .bench_local_values(|briefs| stories(black_box(briefs), &told, &Key::default()));
}

/// The stories of a chat's day: which of sixty articles tell one.
#[divan::bench]
fn sixty_grouped(bencher: Bencher<'_, '_>) {
    let told: Vec<Account> =
        five().iter().map(|(_, brief)| Account::of_brief(brief, &Key::default())).collect();
    let told: Vec<Account> = told.iter().cycle().take(60).cloned().collect();
    bencher.bench_local(|| same::group(black_box(&told)));
}

fn read() -> Article {
    paste::read(&article()).expect("an article")
}
