//! Names of today's news: a table of sentences (`names.tsv`), scored, since what is learnt is never right of all.

use mujaz::facts::mention::tagged::Sight;
use mujaz::facts::mention::{self, Kind, Naming};
use mujaz::facts::morphology;
use mujaz::facts::tagger::EntityKind;
use mujaz::text::Document;
use mujaz::text::fold::fold;

/// So many of the sixty have each name found, in full, and no other.
const FLOOR: usize = 47;

/// The names of each kind that are found for sure in `sentence`, folded; countries are places, their nationality words no names.
fn found(sentence: &str) -> Vec<(EntityKind, String)> {
    let document = Document::new("", sentence);
    let mut analyses = morphology::analyze(&document);
    let sight = Sight::of(&document);
    let mentions = mention::find(&document, &mut analyses, &sight);
    let is_sure = |mention: &mention::Mention| {
        mention.support > 0.0 || !matches!(mention.kind, Kind::Person | Kind::Organization(_))
    };
    let named = mentions.iter().filter(|mention| is_sure(mention)).filter_map(|mention| {
        let kind = match mention.kind {
            Kind::Person => EntityKind::Person,
            Kind::Organization(_) => EntityKind::Organization,
            Kind::Country(_, Naming::Nationality) => return None,
            Kind::Country(..) | Kind::Place => EntityKind::Location,
        };
        Some((kind, fold(mention.span.of(document.text()))))
    });
    named.collect()
}

/// Whether a name found is the name wanted, with «و», «ف», «ب», «ل», «ك» before it or without: «بالرياض», «للمغرب».
fn is_name(found: &str, wanted: &str) -> bool {
    let wanted = fold(wanted);
    let bare = wanted.strip_prefix("ال");
    let led = |name: &str| {
        found
            .strip_suffix(name)
            .is_some_and(|clitic| clitic.chars().count() <= 2 && clitic.chars().all(|c| "وفبلك".contains(c)))
    };
    led(&wanted) || bare.is_some_and(led)
}

#[test]
fn names_of_todays_news_are_found() {
    let mut faults = Vec::new();
    let mut cases = 0;
    for line in include_str!("names.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let sentence = cells.next().unwrap_or_default();
        let mut wanted: Vec<(EntityKind, &str)> = Vec::new();
        for kind in [EntityKind::Person, EntityKind::Organization, EntityKind::Location] {
            let names =
                cells.next().unwrap_or_default().split('؛').map(str::trim).filter(|name| !name.is_empty());
            wanted.extend(names.map(|name| (kind, name)));
        }
        let found = found(sentence);
        let missing: Vec<_> = wanted
            .iter()
            .filter(|(kind, name)| !found.iter().any(|(other, found)| kind == other && is_name(found, name)))
            .collect();
        cases += 1;
        if !missing.is_empty() || found.len() != wanted.len() {
            faults.push(format!("{sentence}\n  wanted {wanted:?}\n  found  {found:?}"));
        }
    }
    assert_eq!(cases, 60);
    println!("{} of {cases} sentences", cases - faults.len());
    assert!(cases - faults.len() >= FLOOR, "{} of {cases}:\n{}", faults.len(), faults.join("\n"));
}
