//! Answers, the articles behind them, pages, and the same article once a day.

use std::time::Duration;

use jiff::Timestamp;
use mujaz::article::{Article, Published};
use mujaz::store::{AnswerId, ArticleKey, ChatId, Earlier, MessageId, PersonId, Question, Retention, Store};

use crate::harness::{article, at, on_each_store, pasted};

const GROUP: ChatId = ChatId(-77);
const QUESTION: Question =
    Question { chat: Some(GROUP), person: Some(PersonId(5)), message: Some(MessageId(41)) };

async fn keep(store: &Store, article: &Article, now: Timestamp) -> AnswerId {
    store.keep_answer(article, QUESTION, now).await.unwrap()
}

async fn is_kept(store: &Store, id: &AnswerId, now: Timestamp) -> bool {
    store.answer(id, now).await.unwrap().is_some()
}

on_each_store! {
    async fn an_answer_works_after_a_restart(place: &Place) {
        let store = place.open().await;
        let id = keep(&store, &article("المؤتمر"), at(0)).await;
        store.answer_sent(&id, MessageId(42)).await.unwrap();
        drop(store);
        let found = place.open().await.answer(&id, at(60)).await.unwrap().unwrap();
        assert_eq!(found.id, id);
        assert_eq!(found.article, article("المؤتمر"));
        assert_eq!(found.question, QUESTION);
        assert_eq!(found.sent, Some(MessageId(42)));
        assert_eq!(found.kept_at, at(0));
    }

    /// A replica died while it sent an answer: the next one goes on with the same name, which is in the message's buttons.
    async fn an_answer_that_is_in_doubt_is_found_again(place: &Place) {
        let store = place.open().await;
        let unsent = async |topic| store.unsent_answer(&article(topic), QUESTION).await.unwrap();
        assert_eq!(unsent("خبر").await, None);
        let id = keep(&store, &article("خبر"), at(0)).await;
        let elsewhere = Question { message: Some(MessageId(43)), ..QUESTION };
        store.keep_answer(&article("خبر"), elsewhere, at(1)).await.unwrap();
        assert_eq!(unsent("خبر").await, Some(id.clone()));
        assert_eq!(unsent("خبر آخر").await, None, "the page says something else now");
        store.answer_sent(&id, MessageId(42)).await.unwrap();
        assert_eq!(unsent("خبر").await, None);
    }

    async fn every_kind_of_article_comes_back_as_it_was(place: &Place) {
        let store = place.open().await;
        let dated = |time, offset| Article {
            published: Some(Published { date: jiff::civil::date(2026, 2, 28), time, offset }),
            ..pasted("نص")
        };
        let time = jiff::civil::time(23, 59, 0, 0);
        let articles = [
            pasted(""),
            pasted("“نص” فيه 'علامات' و\\ و% و👩‍👩‍👧 و\u{200f}\u{2067}اتجاهات\u{2069}"),
            pasted(&"كلمة طويلة في نص طويل جدا. ".repeat(22_000)),
            dated(None, None),
            dated(Some(time), None),
            dated(Some(time), Some(jiff::tz::Offset::UTC)),
        ];
        for expected in articles {
            let id = keep(&store, &expected, at(0)).await;
            let found = store.answer(&id, at(0)).await.unwrap().unwrap();
            assert!(found.article == expected, "{:.60}", expected.body);
        }
    }

    /// PostgreSQL refuses U+0000 in a text.
    async fn a_nul_in_a_page_is_dropped(place: &Place) {
        let store = place.open().await;
        let id = keep(&store, &pasted("قبل\0بعد"), at(0)).await;
        assert_eq!(store.answer(&id, at(0)).await.unwrap().unwrap().article.body, "قبلبعد");
    }

    async fn an_inline_answer_has_no_chat(place: &Place) {
        let store = place.open().await;
        let question = Question { person: Some(PersonId(5)), ..Question::default() };
        let id = store.keep_answer(&article("خبر"), question, at(0)).await.unwrap();
        assert_eq!(store.answer(&id, at(0)).await.unwrap().unwrap().question, question);
    }

    async fn an_answer_expires_swept_or_not(place: &Place) {
        let store = place.open_keeping(Retention { answers: Duration::from_secs(100), ..Retention::default() }).await;
        let id = keep(&store, &article("خبر"), at(0)).await;
        assert!(is_kept(&store, &id, at(99)).await);
        assert!(!is_kept(&store, &id, at(100)).await);
        let swept = store.sweep(at(99)).await.unwrap();
        assert_eq!((swept.answers, swept.articles), (0, 0));
        let swept = store.sweep(at(100)).await.unwrap();
        assert_eq!((swept.answers, swept.articles), (1, 1));
        assert_eq!(place.number("SELECT COUNT(*) FROM articles").await, 0);
    }

    async fn an_article_is_kept_once_and_as_long_as_one_answer_needs_it(place: &Place) {
        let store = place.open_keeping(Retention { answers: Duration::from_secs(100), ..Retention::default() }).await;
        keep(&store, &article("خبر"), at(0)).await;
        let later = keep(&store, &article("خبر"), at(50)).await;
        assert_eq!(place.number("SELECT COUNT(*) FROM articles").await, 1);
        store.sweep(at(120)).await.unwrap();
        assert!(is_kept(&store, &later, at(120)).await);
        store.drop_answer(&later).await.unwrap();
        assert!(!is_kept(&store, &later, at(120)).await);
        store.sweep(at(121)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM articles").await, 0);
    }

    async fn a_message_with_three_links_has_three_answers_in_order(place: &Place) {
        let store = place.open().await;
        for (topic, sent) in [("ثان", 52), ("أول", 51), ("ثالث", 53)] {
            let id = keep(&store, &article(topic), at(0)).await;
            store.answer_sent(&id, MessageId(sent)).await.unwrap();
        }
        // Kept, but never sent: nothing can be edited.
        keep(&store, &article("رابع"), at(0)).await;
        let found = store.answers_to(GROUP, MessageId(41), at(1)).await.unwrap();
        let headlines: Vec<_> = found.iter().map(|answer| answer.article.headline.as_str()).collect();
        assert_eq!(headlines, ["أول: عنوان الخبر", "ثان: عنوان الخبر", "ثالث: عنوان الخبر"]);
        assert!(store.answers_to(GROUP, MessageId(40), at(1)).await.unwrap().is_empty());
        assert!(store.answers_to(ChatId(-78), MessageId(41), at(1)).await.unwrap().is_empty());
    }

    async fn an_edited_question_changes_the_article_behind_the_same_buttons(place: &Place) {
        let store = place.open().await;
        let id = keep(&store, &pasted("نص فيه خطأ"), at(0)).await;
        store.replace_article(&id, &pasted("نص صحيح"), at(30)).await.unwrap();
        assert_eq!(store.answer(&id, at(31)).await.unwrap().unwrap().article, pasted("نص صحيح"));
        store.sweep(at(31)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM articles").await, 1);
    }

    async fn the_oldest_articles_make_room_when_the_cap_is_reached(place: &Place) {
        let store = place.open_keeping(Retention { article_bytes: 1 << 20, ..Retention::default() }).await;
        let mut ids = Vec::new();
        for number in 0..60 {
            // 50 kB each: three megabytes in all.
            let body = format!("{number} ") + &"س".repeat(25_000);
            ids.push(keep(&store, &pasted(&body), at(number)).await);
            let bytes = place.number("SELECT CAST(SUM(bytes) AS BIGINT) FROM articles").await;
            assert!(bytes <= (1 << 20) + (1 << 20) / 16 + 60_000, "{bytes} bytes without a sweep");
        }
        store.sweep(at(60)).await.unwrap();
        let bytes = place.number("SELECT CAST(SUM(bytes) AS BIGINT) FROM articles").await;
        assert!(((1 << 20) - 60_000..=1 << 20).contains(&bytes), "{bytes}");
        let mut kept = Vec::new();
        for id in &ids {
            kept.push(is_kept(&store, id, at(60)).await);
        }
        let first = kept.iter().position(|kept| *kept).unwrap();
        assert!(kept[first..].iter().all(|kept| *kept), "the newest are kept: {kept:?}");
        let rows: i64 = kept.iter().filter(|kept| **kept).count().try_into().unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM answers").await, rows, "they go with their articles");
    }

    /// Fifteen files of one stranger made all other buttons say that they had expired.
    async fn nobody_takes_the_room_of_others(place: &Place) {
        let retention = Retention { article_bytes: 1 << 20, share_bytes: 200_000, ..Retention::default() };
        let store = place.open_keeping(retention).await;
        let reader = keep(&store, &article("خبر"), at(0)).await;
        let stranger = Question { person: Some(PersonId(6)), ..QUESTION };
        let channel = Question { chat: Some(ChatId(-79)), person: None, ..QUESTION };
        let mut ids = Vec::new();
        for number in 1..60 {
            let body = |who: &str| pasted(&(format!("{who} {number} ") + &"س".repeat(25_000)));
            ids.push(store.keep_answer(&body("غريب"), stranger, at(number)).await.unwrap());
            store.keep_answer(&body("قناة"), channel, at(number)).await.unwrap();
            let address = format!("https://long.example/{number}").parse().unwrap();
            store.keep_page(&address, &body("صفحة"), at(number)).await.unwrap();
        }
        store.sweep(at(60)).await.unwrap();
        assert!(is_kept(&store, &reader, at(60)).await, "the reader's buttons work");
        let mut kept = Vec::new();
        for id in &ids {
            kept.push(is_kept(&store, id, at(60)).await);
        }
        let first = kept.iter().position(|kept| *kept).unwrap();
        assert_eq!(kept.len() - first, 4, "the stranger's newest are kept: {kept:?}");
        // One that is larger than the share alone is kept until the next.
        let large = store.keep_answer(&pasted(&"س".repeat(150_000)), stranger, at(61)).await.unwrap();
        assert!(is_kept(&store, &large, at(61)).await);
        store.keep_answer(&pasted("نص"), stranger, at(62)).await.unwrap();
        assert!(is_kept(&store, &large, at(62)).await);
        store.keep_answer(&pasted(&"ش".repeat(150_000)), stranger, at(63)).await.unwrap();
        assert!(!is_kept(&store, &large, at(63)).await);
    }

    async fn an_article_that_was_asked_for_again_is_young_again(place: &Place) {
        let store = place.open_keeping(Retention { article_bytes: 120_000, ..Retention::default() }).await;
        let body = |letter: &str| pasted(&letter.repeat(25_000));
        keep(&store, &body("أ"), at(0)).await;
        let rival = keep(&store, &body("ب"), at(1)).await;
        let again = keep(&store, &body("أ"), at(2)).await;
        keep(&store, &body("ج"), at(3)).await;
        store.sweep(at(4)).await.unwrap();
        assert!(is_kept(&store, &again, at(4)).await);
        assert!(!is_kept(&store, &rival, at(4)).await);
    }

    async fn a_page_read_by_one_replica_answers_for_all_for_a_while(place: &Place) {
        let pages = Duration::from_mins(10);
        let one = place.open_keeping(Retention { pages, ..Retention::default() }).await;
        let other = place.open_keeping(Retention { pages, ..Retention::default() }).await;
        let asked = "https://short.example/x".parse().unwrap();
        one.keep_page(&asked, &article("خبر"), at(0)).await.unwrap();
        assert_eq!(other.page(&asked, at(599)).await.unwrap(), Some(article("خبر")));
        let fragment = "https://short.example/x#comments".parse().unwrap();
        assert_eq!(other.page(&fragment, at(1)).await.unwrap(), Some(article("خبر")));
        let stranger = "https://short.example/y".parse().unwrap();
        assert_eq!(other.page(&stranger, at(1)).await.unwrap(), None);
        assert_eq!(other.page(&asked, at(600)).await.unwrap(), None);
        one.keep_page(&asked, &article("محدث"), at(601)).await.unwrap();
        assert_eq!(other.page(&asked, at(602)).await.unwrap(), Some(article("محدث")));
        assert_eq!(one.sweep(at(602)).await.unwrap().articles, 1, "the version that it replaced");
        assert_eq!(one.sweep(at(1300)).await.unwrap().pages, 1);
        assert_eq!(place.number("SELECT COUNT(*) FROM articles").await, 0);
    }

    async fn the_same_article_is_answered_once_a_day_in_each_chat(place: &Place) {
        let store = place.open().await;
        let key = ArticleKey::of(&article("خبر"));
        assert_eq!(store.seen(GROUP, &key, at(0)).await.unwrap(), None);
        store.note_seen(GROUP, &key, MessageId(9), at(0)).await.unwrap();
        drop(store);
        let store = place.open().await;
        let earlier = Some(Earlier { message: Some(MessageId(9)) });
        assert_eq!(store.seen(GROUP, &key, at(86_399)).await.unwrap(), earlier);
        assert_eq!(store.seen(GROUP, &key, at(86_400)).await.unwrap(), None);
        assert_eq!(store.seen(ChatId(-78), &key, at(1)).await.unwrap(), None);
        assert_eq!(store.seen(GROUP, &ArticleKey::of(&article("آخر")), at(1)).await.unwrap(), None);
        store.note_seen(GROUP, &key, MessageId(19), at(90_000)).await.unwrap();
        let earlier = Some(Earlier { message: Some(MessageId(19)) });
        assert_eq!(store.seen(GROUP, &key, at(90_001)).await.unwrap(), earlier);
        store.sweep(at(200_000)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM seen").await, 0);
    }
}

#[test]
fn an_article_is_the_same_by_address_or_else_by_words() {
    let mut other_version = article("خبر");
    other_version.body.push_str("تحديث.");
    assert_eq!(ArticleKey::of(&article("خبر")), ArticleKey::of(&other_version));
    assert_ne!(ArticleKey::of(&article("خبر")), ArticleKey::of(&article("آخر")));
    assert_eq!(ArticleKey::of(&pasted("قال  إن\nالعدد")), ArticleKey::of(&pasted(" قال إن العدد ")));
    assert_ne!(ArticleKey::of(&pasted("قال إن العدد")), ArticleKey::of(&pasted("قال إنالعدد")));
}
