//! People by name: what stands behind a title, what lists know for names, and what the tagger sees.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;

use super::tagged::Tagged;
use super::{Kind, Mention, body};
use crate::facts::gazetteer::titles::{Head, TitleClass};
use crate::facts::lexicon::Class;
use crate::facts::reading::{Lexeme, Nameness};
use crate::facts::tagger::EntityKind;
use crate::facts::title;
use crate::text::TokenKind;
use crate::text::abbreviation::is_letter_name;
use crate::text::fold::fold;
use crate::text::frequency::DocumentFrequencies;

mod document;
mod run;

use run::{further, is_link, run, unlikely, verbal};

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
            // «مطار الأمير [محمد بن عبد العزيز]»: all of it.
            None if !closed[at] && names_other(lexemes, at) && lexemes[at].nameness >= Nameness::Maybe => {
                at = run(lexemes, at, &closed);
            }
            None => at += 1,
        }
    }
    document::settle(lexemes, &mut found);
    let again = document::repeat(lexemes, &found, &closed);
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

/// Those of them that are called after people with their titles: «ملعب الأمير فيصل بن فهد».
const BUILT: &str =
    "ملعب مطار ميناء جسر سد شارع حي ميدان ساحة قصر مستشفى مسجد جامعة مدرسة معهد قاعة كأس جائزة";

static BUILT_KEYS: LazyLock<HashSet<String>> = LazyLock::new(|| BUILT.split_whitespace().map(fold).collect());

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
    let near = |i: usize| lexemes.get(i).filter(|noun| noun.sentence == lexemes[at].sentence);
    // «ملعب الأمير [فيصل بن فهد]».
    let honoured =
        before.checked_sub(1).and_then(near).is_some_and(|title| title.head.is_some_and(Head::definite));
    if honoured && before.checked_sub(2).and_then(near).is_some_and(|noun| BUILT_KEYS.contains(&*noun.stem)) {
        return true;
    }
    before.checked_sub(1).and_then(near).is_some_and(|noun| {
        // «مغنية موسيقى [البوب]», but «موسيقى عمر خيرت».
        let music = noun.stem == "موسيقي" && lexemes[at].definite();
        // «حافلة ذات [جودة] عالية».
        music || noun.stem == "ذات" || OTHER_KEYS.contains(&*noun.stem)
    })
}

/// Whether `start..end` is all that quotation marks or brackets hold, as the names of films are: «(هيل بوي)».
fn quoted(lexemes: &[Lexeme<'_>], start: usize, end: usize) -> bool {
    let opens = |l: &Lexeme<'_>| body::is_quote(l.kind) || l.is_mark('(');
    let closes = |l: &Lexeme<'_>| body::is_quote(l.kind) || l.is_mark(')');
    let Some(before) = start.checked_sub(1) else { return false };
    let close = (end..end + 3).find(|&i| lexemes.get(i).is_some_and(closes));
    // «"فرست ترافيل"»: the first letter of what is quoted is no conjunction.
    let whole = close.is_some_and(|close| {
        lexemes[start..close].iter().enumerate().all(|(i, l)| l.is_word() && (i == 0 || l.bare()))
    });
    opens(&lexemes[before])
        && whole
        && lexemes[start].evidence.given < 5
        // «محمية "المأوى"» is no keeper's name.
        && (title::before(lexemes, start).is_none() || (end == start + 1 && lexemes[start].definite()))
}

/// Whether the word at `at` stands inside the name of a work: «"كال [مي باي] يور نايم"», «(غيت [آوت])».
fn inside_quoted(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let first = &lexemes[at];
    let mark = |l: &Lexeme<'_>| body::is_quote(l.kind) || l.is_mark('(') || l.is_mark(')');
    let within = |i: &usize| lexemes.get(*i).is_some_and(|l| l.sentence == first.sentence);
    let name = |l: &Lexeme<'_>| l.is_word() && l.class == Class::Open && l.head.is_none() && !l.definite();
    let open = (at.saturating_sub(5)..at).rev().find(|&i| !name(&lexemes[i]));
    let close = (at + 1..at + 6).take_while(within).find(|&i| !name(&lexemes[i]));
    let (Some(open), Some(close)) = (open, close) else { return false };
    open + 1 < at
        && first.evidence.given < 5
        && within(&open)
        && mark(&lexemes[open])
        && mark(&lexemes[close])
        && lexemes[open].kind != TokenKind::Mark(')')
        && lexemes[open + 1..close].iter().all(|l| l.evidence.documents < 9)
}

/// Whether the word at `at` stands before the name behind it, though it is a name as well: «[سعادة] أحمد العامري», «[رأي] سعيد»,
/// «العميد [الركن المتقاعد] طارق صالح».
fn addresses(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let next = lexemes.get(at + 1).filter(|next| next.sentence == lexemes[at].sentence);
    let named = next.is_some_and(|next| next.nameness == Nameness::Strong);
    match &*lexemes[at].stem {
        "سعاده" | "راي" | "المتقاعد" => named,
        // «في [عهد] باراك أوباما».
        // «الصاروخ [قادر] على بلوغ الهدف».
        "قادر" | "قادره" => {
            next.is_some_and(|next| next.key == "علي" && next.class == Class::Particle)
        }
        "عهد" => {
            let before = at.checked_sub(1).map_or("", |before| lexemes[before].key);
            named && matches!(before, "في" | "منذ" | "خلال" | "وفي" | "ومنذ")
        }
        "الركن" => {
            named || next.is_some_and(|next| next.stem == "المتقاعد") || title::before(lexemes, at).is_some()
        }
        _ => false,
    }
}

/// Whether the word at `at` is an adjective of the title before it and not the first of the name behind it:
/// «الرئيس [اليساري] سلفادور أليندي».
fn qualifies(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let (Some(before), Some(next)) = (at.checked_sub(1), lexemes.get(at + 1)) else { return false };
    let [before, word] = [&lexemes[before], &lexemes[at]];
    before.sentence == word.sentence
        && before.definite()
        && before.head.is_some()
        && word.definite()
        && word.stem.ends_with('ي')
        && word.evidence.surname < 3
        && next.is_word()
        && !next.definite()
}

/// The name that begins at `at`, if one does.
fn name_at(
    lexemes: &[Lexeme<'_>],
    at: usize,
    closed: &[bool],
    tagged: Option<usize>,
) -> Option<Range<usize>> {
    let first = &lexemes[at];
    if !first.is_word() || names_other(lexemes, at) || (tagged.is_none() && addresses(lexemes, at)) {
        return None;
    }
    if quoted(lexemes, at, tagged.unwrap_or(at + 1)) || inside_quoted(lexemes, at) {
        return None;
    }
    if let Some(end) = tagged {
        return by_tagger(lexemes, at, end.min(lexemes.len()), closed);
    }
    let linked = matches!(&*first.stem, "ابو" | "بن" | "عبد" | "ابن" | "ام")
        && first.class != Class::Particle
        || patronymic(lexemes, at);
    // «بيت أزياء ماكوين», «بيت الفقيه».
    let other = OTHER_KEYS.contains(&*first.stem) && first.evidence.given < 6;
    if (first.nameness == Nameness::No && !linked) || other {
        return None;
    }
    let end = run(lexemes, at, closed);
    let words = end - at;
    // «مراسلة [بي بي سي]».
    if lexemes[at..end].iter().all(|word| is_letter_name(word.key)) {
        return None;
    }
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
        let kin = before.head.is_some_and(|h| h.class == TitleClass::Kin && h.possessive())
            && !first.definite()
            && (first.nameness >= Nameness::Maybe || !first.key.starts_with(['ب', 'ل', 'و']))
            && !first.stem.ends_with("هم");
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
        // «ميلانيا ترامب»: a rare word before a family name of the news; but «نشاط ترامب», «نصيب الفرد».
        let name = first.evidence.given.max(first.evidence.surname);
        let family_name = first.bare()
            && first.nameness >= Nameness::Unknown
            && name >= 2
            && (first.evidence.documents <= 7 || first.evidence.as_name >= 1 || nationality(lexemes, at))
            && !first.definite()
            && last.nameness == Nameness::Strong
            && (last.evidence.as_name >= 2 || (last.evidence.surname >= 6 && last.evidence.documents <= 6));
        // «حصة أقلية», «كامل ونهائي»: a name that is a word as well, before a word that is no name.
        let ordinary = words == 2
            && last.evidence.given.max(last.evidence.surname) == 0
            && last.evidence.documents >= 4
            && first.evidence.as_name < 2
            && last.nameness < Nameness::Maybe;
        strong * 2 >= words && (opens || family_name) && !ordinary && !describes(lexemes, at)
    } else {
        // «ترامب», «أردوغان»: a family name that the news puts behind titles.
        sure && first.evidence.as_name >= 2
            && first.evidence.given < 3
            && first.evidence.documents >= 6
            && !first.definite()
    };
    accepted.then_some(at..end)
}

/// Whether a nationality stands right before: «للإماراتية [حصة المهيري]».
fn nationality(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .map(|i| &lexemes[i])
        .is_some_and(|b| b.sentence == lexemes[at].sentence && b.is_nisba() && b.definite())
}

/// What «حسن» goes with where it is no name: «حسن النية», «حسن الجوار».
const GOOD: &[&str] = &[
    "نيه",
    "النيه",
    "السير",
    "سير",
    "السلوك",
    "سلوك",
    "الجوار",
    "جوار",
    "الحظ",
    "حظ",
    "الضيافه",
    "ضيافه",
    "الظن",
    "ظن",
    "الاداره",
    "الختام",
    "التصرف",
    "الاستقبال",
    "الاداء",
    "التنظيم",
    "الخلق",
];

/// What «عيد» goes with where it is no name.
const FEASTS: &[&str] =
    &["ميلاد", "ميلاده", "ميلادها", "الميلاد", "الفطر", "الاضحي", "الحب", "الام", "العمال", "الشكر", "الاستقلال"];

/// Whether the words at `at` describe what stands before them, or are no name together: «البلد [الصغير القائم]», «[حسن النية]».
fn describes(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let first = &lexemes[at];
    let before = at.checked_sub(1).map(|i| &lexemes[i]).filter(|b| b.sentence == first.sentence);
    let adjective = first.definite()
        && first.bare()
        && before.is_some_and(|b| b.is_word() && b.definite() && b.class == Class::Open && b.head.is_none());
    adjective || in_phrase(lexemes, at) == Some(true)
}

/// Whether the name at `at` is a plain word in a phrase: «[حسن] النية»; `None` for names of which no phrase is known.
fn in_phrase(lexemes: &[Lexeme<'_>], at: usize) -> Option<bool> {
    let first = &lexemes[at];
    let near = |i: usize| lexemes.get(i).filter(|word| word.sentence == first.sentence);
    let follows = near(at + 1);
    let next = follows.map(|next| &*next.stem);
    Some(match &*first.stem {
        // «إطلاق قمر صناعي», «تصب في صالح ذويهم».
        "قمر" => next.is_some_and(|next| matches!(next, "صناعي" | "صناعيا" | "اصطناعي")),
        "صالح" => {
            at.checked_sub(1).and_then(near).is_some_and(|before| before.key == "في")
                && follows.is_none_or(|next| next.nameness < Nameness::Strong)
        }
        "حسن" => next.is_some_and(|next| GOOD.contains(&next)),
        // «عيد ميلاد كرو», «الحمد لله».
        "عيد" => next.is_some_and(|next| FEASTS.contains(&next)),
        "الحمد" => next == Some("لله"),
        _ => return None,
    })
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

/// Whether a thing stands at `at`, behind a whole name: «انتقدت كاتي هاربر [الفستان]», but not «عبد المجيد [الزار]». Of things the
/// news speaks with and without the article.
fn thing(lexemes: &[Lexeme<'_>], start: usize, at: usize) -> bool {
    let word = &lexemes[at];
    let Some(bare) = word.stem.strip_prefix("ال").filter(|_| at >= start + 2) else { return false };
    let words = DocumentFrequencies::words();
    let [with, without] = [words.count(&word.stem), words.count(bare)];
    word.nameness == Nameness::Unknown
        && word.evidence.surname == 0
        && lexemes[at - 1].nameness == Nameness::Strong
        && with.min(without) >= 3.0
        && without <= 10.0 * with
}

/// A span of the tagger's, its ends set right: titles off the front, everyday words off the end, further names on.
fn by_tagger(lexemes: &[Lexeme<'_>], at: usize, end: usize, closed: &[bool]) -> Option<Range<usize>> {
    let titled = |word: &Lexeme<'_>| word.head.is_some_and(|h| !h.everyday) && word.evidence.given < 8;
    // «القبض [على] عمر المختار», «معروف [باسم] ماكس»; but «باسم عودة».
    let prefix = |i: usize| match &*lexemes[i].stem {
        "علي" | "ان" => lexemes[i].class == Class::Particle,
        "باسم" => lexemes.get(i + 1).is_some_and(|next| next.nameness < Nameness::Strong),
        _ => false,
    };
    let start = (at..end).find(|&i| {
        lexemes[i].is_word()
            && !prefix(i)
            && !addresses(lexemes, i)
            && !qualifies(lexemes, i)
            && (!titled(&lexemes[i]) || patronymic(lexemes, i))
    })?;
    let mut end = end;
    // «رونالدو ويقول», «فستان دوقة», «فيصل حفظه الله»: no conjunction, title or wish stands inside a name.
    let wish = |i: usize| {
        lexemes[i].class == Class::Particle && lexemes.get(i + 1).is_some_and(|next| next.stem == "الله")
    };
    if let Some(cut) = (start + 1..end).find(|&i| {
        let word = &lexemes[i];
        word.is_word() && (word.conjunction || word.preposition.is_some() || titled(word) || wish(i))
    }) {
        end = cut;
    }
    let linked = |end: usize| end > start + 1 && is_link(&lexemes[end - 2].stem);
    while end > start && (unlikely(&lexemes[end - 1]) || thing(lexemes, start, end - 1)) && !linked(end) {
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
    // «سوريا كلها [آمنة]», «قالب [مهني]»: a given name that the news uses as an adjective.
    let adjective = words.len() == 1
        && words[0].evidence.as_name < 2
        && words[0].evidence.documents >= 7
        && words[0].evidence.given >= 3
        && title::before(lexemes, start).is_none()
        && !start.checked_sub(1).is_some_and(|i| title::NAMED.contains(&lexemes[i].key))
        && !nationality(lexemes, start);
    let other =
        OTHER_KEYS.contains(&*words[0].stem) || (words[0].nameness == Nameness::No && words[0].definite());
    // «العالمين العربي [والإسلامي]», «[الفريقين] باستاد».
    let first = &words[0];
    let attached = words.len() == 1 && first.key.starts_with("وال") && first.key.chars().count() > 6;
    let plural = first.definite()
        && first.evidence.surname < 3
        && ["ين", "ون", "ات"].iter().any(|ending| first.stem.ends_with(ending));
    // «لم يقض الرئيس الوقت [الكافي]».
    let lone = words.len() == 1 && first.evidence.as_name < 4;
    let describing = (lone || in_phrase(lexemes, start).is_some()) && describes(lexemes, start);
    if short
        || place
        || alone
        || adjective
        || other
        || attached
        || plural
        || describing
        || (is_link(&first.stem) && words.len() == 1)
    {
        return None;
    }
    Some(start..further(lexemes, start, end, closed))
}
