//! Methods of the Bot API that teloxide does not know yet, or not all of. A teloxide that knows one replaces it here, one by one.

use serde::{Deserialize, Serialize};
use teloxide::payloads::SendMessage;
use teloxide::requests::Payload;
use teloxide::types::{
    BotCommandScope, InlineKeyboardMarkup, InlineQueryResult, LinkPreviewOptions, ParseMode,
};

/// `answerGuestQuery` (Bot API 10.0): the one answer to a call of the bot in a chat that it is no member of.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerGuestQuery {
    /// The call.
    pub guest_query_id: String,
    /// The message that answers it.
    pub result: InlineQueryResult,
}

/// The message that was sent as a guest.
#[derive(Clone, Debug, Deserialize)]
pub struct SentGuestMessage {
    /// Its name, by which it is edited.
    pub inline_message_id: String,
}

impl Payload for AnswerGuestQuery {
    type Output = SentGuestMessage;
    const NAME: &'static str = "answerGuestQuery";
}

/// `editMessageText` of a message outside the bot's chats. teloxide's has no options for the link preview.
#[derive(Clone, Debug, Serialize)]
pub struct EditOutsideText {
    /// The message.
    pub inline_message_id: String,
    /// What it shows from now on.
    pub text: String,
    /// How that is marked up.
    pub parse_mode: ParseMode,
    /// What its link preview shows.
    pub link_preview_options: LinkPreviewOptions,
    /// Its buttons; none where they are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_markup: Option<InlineKeyboardMarkup>,
}

impl Payload for EditOutsideText {
    type Output = bool;
    const NAME: &'static str = "editMessageText";
}

/// `editMessageReplyMarkup` of a message outside the bot's chats: its buttons go. teloxide calls the method by another name.
#[derive(Clone, Debug, Serialize)]
pub struct DropOutsideButtons {
    /// The message.
    pub inline_message_id: String,
}

impl Payload for DropOutsideButtons {
    type Output = bool;
    const NAME: &'static str = "editMessageReplyMarkup";
}

/// `sendMessage` to one member of a group alone (10.2, its parameters as of 10.3): an ephemeral message.
#[derive(Clone, Debug, Serialize)]
pub struct SendToOne {
    /// The message.
    #[serde(flatten)]
    pub message: SendMessage,
    /// Who sees it, and why they do.
    pub ephemeral_message_parameters: EphemeralMessageParameters,
}

/// Who sees an ephemeral message, and why they do.
#[derive(Clone, Debug, Serialize)]
pub struct EphemeralMessageParameters {
    /// Who sees it.
    pub receiver_user_id: i64,
    /// The press of a button that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_query_id: Option<String>,
    /// Whether it is shown in the place of the message with that button.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replace_callback_query_message: Option<bool>,
}

impl Payload for SendToOne {
    type Output = bool;
    const NAME: &'static str = "sendMessage";
}

/// `editEphemeralMessageText` (10.2).
#[derive(Clone, Debug, Serialize)]
pub struct EditToOne {
    /// The group.
    pub chat_id: i64,
    /// Who sees it.
    pub receiver_user_id: i64,
    /// Its number among those that this person sees there.
    pub ephemeral_message_id: i64,
    /// What it shows from now on.
    pub text: String,
    /// How that is marked up.
    pub parse_mode: ParseMode,
    /// What its link preview shows.
    pub link_preview_options: LinkPreviewOptions,
    /// Its buttons; none where they are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_markup: Option<InlineKeyboardMarkup>,
}

impl Payload for EditToOne {
    type Output = bool;
    const NAME: &'static str = "editEphemeralMessageText";
}

/// `deleteEphemeralMessage` (10.2).
#[derive(Clone, Debug, Serialize)]
pub struct DeleteToOne {
    /// The group.
    pub chat_id: i64,
    /// Who sees it.
    pub receiver_user_id: i64,
    /// Its number among those that this person sees there.
    pub ephemeral_message_id: i64,
}

impl Payload for DeleteToOne {
    type Output = bool;
    const NAME: &'static str = "deleteEphemeralMessage";
}

/// `setMyCommands` with commands that others in a group do not see (10.2).
#[derive(Clone, Debug, Serialize)]
pub struct SetCommands {
    /// The commands.
    pub commands: Vec<Command>,
    /// Where they count.
    pub scope: BotCommandScope,
    /// Whose Telegram has this language; everybody's where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_code: Option<String>,
}

/// A command.
#[derive(Clone, Debug, Serialize)]
pub struct Command {
    /// Its name, without the slash.
    pub command: &'static str,
    /// What it does.
    pub description: String,
    /// Whether only the bot sees that it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_ephemeral: Option<bool>,
}

impl Payload for SetCommands {
    type Output = bool;
    const NAME: &'static str = "setMyCommands";
}
