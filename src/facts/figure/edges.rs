//! The edges of the phrase beside a number: what it cannot begin or end with when it is shown alone, and what it may not lose.

use std::ops::Range;

use super::Candidate;
use super::clause::{self, LINKS, is_verb};
use super::function_words::{OPENING, met_death};
use super::what::Sentence;
use crate::facts::nouns::{self, Class};
use crate::text::TokenKind;
use crate::text::quotation::is_quotation_mark;

impl Sentence<'_> {
    /// Whether the word at `at` cannot open a phrase that is shown alone: «[مما] أدى إلى مقتل 14 شخصا», «، [ما] أسفر عن», «[الأمر الذي] دفع»,
    /// «[بذلك] ترتفع الحصيلة», «[فعلى الرغم من] ارتفاع الدخل».
    pub(super) fn opens_nothing(&self, at: usize) -> bool {
        let key = self.key(at);
        let next = self.key(at + 1);
        let points = match key {
            // «ما» is "which" behind a comma, and "not" before «زال».
            "ما" => at > 0 && self.tokens[at - 1].is_mark('،') && is_verb(next) && !next.contains("زال"),
            "بهذا" | "بذلك" => is_verb(next),
            "ذلك" => is_verb(next) || at > 1 && self.key(at - 1) == "في" && self.key(at - 2) == "بما",
            "الامر" => next == "الذي",
            // «أما شهريا، [فقد] تراجعت», but «بعد أن فقد عملاق التواصل».
            "فقد" => {
                let before = at.checked_sub(1).map_or("", |at| self.key(at));
                !matches!(before, "ان" | "بعدما" | "عندما" | "الذي" | "حين") && !clause::may(key, next)
            }
            "بما" => next == "في" && self.key(at + 2) == "ذلك",
            // «ففي بريطانيا يفقد»: a place that its verb follows.
            _ => key.strip_prefix('ف').is_some_and(|rest| {
                OPENING.contains(rest) && (!LINKS.contains(rest) || rest == "علي" && next == "الرغم")
            }),
        };
        points
            || OPENING.contains(key) && !clause::may(key, next)
            || matches!(self.tokens[at].kind, TokenKind::Mark(c) if !is_quotation_mark(c) && c != '#')
    }

    /// Where a phrase begins whose verb stands at `at`, with what denies it or makes it a possibility: «**لن** تتأثر», «على **ألا** يبعد»,
    /// «**قد** يتسبب».
    pub(super) fn with_polarity(&self, at: usize) -> usize {
        let before = at.checked_sub(1).map_or("", |at| self.key(at));
        let lasts = before == "ما" && self.key(at).contains("زال");
        let polar = clause::denies(before) || lasts || clause::may(before, self.key(at));
        let polar = polar && !self.taken[at - 1];
        if polar { at - 1 } else { at }
    }

    /// Where `phrase` begins, behind `figure`, if it tells what the counted ones did: «83 دولة ممن **شاركوا** في الاجتماع». The pronoun stays
    /// where it says whose a share is, «42 بالمئة **ممن** جرى استطلاع آرائهم», and where their verb comes behind that clause: «الأشخاص الخمسة
    /// **الذين** كانوا في الحافلة لقوا حتفهم».
    pub(super) fn without_relative(&self, phrase: Range<usize>, figure: &Candidate) -> usize {
        let counted = matches!(figure.class, Some(Class::Person | Class::Casualty | Class::Thing));
        let many = matches!(self.key(phrase.start), "ممن" | "الذين" | "اللواتي" | "التي");
        let verb = |&at: &usize| is_verb(self.key(at)) || met_death(self.key(at));
        let mut verbs = (phrase.start + 1..phrase.end).filter(verb);
        let told = counted && many && verbs.next() == Some(phrase.start + 1) && verbs.next().is_none();
        if told { phrase.start + 1 } else { phrase.start }
    }

    /// `start..end` without a circumstance at its end that points at what is not shown: «من سيطرته [في تلك المناطق]», «معركة اندلعت
    /// [بعد ذلك]». «هذا العام» points at the reader's own time, and an action wants its object: «نقصا في هذا الفيتامين».
    pub(super) fn without_pointer(&self, start: usize, end: usize) -> usize {
        let from = end.saturating_sub(MOST_POINTING).max(start + 2);
        let points = |&at: &usize| {
            let noun = self.key(at + 2).strip_prefix("ال").and_then(nouns::look_up);
            let now =
                matches!(self.key(at + 1), "هذا" | "هذه") && noun.is_some_and(|n| n.class == Class::Time);
            let time = matches!(self.key(at), "خلال" | "بعد" | "قبل" | "منذ");
            let place = matches!(self.key(at), "في" | "ضمن")
                && at + 2 < end
                && !self.key(at - 1).ends_with('ا')
                && !is_verb(self.key(at - 1));
            (time || place)
                && matches!(self.key(at + 1), "هذا" | "هذه" | "ذلك" | "تلك" | "هؤلاء" | "اوليك")
                && !now
        };
        (from..end.saturating_sub(1)).find(points).unwrap_or(end)
    }

    /// The part of `start..end` without a quotation mark whose other half is missing.
    pub(super) fn balanced(&self, start: usize, end: usize) -> (usize, usize) {
        let quote = |at: usize| self.tokens[at].is_quotation_mark();
        let (mut start, mut end) = (start, end);
        let mark = |at: usize| {
            !quote(at)
                && matches!(self.tokens[at].kind, TokenKind::Mark(c) if c != '#' && c != '%' && c != '٪')
        };
        while start < end && mark(start) {
            start += 1;
        }
        while start < end && mark(end - 1) {
            end -= 1;
        }
        if (start..end).filter(|&at| quote(at)).count() % 2 == 0 {
            return (start, end);
        }
        if start < end && quote(end - 1) {
            end -= 1;
        } else if start < end && quote(start) {
            start += 1;
        } else if let Some(at) = (start..end).find(|&at| quote(at)) {
            // The longer side stays.
            if at - start > end - at { end = at } else { start = at + 1 }
        }
        (start, end)
    }
}

/// A preposition, a demonstrative, a noun and its adjective.
const MOST_POINTING: usize = 4;
