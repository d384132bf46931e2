//! Updates: claimed once, resumed after a kill, in order within a chat.

use std::time::Duration;

use mujaz::store::{ChatId, Claim, Doubt, Hold, MessageId, Progress, Question, Replica, Store, UpdateId};
use tokio::task::JoinSet;

use crate::harness::{article, at, on_each_store};

const LEASE: Duration = Duration::from_secs(30);
const NEW: Claim = Claim::Ours(Progress { attempt: 1, sent: 0, doubt: None });
const CHAT: Option<ChatId> = Some(ChatId(-77));

async fn claim(store: &Store, update: i64, chat: Option<ChatId>, replica: &Replica, second: i64) -> Claim {
    store.claim(UpdateId(update), chat, replica, LEASE, at(second)).await.unwrap()
}

async fn finish(store: &Store, update: i64, replica: &Replica, second: i64) -> Hold {
    store.finish(UpdateId(update), replica, at(second)).await.unwrap()
}

async fn begin_send(store: &Store, update: i64, replica: &Replica, second: i64) -> Hold {
    let after = Some(number(update));
    store.begin_send(UpdateId(update), replica, LEASE, after, at(second)).await.unwrap()
}

async fn sent(store: &Store, update: i64, replica: &Replica) -> Hold {
    store.sent(UpdateId(update), replica, Some((ChatId(7), number(update + 1)))).await.unwrap()
}

/// The highest message number when an update was answered.
fn number(update: i64) -> MessageId {
    MessageId(i32::try_from(700 + update).unwrap())
}

on_each_store! {
    async fn an_update_is_handled_once(place: &Place) {
        let (one, other) = (place.open().await, place.open().await);
        let (a, b) = (Replica::random(), Replica::random());
        assert_eq!(claim(&one, 1, CHAT, &a, 0).await, NEW);
        assert_eq!(claim(&one, 1, CHAT, &a, 1).await, Claim::Held { until: at(30) }, "delivered twice to the same");
        assert_eq!(claim(&other, 1, CHAT, &b, 1).await, Claim::Held { until: at(30) });
        assert_eq!(begin_send(&one, 1, &a, 5).await, Hold::Kept);
        assert_eq!(finish(&one, 1, &a, 6).await, Hold::Kept);
        for second in [7, 1000] {
            assert_eq!(claim(&other, 1, CHAT, &b, second).await, Claim::Finished);
        }
        assert_eq!(finish(&one, 1, &a, 8).await, Hold::Lost, "finished before");
        assert_eq!(begin_send(&one, 1, &a, 8).await, Hold::Lost, "finished before");
    }

    async fn many_who_race_for_an_update_get_it_once(place: &Place) {
        let stores = [place.open().await, place.open().await];
        for update in 0..10 {
            let mut race = JoinSet::new();
            for number in 0..40 {
                let store = stores[number % 2].clone();
                // Half of them know the chat.
                let chat = CHAT.filter(|_| number % 4 < 2);
                race.spawn(async move { claim(&store, update, chat, &Replica::random(), 0).await });
            }
            let claims = race.join_all().await;
            assert_eq!(claims.iter().filter(|claim| **claim == NEW).count(), 1, "{claims:?}");
            assert!(claims.iter().all(|claim| *claim == NEW || matches!(claim, Claim::Held { .. })), "{claims:?}");
            // The same race for one whose replica died.
            let mut race = JoinSet::new();
            for number in 0..40 {
                let store = stores[number % 2].clone();
                race.spawn(async move { claim(&store, update, CHAT, &Replica::random(), 31).await });
            }
            let claims = race.join_all().await;
            let second = Claim::Ours(Progress { attempt: 2, sent: 0, doubt: None });
            assert_eq!(claims.iter().filter(|claim| **claim == second).count(), 1, "{claims:?}");
            place.execute("DELETE FROM updates").await;
        }
    }

    async fn a_chat_has_one_update_at_a_time(place: &Place) {
        let stores = [place.open().await, place.open().await];
        let mut open: Vec<i64> = (0..30).collect();
        let mut rounds = 0;
        while !open.is_empty() {
            let mut race = JoinSet::new();
            for update in open.clone() {
                let store = stores[update as usize % 2].clone();
                let replica = Replica::random();
                race.spawn(async move { (update, claim(&store, update, CHAT, &replica, 0).await, replica) });
            }
            let won: Vec<_> =
                race.join_all().await.into_iter().filter(|(_, claim, _)| matches!(claim, Claim::Ours(_))).collect();
            let [(update, claim, replica)] = won.as_slice() else { panic!("{won:?}") };
            assert_eq!(*claim, NEW);
            assert_eq!(finish(&stores[0], *update, replica, 0).await, Hold::Kept);
            open.retain(|other| other != update);
            rounds += 1;
        }
        assert_eq!(rounds, 30);
    }

    async fn other_chats_and_updates_without_one_do_not_wait(place: &Place) {
        let store = place.open().await;
        let replica = Replica::random();
        assert_eq!(claim(&store, 1, CHAT, &replica, 0).await, NEW);
        assert_eq!(claim(&store, 2, CHAT, &replica, 1).await, Claim::Held { until: at(30) });
        assert_eq!(claim(&store, 3, Some(ChatId(5)), &replica, 1).await, NEW);
        assert_eq!(claim(&store, 4, None, &replica, 1).await, NEW);
        assert_eq!(claim(&store, 5, None, &replica, 1).await, NEW);
        assert_eq!(finish(&store, 1, &replica, 2).await, Hold::Kept);
        assert_eq!(claim(&store, 2, CHAT, &replica, 3).await, NEW);
    }

    async fn a_dead_replica_does_not_block_its_chat_for_longer_than_its_lease(place: &Place) {
        let store = place.open().await;
        let (dead, alive) = (Replica::random(), Replica::random());
        assert_eq!(claim(&store, 1, CHAT, &dead, 0).await, NEW);
        assert_eq!(claim(&store, 2, CHAT, &alive, 29).await, Claim::Held { until: at(30) });
        assert_eq!(claim(&store, 2, CHAT, &alive, 30).await, NEW);
        assert_eq!(claim(&store, 1, CHAT, &alive, 31).await, Claim::Held { until: at(60) }, "after the other");
        assert_eq!(finish(&store, 2, &alive, 32).await, Hold::Kept);
        let resumed = Claim::Ours(Progress { attempt: 2, sent: 0, doubt: None });
        assert_eq!(claim(&store, 1, CHAT, &alive, 33).await, resumed);
    }

    /// Killed in the middle of 50 requests; what the next process is told makes each answered once.
    async fn fifty_requests_survive_a_kill(place: &Place) {
        let (killed, next) = (Replica::random(), Replica::random());
        let store = place.open().await;
        for update in 0..50 {
            assert_eq!(claim(&store, update, Some(ChatId(update)), &killed, 0).await, NEW);
            match update / 10 {
                0 => {}
                1 => assert_eq!(begin_send(&store, update, &killed, 1).await, Hold::Kept),
                2 => {
                    assert_eq!(begin_send(&store, update, &killed, 1).await, Hold::Kept);
                    assert_eq!(sent(&store, update, &killed).await, Hold::Kept);
                }
                3 => {
                    assert_eq!(begin_send(&store, update, &killed, 1).await, Hold::Kept);
                    assert_eq!(store.not_sent(UpdateId(update), &killed).await.unwrap(), Hold::Kept);
                }
                _ => assert_eq!(finish(&store, update, &killed, 1).await, Hold::Kept),
            }
        }
        drop(store);
        let store = place.open().await;
        assert_eq!(store.give_back_all().await.unwrap(), 40);
        for update in 0..50 {
            let doubt = Doubt { after: Some(number(update)) };
            let resumed = |sent, doubt| Claim::Ours(Progress { attempt: 2, sent, doubt });
            let expected = match update / 10 {
                0 | 3 => resumed(0, None),
                1 => resumed(0, Some(doubt)),
                2 => resumed(1, None),
                _ => Claim::Finished,
            };
            assert_eq!(claim(&store, update, Some(ChatId(update)), &next, 2).await, expected, "{update}");
        }
    }

    /// Whoever looks for a message in doubt is told which messages are others.
    async fn what_was_said_lately_is_known_by_its_number(place: &Place) {
        let store = place.open().await;
        let replica = Replica::random();
        let said = async |after: i32, second| {
            let said = store.said_since(ChatId(7), MessageId(after), at(second)).await.unwrap();
            let mut said: Vec<i32> = said.into_iter().map(|message| message.0).collect();
            said.sort_unstable();
            said
        };
        for update in 0..3 {
            assert_eq!(claim(&store, update, None, &replica, 0).await, NEW);
            assert_eq!(begin_send(&store, update, &replica, 1).await, Hold::Kept);
            assert_eq!(said(0, 1).await.len(), usize::try_from(update).unwrap(), "what is on its way was not said");
            assert_eq!(sent(&store, update, &replica).await, Hold::Kept);
        }
        assert_eq!(finish(&store, 0, &replica, 2).await, Hold::Kept);
        assert_eq!(said(0, 2).await, [701, 702, 703]);
        assert_eq!(said(701, 2).await, [702, 703]);
        let elsewhere = store.said_since(ChatId(-8), MessageId(0), at(2)).await.unwrap();
        assert_eq!(elsewhere, [], "groups count by themselves");
        assert_eq!(said(0, 4000).await, [702, 703], "the first was finished an hour ago");
        // The answers to a chat are known for longer; those to others do not count.
        for (chat, message) in [(7, 690), (8, 691)] {
            let question = Question { chat: Some(ChatId(chat)), ..Question::default() };
            let id = store.keep_answer(&article("أ"), question, at(0)).await.unwrap();
            store.answer_sent(&id, MessageId(message)).await.unwrap();
        }
        assert_eq!(said(0, 4000).await, [690, 702, 703]);
    }

    /// A chat goes on with another update while a message is in doubt: the two could not be told apart.
    async fn a_doubt_is_given_up_where_its_chat_goes_on(place: &Place) {
        let store = place.open().await;
        let (dead, alive) = (Replica::random(), Replica::random());
        assert_eq!(claim(&store, 1, CHAT, &dead, 0).await, NEW);
        assert_eq!(begin_send(&store, 1, &dead, 1).await, Hold::Kept);
        assert_eq!(claim(&store, 2, CHAT, &alive, 31).await, NEW);
        assert_eq!(finish(&store, 2, &alive, 32).await, Hold::Kept);
        let doubt = Some(Doubt { after: None });
        assert_eq!(claim(&store, 1, CHAT, &alive, 33).await, Claim::Ours(Progress { attempt: 2, sent: 0, doubt }));
    }

    async fn whoever_was_paused_for_too_long_may_not_send(place: &Place) {
        let store = place.open().await;
        let (paused, next) = (Replica::random(), Replica::random());
        assert_eq!(claim(&store, 1, CHAT, &paused, 0).await, NEW);
        assert!(matches!(claim(&store, 1, CHAT, &next, 31).await, Claim::Ours(_)));
        assert_eq!(begin_send(&store, 1, &paused, 32).await, Hold::Lost);
        assert_eq!(sent(&store, 1, &paused).await, Hold::Lost);
        assert_eq!(finish(&store, 1, &paused, 32).await, Hold::Lost);
        assert_eq!(begin_send(&store, 1, &next, 33).await, Hold::Kept);
        assert_eq!(finish(&store, 1, &next, 34).await, Hold::Kept);
    }

    async fn a_lease_that_is_renewed_does_not_run_out(place: &Place) {
        let store = place.open().await;
        let (slow, next) = (Replica::random(), Replica::random());
        assert_eq!(claim(&store, 1, None, &slow, 0).await, NEW);
        store.renew(&slow, LEASE, at(20)).await.unwrap();
        assert_eq!(claim(&store, 1, None, &next, 49).await, Claim::Held { until: at(50) });
        assert_eq!(begin_send(&store, 1, &slow, 49).await, Hold::Kept);
        assert_eq!(claim(&store, 1, None, &next, 50).await, Claim::Held { until: at(79) });
    }

    async fn what_is_given_back_at_a_stop_is_free_at_once(place: &Place) {
        let store = place.open().await;
        let (stopping, next) = (Replica::random(), Replica::random());
        assert_eq!(claim(&store, 1, CHAT, &stopping, 0).await, NEW);
        assert_eq!(claim(&store, 2, None, &stopping, 0).await, NEW);
        assert_eq!(claim(&store, 3, None, &next, 0).await, NEW);
        assert_eq!(finish(&store, 2, &stopping, 1).await, Hold::Kept);
        assert_eq!(store.give_back(&stopping).await.unwrap(), 1);
        assert_eq!(begin_send(&store, 1, &stopping, 1).await, Hold::Lost);
        assert_eq!(claim(&store, 1, CHAT, &next, 1).await, NEW, "a stop is not a failed attempt");
        assert_eq!(claim(&store, 2, None, &next, 1).await, Claim::Finished);
        assert_eq!(claim(&store, 3, None, &stopping, 1).await, Claim::Held { until: at(30) });
    }

    async fn finished_updates_are_remembered_for_longer_than_telegram_redelivers(place: &Place) {
        let store = place.open().await;
        let replica = Replica::random();
        for update in 0..3 {
            assert_eq!(claim(&store, update, None, &replica, 0).await, NEW);
        }
        assert_eq!(finish(&store, 0, &replica, 0).await, Hold::Kept);
        assert_eq!(finish(&store, 1, &replica, 90_000).await, Hold::Kept);
        assert_eq!(store.sweep(at(26 * 3600)).await.unwrap().updates, 0);
        assert_eq!(claim(&store, 0, None, &replica, 26 * 3600).await, Claim::Finished);
        // The first was finished two days ago; the last was given up then.
        assert_eq!(store.sweep(at(48 * 3600)).await.unwrap().updates, 2);
        assert_eq!(place.number("SELECT update_id FROM updates").await, 1);
    }

    async fn a_chat_is_not_remembered_with_a_finished_update(place: &Place) {
        let store = place.open().await;
        let replica = Replica::random();
        assert_eq!(claim(&store, 1, CHAT, &replica, 0).await, NEW);
        assert_eq!(finish(&store, 1, &replica, 1).await, Hold::Kept);
        assert_eq!(place.number("SELECT COUNT(*) FROM updates WHERE chat_id IS NOT NULL").await, 0);
    }

    async fn a_lease_made_by_a_clock_that_ran_ahead_does_not_hold_for_long(place: &Place) {
        let store = place.open().await;
        let (replica, next) = (Replica::random(), Replica::random());
        let year = 365 * 86_400;
        assert_eq!(claim(&store, 1, CHAT, &replica, year).await, NEW);
        // The clock is right again.
        assert!(matches!(claim(&store, 1, CHAT, &next, 0).await, Claim::Ours(_)));
        assert_eq!(begin_send(&store, 1, &replica, 0).await, Hold::Lost);
        // Ahead again: whoever loses the claim by that is told before it sends.
        assert!(matches!(claim(&store, 1, CHAT, &replica, year).await, Claim::Ours(_)));
        assert_eq!(begin_send(&store, 1, &next, 1).await, Hold::Lost);
    }
}
