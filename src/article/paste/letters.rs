//! The letters of a pasted text: what apps and pages put between and around them is taken out before anything is read.

use crate::text::lexicon::WordClass;
use unicode_normalization::UnicodeNormalization;

/// `text` with plain letters: presentation forms («ﻣﺤﻤﺪ») become the letters they show, HTML entities («&quot;») the
/// characters they stand for, and marks of direction, of which copies often hold only one half, go.
pub(super) fn plain(text: &str) -> String {
    let text = html_escape::decode_html_entities(text);
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // A vowel mark's own form stands on a space: «ﹰ».
            '\u{FE70}'..='\u{FE7F}' => plain.extend([c].into_iter().nfkc().filter(|c| *c != ' ')),
            '\u{FB50}'..='\u{FDFF}' | '\u{FE80}'..='\u{FEFC}' => plain.extend([c].into_iter().nfkc()),
            '\u{061C}'
            | '\u{00AD}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' => {}
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\r' => plain.push('\n'),
            c if c.is_whitespace() && c != '\n' && c != '\t' => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// `line` without the marks that chats print bold, slanted and struck out with: «*عاجل*», «_ثلاث محطات_».
pub(super) fn without_emphasis(line: &str) -> String {
    if !line.contains(EMPHASIS) {
        return line.to_owned();
    }
    let chars: Vec<char> = line.chars().collect();
    let is_plain = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    let is_space = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
    let mut open = [None; EMPHASIS.len()];
    let mut dropped = vec![false; chars.len()];
    for (at, c) in chars.iter().enumerate() {
        let Some(kind) = EMPHASIS.iter().position(|mark| mark == c) else { continue };
        let (before, after) = (at.checked_sub(1).and_then(|at| chars.get(at)), chars.get(at + 1));
        let opens = !is_plain(before) && !is_space(after);
        let closes = !is_space(before) && !is_plain(after);
        match open[kind] {
            Some(start) if closes => {
                (dropped[start], dropped[at]) = (true, true);
                open[kind] = None;
            }
            _ if opens => open[kind] = Some(at),
            _ => {}
        }
    }
    let kept: String =
        chars.iter().zip(dropped).filter_map(|(c, dropped)| (!dropped).then_some(*c)).collect();
    // «**عاجل**» has two pairs.
    if kept.len() < line.len() { without_emphasis(&kept) } else { kept }
}

const EMPHASIS: [char; 4] = ['*', '_', '~', '`'];

/// `line` with its hashtags as the words they are: «#`وزارة_الزراعة` تبدأ» is «وزارة الزراعة تبدأ». Those at the end that belong
/// to no sentence go («… المحلية. #الزراعة #القمح»); a line of nothing else is left for clutter to tell.
pub(super) fn without_hashtags(line: &str) -> String {
    let is_tag = |word: &str| word.starts_with('#') && word[1..].starts_with(char::is_alphabetic);
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    if !line.contains('#') || words.iter().all(|word| word.starts_with('#')) {
        return line.to_owned();
    }
    let trailing = words.iter().rev().take_while(|word| is_tag(word)).count();
    let told = words.len() - trailing;
    let is_finished = super::line::ends_sentence(words[told - 1]);
    // «…مكافحة الجراد في #الجنوب»: one behind an open sentence is a word of it.
    let kept = if is_finished || trailing > 1 { told } else { words.len() };
    // «#عاجل وزارة الزراعة تكشف…»
    let called =
        words[..kept].iter().take_while(|word| WordClass::FlashTag.words().any(|tag| tag == **word)).count();
    let plain = words[called..kept].iter().map(|word| {
        let Some(at) = word.find('#').filter(|&at| is_tag(&word[at..])) else { return (*word).to_owned() };
        format!("{}{}", &word[..at], word[at + 1..].replace('_', " "))
    });
    plain.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{plain, without_emphasis, without_hashtags};

    #[test]
    fn letters_are_plain() {
        assert_eq!(plain("ﻣﺤﻤﺪ ﻭﺍﻟﻶﻟﺊ ﷲ"), "محمد واللآلئ الله");
        assert_eq!(plain("قال &quot;نعم&quot; &amp; لا"), "قال \"نعم\" & لا");
        assert_eq!(plain("\u{2067}خلال\u{2069}\u{a0}الحملة\u{200f}"), "خلال الحملة");
        assert_eq!(plain("ش\u{FE7C}دة"), "شّدة");
    }

    #[test]
    fn emphasis_goes_and_other_marks_stay() {
        assert_eq!(without_emphasis("*وزير النقل:* خط _ثلاث محطات_ ~قديم~"), "وزير النقل: خط ثلاث محطات قديم");
        assert_eq!(without_emphasis("**عاجل** بلغ *900 مليون*."), "عاجل بلغ 900 مليون.");
        for line in ["* قال الوزير", "5*3", "salem_alhadi@mail", "شروط*"] {
            assert_eq!(without_emphasis(line), line);
        }
    }

    #[test]
    fn hashtags_are_words_or_go() {
        assert_eq!(
            without_hashtags("#وزارة_الزراعة تبدأ التوزيع في #الجنوب"),
            "وزارة الزراعة تبدأ التوزيع في الجنوب"
        );
        assert_eq!(without_hashtags("#عاجل وزارة الزراعة تبدأ"), "وزارة الزراعة تبدأ");
        assert_eq!(without_hashtags("انتهى التوزيع. #القمح #الزراعة"), "انتهى التوزيع.");
        assert_eq!(without_hashtags("انتهى التوزيع #القمح #الزراعة"), "انتهى التوزيع");
        assert_eq!(without_hashtags("#القمح #الزراعة"), "#القمح #الزراعة");
        assert_eq!(without_hashtags("المركز #1 في القائمة"), "المركز #1 في القائمة");
    }
}
