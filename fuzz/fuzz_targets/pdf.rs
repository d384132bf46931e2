//! Any bytes as a PDF file, in a process of its own: it is read or refused, and nothing of it reaches this one.
#![no_main]

mod child;

use libfuzzer_sys::fuzz_target;
use mujaz::article::document::Origin;

fuzz_target!(|bytes: &[u8]| {
    child::check(&Origin::File { name: "a.pdf".to_owned(), url: None }, bytes);
});
