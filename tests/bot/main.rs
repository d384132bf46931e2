//! The bot against the local Bot API: the real dispatcher, store and language parts, over HTTP.

mod harness;
mod kill;
mod requests;
mod road;
mod scenarios;
