//! `train replies`: replies for a reader who judges them line by line: some articles of each newsroom, drawn by a seed, each with what a chat
//! would be shown of it.

use std::path::Path;

use mujaz::article::Article;
use mujaz::brief;
use mujaz::facts::tagger::hash::hash_str;
use mujaz::locale::{Language, Locale};
use mujaz::reply::text::{Look, render};
use mujaz::reply::{ReplyOptions, compose};
use mujaz::summary::{Budget, Length};

use crate::gold::{self, FOLDS, LeftOut};

/// Which articles.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Another seed draws other articles.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// How many of each newsroom.
    #[arg(long, default_value_t = 9)]
    each: usize,
}

/// Prints them.
///
/// # Errors
/// If the articles cannot be read.
pub fn print(corpora: &Path, options: &Options) -> anyhow::Result<()> {
    let mut articles = gold::read(corpora, &LeftOut::default())?;
    articles.sort_by_cached_key(|article| hash_str(&format!("{} {}", options.seed, article.id)));
    let locale = Locale::of(Language::Arabic);
    for press in FOLDS.iter().copied().flatten() {
        for article in articles.iter().filter(|article| article.press == *press).take(options.each) {
            println!("=== {}\n{}\n\n{}\n", article.id, article.title, article.text);
            let article =
                Article { headline: article.title.clone(), body: article.text.clone(), ..Article::default() };
            let brief = brief::read(article).compose(Budget::Length(Length::Medium));
            println!(
                "---\n{}\n",
                render(&compose(&brief, ReplyOptions::default(), locale), locale, Look::default())
            );
        }
    }
    Ok(())
}
