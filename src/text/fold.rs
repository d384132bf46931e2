//! Comparison keys: what two spellings of one Arabic word have in common.
//!
//! Editors write «أمريكي», «امريكي» and «أمريكيّ» for one word. A folded key drops what varies
//! (vowel marks, tatweel, hamza seats, digit scripts, direction marks). Keys are for comparing
//! only; nothing folded is ever shown.

/// Folds a whole word or phrase into its comparison key.
///
/// Drops tashkeel (U+064B–U+0652, U+0670), tatweel and invisible direction marks; maps
/// أ إ آ ٱ → ا, ى → ي, ة → ه, ؤ → و, ئ → ي, Persian ی ک → ي ك, Arabic-Indic and Persian digits
/// to 0–9, and lower-cases the rest.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    fold_into(text, &mut key);
    key
}

/// Appends the folded form of `text` to `key`.
pub fn fold_into(text: &str, key: &mut String) {
    for c in text.chars() {
        match fold_char(c) {
            Some(folded) if folded.is_ascii() || is_arabic_letter(folded) => key.push(folded),
            Some(folded) => key.extend(folded.to_lowercase()),
            None => {}
        }
    }
}

/// The folded form of one character, or `None` where the character carries no letter.
#[must_use]
pub fn fold_char(c: char) -> Option<char> {
    Some(match c {
        // What most letters here are is asked first.
        'ا' | 'ب' | 'ت'..='غ' | 'ف'..='و' | 'ي' => c,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        'ؤ' => 'و',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        _ if is_mark(c) => return None,
        _ => c.to_ascii_lowercase(),
    })
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (c as u32 - zero as u32) as u8)
}

/// Whether `c` is a mark that no reader counts as a letter: tashkeel, tatweel, direction marks.
#[must_use]
pub const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}'
        | '\u{06D6}'..='\u{06ED}' | '\u{00AD}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether `c` is an Arabic letter (the basic block and its extensions, without marks and digits).
#[must_use]
pub const fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' | '\u{066E}'..='\u{066F}'
        | '\u{0671}'..='\u{06D3}' | '\u{06D5}' | '\u{06FA}'..='\u{06FC}' | '\u{0750}'..='\u{077F}'
        | '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}')
}

/// Whether `c` is a letter of any script. What most letters here are is asked first: the standard library searches a table for them.
#[must_use]
pub fn is_letter(c: char) -> bool {
    matches!(c, 'ء'..='ي') || c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_one_word_share_a_key() {
        assert_eq!(fold("أمريكيّ"), fold("امريكي"));
        assert_eq!(fold("الإسـلامية"), "الاسلاميه");
        assert_eq!(fold("٨٣"), "83");
        assert_eq!(fold("NATO"), "nato");
    }
}
