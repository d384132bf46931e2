//! Any bytes as the input of `mujaz batch`: each line is answered or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mujaz::cli::batch;

fuzz_target!(|bytes: &[u8]| {
    let _ = batch::run(bytes, std::io::sink());
});
