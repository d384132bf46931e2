//! What README.md shows is what the program does.

use std::path::Path;
use std::process::Command;

#[test]
fn the_sample_reply_is_the_program_s_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md");
    let shown =
        readme.split_once("```text\n").and_then(|(_, rest)| rest.split_once("```")).expect("a sample").0;
    let sample = root.join("samples/water-conference.txt");
    let output =
        Command::new(env!("CARGO_BIN_EXE_mujaz")).arg("summarize").arg(sample).output().expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    // README leaves out the quotations behind it, and says so.
    assert!(printed.starts_with(shown), "README shows\n{shown}\nthe program prints\n{printed}");
}
