//! What is done about a request. Each request has one function; the thinking is in the pure modules beside this one.

use std::time::Duration;

use jiff::Timestamp;
use serde::de::IgnoredAny;
use teloxide::payloads::{
    AnswerCallbackQuery, EditMessageText, GetChatMember, SendChatAction, SetMessageReaction,
};
use teloxide::types::{
    CallbackQueryId, ChatAction, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, MessageId, ParseMode,
    ReactionType, Recipient, ThreadId, UserId,
};
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::call::CallError;
use super::lanes::Lanes;
use super::outbox::{Outbox, SendError};
use super::press::Press;
use super::request::{ChatKind, Me, Notice, Outside, Place, Request, STARTGROUP, Source};
use super::ticket::{Ticket, TicketError};
use super::update::Member;
use super::waits::Waits;
use super::{reply, settings};
use crate::config::{Access, Limits};
use crate::locale::Locale;
use crate::metrics::Metrics;
use crate::service::Service;
use crate::store::{self, ChatSettings, PersonId, Replica, Setting, Store};
use crate::story::Key;

/// Everything that handling a request needs.
pub struct Handler {
    /// Who the bot is.
    pub me: Me,
    /// Sends.
    pub outbox: Outbox,
    /// Makes briefs.
    pub service: Service,
    /// Remembers.
    pub store: Store,
    /// This process, for its claims.
    pub replica: Replica,
    /// Who may use the bot.
    pub access: Access,
    /// How much they may ask for.
    pub limits: Limits,
    /// How much of one chat is worked on at once.
    pub lanes: Lanes,
    /// Of each chat one message at a time asks what its limits allow.
    pub admissions: Lanes,
    /// Those that wait for that.
    pub waits: Waits,
    /// Whether what concerns one member of a group is said to them alone.
    pub private_answers: bool,
    /// How long a page is waited for where something is to be said meanwhile.
    pub patience: Patience,
    /// What digests of stories are made with.
    pub key: Key,
    /// How much is worked on at once of what is asked outside the bot's chats, whoever asks.
    pub outside: Semaphore,
}

/// How long is waited before whoever asks outside the bot's chats is told that it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For a page or a file that a guest was shown.
    pub page: Duration,
    /// For a text that a guest was shown: it is there, and takes longer only where the processors are taken.
    pub text: Duration,
    /// For a page in an inline query.
    pub inline: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            page: Duration::from_millis(1500),
            text: Duration::from_secs(6),
            inline: Duration::from_secs(3),
        }
    }
}

/// An article to try, written for this project.
const SAMPLE: &str = include_str!("../../samples/water-conference.txt");

/// What is worked on at once of what is asked inline or of a guest: there is no chat that could wait its turn, and anybody may ask.
pub const OUTSIDE_AT_ONCE: usize = 24;

impl Handler {
    /// Does what `request` asks.
    ///
    /// # Errors
    /// Where a message did not go out, or the store failed.
    pub async fn handle(&self, request: Request, ticket: &mut Ticket<'_>) -> Result<(), TicketError> {
        match request {
            Request::Summarize(place, sources) => self.summarize(&place, sources, ticket).await,
            Request::Auto(place, sources) => self.auto(&place, sources, ticket).await,
            Request::Edited(place, now) => self.edited(&place, *now, ticket).await,
            Request::Tell(place, notice) => self.tell(&place, notice, ticket).await,
            Request::Today(place) => self.today(&place, ticket).await,
            Request::Settings(place) => self.settings(&place, ticket).await,
            Request::Forget(place) => self.forget(&place, ticket).await,
            Request::Press { query, place, press } => self.press(&query, &place, press, ticket).await,
            Request::TooManyPresses { query, language, .. } => {
                self.answer_press(&query, Some(Locale::of(language).text("busy"))).await;
                Ok(())
            }
            Request::PressOutside { query, shown, press } => {
                self.press_outside(&query, &shown, press, ticket).await
            }
            Request::Inline { query, person, language, asked } => {
                self.inline(query, person, language, asked, ticket).await
            }
            Request::Chosen(shown, id) => self.show_chosen(&shown, &id, ticket).await,
            Request::Guest { query, place, sources } => self.guest(query, &place, &sources, ticket).await,
            Request::Added(place) => {
                let chosen = self.chosen(&place).await;
                let text = reply::of_key("greeting", reply::language(&chosen, &place));
                ticket.send(reply::message(&place, text, None)).await.map(drop)
            }
            Request::Removed(chat) => {
                let now = Timestamp::now();
                if chat > 0 {
                    self.store.forget_person(PersonId(chat), now).await?;
                } else {
                    self.store.forget_chat(store::ChatId(chat), now).await?;
                }
                Ok(())
            }
            Request::Migrated { from, to } => {
                Ok(self.store.migrate_chat(store::ChatId(from), store::ChatId(to)).await?)
            }
        }
    }

    /// What is counted.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        self.service.metrics()
    }

    /// Whether whoever asks may use the bot.
    #[must_use]
    pub fn allows(&self, request: &Request) -> bool {
        match request {
            Request::Summarize(place, _)
            | Request::Auto(place, _)
            | Request::Edited(place, _)
            | Request::Tell(place, _)
            | Request::Today(place)
            | Request::Settings(place)
            | Request::Forget(place)
            | Request::Press { place, .. }
            | Request::Guest { place, .. }
            | Request::Added(place) => self.access.allows(place.chat, place.person.or(place.channel)),
            Request::Inline { person, .. }
            | Request::TooManyPresses { person, .. }
            | Request::PressOutside { shown: Outside { person, .. }, .. }
            | Request::Chosen(Outside { person, .. }, _) => self.access.allows(*person, Some(*person)),
            Request::Removed(_) | Request::Migrated { .. } => true,
        }
    }

    async fn tell(&self, place: &Place, notice: Notice, ticket: &mut Ticket<'_>) -> Result<(), TicketError> {
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        if notice == Notice::Busy {
            self.metrics().outcome("busy");
            return self.once_a_minute(place, "busy", locale, ticket).await;
        }
        let text = self.notice(notice, locale);
        let is_first = notice == Notice::Start && place.kind == ChatKind::Private;
        let buttons = is_first.then(|| self.first_steps(locale));
        self.tell_one(place, reply::message(place, text, buttons), ticket).await
    }

    /// What a person is told who asked for it.
    pub(super) fn notice(&self, notice: Notice, locale: &Locale) -> String {
        let days = self.store.retention().answers.as_secs().div_ceil(24 * 60 * 60);
        reply::of_notice(notice, days, &self.me, locale)
    }

    /// What somebody new may do: try an article, and add the bot to a group.
    fn first_steps(&self, locale: &Locale) -> InlineKeyboardMarkup {
        let sample = InlineKeyboardButton::callback(locale.text("button-sample"), Press::Sample.data());
        let link = format!("https://t.me/{}?startgroup={STARTGROUP}", self.me.username).parse().ok();
        let group = link.map(|link| InlineKeyboardButton::url(locale.text("add-to-group"), link));
        InlineKeyboardMarkup::new([vec![sample], group.into_iter().collect()])
    }

    async fn settings(&self, place: &Place, ticket: &mut Ticket<'_>) -> Result<(), TicketError> {
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        if !self.may_set(place).await {
            return self.once_a_minute(place, "settings-admins", locale, ticket).await;
        }
        let keyboard = settings::keyboard(&chosen, place.kind, locale);
        let text = reply::of_key("settings", locale);
        self.tell_one(place, reply::message(place, text, Some(keyboard)), ticket).await
    }

    async fn forget(&self, place: &Place, ticket: &mut Ticket<'_>) -> Result<(), TicketError> {
        let locale = reply::language(&self.chosen(place).await, place);
        let now = Timestamp::now();
        let key = match place.person {
            Some(person) if place.kind == ChatKind::Private => {
                self.store.forget_person(PersonId(person), now).await?;
                "forgotten"
            }
            _ if !self.may_set(place).await => {
                return self.once_a_minute(place, "settings-admins", locale, ticket).await;
            }
            _ => {
                self.store.forget_chat(store::ChatId(place.chat), now).await?;
                "forgotten-group"
            }
        };
        self.tell_one(place, reply::message(place, reply::of_key(key, locale), None), ticket).await
    }

    async fn press(
        &self,
        query: &str,
        place: &Place,
        press: Press,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        let told = match press {
            Press::Show(id, view) => match self.ask(place, ticket).await? {
                Ok(admitted) => {
                    let told = self.show(query, &id, view, place, &chosen, admitted).await?;
                    told.map(|key| locale.text(key))
                }
                Err(refusal) => Some(refusal.text(locale)),
            },
            Press::Together(id) => self.together(query, &id, place, &chosen, ticket).await?,
            Press::Where(id, view, line) => match self.ask(place, ticket).await? {
                Ok(admitted) => {
                    let told = self.point(&id, (view, line), place, &chosen, admitted, ticket).await?;
                    told.map(|key| locale.text(key))
                }
                Err(refusal) => Some(refusal.text(locale)),
            },
            Press::Set(_) | Press::Close if !self.may_set(place).await => {
                Some(locale.text("settings-admins"))
            }
            Press::Set(setting) => self.set(setting, place).await?.map(|key| locale.text(key)),
            Press::Sample => {
                self.answer_press(query, None).await;
                // It stands in no message.
                let place = Place { about: None, words: None, ..place.clone() };
                return self.summarize(&place, vec![Source::Text(SAMPLE.to_owned())], ticket).await;
            }
            Press::Close => {
                self.delete_pressed(place).await;
                None
            }
        };
        self.answer_press(query, told).await;
        Ok(())
    }

    /// Tells Telegram that a press is done with, and whoever pressed what came of it, if it is not to be seen.
    pub(super) async fn answer_press(&self, query: &str, told: Option<String>) {
        let mut answer = AnswerCallbackQuery::new(CallbackQueryId(query.to_owned()));
        answer.show_alert = told.as_ref().map(|_| true);
        answer.text = told;
        harmless("answerCallbackQuery", self.outbox.call::<_, IgnoredAny>(answer).await);
    }

    async fn set(&self, setting: Setting, place: &Place) -> Result<Option<&'static str>, TicketError> {
        self.store.set(store::ChatId(place.chat), setting).await?;
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        let keyboard = settings::keyboard(&chosen, place.kind, locale);
        let text = reply::of_key("settings", locale);
        let edited = self.edit_pressed(place, text, keyboard).await;
        Ok(edited.err().map(|_| "edit-failed"))
    }

    pub(super) async fn edit(
        &self,
        chat: i64,
        message: i32,
        html: String,
        buttons: Option<InlineKeyboardMarkup>,
    ) -> Result<(), SendError> {
        let mut edit = EditMessageText::new(ChatId(chat), MessageId(message), html);
        edit.parse_mode = Some(ParseMode::Html);
        edit.link_preview_options = Some(reply::NO_PREVIEW);
        edit.reply_markup = buttons;
        self.outbox.edit(edit).await
    }

    /// The chat's settings; the defaults where the store cannot tell, so that a summary is given all the same.
    pub(super) async fn chosen(&self, place: &Place) -> ChatSettings {
        self.chosen_in(place.chat).await
    }

    /// The same of a chat's number, which is a person's where that is their private chat.
    pub(super) async fn chosen_in(&self, chat: i64) -> ChatSettings {
        self.store.settings(store::ChatId(chat)).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the settings of a chat could not be read");
            ChatSettings::default()
        })
    }

    pub(super) async fn once_a_minute(
        &self,
        place: &Place,
        key: &str,
        locale: &Locale,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let chat = store::ChatId(place.chat);
        if ticket.is_again() || self.store.may_tell(chat, key, Timestamp::now()).await? {
            self.tell_one(place, reply::message(place, reply::of_key(key, locale), None), ticket).await?;
        }
        Ok(())
    }

    /// Whether whoever asks may change the chat's settings: in a private chat the person, in others an admin. Only
    /// admins post in a channel.
    async fn may_set(&self, place: &Place) -> bool {
        let posted = place.kind == ChatKind::Channel && place.person.is_none();
        if place.kind == ChatKind::Private || place.anonymous_admin || posted {
            return true;
        }
        let Some(person) = place.person.and_then(|id| u64::try_from(id).ok()) else { return false };
        let asked = GetChatMember::new(Recipient::Id(ChatId(place.chat)), UserId(person));
        self.outbox.call::<_, Member>(asked).await.is_ok_and(|member| member.is_admin())
    }

    /// Sets 👀 on the message that asks, where the group allows it.
    pub(super) async fn acknowledge(&self, place: &Place) {
        let mut reaction =
            SetMessageReaction::new(Recipient::Id(ChatId(place.chat)), MessageId(place.message));
        reaction.reaction = Some(vec![ReactionType::Emoji { emoji: "👀".to_owned() }]);
        harmless("setMessageReaction", self.outbox.call::<_, IgnoredAny>(reaction).await);
    }
}

/// Notes the failure of a call that may fail without harm.
pub(super) fn harmless<T>(method: &str, result: Result<T, CallError>) {
    if let Err(error) = result {
        tracing::debug!(method, %error, "a call that may fail has failed");
    }
}

/// Shows «typing…» for as long as it lives.
pub(super) struct Typing(JoinHandle<()>);

/// How long Telegram shows an action, less the time that the next one needs to arrive.
const ACTION: Duration = Duration::from_millis(4500);

impl Typing {
    pub(super) fn start(outbox: &Outbox, place: &Place) -> Self {
        let outbox = outbox.clone();
        let mut action = SendChatAction::new(Recipient::Id(ChatId(place.chat)), ChatAction::Typing);
        action.message_thread_id = place.thread.map(|thread| ThreadId(MessageId(thread)));
        Self(tokio::spawn(async move {
            while outbox.call::<_, IgnoredAny>(action.clone()).await.is_ok() {
                tokio::time::sleep(ACTION).await;
            }
        }))
    }
}

impl Drop for Typing {
    fn drop(&mut self) {
        self.0.abort();
    }
}
