//! Titles around a name: «وزير الخارجية الأمريكي أنتوني بلينكن», «أنتوني بلينكن، وزير الخارجية الأمريكي،».
//!
//! A title is a head noun (`data/lists/titles.tsv`) with what it governs. [`before`] walks left from a name to the head,
//! [`after`] reads an apposition behind it, [`phrase`] turns the words into a role and finds its countries.

use std::ops::Range;

use foldhash::HashMap;

use super::gazetteer::BodyKind;
use super::gazetteer::titles::{Count, Form, Head, TitleClass};
use super::lexicon::Class;
use super::reading::{Lexeme, Nameness};

mod bounds;
mod forward;
mod link;
pub mod phrase;
mod walk;

use crate::text::lexicon::WordClass;
pub use forward::forward;
use forward::{secretary, trim};
use walk::walk;

/// Most words of a title.
const LONGEST: usize = 14;

/// The prepositions that a title goes over: «المتحدث باسم», «السفير في», «المبعوث إلى».
const LINKS: &[&str] = &["باسم", "في", "من", "لدي", "الي", "عن", "علي", "لشوون"];

/// Whether the word is one of them; «علي» is a name as well: «مؤسس شركة \[علي\] بابا».
fn links(word: &Lexeme<'_>) -> bool {
    LINKS.contains(&word.key) && (word.key != "علي" || word.class == Class::Particle)
}

/// Where a title stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Right before the name, so that a nationality at its end is the holder's: «مدرب ليفربول الألماني \[يورغن كلوب\]».
    Adjacent,
    /// Behind the name, and over: «رونالدو، عندما كان لاعبا في مانشستر».
    Once,
    /// Behind the name, or apart from it, so that it may be a club's: «محمد صلاح، مهاجم ليفربول الإنجليزي».
    Apart,
}

/// A title as it stands in the text.
#[derive(Clone, Debug)]
pub struct Title {
    /// Its tokens, head first.
    pub tokens: Range<usize>,
    /// Its head.
    pub head: &'static Head,
    /// Where it stands.
    pub position: Position,
}

/// The titles right before names, by the first token of the name.
pub type Titles = HashMap<usize, Title>;

/// The title right before the name that begins at `name`, if there is one.
///
/// What is said with a name is passed over («الأمير فيصل», «سمو الشيخ محمد»), and so is a comma («وزير الخارجية، لويجي
/// دي مايو»); where nothing else is found, it is the title.
#[must_use]
pub fn before(lexemes: &[Lexeme<'_>], name: usize) -> Option<Title> {
    let sentence = lexemes.get(name)?.sentence;
    // «قرأ الطلاب [لإرنست هيمنغواي]».
    if lexemes[name].preposition.is_some() || lexemes[name].conjunction {
        return None;
    }
    let mut end = name;
    let mut said: Option<Title> = None;
    let mut comma = false;
    while let Some(word) = end.checked_sub(1).map(|i| &lexemes[i]).filter(|w| w.sentence == sentence) {
        match word.head {
            Some(head)
                if matches!(head.class, TitleClass::Honour | TitleClass::Rank)
                    && !(head.everyday && end != name)
                    && !team(lexemes, end - 1) =>
            {
                end -= 1;
                if said.as_ref().is_none_or(|t| t.head.class == TitleClass::Honour) {
                    said = Some(Title { tokens: end..end + 1, head, position: Position::Adjacent });
                }
                if !word.bare() {
                    return said;
                }
            }
            // The second and third word of «صاحب السمو الملكي», «الفريق أول».
            None if word.bare() && in_rank(lexemes, end - 1) => {
                end -= 1;
            }
            None if WordClass::Called.contains(word.key) && end == name => end -= 1,
            // «الأستاذ "[حاتم سليمان]"».
            None if word.is_quote() && end == name && honoured(lexemes, end - 1) => end -= 1,
            // «العاهل السعودي #الملك_سلمان».
            None if word.is_mark('#') || word.is_mark('_') => end -= 1,
            None if word.is_mark('،') && !comma && lexemes[name].bare() => {
                comma = true;
                end -= 1;
            }
            _ => break,
        }
    }
    let position = if comma { Position::Apart } else { Position::Adjacent };
    let mut found = walk(lexemes, end, sentence).map(|(at, head)| Title { tokens: at..end, head, position });
    // «لاعب مانشستر يونايتد، [البلجيكي] مروان فيلايني».
    if let Some(comma) =
        end.checked_sub(2).filter(|&i| lexemes[i].is_mark('،') && lexemes[i].sentence == sentence)
        && lexemes[end - 1].is_nisba()
        && lexemes[end - 1].definite()
        && lexemes[end - 1].bare()
        && found.is_none()
    {
        found = walk(lexemes, comma, sentence)
            .filter(|(at, head)| comma - at > 1 || head.definite())
            .map(|(at, head)| Title { tokens: at..end, head, position });
    }
    // «المتحدث باسم الرئاسة المصرية، السفير بسام راضي»: the fuller of two titles.
    if let Some(title) = &found
        && title.tokens.len() == 1
        && title.head.definite()
        && let Some(comma) = title.tokens.start.checked_sub(1).filter(|&i| lexemes[i].is_mark('،'))
        && let Some((at, head)) = walk(lexemes, comma, sentence)
        && comma - at > 2
    {
        found = Some(Title { tokens: at..comma, head, position: Position::Apart });
    }
    let found = found.map(|title| {
        let end = trim(lexemes, title.tokens.start, title.tokens.end);
        Title { tokens: title.tokens.start..end, ..title }
    });
    found.filter(|title| !genitive(lexemes, title) && !crowd(lexemes, title, name)).or(said)
}

/// Whether a word that is said with names stands right before `at`.
fn honoured(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| &lexemes[i]).filter(|word| word.sentence == lexemes[at].sentence);
    before.and_then(|word| word.head).is_some_and(|head| head.class == TitleClass::Honour)
}

/// Whether «الفريق» is whom the title before it leads, or where somebody plays, and no rank: «مدرب الفريق», «زميله في الفريق، كيفين».
fn team(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let led = at.checked_sub(1).map(|i| &lexemes[i]).filter(|l| l.sentence == lexemes[at].sentence);
    &*lexemes[at].stem == "الفريق"
        && led.is_some_and(|l| {
            l.head.is_some_and(|h| h.form == Form::Bare) || matches!(l.key, "في" | "من" | "مع")
        })
}

/// Whether the word at `at` is the second or third of a rank: «صاحب \[السمو الملكي\]», «الفريق \[أول\]», but not «الأميرة كريستينا
/// \[أول\] فرد».
fn in_rank(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let ranked = at.checked_sub(1).is_some_and(|i| {
        // «العميد الركن [المتقاعد]».
        let i = if lexemes[i].stem == "الركن" { i.saturating_sub(1) } else { i };
        lexemes[i].head.is_some_and(|h| matches!(h.class, TitleClass::Rank | TitleClass::Honour))
    });
    match &*lexemes[at].stem {
        "السمو" | "الملكي" => true,
        "اول" | "الركن" | "المتقاعد" => ranked,
        _ => false,
    }
}

/// Whether a plural has no names behind it, but a word that describes: «مهندسون طوروا اتصالات \[آمنة\]», «خبراء \[كبار\]».
fn crowd(lexemes: &[Lexeme<'_>], title: &Title, name: usize) -> bool {
    let second = lexemes.get(name + 1).is_some_and(|next| {
        next.is_word()
            && next.sentence == lexemes[name].sentence
            && (next.nameness >= Nameness::Maybe
                || (next.nameness == Nameness::Unknown
                    && next.bare()
                    && lexemes[name].nameness >= Nameness::Maybe))
    });
    title.head.count != Count::One && !second
}

/// Whether the head stands before the club of a player: «مدافع \[روبن كازان\]».
#[must_use]
pub fn plays_for(head: &Head) -> bool {
    head.form == Form::Bare && head.count == Count::One && WordClass::Player.contains(head.singular)
}

/// Whether the name is what the head governs, not its holder: «مستشار \[ترامب\]», «محامي "\[رونالدو\]"».
fn genitive(lexemes: &[Lexeme<'_>], title: &Title) -> bool {
    // «هدى الناظر مديرة أعمال [عمرو دياب]».
    let last = &lexemes[title.tokens.end - 1];
    if last.stem == "اعمال" && title.tokens.len() == 2 && title.position == Position::Adjacent {
        return true;
    }
    let words = lexemes[title.tokens.clone()].iter().filter(|l| l.is_word()).count();
    words == 1 && title.head.form == Form::Bare && title.head.count == Count::One
}

/// The title in apposition behind the name that ends at `name_end`: «…، وزير الخارجية الأمريكي،», «… (مدير المرصد)».
#[must_use]
pub fn after(lexemes: &[Lexeme<'_>], name_end: usize) -> Option<Title> {
    let sentence = lexemes.get(name_end.checked_sub(1)?)?.sentence;
    let within = |i: usize| lexemes.get(i).is_some_and(|l| l.sentence == sentence);
    let mut at = name_end;
    let mut apart = false;
    // «إيرين إيغان [Erin Egan]، مسؤولة الخصوصية».
    while within(at) && lexemes[at].is_word() && lexemes[at].key.is_ascii() {
        at += 1;
    }
    let open = at;
    while within(at)
        && (lexemes[at].is_mark('،')
            || lexemes[at].is_mark('(')
            || lexemes[at].is_mark(',')
            || lexemes[at].is_quote())
    {
        apart |= !lexemes[at].is_quote();
        at += 1;
        if at > open + 2 {
            return None;
        }
    }
    if let Some(title) = once_held(lexemes, at) {
        return Some(title);
    }
    let relative = within(at) && matches!(lexemes[at].key, "وهو" | "وهي" | "الذي" | "التي");
    if relative {
        // «الذي يشغل منصب …», «التي تتولى الآن منصب …».
        let post = (at + 1..at + 4).find(|&i| within(i) && WordClass::Post.contains(&lexemes[i].stem));
        match post {
            Some(post) => at = post + 1,
            None if matches!(lexemes[at].key, "وهو" | "وهي") => at += 1,
            None => return None,
        }
    }
    while within(at)
        && lexemes[at]
            .head
            .is_some_and(|h| matches!(h.class, TitleClass::Honour | TitleClass::Rank) && !h.everyday)
    {
        at += 1;
    }
    // «…، كسفير لبلاده».
    if !within(at) || lexemes[at].conjunction || lexemes[at].preposition.is_some_and(|p| p != 'ك') {
        return None;
    }
    if let Some(title) = member(lexemes, at, apart) {
        return Some(title);
    }
    // «رامي البدوي (النجم الساحلي)»: his club.
    if phrase::listed_body(&lexemes[at..]).is_some_and(|(kind, _)| kind == BodyKind::Sport) {
        return None;
    }
    let head = lexemes[at].head.filter(|h| {
        !matches!(h.class, TitleClass::Honour | TitleClass::Rank | TitleClass::Peer) && !h.everyday
    })?;
    // «قال أغوستي ألكوبيرو نائب رئيس الجمعية»: without a comma, only with what it governs.
    let governs = within(at + 1)
        && lexemes[at + 1].bare()
        && (lexemes[at + 1].head.is_some()
            || lexemes[at + 1].definite()
            || secretary(lexemes, at + 1)
            // «طارق الشريف رئيس كنفدرالية المواطنة».
            || (matches!(head.class, TitleClass::Office | TitleClass::State)
                && lexemes[at + 1].class == Class::Open
                && within(at + 2)
                && lexemes[at + 2].bare()
                && lexemes[at + 2].definite())
            // «سينول غونيش مدرب بشيكتاش»: a foreign name, which no list has as a person's.
            || (lexemes[at + 1].nameness == Nameness::Unknown && head.class == TitleClass::Office)
            // «لي هونغ رئيس شركة نيو», «بيلوتي مهاجم تورينو».
            || lexemes[at + 1].organization.is_some()
            || lexemes[at + 1].sense.club
            || lexemes[at + 1].sense.body != 0);
    if head.definite() && !apart && !relative && of_body(lexemes, name_end) {
        return None;
    }
    // «حض موسكوفيسي [الوزراء] على الإعلان», «وضع دجيكو [أصحاب] الأرض في المقدمة».
    let others = head.definite() && head.count != Count::One || head.count == Count::Many;
    if (head.class == TitleClass::Kin || others) && !apart && !relative {
        return None;
    }
    let holds = apart || relative || head.definite() || (governs && head.form == Form::Bare);
    if !holds {
        return None;
    }
    let end = forward(lexemes, at);
    // «التقى ترامب الرئيس الروسي فلاديمير بوتين»: the title belongs to the name behind it.
    let next_name = (at + 1..=end).any(|i| {
        within(i)
            && lexemes[i].nameness == Nameness::Strong
            && lexemes[i].bare()
            && lexemes[i].evidence.given >= 4
    });
    // «موسم رمضان [المقرر] عرضه»: it is planned, and nobody reports.
    let planned = head.singular == "مقرر" && !(within(at + 1) && lexemes[at + 1].definite());
    if next_name && !apart || planned {
        return None;
    }
    Some(Title { tokens: at..end, head, position: Position::Apart })
}

/// Whether the name that ends at `end` tells whose a body is, so that what stands behind it may describe that: «\[حكومة تيريزا ماي\] المحافظة».
fn of_body(lexemes: &[Lexeme<'_>], end: usize) -> bool {
    let sentence = lexemes[end - 1].sentence;
    let mut before = lexemes[..end].iter().rev().take_while(|word| word.sentence == sentence);
    let noun = before.find(|word| !word.is_word() || word.nameness < Nameness::Maybe);
    noun.is_some_and(|noun| noun.organization.is_some() && !noun.definite())
}

/// «رونالدو، عندما كان لاعبا في مانشستر»: what somebody was.
fn once_held(lexemes: &[Lexeme<'_>], at: usize) -> Option<Title> {
    let [opener, was, office] = lexemes.get(at..at + 3)? else { return None };
    let once = matches!(opener.key, "عندما" | "حين" | "حينما" | "لما") && matches!(was.key, "كان" | "كانت");
    let head = office
        .head
        .filter(|h| matches!(h.class, TitleClass::Office | TitleClass::State | TitleClass::Work))?;
    let accusative =
        !head.definite() && office.sentence == opener.sentence && (office.stem.ends_with(['ا', 'ه']));
    (once && accusative).then(|| {
        let end = forward(lexemes, at + 2);
        Title { tokens: at + 2..end, head, position: Position::Once }
    })
}

/// «فيونا مايلز، من المنظمة في جنوب أفريقيا،»: whom somebody belongs to, told between commas.
fn member(lexemes: &[Lexeme<'_>], at: usize, apart: bool) -> Option<Title> {
    static OF: Head = Head {
        class: TitleClass::Office,
        singular: "من",
        feminine: false,
        count: Count::One,
        form: Form::Bare,
        everyday: false,
    };
    let sentence = lexemes[at].sentence;
    let next = lexemes.get(at + 1).filter(|l| apart && lexemes[at].key == "من" && l.sentence == sentence)?;
    let known = next.organization.is_some() || next.sense.body != 0;
    let end = forward(lexemes, at);
    let closes = lexemes.get(end).is_none_or(|l| !l.is_word() || l.sentence != sentence);
    (known && closes && end > at + 1).then_some(Title {
        tokens: at..end,
        head: &OF,
        position: Position::Apart,
    })
}

/// The title whose head stands at `at`, whoever holds it: «وزير الخارجية المصري».
#[must_use]
pub fn alone(lexemes: &[Lexeme<'_>], at: usize) -> Option<Title> {
    let head = lexemes[at]
        .head
        .filter(|h| matches!(h.class, TitleClass::State | TitleClass::Office) && !h.everyday)?;
    let end = forward(lexemes, at);
    // «أجرى وزير الدفاع التركي اتصالا هاتفيا»: behind the nationality only what describes or governs goes on.
    let goes_on = |i: usize| lexemes.get(i).is_some_and(|l| l.definite() || l.is_nisba() || links(l));
    let nationality = (at + 1..end).find(|&i| lexemes[i].is_nisba() && !goes_on(i + 1));
    Some(Title { tokens: at..nationality.map_or(end, |i| i + 1), head, position: Position::Apart })
}
