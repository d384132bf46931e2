//! Makes the files of `data/` from the corpora: `cargo run --release --example train -- COMMAND`.
//!
//! Each command makes one artefact, in a file of its own, and rewrites it byte for byte.

mod corpus;
mod figures;
mod frequencies;
mod gazetteers;
mod linear;
mod ranker;
mod tagger;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "train", about = "Makes the files of data/ from the corpora")]
struct Arguments {
    /// The folder that holds the corpora.
    #[arg(long, global = true, default_value = "../shared/data")]
    corpora: PathBuf,
    /// The folder that the files are written to.
    #[arg(long, global = true, default_value = "data")]
    data: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// What the features of a figure are worth, from annotated articles.
    Figures,
    /// Document frequencies of words and stems, from the news articles.
    Frequencies,
    /// The lists that participants are found with, from `data/lists/`, public tables and the news articles.
    Gazetteers,
    /// What the features of a sentence are worth, from editors' standfirsts.
    Ranker,
    /// The tagger's lexicon and weights, from gazetteers, news and ANERcorp.
    Tagger {
        /// Only measure what words, affixes, shapes and context reach without any other knowledge.
        #[arg(long)]
        plain: bool,
        /// What the teacher found in the news.
        #[arg(long, default_value = "training/silver.gz")]
        silver: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    let Arguments { corpora, data, command } = Arguments::parse();
    match command {
        Command::Figures => figures::make(&corpora, &data),
        Command::Frequencies => frequencies::make(&corpora, &data),
        Command::Gazetteers => gazetteers::make(&corpora, &data),
        Command::Ranker => ranker::make(&corpora, &data),
        Command::Tagger { plain: true, .. } => tagger::measure_plain(&corpora),
        Command::Tagger { plain: false, silver } => tagger::make(&corpora, &silver, &data),
    }
}
