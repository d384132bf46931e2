//! Golden pages: the clutter of common themes round texts written for this project.
//! Each folder of `tests/pages` holds a page, the text that a reader would call the article, and its metadata; `cases` holds small pages
//! in the ways of `WordPress`, `Drupal`, `Next.js`, Blogger and older systems, each with one difficulty, and what is right beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mujaz::article::{self, charset, page, paste};
use mujaz::reply::source;
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

/// What is right about a small page.
#[expect(clippy::option_option, reason = "what is not asked, and what must not be there")]
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Why it must be refused; the rest is not asked then.
    refuse: Option<String>,
    title: Option<String>,
    /// The date, as far as it is asked: `null` where there must be none.
    #[serde(default, deserialize_with = "present")]
    published: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    byline: Option<Option<String>>,
    #[serde(default)]
    first_sentence: String,
    #[serde(default)]
    last_sentence: String,
    #[serde(default)]
    must_contain: Vec<String>,
    #[serde(default)]
    must_not_contain: Vec<String>,
}

/// A field that is there, even where it is `null`.
#[expect(clippy::option_option, reason = "what is not asked, and what must not be there")]
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    serde::Deserialize::deserialize(from).map(Some)
}

/// What is wrong with how the page `html` is read.
fn faults(html: &str, expected: &Expected) -> Vec<String> {
    let read = page::read(html, None).and_then(|found| article::check(&found).map(|()| found));
    let found = match (read, &expected.refuse) {
        (Err(refusal), Some(wanted)) if format!("{refusal:?}") == *wanted => return Vec::new(),
        (Ok(found), None) => found,
        (read, _) => return vec![format!("{:?}", read.map(|found| found.body))],
    };
    let whole = format!("{} {} {:?}", found.headline, found.body, found.byline);
    let published = found.published.as_ref().map(ToString::to_string);
    let mut faults = Vec::new();
    let mut require = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    require(expected.title.as_ref().is_none_or(|title| *title == found.headline), &found.headline);
    let dated = expected.published.as_ref().is_none_or(|wanted| match (wanted, &published) {
        (Some(wanted), Some(published)) => published.starts_with(wanted.as_str()),
        (wanted, published) => wanted.is_none() && published.is_none(),
    });
    require(dated, &format!("{published:?}"));
    require(expected.byline.as_ref().is_none_or(|byline| *byline == found.byline), "byline");
    require(found.body.starts_with(&expected.first_sentence), &format!("begins {}", found.body));
    require(found.body.ends_with(&expected.last_sentence), &format!("ends {}", found.body));
    for part in &expected.must_contain {
        require(found.body.contains(part.as_str()), &format!("lacks {part}"));
    }
    for part in &expected.must_not_contain {
        require(!whole.contains(part.as_str()), &format!("has {part}"));
    }
    faults
}

#[test]
fn small_pages_give_their_story_or_say_why_not() {
    let mut names: Vec<PathBuf> = fs::read_dir(folder().join("cases"))
        .expect("the cases")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    names.sort();
    let (mut wrong, mut refused, mut short) = (Vec::new(), 0, 0);
    for page in &names {
        let expected = fs::read_to_string(page.with_extension("expected.json")).expect("what is right");
        let expected: Expected = serde_json::from_str(&expected).expect("JSON");
        let html = fs::read(page).expect("a page");
        let faults = faults(&charset::decode(&html, None), &expected);
        let name = page.file_stem().unwrap_or_default().to_string_lossy();
        refused += usize::from(name.starts_with("na-") && faults.is_empty());
        short += usize::from(name.starts_with("short-") && faults.is_empty());
        if !faults.is_empty() {
            wrong.push(format!("{name}: {}", faults.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), names.len(), wrong.join("\n"));
    assert!(refused >= 20 && short >= 40, "{refused} pages that are no article, {short} short articles");
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

/// Whoever has a page at a service is not its newspaper: one registered name stands for both.
#[test]
fn a_page_speaks_for_the_host_that_it_was_read_from() {
    let page_of = |site: &str| {
        let sample = include_str!("../samples/water-conference.txt");
        let paragraphs: String = sample.lines().flat_map(|line| ["<p>", line, "</p>"]).collect();
        format!(
            "<html lang=ar><head><title>مؤتمر المياه</title><link rel=canonical href='https://news.example.com/a/1'>\
             <meta property='og:site_name' content='{site}'></head><body><article><h1>مؤتمر المياه</h1>{paragraphs}</article></body></html>"
        )
    };
    let url = Url::parse("https://sites.example.com/stranger").expect("an address");
    let article = page::read(&page_of("minbar-news.com"), Some(&url)).expect("an article");
    assert_eq!(article.url.as_ref().map(Url::as_str), Some("https://news.example.com/a/1"));
    assert_eq!(source(&article).as_deref(), Some("sites.example.com"));
    assert_eq!(article.site, None, "the address of another site is no name");
    let own = page::read(&page_of("صحيفة المثال"), Some(&url)).expect("an article");
    assert_eq!(own.site.as_deref(), Some("صحيفة المثال"));
}

#[test]
#[ignore = "runs for ten minutes: the fuzzing of extraction and charset on a stable compiler"]
fn broken_pages_are_read_or_refused_for_ten_minutes() {
    println!("{} pages", break_pages(Duration::from_mins(10), usize::MAX));
}
