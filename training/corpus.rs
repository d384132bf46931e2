//! Reads the corpora: JSON lines, plain or gzipped.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use serde::de::DeserializeOwned;

/// The records of a file of JSON lines; a name that ends in `.gz` is unpacked.
pub fn records<T: DeserializeOwned>(
    path: &Path,
) -> anyhow::Result<impl Iterator<Item = anyhow::Result<T>> + use<T>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let bytes: Box<dyn Read> = match path.extension() {
        Some(extension) if extension == "gz" => Box::new(MultiGzDecoder::new(file)),
        _ => Box::new(file),
    };
    let name = path.display().to_string();
    Ok(BufReader::new(bytes).lines().enumerate().map(move |(number, line)| {
        let line = line.with_context(|| format!("cannot read {name}"))?;
        serde_json::from_str(&line).with_context(|| format!("{name}, line {}", number + 1))
    }))
}
