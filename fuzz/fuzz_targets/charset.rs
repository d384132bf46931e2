//! Any bytes under any label: they decode to text, and valid UTF-8 decodes to itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mujaz::article::charset;

fuzz_target!(|input: (Option<&str>, &[u8])| {
    let (header, bytes) = input;
    let text = charset::decode(bytes, header);
    if let Ok(valid) = std::str::from_utf8(bytes) {
        assert_eq!(text, valid.strip_prefix('\u{feff}').unwrap_or(valid));
    }
});
