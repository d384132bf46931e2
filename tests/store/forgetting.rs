//! Forgetting, and following a group that became a supergroup.

use std::time::Duration;

use mujaz::store::{
    ArticleKey, ChatId, ChatSettings, Earlier, Hold, MessageId, Part, PersonId, Question, Rate, Replica,
    Setting, Store, Subject, Telling, UpdateId,
};

use crate::harness::{Place, article, at, on_each_store, pasted};

const GROUP: ChatId = ChatId(-1_000_077);
const SUPERGROUP: ChatId = ChatId(-1_001_234_567_890);
const PERSON: PersonId = PersonId(700_123);
const NEIGHBOUR: PersonId = PersonId(700_124);
const RATE: Rate = Rate { burst: 3, refill: Duration::from_secs(10) };

/// Leaves a trace of that person in that chat in every table that can hold one.
async fn leave_traces(store: &Store, chat: ChatId, person: PersonId, text: &str) {
    let update = UpdateId(chat.0 + person.0);
    let lease = Duration::from_secs(30);
    store.claim(update, Some(chat), &Replica::random(), lease, at(0)).await.unwrap();
    store.set(chat, Setting::Auto(true)).await.unwrap();
    let message = Some(MessageId(41));
    let question = Question { chat: Some(chat), person: Some(person), message };
    let id = store.keep_answer(&pasted(text), question, at(0)).await.unwrap();
    store.answer_sent(&id, MessageId(42)).await.unwrap();
    store.note_seen(chat, &ArticleKey::of(&pasted(text)), MessageId(42), at(0)).await.unwrap();
    let telling = Telling { key: ArticleKey::of(&pasted(text)), answer: Some(id), account: "{}".to_owned() };
    store.note_told(question, MessageId(42), vec![telling], at(0)).await.unwrap();
    store.may_tell(chat, "limit", at(0)).await.unwrap();
    let limits = [(Subject::Person(person), RATE), (Subject::Chat(chat), RATE), (Subject::Bot, RATE)];
    store.take(&limits, at(0)).await.unwrap();
}

/// The tables and columns that hold a number anywhere.
async fn traces_of(place: &Place, number: i64) -> Vec<String> {
    let mut found = Vec::new();
    for (table, column) in place.columns().await {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE CAST({column} AS TEXT) = '{number}'");
        if place.number(&sql).await > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found.sort();
    found
}

async fn texts(place: &Place) -> i64 {
    place.number("SELECT COUNT(*) FROM articles").await
}

on_each_store! {
    async fn a_chat_leaves_no_trace_in_any_table(place: &Place) {
        let store = place.open().await;
        leave_traces(&store, GROUP, PERSON, "نص من المجموعة").await;
        leave_traces(&store, ChatId(NEIGHBOUR.0), NEIGHBOUR, "نص الجار").await;
        let all = ["answers.chat_id", "chats.chat_id", "limits.subject_id", "notices.chat_id", "seen.chat_id", "told.chat_id", "updates.chat_id"];
        assert_eq!(traces_of(place, GROUP.0).await, all, "the test leaves a trace in every table with such a column");

        store.forget_chat(GROUP, at(60)).await.unwrap();
        assert_eq!(traces_of(place, GROUP.0).await, [""; 0]);
        assert_eq!(store.settings(GROUP).await.unwrap(), ChatSettings::default());
        assert_eq!(texts(place).await, 1, "the neighbour's");
        assert!(store.settings(ChatId(NEIGHBOUR.0)).await.unwrap().auto);
    }

    async fn a_person_leaves_no_trace_in_any_table(place: &Place) {
        let store = place.open().await;
        let private = ChatId(PERSON.0);
        leave_traces(&store, private, PERSON, "نص خاص").await;
        leave_traces(&store, GROUP, PERSON, "نص منه في المجموعة").await;
        leave_traces(&store, GROUP, NEIGHBOUR, "نص الجار").await;
        let inline = Question { person: Some(PERSON), ..Question::default() };
        store.keep_answer(&article("رابط"), inline, at(0)).await.unwrap();
        assert_eq!(texts(place).await, 4);

        store.forget_person(PERSON, at(60)).await.unwrap();
        assert_eq!(traces_of(place, PERSON.0).await, [""; 0]);
        assert_eq!(texts(place).await, 1, "the neighbour's");
        assert!(store.settings(GROUP).await.unwrap().auto, "a group's settings are not one person's");
    }

    async fn a_text_that_others_asked_about_too_stays_for_them(place: &Place) {
        let store = place.open().await;
        leave_traces(&store, ChatId(PERSON.0), PERSON, "نص مشترك").await;
        leave_traces(&store, ChatId(NEIGHBOUR.0), NEIGHBOUR, "نص مشترك").await;
        store.forget_person(PERSON, at(1)).await.unwrap();
        assert_eq!(texts(place).await, 1);
        store.forget_person(NEIGHBOUR, at(1)).await.unwrap();
        assert_eq!(texts(place).await, 0);
    }

    /// The one exception, and its end.
    async fn forgetting_is_no_way_round_a_limit(place: &Place) {
        let store = place.open().await;
        leave_traces(&store, ChatId(PERSON.0), PERSON, "نص").await;
        store.forget_person(PERSON, at(1)).await.unwrap();
        assert_eq!(traces_of(place, PERSON.0).await, ["limits.subject_id"]);
        store.sweep(at(10)).await.unwrap();
        assert_eq!(traces_of(place, PERSON.0).await, [""; 0]);
    }

    async fn a_group_that_becomes_a_supergroup_takes_everything_along(place: &Place) {
        let store = place.open().await;
        leave_traces(&store, GROUP, PERSON, "نص").await;
        store.migrate_chat(GROUP, SUPERGROUP).await.unwrap();
        // Telegram says it once in each of the two.
        store.migrate_chat(GROUP, SUPERGROUP).await.unwrap();
        assert_eq!(traces_of(place, GROUP.0).await, [""; 0]);
        assert!(store.settings(SUPERGROUP).await.unwrap().auto);
        let seen = store.seen(SUPERGROUP, &ArticleKey::of(&pasted("نص")), at(1)).await.unwrap();
        assert_eq!(seen, Some(Earlier { message: None }), "its number means another message now");
        let told = store.told(SUPERGROUP, at(0), Some(MessageId(41)), at(1)).await.unwrap();
        assert_eq!(told.iter().map(|told| told.message).collect::<Vec<_>>(), [None]);
        assert_eq!(store.answers_to(SUPERGROUP, MessageId(41), at(1)).await.unwrap().len(), 1);
        assert!(!store.may_tell(SUPERGROUP, "limit", at(1)).await.unwrap());
    }

    async fn a_supergroup_that_has_chosen_already_keeps_its_choice(place: &Place) {
        let store = place.open().await;
        leave_traces(&store, GROUP, PERSON, "نص").await;
        leave_traces(&store, SUPERGROUP, PERSON, "نص").await;
        store.set(SUPERGROUP, Setting::Auto(false)).await.unwrap();
        store.migrate_chat(GROUP, SUPERGROUP).await.unwrap();
        assert_eq!(traces_of(place, GROUP.0).await, [""; 0]);
        assert!(!store.settings(SUPERGROUP).await.unwrap().auto);
        let seen = store.seen(SUPERGROUP, &ArticleKey::of(&pasted("نص")), at(1)).await.unwrap();
        assert_eq!(seen, Some(Earlier { message: Some(MessageId(42)) }));
        let told = store.told(SUPERGROUP, at(0), None, at(1)).await.unwrap();
        assert_eq!(told.iter().map(|told| told.message).collect::<Vec<_>>(), [Some(MessageId(42))]);
    }

    async fn after_a_sweep_no_time_stamp_lies_in_the_future(place: &Place) {
        let store = place.open().await;
        let ahead = at(365 * 86_400);
        let chat = ChatId(PERSON.0);
        let question = Question { chat: Some(chat), person: Some(PERSON), message: Some(MessageId(41)) };
        let id = store.keep_answer(&pasted("نص"), question, ahead).await.unwrap();
        let part = Part { message: MessageId(41), written_at: 0, text: "نص".to_owned() };
        store.keep_part(&id, &part, ahead).await.unwrap();
        store.keep_page(&"https://example.org/a".parse().unwrap(), &article("رابط"), ahead).await.unwrap();
        store.note_seen(chat, &ArticleKey::of(&pasted("نص")), MessageId(42), ahead).await.unwrap();
        let key = ArticleKey::of(&pasted("نص"));
        let telling = Telling { key, answer: Some(id), account: "{}".to_owned() };
        store.note_told(question, MessageId(42), vec![telling], ahead).await.unwrap();
        store.may_tell(chat, "limit", ahead).await.unwrap();
        let replica = Replica::random();
        for update in 1..=2 {
            store.claim(UpdateId(update), None, &replica, Duration::from_secs(30), ahead).await.unwrap();
        }
        assert_eq!(store.finish(UpdateId(1), &replica, ahead).await.unwrap(), Hold::Kept);
        store.sweep(at(0)).await.unwrap();
        for (table, column) in [
            ("answers", "kept_at"),
            ("articles", "kept_at"),
            ("pages", "fetched_at"),
            ("parts", "kept_at"),
            ("seen", "answered_at"),
            ("told", "told_at"),
            ("notices", "told_at"),
            ("updates WHERE finished_at IS NULL", "claimed_at"),
            ("updates", "finished_at"),
        ] {
            let latest = place.number(&format!("SELECT MAX({column}) FROM {table}")).await;
            assert_eq!(latest, at(0).as_millisecond(), "{table}.{column}");
        }
    }

    async fn a_clock_that_ran_ahead_keeps_nothing_longer(place: &Place) {
        let store = place.open().await;
        let year = 365 * 86_400;
        let id = store.keep_answer(&pasted("نص"), Question::default(), at(year)).await.unwrap();
        // The clock is right again; from the next sweep on the answer ages.
        store.sweep(at(0)).await.unwrap();
        let three_days = 3 * 86_400;
        assert!(store.answer(&id, at(three_days - 1)).await.unwrap().is_some());
        assert!(store.answer(&id, at(three_days)).await.unwrap().is_none());
        assert_eq!(store.sweep(at(three_days)).await.unwrap().articles, 1);
    }
}
