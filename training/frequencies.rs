//! `data/frequencies/{words,stems}.fst`: in how many news articles a word or a light stem occurs.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::text::frequency::{DOCUMENTS_KEY, compress};
use mujaz::text::stem::stem;
use mujaz::text::token::tokenize;
use mujaz::text::wordmap;
use serde::Deserialize;

use crate::corpus::records;

/// A key in fewer articles than this is left out: it is a misprint as often as a word.
const MIN_ARTICLES: u32 = 3;

#[derive(Deserialize)]
struct Article {
    title: String,
    text: String,
}

/// Counts every article of the corpus and writes both tables.
pub fn make(corpora: &Path, data: &Path) -> anyhow::Result<()> {
    let mut words = BTreeMap::new();
    let mut stems = BTreeMap::new();
    let mut articles = 0;
    for article in records::<Article>(&corpora.join("news/articles.jsonl.gz"))? {
        let Article { title, text } = article?;
        let tokens = [tokenize(&title), tokenize(&text)].concat();
        let keys: HashSet<&str> = tokens
            .iter()
            .filter(|token| token.is_word() && !token.key.is_empty())
            .map(|token| &*token.key)
            .collect();
        count(&mut stems, keys.iter().map(|key| stem(key)).collect());
        count(&mut words, keys);
        articles += 1;
    }
    let folder = data.join("frequencies");
    fs::create_dir_all(&folder)?;
    for (name, counts) in [("words.fst", words), ("stems.fst", stems)] {
        let path = folder.join(name);
        let kept =
            write(&path, articles, &counts).with_context(|| format!("cannot write {}", path.display()))?;
        let size = fs::metadata(&path)?.len();
        println!("{}: {kept} of {} keys, {articles} articles, {size} bytes", path.display(), counts.len());
    }
    Ok(())
}

fn count(counts: &mut BTreeMap<Box<str>, u32>, keys: HashSet<&str>) {
    for key in keys {
        match counts.get_mut(key) {
            Some(count) => *count += 1,
            None => drop(counts.insert(key.into(), 1)),
        }
    }
}

fn write(path: &Path, articles: u64, counts: &BTreeMap<Box<str>, u32>) -> anyhow::Result<usize> {
    let kept = counts.iter().filter(|&(_, &articles)| articles >= MIN_ARTICLES);
    let table: Vec<(&str, u64)> = std::iter::once((DOCUMENTS_KEY, articles))
        .chain(kept.map(|(key, &articles)| (&**key, compress(articles))))
        .collect();
    let kept = table.len() - 1;
    fs::write(path, wordmap::build(table)?)?;
    Ok(kept)
}
