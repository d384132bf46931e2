//! Paragraphs: one on each line, unless the text was wrapped at a fixed width.

use super::span::Span;

/// The paragraphs of `text`, in order, white space trimmed.
///
/// A line is a paragraph. Text that was wrapped at a fixed width (mail, old archives) breaks inside
/// sentences; there the lines are put together again. It is told from poems and from lists of
/// headlines, which break lines without a stop as well, by this: where a wrapped line ends, the
/// next word would not have fitted.
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let Some(width) = wrap_width(text, &lines) else { return lines.into_iter().flatten().collect() };
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut runs_on = false;
    for pair in lines.windows(2).map(|pair| (pair[0], pair[1])).chain(lines.last().map(|&last| (last, None)))
    {
        let (Some(line), next) = pair else {
            runs_on = false;
            continue;
        };
        match paragraphs.last_mut() {
            Some(paragraph) if runs_on => *paragraph = paragraph.cover(line),
            _ => paragraphs.push(line),
        }
        runs_on = next.is_some_and(|next| {
            let is_full =
                !can_fit(text, line, next, width) || columns(line.of(text)) * 100 >= width * FULL_PERCENT;
            is_open(line.of(text)) && is_full
        });
    }
    paragraphs
}

/// The lines of `text`, trimmed; `None` for a blank one.
fn lines(text: &str) -> Vec<Option<Span>> {
    let mut start = 0;
    let trimmed = text.split_inclusive('\n').map(|line| {
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        (!span.is_empty()).then_some(span)
    });
    trimmed.collect()
}

/// Wider lines are paragraphs; narrower ones are verses and lists.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 50..=140;
/// So many lines have to break inside a sentence, and so many of a hundred have to be full.
const MIN_OPEN_LINES: usize = 3;
const MIN_FULL_PERCENT: usize = 85;
/// In wrapped text a line this wide runs on even if the next word would have fitted.
const FULL_PERCENT: usize = 80;

/// The width in characters at which `text` was wrapped, if it was.
fn wrap_width(text: &str, lines: &[Option<Span>]) -> Option<usize> {
    let width = lines.iter().flatten().map(|line| columns(line.of(text))).max()?;
    // Prose has stops; a list of headlines or a poem may have none at all.
    if !WRAP_WIDTHS.contains(&width) || !text.contains(['.', '؟', '!']) {
        return None;
    }
    let (mut open, mut full) = (0, 0);
    for pair in lines.windows(2) {
        if let [Some(line), Some(next)] = *pair
            && is_open(line.of(text))
        {
            open += 1;
            full += usize::from(!can_fit(text, line, next, width));
        }
    }
    (open >= MIN_OPEN_LINES && full * 100 >= open * MIN_FULL_PERCENT).then_some(width)
}

/// Whether a line ends inside a sentence.
fn is_open(line: &str) -> bool {
    !line.ends_with(['.', '!', '?', '؟', '…', ':'])
}

/// Whether the first word of `next` would have fitted on `line`.
fn can_fit(text: &str, line: Span, next: Span, width: usize) -> bool {
    let word = next.of(text).split_whitespace().next().map_or(0, columns);
    columns(line.of(text)) + 1 + word <= width.saturating_sub(WIDTH_SLACK)
}

/// Programs that wrap disagree about tashkeel and trailing spaces by a few columns.
const WIDTH_SLACK: usize = 3;

fn columns(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = paragraphs(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_is_a_paragraph() {
        check(" عنوان \r\n\r\nفقرة أولى.\nفقرة ثانية", &["عنوان", "فقرة أولى.", "فقرة ثانية"]);
        check("", &[]);
        check("\n \n", &[]);
    }

    #[test]
    fn wrapped_lines_are_put_together() {
        let lines = [
            "قالت بلدية المدينة إن العمل في الجسر الجديد سيبدأ في",
            "مطلع الشهر المقبل بعد أن وافق المجلس على الميزانية",
            "التي قدمتها لجنة الأشغال العامة في جلستها الأخيرة.",
            "وأضافت أن المشروع سيخفف الازدحام على الطريق الشرقي",
            "ويقصر المسافة بين الميناء والمنطقة الصناعية كثيرا.",
        ];
        let text = lines.join("\n");
        check(&text, &[&lines[..3].join("\n"), &lines[3..].join("\n")]);
    }

    #[test]
    fn verses_and_headlines_stay_lines() {
        let verses = "يا طائرا فوق الغصون مغردا\nهل عاد من سفر البعيد حبيب\nأم ضاع في ليل المسافات الصدى\nوالدرب موحشة وأنت غريب";
        check(verses, &verses.split('\n').collect::<Vec<_>>());
        let headlines = "افتتاح ميناء جديد على الساحل الشرقي للبلاد\nارتفاع أسعار القمح\nفوز الفريق الوطني في المباراة الودية أمس\nوفاة رسام معروف\nالثلوج تغلق الطرق";
        check(headlines, &headlines.split('\n').collect::<Vec<_>>());
    }
}
