//! A reply in a terminal: the same lines, without markup or direction marks.

use super::plain::visible;
use super::{Reply, Role};
use crate::locale::Locale;

/// Writes `reply` as text that ends in a line break.
#[must_use]
pub fn render(reply: &Reply, locale: &Locale) -> String {
    let mut text = String::new();
    let mut previous = None;
    for line in &reply.lines {
        if let Some(previous) = previous
            && has_gap(previous, line.role)
        {
            text.push('\n');
        }
        if let Some(heading) = heading(previous, line.role) {
            text.push_str(&locale.text(heading));
            text.push('\n');
        }
        text.push_str(&mark(line.role, locale));
        text.push_str(&visible(&line.text));
        text.push('\n');
        previous = Some(line.role);
    }
    text
}

/// Whether a blank line stands between a line of role `previous` and one of role `role`: between sections, and between bullets,
/// which are easier to read with air around them.
pub(super) fn has_gap(previous: Role, role: Role) -> bool {
    opens_section(previous, role) || role == Role::Sentence
}

fn opens_section(previous: Role, role: Role) -> bool {
    section(previous) != section(role)
}

/// The heading in front of the first line of a section.
pub(super) fn heading(previous: Option<Role>, role: Role) -> Option<&'static str> {
    if previous.is_some_and(|previous| !opens_section(previous, role)) {
        return None;
    }
    match section(role) {
        2 => Some("figures"),
        3 => Some("participants"),
        4 => Some("quotations"),
        _ => None,
    }
}

/// What a line begins with.
pub(super) fn mark(role: Role, locale: &Locale) -> String {
    match role {
        Role::Headline => format!("{} ", locale.text("headline-mark")),
        Role::Meta => String::new(),
        Role::Sentence | Role::Figure | Role::Person | Role::Quotation => "• ".to_owned(),
        Role::Organizations => format!("{} ", locale.text("organizations-mark")),
        Role::Countries => format!("{} ", locale.text("countries-mark")),
    }
}

const fn section(role: Role) -> u8 {
    match role {
        Role::Headline | Role::Meta => 0,
        Role::Sentence => 1,
        Role::Figure => 2,
        Role::Person | Role::Organizations | Role::Countries => 3,
        Role::Quotation => 4,
    }
}
