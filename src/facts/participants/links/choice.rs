//! A person's titles and ties side by side: what the others say of each.

use foldhash::{HashMap, HashMapExt};

use super::super::Story;
use super::candidates::{Around, Candidate};
use super::countries::{self, Evidence};
use super::features::{self, Row};
use crate::facts::mention::Mention;
use crate::facts::title::phrase::{self, Naming};
use crate::learnt::habits::Habits;
use crate::text::Span;
use crate::text::fold::fold;

/// A title that could be the person's role.
#[derive(Clone, Debug)]
pub struct TitleOption {
    /// As its holder bears it.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// The countries that its words name.
    pub countries: Vec<u16>,
    /// What is measured of it, by name.
    pub named: Row,
    /// The words that [`Habits`] knows titles by.
    pub habits: [String; 3],
    /// See [`features::lacks_owner`].
    pub lacks_owner: bool,
    /// See [`features::lacks_body`].
    pub lacks_body: bool,
    /// Its folded words without the article, sorted.
    words: Vec<String>,
    places: usize,
}

/// Words that could tell the person's country.
#[derive(Clone, Debug)]
pub struct Tie {
    /// The country, as in the gazetteer.
    pub country: u16,
    /// The words.
    pub span: Span,
    /// The number of the title that they stand in.
    title: Option<usize>,
    mention: usize,
    measured: Row,
}

/// All that could be one person's.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Titles, each text once.
    pub titles: Vec<TitleOption>,
    /// Ties to countries.
    pub ties: Vec<Tie>,
    /// Where the person is first named.
    pub named: Span,
    mentions: usize,
}

/// Most titles and ties of one person.
const MOST: usize = 96;

impl Options {
    /// The options of the person with these mentions.
    pub(super) fn new(
        story: &Story<'_>,
        people: &[&Mention],
        around: &Around,
        titles: &[Vec<Candidate>],
        evidence: &[Vec<Evidence>],
        mentions: &[usize],
    ) -> Self {
        let mut support: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, title) in mentions.iter().flat_map(|&m| titles[m].iter().map(move |title| (m, title))) {
            let at = support.entry(title.head.singular).or_default();
            if at.last() != Some(&index) {
                at.push(index);
            }
        }
        let named = mentions.first().map(|&first| people[first].span).unwrap_or_default();
        let mut options = Self { named, mentions: mentions.len(), ..Self::default() };
        let mut by_text: HashMap<String, Vec<usize>> = HashMap::new();
        let mut numbers: HashMap<(usize, usize), usize> = HashMap::new();
        for &mention in mentions {
            for (number, title) in titles[mention].iter().enumerate() {
                if options.titles.len() >= MOST {
                    break;
                }
                let text = phrase::spell(
                    story.text(),
                    &story.analyses,
                    title.tokens.clone(),
                    &title.head,
                    title.is_cut,
                );
                let mut named = features::measure(story, people, around, title, &titles[mention]);
                named.push(("support", support[title.head.singular].len() as f32));
                named.push(("mentions", mentions.len() as f32));
                let same = by_text.entry(text.clone()).or_default();
                same.push(options.titles.len());
                numbers.insert((mention, number), options.titles.len());
                options.titles.push(TitleOption::new(story, title, text, named));
            }
        }
        for same in by_text.values() {
            for &at in same {
                options.titles[at].places = same.len();
            }
        }
        for &mention in mentions {
            for evidence in evidence[mention].iter().take(MOST - options.ties.len()) {
                options.ties.push(Tie {
                    country: evidence.country,
                    span: span(story, &evidence.tokens),
                    title: evidence.title.and_then(|number| numbers.get(&(mention, number)).copied()),
                    mention,
                    measured: countries::measure(story, people, &titles[mention], evidence),
                });
            }
        }
        options
    }

    /// The names of what is measured of each title alone.
    #[must_use]
    pub fn title_features(&self) -> Vec<&'static str> {
        let measured = self.titles.first().map(|title| title.named.iter().map(|(name, _)| *name));
        measured.into_iter().flatten().chain(HABITS.iter().copied()).collect()
    }

    /// What is measured of each title alone, where `habits` says how often titles with such words are right.
    #[must_use]
    pub fn title_rows(&self, habits: &Habits) -> Vec<Vec<f32>> {
        let row = |title: &TitleOption| {
            let measured = title.named.iter().map(|(_, value)| *value);
            measured.chain(title.habits.iter().map(|words| habits.odds(words))).collect()
        };
        self.titles.iter().map(row).collect()
    }

    /// The names of what is measured of each title beside the others.
    #[must_use]
    pub fn role_features() -> Vec<&'static str> {
        BESIDE_OTHERS.iter().chain(KEPT).copied().collect()
    }

    /// The names of what is measured of each tie.
    #[must_use]
    pub fn country_features(&self) -> Vec<&'static str> {
        let measured = self.ties.first().map(|tie| tie.measured.iter().map(|(name, _)| *name));
        measured.into_iter().flatten().chain(TIE_BESIDE_OTHERS.iter().copied()).collect()
    }

    /// What is measured of each title beside the others, where `alone` says how likely each is by itself.
    #[must_use]
    pub fn role_rows(&self, alone: &[f32]) -> Vec<Vec<f32>> {
        let total: f32 = alone.iter().sum();
        let row = |at: usize| {
            let title = &self.titles[at];
            let (mut rival, mut ally, mut allies, mut rivals, mut longer, mut shorter, mut shared) =
                (0.0_f32, 0.0_f32, 0.0, 0.0, 0.0_f32, 0.0_f32, 0.0);
            let (mut ally_count, mut rival_count) = (0.0, 0.0);
            for (other, likely) in
                self.titles.iter().zip(alone).enumerate().filter(|(o, _)| *o != at).map(|(_, o)| o)
            {
                let common = common(&title.words, &other.words);
                let overlap = 2.0 * common as f32 / (title.words.len() + other.words.len()).max(1) as f32;
                shared += likely * overlap;
                if overlap >= SAME {
                    ally = ally.max(*likely);
                    allies += likely;
                    ally_count += 1.0;
                } else {
                    rival = rival.max(*likely);
                    rivals += likely;
                    rival_count += 1.0;
                }
                if common == title.words.len() && other.words.len() > common {
                    longer = longer.max(*likely);
                } else if common == other.words.len() && title.words.len() > common {
                    shorter = shorter.max(*likely);
                }
            }
            let agreed = (shared + alone[at]) / total.max(1e-6);
            let mut row = vec![
                alone[at],
                rival,
                ally,
                allies,
                rivals,
                ally_count,
                rival_count,
                longer,
                shorter,
                agreed,
            ];
            row.extend([title.words.len() as f32, title.places as f32]);
            row.extend(KEPT.iter().map(|kept| value(&title.named, kept)));
            row
        };
        (0..self.titles.len()).map(row).collect()
    }

    /// What is measured of each tie, where `roles` says how likely each title is the role.
    #[must_use]
    pub fn country_rows(&self, roles: &[f32]) -> Vec<Vec<f32>> {
        let role = |tie: &Tie| tie.title.map_or(0.0, |at| roles[at]);
        let best = roles.iter().copied().fold(0.0, f32::max);
        let row = |tie: &Tie| {
            let (mut own, mut others) = (Vec::new(), Vec::new());
            let (mut own_role, mut other_role) = (0.0_f32, 0.0_f32);
            let (mut mentions, mut countries) = (Vec::new(), Vec::new());
            for other in &self.ties {
                let kind = value(&other.measured, "tie");
                if other.country == tie.country {
                    own.push((other.span, kind as u8));
                    own_role = own_role.max(role(other));
                    mentions.push(other.mention);
                } else {
                    others.push((other.span, kind as u8));
                    other_role = other_role.max(role(other));
                    countries.push(other.country);
                }
            }
            let count = |spans: &[(Span, u8)], of: &dyn Fn(u8) -> bool| {
                let mut spans: Vec<Span> =
                    spans.iter().filter(|(_, kind)| of(*kind)).map(|(span, _)| *span).collect();
                spans.sort_unstable();
                spans.dedup();
                spans.len() as f32
            };
            mentions.sort_unstable();
            mentions.dedup();
            countries.sort_unstable();
            countries.dedup();
            let beside = countries::BESIDE;
            let mut row: Vec<f32> = tie.measured.iter().map(|(_, value)| *value).collect();
            row.extend([
                role(tie),
                mentions.len() as f32,
                count(&own, &|_| true),
                own_role,
                count(&others, &|_| true),
                other_role,
                countries.len() as f32,
                best,
                self.mentions as f32,
                count(&own, &|kind| kind == beside),
                count(&others, &|kind| kind == beside),
                count(&own, &|kind| kind == countries::DESCRIBED),
                count(&own, &|kind| kind == Naming::Nationality as u8),
            ]);
            row
        };
        self.ties.iter().map(row).collect()
    }
}

/// From what share of common words on two titles say the same.
const SAME: f32 = 0.6;

/// What is measured of a title beside the person's others: how likely it is alone, the likeliest that says something else, those that say the
/// same, those with more or fewer words, and how far all agree with it.
const BESIDE_OTHERS: &[&str] = &[
    "alone",
    "rival",
    "ally",
    "allies",
    "rivals",
    "ally count",
    "rival count",
    "longer",
    "shorter",
    "agreed",
    "distinct words",
    "places",
];

/// What [`Habits`] say of a title.
const HABITS: &[&str] = &["habit of head", "habit of last", "habit of governed"];

/// What is measured of a tie beside the person's others.
const TIE_BESIDE_OTHERS: &[&str] = &[
    "role",
    "same mentions",
    "same places",
    "same role",
    "other places",
    "other role",
    "others",
    "best role",
    "mentions",
    "same beside",
    "other beside",
    "same described",
    "same nationality",
];

/// What is measured of a title alone and counts again beside the others.
const KEPT: &[&str] = &[
    "place",
    "class",
    "form",
    "count",
    "words",
    "gap",
    "grammar start",
    "grammar end",
    "forward",
    "support",
    "mentions",
    "name words",
    "people inside",
    "body ends",
    "bare body",
    "head frequency",
    "last definite",
    "last nationality",
    "head conjunction",
    "governed definite",
    "next comma",
    "titles before",
    "titles behind",
    "conjunctions",
    "bodies",
    "countries",
    "cut",
    "gap comma",
];

fn value(row: &Row, name: &str) -> f32 {
    row.iter().find(|(other, _)| *other == name).map_or(0.0, |(_, value)| *value)
}

impl TitleOption {
    fn new(story: &Story<'_>, title: &Candidate, text: String, named: Row) -> Self {
        let own = |named: &&phrase::Named| {
            matches!(named.naming, Naming::Nationality | Naming::Genitive | Naming::Behind)
                && named.tokens.end <= title.tokens.end
        };
        Self {
            words: words(&text),
            span: span(story, &title.tokens),
            countries: title.countries.iter().filter(own).map(|named| named.country).collect(),
            habits: habits(story, title),
            lacks_owner: features::lacks_owner(story, title),
            lacks_body: features::lacks_body(story, title),
            named,
            text,
            places: 1,
        }
    }
}

/// The words that a title is known by: its head; its last word; its head and what that governs.
fn habits(story: &Story<'_>, title: &Candidate) -> [String; 3] {
    let words = &story.analyses[title.tokens.clone()];
    let head = title.head.singular;
    let governed = words
        .get(phrase::head_words(&story.analyses, title.tokens.start, &title.head))
        .map_or("", |word| &*word.stem);
    let last = words.iter().rev().find(|word| word.is_word()).map_or("", |word| &*word.stem);
    [format!("1 {head}"), format!("2 {last}"), format!("3 {head} {governed}")]
}

/// The place with the highest value, and the value.
pub fn best(values: &[f32]) -> Option<(usize, f32)> {
    values.iter().copied().enumerate().rev().max_by(|a, b| a.1.total_cmp(&b.1))
}

fn span(story: &Story<'_>, tokens: &std::ops::Range<usize>) -> Span {
    Span::new(story.analyses[tokens.start].start, story.analyses[tokens.end - 1].span.end)
}

/// The folded words of a title without the article, each once, sorted.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let bare = |word: &str| {
        // Closed class: clitics.
        let prefix =
            ["وال", "بال", "كال", "فال", "لل", "ال"].iter().find_map(|prefix| word.strip_prefix(prefix));
        prefix.filter(|rest| !rest.is_empty()).unwrap_or(word).to_owned()
    };
    let mut words: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(bare).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many words two sorted lists share.
fn common(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|word| b.binary_search(word).is_ok()).count()
}
