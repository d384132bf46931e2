//! `train tagger`: makes `data/tagger.lexicon` and `data/tagger.model`.
//!
//! The last tenth of the sentences of ANERcorp's training part (397 of 3,973) is never learnt from: what
//! ships is what was measured.

mod clusters;
mod company;
mod corpus;
mod crf;
mod lexicon;
mod silver;
mod vote;

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::tagger::Tagger;
use mujaz::facts::tagger::features::extract;
use mujaz::facts::tagger::lexicon::Lexicon;
use mujaz::facts::tagger::model::{Model, number};

use corpus::Tagged;
use crf::{Example, Field, Settings};

/// How the tagger is learnt from gold text alone.
const GOLD: Settings = Settings {
    epochs: 8,
    alpha: 0.1,
    l1: 0.4,
    l2: 0.5,
    dropout: 0.3,
    rarest: 2,
    runs: 4,
    lean: 0.7,
    echo: 1.0,
    kept: 150_000,
};

/// How it is learnt from gold text and the news together.
const GOLD_AND_SILVER: Settings = Settings { epochs: 5, dropout: 0.2, rarest: 4, ..GOLD };

/// What a sentence of the news counts beside one of the gold text, of which each pass sees all twice.
const SILVER_WEIGHT: f32 = 0.3;

/// Of the sentences of the news without a name, one in so many is learnt from.
const NAMELESS: usize = 3;

/// Learns the tagger from `corpora` and the teacher's `labels` and writes its files into `data`.
///
/// # Errors
/// If a corpus cannot be read or a file not be written.
pub fn make(corpora: &Path, labels: &Path, data: &Path) -> anyhow::Result<()> {
    let (gold, dev) = gold(corpora)?;
    let mut builder = lexicon::Builder::from_gazetteers(corpora)?;
    let articles = corpus::news_words(corpora)?;
    let counts = corpus::word_counts(&articles);
    builder.add_frequencies(&counts);
    builder.add_clusters(&clusters::learn(&articles, &counts));

    builder.add_company(company::learn(&articles, &counts, &gold, &builder.words));
    let lexicon_bytes = builder.write();
    let lexicon = Lexicon::open(&lexicon_bytes).context("the lexicon does not read back")?;

    let mut examples: Vec<Example> = gold.iter().map(|sentence| example(sentence, &lexicon, 1.0)).collect();
    let first = Field::learn(&examples, &GOLD);
    report("held out, gold alone", &dev, &lexicon, &first.write())?;
    examples.extend_from_within(..);
    let mut nameless = 0_usize;
    for sentence in silver::sentences(corpora, labels)? {
        let mut example = example(&sentence.tagged, &lexicon, SILVER_WEIGHT);
        vote::settle(&mut example, &sentence.sure, &first);
        let named = example.tags.iter().any(|&tag| tag > 0);
        nameless += usize::from(!named);
        if named || nameless.is_multiple_of(NAMELESS) {
            examples.push(example);
        }
    }
    let model_bytes = Field::learn(&examples, &GOLD_AND_SILVER).write();
    report("held out", &dev, &lexicon, &model_bytes)?;
    let mut aqmar = corpus::conll(&corpora.join("ner/aqmar_topcoder/dev.conll"))?;
    for (_, tag) in aqmar.iter_mut().flatten() {
        *tag = tag.replace("PER", "PERS");
    }
    report("AQMAR", &aqmar, &lexicon, &model_bytes)?;

    std::fs::write(data.join("tagger.lexicon"), &lexicon_bytes)?;
    std::fs::write(data.join("tagger.model"), &model_bytes)?;
    Ok(())
}

/// Measures the tagger without knowledge: words, affixes, shapes and context of the same corpus, one run, nothing else.
/// Writes no file.
///
/// # Errors
/// If the corpus cannot be read.
pub fn measure_plain(corpora: &Path) -> anyhow::Result<()> {
    let (gold, dev) = gold(corpora)?;
    let lexicon_bytes = lexicon::Builder::default().write();
    let lexicon = Lexicon::open(&lexicon_bytes).context("the lexicon does not read back")?;
    let examples: Vec<Example> = gold.iter().map(|sentence| example(sentence, &lexicon, 1.0)).collect();
    let settings = Settings { dropout: 0.0, runs: 1, lean: 0.0, echo: 0.0, ..GOLD };
    report("held out, plain", &dev, &lexicon, &Field::learn(&examples, &settings).write())
}

/// The sentences of ANERcorp that are learnt from, and the last tenth, which is held out.
fn gold(corpora: &Path) -> anyhow::Result<(Vec<Tagged>, Vec<Tagged>)> {
    let mut gold = corpus::conll(&corpora.join("ner/anercorp_camel/train.conll"))?;
    let dev = gold.split_off(gold.len() - gold.len() / 10);
    Ok((gold, dev))
}

fn example(sentence: &Tagged, lexicon: &Lexicon, weight: f32) -> Example {
    let tokens: Vec<_> = sentence.iter().map(|(token, _)| token.as_str()).collect();
    let tags = sentence.iter().map(|(_, tag)| tag_number(tag) as u8).collect();
    Example { features: extract(&tokens, lexicon), tags, weight }
}

/// The number in the model of a tag as the corpus writes it; what is no tag of ours is outside.
fn tag_number(tag: &str) -> usize {
    tag.parse().map_or(0, number)
}

/// Prints the entity micro-F1 on `dev`; `score_ner.py` on the output of `mujaz tag` gives the same.
fn report(name: &str, dev: &[Tagged], lexicon: &Lexicon, model: &[u8]) -> anyhow::Result<()> {
    let model = Model::open(model).context("the model does not read back")?;
    let (mut hits, mut wanted, mut made) = (0, 0, 0);
    let reader = Tagger::new(*lexicon, model);
    let tagged = dev.chunks(25).flat_map(|document| {
        let sentences: Vec<Vec<&str>> =
            document.iter().map(|s| s.iter().map(|(token, _)| token.as_str()).collect()).collect();
        reader.tag(&sentences)
    });
    for (sentence, tags) in dev.iter().zip(tagged) {
        let found: Vec<String> = tags.iter().map(ToString::to_string).collect();
        let gold = spans(sentence.iter().map(|(_, tag)| tag.as_str()));
        let found = spans(found.iter().map(String::as_str));
        hits += gold.iter().filter(|span| found.contains(span)).count();
        wanted += gold.len();
        made += found.len();
    }
    let mut line = String::new();
    write!(line, "{hits} of {wanted} names, {made} found, ")?;
    write!(
        line,
        "P {:.2} R {:.2} ",
        100.0 * f64::from(hits as u32) / made as f64,
        100.0 * hits as f64 / wanted as f64
    )?;
    eprintln!("{name}: {line}F1 {:.2}", 200.0 * hits as f64 / (wanted + made) as f64);
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
