//! Limits and notices.

use std::time::Duration;

use mujaz::store::{ChatId, PersonId, Rate, Subject, Verdict};
use tokio::task::JoinSet;

use crate::harness::{at, on_each_store};

const PERSON: Subject = Subject::Person(PersonId(5));
const CHAT: Subject = Subject::Chat(ChatId(-77));
/// Three at once, then one in ten seconds.
const RATE: Rate = Rate { burst: 3, refill: Duration::from_secs(10) };
const WIDE: Rate = Rate { burst: 1000, refill: Duration::from_millis(1) };

fn refused(subject: Subject, second: i64) -> Verdict {
    Verdict::Refused { subject, until: at(second) }
}

on_each_store! {
    async fn a_burst_is_granted_and_then_one_for_each_refill_also_over_a_restart(place: &Place) {
        let mut verdicts = Vec::new();
        for second in [0, 0, 1, 1, 9, 10, 10, 20, 100, 100, 100, 100] {
            verdicts.push(place.open().await.take(&[(PERSON, RATE)], at(second)).await.unwrap());
        }
        let granted = Verdict::Granted;
        let expected = [
            granted, granted, granted, refused(PERSON, 10), refused(PERSON, 10), granted,
            refused(PERSON, 20), granted, granted, granted, granted, refused(PERSON, 110),
        ];
        assert_eq!(verdicts, expected);
    }

    async fn what_one_limit_refuses_counts_against_none(place: &Place) {
        let store = place.open().await;
        let narrow = [(PERSON, WIDE), (CHAT, RATE), (Subject::Bot, WIDE)];
        for _ in 0..3 {
            assert_eq!(store.take(&narrow, at(0)).await.unwrap(), Verdict::Granted);
        }
        let before = place.number("SELECT CAST(SUM(full_at) AS BIGINT) FROM limits").await;
        for _ in 0..20 {
            assert_eq!(store.take(&narrow, at(0)).await.unwrap(), refused(CHAT, 10));
        }
        assert_eq!(place.number("SELECT CAST(SUM(full_at) AS BIGINT) FROM limits").await, before);
        // The same number as a person and as a chat are two allowances.
        let private = [(PERSON, RATE), (Subject::Chat(ChatId(5)), RATE)];
        assert_eq!(store.take(&private, at(60)).await.unwrap(), Verdict::Granted);
    }

    async fn what_is_taken_back_can_be_had_again(place: &Place) {
        let store = place.open().await;
        let limits = [(PERSON, RATE), (Subject::Bot, WIDE)];
        for _ in 0..3 {
            assert_eq!(store.take(&limits, at(0)).await.unwrap(), Verdict::Granted);
        }
        assert_eq!(store.take(&limits, at(0)).await.unwrap(), refused(PERSON, 10));
        store.untake(&limits).await.unwrap();
        assert_eq!(store.take(&limits, at(0)).await.unwrap(), Verdict::Granted);
        assert_eq!(store.take(&limits, at(0)).await.unwrap(), refused(PERSON, 10));
    }

    async fn replicas_that_race_never_grant_one_too_many(place: &Place) {
        let stores = [place.open().await, place.open().await];
        let mut race = JoinSet::new();
        for number in 0..80_i64 {
            let store = stores[usize::from(number % 2 == 0)].clone();
            let person = Subject::Person(PersonId(number % 7));
            let bot = (Subject::Bot, Rate { burst: 10, ..RATE });
            race.spawn(async move { store.take(&[bot, (person, WIDE)], at(0)).await.unwrap() });
        }
        let verdicts = race.join_all().await;
        assert_eq!(verdicts.iter().filter(|verdict| **verdict == Verdict::Granted).count(), 10);
    }

    async fn a_clock_set_back_does_not_refuse_for_as_long_as_it_was_wrong(place: &Place) {
        let store = place.open().await;
        let year = 365 * 86_400;
        assert_eq!(store.take(&[(PERSON, RATE)], at(year)).await.unwrap(), Verdict::Granted);
        assert_eq!(store.take(&[(PERSON, RATE)], at(0)).await.unwrap(), refused(PERSON, 10));
        assert_eq!(store.take(&[(PERSON, RATE)], at(10)).await.unwrap(), Verdict::Granted);
        // Told under the wrong clock, it may be told again.
        assert!(store.may_tell(ChatId(5), "limit", at(year)).await.unwrap());
        assert!(store.may_tell(ChatId(5), "limit", at(0)).await.unwrap());
        assert!(!store.may_tell(ChatId(5), "limit", at(1)).await.unwrap());
    }

    async fn an_odd_rate_neither_panics_nor_grants_for_ever(place: &Place) {
        let store = place.open().await;
        let none = Rate { burst: 0, refill: Duration::ZERO };
        assert_eq!(store.take(&[(PERSON, none)], at(0)).await.unwrap(), Verdict::Granted);
        assert!(matches!(store.take(&[(PERSON, none)], at(0)).await.unwrap(), Verdict::Refused { .. }));
        let endless = Rate { burst: 1, refill: Duration::MAX };
        assert_eq!(store.take(&[(CHAT, endless)], at(0)).await.unwrap(), Verdict::Granted);
        assert!(matches!(store.take(&[(CHAT, endless)], at(86_400)).await.unwrap(), Verdict::Refused { .. }));
        assert_eq!(store.take(&[], at(0)).await.unwrap(), Verdict::Granted);
    }

    async fn full_allowances_are_not_remembered(place: &Place) {
        let store = place.open().await;
        store.take(&[(PERSON, RATE), (CHAT, RATE)], at(0)).await.unwrap();
        store.sweep(at(9)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM limits").await, 2);
        store.sweep(at(10)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM limits").await, 0);
    }

    async fn a_chat_is_told_once_a_minute_of_each_thing(place: &Place) {
        let (one, other) = (place.open().await, place.open().await);
        let group = ChatId(-77);
        assert!(one.may_tell(group, "limit", at(0)).await.unwrap());
        assert!(!other.may_tell(group, "limit", at(59)).await.unwrap());
        assert!(other.may_tell(group, "busy", at(59)).await.unwrap());
        assert!(other.may_tell(ChatId(5), "limit", at(59)).await.unwrap());
        assert!(other.may_tell(group, "limit", at(60)).await.unwrap());
        let mut race = JoinSet::new();
        for number in 0..40 {
            let store = if number % 2 == 0 { one.clone() } else { other.clone() };
            race.spawn(async move { store.may_tell(group, "limit", at(200)).await.unwrap() });
        }
        assert_eq!(race.join_all().await.into_iter().filter(|told| *told).count(), 1);
        one.sweep(at(4000)).await.unwrap();
        assert_eq!(place.number("SELECT COUNT(*) FROM notices").await, 0);
    }
}
