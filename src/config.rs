//! The configuration: the environment read once, checked once. Nothing else reads the environment.

use std::collections::HashSet;
use std::fmt;
use std::time::Duration;

use url::Url;

use crate::store::{Rate, StoreUrl, StoreUrlError};

/// A checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The bot's token.
    pub token: Token,
    /// The Bot API server; `None` is Telegram's own.
    pub api_url: Option<Url>,
    /// Where the store is.
    pub store: StoreUrl,
    /// Who may use the bot.
    pub access: Access,
    /// How much each person, each chat and all together may ask for.
    pub limits: Limits,
    /// What is logged, as `tracing_subscriber` filters are written.
    pub log: Option<String>,
}

/// The bot's token. It is shown nowhere: not in `Debug`, not in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Who may use the bot: people and chats by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Only these, if there are any.
    pub allowed: HashSet<i64>,
    /// Never these.
    pub blocked: HashSet<i64>,
}

/// How much may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// By one person.
    pub person: Rate,
    /// In one chat.
    pub chat: Rate,
    /// By all together.
    pub bot: Rate,
    /// Links that are answered unasked, in one chat.
    pub auto: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        let rate = |burst, refill| Rate { burst, refill: Duration::from_secs(refill) };
        Self {
            person: rate(10, 6),
            chat: rate(15, 4),
            bot: Rate { burst: 200, refill: Duration::from_millis(50) },
            auto: rate(5, 30),
        }
    }
}

/// Why the environment is no configuration; each names the variable at fault and never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The token is missing.
    #[error("MUJAZ_TOKEN is not set: ask @BotFather for a token and put it into .env")]
    NoToken,
    /// The token does not look like one.
    #[error("MUJAZ_TOKEN is not a bot token: it is digits, a colon, then letters")]
    Token,
    /// The Bot API server is no address.
    #[error("MUJAZ_API_URL is not an http or https address")]
    ApiUrl,
    /// The store's address is wrong.
    #[error("DATABASE_URL: {0}")]
    Store(StoreUrlError),
    /// A list of numbers holds something else.
    #[error("{0} is not a list of numbers separated by commas")]
    Numbers(&'static str),
}

impl Config {
    /// Checks the variables that `read` gives.
    ///
    /// # Errors
    /// If one of them is missing or makes no sense.
    pub fn parse(read: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let read = |name: &str| read(name).map(|value| value.trim().to_owned()).filter(|v| !v.is_empty());
        let token = Token::parse(&read("MUJAZ_TOKEN").ok_or(ConfigError::NoToken)?)?;
        let api_url = read("MUJAZ_API_URL").map(|url| parse_api_url(&url)).transpose()?;
        let store = read("DATABASE_URL").unwrap_or_else(|| "sqlite:mujaz.db".to_owned());
        let store = StoreUrl::parse(&store).map_err(ConfigError::Store)?;
        let numbers = |name| read(name).map_or(Ok(HashSet::new()), |list| parse_numbers(name, &list));
        let access = Access { allowed: numbers("MUJAZ_ALLOWED")?, blocked: numbers("MUJAZ_BLOCKED")? };
        Ok(Self { token, api_url, store, access, limits: Limits::default(), log: read("RUST_LOG") })
    }

    /// Reads `.env`, if there is one, and the environment, which goes before it.
    ///
    /// # Errors
    /// See [`Config::parse`].
    pub fn from_env() -> Result<Self, ConfigError> {
        // A missing `.env` is no fault: the environment may hold everything.
        let _ = dotenvy::dotenv();
        Self::parse(|name| std::env::var(name).ok())
    }
}

impl Token {
    /// Reads a token.
    ///
    /// # Errors
    /// If it does not look like one.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let (number, secret) = text.split_once(':').ok_or(ConfigError::Token)?;
        let sound = !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && !secret.is_empty()
            && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        sound.then(|| Self(text.to_owned())).ok_or(ConfigError::Token)
    }

    /// The token itself, for the one place that sends it to Telegram.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Access {
    /// Whether a person may use the bot in a chat. A number on the list of blocked ones shuts out wherever it
    /// stands; if there is a list of allowed ones, one of the two must be on it.
    #[must_use]
    pub fn allows(&self, chat: i64, person: Option<i64>) -> bool {
        let on = |list: &HashSet<i64>| list.contains(&chat) || person.is_some_and(|id| list.contains(&id));
        !on(&self.blocked) && (self.allowed.is_empty() || on(&self.allowed))
    }
}

fn parse_api_url(text: &str) -> Result<Url, ConfigError> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or(ConfigError::ApiUrl)
}

fn parse_numbers(name: &'static str, list: &str) -> Result<HashSet<i64>, ConfigError> {
    list.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| item.parse().map_err(|_| ConfigError::Numbers(name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let find = |name: &str| variables.iter().find(|(key, _)| *key == name);
        Config::parse(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    const TOKEN: (&str, &str) = ("MUJAZ_TOKEN", "123:abc_DEF-4");

    #[test]
    fn a_token_is_enough_and_stays_secret() {
        let config = parse(&[TOKEN]).expect("a sound configuration");
        assert!(!format!("{config:?}").contains("abc_DEF"));
        assert!(config.access.allows(1, Some(2)));
    }

    #[test]
    fn each_fault_names_its_variable() {
        let fault = |variables: &[(&str, &str)]| parse(variables).map(|_| ()).unwrap_err();
        assert_eq!(fault(&[]), ConfigError::NoToken);
        assert_eq!(fault(&[("MUJAZ_TOKEN", "abc")]), ConfigError::Token);
        assert_eq!(fault(&[TOKEN, ("MUJAZ_API_URL", "ftp://x")]), ConfigError::ApiUrl);
        assert_eq!(fault(&[TOKEN, ("MUJAZ_BLOCKED", "1,x")]), ConfigError::Numbers("MUJAZ_BLOCKED"));
        assert!(matches!(fault(&[TOKEN, ("DATABASE_URL", "mysql://x")]), ConfigError::Store(_)));
    }

    #[test]
    fn the_block_list_goes_before_the_allow_list() {
        let config = parse(&[TOKEN, ("MUJAZ_ALLOWED", "7, -100"), ("MUJAZ_BLOCKED", "9")]).expect("sound");
        assert!(config.access.allows(-100, Some(1)));
        assert!(config.access.allows(7, Some(7)));
        assert!(!config.access.allows(-100, Some(9)));
        assert!(!config.access.allows(8, Some(8)));
    }
}
