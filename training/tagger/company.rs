//! The company that words keep: which kinds of names the contexts of a word call for, over all of the
//! unlabelled news.
//!
//! A classifier learns from gold text to guess a token's tag from its neighbours alone («قال الرئيس … إن»
//! calls for a person), never from the token itself. Its guesses for every occurrence of a word in the
//! news, averaged, say what the word is likely to be, even where the gold text never had it.

use std::collections::{BTreeMap, HashMap};

use mujaz::facts::tagger::hash::{combine, hash_str};
use mujaz::facts::tagger::lexicon::{Company, Entry};
use mujaz::facts::tagger::model::TAGS;
use mujaz::text::fold::fold;

use super::corpus::Tagged;
use super::crf::{Random, Row, Settings, State, sum};

/// Slots of the classifier; features meet by chance now and then, which does little harm.
const SLOTS: usize = 1 << 20;
const EPOCHS: usize = 4;
/// So many occurrences of a word tell enough.
const MOST: u32 = 400;
/// Words rarer than this have no company of their own.
const RAREST: u32 = 3;
/// So many occurrences of an average word are mixed in, so that few occurrences say little.
const PRIOR: f32 = 2.0;
const SETTINGS: Settings = Settings {
    epochs: EPOCHS,
    alpha: 0.1,
    l1: 0.3,
    l2: 1.0,
    dropout: 0.0,
    rarest: 1,
    runs: 1,
    lean: 0.0,
    echo: 0.0,
    kept: 0,
    doubled: false,
};

/// A word as its neighbours see it.
#[derive(Clone, Copy, Default)]
struct Neighbour {
    key: u64,
    entry: Entry,
}

/// What the contexts of each word in `articles` call for.
#[must_use]
pub fn learn(
    articles: &[Vec<String>],
    counts: &HashMap<String, u32>,
    gold: &[Tagged],
    words: &BTreeMap<String, Entry>,
) -> HashMap<String, Company> {
    let classifier = Classifier::learn(gold, words);
    let mut sums: HashMap<&str, (u32, Row)> = HashMap::new();
    let mut overall = [0.0_f32; TAGS];
    let mut total = 0.0_f32;
    for article in articles {
        let neighbours: Vec<Neighbour> = article.iter().map(|word| Neighbour::new(word, words)).collect();
        for (at, word) in article.iter().enumerate() {
            if counts.get(word).is_none_or(|&n| n < RAREST) || !word.chars().all(char::is_alphabetic) {
                continue;
            }
            let (seen, sum) = sums.entry(word).or_default();
            if *seen < MOST {
                *seen += 1;
                let guess = classifier.guess(&neighbours, at);
                for tag in 0..TAGS {
                    sum[tag] += guess[tag];
                    overall[tag] += guess[tag];
                }
                total += 1.0;
            }
        }
    }
    let average = overall.map(|sum| sum / total);
    sums.into_iter()
        .map(|(word, (seen, sum))| {
            let mean: Row =
                std::array::from_fn(|tag| (sum[tag] + PRIOR * average[tag]) / (seen as f32 + PRIOR));
            // The order of `TAG_ORDER`: outside, then begin and inside of person, location, organization, other.
            let shares = [mean[1], mean[2], mean[3] + mean[4], mean[5] + mean[6], mean[7] + mean[8]];
            (word.to_owned(), Company::new(shares))
        })
        .collect()
}

impl Neighbour {
    fn new(word: &str, words: &BTreeMap<String, Entry>) -> Self {
        Self { key: hash_str(word), entry: words.get(word).copied().unwrap_or_default() }
    }
}

struct Classifier {
    weights: Vec<Row>,
}

impl Classifier {
    fn learn(gold: &[Tagged], words: &BTreeMap<String, Entry>) -> Self {
        let mut states = vec![State::default(); SLOTS];
        let sentences: Vec<(Vec<Neighbour>, Vec<usize>)> = gold
            .iter()
            .map(|sentence| {
                let neighbours =
                    sentence.iter().map(|(token, _)| Neighbour::new(&fold(token), words)).collect();
                (neighbours, sentence.iter().map(|(_, tag)| super::tag_number(tag)).collect())
            })
            .collect();
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        let mut random = Random(3);
        for _ in 0..EPOCHS {
            random.shuffle(&mut order);
            for (neighbours, tags) in order.iter().map(|&at| &sentences[at]) {
                for (at, &tag) in tags.iter().enumerate() {
                    let slots = slots(neighbours, at);
                    let mut gradient = softmax(slots.iter().map(|&slot| *states[slot].weights()));
                    gradient[tag] -= 1.0;
                    for slot in slots {
                        states[slot].update(&gradient, &SETTINGS);
                    }
                }
            }
        }
        Self { weights: states.iter().map(|state| *state.weights()).collect() }
    }

    fn guess(&self, neighbours: &[Neighbour], at: usize) -> Row {
        softmax(slots(neighbours, at).into_iter().map(|slot| self.weights[slot]))
    }
}

fn softmax(rows: impl Iterator<Item = Row>) -> Row {
    let scores = sum(rows);
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = scores.map(|score| (score - highest).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The features of what stands around the token `at`.
fn slots(neighbours: &[Neighbour], at: usize) -> [usize; 24] {
    let get = |offset: isize| {
        at.checked_add_signed(offset).and_then(|i| neighbours.get(i)).copied().unwrap_or_default()
    };
    let [third_left, second_left, left, right, second_right] = [get(-3), get(-2), get(-1), get(1), get(2)];
    let fine = |n: Neighbour| u64::from(n.entry.cluster);
    let coarse = |n: Neighbour| u64::from(n.entry.coarse);
    let marks = |n: Neighbour| u64::from(n.entry.marks);
    let values = [
        0,
        left.key,
        second_left.key,
        right.key,
        second_right.key,
        third_left.key,
        combine(second_left.key, left.key),
        combine(left.key, right.key),
        combine(right.key, second_right.key),
        fine(left),
        fine(second_left),
        fine(right),
        fine(second_right),
        coarse(left),
        coarse(second_left),
        coarse(right),
        coarse(second_right),
        combine(coarse(second_left), coarse(left)),
        combine(coarse(left), coarse(right)),
        combine(coarse(right), coarse(second_right)),
        combine(fine(left), coarse(right)),
        combine(coarse(left), fine(right)),
        marks(left),
        marks(right),
    ];
    let mut template = 0;
    values.map(|value| {
        template += 1;
        combine(template, value) as usize % SLOTS
    })
}
