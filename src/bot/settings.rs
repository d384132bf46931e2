//! `/settings`: a keyboard whose buttons each say what is set, and set the next thing when pressed. Pure.

use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};

use super::press::Press;
use super::request::ChatKind;
use crate::locale::{Language, Locale};
use crate::reply::Digits;
use crate::store::{ChatSettings, Setting};
use crate::summary::Length;

/// The keyboard that shows `settings`. *Auto* is for groups and channels.
#[must_use]
pub fn keyboard(settings: &ChatSettings, kind: ChatKind, locale: &Locale) -> InlineKeyboardMarkup {
    let button = |key: &str, value: &str, next: Setting| {
        let text = locale.with(key, &[("value", &locale.text(value))]);
        vec![InlineKeyboardButton::callback(text, Press::Set(next).data())]
    };
    let switch = |on: bool| if on { "on" } else { "off" };
    let (length, longer) = match settings.length {
        Length::Short => ("length-short", Length::Medium),
        Length::Medium => ("length-medium", Length::Long),
        Length::Long => ("length-long", Length::Short),
    };
    let (digits, other_digits) = match settings.digits {
        Digits::AsWritten => ("digits-as-written", Digits::Latin),
        Digits::Latin => ("digits-latin", Digits::ArabicIndic),
        Digits::ArabicIndic => ("digits-arabic-indic", Digits::AsWritten),
    };
    let (language, next_language) = match settings.language {
        None => ("language-auto", Some(Language::Arabic)),
        Some(Language::Arabic) => ("language-ar", Some(Language::English)),
        Some(Language::English) => ("language-en", None),
    };
    let mut rows = vec![
        button("settings-length", length, Setting::Length(longer)),
        button("settings-figures", switch(settings.figures), Setting::Figures(!settings.figures)),
        button(
            "settings-participants",
            switch(settings.participants),
            Setting::Participants(!settings.participants),
        ),
        button("settings-digits", digits, Setting::Digits(other_digits)),
        button("settings-proof", switch(settings.proof), Setting::Proof(!settings.proof)),
    ];
    if kind != ChatKind::Private {
        rows.push(button("settings-auto", switch(settings.auto), Setting::Auto(!settings.auto)));
    }
    rows.push(button("settings-language", language, Setting::Language(next_language)));
    rows.push(vec![InlineKeyboardButton::callback(locale.text("settings-close"), Press::Close.data())]);
    InlineKeyboardMarkup::new(rows)
}
