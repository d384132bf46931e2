//! What a page is that holds no article, or hardly any: said, never summarised.

use dom_query::{Document, NodeRef};

use super::blocks::{self, Block};
use super::structured::Declared;
use crate::article::{Refusal, line};

/// An article of fewer words is looked at twice: it may be a teaser, a notice or a wall.
pub const THIN: usize = 60;
/// A page that declares itself not free shows its teaser up to this many words.
const TEASER: usize = 150;
/// A shell for scripts has at most this many words of its own.
const SHELL: usize = 40;
/// How much of a page's text is read for its kind, in bytes.
const SAMPLE: usize = 20_000;

/// Phrases by kind, compared folded, in the order in which they are asked.
const PHRASES: [(Refusal, &[&str]); 5] = [
    (
        Refusal::BotCheck,
        &[
            "just a moment",
            "checking your browser",
            "verify you are human",
            "verifying you are human",
            "are you a robot",
            "not a robot",
            "unusual traffic",
            "pardon our interruption",
            "ddos protection by",
            "attention required cloudflare",
            "enable javascript and cookies to continue",
            "access to this page has been denied",
            "لست روبوت",
            "لست برنامج روبوت",
            "التحقق من أنك إنسان",
            "جار التحقق من المتصفح",
            "التحقق من متصفحك",
        ],
    ),
    (
        Refusal::NotFound,
        &[
            "page not found",
            "404 not found",
            "error 404",
            "404 error",
            "الصفحة غير موجودة",
            "الصفحة غير متوفرة",
            "الصفحة غير متاحة",
            "الصفحة المطلوبة غير موجودة",
            "الصفحة التي تبحث عنها",
            "الصفحة التي طلبتها غير موجودة",
            "لم يتم العثور على الصفحة",
            "لم نتمكن من العثور",
            "هذا الخبر غير موجود",
            "الخبر غير موجود",
            "المقال غير موجود",
            "المقالة غير موجودة",
            "تم حذف هذا الخبر",
            "خطأ 404",
        ],
    ),
    (
        Refusal::Consent,
        &[
            "before you continue to",
            "we value your privacy",
            "we care about your privacy",
            "we and our partners",
            "accept all cookies",
            "manage your privacy",
            "نحن نهتم بخصوصيتك",
            "نحن وشركاؤنا",
            "نحن نقدر خصوصيتك",
            "قبل المتابعة إلى",
            "قبول جميع ملفات تعريف الارتباط",
            "قبول الكل",
        ],
    ),
    (
        Refusal::Paywall,
        &[
            "subscribe to continue",
            "subscribe to read",
            "subscribers only",
            "for subscribers",
            "log in to continue",
            "to continue reading",
            "للمشتركين فقط",
            "خاص بالمشتركين",
            "متاح للمشتركين",
            "اشترك لقراءة",
            "اشترك لمتابعة",
            "اشترك الآن لقراءة",
            "لمتابعة القراءة",
            "لإكمال القراءة",
            "سجل الدخول لمتابعة",
            "سجل دخولك لمتابعة",
            "هذا المحتوى مدفوع",
        ],
    ),
    (
        Refusal::NeedsScript,
        &[
            "enable javascript",
            "javascript is disabled",
            "javascript is required",
            "javascript to run this app",
            "requires javascript",
            "تفعيل جافا سكريبت",
            "تفعيل الجافا سكريبت",
            "تفعيل جافاسكريبت",
            "تفعيل javascript",
            "تشغيل جافا سكريبت",
            "فعل الجافا سكريبت",
        ],
    ),
];

/// Why a page whose article has `words` words is none that can be read; `None` if it may be one.
#[must_use]
pub fn refusal(html: &str, title: &str, declared: &Declared, words: usize) -> Option<Refusal> {
    // A title says so whatever else the page shows: many sites fill their 404 page with headlines.
    let title = line::key(title);
    let told =
        PHRASES[..2].iter().find(|(_, phrases)| title.split(' ').count() <= 10 && says(&title, phrases));
    if let Some((refusal, _)) = told {
        return Some(*refusal);
    }
    if words >= THIN {
        return None;
    }
    if declared.free == Some(false) {
        return Some(Refusal::Paywall);
    }
    let document = Document::from(html);
    let text = text(&document);
    let told = PHRASES.iter().find(|(_, phrases)| says(&text, phrases));
    told.map(|(refusal, _)| *refusal)
        .or_else(|| is_challenge(&document).then_some(Refusal::BotCheck))
        .or_else(|| (words == 0 && is_shell(&document)).then_some(Refusal::NeedsScript))
        .or((words == 0).then_some(Refusal::NoArticle))
}

/// Why an article of these blocks is only the beginning of one: the page declares that it is not free, and it is
/// short or breaks off.
#[must_use]
pub fn cut(declared: &Declared, blocks: &[Block]) -> Option<Refusal> {
    let words: usize = blocks.iter().map(Block::words).sum();
    let breaks_off = || blocks.last().is_some_and(|block| line::ends_cut(&block.text));
    (declared.free == Some(false) && (words < TEASER || breaks_off())).then_some(Refusal::Paywall)
}

fn says(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| text.contains(&line::key(phrase)))
}

/// The folded text of the page, what it says without scripts included.
fn text(document: &Document) -> String {
    let mut text = document.select_single("title").text().to_string();
    let mut push = |node: &NodeRef| {
        for block in blocks::of_node(node) {
            if text.len() < SAMPLE {
                text.push(' ');
                text.push_str(&block.text);
            }
        }
    };
    push(&document.root());
    for node in document.select("noscript").nodes() {
        text.push(' ');
        text.push_str(&node.text());
    }
    line::key(&text)
}

fn is_challenge(document: &Document) -> bool {
    let marks = "#challenge-form, #cf-challenge, .cf-browser-verification, #px-captcha, .g-recaptcha, .h-captcha, script[src*='challenge-platform'], \
                 script[src*='_Incapsula_Resource'], iframe[src*='_Incapsula_Resource'], iframe[src*='captcha-delivery']";
    document.select(marks).exists()
}

/// Whether the page is an empty root for scripts to fill.
fn is_shell(document: &Document) -> bool {
    let words: usize = blocks::of_node(&document.root()).iter().map(Block::words).sum();
    words <= SHELL && document.select("script").exists()
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::article::Refusal;

    #[track_caller]
    fn check(body: &str, expected: Refusal) {
        assert_eq!(
            read(&format!("<html lang=ar>{body}</html>"), None).map(|article| article.body),
            Err(expected),
            "{body}"
        );
    }

    #[test]
    fn what_a_page_is_instead() {
        check(
            "<title>Just a moment...</title><p>nahda.example needs to review the security of your connection.</p>",
            Refusal::BotCheck,
        );
        check(
            "<title>النهضة</title><div class=g-recaptcha></div><p>لمتابعة التصفح أثبت ذلك.</p>",
            Refusal::BotCheck,
        );
        check("<title>الصفحة غير موجودة - النهضة</title><p>عد إلى الصفحة الرئيسية.</p>", Refusal::NotFound);
        check(
            "<title>النهضة</title><h1>عفواً</h1><p>لم يتم العثور على الصفحة التي طلبتها، عد إلى الصفحة الرئيسية من فضلك.</p>",
            Refusal::NotFound,
        );
        check(
            "<title>النهضة</title><p>نحن وشركاؤنا نخزن معلومات على جهازك.</p><button>قبول</button>",
            Refusal::Consent,
        );
        check(
            "<title>حوار</title><p>قال الوزير إن الموازنة الجديدة تخفض العجز إلى النصف.</p><p>هذا المحتوى للمشتركين فقط.</p>",
            Refusal::Paywall,
        );
        check(
            "<title>النهضة</title><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript><script src=a.js></script>",
            Refusal::NeedsScript,
        );
        check("<title>النهضة</title><div id=__next></div><script src=a.js></script>", Refusal::NeedsScript);
        check("<title>صور</title><img src=a.jpg><p>صورة</p>", Refusal::NoArticle);
        check("", Refusal::NoArticle);
    }

    #[test]
    fn a_declared_price_with_a_teaser_is_a_paywall() {
        let page = "<title>حوار مع الوزير</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>\
                    <article><p>قال الوزير إن الموازنة الجديدة تخفض العجز إلى النصف خلال عامين وتزيد رواتب المعلمين.</p></article>";
        check(page, Refusal::Paywall);
        let longer = page.replace("</p>", &" وقال الوزير إن الموازنة تخفض العجز.".repeat(12));
        let article = read(&longer, None).expect("a teaser long enough to be read");
        assert_eq!(article.cut, Some(Refusal::Paywall));
        assert_eq!(crate::article::check(&article), Err(Refusal::Paywall));
    }
}
