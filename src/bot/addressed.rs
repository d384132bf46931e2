//! Whether a message of many is meant for the bot: by a command, by its name, in answer to what it said. Pure.

use super::links;
use super::request::Me;
use super::update::{Entity, Message};

/// A command: what a message begins with.
pub(super) struct Command<'a> {
    pub(super) name: &'a str,
    /// Whether it names this bot.
    pub(super) addressed: bool,
    /// What stands behind it.
    pub(super) rest: &'a str,
}

impl<'a> Command<'a> {
    /// Reads the command that `text` begins with, unless it names another bot.
    pub(super) fn parse(text: &'a str, me: &Me) -> Option<Self> {
        let text = text.strip_prefix('/')?;
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        let (name, bot) = word.split_once('@').map_or((word, None), |(name, bot)| (name, Some(bot)));
        let addressed = bot.is_some_and(|bot| bot.eq_ignore_ascii_case(&me.username));
        (bot.is_none() || addressed).then_some(Self { name, addressed, rest })
    }
}

/// Whether a group message is meant for the bot: it answers one of the bot's, or names it.
pub(super) fn is_for(message: &Message, me: &Me) -> bool {
    message.reply_to_message.as_ref().is_some_and(|answered| is_of(answered, me)) || mentions(message, me)
}

/// Whether a message is one of the bot's own.
pub(super) fn is_of(message: &Message, me: &Me) -> bool {
    message.from.as_ref().is_some_and(|from| from.id == me.id)
}

/// Whether a message names the bot.
pub(super) fn mentions(message: &Message, me: &Me) -> bool {
    let named = |text: &str, entities: &[Entity]| {
        entities.iter().filter(|entity| entity.kind == "mention").any(|entity| {
            links::slice(text, entity)
                .and_then(|mention| mention.strip_prefix('@').map(str::to_owned))
                .is_some_and(|name| name.eq_ignore_ascii_case(&me.username))
        })
    };
    named(message.text.as_deref().unwrap_or_default(), &message.entities)
        || named(message.caption.as_deref().unwrap_or_default(), &message.caption_entities)
}
