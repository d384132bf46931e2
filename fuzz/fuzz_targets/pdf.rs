//! Any bytes as a PDF file: it is read or refused in time, in bounded memory, on a stack as large as in production. A panic of the
//! library's is caught there (`fetch::parse`) and refused, and so it is here.
#![no_main]

use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use mujaz::article::{self, pdf};

fuzz_target!(|bytes: &[u8]| {
    static QUIET: Once = Once::new();
    // The fuzzer's own hook would end the process.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    std::thread::scope(|scope| {
        let parse = || {
            if let Ok(article) = pdf::read(bytes) {
                let _ = article::check(&article);
            }
        };
        let thread = std::thread::Builder::new().stack_size(mujaz::fetch::PARSER_STACK);
        let _ = thread.spawn_scoped(scope, parse).expect("a thread").join();
    });
});
