//! `mujaz tag`: named entities of pre-tokenised text, in CoNLL form.

use std::io::{BufRead, Write};

use anyhow::Context;

use crate::facts::tagger;

/// Reads `token …` lines with an empty line between sentences; writes `token TAG` lines (IOB2).
///
/// # Errors
/// If reading or writing fails.
pub fn run(input: impl BufRead, mut output: impl Write) -> anyhow::Result<()> {
    let mut sentence = Vec::new();
    for line in input.lines() {
        let line = line.context("cannot read standard input")?;
        if let Some(token) = line.split_whitespace().next() {
            sentence.push(token.to_owned());
        } else {
            write_tagged(&sentence, &mut output)?;
            sentence.clear();
            writeln!(output)?;
        }
    }
    write_tagged(&sentence, &mut output)?;
    output.flush()?;
    Ok(())
}

fn write_tagged(sentence: &[String], output: &mut impl Write) -> std::io::Result<()> {
    let tokens: Vec<_> = sentence.iter().map(String::as_str).collect();
    for (token, tag) in tokens.iter().zip(tagger::tag(&tokens)) {
        writeln!(output, "{token} {tag}")?;
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
}
