//! The Telegram bot: the only place that names teloxide.
//!
//! 1. [`update`]: an update as the Bot API sends it;
//! 2. [`request`]: what it asks of the bot (pure; [`addressed`] tells whether it is meant for it, [`sources`] and [`links`] find what a
//!    message gives to read, [`talk`] what it says in passing, [`press`] reads its buttons);
//! 3. [`handle`]: what is done about it and for whom ([`admit`], [`waits`], [`alone`]), [`answer`] where it is a summary, of a [`story`] ([`edits`] of what asks,
//!    other [`views`], [`parts`] of a text that Telegram cut, what is [`unread`], [`today`] all of a day; [`guest`], [`inline`]: [`outside`] its own chats);
//! 4. [`reply`]: the messages and buttons that answer it (pure), [`whereabouts`]: where a line stands in the message that was pasted;
//! 5. [`outbox`]: how they are sent ([`call`], [`methods`]), at Telegram's pace, [`ticket`] each once ([`doubt`]: also where nobody knows whether one
//!    arrived, by the [`numbers`] of messages);
//! 6. [`work`]: each update claimed, handled and finished once, in its chat's [`order`] ([`lanes`]: fairly);
//! 7. [`poll`] and [`webhook`]: the two ways in which updates come; [`web`]: what is served over HTTP ([`listen`]);
//! 8. [`start`] and [`dispatch`]: all of it put together, from the start to the stop.

mod addressed;
pub mod admit;
mod alone;
pub mod answer;
pub mod call;
pub mod dispatch;
pub mod doubt;
mod edits;
mod guest;
pub mod handle;
mod inline;
pub mod lanes;
pub mod links;
mod listen;
pub mod methods;
pub mod numbers;
mod order;
pub mod outbox;
mod outside;
pub mod parts;
mod poll;
pub mod press;
pub mod reply;
pub mod request;
pub mod settings;
mod sources;
mod spent;
pub mod start;
mod story;
pub mod talk;
pub mod ticket;
mod today;
mod unread;
pub mod update;
mod views;
pub mod waits;
mod web;
pub mod webhook;
mod whereabouts;
pub mod work;
