//! A reply as one Telegram message: HTML, right-to-left marks, within Telegram's limit.

use super::plain::{unlinked, unlinked_piece};
use super::text::{has_gap, heading, mark};
use super::{Line, Reply, Role};
use crate::locale::{Language, Locale};

/// The most that a message of ours shows, in UTF-16 units after the markup is parsed. Telegram allows 4096; whether
/// it counts units or characters is disputed, and messages of exactly 4096 have been refused.
pub const BUDGET: usize = 4000;

/// Right-to-left mark. One stands at the start of every Arabic line, or «• BBC قالت» would run from left to right.
/// Telegram keeps only the last of several in a row, and strips embeddings and overrides altogether.
const RLM: char = '\u{200f}';

/// Writes `reply` as one message. Where it would be longer than [`BUDGET`], whole lines are left out, those that a
/// reader can best do without first. Empty where nothing but the headline would be left of it.
#[must_use]
pub fn render(reply: &Reply, locale: &Locale) -> String {
    let mut lines: Vec<&Line> = reply.lines.iter().collect();
    let mut left: usize = reply.lines.iter().map(|line| cost(line, locale)).sum();
    while left > BUDGET {
        // The last line of the least needed role.
        let Some(worst) = (0..lines.len()).max_by_key(|&index| (lines[index].role, index)) else { break };
        left -= cost(lines.remove(worst), locale);
    }
    if !lines.iter().any(|line| line.role > Role::Meta) {
        return String::new();
    }
    let mut html = String::new();
    let mut previous = None;
    for line in lines {
        let heading = heading(previous, line.role);
        if heading.is_some() && previous.is_some_and(|previous| is_folded(reply, previous)) {
            html.push_str("</blockquote>");
        }
        if let Some(previous) = previous {
            html.push_str(if has_gap(previous, line.role) { "\n\n" } else { "\n" });
        }
        if let Some(heading) = heading {
            html.extend(own_direction(locale));
            html.extend(["<b>", &escape(&locale.text(heading)), "</b>"]);
            if let Some(first) = reply.first.as_ref().filter(|_| line.role == Role::New) {
                html.extend([
                    " <a href=\"",
                    &escape(first),
                    "\">",
                    &escape(&locale.text("first-answer")),
                    "</a>",
                ]);
            }
            html.push('\n');
            // Telegram shows the first three lines until a reader opens it: the heading stands in front, and three people are seen.
            if is_folded(reply, line.role) {
                html.push_str("<blockquote expandable>");
            }
        }
        if line.is_ours {
            html.extend(own_direction(locale));
        } else {
            html.push(RLM);
        }
        let mark = mark(line.role, locale);
        match &line.proof {
            Some(proof) => {
                html.extend(["<a href=\"", &escape(proof.as_str()), "\">", mark.trim_end(), "</a> "]);
            }
            None => html.push_str(&mark),
        }
        let words = with_bold(line);
        match (line.role, &reply.link) {
            (Role::Headline, Some(link)) => {
                html.extend(["<b><a href=\"", &escape(link.as_str()), "\">", &words, "</a></b>"]);
            }
            (Role::Headline, None) => html.extend(["<b>", &words, "</b>"]),
            _ => html.push_str(&words),
        }
        previous = Some(line.role);
    }
    if previous.is_some_and(|previous| is_folded(reply, previous)) {
        html.push_str("</blockquote>");
    }
    html
}

/// Whether lines of `role` stand in a quotation that is opened by a press.
fn is_folded(reply: &Reply, role: Role) -> bool {
    match role {
        Role::Person | Role::Organizations | Role::Countries | Role::Quotation => reply.is_folded,
        Role::Headline
        | Role::Meta
        | Role::New
        | Role::Sentence
        | Role::Gist
        | Role::Difference
        | Role::Figure => false,
    }
}

/// The mark before a line of the bot's own words; English ones run as they are.
fn own_direction(locale: &Locale) -> Option<char> {
    (locale.language() == Language::Arabic).then_some(RLM)
}

/// A message in the bot's own words (already HTML): each Arabic line begins with a right-to-left mark.
#[must_use]
pub fn say(locale: &Locale, html: &str) -> String {
    match locale.language() {
        Language::English => html.to_owned(),
        Language::Arabic => {
            let lines: Vec<String> = html.lines().map(|line| format!("{RLM}{line}")).collect();
            lines.join("\n")
        }
    }
}

/// The words of `line`, escaped, with what stands out in bold.
pub(super) fn with_bold(line: &Line) -> String {
    let (mut html, mut at) = (String::with_capacity(line.text.len()), 0);
    for range in &line.bold {
        html.push_str(&escape(&unlinked_piece(&line.text, at..range.start)));
        html.extend(["<b>", &escape(&unlinked_piece(&line.text, range.clone())), "</b>"]);
        at = range.end;
    }
    html.push_str(&escape(&unlinked_piece(&line.text, at..line.text.len())));
    html
}

/// `text` with the three characters that HTML gives a meaning, and the quotation mark that ends an attribute, written
/// as the only named entities that Telegram knows.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// What a line takes of the budget at most: itself, its mark, the breaks around it and a heading before it.
fn cost(line: &Line, locale: &Locale) -> usize {
    let around = match line.role {
        Role::Headline | Role::Meta | Role::Sentence | Role::Gist => 0,
        Role::New => {
            ["news", "first-answer", "rest"].iter().map(|heading| units(&locale.text(heading))).sum::<usize>()
                + 5
        }
        // Every line of a section is charged its heading: whichever of them stays first will have it.
        Role::Difference => units(&locale.text("differences")) + 2,
        Role::Figure => units(&locale.text("figures")) + 2,
        Role::Person | Role::Organizations | Role::Countries => units(&locale.text("participants")) + 2,
        Role::Quotation => units(&locale.text("quotations")) + 2,
    };
    units(&unlinked(&line.text)) + units(&mark(line.role, locale)) + 3 + around
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standin::parse_html;
    use expect_test::expect;

    fn reply(lines: &[(Role, &str)], link: Option<&str>) -> Reply {
        let bold = |text: &str| text.find("3 ملايين دولار").map(|at| at..at + "3 ملايين دولار".len());
        let written = |&(role, text): &(Role, &str)| Line {
            bold: Vec::from_iter(bold(text)),
            is_ours: role == Role::Meta,
            ..Line::new(role, text.to_owned())
        };
        Reply {
            lines: lines.iter().map(written).collect(),
            link: link.and_then(|link| link.parse().ok()),
            first: None,
            is_folded: true,
        }
    }

    fn arabic() -> &'static Locale {
        Locale::of(Language::Arabic)
    }

    #[test]
    fn a_reply_looks_like_this() {
        let reply = reply(
            &[
                (Role::Headline, "افتتاح جسر <جديد> & مدرسة"),
                (Role::Meta, "٤ دقائق قراءة"),
                (Role::Sentence, "افتتح الوزير الجسر."),
                (Role::Figure, "بلغت كلفة الجسر 3 ملايين دولار"),
                (Role::Person, "سعاد العلي: وزيرة النقل"),
                (Role::Countries, "الأردن · لبنان"),
                (Role::Quotation, "سعاد العلي: \"الجسر للجميع\""),
                (Role::Quotation, "نادر <العمري>: «نعم»"),
            ],
            Some("https://example.org/?a=1&b=\"2"),
        );
        expect![[r#"
            |📰 <b><a href="https://example.org/?a=1&amp;b=%222">افتتاح جسر &lt;جديد&gt; &amp; مدرسة</a></b>
            |٤ دقائق قراءة

            |• افتتح الوزير الجسر.

            |<b>🔢 أرقام بارزة</b>
            |• بلغت كلفة الجسر <b>3 ملايين دولار</b>

            |<b>👥 أطراف الخبر</b>
            <blockquote expandable>|• سعاد العلي: وزيرة النقل
            |🌍 الأردن · لبنان</blockquote>

            |<b>💬 أقوال بارزة</b>
            <blockquote expandable>|• سعاد العلي: &quot;الجسر للجميع&quot;
            |• نادر &lt;العمري&gt;: «نعم»</blockquote>"#]]
        .assert_eq(&render(&reply, arabic()).replace(RLM, "|"));
        let shown = parse_html(&render(&reply, arabic())).expect("valid markup");
        assert!(shown.entities.iter().any(|entity| entity["type"] == "expandable_blockquote"));
    }

    #[test]
    fn what_a_button_opens_is_not_folded() {
        let lines =
            [(Role::Person, "سعاد العلي: وزيرة النقل"), (Role::Quotation, "سعاد العلي: \"الجسر للجميع\"")];
        let opened = Reply { is_folded: false, ..reply(&lines, None) };
        assert!(!render(&opened, arabic()).contains("<blockquote"));
    }

    #[test]
    fn what_is_too_long_loses_whole_lines_least_needed_first() {
        let sentence = format!("{}.", "كلمة ".repeat(250).trim());
        let mut lines = vec![(Role::Headline, "عنوان")];
        lines.extend([(Role::Sentence, sentence.as_str()); 3]);
        lines.extend([(Role::Figure, "83 دولة"), (Role::Person, "سعاد"), (Role::Countries, "لبنان")]);
        let html = render(&reply(&lines, None), arabic());
        let shown = parse_html(&html).expect("valid markup");
        assert!(units(&shown.text) <= BUDGET);
        assert_eq!(html.matches(&sentence).count(), 3);
        assert!(html.contains("83 دولة") && html.contains("سعاد") && html.contains("لبنان"));

        lines.insert(1, (Role::Sentence, sentence.as_str()));
        let html = render(&reply(&lines, None), arabic());
        assert!(units(&parse_html(&html).expect("valid markup").text) <= BUDGET);
        assert_eq!(html.matches(&sentence).count(), 3, "a fourth sentence has no room");
        assert!(!html.contains("83 دولة") && !html.contains("أرقام"), "a section leaves with its heading");
    }

    #[test]
    fn what_was_said_leaves_first_and_is_never_cut() {
        let sentence = format!("{}.", "كلمة ".repeat(250).trim());
        let quotation = format!("سعاد: \"{}\"", "كلمة ".repeat(100).trim());
        let lines = [
            (Role::Headline, "عنوان"),
            (Role::Sentence, &sentence),
            (Role::Sentence, &sentence),
            (Role::Person, "سعاد"),
            (Role::Quotation, &quotation),
            (Role::Quotation, &quotation),
            (Role::Quotation, &quotation),
        ];
        let html = render(&reply(&lines, None), arabic());
        let shown = parse_html(&html).expect("valid markup");
        assert!(units(&shown.text) <= BUDGET);
        assert_eq!(html.matches(&sentence).count(), 2);
        assert_eq!(html.matches(&escape(&quotation)).count(), 2, "a third has no room");
        assert_eq!(html.matches("كلمة").count(), 700, "nothing is cut");
    }

    #[test]
    fn a_sentence_without_end_is_not_cut() {
        let endless = "كلمة ".repeat(200_000);
        assert_eq!(
            render(&reply(&[(Role::Headline, "عنوان"), (Role::Sentence, &endless)], None), arabic()),
            ""
        );
    }

    #[test]
    fn every_line_the_bot_says_in_arabic_begins_with_one_mark() {
        for key in ["start", "help", "privacy"] {
            for line in say(arabic(), &arabic().text(key)).lines() {
                assert!(line.starts_with(RLM) && line.matches(RLM).count() == 1, "{line}");
            }
        }
        assert!(!say(Locale::of(Language::English), "Hello").contains(RLM));
    }
}
