//! A reply in a terminal: the same lines, without markup or direction marks.

use super::plain::visible;
use super::{Line, Reply, Role};
use crate::locale::Locale;

/// How a reply looks in a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// How many columns a line may have; none is as many as it needs.
    pub width: Option<usize>,
    /// Whether headings and figures are bold, and what is beside the story dim.
    pub is_styled: bool,
}

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// Writes `reply` as text that ends in a line break.
#[must_use]
pub fn render(reply: &Reply, locale: &Locale, look: Look) -> String {
    let mut text = String::new();
    let mut previous = None;
    for line in &reply.lines {
        if let Some(previous) = previous
            && has_gap(previous, line.role)
        {
            text.push('\n');
        }
        if let Some(heading) = heading(previous, line.role) {
            text.push_str(&look.styled(BOLD, &locale.text(heading)));
            text.push('\n');
        }
        let words = match line.role {
            Role::Headline => look.styled(BOLD, &visible(&line.text)),
            Role::Meta => look.styled(DIM, &visible(&line.text)),
            _ => look.with_bold(line),
        };
        text.push_str(&look.wrapped(&mark(line.role, locale), &words));
        text.push('\n');
        previous = Some(line.role);
    }
    text
}

impl Look {
    fn styled(self, style: &str, words: &str) -> String {
        if self.is_styled { format!("{style}{words}{PLAIN}") } else { words.to_owned() }
    }

    /// The words of `line`, with what stands out in bold.
    fn with_bold(self, line: &Line) -> String {
        let (mut words, mut at) = (String::with_capacity(line.text.len()), 0);
        for range in &line.bold {
            words.push_str(&visible(&line.text[at..range.start]));
            words.push_str(&self.styled(BOLD, &visible(&line.text[range.clone()])));
            at = range.end;
        }
        words.push_str(&visible(&line.text[at..]));
        words
    }

    /// `words` behind `mark`, on as many lines as the terminal needs; those that follow begin where the words do. No word is broken: the
    /// letters of a piece would look otherwise.
    fn wrapped(self, mark: &str, words: &str) -> String {
        let Some(width) = self.width else { return format!("{mark}{words}") };
        let indent = " ".repeat(textwrap::core::display_width(mark));
        let options = textwrap::Options::new(width.max(NARROWEST))
            .initial_indent(mark)
            .subsequent_indent(&indent)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(words, options)
    }
}

/// A terminal says of itself that it has no columns where it does not know.
const NARROWEST: usize = 20;

/// Whether a blank line stands between a line of role `previous` and one of role `role`: between sections, and between bullets,
/// which are easier to read with air around them.
pub(super) fn has_gap(previous: Role, role: Role) -> bool {
    opens_section(previous, role) || matches!(role, Role::New | Role::Sentence)
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
        1 => Some("news"),
        // Where something new stands above them, a reader has to see where it ends.
        2 if previous == Some(Role::New) => Some("rest"),
        3 => Some("differences"),
        4 => Some("figures"),
        5 => Some("participants"),
        6 => Some("quotations"),
        _ => None,
    }
}

/// What a line begins with.
pub(super) fn mark(role: Role, locale: &Locale) -> String {
    match role {
        Role::Headline => format!("{} ", locale.text("headline-mark")),
        Role::Meta => String::new(),
        Role::New
        | Role::Sentence
        | Role::Gist
        | Role::Difference
        | Role::Figure
        | Role::Person
        | Role::Quotation => "• ".to_owned(),
        Role::Organizations => format!("{} ", locale.text("organizations-mark")),
        Role::Countries => format!("{} ", locale.text("countries-mark")),
    }
}

const fn section(role: Role) -> u8 {
    match role {
        Role::Headline | Role::Meta => 0,
        Role::New => 1,
        Role::Sentence => 2,
        Role::Difference => 3,
        Role::Figure => 4,
        Role::Person | Role::Organizations | Role::Countries => 5,
        Role::Quotation => 6,
        Role::Gist => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Look, Reply, Role, render};
    use crate::locale::{Language, Locale};

    fn shown(look: Look) -> String {
        let line = |role, text: &str, bold: &str| Line {
            bold: text
                .find(bold)
                .filter(|_| !bold.is_empty())
                .map(|at| at..at + bold.len())
                .into_iter()
                .collect(),
            ..Line::new(role, text.to_owned())
        };
        let lines = vec![
            line(Role::Headline, "افتتاح جسر الوادي", ""),
            line(Role::Meta, "المقال: دقيقة", ""),
            line(Role::Sentence, "افتتح الوزير جسراً بلغت كلفته 3 ملايين دولار أمس", "3 ملايين دولار"),
            line(Role::Figure, "كلفته 3 ملايين دولار", "3 ملايين دولار"),
        ];
        render(&Reply { lines, ..Reply::default() }, Locale::of(Language::Arabic), look)
    }

    #[test]
    fn where_what_is_new_ends_the_rest_has_a_heading() {
        let line = |role, text: &str| Line::new(role, text.to_owned());
        let lines = vec![
            line(Role::Headline, "تصادم قطارين"),
            line(Role::New, "استقال المدير"),
            line(Role::Sentence, "لقي 20 شخصا مصرعهم"),
        ];
        let written = |lines: &[Line], language| {
            render(
                &Reply { lines: lines.to_vec(), ..Reply::default() },
                Locale::of(language),
                Look::default(),
            )
        };
        let text = written(&lines, Language::Arabic);
        assert!(
            text.ends_with("🆕 الجديد\n• استقال المدير\n\n📌 ملخّص الخبر\n• لقي 20 شخصا مصرعهم\n"),
            "{text}"
        );
        assert!(written(&lines, Language::English).contains("\n📌 Summary\n"));
        let plain = [lines[0].clone(), lines[2].clone()];
        assert!(!written(&plain, Language::Arabic).contains("📌"));
    }

    #[test]
    fn lines_are_as_wide_as_the_terminal() {
        let text = shown(Look { width: Some(24), is_styled: false });
        assert!(text.contains("\n• افتتح الوزير جسراً بلغت\n  كلفته 3 ملايين دولار\n  أمس\n"), "{text}");
        let styled = shown(Look { width: Some(24), is_styled: true });
        let plain =
            [super::BOLD, super::DIM, super::PLAIN].iter().fold(styled, |text, code| text.replace(code, ""));
        assert_eq!(plain, text, "codes take no room");
    }

    #[test]
    fn what_stands_out_is_bold_and_what_is_beside_the_story_dim() {
        let text = shown(Look { width: None, is_styled: true });
        for piece in [
            "\u{1b}[1mافتتاح جسر الوادي\u{1b}[0m\n",
            "\u{1b}[2mالمقال: دقيقة\u{1b}[0m\n",
            "كلفته \u{1b}[1m3 ملايين دولار\u{1b}[0m أمس\n",
            "\u{1b}[1m🔢 أرقام بارزة\u{1b}[0m\n",
        ] {
            assert!(text.contains(piece), "{text}");
        }
        assert!(!shown(Look::default()).contains('\u{1b}'));
    }
}
