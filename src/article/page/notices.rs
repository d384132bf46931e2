//! Notices: what a page says to its reader in place of an article, or about one.
//!
//! The phrases are written as Arabic and English sites write them, and compared folded, as whole words.

use crate::article::{Refusal, line};

/// Phrases by kind, compared folded, in the order in which they are asked.
pub const PHRASES: [(Refusal, &[&str]); 5] = [
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

/// Whether a notice says that what was looked for is not there: «المقال الذي تبحث عنه لم يعد متاحاً».
pub fn is_gone(key: &str) -> bool {
    const WHAT: [&str; 22] = [
        "الصفحه",
        "صفحه",
        "المقال",
        "المقاله",
        "الخبر",
        "الماده",
        "الموضوع",
        "المحتوي",
        "الرابط",
        "التدوينه",
        "المنشور",
        "التقرير",
        "الفيديو",
        "مقال",
        "خبر",
        "محتوي",
        "page",
        "article",
        "post",
        "story",
        "content",
        "link",
    ];
    const GONE: [&str; 26] = [
        "غير موجود",
        "غير موجوده",
        "غير متاح",
        "غير متاحه",
        "غير متوفر",
        "غير متوفره",
        "لم يعد",
        "لم تعد",
        "تم حذف",
        "حذفت",
        "تم نقل",
        "ازيل",
        "تمت ازاله",
        "تم ازاله",
        "لا يمكن العثور",
        "لم يتم العثور",
        "لم نعثر",
        "تعذر العثور",
        "لم نجد",
        "انتهت صلاحيه",
        "غير صحيح",
        "not found",
        "no longer",
        "been removed",
        "been deleted",
        "be found",
    ];
    let words: Vec<&str> = key.split(' ').collect();
    words.iter().any(|word| WHAT.contains(word)) && GONE.iter().any(|gone| contains(key, gone))
}

/// Whether a notice says that the rest is for who pays: «تتمة هذا المقال للمشتركين».
pub fn is_wall(key: &str) -> bool {
    const WHO: [&str; 13] = [
        "للمشتركين",
        "مشترك",
        "اشترك",
        "اشتركي",
        "الاشتراك",
        "اشتراك",
        "سجل الدخول",
        "سجل دخولك",
        "تسجيل الدخول",
        "subscribe",
        "subscribers",
        "subscription",
        "log in",
    ];
    const WHAT: [&str; 13] = [
        "تتمه",
        "بقيه",
        "باقي المقال",
        "كاملا",
        "كامله",
        "المقال كامل",
        "النص الكامل",
        "حصري",
        "حصريه",
        "متابعه القراءه",
        "اكمال القراءه",
        "continue reading",
        "full article",
    ];
    let has = |words: &[&str]| words.iter().any(|word| contains(key, word));
    is_plain_wall(key) || (has(&WHO) && has(&WHAT))
}

/// Whether a line says by itself that the rest is for who pays: «هذا المحتوى للمشتركين فقط».
pub fn is_plain_wall(key: &str) -> bool {
    says(key, PHRASES[WALL].1)
}

/// Where the phrases of a paywall stand among [`PHRASES`].
const WALL: usize = 3;

/// Whether one of `phrases` stands in `text`, which is folded.
pub fn says(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| contains(text, &line::key(phrase)))
}

/// Whether the words of `phrase` stand in `text`, both folded.
fn contains(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, found)| {
        (at == 0 || text[..at].ends_with(' '))
            && text[at + found.len()..].chars().next().is_none_or(|c| c == ' ')
    })
}
