//! `mujaz demo` in a real browser: the program as people start it, the page as they see it. The pictures it takes are
//! left in `target/tmp/demo`.

mod articles;
mod browser;
mod form;
mod proof;
mod ways;

use browser::{Chromium, Page, Program, Screen};
use mujaz::locale::{Language, Locale};
use serde_json::{Value, json};

const SAMPLE: &str = include_str!("../../samples/water-conference.txt");

#[tokio::test]
async fn a_newcomer_tries_the_bot_in_the_browser() {
    let Some(chromium) = Chromium::find_for("the demo in a browser") else { return };
    let demo = Program::demo();
    let driver = chromium.start_driver();

    let page = Page::open(&chromium, &driver, Screen::Phone, &demo.line).await;
    let page = finish(page, |page| Box::pin(on_a_phone(page))).await;
    page.close().await;
    let page = Page::open(&chromium, &driver, Screen::Desktop, &demo.line).await;
    let page = finish(page, |page| Box::pin(on_a_desktop(page))).await;
    page.close().await;
}

/// Runs `steps`; where they fail the browser is closed all the same: it does not end with its driver.
async fn finish<S>(page: Page, steps: S) -> Page
where
    S: for<'a> FnOnce(&'a Page) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send + 'a>> + Send + 'static,
{
    let page = std::sync::Arc::new(page);
    let shared = std::sync::Arc::clone(&page);
    let finished = tokio::spawn(async move { steps(&shared).await }).await;
    let page = std::sync::Arc::into_inner(page).expect("the steps are over");
    match finished {
        Ok(()) => page,
        Err(error) => {
            page.picture("failed").await;
            page.close().await;
            std::panic::resume_unwind(error.into_panic());
        }
    }
}

async fn on_a_phone(page: &Page) {
    assert_eq!(page.run("return getComputedStyle(document.body).direction", vec![]).await, "rtl");
    page.picture("1-opened").await;

    // The article that the page offers, edited before its buttons are pressed: an edit counts for a minute.
    page.write(SAMPLE).await;
    let first = shown(page, 1, "مؤتمر مسقط: 14 دولة تتفق على خطة مشتركة").await;
    assert!(bullets(&first) >= 3, "{first}");
    assert_eq!(page.run("return document.querySelectorAll('.bot b').length > 0", vec![]).await, true);
    check_layout(page).await;
    page.picture("2-summary").await;
    page.click("(//article[contains(@class, 'own')])[1]//button[.='عدّل']").await;
    page.write(&SAMPLE.replace("مؤتمر مسقط: 14 دولة", "بيان مسقط: 14 دولة")).await;
    shown(page, 1, "بيان مسقط: 14 دولة تتفق على خطة مشتركة").await;

    let medium = bullets(&text(page, 1).await);
    press(page, "button-shorter").await;
    let short = bullets(&text(page, 1).await);
    press(page, "button-longer").await;
    press(page, "button-longer").await;
    let long = bullets(&text(page, 1).await);
    assert!(short < medium && medium < long, "{short}, {medium}, {long} bullets");
    check_layout(page).await;
    page.picture("3-longer").await;
    press(page, "button-facts").await;
    assert!(text(page, 1).await.contains(&locale().text("figures")));
    page.picture("4-facts").await;

    // A link that cannot be read: a private address, which the fetcher refuses without any traffic.
    page.write("اقرأ هذا http://127.0.0.1/news/1").await;
    shown(page, 2, &locale().text("fetch-private")).await;
    page.write("نص قصير").await;
    shown(page, 3, &locale().text("refusal-too-short")).await;
    check_layout(page).await;
    page.picture("5-errors").await;

    // The menu of commands, and the settings.
    page.click("//*[@id='menu']").await;
    page.wait("document.querySelectorAll('#commands button').length >= 4", vec![]).await;
    page.picture("6-menu").await;
    page.click("//*[@id='commands']//button[contains(., '/help')]").await;
    shown(page, 4, "كيف تستعمل موجز").await;
    check_layout(page).await;
    page.picture("7-help").await;
    page.write("/settings").await;
    shown(page, 5, &locale().text("settings")).await;
    let lengths = ["length-medium", "length-long"]
        .map(|value| locale().with("settings-length", &[("value", &locale().text(value))]));
    page.click(&format!("//button[.='{}']", lengths[0])).await;
    page.wait("document.body.innerText.includes(arguments[0])", vec![json!(lengths[1])]).await;
    check_layout(page).await;
    page.picture("8-settings").await;
    page.click(&format!("//button[.='{}']", locale().text("settings-close"))).await;
    page.wait("document.querySelectorAll('#chat7 .bot').length === 4", vec![]).await;

    // What was deleted cannot be shown in another way: an alert says so, and the buttons go.
    page.write("/forget").await;
    shown(page, 5, &locale().text("forgotten")).await;
    page.click(&format!(
        "(//article[contains(@class, 'bot')])[1]//button[.='{}']",
        locale().text("button-summary")
    ))
    .await;
    page.wait("document.querySelector('dialog').open", vec![]).await;
    let alert = page.run("return document.querySelector('dialog p').textContent", vec![]).await;
    assert_eq!(alert, locale().text("expired"));
    page.picture("9-alert").await;
    page.click("//dialog/button").await;
    page.wait("!document.querySelector('#chat7 .bot .keyboard')", vec![]).await;
}

/// The same chats on another screen: what happened is all there; then the group.
async fn on_a_desktop(page: &Page) {
    shown(page, 5, &locale().text("forgotten")).await;
    check_layout(page).await;
    page.picture("10-desktop").await;
    page.click("//nav/button[.='مجموعة']").await;
    page.wait("document.body.innerText.includes('ألزم الصمت')", vec![]).await;
    page.write(SAMPLE).await;
    page.click("(//*[@id='chat-1001000000007']//article[contains(@class, 'own')])[last()]//button[.='ردّ']")
        .await;
    page.write("/summary").await;
    page.wait("document.querySelector('#chat-1001000000007 .own:nth-last-child(2) .reaction')?.textContent === '👀'", vec![])
        .await;
    page.wait("document.querySelector('#chat-1001000000007 .bot:last-child b')", vec![]).await;
    check_layout(page).await;
    page.picture("11-group").await;
    as_a_guest(page).await;
    shared(page).await;
}

/// From a post in a group that the bot is no member of to its summary: one message.
async fn as_a_guest(page: &Page) {
    page.click("//nav/button[.='ديوانية']").await;
    page.click(&format!("({ELSEWHERE}//article)[1]//button[.='ردّ']")).await;
    page.write("@mujaz_bot").await;
    page.wait("document.querySelector('#chat-1001000000008 .bot b')", vec![]).await;
    let said = "return document.querySelector('#chat-1001000000008 .bot .text').textContent";
    let said = page.run(said, vec![]).await;
    let said = said.as_str().unwrap_or_default();
    assert!(said.contains("مؤتمر مسقط: 14 دولة") && bullets(said) >= 3, "{said}");
    check_layout(page).await;
    page.picture("12-guest").await;
}

/// A summary is shared with that group: chosen there from what the bot offers inline, with buttons that work.
async fn shared(page: &Page) {
    page.click("//nav/button[.='خاص']").await;
    page.write(SAMPLE).await;
    let share = locale().text("button-share");
    page.click(&format!("(//*[@id='chat7']//article[contains(@class, 'bot')])[last()]//button[.='{share}']"))
        .await;
    page.click("//*[@id='offers']//button[.='ديوانية']").await;
    page.wait("document.querySelector('#offers:not([hidden]) span')?.textContent.length > 30", vec![]).await;
    page.picture("13-inline").await;
    page.click("//*[@id='offers']//button[contains(., 'مؤتمر مسقط')]").await;
    let shown = "document.querySelector('#chat-1001000000008 .own:last-child .text')?.textContent ?? ''";
    page.wait(&format!("({shown}).includes('14 دولة')"), vec![]).await;
    let before = page.run(&format!("return {shown}"), vec![]).await;
    let longer = locale().text("button-longer");
    page.click(&format!("({ELSEWHERE}//article)[last()]//button[.='{longer}']")).await;
    page.wait(&format!("({shown}) !== arguments[0]"), vec![before]).await;
    check_layout(page).await;
    page.picture("14-shared").await;
}

/// The group that the bot is no member of.
const ELSEWHERE: &str = "//*[@id='chat-1001000000008']";

fn locale() -> &'static Locale {
    Locale::of(Language::Arabic)
}

/// The text of the bot's message of this number in the private chat.
async fn text(page: &Page, number: usize) -> String {
    let script = "return document.querySelectorAll('#chat7 .bot .text')[arguments[0] - 1]?.textContent ?? ''";
    page.run(script, vec![json!(number)]).await.as_str().unwrap_or_default().to_owned()
}

/// Waits for the bot's message of this number to say `words`; gives back all of it.
async fn shown(page: &Page, number: usize, words: &str) -> String {
    let condition = "document.querySelectorAll('#chat7 .bot .text')[arguments[0] - 1]?.textContent.includes(arguments[1])";
    page.wait(condition, vec![json!(number), json!(words)]).await;
    text(page, number).await
}

/// Presses a button of the first answer, and waits until the answer has changed.
async fn press(page: &Page, key: &str) {
    let before = text(page, 1).await;
    let xpath = format!("(//article[contains(@class, 'bot')])[1]//button[.='{}']", locale().text(key));
    page.click(&xpath).await;
    let condition = "document.querySelector('#chat7 .bot .text').textContent !== arguments[0]";
    page.wait(condition, vec![json!(before)]).await;
}

fn bullets(text: &str) -> usize {
    let summary =
        text.lines().take_while(|line| !line.contains("🔢") && !line.contains("👥") && !line.contains("💬"));
    summary.filter(|line| line.starts_with("\u{200f}• ")).count()
}

/// Sees that nothing is cut: nothing is wider than the window or its bubble, and that each Arabic line runs from the
/// right, its bullet outermost.
async fn check_layout(page: &Page) {
    let faults = page.run(include_str!("layout.js"), vec![]).await;
    assert_eq!(faults, Value::Array(vec![]));
}
