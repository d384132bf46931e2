//! Titles around a name: «وزير الخارجية الأمريكي أنتوني بلينكن», «أنتوني بلينكن، وزير الخارجية الأمريكي،».
//!
//! A title is a head noun (`data/lists/titles.tsv`) with what it governs. [`before`] walks left from a name to the head,
//! [`after`] reads an apposition behind it, [`phrase`] turns the words into a role and finds its countries.

use std::ops::Range;

use foldhash::HashMap;

use super::gazetteer::BodyKind;
use super::gazetteer::titles::{Count, Form, Head, TitleClass};
use super::lexicon::Class;
use super::morphology::{Nameness, TokenAnalysis};

mod backward;
mod bounds;
mod forward;
pub mod phrase;
mod preposition;

use crate::text::lexicon::WordClass;
use backward::find_head;
pub use forward::forward;
use forward::{is_general, trim};

/// Most words of a title.
const LONGEST: usize = 14;

/// Closed class: the prepositions that a title goes over: «المتحدث باسم», «السفير في», «المبعوث إلى».
const LINKS: &[&str] = &["باسم", "في", "من", "لدي", "الي", "عن", "علي", "لشوون"];

/// Whether the word is one of them; «علي» is a name as well: «مؤسس شركة \[علي\] بابا».
fn is_title_preposition(word: &TokenAnalysis<'_>) -> bool {
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
pub fn before(analyses: &[TokenAnalysis<'_>], name: usize) -> Option<Title> {
    let sentence = analyses.get(name)?.sentence;
    // «قرأ الطلاب [لإرنست هيمنغواي]».
    if analyses[name].preposition.is_some() || analyses[name].has_conjunction {
        return None;
    }
    let mut end = name;
    let mut said: Option<Title> = None;
    let mut comma = false;
    while let Some(word) = end.checked_sub(1).map(|i| &analyses[i]).filter(|w| w.sentence == sentence) {
        match word.head {
            Some(head)
                if matches!(head.class, TitleClass::Honour | TitleClass::Rank)
                    && !(head.is_everyday && end != name) =>
            {
                end -= 1;
                if said.as_ref().is_none_or(|t| t.head.class == TitleClass::Honour) {
                    said = Some(Title { tokens: end..end + 1, head, position: Position::Adjacent });
                }
                if !word.is_bare() {
                    return said;
                }
            }
            // The second and third word of «صاحب السمو الملكي», «الفريق أول».
            None if word.is_bare() && is_in_rank(analyses, end - 1) => {
                end -= 1;
            }
            None if WordClass::Called.contains(word.key) && end == name => end -= 1,
            // «العاهل السعودي #الملك_سلمان».
            None if word.is_mark('#') || word.is_mark('_') => end -= 1,
            None if word.is_mark('،') && !comma && analyses[name].is_bare() => {
                comma = true;
                end -= 1;
            }
            _ => break,
        }
    }
    let position = if comma { Position::Apart } else { Position::Adjacent };
    let mut found =
        find_head(analyses, end, sentence).map(|(at, head)| Title { tokens: at..end, head, position });
    // «لاعب مانشستر يونايتد، [البلجيكي] مروان فيلايني».
    if let Some(comma) =
        end.checked_sub(2).filter(|&i| analyses[i].is_mark('،') && analyses[i].sentence == sentence)
        && analyses[end - 1].is_nationality()
        && analyses[end - 1].is_definite()
        && analyses[end - 1].is_bare()
        && found.is_none()
    {
        found = find_head(analyses, comma, sentence)
            .filter(|(at, head)| comma - at > 1 || head.is_definite())
            .map(|(at, head)| Title { tokens: at..end, head, position });
    }
    // «المتحدث باسم الرئاسة المصرية، السفير بسام راضي»: the fuller of two titles.
    if let Some(title) = &found
        && title.tokens.len() == 1
        && title.head.is_definite()
        && let Some(comma) = title.tokens.start.checked_sub(1).filter(|&i| analyses[i].is_mark('،'))
        && let Some((at, head)) = find_head(analyses, comma, sentence)
        && comma - at > 2
    {
        found = Some(Title { tokens: at..comma, head, position: Position::Apart });
    }
    let found = found.map(|title| {
        let end = trim(analyses, title.tokens.start, title.tokens.end);
        Title { tokens: title.tokens.start..end, ..title }
    });
    found.filter(|title| !is_genitive(analyses, title) && !is_crowd(analyses, title, name)).or(said)
}

/// Whether the word at `at` is the second or third of a rank: «صاحب \[السمو الملكي\]», «الفريق \[أول\]», but not «الأميرة كريستينا
/// \[أول\] فرد».
fn is_in_rank(analyses: &[TokenAnalysis<'_>], at: usize) -> bool {
    let ranked = at.checked_sub(1).is_some_and(|i| {
        // «العميد الركن [المتقاعد]».
        let i = if WordClass::RankMiddle.contains(&analyses[i].stem) { i.saturating_sub(1) } else { i };
        analyses[i].head.is_some_and(|h| matches!(h.class, TitleClass::Rank | TitleClass::Honour))
    });
    let stem = &analyses[at].stem;
    WordClass::HonourTail.contains(stem) || ranked && WordClass::RankTail.contains(stem)
}

/// Whether a plural has no names behind it, but a word that describes: «مهندسون طوروا اتصالات \[آمنة\]», «خبراء \[كبار\]».
fn is_crowd(analyses: &[TokenAnalysis<'_>], title: &Title, name: usize) -> bool {
    let second = analyses.get(name + 1).is_some_and(|next| {
        next.is_word()
            && next.sentence == analyses[name].sentence
            && (next.nameness >= Nameness::Maybe
                || (next.nameness == Nameness::Unknown
                    && next.is_bare()
                    && analyses[name].nameness >= Nameness::Maybe))
    });
    title.head.count != Count::One && !second
}

/// Whether the name is what the head governs, not its holder: «مستشار \[ترامب\]», «محامي "\[رونالدو\]"».
fn is_genitive(analyses: &[TokenAnalysis<'_>], title: &Title) -> bool {
    // «هدى الناظر مديرة أعمال [عمرو دياب]».
    let last = &analyses[title.tokens.end - 1];
    if WordClass::ManagedAffairs.contains(&last.stem)
        && title.tokens.len() == 2
        && title.position == Position::Adjacent
    {
        return true;
    }
    let words = analyses[title.tokens.clone()].iter().filter(|l| l.is_word()).count();
    words == 1 && title.head.form == Form::Bare && title.head.count == Count::One
}

/// The title in apposition behind the name that ends at `name_end`: «…، وزير الخارجية الأمريكي،», «… (مدير المرصد)».
#[must_use]
pub fn after(analyses: &[TokenAnalysis<'_>], name_end: usize) -> Option<Title> {
    let sentence = analyses.get(name_end.checked_sub(1)?)?.sentence;
    let within = |i: usize| analyses.get(i).is_some_and(|l| l.sentence == sentence);
    let mut at = name_end;
    let mut apart = false;
    // «إيرين إيغان [Erin Egan]، مسؤولة الخصوصية».
    while within(at) && analyses[at].is_word() && analyses[at].key.is_ascii() {
        at += 1;
    }
    let open = at;
    while within(at)
        && (analyses[at].is_mark('،')
            || analyses[at].is_mark('(')
            || analyses[at].is_mark(',')
            || analyses[at].is_quote())
    {
        apart |= !analyses[at].is_quote();
        at += 1;
        if at > open + 2 {
            return None;
        }
    }
    if let Some(title) = once_held(analyses, at) {
        return Some(title);
    }
    let relative = within(at) && matches!(analyses[at].key, "وهو" | "وهي" | "الذي" | "التي");
    if relative {
        // «الذي يشغل منصب …», «التي تتولى الآن منصب …».
        let post = (at + 1..at + 4).find(|&i| within(i) && WordClass::Post.contains(&analyses[i].stem));
        match post {
            Some(post) => at = post + 1,
            None if matches!(analyses[at].key, "وهو" | "وهي") => at += 1,
            None => return None,
        }
    }
    while within(at)
        && analyses[at]
            .head
            .is_some_and(|h| matches!(h.class, TitleClass::Honour | TitleClass::Rank) && !h.is_everyday)
    {
        at += 1;
    }
    // «…، كسفير لبلاده».
    if !within(at) || analyses[at].has_conjunction || analyses[at].preposition.is_some_and(|p| p != 'ك') {
        return None;
    }
    // «رامي البدوي (النجم الساحلي)»: his club.
    if phrase::listed_body(&analyses[at..]).is_some_and(|(kind, _)| kind == BodyKind::Sport) {
        return None;
    }
    let head = analyses[at].head.filter(|h| {
        !matches!(h.class, TitleClass::Honour | TitleClass::Rank | TitleClass::Peer) && !h.is_everyday
    })?;
    // «قال أغوستي ألكوبيرو نائب رئيس الجمعية»: without a comma, only with what it governs.
    let governs = within(at + 1)
        && analyses[at + 1].is_bare()
        && (analyses[at + 1].head.is_some()
            || analyses[at + 1].is_definite()
            || is_general(analyses, at + 1)
            // «طارق الشريف رئيس كنفدرالية المواطنة».
            || (matches!(head.class, TitleClass::Office | TitleClass::State)
                && analyses[at + 1].class == Class::Open
                && within(at + 2)
                && analyses[at + 2].is_bare()
                && analyses[at + 2].is_definite())
            // «سينول غونيش مدرب بشيكتاش»: a foreign name, which no list has as a person's.
            || (analyses[at + 1].nameness == Nameness::Unknown && head.class == TitleClass::Office)
            // «لي هونغ رئيس شركة نيو», «بيلوتي مهاجم تورينو».
            || analyses[at + 1].organization.is_some()
            || analyses[at + 1].sense.is_club
            || analyses[at + 1].sense.body != 0);
    // «حض موسكوفيسي [الوزراء] على الإعلان», «وضع دجيكو [أصحاب] الأرض في المقدمة».
    let others = head.is_definite() && head.count != Count::One || head.count == Count::Many;
    if (head.class == TitleClass::Kin || others) && !apart && !relative {
        return None;
    }
    let holds = apart || relative || head.is_definite() || (governs && head.form == Form::Bare);
    if !holds {
        return None;
    }
    let end = forward(analyses, at);
    // «التقى ترامب الرئيس الروسي فلاديمير بوتين»: the title belongs to the name behind it.
    let next_name = (at + 1..=end).any(|i| {
        within(i)
            && analyses[i].nameness == Nameness::Strong
            && analyses[i].is_bare()
            && analyses[i].evidence.given >= 4
    });
    // «موسم رمضان [المقرر] عرضه»: it is planned, and nobody reports.
    let planned =
        WordClass::AlsoPlanned.contains(head.singular) && !(within(at + 1) && analyses[at + 1].is_definite());
    if next_name && !apart || planned {
        return None;
    }
    Some(Title { tokens: at..end, head, position: Position::Apart })
}

/// «رونالدو، عندما كان لاعبا في مانشستر»: what somebody was.
fn once_held(analyses: &[TokenAnalysis<'_>], at: usize) -> Option<Title> {
    let [opener, was, office] = analyses.get(at..at + 3)? else { return None };
    let once = matches!(opener.key, "عندما" | "حين" | "حينما" | "لما") && matches!(was.key, "كان" | "كانت");
    let head = office
        .head
        .filter(|h| matches!(h.class, TitleClass::Office | TitleClass::State | TitleClass::Work))?;
    let accusative =
        !head.is_definite() && office.sentence == opener.sentence && (office.stem.ends_with(['ا', 'ه']));
    (once && accusative).then(|| {
        let end = forward(analyses, at + 2);
        Title { tokens: at + 2..end, head, position: Position::Once }
    })
}

/// The title whose head stands at `at`, whoever holds it: «وزير الخارجية المصري».
#[must_use]
pub fn alone(analyses: &[TokenAnalysis<'_>], at: usize) -> Option<Title> {
    let head = analyses[at]
        .head
        .filter(|h| matches!(h.class, TitleClass::State | TitleClass::Office) && !h.is_everyday)?;
    let end = forward(analyses, at);
    // «أجرى وزير الدفاع التركي اتصالا هاتفيا»: behind the nationality only what describes or governs goes on.
    let goes_on = |i: usize| {
        analyses.get(i).is_some_and(|l| l.is_definite() || l.is_nationality() || is_title_preposition(l))
    };
    let nationality = (at + 1..end).find(|&i| analyses[i].is_nationality() && !goes_on(i + 1));
    Some(Title { tokens: at..nationality.map_or(end, |i| i + 1), head, position: Position::Apart })
}
