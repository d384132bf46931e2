//! Answers that tell stories: articles of one message that tell one story get one reply, and of the next article on a story that the chat
//! was told of it is said what is new.

use jiff::{SignedDuration, Timestamp};
use teloxide::types::InlineKeyboardMarkup;

use super::answer::message_link;
use super::handle::Handler;
use super::press::View;
use super::reply;
use super::request::{ChatKind, Place};
use super::ticket::{Ticket, TicketError};
use crate::brief::Brief;
use crate::locale::Locale;
use crate::metrics::Stage;
use crate::service::Failure;
use crate::store::{
    self, AnswerId, ArticleKey, ChatSettings, MessageId, PersonId, Question, StoreError, Telling,
};
use crate::story::Story;

/// A story as a chat is told it.
pub(super) struct Tale {
    pub(super) story: Story,
    /// The message that told of it first, where something is new and its number is known.
    first: Option<MessageId>,
    /// Whether the chat asked for it: else it gets three lines.
    pub(super) is_asked: bool,
    /// What the message says that its answer hangs on, where that can be shown to hold its lines.
    words: Option<String>,
    /// What of that is quoted.
    quote: Option<String>,
}

/// How many words of a pasted text are quoted: enough to find the place in it.
const QUOTED: std::ops::RangeInclusive<usize> = 3..=8;

/// The longest quotation of them, in bytes.
const LONGEST_QUOTE: usize = 300;

impl Tale {
    /// The place of the first of its articles among what was asked.
    pub(super) fn place(&self) -> Option<usize> {
        self.story.places.first().copied()
    }

    /// The one article that tells it, if it is one.
    pub(super) fn single(&self) -> Option<&Brief> {
        match self.story.briefs.as_slice() {
            [brief] => Some(brief),
            _ => None,
        }
    }

    /// Has its answer hang on the message that `place` is about, or else the one that asks.
    pub(super) fn hang_on(&mut self, place: &Place) {
        // In private it hangs on what told of it first. Of that it is known what asked, and not what was replied to.
        let is_known = self.first.is_none() || place.kind != ChatKind::Private || place.about.is_none();
        self.words = place.words.clone().filter(|_| is_known);
    }

    /// Has its answer quote the first words of its first bullet from the message that it hangs on, where they stand in it once.
    pub(super) fn quote_first(&mut self) {
        let Some(words) = &self.words else { return };
        let quote = |brief: &Brief| {
            let bullet = brief.document.slice(brief.sentences.first()?.span).trim();
            let ends: Vec<usize> = bullet
                .match_indices(char::is_whitespace)
                .map(|(at, _)| at)
                .chain([bullet.len()])
                .take(*QUOTED.end())
                .collect();
            let quotes = ends.iter().skip(QUOTED.start() - 1).rev().map(|end| &bullet[..*end]);
            let once = |quote: &&str| quote.len() <= LONGEST_QUOTE && words.matches(quote).count() == 1;
            quotes.into_iter().find(once).map(str::to_owned)
        };
        self.quote = self.single().filter(|_| self.story.news.is_none()).and_then(quote);
    }

    /// It as a chat wants to see it; nothing where nothing of it can be shown in one message.
    pub(super) fn html(&self, chat: i64, settings: ChatSettings, locale: &Locale) -> Option<String> {
        let first = self.first.and_then(|message| message_link(chat, message));
        reply::of_story(&self.story, first, self.is_asked, &settings, locale)
    }
}

/// What a message at `place` asks.
pub(super) fn question(place: &Place) -> Question {
    Question {
        chat: Some(store::ChatId(place.chat)),
        person: place.person.map(PersonId),
        message: Some(MessageId(place.message)),
    }
}

impl Handler {
    /// The stories that `briefs`, each with its place among what was asked, tell to the chat that asked, which knows what it was told
    /// before.
    pub(super) async fn stories(
        &self,
        question: Question,
        briefs: Vec<(usize, Brief)>,
        before: Timestamp,
    ) -> Result<Result<Vec<Tale>, Failure>, StoreError> {
        let told = match question.chat {
            Some(chat) if !briefs.is_empty() => {
                self.store.told(chat, Timestamp::UNIX_EPOCH, question.message, Timestamp::now()).await?
            }
            _ => Vec::new(),
        };
        let told = told.into_iter().filter(|told| told.at < before);
        let (accounts, messages): (Vec<String>, Vec<Option<MessageId>>) =
            told.map(|told| (told.account, told.message)).unzip();
        let stories = self.service.stories(briefs, accounts, self.key.clone()).await;
        let first = |story: &Story| *messages.get(story.news.as_ref()?.first)?;
        let tale = |story| Tale { first: first(&story), story, is_asked: true, words: None, quote: None };
        Ok(stories.map(|stories| stories.into_iter().map(tale).collect()))
    }

    /// Sends a story with its buttons; gives back the names of its answers where it was sent and they were kept.
    pub(super) async fn answer(
        &self,
        place: &Place,
        tale: &Tale,
        chosen: &ChatSettings,
        locale: &Locale,
        ticket: &mut Ticket<'_>,
    ) -> Result<Vec<AnswerId>, TicketError> {
        let timer = self.metrics().time(Stage::Compose);
        let html = tale.html(place.chat, *chosen, locale).filter(|_| tale.story.has_pieces());
        drop(timer);
        let Some(html) = html else {
            let text = reply::of_key("no-summary", locale);
            ticket.send(reply::message(place, text, None)).await?;
            return Ok(Vec::new());
        };
        let ids = self.keep_all(question(place), tale, ticket.is_in_doubt()).await;
        let mut message = reply::message(place, html, self.tale_buttons(&ids, tale, *chosen, locale));
        // A private chat's messages have no addresses, but one may answer another.
        let first = tale.first.filter(|_| place.kind == ChatKind::Private).map(|first| first.0);
        if let Some(other) = first.or(place.about) {
            message.reply_parameters = Some(reply::answering(other, true));
        }
        let asked = message.reply_parameters.as_mut().filter(|_| first.is_none());
        // Where the words are not found there, it is sent without them.
        if let Some(asked) = asked.filter(|asked| asked.allow_sending_without_reply == Some(true)) {
            asked.quote.clone_from(&tale.quote);
        }
        match ticket.send(message).await {
            Ok(Some(sent)) => {
                let message = MessageId(sent.message_id);
                self.store.answers_sent(&ids, message).await?;
                if place.kind != ChatKind::Private {
                    for brief in &tale.story.briefs {
                        let key = ArticleKey::of(&brief.article);
                        let chat = store::ChatId(place.chat);
                        self.store.note_seen(chat, &key, message, Timestamp::now()).await?;
                    }
                }
                self.note_told(question(place), message, tale, &ids).await;
                Ok(ids)
            }
            Ok(None) => Ok(Vec::new()),
            Err(error) => {
                for id in &ids {
                    self.store.drop_answer(id).await?;
                }
                Err(error)
            }
        }
    }

    /// Has a message of the bot's tell this story, whose answers are kept.
    pub(super) async fn retell(
        &self,
        question: Question,
        message: MessageId,
        tale: &Tale,
        ids: &[AnswerId],
        chosen: &ChatSettings,
        locale: &Locale,
    ) -> Result<bool, TicketError> {
        let Some(chat) = question.chat else { return Ok(false) };
        let timer = self.metrics().time(Stage::Compose);
        let html = tale.html(chat.0, *chosen, locale);
        drop(timer);
        let Some(html) = html else { return Ok(false) };
        self.edit(chat.0, message.0, html, self.tale_buttons(ids, tale, *chosen, locale)).await?;
        self.note_told(question, message, tale, ids).await;
        Ok(true)
    }

    /// Keeps what the buttons need of each article of a story: all, or nothing where one cannot be kept.
    async fn keep_all(&self, question: Question, tale: &Tale, in_doubt: bool) -> Vec<AnswerId> {
        let (mut ids, now) = (Vec::new(), Timestamp::now());
        for (at, brief) in tale.story.briefs.iter().enumerate() {
            // A millisecond apart: their order is kept with them.
            let now = now + SignedDuration::from_millis(i64::try_from(at).unwrap_or_default());
            match self.keep(question, &brief.article, now, in_doubt).await {
                Some(id) => ids.push(id),
                None => return Vec::new(),
            }
        }
        ids
    }

    /// The buttons under a story: of one article its own, of several one for each, of three lines the one to the rest.
    pub(super) fn tale_buttons(
        &self,
        ids: &[AnswerId],
        tale: &Tale,
        chosen: ChatSettings,
        locale: &Locale,
    ) -> Option<InlineKeyboardMarkup> {
        let (id, me) = (ids.first()?, &self.me);
        if !tale.is_asked {
            return reply::rest_button(ids, chosen.length, locale);
        }
        let (view, words) = (View::Summary(chosen.length), tale.words.as_deref());
        Some(match tale.single() {
            Some(brief) => reply::chat_buttons(id, view, brief, me, &chosen, words, locale),
            None => reply::source_buttons(ids, &tale.story, me, chosen.length, locale),
        })
    }

    /// Notes what a chat was told. Where that fails, nothing is new to it later.
    pub(super) async fn note_told(
        &self,
        question: Question,
        message: MessageId,
        tale: &Tale,
        ids: &[AnswerId],
    ) {
        let articles = tale.story.briefs.iter().zip(&tale.story.accounts).enumerate();
        let told = articles.map(|(at, (brief, account))| Telling {
            key: ArticleKey::of(&brief.article),
            answer: ids.get(at).cloned(),
            account: serde_json::to_string(account).unwrap_or_default(),
        });
        let noted = self.store.note_told(question, message, told.collect(), Timestamp::now()).await;
        if let Err(error) = noted {
            tracing::warn!(%error, "what a chat was told could not be noted");
        }
    }
}
