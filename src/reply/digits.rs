//! Which digits a reply is written with.

use super::Digits;
use crate::locale::arabic_indic;

/// The digits that most of `text` is written with: `AsWritten` where it has none.
pub(super) fn of(text: &str) -> Digits {
    let count = |is_digit: fn(char) -> bool| text.chars().filter(|&c| is_digit(c)).count();
    let (latin, arabic) = (count(|c| c.is_ascii_digit()), count(is_arabic_indic));
    match latin.cmp(&arabic) {
        std::cmp::Ordering::Greater => Digits::Latin,
        std::cmp::Ordering::Less => Digits::ArabicIndic,
        std::cmp::Ordering::Equal => Digits::AsWritten,
    }
}

/// `text` with its digits as `digits` says. The digits of a Latin word are part of it and stay: «COP28», «F-16», «Ba1».
pub(super) fn write(text: String, digits: Digits) -> String {
    match digits {
        Digits::AsWritten => text,
        Digits::Latin => text.chars().map(to_latin).collect(),
        Digits::ArabicIndic => {
            let mut written = String::with_capacity(text.len());
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let (other, word) = rest.split_at(rest.find(is_latin).unwrap_or(rest.len()));
                let (word, behind) = word.split_at(word.find(|c| !is_latin(c)).unwrap_or(word.len()));
                written.push_str(other);
                if word.chars().any(|c| c.is_ascii_alphabetic()) {
                    written.push_str(word);
                } else {
                    written.push_str(&arabic_indic(word));
                }
                rest = behind;
            }
            written
        }
    }
}

/// What can stand inside a Latin word or number.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '_')
}

fn is_arabic_indic(c: char) -> bool {
    matches!(c, '٠'..='٩' | '۰'..='۹')
}

fn to_latin(c: char) -> char {
    let digit = match c {
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::{Digits, of, write};

    #[track_caller]
    fn check(text: &str, digits: Digits, expected: &str) {
        assert_eq!(write(text.to_owned(), digits), expected);
    }

    #[test]
    fn digits_of_latin_words_stay() {
        let text = "خفضت الوكالة التصنيف إلى Ba1 بعد COP28، و12.5 مليون و3 طائرات F-16";
        check(
            text,
            Digits::ArabicIndic,
            "خفضت الوكالة التصنيف إلى Ba1 بعد COP28، و١٢.٥ مليون و٣ طائرات F-16",
        );
        check(text, Digits::AsWritten, text);
        check("١٢ و۳ و5", Digits::Latin, "12 و3 و5");
    }

    #[test]
    fn an_article_is_written_with_the_digits_that_it_has_most_of() {
        assert_eq!(of("في ٢٠١٨ قتل ١٢ و3"), Digits::ArabicIndic);
        assert_eq!(of("في 2018"), Digits::Latin);
        assert_eq!(of("بلا أرقام"), Digits::AsWritten);
    }
}
