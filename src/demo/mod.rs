//! The bot without Telegram: a chat page in the browser, on the local Bot API.
//!
//! 1. [`update`]: what a person does on the page becomes an update as Telegram sends it;
//! 2. [`event`]: what the bot calls becomes something that the page shows;
//! 3. [`log`]: all that happened, in order, for the pages that are open and those that are opened later;
//! 4. [`page`]: the routes, and `page.html`, the whole of the page.
//!
//! It knows nothing of the bot: between the two stands the Bot API alone.

pub mod event;
pub mod log;
pub mod page;
pub mod update;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::standin::Standin;
use event::Event;
use log::Log;
use update::Chat;

/// A page's chats.
#[derive(Debug)]
pub struct Demo {
    telegram: Standin,
    log: Log,
    /// The number of the last message that the person wrote, or button that they pressed.
    last: AtomicI64,
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
        Self { telegram, log: Log::new(now()), last: AtomicI64::new(0) }
    }

    /// Notes what the bot calls, as it comes.
    async fn follow(&self) -> Infallible {
        let mut known = 0;
        loop {
            self.telegram.wait(Duration::from_mins(1), |calls| calls.len() > known).await;
            let calls = self.telegram.calls_after(known);
            known += calls.len();
            self.log.extend(calls.iter().filter_map(|call| event::of(call, now())));
        }
    }

    /// The person sends a text: several messages where Telegram's clients would cut it.
    fn send(&self, chat: Chat, text: &str, answered: Option<i64>) {
        let answered = answered.and_then(|id| self.telegram.message(chat.id(), id));
        for part in update::parts(text) {
            let message = update::message(chat, self.next(), part, answered.as_ref(), now());
            self.log.extend([Event::Sent { message: message.clone(), at: now() }]);
            self.telegram.send(serde_json::json!({"message": message}));
        }
    }

    /// The person edits a message of theirs; false where there is none.
    fn edit(&self, chat: Chat, id: i64, text: &str) -> bool {
        let Some(message) = self.telegram.message(chat.id(), id).filter(update::is_persons) else {
            return false;
        };
        let message = update::edited(message, text, now());
        self.log.extend([Event::Edited { message: message.clone() }]);
        self.telegram.send(serde_json::json!({"edited_message": message}));
        true
    }

    /// The person presses a button; false where the message has none with this data.
    fn press(&self, chat: Chat, id: i64, data: &str) -> bool {
        let carries = |message: &Value| {
            let rows = message["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten();
            rows.filter_map(Value::as_array).flatten().any(|button| button["callback_data"] == data)
        };
        let Some(message) = self.telegram.message(chat.id(), id).filter(carries) else { return false };
        self.telegram.send(update::press(self.next(), &message, data));
        true
    }

    fn next(&self) -> i64 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Seconds since 1970.
fn now() -> i64 {
    Timestamp::now().as_second()
}
