//! Sentences of a paragraph.
//!
//! A sentence ends at `.`, `!`, `?`, `؟` or with the paragraph. «..» and «…» are pauses: Arabic news
//! uses them as dashes. A stop ends nothing inside a short quotation or bracket («قال: "لن ننتظر.
//! سنبدأ غدا"» is one sentence), nor in abbreviations, numbers and addresses
//! (`abbreviation`). Every character that is not white space lies in exactly one sentence.

use super::abbreviation::{first_word, is_abbreviation, is_inside_name};
use super::fold::{fold, is_arabic_letter, is_mark};
use super::lexicon::WordClass;
use super::paragraph::paragraphs;
use super::quotation::{Quotations, Side, is_quotation_mark, quotations};
use super::span::Span;
use super::speech::{is_complementizer, verb_of_saying};

/// Longer quotations, in bytes, are cut at their stops (about fifty words).
const MAX_WHOLE_QUOTATION: usize = 600;
/// Longer brackets, in bytes, are cut at their stops.
const MAX_WHOLE_BRACKET: usize = 300;
/// A longer sentence, in bytes, is cut at its pauses (about forty-five words).
const LONG_SENTENCE: usize = 540;
/// A longer one, in bytes, runs on: commas stand for full stops (about seventy words).
const RUN_ON_SENTENCE: usize = 840;
/// A shorter piece is not cut off at a pause, in bytes.
const MIN_PIECE: usize = 120;

/// Splits the paragraph `paragraph` of `source` into sentence spans, in order, white space trimmed.
/// `quotations` are those of the paragraph. Linear in its length.
#[must_use]
pub fn split(source: &str, paragraph: Span, quotations: &Quotations) -> Vec<Span> {
    let splitter = Splitter {
        text: paragraph.of(source),
        enclosures: enclosures(source, paragraph, quotations),
        closing_marks: closing_marks(paragraph, quotations),
    };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(stop) = splitter.next_stop(at) {
        let end = splitter.with_closers(stop.end);
        at = end;
        if splitter.is_boundary(start, stop, end) {
            let end = splitter.with_credit(end);
            splitter.push(&mut sentences, start, end);
            (start, at) = (end, end);
        }
    }
    splitter.push(&mut sentences, start, splitter.text.len());
    for span in &mut sentences {
        *span = Span::new(span.start + paragraph.start, span.end + paragraph.start).trim(source);
    }
    sentences.retain(|span| !span.is_empty());
    sentences
}

/// How many sentences `text` has.
#[must_use]
pub fn count(text: &str) -> usize {
    let of = |paragraph: Span| split(text, paragraph, &quotations(text, paragraph)).len();
    paragraphs(text).into_iter().map(of).sum()
}

/// A paragraph with what encloses its stops; all offsets are its own.
struct Splitter<'t> {
    text: &'t str,
    /// Quotations and brackets that stay whole: in order, no two overlap.
    enclosures: Vec<Enclosure>,
    /// Where quotation marks stand that close, in order.
    closing_marks: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Enclosure {
    span: Span,
    is_quotation: bool,
}

/// What a run of stops means before its neighbours are asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// «.»
    Full,
    /// «؟», «!», «?!»
    Question,
    /// «..», «…»
    Pause,
}

impl Splitter<'_> {
    /// The next run of stops at or after `from`.
    fn next_stop(&self, from: usize) -> Option<Span> {
        let start = from + self.text[from..].find(is_stop)?;
        let end = self.text[start..].find(|c| !is_stop(c)).map_or(self.text.len(), |length| start + length);
        Some(Span::new(start, end))
    }

    /// The end of what belongs to a stop that ends at `end`: closing marks and brackets, a footnote
    /// mark, and stops behind them: «…".», «…؟»)», «….[3]».
    fn with_closers(&self, mut end: usize) -> usize {
        loop {
            let rest = &self.text[end..];
            let closer = rest.trim_start_matches(' ');
            let room = rest.len() - closer.len();
            let Some(c) = closer.chars().next() else { return end };
            let at = end + room;
            let belongs = if is_quotation_mark(c) {
                room <= 1 && self.closing_marks.binary_search(&at).is_ok()
            } else {
                room == 0 && matches!(c, ')' | ']' | '}' | '’')
            };
            if belongs {
                end = at + c.len_utf8();
                end +=
                    self.text[end..].chars().take_while(|&c| is_stop(c)).map(char::len_utf8).sum::<usize>();
            } else if let Some(length) = footnote(closer).filter(|_| room <= 1) {
                end = at + length;
            } else {
                return end;
            }
        }
    }

    /// Whether the run of stops `stop`, whose closers end at `end`, ends the sentence from `start`.
    fn is_boundary(&self, start: usize, stop: Span, end: usize) -> bool {
        let rest = &self.text[end..];
        let after = rest.trim_start();
        let Some(next) = after.chars().next() else { return true };
        // «"لن ننتظر."، بحسب قوله»: what follows belongs to the sentence.
        if matches!(next, '،' | ',' | '؛' | ';' | ':' | ')' | ']' | '}' | '»' | '%' | '٪') || is_stop(next)
        {
            return false;
        }
        let before = &self.text[..stop.start];
        if self.text[start..stop.start].trim().is_empty() {
            return false;
        }
        let kind = kind(stop.of(self.text));
        match self.enclosure_of(stop.start) {
            Some(enclosure) if end < enclosure.span.end || !enclosure.is_quotation => return false,
            Some(enclosure) => return self.has_quotation_at_end(kind, enclosure.span, after),
            None => {}
        }
        match kind {
            Stop::Pause => false,
            // «page.html?id=3»
            Stop::Question => {
                !(before.ends_with(|c: char| c.is_ascii_alphanumeric())
                    && rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            }
            Stop::Full => {
                let is_head = is_list_mark(self.text[start..stop.start].trim());
                let is_joined = end == stop.end && rest.len() == after.len();
                let is_inside =
                    if is_joined { is_inside_name(before, after) } else { is_abbreviation(before, after) };
                !is_head && !is_inside
            }
        }
    }

    /// Whether a sentence ends where a quotation ends that holds the stop itself.
    fn has_quotation_at_end(&self, kind: Stop, quotation: Span, after: &str) -> bool {
        let next = fold(first_word(after));
        // «"سنبدأ غدا." بحسب قوله», «"لماذا؟" يسأل الرجل».
        if WordClass::Attribution.contains(&next) {
            return false;
        }
        let conjoined = next.strip_prefix(['و', 'ف']);
        // «"المصنع آمن." وأن الفحوص ستستمر»: the report goes on outside.
        if conjoined.is_some_and(is_complementizer) {
            return false;
        }
        let reports_on = conjoined.is_some() && verb_of_saying(&next).is_some();
        let words = quotation.of(self.text).split_whitespace().take(LONG_QUOTATION_WORDS).count();
        let is_speech =
            words == LONG_QUOTATION_WORDS || self.text[..quotation.start].trim_end().ends_with(':');
        match kind {
            Stop::Full => true,
            // A title may end in a question: «برنامج "من سيربح المليون؟" الشهير».
            Stop::Question => {
                reports_on || is_speech && (conjoined.is_some() || verb_of_saying(&next).is_none())
            }
            Stop::Pause => reports_on,
        }
    }

    fn enclosure_of(&self, at: usize) -> Option<Enclosure> {
        let after = self.enclosures.partition_point(|enclosure| enclosure.span.start <= at);
        let enclosure = self.enclosures[after.checked_sub(1)?];
        (at < enclosure.span.end).then_some(enclosure)
    }

    /// The end of a short bracket that closes the paragraph after a sentence: «… أمس. (أ ف ب)».
    fn with_credit(&self, end: usize) -> usize {
        let rest = self.text[end..].trim();
        let is_credit = rest.len() <= MAX_CREDIT
            && rest.starts_with('(')
            && rest.trim_end_matches(is_stop).strip_suffix(')').is_some_and(|inside| !inside.contains(')'));
        if is_credit { self.text.len() } else { end }
    }

    /// Adds the sentence `start..end`, cut at its pauses where it is too long, and what is left where a speech begins anew.
    fn push(&self, sentences: &mut Vec<Span>, start: usize, end: usize) {
        let start = self.cut(sentences, start, end, LONG_SENTENCE, Self::next_pause);
        let start = self.cut(sentences, start, end, RUN_ON_SENTENCE, Self::next_speech);
        sentences.push(Span::new(start, end));
    }

    /// Cuts pieces off `start..end` while it has more than `most` bytes, at the places that `next` finds; gives back where the rest starts.
    fn cut(
        &self,
        sentences: &mut Vec<Span>,
        mut start: usize,
        end: usize,
        most: usize,
        next: impl Fn(&Self, usize, usize) -> Option<usize>,
    ) -> usize {
        let mut at = start;
        while end - start > most {
            let Some(place) = next(self, at, end) else { break };
            at = place;
            let is_whole = self.enclosure_of(place - 1).is_none();
            if is_whole && place - start >= MIN_PIECE && end - place >= MIN_PIECE {
                sentences.push(Span::new(start, place));
                start = place;
            }
        }
        start
    }

    /// Behind the next comma in `from..end` that a verb of saying with «و» follows: «… قبل عام، وأكدت الوزارة أن …», in texts that put
    /// commas for full stops.
    fn next_speech(&self, from: usize, end: usize) -> Option<usize> {
        let commas = self.text[from..end].match_indices(['،', ',']);
        let mut places = commas.map(|(at, comma)| from + at + comma.len());
        places.find(|&place| {
            let word = fold(first_word(self.text[place..end].trim_start()));
            word.strip_prefix('و').is_some_and(|verb| verb_of_saying(verb).is_some())
        })
    }

    /// The end of the next «..» or «…» in `from..end`.
    fn next_pause(&self, from: usize, end: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let start = at + self.text[at..end].find(is_stop)?;
            let run = self.text[start..end].find(|c| !is_stop(c)).map_or(end, |length| start + length);
            let mark = &self.text[start..run];
            if kind(mark) == Stop::Pause {
                return Some(run);
            }
            at = run;
        }
    }
}

/// A quotation of so many words is speech, not a title.
const LONG_QUOTATION_WORDS: usize = 6;
/// The longest bracket, in bytes, that counts as a credit after a sentence.
const MAX_CREDIT: usize = 80;

const fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '؟' | '…' | '۔')
}

fn kind(stops: &str) -> Stop {
    if stops.contains(['!', '?', '؟']) {
        Stop::Question
    } else if stops.contains('…') || stops.len() > 1 && stops.starts_with('.') {
        Stop::Pause
    } else {
        Stop::Full
    }
}

/// The length of a footnote mark that `text` opens with: «[3]».
fn footnote(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let close = inside.char_indices().take(5).find(|&(_, c)| c == ']')?.0;
    (close > 0 && inside[..close].chars().all(char::is_numeric)).then_some(close + 2)
}

/// Whether a sentence that holds nothing but `head` so far is the number of a list: «1», «ب», «-2».
fn is_list_mark(head: &str) -> bool {
    let head = head.trim_start_matches(['-', '(', '*', '•', ' ']);
    // «المادة 1. تنشأ هيئة»
    let head = WordClass::Division
        .words()
        .find_map(|division| head.strip_prefix(division))
        .map_or(head, str::trim_start);
    let letters = head.chars().filter(|&c| !is_mark(c));
    letters.clone().take(4).count() <= 3 && letters.clone().all(char::is_numeric)
        || letters.clone().take(2).count() == 1 && letters.clone().all(is_arabic_letter)
}

/// The quotations and brackets that are short enough to stay whole, the outermost of them.
fn enclosures(source: &str, paragraph: Span, quotations: &Quotations) -> Vec<Enclosure> {
    let mut all = brackets(paragraph.of(source));
    for pair in quotations.pairs.iter().filter(|pair| pair.len() <= MAX_WHOLE_QUOTATION) {
        let span = Span::new(pair.start - paragraph.start, pair.end - paragraph.start);
        all.push(Enclosure { span, is_quotation: true });
    }
    all.sort_by_key(|enclosure| (enclosure.span.start, std::cmp::Reverse(enclosure.span.end)));
    let mut outermost: Vec<Enclosure> = Vec::new();
    for enclosure in all {
        if outermost.last().is_none_or(|last| last.span.end <= enclosure.span.start) {
            outermost.push(enclosure);
        }
    }
    outermost
}

fn brackets(text: &str) -> Vec<Enclosure> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' => open = Some(at),
            ')' => {
                let start = open.take().filter(|start| at - start <= MAX_WHOLE_BRACKET);
                found.extend(
                    start.map(|start| Enclosure { span: Span::new(start, at + 1), is_quotation: false }),
                );
            }
            _ => {}
        }
    }
    found
}

fn closing_marks(paragraph: Span, quotations: &Quotations) -> Vec<usize> {
    let unpaired = quotations.unpaired.iter().filter(|unpaired| unpaired.side == Side::Closing);
    let mut marks: Vec<usize> = unpaired.map(|unpaired| unpaired.mark.start - paragraph.start).collect();
    marks.extend(quotations.closing.iter().map(|mark| mark.start - paragraph.start));
    marks.sort_unstable();
    marks
}
