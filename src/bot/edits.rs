//! Edits: the answers to a message show what it asks now.

use jiff::Timestamp;

use super::handle::Handler;
use super::links;
use super::parts::paste_in;
use super::reply;
use super::request::{ChatKind, Notice, Place, Request, Source};
use super::story::{Tale, question};
use super::ticket::{Ticket, TicketError};
use super::unread;
use crate::article::Article;
use crate::locale::Locale;
use crate::service::Failure;
use crate::store::{self, Answer, AnswerId, ChatSettings, MessageId};

/// Something that is asked now, with the answer that is there for it.
struct Slot {
    source: Source,
    /// Its answer, or the one to what it stands for now.
    old: Option<Answer>,
    /// Whether that shows it already.
    is_kept: bool,
}

/// What an edit of the asking message does to its answers.
struct Edit {
    slots: Vec<Slot>,
    /// Answers to what is asked no more.
    removed: Vec<Answer>,
}

/// Compares the answers to a message with what it asks now. An answer to a link that still stands in it stays as it is.
fn compare(mut answers: Vec<Answer>, sources: Vec<Source>) -> Edit {
    let mut slots: Vec<Slot> = sources
        .into_iter()
        .map(|source| {
            let shows = |answer: &Answer| matches!(&source, Source::Link(url) if answer.article.url.as_ref() == Some(url));
            let old = answers.iter().position(shows).map(|at| answers.remove(at));
            Slot { source, is_kept: old.is_some(), old }
        })
        .collect();
    for slot in slots.iter_mut().filter(|slot| slot.old.is_none()) {
        slot.old = (!answers.is_empty()).then(|| answers.remove(0));
    }
    Edit { slots, removed: answers }
}

impl Edit {
    fn changes_nothing(&self) -> bool {
        self.removed.is_empty() && self.slots.iter().all(|slot| slot.is_kept)
    }

    /// The answers that are there.
    fn old(&self) -> impl Iterator<Item = &Answer> {
        self.slots.iter().filter_map(|slot| slot.old.as_ref()).chain(&self.removed)
    }
}

/// The messages that answer, and the answers that are still needed.
#[derive(Default)]
struct Left {
    messages: Vec<MessageId>,
    needed: Vec<AnswerId>,
}

impl Left {
    /// Takes a message, if nothing else is shown there yet.
    fn take(&mut self, message: Option<MessageId>) -> Option<MessageId> {
        let at = self.messages.iter().position(|left| Some(*left) == message)?;
        Some(self.messages.remove(at))
    }
}

impl Handler {
    /// Follows an edit of the message that asked.
    pub(super) async fn edited(
        &self,
        place: &Place,
        now: Request,
        ticket: &mut Ticket<'_>,
    ) -> Result<(), TicketError> {
        let chosen = self.chosen(place).await;
        let locale = reply::language(&chosen, place);
        let is_asked = !matches!(now, Request::Auto(..));
        let mut sources = match now {
            Request::Summarize(_, sources) | Request::Auto(_, sources) => sources,
            Request::Tell(_, notice) => return self.withdraw(place, notice, locale).await,
            _ => return Ok(()),
        };
        links::cut(&mut sources);
        if let Some(paste) = paste_in(place, &sources)
            && self.edit_part(place, paste, &chosen, locale, ticket).await?
        {
            return Ok(());
        }
        let (chat, message) = (store::ChatId(place.chat), MessageId(place.message));
        let answers: Vec<Answer> = self.store.answers_to(chat, message, Timestamp::now()).await?;
        if answers.is_empty() {
            // It asked for nothing that could be answered; what it asks now is asked for the first time.
            return if place.kind == ChatKind::Private {
                self.summarize(place, sources, ticket).await
            } else {
                Ok(())
            };
        }
        let edit = compare(answers, sources);
        if edit.changes_nothing() {
            return Ok(());
        }
        let mut left = Left::default();
        for sent in edit.old().filter_map(|answer| answer.sent) {
            if !left.messages.contains(&sent) {
                left.messages.push(sent);
            }
        }
        let (mut briefs, mut failures) = (Vec::new(), Vec::new());
        for (at, slot) in edit.slots.iter().enumerate() {
            let kept = slot.old.as_ref().filter(|_| slot.is_kept);
            if let Some(waiting) = kept.filter(|answer| answer.is_unread()) {
                // Its button reads it.
                left.take(waiting.sent);
                left.needed.push(waiting.id.clone());
                continue;
            }
            let admitted = if is_asked {
                self.admit(place, locale, ticket).await?
            } else {
                self.ask(place, ticket).await?.ok()
            };
            let Some(admitted) = admitted else { return Ok(()) };
            let brief = match kept {
                Some(answer) => {
                    let brief = self.service.brief(answer.article.clone(), chosen.length);
                    self.in_turn(place.chat, brief, admitted).await
                }
                None => self.brief(place.chat, &slot.source, chosen.length, admitted).await,
            };
            match brief {
                Ok(brief) => briefs.push((at, brief)),
                // The processors are taken: nothing is touched.
                Err(_) if slot.is_kept => return Ok(()),
                Err(failure) => failures.push((at, failure)),
            }
        }
        let tales = self.stories(question(place), briefs, Timestamp::now()).await?;
        let Ok(mut tales) = tales else { return Ok(()) };
        for tale in &mut tales {
            tale.is_asked = is_asked;
            tale.hang_on(place);
        }
        let mut new = Vec::new();
        for tale in &tales {
            if !self.show_in_place(place, tale, &edit, &mut left, &chosen, locale).await? {
                new.push(tale);
            }
        }
        for (at, failure) in failures {
            self.show_failure(place, &edit.slots[at], &failure, &mut left, &chosen, locale).await?;
        }
        for tale in new {
            if !ticket.skip() {
                self.answer(place, tale, &chosen, locale, ticket).await?;
            }
        }
        for message in &left.messages {
            self.outbox.delete(place.chat, message.0).await;
        }
        for answer in edit.old().filter(|answer| !left.needed.contains(&answer.id)) {
            self.store.drop_answer(&answer.id).await?;
        }
        Ok(())
    }

    /// Says in the place of what was asked before what is said of what is asked now: a greeting, a link of a kind that is not read.
    async fn withdraw(&self, place: &Place, notice: Notice, locale: &Locale) -> Result<(), TicketError> {
        let (chat, asked, now) = (store::ChatId(place.chat), MessageId(place.message), Timestamp::now());
        let mut said: Option<MessageId> = None;
        for answer in self.store.answers_to(chat, asked, now).await? {
            match (answer.sent, said) {
                (Some(sent), None) => {
                    // It stays for the next edit, with nothing that its buttons could show.
                    self.store.replace_article(&answer.id, &Article::default(), now).await?;
                    self.edit(place.chat, sent.0, self.notice(notice, locale), None).await?;
                    self.store.note_told(question(place), sent, Vec::new(), now).await?;
                    said = Some(sent);
                }
                (sent, _) => {
                    if let Some(sent) = sent.filter(|_| sent != said) {
                        self.outbox.delete(place.chat, sent.0).await;
                    }
                    self.store.drop_answer(&answer.id).await?;
                }
            }
        }
        Ok(())
    }

    /// Has a message tell this story that has told of one of its articles, or of what that article stands for now; false where there is
    /// none.
    async fn show_in_place(
        &self,
        place: &Place,
        tale: &Tale,
        edit: &Edit,
        left: &mut Left,
        chosen: &ChatSettings,
        locale: &Locale,
    ) -> Result<bool, TicketError> {
        let old = |at: &usize| edit.slots[*at].old.as_ref();
        let places = &tale.story.places;
        let messages = places.iter().filter_map(|at| old(at)?.sent);
        let Some(message) = messages.into_iter().find_map(|sent| left.take(Some(sent))) else {
            return Ok(false);
        };
        let now = Timestamp::now();
        let (mut ids, mut is_same) = (Vec::new(), true);
        for (at, brief) in places.iter().zip(&tale.story.briefs) {
            let Some(answer) = old(at) else {
                is_same = false;
                ids.extend(self.keep(question(place), &brief.article, now, false).await);
                continue;
            };
            if answer.article != brief.article {
                is_same = false;
                self.store.replace_article(&answer.id, &brief.article, now).await?;
            }
            is_same &= answer.sent == Some(message);
            ids.push(answer.id.clone());
        }
        left.needed.extend(ids.iter().cloned());
        if ids.len() < places.len() {
            // One could not be kept: no buttons, rather than another's.
            ids.clear();
        }
        // Nor has it told of anything else.
        is_same &= edit.old().filter(|answer| answer.sent == Some(message)).all(|a| ids.contains(&a.id));
        if !is_same {
            self.store.answers_sent(&ids, message).await?;
            self.retell(question(place), message, tale, &ids, chosen, locale).await?;
        }
        Ok(true)
    }

    /// Says why there is no summary of what is asked now, in the message that showed what was asked before. What had no answer was told the
    /// first time.
    async fn show_failure(
        &self,
        place: &Place,
        slot: &Slot,
        failure: &Failure,
        left: &mut Left,
        chosen: &ChatSettings,
        locale: &Locale,
    ) -> Result<(), TicketError> {
        let Some(answer) = &slot.old else { return Ok(()) };
        let Some(message) = left.take(answer.sent) else { return Ok(()) };
        // Its buttons would show what is asked no more.
        let is_kept = failure.may_pass() || matches!(slot.source, Source::Link(_));
        let unread = if is_kept { unread::article(&slot.source) } else { Article::default() };
        self.store.replace_article(&answer.id, &unread, Timestamp::now()).await?;
        left.needed.push(answer.id.clone());
        let button =
            failure.may_pass().then(|| reply::read_button(&answer.id, "button-retry", chosen.length, locale));
        self.edit(place.chat, message.0, reply::of_failure(failure, locale), button).await?;
        self.store.note_told(question(place), message, Vec::new(), Timestamp::now()).await?;
        Ok(())
    }
}
