//! Names of today's news: a table of sentences (`names.tsv`), scored, since a tagger that is learnt is never right of all.

use mujaz::facts::tagger::{EntityKind, Tag, tag};
use mujaz::text::fold::fold;
use mujaz::text::token::tokenize;

/// So many of the sixty have each name found, in full, and no other.
const FLOOR: usize = 40;

/// The names of each kind that the tagger finds in `sentence`, folded, a letter written on to their first word aside.
fn found(sentence: &str) -> Vec<(EntityKind, String)> {
    let tokens = tokenize(sentence);
    let words: Vec<&str> = tokens.iter().map(|token| token.span.of(sentence)).collect();
    let mut names: Vec<(EntityKind, String)> = Vec::new();
    for (word, tag) in words.iter().zip(tag(&words)) {
        match (tag, names.last_mut()) {
            (Tag::Begin(kind), _) => names.push((kind, fold(word))),
            (Tag::Inside(_), Some((_, name))) => *name = format!("{name} {}", fold(word)),
            _ => {}
        }
    }
    names
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
        let mut found = found(sentence);
        found.retain(|(kind, _)| *kind != EntityKind::Misc);
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
