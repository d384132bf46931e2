//! Pasted and forwarded text: its headline and its paragraphs, without the clutter that was
//! copied along.

use std::collections::{HashMap, HashSet};

use super::{Article, Refusal, byline, clutter, date, language, line};

/// A headline has at least this many words; fewer are a category or a place («دمشق - وكالات»).
const HEADLINE_MIN: usize = 4;
/// A headline has at most this many words; more are a paragraph.
const HEADLINE_MAX: usize = 26;
/// A finished sentence of this many words is a paragraph of the body.
const SENTENCE: usize = 8;
/// A line above the text that gives a date has at most this many words.
const LABEL: usize = 16;
/// A line of at most this many words between two paragraphs is a caption or a subheading.
const CAPTION: usize = 14;

/// Reads a pasted text as an article: the headline is found, clutter is dropped, paragraphs are kept.
///
/// Lines are taken over as they are, white space at their ends and ornaments («🔴», «•») at their start
/// apart. A text that was hard-wrapped (a line break every 70 characters) is put together again.
///
/// # Errors
/// [`Refusal::Empty`] if no line is left. Whether the rest is long enough and Arabic is for
/// [`check`](super::check) to say.
pub fn read(text: &str) -> Result<Article, Refusal> {
    let lines = paragraphs(text);
    let lines: Vec<&str> =
        lines.iter().map(|line| line::without_ornament(line)).filter(|line| !line.is_empty()).collect();
    let headline = headline(&lines);
    let below = headline.map_or(0, |at| at + 1);
    let headline = headline.map_or("", |at| lines[at]);
    let first = lines.iter().position(|line| is_paragraph(line)).unwrap_or(lines.len());
    // The date and the author stand above the text; an author may stand below it too.
    let mut above = lines[..first].iter().filter(|line| line::words(line).len() <= LABEL);
    let published = above.find_map(|line| date::parse(line));
    let byline = lines[..first]
        .iter()
        .chain(lines[first..].iter().rev().take(3))
        .find_map(|line| byline::in_line(line));
    let body =
        without_captions(clutter::clean(lines[below..].iter().copied(), |line| *line, headline)).join("\n");
    if body.is_empty() && headline.is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(Article {
        headline: headline.to_owned(),
        language: language::is_arabic(&body).then(|| "ar".to_owned()),
        body,
        published,
        byline,
        ..Article::default()
    })
}

/// The lines of `text`, hard-wrapped ones joined.
fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> =
        text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).map(str::trim).collect();
    if !is_wrapped(&lines) {
        return lines.into_iter().map(str::to_owned).collect();
    }
    lines.split(|line| line.is_empty()).map(|block| block.join(" ")).collect()
}

/// Whether the lines were broken by a program at some width, and paragraphs are parted by empty lines:
/// most lines that another follows directly are of nearly one length and stop inside a sentence.
fn is_wrapped(lines: &[&str]) -> bool {
    /// Widths that programs wrap at, in characters.
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=130;
    /// Too few broken lines tell nothing.
    const FEWEST: usize = 4;

    let broken: Vec<&str> = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
        .map(|pair| pair[0])
        .collect();
    let widths: Vec<usize> = broken.iter().map(|line| line.chars().count()).collect();
    let Some(&widest) = widths.iter().max() else { return false };
    let full = widths.iter().filter(|&&width| width * 4 > widest * 3).count();
    let open = broken.iter().filter(|line| !line::ends_sentence(line)).count();
    broken.len() >= FEWEST
        && WIDTHS.contains(&widest)
        && full * 10 > broken.len() * 8
        && open * 10 > broken.len() * 6
}

/// Index of the headline among `lines`: a line above the first paragraph that is repeated below, else
/// the first whose words the text takes up again, else the first long enough.
fn headline(lines: &[&str]) -> Option<usize> {
    let above = lines.iter().position(|line| is_paragraph(line)).unwrap_or(lines.len().min(2));
    // A question or an exclamation of one line may be the headline over the text.
    let above = if above == 0 && lines.len() > 1 && !lines[0].ends_with('.') { 1 } else { above };
    let candidates: Vec<usize> = (0..above)
        .filter(|&at| {
            (HEADLINE_MIN..=HEADLINE_MAX).contains(&line::words(lines[at]).len())
                && clutter::classify(lines[at]).is_none()
        })
        .collect();
    if lines.len() < 2 {
        return None;
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    for line in lines {
        *times.entry(line::key(line)).or_default() += 1;
    }
    let repeated = candidates.iter().find(|&&at| times[&line::key(lines[at])] > 1);
    let told = || candidates.iter().find(|&&at| is_told(lines[at], &lines[above.min(lines.len())..]));
    repeated.or_else(told).or(candidates.first()).copied()
}

/// Whether a third of the longer words of `headline` come again in the first paragraphs.
fn is_told(headline: &str, body: &[&str]) -> bool {
    const FIRST: usize = 6;
    let body: HashSet<String> =
        body.iter().take(FIRST).flat_map(|line| line::words(line)).map(|word| word.key).collect();
    let keys: Vec<String> = line::words(headline)
        .into_iter()
        .map(|word| word.key)
        .filter(|key| key.chars().count() > 3)
        .collect();
    let told = keys.iter().filter(|key| body.contains(*key)).count();
    told * 3 >= keys.len().max(1)
}

fn is_paragraph(line: &str) -> bool {
    let count = line::words(line).len();
    count > HEADLINE_MAX || (count >= SENTENCE && line::ends_sentence(line))
}

/// Drops short lines without a full stop that stand alone between paragraphs: captions and subheadings
/// («الاجتماع الوزاري في روما»). Only where the text's paragraphs do end in full stops, so that posts
/// written without any are left whole; lists (several short lines in a row) are left too.
fn without_captions(lines: Vec<&str>) -> Vec<&str> {
    let counts: Vec<usize> = lines.iter().map(|line| line::words(line).len()).collect();
    let finished: Vec<bool> = lines.iter().map(|line| line::ends_sentence(line)).collect();
    let long = counts.iter().filter(|&&count| count > CAPTION).count();
    let long_finished =
        counts.iter().zip(&finished).filter(|(count, finished)| **count > CAPTION && **finished).count();
    if long_finished * 10 < long * 7 || long == 0 {
        return lines;
    }
    let short: Vec<bool> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| counts[at] <= CAPTION && !finished[at] && !line.ends_with([':', '،', '؛']))
        .collect();
    let introduced = |at: usize| at > 0 && lines[at - 1].ends_with(':');
    let in_list = |at: usize| (at > 0 && short[at - 1]) || short.get(at + 1).copied().unwrap_or(false);
    let kept = (0..lines.len()).filter(|&at| !short[at] || introduced(at) || in_list(at));
    kept.map(|at| lines[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::article::Refusal;

    const FIRST: &str =
        "أعلن وزير الزراعة سالم الهادي، اليوم الأحد، أن محصول القمح بلغ 900 ألف طن هذا الموسم.";
    const SECOND: &str = "وقال الهادي في مؤتمر صحفي إن الوزارة ستشتري المحصول كله بسعر يغطي كلفة الإنتاج.";
    const THIRD: &str = "ويعتمد نصف سكان المحافظة على زراعة القمح والشعير منذ عشرات السنين.";
    const HEADLINE: &str = "وزير الزراعة يعلن محصول القمح لهذا الموسم";

    #[track_caller]
    fn check(text: &str, headline: &str, body: &[&str]) {
        let article = read(text).expect("an article");
        assert_eq!((article.headline.as_str(), article.body.as_str()), (headline, body.join("\n").as_str()));
    }

    #[test]
    fn the_site_is_dropped_and_the_article_kept() {
        let text = format!(
            "اقتصادسلايد رئيسي\n\n{HEADLINE}\n\nالأحد، 07 يونيو 2020 03:12 م\nفيسبوك تويتر\n\n{FIRST}\n\nحصاد القمح في المحافظة\n\n\
             {SECOND}\n\nشاهد أيضاً : كيف يصنع الخبز\n\n{THIRD}\n\n{HEADLINE}\n{HEADLINE}\n\nمقالات ذات صلة\n\nأسعار الخبز ترتفع\n\nزر الذهاب إلى الأعلى"
        );
        check(&text, HEADLINE, &[FIRST, SECOND, THIRD]);
    }

    #[test]
    fn the_date_and_the_author_above_the_text_are_read() {
        let text = format!("{HEADLINE}\nكتب: سالم الهادي\nالأحد، 07 يونيو 2020 03:12 م\n{FIRST}\n{SECOND}");
        let article = read(&text).expect("an article");
        assert_eq!(article.byline.as_deref(), Some("سالم الهادي"));
        assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2020-06-07T15:12:00"));
        assert_eq!(read(FIRST).expect("an article").published, None);
    }

    #[test]
    fn a_text_without_a_headline_has_none() {
        check(&format!("{FIRST}\n{SECOND}\n{THIRD}"), "", &[FIRST, SECOND, THIRD]);
        check(FIRST, "", &[FIRST]);
    }

    #[test]
    fn a_forwarded_post_loses_its_ornaments_and_its_footer() {
        let text =
            format!("🔴 {HEADLINE}\n\n▪️ {FIRST}\n▪️ {SECOND}\n\nتابعونا على تلغرام\n@channel\n#القمح");
        check(&text, HEADLINE, &[FIRST, SECOND]);
    }

    #[test]
    fn lines_of_a_post_without_full_stops_stay() {
        let lines = [
            "إسقاط 12 طائرة فوق المدينة",
            "إصابة 4 أشخاص بجروح طفيفة في الحي",
            "توقف الدراسة في المدارس حتى الخميس",
        ];
        check(
            &format!("عاجل من المدينة بعد القصف\n\n{}", lines.join("\n")),
            "عاجل من المدينة بعد القصف",
            &lines,
        );
    }

    #[test]
    fn a_hard_wrapped_text_is_put_together() {
        let wrapped = "أعلن وزير الزراعة سالم الهادي اليوم الأحد أن محصول القمح\nبلغ تسعمئة ألف طن هذا الموسم وهو رقم لم يبلغه أي موسم منذ\nعشر سنوات بحسب الوزارة التي قالت إنها ستشتري المحصول كله\nبسعر يغطي كلفة الإنتاج ويترك ربحاً للمزارعين في كل مكان\nمن المحافظة.";
        check(wrapped, "", &[&wrapped.replace('\n', " ")]);
    }

    #[test]
    fn nothing_is_refused_as_nothing() {
        for text in ["", " \n \n", "زر الذهاب إلى الأعلى", "🔴🔴🔴"] {
            assert_eq!(read(text), Err(Refusal::Empty), "{text}");
        }
    }
}
