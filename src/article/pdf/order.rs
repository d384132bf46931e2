//! From placed glyphs to text in reading order.
//!
//! A PDF draws shapes. An Arabic line is drawn from left to right by most programs, which reads «مويلا تنلعأ»,
//! word by word by others, and the shapes may be those of the presentation forms («ﺃﻋﻠﻨﺖ»). What is certain is
//! where each glyph stands: read from the right, with numbers and Latin words turned back, it is the text again
//! (the Unicode bidirectional algorithm, UAX 9, undone for lines of one direction with runs of the other).

use unicode_normalization::UnicodeNormalization;

use super::glyphs::{Glyph, Line};
use crate::text::fold;

/// A gap of this share of the letters' size parts words.
const GAP: f64 = 0.15;
/// A gap of this share does so where the line draws its spaces: letters of headlines stand apart.
const WIDE_GAP: f64 = 0.8;

/// The text with Arabic lines read from where their glyphs stand, all others as they are drawn.
pub fn as_placed(lines: &[Line]) -> String {
    joined(lines, |line| if is_arabic(line) { from_the_right(line) } else { drawn(line) })
}

/// The text in the order in which the file draws it.
pub fn as_written(lines: &[Line]) -> String {
    joined(lines, drawn)
}

/// Whether Arabic words stand backwards in `text`: «ة» and «ى» end words («الحكومة», «على») and begin none.
pub fn is_backwards(text: &str) -> bool {
    const LAST: [char; 2] = ['ة', 'ى'];

    let words = text.split(|c: char| !fold::is_arabic_letter(c)).filter(|word| word.chars().count() > 2);
    let (mut begun, mut ended) = (0_usize, 0_usize);
    for word in words {
        begun += usize::from(word.starts_with(LAST));
        ended += usize::from(word.ends_with(LAST));
    }
    begun > ended
}

/// The paragraphs of `lines`, presentation forms replaced by the letters that they show.
fn joined(lines: &[Line], read: impl Fn(&Line) -> String) -> String {
    let leading = leading(lines);
    let mut text = String::new();
    let mut before: Option<&Line> = None;
    for line in lines {
        let words: String = read(line).nfkc().collect();
        if let Some(before) = before {
            text.push_str(if goes_on(before, line, leading, &text) { " " } else { "\n\n" });
        }
        text.push_str(words.trim());
        before = Some(line);
    }
    text
}

/// Distance of the lines of a paragraph, in sizes of their letters: that of the nearest fifth.
fn leading(lines: &[Line]) -> f64 {
    /// No paragraph is set wider.
    const WIDEST: f64 = 2.2;

    let mut distances: Vec<f64> = lines
        .windows(2)
        .filter_map(|pair| distance(&pair[0], &pair[1]))
        .filter(|distance| *distance > 0.0)
        .collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 5).map_or(WIDEST, |distance| distance.min(WIDEST))
}

/// How far `below` stands under `above`, in sizes of their letters; `None` if those are of two sizes.
fn distance(above: &Line, below: &Line) -> Option<f64> {
    let (size, other) = (size(above), size(below));
    ((size - other).abs() < size * 0.15).then(|| (above.height - below.height) / size)
}

/// Size of the first letters of a line.
fn size(line: &Line) -> f64 {
    line.glyphs
        .iter()
        .find(|glyph| glyph.text.chars().any(char::is_alphanumeric))
        .or(line.glyphs.first())
        .map_or(1.0, |glyph| glyph.size)
}

/// Whether `line` goes on with the paragraph of the line before it, of which `text` is what was read so far: it stands as near as its lines
/// do, in letters of one size, and the line before was full, or stopped inside a sentence.
fn goes_on(before: &Line, line: &Line, leading: f64, text: &str) -> bool {
    const NEAR: f64 = 1.25;
    /// A full line is nearly as wide as the one that follows it.
    const FULL: f64 = 0.85;

    let Some(distance) = distance(before, line) else { return false };
    let width = |line: &Line| {
        let start = line.glyphs.iter().map(|glyph| glyph.start).fold(f64::INFINITY, f64::min);
        line.glyphs.iter().map(|glyph| glyph.end).fold(f64::NEG_INFINITY, f64::max) - start
    };
    let open = !super::super::line::ends_sentence(text);
    // Below zero, the line opens a page.
    if distance <= 0.0 {
        open
    } else {
        distance <= leading * NEAR && (open || width(before) >= FULL * width(line))
    }
}

fn is_arabic(line: &Line) -> bool {
    let letters =
        |counts: fn(char) -> bool| line.glyphs.iter().filter(|glyph| glyph.text.chars().any(counts)).count();
    letters(fold::is_arabic_letter) * 2 > letters(char::is_alphabetic)
}

fn drawn(line: &Line) -> String {
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    let gap = gap(line);
    for glyph in &line.glyphs {
        // Words that are drawn from right to left stand left of the one before.
        let apart = |before: &Glyph| {
            let gap = glyph.size * gap;
            glyph.start > before.end + gap || glyph.end < before.start - gap
        };
        if before.is_some_and(apart) {
            text.push(' ');
        }
        text.push_str(&glyph.text);
        before = Some(glyph);
    }
    text
}

/// The gap that parts words on `line`.
fn gap(line: &Line) -> f64 {
    /// A line of words has a space among as many glyphs as this.
    const WORD: usize = 15;

    let spaces = line.glyphs.iter().filter(|glyph| glyph.text.chars().all(char::is_whitespace)).count();
    if spaces * WORD >= line.glyphs.len() && spaces > 0 { WIDE_GAP } else { GAP }
}

/// The glyphs of `line` from left to right. Those of one ligature («لإ») may be drawn over their neighbours: glyphs that the file draws one
/// behind the other stay together, as long as none begins clearly left of the one before.
fn from_the_left(line: &Line) -> Vec<&Glyph> {
    const OVER: f64 = 0.12;

    let mut runs: Vec<Vec<&Glyph>> = Vec::new();
    for glyph in line.glyphs.iter().filter(|glyph| !glyph.text.is_empty()) {
        match runs
            .last_mut()
            .filter(|run| run.last().is_some_and(|before| glyph.start >= before.start - before.size * OVER))
        {
            Some(run) => run.push(glyph),
            None => runs.push(vec![glyph]),
        }
    }
    runs.sort_by(|a, b| a[0].start.total_cmp(&b[0].start));
    runs.concat()
}

fn from_the_right(line: &Line) -> String {
    let glyphs = from_the_left(line);
    let gap = gap(line);
    let mut clusters: Vec<String> = Vec::new();
    let mut end = f64::INFINITY;
    // Marks that stand before the letter they belong to, from the left.
    let mut early = String::new();
    for glyph in glyphs {
        if glyph.text.chars().all(|c| fold::is_mark(c) && c != '\u{640}') {
            match clusters.last_mut().filter(|_| glyph.start < end) {
                Some(cluster) => cluster.push_str(&glyph.text),
                None => early.push_str(&glyph.text),
            }
            continue;
        }
        if glyph.start > end + glyph.size * gap {
            clusters.push(" ".into());
        }
        clusters.push(format!("{}{early}", glyph.text));
        early.clear();
        end = glyph.end;
    }
    turned(&clusters)
}

/// `clusters`, which stand from left to right, as an Arabic line reads them.
fn turned(clusters: &[String]) -> String {
    let mut runs: Vec<String> = Vec::new();
    let mut at = 0;
    while at < clusters.len() {
        let end = at + left_to_right(&clusters[at..]);
        if end > at {
            runs.push(clusters[at..end].concat());
            at = end;
        } else {
            runs.push(mirrored(&clusters[at]));
            at += 1;
        }
    }
    runs.reverse();
    runs.concat()
}

/// How many clusters at the start read from left to right: a number with its separators, or Latin words with
/// what stands between them.
fn left_to_right(clusters: &[String]) -> usize {
    let kind = |cluster: &String| cluster.chars().next().map_or(Kind::Neutral, kind_of);
    let Some(first) = clusters.first().map(kind).filter(|kind| matches!(kind, Kind::Latin | Kind::Digit))
    else {
        return 0;
    };
    let mut latin = first == Kind::Latin;
    let mut end = 1;
    let mut at = 1;
    while let Some(cluster) = clusters.get(at) {
        let between = at - end;
        match kind(cluster) {
            Kind::Latin => {
                latin = true;
                end = at + 1;
            }
            // A separator joins two numbers («1,200»), a space does not («15 10»).
            Kind::Digit if latin || between == 0 || (between == 1 && is_separator(&clusters[end])) => {
                end = at + 1;
            }
            Kind::Arabic | Kind::Digit => break,
            Kind::Neutral => {}
        }
        at += 1;
    }
    end
}

fn is_separator(cluster: &str) -> bool {
    matches!(cluster, "." | "," | ":" | "/" | "٫" | "٬" | "،")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Arabic,
    Latin,
    Digit,
    Neutral,
}

fn kind_of(c: char) -> Kind {
    if fold::is_arabic_letter(c) {
        Kind::Arabic
    } else if matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹') {
        Kind::Digit
    } else if c.is_alphabetic() {
        Kind::Latin
    } else {
        Kind::Neutral
    }
}

/// A bracket is drawn as its mirror image in a line that reads from the right.
fn mirrored(cluster: &str) -> String {
    const PAIRS: [(&str, &str); 5] = [("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("‹", "›")];

    let other = PAIRS.iter().find_map(|&(open, close)| match cluster {
        _ if cluster == open => Some(close),
        _ if cluster == close => Some(open),
        _ => None,
    });
    other.unwrap_or(cluster).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Glyph, Line, as_placed, is_backwards};

    /// Each character of `drawn` as a glyph, one unit wide, from left to right; spaces are gaps.
    #[track_caller]
    fn check(drawn: &str, expected: &str) {
        let glyph = |(at, c): (usize, char)| Glyph {
            text: c.to_string(),
            start: at as f64,
            end: at as f64 + 1.0,
            size: 1.0,
        };
        let glyphs = drawn.chars().enumerate().filter(|(_, c)| *c != ' ').map(glyph).collect();
        assert_eq!(as_placed(&[Line { glyphs, height: 0.0 }]), expected);
    }

    #[test]
    fn a_line_that_is_drawn_from_the_left_is_read_from_the_right() {
        check(".مويلا ةموكحلا تنلعأ", "أعلنت الحكومة اليوم.");
        check("ﻡﻮﻴﻟﺍ ﺖﻨﻠﻋﺃ", "أعلنت اليوم");
        check("ًﺎﻣﻼﺳ", "سلاماً");
    }

    #[test]
    fn numbers_latin_words_and_brackets_stand_as_they_were() {
        check("لماع 1,200 نم رثكأ", "أكثر من 1,200 عامل");
        check("15و 10 نيب", "بين 10 و15");
        check("15 10 ماقرألا", "الأرقام 10 15");
        check("٪٣٫٥ ةبسنب", "بنسبة ٣٫٥٪");
        check("(وتان) فلحلا", "الحلف (ناتو)");
        check("ةديدجلا iPhone 15 Pro ةكرش", "شركة iPhone 15 Pro الجديدة");
    }

    #[test]
    fn lines_of_other_scripts_are_left_alone() {
        check("The (new) budget, 2024", "The (new) budget, 2024");
    }

    #[test]
    fn words_that_begin_with_what_only_ends_words_are_backwards() {
        assert!(is_backwards("ةموكحلا تنلعأ ىلع ةمهم"));
        assert!(!is_backwards("أعلنت الحكومة على مهمة"));
        assert!(!is_backwards("no Arabic"));
    }
}
