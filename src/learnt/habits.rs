//! Words that something is often right with, and words that it is not: of titles «الوزير» against «الفتاة», of countries «رئيس» against «اللغة».

use foldhash::{HashMap, HashMapExt};

/// How likely something is right by some words alone.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// The logarithm of the odds of words that are not known.
    unknown: f32,
    odds: HashMap<String, f32>,
}

/// How many count as seen of each words before any is.
const PRIOR: f32 = 5.0;
/// Words of fewer are not known.
const LEAST: f32 = 3.0;

impl Habits {
    /// Counts `seen`: the words of each, whether it is right, and for how many it counts.
    #[must_use]
    pub fn learn<W: AsRef<[String]>>(seen: impl Iterator<Item = (W, bool, f32)>) -> Self {
        let mut counts: HashMap<String, [f32; 2]> = HashMap::new();
        let mut all = [1.0_f32; 2];
        for (words, right, weight) in seen {
            all[usize::from(right)] += weight;
            for words in words.as_ref() {
                counts.entry(words.clone()).or_default()[usize::from(right)] += weight;
            }
        }
        let share = all[1] / (all[0] + all[1]);
        let odds =
            |[wrong, right]: [f32; 2]| ((right + PRIOR * share) / (wrong + PRIOR * (1.0 - share))).ln();
        Self {
            unknown: odds([0.0; 2]),
            odds: counts
                .into_iter()
                .filter(|(_, [wrong, right])| wrong + right >= LEAST)
                .map(|(words, counts)| (words, odds(counts)))
                .collect(),
        }
    }

    /// Reads what [`Habits::write`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rows = text.lines().map(|line| {
            let (words, odds) = line.split_once('\t')?;
            Some((words.to_owned(), odds.parse().ok()?))
        });
        let mut odds: HashMap<String, f32> = rows.collect::<Option<_>>()?;
        Some(Self { unknown: odds.remove("")?, odds })
    }

    /// The file: words and the logarithm of their odds, a line each.
    #[must_use]
    pub fn write(&self) -> String {
        let mut rows: Vec<String> =
            self.odds.iter().map(|(words, odds)| format!("{words}\t{odds:.1}\n")).collect();
        rows.sort_unstable();
        format!("\t{:.1}\n{}", self.unknown, rows.concat())
    }

    /// The logarithm of the odds that what has these words is right.
    #[must_use]
    pub fn odds(&self, words: &str) -> f32 {
        self.odds.get(words).copied().unwrap_or(self.unknown)
    }

    /// The mean of [`Habits::odds`] of all `words`.
    #[must_use]
    pub fn mean_odds(&self, words: &[String]) -> f32 {
        let sum: f32 = words.iter().map(|words| self.odds(words)).sum();
        if words.is_empty() { self.unknown } else { sum / words.len() as f32 }
    }
}

#[cfg(test)]
mod tests {
    use super::Habits;

    #[test]
    fn words_of_right_titles_have_better_odds_and_come_back_from_the_file() {
        let [minister, girl] = [["وزير".to_owned()], ["فتاة".to_owned()]];
        let titles = (0..20)
            .map(|at| if at % 2 == 0 { (&minister[..], true, 1.0) } else { (&girl[..], at == 1, 1.0) });
        let habits = Habits::learn(titles);
        let read = Habits::parse(&habits.write()).unwrap();
        for habits in [habits, read] {
            assert!(habits.odds("وزير") > habits.odds("لاعب") && habits.odds("لاعب") > habits.odds("فتاة"));
        }
    }
}
