//! What is learnt: the files of `data/` that `training/` makes, under one roof. Pure.
//!
//! Each is part of the program. Only `train evaluate` puts others in their place, learnt without the newsrooms that it scores,
//! and it does so before any of them is read.

pub mod forest;
pub mod habits;

use std::sync::OnceLock;

/// A learnt file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learnt {
    /// What the tagger knows of words.
    TaggerLexicon,
    /// The weights of the tagger.
    TaggerModel,
    /// How far the name of a body goes.
    Extents,
    /// Which people take part.
    People,
    /// Which bodies take part.
    Bodies,
    /// Which countries take part.
    Countries,
    /// How likely an editor lists a figure.
    Figures,
    /// How good a line is that is cut around a figure.
    Lines,
    /// How likely a sentence leans on what was said before it.
    Openings,
    /// What a sentence is worth to a summary.
    Ranker,
    /// Where a sentence is best cut.
    Cuts,
    /// Which titles and countries are whose.
    Links,
    /// Whether two articles tell one story, and what is new in the latest.
    Stories,
}

impl Learnt {
    /// Every learnt file.
    pub const ALL: [Self; 13] = [
        Self::TaggerLexicon,
        Self::TaggerModel,
        Self::Extents,
        Self::People,
        Self::Bodies,
        Self::Countries,
        Self::Figures,
        Self::Lines,
        Self::Openings,
        Self::Ranker,
        Self::Cuts,
        Self::Links,
        Self::Stories,
    ];

    /// Its name in `data/`.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::TaggerLexicon => "tagger.lexicon",
            Self::TaggerModel => "tagger.model",
            Self::Extents => "extents.forest",
            Self::People => "people.forest",
            Self::Bodies => "bodies.forest",
            Self::Countries => "countries.forest",
            Self::Figures => "figures.tsv",
            Self::Lines => "lines.tsv",
            Self::Openings => "openings.forest",
            Self::Ranker => "ranker.tsv",
            Self::Cuts => "cuts.tsv",
            Self::Links => "links.forest",
            Self::Stories => "stories.tsv",
        }
    }

    /// What it holds: what was put in its place, or else what the program was built with.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        let replaced = REPLACED.get_or_init(Vec::new);
        replaced
            .iter()
            .find(|(learnt, _)| *learnt == self)
            .map_or_else(|| self.built_in(), |(_, bytes)| bytes)
    }

    /// The same as text; empty if it is none, which a test rules out for what the program is built with.
    #[must_use]
    pub fn text(self) -> &'static str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    const fn built_in(self) -> &'static [u8] {
        match self {
            Self::TaggerLexicon => include_bytes!("../data/tagger.lexicon"),
            Self::TaggerModel => include_bytes!("../data/tagger.model"),
            Self::Extents => include_bytes!("../data/extents.forest"),
            Self::People => include_bytes!("../data/people.forest"),
            Self::Bodies => include_bytes!("../data/bodies.forest"),
            Self::Countries => include_bytes!("../data/countries.forest"),
            Self::Figures => include_bytes!("../data/figures.tsv"),
            Self::Lines => include_bytes!("../data/lines.tsv"),
            Self::Openings => include_bytes!("../data/openings.forest"),
            Self::Ranker => include_bytes!("../data/ranker.tsv"),
            Self::Cuts => include_bytes!("../data/cuts.tsv"),
            Self::Links => include_bytes!("../data/links.forest"),
            Self::Stories => include_bytes!("../data/stories.tsv"),
        }
    }
}

/// A learnt file with what is put in its place.
pub type Replacement = (Learnt, Box<[u8]>);

static REPLACED: OnceLock<Vec<Replacement>> = OnceLock::new();

/// Puts `files` in the place of what the program was built with, once and before anything learnt is read.
///
/// # Errors
/// Gives `files` back where something learnt was read, or replaced, before.
pub fn replace(files: Vec<Replacement>) -> Result<(), Vec<Replacement>> {
    REPLACED.set(files)
}

#[cfg(test)]
mod tests {
    use super::{Learnt, replace};

    #[test]
    fn nothing_is_replaced_once_it_was_read() {
        assert!(Learnt::ALL.iter().all(|learnt| !learnt.bytes().is_empty()));
        assert!(replace(Vec::new()).is_err());
    }
}
