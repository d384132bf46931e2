//! Cleans the gazetteers and counts the news into `data/tagger.lexicon`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::Context;
use mujaz::facts::tagger::hash::hash_str;
use mujaz::facts::tagger::lexicon::{Company, Entry, LONGEST_PHRASE, WORD_WIDTH, mark, phrase, phrase_hash};
use mujaz::facts::tagger::table::Table;
use mujaz::text::fold::fold;

use super::clusters::Clusters;

/// A word needs this many occurrences in the news to have its frequency kept, unless a gazetteer knows it.
const RAREST: u32 = 4;

/// Words and phrases with what is known of them.
#[derive(Debug, Default)]
pub struct Builder {
    /// By folded word.
    pub words: BTreeMap<String, Entry>,
    phrases: BTreeMap<u64, u8>,
    /// Folded words with which phrases begin.
    firsts: BTreeSet<String>,
    /// Folded words with which phrases go on.
    others: BTreeSet<String>,
}

impl Builder {
    /// Reads every gazetteer under `data`.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn from_gazetteers(data: &Path) -> anyhow::Result<Self> {
        let mut builder = Self::default();
        let gazetteers = data.join("gazetteers");
        let read = |name: &str| rows(&gazetteers.join(name));
        builder.add_persons(&read)?;
        builder.add_places(&read)?;
        for row in read("clubs_arwikicats_MIT.tsv")? {
            let name = without_brackets(&row[0]);
            builder.add_phrase(&name, phrase::CLUB);
            builder.add_each_word(&name, mark::CLUB);
        }
        for row in read("nationalities_arwikicats_MIT.tsv")? {
            for form in row.iter().skip(3).take(6).filter(|form| !form.contains(' ')) {
                builder.add_word(form, mark::NATIONALITY);
            }
        }
        for row in read("jobs_arwikicats_MIT.tsv")? {
            for form in row.iter().take(2).filter_map(|form| form.split(' ').next()) {
                builder.add_word(form, mark::JOB);
                builder.add_word(singular(form), mark::JOB);
            }
        }
        for row in read("ministry_portfolios_arwikicats_MIT.tsv")? {
            builder.add_each_word(&row[2], mark::PORTFOLIO);
        }
        Ok(builder)
    }

    fn add_persons(
        &mut self,
        read: &impl Fn(&str) -> anyhow::Result<Vec<Vec<String>>>,
    ) -> anyhow::Result<()> {
        for row in read("person_name_units_wikidata_CC0.tsv")? {
            let count: u32 = row[2].parse().unwrap_or(0);
            let mark = match row[1].as_str() {
                "given" if count >= 2 => mark::GIVEN,
                "surname" => mark::SURNAME,
                _ => continue,
            };
            if row[0].contains(' ') {
                self.add_phrase(&row[0], phrase::PERSON);
            } else {
                self.add_word(&row[0], mark);
            }
        }
        for row in read("person_names_faker_MIT.tsv")? {
            let mark = if row[1].starts_with("first") { mark::GIVEN } else { mark::SURNAME };
            if !row[0].contains(' ') {
                self.add_word(&row[0], mark);
            }
        }
        for row in read("person_name_tokens_wikidata_MIT.tsv")? {
            let count: u32 = row[1].parse().unwrap_or(0);
            self.add_word(&row[0], if count >= 5 { mark::FOREIGN_NAME } else { mark::RARE_NAME });
        }
        for row in read("person_full_names_wikidata_CC0.tsv")? {
            self.add_phrase(&row[0], phrase::PERSON);
        }
        for row in read("people_arwikicats_MIT.tsv")? {
            let name = without_brackets(&row[0]);
            self.add_phrase(&name, phrase::PERSON);
            self.add_each_word(&name, mark::KNOWN_PERSON);
        }
        Ok(())
    }

    fn add_places(&mut self, read: &impl Fn(&str) -> anyhow::Result<Vec<Vec<String>>>) -> anyhow::Result<()> {
        for row in read("countries_cldr_iso_permissive.tsv")? {
            // «العالم» and the test regions are no countries.
            if row[0] != "001" && !row[0].starts_with('X') {
                self.add_name(&row[1], mark::COUNTRY, phrase::PLACE);
            }
        }
        for row in read("nationalities_arwikicats_MIT.tsv")? {
            self.add_name(&row[1], mark::COUNTRY, phrase::PLACE);
        }
        for row in read("cities15000_geonames_CCBY4.tsv")? {
            let people: u64 = row[3].parse().unwrap_or(0);
            let mark = if people >= 100_000 { mark::CITY } else { mark::PLACE };
            for name in row[4].split('|').filter(|name| name.chars().count() > 2) {
                self.add_name(name, mark, phrase::PLACE);
            }
        }
        for row in read("places_arwikicats_MIT.tsv")? {
            // `yy2` mixes films, bones and companies with places.
            if !row[2].ends_with("yy2") && !row[2].ends_with("popopo") {
                self.add_name(&without_brackets(&row[0]), mark::PLACE, phrase::PLACE);
            }
        }
        Ok(())
    }

    fn add_name(&mut self, name: &str, mark: u16, kind: u8) {
        if name.trim().contains(' ') {
            self.add_phrase(name, kind);
        } else {
            self.add_word(name, mark);
        }
    }

    fn add_word(&mut self, word: &str, mark: u16) {
        let key = fold(word.trim());
        if key.chars().count() >= 2 {
            self.words.entry(key).or_default().marks |= mark;
        }
    }

    fn add_each_word(&mut self, name: &str, mark: u16) {
        for word in name.split_whitespace().filter(|word| word.chars().count() > 2) {
            self.add_word(word, mark);
        }
    }

    fn add_phrase(&mut self, name: &str, kind: u8) {
        let words: Vec<String> = name.split_whitespace().map(fold).collect();
        if (2..=LONGEST_PHRASE).contains(&words.len()) {
            *self.phrases.entry(phrase_hash(words.iter().map(|word| hash_str(word)))).or_default() |= kind;
            self.firsts.insert(words[0].clone());
            self.others.extend(words.into_iter().skip(1));
        }
    }

    /// Adds how often each word stands in the news.
    pub fn add_frequencies(&mut self, counts: &HashMap<String, u32>) {
        for (word, &count) in counts {
            if count >= RAREST || self.words.contains_key(word) {
                self.words.entry(word.clone()).or_default().frequency = 1 + count.ilog2() as u8;
            }
        }
    }

    /// Adds the clusters of each word.
    pub fn add_clusters(&mut self, clusters: &HashMap<String, Clusters>) {
        for (word, clusters) in clusters {
            let entry = self.words.entry(word.clone()).or_default();
            (entry.cluster, entry.coarse) = (clusters.fine, clusters.coarse);
        }
    }

    /// Adds the company that each word keeps.
    pub fn add_company(&mut self, company: HashMap<String, Company>) {
        for (word, company) in company {
            self.words.entry(word).or_default().company = company;
        }
    }

    /// The bytes of the lexicon file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut words = self.words.clone();
        for first in &self.firsts {
            words.entry(first.clone()).or_default().begins_phrase = true;
        }
        for (word, entry) in &mut words {
            entry.stops_phrase = !self.others.contains(word);
        }
        let mut words: Vec<_> = words.iter().map(|(word, entry)| (hash_str(word), entry.to_row())).collect();
        let mut phrases: Vec<_> = self.phrases.iter().map(|(&hash, &kinds)| (hash, vec![kinds])).collect();
        eprintln!("lexicon: {} words, {} phrases", words.len(), phrases.len());
        let mut bytes = Table::build(&mut words, WORD_WIDTH);
        bytes.extend(Table::build(&mut phrases, 1));
        bytes
    }
}

/// The rows of a tab-separated file without its header, each filled up to five fields.
fn rows(path: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let seen: BTreeSet<&str> = text.lines().skip(1).collect();
    Ok(seen
        .into_iter()
        .map(|line| {
            let mut row: Vec<String> = line.split('\t').map(str::to_owned).collect();
            row.resize(row.len().max(5), String::new());
            row
        })
        .collect())
}

/// «موريس (كونيتيكت)» → «موريس».
fn without_brackets(name: &str) -> String {
    name.split('(').next().unwrap_or(name).trim().to_owned()
}

/// «مدربون» → «مدرب», «مديري» → «مدير», «ممثلات» → «ممثل».
fn singular(plural: &str) -> &str {
    ["ون", "ات", "و", "ي"].iter().find_map(|ending| plural.strip_suffix(ending)).unwrap_or(plural)
}
