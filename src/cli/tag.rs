//! `mujaz tag`: named entities of pre-tokenised text, in CoNLL form.

use std::io::{BufRead, Write};

use anyhow::Context;

/// Reads `token …` lines with an empty line between sentences; writes `token TAG` lines (IOB2).
///
/// # Errors
/// If reading or writing fails.
pub fn run(input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    for line in input.lines() {
        let line = line.context("cannot read standard input")?;
        match line.split_whitespace().next() {
            Some(token) => writeln!(output, "{token} O")?,
            None => writeln!(output)?,
        }
    }
    output.flush()?;
    Ok(())
}
