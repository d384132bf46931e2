//! Bodies with the article: what the nationality, the reach or the field behind the head tells.

use super::is_purpose;
use crate::facts::gazetteer::Inflection;
use crate::facts::lexicon::Class;
use crate::facts::reading::Lexeme;

/// «الجيش السوري», «القوات الجوية الأمريكية», «المرصد السوري لحقوق الإنسان»: the end, if a nationality word is there.
pub fn state(lexemes: &[Lexeme<'_>], at: usize) -> Option<usize> {
    let mut end = at + 1;
    let mut nationality = false;
    let mut reach = false;
    let mut field = false;
    while end < lexemes.len().min(at + 4) {
        let word = &lexemes[end];
        if word.sentence != lexemes[at].sentence
            || !word.is_word()
            || !word.bare()
            || !word.definite()
            || word.head.is_some()
        {
            break;
        }
        if wide(&word.stem) {
            reach = true;
        } else if word.is_nisba() {
            // «الدفاع البلجيكي» is a team's, «الدفاع الجوي السعودي» is not.
            let team = end == at + 1 && lexemes[at].stem == "الدفاع";
            // «وزير الخزانة التركي» is the minister's nationality: it agrees with a man, as that of «سلطات الادعاء
            // الإسبانية» does with the authorities.
            let feminine = team || lexemes[at].stem.ends_with(['ه', 'ت']);
            let masculine = !feminine && !AS_FEMININE.contains(&&*lexemes[at].stem);
            if feminine && word.sense.inflection == Inflection::Masculine
                || masculine && word.sense.inflection == Inflection::Feminine
            {
                return None;
            }
            nationality = true;
        } else if !adjective(word) || ((nationality || field) && !describes_after(word)) {
            break;
        } else {
            field |= FIELDS.contains(&&*word.stem);
        }
        end += 1;
    }
    // «السلطات الصحية», «الحزب القومي»: a field that tells which.
    if !nationality && !reach && field && OF_FIELD.contains(&&*lexemes[at].stem) {
        return Some(end);
    }
    if !nationality && !reach {
        return None;
    }
    let founded = FOUNDED.contains(&&*lexemes[at].stem).then(|| founded_for(lexemes, at, end)).flatten();
    founded.or(nationality.then_some(end))
}

/// The end of what the body whose name goes up to `end` was founded for: «… [لحقوق الإنسان]», «… [لكرة القدم]», «… [للإنماء الاقتصادي
/// والاجتماعي]», «… [للدفاع عن حقوق الإنسان]».
fn founded_for(lexemes: &[Lexeme<'_>], at: usize, end: usize) -> Option<usize> {
    let near = |i: usize| lexemes.get(i).filter(|word| word.sentence == lexemes[at].sentence);
    let cause = near(end)
        .filter(|cause| !cause.conjunction && is_purpose(cause) && !PURPOSELESS.contains(&cause.key))?;
    // «المنتخب الفرنسي [لكرة القدم]», but not «المنتخب الكرواتي [للمربع الذهبي]».
    let game =
        |key: &str| ["لكره", "للكره", "للعبه", "للسيدات", "للشباب", "للمحليين", "للناشيين"].contains(&key);
    if lexemes[at].stem == "المنتخب" && !game(cause.key) {
        return None;
    }
    // «الاتحاد المصري [للعبة]»: the game that the text has named.
    if cause.key == "للعبه" {
        return Some(end);
    }
    let governed = |i: usize| near(i).is_some_and(|next| next.bare() && next.definite());
    let defends = cause.stem == "الدفاع" && near(end + 1).is_some_and(|next| next.key == "عن");
    let mut end = if defends && governed(end + 2) {
        end + 3
    } else if defends && governed(end + 3) {
        end + 4
    } else if cause.definite() {
        end + 1
    } else if governed(end + 1) {
        end + 2
    } else {
        return None;
    };
    // «للدراسات [الاستراتيجية]», «للإنماء [الاقتصادي والاجتماعي]».
    let field = |word: &Lexeme<'_>| {
        word.is_word()
            && word.preposition.is_none()
            && word.definite()
            && !word.is_nisba()
            && word.head.is_none()
            && (word.stem.ends_with('ي') || word.stem.ends_with("يه"))
    };
    while near(end).is_some_and(|word| field(word) && (!word.conjunction || field(&lexemes[end - 1]))) {
        end += 1;
    }
    Some(end)
}

/// What a team plays again, and no cause: «المنتخب التونسي [للمرة] السادسة».
const PURPOSELESS: &[&str] = &["للمره", "لليوم", "للموسم", "للعام"];

/// Heads that an adjective agrees with as with a woman: plurals, and «الدفاع», which is the ministry.
const AS_FEMININE: &[&str] = &["الخطوط", "الجمارك", "الفصايل", "الدفاع"];

/// Heads that a field tells apart: «اللجنة التأديبية», «المحكمة الدستورية».
const OF_FIELD: &[&str] = &[
    "السلطات",
    "القوات",
    "الشرطه",
    "اللجنه",
    "المحكمه",
    "النيابه",
    "المجلس",
    "الحزب",
    "الجبهه",
    "الهييه",
    "الميليشيات",
    "الفصايل",
];

/// Fields and creeds of bodies.
const FIELDS: &[&str] = &[
    "الصحيه",
    "الامنيه",
    "العسكريه",
    "العسكري",
    "الشرعيه",
    "الفيدراليه",
    "الفدراليه",
    "الفيدرالي",
    "الفدرالي",
    "البلديه",
    "البلدي",
    "القضاييه",
    "التاديبيه",
    "الاولمبيه",
    "الاوليمبيه",
    "الدستوريه",
    "الدستوري",
    "الانتخابيه",
    "القومي",
    "القوميه",
    "الجمهوري",
    "الديمقراطي",
    "الديمقراطيه",
    "الشيوعي",
    "الاشتراكي",
    "الاسلامي",
    "الاسلاميه",
    "التشريعي",
    "التاسيسي",
    "الجناييه",
    "الجزاييه",
    "الاداريه",
    "المدنيه",
    "المسلحه",
    "الجويه",
    "البحريه",
    "البريه",
    "الحوثيه",
    "التنفيذي",
    "الشعبي",
    "الشعبيه",
    "الراديكالي",
    "الليبرالي",
    "المحافظ",
    "الحاكم",
];

/// Heads of what was founded for something, and may say for what: «المرصد السوري لحقوق الإنسان», but not «الحكومة المصرية
/// [لإصلاح الاقتصاد]».
const FOUNDED: &[&str] = &[
    "الاتحاد",
    "المرصد",
    "المنظمه",
    "اللجنه",
    "الهييه",
    "المجلس",
    "المركز",
    "المعهد",
    "الجمعيه",
    "الشبكه",
    "المكتب",
    "الوكاله",
    "الموسسه",
    "الاكاديميه",
    "الرابطه",
    "النقابه",
    "الصندوق",
    "البنك",
    "الجبهه",
    "الحركه",
    "المنتخب",
    "المفوضيه",
];

/// Whether an adjective still belongs to a body behind its nationality: «القوات اليمنية [المشتركة]», but not «الخزانة الأميركية
/// [النعيمي]».
pub fn describes_after(word: &Lexeme<'_>) -> bool {
    const MASCULINE: &[&str] =
        &["المركزي", "الرسمي", "الجوي", "البحري", "البري", "الملكي", "المدني", "الاحتياطي", "الموحدي"];
    const FEMININE: &[&str] = &["المشتركه", "المسلحه", "المتحده", "العامه", "الخاصه", "العليا", "الكبري"];
    word.stem.ends_with("يه") || FEMININE.contains(&&*word.stem) || MASCULINE.contains(&&*word.stem)
}

/// Adjectives of bodies that belong to many countries.
pub const OF_MANY: &[&str] = &[
    "الدولي",
    "الدوليه",
    "العالمي",
    "العالميه",
    "العربي",
    "العربيه",
    "الاوروبي",
    "الاوروبيه",
    "الافريقي",
    "الافريقيه",
];

/// Whether a word of reach names a body together with its field: «المجلس [الوطني] للإعلام», «المكتب [الأوروبي] للإحصاء».
pub fn wide(stem: &str) -> bool {
    const OF_ONE: &[&str] = &["الوطني", "الوطنيه", "الاعلي", "العام", "العامه", "الاتحادي", "الاتحاديه"];
    OF_MANY.contains(&stem) || OF_ONE.contains(&stem)
}

/// Whether a definite word has an adjective's ending: «المركزي», «العليا», «المسلحة», «الديمقراطية».
pub fn adjective(word: &Lexeme<'_>) -> bool {
    word.class == Class::Open && ["ي", "ه", "ا"].iter().any(|ending| word.stem.ends_with(ending))
}
