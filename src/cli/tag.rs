//! `mujaz tag`: named entities of pre-tokenised text, in CoNLL form.

use std::io::{BufRead, Write};

use anyhow::Context;

use crate::facts::tagger;
use crate::reply::plain::visible;

/// A file does not say where one document ends: so many neighbouring sentences are taken for one.
const DOCUMENT: usize = 25;

/// What stands for a token of which nothing can be shown: each line keeps its two words.
const NOTHING: &str = "\u{fffd}";

/// Reads `token …` lines with an empty line between sentences; writes `token TAG` lines (IOB2).
///
/// # Errors
/// If reading or writing fails.
pub fn run(input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    let mut sentences: Vec<Vec<String>> = vec![Vec::new()];
    for line in input.lines() {
        let line = line.context("cannot read standard input")?;
        if let Some(token) = line.split_whitespace().next() {
            if let Some(sentence) = sentences.last_mut() {
                sentence.push(token.to_owned());
            }
            continue;
        }
        if sentences.len() == DOCUMENT {
            write_tagged(&sentences, &mut output)?;
            writeln!(output)?;
            sentences.clear();
        }
        sentences.push(Vec::new());
    }
    write_tagged(&sentences, &mut output)?;
    output.flush()?;
    Ok(())
}

fn write_tagged(sentences: &[Vec<String>], output: &mut impl Write) -> std::io::Result<()> {
    for (at, (sentence, tags)) in sentences.iter().zip(tagger::tag_document(sentences)).enumerate() {
        if at > 0 {
            writeln!(output)?;
        }
        for (token, tag) in sentence.iter().zip(tags) {
            let token = visible(token);
            writeln!(output, "{} {tag}", if token.is_empty() { NOTHING } else { &token })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn every_line_gets_its_tag_and_sentences_stay_apart() {
        let mut output = Vec::new();
        run("ثم X-1\n\n.\n".as_bytes(), &mut output).unwrap();
        assert_eq!(String::from_utf8(output).unwrap(), "ثم O\n\n. O\n");
    }

    #[test]
    fn no_token_steers_a_terminal() {
        let mut output = Vec::new();
        run("ثم\u{9b}2J X\n\u{202e} X\n".as_bytes(), &mut output).unwrap();
        assert_eq!(String::from_utf8(output).unwrap(), "ثم O\n\u{fffd} O\n");
    }
}
