//! Where the clause around a number can be cut at all.

use super::{Cut, Reading};
use crate::facts::gazetteer::titles;
use crate::facts::grammar::{self, Part};
use crate::facts::lexicon;
use crate::facts::nouns::{self, Class};
use crate::facts::number::skip_letters;
use crate::text::Span;
use crate::text::lexicon::WordClass;
use crate::text::speech::is_complementizer;

/// Words of a line.
pub const MOST_WORDS: usize = 10;

impl Reading<'_> {
    /// Every cut that holds the figure, has ten words at most and begins and ends where a phrase does.
    pub(super) fn cuts(&self) -> Vec<Cut> {
        let starts: Vec<usize> = (self.first.max(self.figure.start.saturating_sub(MOST_WORDS + 4))
            ..=self.figure.start)
            .filter(|&at| self.can_begin(at))
            .collect();
        let ends: Vec<usize> = (self.figure.end..=self.last().min(self.figure.end + MOST_WORDS + 4))
            .filter(|&at| self.can_end(at))
            .collect();
        let mut cuts = Vec::new();
        for &start in &starts {
            for &end in &ends {
                let span = Span::new(self.begin(start), self.end(end));
                let words = span.of(self.clause.source).split_whitespace().count();
                if words <= MOST_WORDS && self.is_whole(start, end) && !self.has_parted_name(span) {
                    cuts.push(Cut { tokens: start..end, span });
                }
            }
        }
        cuts
    }

    /// The byte where a line begins whose first token is at `at`: «و» and what leads to the noun («\[ب\]مقتل») are left out.
    fn begin(&self, at: usize) -> usize {
        if at == self.figure.start {
            return self.span.start;
        }
        let token = &self.clause.tokens[at];
        let word = self.word(at);
        let joined = word.is_some_and(|word| word.has_conjunction);
        let key = &token.key[if joined { 'و'.len_utf8() } else { 0 }..];
        let preposition = word.is_some_and(|word| word.part == Part::Joined) && !key.starts_with("لل");
        skip_letters(self.clause.source, token.span, usize::from(joined) + usize::from(preposition))
    }

    fn end(&self, end: usize) -> usize {
        let last = self.clause.tokens[end - 1].span.end;
        if end == self.figure.end { self.span.end } else { last }
    }

    /// Whether a phrase may begin with the token at `at`.
    fn can_begin(&self, at: usize) -> bool {
        if at == self.figure.start || self.is_impersonal(at) {
            return true;
        }
        let Some(word) = self.word(at) else { return false };
        // «[فإن] 10 أحزاب»: the answer to what stands before.
        if self.key(at).strip_prefix('ف').is_some_and(is_complementizer) {
            return false;
        }
        match word.part {
            Part::Comma
            | Part::Quote
            | Part::Bracket
            | Part::Stop
            | Part::Mark
            | Part::Preposition
            | Part::Pointer
            | Part::Adverb
            | Part::Complementizer
            | Part::Relative
            | Part::Conjunction => return false,
            Part::Particle => return true,
            Part::Joined => return self.is_whole_without_letter(at),
            part if part.is_verb() => return true,
            _ => {}
        }
        if self.is_other(at) && at > 0 && self.is_other(at - 1) || at > 0 && self.is_time(at) {
            return false;
        }
        match self.before(at) {
            None => at == 0,
            // «وعلى [متنها] 47 راكبا»: whose, stands before it.
            Some(Part::Preposition) if word.part == Part::Owned => false,
            // «أن [الناشطين] كانوا»: an accusative without what governs it.
            Some(Part::Complementizer) if self.key(at).ends_with("ين") => false,
            // «المكاتب [ومراكز البيانات] ستصل إلى»: the second of two that are joined.
            Some(before) if word.has_conjunction => matches!(before, Part::Stop | Part::Quote),
            // «لفترة [تدريبية]»
            Some(Part::Measure)
                if self.key(at - 1).starts_with(['ب', 'ل']) || self.key(at - 1).ends_with('ه') =>
            {
                false
            }
            // «الشرطة [مقتل] ستة»: after a noun with its article nothing without one belongs to it.
            Some(Part::Definite | Part::Owned) => word.part == Part::Noun || self.is_other(at),
            // «أعلن سالم [مقتل] ستة»
            Some(Part::Noun | Part::Joined) => word.part == Part::Noun && self.is_end_of_subject(at),
            // «أعلن [مقتل] ستة»; the subject of a verb does not stand without it: «حصل [سالم] على», «منحت [هيئة] الاستثمار», «قالت
            // [وزيرة] النقل».
            Some(Part::Saying) => {
                word.part == Part::Noun && !self.is_start_of_name(at) && !self.is_name_of_somebody(at)
            }
            Some(Part::Verb) => false,
            Some(Part::Number) => word.part == Part::Noun && self.is_other(at - 1) && !self.is_other(at),
            // «صواريخ شينوك-[47] والمعدات»: what a hyphen joins to a name is no beginning.
            Some(Part::Comma) if matches!(self.key(at - 1), "-" | "–") => !self.is_glued(at - 1),
            Some(_) => self.key(at - 1) != "/",
        }
    }

    /// Whether a noun is left where the letter goes that leads to it: «\[ب\]مقتل ستة»; not of «بالمقابل», «لتنمو», «لماذا».
    fn is_whole_without_letter(&self, at: usize) -> bool {
        let word = self.word(at).is_some_and(|word| word.has_conjunction);
        let key = &self.key(at)[if word { 'و'.len_utf8() } else { 0 }..];
        key.starts_with("لل") || key.strip_prefix(['ب', 'ل', 'ك']).is_none_or(grammar::is_bare_noun)
    }

    /// «من المتوقع أن», «من المقرر أن»: a clause of its own.
    fn is_impersonal(&self, at: usize) -> bool {
        self.key(at) == "من"
            && self.part(at + 1) == Some(Part::Definite)
            && self.part(at + 2) == Some(Part::Complementizer)
    }

    /// Whether the name of a verb's subject ends before the token at `at`.
    fn is_end_of_subject(&self, at: usize) -> bool {
        let before = self.clause.tokens[at - 1].span.end;
        let name = self.names.iter().find(|name| name.end == before);
        let first = name.map(|name| self.clause.tokens.partition_point(|token| token.span.end <= name.start));
        first.is_some_and(|first| self.before(first).is_some_and(Part::is_verb))
    }

    fn is_start_of_name(&self, at: usize) -> bool {
        let token = self.clause.tokens[at].span;
        self.names.iter().any(|name| name.start <= token.start && token.start < name.end)
    }

    /// Whether the word is one that people or bodies are called by: «وزيرة», «هيئة».
    fn is_name_of_somebody(&self, at: usize) -> bool {
        let key = self.key(at);
        titles::head(key).is_some() || lexicon::organization_head(key).is_some()
    }

    /// Whether a phrase may end before the token at `end`.
    fn can_end(&self, end: usize) -> bool {
        let last = end - 1;
        if end > self.figure.end {
            let Some(word) = self.word(last) else { return false };
            let bracket = word.part == Part::Bracket && matches!(self.key(last), ")" | "]");
            let mark =
                matches!(word.part, Part::Comma | Part::Stop | Part::Quote | Part::Bracket | Part::Mark);
            // «مكتب الرئاسة الذي [يقع]»
            let tells_little = word.part == Part::Verb && self.before(last) == Some(Part::Relative);
            if word.part.is_incomplete()
                || tells_little
                || mark && !bracket && !matches!(self.key(last), "%" | "٪" | "\"" | "»" | "”")
            {
                return false;
            }
        }
        let Some(word) = self.word(end) else { return end == self.clause.tokens.len() };
        // «أبريل/نيسان» and «أرض-جو» are one word.
        let touches = self.clause.tokens[end].span.start == self.clause.tokens[last].span.end;
        let hyphen = touches && matches!(self.key(end), "-" | "–") && self.is_glued(end);
        if self.key(end) == "/" || self.key(last) == "/" || hyphen {
            return false;
        }
        if word.has_conjunction || word.part.is_verb() || self.is_time(end) {
            return true;
        }
        match word.part {
            Part::Noun => {
                self.before(end) == Some(Part::Definite) && !self.is_inside_name(end)
                    || self.is_end_of_name(end)
                    || lexicon::class(self.key(end)) == lexicon::Class::Particle
            }
            Part::Definite | Part::Owned => self.is_end_of_name(end) && self.before(end) != Some(Part::Noun),
            // «لنيل [ستة مقاعد]», «سنة [2022]»
            Part::Number => false,
            _ => true,
        }
    }

    /// Whether nothing stands between the tokens `at` and `at + 1`.
    fn is_glued(&self, at: usize) -> bool {
        let next = self.clause.tokens.get(at + 1);
        next.is_some_and(|next| next.span.start == self.clause.tokens[at].span.end)
    }

    /// «الأسبوع الماضي», «الاثنين»: a time needs no preposition.
    pub(super) fn is_time(&self, at: usize) -> bool {
        let key = self.key(at);
        let bare = key.strip_prefix("ال").unwrap_or(key);
        nouns::look_up(bare).is_some_and(|noun| noun.class == Class::Time)
            || WordClass::Weekday.contains(key)
            || matches!(key, "امس" | "اليوم" | "غدا")
    }

    /// Whether `start..end` is of one piece: marks that come in pairs are whole, no sentence ends in it, and no clause is joined to a torn
    /// one before the number or to the number's own behind it.
    fn is_whole(&self, start: usize, end: usize) -> bool {
        let begins = |at: usize| {
            self.word(at).is_some_and(|word| {
                word.has_conjunction && (word.part.is_verb() || word.part == Part::Pronoun)
                    || word.part == Part::Conjunction
            })
        };
        let whole = start == 0
            || self.is_impersonal(start)
            || self.part(start).is_some_and(Part::is_verb)
            || matches!(self.before(start), Some(Part::Stop | Part::Complementizer | Part::Conjunction));
        // «رئيس الهيئة [إن] المصانع ستوفر»: who says it is cut off from the saying.
        let told = |at: usize| self.part(at) == Some(Part::Complementizer);
        if !whole && (start + 1..self.figure.start).any(|at| begins(at) || told(at))
            || (self.figure.end..end).any(begins)
        {
            return false;
        }
        // «72 في المئة من الرجال [يعتقدون]»: what is said of the counted ones is not cut off.
        let verb = |at: usize| self.part(at).is_some_and(Part::is_verb);
        let predicate = self.word(end).is_some_and(|word| word.part == Part::Verb && !word.has_conjunction);
        if predicate && !(start..self.figure.start).chain(self.figure.end..end).any(verb) {
            return false;
        }
        let (mut open, mut quotes) = (0_i32, 0);
        for at in start..end {
            if self.figure.contains(&at) {
                continue;
            }
            match self.part(at) {
                Some(Part::Stop) => return false,
                Some(Part::Quote) => quotes += 1,
                Some(Part::Bracket) => open += if matches!(self.key(at), "(" | "[") { 1 } else { -1 },
                _ => {}
            }
            if open < 0 {
                return false;
            }
        }
        open == 0 && quotes % 2 == 0
    }

    /// Whether `span` begins or ends within a name.
    fn has_parted_name(&self, span: Span) -> bool {
        let inside = |at: usize, name: &Span| name.start < at && at < name.end;
        self.names.iter().any(|name| inside(span.start, name) || inside(span.end, name))
    }

    /// Whether a name ends before the token at `at`.
    fn is_end_of_name(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|at| self.clause.tokens[at].span.end) else { return false };
        self.names.iter().any(|name| name.end == before)
    }

    fn is_inside_name(&self, at: usize) -> bool {
        let start = self.clause.tokens[at].span.start;
        self.names.iter().any(|name| name.start < start && start < name.end)
    }
}
