//! Datelines: where a story was written, and who carries it. They tell nothing of what it is about.

use std::sync::LazyLock;

use super::gazetteer::gazetteer;
use super::grammar::is_verb;
use crate::text::Token;
use crate::text::lexicon::WordClass;
use crate::text::phrase::PhraseTable;

static CARRIER_TABLE: LazyLock<PhraseTable<()>> =
    LazyLock::new(|| PhraseTable::new(WordClass::Carrier.words().map(|carrier| (carrier, ()))));

/// The longest dateline before its bracket, in tokens: «دبي، الإمارات العربية المتحدة».
const MAX_DATELINE: usize = 9;
/// The longest part of a dateline without a bracket, in words: «الدار البيضاء».
const MAX_TOWN: usize = 3;

/// How many tokens the dateline takes with which `tokens` begin: «دبي، الإمارات العربية المتحدة (CNN)—», «الدوحة –», «سالم نادر - الرباط:».
#[must_use]
pub fn length(tokens: &[Token]) -> Option<usize> {
    carried(tokens).or_else(|| town(tokens))
}

/// With who carries it in brackets.
fn carried(tokens: &[Token]) -> Option<usize> {
    let open = tokens.iter().take(MAX_DATELINE).position(|token| token.is_mark('('))?;
    if !tokens[..open].iter().all(|token| token.is_word() || token.is_comma() || is_dash(token)) {
        return None;
    }
    let close = open + bracket_length(&tokens[open..], ')')?;
    if !is_carrier(&tokens[open + 1..close - 1]) {
        return None;
    }
    let dashes = tokens[close..].iter().take_while(|token| is_dash(token) || token.is_mark(':')).count();
    (dashes > 0).then_some(close + dashes)
}

/// «الدوحة – احتفل المعهد»: a town and a dash before a verb; «سالم نادر - الرباط: احتفل المعهد»: names and a town, parted by dashes,
/// before a colon. «الرباط - فاس: خط جديد» has nothing but towns: a line between them.
fn town(tokens: &[Token]) -> Option<usize> {
    let part =
        |tokens: &[Token]| tokens.iter().take(MAX_TOWN + 1).take_while(|token| token.is_word()).count();
    let is_town = |tokens: &[Token]| {
        let key = tokens.iter().map(|token| &*token.key).collect::<Vec<_>>().join(" ");
        gazetteer().sense(&key).is_some_and(|sense| sense.city > 0 || sense.capital != 0)
    };
    let (mut at, mut towns, mut parts) = (0, 0, 0);
    loop {
        let words = part(&tokens[at..]);
        if words == 0 || words > MAX_TOWN || at > MAX_DATELINE {
            return None;
        }
        towns += usize::from(is_town(&tokens[at..at + words]));
        parts += 1;
        at += words;
        let mark = tokens.get(at)?;
        if mark.is_mark(':') {
            return (parts > 1 && (1..parts).contains(&towns)).then_some(at + 1);
        }
        if !is_dash(mark) {
            return None;
        }
        at += 1;
        let acts = |next: &Token| is_verb(&next.key) && !is_town(std::slice::from_ref(next));
        if parts == 1 && towns == 1 && tokens.get(at).is_some_and(acts) {
            return Some(at);
        }
    }
}

fn is_dash(token: &Token) -> bool {
    // A tatweel that stands alone is a dash as well: «القاهرة (رويترز) ـ قال».
    token.key.is_empty() || ['-', '–', '—', '―'].iter().any(|&dash| token.is_mark(dash))
}

/// Length in tokens of the short bracket that `tokens` open with, both brackets included.
fn bracket_length(tokens: &[Token], closing: char) -> Option<usize> {
    tokens.iter().take(8).position(|token| token.is_mark(closing)).map(|at| at + 1)
}

/// Whether `tokens` name who carries news: «رويترز».
#[must_use]
pub fn is_carrier(tokens: &[Token]) -> bool {
    CARRIER_TABLE.opening(tokens).is_some_and(|(length, ())| length == tokens.len())
}
