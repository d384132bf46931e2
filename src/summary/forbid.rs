//! Cuts that are never made: each rule says what a reader would lose.
//!
//! Where a sentence is best cut is learnt ([`super::cut`]); a rule may only forbid. `tests/cuts.tsv` holds sentences for each rule,
//! with the cuts that it forbids and those that it does not.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::clause::{self, Boundary, Opening};
use super::words::Word;
use crate::rule::Rule;
use crate::text::lexicon::WordClass;
use crate::text::phrase::{folded, phrases};
use crate::text::quotation::Unpaired;
use crate::text::speech::is_complementizer;
use crate::text::{Span, Token, TokenKind};

/// A sentence that is to be cut.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'a> {
    /// Its tokens.
    pub tokens: &'a [Token],
    /// What each of them is.
    pub words: &'a [Word],
    /// Where its pieces begin: behind what opens it.
    pub from: usize,
    /// The quotations that lie in it or run through it, marks included.
    pub quotations: &'a [Span],
    /// Its quotation marks without a partner.
    pub unpaired: &'a [Unpaired],
}

/// What would be lost if a piece of `sentence` ended at `boundary`.
#[must_use]
pub fn forbidden(sentence: &Sentence<'_>, boundary: &Boundary) -> Option<Rule> {
    let cut = Cut { sentence, boundary };
    if let Some(rule) = Rule::CutHalf.when(cut.is_half()) {
        return Some(rule);
    }
    if boundary.opens == Opening::End {
        return Rule::CutReport.when(cut.is_introduction());
    }
    let rule = match boundary.opens {
        Opening::Source => Rule::CutSource.when(true),
        Opening::Exception => Rule::CutException.when(true),
        Opening::Condition => Rule::CutCondition.when(true),
        Opening::Doubt => Rule::CutDoubt.when(true),
        // «اكتفى الوزير| بالقول "لا"»
        Opening::Quote if boundary.mark.is_none() => Rule::CutReport.when(true),
        _ => None,
    };
    rule.or_else(|| Rule::CutNumber.when(cut.is_inside_number()))
        .or_else(|| Rule::CutOpenEnd.when(cut.is_open()))
        .or_else(|| Rule::CutCorrection.when(cut.is_corrected()))
        .or_else(|| Rule::CutCondition.when(cut.is_conditional()))
        .or_else(|| Rule::CutSource.when(cut.is_told_behind()))
        .or_else(|| Rule::CutReport.when(cut.is_without_report()))
        .or_else(|| Rule::CutPredicate.when(cut.is_without_predicate() || cut.is_interrupted()))
        .or_else(|| Rule::CutPair.when(cut.is_without_second()))
}

/// Closed class: prepositions, particles and auxiliaries, behind which nothing can end.
const OPEN_ENDS: &str = "\
    في، من، إلى، على، عن، مع، بين، عند، لدى، نحو، حول، ضد، عبر، تحت، فوق، دون، بدون، خلال، بعد، قبل، منذ، حتى، أن، إن، لأن، بأن، كأن، لكن، \
    أو، أم، ثم، و، ف، ب، ل، ك، لم، لن، لا، ما، قد، سوف، ليس، ليست، غير، عدم، كل، أي، نحو، حوالي، قرابة، زهاء، \
    الذي، التي، الذين، اللذين، هذا، هذه، تلك، هؤلاء، مثل، بسبب، عقب، بهدف، حيث، إذ، إذا، لو، كما، كان، كانت، يكون، تكون، أثناء، \
    وسط، ضمن، بشأن، بخصوص، أمام، وراء، خلف، داخل، خارج، قرب، رغم، مقابل، تم، يتم";

/// What makes two of one: the second must be there.
const PAIRS: &[(&str, &[&str])] = &[
    ("بين", &["و"]),
    ("كل من", &["و"]),
    ("كلا من", &["و"]),
    ("سواء", &["او", "ام"]),
    ("اما", &["او", "واما"]),
];

static OPEN_END_KEYS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| folded(phrases(OPEN_ENDS)));

/// How far behind a word its second is looked for, in tokens.
const PAIR_TOKENS: usize = 30;

/// How far behind a cut is looked, in tokens.
const FAR: usize = 40;

/// What is put in between two commas has no more tokens.
const INSERTED: usize = 15;

struct Cut<'a> {
    sentence: &'a Sentence<'a>,
    boundary: &'a Boundary,
}

impl<'a> Cut<'a> {
    fn piece(&self) -> &'a [Token] {
        &self.sentence.tokens[self.sentence.from..self.boundary.end]
    }

    fn piece_words(&self) -> &'a [Word] {
        &self.sentence.words[self.sentence.from..self.boundary.end]
    }

    fn rest(&self) -> &'a [Token] {
        &self.sentence.tokens[self.boundary.next.min(self.sentence.tokens.len())..]
    }

    fn rest_words(&self) -> &'a [Word] {
        &self.sentence.words[self.boundary.next.min(self.sentence.words.len())..]
    }

    fn is_half(&self) -> bool {
        let piece = self.piece();
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else { return true };
        let span = first.span.cover(last.span);
        let crosses = |pair: &Span| pair.overlaps(span) && !span.contains(*pair) && !is_inside(span, *pair);
        let brackets = |mark| piece.iter().filter(|token| token.is_mark(mark)).count();
        self.sentence.quotations.iter().any(crosses)
            || self.sentence.unpaired.iter().any(|unpaired| unpaired.mark.overlaps(span))
            || brackets('(') != brackets(')')
            || self.sentence.quotations.iter().any(|pair| is_inside(span, *pair))
    }

    /// «وفيما يلي أبرز المحطات:»
    fn is_introduction(&self) -> bool {
        self.sentence.tokens[self.boundary.end..].iter().any(|token| token.is_mark(':'))
    }

    /// «10 -| 15 عاما», «5| في المئة», «ثلاثة من| عشرة».
    fn is_inside_number(&self) -> bool {
        let last = self.piece().last().is_some_and(|token| token.kind == TokenKind::Number);
        let goes_on = |token: &Token| {
            token.kind == TokenKind::Number || matches!(token.kind, TokenKind::Mark('%' | '٪' | '$' | '€'))
        };
        last && match self.boundary.mark {
            None => self.boundary.opens == Opening::Preposition,
            Some('-' | '–' | '—' | ':') => self.rest().first().is_some_and(goes_on),
            Some(_) => false,
        }
    }

    fn is_open(&self) -> bool {
        let Some(last) = self.piece().iter().rev().find(|token| !token.is_quotation_mark()) else {
            return true;
        };
        // «أن الوفد يضم| أيضا»
        let last_word = self.piece_words().iter().rev().find(|word| word.counts());
        if last_word.is_some_and(|word| word.is_verb()) {
            return true;
        }
        let bare = last.key.strip_prefix('و').filter(|rest| rest.chars().nth(1).is_some());
        WordClass::WantingPreposition.contains(&last.key)
            || OPEN_END_KEYS.contains(&last.key)
            || bare.is_some_and(|bare| OPEN_END_KEYS.contains(bare))
    }

    /// «لا يشمل القرار المدارس| فقط»
    fn is_corrected(&self) -> bool {
        let denied = self.piece_words().iter().any(|word| word.denies());
        // Closed class: particles that restrict.
        let corrects = |token: &Token| {
            matches!(&*token.key, "فقط" | "فحسب" | "وحده" | "وحدها" | "بل" | "وانما" | "انما")
        };
        // «لا تعترف فقط بالحدود|، لكنها تدافع عنها»
        let restricts = |token: &Token| matches!(&*token.key, "فقط" | "فحسب");
        let goes_on = || {
            self.rest()
                .first()
                .is_some_and(|token| token.key.starts_with("لكن") || token.key.starts_with("ولكن"))
        };
        denied
            && (self.rest().iter().take(3).any(corrects) || self.piece().iter().any(restricts) && goes_on())
    }

    /// «إذا وافق المجلس|، فسيبدأ العمل», «قال إنه إذا وافق المجلس|، فسيبدأ».
    fn is_conditional(&self) -> bool {
        let is_condition = |token: &Token| {
            let key = token.key.strip_prefix(['و', 'ف']).unwrap_or(&token.key);
            matches!(key, "اذا" | "لو" | "لولا" | "كلما")
        };
        let piece = self.piece();
        let Some(at) = piece.iter().rposition(is_condition) else { return false };
        let in_front = at == 0 || self.piece_words()[at - 1].is_complementizer();
        // The answer has come where a clause has ended since.
        in_front && !piece[at..].iter().any(Token::is_comma)
    }

    /// «الميناء جاهز|، قال الوزير», «"الميناء جاهز"|، يقول الوزير».
    fn is_told_behind(&self) -> bool {
        let told = self.rest_words().first().is_some_and(|word| word.is_saying() && !word.joins());
        // «عبر» is a preposition more often than a verb.
        let bare = self
            .rest()
            .first()
            .is_some_and(|token| !token.key.starts_with(['و', 'ف']) && &*token.key != "عبر");
        told && bare && !self.piece_words().iter().any(|word| word.is_saying())
    }

    /// A verb of saying whose «أن» or colon is still to come.
    fn is_without_report(&self) -> bool {
        let words = self.piece_words();
        let Some(saying) = words.iter().rposition(|word| word.is_saying()) else { return false };
        let piece = self.piece();
        let reported = |range: std::ops::Range<usize>| {
            piece[range.clone()].iter().any(|token| token.is_mark(':') || token.is_quotation_mark())
                || words[range].iter().any(|word| word.is_complementizer())
        };
        if reported(saying + 1..words.len()) {
            return false;
        }
        if self.boundary.mark == Some(':') {
            return true;
        }
        if matches!(self.boundary.opens, Opening::Report | Opening::Quote | Opening::That) {
            return false;
        }
        let rest: Vec<(&Token, &Word)> = self.rest().iter().zip(self.rest_words()).take(FAR).collect();
        let reports = |at: usize| {
            let (token, word) = rest[at];
            word.is_complementizer() && !token.key.starts_with('و') || token.is_mark(':')
        };
        // «شدد على», «دعا إلى»: what is said stands behind the preposition.
        let is_said = |at: usize| {
            reports(at) || rest[at].0.is_quotation_mark() || matches!(&*rest[at].0.key, "علي" | "الي")
        };
        let end = (0..rest.len())
            .find(|&at| rest[at].1.is_saying() || clause::is_stop(rest[at].0))
            .unwrap_or(rest.len());
        let behind_comma =
            |is: &dyn Fn(usize) -> bool| (1..end).any(|at| rest[at - 1].0.is_comma() && is(at));
        if self.boundary.mark.is_none() {
            return (0..end).take_while(|&at| !rest[at].0.is_comma()).any(reports) || behind_comma(&reports);
        }
        // Behind a mark the report comes at once, or behind one of the marks that end what is put in between.
        let at_once =
            self.sentence.tokens[self.boundary.end..self.boundary.next].iter().any(Token::is_quotation_mark);
        at_once || !rest.is_empty() && is_said(0) || behind_comma(&is_said)
    }

    /// No verb yet, or only those of a clause in front or of one that describes.
    fn is_without_predicate(&self) -> bool {
        let words = self.piece_words();
        let verb = words.iter().position(|word| word.is_verb());
        let verb_to_come = || self.rest_words().iter().take(FAR).any(|word| word.is_verb());
        let piece = self.piece();
        let plain = self.rest().first().is_some_and(|token| !token.key.starts_with('و'));
        let next_verb = plain && self.rest_words().first().is_some_and(|word| word.is_verb());
        let opens = clause::opens_with(piece);
        // «في خطوة تعكس متانة العلاقات|، افتتح الوزير»
        if opens.is_some_and(|opens| is_front(opens) && (next_verb || self.is_answer(opens))) {
            return true;
        }
        let Some(verb) = verb else {
            // Not every verb is known as one, so a noun must be what the sentence opens with.
            let verbal = next_verb || matches!(self.boundary.opens, Opening::Relative | Opening::Particle);
            let noun =
                piece.first().is_some_and(|token| token.key.starts_with("ال")) || opens.is_some_and(is_front);
            return !piece.iter().any(is_copula) && verb_to_come() && (verbal || noun);
        };
        // «الوزير الذي وصل أمس|، افتتح الميناء»
        let relative = words.iter().position(|word| word.is_relative());
        let opens_with_verb = words.iter().take(2).any(|word| word.is_verb());
        !opens_with_verb && next_verb && relative.is_some_and(|relative| relative < verb)
    }

    /// Behind the first mark stands what a clause in front waits for, though it is no verb that we know: «رغم المعارضة|، صادق المجلس»,
    /// «على الرغم من أن الخطة رفضت|، إلا أن».
    fn is_answer(&self, front: Opening) -> bool {
        let is_first = self.boundary.mark.is_some() && !self.piece().iter().any(|token| token.is_mark('،'));
        let opens = clause::opens_with(self.rest());
        is_first && self.is_going_on_bare()
            || is_first && front == Opening::Contrast && opens == Some(Opening::Contrast)
    }

    /// What stands behind the cut is a bare word that opens nothing: a verb that we do not know, most often.
    fn is_going_on_bare(&self) -> bool {
        self.rest().first().is_some_and(|next| {
            !next.key.starts_with(['و', 'ف']) && !next.key.starts_with("ال") && !next.key.ends_with('ا')
        }) && clause::opens_with(self.rest()).is_none()
    }

    /// The clause goes on behind the comma, or behind what is put in between two of them.
    fn is_interrupted(&self) -> bool {
        match self.boundary.mark {
            Some('،' | ',') => {}
            None => return self.is_open_behind_that(),
            Some(_) => return false,
        }
        let goes_on = self.rest().first().is_some_and(|next| {
            // «، أن», not «، وأن» or «، إنه»; «رغم المعارضة|، فإن الحكومة».
            matches!(&*next.key, "ان" | "بان") || next.key.strip_prefix('ف').is_some_and(is_complementizer)
        });
        goes_on || self.is_open_behind_that() || self.is_before_insertion()
    }

    /// «أن العلاقات بين البلدين|، ستمضي», «إن مئة مسؤول|، وعشرين ضابطا، أعدموا», «إن المشروع الضخم| الذي أعلن أمس، يكتسب أهمية»: what «أن» began has no
    /// predicate yet.
    fn is_open_behind_that(&self) -> bool {
        let (words, rest) = (self.piece_words(), self.rest());
        let Some(that) = words.iter().rposition(|word| word.is_complementizer()) else { return false };
        let behind = &words[that + 1..];
        let has_verb = behind.iter().any(|word| word.is_verb());
        let described = behind.iter().any(|word| word.is_relative());
        let is_bare_verb = |at: usize| {
            let (Some(token), Some(word)) = (rest.get(at), self.rest_words().get(at)) else { return false };
            let is_verb = word.is_verb() || matches!(&*token.key, "كان" | "كانت");
            is_verb && !word.joins() && !token.key.starts_with(['و', 'ف'])
        };
        let later = || (1..rest.len().min(FAR)).any(|at| rest[at - 1].is_comma() && is_bare_verb(at));
        let is_marked = self.boundary.mark.is_some();
        let is_equation = || self.piece()[that + 1..].iter().any(is_copula);
        let is_relative_next = || !is_marked && self.boundary.opens == Opening::Relative && !is_equation();
        is_bare_verb(0)
            || is_marked && (!has_verb || described) && self.is_going_on_bare()
            || !has_verb && (later() || is_relative_next())
    }

    /// «وتستعيد الرواية|، التي صدرت أمس، أحداثا»
    fn is_before_insertion(&self) -> bool {
        let rest = self.rest();
        let ends = |token: &Token| token.is_comma() || clause::is_stop(token);
        let Some(comma) = rest.iter().take(INSERTED).position(ends) else { return false };
        let Some(next) = rest.get(comma + 1).filter(|_| rest[comma].is_comma()) else { return false };
        // «، بتنسيق مع البلدية،», «، مرفوقا بخبراء،»
        let accompanies = rest.first().is_some_and(|token| {
            token.key.starts_with('ب') || token.key.ends_with('ا') || WordClass::Weekday.contains(&token.key)
        });
        let inserted = match self.boundary.opens {
            Opening::Relative | Opening::Preposition | Opening::Time | Opening::Addition => true,
            Opening::Other => accompanies,
            _ => false,
        };
        let opens = clause::opens_with(&rest[comma + 1..]);
        inserted
            && next.is_word()
            && !next.key.starts_with(['و', 'ف'])
            && matches!(opens, None | Some(Opening::Preposition | Opening::Complement))
    }

    /// «بين الحكومة|، والنقابات»
    fn is_without_second(&self) -> bool {
        let piece = self.piece();
        let window = piece.len().saturating_sub(PAIR_TOKENS);
        PAIRS.iter().any(|(first, seconds)| {
            let keys: Vec<&str> = first.split(' ').collect();
            let Some(at) = piece[window..].windows(keys.len()).rposition(|tokens| {
                tokens.iter().zip(&keys).all(|(token, key)| {
                    token.key.strip_prefix('و').unwrap_or(&token.key) == *key || &*token.key == *key
                })
            }) else {
                return false;
            };
            let is_second = |token: &Token| {
                seconds.iter().any(|second| match *second {
                    "و" => {
                        token.key.starts_with('و') && token.key.chars().nth(1).is_some() || &*token.key == "و"
                    }
                    second => &*token.key == second,
                })
            };
            let behind = &piece[window + at + keys.len()..];
            // «بين الطرفين», «بين العائلتين» are two by themselves.
            let complete = behind.first().is_some_and(|token| {
                ["ين", "ون", "ات", "هم", "هما", "ها"].iter().any(|end| token.key.ends_with(end))
            });
            let goes_on = self.boundary.opens == Opening::And || self.boundary.mark.is_none();
            let verb = self.rest_words().first().is_some_and(|word| word.is_verb());
            !complete
                && goes_on
                && !verb
                && !behind.iter().skip(1).any(is_second)
                && self.rest().iter().take(6).any(is_second)
        })
    }
}

/// Closed class: what joins a subject and a predicate without a verb: «هذا \[هو\] المشروع».
fn is_copula(token: &Token) -> bool {
    matches!(&*token.key, "هو" | "هي" | "هم" | "ليس" | "ليست")
}

/// Whether `span` lies within `outer` and does not reach its marks: a piece of a longer quotation.
fn is_inside(span: Span, outer: Span) -> bool {
    outer.contains(span) && outer != span
}

/// Openers of a clause that stands in front of its main clause.
const fn is_front(opens: Opening) -> bool {
    matches!(
        opens,
        Opening::Time
            | Opening::Cause
            | Opening::Purpose
            | Opening::Contrast
            | Opening::Preposition
            | Opening::Where
            | Opening::Addition
            | Opening::Source
    )
}

#[cfg(test)]
mod tests;
