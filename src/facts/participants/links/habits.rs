//! Words that titles are often right with, and words that they are not: «الوزير» against «الفتاة», «الزميل».

use foldhash::{HashMap, HashMapExt};

/// How likely a title is right by some of its words alone.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// The logarithm of the odds of words that are not known.
    unknown: f32,
    odds: HashMap<String, f32>,
}

/// How many titles count as seen of each words before any is.
const PRIOR: f32 = 5.0;
/// Words of fewer titles are not known.
const LEAST: f32 = 3.0;

impl Habits {
    /// Counts `titles`: the words of each, and whether it is right.
    #[must_use]
    pub fn learn<'t>(titles: impl Iterator<Item = (&'t [String], bool)>) -> Self {
        let mut counts: HashMap<&str, [f32; 2]> = HashMap::new();
        let mut all = [1.0_f32; 2];
        for (words, right) in titles {
            all[usize::from(right)] += 1.0;
            for words in words {
                counts.entry(words).or_default()[usize::from(right)] += 1.0;
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
                .map(|(words, counts)| (words.to_owned(), odds(counts)))
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

    /// The logarithm of the odds that a title with these words is right.
    #[must_use]
    pub fn odds(&self, words: &str) -> f32 {
        self.odds.get(words).copied().unwrap_or(self.unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::Habits;

    #[test]
    fn words_of_right_titles_have_better_odds_and_come_back_from_the_file() {
        let [minister, girl] = [["وزير".to_owned()], ["فتاة".to_owned()]];
        let titles = (0..20).map(|at| if at % 2 == 0 { (&minister[..], true) } else { (&girl[..], at == 1) });
        let habits = Habits::learn(titles);
        let read = Habits::parse(&habits.write()).unwrap();
        for habits in [habits, read] {
            assert!(habits.odds("وزير") > habits.odds("لاعب") && habits.odds("لاعب") > habits.odds("فتاة"));
        }
    }
}
