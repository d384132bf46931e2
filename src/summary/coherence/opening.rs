//! What a sentence opens with, and whether that hangs on the sentence before.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::Cause;
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;
use crate::text::phrase::{PhraseTable, folded, phrases};
use crate::text::quotation::is_quotation_mark;
use crate::text::speech::{self, Speech, is_complementizer, is_without_speaker};
use crate::text::{Token, TokenKind};

/// Why a sentence of these `tokens` leans on the one before it; under `headline`, which stands above both.
#[must_use]
pub fn cause(tokens: &[Token], headline: &[Token]) -> Option<Cause> {
    let marks = tokens.iter().take_while(|token| !token.is_word() && token.kind != TokenKind::Number);
    let tokens = &tokens[marks.count()..];
    let first = tokens.first()?;
    if CONNECTIVE_TABLE.opening(tokens).is_some_and(|(_, links)| links) {
        return Some(Cause::Connective);
    }
    if PRONOUN_TABLE.opening(tokens).is_some() {
        return Some(Cause::Pronoun);
    }
    if has_object_pronoun(&first.key) {
        return Some(Cause::Pronoun);
    }
    if is_pointing_back(tokens, headline) {
        return Some(Cause::Demonstrative);
    }
    // «و أضاف»: the conjunction may stand apart.
    let apart = usize::from(&*first.key == "و" && tokens.len() > 1);
    let tokens = &tokens[apart..];
    match speech::opening(tokens)? {
        Speech::Continues => Some(Cause::Continuation),
        Speech::Begins if is_without_speaker(tokens) => Some(Cause::Speaker),
        Speech::Begins => is_short_reference(&tokens[1..]).then_some(Cause::Reference),
    }
}

/// Whether a sentence of these `tokens` opens with a clause that its own main clause follows.
#[must_use]
pub fn is_subordinate(tokens: &[Token]) -> bool {
    SUBORDINATE_TABLE.opening(tokens).is_some() && tokens.iter().any(|token| token.is_mark('،'))
}

/// Whether `key` is a verb with its object in front of the subject: «ويتزعمه نائب الرئيس», «يقودها».
/// Not «يشبه», «يواجه» (the rest is no word of the news), nor «يومية» (the rest is a nisba).
fn has_object_pronoun(key: &str) -> bool {
    let verb = key.strip_prefix(['و', 'ف']).filter(|rest| rest.starts_with('ي')).unwrap_or(key);
    let is_no_nisba = |rest: &&str| !rest.ends_with('ي');
    let rest = verb.strip_suffix("ها").or_else(|| verb.strip_suffix('ه').filter(is_no_nisba));
    rest.filter(|rest| rest.starts_with('ي') && rest.chars().nth(2).is_some()).is_some_and(|rest| {
        let words = DocumentFrequencies::words();
        words.count(rest) > words.count(verb) * KNOWN_VERB
    })
}

/// A pronoun is split off where the verb alone is at least this often a word of its own.
const KNOWN_VERB: f32 = 0.05;

/// How far into a sentence a demonstrative still opens it, in tokens.
const OPENING_TOKENS: usize = 5;
/// A demonstrative that stands nearer to the start goes on with what was said, whatever the headline names.
const HEADLINE_TOKENS: usize = 2;
/// How far in the first reported clause is looked for: «قال وزير الخارجية الإيطالي إن هذا…».
const REPORT_TOKENS: usize = 12;

/// Whether the sentence opens on a demonstrative whose noun it has not named itself.
fn is_pointing_back(tokens: &[Token], headline: &[Token]) -> bool {
    let opening = tokens.iter().take(OPENING_TOKENS).take_while(|token| !token.is_mark('،'));
    let in_opening = opening.enumerate().find(|(_, token)| is_demonstrative(token)).map(|(at, _)| at);
    let reported =
        tokens.iter().take(REPORT_TOKENS).position(|token| is_complementizer(&token.key)).map(|at| at + 1);
    let in_report = reported.filter(|&at| tokens.get(at).is_some_and(is_demonstrative));
    [in_opening, in_report].into_iter().flatten().any(|at| {
        // «بما في ذلك» points at nothing before; «هذا العام» points at the day of writing.
        let including = at >= 1
            && &*tokens[at - 1].key == "في"
            && tokens.get(at.wrapping_sub(2)).is_some_and(|t| t.key.ends_with("ما"));
        let noun = tokens.get(at + 1);
        let timed = noun.is_some_and(|noun| WordClass::PointedTime.contains(&noun.key));
        // What the headline names is known, but «ويأتي هذا القرار بعد» goes on all the same.
        let headline = if at < HEADLINE_TOKENS { &[] } else { headline };
        let known = || tokens[..at].iter().chain(headline);
        let named = noun.is_some_and(|noun| known().any(|token| is_same_noun(&token.key, &noun.key)));
        !including && !timed && !named
    })
}

fn is_demonstrative(token: &Token) -> bool {
    let key = token.key.as_ref();
    DEMONSTRATIVE_KEYS.contains(key)
        || key.strip_prefix(['و', 'ف']).is_some_and(|bare| DEMONSTRATIVE_KEYS.contains(bare))
}

/// «قرارا» and «القرار», «خطة» and «الخطة»: the same noun with and without the article.
fn is_same_noun(earlier: &str, definite: &str) -> bool {
    definite.strip_prefix("ال").is_some_and(|bare| bare.chars().count() >= 3 && earlier.contains(bare))
}

/// Whether the subject after a verb of saying is one short definite word and no more: «المصدر إن»,
/// «المتحدث:», «المصدر نفسه أن», «الوزير في بيان»; not «المسؤول في الوزارة سامي الحداد».
fn is_short_reference(tokens: &[Token]) -> bool {
    let [subject, next, rest @ ..] = tokens else { return false };
    if !WordClass::Reference.contains(&subject.key) {
        return false;
    }
    let is_mark =
        matches!(next.kind, TokenKind::Mark(mark) if is_quotation_mark(mark) || "،:,.".contains(mark));
    is_mark
        || is_complementizer(&next.key)
        || match next.key.as_ref() {
            key if WordClass::BehindReference.contains(key) => true,
            "في" | "عبر" | "علي" => {
                rest.first().is_some_and(|noun| WordClass::SayingOccasion.contains(&noun.key))
            }
            "عن" => subject.key.ends_with('ه') || WordClass::SourceSite.contains(&subject.key),
            _ => false,
        }
}

/// Links that also open a whole period: «بينما ينعى العالم الفنان، أعلنت أسرته موعد الجنازة».
const SUBORDINATES: &str = "بينما، فيما، في حين";

/// Closed class: phrases of conjunctions that begin like a link and are none: «وفيما يتعلق بالأجور، رفضت النقابة».
const NO_CONNECTIVES: &str = "\
    فيما يتعلق، فيما يخص، في حين أن، كما كان متوقعا";

/// Closed class: pronouns, and prepositions with a pronoun, that open a sentence: «وهو أكبر ميناء».
const PRONOUNS: &str = "\
    هو، هي، هم، هما، هن، إنه، إنها، إنهم، إنهما، له، لها، لهم، لديه، لديها، لديهم، منه، منها، منهم، \
    بينهم، بينها، من بينهم، من بينها، من بينهما، فيه، فيها، عنه، عنها، معه، معها، عليها، إليه، إليها، \
    أنه، أنها، كان قد، كانت قد، كانوا، كان من بينهم، من هؤلاء، من خلاله، من خلالها، بسببه، بسببها، \
    كلاهما، كلتاهما، بعضهم، بعضها، معظمهم، معظمها، جميعهم، أحدهم، آخرون";

/// Closed class: demonstratives, which point back: «ويأتي هذا القرار».
const DEMONSTRATIVES: &str = "\
    هذا، هذه، ذلك، تلك، هؤلاء، هذان، هذين، هاتان، هاتين، أولئك، بهذا، بهذه، لهذا، لهذه، لذلك، بذلك، لتلك، \
    بتلك";

static CONNECTIVE_TABLE: LazyLock<PhraseTable<bool>> = LazyLock::new(|| {
    let links = WordClass::Connective.words().map(|phrase| (phrase, true));
    PhraseTable::new(links.chain(phrases(NO_CONNECTIVES).map(|phrase| (phrase, false))))
});
static SUBORDINATE_TABLE: LazyLock<PhraseTable<()>> =
    LazyLock::new(|| PhraseTable::new(phrases(SUBORDINATES).map(|phrase| (phrase, ()))));
static PRONOUN_TABLE: LazyLock<PhraseTable<()>> =
    LazyLock::new(|| PhraseTable::new(phrases(PRONOUNS).map(|phrase| (phrase, ()))));
static DEMONSTRATIVE_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(DEMONSTRATIVES)));
