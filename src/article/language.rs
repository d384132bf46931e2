//! Whether a text is Arabic.

use crate::text::fold;

/// Words that are read at most: enough to know a language by.
const SAMPLE: usize = 2000;

/// Whether `text` is written in Arabic: most letters are of the script, and words carry the article.
///
/// Persian, Urdu and Kurdish share the script but not «الـ»: about a quarter of the words of Arabic prose
/// open with it (with «و», «ب», «ل»… before it), and hardly any of theirs. The bound of one in 25 leaves room for
/// odd texts on both sides; of fewer than 25 words only the script is asked.
#[must_use]
pub fn is_arabic(text: &str) -> bool {
    let (mut arabic, mut other, mut words, mut definite) = (0_usize, 0_usize, 0_usize, 0_usize);
    for word in text.split_whitespace().take(SAMPLE) {
        let letters = word.chars().filter(|&c| c.is_alphabetic() && !fold::is_mark(c)).count();
        let own = word.chars().filter(|&c| fold::is_arabic_letter(c)).count();
        arabic += own;
        other += letters - own.min(letters);
        if own > 0 {
            words += 1;
            definite += usize::from(is_definite(word));
        }
    }
    arabic > other && definite >= words / 25
}

/// Whether `word` opens with the article, perhaps behind one or two particles: «والوزير», «للحكومة».
fn is_definite(word: &str) -> bool {
    let key = fold::fold(word);
    let key = key.trim_start_matches(|c: char| !fold::is_arabic_letter(c));
    let key = key.strip_prefix(['و', 'ف']).unwrap_or(key);
    if key.starts_with("ال") || key.starts_with("لل") {
        return true;
    }
    key.strip_prefix(['ب', 'ك', 'ل']).is_some_and(|rest| rest.starts_with("ال"))
}

#[cfg(test)]
mod tests {
    use super::is_arabic;

    #[test]
    fn arabic_is_told_from_what_shares_its_script() {
        assert!(is_arabic("أعلنت الحكومة اليوم أنها ستخفض الضرائب على الشركات الصغيرة."));
        assert!(is_arabic("أعلنتْ شركة Apple اليومَ هاتفها الجديد iPhone في الولايات المتحدة"));
        assert!(is_arabic("قال نعم وقال لا"));
        assert!(!is_arabic("دولت امروز اعلام کرد که مالیات شرکت های کوچک را کاهش می دهد و این طرح از ماه آینده اجرا خواهد شد. ".repeat(2).as_str()));
        assert!(!is_arabic("حکومت نے آج اعلان کیا ہے کہ وہ چھوٹی کمپنیوں پر ٹیکس کم کرے گی اور یہ منصوبہ اگلے مہینے سے نافذ ہوگا۔ ".repeat(2).as_str()));
        assert!(!is_arabic(
            "The government said today that it would cut taxes on small companies (الحكومة)."
        ));
        assert!(!is_arabic(""));
        assert!(!is_arabic("🙂🙂🙂"));
    }
}
