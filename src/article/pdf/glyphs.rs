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

/// The glyphs on one base line, in the order in which the file draws them. A line without glyphs parts paragraphs.
pub type Line = Vec<Glyph>;

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
    /// Height of the last line on the page.
    height: f64,
    glyphs: usize,
}

impl Drawn {
    /// Opens a new line where a glyph stands higher or lower than the last one, and an empty one before it
    /// where the distance is that of paragraphs.
    fn place(&mut self, glyph: Glyph, height: f64) {
        /// Lines of one paragraph are nearer than this, in sizes of their letters.
        const LEADING: f64 = 1.9;

        let distance = (height - self.height).abs();
        if self.lines.is_empty() || distance > glyph.size * 0.5 {
            if distance > glyph.size * LEADING && !self.lines.is_empty() {
                self.lines.push(Line::new());
            }
            self.lines.push(Line::new());
            self.height = height;
        }
        if let Some(line) = self.lines.last_mut() {
            line.push(glyph);
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
