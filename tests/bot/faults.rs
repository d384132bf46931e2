//! What Telegram and the operator can do to a running bot. Each ends with everything answered once.
//!
//! All faults, here and elsewhere: what the program does about each, and its test. Each remedy was taken out once, and its test
//! failed.
//!
//! | fault | remedy | test |
//! |---|---|---|
//! | 429 | `outbox::pause_after` waits as long as it is asked to | `road::when_telegram_asks_for_patience_the_answer_comes_later_and_once` |
//! | | each message waits by itself | [`a_telegram_that_asks_one_chat_for_patience_holds_up_no_other`] |
//! | 5xx | `outbox::pause_after`: a page instead of JSON is tried again | `situations` («502 is tried again») |
//! | no way to Telegram | `outbox::pause_after`: a call that did not leave is made again | [`a_telegram_that_cannot_be_reached_is_told_later`] |
//! | | a file is asked for again (`outbox::call_again`) | [`a_file_is_asked_for_again`] |
//! | an answer of Telegram's is late or lost | `Ticket::call`: what may have arrived is in doubt, and looked for | [`a_telegram_that_does_not_answer_holds_up_nobody_else`], `road::an_answer_that_may_have_arrived_is_not_said_again`, `road::an_answer_that_did_not_arrive_is_said_again` |
//! | polling fails | `poll::run` goes on | [`polling_that_fails_goes_on`] |
//! | blocked | `outbox::pause_after`: a refusal is final | `road::a_person_who_blocked_the_bot_disturbs_nobody` |
//! | delivered again | `store::claim` knows what is finished, and before each message `Ticket::send` asks it again | `webhook::only_telegram_is_heard` |
//! | cut short | the webhook's 200 comes after the end | `webhook::an_update_is_confirmed_when_it_is_answered_and_not_before`, `kill::fifty_requests_and_a_kill_in_the_middle_by_webhook` |
//! | two pollers | the same claims: either is enough, without both all is said twice | `a_bot_that_is_started_twice_answers_once_…` |
//! | another webhook | `Webhook::watch` sets it again | [`a_webhook_that_another_program_takes_away_is_set_again`] |
//! | killed while sending | `Ticket` looks for a message in doubt | `kill::killed_while_sending_…` |
//! | | and passes over those that the store knows | [`a_message_in_doubt_is_not_taken_for_another`] |
//! | | what its buttons need is kept already | `kill::killed_while_sending_…` |
//! | | a chat gets one message at a time | `outbox::tests::a_chat_gets_one_message_at_a_time` |
//! | | where the chat has gone on, or in a channel, nothing is looked for | `store` `updates::a_doubt_is_given_up_where_its_chat_goes_on`, `numbers` in its tests, `situations` («…in a channel…») |
//! | | what cannot be looked for counts as sent | [`a_message_in_doubt_that_cannot_be_looked_for_is_not_said_again`] |
//! | | what is begun again is not counted against a limit again | `kill::killed_while_sending_…` |
//! | stopped while Telegram asks for patience | `Ticket` notes that nothing is on its way | `webhook::what_a_stop_has_no_time_for_is_done_by_another_at_once` |
//! | crashes the process | `work`: five beginnings at most | [`an_update_that_was_begun_too_often_is_given_up`] |
//! | panics | `work` catches it | [`a_fault_in_this_program_ends_one_update`] |
//! | a stop without time | `dispatch` gives the claims back | `webhook::what_a_stop_has_no_time_for_is_done_by_another_at_once` |
//! | database away | `work::handle` waits and goes on from where it was | `outage::a_database_that_goes_away_in_the_middle_loses_nothing` |
//! | | `work::note_finished` confirms what is noted, and only that | the same |
//! | | no answer without a claim, a limit and a note: any of the three is enough, without all of them it is said | `outage::what_cannot_be_noted_is_not_answered` |
//! | disk full | `answer::keep`: an answer goes without its buttons | `outage::a_full_disk_loses_nothing` |
//! | | the store's pool gives up a connection that SQLite has taken out of its transaction | the same, and `store` `faults::a_full_disk_is_an_error_and_what_is_there_stays_readable` |
//! | slow sites | time limits for the head, each pause and the whole: any is enough against one that says nothing | `road::a_page_that_cannot_be_read_gets_one_sentence_that_says_why`, `fetch` `hostile` |
//! | a greedy chat | `Work::relieve` | `fair::one_chat_with_five_hundred_links_slows_nobody_down` |
//! | | the chat's line of twenty | `fair::a_chat_that_asks_for_too_much_at_once_is_told_so` |
//! | | its lane of three | `lanes::tests::a_chat_waits_for_itself_and_for_no_other` |
//! | out of order | `Ticket::send` waits for its turn | `fair::answers_come_in_the_order_of_what_was_asked` |
//! | a clock that jumps | a lease of the future has run out | `store` `updates::a_lease_made_by_a_clock_that_ran_ahead_does_not_hold_for_long` |
//! | | a bucket of the future is empty now, a notice of the future forgotten | `store` `limits::a_clock_set_back_does_not_refuse_for_as_long_as_it_was_wrong` |
//! | | `sweep` brings each stamp back to now | `store` `forgetting::after_a_sweep_no_time_stamp_lies_in_the_future` |
//!
//! And what strangers may try. Each of these remedies was taken out on 2026-11-30, and its test failed:
//!
//! | what | remedy | test |
//! |---|---|---|
//! | one name again and again | what is found in order is looked for in order | `properties` `time_grows_with_length` |
//! | files without end | `Service::expect_file` counts their bytes | `service::tests::files_take_their_share_of_the_bytes_in_hand` |
//! | a text that takes too long | `service::budget`, and its thread counts | `service::tests::a_text_that_takes_too_long_is_given_up_…` |
//! | many who wait for their limit | `waits` | `strangers::those_who_wait_for_their_limit_keep_nobody_else_waiting` |
//! | inline queries | `admit::ask_outside` | `strangers::inline_queries_beyond_the_limit_are_told_so` |
//! | | put down, they are answered (`Work::say_busy`) | `hostile::hostile_documents_harm_nobody` |
//! | Telegram's 5xx in JSON | `call` tells it from a refusal | `situations`, `call` in its tests |
//! | a saved page that says it is another's | `metadata::canonical` believes no file | `strangers::a_forged_page_speaks_for_nobody_and_hides_no_true_one` |
//! | a page that says so | `metadata::same_site` | `metadata::tests::canonical_addresses_stay_on_the_site` |
//! | connections that say nothing | a limit for the head | `strangers::a_connection_that_says_nothing_is_closed` |
//! | live names and addresses | `plain::unlinked` | `strangers::nothing_of_an_article_is_live_or_steers_the_line` |
//! | a button pressed elsewhere | `views::answer_pressed` | `strangers::a_button_works_in_the_chat_that_it_was_sent_to_and_in_no_other` |
//! | two pages that seem one | `fetch::key` keeps ports | `fetch::key::tests::one_page_has_one_key` |
//! | no reader left | `Service::can_read` | `hostile::a_bot_that_can_read_no_document_says_so_and_is_not_ready` |
//! | numbers without their sign | `lexer::minus_before` | `numbers` `sentences_give_their_figures` |

use std::time::Duration;

use mujaz::fetch::resolve::Lookup;
use mujaz::fetch::{FetchOptions, Fetcher};
use mujaz::service::Service;
use mujaz::standin::{Call, Fault, Standin, TOKEN};
use mujaz::store::{Store, StoreUrl};
use serde_json::json;
use tokio::time::Instant;

use crate::cable::Cable;
use crate::files;
use crate::harness::{Limits, PATIENCE, SAMPLE, SILENCE, Site, Way, World, private, readers, with};
use crate::place::{Place, postgres_server};
use crate::webhook::{answered, of};

#[tokio::test]
async fn polling_that_fails_goes_on() {
    let world = World::start().await;
    for fault in [Fault::ServerError, Fault::Disconnect, Fault::Conflict, Fault::TooManyRequests(1)] {
        world.telegram.fail("getUpdates", fault);
    }
    world.ask(private(1, SAMPLE)).await;
    world.stop().await;
}

/// Telegram fails when it is asked where a file lies.
#[tokio::test]
async fn a_file_is_asked_for_again() {
    let world = World::start().await;
    world.telegram.fail("getFile", Fault::ServerError);
    world.telegram.set_file("a", files::docx(SAMPLE));
    let file = json!({"file_id": "a", "file_unique_id": "a", "file_name": "a.docx", "file_size": 1000});
    let told = world.ask(with(private(1, ""), json!({"document": file}))).await;
    assert!(told.text().contains("مؤتمر مسقط"), "{}", told.text());
    world.stop().await;
}

/// Telegram takes longer over a message than the bot waits: it may have been sent, is looked for, and is not said again.
#[tokio::test]
async fn a_telegram_that_does_not_answer_holds_up_nobody_else() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::Slow(25));
    let first = i32::try_from(world.telegram.number(1)).expect("a message's number");
    world.telegram.send(of(1, first, SAMPLE));
    world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 1).await;
    let asked = Instant::now();
    world.telegram.send(of(2, 1, SAMPLE));
    assert!(world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 2).await);
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    // The first is given up after teloxide's 17 seconds, and acknowledged.
    let deadline = Instant::now() + PATIENCE;
    while world.telegram.waiting() > 0 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(world.telegram.waiting(), 0);
    assert!(answered(&world.telegram.calls()).values().all(|times| *times == 1));
    world.stop().await;
}

/// Telegram cannot be reached: no call has left, so it is made again until there is a way.
#[tokio::test]
async fn a_telegram_that_cannot_be_reached_is_told_later() {
    let telegram = Standin::start().await.expect("a free port");
    let mut cable = Cable::to(&telegram.url()).await;
    let url = cable.through(&telegram.url()).to_string();
    let own = Standin::start().await.expect("a free port");
    let variables = [("MUJAZ_API_URL", url.as_str())];
    let world = World::beside(own, Site::start().await, Way::Webhook, &variables, Limits::default()).await;
    telegram.wait(PATIENCE, |calls| calls.iter().any(|call| call.method == "setWebhook")).await;
    cable.cut();
    // Until the bot has seen that its connections are gone.
    tokio::time::sleep(Duration::from_millis(300)).await;
    telegram.send(of(1, 1, SAMPLE));
    telegram.wait(Duration::from_secs(2), |_| false).await;
    assert_eq!(answered(&telegram.calls()).len(), 0);
    cable.mend().await;
    telegram.wait(PATIENCE, |calls| answered(calls).len() == 1).await;
    telegram.wait(SILENCE, |_| false).await;
    assert_eq!(answered(&telegram.calls()).into_values().collect::<Vec<_>>(), [1]);
    world.stop().await;
}

#[tokio::test]
async fn a_telegram_that_asks_one_chat_for_patience_holds_up_no_other() {
    let world = World::start().await;
    world.telegram.fail("sendMessage", Fault::TooManyRequests(6));
    world.telegram.send(of(1, 1, SAMPLE));
    let refused = |calls: &[Call]| calls.iter().any(|call| call.status == 429);
    assert!(world.telegram.wait(PATIENCE, refused).await);
    world.telegram.send(of(2, 1, SAMPLE));
    world.telegram.wait(PATIENCE, |calls| answered(calls).len() == 2).await;
    let calls = world.telegram.calls_of("sendMessage");
    let order: Vec<_> =
        calls.iter().filter(|call| call.done).map(|call| &call.parameters["chat_id"]).collect();
    assert_eq!(order, [2, 1]);
    world.stop().await;
}

/// A fault in this program while an update is handled: that update gets no answer, and everything else goes on.
#[tokio::test]
async fn a_fault_in_this_program_ends_one_update() {
    #[derive(Clone, Copy)]
    struct Faulty;

    impl Lookup for Faulty {
        fn lookup(
            &self,
            _: String,
        ) -> std::pin::Pin<Box<dyn Future<Output = std::io::Result<Vec<std::net::IpAddr>>> + Send>> {
            panic!("on purpose")
        }
    }

    let telegram = Standin::start().await.expect("a free port");
    let world = World::changed(telegram, Site::start().await, Way::Polling, &[], |handler, _| {
        let lookup = std::sync::Arc::new(Faulty);
        let options = FetchOptions { lookup, ..FetchOptions::default() };
        let fetcher = Fetcher::new(options, readers()).expect("a client");
        handler.service = Service::new(fetcher).sharing(handler.store.clone());
    })
    .await;
    world.telegram.send(of(1, 1, "https://news.example.com/a"));
    // The next in the same chat waits for it no longer than it lives.
    world.telegram.send(of(1, 2, SAMPLE));
    let asked = Instant::now();
    world.telegram.wait(PATIENCE, |calls| !answered(calls).is_empty()).await;
    assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
    let answers = world.messages(1).await;
    assert_eq!(answers[0].parameters["reply_parameters"]["message_id"], 2);
    let telegram = world.stop().await;
    assert_eq!(telegram.waiting(), 0, "it is not tried again and again");
}

/// Another program sets a webhook of its own, or takes this bot's away in order to poll.
#[tokio::test]
async fn a_webhook_that_another_program_takes_away_is_set_again() {
    let world = World::webhook(&[]).await;
    let set = |count: usize| {
        move |calls: &[Call]| {
            calls.iter().filter(|call| call.method == "setWebhook" && call.done).count() >= count
        }
    };
    assert!(world.telegram.wait(PATIENCE, set(1)).await);
    let ours = world.telegram.webhook()["url"].clone();
    for (method, parameters, count) in
        [("setWebhook", json!({"url": "http://127.0.0.1:9/other"}), 3), ("deleteWebhook", json!({}), 4)]
    {
        let call = format!("{}bot{TOKEN}/{method}", world.telegram.url());
        let done = reqwest::Client::new().post(call).json(&parameters).send().await.expect("an answer");
        assert!(done.status().is_success());
        assert!(world.telegram.wait(PATIENCE, set(count)).await, "{method} is noticed");
        assert_eq!(world.telegram.webhook()["url"], ours);
    }
    world.ask(of(1, 1, SAMPLE)).await;
    let counts = reqwest::get(format!("http://{}/metrics", world.served)).await.expect("an answer");
    let counts = counts.text().await.expect("a text");
    assert!(
        counts.contains(r#"mujaz_faults_total{kind="telegram_409"} 2"#),
        "operators can see it: {counts}"
    );
    world.stop().await;
}

/// Someone starts the bot twice. Telegram ends one's call with 409 whenever the other makes one.
async fn started_twice(place: Place) {
    let telegram = Standin::start().await.expect("a free port");
    let (store, url) = (place.address(), telegram.url().to_string());
    let variables = [("DATABASE_URL", store.as_str()), ("MUJAZ_API_URL", &url)];
    let start = async || {
        let own = Standin::start().await.expect("a free port");
        World::beside(own, Site::start().await, Way::Polling, &variables, Limits::default()).await
    };
    let (one, other) = (start().await, start().await);
    for person in 1..=20 {
        telegram.send(of(person, 1, SAMPLE));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    telegram.wait(PATIENCE, |calls| answered(calls).len() == 20).await;
    telegram.wait(SILENCE, |_| false).await;
    let answered = answered(&telegram.calls());
    assert_eq!(answered.len(), 20);
    assert!(answered.values().all(|times| *times == 1), "{answered:?}");
    // With nothing left to do both wait for updates, and get into each other's way.
    let conflicts = async || {
        loop {
            for bot in [&one, &other] {
                let counts = reqwest::get(format!("http://{}/metrics", bot.served)).await.expect("an answer");
                if counts.text().await.expect("a text").contains(r#"mujaz_faults_total{kind="telegram_409"}"#)
                {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, conflicts()).await.expect("operators can see it");
    one.stop().await;
    other.stop().await;
    place.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_started_twice_answers_once_on_sqlite() {
    started_twice(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_started_twice_answers_once_on_postgres() {
    if let Some(server) = postgres_server("faults::a_bot_that_is_started_twice_answers_once_on_postgres") {
        started_twice(Place::postgres(&server).await).await;
    }
}

/// A bot died while it sent a message that cannot be looked for: whether it arrived nobody knows, and it is not said again.
#[tokio::test]
async fn a_message_in_doubt_that_cannot_be_looked_for_is_not_said_again() {
    an_update_left_as_begun_gets_no_answer(1, true).await;
}

/// An update that has brought its process down again and again is not tried for ever.
#[tokio::test]
async fn an_update_that_was_begun_too_often_is_given_up() {
    an_update_left_as_begun_gets_no_answer(5, false).await;
}

/// A bot that died has begun the first update for the `attempt`th time, and perhaps was `sending`: only the second is
/// answered, and neither comes again.
async fn an_update_left_as_begun_gets_no_answer(attempt: u32, sending: bool) {
    let place = Place::sqlite();
    let address = place.address();
    let url = StoreUrl::parse(&address).expect("an address");
    Store::open(&url).await.expect("a store").close().await;
    place
        .execute(&format!(
            "INSERT INTO updates (update_id, replica, lease_until, claimed_at, attempt, sent, sending) \
             VALUES (1, '', 0, 0, {attempt}, 0, {})",
            u8::from(sending)
        ))
        .await;
    let world = World::with(&[("DATABASE_URL", &address)]).await;
    world.telegram.send(of(1, 1, SAMPLE));
    world.telegram.send(of(2, 1, SAMPLE));
    world.telegram.wait(PATIENCE, |calls: &[Call]| !answered(calls).is_empty()).await;
    world.messages(1).await;
    assert_eq!(world.telegram.calls_of("sendMessage")[0].parameters["chat_id"], 2);
    assert_eq!(world.stop().await.waiting(), 0);
}

/// A chat has asked twice before anything was answered. The second answer is in doubt, and whoever sent it knew of nothing
/// after the question: the first answer lies in between, and is not taken for it.
#[tokio::test]
async fn a_message_in_doubt_is_not_taken_for_another() {
    let place = Place::sqlite();
    let address = place.address();
    let variables = [("DATABASE_URL", address.as_str())];
    let world = World::with(&variables).await;
    let questions: Vec<_> = ["كلام قصير", SAMPLE]
        .into_iter()
        .map(|text| of(1, i32::try_from(world.telegram.number(1)).expect("a message's number"), text))
        .collect();
    for question in &questions {
        world.telegram.send(question.clone());
    }
    let answers = world.messages(2).await;
    let (before, number) =
        (questions[1]["message"]["message_id"].clone(), answers[1].result["message_id"].clone());
    let telegram = world.stop().await;
    let as_if = format!(
        "UPDATE updates SET finished_at = NULL, lease_until = 0, sending = 1, sent = 0, sending_after = {before}, \
         said = NULL WHERE update_id = 2"
    );
    place.execute(&as_if).await;
    place.execute("UPDATE answers SET sent_message = NULL").await;

    let world = World::at(telegram, &variables).await;
    world.telegram.push_as(2, questions[1].clone());
    let looked = |calls: &[Call]| calls.iter().any(|call| call.method == "editMessageText");
    assert!(world.telegram.wait(PATIENCE, looked).await);
    world.messages(2).await;
    let edits = world.telegram.calls_of("editMessageText");
    assert_eq!(edits.iter().map(|call| &call.parameters["message_id"]).collect::<Vec<_>>(), [&number]);
    assert_eq!(world.stop().await.waiting(), 0);
}
