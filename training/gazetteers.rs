//! `train gazetteers`: the lists that facts are found with.
//!
//! Reads the raw tables of `../shared/data/gazetteers`, counts words in `../shared/data/news`, and writes two finite-state maps:
//!
//! - `data/places.fst`: folded names of cities and clubs;
//! - `data/words.fst`: folded words with what speaks for a person's name and what speaks for an everyday word.
//!
//! The layout of the values is that of `mujaz::facts::gazetteer::packing`, which both sides use.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;
use mujaz::facts::gazetteer::lists::{self, Senses, phrase};
use mujaz::facts::gazetteer::packing::{Evidence, Gender, Place};
use mujaz::facts::gazetteer::titles::{self, Count, TitleClass};
use mujaz::facts::lexicon::{self, Class};
use mujaz::text::fold::fold;
use mujaz::text::token::{Token, tokenize};
use mujaz::text::wordmap;

/// A city whose name is an everyday word («السلام») is kept only from this population on.
const KNOWN_CITY: u64 = 300_000;
/// A word in this many articles is an everyday word, as far as cities and clubs go.
const EVERYDAY: u32 = 150;

/// Writes both maps.
///
/// # Errors
/// If a source cannot be read or a map cannot be written.
pub fn make(corpora: &Path, data: &Path) -> anyhow::Result<()> {
    let raw = corpora.join("gazetteers");
    let counts = count_names(&raw)?;
    let news = read_news(&corpora.join("news/articles.jsonl.gz"), &lists::country_senses(), &counts)?;
    let places = places(&raw, &news, &counts)?;
    write(&data.join("places.fst"), places.into_iter().map(|(phrase, place)| (phrase, place.pack())))?;
    write(&data.join("words.fst"), words(&counts, &news).into_iter())
}

/// How often a word is a given name and a family name in the lists.
#[derive(Clone, Copy, Default)]
struct Names {
    given: u32,
    surname: u32,
    /// How often they say that it is a man's, and a woman's.
    genders: [u32; 2],
}

/// What the news corpus says of a word.
#[derive(Clone, Copy, Default)]
struct Usage {
    /// Articles that hold it.
    documents: u32,
    /// Places where it stands.
    total: u32,
    /// Places right after a title or a given name.
    as_name: u32,
    /// Places right behind a man's title or verb, and behind a woman's.
    genders: [u32; 2],
    /// The last article that was counted.
    seen: u32,
}

fn write(path: &Path, entries: impl Iterator<Item = (String, u64)>) -> anyhow::Result<()> {
    let entries: Vec<(String, u64)> = entries.collect();
    let bytes = wordmap::build(entries.iter().map(|(key, value)| (&**key, *value)))?;
    println!("{}: {} entries, {} bytes", path.display(), entries.len(), bytes.len());
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// The rows of a list: comments and empty lines left out, cells split at tabs.
fn rows(path: impl AsRef<Path>) -> anyhow::Result<Vec<Vec<String>>> {
    let path = path.as_ref();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(|cell| cell.trim().to_owned()).collect())
        .collect())
}

fn cell(row: &[String], index: usize) -> impl Iterator<Item = &str> {
    row.get(index).map_or("", String::as_str).split('|').map(str::trim).filter(|form| !form.is_empty())
}

fn count_names(raw: &Path) -> anyhow::Result<HashMap<String, Names>> {
    let mut names: HashMap<String, Names> = HashMap::new();
    let count = |row: &[String], index: usize| row.get(index).and_then(|c| c.parse().ok()).unwrap_or(1_u32);
    for row in rows(raw.join("person_name_units_wikidata_CC0.tsv"))? {
        let key = phrase(&row[0]);
        if key.contains(' ') {
            continue;
        }
        let entry = names.entry(key).or_default();
        match row.get(1).map(String::as_str) {
            Some("given") => entry.given += count(&row, 2),
            Some("surname") => entry.surname += count(&row, 2),
            _ => entry.surname += count(&row, 2) / 2,
        }
    }
    for row in rows(raw.join("person_name_tokens_wikidata_MIT.tsv"))? {
        let key = fold(&row[0]);
        if !key.contains(' ') {
            names.entry(key).or_default().surname += count(&row, 1);
        }
    }
    for row in rows(raw.join("person_names_faker_MIT.tsv"))? {
        let key = phrase(&row[0]);
        if key.contains(' ') || row.len() < 2 {
            continue;
        }
        let entry = names.entry(key).or_default();
        if row[1].starts_with("first") {
            entry.given += 3;
            entry.genders[0] += u32::from(row[1].ends_with("_male"));
            entry.genders[1] += u32::from(row[1].ends_with("_female"));
        } else {
            entry.surname += 3;
        }
    }
    for file in ["person_full_names_wikidata_CC0.tsv", "people_arwikicats_MIT.tsv"] {
        for row in rows(raw.join(file))? {
            let full = phrase(&row[0]);
            let words: Vec<_> = full.split(' ').collect();
            if let [first, .., last] = words[..] {
                names.entry(first.to_owned()).or_default().given += 1;
                names.entry(last.to_owned()).or_default().surname += 1;
            }
        }
    }
    names.retain(|word, n| {
        word.chars().count() > 1 && n.given + n.surname > 0 && word.chars().all(char::is_alphabetic)
    });
    Ok(names)
}

fn read_news(
    path: &Path,
    lexicon: &Senses,
    names: &HashMap<String, Names>,
) -> anyhow::Result<HashMap<String, Usage>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let titles = Titles::new();
    let mut usage: HashMap<String, Usage> = HashMap::new();
    for (index, line) in BufReader::new(GzDecoder::new(file)).lines().enumerate() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        let text = article["text"].as_str().unwrap_or_default();
        let tokens = tokenize(text);
        for (at, token) in tokens.iter().enumerate() {
            // Folding makes one key of the name «علي» and the preposition «على».
            if !token.is_word() || (&*token.key == "علي" && token.span.of(text).ends_with('ى')) {
                continue;
            }
            let entry = usage.entry(token.key.to_string()).or_default();
            entry.total += 1;
            if entry.seen != index as u32 + 1 {
                entry.seen = index as u32 + 1;
                entry.documents += 1;
            }
            if titles.precede(&tokens, at, lexicon) || after_given(text, &tokens, at, names) {
                entry.as_name += 1;
            }
            if let Some(feminine) = at.checked_sub(1).and_then(|before| told_gender(&tokens[before].key)) {
                entry.genders[usize::from(feminine)] += 1;
            }
        }
    }
    Ok(usage)
}

/// Folded titles that a name follows.
struct Titles {
    /// With a nationality word between: «الرئيس الأمريكي …».
    before_nationality: HashSet<String>,
    /// At once: «السيد …».
    before_name: HashSet<String>,
}

impl Titles {
    fn new() -> Self {
        let set = |words: &[&str]| words.iter().map(|word| fold(word)).collect();
        Self {
            before_nationality: set(&[
                "الرئيس",
                "الوزراء",
                "الخارجية",
                "الدفاع",
                "الداخلية",
                "المالية",
                "العاهل",
                "المستشارة",
                "المخرج",
                "الممثل",
                "الممثلة",
                "النجم",
                "اللاعب",
                "المدرب",
                "المهاجم",
                "الفنان",
                "الفنانة",
                "المغني",
                "المغنية",
                "نظيره",
                "نظيرته",
                "الكاتب",
                "الملياردير",
            ]),
            before_name: set(&[
                "السيد",
                "السيدة",
                "الدكتور",
                "الدكتورة",
                "الشيخ",
                "الأمير",
                "الأميرة",
                "الجنرال",
                "العقيد",
                "العميد",
                "اللواء",
                "النقيب",
                "المهندس",
                "الأستاذ",
                "البروفيسور",
                "السيناتور",
            ]),
        }
    }

    /// Whether the token is the first or second word after a title.
    fn precede(&self, tokens: &[Token], at: usize, lexicon: &Senses) -> bool {
        let before = |n: usize| at.checked_sub(n).map_or("", |i| &*tokens[i].key);
        let ends = |n: usize| {
            self.before_name.contains(before(n))
                || (self.before_nationality.contains(before(n + 1))
                    && lexicon.get(before(n)).is_some_and(|sense| sense.nisba != 0))
        };
        ends(1) || (ends(2) && at > 0 && tokens[at - 1].is_word())
    }
}

/// Whether the word before a name says that it is a woman's or a man's: «السيدة», «المخرج», «قالت».
fn told_gender(before: &str) -> Option<bool> {
    if let Some(head) = titles::head(before) {
        // «ابنته [إيفانكا]», but not «ابنة [أحمد]».
        let told = head.is_possessive() || head.is_definite() && head.class != TitleClass::Kin;
        return (told && head.count == Count::One && head.class != TitleClass::Peer)
            .then_some(head.is_feminine);
    }
    let verb = before.strip_prefix(['و', 'ف']).unwrap_or(before);
    let says = |verb: &str| lexicon::class(verb) == Class::Saying && !verb.starts_with(['ت', 'ي']);
    says(verb).then(|| verb.strip_suffix('ت').is_some_and(says))
}

/// Whose a name is: of the places that tell, nearly all tell the same.
fn gender(names: &Names, usage: &Usage) -> Gender {
    let [man, woman] = [0, 1].map(|of| 2 * names.genders[of] + usage.genders[of]);
    match (man, woman) {
        _ if names.given + names.surname == 0 => Gender::Unknown,
        (man, woman) if man > 8 * woman && man >= 2 => Gender::Man,
        (man, woman) if woman > 4 * man && woman >= 2 => Gender::Woman,
        _ => Gender::Unknown,
    }
}

/// Whether the token stands right after a word that is a given name far more often than anything else.
fn after_given(text: &str, tokens: &[Token], at: usize, names: &HashMap<String, Names>) -> bool {
    at.checked_sub(1).is_some_and(|i| {
        tokens[i].span.end + 1 == tokens[at].span.start
            // Folding makes one key of the name «علي» and the preposition «على».
            && !tokens[i].span.of(text).ends_with('ى')
            && names.get(&*tokens[i].key).is_some_and(|n| n.given >= 40 && n.given * 2 > n.surname)
    })
}

fn places(
    raw: &Path,
    news: &HashMap<String, Usage>,
    names: &HashMap<String, Names>,
) -> anyhow::Result<BTreeMap<String, Place>> {
    let documents = |word: &str| news.get(word).map_or(0, |u| u.documents);
    let is_name = |word: &str| names.get(word).is_some_and(|n| n.given + n.surname >= 20);
    let is_everyday = |key: &str| !key.contains(' ') && (documents(key) > EVERYDAY || is_name(key));
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for row in rows(raw.join("cities15000_geonames_CCBY4.tsv"))? {
        let Some(population) = row.get(3).and_then(|cell| cell.parse::<u64>().ok()) else { continue };
        for name in cell(&row, 4) {
            let key = phrase(name);
            if key.chars().count() < 3 || (is_everyday(&key) && population < KNOWN_CITY) {
                continue;
            }
            let place = places.entry(key).or_default();
            let size = population.max(1).ilog2() as u8;
            if size > place.city {
                (place.city, place.code) = (size, row[2].as_bytes().try_into().unwrap_or_default());
            }
        }
    }
    for row in rows(raw.join("clubs_arwikicats_MIT.tsv"))? {
        let key = phrase(row[0].strip_prefix("نادي ").unwrap_or(&row[0]));
        let plain = row[0].split(' ').any(|w| ["دوري", "كأس", "بطولة", "معارك", "منتخب"].contains(&w));
        if !plain && !is_everyday(&key) && key.chars().count() > 3 {
            places.entry(key).or_default().is_club = true;
        }
    }
    Ok(places)
}

fn words(names: &HashMap<String, Names>, news: &HashMap<String, Usage>) -> BTreeMap<String, u64> {
    /// Words in fewer articles than this say nothing.
    const RARE: u32 = 6;
    let mut all: BTreeMap<&str, (Names, Usage)> = BTreeMap::new();
    for (word, n) in names {
        if n.given + n.surname >= 2 {
            all.entry(word).or_default().0 = *n;
        }
    }
    for (word, usage) in news {
        let known = all.contains_key(&**word);
        if known || usage.documents >= RARE || (usage.as_name >= 3 && usage.as_name * 5 >= usage.total) {
            all.entry(word).or_default().1 = *usage;
        }
    }
    all.into_iter()
        .map(|(word, (names, usage))| {
            let evidence = Evidence {
                given: level(names.given),
                surname: level(names.surname),
                documents: level(usage.documents),
                as_name: if usage.total < 3 { 0 } else { (usage.as_name * 15 / usage.total) as u8 },
                gender: gender(&names, &usage),
            };
            (word.to_owned(), evidence.pack())
        })
        .collect()
}

/// 0 for none, otherwise one more than the binary logarithm, at most 15.
fn level(count: u32) -> u8 {
    count.checked_ilog2().map_or(0, |log| (log as u8 + 1).min(15))
}
