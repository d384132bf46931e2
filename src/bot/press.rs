//! What the bot's buttons carry: written into `callback_data` (at most 64 bytes) and read back from it. Pure.

use crate::locale::Language;
use crate::reply::Digits;
use crate::store::{AnswerId, Setting};
use crate::summary::Length;

/// A pressed button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Show an answer in another way.
    Show(AnswerId, View),
    /// Show all articles of the story that an answer is of, together.
    Together(AnswerId),
    /// Quote a line of an answer, shown in this way, from the message that it was made of; counted from nothing.
    Where(AnswerId, View, u8),
    /// Change a setting.
    Set(Setting),
    /// Close the settings.
    Close,
    /// Summarise an article to try that on.
    Sample,
}

/// How an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The summary, this long.
    Summary(Length),
    /// Figures and participants.
    Facts,
}

const VIEWS: [(&str, View); 4] = [
    ("s", View::Summary(Length::Short)),
    ("m", View::Summary(Length::Medium)),
    ("l", View::Summary(Length::Long)),
    ("f", View::Facts),
];

const SETTINGS: [(&str, Setting); 17] = [
    ("length-short", Setting::Length(Length::Short)),
    ("length-medium", Setting::Length(Length::Medium)),
    ("length-long", Setting::Length(Length::Long)),
    ("figures-on", Setting::Figures(true)),
    ("figures-off", Setting::Figures(false)),
    ("participants-on", Setting::Participants(true)),
    ("participants-off", Setting::Participants(false)),
    ("digits-as-written", Setting::Digits(Digits::AsWritten)),
    ("digits-latin", Setting::Digits(Digits::Latin)),
    ("digits-arabic-indic", Setting::Digits(Digits::ArabicIndic)),
    ("proof-on", Setting::Proof(true)),
    ("proof-off", Setting::Proof(false)),
    ("auto-on", Setting::Auto(true)),
    ("auto-off", Setting::Auto(false)),
    ("language-auto", Setting::Language(None)),
    ("language-ar", Setting::Language(Some(Language::Arabic))),
    ("language-en", Setting::Language(Some(Language::English))),
];

impl Press {
    /// Reads what [`Press::data`] wrote; `None` for anything else, as a button of an older version.
    #[must_use]
    pub fn parse(data: &str) -> Option<Self> {
        let (kind, rest) = data.split_once(':')?;
        match kind {
            "show" => {
                let (id, view) = rest.split_once(':')?;
                Some(Self::Show(AnswerId::parse(id)?, view_of(view)?))
            }
            "together" => Some(Self::Together(AnswerId::parse(rest)?)),
            "where" => {
                let (id, rest) = rest.split_once(':')?;
                let (view, line) = rest.split_once(':')?;
                Some(Self::Where(AnswerId::parse(id)?, view_of(view)?, line.parse().ok()?))
            }
            "set" => Some(Self::Set(SETTINGS.iter().find(|(name, _)| *name == rest)?.1)),
            "close" => Some(Self::Close),
            "sample" => Some(Self::Sample),
            _ => None,
        }
    }

    /// The press as `callback_data`.
    #[must_use]
    pub fn data(&self) -> String {
        match self {
            Self::Show(id, view) => format!("show:{}:{}", id.as_str(), name_of(*view)),
            Self::Together(id) => format!("together:{}", id.as_str()),
            Self::Where(id, view, line) => format!("where:{}:{}:{line}", id.as_str(), name_of(*view)),
            Self::Set(setting) => {
                let name = SETTINGS.iter().find(|(_, other)| other == setting).map_or("", |(name, _)| name);
                format!("set:{name}")
            }
            Self::Close => "close:".to_owned(),
            Self::Sample => "sample:".to_owned(),
        }
    }
}

fn view_of(name: &str) -> Option<View> {
    VIEWS.iter().find(|(known, _)| *known == name).map(|(_, view)| *view)
}

fn name_of(view: View) -> &'static str {
    VIEWS.iter().find(|(_, known)| *known == view).map_or("m", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_fits() {
        let id = AnswerId::parse("abcdefghijklmnop").expect("a sound name");
        let shown = VIEWS.iter().map(|(_, view)| Press::Show(id.clone(), *view));
        let set = SETTINGS.iter().map(|(_, setting)| Press::Set(*setting));
        let others = [
            Press::Close,
            Press::Sample,
            Press::Together(id.clone()),
            Press::Where(id.clone(), View::Facts, u8::MAX),
        ];
        for press in shown.chain(set).chain(others) {
            assert!(press.data().len() <= 64);
            assert_eq!(Press::parse(&press.data()), Some(press));
        }
        assert_eq!(Press::parse("show:short:m"), None);
        assert_eq!(Press::parse("nonsense"), None);
    }
}
