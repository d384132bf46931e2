//! The tagger beside the names that annotators tell: entities of the same place and kind.

use std::path::Path;

use mujaz::cli::tag;

use super::Tally;
use crate::gold::Article;
use crate::projection::{Countries, project};

/// The kinds that annotators tell.
const KINDS: &[&str] = &["PERS", "LOC", "ORG"];

/// Each article's tally of names.
pub fn score(articles: &[Article], corpora: &Path) -> anyhow::Result<Vec<Tally>> {
    let countries = Countries::read(corpora)?;
    let mut tallies = Vec::with_capacity(articles.len());
    for article in articles {
        let sentences = project(article, &countries);
        let input: String = sentences
            .iter()
            .map(|sentence| {
                sentence.iter().flat_map(|(token, _)| [token.as_str(), "\n"]).collect::<String>() + "\n"
            })
            .collect();
        let mut written = Vec::new();
        tag::run(input.as_bytes(), &mut written)?;
        let output = String::from_utf8(written)?;
        let found: Vec<&str> =
            output.lines().map(|line| line.rsplit(' ').next().unwrap_or_default()).collect();
        let wanted: Vec<&str> = sentences
            .iter()
            .flat_map(|sentence| sentence.iter().map(|(_, tag)| tag.as_str()).chain([""]))
            .collect();
        let (found, wanted) = (entities(&found), entities(&wanted));
        let mut tally = Tally::default();
        for kind in KINDS {
            let of_kind = |entities: &[Entity<'_>]| entities.iter().filter(|e| e.2 == *kind).count() as u32;
            let hits = found.iter().filter(|e| e.2 == *kind && wanted.contains(e)).count() as u32;
            for name in [*kind, "tags"] {
                tally.add(&format!("{name} hit"), hits);
                tally.add(&format!("{name} made"), of_kind(&found));
                tally.add(&format!("{name} wanted"), of_kind(&wanted));
            }
        }
        tallies.push(tally);
    }
    Ok(tallies)
}

/// First line, one past the last line, kind.
type Entity<'a> = (usize, usize, &'a str);

/// The entities in a column of tags, an empty one between sentences.
fn entities<'a>(tags: &[&'a str]) -> Vec<Entity<'a>> {
    let mut found: Vec<Entity> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        match (tag.split_once('-'), found.last_mut()) {
            (Some(("I", kind)), Some(last)) if last.1 == at && last.2 == kind => last.1 = at + 1,
            (Some((_, kind)), _) => found.push((at, at + 1, kind)),
            _ => {}
        }
    }
    found
}
