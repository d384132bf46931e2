//! How many bullets and lines of a reply are without fault, as far as editors judged them (`JUDGING.md`).

use std::path::Path;

use super::{Output, Tally};
use crate::gold::Article;
use crate::judged::{self, ById, Lines, Piece};

/// What editors judged.
pub struct Judged {
    lines: ById<Lines>,
    ends: ById<Piece>,
}

impl Judged {
    /// Reads `lines.judged` and `cuts.judged`.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn read() -> anyhow::Result<Self> {
        let (lines, ends) = (Path::new(judged::LINES), Path::new(judged::CUTS));
        Ok(Self { lines: judged::lines(lines)?, ends: judged::ends(ends)? })
    }

    /// Adds the bullets and lines of a reply that were judged, and how many of them are without fault.
    pub fn score(&self, output: &Output, article: &Article, tally: &mut Tally) {
        let same = |shown: &str, start: usize, end: usize| {
            article
                .text
                .get(start..end)
                .is_some_and(|text| text.split_whitespace().eq(shown.split_whitespace()))
        };
        for bullet in &output.summary {
            let judged = self.ends.get(&article.id).into_iter().flatten().find_map(|piece| {
                let end = piece.ends.iter().find(|(end, _)| same(bullet, piece.start, *end));
                end.map(|(_, is_good)| (piece.stands, *is_good))
            });
            let Some((stands, is_good)) = judged else { continue };
            tally.add("bullets judged", 1);
            tally.add("bullets that stand", u32::from(stands));
            tally.add("bullets that end well", u32::from(is_good));
        }
        tally.add("lines", output.figures.iter().filter(|figure| !figure.what.is_empty()).count() as u32);
        for line in output.figures.iter().map(|figure| &figure.what).filter(|line| !line.is_empty()) {
            let mut lines =
                self.lines.get(&article.id).into_iter().flatten().flat_map(|figure| &figure.lines);
            let Some((_, is_good)) = lines.find(|(span, _)| same(line, span.start, span.end)) else {
                continue;
            };
            tally.add("lines judged", 1);
            tally.add("lines without fault", u32::from(*is_good));
        }
    }
}
