//! A light stem: the key under which a ranker counts «الانتخابات», «انتخابات» and «والانتخابي».
//!
//! Light10 of Larkey, Ballesteros and Connell (2007), "Light stemming for Arabic information
//! retrieval", on folded keys: the conjunction, the article with what precedes it, and the commonest
//! endings; a single-letter ending has to leave three letters, not two. It knows no dictionary and errs at times; a stem is for counting, never for showing.

/// Closed class: the article with its proclitics, the longest first.
const PREFIXES: [&str; 5] = ["وال", "بال", "كال", "فال", "ال"];
/// Endings in the order in which they fall off, each at most once. Folding has made «ة» «ه».
const SUFFIXES: [&str; 8] = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];

/// The light stem of a folded `key` (see [`crate::text::fold`]); a part of the key itself.
#[must_use]
pub fn stem(key: &str) -> &str {
    // Closed class: God, with clitics.
    if matches!(key, "الله" | "والله" | "بالله" | "فالله") {
        return &key[key.len() - "الله".len()..];
    }
    let mut stem = without_prefix(key);
    for suffix in SUFFIXES {
        // A single letter is part of a short word more often than an ending: «سنة», «علي».
        let least = if suffix.len() == 'ه'.len_utf8() { 3 } else { 2 };
        if let Some(shorter) = stem.strip_suffix(suffix).filter(|shorter| has_letters(shorter, least)) {
            stem = shorter;
        }
    }
    stem
}

fn without_prefix(key: &str) -> &str {
    // «للوزير» is ل + الوزير: one «ل» of the two is the article's.
    let article =
        PREFIXES.iter().find_map(|prefix| key.strip_prefix(prefix)).or_else(|| key.strip_prefix("لل"));
    if let Some(rest) = article.filter(|rest| has_letters(rest, 2)) {
        return rest;
    }
    let bare = key.strip_prefix('و').filter(|rest| has_letters(rest, 3));
    bare.map_or(key, |rest| rest.strip_prefix("لل").filter(|rest| has_letters(rest, 2)).unwrap_or(rest))
}

/// Whether `key` has `least` letters or more.
fn has_letters(key: &str, least: usize) -> bool {
    key.chars().nth(least - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::stem;
    use crate::text::fold::fold;

    fn check(words: &[&str], expected: &str) {
        for word in words {
            assert_eq!(stem(&fold(word)), expected, "{word}");
        }
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        check(&["الانتخابات", "انتخابات", "والانتخابات", "للانتخابات", "وللانتخابات", "انتخابية"], "انتخاب");
        check(&["المسلحون", "مسلحين", "بالمسلحين"], "مسلح");
    }

    #[test]
    fn short_words_stay_whole() {
        check(&["في"], "في");
        check(&["اليد", "يد"], "يد");
        check(&["ولد"], "ولد");
        check(&["أن"], "ان");
        check(&["الله", "والله"], "الله");
        check(&["سنة"], "سنه");
        check(&[""], "");
    }
}
