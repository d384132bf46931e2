//! People by name: what stands behind a title, what lists know for names, and what the tagger sees.

use std::ops::Range;

use super::tagged::Tagged;
use super::{Kind, Mention, body};
use crate::facts::gazetteer::Evidence;
use crate::facts::gazetteer::titles::{Count, TitleClass};
use crate::facts::lexicon::{Class, is_present};
use crate::facts::reading::{Lexeme, Nameness};
use crate::facts::tagger::EntityKind;
use crate::facts::title;
use crate::text::abbreviation::is_letter_name;
use crate::text::frequency::DocumentFrequencies;

mod document;
mod ending;
mod others;
mod phrase;
mod run;

use ending::{conditional, distinguished, joined, no_name, past, unlikely, verbal};
use others::{
    addresses, business, describes, inside_quoted, is_other, names_other, qualifies, quoted, saints_town,
    thing, two,
};
use phrase::in_phrase;
use run::{between_names, further, is_link, run};

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
        // «بسيدي بوزيد [محمد أحمدي]», «ريو دي جانيرو».
        let saints = lexemes[mention.tokens.start].stem == "سيدي" || mention.tokens.len() > 2;
        if mention.tokens.len() > 1 && (mention.kind != Kind::Place || saints) {
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
            // «مطار الأمير [محمد بن عبد العزيز]», «[شرف عظيم] يستمدونه»: all of it.
            None if !closed[at]
                && lexemes[at].nameness >= Nameness::Maybe
                && (names_other(lexemes, at)
                    || saints_town(lexemes, at)
                    || in_phrase(lexemes, at) == Some(true)) =>
            {
                at = run(lexemes, at, &closed);
            }
            None => at += 1,
        }
    }
    found.retain(|tokens| !business(lexemes, tokens));
    for tokens in &mut found {
        tokens.start -= usize::from(given_before(lexemes, tokens.start));
    }
    document::settle(lexemes, &mut found);
    document::without_verb(lexemes, &mut found);
    document::leave_out_led(lexemes, &mut found);
    let again = document::repeat(lexemes, &found, &closed);
    found.extend(again);
    found.sort_by_key(|tokens| tokens.start);
    found.into_iter().map(|tokens| mention(lexemes, tokens)).collect()
}

/// The mention over `tokens`; «[وكافو] وروبرتو كارلوس» is «كافو», but «رئيس الوزراء [برايوت]» is no «رايوت».
fn mention(lexemes: &[Lexeme<'_>], tokens: Range<usize>) -> Mention {
    let first = &lexemes[tokens.start];
    let led =
        joined(first) && (first.stem.starts_with('و') || title::before(lexemes, tokens.start).is_none());
    let mut mention = Mention::new(lexemes, tokens, Kind::Person);
    if led {
        mention.span.start += 'و'.len_utf8();
    }
    mention
}

/// «الأمير سلطان بن خالد»: a title's word before «بن» is a name.
fn patronymic(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let word = &lexemes[at];
    word.head.is_some()
        && word.bare()
        && !word.definite()
        && word.evidence.given >= 3
        && lexemes.get(at + 1).is_some_and(|next| next.key == "بن" && next.sentence == word.sentence)
}

/// Whether the word before the name at `at` is its first, though it could be a nationality: «الإعلامي [تركي] الدخيل», but not «الإعلامي التركي».
fn given_before(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let Some([title, given]) = at.checked_sub(2).and_then(|i| lexemes.get(i..at)) else { return false };
    title.sentence == lexemes[at].sentence
        && given.is_nisba()
        && !given.definite()
        && given.bare()
        && given.evidence.given >= 5
        && title.head.is_some_and(|head| head.definite() && head.count == Count::One)
}

/// «حضور [أم] كلثوم», but «ميسي [أم] رونالدو» are two.
fn mother(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let near = |i: usize| lexemes.get(i).filter(|word| word.sentence == lexemes[at].sentence);
    let child = near(at + 1)
        .is_some_and(|child| child.bare() && child.nameness == Nameness::Strong && child.evidence.given >= 4);
    let choice = at
        .checked_sub(1)
        .and_then(near)
        .is_some_and(|one| one.nameness >= Nameness::Maybe || one.sense.country != 0);
    lexemes[at].stem == "ام" && child && !choice
}

/// Whether a name cannot begin with the word: a verb that the news has, «يحكي», «تسلمت», but not «ييري مينا»; God.
fn begins_clause(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let word = &lexemes[at];
    let Evidence { given, surname, documents, as_name } = word.evidence;
    let past = word.stem.strip_suffix('ت').filter(|verb| verb.chars().count() > 3 && documents >= 6);
    let past = past.is_some_and(|verb| DocumentFrequencies::words().count(verb) > 0.0);
    let nobody = given.max(surname).max(as_name) == 0;
    let next = lexemes.get(at + 1).filter(|next| next.sentence == word.sentence);
    let named = |least: u8| {
        next.is_some_and(|next| next.nameness == Nameness::Strong && next.evidence.given >= least)
    };
    // «[روى] إبراهيم ديالو», but not «روي هودسون».
    let said = word.class == Class::Saying && given < 8 && (given == 0 || named(5));
    // «[أهنئ] مسعود أوزيل», «[أنكر] ترامب», but not «إدين دجيكو».
    let bare = word.stem.strip_prefix('ا').filter(|_| given == 0 && documents >= 2 && named(0));
    let first_person = bare.is_some_and(|verb| is_present(&format!("ي{verb}")));
    said || first_person || (verbal(word) && documents >= 5) || (nobody && past) || word.stem == "الله"
}

/// Whether a word with a clitic is a common noun, met with the article or with an owner: «الرئيس [بافتقاد] القدرة», «[بتطويقه] كلبيه».
fn is_noun(word: &Lexeme<'_>) -> bool {
    let rest: String = word.stem.chars().skip(1).collect();
    DocumentFrequencies::words().count_definite(&rest) > 0.0 || rest.ends_with('ه')
}

/// The name that begins at `at`, if one does.
fn name_at(
    lexemes: &[Lexeme<'_>],
    at: usize,
    closed: &[bool],
    tagged: Option<usize>,
) -> Option<Range<usize>> {
    let first = &lexemes[at];
    if !first.is_word() {
        return None;
    }
    let linked = matches!(&*first.stem, "ابو" | "بن" | "عبد" | "ابن" | "ام")
        && (first.class != Class::Particle || mother(lexemes, at))
        || patronymic(lexemes, at);
    // «بيت أزياء ماكوين», «بيت الفقيه».
    let other = is_other(&first.stem) && first.evidence.given < 6;
    // «[بان] كي مون».
    if first.stem == "بان" && lexemes.get(at + 1).is_some_and(|next| next.key == "كي") {
        return Some(at..run(lexemes, at, closed));
    }
    // Most words are done with here.
    if tagged.is_none() && ((first.nameness == Nameness::No && !linked) || other) {
        return None;
    }
    if is_none(lexemes, at, closed)
        || (tagged.is_none() && (addresses(lexemes, at) || governed(lexemes, at, lexemes.len())))
        || quoted(lexemes, at, tagged.unwrap_or(at + 1))
    {
        return None;
    }
    if let Some(end) = tagged {
        return by_tagger(lexemes, at, end.min(lexemes.len()), closed);
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
            && !first.stem.ends_with("هم")
            // «عثرت على ابنها [ميتا]».
            && (!first.stem.ends_with('ا') || first.evidence.given.max(first.evidence.surname) > 0);
        // «رئيس الجمهورية [الباجي قائد السبسي]»: a name goes over a title only inside.
        let over = words > 2 && lexemes[at + 1].head.is_some() && !first.is_nisba();
        return (first.nameness == Nameness::Strong || kin || over || (!first.definite() && several))
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

/// Whether no name of a person begins at `at`, whatever the tagger says.
fn is_none(lexemes: &[Lexeme<'_>], at: usize, closed: &[bool]) -> bool {
    let first = &lexemes[at];
    // «مدافع [روبن كازان]»: whose player he is.
    let club = at.checked_sub(1).and_then(|i| lexemes[i].head).is_some_and(title::plays_for);
    // «الوكالة العالمية لمكافحة المنشطات "[وادا]"»: a short form.
    let mark = |i: usize| {
        lexemes.get(i).is_some_and(|mark| body::is_quote(mark.kind) || mark.is_mark('(') || mark.is_mark(')'))
    };
    let short_form = at >= 2 && closed[at - 2] && mark(at - 1) && mark(at + 1);
    // «ولي العهد [ذو النفوذ]».
    let owner = matches!(&*first.stem, "ذو" | "ذي" | "ذات")
        && lexemes.get(at + 1).is_some_and(|next| next.definite() && next.sentence == first.sentence);
    club || short_form
        || owner
        || saints_town(lexemes, at)
        || begins_clause(lexemes, at)
        || joined(first) && is_noun(first)
        || no_name(first)
        || two(lexemes, at)
        || names_other(lexemes, at)
        || in_phrase(lexemes, at) == Some(true)
        || inside_quoted(lexemes, at)
}

/// Whether a nationality stands right before: «للإماراتية [حصة المهيري]».
fn nationality(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .map(|i| &lexemes[i])
        .is_some_and(|b| b.sentence == lexemes[at].sentence && b.is_nisba() && b.definite())
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

/// Whether what a title governs stands at `i`, before a name: «عالم [الفيزياء] ستيفن هوكينغ».
fn governed(lexemes: &[Lexeme<'_>], i: usize, end: usize) -> bool {
    let word = &lexemes[i];
    let title = i.checked_sub(1).and_then(|before| lexemes[before].head);
    word.definite()
        && word.evidence.given.max(word.evidence.surname) == 0
        && title.is_some_and(|head| !head.definite())
        && i + 1 < end
        && lexemes[i + 1].nameness == Nameness::Strong
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
            && !governed(lexemes, i, end)
            && (!titled(&lexemes[i]) || patronymic(lexemes, i))
    })?;
    let mut end = end;
    // «رونالدو ويقول», «فستان دوقة», «فيصل حفظه الله»: no conjunction, title or wish stands inside a name.
    let wish = |i: usize| {
        (lexemes[i].class == Class::Particle || lexemes[i].stem == "طيب")
            && lexemes.get(i + 1).is_some_and(|next| next.stem == "الله")
    };
    let title = |i: usize| titled(&lexemes[i]) && !between_names(lexemes, start, i);
    if let Some(cut) = (start + 1..end).find(|&i| {
        let word = &lexemes[i];
        // «مينغ تشي كو Ming-Chi Kuo».
        let script = word.key.is_ascii() != lexemes[start].key.is_ascii();
        word.is_word() && (word.conjunction || word.preposition.is_some() || title(i) || wish(i) || script)
    }) {
        end = cut;
    }
    let linked =
        |end: usize| end > start + 1 && is_link(&lexemes[end - 2].stem) && !conditional(&lexemes[end - 2]);
    let loose = |at: usize| {
        unlikely(&lexemes[at])
            || thing(lexemes, start, at)
            || at > start && (joined(&lexemes[at]) || conditional(&lexemes[at]) || past(&lexemes[at]))
            || distinguished(lexemes, at)
    };
    while end > start && loose(end - 1) && !linked(end) {
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
    let other = is_other(&words[0].stem) || (words[0].nameness == Nameness::No && words[0].definite());
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
