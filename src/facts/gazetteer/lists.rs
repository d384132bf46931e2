//! The lists that people write: countries, regions and bodies (`data/lists/`). They are read when the program starts, so that whoever adds a row needs
//! nothing but this project.

use std::collections::BTreeMap;

use foldhash::HashMap;

use super::packing::{Inflection, Place, Sense};
use crate::text::fold::fold;
use crate::text::lexicon::WordClass;
use crate::text::token::tokenize;
use crate::text::wordmap::WordMap;

static COUNTRIES: &str = include_str!("../../../data/lists/countries.tsv");
static REGIONS: &str = include_str!("../../../data/lists/regions.tsv");
static BODIES: &str = include_str!("../../../data/lists/bodies.tsv");

/// What kind of body a listed name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// Unions, treaties and their bodies, aid organizations.
    Union,
    /// Parliaments, authorities, services of one state.
    State,
    /// Armed groups.
    Armed,
    /// Parties and movements.
    Party,
    /// Agencies, papers, broadcasters: what carries news.
    Media,
    /// Companies.
    Company,
    /// Clubs, leagues and sports associations.
    Sport,
    /// Anything else.
    Other,
}

/// A row of the list of bodies.
#[derive(Debug)]
pub struct Body {
    /// What kind of body it is.
    pub kind: BodyKind,
    /// Its usual full name.
    pub name: &'static str,
    /// Whether its bare name is an everyday word too («الاتحاد»), to be believed only where something else speaks for it.
    pub is_everyday: bool,
    /// The country whose power sits there, as in [`Sense`]: «البيت الأبيض»; 0 for none.
    pub country: u16,
}

/// What the phrases of the lists mean.
pub type Senses = BTreeMap<String, Sense>;

/// The common name of each country, in the order of their numbers.
#[must_use]
pub fn country_names() -> Vec<&'static str> {
    rows(COUNTRIES).map(|row| row.get(1).copied().unwrap_or_default()).collect()
}

/// Every listed body, in the order of their numbers.
#[must_use]
pub fn bodies() -> Vec<Body> {
    let codes = codes();
    let read = |row: Vec<&'static str>| {
        let name = row.get(1).copied().unwrap_or_default();
        let kind = match row[0] {
            "union" => BodyKind::Union,
            "state" => BodyKind::State,
            "armed" => BodyKind::Armed,
            "party" => BodyKind::Party,
            "media" => BodyKind::Media,
            "company" => BodyKind::Company,
            "sport" => BodyKind::Sport,
            _ => BodyKind::Other,
        };
        let country = row.get(4).and_then(|code| codes.get(code)).copied().unwrap_or(0);
        Body { kind, name: name.trim_end_matches('~'), is_everyday: name.ends_with('~'), country }
    };
    rows(BODIES).map(read).collect()
}

/// What all phrases mean, those of the table of cities and clubs among them.
#[must_use]
pub fn senses(places: &WordMap<'_>) -> Senses {
    let codes = codes();
    let mut senses = country_senses();
    for (phrase, packed) in places.entries() {
        let place = Place::unpack(packed);
        let sense = senses.entry(phrase).or_default();
        sense.is_club = place.is_club;
        if place.city > 0 {
            sense.city = place.city;
            sense.city_country = codes.get(place.country().as_str()).copied().unwrap_or(0);
        }
    }
    for row in rows(REGIONS) {
        for name in cell(&row, 0).chain(cell(&row, 1)) {
            let sense = senses.entry(phrase(name)).or_default();
            sense.is_region = true;
            // What no row of this list gives to a country is disputed, whatever a table of cities says: «القدس».
            sense.city_country = cell(&row, 2).find_map(|code| codes.get(code)).copied().unwrap_or(0);
        }
    }
    for (number, row) in (1..).zip(rows(BODIES)) {
        for name in cell(&row, 1).chain(cell(&row, 2)).chain(cell(&row, 3)) {
            let sense = senses.entry(phrase(name)).or_default();
            if sense.body == 0 {
                sense.body = number;
            }
        }
    }
    senses
}

/// The names, capitals and nationality words of countries.
#[must_use]
pub fn country_senses() -> Senses {
    let mut senses = Senses::new();
    for (number, row) in (1..).zip(rows(COUNTRIES)) {
        for name in cell(&row, 1).chain(cell(&row, 2)) {
            senses.entry(phrase(name)).or_default().country = number;
        }
        for name in cell(&row, 3) {
            senses.entry(phrase(name)).or_default().capital = number;
        }
        for nisba in cell(&row, 4) {
            for (form, inflection) in inflect(&phrase(nisba)) {
                let sense = senses.entry(form).or_default();
                if sense.nisba == 0 {
                    (sense.nisba, sense.inflection) = (number, inflection);
                }
            }
        }
        for plural in cell(&row, 5) {
            for form in both(&phrase(plural)) {
                let sense = senses.entry(form).or_default();
                (sense.nisba, sense.inflection) = (number, Inflection::Plural);
            }
        }
    }
    senses
}

/// The number of each country by its code.
fn codes() -> HashMap<&'static str, u16> {
    (1..).zip(rows(COUNTRIES)).map(|(number, row)| (row[0], number)).collect()
}

/// The rows of a list: comments and empty lines left out, cells split at tabs.
fn rows(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// The forms in a cell; a trailing ~ is a mark and no letter.
fn cell<'r>(row: &[&'r str], index: usize) -> impl Iterator<Item = &'r str> + use<'r> {
    let cell = row.get(index).copied().unwrap_or_default();
    cell.split('|').map(str::trim).filter(|form| !form.is_empty())
}

/// A phrase folded word by word, one space between words: how lists are looked up.
#[must_use]
pub fn phrase(text: &str) -> String {
    tokenize(text).iter().map(|t| &*t.key).filter(|k| !k.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A word without and with the article.
fn both(word: &str) -> [String; 2] {
    [word.to_owned(), word.split(' ').map(|w| format!("ال{w}")).collect::<Vec<_>>().join(" ")]
}

/// All forms of a nationality word: «كوري جنوبي» → «الكورية الجنوبية», «كوريين جنوبيين»…
fn inflect(nisba: &str) -> Vec<(String, Inflection)> {
    let endings = [
        ("", Inflection::Masculine),
        ("ه", Inflection::Feminine),
        ("ون", Inflection::Plural),
        ("ين", Inflection::Plural),
        ("ان", Inflection::Plural),
        ("ا", Inflection::Masculine),
        ("ات", Inflection::FemininePlural),
        ("تان", Inflection::FemininePlural),
        ("تين", Inflection::FemininePlural),
    ];
    let mut forms = Vec::new();
    for (ending, inflection) in endings {
        // «جنوب أفريقي»: only the nationality word itself changes.
        let inflected: Vec<_> = nisba
            .split(' ')
            .map(|word| if word.ends_with('ي') { format!("{word}{ending}") } else { word.to_owned() })
            .collect();
        let form = inflected.join(" ");
        let definite: Vec<_> = inflected
            .iter()
            .map(|word| {
                if nisba.contains(' ') && !word.contains('ي') { word.clone() } else { format!("ال{word}") }
            })
            .collect();
        forms.push((definite.join(" "), inflection));
        forms.push((form, inflection));
    }
    if let Some((side, rest)) = nisba.split_once(' ')
        && WordClass::Direction.contains(&fold(side))
    {
        // «الجنوب أفريقي» is how most papers write it.
        for (ending, inflection) in &endings[..2] {
            forms.push((format!("ال{side} {rest}{ending}"), *inflection));
        }
    }
    forms
}
