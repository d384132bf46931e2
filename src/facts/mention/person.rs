//! People by name: what stands behind a title, what lists know for names, and what the tagger sees.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::tagged::Tagged;
use super::{Kind, Mention, body};
use crate::facts::gazetteer::titles::{self, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::reading::{Lexeme, Nameness};
use crate::facts::tagger::EntityKind;
use crate::facts::title;
use crate::text::fold::fold;

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

/// Whether `stem` links the parts of a name.
#[must_use]
pub fn is_link(stem: &str) -> bool {
    LINKS.contains(&stem)
}

/// Every mention of a person by name, in source order.
#[must_use]
pub fn find(
    lexemes: &[Lexeme<'_>],
    bodies: &[Mention],
    listed: &[Mention],
    tagged: &[Tagged],
) -> Vec<Mention> {
    let mut closed = vec![false; lexemes.len()];
    for mention in bodies {
        closed[mention.tokens.clone()].fill(true);
    }
    for mention in listed {
        if mention.tokens.len() > 1 && !matches!(mention.kind, Kind::Place) {
            closed[mention.tokens.clone()].fill(true);
        }
    }
    let mut by_tagger = vec![None; lexemes.len()];
    for span in tagged {
        if span.kind == EntityKind::Person {
            by_tagger[span.tokens.start] = Some(span.tokens.end);
        }
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        let range = if closed[at] { None } else { name_at(lexemes, at, &closed, by_tagger[at]) };
        match range {
            Some(tokens) => {
                at = tokens.end;
                found.push(tokens);
            }
            None => at += 1,
        }
    }
    let again = repeat(lexemes, &found, &closed);
    found.extend(again);
    found.sort_by_key(|tokens| tokens.start);
    found.into_iter().map(|tokens| Mention::new(lexemes, tokens, Kind::Person)).collect()
}

/// Nouns that make the name behind them that of a place, a prize, a work: «ملعب أنفيلد», «معبر جابر», «فيلم "بوكو"».
const OTHERS: &str = "مدينة مدينتي حي شارع ملعب معبر قرية محافظة جبل منطقة مطار ميناء جسر سد بلدة ولاية إقليم مقاطعة ريف مخيم \
    ساحة قصر بطولة كأس جائزة مهرجان فيلم مسلسل رواية كتاب أغنية ألبوم برنامج مسرحية جزيرة نهر بحيرة سان سانت سانتا لوس نيو إعصار \
    العاصفة سفينة مستشفى مركز مسجد كنيسة جامعة مدرسة معهد أزياء معركة قانون فندق بلدية بيت دوق دوقة";

static OTHER_KEYS: LazyLock<HashSet<String>> =
    LazyLock::new(|| OTHERS.split_whitespace().map(fold).collect());

/// «الأمير سلطان بن خالد»: a title's word before «بن» is a name.
fn patronymic(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let word = &lexemes[at];
    word.head.is_some()
        && word.bare()
        && !word.definite()
        && word.evidence.given >= 3
        && lexemes.get(at + 1).is_some_and(|next| next.key == "بن" && next.sentence == word.sentence)
}

/// Whether a noun right before makes the name at `at` something else's.
fn names_other(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let mut before = at;
    while before > 0 && body::is_quote(lexemes[before - 1].kind) {
        before -= 1;
    }
    before.checked_sub(1).is_some_and(|i| {
        lexemes[i].sentence == lexemes[at].sentence && OTHER_KEYS.contains(&*lexemes[i].stem)
    })
}

/// Whether `start..end` is all that quotation marks or brackets hold, as the names of films are: «(هيل بوي)».
fn quoted(lexemes: &[Lexeme<'_>], start: usize, end: usize) -> bool {
    let mark = |l: &Lexeme<'_>| body::is_quote(l.kind) || l.is_mark('(') || l.is_mark(')');
    let Some(before) = start.checked_sub(1) else { return false };
    let close = (end..end + 3).find(|&i| lexemes.get(i).is_some_and(mark));
    let whole = close.is_some_and(|close| lexemes[start..close].iter().all(|l| l.is_word() && l.bare()));
    mark(&lexemes[before])
        && whole
        && lexemes[start].evidence.given < 5
        // «محمية "المأوى"» is no keeper's name.
        && (title::before(lexemes, start).is_none() || (end == start + 1 && lexemes[start].definite()))
}

/// The name that begins at `at`, if one does.
fn name_at(
    lexemes: &[Lexeme<'_>],
    at: usize,
    closed: &[bool],
    tagged: Option<usize>,
) -> Option<Range<usize>> {
    let first = &lexemes[at];
    if !first.is_word() || names_other(lexemes, at) {
        return None;
    }
    if quoted(lexemes, at, tagged.unwrap_or(at + 1)) {
        return None;
    }
    if let Some(end) = tagged {
        return by_tagger(lexemes, at, end.min(lexemes.len()), closed);
    }
    let linked = matches!(&*first.stem, "ابو" | "بن" | "عبد" | "ابن" | "ام")
        && first.class != Class::Particle
        || patronymic(lexemes, at);
    if first.nameness == Nameness::No && !linked {
        return None;
    }
    let end = run(lexemes, at, closed);
    let words = end - at;
    let strong = lexemes[at..end].iter().filter(|l| l.nameness == Nameness::Strong).count();
    if first.bare() && at > 0 && title::before(lexemes, at).is_some() {
        let before = &lexemes[at - 1];
        let close = (before.is_nisba() && before.definite())
            || before
                .head
                .is_some_and(|h| h.definite() || matches!(h.class, TitleClass::Honour | TitleClass::Rank));
        // «…، براءت البيرق، …»: nothing but a name stands between a title's comma and the next.
        let framed = before.is_mark('،') && lexemes.get(end).is_some_and(|l| l.is_mark('،'));
        let several = words > 1
            && (close
                || framed
                || ((before.definite() || !before.is_word()) && strong > 0)
                || rare(&lexemes[at..end], before));
        // «وابنته يوليا»: nothing but a name follows.
        let kin =
            before.head.is_some_and(|h| h.class == TitleClass::Kin && h.possessive()) && !first.definite();
        return (first.nameness == Nameness::Strong || kin || (!first.definite() && several))
            .then_some(at..end);
    }
    let sure = first.nameness == Nameness::Strong || linked;
    let short = lexemes[at..end].iter().all(|w| w.stem.chars().count() < 3);
    let starts = !is_link(&first.stem) || linked;
    let accepted = if short || !starts {
        false
    } else if words > 1 {
        let last = &lexemes[end - 1];
        let opens = sure && (first.evidence.given >= 3 || first.evidence.as_name >= 2 || linked);
        // «ميلانيا ترامب»: a rare word before a family name of the news.
        let name = first.evidence.given.max(first.evidence.surname);
        let family_name = first.bare()
            && first.nameness >= Nameness::Unknown
            && name >= 2
            && name + 5 >= first.evidence.documents
            && !first.definite()
            && last.nameness == Nameness::Strong
            && (last.evidence.as_name >= 2 || last.evidence.surname >= 6);
        strong * 2 >= words && (opens || family_name)
    } else {
        // «ترامب», «أردوغان»: a family name that the news puts behind titles.
        sure && first.evidence.as_name >= 2
            && first.evidence.given < 3
            && first.evidence.documents >= 6
            && !first.definite()
    };
    accepted.then_some(at..end)
}

/// «زعيم الحزب القومي دولت بهجلي»: two words that the news hardly has, right behind a title.
fn rare(words: &[Lexeme<'_>], before: &Lexeme<'_>) -> bool {
    before.definite()
        && words.iter().all(|w| {
            w.is_word()
                && w.nameness >= Nameness::Unknown
                && w.evidence.documents <= 9
                && !w.definite()
                && !verbal(w)
        })
}

/// A span of the tagger's, its ends set right: titles off the front, everyday words off the end, further names on.
fn by_tagger(lexemes: &[Lexeme<'_>], at: usize, end: usize, closed: &[bool]) -> Option<Range<usize>> {
    let titled = |word: &Lexeme<'_>| word.head.is_some_and(|h| !h.everyday) && word.evidence.given < 8;
    let start =
        (at..end).find(|&i| lexemes[i].is_word() && (!titled(&lexemes[i]) || patronymic(lexemes, i)))?;
    let mut end = end;
    // «رونالدو ويقول», «فستان دوقة»: neither a conjunction nor a title stands inside a name.
    if let Some(cut) = (start + 1..end).find(|&i| {
        lexemes[i].is_word()
            && (lexemes[i].conjunction || lexemes[i].preposition.is_some() || titled(&lexemes[i]))
    }) {
        end = cut;
    }
    while end > start && unlikely(&lexemes[end - 1]) && !(end > start + 1 && is_link(&lexemes[end - 2].stem))
    {
        end -= 1;
    }
    if start >= end {
        return None;
    }
    let words = &lexemes[start..end];
    let short = words.iter().all(|w| w.stem.chars().count() < 3);
    let place =
        words.len() == 1 && (words[0].sense.country != 0 || words[0].sense.region || words[0].is_nisba());
    let alone = words.len() == 1
        && words[0].nameness < Nameness::Strong
        && (words[0].nameness < Nameness::Maybe || words[0].evidence.as_name < 2)
        && (words[0].evidence.documents > 7 || words[0].nameness == Nameness::Maybe)
        && title::before(lexemes, start).is_none();
    let other =
        OTHER_KEYS.contains(&*words[0].stem) || (words[0].nameness == Nameness::No && words[0].definite());
    // «العالمين العربي [والإسلامي]», «[الفريقين] باستاد».
    let first = &words[0];
    let attached = words.len() == 1 && first.key.starts_with("وال") && first.key.chars().count() > 6;
    let plural = first.definite()
        && first.evidence.surname < 3
        && ["ين", "ون", "ات"].iter().any(|ending| first.stem.ends_with(ending));
    if short || place || alone || other || attached || plural || (is_link(&words[0].stem) && words.len() == 1)
    {
        return None;
    }
    Some(start..end.max(run(lexemes, start, closed)))
}

/// Whether a word is no part of a name, whatever the tagger says: an everyday word that no list has as a name.
fn unlikely(word: &Lexeme<'_>) -> bool {
    let name = word.evidence.given.max(word.evidence.surname);
    if verbal(word) {
        return true;
    }
    let everyday = word.class != Class::Open || name < 2 || (word.evidence.documents >= 11 && name < 6);
    !word.is_word() || (word.nameness == Nameness::No && !is_link(&word.stem) && everyday)
}

/// The end of the run of name words from `at` on.
fn run(lexemes: &[Lexeme<'_>], at: usize, closed: &[bool]) -> usize {
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
        if !word.is_word() || !goes_on(lexemes, at, next) {
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

/// Whether the word at `next` can be a further part of the name that begins at `at`.
fn goes_on(lexemes: &[Lexeme<'_>], at: usize, next: usize) -> bool {
    let word = &lexemes[next];
    if is_link(&word.stem) && word.key == &*word.stem {
        return true;
    }
    if !word.bare() || word.class == Class::Particle || word.head.is_some_and(titles::Head::possessive) {
        return false;
    }
    let after_link = is_link(&lexemes[next - 1].stem);
    if word.head.is_some_and(|h| !h.everyday && h.class != TitleClass::Honour) && !after_link {
        return (word.nameness >= Nameness::Maybe && word.evidence.given >= 8)
            || (word.definite()
                && word.evidence.surname >= 6
                && lexemes[next - 1].nameness == Nameness::Strong);
    }
    match word.nameness {
        Nameness::Strong => true,
        // «محمد المصري»: a nationality word is a family name only with nothing before that it could describe.
        Nameness::Maybe => {
            !word.is_nisba() || (word.definite() && title::before(lexemes, at).is_none() && next == at + 1)
        }
        Nameness::Unknown if verbal(word) => false,
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
                && lexemes[at].nameness == Nameness::Strong
                && title::before(lexemes, at).is_some() =>
        {
            true
        }
        Nameness::No => after_link && word.class == Class::Open && word.sense.country == 0,
    }
}

/// Whether a rare word looks like a verb: «يتزوج», «تفوز», «سيعزز», «اتبع».
fn verbal(word: &Lexeme<'_>) -> bool {
    let name = word.evidence.given.max(word.evidence.surname);
    let letters = word.stem.chars().count();
    let future = letters > 4 && (word.stem.starts_with("سي") || word.stem.starts_with("ست"));
    let plural = letters > 3 && word.stem.ends_with("وا") && word.evidence.documents >= 3;
    name == 0
        && (plural
            || future
            || (letters > 3 && word.stem.starts_with(['ي', 'ت']) && word.evidence.documents >= 3))
}

/// Later and earlier mentions by one word of a name that was found in full: «بلينكن», «العبادي».
fn repeat(lexemes: &[Lexeme<'_>], found: &[Range<usize>], closed: &[bool]) -> Vec<Range<usize>> {
    let mut known: HashSet<&str> = HashSet::new();
    let mut taken = vec![false; lexemes.len()];
    for tokens in found {
        taken[tokens.clone()].fill(true);
        let Some(last) = lexemes[tokens.clone()].iter().rev().find(|l| l.is_word()) else { continue };
        let everyday = last.evidence.documents >= 9 && last.nameness < Nameness::Strong;
        if tokens.len() > 1 && last.stem.chars().count() > 2 && !everyday && !is_link(&last.stem) {
            known.insert(&last.stem);
        }
    }
    (0..lexemes.len())
        .filter(|&at| {
            let word = &lexemes[at];
            !taken[at] && !closed[at] && word.class != Class::Particle && known.contains(&*word.stem)
        })
        .map(|at| at..at + 1)
        .collect()
}
