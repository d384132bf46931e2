//! Answers: from what is to be summarised to the message that shows it.

use futures_util::StreamExt;
use futures_util::future::join_all;
use jiff::Timestamp;
use serde::Deserialize;
use teloxide::net::Download;
use teloxide::payloads::GetFile;
use teloxide::types::FileId;
use url::Url;

use super::admit::Admitted;
use super::handle::{Handler, Typing};
use super::lanes::Lane;
use super::parts::paste_in;
use super::press::View;
use super::reply;
use super::request::{ChatKind, Place, Source};
use super::ticket::{Ticket, TicketError};
use super::update::Document;
use crate::article::Article;
use crate::brief::Brief;
use crate::locale::Locale;
use crate::metrics::Stage;
use crate::service::{Expected, Failure, File};
use crate::store::{
    self, Answer, AnswerId, ArticleKey, ChatSettings, MessageId, PersonId, Question, StoreError,
};
use crate::summary::Length;

/// Where Telegram holds a file.
#[derive(Deserialize)]
struct Stored {
    file_path: Option<String>,
    file_size: Option<u64>,
}

impl Handler {
    pub(super) async fn summarize(
        &self,
        place: &Place,
        mut sources: Vec<Source>,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        let paste = paste_in(place, &sources).map(str::to_owned);
        if let Some(paste) = &paste
            && self.add_part(place, paste, &chosen, locale, ticket).await?
        {
            return Ok(());
        }
        let mut admitted = Vec::new();
        while admitted.len() < sources.len()
            && let Some(one) = self.admit(place, locale, ticket).await?
        {
            admitted.push(one);
        }
        sources.truncate(admitted.len());
        if sources.is_empty() {
            return Ok(());
        }
        if place.kind == ChatKind::Group {
            self.acknowledge(place).await;
        }
        let typing = Typing::start(&self.outbox, place);
        // Read side by side, answered in order.
        let asked = sources.iter().zip(admitted);
        let briefs =
            join_all(asked.map(|(source, admitted)| self.brief(place.chat, source, chosen.length, admitted)))
                .await;
        drop(typing);
        for (source, brief) in sources.iter().zip(briefs) {
            if ticket.skip() {
                continue;
            }
            match brief {
                Ok(brief) => {
                    let id = self.answer(place, &brief, &chosen, locale, ticket).await?;
                    self.note_part(id, place, paste.as_deref()).await;
                }
                Err(failure) => {
                    // Its own words may be a site's.
                    tracing::info!(reason = failure.kind(), "no summary");
                    self.tell_failure(place, &failure, source, chosen.length, locale, ticket).await?;
                }
            }
        }
        Ok(())
    }

    /// Says why there is no summary; where the same page may be read another time, a button asks for it again.
    async fn tell_failure(
        &self,
        place: &Place,
        failure: &Failure,
        source: &Source,
        length: Length,
        locale: &Locale,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let text = reply::of_failure(failure, locale);
        let (Source::Link(url), true) = (source, failure.may_pass()) else {
            return self.tell_one(place, reply::message(place, text, None), ticket).await;
        };
        let id = self.keep(place, &unread(url), ticket.is_in_doubt()).await;
        let button = id.as_ref().map(|id| reply::read_button(id, "button-retry", length, locale));
        let sent = ticket.send(reply::message(place, text, button)).await?;
        if let (Some(id), Some(sent)) = (id, sent) {
            self.store.answer_sent(&id, MessageId(sent.message_id)).await?;
        }
        Ok(())
    }

    /// Answers links that nobody asked about, where the chat wants that: quietly, each article once a day.
    pub(super) async fn auto(
        &self,
        place: &Place,
        sources: Vec<Source>,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let chosen = self.chosen(place).await;
        if !chosen.auto {
            return Ok(());
        }
        let locale = reply::language(&chosen, place);
        for source in &sources {
            let Ok(admitted) = self.ask_auto(place.chat, ticket).await? else { return Ok(()) };
            let brief = self.brief(place.chat, source, chosen.length, admitted).await;
            let Ok(brief) = brief else { continue };
            if ticket.skip() {
                continue;
            }
            let key = ArticleKey::of(&brief.article);
            match self.store.seen(store::ChatId(place.chat), &key, Timestamp::now()).await? {
                Some(earlier) => {
                    let link = earlier.message.and_then(|message| message_link(place.chat, message));
                    if let Some(link) = link {
                        let text = reply::of_earlier(&link, locale);
                        ticket.send(reply::message(place, text, None)).await?;
                    }
                }
                None => drop(self.answer(place, &brief, &chosen, locale, ticket).await?),
            }
        }
        Ok(())
    }

    /// Follows an edit of the message that asked: its answers show what it asks now.
    pub(super) async fn edited(
        &self,
        place: &Place,
        sources: Vec<Source>,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let now = Timestamp::now();
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        if let Some(paste) = paste_in(place, &sources)
            && self.edit_part(place, paste, &chosen, locale, ticket).await?
        {
            return Ok(());
        }
        let (chat, message) = (store::ChatId(place.chat), MessageId(place.message));
        let answers: Vec<Answer> = self.store.answers_to(chat, message, now).await?;
        if answers.is_empty() {
            // It asked for nothing that could be answered; what it asks now is asked for the first time.
            return if place.kind == ChatKind::Private {
                self.summarize(place, sources, ticket).await
            } else {
                Ok(())
            };
        }
        let Edit { changed, added, removed } = compare(answers, sources);
        for (answer, source) in changed {
            let Some(sent) = answer.sent else { continue };
            let Ok(admitted) = self.ask(place, ticket).await? else { return Ok(()) };
            let brief = match self.brief(place.chat, &source, chosen.length, admitted).await {
                Ok(brief) => brief,
                Err(failure) => {
                    // Its buttons would show what is asked no more.
                    let unread =
                        if let Source::Link(url) = &source { unread(url) } else { Article::default() };
                    self.store.replace_article(&answer.id, &unread, now).await?;
                    let again = failure.may_pass() && unread.url.is_some();
                    let button =
                        again.then(|| reply::read_button(&answer.id, "button-retry", chosen.length, locale));
                    self.edit(place.chat, sent.0, reply::of_failure(&failure, locale), button).await?;
                    continue;
                }
            };
            if brief.article == answer.article {
                continue;
            }
            let view = View::Summary(chosen.length);
            let Some(html) = reply::of_brief(&brief, view, &chosen, locale) else { continue };
            self.store.replace_article(&answer.id, &brief.article, now).await?;
            let keyboard = reply::chat_buttons(&answer.id, view, &brief, &self.me, locale);
            self.edit(place.chat, sent.0, html, Some(keyboard)).await?;
        }
        for source in added {
            let Ok(admitted) = self.ask(place, ticket).await? else { return Ok(()) };
            // What could not be read was told the first time.
            let brief = self.brief(place.chat, &source, chosen.length, admitted).await;
            let Ok(brief) = brief else { continue };
            if !ticket.skip() {
                self.answer(place, &brief, &chosen, locale, ticket).await?;
            }
        }
        for answer in removed {
            if let Some(sent) = answer.sent {
                self.outbox.delete(place.chat, sent.0).await;
            }
            self.store.drop_answer(&answer.id).await?;
        }
        Ok(())
    }

    /// Sends a brief with its buttons; gives back the answer's name where it was sent and kept.
    async fn answer(
        &self,
        place: &Place,
        brief: &Brief,
        chosen: &ChatSettings,
        locale: &Locale,
        ticket: &mut Ticket<'_>,
    ) -> Result<Option<AnswerId>, TicketError> {
        let view = View::Summary(chosen.length);
        let timer = self.metrics().time(Stage::Compose);
        let html = reply::of_brief(brief, view, chosen, locale).filter(|_| !brief.sentences.is_empty());
        drop(timer);
        let Some(html) = html else {
            let text = reply::of_key("no-summary", locale);
            ticket.send(reply::message(place, text, None)).await?;
            return Ok(None);
        };
        let id = self.keep(place, &brief.article, ticket.is_in_doubt()).await;
        let buttons = id.as_ref().map(|id| reply::chat_buttons(id, view, brief, &self.me, locale));
        let sent = ticket.send(reply::message(place, html, buttons)).await;
        let Some(id) = id else { return sent.map(|_| None) };
        match sent {
            Ok(Some(sent)) => {
                let message = MessageId(sent.message_id);
                self.store.answer_sent(&id, message).await?;
                if place.kind != ChatKind::Private {
                    let key = ArticleKey::of(&brief.article);
                    self.store.note_seen(store::ChatId(place.chat), &key, message, Timestamp::now()).await?;
                }
                Ok(Some(id))
            }
            Ok(None) => Ok(None),
            Err(error) => {
                self.store.drop_answer(&id).await?;
                Err(error)
            }
        }
    }

    /// Keeps what the buttons need; without it the summary is sent all the same, without buttons. What a message in doubt needs was
    /// kept before.
    async fn keep(&self, place: &Place, article: &Article, in_doubt: bool) -> Option<AnswerId> {
        let question = Question {
            chat: Some(store::ChatId(place.chat)),
            person: place.person.map(PersonId),
            message: Some(MessageId(place.message)),
        };
        let kept = async {
            if in_doubt && let Some(id) = self.store.unsent_answer(article, question).await? {
                return Ok(id);
            }
            self.store.keep_answer(article, question, Timestamp::now()).await
        };
        match kept.await {
            Ok(id) => Some(id),
            Err::<_, StoreError>(error) => {
                tracing::error!(%error, "an answer could not be kept");
                None
            }
        }
    }

    /// The brief of a source, in its chat's turn.
    pub(super) async fn brief(
        &self,
        chat: i64,
        source: &Source,
        length: Length,
        admitted: Admitted,
    ) -> Result<Brief, Failure> {
        let lane = self.enter(chat).await;
        self.read(source, length, lane, admitted).await
    }

    /// The brief of an article that was read before, in its chat's turn.
    pub(super) async fn compose(
        &self,
        chat: i64,
        article: Article,
        length: Length,
        _: Admitted,
    ) -> Result<Brief, Failure> {
        let _lane = self.enter(chat).await;
        self.service.brief(article, length).await
    }

    /// The brief of an answer that was given before. A page that was still to be read is read now, and kept.
    pub(super) async fn brief_of(
        &self,
        answer: Answer,
        length: Length,
        lane: Option<Lane>,
        admitted: Admitted,
    ) -> Result<Result<Brief, Failure>, StoreError> {
        let Some(url) = answer.article.url.clone().filter(|_| answer.is_unread()) else {
            return Ok(self.service.brief(answer.article, length).await);
        };
        let brief = self.read(&Source::Link(url), length, lane, admitted).await;
        if let Ok(brief) = &brief {
            self.store.replace_article(&answer.id, &brief.article, Timestamp::now()).await?;
        }
        Ok(brief)
    }

    pub(super) async fn enter(&self, chat: i64) -> Option<Lane> {
        let _waiting = self.metrics().time(Stage::Wait);
        self.lanes.enter(chat).await
    }

    /// Reads a source and makes its brief, in a lane.
    pub(super) async fn read(
        &self,
        source: &Source,
        length: Length,
        _: Option<Lane>,
        admitted: Admitted,
    ) -> Result<Brief, Failure> {
        let brief = async {
            let article = match source {
                Source::Link(url) => self.service.page(url).await?,
                Source::Text(text) => self.service.text(text.clone()).await?,
                Source::File(document) => self.service.file(self.download(document).await?).await?,
            };
            self.service.brief(article, length).await
        };
        let brief = brief.await;
        self.metrics().outcome(brief.as_ref().map_or_else(Failure::kind, |_| "summary"));
        if let (Source::Text(_), Err(Failure::Refused(_))) = (source, &brief) {
            self.take_back(admitted).await;
        }
        brief
    }

    async fn download(&self, document: &Document) -> Result<File, Failure> {
        let name = document.file_name.clone().unwrap_or_default();
        // No room is taken yet; but what is not read at all need not be asked for.
        drop(self.service.expect_file(&name, document.file_size)?);
        let stored: Stored = self
            .outbox
            .call(GetFile::new(FileId(document.file_id.clone())))
            .await
            .map_err(|_| Failure::UnreadableFile)?;
        let size = stored.file_size.or(document.file_size);
        let Expected { bytes, share } = self.service.expect_file(&name, size)?;
        let path = stored.file_path.ok_or(Failure::UnreadableFile)?;
        let mut content = Vec::new();
        // The error is not logged: it may name the address, and with it the token.
        let mut parts = self.outbox.bot().download_file_stream(&path);
        while let Some(part) = parts.next().await {
            content.extend_from_slice(&part.map_err(|_| Failure::UnreadableFile)?);
            if content.len() > bytes {
                return Err(Failure::TooLarge);
            }
        }
        Ok(File { name, content, share })
    }
}

/// The article of a page that is still to be read: its address, and nothing else.
pub(super) fn unread(url: &Url) -> Article {
    Article { url: Some(url.clone()), ..Article::default() }
}

/// What an edit of the asking message does to its answers.
struct Edit {
    /// Answers that show something else now.
    changed: Vec<(Answer, Source)>,
    /// What has no answer yet.
    added: Vec<Source>,
    /// Answers to what is asked no more.
    removed: Vec<Answer>,
}

/// Compares the answers to a message with what it asks now. An answer to a link that still stands in it stays as it is.
fn compare(mut answers: Vec<Answer>, mut sources: Vec<Source>) -> Edit {
    sources.retain(|source| {
        let Source::Link(url) = source else { return true };
        let same = answers.iter().position(|answer| answer.article.url.as_ref() == Some(url));
        same.map(|index| answers.remove(index)).is_none()
    });
    let paired = answers.len().min(sources.len());
    let (removed, added) = (answers.split_off(paired), sources.split_off(paired));
    Edit { changed: answers.into_iter().zip(sources).collect(), added, removed }
}

/// The address of a supergroup's message; other chats' messages have none.
fn message_link(chat: i64, message: MessageId) -> Option<String> {
    let supergroup = chat.to_string().strip_prefix("-100").map(str::to_owned)?;
    Some(format!("https://t.me/c/{supergroup}/{}", message.0))
}
