//! `mujaz read-documents`: how this program reads documents for itself, in processes of their own.

use anyhow::Context;

use crate::reader::child;

/// Reads documents from standard input until it ends.
///
/// # Errors
/// If standard input or output fails.
pub fn run() -> anyhow::Result<()> {
    child::run(std::io::stdin().lock(), std::io::stdout().lock()).context("nobody reads the answers")
}
