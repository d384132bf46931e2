//! Any JSON as an update: it asks for something or for nothing, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mujaz::bot::request::{self, Me};
use mujaz::bot::update::Update;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(value) = serde_json::from_slice(bytes) {
        let me = Me { id: 1000, username: "mujaz_bot".to_owned() };
        let _ = request::parse(&Update::parse(value), &me);
    }
});
