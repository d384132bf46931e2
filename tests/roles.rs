//! Who holds what, and which people, bodies and countries take part: tables of sentences, each a class of what papers write
//! (`roles.tsv`, `people.tsv`, `bodies.tsv`, `places.tsv`).

use std::collections::BTreeSet;

use mujaz::facts;
use mujaz::text::Document;
use mujaz::text::fold::fold;

/// The share of roles and countries in the table that are said right, or not said where there is none; to lower it is a decision.
const RIGHT: f64 = 0.5;
/// The share of the roles and countries said that are right.
const SURE: f64 = 0.9;

/// The folded words of a role without the article, each once.
fn words(role: &str) -> BTreeSet<String> {
    let folded = fold(role);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.strip_prefix("ال").unwrap_or(word).to_owned()).collect()
}

/// Whether two roles share most of their words: a nationality inside is none too many.
fn is_same(role: &str, expected: &str) -> bool {
    let (role, expected) = (words(role), words(expected));
    let shared = role.intersection(&expected).count();
    10 * shared >= 3 * (role.len() + expected.len())
}

/// What the table expects of a person, and what is said.
#[derive(Default)]
struct Score {
    right: u32,
    all: u32,
    said_right: u32,
    said: u32,
}

impl Score {
    fn add(&mut self, said: &str, is_right: bool) {
        self.all += 1;
        self.right += u32::from(is_right);
        if !said.is_empty() {
            self.said += 1;
            self.said_right += u32::from(is_right);
        }
    }
}

/// The rows of a table, each with its first `N` cells; those that it lacks are empty.
fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| {
        let mut cells = line.split('\t');
        [(); N].map(|()| cells.next().unwrap_or_default())
    })
}

#[test]
fn every_class_of_title_is_said_right_or_not_said() {
    let mut score = Score::default();
    for [class, sentence, expected] in rows(include_str!("roles.tsv")) {
        let people = facts::analyze(&Document::new("", sentence)).people;
        for expected in expected.split(';') {
            let mut cells = expected.split('|');
            let [name, role, country] = [(); 3].map(|()| cells.next().unwrap_or_default());
            let found = people.iter().find(|person| person.name == name);
            let (said, from) =
                found.map_or(("", ""), |person| (person.role.as_str(), person.country.as_str()));
            let is_right = if role.is_empty() { said.is_empty() } else { is_same(said, role) };
            if !is_right || from != country {
                println!("{class}: {sentence}\n  expected {expected}\n  found    {said}|{from}");
            }
            score.add(said, is_right);
            score.add(from, from == country);
        }
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    let (right, sure) = (share(score.right, score.all), share(score.said_right, score.said));
    println!("right {right:.3} of {}, of those said {sure:.3} of {}", score.all, score.said);
    assert!(score.all >= 800, "only {} roles and countries", score.all);
    assert!(
        right >= RIGHT && sure >= SURE,
        "right {right:.3}, floor {RIGHT}; of those said {sure:.3}, floor {SURE}"
    );
}

/// A role is turned into the gender and number of who holds it, and no preposition stays on its head: to the letter, which the table does not
/// ask. What is said is learnt, so that one or another may not be said at all.
#[test]
fn a_role_has_the_gender_and_number_of_its_holder() {
    let cases = [
        (
            "قالت المؤلفتان المشاركتان سارة الحداد وليلى العمري إن الدراسة شملت 300 طفل.",
            "سارة الحداد",
            "المؤلفة المشاركة",
        ),
        (
            "وقالت الباحثتان المشاركتان سارة الحداد وليلى العمري إن النتائج واعدة.",
            "ليلى العمري",
            "الباحثة المشاركة",
        ),
        ("وقال المؤلفان المشاركان مارك ويلسون وجون هاربر إن النتائج واعدة.", "مارك ويلسون", "المؤلف المشارك"),
        ("وسلم الوزير الجائزة لمدير المكتبة الوطنية سامي الحداد أمس.", "سامي الحداد", "مدير المكتبة الوطنية"),
        ("وأعرب النائب عن شكره لوزير الصحة سامي الحداد على زيارته.", "سامي الحداد", "وزير الصحة"),
    ];
    let mut said = 0;
    for (sentence, name, role) in cases {
        let people = facts::analyze(&Document::new("", sentence)).people;
        let found = people.iter().find(|person| person.name == name).filter(|person| !person.role.is_empty());
        if let Some(person) = found {
            assert_eq!(person.role, role, "{sentence}");
            said += 1;
        }
    }
    assert!(said >= 3, "only {said} roles are said");
}

/// Checks that the share of the `cases` that are right is at least `floor`: who is named and shown is learnt, and what is learnt is never
/// right of all.
fn check(table: &str, cases: usize, faults: &[String], floor: f64) {
    let right = 1.0 - faults.len() as f64 / cases as f64;
    println!("{table}: {:.1} % of {cases} are right; not these:\n{}", 100.0 * right, faults.join("\n"));
    assert!(right >= floor, "{table}: {} of {cases} are wrong:\n{}", faults.len(), faults.join("\n"));
}

/// The names, in order, after semicolons.
fn joined(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names.join(";")
}

#[test]
fn every_class_of_person_is_told_apart() {
    let mut faults = Vec::new();
    let mut cases = 0;
    for [class, text, expected] in rows(include_str!("people.tsv")) {
        let found = joined(facts::analyze(&Document::new("", text)).people.iter().map(|p| p.name.clone()));
        cases += 1;
        if found != expected {
            faults.push(format!("{class}: {text}\n  expected {expected}\n  found    {found}"));
        }
    }
    check("people", cases, &faults, 0.75);
}

#[test]
fn every_class_of_body_and_country_is_read() {
    let mut faults = Vec::new();
    let mut cases = 0;
    for [class, headline, text, bodies, countries] in rows(include_str!("bodies.tsv")) {
        let facts = facts::analyze(&Document::new(headline, text));
        let found = joined(facts.organizations.iter().map(|o| match &o.aliases[..] {
            [] => o.name.clone(),
            aliases => format!("{} ({})", o.name, aliases.join(", ")),
        }));
        let named = joined(facts.countries.iter().map(|c| c.name.clone()));
        cases += 1;
        if found != bodies || named != countries {
            faults.push(format!(
                "{class}: {text}\n  expected {bodies} | {countries}\n  found    {found} | {named}"
            ));
        }
    }
    check("bodies", cases, &faults, 0.66);
}

#[test]
fn every_class_of_place_is_read() {
    let mut faults = Vec::new();
    let mut cases = 0;
    for [class, text, expected] in rows(include_str!("places.tsv")) {
        let found = joined(facts::analyze(&Document::new("", text)).places.iter().map(|p| p.name.clone()));
        cases += 1;
        if found != expected {
            faults.push(format!("{class}: {text}\n  expected {expected}\n  found    {found}"));
        }
    }
    check("places", cases, &faults, 0.75);
}
