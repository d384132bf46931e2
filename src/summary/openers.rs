//! What may be dropped in front of a sentence, and the credit behind it.
//!
//! Whole words go that say nothing: no negation, no condition, no number, no attribution of speech, no contrast. What is
//! taken is listed in `data/lexicon.tsv` ([`openers`]); nothing else is. The bare «و» of «وقال الوزير» stays: it is how an
//! Arabic sentence begins, nothing hangs on it, and guessing whether it belongs to the word («وصل»,
//! «وافق») would be worse than leaving it.

use std::sync::LazyLock;

use crate::facts::dateline::{self, is_carrier};
use crate::text::lexicon::WordClass;
use crate::text::phrase::PhraseTable;
use crate::text::speech::{is_complementizer, is_without_speaker, verb_of_saying};
use crate::text::{Token, TokenKind};

/// A kind of opener, with the condition on which it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opener {
    /// A discourse opener that adds no meaning, closed by a comma: «وفي السياق، أعلن…».
    Link,
    /// The same where editors leave the comma out and a verb of saying follows: «وفي السياق نفسه أعلن…».
    /// With a comma it goes as well.
    LinkBeforeVerb,
    /// «من جانبه، قال الوزير…»: points forward to the subject, so it goes only where the subject is named.
    Aside,
    /// «كما أعلن بلينكن…»: «كما» in front of a main verb. «كما قال الوزير، فإن…» (as he said) stays.
    Also,
    /// «هذا وقد أعلن…»: «هذا» as a mere connective before «و».
    This,
    /// A dateline: «دبي، الإمارات العربية المتحدة (CNN)—», «الدوحة –», «سالم نادر - الرباط:».
    Dateline,
    /// A list mark: «• », «- ».
    Bullet,
}

/// The discourse openers, each with its kind.
pub fn openers() -> impl Iterator<Item = (&'static str, Opener)> {
    let classes = [
        (WordClass::OpenerLink, Opener::Link),
        (WordClass::OpenerBeforeVerb, Opener::LinkBeforeVerb),
        (WordClass::OpenerAside, Opener::Aside),
    ];
    let listed =
        classes.into_iter().flat_map(|(class, kind)| class.words().map(move |phrase| (phrase, kind)));
    listed.chain([("كما", Opener::Also), ("هذا", Opener::This)])
}

static TABLE: LazyLock<PhraseTable<Opener>> = LazyLock::new(|| PhraseTable::new(openers()));

/// How many tokens the openers take with which `tokens` begin.
#[must_use]
pub fn droppable(tokens: &[Token]) -> usize {
    let mut first = 0;
    for _ in 0..MOST {
        let Some((length, _)) = front(&tokens[first..]) else { break };
        first += length;
    }
    first
}

/// The opener at the front of `tokens`: how many tokens it takes.
fn front(tokens: &[Token]) -> Option<(usize, Opener)> {
    let (length, opener) = bullet(tokens)
        .or_else(|| Some((dateline::length(tokens)?, Opener::Dateline)))
        .or_else(|| opener(tokens))?;
    let rest = &tokens[length..];
    let words = rest.iter().filter(|token| token.is_word()).take(MIN_WORDS_LEFT).count();
    (words == MIN_WORDS_LEFT && !has_fa_in_front(rest)).then_some((length, opener))
}

/// So many openers are dropped at most.
const MOST: usize = 4;
/// An opener stays that would leave fewer words than this.
const MIN_WORDS_LEFT: usize = 4;

fn bullet(tokens: &[Token]) -> Option<(usize, Opener)> {
    let mark = tokens.first()?;
    let is_bullet = "•▪●■◆◦*-–—·".chars().any(|bullet| mark.is_mark(bullet)) || mark.key.is_empty();
    is_bullet.then_some((1, Opener::Bullet))
}

fn opener(tokens: &[Token]) -> Option<(usize, Opener)> {
    let (length, opener) = TABLE.opening(tokens)?;
    let next = tokens.get(length)?;
    let comma = usize::from(next.is_comma());
    let rest = &tokens[length + comma..];
    let taken = match opener {
        Opener::Link => comma == 1,
        Opener::LinkBeforeVerb => comma == 1 || is_start_of_main_clause(rest),
        Opener::Aside => has_own_subject(rest),
        Opener::Also => comma == 0 && is_also(rest),
        Opener::This => comma == 0 && is_going_on_after_this(next),
        Opener::Dateline | Opener::Bullet => false,
    };
    taken.then_some((length + comma, opener))
}

/// Particles and verbs that begin a main clause beside the verbs of saying.
fn is_start_of_main_clause(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|token| {
        matches!(token.key.as_ref(), "تم" | "قد" | "لم" | "لن" | "يتم" | "سيتم" | "تمت" | "جري" | "يجري")
            || (verb_of_saying(&token.key).is_some() && !token.key.starts_with(['و', 'ف']))
    })
}

/// Whether a noun follows the verb that `tokens` open with: «قال الوزير», «رحب المتحدث», «أكدت ميركل».
fn has_own_subject(tokens: &[Token]) -> bool {
    let [verb, subject, ..] = tokens else { return false };
    if !verb.is_word() || !subject.is_word() || is_complementizer(&verb.key) {
        return false;
    }
    if verb_of_saying(&verb.key).is_some() {
        return !verb.key.starts_with(['و', 'ف']) && !is_without_speaker(tokens);
    }
    // Of other verbs the object may follow: «رحب بالقرار». Only a noun that can act is taken.
    let bare = subject.key.strip_prefix("ال").unwrap_or(&subject.key);
    !verb.key.starts_with(['و', 'ف', 'ب', 'ل']) && WordClass::ActingNoun.contains(bare)
}

/// Whether «كما» in front of `tokens` only links: a main verb follows, and no «ف…» answers it.
fn is_also(tokens: &[Token]) -> bool {
    let [verb, rest @ ..] = tokens else { return false };
    let key = verb.key.as_ref();
    // «كما أن»، «كما لو»، «كما هو معروف»، «كما في»، «كما كان»، «كما يبدو»: a clause of another kind.
    let other = is_complementizer(key) || WordClass::BehindAs.contains(key);
    if other || !verb.is_word() || key.starts_with("ال") || rest.len() < MIN_WORDS_LEFT {
        return false;
    }
    // «كما توقع،»، «كما يقول المثل،»: a comma at once, or the answer «فإن» later on.
    if rest.iter().take(2).any(Token::is_comma) || is_answer(rest) {
        return false;
    }
    // «كما ذكرت الصحيفة من قبل» is a comparison; of these verbs a report must follow.
    let reports = WordClass::ComparedReport.contains(key);
    !reports
        || rest
            .iter()
            .take(14)
            .any(|token| is_complementizer(&token.key) || token.is_mark(':') || token.key.as_ref() == "عن")
}

/// «…، فإن الحكومة», «…، فقد أعلن»: the clause that answers an opening «كما» or «أما».
fn is_answer(tokens: &[Token]) -> bool {
    tokens.windows(2).take(40).any(|pair| pair[0].is_comma() && has_fa_in_front(&pair[1..]))
}

fn has_fa_in_front(tokens: &[Token]) -> bool {
    tokens.first().is_some_and(|token| {
        let rest = token.key.strip_prefix('ف');
        rest.is_some_and(|rest| {
            is_complementizer(rest)
                || verb_of_saying(rest).is_some()
                || matches!(
                    rest,
                    "قد" | "لم"
                        | "لا"
                        | "لن"
                        | "هو"
                        | "هي"
                        | "هذا"
                        | "هذه"
                        | "كان"
                        | "كانت"
                        | "في"
                        | "من"
                        | "ليس"
                )
        })
    })
}

/// «هذا وقد أعلن», «هذا ويشارك», «هذا وقال»; not «هذا وزير».
fn is_going_on_after_this(next: &Token) -> bool {
    let Some(rest) = next.key.strip_prefix('و') else { return false };
    rest == "قد" || verb_of_saying(rest).is_some() || WordClass::BehindThis.contains(rest)
}

/// How many of `tokens` are left without the credit of an agency and the footnote marks at their end: «… أمس (أ ف ب)», `… 1990[3]`.
#[must_use]
pub fn without_credit(tokens: &[Token]) -> usize {
    let mut end = tokens.len();
    while let Some(start) = tail(&tokens[..end]) {
        end = start;
    }
    end
}

fn tail(tokens: &[Token]) -> Option<usize> {
    let last = tokens.last()?;
    let opening = if last.is_mark(')') {
        '('
    } else if last.is_mark(']') {
        '['
    } else {
        return None;
    };
    let length = tokens.iter().rev().take(8).position(|token| token.is_mark(opening))? + 1;
    let start = tokens.len() - length;
    let inside = &tokens[start + 1..tokens.len() - 1];
    let taken = if opening == '(' {
        // «وكالة الأنباء الوطنية (وان)» names an agency in full: no credit.
        is_carrier(inside)
            && !tokens[..start].iter().rev().take(5).any(|token| WordClass::AgencyNoun.has_end_of(&token.key))
    } else {
        !inside.is_empty() && inside.iter().all(|token| token.kind == TokenKind::Number)
    };
    (taken && start >= MIN_WORDS_LEFT).then_some(start)
}

#[cfg(test)]
mod tests;
