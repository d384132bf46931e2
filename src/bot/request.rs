//! What an update asks of the bot. Pure; what asks for nothing is `None`, and the bot keeps silent.

use url::Url;

use super::addressed::{Command, is_for, is_of, mentions};
use super::links;
use super::press::Press;
use super::sources::{self, replied, substantial};
use super::talk::Talk;
use super::update::{Document, Message, Update, User};
use crate::locale::Language;
use crate::store::AnswerId;

/// The most links of one message that are answered.
pub const LINKS: usize = 5;

/// An edit later than this many seconds after its message changes no answer.
const EDIT_SECONDS: i64 = 60;

/// Telegram cuts inline queries silently at this many characters.
pub const INLINE_CUT: usize = 256;

/// What stands before the name of an answer that is shared: a query of its own, which no link begins with.
pub const SHARED: &str = "#";

/// What stands before the name of an answer in that of a result which promises it.
pub const PROMISED: &str = "~";

/// What the link that adds the bot to a group carries.
pub const STARTGROUP: &str = "add";

/// The account in whose name anonymous admins write.
const ANONYMOUS_ADMIN: i64 = 1_087_968_824;

/// Who the bot is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Its number.
    pub id: i64,
    /// Its user name, without @.
    pub username: String,
    /// Whether people can call it inline, in any chat.
    pub inline: bool,
    /// Whether people can call it as a guest, in chats that it is no member of.
    pub guest: bool,
}

/// What kind of chat it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChatKind {
    /// One person.
    Private,
    /// A group or supergroup.
    Group,
    /// A channel.
    Channel,
}

/// Where and by whom something is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The chat.
    pub chat: i64,
    /// What kind it is.
    pub kind: ChatKind,
    /// The forum topic; the General topic has none.
    pub thread: Option<i32>,
    /// The message that asks.
    pub message: i32,
    /// The same where only one person sees it: its number among those.
    pub ephemeral: Option<i64>,
    /// The message that it answers, where that holds what it asks about. Of a button: what the message with it hangs on.
    pub about: Option<i32>,
    /// What that message says, or else the one that asks: an answer hangs on it and can quote it.
    pub words: Option<String>,
    /// The person who asks; `None` for channels and anonymous admins.
    pub person: Option<i64>,
    /// The channel or group in whose name is asked, if it is one.
    pub channel: Option<i64>,
    /// Whether an anonymous admin asks.
    pub anonymous_admin: bool,
    /// The language of their Telegram.
    pub language: Language,
    /// When the message was written, in seconds since 1970.
    pub date: i64,
}

impl Place {
    /// Has answers hang on the message that was `answered`: what is asked about stands there, if it stands in this chat at all.
    fn turn_to(&mut self, answered: Option<&Message>) {
        self.about = answered.map(|answered| answered.message_id);
        self.words = answered.and_then(Message::words).map(str::to_owned);
    }
}

/// What is to be summarised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A page.
    Link(Url),
    /// A text.
    Text(String),
    /// A file that Telegram holds.
    File(Document),
}

/// Something that the bot is asked to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// `/start`.
    Start,
    /// `/help`.
    Help,
    /// `/privacy`.
    Privacy,
    /// `/summary` of nothing.
    SummaryUsage,
    /// A private message without any text.
    NothingToRead,
    /// A private message that says something in passing.
    Talk(Talk),
    /// A private message with nothing but a link of a kind that is not read (`ftp://…`).
    BadLink,
    /// More than the bot takes up of one chat at once.
    Busy,
}

/// What an update asks of the bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Summarise these: those that tell one story in one reply, each other in its own.
    Summarize(Place, Vec<Source>),
    /// Summarise these links if the chat has switched *auto* on.
    Auto(Place, Vec<Source>),
    /// The message that asked for a summary now asks for this: a summary of something else, or something that it is told.
    Edited(Place, Box<Request>),
    /// Tell something.
    Tell(Place, Notice),
    /// `/today`.
    Today(Place),
    /// `/settings`.
    Settings(Place),
    /// `/forget`.
    Forget(Place),
    /// A button under a message of the bot's (its place is that message) was pressed.
    Press {
        /// What to answer.
        query: String,
        /// The message that holds the button, and the person who pressed it.
        place: Place,
        /// Which button.
        press: Press,
    },
    /// A button was pressed under a message of which nothing is known but its name: it was sent inline or as a guest.
    PressOutside {
        /// What to answer.
        query: String,
        /// The message, and who pressed.
        shown: Outside,
        /// Which button.
        press: Press,
    },
    /// A button was pressed by someone of whose presses enough are in hand.
    TooManyPresses {
        /// What to answer.
        query: String,
        /// Who pressed.
        person: i64,
        /// Their language.
        language: Language,
    },
    /// An inline query.
    Inline {
        /// What to answer.
        query: String,
        /// Who asks.
        person: i64,
        /// Their language.
        language: Language,
        /// What they wrote.
        asked: Inline,
    },
    /// The promise of an answer was sent.
    Chosen(Outside, AnswerId),
    /// Summarise the first of these in a chat that the bot is no member of. There is one answer to it.
    Guest {
        /// What to answer.
        query: String,
        /// Where and by whom it is asked; nothing can be sent there.
        place: Place,
        /// What is to be summarised; nothing where the message and what it answers hold nothing.
        sources: Vec<Source>,
    },
    /// The bot was added to a group.
    Added(Place),
    /// The bot was removed from a chat, or blocked.
    Removed(i64),
    /// A group became a supergroup.
    Migrated {
        /// The group.
        from: i64,
        /// The supergroup.
        to: i64,
    },
}

impl Request {
    /// How many answers it gets at most: one for each article where it asks for several.
    #[must_use]
    pub fn answers(&self) -> usize {
        match self {
            Self::Summarize(_, sources) => sources.len().max(1),
            Self::Edited(_, now) => now.answers(),
            _ => 1,
        }
    }
}

/// A message that the bot has given somebody to send, or has sent as a guest: it is known by its name alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// Its `inline_message_id`.
    pub message: String,
    /// Who has sent it, or has pressed its button.
    pub person: i64,
    /// Their language.
    pub language: Language,
}

/// What an inline query holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// A whole link.
    Link(Url),
    /// The name of an answer that is to be shared.
    Kept(AnswerId),
    /// A link that Telegram has cut.
    Cut,
    /// No link yet.
    Nothing,
}

/// What `update` asks of `me`.
#[must_use]
pub fn parse(update: &Update, me: &Me) -> Option<Request> {
    if let Some(message) = update.guest_message.as_ref().or(update.message.as_ref()) {
        return match &message.guest_query_id {
            Some(query) => of_guest(message, query, me),
            None => update.message.as_ref().and_then(|message| of_message(message, me)),
        };
    }
    if let Some(message) = &update.edited_message {
        return of_edit(message, me);
    }
    if let Some(post) = &update.channel_post {
        return of_message(post, me);
    }
    if let Some(query) = &update.callback_query {
        let press = Press::parse(query.data.as_deref()?)?;
        let Some(message) = &query.message else {
            let shown = outside(query.inline_message_id.clone()?, &query.from);
            return Some(Request::PressOutside { query: query.id.clone(), shown, press });
        };
        let mut place = place(message);
        place.turn_to(message.reply_to_message.as_deref().filter(|answered| !is_of(answered, me)));
        place.person = Some(query.from.id);
        place.anonymous_admin = false;
        place.language = Language::of_tag(query.from.language_code.as_deref());
        return Some(Request::Press { query: query.id.clone(), place, press });
    }
    if let Some(query) = &update.inline_query {
        return Some(Request::Inline {
            query: query.id.clone(),
            person: query.from.id,
            language: Language::of_tag(query.from.language_code.as_deref()),
            asked: inline(&query.query),
        });
    }
    if let Some(chosen) = &update.chosen_inline_result {
        let shown = outside(chosen.inline_message_id.clone()?, &chosen.from);
        // What was offered whole needs nothing more.
        let promised = chosen.result_id.strip_prefix(PROMISED)?;
        return Some(Request::Chosen(shown, AnswerId::parse(promised)?));
    }
    let change = update.my_chat_member.as_ref()?;
    match (change.old_chat_member.is_present(), change.new_chat_member.is_present()) {
        (true, false) => Some(Request::Removed(change.chat.id)),
        (false, true) if kind(&change.chat.kind) == ChatKind::Group => Some(Request::Added(Place {
            chat: change.chat.id,
            kind: ChatKind::Group,
            thread: None,
            message: 0,
            ephemeral: None,
            about: None,
            words: None,
            person: Some(change.from.id),
            channel: None,
            anonymous_admin: false,
            language: Language::of_tag(change.from.language_code.as_deref()),
            date: 0,
        })),
        _ => None,
    }
}

fn kind(name: &str) -> ChatKind {
    match name {
        "private" => ChatKind::Private,
        "channel" => ChatKind::Channel,
        _ => ChatKind::Group,
    }
}

fn place(message: &Message) -> Place {
    let anonymous_admin = message.from.as_ref().is_some_and(|from| from.id == ANONYMOUS_ADMIN)
        && message.sender_chat.as_ref().is_some_and(|sender| sender.id == message.chat.id);
    let person = message.from.as_ref().filter(|from| !from.is_bot && message.sender_chat.is_none());
    Place {
        chat: message.chat.id,
        kind: kind(&message.chat.kind),
        thread: message.message_thread_id.filter(|_| message.is_topic_message),
        message: message.message_id,
        ephemeral: message.ephemeral_message_id,
        about: None,
        words: message.words().map(str::to_owned),
        person: person.map(|person| person.id),
        channel: message.sender_chat.as_ref().map(|sender| sender.id),
        anonymous_admin,
        language: Language::of_tag(person.and_then(|person| person.language_code.as_deref())),
        date: message.date,
    }
}

fn outside(message: String, person: &User) -> Outside {
    Outside { message, person: person.id, language: Language::of_tag(person.language_code.as_deref()) }
}

/// A call of the bot as a guest: it names the bot, so that what it says itself counts before what it answers.
fn of_guest(message: &Message, query: &str, me: &Me) -> Option<Request> {
    let mut place = place(message);
    if let Some(caller) = message.guest_bot_caller_user.as_ref().filter(|caller| !caller.is_bot) {
        place.person = Some(caller.id);
        place.language = Language::of_tag(caller.language_code.as_deref());
    }
    // Bots that call each other would not come to an end.
    place.person.or(place.channel)?;
    let mut sources = substantial(sources::without_mention(message, me));
    if sources.is_empty() {
        sources = replied(message, me);
    }
    Some(Request::Guest { query: query.to_owned(), place, sources })
}

fn of_message(message: &Message, me: &Me) -> Option<Request> {
    if let Some(to) = message.migrate_to_chat_id {
        return Some(Request::Migrated { from: message.chat.id, to });
    }
    let from_bot = message.from.as_ref().is_some_and(|from| from.is_bot);
    // What was sent through the bot's own inline mode is a summary already.
    if message.via_bot.as_ref().is_some_and(|bot| bot.id == me.id)
        || (from_bot && message.sender_chat.is_none())
    {
        return None;
    }
    let mut place = place(message);
    if let Some(command) = Command::parse(message.text.as_deref().unwrap_or_default(), me) {
        return of_command(&command, message, place, me);
    }
    match place.kind {
        ChatKind::Private => {
            let mut found = sources::own(message);
            // «لخّص هذا»: a few words in answer to an article are about it.
            if substantial(found.clone()).is_empty() {
                let answered = substantial(replied(message, me));
                if !answered.is_empty() {
                    found = answered;
                    place.turn_to(message.reply_to_message.as_deref());
                }
            }
            let said = message.text.as_deref().unwrap_or_default();
            let talk = Talk::of(said).filter(|_| substantial(found.clone()).is_empty());
            Some(match talk {
                Some(talk) => Request::Tell(place, Notice::Talk(talk)),
                None if !found.is_empty() => Request::Summarize(place, found),
                None if said.contains("://") => Request::Tell(place, Notice::BadLink),
                // «t.me/channel» leads to no article, and gets a word all the same.
                None => (message.is_media() || !said.is_empty())
                    .then_some(Request::Tell(place, Notice::NothingToRead))?,
            })
        }
        ChatKind::Group if is_for(message, me) => {
            let mut found = substantial(sources::without_mention(message, me));
            if found.is_empty() && mentions(message, me) {
                found = replied(message, me);
                place.turn_to(message.reply_to_message.as_deref());
            }
            (!found.is_empty()).then_some(Request::Summarize(place, found))
        }
        ChatKind::Group | ChatKind::Channel => {
            let found: Vec<Source> =
                sources::of(message).into_iter().filter(|s| matches!(s, Source::Link(_))).collect();
            (!found.is_empty()).then_some(Request::Auto(place, found))
        }
    }
}

fn of_edit(message: &Message, me: &Me) -> Option<Request> {
    let late = message.edit_date.is_some_and(|edited| edited - message.date > EDIT_SECONDS);
    if late {
        return None;
    }
    let now = of_message(message, me)?;
    match &now {
        Request::Summarize(place, _)
        | Request::Auto(place, _)
        | Request::Tell(
            place,
            Notice::SummaryUsage | Notice::NothingToRead | Notice::Talk(_) | Notice::BadLink,
        ) => Some(Request::Edited(place.clone(), Box::new(now))),
        _ => None,
    }
}

fn of_command(command: &Command<'_>, message: &Message, mut place: Place, me: &Me) -> Option<Request> {
    let private = place.kind == ChatKind::Private;
    match command.name.to_ascii_lowercase().as_str() {
        "summary" => {
            let mut found = sources::of_command(message, command.rest);
            if found.is_empty() {
                found = replied(message, me);
                place.turn_to(message.reply_to_message.as_deref());
            }
            Some(if found.is_empty() {
                Request::Tell(place, Notice::SummaryUsage)
            } else {
                Request::Summarize(place, found)
            })
        }
        "today" => Some(Request::Today(place)),
        "settings" => Some(Request::Settings(place)),
        // In a group these may be meant for any bot, unless they name this one, answer it, or were shown to it alone.
        _ if !private && !command.addressed && !is_for(message, me) && place.ephemeral.is_none() => None,
        // Sent by Telegram itself for whoever followed the link that adds the bot; the greeting has been said.
        "start" if !private && command.rest.trim() == STARTGROUP => None,
        "start" => Some(Request::Tell(place, Notice::Start)),
        "help" => Some(Request::Tell(place, Notice::Help)),
        "privacy" => Some(Request::Tell(place, Notice::Privacy)),
        "forget" => Some(Request::Forget(place)),
        _ => private.then_some(Request::Tell(place, Notice::Help)),
    }
}

fn inline(query: &str) -> Inline {
    if let Some(id) = query.trim().strip_prefix(SHARED).and_then(AnswerId::parse) {
        return Inline::Kept(id);
    }
    let cut = query.chars().count() >= INLINE_CUT;
    match query.split_whitespace().find_map(links::read_whole) {
        Some(_) if cut => Inline::Cut,
        Some(link) => Inline::Link(link),
        None => Inline::Nothing,
    }
}
