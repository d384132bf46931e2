//! The whole road: an update goes in, the right reply comes out, once.

use std::time::Duration;

use mujaz::standin::{Call, Fault, parse_html};
use serde_json::{Value, json};

use crate::harness::{PATIENCE, PERSON, SAMPLE, World, private, with};

#[tokio::test]
async fn a_pasted_article_gets_its_summary() {
    let world = World::start().await;
    let reply = world.ask(private(1, SAMPLE)).await;
    let shown = parse_html(reply.text()).expect("Telegram took it").text;
    assert!(shown.contains("مؤتمر مسقط: 14 دولة تتفق على خطة مشتركة لمواجهة شح المياه"), "{shown}");
    assert!(shown.lines().filter(|line| line.starts_with("\u{200f}• ")).count() >= 3, "{shown}");
    assert!(shown.lines().all(|line| line.is_empty() || line.starts_with('\u{200f}')), "{shown}");
    for clutter in ["اقرأ أيضاً", "شاهد أيضاً", "مقالات ذات صلة", "5 طرق"] {
        assert!(!shown.contains(clutter), "{clutter} stands in {shown}");
    }
    assert_eq!(reply.parameters["reply_parameters"]["message_id"], 1);
    assert_eq!(reply.parameters["chat_id"], PERSON);
    assert!(!world.telegram.calls_of("sendChatAction").is_empty(), "the bot types while it works");
    world.stop().await;
}

#[tokio::test]
async fn what_is_no_article_gets_one_sentence_that_says_why() {
    let world = World::start().await;
    let short = world.ask(private(1, "الطقس جميل هنا")).await;
    assert!(short.text().contains("النص قصير"), "{}", short.text());
    let english = "The ministers met in the capital on Monday and agreed on a plan. ".repeat(12);
    let foreign = world.ask(private(2, &english)).await;
    assert!(foreign.text().contains("لا ألخّص إلا المقالات العربية"), "{}", foreign.text());
    world.stop().await;
}

#[tokio::test]
async fn the_language_is_the_persons() {
    let world = World::start().await;
    let mut update = private(1, "الطقس جميل هنا");
    update["message"]["from"]["language_code"] = "en-GB".into();
    let reply = world.ask(update).await;
    assert!(reply.text().contains("too short"), "{}", reply.text());
    world.stop().await;
}

#[tokio::test]
async fn when_telegram_asks_for_patience_the_answer_comes_later_and_once() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::TooManyRequests(1));
    let reply = world.ask(private(1, SAMPLE)).await;
    let tries = world.telegram.calls_of("sendMessage");
    assert_eq!(tries.iter().map(|call| call.status).collect::<Vec<_>>(), [429, 200]);
    assert!(reply.at - tries[0].at >= Duration::from_secs(1));
    world.stop().await;
}

/// The connection breaks while a message is on its way: it is looked for, and found.
#[tokio::test]
async fn an_answer_that_may_have_arrived_is_not_said_again() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::AnswerLost);
    world.telegram.send(numbered(&world, SAMPLE));
    let looked = |calls: &[Call]| calls.iter().any(|call| call.method == "editMessageText");
    assert!(world.telegram.wait(PATIENCE, looked).await);
    world.messages(1).await;
    let edits = world.telegram.calls_of("editMessageText");
    assert_eq!(edits.iter().map(|call| call.status).collect::<Vec<_>>(), [400], "it is as it was");
    assert_eq!(world.stop().await.waiting(), 0);
}

/// The same, and it is not there.
#[tokio::test]
async fn an_answer_that_did_not_arrive_is_said_again() {
    let world = World::with(&[("MUJAZ_PACE", "1000")]).await;
    world.telegram.fail("sendMessage", Fault::Disconnect);
    world.ask(numbered(&world, SAMPLE)).await;
    let tries = world.telegram.calls_of("sendMessage");
    assert_eq!(tries.iter().map(|call| call.status).collect::<Vec<_>>(), [0, 200]);
    assert_eq!(world.stop().await.waiting(), 0);
}

/// A private message under the number that Telegram would give it.
fn numbered(world: &World, text: &str) -> Value {
    with(private(1, text), json!({"message_id": world.telegram.number(PERSON)}))
}

#[tokio::test]
async fn a_person_who_blocked_the_bot_disturbs_nobody() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::Blocked);
    world.telegram.send(private(1, SAMPLE));
    world.telegram.wait(PATIENCE, |calls| calls.iter().any(|c| c.status == 403)).await;
    world.ask(private(2, "/help")).await;
    world.stop().await;
}

#[tokio::test]
async fn an_update_that_comes_twice_is_answered_once() {
    let world = World::start().await;
    let id = world.telegram.push(private(1, SAMPLE));
    world.messages(1).await;
    world.telegram.push_as(id, private(1, SAMPLE));
    world.messages(1).await;
    let telegram = world.stop().await;
    assert_eq!(telegram.waiting(), 0, "all updates are acknowledged");
}

#[tokio::test]
async fn what_nobody_knows_is_passed_over() {
    let world = World::start().await;
    world.telegram.send(json!({"guest_message": {"novel": true}}));
    world.telegram.send(json!({"message": {"message_id": "not a number"}}));
    world.telegram.send(json!({"message": {"message_id": 3, "chat": null}}));
    let mut odd = private(4, SAMPLE);
    odd["message"]["entities"] = json!([{"type": "date_time", "offset": 0, "length": 3}, 5]);
    odd["message"]["external_reply"] = json!({"origin": {"type": "hidden_user"}});
    world.ask(odd).await;
    world.stop().await;
}

#[tokio::test]
async fn a_link_gets_the_summary_of_its_page() {
    let world = World::start().await;
    let link = world.site.url("news/doha");
    let reply = world.ask(private(1, &format!("اقرأوا {link}"))).await;
    let shown = parse_html(reply.text()).expect("Telegram took it");
    assert!(shown.text.contains("مؤتمر doha: 14 دولة"), "{}", shown.text);
    // What the page calls itself says nothing of where it was read.
    assert!(!shown.text.contains("جريدة الوادي"), "{}", shown.text);
    assert!(!shown.text.contains("جميع الحقوق"), "{}", shown.text);
    assert!(shown.entities.iter().any(|entity| entity["url"] == link.as_str()), "{:?}", shown.entities);
    world.stop().await;
}

#[tokio::test]
async fn three_links_get_three_replies_in_order() {
    let world = World::start().await;
    let links: Vec<String> =
        ["news/doha", "forbidden", "museum/amman"].iter().map(|path| world.site.url(path)).collect();
    world.telegram.send(private(1, &links.join(" ")));
    let replies = world.messages(3).await;
    for (reply, expected) in replies.iter().zip(["مؤتمر doha", "رفض الموقع طلبي", "متحف amman"])
    {
        assert!(reply.text().contains(expected), "{}", reply.text());
    }
    world.stop().await;
}

#[tokio::test]
async fn a_page_that_cannot_be_read_gets_one_sentence_that_says_why() {
    let world = World::start().await;
    let site = |path| world.site.url(path);
    let cases = [
        ("http://127.0.0.1:1/".to_owned(), "المنافذ المعتادة"),
        ("http://127.0.0.1/".to_owned(), "شبكة خاصة"),
        ("http://169.254.169.254/latest/meta-data/".to_owned(), "شبكة خاصة"),
        (site("inside"), "شبكة خاصة"),
        ("https://no-such-site.invalid/a".to_owned(), "تعذّر الوصول إلى الموقع"),
        (site("nothing"), "لم أجد هذا المقال"),
        (site("fault"), "عطل"),
        (site("picture"), "لا يشير هذا الرابط إلى صفحة"),
        (site("loop"), "بلا نهاية"),
        (site("slow"), "تأخّر الموقع"),
    ];
    let world = &world;
    for (index, (link, expected)) in cases.iter().enumerate() {
        let id = i32::try_from(index).expect("few") + 1;
        let reply = world.ask(private(id, link)).await;
        assert!(reply.text().contains(expected), "{link}: {}", reply.text());
        // Not more than the limits of one person allow.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_page_in_another_language_is_not_summarised() {
    let world = World::start().await;
    let reply = world.ask(private(1, &world.site.url("english"))).await;
    assert!(reply.text().contains("لا ألخّص إلا المقالات العربية"), "{}", reply.text());
    world.stop().await;
}
