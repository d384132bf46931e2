//! The configuration: the environment read once, checked once. Nothing else reads the environment.

use std::collections::HashSet;
use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::fetch::address::Exceptions;
use crate::fetch::{self, FetchOptions};
use crate::store::{Rate, StoreUrl, StoreUrlError};

/// This very program, to be started again: what runs, and not what was put in its place on the disk since.
#[must_use]
pub fn own_program() -> PathBuf {
    let linux = PathBuf::from("/proc/self/exe");
    if linux.exists() { linux } else { std::env::current_exe().unwrap_or(linux) }
}

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
    /// Whether what concerns one member of a group is said to them alone, where the Bot API allows it.
    pub private_answers: bool,
    /// Where Telegram brings updates to; `None` is long polling.
    pub webhook: Option<Url>,
    /// Where health, metrics and the webhook are served; `None` is nowhere.
    pub listen: Option<SocketAddr>,
    /// Messages that this process sends in a second, at most.
    pub pace: NonZeroU32,
    /// Sockets in private networks that links may lead to all the same.
    pub reachable: Vec<SocketAddr>,
    /// Where a site's operator can write to whoever runs the bot.
    pub contact: Option<String>,
}

/// What is logged and how. It is read before all else, so that what is wrong with the rest is logged as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogConfig {
    /// What is logged, as `tracing_subscriber` filters are written.
    pub filter: Option<String>,
    /// How it is written.
    pub format: LogFormat,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// A JSON object on each line, for programs.
    Json,
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
    /// The webhook's address is none, or what comes there could be read on its way.
    #[error(
        "MUJAZ_WEBHOOK_URL is not an https address (http is for a Bot API server of one's own, MUJAZ_API_URL)"
    )]
    Webhook,
    /// The contact could not stand in a header.
    #[error("MUJAZ_CONTACT is not an address: a page or a mailbox, in Latin letters and without spaces")]
    Contact,
    /// An address and port are something else.
    #[error("{0} is not an address with a port, as 127.0.0.1:8080")]
    Socket(&'static str),
    /// A number that must be at least one is something else.
    #[error("{0} is not a whole number above zero")]
    Count(&'static str),
    /// A limit is something else.
    #[error("{0} is not a limit: how many at once, a slash, seconds until one more, as 10/6")]
    Limit(&'static str),
    /// A switch is neither on nor off.
    #[error("MUJAZ_PRIVATE_ANSWERS is neither on nor off")]
    PrivateAnswers,
    /// There is no such format.
    #[error("LOG_FORMAT is neither text nor json")]
    LogFormat,
}

impl Config {
    /// Checks the variables that `read` gives.
    ///
    /// # Errors
    /// If one of them is missing or makes no sense.
    pub fn parse(read: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let read = |name: &str| read(name).map(|value| value.trim().to_owned()).filter(|v| !v.is_empty());
        let token = Token::parse(&read("MUJAZ_TOKEN").ok_or(ConfigError::NoToken)?)?;
        let api_url =
            read("MUJAZ_API_URL").map(|url| parse_http(&url).ok_or(ConfigError::ApiUrl)).transpose()?;
        let store = read("DATABASE_URL").unwrap_or_else(|| "sqlite:mujaz.db".to_owned());
        let store = StoreUrl::parse(&store).map_err(ConfigError::Store)?;
        let store = match read("DATABASE_PASSWORD") {
            Some(password) => store.with_password(&password),
            None => store,
        };
        let numbers = |name| read(name).map_or(Ok(HashSet::new()), |list| parse_numbers(name, &list));
        let access = Access { allowed: numbers("MUJAZ_ALLOWED")?, blocked: numbers("MUJAZ_BLOCKED")? };
        let sound = |url: &Url| url.scheme() == "https" || api_url.is_some();
        let webhook = read("MUJAZ_WEBHOOK_URL")
            .map(|url| parse_http(&url).filter(sound).ok_or(ConfigError::Webhook))
            .transpose()?;
        let contact = parse_contact(read("MUJAZ_CONTACT"))?;
        let listen = read("MUJAZ_LISTEN").map(|text| parse_socket("MUJAZ_LISTEN", &text)).transpose()?;
        let reachable = parse_reachable(&read("MUJAZ_REACHABLE").unwrap_or_default())?;
        let pace = read("MUJAZ_PACE").map(|text| text.parse().map_err(|_| ConfigError::Count("MUJAZ_PACE")));
        let mut limits = Limits::default();
        for (name, limit) in [
            ("MUJAZ_LIMIT_PERSON", &mut limits.person),
            ("MUJAZ_LIMIT_CHAT", &mut limits.chat),
            ("MUJAZ_LIMIT_BOT", &mut limits.bot),
            ("MUJAZ_LIMIT_AUTO", &mut limits.auto),
        ] {
            if let Some(text) = read(name) {
                *limit = parse_rate(&text).ok_or(ConfigError::Limit(name))?;
            }
        }
        Ok(Self {
            token,
            api_url,
            store,
            access,
            limits,
            private_answers: match read("MUJAZ_PRIVATE_ANSWERS").as_deref() {
                None | Some("off") => false,
                Some("on") => true,
                Some(_) => return Err(ConfigError::PrivateAnswers),
            },
            listen: listen.or(webhook.as_ref().map(|_| LISTEN)),
            webhook,
            pace: pace.transpose()?.unwrap_or(PACE),
            reachable,
            contact,
        })
    }

    /// Reads `.env`, if there is one, and the environment, which goes before it.
    ///
    /// # Errors
    /// See [`Config::parse`].
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::parse(variable)
    }
}

impl LogConfig {
    /// Checks the variables that `read` gives.
    ///
    /// # Errors
    /// If there is no such format.
    pub fn parse(read: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let read = |name: &str| read(name).map(|value| value.trim().to_owned()).filter(|v| !v.is_empty());
        let format = match read("LOG_FORMAT").as_deref() {
            None | Some("text") => LogFormat::Text,
            Some("json") => LogFormat::Json,
            Some(_) => return Err(ConfigError::LogFormat),
        };
        Ok(Self { filter: read("RUST_LOG"), format })
    }

    /// Reads `.env`, if there is one, and the environment, which goes before it.
    ///
    /// # Errors
    /// See [`LogConfig::parse`].
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::parse(variable)
    }
}

/// What pages are fetched with by the commands that need no other configuration: `MUJAZ_REACHABLE`, the sockets in private networks that links
/// may lead to all the same, to which `own` is added, and `MUJAZ_CONTACT`. Read from `.env`, if there is one, and the environment, which goes
/// before it.
///
/// # Errors
/// If one of the sockets is no address with a port, or the contact could not stand in a header.
pub fn fetch_options(own: Option<SocketAddr>) -> Result<FetchOptions, ConfigError> {
    let mut sockets = parse_reachable(&variable("MUJAZ_REACHABLE").unwrap_or_default())?;
    sockets.extend(own);
    let contact = parse_contact(variable("MUJAZ_CONTACT"))?;
    Ok(FetchOptions {
        user_agent: fetch::user_agent(contact.as_deref()),
        exceptions: Exceptions { sockets, ports: Vec::new() },
        ..FetchOptions::default()
    })
}

fn parse_contact(given: Option<String>) -> Result<Option<String>, ConfigError> {
    let contact = given.map(|contact| contact.trim().to_owned()).filter(|contact| !contact.is_empty());
    let sound =
        |contact: &String| contact.bytes().all(|byte| byte.is_ascii_graphic() && !b"();".contains(&byte));
    if contact.as_ref().is_none_or(sound) { Ok(contact) } else { Err(ConfigError::Contact) }
}

fn variable(name: &str) -> Option<String> {
    // A missing `.env` is no fault: the environment may hold everything.
    let _ = dotenvy::dotenv();
    std::env::var(name).ok()
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
    /// Whether who asks in a chat, a person or the channel in whose name they write, may use the bot. A number on the
    /// list of blocked ones shuts out wherever it stands; if there is a list of allowed ones, one of the two must be on it.
    #[must_use]
    pub fn allows(&self, chat: i64, asker: Option<i64>) -> bool {
        let on = |list: &HashSet<i64>| list.contains(&chat) || asker.is_some_and(|id| list.contains(&id));
        !on(&self.blocked) && (self.allowed.is_empty() || on(&self.allowed))
    }
}

/// Where a webhook listens unless it is told where: for a proxy on the same machine.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// Telegram takes about 30 messages a second from a bot.
const PACE: NonZeroU32 = NonZeroU32::MIN.saturating_add(27);

fn parse_reachable(list: &str) -> Result<Vec<SocketAddr>, ConfigError> {
    let sockets = list.split(',').filter(|text| !text.trim().is_empty());
    sockets.map(|text| parse_socket("MUJAZ_REACHABLE", text)).collect()
}

fn parse_socket(name: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    text.trim().parse().map_err(|_| ConfigError::Socket(name))
}

fn parse_http(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Reads `10/6`: ten at once, and one more every six seconds.
fn parse_rate(text: &str) -> Option<Rate> {
    let (burst, seconds) = text.split_once('/')?;
    let burst: NonZeroU32 = burst.trim().parse().ok()?;
    let refill = Duration::try_from_secs_f64(seconds.trim().parse().ok()?).ok()?;
    (refill >= Duration::from_millis(1)).then_some(Rate { burst: burst.get(), refill })
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
        assert_eq!(fault(&[TOKEN, ("MUJAZ_WEBHOOK_URL", "bot.example")]), ConfigError::Webhook);
        assert_eq!(fault(&[TOKEN, ("MUJAZ_WEBHOOK_URL", "http://bot.example/t")]), ConfigError::Webhook);
        for contact in ["https://bot.example/\r\nX: y", "بريد@bot.example", "a (b)"] {
            assert_eq!(fault(&[TOKEN, ("MUJAZ_CONTACT", contact)]), ConfigError::Contact);
        }
        assert_eq!(fault(&[TOKEN, ("MUJAZ_LISTEN", "8080")]), ConfigError::Socket("MUJAZ_LISTEN"));
        assert_eq!(fault(&[TOKEN, ("MUJAZ_PACE", "0")]), ConfigError::Count("MUJAZ_PACE"));
        for limit in ["10", "0/6", "10/0", "10/-1", "10/x", "10/1e99"] {
            assert_eq!(fault(&[TOKEN, ("MUJAZ_LIMIT_BOT", limit)]), ConfigError::Limit("MUJAZ_LIMIT_BOT"));
        }
        assert_eq!(fault(&[TOKEN, ("MUJAZ_PRIVATE_ANSWERS", "yes")]), ConfigError::PrivateAnswers);
        let xml = |name: &str| (name == "LOG_FORMAT").then(|| "xml".to_owned());
        assert_eq!(LogConfig::parse(xml), Err(ConfigError::LogFormat));
    }

    #[test]
    fn a_webhook_listens_and_polling_does_so_when_it_is_told_to() {
        let listens = |more: &[(&str, &str)]| {
            let config = parse(&[&[TOKEN], more].concat()).expect("sound");
            (config.webhook.map(String::from), config.listen.map(|socket| socket.to_string()))
        };
        let webhook = ("MUJAZ_WEBHOOK_URL", "https://bot.example/telegram");
        let (url, own) = (Some(webhook.1.to_owned()), Some("127.0.0.1:8080".to_owned()));
        let local = Some("127.0.0.1:9000".to_owned());
        assert_eq!(listens(&[]), (None, None));
        assert_eq!(listens(&[webhook]), (url.clone(), own));
        assert_eq!(listens(&[("MUJAZ_LISTEN", "127.0.0.1:9000")]), (None, local.clone()));
        assert_eq!(listens(&[webhook, ("MUJAZ_LISTEN", "127.0.0.1:9000")]), (url, local));
        // A Bot API server of one's own may bring updates within one's own network.
        let plain = ("MUJAZ_WEBHOOK_URL", "http://10.0.0.5/telegram");
        assert_eq!(listens(&[plain, ("MUJAZ_API_URL", "http://10.0.0.6:8081")]).0.as_deref(), Some(plain.1));
    }

    #[test]
    fn limits_are_read() {
        let config = parse(&[TOKEN, ("MUJAZ_LIMIT_BOT", "500 / 0.02")]).expect("sound");
        assert_eq!(config.limits.bot, Rate { burst: 500, refill: Duration::from_millis(20) });
        assert_eq!(config.limits.person, Limits::default().person);
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
