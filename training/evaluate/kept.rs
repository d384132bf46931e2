//! What a part of the newsrooms has learnt is kept with a digest of what it was learnt from, so that it is learnt again where that has
//! changed. The program itself is no part of it: whoever changes what is measured deletes the folder.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use mujaz::learnt::Learnt;
use sha2::{Digest, Sha256};

use super::STEPS;
use crate::judged;

/// What each of [`STEPS`] makes.
const MADE: &[&[Learnt]] = &[
    &[Learnt::TaggerModel],
    &[Learnt::Extents],
    &[Learnt::Links],
    &[Learnt::People, Learnt::Bodies, Learnt::Countries],
    &[Learnt::Figures],
    &[Learnt::Lines],
    &[Learnt::Openings],
    &[Learnt::Ranker],
    &[Learnt::Cuts],
];

/// The digest of the files that `step` learns from without `presses`, upon what `folder` holds, and of the command.
pub fn digest(corpora: &Path, folder: &Path, presses: &[&str], step: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("train --without {} {step}\n", presses.join(",")));
    for path in inputs(corpora, folder, step) {
        // What a step before it was not asked to make is what the program was built with.
        if let Ok(bytes) = fs::read(&path) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            digest.update(format!("{name} {}\n", bytes.len()));
            digest.update(bytes);
        }
    }
    digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The files that a step learns from.
fn inputs(corpora: &Path, folder: &Path, step: &str) -> Vec<PathBuf> {
    let gold = ["train.jsonl", "train-articles.jsonl", "dev.jsonl", "dev-articles.jsonl", "bullets.jsonl"];
    let mut files: Vec<PathBuf> = gold.iter().map(|name| corpora.join("gold").join(name)).collect();
    let at = STEPS.iter().position(|known| *known == step).unwrap_or(0);
    if at == 0 {
        files.push(corpora.join("ner/anercorp_camel/train.conll"));
        files.extend(["data/tagger.lexicon", "training/silver.gz"].map(PathBuf::from));
    } else {
        files.push(corpora.join("news/articles.jsonl.gz"));
        let judged = [judged::LINES, judged::CUTS, judged::ROLES, judged::PARTICIPANTS];
        files.extend(judged.map(PathBuf::from));
        files.push("training/constructions.tsv".into());
    }
    files.extend(MADE[..at].iter().copied().flatten().map(|made| folder.join(made.file_name())));
    files
}

#[cfg(test)]
mod tests {
    use super::{MADE, STEPS, digest};

    #[test]
    fn a_step_is_stale_where_what_it_was_learnt_from_has_changed() {
        assert_eq!(MADE.len(), STEPS.len());
        let folder = tempfile::tempdir().expect("a folder");
        let of = |presses: &[&str], step: &str| digest(folder.path(), folder.path(), presses, step);
        let first = of(&["BBC"], "cuts");
        assert_eq!(first, of(&["BBC"], "cuts"));
        assert_ne!(first, of(&["CNN"], "cuts"));
        assert_ne!(first, of(&["BBC"], "lines"));
        std::fs::write(folder.path().join("ranker.tsv"), "base\t1").expect("a file");
        assert_ne!(first, of(&["BBC"], "cuts"));
    }
}
