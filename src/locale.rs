//! Every word a user reads: `locales/*.ftl`, one file for each language, with its plural rules.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::langid;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// العربية.
    #[default]
    Arabic,
    /// English.
    English,
}

impl Language {
    /// All of them, the default first.
    pub const ALL: [Self; 2] = [Self::Arabic, Self::English];

    /// The language for a person whose Telegram is in `tag` (`ar`, `en-GB`…): English where it says
    /// English, else Arabic.
    #[must_use]
    pub fn of_tag(tag: Option<&str>) -> Self {
        match tag.and_then(|tag| tag.split(['-', '_']).next()) {
            Some(language) if language.eq_ignore_ascii_case("en") => Self::English,
            _ => Self::Arabic,
        }
    }

    /// Its two-letter code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
        }
    }
}

/// The words of one language.
pub struct Locale {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

static ARABIC: LazyLock<Locale> =
    LazyLock::new(|| Locale::new(Language::Arabic, include_str!("../locales/ar.ftl")));
static ENGLISH: LazyLock<Locale> =
    LazyLock::new(|| Locale::new(Language::English, include_str!("../locales/en.ftl")));

impl Locale {
    /// The words of `language`.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Arabic => &ARABIC,
            Language::English => &ENGLISH,
        }
    }

    /// Which language it is.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The message `key`.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The message `key` with a number in it, in the form that the language wants for that number.
    #[must_use]
    pub fn count(&self, key: &str, name: &str, number: u64) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set(name, number);
        arguments.set("form", form(self.language, number));
        self.format(key, Some(&arguments))
    }

    /// The message `key` with words put into it.
    #[must_use]
    pub fn with(&self, key: &str, words: &[(&str, &str)]) -> String {
        let arguments = words.iter().copied().collect();
        self.format(key, Some(&arguments))
    }

    /// A number as this language writes it in the bot's own words: Arabic-Indic digits in Arabic.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        match self.language {
            Language::Arabic => arabic_indic(&number.to_string()),
            Language::English => number.to_string(),
        }
    }

    fn new(language: Language, source: &str) -> Self {
        let tag = match language {
            Language::Arabic => langid!("ar"),
            Language::English => langid!("en"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Fluent would isolate each argument; here the templates say where isolates stand.
        bundle.set_use_isolating(false);
        if language == Language::Arabic {
            bundle.set_formatter(Some(|value, _| match value {
                FluentValue::Number(number) => Some(arabic_indic(&number.as_string())),
                _ => None,
            }));
        }
        // A file with a fault still gives all its other messages; a test finds the fault.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// A missing message shows its key: the bot answers all the same, and a test finds the fault.
    fn format(&self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        self.bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned()
    }
}

/// The form of what `number` counts (Unicode CLDR's plural rules). Fluent's own choice is not used: its rules for
/// Arabic (`intl_pluralrules` 7.0.2) look at the number where CLDR looks at its last two digits, and say
/// «103 دقيقة» for «103 دقائق».
const fn form(language: Language, number: u64) -> &'static str {
    match (language, number) {
        (_, 1) => "one",
        (Language::Arabic, 2) => "two",
        (Language::Arabic, _) if matches!(number % 100, 3..=10) => "few",
        _ => "other",
    }
}

/// `text` with its Latin digits written ٠١٢٣٤٥٦٧٨٩.
#[must_use]
pub fn arabic_indic(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) if c.is_ascii_digit() => char::from_u32(u32::from('٠') + digit).unwrap_or(c),
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim()))
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let arabic = include_str!("../locales/ar.ftl");
        let english = include_str!("../locales/en.ftl");
        assert_eq!(keys(arabic), keys(english));
        for source in [arabic, english] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }

    #[test]
    fn every_message_formats_without_a_fault() {
        let names = ["minutes", "seconds", "days", "count", "items", "line", "lines"];
        for language in Language::ALL {
            let locale = Locale::of(language);
            for key in keys(include_str!("../locales/ar.ftl")) {
                let mut arguments: FluentArgs<'_> =
                    names.iter().map(|name| (*name, FluentValue::from(3))).collect();
                for name in ["day", "month", "year", "value", "bot", "link", "name", "form"] {
                    arguments.set(name, "x");
                }
                let message = locale.bundle.get_message(key).and_then(|m| m.value());
                let Some(pattern) = message else { panic!("{key} is empty") };
                let mut faults = Vec::new();
                let text = locale.bundle.format_pattern(pattern, Some(&arguments), &mut faults);
                assert!(faults.is_empty() && !text.is_empty(), "{key}: {faults:?}");
            }
        }
    }

    #[test]
    fn arabic_numbers_agree_with_what_they_count() {
        let check = |minutes, expected| {
            assert_eq!(Locale::of(Language::Arabic).count("reading-time", "minutes", minutes), expected);
        };
        check(1, "المقال: دقيقة واحدة");
        check(2, "المقال: دقيقتان");
        check(4, "المقال: ٤ دقائق");
        check(11, "المقال: ١١ دقيقة");
        check(100, "المقال: ١٠٠ دقيقة");
        check(103, "المقال: ١٠٣ دقائق");
    }

    #[test]
    fn the_interface_is_arabic_unless_telegram_is_english() {
        assert_eq!(Language::of_tag(Some("en-GB")), Language::English);
        assert_eq!(Language::of_tag(Some("ar")), Language::Arabic);
        assert_eq!(Language::of_tag(Some("fr")), Language::Arabic);
        assert_eq!(Language::of_tag(None), Language::Arabic);
    }
}
