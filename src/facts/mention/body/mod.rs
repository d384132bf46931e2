//! Bodies by their grammar: a head noun and what it takes.
//!
//! «وزارة الخارجية», «الجيش السوري», «منظمة حقوق الإنسان», «شركة سامسونغ», «هيئة تحرير الشام», «جامعة ستانفورد».

use foldhash::HashSet;

use super::tagged::Tagged;
use super::{Kind, Mention};
use crate::facts::gazetteer::Inflection;
use crate::facts::gazetteer::titles::TitleClass;
use crate::facts::lexicon::Class;
use crate::facts::reading::{Lexeme, Nameness};
use crate::facts::tagger::EntityKind;
use crate::text::TokenKind;
use crate::text::frequency::DocumentFrequencies;

mod complement;
mod extent;
mod heads;
mod state;

use extent::extent;
pub use heads::{HeadClass, head, of_state};
use state::OF_MANY;

/// Every body: the listed ones, grown where the text goes on, and those that the grammar finds.
#[must_use]
pub fn find(lexemes: &[Lexeme<'_>], listed: &[Mention], tagged: &[Tagged]) -> Vec<Mention> {
    let mut ends = vec![None; lexemes.len()];
    for mention in listed {
        if let Kind::Body(id) = mention.kind {
            ends[mention.tokens.start] = Some((mention.tokens.end, id));
        }
    }
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < lexemes.len() {
        if let Some((end, id)) = ends[at] {
            let grown = grow(lexemes, at, end);
            let id = if grown > end { 0 } else { id };
            mentions.push(Mention::new(lexemes, at..grown, Kind::Body(id)));
            at = grown;
            continue;
        }
        match head(&lexemes[at].stem).and_then(|class| extent(lexemes, at, class, &ends)) {
            Some((tokens, id)) => {
                at = tokens.end;
                mentions.push(Mention::new(lexemes, tokens, Kind::Body(id)));
            }
            None => at += 1,
        }
    }
    add_tagged(lexemes, tagged, &mut mentions);
    // «وزارتي الخارجية والخزانة [الأميركيتين]» are two.
    let of_two = |body: &Mention| {
        let last = &lexemes[body.tokens.end - 1];
        last.is_nisba() && last.definite() && last.stem.ends_with("تين")
    };
    mentions.retain(|body| !of_two(body));
    mentions
}

/// A general name made another's by the nationality word behind it: «الجمعية الوطنية [الكاتالونية]», «البنك المركزي [السوداني]».
fn grow(lexemes: &[Lexeme<'_>], at: usize, end: usize) -> usize {
    let [first, last] = [&lexemes[at], &lexemes[end - 1]];
    let Some(next) = lexemes.get(end).filter(|n| n.sentence == first.sentence && n.bare() && n.definite())
    else {
        return end;
    };
    let wanted = if first.stem.ends_with('ه') { Inflection::Feminine } else { Inflection::Masculine };
    // «رئيس الاتحاد الأوروبي لكرة القدم [السلوفيني] …»: a union of many has no nationality.
    let union = lexemes[at..end].iter().any(|word| OF_MANY.contains(&&*word.stem));
    let plain = !union && end - at > 1 && first.definite() && head(&first.stem).is_some() && !last.is_nisba();
    // «الجمعية الوطنية [الكاتالونية]»: a nation without a state.
    let rare = next.is_word()
        && next.evidence.documents <= 8
        && next.head.is_none()
        && next.stem.ends_with(if wanted == Inflection::Feminine { "يه" } else { "ي" });
    let nationality = next.is_nisba() && next.sense.inflection == wanted;
    if plain && (nationality || rare) { end + 1 } else { end }
}

/// What only the tagger sees, where it touches nothing that the grammar found.
fn add_tagged(lexemes: &[Lexeme<'_>], tagged: &[Tagged], mentions: &mut Vec<Mention>) {
    let mut taken = vec![false; lexemes.len()];
    for mention in mentions.iter() {
        taken[mention.tokens.clone()].fill(true);
    }
    let organizations = || tagged.iter().filter(|span| span.kind == EntityKind::Organization);
    let models: HashSet<&str> = organizations()
        .filter(|span| is_model(lexemes, span.tokens.start))
        .map(|span| lexemes[span.tokens.start].key)
        .collect();
    for span in organizations() {
        // «غالاكسي [وإل جي]»: two makers.
        let tokens = span.tokens.clone();
        let led = head(&lexemes[tokens.start].stem).is_some() || lexemes[tokens.start].definite();
        let second = (tokens.start + 1..tokens.end).find(|&i| !led && lexemes[i].conjunction);
        let tokens = tokens.start..second.unwrap_or(tokens.end);
        let words = &lexemes[tokens.clone()];
        if models.contains(words[0].key)
            || is_piece(lexemes, tokens.start)
            || words.len() == 1 && describes(lexemes, tokens.start) && !adds_to_noun(lexemes, tokens.start)
        {
            continue;
        }
        if taken[tokens.clone()].iter().any(|t| *t) || words.iter().all(|w| w.is_nisba() || !w.is_word()) {
            continue;
        }
        if !credible(words) || in_marks_of_work(lexemes, tokens.start) {
            continue;
        }
        // «النادي [البنزرتي]»: the noun belongs to the name.
        let noun = usize::from(words.len() == 1 && adds_to_noun(lexemes, tokens.start));
        mentions.push(Mention::new(lexemes, tokens.start - noun..tokens.end, Kind::Body(0)));
    }
    mentions.sort_by_key(|m| m.tokens.start);
}

/// Nouns of what is made, whose names its makers gave it.
const MADE: &[&str] = &[
    "هاتف",
    "هاتفي",
    "هاتفيها",
    "هواتف",
    "جهاز",
    "حاسوب",
    "صاروخ",
    "صواريخ",
    "مقاتله",
    "مروحيه",
    "سفينه",
    "فيروس",
];

/// Whether the name of a thing that somebody makes begins at `at`: «هاتف [غالاكسي إس]».
fn is_model(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let noun = at.checked_sub(1).map(|i| &lexemes[i]).filter(|noun| noun.sentence == lexemes[at].sentence);
    noun.is_some_and(|noun| MADE.contains(&&*noun.stem))
}

/// Whether the word at `at` has the article and so has the noun before it: «المسجد [الحرام]».
fn describes(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let noun = at.checked_sub(1).map(|i| &lexemes[i]).filter(|noun| noun.sentence == lexemes[at].sentence);
    let word = &lexemes[at];
    word.definite() && word.bare() && noun.is_some_and(|noun| noun.definite() && noun.class == Class::Open)
}

/// Whether the word at `at` describes the noun of a body: «النادي [البنزرتي]».
fn adds_to_noun(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    describes(lexemes, at) && head(lexemes[at - 1].stem.trim_start_matches("ال")).is_some()
}

/// Whether what begins at `at` is the end of a name with dots: «بي.جيه.[يو إنترناشونال]».
fn is_piece(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let dot = at.checked_sub(1).map(|i| &lexemes[i]).filter(|dot| dot.is_mark('.'));
    dot.is_some_and(|dot| dot.span.end == lexemes[at].span.start)
}

/// Nouns of works, whose names stand in quotation marks behind them.
const WORKS: &[&str] = &[
    "فيلم",
    "فيلمي",
    "فيلمها",
    "فيلمه",
    "افلام",
    "مسلسل",
    "مسلسلي",
    "روايه",
    "كتاب",
    "اغنيه",
    "البوم",
    "مسرحيه",
    "لعبه",
    "برنامج",
    "لوحه",
];

/// Whether a work's name in quotation marks or brackets begins at `at`: «أفلام أخرى، هي "…" و"…"», «دوره في "…"».
fn in_marks_of_work(lexemes: &[Lexeme<'_>], at: usize) -> bool {
    let Some(open) = at.checked_sub(1).filter(|&i| is_quote(lexemes[i].kind) || lexemes[i].is_mark('('))
    else {
        return false;
    };
    lexemes[open.saturating_sub(30)..open]
        .iter()
        .rev()
        .take_while(|l| l.sentence == lexemes[at].sentence)
        .any(|l| is_work(&l.stem))
}

/// Whether the noun, with the article or without, is that of a work.
#[must_use]
pub fn is_work(noun: &str) -> bool {
    WORKS.contains(&noun.strip_prefix("ال").unwrap_or(noun))
}

/// Whether the tagger's words can be a name: no everyday word alone, no verb or preposition inside, no head without what it
/// takes.
fn credible(words: &[Lexeme<'_>]) -> bool {
    let [first, rest @ ..] = words else { return false };
    if rest.is_empty() {
        let quiet = first.class == Class::Open && first.head.is_none() && head(&first.stem).is_none();
        // «يتعامل».
        let verb = first.stem.strip_prefix('ل').unwrap_or(&first.stem).starts_with(['ي', 'ت'])
            && first.evidence.documents >= 4
            && first.evidence.surname == 0;
        // «كأس العالم» (whose «ك» looks like a clitic) is no body, nor is «مجموعة [قديمة]».
        let noun = ["كاس", "بطوله", "دوري"].contains(&first.key.trim_start_matches(['و', 'ل', 'ب']))
            || (first.stem.ends_with('ه')
                && !first.definite()
                && first.evidence.given.max(first.evidence.surname) == 0
                && first.evidence.documents >= 6)
            // «مجموعة [قصصية]».
            || (first.stem.ends_with("يه")
                && !first.definite()
                && first.evidence.given.max(first.evidence.surname) == 0
                && first.evidence.documents >= 2);
        return quiet && !verb && !noun && first.stem.chars().count() > 2 && first.evidence.documents <= 9;
    }
    // «ذا بي»: what is left of a name that was cut.
    if words.iter().all(|word| word.stem.chars().count() < 4) {
        return false;
    }
    let inside =
        |word: &Lexeme<'_>| !word.is_word() || (word.class == Class::Open && word.preposition != Some('ب'));
    // «معهد [للبنين]».
    if head(&first.stem).is_some() && !first.definite() && is_purpose(&rest[0]) {
        return false;
    }
    // «الشقيقتان ويليامز».
    if words.iter().any(|w| w.head.is_some_and(|h| h.class == TitleClass::Kin && !h.everyday)) {
        return false;
    }
    first.nameness > Nameness::No && rest.iter().all(inside)
        || (first.is_word()
            && first.class == Class::Open
            && (head(&first.stem).is_some() || first.definite())
            && rest.iter().all(|word| inside(word) && (word.definite() || word.nameness > Nameness::No)))
}

/// Whether a word says what something is for: «للبنين», «لدعم», which the news has as often as «دعم»; but not «لندن».
fn is_purpose(word: &Lexeme<'_>) -> bool {
    let words = DocumentFrequencies::words();
    let noun = word.stem.strip_prefix('ل').filter(|_| word.evidence.given.max(word.evidence.surname) == 0);
    word.preposition == Some('ل')
        || noun.is_some_and(|noun| 2.0 * words.count(noun) >= words.count(&word.stem).max(1.0))
}

/// Whether a token is a quotation mark.
#[must_use]
pub fn is_quote(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark('"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’'))
}
