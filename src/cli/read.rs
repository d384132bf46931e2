//! `mujaz read-documents`: how this program reads documents for itself, in processes of their own.

use std::io::Write;

use anyhow::Context;

use crate::reader::child;

/// Reads documents from standard input until it ends.
///
/// # Errors
/// If standard input or output fails.
pub fn run(output: impl Write) -> anyhow::Result<()> {
    child::run(std::io::stdin().lock(), output).context("nobody reads the answers")
}
