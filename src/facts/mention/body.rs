//! Nouns that bodies begin with: «وزارة», «الجيش», «صحيفة», «شركة».

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::text::TokenKind;
use crate::text::fold::fold;

/// What a head noun needs to make a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadClass {
    /// Needs a complement in the genitive or a name: «منظمة …», «شركة …».
    Takes,
    /// With the article and a nationality word or an adjective: «الجيش السوري», «الخارجية الصينية».
    State,
    /// Carries news: «صحيفة …», «قناة …».
    Media,
    /// A business, a club: the head is no part of a name behind it («شركة سامسونغ» is «سامسونغ»).
    Business,
}

const TAKES: &str = "وزارة منظمة هيئة حزب حركة تنظيم جماعة بنك مصرف صندوق جامعة معهد مركز مؤسسة اتحاد جمعية لجنة مجلس \
    برلمان حكومة جيش قوات شرطة محكمة نقابة رابطة حلف تحالف كتائب كتيبة ألوية لواء ميليشيا ميليشيات \
    مليشيا مليشيات ميلشيات فصائل مرصد دائرة إدارة كنيسة بطريركية مستشفى أكاديمية مفوضية مديرية نيابة \
    سفارة قنصلية ائتلاف جبهة تيار ديوان كلية متحف فيلق حرس دفاعات سلاح رئاسة مكتب برنامج غرفة أركان سلطة \
    مجمع دار كونفدرالية بورصة منتخب شبيبة مبادرة منشورات استخبارات مخابرات وحدات سرايا نادي";
const STATE: &str = "الجيش الحكومة البرلمان الشرطة القوات البحرية الإدارة السلطات المخابرات الاستخبارات القضاء الرئاسة \
    الخارجية الداخلية الخزانة الدفاع المالية الدفاعات المعارضة التلفزيون المحكمة النيابة الادعاء المنتخب \
    الجمارك الحرس الأمن الكنيسة الإذاعة الخطوط الاتحاد البنك المصرف المفوضية اللجنة المجلس الهيئة المرصد \
    الجمعية المنظمة الحزب المركز المعهد الهلال الصليب الشبكة الرابطة الوكالة الحركة الجبهة التحالف \
    الائتلاف المؤسسة الأكاديمية النقابة الصندوق السفارة البورصة الكونغرس الإنتربول \
    الميليشيات الفصائل المكتب";
const MEDIA: &str = "صحيفة قناة وكالة مجلة إذاعة شبكة موقع تلفزيون جريدة محطة فضائية يومية";
const BUSINESS: &str = "شركة عائلة مجموعة شركتا شركتي فريق مصنع متجر";

static HEADS: LazyLock<HashMap<String, HeadClass>> = LazyLock::new(|| {
    let lists = [
        (TAKES, HeadClass::Takes),
        (STATE, HeadClass::State),
        (MEDIA, HeadClass::Media),
        (BUSINESS, HeadClass::Business),
    ];
    let mut heads = HashMap::new();
    for (words, class) in lists {
        for word in words.split_whitespace() {
            heads.insert(fold(word), class);
        }
    }
    heads
});

/// The class of the head noun `stem`, if it is one.
#[must_use]
pub fn head(stem: &str) -> Option<HeadClass> {
    HEADS.get(stem).copied()
}

/// Whether the noun belongs to the state, so that its nationality is that of its officers: «الجيش», «حكومة».
#[must_use]
pub fn of_state(stem: &str) -> bool {
    const INDEPENDENT: &[&str] = &[
        "مرصد",
        "شركه",
        "مجموعه",
        "منظمه",
        "جمعيه",
        "شبكه",
        "قناه",
        "صحيفه",
        "وكاله",
        "موقع",
        "جامعه",
        "مركز",
        "معهد",
        "كنيسه",
        "مجله",
        "خطوط",
        "اذاعه",
        "جريده",
        "مبادره",
    ];
    !INDEPENDENT.contains(&stem.strip_prefix("ال").unwrap_or(stem))
}

/// Nouns of works, whose names stand in quotation marks behind them.
const WORKS: &[&str] = &[
    "فيلم",
    "فيلمي",
    "فيلمها",
    "فيلمه",
    "افلام",
    "مسلسل",
    "مسلسلي",
    "روايه",
    "كتاب",
    "اغنيه",
    "البوم",
    "مسرحيه",
    "لعبه",
    "برنامج",
    "لوحه",
];

/// Whether the noun, with the article or without, is that of a work.
#[must_use]
pub fn is_work(noun: &str) -> bool {
    WORKS.contains(&noun.strip_prefix("ال").unwrap_or(noun))
}

/// Whether a token is a quotation mark.
#[must_use]
pub fn is_quote(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark('"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’'))
}
