//! PDF files: their text as an article.

use super::{Article, Refusal, paste};

/// Fewer letters than this in a whole file are page numbers, not text.
const LETTERS: usize = 100;

/// Reads the text of a PDF as a pasted text is read.
///
/// # Errors
/// [`Refusal::ScannedPdf`] if its pages are pictures, [`Refusal::NoArticle`] if it is broken or locked.
pub fn read(bytes: &[u8]) -> Result<Article, Refusal> {
    let text = pdf_extract::extract_text_from_mem(bytes).map_err(|_| Refusal::NoArticle)?;
    if text.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count() < LETTERS {
        return Err(Refusal::ScannedPdf);
    }
    paste::read(&text)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::article::Refusal;

    #[test]
    fn what_is_no_pdf_holds_no_article() {
        assert_eq!(read(b"%PDF-1.4 nothing"), Err(Refusal::NoArticle));
    }
}
