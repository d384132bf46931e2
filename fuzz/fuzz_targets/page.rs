//! Any text as a page: it is read or refused, on a stack as large as in production.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mujaz::article::{self, page, paste};
use url::Url;

fuzz_target!(|html: &str| {
    std::thread::scope(|scope| {
        let parse = || {
            let url = Url::parse("https://news.example.com/a/1").expect("an address");
            if let Ok(article) = page::read(html, Some(&url)) {
                let _ = article::check(&article);
            }
            let _ = page::elsewhere(html, &url);
            let _ = paste::read(html);
        };
        let thread = std::thread::Builder::new().stack_size(mujaz::fetch::PARSER_STACK);
        thread.spawn_scoped(scope, parse).expect("a thread").join().expect("no panic");
    });
});
