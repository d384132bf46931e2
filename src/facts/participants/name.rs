//! Names of people as keys: which forms may be one person.

use crate::facts::morphology::TokenAnalysis;
use crate::text::lexicon::WordClass;

/// The words of a name, each as a key that spellings share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    words: Vec<String>,
    /// Which of two of one name: «\[الابن\]» of «بوش الابن», who is not «بوش».
    epithet: Option<String>,
}

impl Name {
    /// The name that the analyses spell; «عبد الله» and «عبدالله» are one word.
    pub fn new(analyses: &[TokenAnalysis<'_>]) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut joins = false;
        for (at, analysis) in analyses.iter().enumerate().filter(|(_, l)| l.is_word()) {
            let stem = if at == 0 { &*analysis.stem } else { analysis.key };
            let word = match stem.strip_prefix("ال") {
                Some(rest) if rest.chars().count() > 2 && !joins => rest,
                _ => stem,
            };
            // Closed class: second parts of compound names.
            match words.last_mut() {
                Some(last) if joins || matches!(word, "الدين" | "الله") => last.push_str(word),
                _ => words.push(word.to_owned()),
            }
            // Closed class: first parts of compound names.
            joins = matches!(word, "عبد" | "ابو" | "ابي" | "بو");
        }
        let last = analyses.iter().rev().find(|l| l.is_word()).map_or("", |l| l.key);
        let epithet =
            if WordClass::Generation.contains(last) && words.len() > 1 { words.pop() } else { None };
        Self { words, epithet }
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The keys under which an entity is looked up.
    pub fn keys(&self) -> impl Iterator<Item = String> + '_ {
        self.words.iter().map(|word| transliteration_key(word))
    }

    /// Whether a shorter or equal form `other` may stand for this name: the same words, the family name, the given name.
    pub fn has_form(&self, other: &Self) -> bool {
        let [.., last] = &self.words[..] else { return false };
        if self.epithet != other.epithet {
            return false;
        }
        match &other.words[..] {
            [] => false,
            [single] => is_same(last, single) || self.words.iter().any(|w| is_same(w, single)),
            [.., other_last] => {
                let mut mine = self.words.iter();
                let inside = other.words.iter().all(|o| mine.any(|w| is_same(w, o)));
                inside
                    && (is_same(last, other_last)
                        || self.words.first().zip(other.words.first()).is_some_and(|(a, b)| is_same(a, b)))
            }
        }
    }

    /// Whether `other`, one word, is this name's family name.
    pub fn ends_with(&self, other: &Self) -> bool {
        self.words.last().zip(other.words.last()).is_some_and(|(a, b)| is_same(a, b))
    }
}

/// Whether two words are spellings of one: «بويغ» and «بويج», «كريستيانسين» and «كريستيانسن».
fn is_same(a: &str, b: &str) -> bool {
    a == b
        || (a.chars().count().abs_diff(b.chars().count()) <= 1
            && transliteration_key(a) == transliteration_key(b))
}

/// What spellings of one name share: no long vowels inside, «ج» and «ق» for «غ».
#[must_use]
pub fn transliteration_key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    for (at, c) in word.chars().enumerate() {
        match c {
            'ا' | 'و' | 'ي' | 'ه' if at > 0 => {}
            'ج' | 'ق' | 'غ' | 'ك' => key.push('غ'),
            'ڤ' | 'ف' => key.push('ف'),
            'ط' | 'ت' => key.push('ت'),
            'ص' | 'س' => key.push('س'),
            'ظ' | 'ذ' | 'ز' => key.push('ز'),
            _ => key.push(c),
        }
    }
    // Too little is left to tell short names apart.
    if key.chars().count() < 3 { word.to_owned() } else { key }
}
