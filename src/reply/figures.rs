//! The figures of a reply: each clause once, with every number that it tells in bold, and the same numbers in bold inside bullets.

use std::ops::Range;

use super::on_one_line;
use crate::brief::Brief;
use crate::facts::Figure;
use crate::text::Span;

/// A figure line: the clause, and the numbers in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLine {
    /// The clause, as it stands in the article.
    pub clause: Span,
    /// The figures that stand out in it.
    pub numbers: Vec<Span>,
}

/// The lines that stand beside a summary: those of the figures that are central to the story.
#[must_use]
pub fn beside_summary(brief: &Brief) -> Vec<FigureLine> {
    lines(brief, super::FIGURE_LINES, Figure::is_central)
}

/// The lines of figures that are shown by themselves.
#[must_use]
pub fn all(brief: &Brief) -> Vec<FigureLine> {
    lines(brief, super::KEY_FIGURES, |_| true)
}

/// The first `limit` lines of key figures, no clause twice: a figure whose clause shares words with one before stands out there, where it is
/// in it, and has no line of its own. So one sum in two currencies is one line.
fn lines(brief: &Brief, limit: usize, is_wanted: impl Fn(&Figure) -> bool) -> Vec<FigureLine> {
    let mut lines: Vec<FigureLine> = Vec::new();
    let is_listed = |figure: &Figure| figure.line.is_some() && is_wanted(figure);
    for figure in brief.facts.most_salient_figures(super::KEY_FIGURES, is_listed) {
        let Some(clause) = figure.line else { continue };
        let shares = |line: &&mut FigureLine| line.clause.overlaps(clause);
        if let Some(line) = lines.iter_mut().find(shares) {
            // The clause that holds both tells more.
            if clause.contains(line.clause) {
                line.clause = clause;
            }
            if line.clause.contains(figure.span) && !line.numbers.contains(&figure.span) {
                line.numbers.push(figure.span);
                line.numbers.sort_unstable();
            }
        } else if lines.len() < limit && !lines.iter().any(|line| says_the_same(brief, line.clause, clause)) {
            lines.push(FigureLine { clause, numbers: vec![figure.span] });
        }
    }
    lines
}

/// Whether one of two clauses says all that the other does, in the same words.
fn says_the_same(brief: &Brief, one: Span, other: Span) -> bool {
    let (one, other) = (on_one_line(brief, one), on_one_line(brief, other));
    one.contains(&other) || other.contains(&one)
}

/// Where the key figures stand in `text`, which shows the piece `shown` of the article.
#[must_use]
pub fn key_places(brief: &Brief, text: &str, shown: Span) -> Vec<Range<usize>> {
    let key = brief.facts.figures.iter().filter(|figure| figure.salience > 0.0);
    let key: Vec<Span> = key.map(|figure| figure.span).collect();
    places(text, brief.document.text(), &[shown], &key)
}

/// Where `marked` stand in `text`, which shows the spans `shown` of `source` and differs from them in white space at most. What does not
/// stand in it whole is left out.
#[must_use]
pub fn places(text: &str, source: &str, shown: &[Span], marked: &[Span]) -> Vec<Range<usize>> {
    let inked = |(_, c): &(usize, char)| !c.is_whitespace();
    let letters = text.char_indices().filter(inked);
    let own = shown
        .iter()
        .flat_map(|span| span.of(source).char_indices().map(|(at, c)| (span.start + at, c)))
        .filter(inked);
    let mut places: Vec<Option<Range<usize>>> = vec![None; marked.len()];
    for ((at, letter), (source_at, source_letter)) in letters.zip(own) {
        // Something stands in front that is not of the sentence.
        if letter != source_letter {
            return Vec::new();
        }
        let end = at + letter.len_utf8();
        for (place, span) in
            places.iter_mut().zip(marked).filter(|(_, span)| span.start <= source_at && source_at < span.end)
        {
            match place {
                Some(range) => range.end = end,
                None if source_at == span.start => *place = Some(at..end),
                None => {}
            }
        }
    }
    let whole = |(place, span): (Option<Range<usize>>, &Span)| {
        place.filter(|_| shown.iter().any(|shown| shown.contains(*span)))
    };
    let mut places: Vec<Range<usize>> = places.into_iter().zip(marked).filter_map(whole).collect();
    places.sort_by_key(|place| place.start);
    places.dedup_by(|next, last| next.start < last.end);
    places
}

#[cfg(test)]
mod tests {
    use super::{all, beside_summary, lines, places};
    use crate::article::Article;
    use crate::brief;
    use crate::facts::figure::CENTRAL;
    use crate::summary::{Budget, Length};
    use crate::text::Span;

    #[test]
    fn figures_are_found_in_what_is_shown() {
        let source = "وقال الوزير إن  12\nمصنعا أغلقت، وإن 30 عاملا";
        let span = |words: &str| {
            let start = source.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let shown = [span("إن  12\nمصنعا أغلقت")];
        let text = "إن 12 مصنعا أغلقت";
        let found = places(text, source, &shown, &[span("30 عاملا"), span("12\nمصنعا")]);
        assert_eq!(found.iter().map(|place| &text[place.clone()]).collect::<Vec<_>>(), ["12 مصنعا"]);
        assert!(places("الوزير: إن 12", source, &shown, &[span("12\nمصنعا")]).is_empty());
    }

    #[test]
    fn beside_a_summary_stand_the_lines_of_central_figures() {
        let body =
            "أعلنت وزارة المالية أن كلفة المرفأ الجديد بلغت 17 مليار درهم. وقتل 12 عاملا في حريق بالمرفأ.";
        let article = Article { body: body.to_owned(), ..Article::default() };
        let mut brief = brief::read(article).compose(Budget::Length(Length::Medium));
        let line = |words: &str| {
            let start = brief.document.text().find(words).unwrap();
            Some(Span::new(start, start + words.len()))
        };
        let lines = [line("كلفة المرفأ الجديد بلغت 17 مليار درهم"), line("وقتل 12 عاملا في حريق بالمرفأ")];
        for ((figure, line), salience) in brief.facts.figures.iter_mut().zip(lines).zip([CENTRAL, 0.5]) {
            (figure.line, figure.salience) = (line, salience);
        }
        assert_eq!((beside_summary(&brief).len(), all(&brief).len()), (1, 2));
        // Programs are told of a figure that has no line, too.
        brief.facts.figures[1].line = None;
        assert_eq!((all(&brief).len(), brief.facts.key_figures(6).len()), (1, 2));
    }

    #[test]
    fn no_clause_is_printed_twice() {
        let body = "أعلنت وزارة المالية أن كلفة المرفأ الجديد بلغت 17 مليار درهم (4.8 مليار دولار). وقتل 12 عاملا في حريق بالمرفأ. \
            وقتل 12 عاملا في حريق بالمرفأ.";
        let article =
            Article {
                headline: "كلفة المرفأ".to_owned(), body: body.to_owned(), ..Article::default()
            };
        let brief = brief::read(article).compose(Budget::Length(Length::Medium));
        let clauses: Vec<&str> = all(&brief).iter().map(|line| brief.document.slice(line.clause)).collect();
        for (at, clause) in clauses.iter().enumerate() {
            assert!(clauses[at + 1..].iter().all(|other| !other.contains(clause) && !clause.contains(other)));
        }
        assert!(lines(&brief, 1, |_| true).len() <= 1);
    }
}
