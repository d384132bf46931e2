//! Any text through the grammar of numbers: each numeral covers tokens that are there, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mujaz::facts::figure;
use mujaz::text::Document;

fuzz_target!(|text: &str| {
    let document = Document::new("", text);
    for figure in figure::find(&document, &[]) {
        assert!(!figure.span.of(text).is_empty());
    }
});
