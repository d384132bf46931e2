//! The bot without Telegram: a chat page in the browser, on the local Bot API.
//!
//! 1. [`update`]: what a person does on the page becomes an update as Telegram sends it;
//! 2. [`event`]: what the bot calls becomes something that the page shows;
//! 3. [`outside`]: the chat without the bot, and messages that it knows by their name alone;
//! 4. [`log`]: all that happened, in order, for the pages that are open and those that are opened later;
//! 5. [`page`]: the routes, and `page.html`, the whole of the page.
//!
//! It knows nothing of the bot: between the two stands the Bot API alone.

pub mod event;
pub mod log;
pub mod outside;
pub mod page;
pub mod update;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::standin::{Call, Standin};
use event::Event;
use log::Log;
use outside::Outside;
use update::Chat;

/// A page's chats.
#[derive(Debug)]
pub struct Demo {
    telegram: Standin,
    log: Log,
    outside: Outside,
    /// The number of the last message that the person wrote, or button that they pressed.
    last: AtomicI64,
    /// Which of [`update::LANGUAGES`] the person's Telegram is in.
    language: AtomicUsize,
}

/// Serves the page on `listener`, for ever. The bot on the other side of `telegram` may have been started already.
///
/// # Errors
/// If the listener has no local address.
pub async fn serve(telegram: Standin, listener: TcpListener) -> std::io::Result<()> {
    let demo = Arc::new(Demo::new(telegram));
    tokio::select! {
        served = axum::serve(listener, page::router(Arc::clone(&demo))).into_future() => served,
        never = demo.follow() => match never {},
    }
}

impl Demo {
    fn new(telegram: Standin) -> Self {
        telegram.set_status(Chat::Group.id(), update::PERSON, "creator");
        telegram.send(update::added(now()));
        let demo = Self {
            telegram,
            log: Log::new(now()),
            outside: Outside::default(),
            last: AtomicI64::new(0),
            language: AtomicUsize::new(0),
        };
        let post = update::post(Chat::Foreign, demo.next(), page::SAMPLE.trim(), now());
        demo.show(Chat::Foreign, &post);
        demo
    }

    /// Shows a message that the bot does not see.
    fn show(&self, chat: Chat, message: &Value) {
        self.outside.keep(chat, message);
        self.log.extend([Event::Sent { message: message.clone(), at: now() }]);
    }

    /// Notes what the bot calls, as it comes.
    async fn follow(&self) -> Infallible {
        let mut known = 0;
        loop {
            self.telegram.wait(Duration::from_mins(1), |calls| calls.len() > known).await;
            let calls = self.telegram.calls_after(known);
            known += calls.len();
            self.log.extend(
                calls.iter().filter_map(|call| self.outside_event(call).or_else(|| event::of(call, now()))),
            );
        }
    }

    /// What the page shows of a call that is about a message which has no chat of the bot's.
    fn outside_event(&self, call: &Call) -> Option<Event> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        if !call.done {
            return None;
        }
        if call.method == "answerGuestQuery" {
            let name = text(&call.result["inline_message_id"])?;
            let caller = self.outside.caller(&text(&call.parameters["guest_query_id"])?)?;
            let shown = self.telegram.outside(&name)?;
            let message = update::outside(Chat::Foreign, self.next(), &shown, Some(&caller), now());
            self.outside.add(&name, Chat::Foreign, &message);
            return Some(Event::Sent { message, at: now() });
        }
        let name = text(&call.parameters["inline_message_id"])?;
        let message = self.outside.change(&name, &self.telegram.outside(&name)?)?;
        Some(Event::Edited { message })
    }

    /// The person sends a text: several messages where Telegram's clients would cut it.
    fn send(&self, chat: Chat, text: &str, answered: Option<i64>) {
        let answered = answered.and_then(|id| self.message(chat, id));
        for part in update::parts(text) {
            let message = update::message(chat, self.next(), part, answered.as_ref(), now());
            if chat == Chat::Foreign {
                self.show(chat, &message);
                if update::calls_bot(&message) {
                    let query = self.next();
                    self.outside.call(query, chat, message["message_id"].as_i64().unwrap_or_default());
                    self.tell(update::guest(query, &message));
                }
                continue;
            }
            self.log.extend([Event::Sent { message: message.clone(), at: now() }]);
            self.tell(serde_json::json!({"message": message}));
        }
    }

    /// The person edits a message of theirs; false where there is none.
    fn edit(&self, chat: Chat, id: i64, text: &str) -> bool {
        let Some(message) = self.telegram.message(chat.id(), id).filter(update::is_persons) else {
            return false;
        };
        let message = update::edited(message, text, now());
        self.log.extend([Event::Edited { message: message.clone() }]);
        self.tell(serde_json::json!({"edited_message": message}));
        true
    }

    /// The person presses a button; false where the message has none with this data.
    fn press(&self, chat: Chat, id: i64, data: &str) -> bool {
        let carries = |message: &Value| {
            let rows = message["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten();
            rows.filter_map(Value::as_array).flatten().any(|button| button["callback_data"] == data)
        };
        let Some(message) = self.message(chat, id).filter(carries) else { return false };
        let name = self.outside.name(chat, id);
        self.tell(update::press(self.next(), &message, name.as_deref(), data));
        true
    }

    /// The person writes the bot's name and `query`, and looks at what it offers.
    fn look(&self, query: &str) {
        self.tell(update::inline(self.next(), query));
    }

    /// The person sends what was offered under the name `result`; false where nothing was.
    fn choose(&self, chat: Chat, query: &str, result: &str) -> bool {
        let id = self.next();
        let name = format!("inline-{id}");
        if !self.telegram.choose(result, &name) {
            return false;
        }
        let shown = self.telegram.outside(&name).unwrap_or_default();
        let message = update::outside(chat, id, &shown, None, now());
        self.outside.add(&name, chat, &message);
        self.log.extend([Event::Sent { message, at: now() }]);
        self.tell(update::chosen(result, query, &name));
        true
    }

    /// A message of the bot's chats, or one that it does not see.
    fn message(&self, chat: Chat, id: i64) -> Option<Value> {
        self.telegram.message(chat.id(), id).or_else(|| self.outside.message(chat, id))
    }

    /// The person sends a file.
    fn send_file(&self, chat: Chat, name: &str, content: Vec<u8>) {
        let id = self.next();
        let (file, size) = (format!("demo/{id}"), content.len());
        self.telegram.set_file(&file, content);
        let message = update::document(chat, id, name, &file, size, now());
        if chat == Chat::Foreign {
            return self.show(chat, &message);
        }
        self.log.extend([Event::Sent { message: message.clone(), at: now() }]);
        self.tell(serde_json::json!({"message": message}));
    }

    /// The person's Telegram is in another language from now on; false where it cannot be.
    fn speak(&self, language: &str) -> bool {
        let Some(index) = update::LANGUAGES.iter().position(|known| *known == language) else { return false };
        self.language.store(index, Ordering::Relaxed);
        self.log.extend([Event::Spoken { language: update::LANGUAGES[index] }]);
        true
    }

    /// Has the bot know of what the person did.
    fn tell(&self, update: Value) {
        let language = update::LANGUAGES[self.language.load(Ordering::Relaxed)];
        self.telegram.send(update::spoken(update, language));
    }

    fn next(&self) -> i64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Seconds since 1970.
fn now() -> i64 {
    Timestamp::now().as_second()
}
