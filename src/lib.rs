//! mujaz (موجز): extractive Arabic news summaries with key figures and participants.
//!
//! The road an article travels, in reading order:
//!
//! 1. [`bot`]: a Telegram update becomes a request, and a brief becomes a reply;
//! 2. [`fetch`]: a link becomes a page;
//! 3. [`article`]: a page, or pasted text, becomes an [`article::Article`];
//! 4. [`text`]: its words become a [`text::Document`] of sentences and tokens;
//! 5. [`facts`]: a document becomes figures and participants;
//! 6. [`summary`]: the sentences of a document with its facts are measured, and a few are chosen;
//! 7. [`brief`]: an article is read once, as a [`brief::Readable`], which holds all of that; composed for a length it becomes a
//!    [`brief::Brief`], which is what a reply shows;
//! 8. [`story`]: several briefs of one story become one.
//!
//! What a page or a file holds is found out in processes of their own: [`reader`].
//! [`learnt`] holds what `training/` made from corpora, [`rule`] the names of the rules that forbid or overrule it. [`store`] remembers what must outlive a restart, and what several copies of the bot share; [`metrics`] counts.
//!
//! `text`, `facts`, `summary`, `article` and `brief` are pure: they know nothing of Telegram, HTTP
//! or clocks, and cannot fail on odd text. `ARCHITECTURE.md` says which layer may use which.

pub mod learnt;
pub mod rule;
pub mod text;

pub mod article;
pub mod facts;
pub mod summary;

pub mod brief;
pub mod story;

pub mod fetch;
pub mod metrics;
pub mod reader;
pub mod store;

pub mod locale;
pub mod reply;

pub mod config;
pub mod service;

pub mod bot;
pub mod standin;

pub mod demo;

pub mod cli;
