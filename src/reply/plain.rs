//! Words of an article as they may be shown: without what steers a terminal or the direction of a line, and for a chat without
//! what its apps would make a link of. JSON says the article's words as they are, and escapes what steers.

use std::borrow::Cow;
use std::ops::Range;

/// U+2060 WORD JOINER: it shows nothing and joins no Arabic letters, and no app reads a link across it. (Telegram does read
/// links across U+200C and U+200D, the zero-width joiners of scripts.)
const JOINER: char = '\u{2060}';

/// A space at which no line is broken.
const UNBROKEN: char = '\u{a0}';

/// `text` without control characters and terminal escapes, tag characters, embeddings, and isolates that have no other end; scores
/// and ranges stay on one line.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let shown = harmless(text);
    let unbroken = unbroken(&shown);
    unbroken.map_or(shown, Cow::Owned)
}

/// `text` with every score and range in one piece, «3 - 1» and «2–1»; nothing where it has none that a line could break.
fn unbroken(text: &str) -> Option<String> {
    let is_dash = |c: &char| matches!(c, '-' | '–' | '—' | '−');
    let mut whole: Option<String> = None;
    let mut copied = 0;
    for (at, dash) in text.char_indices().filter(|(_, c)| is_dash(c)) {
        let (before, behind) = (&text[..at], &text[at + dash.len_utf8()..]);
        let (left, right) = (before.trim_end_matches(' '), behind.trim_start_matches(' '));
        let is_score = left.ends_with(char::is_numeric) && right.starts_with(char::is_numeric);
        let (wide, near) = (left.len() < before.len(), right.len() < behind.len());
        // No line is broken at a hyphen between digits.
        if !is_score || (dash == '-' && !wide && !near) || left.len() < copied {
            continue;
        }
        let whole = whole.get_or_insert_with(|| String::with_capacity(text.len() + 8));
        whole.push_str(&text[copied..left.len()]);
        whole.extend(wide.then_some(UNBROKEN));
        whole.push(dash);
        whole.push(if near { UNBROKEN } else { JOINER });
        copied = text.len() - right.len();
    }
    whole.map(|whole| whole + &text[copied..])
}

fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_unseen(c) || is_isolate(c) || is_break(c)) {
        return Cow::Borrowed(text);
    }
    let unpaired = unpaired_isolates(text);
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.char_indices();
    while let Some((at, c)) = rest.next() {
        if c == '\u{1b}' || c == '\u{9b}' {
            let escape = escape_length(&text[at..]);
            while rest.as_str().len() > text.len() - at - escape && rest.next().is_some() {}
        } else if is_break(c) {
            shown.push(' ');
        } else if !is_unseen(c) && !unpaired.contains(&at) {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// What JSON says of an article in such a way that a terminal only shows it: escaped.
pub(crate) fn is_escaped(c: char) -> bool {
    is_unseen(c) || is_isolate(c) || is_break(c)
}

/// [`visible`] text in which no `@name`, `/command`, address or mailbox is a link of an app's own making.
#[must_use]
pub fn unlinked(text: &str) -> String {
    unlinked_piece(text, 0..text.len())
}

/// The same of a piece of `text`, which is shown right behind what stands before it, and right before the rest.
#[must_use]
pub fn unlinked_piece(text: &str, piece: Range<usize>) -> String {
    let shown = visible(&text[piece.clone()]);
    let mut inert = String::with_capacity(shown.len());
    let mut before = visible(&text[..piece.start]).chars().next_back().unwrap_or(' ');
    let behind = visible(&text[piece.end..]).chars().next().unwrap_or(' ');
    let mut rest = shown.chars().peekable();
    while let Some(c) = rest.next() {
        inert.push(c);
        let next = rest.peek().copied().unwrap_or(behind);
        let named = next.is_ascii_alphanumeric() || next == '_';
        let begins = match c {
            '@' => named,
            // «/start», and not «كم/ساعة» or «25/11».
            '/' => named && !before.is_alphanumeric() && !matches!(before, '_' | '/'),
            // «example.com», «t.me», and not «3.5». What stands before the dot may show nothing, or be a sign of its letter.
            '.' | '．' | '。' | '｡' => !before.is_whitespace() && before != c && next.is_alphabetic(),
            // «https://», «tg://».
            ':' => next == '/' && before.is_ascii_alphanumeric(),
            _ => false,
        };
        if begins {
            inert.push(JOINER);
        }
        before = c;
    }
    inert
}

/// What shows nothing and may do something: controls, embeddings and overrides (an isolate does what they do, and ends),
/// interlinear annotations, tags.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}'..='\u{2069}')
}

/// Where the isolates stand that are never ended, and the ends of none.
fn unpaired_isolates(text: &str) -> Vec<usize> {
    let (mut open, mut unpaired) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| is_isolate(*c)) {
        if c != '\u{2069}' {
            open.push(at);
        } else if open.pop().is_none() {
            unpaired.push(at);
        }
    }
    unpaired.extend(open);
    unpaired
}

/// The length in bytes of the terminal escape that `text` begins with (ECMA-48): a control sequence up to its final byte, a
/// string up to its end, or the one character behind ESC.
fn escape_length(text: &str) -> usize {
    let (introducer, body) = match text.strip_prefix('\u{1b}') {
        Some(rest) => (rest.chars().next(), 1 + rest.chars().next().map_or(0, char::len_utf8)),
        None => (Some('['), '\u{9b}'.len_utf8()),
    };
    let rest = &text[body..];
    match introducer {
        Some('[') => {
            let parameters = rest.find(|c| !matches!(c, ' '..='?')).unwrap_or(rest.len());
            let last = rest[parameters..].chars().next().filter(|c| matches!(c, '@'..='~'));
            body + parameters + last.map_or(0, char::len_utf8)
        }
        Some(']' | 'P' | 'X' | '^' | '_') => match rest.find(['\u{7}', '\u{1b}', '\u{9c}', '\n']) {
            // What ends it is a control as well, and left out in its turn.
            Some(end) => body + end,
            None => body,
        },
        Some(c) if c.is_ascii_graphic() => body,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_or_a_line_is_left_out() {
        let check = |text: &str, shown: &str| assert_eq!(visible(text), shown, "{text:?}");
        check("خبر عادي", "خبر عادي");
        check("خبر\u{1b}[31m أحمر\u{1b}[0m", "خبر أحمر");
        check("خبر\u{9b}2J هنا", "خبر هنا");
        check("\u{1b}]0;عنوان\u{7}خبر", "خبر");
        check("\u{1b}]8;;https://x.example\u{1b}\\رابط\u{1b}]8;;\u{1b}\\", "رابط");
        check("خبر\u{1b}cهنا", "خبرهنا");
        check("خبر\u{1b}", "خبر");
        check("أ\u{8}ب\u{0}ج\u{7f}د\tه", "أبجد ه");
        check("قال \u{202e}شيئاً\u{202c}", "قال شيئاً");
        check("أعلام 🏴\u{e0067}\u{e0062}\u{e007f}", "أعلام 🏴");
        check("\u{2068}BBC\u{2069} قالت", "\u{2068}BBC\u{2069} قالت");
        check("\u{2067}قالت \u{2068}BBC\u{2069}", "قالت \u{2068}BBC\u{2069}");
        check("قالت\u{2069} أمس\u{2066}", "قالت أمس");
        check("ن\u{200c}ه\u{200d} «‏5‏»", "ن\u{200c}ه\u{200d} «‏5‏»");
    }

    #[test]
    fn no_line_is_broken_within_a_score() {
        let check = |text: &str, shown: &str| {
            assert_eq!(visible(text).replace(UNBROKEN, "_").replace(JOINER, "|"), shown, "{text}");
        };
        check("فاز الفريق 3 - 1 أمس", "فاز الفريق 3_-_1 أمس");
        check("فاز ٢ –١ ثم 2–1 ثم 4-2", "فاز ٢_–|١ ثم 2–|1 ثم 4-2");
        check("بين 10 - 15 - 20 عاما", "بين 10_-_15_-_20 عاما");
        check("قال - في 3 أيام - نعم 2 - ثم", "قال - في 3 أيام - نعم 2 - ثم");
    }

    #[test]
    fn what_an_app_would_make_a_link_of_is_joined_to_itself() {
        let check = |text: &str, shown: &str| assert_eq!(unlinked(text).replace(JOINER, "|"), shown);
        check("تابعوا @news_bot وقناة t.me/news", "تابعوا @|news_bot وقناة t.|me/news");
        check("أرسل /start الآن", "أرسل /|start الآن");
        check("زوروا example.com أو www.example.org.", "زوروا example.|com أو www.|example.|org.");
        check("https://a.example/b tg://join", "https:|//a.|example/b tg:|//join");
        check("بريد a@b.example", "بريد a@|b.|example");
        check("في 25/11/2026 بسرعة 90كم/ساعة نسبة 3.5", "في 25/11/2026 بسرعة 90كم/ساعة نسبة 3.5");
        check("الساعة 12:30 و1.200.000 و24/7", "الساعة 12:30 و1.200.000 و24/7");
        for before in ["evil\u{200d}", "evil\u{200c}", "e\u{301}", "evil_", "evil-", "evil\u{ad}"] {
            check(&format!("زوروا {before}.com"), &format!("زوروا {before}.|com"));
        }
        check("قال. ثم... نعم", "قال. ثم... نعم");
    }

    #[test]
    fn a_piece_is_joined_to_what_stands_beside_it() {
        let check = |text: &str, piece: &str, shown: &str| {
            let at = text.find(piece).expect("a piece");
            assert_eq!(unlinked_piece(text, at..at + piece.len()).replace(JOINER, "|"), shown);
        };
        check("الكلفة /250 مليون", "الكلفة /", "الكلفة /|");
        check("كم/250 مليون", "/", "/");
        check("قناة @250 ألف", "قناة @", "قناة @|");
        check("موقع 20.com", "com", "com");
        check("موقع 20.com", ".", ".|");
    }
}
