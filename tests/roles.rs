//! Who holds what, and which bodies and countries take part: tables of sentences, each a class of what papers write
//! (`roles.tsv`, `bodies.tsv`, `places.tsv`).

use mujaz::facts;
use mujaz::text::Document;

/// The people of `sentence` as the table writes them, in the order of their first mention.
fn read(sentence: &str) -> String {
    let mut people = facts::analyze(&Document::new("", sentence)).people;
    people.sort_by_key(|person| person.mentions.first().copied());
    let lines: Vec<_> = people.iter().map(|p| format!("{}|{}|{}", p.name, p.role, p.country)).collect();
    lines.join(";")
}

#[test]
fn every_class_of_title_is_read() {
    let table = include_str!("roles.tsv");
    let mut faults = Vec::new();
    let mut cases = 0;
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut cells = line.split('\t');
        let [class, sentence, expected] = [(); 3].map(|()| cells.next().unwrap_or_default());
        let found = read(sentence);
        cases += 1;
        if found != expected {
            faults.push(format!("{class}: {sentence}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(cases >= 120, "only {cases} cases");
    assert!(faults.is_empty(), "{} of {cases}:\n{}", faults.len(), faults.join("\n"));
}

/// The names, in order, after semicolons.
fn joined(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names.join(";")
}

#[test]
fn every_class_of_body_and_country_is_read() {
    let mut faults = Vec::new();
    for line in include_str!("bodies.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let [class, headline, text, bodies, countries] = [(); 5].map(|()| cells.next().unwrap_or_default());
        let facts = facts::analyze(&Document::new(headline, text));
        let found = joined(facts.organizations.iter().map(|o| match &o.aliases[..] {
            [] => o.name.clone(),
            aliases => format!("{} ({})", o.name, aliases.join(", ")),
        }));
        let named = joined(facts.countries.iter().map(|c| c.name.clone()));
        if found != bodies || named != countries {
            faults.push(format!(
                "{class}: {text}\n  expected {bodies} | {countries}\n  found    {found} | {named}"
            ));
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_class_of_place_is_read() {
    let mut faults = Vec::new();
    for line in include_str!("places.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let [class, text, expected] = [(); 3].map(|()| cells.next().unwrap_or_default());
        let found = joined(facts::analyze(&Document::new("", text)).places.iter().map(|p| p.name.clone()));
        if found != expected {
            faults.push(format!("{class}: {text}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}
