//! The words that scores compare, folded: tashkeel and tatweel dropped, hamza seats, ى and ة made alike, digits made Latin.

/// The folded words of `text`: runs of letters, digits and low lines.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded: String = text.chars().filter(|&c| !is_mark(c)).map(fold).collect();
    folded
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The same without the article and the clitics that go with it.
#[must_use]
pub fn bare(text: &str) -> Vec<String> {
    let strip = |word: String| {
        let prefixes = ["وال", "بال", "كال", "فال", "لل", "ال"];
        let bare =
            prefixes.iter().find_map(|prefix| word.strip_prefix(prefix)).filter(|rest| !rest.is_empty());
        bare.map(str::to_owned).unwrap_or(word)
    };
    words(text).into_iter().map(strip).collect()
}

/// How much two texts' bare words have in common, each word once: F1 from 0 to 1.
#[must_use]
pub fn overlap(a: &str, b: &str) -> f64 {
    let distinct = |text| {
        let mut words = bare(text);
        words.sort_unstable();
        words.dedup();
        words
    };
    let (a, b) = (distinct(a), distinct(b));
    let hits = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    2.0 * hits as f64 / (a.len() + b.len()).max(1) as f64
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn fold(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ة' => 'ه',
        'ؤ' => 'و',
        '٠'..='٩' => char::from(b'0' + (u32::from(c) - u32::from('٠')) as u8),
        '۰'..='۹' => char::from(b'0' + (u32::from(c) - u32::from('۰')) as u8),
        _ => c,
    }
}
