//! Dates of publication, as pages write them. What is not written is not filled in.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

use super::Published;
use super::line;
use crate::text::fold;
use crate::text::lexicon::WordClass;

/// Years that a web page can be of; others are years of the Hijri calendar, or no years.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;
/// How many words of a text are read for a date.
const WORDS: usize = 40;

/// How a text writes the day and the month where both are figures that can be read in two ways: 03/04/2020.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Figures {
    /// It is not known: such a date is left alone.
    #[default]
    Unknown,
    /// The day comes first, as it does wherever Arabic is written.
    DayFirst,
}

/// Reads a date: ISO 8601 (`2020-06-03T03:01+0400`), RFC 2822, seconds since 1970, or words in Arabic or English
/// («الأربعاء، 07 أكتوبر 2020 - 12:09 م», «٤ آب/أغسطس ٢٠١٣»).
///
/// Hijri dates are left alone, and so are figures that could be read in two ways (03/04/2020).
#[must_use]
pub fn parse(text: &str) -> Option<Published> {
    parse_as(text, Figures::Unknown)
}

/// Reads a date in a text that writes figures as `figures` says.
#[must_use]
pub fn parse_as(text: &str, figures: Figures) -> Option<Published> {
    let text = text.trim();
    let published = iso(text).or_else(|| seconds(text)).or_else(|| words(text, figures));
    published.filter(|published| YEARS.contains(&published.date.year()))
}

/// The dates of one line, by what it says of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labelled {
    /// When the article was published.
    pub published: Option<Published>,
    /// When it was last changed: «آخر تحديث: 6 مارس 2024».
    pub updated: Option<Published>,
}

/// Reads the dates of a line that may say of each what it is: «نشر في 5 مارس 2024 - آخر تحديث 6 مارس 2024».
#[must_use]
pub fn labelled(line: &str, figures: Figures) -> Labelled {
    let mut dates = Labelled::default();
    let (mut start, mut updated) = (0, false);
    let words = line::words(line);
    let mut read = |range: &str, updated: bool| {
        let place = if updated { &mut dates.updated } else { &mut dates.published };
        if place.is_none() {
            *place = parse_as(range, figures);
        }
    };
    for word in &words {
        let update = WordClass::DateOfChange.contains(&word.key);
        // «تاريخ التحديث»: the last label before a date is the one that counts.
        if update || is_publication(&word.key) {
            let before = &line[start..word.end];
            read(before, updated);
            (start, updated) = (word.end, update);
        }
    }
    read(&line[start..], updated);
    dates
}

/// Whether a line says when something was changed, and not when it was published.
#[must_use]
pub fn is_update(line: &str) -> bool {
    let words = line::words(line);
    let has = |label: WordClass| words.iter().any(|word| label.contains(&word.key));
    has(WordClass::DateOfChange) && !has(WordClass::DateOfPublication)
}

/// Whether a date of publication may stand behind the word.
fn is_publication(key: &str) -> bool {
    WordClass::DateOfPublication.contains(key) || WordClass::DateLabel.contains(key)
}

/// Whether a line begins by saying that it tells when something was published: «نشر في 5 مارس 2024».
#[must_use]
pub fn opens_with_label(line: &str) -> bool {
    const FIRST: usize = 3;
    line::words(line).iter().take(FIRST).any(|word| is_publication(&word.key))
}

/// ISO 8601, with what sites make of it: Arabic digits, a space for the T or before the offset, offsets without a colon.
fn iso(text: &str) -> Option<Published> {
    let latin: String =
        text.chars().map(|c| fold::fold_char(c).filter(char::is_ascii_digit).unwrap_or(c)).collect();
    let text = latin.as_str();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A space before the offset: «2024-03-05 10:30:00 +0400».
    let joined =
        text.rfind(" +").or_else(|| text.rfind(" -")).map(|at| format!("{}{}", &text[..at], &text[at + 1..]));
    let pieces =
        Pieces::parse(text).ok().or_else(|| Pieces::parse(joined.as_deref()?).ok()).or_else(|| {
            // What follows a date that can be read is not the date's: «2020-11-09 | 12:30».
            let end = text.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(text.len());
            Pieces::parse(&text[..end]).ok()
        })?;
    Some(Published { date: pieces.date(), time: pieces.time(), offset: pieces.to_numeric_offset() })
}

/// Seconds or thousandths of seconds since 1970: `1709632800`.
fn seconds(text: &str) -> Option<Published> {
    let number: i64 = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()?;
    let seconds = match text.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let time = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    Some(Published { date: time.date(), time: Some(time.time()), offset: Some(Offset::UTC) })
}

/// One word or number of a written date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A number and how many digits it is written with.
    Number(i16, usize),
    Month(i8),
    Clock(i8, i8, i8),
    Afternoon,
    Morning,
    Zone(Offset),
    Hijri,
    Other,
}

fn words(text: &str, figures: Figures) -> Option<Published> {
    let parts = parts(text);
    let dotted = is_dotted(text);
    let day_first = figures == Figures::DayFirst || dotted;
    let date_at = |parts: &[Part]| date_at(parts, day_first);
    let (at, date) = (0..parts.len()).find_map(|at| date_at(&parts[at..]).map(|date| (at, date)))?;
    // The clock belongs to the date it follows, not to the next one («نشر في … آخر تحديث …»).
    let after = &parts[at + 1..];
    let next =
        (1..after.len()).find(|&next| next > 3 && date_at(&after[next..]).is_some()).unwrap_or(after.len());
    let near = &after[..next];
    let before = parts[..at].iter().rev().take(2);
    let clock = near.iter().chain(before).enumerate().find_map(|(index, part)| match *part {
        Part::Clock(hour, minute, second) => Some((index, hour, minute, second)),
        _ => None,
    });
    let time = clock.and_then(|(index, hour, minute, second)| {
        let half = near.get(index + 1).or_else(|| parts.get(at.checked_sub(1)?));
        Time::new(on_24_hours(hour, half)?, minute, second, 0).ok()
    });
    let zone = near.iter().find_map(|part| if let Part::Zone(offset) = part { Some(*offset) } else { None });
    Some(Published { date, time, offset: zone.filter(|_| time.is_some()) })
}

/// `hour` with the half of the day that `part` gives.
fn on_24_hours(hour: i8, part: Option<&Part>) -> Option<i8> {
    match part {
        Some(Part::Afternoon) if hour < 12 => Some(hour + 12),
        Some(Part::Morning) if hour == 12 => Some(0),
        Some(Part::Afternoon | Part::Morning) if hour > 12 => None,
        _ => Some(hour),
    }
}

/// Whether the figures of a date are parted by full stops, which are written behind days and months, in that order: 05.03.2024.
fn is_dotted(text: &str) -> bool {
    text.split(|c: char| !(c == '.' || c.is_numeric())).any(|run| {
        let parts: Vec<&str> = run.split('.').collect();
        matches!(parts[..], [day, month, year] if day.chars().count() <= 2 && month.chars().count() <= 2 && year.chars().count() == 4)
    })
}

/// The date that `parts` open with: day month year, month day year, year month day, or figures whose
/// order cannot be mistaken, or is known (`day_first`).
fn date_at(parts: &[Part], day_first: bool) -> Option<Date> {
    use Part::{Hijri, Month, Number};
    let &[first, second, third, ..] = parts else { return None };
    if parts.get(3) == Some(&Hijri) {
        return None;
    }
    let month_of = |month: i16| i8::try_from(month).ok();
    let (year, month, day) = match (first, second, third) {
        (Number(day, 1..=2), Month(month), Number(year, 4))
        | (Month(month), Number(day, 1..=2), Number(year, 4))
        | (Number(year, 4), Month(month), Number(day, 1..=2)) => (year, month, day),
        (Number(year, 4), Number(month, 1..=2), Number(day, 1..=2)) => (year, month_of(month)?, day),
        // 17/03/2020: the day comes first where it cannot be the month, or is the same.
        (Number(day, 1..=2), Number(month, 1..=2), Number(year, 4))
            if day_first || day > 12 || day == month =>
        {
            (year, month_of(month)?, day)
        }
        _ => return None,
    };
    YEARS.contains(&year).then_some(())?;
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let words = line::words(text);
    let mut at = 0;
    while at < words.len().min(WORDS) {
        let key = words[at].key.as_str();
        // The sign before a zone, or the colon inside a clock, stands between two words.
        let between =
            |from: usize| words.get(from + 1).map_or("", |next| text[words[from].end..next.end].trim_start());
        let two = |at: usize| {
            words.get(at).and_then(|word| (word.key.len() <= 2).then(|| word.key.parse::<i8>().ok())?)
        };
        if let (Some(hour), Some(minute)) = (two(at), two(at + 1))
            && between(at).starts_with(':')
        {
            let second = two(at + 2).filter(|_| between(at + 1).starts_with(':'));
            parts.push(Part::Clock(hour, minute, second.unwrap_or(0)));
            at += if second.is_some() { 3 } else { 2 };
            continue;
        }
        if let Some((offset, length)) = zone(&words[at..], between(at)) {
            parts.push(Part::Zone(offset));
            at += length;
            continue;
        }
        if let Some((month, length)) = month(&words[at..]) {
            parts.push(Part::Month(month));
            at += length;
            continue;
        }
        parts.push(match key {
            "م" | "مساء" | "pm" | "بعد" => Part::Afternoon,
            "ص" | "صباحا" | "am" => Part::Morning,
            // Closed class: eras.
            "ه" | "هجري" | "هجريه" | "للهجره" => Part::Hijri,
            _ => figure(key),
        });
        at += 1;
    }
    parts.retain(|part| *part != Part::Other);
    // Two names of one month count once: «آب/أغسطس».
    parts.dedup_by(|second, first| matches!(first, Part::Month(_)) && first == second);
    parts
}

/// A number, perhaps with the letter of its calendar: «2020», «2020م»; a Hijri year is no number.
fn figure(key: &str) -> Part {
    let digits = key.strip_suffix('م').unwrap_or(key);
    digits.parse().map_or(Part::Other, |value| Part::Number(value, digits.len()))
}

/// The offset that `words` open with: «GMT», «غرينتش», «GMT+0400», «+03:00»; and how many words it is.
fn zone(words: &[line::Word], after: &str) -> Option<(Offset, usize)> {
    let key = words.first()?.key.as_str();
    // Closed class: spellings of GMT.
    if !matches!(key, "gmt" | "utc" | "غرينتش" | "جرينتش" | "غرينيتش") {
        return None;
    }
    let sign = if after.starts_with('+') {
        1
    } else if after.starts_with(['-', '−']) {
        -1
    } else {
        0
    };
    let digits = words.get(1).map_or("", |word| word.key.as_str());
    let hours = match digits.len() {
        1 | 2 => digits.parse::<i32>().ok().map(|hours| hours * 60),
        4 => digits.parse::<i32>().ok().map(|digits| digits / 100 * 60 + digits % 100),
        _ => None,
    };
    match (sign, hours) {
        (0, _) | (_, None) => Some((Offset::UTC, 1)),
        (sign, Some(minutes)) => Offset::from_seconds(sign * minutes * 60).ok().map(|offset| (offset, 2)),
    }
}

/// The month that `words` open with, and how many words its name is.
fn month(words: &[line::Word]) -> Option<(i8, usize)> {
    let key = words.first()?.key.as_str();
    let second = words.get(1).map_or("", |word| word.key.as_str());
    let double = match (key, second) {
        ("كانون", "الثاني") => Some(1),
        ("تشرين", "الاول") => Some(10),
        ("تشرين", "الثاني") => Some(11),
        ("كانون", "الاول") => Some(12),
        _ => None,
    };
    if let Some(month) = double {
        return Some((month, 2));
    }
    let at = MONTHS.iter().position(|names| names.split(' ').any(|name| name == key))?;
    Some((i8::try_from(at).ok()? + 1, 1))
}

/// Closed class: months. Their names, folded: Egypt and the Gulf, the Levant, the Maghreb, English.
const MONTHS: [&str; 12] = [
    "يناير جانفي january jan",
    "فبراير شباط فيفري february feb",
    "مارس اذار march mar",
    "ابريل نيسان افريل april apr",
    "مايو ايار ماي may",
    "يونيو يونيه حزيران جوان june jun",
    "يوليو يوليه يوليوز تموز جويليه july jul",
    "اغسطس اب اوت غشت august aug",
    "سبتمبر شتنبر ايلول september sep sept",
    "اكتوبر october oct",
    "نوفمبر نونبر november nov",
    "ديسمبر دجنبر دجمبر december dec",
];

impl std::fmt::Display for Published {
    /// ISO 8601, as far as it is known: `2020-06-03`, `2020-06-03T03:01:00`, `2020-06-03T03:01:00+04:00`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        match self.offset.map(Offset::seconds) {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// An offset from UTC as a number of seconds, where a date is written for a program.
pub(super) mod offset_seconds {
    use jiff::tz::Offset;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[allow(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde calls it with a reference"
    )]
    pub fn serialize<S: Serializer>(offset: &Option<Offset>, to: S) -> Result<S::Ok, S::Error> {
        offset.map(Offset::seconds).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Offset>, D::Error> {
        let seconds = Option::<i32>::deserialize(from)?;
        seconds.map(|seconds| Offset::from_seconds(seconds).map_err(serde::de::Error::custom)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(parse(text).map(|date| date.to_string()).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn iso_8601() {
        check("2020-06-03T03:01+0400", "2020-06-03T03:01:00+04:00");
        check("2020-08-24T09:23:13Z", "2020-08-24T09:23:13Z");
        check("2020-08-24T09:23:13.500Z", "2020-08-24T09:23:13Z");
        check("2020-11-09 18:34:47", "2020-11-09T18:34:47");
        check("2020-11-09", "2020-11-09");
        check("2020-11-09 | 12:30", "2020-11-09");
        check("20201109", "2020-11-09");
        check("2024-03-05 10:30:00 +0400", "2024-03-05T10:30:00+04:00");
        check("2024-03-05T10:30:00 +03:00", "2024-03-05T10:30:00+03:00");
        check("٢٠٢٤-٠٣-٠٥T١٠:٣٠:٠٠+٠٣:٠٠", "2024-03-05T10:30:00+03:00");
        check("1709632800", "2024-03-05T10:00:00Z");
        check("1709632800000", "2024-03-05T10:00:00Z");
    }

    #[test]
    fn months_of_both_systems() {
        check("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "2020-10-07T12:09:00");
        check("الأربعاء، 07 أكتوبر 2020 - 03:09 م", "2020-10-07T15:09:00");
        check("نشر في ٤ آب/أغسطس ٢٠١٣", "2013-08-04");
        check("الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21 (GMT+0400)", "2013-08-04T02:21:00+04:00");
        check("15 كانون الثاني 2021", "2021-01-15");
        check("1 تشرين الأول/ أكتوبر 2021 الساعة 9:05 صباحاً", "2021-10-01T09:05:00");
        check("12 جويلية 2019", "2019-07-12");
        check("5 غشت 2024", "2024-08-05");
        check("2 شتنبر 2023 - 14:05", "2023-09-02T14:05:00");
        check("3 نونبر 2023", "2023-11-03");
        check("4 دجنبر 2023", "2023-12-04");
        check("6 يوليوز 2023", "2023-07-06");
        check("آخر تحديث: أبريل 3, 2022", "2022-04-03");
        check("12:15 ص - 3 مايو 2019", "2019-05-03T00:15:00");
    }

    #[test]
    fn english_and_figures() {
        check("Tue, 17 Mar 2020 17:27:41 GMT", "2020-03-17T17:27:41Z");
        check("November 19, 2019 9:41 PM", "2019-11-19T21:41:00");
        check("GMT 17:27 17.03.2020", "2020-03-17T17:27:00");
        check("2020/03/04", "2020-03-04");
        check("17/03/2020", "2020-03-17");
        check("05.03.2024 | 16:15 GMT", "2024-03-05T16:15:00Z");
        let day_first = super::parse_as("05/03/2024", super::Figures::DayFirst);
        assert_eq!(day_first.map(|date| date.to_string()).as_deref(), Some("2024-03-05"));
    }

    #[test]
    fn a_line_says_what_its_dates_are() {
        let labelled = |line: &str| {
            let dates = super::labelled(line, super::Figures::DayFirst);
            let shown = |date: Option<crate::article::Published>| {
                date.map(|date| date.to_string()).unwrap_or_default()
            };
            (shown(dates.published), shown(dates.updated))
        };
        let both = ("2024-03-05".to_owned(), "2024-03-06".to_owned());
        assert_eq!(labelled("نشر في 5 مارس 2024 - آخر تحديث 6 مارس 2024"), both);
        assert_eq!(labelled("آخر تحديث: 06/03/2024 | تاريخ النشر: 05/03/2024"), both);
        assert_eq!(labelled("تم التحديث في 6 مارس 2024"), (String::new(), "2024-03-06".to_owned()));
        assert_eq!(labelled("الثلاثاء 5 مارس 2024").0, "2024-03-05");
    }

    #[test]
    fn nothing_is_invented() {
        for text in [
            "",
            "أمس",
            "منذ 3 ساعات",
            "03/04/2020",
            "15 رمضان 1441 هـ",
            "1441/09/15",
            "أكتوبر 2020",
            "31 فبراير 2020",
            "0000-00-00",
            "الهاتف 0123456789",
        ] {
            check(text, "");
        }
        check("15 رمضان 1441 هـ الموافق 8 مايو 2020", "2020-05-08");
    }
}
