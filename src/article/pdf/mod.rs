//! PDF files: their text as an article.

mod glyphs;
mod order;

use super::{Article, LARGEST_TEXT, Refusal, paste};

/// The first bytes of a PDF file.
pub const MAGIC: &[u8] = b"%PDF-";

/// Fewer letters than this in a whole file are page numbers, not text.
const LETTERS: usize = 100;

/// Reads the text of a PDF as a pasted text is read.
///
/// # Errors
/// [`Refusal::ScannedPdf`] if its pages are pictures, or its letters stand in no order that can be made out;
/// [`Refusal::NoArticle`] if it is broken or locked; [`Refusal::TooComplex`] if it holds more than any article.
pub fn read(bytes: &[u8]) -> Result<Article, Refusal> {
    let lines = glyphs::read(bytes).ok_or(Refusal::NoArticle)?;
    let readings = [order::as_placed(&lines), order::as_written(&lines)];
    let text = readings.into_iter().find(|text| !order::is_backwards(text)).ok_or(Refusal::ScannedPdf)?;
    if text.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count() < LETTERS {
        return Err(Refusal::ScannedPdf);
    }
    if text.len() > LARGEST_TEXT {
        return Err(Refusal::TooComplex);
    }
    paste::read(&text)
}

#[cfg(test)]
mod tests;
