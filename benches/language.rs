//! What the language parts cost, by length of the article: `cargo bench --bench language`.

use divan::{Bencher, black_box};
use mujaz::facts::{self, figure, participants};
use mujaz::summary::{Budget, Length, summarize};
use mujaz::text::Document;

fn main() {
    divan::main();
}

/// Sentences that an article of any length is woven from; each round counts on and changes its names, so that no two
/// are alike.
const SENTENCES: &[&str] = &[
    "أعلنت وزارة الزراعة أن محصول القمح بلغ NUM ألف طن في موسم هذا العام، بزيادة 12 في المئة عن عام 2016.",
    "وقال وزير المالية NAME إن الحكومة ستدفع نحو NUM مليون دولار للمزارعين في محافظة الشمال.",
    "وتراجعت أسعار الخبز بنسبة NUM في المئة خلال الأسابيع الثلاثة الماضية، بحسب الاتحاد العام للمخابز.",
    "ومثّل تركيا في الاجتماع وزير خارجيتها NAME، ونظيره المصري NAME، بمشاركة NUM دولة ومنظمة.",
    "وأضاف المتحدث باسم الجيش السوري: \"قُتل ثلاثة جنود وأصيب NUM آخرون بجروح\" في هجوم لتنظيم الدولة.",
    "ويعمل في القطاع ما بين خمسة وعشرين ألفا وNUM ألف عامل في مناطق مختلفة من البلاد.",
    "وأكدت رئيسة الشركة NAME لوكالة الأنباء أن \"الخطة تشمل بناء NUM صومعة جديدة قبل نهاية السنة\".",
];

const GIVEN: &[&str] =
    &["سالم", "ماجدة", "يوسف", "هناء", "طارق", "ليلى", "كريم", "نادية", "باسل", "سعاد", "رامي"];
const FAMILY: &[&str] =
    &["الهادي", "البرغوثي", "حداد", "المنصوري", "قاسم", "الخطيب", "درويش", "العامري", "نجار", "الطويل"];

fn document(bytes: usize) -> Document {
    let mut text = String::new();
    let mut count = 0;
    while text.len() < bytes {
        for sentence in SENTENCES {
            let mut sentence = sentence.replace("NUM", &(count % 900 + 11).to_string());
            while sentence.contains("NAME") {
                let name = format!("{} {}", GIVEN[count % GIVEN.len()], FAMILY[count % FAMILY.len()]);
                sentence = sentence.replacen("NAME", &name, 1);
                count += 1;
            }
            text.push_str(&sentence);
            text.push_str(if count.is_multiple_of(3) { "\n" } else { " " });
            count += 1;
        }
    }
    Document::new("محصول القمح يبلغ رقما قياسيا", &text)
}

const BYTES: [usize; 3] = [5_000, 50_000, 1_000_000];

/// Figures, participants and quotations.
#[divan::bench(args = BYTES, sample_count = 10)]
fn facts_of_all_kinds(bencher: Bencher<'_, '_>, bytes: usize) {
    let document = document(bytes);
    bencher.bench_local(|| facts::analyze(black_box(&document)));
}

#[divan::bench(args = BYTES, sample_count = 10)]
fn figures(bencher: Bencher<'_, '_>, bytes: usize) {
    let document = document(bytes);
    bencher.bench_local(|| figure::find(black_box(&document), &[]));
}

#[divan::bench(args = BYTES, sample_count = 10)]
fn people_and_bodies(bencher: Bencher<'_, '_>, bytes: usize) {
    let document = document(bytes);
    bencher.bench_local(|| participants::find(black_box(&document)));
}

/// Ranking and selection.
#[divan::bench(args = BYTES, sample_count = 10)]
fn medium_summary(bencher: Bencher<'_, '_>, bytes: usize) {
    summary(bencher, bytes, Budget::Length(Length::Medium));
}

/// Many sentences are to be chosen: two words in five.
#[divan::bench(args = BYTES, sample_count = 10)]
fn long_summary(bencher: Bencher<'_, '_>, bytes: usize) {
    summary(bencher, bytes, Budget::Words(bytes / 28));
}

fn summary(bencher: Bencher<'_, '_>, bytes: usize, budget: Budget) {
    let document = document(bytes);
    let facts = facts::analyze(&document);
    bencher.bench_local(|| summarize(black_box(&document), &facts, budget));
}
