//! How long a reply is on a phone, and pictures of replies for someone to look at.

use mujaz::brief::Brief;
use mujaz::locale::{Language, Locale};
use mujaz::reply::{self, ReplyOptions, Role, html};
use mujaz::standin::parse_html;
use serde_json::{Value, json};

use crate::articles;
use crate::browser::{Chromium, Page, Program, Screen};
use crate::finish;

/// The height of the screen that [`Screen::Phone`] is, in its own units.
const SCREEN: f64 = 844.0;

/// An article of so many words is short: it is not stretched to two bullets.
const SHORT: usize = 120;

/// The private chat and the group of the demo.
const CHATS: [(&str, i64); 2] = [("private", 7), ("group", -1_001_000_000_007)];

#[tokio::test]
async fn a_reply_takes_about_one_screen() {
    let Some(chromium) = Chromium::find_for("replies in a browser") else { return };
    let demo = Program::demo();
    let driver = chromium.start_driver();
    let page = Page::open(&chromium, &driver, Screen::Phone, &demo.line).await;
    finish(page, |page| Box::pin(measure(page))).await.close().await;
}

async fn measure(page: &Page) {
    let stories = articles::stories();
    let mut heights = Vec::new();
    for brief in &stories {
        heights.push(height(page, brief).await / SCREEN);
    }
    heights.sort_by(f64::total_cmp);
    let at = |share: f64| heights[((heights.len() - 1) as f64 * share).round() as usize];
    println!("{} replies: {:.2} screens at the median, {:.2} at 95 %", heights.len(), at(0.5), at(0.95));
    // The longest articles, in every way that a reply is looked at.
    let mut longest: Vec<&Brief> = stories.iter().collect();
    longest.sort_by_key(|brief| std::cmp::Reverse(brief.article.body.len()));
    for (number, brief) in longest.into_iter().step_by(3).take(5).enumerate() {
        for (chat_name, chat) in CHATS {
            for language in Language::ALL {
                let dark =
                    (number + usize::from(chat < 0) + usize::from(language == Language::English)) % 2 == 1;
                page.darken(dark).await;
                show(page, brief, chat, language).await;
                let scheme = if dark { "dark" } else { "light" };
                page.picture(&format!("reply-{number}-{chat_name}-{}-{scheme}", language.code())).await;
            }
        }
    }
    assert!(heights.len() >= 50, "{} replies", heights.len());
    assert!(at(0.5) <= 1.1, "{:.2} screens at the median", at(0.5));
    assert!(at(0.95) <= 1.5, "{:.2} screens at the 95th percentile", at(0.95));
}

/// How high the reply to `brief` is in the private chat.
async fn height(page: &Page, brief: &Brief) -> f64 {
    show(page, brief, CHATS[0].1, Language::Arabic).await;
    let measured = page.run("return document.querySelector('#chat7 .bubble').offsetHeight", vec![]).await;
    measured.as_f64().expect("a height")
}

/// Shows the reply alone in a chat of the page, as the page shows what the bot sends.
async fn show(page: &Page, brief: &Brief, chat: i64, language: Language) {
    let locale = Locale::of(language);
    let options = ReplyOptions { is_linked: true, ..ReplyOptions::default() };
    let shown = parse_html(&html::render(&reply::compose(brief, options, locale), locale)).expect("markup");
    let message = json!({
        "message_id": 1_000_000, "chat": {"id": chat}, "from": {"is_bot": true, "first_name": "موجز"},
        "text": shown.text, "entities": Value::Array(shown.entities),
    });
    let script = "const chat = arguments[0].chat.id; \
                  document.querySelectorAll(`.message, .note`).forEach(old => old.remove()); \
                  if (open !== chat) show(chat); happen.sent({message: arguments[0], at: 0}, true)";
    page.run(script, vec![message]).await;
}

/// Needs no browser.
#[test]
fn a_reply_has_few_short_lines() {
    let stories = articles::stories();
    for brief in &stories {
        check_lines(brief);
    }
    let long = stories.iter().filter(|brief| words(&brief.article.body) > SHORT).count();
    assert!(long >= 2, "{long} of {} articles are long enough to count their bullets", stories.len());
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// What is true of each reply whatever the article: short bullets, two to four of an article that is not short, few figures, no clause twice.
fn check_lines(brief: &Brief) {
    let reply = reply::compose(brief, ReplyOptions::default(), Locale::of(Language::Arabic));
    let of = |role: Role| -> Vec<&str> {
        reply.lines.iter().filter(|line| line.role == role).map(|line| line.text.as_str()).collect()
    };
    let bullets = of(Role::Sentence);
    let shown = bullets.join("\n");
    assert!(bullets.iter().all(|bullet| words(bullet) <= 32), "{shown}");
    if words(&brief.article.body) > SHORT {
        assert!((2..=4).contains(&bullets.len()), "{} bullets:\n{shown}", bullets.len());
    }
    let figures = of(Role::Figure);
    assert!(figures.len() <= 4, "{figures:?}");
    for (at, figure) in figures.iter().enumerate() {
        assert!(words(figure) <= 10, "{figure}");
        let twice = figures.iter().enumerate().any(|(other, line)| other != at && line.contains(figure));
        assert!(!twice, "{figures:?}");
    }
    assert!(of(Role::Organizations).len() <= 1 && of(Role::Countries).len() <= 1);
}
