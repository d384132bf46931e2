//! `train tagger`: makes `data/tagger.lexicon` and `data/tagger.model`.
//!
//! The last tenth of the sentences of ANERcorp's training part (397 of 3,973) is never learnt from: what
//! ships is what was measured.

mod corpus;
mod crf;
mod lexicon;

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::tagger::features::extract;
use mujaz::facts::tagger::lexicon::Lexicon;
use mujaz::facts::tagger::model::{Model, number};

use corpus::Tagged;
use crf::{Example, Settings};

/// Learns the tagger from `corpora` and writes its files into `data`.
///
/// # Errors
/// If a corpus cannot be read or a file not be written.
pub fn make(corpora: &Path, data: &Path) -> anyhow::Result<()> {
    let mut builder = lexicon::Builder::from_gazetteers(corpora)?;
    builder.add_frequencies(&corpus::word_counts(corpora)?);
    let lexicon_bytes = builder.write();
    let lexicon = Lexicon::open(&lexicon_bytes).context("the lexicon does not read back")?;

    let mut gold = corpus::conll(&corpora.join("ner/anercorp_camel/train.conll"))?;
    let dev = gold.split_off(gold.len() - gold.len() / 10);
    let examples: Vec<Example> = gold.iter().map(|sentence| example(sentence, &lexicon, 1.0)).collect();
    let settings =
        Settings { epochs: 8, alpha: 0.1, l1: 0.4, l2: 0.5, dropout: 0.1, rarest: 2, kept: 450_000 };
    let model_bytes = crf::learn(&examples, &settings);
    let model = Model::open(&model_bytes).context("the model does not read back")?;
    report(&dev, &lexicon, &model)?;

    std::fs::write(data.join("tagger.lexicon"), &lexicon_bytes)?;
    std::fs::write(data.join("tagger.model"), &model_bytes)?;
    Ok(())
}

fn example(sentence: &Tagged, lexicon: &Lexicon, weight: f32) -> Example {
    let tokens: Vec<_> = sentence.iter().map(|(token, _)| token.as_str()).collect();
    let tags = sentence.iter().map(|(_, tag)| tag.parse().map_or(0, number) as u8).collect();
    Example { features: extract(&tokens, lexicon), tags, weight }
}

/// Prints the entity micro-F1 on `dev`; `score_ner.py` on the output of `mujaz tag` gives the same.
fn report(dev: &[Tagged], lexicon: &Lexicon, model: &Model) -> anyhow::Result<()> {
    let (mut hits, mut wanted, mut made) = (0, 0, 0);
    for sentence in dev {
        let tokens: Vec<_> = sentence.iter().map(|(token, _)| token.as_str()).collect();
        let found: Vec<String> =
            model.decode(&extract(&tokens, lexicon)).iter().map(ToString::to_string).collect();
        let gold = spans(sentence.iter().map(|(_, tag)| tag.as_str()));
        let found = spans(found.iter().map(String::as_str));
        hits += gold.iter().filter(|span| found.contains(span)).count();
        wanted += gold.len();
        made += found.len();
    }
    let mut line = String::new();
    write!(line, "held out: {hits} of {wanted} names, {made} found, ")?;
    write!(
        line,
        "P {:.2} R {:.2} ",
        100.0 * f64::from(hits as u32) / made as f64,
        100.0 * hits as f64 / wanted as f64
    )?;
    eprintln!("{line}F1 {:.2}", 200.0 * hits as f64 / (wanted + made) as f64);
    Ok(())
}

/// The names in a sequence of tags: first token, one past the last token, kind.
fn spans<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<(usize, usize, &'a str)> {
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for (at, tag) in tags.enumerate() {
        match (tag.split_once('-'), found.last_mut()) {
            (Some(("I", kind)), Some(last)) if last.1 == at && last.2 == kind => last.1 = at + 1,
            (Some((_, kind)), _) => found.push((at, at + 1, kind)),
            _ => {}
        }
    }
    found
}
