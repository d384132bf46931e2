//! Dates, years and clock times: numbers that are no quantity.

use std::ops::RangeInclusive;

use super::lexer::Lexed;
use super::lexicon::Lexeme;
use super::words::{is_among, proclitic};
use crate::facts::nouns;
use crate::text::lexicon::WordClass;
use crate::text::{Token, TokenKind};

/// Marks in `taken` the tokens of every date, year and clock time.
pub fn mark(source: &str, tokens: &[Token], lexed: &[Lexed], taken: &mut [bool]) {
    let page = Page { source, tokens, lexed };
    // «267ر2016 مليون دينار» is_among no year.
    for (at, _) in lexed.iter().enumerate().filter(|(_, word)| word.lexeme != Lexeme::Part) {
        if let Some(range) = page
            .clock(at)
            .or_else(|| page.day_and_month(at))
            .or_else(|| page.numeric_date(at))
            .or_else(|| page.year(at))
            .or_else(|| page.spelled_year(at))
            .or_else(|| page.day_alone(at))
        {
            taken[range].fill(true);
        }
    }
}

struct Page<'a> {
    source: &'a str,
    tokens: &'a [Token],
    lexed: &'a [Lexed],
}

type Marked = Option<std::ops::Range<usize>>;

impl Page<'_> {
    fn key(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &t.key)
    }

    fn key_before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |i| self.key(i))
    }

    /// Whether one of `words`, with or without a clitic, stands one of `backs` tokens before `at`.
    fn is_behind_one_of(&self, at: usize, mut backs: RangeInclusive<usize>, words: &[&str]) -> bool {
        backs.any(|back| words.iter().any(|word| proclitic(self.key_before(at, back), word).is_some()))
    }

    /// The whole number that the digits at `at` write, without any separator.
    fn plain(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        (token.key.len() <= 4).then(|| token.key.parse().ok())?
    }

    /// «14:30», «الساعة 14,30 ت غ», «الساعة 9 صباحا», «10 مساء», «الساعة الثامنة و44 دقيقة».
    fn clock(&self, at: usize) -> Marked {
        let token = self.tokens.get(at).filter(|t| t.kind == TokenKind::Number)?;
        if self.key(at + 1) == ":"
            && self.is_touching_next(at)
            && self.is_touching_next(at + 1)
            && self.is_number(at + 2)
        {
            return Some(at..at + 3);
        }
        let after = self.key(at + 1);
        let is_hour = |back| is_among(WordClass::ClockHour, self.key_before(at, back));
        // «الساعة الثامنة ليلا و44 دقيقة»
        if self.key_before(at, 1) == "و" && WordClass::MinuteNoun.contains(after) && (3..=4).any(is_hour) {
            return Some(at..at + 2);
        }
        let hour = token.key.split(['.', ',', '،', '٫']).next()?.parse::<u32>().ok()?;
        // Closed class: spellings of GMT.
        let zone = matches!(after, "ت" | "بتوقيت" | "توقيت" | "غرينتش" | "جرينتش" | "gmt" | "بالتوقيت")
            || after == "(" && matches!(self.key(at + 2), "ت" | "بتوقيت" | "gmt");
        // «الساعة 0035 بتوقيت غرينتش» has its minutes in the same four digits.
        if hour > 24 && !(zone && token.key.len() == 4) {
            return None;
        }
        // Closed class: parts of the day.
        let part_of_day = matches!(after, "صباحا" | "مساء" | "ظهرا" | "فجرا" | "ليلا" | "عصرا" | "am" | "pm");
        let hour_word = (1..=2).any(is_hour);
        // «الساعة 16 و47 دقيقة»
        let minutes = hour_word && after == "و" && self.is_number(at + 2);
        (zone || part_of_day || hour_word).then_some(at..if minutes { at + 3 } else { at + 1 })
    }

    fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// Whether nothing stands between the tokens `at` and `at + 1`.
    fn is_touching_next(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| next.span.start == self.tokens[at].span.end)
    }

    /// «6 تموز/يوليو 2018», «من 5 إلى 7 مايو», «5 و6 مايو», «4 سبتمبر/ أيلول», «6 من شهر ماي»; and «مايو 15».
    fn day_and_month(&self, at: usize) -> Marked {
        let mut end = self.month(at)?;
        if self.key(end) == "/" {
            end = self.month(end + 1).unwrap_or(end);
        }
        let mut start = at;
        // Back over the day and over days joined to it.
        let mut day = at.checked_sub(1)?;
        for between in ["شهر", "من"] {
            if self.key(day) == between {
                day = day.checked_sub(1)?;
            }
        }
        if self.is_day(day) {
            start = day;
            while let Some(before) = start.checked_sub(2) {
                let joined =
                    matches!(self.key(start - 1), "و" | "-" | "/" | "الي" | "او" | "–" | "حتي" | "وحتي");
                if !(joined && self.is_day(before) && at - before < 12) {
                    break;
                }
                start = before;
            }
        } else if self.plain(end).is_none() {
            return None;
        }
        if self.key(end) == "من" && self.plain_year(end + 2).is_some() && self.key(end + 1) == "عام" {
            end += 3;
        } else if matches!(self.key(end), "،" | "," | "/") && self.plain_year(end + 1).is_some() {
            end += 2;
        } else if self.plain_year(end).is_some() || self.plain(end).is_some_and(|d| start == at && d <= 31) {
            end += 1;
        }
        Some(start..end)
    }

    fn is_day(&self, at: usize) -> bool {
        let word = matches!(
            self.lexed.get(at).map(|l| l.lexeme),
            Some(Lexeme::Unit(_) | Lexeme::Ten | Lexeme::Tens(_))
        );
        word || self.plain(at).is_some_and(|day| (1..=31).contains(&day))
    }

    /// Index after the month name at `at`.
    fn month(&self, at: usize) -> Option<usize> {
        let key = self.key(at);
        if is_among(WordClass::Month, key) {
            return Some(at + 1);
        }
        // «ينايركانون الثاني»: both names of a month without what parts them.
        let glued = |key: &'_ str| {
            WordClass::Month.keys().iter().find_map(|month| key.strip_prefix(&**month).map(str::len))
        };
        let behind_day = at.checked_sub(1).is_some_and(|before| self.is_day(before));
        let rest = if behind_day { glued(key).filter(|&rest| rest > 4) } else { None };
        let key = rest.map_or(key, |rest| &key[key.len() - rest..]);
        if rest.is_some() && WordClass::Month.contains(key) {
            return Some(at + 1);
        }
        let named = |month: &str| proclitic(key, month).is_some();
        let pair =
            MONTHS_OF_TWO.iter().any(|(first, seconds)| seconds.contains(&self.key(at + 1)) && named(first));
        pair.then_some(at + 2)
    }

    /// «10/5/2018», «10-5-2018», «10.5.2018», «5/10».
    fn numeric_date(&self, at: usize) -> Marked {
        if self.is_number(at) && self.lexed[at].lexeme == Lexeme::Other && self.plain(at).is_none() {
            return Some(at..at + 1);
        }
        let divides = |at: usize| matches!(self.key(at), "/" | "-" | "–");
        let three = self.plain(at).is_some()
            && divides(at + 1)
            && self.plain(at + 2).is_some()
            && divides(at + 3)
            && self.plain(at + 4).is_some();
        if three {
            return Some(at..at + 5);
        }
        // «906 – 922 هـ», «1501 – 1516م»
        // Closed class: eras.
        let era = |at: usize| matches!(self.key(at), "ه" | "م" | "هجري" | "ميلادي" | "للهجره");
        if self.plain(at).is_some_and(|year| year >= 100)
            && divides(at + 1)
            && self.plain(at + 2).is_some()
            && era(at + 3)
        {
            return Some(at..at + 4);
        }
        // «2013 / 2014», «2016-17»
        let season = self.plain_year(at).is_some()
            && divides(at + 1)
            && self.plain(at + 2).is_some_and(|year| year < 100 || is_year(year));
        season.then_some(at..at + 3)
    }

    fn plain_year(&self, at: usize) -> Option<u32> {
        self.plain(at).filter(|&year| self.tokens[at].key.len() == 4 && is_year(year))
    }

    /// «عام 2018», «منذ 2011», «رؤية 2030», «عامي 2013 و2014»: four digits are a year unless they
    /// clearly count something («1900 شخص», «نحو 2000 مقاتل»).
    fn year(&self, at: usize) -> Marked {
        let year = self.plain(at)?;
        let back = if self.key_before(at, 1) == "ال" { 2 } else { 1 };
        let cued = is_among(WordClass::BeforeYear, self.key_before(at, back));
        // «بالسنة الأمازيغية الجديدة 2969»: what describes the year stands between.
        let described = (2..=3).any(|back| {
            is_among(WordClass::BeforeYear, self.key_before(at, back))
                && (1..back).all(|between| self.key_before(at, between).starts_with("ال"))
                && self.key_before(at, back).contains("ال")
        });
        let cued = cued || (matches!(year, 1700..=3100) && described && !self.is_amount(at));
        // «نكبة 48», «حدود الـ67».
        let cued = cued
            || (self.tokens[at].key.len() == 2
                && is_among(WordClass::EventOfYear, self.key_before(at, back)));
        // «أعوام 1930 و[1933] سببا»: the second of two years.
        let second = || {
            let first = at.checked_sub(2).and_then(|before| self.plain_year(before));
            self.key_before(at, 1) == "و"
                && first.is_some()
                && is_among(WordClass::BeforeYear, self.key_before(at, 3))
        };
        let cued = cued || (year >= 1000 && second());
        // «عام 79» is a year too, but «موسم 20 هدفا» is not.
        if cued && (year >= 1000 || !nouns::is_counted(self.key(at + 1))) {
            return Some(at..at + 1);
        }
        if year < 1000 || self.tokens[at].key.len() != 4 || !(is_year(year) || is_hijri(self, at, year)) {
            return None;
        }
        if self.is_amount(at) {
            return None;
        }
        Some(at..at + 1)
    }

    /// Whether a number that looks like a year is an amount: by what follows or by an approximator.
    fn is_amount(&self, at: usize) -> bool {
        let before = self.key_before(at, 1);
        // Closed class: comparatives of amount.
        let approximate = is_among(WordClass::Approximator, before)
            || before == "من"
                && matches!(self.key_before(at, 2), "اكثر" | "اقل" | "ازيد" | "باكثر" | "لاكثر" | "واكثر")
            || matches!(before, "$" | "€" | "£");
        let Some(next) = self.tokens.get(at + 1) else { return approximate };
        if next.kind != TokenKind::Word {
            return approximate || matches!(&*next.key, "%" | "٪" | "$" | "€" | "£");
        }
        let scale =
            matches!(self.lexed[at + 1].lexeme, Lexeme::Scale(..)) && self.lexed[at + 1].clitics.is_none();
        // «2018م», «1439هـ»
        let glued = self.is_touching_next(at) && !matches!(&*next.key, "م" | "ه");
        // «1438 يوم السبت», «2018 يوم 8 يناير»
        let on_day =
            &*next.key == "يوم" && (is_among(WordClass::Weekday, self.key(at + 2)) || self.is_number(at + 2));
        let counts = nouns::is_counted(&next.key) && !on_day && !self.is_one_of_many(at);
        scale || approximate || glued || counts || {
            // A counted noun in the accusative: «1250 هكتارا»; but «عاد في 2014 حاملا حية».
            let written = next.span.of(self.source);
            let accusative = written.ends_with("ًا") || written.ends_with("اً");
            accusative
                && !WordClass::AdverbialAccusative.contains(&next.key)
                && !self.plain(at).is_some_and(is_of_our_time)
        }
    }

    /// Whether the noun behind the year at `at` is a plural, which no number from 11 to 99 counts: «منذ بداية 2018 مدربين عسكريين».
    fn is_one_of_many(&self, at: usize) -> bool {
        let plural =
            nouns::look_up(self.key(at + 1)).is_some_and(|noun| noun.number == nouns::Number::Plural);
        plural && self.plain(at).is_some_and(|year| (11..=99).contains(&(year % 100)))
    }

    /// «عام ألفين وثمانية عشر»: a year in words.
    fn spelled_year(&self, at: usize) -> Marked {
        if !matches!(self.lexed[at].lexeme, Lexeme::Scale(1e3, _)) {
            return None;
        }
        if !is_among(WordClass::YearNoun, self.key_before(at, 1)) {
            return None;
        }
        let mut end = at + 1;
        while end < self.tokens.len().min(at + 8) {
            let numeric = self.lexed[end].lexeme != Lexeme::Other || self.key(end) == "و";
            if !numeric {
                break;
            }
            end += 1;
        }
        Some(at..end)
    }

    /// «يوم 15», «15 من الشهر الجاري», «في 20 الجاري».
    fn day_alone(&self, at: usize) -> Marked {
        if !self.plain(at).is_some_and(|day| (1..=31).contains(&day)) {
            return None;
        }
        let this_month = |at: usize| WordClass::ThisMonth.contains(self.key(at));
        let month = |at: usize| WordClass::MonthNoun.contains(self.key(at));
        let of_month = self.key(at + 1) == "من"
            && (month(at + 2) || matches!(self.key(at + 2), "هذا" | "كل"))
            && (this_month(at + 3) || month(at + 3));
        let on_day =
            is_among(WordClass::DayNoun, self.key_before(at, 1)) && !nouns::is_counted(self.key(at + 1));
        // «من 10 يناير المقبل إلى 13 منه»
        let of_it = self.key(at + 1) == "منه" && self.is_behind_one_of(at, 1..=1, &["الي", "حتي", "و"]);
        // «الخميس 16»
        let weekday =
            is_among(WordClass::Weekday, self.key_before(at, 1)) && !nouns::is_counted(self.key(at + 1));
        (this_month(at + 1) || of_month || of_it || on_day || weekday).then_some(at..at + 1)
    }
}

const fn is_year(year: u32) -> bool {
    matches!(year, 1700..=2100)
}

/// Whether the news mean the year more often than so many of something.
const fn is_of_our_time(year: u32) -> bool {
    matches!(year, 2001..=2040)
}

/// «1439 هـ», «العام الهجري الحالي 1438»
fn is_hijri(page: &Page, at: usize, year: u32) -> bool {
    // Closed class: eras.
    let hijri = |key: &str| matches!(key, "هجري" | "هجريه" | "الهجري" | "الهجريه");
    matches!(year, 1000..=1700)
        && (hijri(page.key(at + 1))
            || matches!(page.key(at + 1), "ه" | "للهجره" | "م" | "ميلادي" | "ميلاديه")
            || (matches!(year, 1300..=1500) && (1..=2).any(|back| hijri(page.key_before(at, back)))))
}

/// Closed class: months of two words.
const MONTHS_OF_TWO: [(&str, &[&str]); 5] = [
    ("كانون", &["الثاني", "الاول", "ثاني", "اول"]),
    ("تشرين", &["الثاني", "الاول", "ثاني", "اول"]),
    ("ربيع", &["الاول", "الثاني", "الاخر"]),
    ("جمادي", &["الاول", "الاولي", "الثاني", "الثانيه", "الاخره"]),
    ("ذي", &["القعده", "الحجه"]),
];
