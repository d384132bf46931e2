//! Order: what an update that was taken up waits for, and what is done instead where whoever asks has too much in hand.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::parts::{self, paste_in};
use super::request::{ChatKind, Notice, Place, Request};
use super::spent::Spent;
use super::work::Receipt;

/// Updates of one chat that are in hand at once; beyond that it is told that the bot is busy.
pub(super) const LONGEST_LINE: usize = 20;

/// Buttons pressed by one person that are in hand at once.
pub(super) const PRESSES: usize = 5;

/// How long it is remembered in which way a group's message asked.
const TWINS: Duration = Duration::from_mins(1);

/// What is in hand, and in which order.
#[derive(Default)]
pub(super) struct State {
    pub(super) in_hand: HashMap<i64, InHand>,
    /// For each message, whether the last update about it is finished.
    messages: HashMap<Spot, CancellationToken>,
    /// For each chat, the same of its last message whose text may go on in the next one.
    cut: HashMap<i64, CancellationToken>,
    /// For each chat, its line.
    pub(super) chats: HashMap<i64, Line>,
    /// Chats that were relieved, and until when they get no more.
    pub(super) relieved: HashMap<i64, Instant>,
    /// What each chat's updates have cost lately.
    pub(super) spent: Spent,
    /// Messages of groups that ask the bot, whether as a guest, and when.
    called: HashMap<(i64, i32), (bool, Instant)>,
}

/// A message that updates are about: its chat and number, or the name that it has outside the bot's chats.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Spot {
    Chat(i64, i32),
    Outside(String),
}

/// An update in hand.
pub(super) struct InHand {
    pub(super) receipt: Receipt,
    /// The chat that it is answered in, or who asked for what is answered otherwise.
    pub(super) chat: Option<i64>,
    /// Who pressed a button, if that is what it is.
    pub(super) presser: Option<i64>,
    /// Cancelled when it is put down.
    pub(super) put_down: CancellationToken,
    pub(super) since: Instant,
}

/// The updates of a chat that are in hand, as the last of them knows them.
pub(super) struct Line {
    last: CancellationToken,
    pub(super) length: usize,
}

/// Where an update stands in the lines.
#[derive(Default)]
pub(super) struct Standing {
    /// What its handling waits for, and what it ends when it is done.
    pub(super) message: Option<(Vec<CancellationToken>, CancellationToken)>,
    /// What its answers wait for, and what it ends when it and all before it are done.
    pub(super) chat: Option<(i64, Option<CancellationToken>, CancellationToken)>,
    /// Cancelled when it is to be put down.
    pub(super) put_down: CancellationToken,
}

impl State {
    /// Whether another update has brought the same message: in a group that the bot is a member of, whoever names it may be heard
    /// twice, as a member and as somebody who calls a guest. The first is answered.
    pub(super) fn is_twin(&mut self, request: &Request) -> bool {
        let (Request::Summarize(place, _) | Request::Guest { place, .. }) = request else { return false };
        if place.kind == ChatKind::Private {
            return false;
        }
        let now = Instant::now();
        let is_guest = matches!(request, Request::Guest { .. });
        self.called.retain(|_, (_, at)| now.duration_since(*at) < TWINS);
        let (was_guest, _) = *self.called.entry((place.chat, place.message)).or_insert((is_guest, now));
        was_guest != is_guest
    }

    /// The request, or what is done instead where its chat has too much in hand.
    pub(super) fn without_overload(&self, request: Request) -> Option<Request> {
        let full = |place: &Place| {
            let relieved = self.relieved.get(&place.chat).is_some_and(|until| *until > Instant::now());
            relieved || self.chats.get(&place.chat).is_some_and(|line| line.length >= LONGEST_LINE)
        };
        match request {
            Request::Summarize(place, _) if full(&place) => Some(Request::Tell(place, Notice::Busy)),
            Request::Auto(place, _) | Request::Edited(place, _) if full(&place) => None,
            request @ (Request::Press { .. } | Request::PressOutside { .. })
                if self.presses_too_much(presser(&request)) =>
            {
                busy_press(&request)
            }
            request => Some(request),
        }
    }

    fn presses_too_much(&self, person: Option<i64>) -> bool {
        person.is_some() && self.in_hand.values().filter(|other| other.presser == person).count() >= PRESSES
    }

    pub(super) fn stand_in_line(&mut self, request: &Request) -> Standing {
        let mut standing = Standing::default();
        if let Some(spot) = about_message(request) {
            self.messages.retain(|_, last| !last.is_cancelled());
            let done = CancellationToken::new();
            let chat = if let Spot::Chat(chat, _) = &spot { *chat } else { 0 };
            let before = self.messages.insert(spot, done.clone());
            // The message before may hold the beginning of this one's text, and those after it the rest.
            let begun = self.cut.get(&chat);
            let rest = matches!(request, Request::Edited(..)).then(|| self.chats.get(&chat)).flatten();
            let before = before.into_iter().chain(begun.cloned());
            let before = before.chain(rest.map(|line| line.last.clone())).collect();
            if may_go_on(request) {
                self.cut.retain(|_, last| !last.is_cancelled());
                self.cut.insert(chat, done.clone());
            }
            standing.message = Some((before, done));
        }
        if let Some(chat) = speaks_in(request) {
            self.chats.retain(|_, line| line.length > 0 || !line.last.is_cancelled());
            let done = CancellationToken::new();
            let line = self.chats.entry(chat);
            let before = match line {
                std::collections::hash_map::Entry::Occupied(mut line) => {
                    let line = line.get_mut();
                    line.length += 1;
                    Some(std::mem::replace(&mut line.last, done.clone()))
                }
                std::collections::hash_map::Entry::Vacant(line) => {
                    line.insert(Line { last: done.clone(), length: 1 });
                    None
                }
            };
            standing.chat = Some((chat, before, done));
        }
        standing
    }
}

/// Updates about the same message are handled one after the other.
fn about_message(request: &Request) -> Option<Spot> {
    match request {
        Request::Summarize(place, _)
        | Request::Auto(place, _)
        | Request::Edited(place, _)
        | Request::Press { place, .. } => Some(Spot::Chat(place.chat, place.message)),
        Request::PressOutside { shown, .. } | Request::Chosen(shown, _) => {
            Some(Spot::Outside(shown.message.clone()))
        }
        _ => None,
    }
}

/// Who asks for what is not answered by a new message in a chat.
pub(super) fn asker(request: &Request) -> Option<i64> {
    match request {
        Request::Guest { place, .. } => place.person.or(place.channel),
        Request::Inline { person, .. } => Some(*person),
        request => presser(request),
    }
}

/// A press that is answered in a window that says that the bot is busy, if it is a press.
pub(super) fn busy_press(request: &Request) -> Option<Request> {
    let (query, person, language) = match request {
        Request::Press { query, place, .. } => (query, place.person.unwrap_or_default(), place.language),
        Request::PressOutside { query, shown, .. } => (query, shown.person, shown.language),
        _ => return None,
    };
    Some(Request::TooManyPresses { query: query.clone(), person, language })
}

/// Who presses a button, if that is what a request is.
pub(super) fn presser(request: &Request) -> Option<i64> {
    match request {
        Request::Press { place, .. } => place.person,
        Request::PressOutside { shown, .. } => Some(shown.person),
        _ => None,
    }
}

/// Whether what is asked is a text that may go on in the next message.
fn may_go_on(request: &Request) -> bool {
    match request {
        Request::Summarize(place, sources) => paste_in(place, sources).is_some_and(parts::is_nearly_full),
        Request::Edited(_, now) => may_go_on(now),
        _ => false,
    }
}

/// The chat that a request is answered in by new messages. Telegram's webhook keeps the same order: it sends what
/// happened in a chat one after the other, and buttons and inline queries beside that.
fn speaks_in(request: &Request) -> Option<i64> {
    match request {
        Request::Summarize(place, _)
        | Request::Auto(place, _)
        | Request::Edited(place, _)
        | Request::Today(place)
        | Request::Settings(place)
        | Request::Forget(place)
        | Request::Added(place) => Some(place.chat),
        // That the bot is busy is no answer, and waits for none.
        Request::Tell(place, notice) => (*notice != Notice::Busy).then_some(place.chat),
        Request::Press { .. }
        | Request::PressOutside { .. }
        | Request::TooManyPresses { .. }
        | Request::Inline { .. }
        | Request::Chosen(..)
        | Request::Guest { .. }
        | Request::Removed(_)
        | Request::Migrated { .. } => None,
    }
}
