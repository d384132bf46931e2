//! What a chat was told.

use mujaz::store::{ArticleKey, ChatId, MessageId, PersonId, Question, Retention, Store, Telling};

use crate::harness::{at, on_each_store, pasted};

const CHAT: ChatId = ChatId(-1_001_234);
const TWO_DAYS: i64 = 48 * 3600;

fn question(asked: i32) -> Question {
    Question { chat: Some(CHAT), person: Some(PersonId(7)), message: Some(MessageId(asked)) }
}

fn telling(text: &str) -> Telling {
    Telling { key: ArticleKey::of(&pasted(text)), answer: None, account: text.to_owned() }
}

/// Notes that `message` tells `texts`, in answer to the message before it.
async fn tell(store: &Store, message: i32, texts: &[&str], seconds: i64) {
    let told = texts.iter().map(|text| telling(text)).collect();
    store.note_told(question(message - 1), MessageId(message), told, at(seconds)).await.unwrap();
}

/// What the chat was told, with the messages that told it.
async fn told(store: &Store, since: i64, besides: Option<i32>, now: i64) -> Vec<(String, i32)> {
    let told = store.told(CHAT, at(since), besides.map(MessageId), at(now)).await.unwrap();
    told.into_iter().map(|told| (told.account, told.message.map_or(0, |message| message.0))).collect()
}

fn pairs(expected: &[(&str, i32)]) -> Vec<(String, i32)> {
    expected.iter().map(|(text, message)| ((*text).to_owned(), *message)).collect()
}

on_each_store! {
    async fn what_was_told_first_stays_the_first(place: &Place) {
        let store = place.open().await;
        tell(&store, 2, &["ب", "أ"], 0).await;
        tell(&store, 4, &["أ", "ج"], 10).await;
        let all = told(&store, 0, None, 20).await;
        assert_eq!(all.len(), 3);
        assert!(pairs(&[("أ", 2), ("ب", 2), ("ج", 4)]).iter().all(|one| all.contains(one)), "{all:?}");
        assert_eq!(all[2], pairs(&[("ج", 4)])[0], "the first is told first");
        assert_eq!(told(&store, 0, Some(1), 20).await, pairs(&[("ج", 4)]), "but for what this question was answered");
        assert_eq!(told(&store, 10, None, 20).await, pairs(&[("ج", 4)]), "since then");
    }

    async fn a_message_tells_what_it_was_edited_to(place: &Place) {
        let store = place.open().await;
        tell(&store, 2, &["أ", "ب"], 0).await;
        tell(&store, 2, &["ج"], 5).await;
        assert_eq!(told(&store, 0, None, 9).await, pairs(&[("ج", 2)]));
        tell(&store, 2, &[], 6).await;
        assert_eq!(told(&store, 0, None, 9).await, []);
    }

    async fn it_is_forgotten_after_two_days_swept_or_not(place: &Place) {
        let store = place.open().await;
        tell(&store, 2, &["أ"], 0).await;
        assert_eq!(told(&store, 0, None, TWO_DAYS - 1).await.len(), 1);
        assert_eq!(told(&store, 0, None, TWO_DAYS).await, []);
        store.sweep(at(TWO_DAYS)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM told").await, 0);
    }

    async fn of_one_chat_no_more_than_sixty_are_kept(place: &Place) {
        let store = place.open().await;
        for number in 0..64_i32 {
            tell(&store, 2 * number + 2, &[&format!("نص {number}")], i64::from(number)).await;
        }
        let all = told(&store, 0, None, 100).await;
        assert_eq!((all.len(), all[0].0.as_str()), (60, "نص 4"), "the oldest go first");
    }

    async fn of_all_chats_the_oldest_make_room(place: &Place) {
        let store = place.open_keeping(Retention { told_bytes: 50, ..Retention::default() }).await;
        for (number, text) in ["a".repeat(20), "b".repeat(20), "c".repeat(20)].iter().enumerate() {
            let number = i32::try_from(number).unwrap();
            tell(&store, 2 * number + 2, &[text], i64::from(number)).await;
        }
        store.sweep(at(10)).await.unwrap();
        let all = told(&store, 0, None, 20).await;
        assert_eq!(all.iter().map(|(_, message)| *message).collect::<Vec<_>>(), [4, 6]);
    }

    async fn of_a_text_without_end_is_kept_that_it_was_told(place: &Place) {
        let store = place.open().await;
        let telling = Telling { account: "1".repeat(70_000), ..telling("أ") };
        store.note_told(question(1), MessageId(2), vec![telling], at(0)).await.unwrap();
        assert_eq!(told(&store, 0, None, 1).await, pairs(&[("", 2)]));
    }
}
