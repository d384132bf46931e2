//! The glyphs of a PDF, line by line, as its pages place them.

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};

/// More glyphs than this are a book; what follows is left out.
const MOST: usize = 1_000_000;

/// What one glyph stands for, and where; lengths are in units of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its characters: several for a ligature.
    pub text: String,
    /// Where it begins, from the left edge of the page.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// The size of its letters.
    pub size: f64,
}

/// The glyphs on one base line, in the order in which the file draws them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What stands on it.
    pub glyphs: Vec<Glyph>,
    /// How high it stands on its page.
    pub height: f64,
}

/// The lines of the file; `None` if it is broken or locked.
pub fn read(bytes: &[u8]) -> Option<Vec<Line>> {
    let mut document = Document::load_mem(bytes).ok()?;
    if document.is_encrypted() {
        document.decrypt("").ok()?;
    }
    let mut drawn = Drawn::default();
    output_doc(&document, &mut drawn).ok()?;
    Some(drawn.lines)
}

#[derive(Default)]
struct Drawn {
    lines: Vec<Line>,
    glyphs: usize,
}

impl Drawn {
    /// Opens a new line where a glyph stands higher or lower than the last one.
    fn place(&mut self, glyph: Glyph, height: f64) {
        match self.lines.last_mut().filter(|line| (height - line.height).abs() <= glyph.size * 0.5) {
            Some(line) => line.glyphs.push(glyph),
            None => self.lines.push(Line { glyphs: vec![glyph], height }),
        }
    }
}

impl OutputDev for Drawn {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.glyphs += 1;
        let size = (size * size * ((place.m11 + place.m21) * (place.m12 + place.m22)).abs()).sqrt();
        let (start, end) = (place.m31, place.m31 + width * size);
        if self.glyphs <= MOST && start.is_finite() && end.is_finite() && place.m32.is_finite() {
            self.place(Glyph { text: text.to_owned(), start, end, size }, place.m32);
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
