//! Items of a list: which lines begin one, and which lines hold several.

use crate::article::line;
use crate::text::edge;

/// What a line begins with that makes it an item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A bullet, a pictograph or an arrow: «🔹», «•», «←».
    Bullet(char),
    /// «-»
    Dash,
    /// A number: «1-», «(2)», «3️⃣».
    Number(u32),
    /// A time of day: «10:30 -».
    Clock,
    /// A question of an interview: «س:».
    Asked,
    /// Its answer: «ج:».
    Answered,
    /// None of its own: it stands behind a wide gap, or is a message of a chat.
    Apart,
}

impl Mark {
    /// Whether both are of one list.
    fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Bullet(one), Self::Bullet(two)) => one == two,
            (one, two) => std::mem::discriminant(&one) == std::mem::discriminant(&two),
        }
    }
}

/// A line, and the mark of the item that it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked<'t> {
    pub(super) mark: Option<Mark>,
    /// Its words without the mark.
    pub(super) text: &'t str,
    /// Its words with it.
    pub(super) whole: &'t str,
}

/// A mark that stands once may be anything: a minus, a year, a sign of anger.
const FEWEST: usize = 2;
/// So many marks inside one line part items; two dashes may be brackets.
const FEWEST_INSIDE: usize = 3;
/// Items inside one line have so many words on average.
const ITEM_WORDS: usize = 4;
/// A break that looks more like the inside of a sentence than this parts no items (see [`edge::parts`]).
const INSIDE: f32 = -3.0;

/// `line` cut before the marks of the items that it holds, and then each piece with its mark.
pub(super) fn in_line(line: &str) -> Vec<Marked<'_>> {
    let mut items: Vec<Marked<'_>> = cut(line).into_iter().map(marked).collect();
    let mark = items.get(1).map(|item| item.mark.unwrap_or(Mark::Apart));
    for item in items.iter_mut().skip(1) {
        item.mark = item.mark.or(mark);
    }
    // «البنك يثبت الفائدة - إغلاق طريق المطار - المنتخب يفوز»: what no colon sets apart is the first of them.
    if let Some(mark @ (Mark::Dash | Mark::Apart)) = mark
        && !items[0].text.ends_with(':')
    {
        items[0].mark = items[0].mark.or(Some(mark));
    }
    items
}

/// Gives the marks back to the words where no other line has the like. Bullets are marks in any case.
pub(super) fn confirm(lines: &mut [Marked<'_>]) {
    let marks: Vec<Mark> = lines.iter().filter_map(|line| line.mark).collect();
    for line in lines {
        let Some(mark) = line.mark.filter(|mark| !matches!(mark, Mark::Bullet(_))) else { continue };
        if marks.iter().filter(|other| mark.is_like(**other)).take(FEWEST).count() < FEWEST {
            (line.mark, line.text) = (None, line.whole);
        }
    }
}

/// The mark that `line` opens with, and its words.
fn marked(line: &str) -> Marked<'_> {
    let line = line.trim();
    let bare = line::without_ornament(line);
    let (mark, text) = if let Some((number, rest)) = keycap(line) {
        (Some(Mark::Number(number)), rest)
    } else if let Some((number, rest)) = number(bare) {
        (Some(Mark::Number(number)), rest)
    } else if let Some(rest) = clock(bare) {
        (Some(Mark::Clock), rest)
    } else if let Some(rest) = dash(bare) {
        (Some(Mark::Dash), rest)
    } else if let Some((mark, rest)) = speaker(bare) {
        (Some(mark), rest)
    } else {
        let ornament = line[..line.len() - bare.len()].chars().find(|c| !c.is_whitespace());
        (ornament.map(Mark::Bullet), bare)
    };
    let text = line::without_ornament(text);
    if text.is_empty() {
        Marked { mark: None, text: bare, whole: bare }
    } else {
        Marked { mark, text, whole: bare }
    }
}

/// «3️⃣», «🔟»
fn keycap(line: &str) -> Option<(u32, &str)> {
    if let Some(rest) = line.strip_prefix('🔟') {
        return Some((10, rest));
    }
    let end = line.find(|c: char| !c.is_ascii_digit() && !matches!(c, '\u{FE0F}' | '\u{20E3}'))?;
    let (digits, rest) = line.split_at(end);
    let number = digits
        .contains('\u{20E3}')
        .then(|| digits.chars().filter_map(|c| c.to_digit(10)).fold(0, |n, d| n * 10 + d));
    number.map(|number| (number, rest))
}

/// «1-», «2.», «(3)», «٤)» before a word.
fn number(line: &str) -> Option<(u32, &str)> {
    let open = line.strip_prefix('(').unwrap_or(line);
    let end = open.find(|c| digit(c).is_none()).filter(|&end| end > 0)?;
    let value = open[..end].chars().filter_map(digit).take(4).fold(0, |n, d| n * 10 + d);
    let rest = open[end..].trim_start();
    let closed = rest.strip_prefix(['-', '–', '.', ')', '/', ':', '_'])?;
    let told = closed.trim_start_matches(['-', '.', ')', ' ']);
    (value < 100 && told.starts_with(|c: char| !c.is_numeric())).then_some((value, told))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '٠'..='٩' => Some(c as u32 - '٠' as u32),
        _ => None,
    }
}

/// «10:30 -», «10:30 ص:»
fn clock(line: &str) -> Option<&str> {
    let end = line.find(|c| digit(c).is_none() && c != ':')?;
    let (time, rest) = line.split_at(end);
    let (hours, minutes) = time.split_once(':')?;
    let is_time = (1..=2).contains(&hours.chars().count()) && minutes.chars().count() == 2;
    let rest = rest.trim_start();
    let rest = ["صباحا", "مساء", "ص", "م"]
        .iter()
        .find_map(|half| rest.strip_prefix(half)?.strip_prefix([' ', ':', '-', '|']))
        .unwrap_or(rest);
    is_time.then(|| rest.trim_start_matches([' ', '-', '–', ':', '|']))
}

/// «- قال», but no minus: «-5».
fn dash(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '–', '—', '*', '>', '+', 'ـ'])?;
    let told = rest.trim_start_matches(['-', '–', '—', ' ', 'ـ']);
    told.starts_with(|c: char| !c.is_numeric() || rest.starts_with(' ')).then_some(told)
}

/// «س:», «ج/», «سؤال:»
fn speaker(line: &str) -> Option<(Mark, &str)> {
    let sides = [(Mark::Asked, ["سؤال", "س"]), (Mark::Answered, ["جواب", "ج"])];
    sides.into_iter().find_map(|(mark, labels)| {
        let rest = labels.iter().find_map(|label| line.strip_prefix(label))?;
        let rest = rest.trim_start_matches(|c: char| digit(c).is_some() || c == ' ');
        Some((mark, rest.strip_prefix([':', '/', '-'])?))
    })
}

/// The pieces of a line that holds several items: parted by dashes, by one pictograph, by numbers that count up, or by
/// wide gaps.
fn cut(line: &str) -> Vec<&str> {
    let whole = line.split_whitespace().count();
    if whole < FEWEST_INSIDE * ITEM_WORDS {
        return vec![line];
    }
    let ways = [places(line, is_spaced_dash), pictographs(line), numbers(line), gaps(line)];
    let parts_items = |cuts: &Vec<usize>| {
        // «قال الوزير – وهو رئيس اللجنة – إن…»: dashes may be brackets.
        let broken =
            cuts.iter().filter(|&&at| edge::parts(words(&line[..at]), words(&line[at..])) < INSIDE).count();
        cuts.len() >= FEWEST_INSIDE && whole >= (cuts.len() + 1) * ITEM_WORDS && broken * 5 <= cuts.len()
    };
    let Some(cuts) = ways.into_iter().filter(parts_items).max_by_key(Vec::len) else { return vec![line] };
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    let mut start = 0;
    for cut in cuts.into_iter().chain([line.len()]) {
        pieces.push(line[start..cut].trim());
        start = cut;
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// `part` without the marks at its ends.
fn words(part: &str) -> &str {
    part.trim_matches(|c: char| !c.is_alphanumeric())
}

fn places(line: &str, is_cut: impl Fn(&str, usize) -> bool) -> Vec<usize> {
    line.char_indices().map(|(at, _)| at).filter(|&at| at > 0 && is_cut(line, at)).collect()
}

/// A dash between two spaces.
fn is_spaced_dash(line: &str, at: usize) -> bool {
    let rest = line[at..].strip_prefix(['-', '–', '—', '|', '•', '▪', '/']);
    line[..at].ends_with(' ') && rest.is_some_and(|rest| rest.starts_with(' '))
}

/// Where a pictograph stands behind a word.
fn pictographs(line: &str) -> Vec<usize> {
    let is_sign = |c: char| line::is_pictograph(c) || matches!(c, '\u{FE0F}' | '\u{200D}');
    let follows_word = |line: &str, at: usize| {
        !line[..at].trim_end().ends_with(is_sign) && line[at..].starts_with(line::is_pictograph)
    };
    places(line, follows_word)
}

/// Where numbers with their marks count up from one or two: «1- … 2- … 3- …».
fn numbers(line: &str) -> Vec<usize> {
    let mut expected = None;
    places(line, |line, at| line[..at].ends_with(char::is_whitespace))
        .into_iter()
        .filter(|&at| {
            let found = keycap(&line[at..]).or_else(|| number(&line[at..])).map(|(number, _)| number);
            let counts_up =
                found.is_some() && expected.map_or(found <= Some(2), |expected| found == Some(expected));
            if counts_up {
                expected = found.map(|number| number + 1);
            }
            counts_up
        })
        .collect()
}

/// Where several spaces or tabs stand between words.
fn gaps(line: &str) -> Vec<usize> {
    places(line, |line, at| {
        !line[at..].starts_with(char::is_whitespace)
            && (line[..at].ends_with("  ") || line[..at].ends_with('\t'))
    })
}

#[cfg(test)]
mod tests {
    use super::{Mark, in_line};

    #[track_caller]
    fn check(line: &str, expected: &[(Option<Mark>, &str)]) {
        let found: Vec<_> = in_line(line).into_iter().map(|item| (item.mark, item.text)).collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn items_begin_with_marks() {
        check("🔹 وافق المجلس", &[(Some(Mark::Bullet('🔹')), "وافق المجلس")]);
        check("1️⃣ وافق المجلس", &[(Some(Mark::Number(1)), "وافق المجلس")]);
        check("٢- وافق المجلس", &[(Some(Mark::Number(2)), "وافق المجلس")]);
        check("(3) وافق المجلس", &[(Some(Mark::Number(3)), "وافق المجلس")]);
        check("10:30 - وافق المجلس", &[(Some(Mark::Clock), "وافق المجلس")]);
        check("- وافق المجلس", &[(Some(Mark::Dash), "وافق المجلس")]);
        check("س: متى يبدأ العمل؟", &[(Some(Mark::Asked), "متى يبدأ العمل؟")]);
        check("ج 2/ في الخريف.", &[(Some(Mark::Answered), "في الخريف.")]);
        for line in ["12 قتيلا في المدينة", "-5 درجات", "1.5 مليون دينار", "وافق المجلس"]
        {
            check(line, &[(None, line)]);
        }
    }

    #[test]
    fn one_line_may_hold_several() {
        let dash = |text| (Some(Mark::Dash), text);
        check(
            "وزير الصحة: - سنفتتح ثلاثة مستشفيات - وظفنا ستمئة ممرض وطبيب - الميزانية مقرة والتمويل متوفر كله",
            &[
                (None, "وزير الصحة:"),
                dash("سنفتتح ثلاثة مستشفيات"),
                dash("وظفنا ستمئة ممرض وطبيب"),
                dash("الميزانية مقرة والتمويل متوفر كله"),
            ],
        );
        check(
            "قرارات المجلس 1- زيادة أجور العمال 2- شراء خمسين حافلة كهربائية 3- تأجيل النظر في القانون",
            &[
                (None, "قرارات المجلس"),
                (Some(Mark::Number(1)), "زيادة أجور العمال"),
                (Some(Mark::Number(2)), "شراء خمسين حافلة كهربائية"),
                (Some(Mark::Number(3)), "تأجيل النظر في القانون"),
            ],
        );
        let aside = "قال الوزير - وهو رئيس اللجنة أيضا - إن المصنع الجديد سيبدأ العمل في الشهر المقبل";
        check(aside, &[(None, aside)]);
        let asides = "قال الوزير - وهو رئيس اللجنة أيضا - إن المصنع - الذي بني قبل عشرين عاما - سيبدأ العمل في الشهر المقبل";
        check(asides, &[(None, asides)]);
    }
}
