//! What ranking and selection cost, by length of the article: `cargo bench --bench summary`.

use divan::{Bencher, black_box};
use mujaz::facts::{self, Facts};
use mujaz::summary::{Budget, Length, summarize};
use mujaz::text::Document;

fn main() {
    divan::main();
}

/// Sentences that an article of any length is woven from; each round counts on, so that no two are alike.
const SENTENCES: &[&str] = &[
    "أعلنت وزارة الزراعة أن محصول القمح بلغ NUM ألف طن في موسم هذا العام.",
    "وقال الوزير سالم الهادي إن الحكومة ستشتري NUM طنا من المزارعين في محافظة الشمال.",
    "وتراجعت أسعار الخبز بنسبة NUM في المئة خلال الأسابيع الماضية، بحسب اتحاد المخابز.",
    "ويعمل في القطاع أكثر من NUM عامل في مناطق مختلفة من البلاد.",
    "وأضاف أن الخطة تشمل بناء NUM صومعة جديدة قبل نهاية السنة.",
];

fn document(bytes: usize) -> (Document, Facts) {
    let mut text = String::new();
    for round in 1.. {
        for sentence in SENTENCES {
            text.push_str(&sentence.replace("NUM", &(round * 7 + 10).to_string()));
            text.push('\n');
        }
        if text.len() >= bytes {
            break;
        }
    }
    let document = Document::new("محصول القمح يبلغ رقما قياسيا", &text);
    let facts = if bytes > 100_000 { Facts::default() } else { facts::analyze(&document) };
    (document, facts)
}

#[divan::bench(args = [5_000, 50_000, 1_000_000])]
fn medium(bencher: Bencher<'_, '_>, bytes: usize) {
    let (document, facts) = document(bytes);
    bencher.bench_local(|| summarize(black_box(&document), &facts, Budget::Length(Length::Medium)));
}

#[divan::bench(args = [5_000, 50_000, 1_000_000])]
fn two_fifths(bencher: Bencher<'_, '_>, bytes: usize) {
    let (document, facts) = document(bytes);
    let budget = Budget::Words(bytes / 28);
    bencher.bench_local(|| summarize(black_box(&document), &facts, budget));
}
