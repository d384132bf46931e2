//! A call to Telegram: teloxide's payload out, the answer's envelope in, read here.
//!
//! teloxide's own reading would not do: it drops the error's number, so that a fault of Telegram's («502» in JSON) looks
//! like a refusal, and one update that cannot be read makes it lose all that came with it. Errors are told in words of
//! ours: Telegram's quote links, and its numbers are people's and groups'.

use std::time::Duration;

use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use teloxide::requests::Payload;
use teloxide::types::ChatId;
use teloxide::{ApiError, Bot};

/// Why a call came to nothing, or perhaps to something.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CallError {
    /// Telegram refused it.
    #[error("Telegram refuses it: {code} {}", name(.fault))]
    Refused {
        /// The number that it gives with it, that of an HTTP status.
        code: u16,
        /// What it is, as far as teloxide knows it.
        fault: ApiError,
    },
    /// Telegram asks to call again after this time.
    #[error("Telegram asks for patience, for {} s", .0.as_secs())]
    Patience(Duration),
    /// The group has become this supergroup.
    #[error("the group has become a supergroup")]
    Migrated(ChatId),
    /// Telegram, or a gateway before it, is out of order: it did nothing.
    #[error("Telegram is out of order: {0}")]
    OutOfOrder(u16),
    /// It never left: there is no way to Telegram.
    #[error("Telegram cannot be reached")]
    Unreached,
    /// It left, and nobody knows what came of it.
    #[error("the answer did not come in time or broke off")]
    Unanswered,
    /// It left, and what came back cannot be read.
    #[error("the answer cannot be read")]
    Unreadable,
}

impl CallError {
    /// Whether the bot was blocked or thrown out, or the chat is gone.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        let Self::Refused { code, fault } = self else { return false };
        let gone = matches!(
            fault,
            ApiError::BotBlocked
                | ApiError::BotKicked
                | ApiError::BotKickedFromSupergroup
                | ApiError::BotKickedFromChannel
                | ApiError::UserDeactivated
                | ApiError::CantInitiateConversation
                | ApiError::CantTalkWithBots
                | ApiError::GroupDeactivated
                | ApiError::ChatNotFound
        );
        gone || *code == 403
    }

    /// Whether Telegram does not know the token.
    #[must_use]
    pub fn is_of_token(&self) -> bool {
        matches!(self, Self::Refused { fault: ApiError::InvalidToken, .. })
    }

    /// Whether another program with the same token is in the way.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Refused { code: 409, .. })
    }

    /// Whether it refuses an edit that would change nothing.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        matches!(self, Self::Refused { fault: ApiError::MessageNotModified, .. })
    }

    /// A word for what Telegram did, for counting.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Patience(_) => "telegram_429",
            Self::Refused { .. } if self.is_gone() => "telegram_403",
            Self::Refused { .. } | Self::Migrated(_) => "telegram_400",
            Self::OutOfOrder(_) | Self::Unreadable => "telegram_5xx",
            Self::Unreached | Self::Unanswered => "telegram_network",
        }
    }
}

/// teloxide's name of a refusal, without what it quotes.
fn name(fault: &ApiError) -> String {
    let mut name = format!("{fault:?}");
    name.truncate(name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len()));
    name
}

/// What Telegram answers with.
#[derive(Deserialize)]
struct Envelope<'a> {
    ok: bool,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// Makes a call once, and reads its result as `O`: our own view of it. A message that Telegram has sent counts as sent, also
/// where teloxide could not read every part of it.
///
/// # Errors
/// See [`CallError`].
pub async fn call<P, O>(bot: &Bot, payload: &P) -> Result<O, CallError>
where
    P: Payload + Serialize,
    O: DeserializeOwned,
{
    let url = bot.api_url().join(&format!("/bot{}/{}", bot.token(), P::NAME));
    let body = serde_json::to_vec(payload).map_err(|_| CallError::Unreached)?;
    let request = bot.client().post(url.map_err(|_| CallError::Unreached)?);
    let request = request.header("Content-Type", "application/json").body(body);
    let failed = |error: reqwest::Error| {
        if error.is_connect() { CallError::Unreached } else { CallError::Unanswered }
    };
    let response = request.send().await.map_err(failed)?;
    let status = response.status().as_u16();
    read(status, &response.text().await.map_err(failed)?)
}

fn read<O: DeserializeOwned>(status: u16, text: &str) -> Result<O, CallError> {
    if !text.trim_start().starts_with('{') {
        // A gateway's page instead of an answer.
        return Err(CallError::OutOfOrder(status));
    }
    let envelope: Envelope<'_> = serde_json::from_str(text).map_err(|_| CallError::Unreadable)?;
    if envelope.ok {
        let result = envelope.result.map_or("null", RawValue::get);
        return serde_json::from_str(result).map_err(|_| CallError::Unreadable);
    }
    let code = envelope.error_code.unwrap_or(status);
    Err(match envelope.parameters {
        Some(Parameters { retry_after: Some(seconds), .. }) => {
            CallError::Patience(Duration::from_secs(seconds))
        }
        Some(Parameters { migrate_to_chat_id: Some(chat), .. }) => CallError::Migrated(ChatId(chat)),
        _ if code >= 500 => CallError::OutOfOrder(code),
        _ => {
            let description: StrDeserializer<'_, ValueError> =
                envelope.description.as_str().into_deserializer();
            let fault = ApiError::deserialize(description);
            CallError::Refused { code, fault: fault.unwrap_or(ApiError::Unknown(String::new())) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, text: &str, expected: &str) {
        let told = match read::<serde_json::Value>(status, text) {
            Ok(value) => format!("ok: {value}"),
            Err(error) => error.to_string(),
        };
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn a_refusal_a_fault_and_a_wish_for_patience_are_told_apart_and_nothing_of_them_is_quoted() {
        check(200, r#"{"ok":true,"result":[1]}"#, "ok: [1]");
        check(502, "<html>502 Bad Gateway</html>", "Telegram is out of order: 502");
        check(
            502,
            r#"{"ok":false,"error_code":502,"description":"Bad Gateway"}"#,
            "Telegram is out of order: 502",
        );
        check(
            200,
            r#"{"ok":false,"error_code":500,"description":"Internal Server Error"}"#,
            "Telegram is out of order: 500",
        );
        check(
            429,
            r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}"#,
            "Telegram asks for patience, for 3 s",
        );
        check(
            400,
            r#"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-1009}}"#,
            "the group has become a supergroup",
        );
        check(
            403,
            r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#,
            "Telegram refuses it: 403 BotBlocked",
        );
        check(
            400,
            r#"{"ok":false,"error_code":400,"description":"Bad Request: inline keyboard button URL 'https://secret.example' is invalid"}"#,
            "Telegram refuses it: 400 Unknown",
        );
        check(
            400,
            r#"{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: «سر»"}"#,
            "Telegram refuses it: 400 CantParseEntities",
        );
        check(200, r#"{"ok":true"#, "the answer cannot be read");
    }

    #[test]
    fn one_update_that_cannot_be_read_does_not_hide_the_others() {
        let deep = format!("{}1{}", "[".repeat(500), "]".repeat(500));
        let text = format!(r#"{{"ok":true,"result":[{{"update_id":1,"a":{deep}}},{{"b":"\ud800"}},{{}}]}}"#);
        let updates: Vec<Box<RawValue>> = read(200, &text).expect("a list");
        assert_eq!(updates.len(), 3);
    }
}
