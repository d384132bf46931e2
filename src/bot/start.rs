//! The bot put together from its configuration: the same way for `mujaz bot` and for the tests.

use serde::Deserialize;
use serde::de::IgnoredAny;
use teloxide::Bot;
use teloxide::payloads::{GetMe, SetMyDescription, SetMyShortDescription};
use teloxide::types::BotCommandScope;
use tokio::sync::Semaphore;

use super::call::CallError;
use super::handle::{Handler, OUTSIDE_AT_ONCE, Patience};
use super::lanes::Lanes;
use super::methods::{Command, SetCommands};
use super::outbox::Outbox;
use super::request::Me;
use super::waits::Waits;
use crate::config::Config;
use crate::locale::{Language, Locale};
use crate::service::Service;
use crate::store::{Replica, Store, StoreError};
use crate::story::Key;

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

const PRIVATE: [&str; 6] = ["today", "help", "settings", "privacy", "forget", "start"];
const GROUP: [&str; 6] = ["summary", "today", "help", "settings", "privacy", "forget"];

/// What these tell is for all who are there.
const FOR_ALL: [&str; 2] = ["summary", "today"];

/// The bot's own account.
#[derive(Deserialize)]
struct Account {
    id: i64,
    username: String,
    #[serde(default)]
    supports_inline_queries: bool,
    #[serde(default)]
    supports_guest_queries: bool,
}

/// Opens the store, asks Telegram who the bot is, and sets its commands and descriptions.
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
    set_commands(&outbox, config.private_answers).await;
    set_descriptions(&outbox).await;
    Ok(Handler {
        me: Me {
            id: account.id,
            username: account.username,
            inline: account.supports_inline_queries,
            guest: account.supports_guest_queries,
        },
        outbox,
        service: service.sharing(store.clone()),
        store,
        replica: Replica::random(),
        key: Key::of(config.token.expose()),
        access: config.access.clone(),
        limits: config.limits,
        private_answers: config.private_answers,
        patience: Patience::default(),
        lanes: Lanes::default(),
        admissions: Lanes::of_width(1),
        waits: Waits::default(),
        outside: Semaphore::new(OUTSIDE_AT_ONCE),
    })
}

/// The commands in the clients' menus: Arabic for everyone, English where Telegram is English.
async fn set_commands(outbox: &Outbox, private_answers: bool) {
    for language in Language::ALL {
        let locale = Locale::of(language);
        for (scope, names) in
            [(BotCommandScope::AllPrivateChats, &PRIVATE[..]), (BotCommandScope::AllGroupChats, &GROUP[..])]
        {
            let in_group = scope == BotCommandScope::AllGroupChats;
            let alone = |name| private_answers && in_group && !FOR_ALL.contains(&name);
            let command = |name: &&'static str| Command {
                command: name,
                description: locale.text(&format!("command-{name}")),
                is_ephemeral: alone(*name).then_some(true),
            };
            let commands = names.iter().map(command).collect();
            let language_code = (language != Language::default()).then(|| language.code().to_owned());
            let set = SetCommands { commands, scope: scope.clone(), language_code };
            if let Err(error) = outbox.call::<_, IgnoredAny>(set).await {
                tracing::warn!(%error, "the commands could not be set");
            }
        }
    }
}

/// What is read of the bot before its first message, and on its page.
async fn set_descriptions(outbox: &Outbox) {
    for language in Language::ALL {
        let locale = Locale::of(language);
        let language_code = (language != Language::default()).then(|| language.code().to_owned());
        let mut long = SetMyDescription::new();
        long.description = Some(locale.text("description"));
        long.language_code.clone_from(&language_code);
        let mut short = SetMyShortDescription::new();
        short.short_description = Some(locale.text("description-short"));
        short.language_code = language_code;
        let set = [outbox.call::<_, IgnoredAny>(long).await, outbox.call::<_, IgnoredAny>(short).await];
        for error in set.into_iter().filter_map(Result::err) {
            tracing::warn!(%error, "the descriptions could not be set");
        }
    }
}
