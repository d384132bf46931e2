//! Broken lines: which line breaks are breaks of sense, and which only stand where a program or a narrow column broke a sentence.

use crate::article::clutter;
use crate::article::line;
use crate::text::edge;

use super::items::Mark;

/// A line of a text, before it is known what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// The mark of the item that it begins, if it does.
    pub(super) mark: Option<Mark>,
    /// Whether an empty line stands before it.
    pub(super) apart: bool,
    /// Whether it is a row of a table.
    pub(super) row: bool,
}

/// Words at both sides of a break have to look this much like the inside of a sentence before lines are joined. Of breaks put
/// into news sentences, 58 in 100 do; of ends of headlines, one in 100.
const UNSUPPORTED: f32 = -3.0;
/// What speaks for a broken sentence moves the bound up, what speaks for two units moves it down.
const WRAPPED: f32 = 6.0;
const FULL: f32 = 1.5;
const PUNCTUATED: f32 = 3.0;
const STUB: f32 = 1.0;
const CARRIED: f32 = 1.0;
const LINKED: f32 = 4.0;
const BROKEN: f32 = 3.0;
const APART: f32 = -3.0;
const HEADING: f32 = -2.0;
const HEADLINE: f32 = -2.0;

/// A line of so few words is seldom a unit.
const STUB_WORDS: usize = 2;
/// A name that a page made a link has at most so many words.
const LINK_WORDS: usize = 4;
/// Where the breaks of so many open lines look like this on average, all lines were broken.
const MIN_BREAKS: usize = 4;
const MEAN_BREAK: f32 = -1.5;
/// What stands under a heading has at least so many words.
const LEAD: usize = 12;
/// So many of a hundred longer lines have to end in a stop where stops are used.
const PUNCTUATED_PERCENT: usize = 40;
/// Shorter lines may be labels and headings.
const LONG: usize = 8;
/// Widths that programs and columns break lines at, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=130;
/// So many of a hundred open lines have to be full where all were broken at one width, and so many lines at least be open.
const FULL_PERCENT: usize = 80;
const FEWEST_OPEN: usize = 3;

/// `lines` with broken ones put together again.
pub(super) fn join(lines: &[Line]) -> Vec<Line> {
    let page = Page::of(lines);
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut broken = false;
    for (at, line) in lines.iter().enumerate() {
        let place = if at == 1 {
            Place::First
        } else if broken {
            Place::Broken
        } else {
            Place::Own
        };
        // «وقالت الوزيرة⏎هالة البيطار⏎إن الاتفاق…»: what surely goes on is no unit, and seldom begins one.
        let is_link = line::count(&line.text) <= LINK_WORDS
            && lines.get(at + 1).is_some_and(|next| page.runs_on(line, next, Place::Own, false));
        broken = at > 0 && page.runs_on(&lines[at - 1], line, place, is_link);
        match joined.last_mut() {
            Some(before) if broken => {
                before.text.push(' ');
                before.text.push_str(&line.text);
            }
            _ => joined.push(line.clone()),
        }
    }
    joined
}

/// Where a line stands whose end is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing stands before it.
    First,
    /// It goes on with the line before it.
    Broken,
    /// It begins anew.
    Own,
}

/// What all lines of a text say about each break.
struct Page {
    /// The widest line, in characters.
    width: usize,
    /// Whether the open lines were broken at that width.
    wrapped: bool,
    /// Whether its longer lines end in stops.
    punctuated: bool,
    /// Whether most open lines end inside a sentence.
    broken: bool,
}

impl Page {
    fn of(lines: &[Line]) -> Self {
        let width = lines.iter().map(|line| columns(&line.text)).max().unwrap_or(0);
        let open: Vec<(&Line, &Line)> = lines
            .windows(2)
            .map(|pair| (&pair[0], &pair[1]))
            .filter(|(line, next)| is_open(&line.text) && next.mark.is_none() && !next.apart)
            .collect();
        let breaks: f32 = open.iter().map(|(line, next)| edge::parts(&line.text, &next.text)).sum();
        let full = open.iter().filter(|(line, next)| is_full(line, next, width)).count();
        let long = || lines.iter().filter(|line| line::count(&line.text) >= LONG);
        let ended = long().filter(|line| line::ends_sentence(&line.text)).count();
        Self {
            width,
            wrapped: WIDTHS.contains(&width)
                && open.len() >= FEWEST_OPEN
                && full * 100 >= open.len() * FULL_PERCENT,
            broken: open.len() >= MIN_BREAKS && breaks <= open.len() as f32 * MEAN_BREAK,
            punctuated: ended > 0 && ended * 100 >= long().count() * PUNCTUATED_PERCENT,
        }
    }

    /// Whether `next` goes on with the sentence of `line`; a link is a short line that itself surely goes on.
    fn runs_on(&self, line: &Line, next: &Line, place: Place, is_link: bool) -> bool {
        let (text, after) = (line.text.as_str(), next.text.as_str());
        if next.mark.is_some() || line.row || next.row || line::ends_sentence(text) || text.ends_with('…') {
            return false;
        }
        let is_clutter = |text: &str| {
            text.contains(char::is_alphabetic)
                && (clutter::classify(text).is_some() || clutter::opens_with_formula(text))
        };
        if is_clutter(text) || is_clutter(after) {
            return false;
        }
        // «الأمين العام للأمم المتحدة:⏎نشعر بقلق…»: who speaks stands with what they say.
        if place == Place::First && text.ends_with(':') && !next.apart {
            return true;
        }
        // «…في روما⏎، وقال»
        if after.starts_with(['،', '؛', ')', '.', '»']) {
            return true;
        }
        if text.ends_with(':') {
            return false;
        }
        let words = line::count(text);
        let is_full = !next.apart && WIDTHS.contains(&self.width) && is_full(line, next, self.width);
        let is_heading = place != Place::Broken && !edge::is_told(text);
        let leads = line::count(after) >= LEAD;
        let evidence = [
            (is_full && self.wrapped, WRAPPED),
            (is_full && !self.wrapped, FULL),
            (self.punctuated && !self.wrapped, PUNCTUATED),
            (words <= STUB_WORDS, STUB),
            (place == Place::Broken, CARRIED),
            (is_link, LINKED),
            (self.broken && !self.wrapped, BROKEN),
            (next.apart, APART),
            (is_heading && leads, HEADING),
            (is_heading && leads && place == Place::First, HEADLINE),
        ];
        let bound: f32 =
            UNSUPPORTED + evidence.iter().filter(|(holds, _)| *holds).map(|(_, weight)| weight).sum::<f32>();
        edge::parts(text, after) < bound
    }
}

/// Whether `line` may end inside a sentence.
fn is_open(line: &str) -> bool {
    !line::ends_sentence(line) && !line.ends_with([':', '…', '.', '!', '؟'])
}

/// Whether the first word of `next` would not have fitted on `line`, or hardly.
fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    const SLACK: usize = 4;

    let word = next.text.split_whitespace().next().map_or(0, columns);
    columns(&line.text) + 1 + word + SLACK > width
}

fn columns(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::{Line, join};

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str]) {
        let line = |text: &&str| Line { text: (*text).to_owned(), mark: None, apart: false, row: false };
        let joined: Vec<String> =
            join(&lines.iter().map(line).collect::<Vec<_>>()).into_iter().map(|line| line.text).collect();
        assert_eq!(joined, expected);
    }

    #[test]
    fn a_broken_sentence_is_put_together() {
        check(
            &[
                "وقد نعت نقابة",
                "الفنانين الراحل عبر حسابها الرسمي، وقالت إن التشييع غدا",
                "الأحد من المستشفى المركزي في حي",
                "النور بعد صلاة العصر.",
                "وأخرج الراوي أكثر من أربعين عملا مسرحيا خلال نصف قرن.",
            ],
            &[
                "وقد نعت نقابة الفنانين الراحل عبر حسابها الرسمي، وقالت إن التشييع غدا الأحد من المستشفى المركزي في حي النور بعد صلاة العصر.",
                "وأخرج الراوي أكثر من أربعين عملا مسرحيا خلال نصف قرن.",
            ],
        );
        check(
            &["قطع القتال الماء عن", "120", "ألف شخص في المدينة."],
            &["قطع القتال الماء عن 120 ألف شخص في المدينة."],
        );
    }

    #[test]
    fn units_stay_apart() {
        let post = [
            "إسقاط 12 طائرة فوق المدينة",
            "إصابة 4 أشخاص بجروح طفيفة في الحي",
            "توقف الدراسة في المدارس حتى الخميس",
        ];
        check(&post, &post);
        let under = [
            "بلدية الساحل تطلق مشروع الحدائق في الأحياء القديمة",
            "أطلقت بلدية الساحل اليوم مشروع الحدائق في الأحياء القديمة.",
        ];
        check(&under, &under);
    }
}
