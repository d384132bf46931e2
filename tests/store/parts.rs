//! The parts of a text that Telegram cut.

use mujaz::store::{AnswerId, ChatId, MessageId, Part, PersonId, Question, Store};

use crate::harness::{at, on_each_store, pasted};

const PERSON: PersonId = PersonId(700_123);
const CHAT: ChatId = ChatId(700_123);
/// Parts are kept for ten minutes.
const END: i64 = 600;

fn part(message: i32, text: &str) -> Part {
    Part { message: MessageId(message), written_at: 1_790_000_000, text: text.to_owned() }
}

/// An answer to message 1, shown by message 50.
async fn answered(store: &Store, text: &str) -> AnswerId {
    let question = Question { chat: Some(CHAT), person: Some(PERSON), message: Some(MessageId(1)) };
    let id = store.keep_answer(&pasted(text), question, at(0)).await.unwrap();
    store.answer_sent(&id, MessageId(50)).await.unwrap();
    id
}

async fn texts(store: &Store, message: i32, second: i64) -> Option<Vec<String>> {
    let found = store.answer_with_part(CHAT, MessageId(message), at(second)).await.unwrap();
    found.map(|(_, parts)| parts.into_iter().map(|part| part.text).collect())
}

on_each_store! {
    async fn parts_stand_in_order_and_one_that_was_edited_in_its_place(place: &Place) {
        let store = place.open().await;
        let id = answered(&store, "أول").await;
        store.keep_part(&id, &part(1, "أول"), at(0)).await.unwrap();
        store.show_with_part(&id, &pasted("أول ثان"), &part(2, "ثان\0"), at(1)).await.unwrap();
        store.show_with_part(&id, &pasted("أول ثان ثالث"), &part(3, "ثالث"), at(2)).await.unwrap();
        store.show_with_part(&id, &pasted("بدء ثان ثالث"), &part(1, "بدء"), at(3)).await.unwrap();
        let (answer, parts) = store.answer_with_part(CHAT, MessageId(2), at(4)).await.unwrap().unwrap();
        assert_eq!(parts, [part(1, "بدء"), part(2, "ثان"), part(3, "ثالث")]);
        assert_eq!(answer.article.body, "بدء ثان ثالث");
        assert_eq!((answer.id, answer.sent), (id, Some(MessageId(50))));
    }

    async fn a_message_is_found_by_itself_and_by_the_part_before_it(place: &Place) {
        let store = place.open().await;
        let id = answered(&store, "أول").await;
        store.keep_part(&id, &part(1, "أول"), at(0)).await.unwrap();
        for (message, found) in [(1, true), (2, true), (9, true), (0, false)] {
            assert_eq!(texts(&store, message, 1).await.is_some(), found, "{message}");
        }
        let elsewhere = store.answer_with_part(ChatId(5), MessageId(1), at(1)).await.unwrap();
        assert!(elsewhere.is_none(), "another chat numbers its messages itself");
    }

    async fn parts_are_kept_for_ten_minutes_and_no_longer_than_their_answer(place: &Place) {
        let store = place.open().await;
        let id = answered(&store, "أول").await;
        store.keep_part(&id, &part(1, "أول"), at(0)).await.unwrap();
        assert!(texts(&store, 1, END - 1).await.is_some());
        assert!(texts(&store, 1, END).await.is_none());
        store.sweep(at(END)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM parts").await, 0);
        store.keep_part(&id, &part(1, "أول"), at(END)).await.unwrap();
        store.forget_person(PERSON, at(END + 1)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM parts").await, 0);
        // What comes after the forgetting is not kept either.
        store.keep_part(&id, &part(1, "أول"), at(END + 2)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM parts").await, 0);
    }

    async fn a_clock_that_ran_ahead_keeps_parts_no_longer(place: &Place) {
        let store = place.open().await;
        let id = answered(&store, "أول").await;
        let year = 365 * 86_400;
        store.keep_part(&id, &part(1, "أول"), at(year)).await.unwrap();
        store.sweep(at(0)).await.unwrap();
        assert!(texts(&store, 1, END - 1).await.is_some());
        assert!(texts(&store, 1, END).await.is_none());
    }
}
