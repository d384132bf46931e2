//! Every way in which the demo page lets an article be sent, without any network: a link, a file, inline; in both languages.

use mujaz::locale::{Language, Locale};
use serde_json::json;

use crate::browser::{Chromium, Page, Program, Screen};
use crate::{check_layout, finish};

#[tokio::test]
async fn the_demo_needs_no_network() {
    let Some(chromium) = Chromium::find_for("the demo in a browser") else { return };
    let demo = Program::demo();
    let driver = chromium.start_driver();
    let page = Page::open(&chromium, &driver, Screen::Long, &demo.line).await;
    finish(page, |page| Box::pin(whole_reply(page))).await.close().await;
    // The same chats anew.
    let demo = Program::demo();
    let page = Page::open(&chromium, &driver, Screen::Phone, &demo.line).await;
    finish(page, |page| Box::pin(try_all(page))).await.close().await;
}

/// Waits for the bot's message of this number in the private chat to say `words`.
async fn answered(page: &Page, number: usize, words: &str) {
    let said = "document.querySelectorAll('#chat7 .bot .text')[arguments[0] - 1]?.textContent.includes(arguments[1])";
    page.wait(said, vec![json!(number), json!(words)]).await;
}

const HEADLINE: &str = "مؤتمر مسقط: 14 دولة تتفق على خطة مشتركة";

/// The picture at the top of README.
async fn whole_reply(page: &Page) {
    page.click("//button[@data-link]").await;
    answered(page, 1, HEADLINE).await;
    page.picture("readme").await;
}

async fn try_all(page: &Page) {
    let headline = HEADLINE;
    page.click("//button[@data-link]").await;
    answered(page, 1, headline).await;
    // The marks of the lines lead into the page.
    let links = page
        .run("return document.querySelectorAll('#chat7 .bot a[href*=\"/article#:~:text=\"]').length", vec![])
        .await;
    assert!(links.as_u64().is_some_and(|links| links >= 3), "{links}");
    check_layout(page).await;

    page.click("//button[@data-file]").await;
    answered(page, 2, headline).await;
    let file = page.run("return document.querySelectorAll('#chat7 .own .text')[1].textContent", vec![]).await;
    assert_eq!(file, "📎 water-conference.txt");

    page.click("//*[@id='language']").await;
    page.wait("document.documentElement.dir === 'ltr'", vec![]).await;
    page.write("/help").await;
    answered(page, 3, "How to use Mujaz").await;
    page.click("//*[@id='menu']").await;
    let described = Locale::of(Language::English).text("command-help");
    page.wait(
        "document.querySelector('#commands').textContent.includes(arguments[0])",
        vec![json!(described)],
    )
    .await;
    check_layout(page).await;
    page.picture("12-english").await;

    page.click("//nav/button[2]").await;
    page.click("//button[@data-inline]").await;
    page.click("//*[@id='offers']//button[1]").await;
    let sent = "document.querySelector('#chat-1001000000007 .own .text')?.textContent.includes(arguments[0])";
    page.wait(sent, vec![json!(headline)]).await;
    check_layout(page).await;
    page.picture("13-inline").await;
    page.click("//*[@id='language']").await;
    page.wait("document.documentElement.dir === 'rtl'", vec![]).await;

    // Two links that tell one story: one reply, and the day is one line.
    page.click("//nav/button[1]").await;
    page.click("//button[@data-both]").await;
    answered(page, 4, "المصدر ١، المصدر ٢").await;
    check_layout(page).await;
    page.picture("14-one-story").await;
    page.write("/today").await;
    answered(page, 5, "موجز اليوم").await;
    page.picture("15-today").await;
}
