//! Settings.

use mujaz::locale::Language;
use mujaz::reply::Digits;
use mujaz::store::{ChatId, ChatSettings, Setting};
use mujaz::summary::Length;

use crate::harness::on_each_store;

const GROUP: ChatId = ChatId(-77);

type Change = fn(&mut ChatSettings);

on_each_store! {
    async fn a_chat_that_chose_nothing_has_the_defaults(place: &Place) {
        let store = place.open().await;
        assert_eq!(store.settings(GROUP).await.unwrap(), ChatSettings::default());
        store.set(GROUP, Setting::Auto(true)).await.unwrap();
        assert_eq!(store.settings(ChatId(77)).await.unwrap(), ChatSettings::default());
    }

    async fn every_setting_is_kept_over_a_restart_and_changes_no_other(place: &Place) {
        let mut expected = ChatSettings::default();
        let changes: [(Setting, Change); 9] = [
            (Setting::Length(Length::Long), |chat| chat.length = Length::Long),
            (Setting::Length(Length::Short), |chat| chat.length = Length::Short),
            (Setting::Figures(false), |chat| chat.figures = false),
            (Setting::Participants(false), |chat| chat.participants = false),
            (Setting::Digits(Digits::ArabicIndic), |chat| chat.digits = Digits::ArabicIndic),
            (Setting::Proof(false), |chat| chat.proof = false),
            (Setting::Auto(true), |chat| chat.auto = true),
            (Setting::Language(Some(Language::English)), |chat| chat.language = Some(Language::English)),
            (Setting::Language(None), |chat| chat.language = None),
        ];
        for (setting, change) in changes {
            // Dropped without being closed, as when the process is killed.
            place.open().await.set(GROUP, setting).await.unwrap();
            change(&mut expected);
            assert_eq!(place.open().await.settings(GROUP).await.unwrap(), expected, "after {setting:?}");
        }
    }

    async fn two_admins_who_press_at_once_do_not_undo_each_other(place: &Place) {
        let (one, other) = (place.open().await, place.open().await);
        let (first, second) =
            tokio::join!(one.set(GROUP, Setting::Auto(true)), other.set(GROUP, Setting::Length(Length::Long)));
        first.unwrap();
        second.unwrap();
        let settings = one.settings(GROUP).await.unwrap();
        assert_eq!((settings.auto, settings.length), (true, Length::Long));
    }

    async fn a_word_of_a_newer_version_counts_as_not_chosen(place: &Place) {
        let store = place.open().await;
        store.set(GROUP, Setting::Auto(true)).await.unwrap();
        place.execute("UPDATE chats SET length = 'gigantic', language = 'tlh'").await;
        assert_eq!(store.settings(GROUP).await.unwrap(), ChatSettings { auto: true, ..ChatSettings::default() });
    }
}
