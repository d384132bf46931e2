//! Any text as an update: it asks for something or for nothing, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mujaz::bot::request::{self, Me};
use mujaz::bot::update::Update;

fuzz_target!(|bytes: &[u8]| {
    let me = Me { id: 1000, username: "mujaz_bot".to_owned(), inline: true, guest: true };
    let json = String::from_utf8_lossy(bytes);
    let _ = Update::number(&json);
    let _ = request::parse(&Update::parse(&json), &me);
});
