//! Quotations: who said what. «قال الوزير إنّ "…"», «"…"، يقول الخبير», «وأضاف: "…"».
//!
//! A wrong speaker is worse than none: one is told only where the grammar leaves no other reading. What the verb of saying
//! governs must stand right behind it: its subject ([`report`]), and then the quotation behind «أن» or a colon.

mod report;

use super::mention::Mention;
use super::morphology::TokenAnalysis;
use super::title::Titles;
use crate::text::speech::is_complementizer;
use crate::text::{Document, Span};

use report::{Report, Reporter, Subject};

/// One quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Where it stands, the quotation marks included.
    pub span: Span,
    /// The mention of the speaker, where the text leaves no doubt: in its sentence, or in the one before whose speech goes on.
    pub speaker: Option<Span>,
    /// Whether it is all that is reported, and no part of a sentence of the article's own: «قال إنّ "…"», but not «قال إن العمل
    /// "يسير وفق الخطة"».
    pub is_whole: bool,
    /// Index of the sentence in which it begins.
    pub sentence: usize,
    /// How many words it has.
    pub words: usize,
}

/// Fewest words of a quotation; fewer are a name or a word held at a distance: «تنظيم "داعش"».
const SHORTEST: usize = 4;

/// Every quotation of `document`, in source order, none inside another; `speakers` are the mentions of those who may speak, `titles` stand before their names, and
/// `holder` gives the mention of the one whom the title without a name at a token stands for, with the token behind the title.
#[must_use]
pub fn find(
    document: &Document,
    analyses: &[TokenAnalysis<'_>],
    speakers: &[Mention],
    titles: &Titles,
    holder: &dyn Fn(usize) -> Option<(Span, usize)>,
) -> Vec<Quotation> {
    let outer = outermost(document.quotations());
    let mut quoted = vec![false; analyses.len()];
    for pair in &outer {
        let inside = analyses.partition_point(|l| l.span.start <= pair.start)
            ..analyses.partition_point(|l| l.span.end < pair.end);
        quoted[inside].fill(true);
    }
    let mut reporter =
        Reporter { document, analyses, mentions: speakers, titles, quoted: &quoted, holder, voice: None };
    let mut quotations = Vec::new();
    let mut next = outer.into_iter().peekable();
    for (index, sentence) in document.sentences().iter().enumerate() {
        let reports = reporter.read(index);
        while let Some(pair) = next.next_if(|pair| pair.start < sentence.span.end) {
            let open = analyses.partition_point(|l| l.span.start < pair.start);
            let close = analyses.partition_point(|l| l.span.end < pair.end);
            let words = analyses[open..close].iter().filter(|l| l.is_word()).count();
            if words < SHORTEST {
                continue;
            }
            let (speaker, whole) = attribute(&reporter, &reports, sentence.tokens.start, open, close);
            quotations.push(Quotation { span: pair, speaker, is_whole: whole, sentence: index, words });
        }
    }
    quotations
}

/// The quotations that stand in no other.
fn outermost(pairs: &[Span]) -> Vec<Span> {
    let mut outer: Vec<Span> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        match outer.last_mut() {
            Some(last) if last.contains(*pair) => {}
            // «"قال" … "نعم"» that begin at one mark: the longer one.
            Some(last) if pair.start < last.end => *last = last.cover(*pair),
            _ => outer.push(*pair),
        }
    }
    outer
}

/// Who says what stands between the marks at `open` and `close`, and whether it is all that is reported.
fn attribute(
    reporter: &Reporter<'_>,
    reports: &[Report],
    first: usize,
    open: usize,
    close: usize,
) -> (Option<Span>, bool) {
    let analyses = reporter.analyses;
    let before = reports.partition_point(|report| report.at < open);
    let Some(report) = before.checked_sub(1).map(|last| &reports[last]) else {
        let said = (first..open).all(|i| !analyses[i].is_word()).then(|| reporter.behind(close)).flatten();
        return (said, said.is_some());
    };
    let Subject::Named(speaker) = report.subject else { return (None, false) };
    let link = link(analyses, report, open);
    let between = report.end.min(link.start)..link.start;
    if open.saturating_sub(report.end) > report::FAR || reporter.is_joined(report.end, open) {
        return (None, false);
    }
    let clauses = analyses[between.clone()].iter().filter(|l| is_complementizer(l.key)).count();
    let adjacent = between.is_empty() || between.clone().all(|i| analyses[i].is_mark('،'));
    let introduced = !link.is_empty() || adjacent;
    if clauses == 0 && introduced {
        return (Some(speaker), true);
    }
    // «قال الوزير إن العمل "يسير وفق الخطة"»: his words, in a sentence of the article's own.
    ((clauses == 1 && link.is_empty()).then_some(speaker), false)
}

/// The tokens right before `open` that introduce what is quoted: a colon, «أن», «إنه:»; but not «إنه».
fn link(analyses: &[TokenAnalysis<'_>], report: &Report, open: usize) -> std::ops::Range<usize> {
    let mut start = open;
    while start > report.end.max(report.at + 1) {
        let word = &analyses[start - 1];
        let plain = matches!(word.key, "ان" | "بان") || (start < open && is_complementizer(word.key));
        if !(word.is_mark(':') || plain) {
            break;
        }
        start -= 1;
    }
    start..open
}

#[cfg(test)]
mod tests;
