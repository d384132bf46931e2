//! The bot put together from its configuration: the same way for `mujaz bot` and for the tests.

use serde::Deserialize;
use serde::de::IgnoredAny;
use teloxide::Bot;
use teloxide::payloads::{GetMe, SetMyCommands};
use teloxide::types::{BotCommand, BotCommandScope};
use tokio::sync::Semaphore;

use super::call::CallError;
use super::handle::{Handler, INLINE_AT_ONCE};
use super::lanes::Lanes;
use super::outbox::Outbox;
use super::request::Me;
use crate::config::Config;
use crate::locale::{Language, Locale};
use crate::service::Service;
use crate::store::{Replica, Store, StoreError};

/// Why the bot could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store could not be opened.
    #[error("the store cannot be opened")]
    Store(#[from] StoreError),
    /// Telegram does not answer, or does not know the token.
    #[error("Telegram does not accept the bot")]
    Telegram(#[from] CallError),
}

const PRIVATE: [&str; 5] = ["help", "settings", "privacy", "forget", "start"];
const GROUP: [&str; 2] = ["summary", "settings"];

/// The bot's own account.
#[derive(Deserialize)]
struct Account {
    id: i64,
    username: String,
}

/// Opens the store, asks Telegram who the bot is, and sets its commands.
///
/// # Errors
/// If the store cannot be opened, or Telegram does not accept the token.
pub async fn start(config: &Config, service: Service) -> Result<Handler, StartError> {
    let store = Store::open(&config.store).await?;
    if !config.store.is_shared() {
        // Alone on its store: whoever held a claim is dead.
        store.give_back_all().await?;
    }
    let mut bot = Bot::new(config.token.expose());
    if let Some(url) = &config.api_url {
        bot = bot.set_api_url(url.clone());
    }
    let outbox = Outbox::new(bot, config.pace, service.metrics().clone());
    let account: Account = outbox.call(GetMe::new()).await?;
    set_commands(&outbox).await;
    Ok(Handler {
        me: Me { id: account.id, username: account.username },
        outbox,
        service: service.sharing(store.clone()),
        store,
        replica: Replica::random(),
        access: config.access.clone(),
        limits: config.limits,
        lanes: Lanes::default(),
        inline: Semaphore::new(INLINE_AT_ONCE),
    })
}

/// The commands in the clients' menus: Arabic for everyone, English where Telegram is English.
async fn set_commands(outbox: &Outbox) {
    for language in Language::ALL {
        let locale = Locale::of(language);
        for (scope, names) in
            [(BotCommandScope::AllPrivateChats, &PRIVATE[..]), (BotCommandScope::AllGroupChats, &GROUP[..])]
        {
            let commands =
                names.iter().map(|name| BotCommand::new(*name, locale.text(&format!("command-{name}"))));
            let mut set = SetMyCommands::new(commands);
            set.scope = Some(scope);
            set.language_code = (language != Language::default()).then(|| language.code().to_owned());
            if let Err(error) = outbox.call::<_, IgnoredAny>(set).await {
                tracing::warn!(%error, "the commands could not be set");
            }
        }
    }
}
