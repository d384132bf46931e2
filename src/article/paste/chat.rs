//! Copies of chats: each message without who sent it and when, and without the sender's telephone number.

use crate::article::clutter::{self, Clutter};
use crate::article::{MIN_WORDS, line};

/// The messages of `text`; one of all its lines where it is no copy of a chat.
fn messages(text: &str) -> Vec<Vec<&str>> {
    let mut messages = vec![Vec::new()];
    for line in text.split('\n').map(str::trim) {
        if let Some(told) = first_words(line) {
            messages.push(Vec::from_iter((!told.is_empty()).then_some(told)));
        } else if let Some(message) = messages.last_mut() {
            message.push(line);
        }
    }
    messages.retain(|message| message.iter().any(|line| line.contains(char::is_alphabetic)));
    messages
}

/// The messages of `text` that tell something: an article among remarks alone, else all that are no remarks.
pub(super) fn told(text: &str) -> Vec<Vec<&str>> {
    /// A message of fewer words is a remark.
    const REMARK: usize = 6;

    let messages = messages(text);
    if messages.len() <= 1 {
        return messages;
    }
    let words = |message: &[&str]| message.iter().map(|line| line::count(line)).sum::<usize>();
    let mut told: Vec<Vec<&str>> = messages.into_iter().filter(|message| words(message) >= REMARK).collect();
    // Of two messages one may be the article and the other the next in its channel.
    if let [first, second] = told.as_slice() {
        match (words(first) >= MIN_WORDS, words(second) >= MIN_WORDS) {
            (true, false) => told.truncate(1),
            (false, true) => drop(told.remove(0)),
            _ => {}
        }
    }
    told
}

/// What a message's first line says, without what the app put before it; `None` if no message begins here.
fn first_words(line: &str) -> Option<&str> {
    // «Forwarded from قناة الساحل»
    if clutter::classify(line) == Some(Clutter::Message) {
        return Some("");
    }
    // «[11:45 ص، 2026/2/21] +999 700 000 0000: قوات حرس الحدود…»
    if let Some((stamp, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(']'))
        && clutter::is_stamp(stamp)
    {
        return Some(without_sender(rest).unwrap_or(rest).trim());
    }
    // «قناة الساحل, [05/03/2026 10:22]»
    if let Some((sender, stamp)) = line.strip_suffix(']').and_then(|line| line.rsplit_once('['))
        && sender.trim_end().ends_with([',', '،'])
        && clutter::is_stamp(stamp)
    {
        return Some("");
    }
    // «21/2/2026, 11:45 ص - سالم: قوات حرس الحدود…»; without a sender the app itself speaks.
    let (stamp, rest) = line.split_once(" - ")?;
    (line.starts_with(|c: char| c.is_numeric()) && clutter::is_stamp(stamp))
        .then(|| without_sender(rest).unwrap_or_default().trim())
}

/// What stands behind the sender: a name of few words, or a telephone number.
fn without_sender(line: &str) -> Option<&str> {
    /// The longest name of a sender, in words.
    const LONGEST: usize = 7;

    let (sender, rest) =
        line.split_once(": ").or_else(|| line.strip_suffix(':').map(|sender| (sender, "")))?;
    (line::count(sender) <= LONGEST).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::messages;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        assert_eq!(messages(text), expected, "{text}");
    }

    #[test]
    fn each_app_names_its_senders_in_its_own_way() {
        check(
            "[11:45 ص، 2026/2/21] +999 700 000 0000: ضبط شاحنة\nواعتقال سائقها",
            &[&["ضبط شاحنة", "واعتقال سائقها"]],
        );
        check("[21/02/2026, 11:45:12 PM] سالم: ضبط شاحنة", &[&["ضبط شاحنة"]]);
        check(
            "21/2/2026, 11:45 م - سالم الهادي: ضبط شاحنة\n21/2/2026, 11:46 م - انضم سالم",
            &[&["ضبط شاحنة"]],
        );
        check(
            "قناة الساحل, [05/03/2026 10:22]\nضبط شاحنة\n\nقناة الساحل, [05/03/2026 10:31]\nأمطار غدا",
            &[&["ضبط شاحنة", ""], &["أمطار غدا"]],
        );
        check("Forwarded from قناة الساحل\nضبط شاحنة", &[&["ضبط شاحنة"]]);
    }

    #[test]
    fn a_text_that_is_no_chat_is_one_message() {
        check(
            "[خاص] ضبط شاحنة: السائق هارب\nالمباراة 3 - 1 : النتيجة",
            &[&["[خاص] ضبط شاحنة: السائق هارب", "المباراة 3 - 1 : النتيجة"]],
        );
        check("", &[]);
    }
}
