//! Message numbers: how far Telegram has counted, as far as this process has seen.
//!
//! Private chats and basic groups are counted together: whoever writes in any of them, the bot included, gets the next number
//! of the bot's one count. A supergroup has a count of its own. So a message that is sent now gets a higher number than any
//! that was seen before, and only a little higher; [`super::doubt`] looks for it there.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::update::{Chat, Update};

/// Groups that are remembered; then they are learnt anew, each with the next message that it writes.
const GROUPS: usize = 10_000;

/// The highest numbers seen.
#[derive(Debug, Default)]
pub struct Numbers(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    shared: i32,
    groups: HashMap<i64, Count>,
}

#[derive(Clone, Copy, Debug)]
enum Count {
    Shared,
    Own(i32),
}

impl Numbers {
    /// Reads the numbers of an update's messages.
    pub fn read(&self, update: &Update) {
        let press = update.callback_query.as_ref().and_then(|query| query.message.as_ref());
        let messages = [&update.message, &update.edited_message].into_iter().flatten().chain(press);
        let mut counts = self.counts();
        for message in messages {
            counts.learn(&message.chat);
            counts.see(message.chat.id, message.message_id);
        }
        if let Some(change) = &update.my_chat_member {
            counts.learn(&change.chat);
        }
    }

    /// Notes a message that the bot has sent.
    pub fn sent(&self, chat: i64, message: i32) {
        self.counts().see(chat, message);
    }

    /// The highest number seen where the messages of `chat` are counted. Never that of a channel: there the bot may be allowed to
    /// change what others wrote, and nothing is looked for.
    #[must_use]
    pub fn last(&self, chat: i64) -> Option<i32> {
        let counts = self.counts();
        let last = match counts.of(chat)? {
            Count::Shared => counts.shared,
            Count::Own(last) => last,
        };
        (last > 0).then_some(last)
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn learn(&mut self, chat: &Chat) {
        if self.groups.len() >= GROUPS {
            self.groups.clear();
        }
        let count = match chat.kind.as_str() {
            "group" => Count::Shared,
            "supergroup" => Count::Own(0),
            _ => return,
        };
        self.groups.entry(chat.id).or_insert(count);
    }

    fn of(&self, chat: i64) -> Option<Count> {
        if chat > 0 { Some(Count::Shared) } else { self.groups.get(&chat).copied() }
    }

    fn see(&mut self, chat: i64, message: i32) {
        match self.of(chat) {
            Some(Count::Shared) => self.shared = self.shared.max(message),
            Some(Count::Own(last)) => drop(self.groups.insert(chat, Count::Own(last.max(message)))),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn write(numbers: &Numbers, chat: i64, kind: &str, message: i32) {
        let message = json!({"message_id": message, "chat": {"id": chat, "type": kind}});
        let key = if kind == "channel" { "channel_post" } else { "message" };
        numbers.read(&Update::parse(&json!({key: message}).to_string()));
    }

    #[test]
    fn people_and_basic_groups_are_counted_together_and_each_supergroup_by_itself() {
        let numbers = Numbers::default();
        assert_eq!(numbers.last(1), None, "nothing is known yet");
        write(&numbers, 1, "private", 10);
        write(&numbers, -2, "group", 12);
        write(&numbers, -3, "supergroup", 700);
        write(&numbers, -4, "channel", 900);
        numbers.sent(1, 11);
        numbers.sent(-3, 701);
        assert_eq!(
            [1, 5, -2, -3, -4].map(|chat| numbers.last(chat)),
            [Some(12), Some(12), Some(12), Some(701), None]
        );
    }

    #[test]
    fn groups_without_number_are_bounded() {
        let numbers = Numbers::default();
        for group in 1..=25_000 {
            write(&numbers, -group, "supergroup", 5);
            assert_eq!(numbers.last(-group), Some(5));
        }
        assert!(numbers.counts().groups.len() <= GROUPS);
    }
}
