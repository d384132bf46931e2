//! A reply in three lines, for a chat that did not ask: the headline, one bullet, who comes first with the first figure.

use super::{Line, Reply, Role};
use crate::locale::Locale;

/// What is left of `reply` in three lines. A figure that stands out in the bullet is not told again.
#[must_use]
pub fn of(reply: Reply, locale: &Locale) -> Reply {
    let first = |roles: &[Role]| reply.lines.iter().find(|line| roles.contains(&line.role));
    let bullet = first(&[Role::New, Role::Sentence]);
    let is_told = |line: &&Line| {
        let bold = |line: &Line| -> Vec<String> {
            line.bold.iter().map(|range| line.text[range.clone()].to_owned()).collect()
        };
        let told = bullet.map(bold).unwrap_or_default();
        bold(line).iter().all(|number| told.contains(number)) && !line.bold.is_empty()
    };
    let mut figures = reply.lines.iter().filter(|line| matches!(line.role, Role::Difference | Role::Figure));
    let last = joined(first(&[Role::Person]), figures.find(|line| !is_told(line)), locale);
    let shown = [first(&[Role::Headline]), bullet].into_iter().flatten().cloned();
    let lines = shown.chain(last).collect();
    Reply { lines, ..reply }
}

/// «ليلى المنصوري: وزيرة الثقافة · **300** مخطوطة نادرة»: its mark leads to the figure.
fn joined(person: Option<&Line>, figure: Option<&Line>, locale: &Locale) -> Option<Line> {
    let mut line = Line { role: Role::Gist, ..person.or(figure)?.clone() };
    if let (Some(_), Some(figure)) = (person, figure) {
        line.text.extend([" ", &locale.text("separator"), " "]);
        let start = line.text.len();
        line.bold.extend(figure.bold.iter().map(|range| range.start + start..range.end + start));
        line.text.push_str(&figure.text);
        line.proof.clone_from(&figure.proof);
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::locale::{Language, Locale};
    use crate::reply::{Line, Reply, Role, html};

    fn line(role: Role, text: &str, bold: &str) -> Line {
        let place = text.find(bold).filter(|_| !bold.is_empty()).map(|at| at..at + bold.len());
        Line { bold: Vec::from_iter(place), ..Line::new(role, text.to_owned()) }
    }

    #[track_caller]
    fn check(lines: &[Line], expected: &str) {
        let locale = Locale::of(Language::Arabic);
        let html = html::render(&of(Reply { lines: lines.to_vec(), ..Reply::default() }, locale), locale);
        assert_eq!(html.replace('\u{200f}', ""), expected);
    }

    #[test]
    fn three_lines_are_left() {
        let headline = line(Role::Headline, "متحف للخط", "");
        let bullet = line(Role::Sentence, "افتتح المتحف وفيه 3 قاعات", "3 قاعات");
        let figures =
            [line(Role::Figure, "وفيه 3 قاعات", "3 قاعات"), line(Role::Figure, "300 مخطوطة نادرة", "300")];
        let people =
            [line(Role::Person, "ليلى المنصوري: وزيرة الثقافة", ""), line(Role::Person, "سالم الراوي", "")];
        let mut lines = vec![headline, line(Role::Meta, "المقال: دقيقتان", ""), bullet.clone(), bullet];
        let begins = "📰 <b>متحف للخط</b>\n\n• افتتح المتحف وفيه <b>3 قاعات</b>";
        check(&lines, begins);
        let quotation = line(Role::Quotation, "ليلى المنصوري: «نعم»", "");
        lines.extend(figures.into_iter().chain([quotation]));
        check(&lines, &format!("{begins}\n\n• <b>300</b> مخطوطة نادرة"));
        lines.extend(people);
        check(&lines, &format!("{begins}\n\n• ليلى المنصوري: وزيرة الثقافة · <b>300</b> مخطوطة نادرة"));
        lines.retain(|line| line.role != Role::Figure);
        check(&lines, &format!("{begins}\n\n• ليلى المنصوري: وزيرة الثقافة"));
    }

    #[test]
    fn what_is_new_comes_before_what_is_not() {
        let lines = [
            line(Role::Headline, "تصادم قطارين", ""),
            line(Role::New, "القتلى: 26 شخصا", "26 شخصا"),
            line(Role::Sentence, "لقي 26 شخصا مصرعهم", "26 شخصا"),
        ];
        check(&lines, "📰 <b>تصادم قطارين</b>\n\n<b>🆕 الجديد</b>\n• القتلى: <b>26 شخصا</b>");
    }
}
