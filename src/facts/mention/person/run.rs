//! How far a name goes: its words and the links between them.

use super::ending::{
    conditional, distinguished, joined, likened, never_definite, no_name, participle, past, verbal,
};
use super::others::is_other;
use crate::facts::gazetteer::titles::{self, Form, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::reading::{Lexeme, Nameness};
use crate::facts::title::{self, Title};

/// Most words of a name: «حمدان بن محمد بن راشد آل مكتوم».
const LONGEST: usize = 8;

/// Words inside a name that are no names: «بن», «دي», «آل».
const LINKS: &[&str] = &[
    "بن",
    "ابن",
    "بنت",
    "ابو",
    "ابي",
    "ام",
    "ال",
    "دي",
    "دا",
    "دو",
    "ديل",
    "دوس",
    "دل",
    "فان",
    "فون",
    "در",
    "دن",
    "لو",
    "لي",
    "ماك",
    "سان",
    "عبد",
    "الله",
    "الدين",
    "الرحمن",
    "بو",
    "ولد",
    "ود",
    "ذو",
];

/// Which of their name rulers are.
const ORDINALS: &[&str] = &[
    "الاول",
    "الاولي",
    "الثاني",
    "الثانيه",
    "الثالث",
    "الثالثه",
    "الرابع",
    "الخامس",
    "السادس",
    "السابع",
    "الثامن",
    "التاسع",
    "العاشر",
];

/// Sons, in Turkish and Persian: they end the family name before them, «مولود جاويش [أوغلو]», «سردار علي [زاده]».
const SONS: &[&str] = &["اوغلو", "اوغلي", "زاده"];

/// Whether `stem` links the parts of a name.
#[must_use]
pub fn is_link(stem: &str) -> bool {
    LINKS.contains(&stem)
}

/// The end of the run of name words from `at` on.
pub fn run(lexemes: &[Lexeme<'_>], at: usize, closed: &[bool]) -> usize {
    let mut end = at + 1;
    let mut next = at + 1;
    while next < lexemes.len().min(at + 2 * LONGEST) && end - at < LONGEST {
        let word = &lexemes[next];
        if word.sentence != lexemes[at].sentence || closed[next] {
            break;
        }
        // «جان-كلود», «#جوني_هاليداي».
        if word.is_mark('-') || word.is_mark('_') {
            let tight = word.span.start == lexemes[next - 1].span.end
                && lexemes.get(next + 1).is_some_and(|n| n.span.start == word.span.end && n.is_word());
            if !tight {
                break;
            }
            next += 1;
            continue;
        }
        // «دونالد #ترمب»: a family name may be a hashtag of its own; behind another one begins another name.
        if word.is_mark('#') && !at.checked_sub(1).is_some_and(|before| lexemes[before].is_mark('#')) {
            next += 1;
            continue;
        }
        // «مون جيه-إن»: what a dash ties on belongs to the name.
        let tied = lexemes[next - 1].is_mark('-');
        if !word.is_word() || !tied && !goes_on(lexemes, at, next) {
            break;
        }
        next += 1;
        if !is_link(&word.stem) || matches!(&*word.stem, "الله" | "الدين" | "الرحمن" | "لي")
        {
            end = next;
        }
    }
    end
}

/// The end of the name `start..end` that the tagger sees, where surer words than its own go on: «رونالدو [شباك]» does not.
pub fn further(lexemes: &[Lexeme<'_>], start: usize, end: usize, closed: &[bool]) -> usize {
    let all = run(lexemes, start, closed);
    let unsure = (end..all).find(|&i| {
        let [before, word] = [&lexemes[i - 1], &lexemes[i]];
        let rare = word.evidence.documents <= 2 && word.nameness == Nameness::Unknown && !word.definite();
        let family = word.nameness == Nameness::Maybe && word.evidence.surname >= 5 && word.definite();
        // A given name wants a second word, and so does a link: «فلاديمير [بوتن]», «آل [الشيخ]», «جان-[كلود]».
        // So does a title inside a name: «باجي قائد [السبسي]».
        let wanted = i == start + 1 || is_link(&before.stem) || !before.is_word() || before.head.is_some();
        let sure = syllable(lexemes, i)
            || word.nameness == Nameness::Strong
            || is_linked(&word.stem)
            || rare
            || family;
        word.is_word() && !wanted && !sure
    });
    end.max(unsure.unwrap_or(all))
}

/// Whether `stem` is a link or a son, neither of which is a name alone.
fn is_linked(stem: &str) -> bool {
    is_link(stem) || SONS.contains(&stem)
}

/// Whether the news knows the word as a family name only, said without a given name: «ترامب», «بومبيو».
pub fn is_family(word: &Lexeme<'_>) -> bool {
    word.evidence.given == 0 && word.evidence.as_name >= 2 && word.evidence.documents >= 6
}

/// Whether the word at `next` can be a further part of the name that begins at `at`.
fn goes_on(lexemes: &[Lexeme<'_>], at: usize, next: usize) -> bool {
    let word = &lexemes[next];
    // «نجيب [خلف الله]».
    let of_god = word.bare()
        && lexemes.get(next + 1).is_some_and(|god| god.key == "الله" && god.sentence == word.sentence);
    // «زايد بن سلطان آل نهيان [طيب الله ثراه]».
    if of_god && matches!(&*word.stem, "طيب" | "حفظ" | "رحم") {
        return false;
    }
    if syllable(lexemes, next) || of_god && word.evidence.given >= 4 && !is_other(&word.stem) {
        return true;
    }
    // «ليونيل ميسي [أم] كريستيانو رونالدو» are two.
    if is_linked(&word.stem) && word.key == &*word.stem {
        return word.stem != "ام";
    }
    // «عوني [بلدية]»
    if is_other(&word.stem) && word.evidence.given < 6 || likened(word) {
        return false;
    }
    // «لؤي [شبانة]»: a rare word that lists have as a family name is nobody's young men.
    let family = word.evidence.surname >= 4 && word.evidence.documents <= 3;
    if !word.bare()
        || word.class == Class::Particle
        || word.head.is_some_and(titles::Head::possessive) && !family
    {
        return false;
    }
    if next == at + 1 && family && lexemes[at].nameness == Nameness::Strong {
        return true;
    }
    // «على مفتاح [Tab]».
    if word.key.is_ascii() != lexemes[at].key.is_ascii() {
        return false;
    }
    if next == at + 1 && wanted_by_office(lexemes, at) {
        return true;
    }
    // «كمال داود [الفائز] بجائزة», «هيمنغواي [وبروست]», «ليونيل ميسي لو [خاض] المباراة».
    if distinguished(lexemes, next)
        || joined(word)
        || (conditional(&lexemes[next - 1]) && word.nameness == Nameness::No)
    {
        return false;
    }
    // «عبد الرحمن [تراجع]»: the name is whole. «#غادة_عبد_[الرازق]».
    let before = if lexemes[next - 1].is_mark('_') { next - 2 } else { next - 1 };
    let after_link =
        is_link(&lexemes[before].stem) && !matches!(&*lexemes[before].stem, "الله" | "الدين" | "الرحمن");
    if word.head.is_some_and(|h| !h.everyday && h.class != TitleClass::Honour) && !after_link {
        return between_names(lexemes, at, next)
            || surnamed(lexemes, at, next)
            || (word.nameness >= Nameness::Maybe && word.evidence.given >= 8)
            || (word.definite()
                && word.evidence.surname >= 6
                && lexemes[next - 1].nameness == Nameness::Strong);
    }
    // «هنأ ترامب [كاغاميه]», «كان ترامب [أغضب]»: a family name wants none behind it.
    if next == at + 1 && is_family(&lexemes[at]) && word.nameness < Nameness::Strong {
        return false;
    }
    match word.nameness {
        // «نابليون [الثالث]», «يوحنا بول [الثاني]», but not «سجل روبرتو فيرمينو [الثالث]».
        Nameness::Strong | Nameness::Maybe if ORDINALS.contains(&&*word.stem) => {
            next == at + 1 || lexemes[next - 1].evidence.given >= 4
        }
        Nameness::Strong => true,
        // «محمد المصري»: a nationality word is a family name only with nothing before that it could describe.
        Nameness::Maybe => {
            !word.is_nisba() || (word.definite() && title::before(lexemes, at).is_none() && next == at + 1)
        }
        Nameness::Unknown if verbal(word) || past(word) || participle(word) || no_name(word) => false,
        // A third word must be rare or a name: «كريستيانو رونالدو اتبع».
        Nameness::Unknown
            if next > at + 1 && !after_link && word.evidence.documents > 3 && word.evidence.surname == 0 =>
        {
            false
        }
        Nameness::Unknown => {
            !word.definite()
                || after_link
                || (word.stem.ends_with('ي') && word.evidence.documents <= 4)
                || word.evidence.surname >= 1
        }
        // A given name behind a title wants a family name: «وزير التجارة الأمريكي ستيفن منوتشين».
        Nameness::No
            if next == at + 1
                && word.class == Class::Open
                && word.evidence.documents <= 9
                && !word.definite()
                && !verbal(word)
                && !word.stem.ends_with(['ه', 'ا', 'ت'])
                && lexemes[at].nameness >= Nameness::Maybe
                && never_definite(word)
                && title::before(lexemes, at).is_some() =>
        {
            true
        }
        Nameness::No => after_link && word.class == Class::Open && word.sense.country == 0,
    }
}

/// «الإعلامي عمرو [أديب]», «رئيس الوزراء جوزيبي [كونتي]»: what could be a title, a count's or two counts', is a family name as
/// often; behind a given name that has a title of its own.
fn surnamed(lexemes: &[Lexeme<'_>], at: usize, next: usize) -> bool {
    let [given, word] = [&lexemes[at], &lexemes[next]];
    let governs = lexemes
        .get(next + 1)
        .is_some_and(|n| n.sentence == word.sentence && n.bare() && n.definite() && n.class == Class::Open);
    let two = word.head.is_some_and(|h| h.form == Form::Construct) && !governs;
    let rare = given.evidence.given >= 6 && word.nameness >= Nameness::Maybe && word.evidence.documents <= 7;
    next == at + 1
        && given.nameness == Nameness::Strong
        && !word.definite()
        && word.evidence.surname >= 6
        && (two || rare)
        && title::before(lexemes, at).is_some()
}

/// Whether the end of a name stands at `at` that is spelled like a particle: «مون جاي [إن]», «جاك [ما]», but not «قال كيم هيون إن».
fn syllable(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |i| lexemes[i].key);
    match lexemes[at].key {
        "ان" => before(2) == "مون" && matches!(before(1), "جاي" | "جيه" | "جي"),
        "ما" => before(1) == "جاك",
        "كي" => before(1) == "بان",
        _ => false,
    }
}

/// «أحمد [قائد] صالح»: between a given name and a family name a bare word is a name, though it be a title too.
pub fn between_names(lexemes: &[Lexeme<'_>], at: usize, next: usize) -> bool {
    let [given, word] = [&lexemes[at], &lexemes[next]];
    let family = lexemes.get(next + 1).filter(|family| family.sentence == word.sentence);
    let known = |family: &Lexeme<'_>| {
        given.evidence.given >= 8
            && family.nameness == Nameness::Strong
            && !family.definite()
            && family.evidence.surname >= 8
    };
    // «الرئيس باجي [قائد] السبسي», «رئيس الجمهورية الباجي [قائد] السبسي».
    let rules = |title: Title| {
        let of_state = |word: &Lexeme<'_>| matches!(&*word.stem, "الجمهوريه" | "الدوله");
        title.head.class == TitleClass::State || lexemes[title.tokens].iter().any(of_state)
    };
    let of_ruler = |family: &Lexeme<'_>| {
        family.definite() && family.evidence.surname >= 3 && title::before(lexemes, at).is_some_and(rules)
    };
    let sure = given.nameness == Nameness::Strong;
    next == at + 1
        && given.nameness >= Nameness::Maybe
        && !word.definite()
        && word.evidence.given >= 4
        && word.head.is_some_and(|h| h.class != TitleClass::Kin)
        && family.is_some_and(|family| family.bare() && (sure && known(family) || of_ruler(family)))
}

/// «وزير الخارجية وليد [المعلم]»: behind an office a given name does not stay alone, though its family name be another word too.
fn wanted_by_office(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let [given, word] = [&lexemes[at], &lexemes[at + 1]];
    given.nameness == Nameness::Strong
        && given.evidence.given >= 4
        && word.definite()
        && !word.is_nisba()
        && word.class == Class::Open
        && word.evidence.documents <= 9
        && title::before(lexemes, at)
            .is_some_and(|t| matches!(t.head.class, TitleClass::State | TitleClass::Office))
}
