//! Pasted and forwarded text: its headline and its paragraphs, without the clutter that was copied along.
//!
//! 1. [`letters`]: plain letters;
//! 2. [`chat`]: the messages of a copied chat;
//! 3. [`items`]: the items of lists, those on one line parted;
//! 4. [`join`]: lines that were broken inside a sentence, put together;
//! 5. here: the headline, and what of the rest is the text.

mod chat;
mod items;
mod join;
mod letters;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::{Article, Refusal, byline, clutter, date, language, line};
use crate::text::lexicon::WordClass;
use crate::text::stories::{self, Shape};
use crate::text::{Document, edge, table};
use items::Mark;
use join::Line;

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
/// So many items are a list.
const LIST: usize = 3;

/// Reads a pasted text as an article: the headline is found, clutter is dropped, paragraphs are kept.
///
/// Lines are taken over as they are, the marks of items («🔴», «•», «1-») at their start apart. Broken lines are put together
/// again. The body has one paragraph on each line; before an item of a list stands an empty line.
///
/// # Errors
/// [`Refusal::Empty`] if no line is left. Whether the rest is long enough and Arabic is for
/// [`check`](super::check) to say.
pub fn read(text: &str) -> Result<Article, Refusal> {
    let lines = lines(&letters::plain(text));
    if let Some(article) = roundup(&lines) {
        return Ok(article);
    }
    let headline = headline(&lines);
    let below = headline.map_or(0, |at| at + 1);
    let headline = headline.map_or("", |at| lines[at].text.as_str());
    let first = lines.iter().position(|line| is_paragraph(&line.text)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| is_paragraph(&line.text)).unwrap_or(0);
    // The date and the author stand above the text; an author may stand below it too.
    let mut above = lines[..first].iter().filter(|line| line::count(&line.text) <= LABEL);
    let published = above.find_map(|line| date::parse(&line.text));
    let byline = lines[..first]
        .iter()
        .chain(lines[first..].iter().rev().take(3))
        .find_map(|line| byline::in_line(&line.text));
    let told = lines[below..].iter().enumerate().filter(|(at, line)| {
        let text = line.text.as_str();
        // «أسعد الله صباحكم، هذه أحدث الأخبار.»
        let is_greeting = clutter::opens_with_formula(text) && stories::is_roundup(text);
        let at = below + at;
        let is_credit =
            at < first && byline::is_credit(text) || !(first..=last).contains(&at) && is_outlet(text);
        !is_greeting && !is_bracketed(text) && !is_credit
    });
    let told = clutter::clean(told.map(|(_, line)| line), |line| line.text.as_str(), headline);
    let body = write(&without_captions(told));
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

/// The lines of `text`: those of one message after the other, items parted, broken lines joined.
fn lines(text: &str) -> Vec<Line> {
    let messages = chat::told(text);
    let several = messages.len() > 1;
    messages.into_iter().flat_map(|message| lines_of(&message, several)).collect()
}

/// The lines of a message; where there are `several`, each message is an item.
fn lines_of(message: &[&str], several: bool) -> Vec<Line> {
    let plain: Vec<String> =
        message.iter().map(|line| letters::without_hashtags(&letters::without_emphasis(line))).collect();
    let mut marked = Vec::new();
    let mut apart = Vec::new();
    let mut after_blank = false;
    for line in &plain {
        for item in items::in_line(line) {
            if item.text.is_empty() {
                after_blank = true;
            } else {
                apart.push(std::mem::take(&mut after_blank));
                marked.push(item);
            }
        }
    }
    items::confirm(&mut marked);
    let rows = table::rows(marked.iter().map(|line| line.text));
    let lines = marked.iter().zip(apart).zip(rows).enumerate().map(|(at, ((line, apart), row))| Line {
        text: without_flash(line.text).to_owned(),
        mark: line.mark.or((several && at == 0).then_some(Mark::Apart)),
        apart,
        row,
    });
    join::join(&lines.filter(|line| !line.text.is_empty()).collect::<Vec<_>>())
}

/// `line` without the call that opens it: «عاجل | », «خبر عاجل:». «عاجل من المدينة» is told.
fn without_flash(line: &str) -> &str {
    let end = line.find(['|', ':', '/', '!', '-', '–', '—', '•']).or_else(|| line.find(".."));
    let Some((call, rest)) = end.map(|end| line.split_at(end)) else { return line };
    let told =
        line::without_ornament(rest.trim_start_matches(['|', ':', '/', '!', '-', '–', '—', '•', '.', ' ']));
    let is_call = WordClass::Flash.contains(&line::key(call));
    if is_call && told.contains(char::is_alphabetic) { without_flash(told) } else { line }
}

/// The article of a text that opens by saying that it goes through the news, if it does: «أهم الأخبار», «نشرة المساء:».
fn roundup(lines: &[Line]) -> Option<Article> {
    let (header, items) = lines.split_first()?;
    let is_header = line::count(&header.text) <= HEADLINE_MAX && stories::is_roundup(&header.text);
    if !is_header {
        return None;
    }
    let mut told: Vec<Line> = Vec::new();
    let mut mark = None;
    // Without marks, empty lines part the items.
    let by_gaps = items.iter().filter(|line| line.mark.is_some()).count() < LIST;
    for line in items {
        // «🔸 اقتصاد»: the item goes on below its label.
        mark = line.mark.or(mark).or((by_gaps && line.apart).then_some(Mark::Apart));
        if clutter::classify(&line.text).is_none() && !is_bracketed(&line.text) && !is_outlet(&line.text) {
            told.push(Line { mark: mark.take(), ..line.clone() });
        }
    }
    let headline = header.text.trim_end_matches([':', ' ', '.']).to_owned();
    let body = write(&told.iter().collect::<Vec<_>>());
    if stories::shape(&Document::new(&headline, &body)) == Shape::Story {
        return None;
    }
    let published = date::parse(&headline);
    let language = language::is_arabic(&body).then(|| "ar".to_owned());
    Some(Article { headline, body, published, language, ..Article::default() })
}

/// One paragraph on each line, an empty line before each item of a list.
fn write(lines: &[&Line]) -> String {
    let is_list = lines.iter().filter(|line| line.mark.is_some()).count() >= LIST;
    let mut body = String::new();
    for line in lines {
        if !body.is_empty() {
            body.push_str(if is_list && line.mark.is_some() { "\n\n" } else { "\n" });
        }
        body.push_str(&line.text);
    }
    body
}

/// Index of the headline among `lines`: a line above the first paragraph that is repeated below, else
/// the first whose words the text takes up again, else the first long enough.
fn headline(lines: &[Line]) -> Option<usize> {
    let above = lines.iter().position(|line| is_paragraph(&line.text)).unwrap_or(lines.len().min(2));
    // A question or an exclamation of one line may be the headline over the text.
    let above = if above == 0 && lines.len() > 1 && !lines[0].text.ends_with('.') { 1 } else { above };
    let candidates: Vec<usize> =
        (0..above).filter(|&at| may_be_headline(&lines[at]) && !is_item(lines, at)).collect();
    if lines.len() < 2 {
        return None;
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    for line in lines {
        *times.entry(line::key(&line.text)).or_default() += 1;
    }
    let repeated = candidates.iter().find(|&&at| times[&line::key(&lines[at].text)] > 1);
    let told = || candidates.iter().find(|&&at| is_told(&lines[at].text, &lines[above.min(lines.len())..]));
    repeated.or_else(told).or(candidates.first()).copied()
}

/// Whether the line could be a headline at all. «وزير الصحة سامر الحداد:» says who speaks, «بسم الله الرحمن الرحيم» nothing.
fn may_be_headline(line: &Line) -> bool {
    let text = line.text.as_str();
    (HEADLINE_MIN..=HEADLINE_MAX).contains(&line::count(text))
        && clutter::classify(text).is_none()
        && !clutter::opens_with_formula(text)
        && !text.ends_with([':', '،'])
        && !line.row
        && !is_bracketed(text)
        && !is_outlet(text)
        && matches!(line.mark, None | Some(Mark::Bullet(_) | Mark::Apart))
}

/// Whether the line begins an item of a list whose other items stand below it, and no text does.
fn is_item(lines: &[Line], at: usize) -> bool {
    let others = || lines[at + 1..].iter().filter(|line| line.mark == lines[at].mark);
    let told = others().filter(|line| is_paragraph(&line.text)).count();
    lines[at].mark.is_some()
        && (lines[..at].iter().any(|line| line.text.ends_with(':')) || others().count() > told * 2)
}

/// Whether a third of the longer words of `headline` come again in the first paragraphs.
fn is_told(headline: &str, body: &[Line]) -> bool {
    const FIRST: usize = 6;
    let body: HashSet<String> =
        body.iter().take(FIRST).flat_map(|line| line::words(&line.text)).map(|word| word.key).collect();
    let keys: Vec<String> = line::words(headline)
        .into_iter()
        .map(|word| word.key)
        .filter(|key| key.chars().count() > 3)
        .collect();
    let told = keys.iter().filter(|key| body.contains(*key)).count();
    told * 3 >= keys.len().max(1)
}

fn is_paragraph(line: &str) -> bool {
    let count = line::count(line);
    count > HEADLINE_MAX || (count >= SENTENCE && (line::ends_sentence(line) || edge::is_told(line)))
}

/// A caption or a credit in brackets: «(صورة من الأرشيف)», «\[فيديو\]».
fn is_bracketed(line: &str) -> bool {
    let inside = line.strip_prefix(['(', '[']).and_then(|line| line.strip_suffix([')', ']']));
    inside.is_some_and(|inside| !inside.contains(['(', '[']) && line::count(inside) <= CAPTION)
}

/// The name of who sends the news, alone or with a place: «شبكة الساحل الإخبارية», «وكالة أنباء الساحل - النخيل». «قناة السويس
/// تحقق إيرادات قياسية» is a headline.
fn is_outlet(line: &str) -> bool {
    /// A longer line says something.
    const LONGEST: usize = 6;

    let words = line::words(line);
    words.len() <= LONGEST
        && !line::ends_sentence(line)
        && words.first().is_some_and(|word| WordClass::Outlet.contains(&word.key))
        && words.iter().any(|word| WordClass::OutletAdjective.contains(&word.key))
}

/// Drops short lines without a full stop that stand alone between paragraphs: captions and subheadings
/// («الاجتماع الوزاري في روما»). Only where the text's paragraphs do end in full stops, so that posts
/// written without any are left whole; lists (several short lines in a row) are left too.
fn without_captions(lines: Vec<&Line>) -> Vec<&Line> {
    let counts: Vec<usize> = lines.iter().map(|line| line::count(&line.text)).collect();
    let finished: Vec<bool> = lines.iter().map(|line| line::ends_sentence(&line.text)).collect();
    let long = counts.iter().filter(|&&count| count > CAPTION).count();
    let long_finished =
        counts.iter().zip(&finished).filter(|(count, finished)| **count > CAPTION && **finished).count();
    if long_finished * 10 < long * 7 || long == 0 {
        return lines;
    }
    let short: Vec<bool> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            counts[at] <= CAPTION
                && !finished[at]
                && !line.text.ends_with([':', '،', '؛'])
                && line.mark.is_none()
        })
        .collect();
    let introduced = |at: usize| at > 0 && lines[at - 1].text.ends_with(':');
    let in_list = |at: usize| (at > 0 && short[at - 1]) || short.get(at + 1).copied().unwrap_or(false);
    let kept = (0..lines.len()).filter(|&at| !short[at] || introduced(at) || in_list(at));
    kept.map(|at| lines[at]).collect()
}
