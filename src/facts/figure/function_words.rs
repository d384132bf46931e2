//! Words by their office in the phrase beside a number: what leads to it, what cannot open or end the phrase.

use std::sync::LazyLock;

use super::HARMS;
use super::agreement::takes_article;
use super::clause::{LINKS, joins};
use crate::facts::number::{WordList, list};
use crate::text::frequency::DocumentFrequencies;

/// Whether `key` is a noun that wants the number after it: «مقتل», «إصابة»; not «القائمة», «ارتفاعا», «مساحته».
pub fn is_bare_noun(key: &str) -> bool {
    let key = key.strip_prefix('و').filter(|_| joins(key)).unwrap_or(key);
    let known = |key: &str| takes_article(key);
    let noun = known(key)
        || key.strip_prefix(['ب', 'ل']).is_some_and(|rest| rest.chars().count() > 2 && known(rest));
    (noun || is_harm(key))
        && !key.starts_with("ال")
        && !key.starts_with("لل")
        && !key.ends_with(['ا', 'ي'])
        && !["ها", "هم", "ته", "نا"].iter().any(|owner| key.ends_with(owner))
        && !LINKS.contains(key)
}

/// Whether `key` says what a sum serves as: «436 مليون دولار [كمساعدات] إنسانية», but not «كان» or «كحد أقصى».
pub fn serves_as(key: &str) -> bool {
    let words = DocumentFrequencies::words();
    key.strip_prefix('ك')
        .filter(|noun| noun.chars().count() > 2)
        .is_some_and(|noun| is_bare_noun(noun) && words.count(noun) > words.count(key))
}

/// «بلغت», «لتصل», «سيصل».
pub fn measures(key: &str) -> bool {
    MEASURING.contains(key)
        || key.strip_prefix(['و', 'ف', 'ل', 'س']).is_some_and(|bare| MEASURING.contains(bare))
}

/// «مقتل», «وإصابة», «بمصرع».
pub fn is_harm(key: &str) -> bool {
    HARMS.contains(key.trim_start_matches(['و', 'ب', 'ل'])) || HARMS.contains(key)
}

/// Whether `key` is the verb that wants a death behind its subject: «[لقي] عشرة أشخاص مصرعهم».
pub fn met_death(key: &str) -> bool {
    matches!(key.strip_prefix('و').unwrap_or(key), "لقي" | "لقيت" | "لقوا" | "يلقي")
}

/// Whether `key` is that death: «لقي عشرة أشخاص [مصرعهم]», «لقوا [حتفهم]».
pub fn is_death(key: &str) -> bool {
    ["مصرعه", "حتفه"].iter().any(|death| key.starts_with(death)) || matches!(key, "مصرعها" | "حتفها")
}

/// Words with which a new clause begins on either side.
pub static EDGES: WordList = LazyLock::new(|| {
    list(
        "أن بأن وأن لأن أنه أنها أنهم إن إنه إنها بأنه بأنها والتي والذي حيث فيما بينما كما إذ عندما حين وذلك",
    )
});

/// Pronouns that open a relative clause.
pub static RELATIVES: WordList = LazyLock::new(|| list("التي الذي الذين اللذين اللتين اللواتي"));

/// Words with which the next clause begins.
pub static RIGHT_EDGES: WordList =
    LazyLock::new(|| list("مما مقابل بدلا بينهم بينها بينهن مقارنة أي بحسب وفق حسب وفقا بالإضافة فضلا علاوة"));

/// Words that a phrase does not begin with when it is shown alone.
pub static OPENING: WordList = LazyLock::new(|| {
    list(
        "في عن على إلى من و أو ثم أي كما لكن ولكن بل إضافة خاصة فقط أما فإن قد وقد لكنها لكنه التي الذي الذين \
    الأقل الأكثر الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت أمس اليوم مقابل حتى كان كانت وكان وكانت هو هي وهو وهي مما منها منهم بينها بينهم بالإضافة الرغم بالرغم أن إن أنه أنها إنه إنها بأنه بأنها",
    )
});

/// Words that lead to an amount and say nothing else.
pub static MEASURING: WordList = LazyLock::new(|| {
    list(
        "بلغ بلغت يبلغ تبلغ بلغا وصل وصلت يصل تصل فاق فاقت يفوق تفوق تجاوز تجاوزت يتجاوز تتجاوز قارب قاربت يقارب تقارب \
    ناهز ناهزت يناهز تناهز تقدر يقدر قدر قدرت يعادل تعادل يوازي توازي تقترب يقترب اقترب بنسبة بقيمة بنحو بمبلغ بمعدل \
    بواقع بحدود نسبة نسبته نسبتها قيمته قيمتها البالغ البالغة المقدر المقدرة مدار مدى قدره قدرها مقداره مقدارها مدتها مدته لفترة فترة مدة",
    )
});

/// Words that announce that something is said, and say nothing.
pub static ANNOUNCING: WordList = LazyLock::new(|| {
    list("وفق وفقا بحسب حسب ووفقا وبحسب تجدر يجدر الجدير يشار يذكر وتجدر ويجدر والجدير ويشار ويذكر")
});

/// Verbs that say nothing without more.
pub static AUXILIARIES: WordList = LazyLock::new(|| {
    list("كان كانت كانوا يكون تكون ليس ليست أصبح أصبحت تم تمت يتم هناك وكان وكانت يوجد توجد هم هي هو")
});

/// Words that cannot end a phrase.
pub static TRAILING: WordList = LazyLock::new(|| {
    list(
        "ب بـ لـ ل و أو أن إن قد سوف لم لن لا ما حوالي قرابة أكثر أقل كل أي هذا هذه هو هي كان كانت يكون ليس ثم كما أما فما فقط ردا نظرا استنادا إضافة نتيجة",
    )
});
