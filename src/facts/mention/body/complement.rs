//! What a head noun takes: the words behind it that its body is called by.

use super::heads::{HeadClass, head};
use super::state::{adjective, describes_after, wide};
use crate::facts::lexicon::Class;
use crate::facts::reading::{Lexeme, Nameness};

/// Participles that open a clause about the body: «قوات التحالف [المدعومة من …]», «برنامج القرض [البالغة قيمته …]».
const CLAUSES: &[&str] = &[
    "التابع",
    "البالغ",
    "المدعوم",
    "المتهم",
    "المكلف",
    "المشتمل",
    "المقدر",
    "المعروف",
    "الموجود",
    "المكون",
    "المملوك",
    "الملحق",
    "المسنود",
    "المنعقد",
];

/// Most words that a complement has.
const LONGEST: usize = 8;

/// Nouns of places that take a name: «مدينة تورونتو».
const PLACES: &[&str] = &["مدينه", "ولايه", "محافظه", "اقليم", "منطقه", "بلده", "مقاطعه"];

/// The end of a complement in the genitive: «الصحة العالمية», «تحرير الشام», «حقوق الإنسان», «التعاون والتنمية».
pub fn complement(lexemes: &[Lexeme<'_>], from: usize, coordinates: bool) -> usize {
    let mut end = from;
    let mut at = from;
    while at < lexemes.len().min(from + LONGEST) {
        let word = &lexemes[at];
        if word.sentence != lexemes[from].sentence || !word.is_word() || word.class != Class::Open {
            break;
        }
        if word.head.is_some_and(|h| !h.everyday) && at > from
            || word.key == "للمره"
            || CLAUSES.iter().any(|participle| word.stem.starts_with(participle))
        {
            break;
        }
        if word.conjunction && !coordinates {
            break;
        }
        let first = at == from;
        if !PLACES.contains(&&*word.stem)
            && (word.definite() || word.sense.country != 0 || word.sense.city > 0 || word.sense.region)
        {
            let fits = if first { word.bare() } else { joins(lexemes, end, at) };
            if !fits {
                break;
            }
            at += 1;
            // «منظمة الدفاع عن المستهلك».
            at += defended(lexemes, from - 1, at);
            end = at;
            // «محكمة ليفربول الملكية», «مرصد دبي للاستثمار»: behind a place only what describes or limits goes on.
            let limits = |n: &Lexeme<'_>| {
                n.sentence == word.sentence
                    && n.is_word()
                    && !n.conjunction
                    && n.definite()
                    && (n.preposition == Some('ل')
                        || (n.bare()
                            && (n.stem.ends_with(['ي', 'ا']) || n.stem.ends_with("يه"))
                            && n.head.is_none()))
            };
            if !word.definite() && !lexemes.get(at).is_some_and(limits) {
                break;
            }
            continue;
        }
        // An indefinite noun holds only with a definite one behind it: «تحرير الشام», «لحقوق الإنسان».
        // «عضو مجلس المقاطعة [لوكالة الأنباء]»: he tells it to her.
        let to_media = head(&word.stem) == Some(HeadClass::Media);
        let opens = first && word.bare()
            || (!first && word.preposition == Some('ل') && !word.conjunction && !to_media);
        let closes = lexemes.get(at + 1).is_some_and(|n| {
            // «شرطة مدينة تورونتو», «شرطة ولاية كاليفورنيا».
            let named = PLACES.contains(&&*word.stem);
            let place = n.sense.country != 0
                || (named && (n.sense.city > 0 || n.sense.region || n.nameness > Nameness::No));
            n.sentence == word.sentence && n.bare() && (n.definite() || place) && !n.is_nisba()
        });
        if !(opens && closes) {
            break;
        }
        at += 1;
    }
    end
}

/// Who defend, and are no ministry of defence.
const DEFENDERS: &[&str] =
    &["منظمه", "جمعيه", "هييه", "لجنه", "رابطه", "موسسه", "موسسات", "حركه", "مركز", "شبكه"];

/// How many words tell behind «النهوض» or «الدفاع», at `at`, what or whom the body whose noun stands at `noun` defends: «جمعية الدفاع [عن المستهلك]».
fn defended(lexemes: &[Lexeme<'_>], noun: usize, at: usize) -> usize {
    // «شركة النهوض [بالمساكن]».
    let furthered = lexemes.get(at).is_some_and(|what| what.preposition == Some('ب') && what.definite());
    if lexemes[at - 1].stem == "النهوض" && furthered {
        return 1;
    }
    let Some([about, whom]) = lexemes.get(at..at + 2) else { return 0 };
    let defends = lexemes[at - 1].stem == "الدفاع" && DEFENDERS.contains(&&*lexemes[noun].stem);
    let told = about.key == "عن" && whom.sentence == lexemes[noun].sentence && whom.bare() && whom.definite();
    if defends && told { 2 } else { 0 }
}

/// Whether the definite word at `at` goes on with the complement: an adjective, «لل…», or «و» with its like.
fn joins(lexemes: &[Lexeme<'_>], end: usize, at: usize) -> bool {
    let word = &lexemes[at];
    if at > end {
        return true;
    }
    if word.conjunction {
        // «التعاون والتنمية», «بنك اليمن والخليج», but not «وزارة الدفاع والرئيس», «منتخب الأرجنتين والاحتلال».
        let place = |word: &Lexeme<'_>| word.sense.country != 0 || word.sense.region || word.sense.city > 0;
        let like = place(word) || !place(&lexemes[at - 1]);
        let plain = word.preposition.is_none() && word.head.is_none() && !word.is_nisba();
        return like
            && plain
            && !begins_another(lexemes, at)
            && lexemes.get(at + 1).is_none_or(|n| !n.conjunction);
    }
    match word.preposition {
        Some('ل') => true,
        Some(_) => false,
        // «الحرمين الشريفين», «الأعلى», «المشترك», but not «قوات الأمن [النار]».
        // «قوات النظام السوري [البلدة]» is two things.
        // «ودع فريق البرتغال [المنافسة]».
        None if lexemes[at - 1].is_nisba() && !word.is_nisba() => describes_after(word),
        None if lexemes[at - 1].sense.country != 0 && word.stem.starts_with("الم") => {
            describes_after(word)
        }
        None => {
            word.is_nisba()
                || adjective(word)
                || word.stem.starts_with("الم")
                || wide(&word.stem)
                || ["الاحمر", "الاول", "الخاص", "الدايم", "السامي", "الشريفين"].contains(&&*word.stem)
        }
    }
}

/// Whether another body begins at `at`, told by what describes it: «وزارة الدفاع [والخارجية الأمريكيتان]», «حركة الشعب [والتيار
/// الشعبي]», but not «لجنة الفلاحة [والأمن الغذائي]».
fn begins_another(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let noun = &*lexemes[at].stem;
    let Some(next) = lexemes.get(at + 1) else { return false };
    let described = next.bare() && next.definite() && next.stem.ends_with('ي');
    let takes = noun.strip_prefix("ال").is_some_and(|noun| head(noun) == Some(HeadClass::Takes));
    head(noun).is_some() && next.is_nisba() || takes && (described || next.is_nisba())
}
