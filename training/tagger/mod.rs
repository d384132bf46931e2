//! `train lexicon` makes `data/tagger.lexicon`, `train tagger` makes `data/tagger.model`.
//!
//! The last tenth of the sentences of ANERcorp's training part (397 of 3,973) is never learnt from: what
//! ships is what was measured.

mod clusters;
mod company;
mod corpus;
mod crf;
mod lexicon;
mod silver;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::tagger::features::extract;
use mujaz::facts::tagger::lexicon::Lexicon;
use mujaz::facts::tagger::model::{Model, number};
use mujaz::facts::tagger::{EntityKind, Tagger};
use mujaz::learnt::Learnt;

use crate::gold::{self, LeftOut};
use crate::projection::{Countries, project};
use corpus::Tagged;
use crf::{Example, Field, Habits, Settings};

/// How the tagger is learnt.
const SETTINGS: Settings = Settings {
    epochs: 4,
    alpha: 0.1,
    l1: 0.4,
    l2: 0.5,
    dropout: 0.2,
    rarest: 2,
    runs: 2,
    lean: 0.6,
    echo: 1.0,
    kept: 200_000,
    doubled: true,
};

/// What a sentence of the news as the teacher tags it counts.
const SILVER_WEIGHT: f32 = 0.3;

/// Of the sentences of the news without a name, one in so many is learnt from.
const NAMELESS: usize = 3;

/// Counts gazetteers and the unlabelled news into the tagger's lexicon, in `data`.
///
/// # Errors
/// If a corpus cannot be read or the file not be written.
pub fn make_lexicon(corpora: &Path, data: &Path) -> anyhow::Result<()> {
    let (gold, _) = anercorp(corpora)?;
    let mut builder = lexicon::Builder::from_gazetteers(corpora)?;
    let articles = corpus::news_words(corpora)?;
    let counts = corpus::word_counts(&articles);
    builder.add_frequencies(&counts);
    builder.add_clusters(&clusters::learn(&articles, &counts));
    builder.add_company(company::learn(&articles, &counts, &gold, &builder.words));
    std::fs::write(data.join("tagger.lexicon"), builder.write())?;
    Ok(())
}

/// Learns the tagger's weights from `corpora` and from what the teacher found in the news, and writes them into `data`.
///
/// # Errors
/// If a corpus cannot be read or the file not be written.
pub fn make(corpora: &Path, silver: &Path, without: &LeftOut, data: &Path) -> anyhow::Result<()> {
    let lexicon = Lexicon::open(Learnt::TaggerLexicon.bytes()).context("the lexicon does not read back")?;
    let (anercorp, held_out) = anercorp(corpora)?;
    let countries = Countries::read(corpora)?;
    let (left_out, news): (Vec<_>, Vec<_>) =
        gold::read(corpora, &LeftOut::default())?.into_iter().partition(|article| without.has(article.press));
    let mut examples: Vec<Example> =
        anercorp.iter().map(|sentence| example(sentence, &lexicon, 1.0, Habits::Anercorp)).collect();
    for article in &news {
        let sentences = project(article, &countries);
        examples.extend(sentences.iter().map(|sentence| example(sentence, &lexicon, 1.0, Habits::News)));
    }
    let mut nameless = 0_usize;
    for sentence in silver::sentences(corpora, silver)? {
        let named = sentence.iter().any(|(_, tag)| tag != "O");
        nameless += usize::from(!named);
        if named || nameless.is_multiple_of(NAMELESS) {
            examples.push(example(&sentence, &lexicon, SILVER_WEIGHT, Habits::News));
        }
    }
    let field = Field::learn(&examples, &SETTINGS);
    let left_out: Vec<Vec<Tagged>> = left_out.iter().map(|article| project(article, &countries)).collect();
    report("left-out press", &left_out, &lexicon, &field.write(Habits::News))?;
    let held_out: Vec<Vec<Tagged>> = held_out.chunks(25).map(<[Tagged]>::to_vec).collect();
    report("ANERcorp's last tenth", &held_out, &lexicon, &field.write(Habits::Anercorp))?;
    report("the same, tagged as the news are", &held_out, &lexicon, &field.write(Habits::News))?;
    std::fs::write(data.join("tagger.model"), field.write(Habits::News))?;
    Ok(())
}

/// The sentences of `ANERcorp` that are learnt from, and the last tenth, which is held out.
fn anercorp(corpora: &Path) -> anyhow::Result<(Vec<Tagged>, Vec<Tagged>)> {
    let mut gold = corpus::conll(&corpora.join("ner/anercorp_camel/train.conll"))?;
    let dev = gold.split_off(gold.len() - gold.len() / 10);
    Ok((gold, dev))
}

fn example(sentence: &Tagged, lexicon: &Lexicon, weight: f32, habits: Habits) -> Example {
    let tokens: Vec<_> = sentence.iter().map(|(token, _)| token.as_str()).collect();
    let tags = sentence.iter().map(|(_, tag)| tag_number(tag) as u8).collect();
    Example { features: extract(&tokens, lexicon), tags, weight, habits }
}

/// The number in the model of a tag as the corpus writes it; what is no tag of ours is outside.
fn tag_number(tag: &str) -> usize {
    tag.parse().map_or(0, number)
}

/// Prints how well `model` finds the names of `documents`: of each kind, and all that are persons, places and bodies; and all with
/// MISC where there are any.
fn report(name: &str, documents: &[Vec<Tagged>], lexicon: &Lexicon, model: &[u8]) -> anyhow::Result<()> {
    if documents.is_empty() {
        return Ok(());
    }
    let reader = Tagger::new(*lexicon, Model::open(model).context("the model does not read back")?);
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for document in documents {
        let sentences: Vec<Vec<&str>> =
            document.iter().map(|s| s.iter().map(|(token, _)| token.as_str()).collect()).collect();
        for (sentence, tags) in document.iter().zip(reader.tag(&sentences)) {
            let found: Vec<String> = tags.iter().map(ToString::to_string).collect();
            let gold = spans(sentence.iter().map(|(_, tag)| tag.as_str()));
            let found = spans(found.iter().map(String::as_str));
            for kind in EntityKind::ALL {
                let label = kind.label();
                let is = |span: &&(usize, usize, &str)| span.2 == label;
                let here = [
                    gold.iter().filter(is).filter(|span| found.contains(span)).count(),
                    gold.iter().filter(is).count(),
                    found.iter().filter(is).count(),
                ];
                let other = kind == EntityKind::Misc;
                for of in [label, "with MISC"].into_iter().chain((!other).then_some("all")) {
                    let sums = counts.entry(of).or_default();
                    *sums = std::array::from_fn(|i| sums[i] + here[i]);
                }
            }
        }
    }
    let mut line = String::new();
    for (of, [hits, wanted, made]) in counts {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let (p, r, f1) = (percent(hits, made), percent(hits, wanted), percent(2 * hits, wanted + made));
        write!(line, "  {of} {f1:.1} ({p:.0}/{r:.0}, {wanted})")?;
    }
    eprintln!("{name}:{line}");
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
