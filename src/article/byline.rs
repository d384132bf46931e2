//! Bylines: which of the names that a page gives as its author are people.

use super::line;
use crate::text::lexicon::WordClass;

/// The person that `given` names, without a label or a job before it; `None` for desks, agencies, handles,
/// addresses and the developer's account.
#[must_use]
pub fn person(given: &str) -> Option<String> {
    let mut name = given.trim();
    let words = line::words(name);
    if let Some(label) =
        words.first().filter(|word| words.len() > 1 && WordClass::CreditLabel.contains(&word.key))
    {
        name = name[label.end..].trim_start_matches([':', '/', '-', '|', ' ', '\u{a0}']);
    }
    // «سالم الهادي - بيروت», «سالم الهادي | صحيفة»: the name comes first.
    let end = name
        .find([',', '،', '|', '/', '(', ';', '؛', '–', '—'])
        .or_else(|| name.find(" - "))
        .unwrap_or(name.len());
    let name = name[..end].trim().trim_matches(['*', '"', ':', '.']).trim();
    let words = line::words(name);
    let plain = name.chars().all(|c| {
        c.is_alphabetic() || crate::text::fold::is_mark(c) || matches!(c, ' ' | '.' | '-' | '\'' | '’')
    });
    let desk = words.iter().any(|word| WordClass::Desk.contains(&word.key));
    ((2..=5).contains(&words.len()) && plain && !desk).then(|| name.to_owned())
}

/// The person in a line that says who wrote a text: «كتب: سالم الهادي».
#[must_use]
pub fn in_line(text: &str) -> Option<String> {
    let words = line::words(text);
    let label = words.first()?;
    let labelled = WordClass::CreditLabel.contains(&label.key)
        && (text[label.end..].trim_start().starts_with([':', '/', '|', '-']) || label.key == "بقلم");
    if labelled { person(text) } else { None }
}

/// Whether a line above a text says nothing but who wrote it and who took its pictures: «كتب باسل رمضاني - تصوير شادي لطيف».
#[must_use]
pub fn is_credit(text: &str) -> bool {
    let words = line::words(text);
    let labelled = words.first().is_some_and(|word| WordClass::CreditLabel.contains(&word.key));
    labelled
        && words.len() > 1
        && !line::ends_sentence(text)
        && text.split(" - ").all(|part| person(part).is_some())
}

#[cfg(test)]
mod tests {
    use super::{in_line, person};

    #[track_caller]
    fn check(given: &str, expected: Option<&str>) {
        assert_eq!(person(given).as_deref(), expected, "{given}");
    }

    #[test]
    fn people_are_told_from_desks() {
        check("سالم الهادي", Some("سالم الهادي"));
        check("بقلم: سالم الهادي", Some("سالم الهادي"));
        check("سالم الهادي - بيروت", Some("سالم الهادي"));
        check("Omar El-Sayed", Some("Omar El-Sayed"));
        for given in [
            "",
            "akhbarelyom",
            "(أبوظبي - البيان)",
            "وكالات",
            "فريق التحرير",
            "@salem",
            "https://example.com/salem",
            "admin",
            "قسم الأخبار",
            "سالم",
            "user 123",
            "Developed By Omar Sayed",
        ] {
            check(given, None);
        }
    }

    #[test]
    fn a_line_says_who_wrote() {
        assert_eq!(in_line("كتب: سالم الهادي").as_deref(), Some("سالم الهادي"));
        assert_eq!(in_line("بقلم سالم الهادي").as_deref(), Some("سالم الهادي"));
        assert_eq!(in_line("كتب الوزير على حسابه"), None);
    }
}
