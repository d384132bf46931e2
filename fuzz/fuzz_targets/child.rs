//! A document in a process of its own, as the bot has it read.

use std::path::PathBuf;
use std::sync::OnceLock;

use mujaz::article::document::{self, Origin};
use mujaz::reader::{ReaderOptions, Readers};
use tokio::runtime::Runtime;

/// The stack of a thread that reads, in bytes: at least what the process had.
const STACK: usize = 64 << 20;

/// Has a document read by `$MUJAZ_PROGRAM`. Whatever that does to the process there, here it comes back as an answer or a refusal.
/// What was answered is read here once more: the fuzzer sees which ways the bytes take, and the answer must be the same.
pub fn check(origin: &Origin, bytes: &[u8]) {
    static READERS: OnceLock<(Runtime, Readers)> = OnceLock::new();
    let (runtime, readers) = READERS.get_or_init(|| {
        let program = std::env::var_os("MUJAZ_PROGRAM").map(PathBuf::from).expect("MUJAZ_PROGRAM names the program");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        (runtime.expect("a runtime"), Readers::new(ReaderOptions::new(program)))
    });
    let Ok(reading) = runtime.block_on(readers.read(origin, bytes)) else { return };
    std::thread::scope(|scope| {
        let again = || document::read(origin, bytes);
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, again);
        assert_eq!(thread.expect("a thread").join().expect("no panic"), reading);
    });
}
