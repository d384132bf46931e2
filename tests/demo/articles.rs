//! The articles that the project has, each with the page that it was read from, if it was one.

use std::fs;
use std::path::{Path, PathBuf};

use mujaz::article::{Article, charset, page, paste};
use mujaz::brief::{self, Brief, Content};
use mujaz::summary::{Budget, Length};
use url::Url;

/// Files of `folder` and the folders in it that end in `extension`, in order.
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The brief of a saved page, as if it had been read at `url`; none where it holds no article.
pub fn of_page(html: &str, url: &Url) -> Option<Brief> {
    page::read(html, Some(url)).ok().and_then(story)
}

/// The text of a file, in whatever charset it is.
pub fn read(path: PathBuf) -> String {
    charset::decode(&fs::read(path).expect("a file of the project"), None).into_owned()
}

/// Every story that the project has, and those of the file that `MUJAZ_ARTICLES` names, JSON lines with `title` and `text`.
pub fn stories() -> Vec<Brief> {
    let url = Url::parse("https://news.example/a/1").expect("an address");
    let texts = files("samples", "txt").into_iter().chain(files("tests/posts", "txt"));
    let pasted = texts.filter_map(|path| paste::read(&read(path)).ok().and_then(story));
    let pages = files("tests/pages", "html").into_iter().filter_map(|path| of_page(&read(path), &url));
    let more = std::env::var("MUJAZ_ARTICLES").ok().map(|path| read(path.into())).unwrap_or_default();
    let more: Vec<Brief> = more
        .lines()
        .filter_map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
            let words = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
            story(Article {
                headline: words("title"),
                body: words("text"),
                url: Some(url.clone()),
                ..Article::default()
            })
        })
        .collect();
    pasted.chain(pages).chain(more).collect()
}

fn story(article: Article) -> Option<Brief> {
    let brief = brief::read_checked(article).ok()?.compose(Budget::Length(Length::Medium));
    (brief.content == Content::Story && !brief.sentences.is_empty()).then_some(brief)
}
