//! Cuts that are forbidden, by name: a line may not lose what denies, conditions, doubts, asks for, compares or parts its number.

use std::sync::LazyLock;

use super::{Cut, Reading};
use crate::facts::grammar::Part;
use crate::rule::Rule;
use crate::text::lexicon::WordClass;
use crate::text::phrase::PhraseTable;

/// Where the words of a rule stand, seen from the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Before it, anywhere in its clause: what they say holds for it.
    Before,
    /// Before it, anywhere in its sentence: whoever claims something claims all that follows.
    Earlier,
    /// On either side of it in its clause.
    Around,
    /// Right behind the line.
    Next,
    /// Before it in its clause, and with what stands before them: they set the number against something.
    Against,
}

/// What a line may not lose.
#[derive(Debug)]
struct Forbidden {
    rule: Rule,
    words: WordClass,
    side: Side,
    /// A sentence with a number, and a cut that the rule forbids.
    #[cfg(test)]
    yes: (&'static str, &'static str, &'static str),
    /// A sentence with a number, and a cut that it lets pass.
    #[cfg(test)]
    no: (&'static str, &'static str, &'static str),
}

/// Declares the rules; the examples are for the tests alone.
macro_rules! rules {
    ($($rule:ident: $side:ident $words:ident yes $yes:tt no $no:tt)*) => {
        &[$(Forbidden { rule: Rule::$rule, words: WordClass::$words, side: Side::$side, #[cfg(test)] yes: $yes, #[cfg(test)] no: $no }),*]
    };
}

static RULES: &[Forbidden] = rules![
    LineDenial: Before Denial
        yes ("نفى الوزير أن يكون عدد القتلى 40 عاملا.", "40 عاملا", "عدد القتلى 40 عاملا")
        no ("لم يحضر 40 عاملا إلى المصنع.", "40 عاملا", "لم يحضر 40 عاملا إلى المصنع")
    LineException: Against Exception
        yes ("نجا الجميع إلا 12 عاملا من القرية.", "12 عاملا", "12 عاملا من القرية")
        no ("نجا الجميع إلا 12 عاملا من القرية.", "12 عاملا", "نجا الجميع إلا 12 عاملا من القرية")
    LineCondition: Around Condition
        yes ("ستدفع الشركة 5 ملايين دولار إذا فاز الفريق.", "5 ملايين دولار", "ستدفع الشركة 5 ملايين دولار")
        no ("ستدفع الشركة 5 ملايين دولار إذا فاز الفريق.", "5 ملايين دولار", "ستدفع الشركة 5 ملايين دولار إذا فاز الفريق")
    LinePossibility: Before Possibility
        yes ("من المتوقع أن يصل 500 مراقب إلى المدينة.", "500 مراقب", "يصل 500 مراقب إلى المدينة")
        no ("من المتوقع أن يصل 500 مراقب إلى المدينة.", "500 مراقب", "من المتوقع أن يصل 500 مراقب إلى المدينة")
    LineRequest: Before Request
        yes ("طالب النادي بتعويض 5 ملايين دولار.", "5 ملايين دولار", "تعويض 5 ملايين دولار")
        no ("حصل النادي على تعويض 5 ملايين دولار.", "5 ملايين دولار", "تعويض 5 ملايين دولار")
    LineClaim: Earlier Claim
        yes ("يزعم العدو أنه أسقط 7 طائرات في المعركة.", "7 طائرات", "أسقط 7 طائرات في المعركة")
        no ("أعلن الجيش أنه أسقط 7 طائرات في المعركة.", "7 طائرات", "أسقط 7 طائرات في المعركة")
    LineComparison: Against Comparison
        yes ("باع المصنع 60 سيارة مقابل 40 سيارة في العام الماضي.", "40 سيارة", "40 سيارة في العام الماضي")
        no ("باع المصنع 60 سيارة مقابل 40 سيارة في العام الماضي.", "40 سيارة", "باع المصنع 60 سيارة مقابل 40 سيارة")
    LinePart: Against PartOfWhole
        yes ("قتل 26 عاملا بينهم 11 امرأة في الحريق.", "11 امرأة", "11 امرأة في الحريق")
        no ("قتل 26 عاملا بينهم 11 امرأة في الحريق.", "11 امرأة", "قتل 26 عاملا بينهم 11 امرأة في الحريق")
    LineWhole: Next WholeOfPart
        yes ("تسلمت الشركة 9 طائرات من أصل 50 طائرة.", "9 طائرات", "تسلمت الشركة 9 طائرات")
        no ("تسلمت الشركة 9 طائرات من أصل 50 طائرة.", "9 طائرات", "تسلمت الشركة 9 طائرات من أصل 50 طائرة")
    LineShare: Next ShareOfNamed
        yes ("أصيب ألف شخص أكثر من 60% منهم أطفال.", "أكثر من 60%", "أصيب ألف شخص أكثر من 60%")
        no ("أصيب ألف شخص أكثر من 60% منهم أطفال.", "أكثر من 60%", "أصيب ألف شخص أكثر من 60% منهم أطفال")
    LineRate: Next Rate
        yes ("تسير الشركة ثلاث رحلات أسبوعيا إلى المدينة.", "ثلاث رحلات", "تسير الشركة ثلاث رحلات")
        no ("تسير الشركة ثلاث رحلات أسبوعيا إلى المدينة.", "ثلاث رحلات", "تسير الشركة ثلاث رحلات أسبوعيا")
    LineDenialBehind: Next DenialBehind
        yes ("وقعت الاتفاق 12 دولة لم تصادق عليه.", "12 دولة", "وقعت الاتفاق 12 دولة")
        no ("وقعت الاتفاق 12 دولة لم تصادق عليه.", "12 دولة", "وقعت الاتفاق 12 دولة لم تصادق عليه")
];

/// The words of the rules that look before the number, and of those that look behind the line: the same words may mean another thing there.
static BEFORE: LazyLock<PhraseTable<usize>> = LazyLock::new(|| words(|side| side != Side::Next));
static BEHIND: LazyLock<PhraseTable<usize>> =
    LazyLock::new(|| words(|side| matches!(side, Side::Next | Side::Around)));

fn words(looks: impl Fn(Side) -> bool) -> PhraseTable<usize> {
    let rules = RULES.iter().enumerate().filter(|(_, rule)| looks(rule.side));
    let words =
        |(number, rule): (usize, &'static Forbidden)| rule.words.words().map(move |words| (words, number));
    PhraseTable::new(rules.flat_map(words))
}

/// Whether a rule forbids `cut`.
pub fn is_forbidden(reading: &Reading, cut: &Cut) -> bool {
    broken(reading, cut).is_some()
}

/// The first rule that `cut` breaks.
fn broken(reading: &Reading, cut: &Cut) -> Option<Rule> {
    let (start, end, number) = (cut.tokens.start, cut.tokens.end, reading.figure.start);
    let clause = reading.clause_start(number);
    for at in reading.first..number {
        let Some((length, forbidden)) = reading.opening(&BEFORE, at) else { continue };
        let lost = match forbidden.side {
            Side::Before | Side::Around => at >= clause && at < start && is_meant(reading, at),
            Side::Earlier => at < start,
            // What it is set against has to be told too.
            Side::Against => {
                at >= clause
                    && at + length + NEAR >= number
                    && !(start < at && is_telling(reading, start..at))
            }
            Side::Next => false,
        };
        if forbidden.rule.is_met(lost) {
            return Some(forbidden.rule);
        }
    }
    for at in end..reading.last().min(end + NEAR_BEHIND) {
        let Some((_, forbidden)) = reading.opening(&BEHIND, at) else { continue };
        let lost = match forbidden.side {
            Side::Next => at == end && !reading.word(at).is_some_and(|word| word.has_conjunction),
            Side::Around => {
                !(end..at).any(|at| reading.part(at) == Some(Part::Stop)) && !has_new_clause(reading, end..at)
            }
            _ => false,
        };
        if forbidden.rule.is_met(lost) {
            return Some(forbidden.rule);
        }
    }
    None
}

/// Words between what sets a number against something and the number.
const NEAR: usize = 3;

/// Words behind a line in which its condition may begin.
const NEAR_BEHIND: usize = 10;

/// «قد» before a perfect says that something has come about; «عرض» and «طلب» are deeds only where they rule what follows.
fn is_meant(reading: &Reading, at: usize) -> bool {
    let key = reading.key(at).trim_start_matches(['و', 'ف']);
    if key != "قد" {
        return true;
    }
    let next = reading.key(at + 1);
    next.starts_with('ي') || next.starts_with('ت') && !next.ends_with('ت') && !next.starts_with("تم")
}

fn has_new_clause(reading: &Reading, mut range: std::ops::Range<usize>) -> bool {
    range.any(|at| reading.word(at).is_some_and(|word| word.has_conjunction && word.part.is_verb()))
}

/// Whether the words of `range` tell anything: a noun or another figure.
fn is_telling(reading: &Reading, mut range: std::ops::Range<usize>) -> bool {
    range.any(|at| reading.is_other(at) || reading.part(at).is_some_and(Part::is_noun))
}

impl Reading<'_> {
    /// How many words at `at` are among `words`, and of which rule they are.
    fn opening(&self, words: &PhraseTable<usize>, at: usize) -> Option<(usize, &'static Forbidden)> {
        let (length, rule) = words.opening(self.clause.tokens.get(at..)?)?;
        Some((length, &RULES[rule]))
    }

    /// Where the clause begins that the number at `number` stands in: behind a full stop or a verb that is joined to what stands before.
    fn clause_start(&self, number: usize) -> usize {
        let begins = |&at: &usize| {
            self.part(at) == Some(Part::Stop)
                || self.word(at).is_some_and(|word| {
                    word.has_conjunction && word.part.is_verb()
                        || matches!(self.key(at), "بينما" | "فيما" | "لكن" | "ولكن" | "ثم" | "حيث")
                })
        };
        (self.first..number).rev().find(begins).unwrap_or(self.first)
    }
}

#[cfg(test)]
mod tests {
    use super::{RULES, broken};
    use crate::facts::figure::in_sentence;
    use crate::facts::figure::line::{Clause, Reading};
    use crate::rule::Rule;
    use crate::text::Document;

    /// The rule that forbids to show `line` for the number `amount` of `sentence`.
    fn check((sentence, amount, line): (&str, &str, &str)) -> Result<Option<Rule>, String> {
        let document = Document::new("", sentence);
        let tokens = document.tokens();
        let figures = in_sentence(sentence, tokens);
        let figure = figures.iter().find(|figure| figure.span.of(sentence) == amount);
        let figure = figure.ok_or_else(|| format!("no {amount} in {sentence}"))?;
        let mut taken = vec![false; tokens.len()];
        for figure in &figures {
            taken[figure.tokens.clone()].fill(true);
        }
        let headline = foldhash::HashSet::default();
        let clause = Clause::new(sentence, tokens, &taken, &[], &headline);
        let reading = Reading::new(&clause, figure);
        let cuts = reading.cuts();
        let cut = cuts.iter().find(|cut| cut.span.of(sentence) == line);
        Ok(broken(&reading, cut.ok_or_else(|| format!("{line} is no cut of {sentence}"))?))
    }

    #[test]
    fn each_rule_forbids_its_example_and_lets_the_other_pass() {
        let mut wrong = Vec::new();
        for rule in RULES {
            // Another rule may come first: folded, «إلا» is «ألا».
            if !matches!(check(rule.yes), Ok(Some(_))) || check(rule.no) != Ok(None) {
                wrong.push(format!("{}: {:?}, {:?}", rule.rule, check(rule.yes), check(rule.no)));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
