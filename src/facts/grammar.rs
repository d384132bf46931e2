//! What each word is to the clause around a number: a verb, a noun, or one of the small words that lead to it, part it or turn it.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::facts::gazetteer::gazetteer;
use crate::facts::lexicon::{self, other_gender};
use crate::facts::number::{WordList, list};
use crate::text::fold::fold;
use crate::text::frequency::DocumentFrequencies;
use crate::text::quotation::is_quotation_mark;
use crate::text::speech::{is_complementizer, participle_of_saying, verb_of_saying};
use crate::text::{Token, TokenKind};

/// The part that a token plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// «،», «؛», a dash.
    Comma,
    /// A quotation mark.
    Quote,
    /// A bracket.
    Bracket,
    /// «.», «:», «؟».
    Stop,
    /// Any other mark.
    Mark,
    /// Digits that are no figure, as a year.
    Number,
    /// «في», «على».
    Preposition,
    /// «فيها», «منهم», «له»: a preposition and whom it means, who was named before.
    Pointer,
    /// «هو», «هم».
    Pronoun,
    /// «هذا», «تلك».
    Demonstrative,
    /// «أن», «إنه».
    Complementizer,
    /// «الذي», «ممن», «ما».
    Relative,
    /// «بينما», «حيث», «لكن»: a clause of its own begins.
    Conjunction,
    /// «فقط», «سنويا», «أمس».
    Adverb,
    /// «لم», «قد», «إن», «كل»: a word that wants the next one.
    Particle,
    /// «كان», «أصبح», «تم».
    Auxiliary,
    /// «قال», «مضيفا».
    Saying,
    /// «بلغ», «تجاوزت», «بنسبة»: leads to an amount.
    Measure,
    /// Any other verb.
    Verb,
    /// A noun or an adjective with the article.
    Definite,
    /// A noun with the pronoun of its owner: «قيمته».
    Owned,
    /// A noun behind «ب», «ل» or «ك»: «بمشاركة».
    Joined,
    /// Any other word: «مقتل», «شركة», a name.
    Noun,
}

impl Part {
    /// Every part, in the order in which they are numbered for what is learnt.
    pub const ALL: [Self; 23] = [
        Self::Comma,
        Self::Quote,
        Self::Bracket,
        Self::Stop,
        Self::Mark,
        Self::Number,
        Self::Preposition,
        Self::Pointer,
        Self::Pronoun,
        Self::Demonstrative,
        Self::Complementizer,
        Self::Relative,
        Self::Conjunction,
        Self::Adverb,
        Self::Particle,
        Self::Auxiliary,
        Self::Saying,
        Self::Measure,
        Self::Verb,
        Self::Definite,
        Self::Owned,
        Self::Joined,
        Self::Noun,
    ];

    /// Whether the word is a verb of any kind.
    #[must_use]
    pub const fn is_verb(self) -> bool {
        matches!(self, Self::Auxiliary | Self::Saying | Self::Measure | Self::Verb)
    }

    /// Whether the word is a noun of any kind.
    #[must_use]
    pub const fn is_noun(self) -> bool {
        matches!(self, Self::Definite | Self::Owned | Self::Joined | Self::Noun)
    }

    /// Whether nothing can end on the word: it wants what follows.
    #[must_use]
    pub const fn is_incomplete(self) -> bool {
        matches!(
            self,
            Self::Preposition
                | Self::Demonstrative
                | Self::Complementizer
                | Self::Relative
                | Self::Conjunction
                | Self::Particle
                | Self::Auxiliary
                | Self::Saying
                | Self::Measure
                | Self::Pronoun
        )
    }
}

/// A token as the clause reads it.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Its part.
    pub part: Part,
    /// Whether «و» or «ف» stands in front of it.
    pub has_conjunction: bool,
}

/// Reads `token`, which belongs to no figure.
#[must_use]
pub fn read(source: &str, token: &Token) -> Word {
    let part = match token.kind {
        TokenKind::Mark(c) => mark(c),
        TokenKind::Number => Part::Number,
        TokenKind::Word => return word(source, token),
    };
    Word { part, has_conjunction: false }
}

/// Whether the folded word `key` is a noun without the article, as far as the word alone tells.
#[must_use]
pub fn is_bare_noun(key: &str) -> bool {
    closed(key).is_none() && !is_verb(key) && !key.starts_with("ال")
}

const fn mark(c: char) -> Part {
    match c {
        '،' | ',' | '؛' | ';' | '–' | '—' | '-' => Part::Comma,
        '.' | ':' | '؟' | '?' | '!' | '…' => Part::Stop,
        '(' | ')' | '[' | ']' => Part::Bracket,
        _ if is_quotation_mark(c) => Part::Quote,
        _ => Part::Mark,
    }
}

fn word(source: &str, token: &Token) -> Word {
    let key = &*token.key;
    if let Some(part) = closed(key) {
        return Word { part, has_conjunction: false };
    }
    let joined = has_conjunction(key);
    let rest = if joined { key.strip_prefix(['و', 'ف']).unwrap_or(key) } else { key };
    if let Some(part) = closed(rest).filter(|_| joined) {
        return Word { part, has_conjunction: joined };
    }
    let written = token.span.of(source);
    let participle = participle_of_saying(rest).is_some() && !written.ends_with('ه');
    let part = if participle || verb_of_saying(rest).is_some() {
        Part::Saying
    } else if is_measure(rest) {
        Part::Measure
    } else if is_verb(rest) {
        Part::Verb
    } else if rest.starts_with("ال") {
        Part::Definite
    } else if ["لل", "بال", "كال"].iter().any(|front| rest.starts_with(front)) || is_joined(rest) {
        Part::Joined
    } else if rest.chars().count() > 4 && ["ها", "هم", "هن", "هما"].iter().any(|owner| rest.ends_with(owner))
        || rest.chars().count() > 3 && rest.ends_with("ته")
        || written.ends_with('ه') && rest.chars().count() > 3 && !written.ends_with("اه")
    {
        Part::Owned
    } else {
        Part::Noun
    };
    Word { part, has_conjunction: joined }
}

/// The part of a word of a closed class.
fn closed(key: &str) -> Option<Part> {
    if is_complementizer(key) {
        return Some(Part::Complementizer);
    }
    CLOSED.get(key).copied()
}

/// Whether a word begins with a preposition that is written to it: «بمشاركة», «لتمويل»; such a word is met less often than the noun, or
/// less often with the article.
fn is_joined(key: &str) -> bool {
    let words = DocumentFrequencies::words();
    let commoner = |rest: &str| words.count(rest) > words.count(key) || words.count_definite(rest) > RARE;
    let rest = key.strip_prefix(['ب', 'ل', 'ك']).filter(|rest| rest.chars().count() > 2);
    rest.is_some_and(|rest| !can_have_article(key) && commoner(rest))
}

/// Whether the folded word `key` is a noun as it stands, since it is met with the article, itself or without its owner: «بضائع»,
/// «كلفته» («الكلفة»).
fn can_have_article(key: &str) -> bool {
    let words = DocumentFrequencies::words();
    let is_met = |noun: &str| words.count_definite(noun) >= RARE;
    let owned = || ["ها", "هم", "ه"].iter().find_map(|owner| key.strip_suffix(owner));
    let feminine = |noun: &str| noun.strip_suffix('ت').is_some_and(|noun| is_met(&format!("{noun}ه")));
    is_met(key) || owned().is_some_and(|noun| is_met(noun) || feminine(noun))
}

static CLOSED: LazyLock<HashMap<String, Part>> = LazyLock::new(|| {
    let mut closed = HashMap::new();
    for line in include_str!("../../data/lists/clause_words.tsv").lines() {
        let Some((class, words)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
        let part = match class {
            "preposition" => Part::Preposition,
            "pointer" => Part::Pointer,
            "pronoun" => Part::Pronoun,
            "demonstrative" => Part::Demonstrative,
            "relative" => Part::Relative,
            "conjunction" => Part::Conjunction,
            "auxiliary" => Part::Auxiliary,
            "measure" => Part::Measure,
            "adverb" => Part::Adverb,
            _ => Part::Particle,
        };
        for word in words.split(' ') {
            closed.entry(fold(word)).or_insert(part);
        }
    }
    closed
});

/// «بلغت», «لتصل», «سيصل».
fn is_measure(key: &str) -> bool {
    let measure = |key: &str| CLOSED.get(key) == Some(&Part::Measure);
    measure(key) || key.strip_prefix(['ل', 'س']).is_some_and(measure)
}

/// Whether the folded word `key` is a verb, told by the company of its forms in the news: an imperfect is met with
/// «سـ» («تصل», «ستصل»), a perfect with the «ت» of a feminine subject («أسفر», «أسفرت»), neither with the article.
#[must_use]
pub fn is_verb(key: &str) -> bool {
    if CLOSED.contains_key(key) || key.chars().count() < 3 {
        return false;
    }
    let words = DocumentFrequencies::words();
    let count = |word: &str| words.count(word);
    // A noun is met with the article as often as without; a verb is met with it where it is spelled like a noun.
    let noun = |word: &str, uses: f32| words.count_definite(word) >= (uses / NOUN_SHARE).max(RARE);
    // «تصل» has «ستصل» beside it, «يحتاج» has «تحتاج».
    let imperfect = |word: &str| {
        let other = || other_gender(word).is_some_and(|other| count(&other) >= RARE);
        is_imperfect(word)
            && count(word) >= RARE
            && (count(&format!("س{word}")) >= RARE || other())
            && !noun(word, count(word))
    };
    let future = key.strip_prefix('س').is_some_and(|rest| is_imperfect(rest) && count(rest) >= RARE);
    // «يملكونها», «قتلوا»
    let bare = ["ها", "هم", "ه"].iter().find_map(|object| key.strip_suffix(object)).unwrap_or(key);
    // «يصلون», «يقضون» (of «يقضي»).
    let plural = |word: &str| {
        let stem = word.strip_suffix("وا").or_else(|| word.strip_suffix("ون"));
        stem.is_some_and(|stem| imperfect(stem) || imperfect(&format!("{stem}ي")))
    };
    if future || imperfect(key) || plural(key) || bare != key && (imperfect(bare) || plural(bare)) {
        return true;
    }
    // «قتلوا», «استخدمنا», «أسفرت»
    let many = key.strip_suffix("وا").or_else(|| key.strip_suffix("نا")).unwrap_or(key);
    let perfect = many.strip_suffix('ت').unwrap_or(many);
    let feminine = count(&format!("{perfect}ت"));
    // «بيانا» has «بيانات» beside it, but is no verb; «بدأ» has «يبدأ».
    perfect.chars().count() >= 3
        && (!perfect.ends_with('ا') || count(&format!("ي{perfect}")) >= RARE)
        && count(perfect) >= RARE
        && feminine >= RARE
        && !noun(perfect, feminine)
        && !is_name(key)
}

/// Whether `key` names people or places more often than it is a verb: «عمر» beside «عمرت», «سان» beside «سانت».
fn is_name(key: &str) -> bool {
    let evidence = gazetteer().evidence(key);
    lexicon::class(key) == lexicon::Class::Open && evidence.given.max(evidence.surname) >= OFTEN
}

/// Some sixteen people of the lists or more, as [`crate::facts::gazetteer::Evidence`] counts.
const OFTEN: u8 = 5;

fn is_imperfect(key: &str) -> bool {
    key.starts_with(['ي', 'ت', 'ن']) && key.chars().count() >= 3
}

/// Fewer articles than this may hold a word by mistake.
const RARE: f32 = 2.0;

/// A word that is met this many times as often without the article is a verb in most of them.
const NOUN_SHARE: f32 = 4.0;

/// «ويطالب», «وتصل», «وقد»: a conjunction joined to a word, and not a word that begins with و («وزير»).
#[must_use]
pub fn has_conjunction(key: &str) -> bool {
    let Some(rest) = key.strip_prefix('و').filter(|rest| rest.chars().count() > 1) else { return false };
    if closed(rest).is_some() {
        return true;
    }
    let words = DocumentFrequencies::words();
    // «وباء» is no «و» and «باء», «وادي» no «وأدى».
    rest.chars().count() > 2
        && !can_have_article(key)
        && (words.count(rest) > words.count(key) || is_verb(rest))
}

/// `key` without the conjunction that is joined to it: «\[و\]الدول الخمس».
#[must_use]
pub fn without_conjunction(key: &str) -> &str {
    key.strip_prefix('و').filter(|_| has_conjunction(key)).unwrap_or(key)
}

/// Prepositions that link the parts of a phrase.
pub static LINKS: WordList = LazyLock::new(|| {
    list(
        "في على إلى من عن مع بعد قبل خلال منذ بين ضد لدى عبر حتى نحو دون ضمن عند أمام حول تحت فوق لمدة مقابل بسبب إثر",
    )
});

#[cfg(test)]
mod tests {
    use super::{has_conjunction, is_joined};
    use crate::text::fold::fold;

    #[test]
    fn a_letter_belongs_to_a_noun_that_takes_the_article() {
        for whole in ["كلفته", "بضائع", "بلدية", "كمية", "لجنة", "بياناتها"] {
            assert!(!is_joined(&fold(whole)), "{whole}");
        }
        for joined in ["بمشاركة", "لتمويل", "بقيمة", "بمقتل", "لحزب", "بحضور"]
        {
            assert!(is_joined(&fold(joined)), "{joined}");
        }
        for whole in ["وباء", "وادي", "وزارته", "وزير"] {
            assert!(!has_conjunction(&fold(whole)), "{whole}");
        }
        for joined in ["وقال", "ومدير", "وتصل"] {
            assert!(has_conjunction(&fold(joined)), "{joined}");
        }
    }
}
