//! How far the name of a body goes behind its head noun.

use std::ops::Range;

use super::complement::complement;
use super::heads::HeadClass;
use super::state::state;
use super::{is_purpose, is_quote};
use crate::facts::gazetteer::titles::Count;
use crate::facts::gazetteer::{BodyKind, Inflection, Sense, gazetteer};
use crate::facts::lexicon::{Class, is_present};
use crate::facts::reading::{Lexeme, Nameness};

/// Where listed names end: the token behind, and the row.
pub type Ends = [Option<(usize, u16)>];

/// Whose power it is follows, by name or by office: «حكومة راخوي», «إدارة ترامب».
const GOVERNS: &[&str] = &["حكومه", "اداره", "رياسه", "مكتب", "مبادره", "سلطه"];

/// Armed and ruling heads, behind whose complement «و» begins another: «قوات الأمن والمتظاهرين».
const TROOPS: &[&str] = &["قوات", "جيش", "شرطه", "حكومه", "وحدات", "فصائل", "كتايب", "اداره", "سلطه"];

/// Complements that tell nobody which body is meant: «قوات الأمن», «مجلس الإدارة», «حركة الاحتجاج».
const GENERAL: &[&str] = &[
    "الاداره",
    "القياده",
    "الجيش",
    "الامن",
    "الاحتجاج",
    "التحكيم",
    "البلديه",
    "المدينه",
    "الشركه",
    "الحزب",
    "الدوله",
    "التحالف",
    "الجنوب",
    "الشمال",
    "الشرق",
    "الغرب",
    "الالويه",
    "الجامعه",
    "النادي",
    "المنظمه",
    "الحركه",
    "العمليات",
    "الاعمال",
    "المهرجان",
    "البحث",
    "العمل",
    "الباحثين",
    "العلماء",
    "المحققين",
    "الملابس",
    "البطوله",
    "المدرسه",
    "المستشفي",
    "الانترنت",
    "الموت",
];

/// Nouns that make «الدفاع» behind them a weapon's.
const WEAPONS: &[&str] = &["منظومه", "منظومات", "انظمه", "نظام", "صواريخ", "بطاريات", "بطاريه", "وسايل"];

/// The tokens of the body whose head stands at `at`, and its row if what it takes is listed.
pub fn extent(
    lexemes: &[Lexeme<'_>],
    at: usize,
    class: HeadClass,
    ends: &Ends,
) -> Option<(Range<usize>, u16)> {
    let sentence = lexemes[at].sentence;
    let within = |i: usize| i < lexemes.len() && lexemes[i].sentence == sentence;
    let next = at + 1;
    if !within(next) {
        return None;
    }
    if class == HeadClass::State {
        // «وزيرة الخارجية الأمريكية» is a person.
        if at > 0
            && lexemes[at].bare()
            && lexemes[at - 1].sentence == sentence
            && lexemes[at - 1].head.is_some_and(|h| !h.everyday)
        {
            return None;
        }
        // «منظومة الدفاع الجوي السورية» is no ministry.
        let weapon = lexemes[at].stem.starts_with("الدفاع")
            && at.checked_sub(1).is_some_and(|i| WEAPONS.contains(&&*lexemes[i].stem));
        return state(lexemes, at).filter(|_| !weapon).map(|end| (at..end, 0));
    }
    // «رئيس مجلس [إدارة هواوي]»: a board is part of the body behind it.
    if lexemes[at].stem == "اداره" && at > 0 && lexemes[at - 1].stem == "مجلس" {
        return None;
    }
    // «تنظيم "داعش"», «شركة "موديز"».
    if is_quote(lexemes[next].kind) {
        let close =
            (next + 2..lexemes.len().min(next + 7)).find(|&i| within(i) && is_quote(lexemes[i].kind))?;
        // «دعما لمنظمة "إرهابية"» names none.
        let describes = close == next + 2 && nameless(&lexemes[next + 1]);
        let plain = lexemes[next + 1..close].iter().all(Lexeme::is_word) && !describes;
        return plain.then(|| (at..close + 1, ends[next + 1].map_or(0, |(_, id)| id)));
    }
    // «شركة غوغل»: a listed name behind its head.
    // «محكمة ليفربول الملكية» is no club's.
    let fits = |id: u16| {
        let sport = gazetteer().body(id).is_some_and(|b| b.kind == BodyKind::Sport);
        !(sport && class == HeadClass::Takes && !matches!(&*lexemes[at].stem, "نادي" | "اتحاد" | "منتخب"))
    };
    if let Some((end, id)) = ends[next].filter(|(_, id)| fits(*id))
        && lexemes[next].bare()
        && !lexemes[at].definite()
    {
        return Some((at..end, id));
    }
    // «صندوق [لدعم] المواهب»: what it is for, not what it is called.
    if !lexemes[at].definite() && is_purpose(&lexemes[next]) {
        return None;
    }
    // «تنظيم حفلات», «تنظيم هياكله», «تنظيم الدورة الثالثة» is what somebody does; «عائلة الفقيد» is nobody's name.
    let word = &lexemes[next];
    let owned = !word.definite() && ["ه", "ها", "هم"].iter().any(|owner| word.stem.ends_with(owner));
    let deed =
        lexemes[at].stem == "تنظيم" && (word.evidence.documents >= 7 || word.stem.ends_with("ات") || owned);
    let kin = lexemes[at].stem == "عايله" && word.definite() && word.nameness < Nameness::Maybe;
    // «عائلة سفيان الدريدي», «فريق تامر حسني».
    let theirs = matches!(&*lexemes[at].stem, "عايله" | "فريق") && bears_name(lexemes, next);
    // «فريق كرة القدم» is any.
    let any = class == HeadClass::Business && word.stem == "كره";
    // «أكياس محكمة الغلق».
    let tight = lexemes[at].stem == "محكمه" && matches!(&*word.stem, "الغلق" | "الاغلاق");
    if deed || kin || theirs || any || tight || acts(lexemes, next) {
        return None;
    }
    let names = take_names(lexemes, next);
    if names > next && class != HeadClass::Takes {
        // «مجموعة [شعرية]».
        let describes = names == next + 1 && word.stem.ends_with("يه") && word.nameness < Nameness::Maybe;
        return (!describes || word.sense.city > 0).then_some((at..names, 0));
    }
    let governs = GOVERNS.contains(&&*lexemes[at].stem);
    let complement = complement(lexemes, next, !TROOPS.contains(&&*lexemes[at].stem));
    // «جامعة الملك [سعود]»
    let called = complement == next + 1 && CALLED.contains(&&*lexemes[at].stem);
    let complement = if called { named_after(lexemes, complement) } else { complement };
    if complement > next {
        // «حكومة مدريد», «إدارة الرئيس الأمريكي»: whose it is, not what it is called.
        let whose = governs
            && (lexemes[next].sense.country != 0
                || lexemes[next].sense.city > 0
                || lexemes[next].head.is_some());
        let general =
            complement == next + 1 && (GENERAL.contains(&&*lexemes[next].stem) || nameless(&lexemes[next]));
        let end = for_what(lexemes, at, complement).unwrap_or_else(|| place_behind(lexemes, at, complement));
        return (!whose && !general).then_some((at..end, 0));
    }
    // «لجنة عليا», «ميليشيات مسيحية»: an adjective makes no name.
    let adjective =
        lexemes[next].stem.ends_with(['ه', 'ي', 'ا']) && lexemes[next].nameness < Nameness::Strong;
    // «دار [قتال] عنيف».
    let common = names == next + 1 && nameless(&lexemes[next]);
    let describes = adjective && lexemes[next].sense.city == 0;
    let whole = names > next && !(common || governs || describes);
    whole.then_some((at..names, 0))
}

/// The end of the name of a party that goes on behind `end` with what it is for: «حزب الاتحاد [من أجل الجمهورية]».
fn for_what(lexemes: &[Lexeme<'_>], at: usize, end: usize) -> Option<usize> {
    const PARTIES: &[&str] = &["حزب", "حركه", "تحالف", "ايتلاف", "تجمع", "منتدي", "جبهه"];
    let party = PARTIES.contains(&&*lexemes[at].stem) && end == at + 2 && lexemes[at + 1].definite();
    let [of, sake, cause] = lexemes.get(end..end + 3)? else { return None };
    let called = cause.sentence == lexemes[at].sentence && cause.bare() && cause.definite();
    (party && of.key == "من" && sake.key == "اجل" && called)
        .then(|| complement(lexemes, end + 2, false).max(end + 3))
}

/// Whether a whole name of a person begins at `at`: «عائلة [سفيان الدريدي]».
fn bears_name(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let family = lexemes.get(at + 1).filter(|family| family.sentence == lexemes[at].sentence);
    let given = lexemes[at].nameness == Nameness::Strong && lexemes[at].evidence.given >= 6;
    given && family.is_some_and(|family| family.bare() && family.nameness >= Nameness::Maybe)
}

/// What is called after people with their titles: «جامعة الملك سعود».
const CALLED: &[&str] =
    &["جامعه", "كليه", "معهد", "مدرسه", "مركز", "مستشفي", "موسسه", "كنيسه", "مسجد", "متحف", "مجمع"];

/// The end of the name behind the title that ends at `end`, and `end` itself where none stands there: «الملك [سعود]».
fn named_after(lexemes: &[Lexeme<'_>], end: usize) -> usize {
    let title = &lexemes[end - 1];
    let titled = title.bare() && title.head.is_some_and(|h| h.definite() && h.count == Count::One);
    let name = lexemes[end..].iter().take_while(|word| {
        word.sentence == title.sentence && word.is_word() && word.bare() && word.nameness == Nameness::Strong
    });
    if titled { end + name.count() } else { end }
}

/// Whether the word alone tells nobody which body is meant: «لجنة [تحكيم]», «منظمة [إرهابية]».
fn nameless(word: &Lexeme<'_>) -> bool {
    !word.definite()
        && word.bare()
        && !word.is_nisba()
        && word.nameness < Nameness::Maybe
        && word.evidence.documents >= 6
        && word.sense == Sense::default()
}

/// Whether the body does something in the word at `at`: «لجنة [تشتغل] على الملف», «أول فريق [يودع] المسابقة», but not «لجنة [تقصي] الحقائق».
fn acts(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let word = &lexemes[at];
    let next = lexemes.get(at + 1).filter(|next| next.sentence == word.sentence);
    // «شركة [تمتلكها] الدولة».
    let bare = word.stem.strip_suffix("ها");
    let verb = word.stem.starts_with('ي')
        || bare.is_some()
        || word.stem.starts_with('ت')
            && next.is_some_and(|next| next.class == Class::Particle || next.preposition.is_some());
    // «فريق [يرفل] في نعيم»: a verb that the news hardly has.
    let rare = word.stem.starts_with('ي')
        && word.stem.chars().count() == 4
        && word.evidence.documents <= 1
        && next.is_some_and(|next| next.class == Class::Particle);
    verb && word.evidence.given.max(word.evidence.surname) == 0
        && (rare || is_present(bare.unwrap_or(&word.stem)))
}

/// The end of a run of names: «سامسونغ», «ريال مدريد», «Signal».
fn take_names(lexemes: &[Lexeme<'_>], from: usize) -> usize {
    let mut end = from;
    while end < lexemes.len().min(from + 3) {
        let word = &lexemes[end];
        let foreign = word.key.bytes().all(|b| b.is_ascii_alphanumeric());
        // «ضباط استخبارات [روس]» are Russians.
        let people = word.is_nisba() && word.sense.inflection == Inflection::Plural;
        let name = word.is_word()
            && !people
            && !acts(lexemes, end)
            && word.sentence == lexemes[from].sentence
            && word.bare()
            && word.head.is_none()
            && word.class == Class::Open
            && (foreign || (!word.definite() && word.nameness >= Nameness::Unknown) || word.sense.city > 0);
        // «مجموعة بن لادن [بكر بن لادن]».
        let other = end > from && lexemes.get(end + 1).is_some_and(|next| next.key == "بن");
        if !name || other {
            break;
        }
        end += 1;
    }
    end
}

/// Heads that a place belongs to, as there is one in each: «دائرة الثقافة في الشارقة», «غرفة العمليات في الجنوب».
const LOCAL: &[&str] = &["دايره", "غرفه", "مديريه", "سفاره", "قنصليه", "نيابه", "بلديه"];

/// The end of the place behind a local body: «… [في الشارقة]».
fn place_behind(lexemes: &[Lexeme<'_>], at: usize, end: usize) -> usize {
    let local = LOCAL.contains(&&*lexemes[at].stem);
    let here = |i: usize| lexemes.get(i).filter(|l| l.sentence == lexemes[at].sentence);
    let place = here(end + 1).is_some_and(|n| {
        n.is_word()
            && n.bare()
            && (n.sense.country != 0 || n.sense.city > 0 || n.sense.capital != 0 || n.sense.region)
    });
    if local && place && here(end).is_some_and(|l| l.key == "في") { end + 2 } else { end }
}
