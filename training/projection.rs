//! The names of an annotated article as tags on its tokens, IOB2 with PERS, LOC and ORG: each form of each name is looked for in title and text, the longest
//! first. A first word may carry a clitic. Annotators name every person, body, country and place (`gold/GUIDE.md`), so what is left is no name; nationality
//! words and names of other things (MISC) are not told.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::Context;

use crate::gold::Article;

/// Clitics that a name's first word may carry.
const CLITICS: &[&str] = &["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل"];

/// A token as ANERcorp has them, clitics and all, and its tag.
pub type Tagged = (String, String);

/// All the common names of each country, by each of them folded.
pub struct Countries(HashMap<String, Vec<String>>);

impl Countries {
    /// Reads the table of the Unicode consortium's names.
    ///
    /// # Errors
    /// If it is not there.
    pub fn read(corpora: &Path) -> anyhow::Result<Self> {
        let path = corpora.join("gazetteers/countries_cldr_iso_permissive.tsv");
        let table =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut by_code: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for line in table.lines().skip(1) {
            let mut cells = line.split('\t');
            // Codes of digits are regions of the world.
            if let (Some(code), Some(name)) = (cells.next(), cells.next())
                && code.chars().all(char::is_alphabetic)
            {
                by_code.entry(code).or_default().push(name.to_owned());
            }
        }
        let mut names = HashMap::new();
        for group in by_code.into_values() {
            for name in &group {
                names.insert(fold(name), group.clone());
            }
        }
        Ok(Self(names))
    }
}

/// The sentences of `article`, its title first, as tagged tokens.
pub fn project(article: &Article, countries: &Countries) -> Vec<Vec<Tagged>> {
    let names = Names::of(article, countries);
    let mut sentences = Vec::new();
    for line in std::iter::once(article.title.as_str()).chain(article.text.split('\n')) {
        for sentence in sentences_of(line) {
            let tokens = tokens_of(sentence);
            if !tokens.is_empty() {
                let tags = names.tags(&tokens);
                sentences.push(tokens.into_iter().map(str::to_owned).zip(tags).collect());
            }
        }
    }
    sentences
}

/// The forms of the names of an article, each as its folded words and what it names; the longest first.
pub struct Names(Vec<(Vec<String>, &'static str)>);

impl Names {
    /// Those that the annotator of `article` gives.
    pub fn of(article: &Article, countries: &Countries) -> Self {
        let answers = &article.answers;
        let mut named: Vec<(&str, &'static str)> = Vec::new();
        for person in &answers.people {
            named.push((&person.name, "PERS"));
            named.extend(person.aliases.iter().map(|alias| (alias.as_str(), "PERS")));
        }
        for body in &answers.organizations {
            named.push((&body.name, "ORG"));
            named.extend(body.aliases.iter().map(|alias| (alias.as_str(), "ORG")));
        }
        for country in &answers.countries {
            named.push((&country.name, "LOC"));
            let others = countries.0.get(&fold(&country.name));
            named.extend(others.into_iter().flatten().map(|name| (name.as_str(), "LOC")));
        }
        named.extend(answers.places.iter().map(|place| (place.as_str(), "LOC")));
        let words = |form: &str| tokens_of(form).into_iter().map(fold).collect::<Vec<_>>();
        let mut forms: Vec<_> = named.into_iter().map(|(form, kind)| (words(form), kind)).collect();
        forms.retain(|(words, _)| words.first().is_some_and(|first| first.chars().count() > 1));
        forms.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Self(forms)
    }

    /// The tags of `tokens`, a piece of the article.
    pub fn tags(&self, tokens: &[&str]) -> Vec<String> {
        let folded: Vec<String> = tokens.iter().map(|token| fold(token)).collect();
        let mut tags = vec![String::from("O"); tokens.len()];
        for (words, kind) in &self.0 {
            for at in 0..(tokens.len() + 1).saturating_sub(words.len()) {
                let place = at..at + words.len();
                let is_free = tags[place.clone()].iter().all(|tag| tag == "O");
                if is_free && is_form_of(&folded[at], &words[0]) && folded[at + 1..place.end] == words[1..] {
                    tags[place.clone()].fill(format!("I-{kind}"));
                    tags[at] = format!("B-{kind}");
                }
            }
        }
        tags
    }
}

/// Whether the token is the word, with a clitic or without; «لل» stands for «ل» and «ال».
fn is_form_of(token: &str, word: &str) -> bool {
    let is_clitic = |front: &str| CLITICS.contains(&front);
    token.strip_suffix(word).is_some_and(is_clitic)
        || word
            .strip_prefix("ال")
            .and_then(|bare| token.strip_suffix(bare))
            .is_some_and(|front| matches!(front, "لل" | "ولل" | "فلل"))
}

/// Cut at . ! ? ؟ before a space.
fn sentences_of(line: &str) -> Vec<&str> {
    let (mut found, mut start, mut stopped) = (Vec::new(), 0, false);
    for (at, c) in line.char_indices() {
        if stopped && c.is_whitespace() {
            found.push(&line[start..at]);
            start = at;
        }
        stopped = matches!(c, '.' | '!' | '?' | '؟');
    }
    found.push(&line[start..]);
    found
}

/// Runs of letters, digits and vowel marks, or single marks.
fn tokens_of(text: &str) -> Vec<&str> {
    let (mut tokens, mut start) = (Vec::new(), 0);
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || c == '_' || is_vowel_mark(c) {
            continue;
        }
        if start < at {
            tokens.push(&text[start..at]);
        }
        start = at + c.len_utf8();
        if !c.is_whitespace() {
            tokens.push(&text[at..start]);
        }
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{640}')
}

fn fold(word: &str) -> String {
    let alike = |c| match c {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        _ => c,
    };
    word.chars().filter(|&c| !is_vowel_mark(c)).map(alike).collect()
}
