//! Whether the mark of a line leads to the line: every link of every reply to the saved pages is opened in the browser.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Html;
use axum::routing::get;
use mujaz::locale::{Language, Locale};
use mujaz::reply::{self, ReplyOptions};
use serde_json::json;
use url::Url;

use crate::articles;
use crate::browser::{Chromium, Page, Screen};

/// So far apart stand the lines of a page that no two paragraphs are on the screen at once, and none before a link has scrolled there.
const APART: &str = "<style>html, body { height: auto !important; overflow: visible !important } \
                     body { padding-block: 150vh !important } \
                     p, li, h1, h2, h3, h4, td, blockquote, br { margin-block: 70vh !important }</style>";

#[tokio::test]
async fn marks_lead_to_their_words_in_the_page() {
    let Some(chromium) = Chromium::find_for("links in a browser") else { return };
    let pages: Vec<String> = articles::files("tests/pages", "html").into_iter().map(articles::read).collect();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let site = listener.local_addr().expect("its address");
    let served: HashMap<usize, String> =
        pages.iter().map(|page| format!("{APART}{page}")).enumerate().collect();
    let router = axum::Router::new().route("/{number}", get(page)).with_state(Arc::new(served));
    tokio::spawn(async move { axum::serve(listener, router).await });

    let driver = chromium.start_driver();
    let browser = Page::open(&chromium, &driver, Screen::Phone, "about:blank").await;
    let (mut count, mut links, mut opened, mut faults) = (0, 0, 0, Vec::new());
    for (number, html) in pages.iter().enumerate() {
        let url = Url::parse(&format!("http://{site}/{number}")).expect("an address");
        // What a page draws by a script that was not saved with it is seen by nobody here.
        if articles::of_page(&without_scripts(html), &url).is_none() {
            continue;
        }
        let Some(mut brief) = articles::of_page(html, &url) else { continue };
        brief.article.url = Some(url);
        let options = ReplyOptions { is_linked: true, ..ReplyOptions::default() };
        let reply = reply::compose(&brief, options, Locale::of(Language::Arabic));
        let told = [reply::Role::Sentence, reply::Role::Figure];
        for line in reply.lines.iter().filter(|line| told.contains(&line.role)) {
            count += 1;
            let Some(mut link) = line.proof.clone() else { continue };
            links += 1;
            if links % opened_of() != 0 {
                continue;
            }
            opened += 1;
            // Another address each time, or the page would not be loaded anew.
            link.set_query(Some(&format!("line={links}")));
            browser.go(link.as_str()).await;
            let seen = seen(&browser, &line.text).await;
            if seen != "seen" {
                faults.push(format!("{seen}: {} in page {number}", line.text));
            }
        }
    }
    browser.close().await;
    println!("{count} lines, {links} links, {opened} opened, {} not in view", faults.len());
    assert!(count >= 200, "{count} lines");
    assert!(links * 100 >= count * 97, "{links} links of {count} lines");
    let wrong = faults.iter().filter(|fault| fault.contains("elsewhere"));
    assert_eq!(wrong.count(), 0, "{}", faults.join("\n"));
    // Of a few some more may be amiss.
    let most = if opened == links { opened / 100 } else { opened / 50 };
    assert!(faults.len() <= most, "{}", faults.join("\n"));
}

fn without_scripts(html: &str) -> String {
    let rest = |part: &str| part.split_once("</script>").map_or("", |(_, rest)| rest).to_owned();
    let mut parts = html.split("<script");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.map(rest).fold(first, |text, part| text + &part)
}

/// One of so many links is opened; all of them, which takes a minute or two, with `MUJAZ_TEST_ALL_LINKS` set.
fn opened_of() -> usize {
    if std::env::var_os("MUJAZ_TEST_ALL_LINKS").is_some() { 1 } else { 8 }
}

/// Whether the line is on the screen: a page is searched for its words after it is loaded, and not at once.
async fn seen(browser: &Page, line: &str) -> String {
    let mut seen = serde_json::Value::Null;
    for _ in 0..30 {
        seen = browser.run(include_str!("seen.js"), vec![json!(line)]).await;
        if seen != "not reached" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    seen.as_str().unwrap_or_default().to_owned()
}

async fn page(Path(number): Path<usize>, State(pages): State<Arc<HashMap<usize, String>>>) -> Html<String> {
    Html(pages.get(&number).cloned().unwrap_or_default())
}
