//! Names that are plain words in some phrases (`data/lists/phrases.tsv`).

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::facts::number::list;
use crate::facts::reading::{Lexeme, Nameness};
use crate::text::fold::fold;

/// Where a name is a plain word.
struct Phrases {
    /// The words behind which it is one.
    behind: HashSet<String>,
    /// The words before which it is one.
    before: HashSet<String>,
}

static PHRASES: LazyLock<HashMap<String, Phrases>> = LazyLock::new(|| {
    let rows = include_str!("../../../../data/lists/phrases.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.map(|row| {
        let mut cells = row.split('\t');
        let [name, behind, before] = [(); 3].map(|()| cells.next().unwrap_or_default());
        (fold(name), Phrases { behind: list(behind), before: list(before) })
    })
    .collect()
});

/// Whether the name at `at` is a plain word in a phrase: «[حسن] النية»; `None` for names of which no phrase is known.
pub fn in_phrase(lexemes: &[Lexeme<'_>], at: usize) -> Option<bool> {
    let name = &lexemes[at];
    let near = |i: usize| lexemes.get(i).filter(|word| word.sentence == name.sentence);
    let [before, behind] = [at.checked_sub(1).and_then(near), near(at + 1)];
    // «تصب في [صالح] ذويهم», but not «في صالح محمد».
    if name.stem == "صالح" {
        let plain = behind.is_none_or(|next| next.nameness < Nameness::Strong);
        return Some(plain && before.is_some_and(|word| word.key == "في"));
    }
    let phrases = PHRASES.get(&*name.stem)?;
    let everywhere = phrases.behind.is_empty() && phrases.before.is_empty();
    let has = |words: &HashSet<String>, word: Option<&Lexeme<'_>>| {
        word.is_some_and(|word| words.contains(&*word.stem))
    };
    Some(everywhere || has(&phrases.behind, before) || has(&phrases.before, behind))
}
