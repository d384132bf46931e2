//! The phrase that says what a figure counts, cut from its sentence.

use std::ops::Range;

use super::Candidate;
use super::clause::{self, LINKS, is_verb, joins};
use super::function_words::{
    ANNOUNCING, AUXILIARIES, EDGES, RELATIVES, RIGHT_EDGES, is_bare_noun, is_death, is_harm, measures,
    met_death, serves_as,
};
use crate::facts::nouns::Class;
use crate::facts::number::skip_letters;
use crate::text::speech::verb_of_saying;
use crate::text::{Span, Token};

/// A sentence with its figures.
pub struct Sentence<'a> {
    source: &'a str,
    pub(super) tokens: &'a [Token],
    /// Whether each token belongs to a figure.
    pub(super) taken: Vec<bool>,
}

/// Words back from a figure that may belong to its clause.
const CLAUSE_WORDS: usize = 24;

impl<'a> Sentence<'a> {
    /// The sentence of `tokens`, whose figures stand at `figures`.
    pub fn new(source: &'a str, tokens: &'a [Token], figures: impl Iterator<Item = Range<usize>>) -> Self {
        let mut taken = vec![false; tokens.len()];
        for figure in figures {
            taken[figure].fill(true);
        }
        Self { source, tokens, taken }
    }

    /// Cuts the phrase around `figure`; `None` where its clause says nothing else or only a piece of it could be shown.
    ///
    /// One of three, in this order: the complement after the figure where it opens like one («10 آلاف **من مقاتلي
    /// التنظيم**»); what stands before where the clause ends with the figure («**تصل استثماراته كاملة** إلى 12 مليار
    /// دولار»); else both sides with the figure between them («تحرير نحو 8 ملايين إنسان من سيطرته»).
    pub fn cut(&self, figure: &Candidate) -> Option<Span> {
        let (start, end) = (figure.tokens.start, figure.tokens.end);
        // «استونيا (25,3%)»: what is counted stands before the bracket.
        let bracketed = start > 0
            && self.tokens[start - 1].is_mark('(')
            && self.tokens.get(end).is_some_and(|t| t.is_mark(')'));
        let left = self.left_of(self.head(if bracketed { start - 1 } else { start }));
        // «60 بالمئة فقط من أعمال البناء»
        let end = if self.key(end) == "فقط" { end + 1 } else { end };
        let death = self.death_of(&left, end);
        let reach = death.unwrap_or_else(|| self.right_of(end));
        let right = if bracketed || !self.has_words(end..reach) { end } else { reach };
        let own = if death.is_some() {
            self.shown(left.start..right, false, figure)
        } else if right - end >= 2 && self.is_complement(end, figure) {
            self.shown(end..self.told_of(start, end..right, figure).unwrap_or(right), false, figure)
        } else if right == end || left.end < start {
            let (range, governs) = self.before(left);
            self.shown(range, governs, figure)
        } else if left.is_empty() {
            let tells = right - end >= 3 && self.is_circumstance(end);
            self.shown(if tells { end..right } else { end..end }, false, figure)
        } else {
            self.shown(left.start..right, false, figure)
        };
        own.or_else(|| {
            let (range, _) = self.before(self.left_of(self.head(self.first_of_clause(start)?)));
            let end = self.without_trailing(range.start, range.end);
            let tells = end >= range.start + 2 || end > range.start && is_harm(self.key(range.start));
            self.shown(range.start..if tells { end } else { range.start }, false, figure)
        })
    }

    /// The words of `range` as they are shown beside `figure`; `governs`: the number completes them.
    fn shown(&self, range: Range<usize>, governs: bool, figure: &Candidate) -> Option<Span> {
        let start = figure.tokens.start;
        let (first, last) = self.balanced(range.start, range.end);
        let first = if first < start {
            let first = (first..last).find(|&at| !self.opens_nothing(at)).unwrap_or(last);
            if last >= first + 2 { self.with_polarity(first) } else { first }
        } else {
            self.without_relative(first..last, figure)
        };
        let after = first.max(figure.tokens.end);
        // «5 وزراء [ومن هم بدرجتهم]»: others, or something else.
        if first >= start && joins(self.key(after)) {
            return None;
        }
        let behind = if last > figure.tokens.end { after } else { first };
        let last = self.without_pointer(behind, last);
        let governs = governs && last == start;
        // «تجدر الإشارة إلى», «وفقا لبيان», «قال عباس لـ300 مندوب»
        let speech = last <= start
            && last - first <= MOST_SPEAKER_WORDS
            && verb_of_saying(self.key(first)).is_some()
            && !measures(self.key(first))
            && !is_bare_noun(self.key(last.saturating_sub(1)));
        if first < last && (speech || ANNOUNCING.contains(self.key(first))) {
            return None;
        }
        let bracketed = self.tokens.get(last).is_some_and(|t| t.is_mark('('));
        let words =
            self.tokens.get(first..last).filter(|_| self.says_enough(first..last, governs || bracketed))?;
        let mut span = words.first()?.span.cover(words.last()?.span);
        let key = &*words[0].key;
        if first < start && joins(key) || first >= figure.tokens.end && serves_as(key) {
            span.start = skip_letters(self.source, words[0].span, 1);
        }
        // «مقتل …»: the number completes the phrase, and its place is shown.
        if governs {
            span = span.cover(figure.span);
        }
        (span != figure.span).then_some(span)
    }

    /// The first figure of the clause that the figure at `start` stands in, if that is another one.
    fn first_of_clause(&self, start: usize) -> Option<usize> {
        let mut first = None;
        for at in (start.saturating_sub(CLAUSE_WORDS)..start).rev() {
            let token = &self.tokens[at];
            if clause::ends(token) && !token.is_mark('(')
                || EDGES.contains(&*token.key)
                || clause::begins(token)
            {
                break;
            }
            if self.taken[at] {
                first = Some(at);
            }
        }
        first
    }

    pub(super) fn key(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &*t.key)
    }

    /// The word at `at` as the article writes it.
    pub(super) fn written(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.source)
    }

    fn has_words(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|at| self.tokens[at].is_word())
    }

    /// Where the figure at `start` hangs: at itself, or at the first of the figures that it is joined to:
    /// «مقتل 45 جنديا إماراتيا و10 سعوديين و5 بحرينيين».
    fn head(&self, start: usize) -> usize {
        let mut head = start;
        while head > 0 {
            let mut at = head;
            let mut joined = self.key(head).starts_with('و') && joins(self.key(head));
            // «17.76 مليار درهم (4.8 مليار دولار)»
            if !joined && matches!(self.key(at - 1), "و" | "او" | "(") {
                at -= 1;
                joined = true;
            }
            joined |= self.tokens[at].is_mark('(');
            if !joined {
                break;
            }
            // «40 ألف صاحب عمل و33 مليون باحث»: the noun of the one before may be longer than its unit.
            let own = |at: usize| {
                self.tokens[at].is_word() && !LINKS.contains(self.key(at)) && !is_verb(self.key(at))
            };
            let Some(before) = (at.saturating_sub(3)..at).rev().find(|&at| self.taken[at] || !own(at)) else {
                break;
            };
            if !self.taken[before] {
                break;
            }
            at = before;
            while at > 0 && self.taken[at - 1] {
                at -= 1;
            }
            head = at;
        }
        head
    }

    /// What stands before the figure, where nothing after it belongs to the phrase; and whether the number completes it.
    fn before(&self, left: Range<usize>) -> (Range<usize>, bool) {
        let end = self.without_governors(left.start, left.end);
        if end <= left.start {
            return (left.start..left.start, false);
        }
        let last = self.key(end - 1);
        // «لم تخسر سوى …»
        let wants = LINKS.contains(last) || is_verb(last) || is_bare_noun(last) || last == "سوي";
        let governs = end == left.end && wants;
        (left.start..end, governs)
    }

    /// Whether what begins at `at` says by itself what is counted: «من مقاتلي التنظيم», «ممن شاركوا», «شاركت في».
    fn is_complement(&self, at: usize, figure: &Candidate) -> bool {
        match self.key(at) {
            "ممن" | "الذين" | "اللواتي" | "التي" | "الذي" => true,
            // «8 ملايين إنسان من سيطرته»: what belongs to somebody named before needs what stands before.
            "من" => {
                let noun = self.key(at + 1);
                let owned = noun.ends_with("ته") || noun.ends_with("تها") || noun.ends_with("تهم");
                !owned || figure.unit.is_empty()
            }
            // «50 مليون دولار لتوفير الرسائل الآمنة»
            key if figure.class == Some(Class::Currency)
                && key.starts_with('ل')
                && !key.starts_with("لل") =>
            {
                is_bare_noun(key)
            }
            key if figure.class == Some(Class::Currency) && serves_as(key) => true,
            key => {
                matches!(figure.class, Some(Class::Person | Class::Casualty | Class::Thing)) && is_verb(key)
            }
        }
    }

    /// Where the clause ends whose verb, in `left`, wants the death that is told behind the number, at `end`: «لقي 26 مدنيا بينهم 11
    /// طفلا [مصرعهم في قصف]».
    fn death_of(&self, left: &Range<usize>, end: usize) -> Option<usize> {
        let within = end..self.tokens.len().min(end + CLAUSE_WORDS);
        let mut within = within.take_while(|&at| !clause::ends(&self.tokens[at]));
        let met = left.clone().any(|at| met_death(self.key(at)));
        met.then(|| within.find(|&at| is_death(self.key(at)))).flatten().map(|death| self.right_of(death + 1))
    }

    /// Where what is told of the counted ones ends. In a relative clause behind its first circumstance: «83 دولة ممن **شاركوا في الاجتماع** لـ
    /// التحالف». If their name, at `complement`, is set off by a comma from its verb, behind what that wants: «أن 10 آلاف من مقاتلي التنظيم،
    /// **ما يزالون رهن الاحتجاز** في معسكرات». `start` is the figure, which begins its clause there.
    fn told_of(&self, start: usize, complement: Range<usize>, figure: &Candidate) -> Option<usize> {
        let links = |at: &usize| LINKS.contains(self.key(*at)) || matches!(self.key(*at), "ل" | "ب");
        let relative = self.without_relative(complement.clone(), figure);
        if relative > complement.start {
            let second = (relative..complement.end).filter(links).nth(1);
            return second.map(|link| self.without_trailing(relative, link));
        }
        let begins = start == 0 || self.key(start - 1) == "ان";
        let told = complement.clone().any(|at| is_verb(self.key(at)) || RELATIVES.contains(self.key(at)));
        let comma = self.tokens.get(complement.end).is_some_and(|t| t.is_mark('،') || t.is_mark(','));
        let from = complement.end + 1;
        let verb = if matches!(self.key(from), "ما" | "لا" | "لم" | "لن") { from + 1 } else { from };
        if !begins || told || !comma || !is_verb(self.key(verb)) {
            return None;
        }
        let end = self.right_of(from);
        let link = (verb + 2..end).find(links);
        Some(self.without_trailing(from, link.unwrap_or(end))).filter(|&end| end > verb + 1)
    }

    /// Whether a circumstance begins at `at` that tells something by itself: «بتهمة المشاركة في مؤامرة».
    fn is_circumstance(&self, at: usize) -> bool {
        let key = self.key(at);
        matches!(key, "علي" | "من" | "ضد" | "لدي")
            || key.starts_with("بال")
            || key.starts_with(['ب', 'ل']) && is_bare_noun(key)
    }

    /// Whether the words of `range` tell a reader anything beside the number; `governs`: the number completes them.
    fn says_enough(&self, range: Range<usize>, governs: bool) -> bool {
        let mut told = range.filter(|&at| self.tokens[at].is_word() && !self.taken[at]);
        let Some(first) = told.next() else { return false };
        let key = self.key(first);
        // One word is enough where it wants the number («مقتل …», «تظاهر …») or is its heading («إيطاليا (5,3%)»).
        told.next().is_some()
            || governs && !AUXILIARIES.contains(key) && !RIGHT_EDGES.contains(key)
            || is_harm(key)
            || joins(key) && key.ends_with("ته")
    }
}

/// A verb of saying and no more words tell of the speaker only.
const MOST_SPEAKER_WORDS: usize = 3;
