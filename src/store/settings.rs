//! What a chat has chosen.

use crate::locale::Language;
use crate::reply::Digits;
use crate::summary::Length;

use super::database::on_database;
use super::{ChatId, Store, StoreError};

/// A chat's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in the settings")]
pub struct ChatSettings {
    /// How long a summary is.
    pub length: Length,
    /// Whether key figures are shown.
    pub figures: bool,
    /// Whether participants are shown.
    pub participants: bool,
    /// How the digits that the bot writes look.
    pub digits: Digits,
    /// Whether the mark of a line leads to the line's words in the article.
    pub proof: bool,
    /// Whether article links are answered without being asked to.
    pub auto: bool,
    /// The language of the interface; `None` follows the person's own.
    pub language: Option<Language>,
}

impl Default for ChatSettings {
    fn default() -> Self {
        Self {
            length: Length::Medium,
            figures: true,
            participants: true,
            digits: Digits::AsWritten,
            proof: true,
            auto: false,
            language: None,
        }
    }
}

/// One setting and its new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// See [`ChatSettings::length`].
    Length(Length),
    /// See [`ChatSettings::figures`].
    Figures(bool),
    /// See [`ChatSettings::participants`].
    Participants(bool),
    /// See [`ChatSettings::digits`].
    Digits(Digits),
    /// See [`ChatSettings::proof`].
    Proof(bool),
    /// See [`ChatSettings::auto`].
    Auto(bool),
    /// See [`ChatSettings::language`].
    Language(Option<Language>),
}

impl Store {
    /// A chat's settings; the defaults for what it has not chosen.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn settings(&self, chat: ChatId) -> Result<ChatSettings, StoreError> {
        let row: Option<Row> = on_database!(self, pool => {
            sqlx::query_as(
                "SELECT length, figures, participants, digits, proof, auto, language FROM chats WHERE chat_id = $1",
            )
            .bind(chat.0)
            .fetch_optional(pool)
            .await
        })
        .await?;
        Ok(row.map_or_else(ChatSettings::default, read))
    }

    /// Changes one setting of a chat and no other, so that two people who press at once do not undo each other.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn set(&self, chat: ChatId, setting: Setting) -> Result<(), StoreError> {
        let (sql, value) = write(setting);
        on_database!(self, pool => sqlx::query(sql).bind(chat.0).bind(value).execute(pool).await.map(drop))
            .await
    }
}

type Word = Option<String>;
type Row = (Word, Word, Word, Word, Word, Word, Word);

const LENGTHS: [(&str, Length); 3] =
    [("short", Length::Short), ("medium", Length::Medium), ("long", Length::Long)];
const DIGITS: [(&str, Digits); 3] =
    [("as-written", Digits::AsWritten), ("latin", Digits::Latin), ("arabic-indic", Digits::ArabicIndic)];
const SWITCHES: [(&str, bool); 2] = [("on", true), ("off", false)];
const LANGUAGES: [(&str, Language); 2] = [("ar", Language::Arabic), ("en", Language::English)];

/// The statement that changes the column of a setting.
macro_rules! set {
    ($column:literal) => {
        concat!(
            "INSERT INTO chats (chat_id, ",
            $column,
            ") VALUES ($1, $2) ON CONFLICT (chat_id) DO UPDATE SET ",
            $column,
            " = excluded.",
            $column
        )
    };
}

/// How a setting is changed, and what it is then.
fn write(setting: Setting) -> (&'static str, Option<&'static str>) {
    match setting {
        Setting::Length(length) => (set!("length"), word(&LENGTHS, length)),
        Setting::Figures(shown) => (set!("figures"), word(&SWITCHES, shown)),
        Setting::Participants(shown) => (set!("participants"), word(&SWITCHES, shown)),
        Setting::Digits(digits) => (set!("digits"), word(&DIGITS, digits)),
        Setting::Proof(linked) => (set!("proof"), word(&SWITCHES, linked)),
        Setting::Auto(on) => (set!("auto"), word(&SWITCHES, on)),
        Setting::Language(language) => {
            (set!("language"), language.and_then(|language| word(&LANGUAGES, language)))
        }
    }
}

/// A word that this version does not know, written by a newer one, counts as not chosen.
fn read((length, figures, participants, digits, proof, auto, language): Row) -> ChatSettings {
    let default = ChatSettings::default();
    ChatSettings {
        length: meaning(&LENGTHS, length).unwrap_or(default.length),
        figures: meaning(&SWITCHES, figures).unwrap_or(default.figures),
        participants: meaning(&SWITCHES, participants).unwrap_or(default.participants),
        digits: meaning(&DIGITS, digits).unwrap_or(default.digits),
        proof: meaning(&SWITCHES, proof).unwrap_or(default.proof),
        auto: meaning(&SWITCHES, auto).unwrap_or(default.auto),
        language: meaning(&LANGUAGES, language),
    }
}

fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> Option<&'static str> {
    words.iter().find(|(_, known)| *known == value).map(|(word, _)| *word)
}

fn meaning<T: Copy>(words: &[(&str, T)], text: Option<String>) -> Option<T> {
    let text = text?;
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
}
