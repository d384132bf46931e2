//! Any bytes as a page, in a process of its own: they are read or refused, and nothing of it reaches this one.
#![no_main]

mod child;

use libfuzzer_sys::fuzz_target;
use mujaz::article::document::Origin;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let url = Url::parse("https://news.example.com/a/1").expect("an address");
    child::check(&Origin::Page { url, charset: None }, bytes);
});
