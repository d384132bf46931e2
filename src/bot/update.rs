//! Updates as the Bot API sends them: the fields this bot reads, and nothing else.
//!
//! teloxide's own types refuse a whole message for one part that they do not know (an entity type newer than they are,
//! an external reply to a plain text, a link that is not a URL). Here such a part is missing and the rest is read: also
//! where it cannot be read at all (half a character, a list in a list in a list…, as rich messages may hold).

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// An update; a kind that the bot does not know has no part here.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Update {
    /// A new message.
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Message>,
    /// A message that was edited.
    #[serde(default, deserialize_with = "lenient")]
    pub edited_message: Option<Message>,
    /// A new post in a channel.
    #[serde(default, deserialize_with = "lenient")]
    pub channel_post: Option<Message>,
    /// A button was pressed.
    #[serde(default, deserialize_with = "lenient")]
    pub callback_query: Option<CallbackQuery>,
    /// Someone writes the bot's name in any chat.
    #[serde(default, deserialize_with = "lenient")]
    pub inline_query: Option<InlineQuery>,
    /// Someone has sent an inline result of the bot's; told only where the bot's owner has switched that on.
    #[serde(default, deserialize_with = "lenient")]
    pub chosen_inline_result: Option<ChosenInlineResult>,
    /// Someone calls the bot in a chat that it is no member of.
    #[serde(default, deserialize_with = "lenient")]
    pub guest_message: Option<Message>,
    /// The bot was added, removed, blocked or unblocked.
    #[serde(default, deserialize_with = "lenient")]
    pub my_chat_member: Option<MemberChange>,
}

impl Update {
    /// The kinds of update that the bot asks Telegram for. One that its API does not offer is passed over there.
    pub const KINDS: [&str; 8] = [
        "message",
        "edited_message",
        "channel_post",
        "callback_query",
        "inline_query",
        "chosen_inline_result",
        "guest_message",
        "my_chat_member",
    ];

    /// Reads an update; nothing where it is none.
    #[must_use]
    pub fn parse(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// The number of an update, whatever else it holds.
    #[must_use]
    pub fn number(json: &str) -> Option<i64> {
        #[derive(Deserialize)]
        struct Numbered {
            update_id: i64,
        }
        serde_json::from_str(json).ok().map(|Numbered { update_id }| update_id)
    }
}

/// A message; service messages are messages without text.
#[derive(Clone, Debug, Deserialize)]
pub struct Message {
    /// Its number in the chat; 0 where only one person sees it.
    pub message_id: i32,
    /// Its number among those that only this person sees there.
    pub ephemeral_message_id: Option<i64>,
    /// The topic it stands in.
    pub message_thread_id: Option<i32>,
    /// Whether that is a forum's topic, and not a thread of replies.
    #[serde(default)]
    pub is_topic_message: bool,
    /// Who wrote it; missing in channels.
    #[serde(default, deserialize_with = "lenient")]
    pub from: Option<User>,
    /// The chat in whose name it was written: an anonymous admin, a channel.
    #[serde(default, deserialize_with = "lenient")]
    pub sender_chat: Option<Chat>,
    /// When, in seconds since 1970.
    #[serde(default)]
    pub date: i64,
    /// When it was last edited.
    pub edit_date: Option<i64>,
    /// Where.
    pub chat: Chat,
    /// Its text…
    pub text: Option<String>,
    /// …and what is marked in it.
    #[serde(default, deserialize_with = "lenient")]
    pub entities: Vec<Entity>,
    /// The caption of a picture, video or file…
    pub caption: Option<String>,
    /// …and what is marked in it.
    #[serde(default, deserialize_with = "lenient")]
    pub caption_entities: Vec<Entity>,
    /// What it answers, in the same chat.
    #[serde(default, deserialize_with = "bounded")]
    pub reply_to_message: Option<Box<Message>>,
    /// What it answers, in another chat.
    #[serde(default, deserialize_with = "lenient")]
    pub external_reply: Option<ExternalReply>,
    /// The part of it that it answers.
    #[serde(default, deserialize_with = "lenient")]
    pub quote: Option<Quote>,
    /// Buttons under it.
    #[serde(default, deserialize_with = "lenient")]
    pub reply_markup: Option<Markup>,
    /// Where it was first said, if it was forwarded.
    pub forward_origin: Option<IgnoredAny>,
    /// Whether it is the post of a linked channel.
    #[serde(default)]
    pub is_automatic_forward: bool,
    /// The bot whose inline result it is.
    #[serde(default, deserialize_with = "lenient")]
    pub via_bot: Option<User>,
    /// A file.
    #[serde(default, deserialize_with = "lenient")]
    pub document: Option<Document>,
    /// A picture…
    pub photo: Option<IgnoredAny>,
    /// …a film…
    pub video: Option<IgnoredAny>,
    /// …a sticker…
    pub sticker: Option<IgnoredAny>,
    /// …a spoken message…
    pub voice: Option<IgnoredAny>,
    /// …or a sound.
    pub audio: Option<IgnoredAny>,
    /// A short film in a circle…
    pub video_note: Option<IgnoredAny>,
    /// …a place…
    pub location: Option<IgnoredAny>,
    /// …somebody's number…
    pub contact: Option<IgnoredAny>,
    /// …a vote…
    pub poll: Option<IgnoredAny>,
    /// …a die…
    pub dice: Option<IgnoredAny>,
    /// …or a story.
    pub story: Option<IgnoredAny>,
    /// The supergroup that this group became.
    pub migrate_to_chat_id: Option<i64>,
    /// What to answer, where the bot is called as a guest.
    pub guest_query_id: Option<String>,
    /// Who has called it, where that is told apart from who wrote the message.
    #[serde(default, deserialize_with = "lenient")]
    pub guest_bot_caller_user: Option<User>,
}

impl Message {
    /// Its text, or what stands under its picture, film or file.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        self.text.as_deref().or(self.caption.as_deref())
    }

    /// Whether it shows, plays or hands over something, whatever it says.
    #[must_use]
    pub fn is_media(&self) -> bool {
        let seen = [&self.photo, &self.video, &self.video_note, &self.sticker, &self.story];
        let heard = [&self.voice, &self.audio];
        let told = [&self.location, &self.contact, &self.poll, &self.dice];
        seen.into_iter().chain(heard).chain(told).any(Option::is_some)
    }
}

/// A person or a bot.
#[derive(Clone, Debug, Deserialize)]
pub struct User {
    /// Their number.
    pub id: i64,
    /// Whether it is a bot.
    #[serde(default)]
    pub is_bot: bool,
    /// The language of their Telegram.
    pub language_code: Option<String>,
}

/// A chat.
#[derive(Clone, Debug, Deserialize)]
pub struct Chat {
    /// Its number.
    pub id: i64,
    /// `private`, `group`, `supergroup` or `channel`.
    #[serde(rename = "type", default)]
    pub kind: String,
}

/// A marked part of a text; offset and length in UTF-16 units.
#[derive(Clone, Debug, Deserialize)]
pub struct Entity {
    /// `url`, `text_link`, `mention`…
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it begins.
    pub offset: usize,
    /// How long it is.
    pub length: usize,
    /// Where a `text_link` leads.
    pub url: Option<String>,
}

/// A part of a message that is answered.
#[derive(Clone, Debug, Deserialize)]
pub struct Quote {
    /// Its text.
    pub text: String,
    /// What is marked in it.
    #[serde(default, deserialize_with = "lenient")]
    pub entities: Vec<Entity>,
}

/// A message of another chat that is answered.
#[derive(Clone, Debug, Deserialize)]
pub struct ExternalReply {
    /// The link that its preview shows.
    #[serde(default, deserialize_with = "lenient")]
    pub link_preview_options: Option<LinkPreview>,
    /// Its file.
    #[serde(default, deserialize_with = "lenient")]
    pub document: Option<Document>,
}

/// What a preview shows.
#[derive(Clone, Debug, Deserialize)]
pub struct LinkPreview {
    /// Its link.
    pub url: Option<String>,
}

/// The buttons under a message.
#[derive(Clone, Debug, Deserialize)]
pub struct Markup {
    /// In rows.
    #[serde(default)]
    pub inline_keyboard: Vec<Vec<Button>>,
}

/// A button.
#[derive(Clone, Debug, Deserialize)]
pub struct Button {
    /// Where it leads, if it is a link.
    pub url: Option<String>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Document {
    /// Its name for `getFile`.
    pub file_id: String,
    /// Its name as its sender sees it.
    pub file_name: Option<String>,
    /// What its sender says that it is.
    pub mime_type: Option<String>,
    /// Its size in bytes.
    pub file_size: Option<u64>,
}

/// A pressed button.
#[derive(Clone, Debug, Deserialize)]
pub struct CallbackQuery {
    /// What to answer.
    pub id: String,
    /// Who pressed.
    pub from: User,
    /// The message under which it stands; only number, chat and date where it is too old.
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Message>,
    /// The same of a message that was sent inline or as a guest: nothing is known of it but this name.
    pub inline_message_id: Option<String>,
    /// What the bot put behind the button.
    pub data: Option<String>,
}

/// A query in any chat.
#[derive(Clone, Debug, Deserialize)]
pub struct InlineQuery {
    /// What to answer.
    pub id: String,
    /// Who writes.
    pub from: User,
    /// What they have written so far.
    pub query: String,
}

/// An inline result that was sent.
#[derive(Clone, Debug, Deserialize)]
pub struct ChosenInlineResult {
    /// The bot's own name for it.
    pub result_id: String,
    /// Who has sent it.
    pub from: User,
    /// The message that shows it; given where it has buttons.
    pub inline_message_id: Option<String>,
}

/// A change of what the bot is in a chat.
#[derive(Clone, Debug, Deserialize)]
pub struct MemberChange {
    /// Where.
    pub chat: Chat,
    /// Who changed it.
    pub from: User,
    /// What it was.
    pub old_chat_member: Member,
    /// What it is.
    pub new_chat_member: Member,
}

/// What someone is in a chat.
#[derive(Clone, Debug, Deserialize)]
pub struct Member {
    /// `creator`, `administrator`, `member`, `restricted`, `left` or `kicked`.
    pub status: String,
    /// Whether someone restricted is in the chat at all.
    pub is_member: Option<bool>,
}

impl Member {
    /// Whether they are in the chat.
    #[must_use]
    pub fn is_present(&self) -> bool {
        match self.status.as_str() {
            "creator" | "administrator" | "member" => true,
            "restricted" => self.is_member.unwrap_or(false),
            _ => false,
        }
    }

    /// Whether they may change the chat's settings.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        matches!(self.status.as_str(), "creator" | "administrator")
    }
}

/// Reads a part, or leaves it out where it is not as expected. It is looked for in its own text: what nobody asks for in it
/// is passed over, however deep it is.
fn lenient<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let part = Box::<RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(part.get()).unwrap_or_default())
}

/// The same of a part that may hold one of its kind, which may hold another: read as deep as the library reads.
fn bounded<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let part = Box::<RawValue>::deserialize(deserializer)?;
    let part: Value = serde_json::from_str(part.get()).unwrap_or_default();
    Ok(serde_json::from_value(part).unwrap_or_default())
}
