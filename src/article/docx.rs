//! Word files (`.docx`): the paragraphs of their text as an article.
//!
//! A `.docx` is a ZIP archive; its text is `word/document.xml` (ECMA-376-1, `WordprocessingML`). Headers, footers, notes
//! and comments are parts of their own, and are not read. Paragraphs in the cells of a table are read as others are:
//! press offices lay whole pages out in tables.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::{Article, LARGEST_TEXT, Refusal, paste};

/// The first bytes of a ZIP archive that holds something.
pub const MAGIC: &[u8] = b"PK\x03\x04";

/// The part that holds the text.
const TEXT: &str = "word/document.xml";

/// The most of that part that is unpacked, in bytes. Word writes some ten bytes of markup for each letter.
const LARGEST_PART: u64 = 24 << 20;

/// Elements whose text is not shown: what was moved away under *track changes* (what was deleted stands in `delText`,
/// which is not read at all), and the second telling of a text box for old programs.
const HIDDEN: [&str; 3] = ["moveFrom", "del", "Fallback"];

/// Reads the text of a Word file as a pasted text is read.
///
/// # Errors
/// [`Refusal::NoArticle`] if it is broken, locked or no Word file, [`Refusal::TooComplex`] if it unpacks to more than
/// any article.
pub fn read(bytes: &[u8]) -> Result<Article, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::NoArticle)?;
    let part = archive.by_name(TEXT).map_err(|_| Refusal::NoArticle)?;
    // One byte more than allowed tells that there is more; the size that the archive claims is not believed.
    let text = paragraphs(BufReader::new(part.take(LARGEST_PART + 1)))?;
    paste::read(&text)
}

/// The paragraphs of a `WordprocessingML` part, one a line.
fn paragraphs(part: impl BufRead) -> Result<String, Refusal> {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    let mut text = String::new();
    // How deep in elements that are not shown, and whether in a run's text.
    let (mut hidden, mut in_text) = (0_usize, false);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|_| Refusal::NoArticle)?;
        if reader.buffer_position() > LARGEST_PART || text.len() > LARGEST_TEXT {
            return Err(Refusal::TooComplex);
        }
        match event {
            Event::Start(element) if HIDDEN.contains(&element.local_name().as_ref()) => hidden += 1,
            Event::End(element) if HIDDEN.contains(&element.local_name().as_ref()) => {
                hidden = hidden.saturating_sub(1);
            }
            Event::Start(element) => in_text = element.local_name().as_ref() == "t",
            Event::End(element) => {
                in_text = false;
                if element.local_name().as_ref() == "p" {
                    text.push('\n');
                }
            }
            Event::Empty(element) if hidden == 0 => match element.local_name().as_ref() {
                "br" | "cr" | "p" => text.push('\n'),
                "tab" => text.push(' '),
                "noBreakHyphen" => text.push('-'),
                _ => {}
            },
            Event::Text(part) if in_text && hidden == 0 => {
                text.push_str(&part.xml10_content());
            }
            Event::GeneralRef(reference) if in_text && hidden == 0 => {
                let character = reference.resolve_char_ref().ok().flatten();
                match character {
                    Some(character) => text.push(character),
                    None => text.push_str(resolve_xml_entity(&reference.xml10_content()).unwrap_or_default()),
                }
            }
            Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::{LARGEST_PART, Refusal, TEXT, paragraphs, read};

    fn check(body: &str, expected: &str) {
        let part = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
        );
        assert_eq!(paragraphs(part.as_bytes()).as_deref(), Ok(expected));
    }

    fn packed(name: &str, content: &[u8]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file(name, SimpleFileOptions::default()).expect("a file begins");
        archive.write_all(content).expect("memory takes it");
        archive.finish().expect("memory takes it").into_inner()
    }

    #[test]
    fn paragraphs_are_lines_and_runs_are_joined() {
        check(
            "<w:p><w:r><w:t>افتتح </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>الوزير الجسر.</w:t></w:r></w:p>\
             <w:p><w:r><w:t>الكلفة 5 &lt; 6&#x2E;</w:t><w:br/><w:t>سطر</w:t><w:tab/><w:t>ثان</w:t></w:r></w:p>",
            "افتتح الوزير الجسر.\nالكلفة 5 < 6.\nسطر ثان\n",
        );
    }

    #[test]
    fn what_was_deleted_or_is_told_twice_is_not_read() {
        check(
            "<w:p><w:r><w:t>بقي</w:t></w:r><w:del><w:r><w:delText>حُذف</w:delText></w:r></w:del>\
             <w:moveFrom><w:r><w:t>نُقل</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>\
             <mc:AlternateContent><mc:Choice><w:t> مرة</w:t></mc:Choice><mc:Fallback><w:t> مرة</w:t></mc:Fallback>\
             </mc:AlternateContent></w:p>",
            "بقي مرة\n",
        );
    }

    #[test]
    fn what_is_no_word_file_holds_no_article() {
        assert_eq!(read(b"PK\x03\x04 nothing"), Err(Refusal::NoArticle));
        assert_eq!(read(&packed("xl/workbook.xml", b"<x/>")), Err(Refusal::NoArticle));
        assert_eq!(read(&packed(TEXT, b"<w:p><w:t>x</w:p>")), Err(Refusal::NoArticle));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let paragraph = "<w:p/>".repeat(usize::try_from(LARGEST_PART).expect("fits") / 6 + 10);
        let bomb = packed(TEXT, paragraph.as_bytes());
        assert!(bomb.len() < 200_000, "{}", bomb.len());
        assert_eq!(read(&bomb), Err(Refusal::TooComplex));
    }
}
