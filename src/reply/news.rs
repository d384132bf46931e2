//! «الجديد»: what is new in an article to a chat that was told of its story before, above the rest of its summary.

use super::merged::what;
use super::{Line, Reply, ReplyOptions, Role, bullet, compose_with, digits, on_one_line, proof};
use crate::brief::Brief;
use crate::locale::Locale;
use crate::story::News;
use crate::story::news::Change;

/// The lines that show `brief`, what is new in it first; `first` is the address of the first answer on its story, where it has one.
#[must_use]
pub fn compose(
    brief: &Brief,
    news: &News,
    first: Option<String>,
    options: ReplyOptions,
    locale: &Locale,
) -> Reply {
    Reply { first, ..compose_with(brief, Some(news), options, locale) }
}

/// The lines of what is new: the figures that have changed, with what they were, and the pieces that nobody told before.
pub(super) fn lines(
    brief: &Brief,
    news: &News,
    page: Option<&proof::Page<'_>>,
    locale: &Locale,
) -> Vec<Line> {
    let changed = news.changed.iter().filter_map(|change| changed(brief, change, page, locale));
    let pieces = news.pieces.iter().map(|piece| bullet(brief, Role::New, piece, page));
    changed.chain(pieces).collect()
}

/// «القتلى: **26 شخصا** (سابقاً: 20)».
fn changed(brief: &Brief, change: &Change, page: Option<&proof::Page<'_>>, locale: &Locale) -> Option<Line> {
    let figure = brief.facts.figures.get(change.figure)?;
    let words = on_one_line(brief, figure.span);
    let what = format!("{}: ", what(change.kind, locale));
    // As the article writes its own.
    let old = digits::write(number(change.old), digits::of(&brief.article.body));
    let was = locale.with("was", &[("value", &old)]);
    let bold = what.len()..what.len() + words.len();
    let line = Line::new(Role::New, format!("{what}{words} ({was})"));
    let proof = page.and_then(|page| page.link(figure.span));
    Some(Line { bold: vec![bold], proof, is_ours: true, ..line })
}

/// A number in Latin digits, its thousands apart: 1,250,000.
fn number(value: f64) -> String {
    let text = value.to_string();
    let (whole, rest) = text.find('.').map_or((text.as_str(), ""), |point| text.split_at(point));
    let mut number = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && !number.ends_with('-') {
            number.push(',');
        }
        number.push(digit);
    }
    number + rest
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_easy_to_read() {
        for (value, expected) in [(20.0, "20"), (1250.0, "1,250"), (4.36e8, "436,000,000"), (2.5, "2.5")] {
            assert_eq!(number(value), expected);
        }
    }
}
