//! How many bullets and lines of a reply are without fault, and how many roles and countries true, as far as editors judged them
//! (`JUDGING.md`).

use std::path::Path;

use mujaz::facts::gazetteer::gazetteer;
use mujaz::facts::participants::link_options;
use mujaz::text::Document;

use super::{Output, Tally};
use crate::gold::Article;
use crate::judged::{self, ById, Lines, Mark, Piece, Roles};

/// What editors judged.
pub struct Judged {
    lines: ById<Lines>,
    ends: ById<Piece>,
    roles: ById<Roles>,
}

impl Judged {
    /// Reads `lines.judged`, `cuts.judged` and `roles.judged`.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn read() -> anyhow::Result<Self> {
        let [lines, ends, roles] = [judged::LINES, judged::CUTS, judged::ROLES].map(Path::new);
        Ok(Self { lines: judged::lines(lines)?, ends: judged::ends(ends)?, roles: judged::roles(roles)? })
    }

    /// Adds what was judged of a reply, and how much of it is as it should be.
    pub fn score(&self, output: &Output, article: &Article, tally: &mut Tally) {
        self.score_text(output, article, tally);
        self.score_people(output, article, tally);
    }

    /// The roles and countries.
    fn score_people(&self, output: &Output, article: &Article, tally: &mut Tally) {
        let Some(judged) = self.roles.get(&article.id) else { return };
        for (name, options) in link_options(&Document::new(&article.title, &article.text)) {
            let shown = output.people.iter().find(|person| person.name == name);
            let judged = judged.iter().find(|judged| judged.person == options.named.start);
            let Some((shown, judged)) = shown.zip(judged) else { continue };
            let title = |of| options.titles.iter().find(|title| title.span == of).map(|title| &title.text);
            if let Some((_, mark)) = judged.titles.iter().find(|(span, _)| title(*span) == Some(&shown.role))
            {
                tally.add("roles judged", 1);
                tally.add("roles true", u32::from(*mark != Mark::Wrong));
                tally.add("roles whole", u32::from(matches!(mark, Mark::Best | Mark::Right)));
            }
            let country = |of| {
                options.ties.iter().find(|tie| tie.span == of).map(|tie| gazetteer().country(tie.country))
            };
            if let Some((_, is_theirs)) =
                judged.ties.iter().find(|(span, _)| country(*span) == Some(&shown.country))
            {
                tally.add("countries judged", 1);
                tally.add("countries true", u32::from(*is_theirs));
            }
        }
    }

    /// The bullets and lines.
    fn score_text(&self, output: &Output, article: &Article, tally: &mut Tally) {
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
