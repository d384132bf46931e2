//! Edges of what is written: how likely a word is to open a sentence or a headline, and how likely to end one.
//!
//! Of words that open, it is also known whether news sentences open with them or headlines: «قررت الحكومة» is told, «وزارة الصحة
//! تقرر» is a headline.
//!
//! Where a line breaks, that tells whether the break is one of sense: «…في المدينة | قال الوزير…» parts two sentences, «…وقد نعت
//! نقابة | الفنانين…» breaks one. Made by `training/edges.rs` from the first, the last and the inner words of news sentences
//! and headlines. A table is a [`WordMap`] from key to all three, in quarters of a logarithm.

use std::sync::LazyLock;

use super::token::{Token, TokenKind, tokenize};
use super::wordmap::WordMap;

/// How much likelier a word is at an edge than a word is on average, as natural logarithms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Edge {
    /// As the first word.
    pub opens: f32,
    /// As the last word.
    pub ends: f32,
    /// How much likelier it is to open a sentence of a text than a headline.
    pub tells: f32,
}

/// Steps of the table to a unit of the logarithm, and what stands for zero.
const STEPS: f32 = 4.0;
const ZERO: f32 = 32.0;
/// Values of one edge: all are kept in one number.
const VALUES: u64 = 64;

static TABLE: LazyLock<Option<WordMap<'static>>> =
    LazyLock::new(|| WordMap::open(include_bytes!("../../data/frequencies/edges.fst")));

impl Edge {
    /// What the table holds for it.
    #[must_use]
    pub fn compress(self) -> u64 {
        let steps = |value: f32| (value * STEPS + ZERO).round().clamp(0.0, VALUES as f32 - 1.0) as u64;
        (steps(self.opens) * VALUES + steps(self.ends)) * VALUES + steps(self.tells)
    }

    fn expand(kept: u64) -> Self {
        let value = |steps: u64| (steps as f32 - ZERO) / STEPS;
        Self {
            opens: value(kept / VALUES / VALUES),
            ends: value(kept / VALUES % VALUES),
            tells: value(kept % VALUES),
        }
    }
}

/// What is known of the word `token`, or else of words of its shape.
#[must_use]
pub fn of(token: &Token) -> Edge {
    let Some(table) = TABLE.as_ref() else { return Edge::default() };
    let known = if token.is_word() { table.get(&token.key) } else { None };
    known.or_else(|| table.get(&shape(&token.key))).map_or_else(Edge::default, Edge::expand)
}

/// How much more a line break between `before` and `after` looks like the end of a sentence or headline than like a break
/// inside one; below zero it looks like the latter. Zero where one of them has no word.
#[must_use]
pub fn parts(before: &str, after: &str) -> f32 {
    let last = before.char_indices().rev().filter(|(_, c)| c.is_whitespace()).nth(1).map_or(0, |(at, _)| at);
    let is_told = |token: &&Token| !matches!(token.kind, TokenKind::Mark(_));
    let ends = tokenize(&before[last..]).iter().rev().find(is_told).map(|token| of(token).ends);
    let next = after.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    let opens = tokenize(&next).iter().find(is_told).map(|token| of(token).opens);
    ends.zip(opens).map_or(0.0, |(ends, opens)| ends + opens)
}

/// Whether `text` opens as sentences of a text do and headlines hardly ever: «قررت هيئة الطيران…».
#[must_use]
pub fn is_told(text: &str) -> bool {
    /// News sentences open with such words seven times as often as headlines.
    const TOLD: f32 = 2.0;

    let first = text.split_whitespace().find(|word| word.contains(char::is_alphanumeric)).unwrap_or_default();
    tokenize(first).iter().find(|token| token.is_word()).is_some_and(|token| of(token).tells > TOLD)
}

/// The key that stands for all words of the shape of `key` that are too rare to be kept, and for numbers: whether they have the
/// article, a particle or «و» in front, and an ending of nouns behind. No token has such a key.
#[must_use]
pub fn shape(key: &str) -> String {
    let front = match key.chars().next() {
        Some('0'..='9') => '0',
        _ if key.starts_with("ال") || key.starts_with("لل") => 'a',
        Some('و' | 'ف') => 'w',
        Some('ب' | 'ل' | 'ك') => 'b',
        _ => 'x',
    };
    let back = if key.ends_with(['ه', 'ا', 'ت']) { 'h' } else { 'x' };
    format!(" {front}{back}")
}

#[cfg(test)]
mod tests {
    use super::{Edge, is_told, parts};

    #[test]
    fn a_break_of_sense_is_told_from_one_inside_a_sentence() {
        for (before, after) in [
            ("وقد نعت نقابة", "الفنانين الراحل"),
            ("على أن يوارى الثرى في مقبرة حي", "النور بالعاصمة"),
            ("قطع الماء عن 120", "ألف شخص"),
            ("وقال إن الوزارة", "التي أعدت الخطة"),
            ("وكان", "مدير السدود"),
        ] {
            assert!(parts(before, after) < -2.0, "{before} | {after}: {}", parts(before, after));
        }
        for (before, after) in [
            ("بلدية الساحل تطلق مشروع الحدائق في الأحياء القديمة", "أطلقت بلدية الساحل مشروعها"),
            ("ارتفاع أسعار القمح في الأسواق العالمية", "وقال الوزير إن"),
            ("المنتخب يفوز على ضيفه في تصفيات القارة", "رئيس الوزراء يلتقي وفدا"),
        ] {
            assert!(parts(before, after) > 0.0, "{before} | {after}: {}", parts(before, after));
        }
        assert!(parts("", "كلمة").abs() < f32::EPSILON);
        assert!(parts("…", "🙂").abs() < f32::EPSILON);
    }

    #[test]
    fn what_is_told_is_told_from_headlines() {
        for told in ["قررت هيئة الطيران", "سجل سعر الذهب", "«وقال الوزير", "أعلن النادي"]
        {
            assert!(is_told(told), "{told}");
        }
        for headline in [
            "البنك المركزي يثبت سعر الفائدة",
            "إغلاق طريق المطار",
            "المنتخب يفوز",
            "مقتل سائق",
            "قغطفذ",
            "",
            "12",
        ] {
            assert!(!is_told(headline), "{headline}");
        }
    }

    #[test]
    fn an_edge_is_kept_within_an_eighth() {
        for (opens, ends, tells) in [(0.0, 0.0, 0.0), (-7.9, 7.6, 1.1), (1.3, -2.2, -3.4)] {
            let kept = Edge::expand(Edge { opens, ends, tells }.compress());
            for (kept, given) in [(kept.opens, opens), (kept.ends, ends), (kept.tells, tells)] {
                assert!((kept - given).abs() <= 0.126, "{kept} for {given}");
            }
        }
    }
}
