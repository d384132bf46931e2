//! Verbs of saying and their subjects: «قال وزير النقل سامي الحداد», «الحداد، الذي أكد», «…، مشيرا إلى».

use crate::facts::lexicon::Class;
use crate::facts::mention::{Kind, Mention, Naming};
use crate::facts::morphology::TokenAnalysis;
use crate::facts::title::Titles;
use crate::text::lexicon::WordClass;
use crate::text::speech::{self, Speech, is_complementizer, is_without_speaker};
use crate::text::{Document, Span};

/// A verb or participle of saying outside quotations.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// Its token.
    pub at: usize,
    /// The token behind it and its subject, where the subject follows it.
    pub end: usize,
    /// Who says it.
    pub subject: Subject,
    is_feminine: bool,
}

/// Who says what a verb reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The one with this mention.
    Named(Span),
    /// Somebody whom the text does not tell in a way that leaves no doubt; or nobody asserts it.
    Unknown,
}

/// The one whose speech may go on in the next sentence: «وأضاف».
#[derive(Clone, Copy, Debug)]
pub struct Voice {
    speaker: Span,
    is_feminine: bool,
    sentence: usize,
    /// Whether the sentence names no other person.
    is_alone: bool,
}

/// Reads the reports of a document, sentence by sentence.
pub struct Reporter<'s> {
    pub document: &'s Document,
    /// The document's tokens.
    pub analyses: &'s [TokenAnalysis<'s>],
    /// Those who may speak.
    pub mentions: &'s [Mention],
    /// The titles before their names.
    pub titles: &'s Titles,
    /// Whether each token stands between quotation marks.
    pub quoted: &'s [bool],
    /// The mention of whom the title at a token stands for, with the token behind it.
    pub holder: &'s dyn Fn(usize) -> Option<(Span, usize)>,
    /// Who spoke in the sentence before; nobody at first.
    pub voice: Option<Voice>,
}

impl<'s> Reporter<'s> {
    /// The reports of the next sentence, `index`; sentences are read in order.
    pub fn read(&mut self, index: usize) -> Vec<Report> {
        let tokens = self.document.sentences()[index].tokens.clone();
        let mut reports: Vec<Report> = Vec::new();
        for at in tokens.clone() {
            if self.quoted[at] || !self.analyses[at].is_word() {
                continue;
            }
            if let Some(report) = self.report(index, at, tokens.start, tokens.end, &reports) {
                reports.push(report);
            }
        }
        let whole = tokens.clone().all(|i| self.quoted[i] || !self.analyses[i].is_word());
        match self.voice.as_mut() {
            // The speech goes on between the marks.
            Some(voice) if whole && voice.sentence + 1 == index => voice.sentence = index,
            _ => self.voice = self.heard(index, &reports),
        }
        reports
    }

    /// The one who has spoken in the sentence, where it is one only.
    fn heard(&self, index: usize, reports: &[Report]) -> Option<Voice> {
        let last = reports.last()?;
        let Subject::Named(speaker) = last.subject else { return None };
        let same = reports.iter().all(|report| report.subject == last.subject);
        let tokens = self.document.sentences()[index].tokens.clone();
        let others = self.people(tokens.start, tokens.end).filter(|m| m.span != speaker).count();
        same.then_some(Voice {
            speaker,
            is_feminine: last.is_feminine,
            sentence: index,
            is_alone: others == 0,
        })
    }

    fn report(&self, index: usize, at: usize, first: usize, end: usize, before: &[Report]) -> Option<Report> {
        let word = &self.analyses[at];
        if let Some(feminine) = speech::participle_of_saying(word.key).filter(|_| !word.is_definite()) {
            let subject = Self::same_speaker(before, feminine);
            return Some(Report { at, end: at + 1, is_feminine: feminine, subject: named(subject) });
        }
        // «نقلت الوكالة عن الحداد قوله إن».
        if matches!(word.key, "قوله" | "قولها") {
            let subject = self.told_of(at).map(|m| m.span);
            return Some(Report {
                at,
                end: at + 1,
                is_feminine: word.key == "قولها",
                subject: named(subject),
            });
        }
        // «برأسمال يبلغ 250 مليون دولار» reports nothing.
        let amounts = WordClass::AmountVerb.contains(word.key.trim_start_matches('و'));
        let saying = speech::saying(word.key).filter(|_| !amounts)?;
        let report = |end, subject| Some(Report { at, end, is_feminine: saying.is_feminine, subject });
        if self.is_inside_name(at) || self.is_noun(at) {
            return None;
        }
        let tokens = &self.document.tokens()[at..end];
        if !saying.asserts || self.is_denied(at) || speech::opening(tokens).is_none() {
            return report(at + 1, Subject::Unknown);
        }
        if let Some((subject, end)) = self.subject_behind(at) {
            let joined = self.is_joined(end, (end + 2).min(self.analyses.len()));
            return report(end, if joined { Subject::Unknown } else { Subject::Named(subject) });
        }
        if let Some(subject) = self.subject_before(at, first) {
            return report(at + 1, Subject::Named(subject));
        }
        let opens = (first..at).all(|i| !self.analyses[i].is_word() || self.analyses[i].key == "و");
        let omitted =
            is_without_speaker(tokens) || self.analyses.get(at + 1).is_some_and(|l| l.preposition.is_some());
        let subject = if !omitted || self.has_somebody_behind(at, end) {
            None
        } else if opens {
            self.goes_on(index, saying)
        } else if word.key.starts_with('و') {
            Self::same_speaker(before, saying.is_feminine)
        } else {
            None
        };
        report(at + 1, named(subject))
    }

    /// The one who has spoken in the sentence before, where the verb goes on with it: «وأضاف», and «وقال» where nobody else was
    /// named.
    fn goes_on(&self, index: usize, saying: speech::Saying) -> Option<Span> {
        let voice = self.voice.filter(|v| v.sentence + 1 == index && v.is_feminine == saying.is_feminine)?;
        (saying.speech == Speech::Continues || voice.is_alone).then_some(voice.speaker)
    }

    /// The one who says all that the sentence has reported so far.
    fn same_speaker(before: &[Report], feminine: bool) -> Option<Span> {
        let last = before.last()?;
        let Subject::Named(speaker) = last.subject else { return None };
        let mut near = before.iter().rev().take(REPORTS);
        let same = near.all(|r| r.subject == last.subject && r.is_feminine == feminine);
        same.then_some(speaker)
    }

    /// The subject right behind the verb, with the token behind it: a name, with or without its title; a body; a country; a
    /// title that stands for somebody named elsewhere.
    fn subject_behind(&self, at: usize) -> Option<(Span, usize)> {
        let verb = &self.analyses[at];
        let mut start = at + 1;
        while self.analyses.get(start).is_some_and(|l| l.is_mark('#')) {
            start += 1;
        }
        let word =
            self.analyses.get(start).filter(|l| l.sentence == verb.sentence && l.is_word() && l.is_bare())?;
        // Of «المتحدث باسم ترامب، شون هاربر» the last one: the title of his is the longest.
        let reach = (start + REACH).min(self.analyses.len());
        let titled = self
            .people(start, reach)
            .filter(|m| self.analyses[m.tokens.start].sentence == verb.sentence)
            .filter(|m| m.tokens.start == start || self.title_start(m) == Some(start))
            .last();
        if let Some(mention) = titled {
            return Some((mention.span, mention.tokens.end));
        }
        if let Some(mention) = self.starting(start).find(|m| match m.kind {
            Kind::Organization(_) => true,
            Kind::Country(_, naming) => naming != Naming::Nationality,
            _ => false,
        }) {
            // «الحكومة الإيرانية» is a body; «فريق التحقيق» with more words behind it is not told whole.
            return Some((mention.span, mention.tokens.end));
        }
        word.head.and_then(|_| (self.holder)(start))
    }

    /// «الحداد، الذي أكد», «الحداد يقول», «وكان الحداد قد قال»; a name at the end of the line before is no subject.
    fn subject_before(&self, at: usize, first: usize) -> Option<Span> {
        let previous = at.checked_sub(1).filter(|i| *i >= first)?;
        let key = self.analyses[previous].key;
        let ending = |end| self.ending(end).filter(|mention| mention.tokens.start >= first);
        if matches!(key, "الذي" | "التي" | "والذي" | "والتي") {
            let comma = previous.checked_sub(1).filter(|&i| self.analyses[i].is_mark('،'));
            return ending(comma.unwrap_or(previous)).map(|m| m.span);
        }
        let end = if key == "قد" { previous } else { at };
        let mention = ending(end)?;
        let start = self.title_start(mention).unwrap_or(mention.tokens.start);
        let before = start.checked_sub(1).filter(|i| *i >= first).map(|i| &self.analyses[i]);
        let opens = before.is_none_or(|l| !l.is_word()) && self.is_without_words(first, start);
        let was = before.is_some_and(|l| matches!(l.key, "كان" | "وكان" | "كانت" | "وكانت"));
        let clause = before.is_some_and(|l| matches!(l.key, "لكن" | "ولكن" | "بينما" | "فيما" | "ان" | "و"));
        (opens || clause || (was && key == "قد")).then_some(mention.span)
    }

    /// «نقلت الوكالة \[عن\] المتحدث سامي الحداد \[قوله\]».
    fn told_of(&self, at: usize) -> Option<&'s Mention> {
        let mention = self.ending(at)?;
        let start = self.title_start(mention).unwrap_or(mention.tokens.start);
        let from = start.checked_sub(1).is_some_and(|i| self.analyses[i].key == "عن");
        from.then_some(mention)
    }

    /// The speaker whom a verb right behind the quotation that closes at `close` names: «"…"، يقول الحداد».
    pub fn behind(&self, close: usize) -> Option<Span> {
        let sentence = self.analyses.get(close)?.sentence;
        let mut at = close + 1;
        while at < close + 3
            && self
                .analyses
                .get(at)
                .is_some_and(|l| l.is_mark('،') || l.is_mark('.') || l.key == "كما" || l.key == "هكذا")
        {
            at += 1;
        }
        let verb = self.analyses.get(at).filter(|l| l.sentence == sentence && !self.quoted[at])?;
        let says = speech::saying(verb.key).is_some_and(|s| s.asserts && s.speech == Speech::Begins);
        if !says || verb.key.starts_with(['و', 'ف']) {
            return None;
        }
        let (speaker, end) = self.subject_behind(at)?;
        let reports = self.analyses[end..].iter().take(REACH).take_while(|l| l.sentence == sentence);
        let mut goes_on = reports.map(|l| is_complementizer(l.key) || l.is_mark(':'));
        (!goes_on.any(|goes_on| goes_on) && !self.is_joined(end, (end + 2).min(self.analyses.len())))
            .then_some(speaker)
    }

    /// Whether another is joined to the subject by «و» before the token `end`: «شكري وبلينكن».
    pub fn is_joined(&self, start: usize, end: usize) -> bool {
        let next = self
            .analyses
            .get(start)
            .is_some_and(|l| start < end && l.has_conjunction && l.class == Class::Open);
        next && speech::saying(self.analyses[start].key).is_none()
            || self.people(start, end).any(|m| {
                let first = self.title_start(m).unwrap_or(m.tokens.start);
                !self.quoted[m.tokens.start] && self.analyses[first].has_conjunction
            })
    }

    /// Whether somebody is named behind a verb whose subject is left out: «قال في بيان المتحدث باسم الجيش».
    fn has_somebody_behind(&self, at: usize, end: usize) -> bool {
        let end = end.min(at + FAR);
        let stop = (at + 1..end).find(|&i| {
            self.quoted[i] || is_complementizer(self.analyses[i].key) || self.analyses[i].is_mark(':')
        });
        let stop = stop.unwrap_or(end);
        self.people(at + 1, stop).any(|m| self.analyses[m.tokens.start].is_bare())
            || self.analyses[at + 1..stop]
                .iter()
                .any(|l| l.head.is_some_and(|h| !h.is_everyday) && l.is_bare())
    }

    /// «لم يقل», «قد يقول», «أن يقول», «إذا قال»: nobody says it there.
    fn is_denied(&self, at: usize) -> bool {
        const DENIALS: &[&str] = &[
            "لم", "ولم", "لا", "ولا", "لن", "ولن", "ما", "وما", "ان", "وان", "بان", "اذا", "لو", "هل", "كي",
            "حتي", "غير",
        ];
        let imperfect = self.analyses[at].key.trim_start_matches('و').starts_with(['ي', 'ت']);
        at.checked_sub(1).map(|i| self.analyses[i].key).is_some_and(|key| {
            DENIALS.contains(&key) && self.analyses[at - 1].sentence == self.analyses[at].sentence
                || (key == "قد" && imperfect)
        })
    }

    /// «في رد», «على نقل»: behind a preposition stands a noun.
    fn is_noun(&self, at: usize) -> bool {
        const PREPOSITIONS: &[&str] =
            &["في", "من", "الي", "عن", "مع", "بعد", "قبل", "دون", "بدون", "عند", "خلال"];
        let word = &self.analyses[at];
        at.checked_sub(1).map(|i| &self.analyses[i]).is_some_and(|l| {
            l.sentence == word.sentence
                && (PREPOSITIONS.contains(&l.key) || l.class == Class::Particle && l.key == "علي")
        })
    }

    fn is_inside_name(&self, at: usize) -> bool {
        let last = self.mentions.partition_point(|m| m.tokens.start <= at);
        self.mentions[..last].iter().rev().take(3).any(|m| m.tokens.contains(&at))
    }

    fn is_without_words(&self, start: usize, end: usize) -> bool {
        self.analyses[start..end].iter().all(|l| !l.is_word())
    }

    /// The people whose names begin in `start..end`.
    fn people(&self, start: usize, end: usize) -> impl Iterator<Item = &'s Mention> + use<'s> {
        let first = self.mentions.partition_point(|m| m.tokens.start < start);
        self.mentions[first..]
            .iter()
            .take_while(move |m| m.tokens.start < end)
            .filter(|m| m.kind == Kind::Person)
    }

    fn starting(&self, at: usize) -> impl Iterator<Item = &'s Mention> + use<'s> {
        let first = self.mentions.partition_point(|m| m.tokens.start < at);
        self.mentions[first..].iter().take_while(move |m| m.tokens.start == at)
    }

    /// The person whose name ends right before the token `end`.
    fn ending(&self, end: usize) -> Option<&'s Mention> {
        let last = self.mentions.partition_point(|m| m.tokens.start < end);
        let near = self.mentions[..last].iter().rev().take(4);
        near.filter(|m| m.kind == Kind::Person).find(|m| m.tokens.end == end)
    }

    fn title_start(&self, mention: &Mention) -> Option<usize> {
        self.titles.get(&mention.tokens.start).map(|title| title.tokens.start)
    }
}

/// How far behind a verb what it reports begins at most, in tokens: a text without full stops costs no more than its length.
pub const FAR: usize = 80;

/// How many reports of a sentence are looked at for whether one only speaks.
const REPORTS: usize = 16;

/// How far behind a verb its subject's name may stand, in tokens: a title has up to fourteen words.
const REACH: usize = 18;

fn named(subject: Option<Span>) -> Subject {
    subject.map_or(Subject::Unknown, Subject::Named)
}
