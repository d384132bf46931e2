//! Titles around a name: «وزير الخارجية الأمريكي أنتوني بلينكن», «أنتوني بلينكن، وزير الخارجية الأمريكي،».
//!
//! A title is a head noun (`data/lists/titles.tsv`) with what it governs. [`before`] walks left from a name to the head,
//! [`after`] reads an apposition behind it, [`phrase`] turns the words into a role and finds its countries.

use std::ops::Range;

use foldhash::HashMap;

use super::gazetteer::titles::{Count, Form, Head, TitleClass};
use super::lexicon::Class;
use super::morphology::TokenAnalysis;

mod backward;
mod bounds;
mod forward;
pub mod phrase;
mod preposition;

use crate::text::lexicon::WordClass;
use backward::find_head;
pub use forward::forward;
use forward::trim;

/// Most words of a title.
const LONGEST: usize = 14;

/// Closed class: the prepositions that a title goes over: «المتحدث باسم», «السفير في», «المبعوث إلى».
const LINKS: &[&str] = &["باسم", "في", "من", "لدي", "الي", "عن", "علي", "لشوون"];

/// Whether the word is one of them; «علي» is a name as well: «مؤسس شركة \[علي\] بابا».
fn is_title_preposition(word: &TokenAnalysis<'_>) -> bool {
    LINKS.contains(&word.key) && (word.key != "علي" || word.class == Class::Particle)
}

/// A title as it stands in the text.
#[derive(Clone, Debug)]
pub struct Title {
    /// Its tokens, head first.
    pub tokens: Range<usize>,
    /// Its head.
    pub head: &'static Head,
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
                    said = Some(Title { tokens: end..end + 1, head });
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
    let found = find_head(analyses, end, sentence);
    let found = found.map(|(at, head)| Title { tokens: at..trim(analyses, at, end), head });
    found.filter(|title| !is_genitive(analyses, title)).or(said)
}

/// Whether the name is what the head governs, not its holder: «مستشار \[ترامب\]», «محامي "\[رونالدو\]"».
fn is_genitive(analyses: &[TokenAnalysis<'_>], title: &Title) -> bool {
    let words = analyses[title.tokens.clone()].iter().filter(|word| word.is_word()).count();
    words == 1 && title.head.form == Form::Bare && title.head.count == Count::One
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
    let head = analyses[at].head.filter(|h| {
        !matches!(h.class, TitleClass::Honour | TitleClass::Rank | TitleClass::Peer) && !h.is_everyday
    })?;
    // «حض موسكوفيسي [الوزراء] على الإعلان», «وضع دجيكو [أصحاب] الأرض في المقدمة».
    let is_of_others = head.count == Count::Many || head.is_definite() && head.count != Count::One;
    if (head.class == TitleClass::Kin || is_of_others) && !apart && !relative {
        return None;
    }
    let end = forward(analyses, at);
    Some(Title { tokens: at..end, head })
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
        Title { tokens: at + 2..end, head }
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
    Some(Title { tokens: at..nationality.map_or(end, |i| i + 1), head })
}
