//! Makes the files of `data/` from the corpora: `cargo run --release --example train -- COMMAND`.
//!
//! Each command makes one artefact, in a file of its own, and rewrites it byte for byte.

mod corpus;
mod cuts;
mod edges;
mod evaluate;
mod extents;
mod figures;
mod forest;
mod frequencies;
mod gazetteers;
mod gold;
mod judged;
mod lines;
mod links;
mod mentions;
mod openings;
mod projection;
mod questions;
mod ranker;
mod replies;
mod scoring;
mod stories;
mod tagger;
mod unseen;

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::Context;
use clap::{Parser, Subcommand};
use gold::LeftOut;
use mujaz::learnt::{self, Learnt};
use mujaz::rule::{self, Rule};

#[derive(Parser)]
#[command(name = "train", about = "Makes the files of data/ from the corpora")]
struct Arguments {
    /// The folder that holds the corpora.
    #[arg(long, global = true, default_value = "../shared/data")]
    corpora: PathBuf,
    /// The folder that the files are written to.
    #[arg(long, global = true, default_value = "data")]
    data: PathBuf,
    /// What is left out, with commas between: newsrooms that nothing is learnt from, as in hespress,BBC, and rules that do not hold, as in
    /// line-denial.
    #[arg(long, global = true, default_value = "")]
    without: Without,
    /// A folder whose learnt files stand in for those that the program was built with.
    #[arg(long, global = true)]
    learnt: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// How likely a word is to open or to end a sentence or a headline, from the news articles.
    Edges,
    /// How good the program is for newsrooms that it has not seen: learns without some, scores those, in turn.
    Evaluate(evaluate::Options),
    /// The scores of the newsrooms that are left out, as JSON; of those for measuring only where none is.
    Score {
        /// Only of what stands in replies: no name tags.
        #[arg(long)]
        replies: bool,
    },
    /// Where a sentence is best cut, and where it may be cut, from the pieces that editors sent to a chat and from ends that they judged.
    Cuts {
        /// What they judged.
        #[arg(long, default_value = judged::CUTS)]
        judged: PathBuf,
    },
    /// How likely an editor lists a figure, from annotated articles.
    Figures,
    /// How likely a line that is cut around a figure is without fault, from lines that editors judged.
    Lines {
        /// What they judged.
        #[arg(long, default_value = judged::LINES)]
        judged: PathBuf,
    },
    /// Document frequencies of words and stems, from the news articles.
    Frequencies,
    /// Prints what an editor is asked (`JUDGING.md`): rows for `lines.judged`, `cuts.judged` or `roles.judged` with «?» for the answers.
    Questions(questions::Options),
    /// Prints articles of each newsroom with their replies, for a reader who judges them line by line.
    Replies(replies::Options),
    /// Which titles and countries are whose, from what editors judged and from the roles and countries of annotated articles.
    Links {
        /// What they judged.
        #[arg(long, default_value = judged::ROLES)]
        judged: PathBuf,
    },
    /// The lists that participants are found with, from `data/lists/`, public tables and the news articles.
    Gazetteers,
    /// How likely a sentence leans on what was said before it, from sentences that editors judged.
    Openings {
        /// What they judged.
        #[arg(long, default_value = judged::CUTS)]
        judged: PathBuf,
    },
    /// What a sentence is worth to a summary, from sentences and pieces that editors chose.
    Ranker,
    /// Whether two articles tell one story, and what is new in the latest, from pairs and clusters that a reader judged.
    Stories,
    /// What the tagger knows of words, from gazetteers, news and `ANERcorp`.
    Lexicon,
    /// Who takes part, from annotated news.
    Mentions {
        /// Where taggers are kept, each learnt without some newsrooms; those that are missing are learnt first.
        #[arg(long, default_value = "target/evaluation")]
        keep: PathBuf,
        /// Only measure what each fold has by what is learnt from the others.
        #[arg(long)]
        measure: bool,
    },
    /// How far the name of a body goes, from the names of annotated articles.
    Extents {
        /// Where taggers are kept, each learnt without some newsrooms; those that are missing are learnt first.
        #[arg(long, default_value = "target/evaluation")]
        keep: PathBuf,
    },
    /// Prints the ends that bodies could have in the newsrooms that are left out; `extents` asks for it.
    #[command(hide = true)]
    Ends,
    /// Prints what could take part in the articles of the newsrooms that are left out; `mentions` asks for it.
    #[command(hide = true)]
    Candidates,
    /// The tagger's weights, from annotated news, `ANERcorp` and what the teacher found in the news.
    Tagger {
        /// What the teacher found in the news.
        #[arg(long, default_value = "training/silver.gz")]
        silver: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    let Arguments { corpora, data, without: Without { presses: without, rules }, learnt, command } =
        Arguments::parse();
    if let Some(folder) = learnt {
        stand_in(&folder)?;
    }
    match command {
        Command::Edges => edges::make(&corpora, &data),
        Command::Evaluate(options) => evaluate::run(&corpora, &options, &rules),
        Command::Score { replies } => {
            rule::switch_off(rules).map_err(|_| anyhow::anyhow!("rules were switched off before"))?;
            evaluate::score(&corpora, &without, replies)
        }
        Command::Cuts { judged } => cuts::make(&corpora, &judged, &data, &without),
        Command::Figures => figures::make(&corpora, &data, &without),
        Command::Lines { judged } => lines::make(&corpora, &judged, &data, &without),
        Command::Frequencies => frequencies::make(&corpora, &data),
        Command::Questions(options) => questions::ask(&corpora, &options),
        Command::Replies(options) => replies::print(&corpora, &options),
        Command::Links { judged } => {
            links::make(&corpora, &judged, Path::new(judged::PARTICIPANTS), &without, &data)
        }
        Command::Gazetteers => gazetteers::make(&corpora, &data),
        Command::Openings { judged } => openings::make(&corpora, &judged, &data, &without),
        Command::Ranker => ranker::make(&corpora, &data, &without),
        Command::Mentions { keep, measure: true } => mentions::measure(&corpora, &keep),
        Command::Mentions { keep, measure: false } => mentions::make(&corpora, &keep, &without, &data),
        Command::Extents { keep } => extents::make(&corpora, &keep, &without, &data),
        Command::Ends => extents::ends(&corpora, &without),
        Command::Candidates => mentions::candidates(&corpora, Path::new(judged::PARTICIPANTS), &without),
        Command::Stories => stories::make(&corpora, &data),
        Command::Lexicon => tagger::make_lexicon(&corpora, &data),
        Command::Tagger { silver } => tagger::make(&corpora, &silver, &without, &data),
    }
}

/// What is left out.
#[derive(Clone, Debug)]
struct Without {
    presses: LeftOut,
    rules: Vec<Rule>,
}

impl FromStr for Without {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (rules, presses): (Vec<&str>, Vec<&str>) =
            text.split(',').partition(|name| name.parse::<Rule>().is_ok());
        let rules = rules.into_iter().map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self { presses: presses.join(",").parse()?, rules })
    }
}

/// Puts the learnt files of `folder` in the place of those that the program was built with; what is not there stays.
fn stand_in(folder: &Path) -> anyhow::Result<()> {
    let mut files = Vec::new();
    for learnt in Learnt::ALL {
        let path = folder.join(learnt.file_name());
        if path.exists() {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.push((learnt, bytes.into_boxed_slice()));
        }
    }
    learnt::replace(files).map_err(|_| anyhow::anyhow!("something learnt was read too early"))
}
