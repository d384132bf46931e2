//! How far the words reach that belong to a figure, to its left and to its right.

use std::ops::Range;

use super::clause::{self, LINKS, is_verb, joins, may_be_verb};
use super::function_words::{
    EDGES, MEASURING, RELATIVES, RIGHT_EDGES, TRAILING, is_bare_noun, is_death, is_harm, measures, met_death,
};
use super::what::Sentence;
use crate::text::TokenKind;
use crate::text::quotation::is_quotation_mark;
use crate::text::speech::{participle_of_saying, verb_of_saying};

/// Words on either side: as many if the clause ends there, fewer if it has to be cut.
const MOST_WORDS: usize = 12;
const CUT_WORDS: usize = 8;
/// Words back from a figure in which the verb stands that leads up to it: «تتراوح أعمارهم بين».
const NEXT_WORDS: usize = 4;

impl Sentence<'_> {
    /// The words that lead up to `end`.
    pub(super) fn left_of(&self, end: usize) -> Range<usize> {
        let mut start = end;
        let mut skipped = false;
        while start > 0 && end - start < MOST_WORDS {
            let token = &self.tokens[start - 1];
            // «قيمة صفقة الانتقال، التي بلغت 100 مليون»: what says nothing yet goes on over a comma.
            let comma = matches!(token.kind, TokenKind::Mark(',' | '،'));
            if comma && !skipped && (start == end || self.leads_on(start, end)) {
                skipped = true;
                start -= 1;
                continue;
            }
            let speech = self.opens_speech(start - 1) || self.reports(start - 1);
            if clause::ends(token) || EDGES.contains(&*token.key) || speech {
                return start..end;
            }
            if self.taken[start - 1] {
                return self.after_figure(start, end)..end;
            }
            start -= 1;
            // «ومساحته مئة كيلومتر مربع»
            let named =
                start + 1 == end && joins(&token.key) && ["ته", "تها"].iter().any(|o| token.key.ends_with(o));
            if named || clause::begins(token) {
                return start..end;
            }
        }
        if start == 0 {
            return 0..end;
        }
        // The clause is longer: begin at a verb, or else at the noun of a phrase.
        let opens_verb =
            |&at: &usize| is_verb(self.key(at)) && (at == 0 || !RELATIVES.contains(self.key(at - 1)));
        for words in [CUT_WORDS, MOST_WORDS] {
            let mut window = end.saturating_sub(words)..end.saturating_sub(1);
            if let Some(verb) = window.clone().find(opens_verb) {
                // «راتبا يقدر بـ30 مليون يورو»
                let subject =
                    MEASURING.contains(self.key(verb)) && verb > 0 && is_bare_noun(self.key(verb - 1));
                return if subject { verb - 1..end } else { verb..end };
            }
            if let Some(noun) = window.find(|&at| self.opens_phrase(at)) {
                return noun..end;
            }
        }
        end..end
    }

    /// Whether `start..end` only leads from what stands before it to the number: «التي بلغت», «ارتفع بنسبة».
    fn leads_on(&self, start: usize, end: usize) -> bool {
        let measures = |at| MEASURING.contains(self.key(at)) || RELATIVES.contains(self.key(at));
        self.without_governors(start, end) < start + 2 && (start..end).any(measures)
    }

    /// Whether the words of a speaker begin behind the quotation mark at `at`: «وقال "نحن نشتري».
    fn opens_speech(&self, at: usize) -> bool {
        let quote = self.tokens[at].is_quotation_mark();
        quote && at > 0 && verb_of_saying(self.key(at - 1)).is_some()
    }

    /// Whether the word at `at` reports what comes behind it: «مضيفة "أكثر من 27 مليون شاب"»; not «مضيفه», who is a host, nor «متابعة».
    fn reports(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        participle_of_saying(&token.key).is_some()
            && !self.written(at).ends_with('ه')
            && !token.key.starts_with("متابع")
    }

    /// Where what lies between another figure and `end` begins to speak of the latter: «7 رجال أعمال كبار في روسيا
    /// و12 شركة» has nothing there.
    fn after_figure(&self, start: usize, end: usize) -> usize {
        let verb = (start..end).find(|&at| is_verb(self.key(at)));
        // «على واردات صينية تصل قيمتها»
        let subject = verb.and_then(|verb| (start..verb).rev().find(|&at| self.opens_phrase(at)));
        let joined = (start..end).find(|&at| clause::begins(&self.tokens[at]) || joins(self.key(at)));
        let key = self.key(start);
        // «استمر ثلاثة أيام بمشاركة 45 دار نشر»
        let alone = start + 1 == end && (key.starts_with('ب') || is_harm(key));
        let noun = is_bare_noun(key)
            && !key.ends_with("يه")
            && (alone || self.without_governors(start, end) >= start + 2);
        subject.or(joined).or(verb).unwrap_or(if noun { start } else { end })
    }

    /// Whether a phrase may begin at `at`, behind a preposition; nothing begins with the
    /// circumstances of time and place («في النصف الثاني من السنة»).
    fn opens_phrase(&self, at: usize) -> bool {
        if at == 0 || !self.tokens[at].is_word() || LINKS.contains(self.key(at)) {
            return false;
        }
        match self.key(at - 1) {
            "علي" | "الي" | "عن" | "بين" | "ضد" | "مع" => true,
            "في" => is_bare_noun(self.key(at)),
            _ => false,
        }
    }

    /// `end` without the words whose only office is to lead to the number: «تبلغ», «التي بلغت», «بنسبة», «لمدة». The
    /// preposition of a verb stays: «تغلب على ثمانية أفلام», and so does what is denied or only possible: «التضخم قد يتجاوز مليونا».
    pub(super) fn without_governors(&self, start: usize, end: usize) -> usize {
        let whole = end;
        let mut end = end;
        while end > start {
            let key = self.key(end - 1);
            let before = if end - 1 > start { self.key(end - 2) } else { "" };
            // «شاركت في», «المكون من»
            let of_verb = (may_be_verb(before) || before.starts_with("الم") && matches!(key, "من" | "علي"))
                && !MEASURING.contains(before);
            let quote = self.tokens[end - 1].is_quotation_mark();
            let leads = quote && (LINKS.contains(before) || TRAILING.contains(before))
                || TRAILING.contains(key)
                || RELATIVES.contains(key)
                || measures(key)
                || LINKS.contains(key) && !of_verb;
            if !leads {
                break;
            }
            end -= 1;
        }
        let polar = |at| clause::denies(self.key(at)) || clause::may(self.key(at), self.key(at + 1));
        if (end..whole).any(polar) { whole } else { end }
    }

    /// Index after the last word of the phrase that begins at `start`.
    pub(super) fn right_of(&self, start: usize) -> usize {
        let mut end = start;
        while end < self.tokens.len() && end - start < MOST_WORDS {
            let token = &self.tokens[end];
            if self.taken[end] {
                return self.without_next(start, end);
            }
            if clause::ends(token)
                || EDGES.contains(&*token.key)
                || RIGHT_EDGES.contains(&*token.key)
                || self.reports(end)
                // «بينهم 11 طفلا [مصرعهم]»: the death of all of them, but «لقوا مصرعهم».
                || is_death(&token.key) && end > 0 && !met_death(self.key(end - 1))
                || clause::begins(token)
            {
                return self.without_trailing(start, end);
            }
            end += 1;
        }
        if end == self.tokens.len() {
            return self.without_trailing(start, end);
        }
        // The clause is longer: stop before a link, so that no phrase is cut in two.
        let most = start + CUT_WORDS;
        let link = |at: &usize| {
            let key = self.key(*at);
            LINKS.contains(key) || joins(key) || key.starts_with("لل") || key.starts_with("بال")
        };
        let end = (start + 2..=most).rev().find(link).unwrap_or(start);
        self.without_trailing(start, end)
    }

    /// `start..end` before the next figure, without what leads up to that: «تتراوح أعمارهم بين», «بقيمة», «بمشاركة».
    fn without_next(&self, start: usize, end: usize) -> usize {
        let from = end.saturating_sub(NEXT_WORDS).max(start);
        if let Some(verb) = (from..end).rev().find(|&at| is_verb(self.key(at))) {
            return self.without_trailing(start, verb);
        }
        let trimmed = self.without_trailing(start, end);
        let last = self.key(trimmed.saturating_sub(1));
        // «بالسجن ثلاث سنوات [وغرامة] قدرها ثلاثة ملايين».
        let joined = joins(last) && is_bare_noun(last);
        let governs = joined || trimmed == end && (is_bare_noun(last) || last.starts_with(['ب', 'ل']));
        if governs { self.without_trailing(start, trimmed.saturating_sub(1).max(start)) } else { trimmed }
    }

    /// Drops what cannot end a phrase from the end of `start..end`: prepositions, pronouns of relation, verbs that
    /// lead up to what was cut.
    pub(super) fn without_trailing(&self, start: usize, end: usize) -> usize {
        let mut end = end;
        while end > start {
            let key = self.key(end - 1);
            let joined =
                key.strip_prefix('و').is_some_and(|rest| LINKS.contains(rest) || TRAILING.contains(rest));
            let hangs = joined
                || TRAILING.contains(key)
                || RELATIVES.contains(key)
                || LINKS.contains(key)
                || measures(key)
                || matches!(self.tokens[end - 1].kind, TokenKind::Mark(c) if !is_quotation_mark(c));
            // «في التجمع الذي نظم»
            let relative = end >= start + 2 && is_verb(key) && RELATIVES.contains(self.key(end - 2));
            if !hangs && !relative {
                break;
            }
            end -= 1;
        }
        end
    }
}
