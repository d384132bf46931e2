//! What concerns one member of a group alone (settings, help, why something cannot be done, another view of a summary), said so that
//! nobody else sees it: as an ephemeral message. Off unless the bot's owner switches it on (`MUJAZ_PRIVATE_ANSWERS`).
//!
//! Telegram allows it in answer to a button, or to a command that was sent so itself, and to a bot that is an admin; what it
//! refuses is said at once as before. It does not promise that somebody who is offline gets such a message.

use serde::de::IgnoredAny;
use teloxide::payloads::SendMessage;
use teloxide::types::{InlineKeyboardMarkup, ParseMode};

use super::handle::{Handler, harmless};
use super::methods::{DeleteToOne, EditToOne, EphemeralMessageParameters, SendToOne};
use super::outbox::SendError;
use super::reply;
use super::request::{ChatKind, Place};
use super::ticket::{Ticket, TicketError};

impl Handler {
    /// Says something to whoever asked: to them alone where that can be done, else as every answer.
    pub(super) async fn tell_one(
        &self,
        place: &Place,
        message: SendMessage,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        if let Some(parameters) = self.alone(place, None)
            && ticket.send_to_one(&to_one(message.clone(), parameters)).await?
        {
            return Ok(());
        }
        ticket.send(message).await.map(drop)
    }

    /// Has the message with a pressed button show something else: for whoever pressed alone where that can be done.
    pub(super) async fn show_presser(
        &self,
        query: &str,
        place: &Place,
        html: String,
        buttons: InlineKeyboardMarkup,
    ) -> Result<(), SendError> {
        if place.ephemeral.is_none()
            && let Some(parameters) = self.alone(place, Some(query))
        {
            let message = reply::message(place, html.clone(), Some(buttons.clone()));
            let sent = self.outbox.call::<_, IgnoredAny>(to_one(message, parameters)).await;
            if sent.is_ok() {
                return Ok(());
            }
            harmless("sendMessage", sent);
        }
        self.edit_pressed(place, html, buttons).await
    }

    /// Changes the message with a pressed button, for all who see it.
    pub(super) async fn edit_pressed(
        &self,
        place: &Place,
        html: String,
        buttons: InlineKeyboardMarkup,
    ) -> Result<(), SendError> {
        let Some((person, number)) = place.person.zip(place.ephemeral) else {
            return self.edit(place.chat, place.message, html, Some(buttons)).await;
        };
        let edit = EditToOne {
            chat_id: place.chat,
            receiver_user_id: person,
            ephemeral_message_id: number,
            text: html,
            parse_mode: ParseMode::Html,
            link_preview_options: reply::NO_PREVIEW,
            reply_markup: Some(buttons),
        };
        self.outbox.edit(edit).await
    }

    /// Deletes the message with a pressed button.
    pub(super) async fn delete_pressed(&self, place: &Place) {
        let Some((person, number)) = place.person.zip(place.ephemeral) else {
            return self.outbox.delete(place.chat, place.message).await;
        };
        let delete =
            DeleteToOne { chat_id: place.chat, receiver_user_id: person, ephemeral_message_id: number };
        harmless("deleteEphemeralMessage", self.outbox.call::<_, IgnoredAny>(delete).await);
    }

    /// Who is to see it alone, where that is wanted and there are others.
    fn alone(&self, place: &Place, query: Option<&str>) -> Option<EphemeralMessageParameters> {
        let person = place.person.filter(|_| self.private_answers && place.kind == ChatKind::Group)?;
        Some(EphemeralMessageParameters {
            receiver_user_id: person,
            callback_query_id: query.map(str::to_owned),
            replace_callback_query_message: query.map(|_| true),
        })
    }
}

fn to_one(mut message: SendMessage, parameters: EphemeralMessageParameters) -> SendToOne {
    // Whoever sees it knows what they asked; a message that nobody else sees cannot be answered in sight of all.
    message.reply_parameters = None;
    SendToOne { message, ephemeral_message_parameters: parameters }
}
