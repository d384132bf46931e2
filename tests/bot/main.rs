//! The bot against the local Bot API: the real dispatcher, store and language parts, over HTTP.

mod cable;
mod fair;
mod faults;
mod files;
mod guest;
mod harness;
mod hostile;
mod kill;
mod load;
mod logs;
mod outage;
mod place;
#[allow(dead_code)]
#[path = "../reader/processes.rs"]
mod processes;
mod requests;
mod road;
mod scenarios;
mod situations;
mod strangers;
mod table;
mod tale;
mod webhook;
