//! Answers: from what is to be summarised to the messages that show it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt;
use futures_util::future::join_all;
use jiff::Timestamp;
use serde::Deserialize;
use teloxide::net::Download;
use teloxide::payloads::GetFile;
use teloxide::types::FileId;

use super::admit::Admitted;
use super::call::CallError;
use super::handle::{Handler, Typing};
use super::lanes::Lane;
use super::links;
use super::outbox::SendError;
use super::parts::paste_in;
use super::reply;
use super::request::{ChatKind, Place, Source};
use super::story::question;
use super::ticket::{Ticket, TicketError};
use super::unread;
use super::update::Document;
use crate::article::Article;
use crate::brief::Brief;
use crate::locale::Locale;
use crate::metrics::Stage;
use crate::service::{Expected, Failure, File};
use crate::store::{self, Answer, AnswerId, ArticleKey, MessageId, Question, StoreError};
use crate::summary::Length;

/// Where Telegram holds a file.
#[derive(Deserialize)]
struct Stored {
    file_path: Option<String>,
    file_size: Option<u64>,
}

impl Handler {
    /// Answers what is asked.
    pub(super) async fn summarize(
        &self,
        place: &Place,
        mut sources: Vec<Source>,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        let are_too_many = links::cut(&mut sources);
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
        // What was asked before is told first: then it is known what is new.
        ticket.wait_for_turn().await;
        let (mut read, mut failures) = (Vec::new(), BTreeMap::new());
        for (at, brief) in briefs.into_iter().enumerate() {
            match brief {
                Ok(brief) => read.push((at, brief)),
                Err(failure) => drop(failures.insert(at, failure)),
            }
        }
        let mut tales = match self.stories(question(place), read, Timestamp::now()).await? {
            Ok(tales) => tales,
            Err(failure) => {
                failures.entry(0).or_insert(failure);
                Vec::new()
            }
        };
        for tale in &mut tales {
            tale.hang_on(place);
            let asked = tale.place().and_then(|at| sources.get(at));
            if chosen.proof && matches!(asked, Some(Source::Text(_))) {
                tale.quote_first();
            }
        }
        for (at, source) in sources.iter().enumerate() {
            if let Some(tale) = tales.iter().find(|tale| tale.place() == Some(at)) {
                if !ticket.skip() {
                    let ids = self.answer(place, tale, &chosen, locale, ticket).await?;
                    self.note_part(ids.into_iter().next(), place, paste.as_deref()).await;
                }
            } else if let Some(failure) = failures.get(&at)
                && !ticket.skip()
            {
                // Its own words may be a site's.
                tracing::info!(reason = failure.kind(), "no summary");
                self.tell_failure(place, failure, source, chosen.length, locale, ticket).await?;
            }
        }
        if are_too_many {
            let text = reply::of_key("too-many-links", locale);
            self.tell_one(place, reply::message(place, text, None), ticket).await?;
        }
        Ok(())
    }

    /// Says why there is no summary; where the same may be read another time, a button asks for it again.
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
        if !failure.may_pass() {
            return self.tell_one(place, reply::message(place, text, None), ticket).await;
        }
        let unread = unread::article(source);
        let id = self.keep(question(place), &unread, Timestamp::now(), ticket.is_in_doubt()).await;
        let button = id.as_ref().map(|id| reply::read_button(id, "button-retry", length, locale));
        let sent = ticket.send(reply::message(place, text, button)).await?;
        if let (Some(id), Some(sent)) = (id, sent) {
            self.store.answer_sent(&id, MessageId(sent.message_id)).await?;
        }
        Ok(())
    }

    /// Answers links that nobody asked about, where the chat wants that: quietly, in three lines, each article once a day.
    pub(super) async fn auto(
        &self,
        place: &Place,
        mut sources: Vec<Source>,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let chosen = self.chosen(place).await;
        if !chosen.auto {
            return Ok(());
        }
        links::cut(&mut sources);
        let locale = reply::language(&chosen, place);
        let mut read = Vec::new();
        for (at, source) in sources.iter().enumerate() {
            let Ok(admitted) = self.ask_auto(place.chat, ticket).await? else { break };
            if let Ok(brief) = self.brief(place.chat, source, chosen.length, admitted).await {
                read.push((at, brief));
            }
        }
        ticket.wait_for_turn().await;
        let (chat, now) = (store::ChatId(place.chat), Timestamp::now());
        // What this very message was answered before a restart is no earlier answer.
        let own = self.store.answers_to(chat, MessageId(place.message), now).await?;
        let (mut fresh, mut seen) = (Vec::new(), BTreeMap::new());
        for (at, brief) in read {
            let earlier = self.store.seen(chat, &ArticleKey::of(&brief.article), now).await?;
            match earlier.filter(|earlier| own.iter().all(|own| own.sent != earlier.message)) {
                Some(earlier) => drop(seen.insert(at, earlier)),
                None => fresh.push((at, brief)),
            }
        }
        let mut tales = self.stories(question(place), fresh, now).await?.unwrap_or_default();
        for tale in &mut tales {
            tale.is_asked = false;
        }
        let mut links = BTreeSet::new();
        for at in 0..sources.len() {
            if let Some(tale) = tales.iter().find(|tale| tale.place() == Some(at)) {
                if !ticket.skip() {
                    self.answer(place, tale, &chosen, locale, ticket).await?;
                }
            } else if let Some(earlier) = seen.get(&at)
                && let Some(link) = earlier.message.and_then(|message| message_link(place.chat, message))
                && links.insert(link.clone())
            {
                let text = reply::of_earlier(&link, locale);
                ticket.send(reply::message(place, text, None)).await?;
            }
        }
        Ok(())
    }

    /// Keeps what the buttons need; without it the summary is sent all the same, without buttons. What a message in doubt needs was
    /// kept before.
    pub(super) async fn keep(
        &self,
        question: Question,
        article: &Article,
        now: Timestamp,
        in_doubt: bool,
    ) -> Option<AnswerId> {
        let kept = async {
            if in_doubt && let Some(id) = self.store.unsent_answer(article, question).await? {
                return Ok(id);
            }
            self.store.keep_answer(article, question, now).await
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

    /// What `brief` comes to, in its chat's turn.
    pub(super) async fn in_turn(
        &self,
        chat: i64,
        brief: impl Future<Output = Result<Brief, Failure>>,
        _: Admitted,
    ) -> Result<Brief, Failure> {
        let _lane = self.enter(chat).await;
        brief.await
    }

    /// The brief of an answer that was given before. What was still to be read is read now, and kept.
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
        let brief = self.read(&unread::source(&url), length, lane, admitted).await;
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
            match source {
                Source::Link(url) => self.service.page(url, length).await,
                Source::Text(text) => self.service.text(text.clone(), length).await,
                Source::File(document) => self.service.file(self.download(document).await?, length).await,
            }
        };
        let brief = brief.await;
        self.metrics().outcome(brief.as_ref().map_or_else(Failure::kind, |_| "summary"));
        let is_refused = matches!(brief, Err(Failure::Refused(_) | Failure::UnsupportedFile));
        if is_refused && !matches!(source, Source::Link(_)) {
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
            .call_again(GetFile::new(FileId(document.file_id.clone())))
            .await
            .map_err(|error| of_call(&error))?;
        let size = stored.file_size.or(document.file_size);
        let Expected { bytes, share } = self.service.expect_file(&name, size)?;
        let path = stored.file_path.ok_or(Failure::UnreadableFile)?;
        let mut content = Vec::new();
        // The error is not logged: it may name the address, and with it the token.
        let mut parts = self.outbox.bot().download_file_stream(&path);
        while let Some(part) = parts.next().await {
            content.extend_from_slice(&part.map_err(|_| Failure::Undelivered)?);
            if content.len() > bytes {
                return Err(Failure::TooLarge);
            }
        }
        Ok(File { name, content, share })
    }
}

/// What is said where Telegram does not tell where a file is: it gives out no such file, or it is out of order.
fn of_call(error: &SendError) -> Failure {
    let is_refused = matches!(error, SendError::Refused(CallError::Refused { .. }));
    if is_refused { Failure::UnreadableFile } else { Failure::Undelivered }
}

/// The address of a supergroup's message; other chats' messages have none.
pub(super) fn message_link(chat: i64, message: MessageId) -> Option<String> {
    let supergroup = chat.to_string().strip_prefix("-100").map(str::to_owned)?;
    Some(format!("https://t.me/c/{supergroup}/{}", message.0))
}
