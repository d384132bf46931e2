//! Golden pages: the clutter of common themes round texts written for this project.
//! Each folder of `tests/pages` holds a page, the text that a reader would call the article, and its metadata.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mujaz::article::{charset, page, paste};
use url::Url;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

#[track_caller]
fn check(name: &str) {
    let folder = folder().join(name);
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("a golden file");
    let url = Url::parse("https://news.example/a/1").expect("an address");
    let article = page::read(&read("page.html"), Some(&url)).expect("an article");
    assert_eq!(article.body, read("text.txt").trim_end(), "{name}");
    let found = serde_json::json!({
        "title": article.headline,
        "byline": article.byline,
        "published": article.published.map(|date| date.to_string()),
        "site": article.site,
        "lang": article.language,
    });
    let expected: serde_json::Value = serde_json::from_str(&read("meta.json")).expect("JSON");
    assert_eq!(found, expected, "{name}");
}

#[test]
fn jannah() {
    check("jannah");
}

#[test]
fn sahifa() {
    check("sahifa");
}

#[test]
fn jnews() {
    check("jnews");
}

#[test]
fn newspaper() {
    check("newspaper");
}

#[test]
fn drupal() {
    check("drupal");
}

#[test]
fn blogger() {
    check("blogger");
}

#[test]
fn telegram() {
    check("telegram");
}

/// Breaks golden pages in random places (a fixed seed) and reads what is left, until the time is over: bytes are
/// overwritten, pieces cut out, doubled, or replaced by a piece of another page. Nothing may panic or take long.
fn break_pages(time: Duration, rounds: usize) -> usize {
    let names = ["jannah", "sahifa", "jnews", "newspaper", "drupal", "blogger", "telegram"];
    let pages: Vec<Vec<u8>> = names
        .iter()
        .map(|name| fs::read(folder().join(name).join("page.html")).expect("a golden page"))
        .collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let start = Instant::now();
    let mut done = 0;
    while done < rounds && start.elapsed() < time {
        let mut page = pages[random(pages.len())].clone();
        for _ in 0..=random(12) {
            let at = random(page.len());
            let end = (at + random(400)).min(page.len());
            match random(4) {
                0 => page[at] = u8::try_from(random(256)).expect("a byte"),
                1 => drop(page.drain(at..end)),
                2 => {
                    let piece = page[at..end].repeat(1 + random(20));
                    page.splice(at..at, piece);
                }
                _ => {
                    let other = &pages[random(pages.len())];
                    let from = random(other.len());
                    page.splice(at..end, other[from..(from + random(400)).min(other.len())].iter().copied());
                }
            }
        }
        let one = Instant::now();
        let text = charset::decode(&page, None);
        let _ = page::read(&text, None);
        let _ = paste::read(&text);
        assert!(one.elapsed() < Duration::from_secs(5), "slow: {text}");
        done += 1;
    }
    done
}

#[test]
fn broken_pages_are_read_or_refused() {
    assert!(break_pages(Duration::from_secs(20), 150) > 0);
}

#[test]
#[ignore = "runs for ten minutes: the fuzzing of extraction and charset on a stable compiler"]
fn broken_pages_are_read_or_refused_for_ten_minutes() {
    println!("{} pages", break_pages(Duration::from_mins(10), usize::MAX));
}
