//! Words as the participants' grammar reads them: clitics off, and what the lists say of each.

use std::borrow::Cow;

use super::gazetteer::titles::{self, Head};
use super::gazetteer::{Evidence, Gazetteer, Inflection, Sense, gazetteer};
use super::lexicon::{self, Class};
use crate::text::fold::fold_char;
use crate::text::{Document, Span, Token, TokenKind};

/// How much a word looks like a part of a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nameness {
    /// Not at all: a mark, a particle, an everyday word.
    No,
    /// Never or hardly ever seen: a transliterated name, or a rare word.
    Unknown,
    /// A name that is an everyday word too: «جمال», «كريم».
    Maybe,
    /// A name far more often than anything else.
    Strong,
}

/// One token, read.
#[derive(Debug)]
pub struct Lexeme<'d> {
    /// What the token is made of.
    pub kind: TokenKind,
    /// Where the token stands.
    pub span: Span,
    /// Where its word starts, behind the clitics.
    pub start: usize,
    /// The folded token.
    pub key: &'d str,
    /// The folded word without «و», «ف», «ب», «ل», «ك».
    pub stem: Cow<'d, str>,
    /// Whether «و» or «ف» was taken off.
    pub conjunction: bool,
    /// The preposition that was taken off.
    pub preposition: Option<char>,
    /// Whether it has the article; «أليف» begins with the same letters, but not with «ال».
    pub article: bool,
    /// What the lists and the news say of the word as a name.
    pub evidence: Evidence,
    /// What the word alone means.
    pub sense: Sense,
    /// The title that the word is the head of.
    pub head: Option<&'static Head>,
    /// The word's part in the grammar, where a closed list tells it.
    pub class: Class,
    /// How much it looks like a part of a name.
    pub nameness: Nameness,
    /// Index of its sentence.
    pub sentence: usize,
}

impl Lexeme<'_> {
    /// Whether the token is a word.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether the token is the mark `mark`.
    #[must_use]
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    /// Whether the word has the article.
    #[must_use]
    pub fn definite(&self) -> bool {
        self.article
    }

    /// Whether the word stands without any clitic.
    #[must_use]
    pub fn bare(&self) -> bool {
        !self.conjunction && self.preposition.is_none()
    }

    /// Whether the word is a nationality word that describes: «الأمريكي», «روسية».
    #[must_use]
    pub fn is_nisba(&self) -> bool {
        self.sense.nisba != 0
    }
}

/// Reads every token of the body.
#[must_use]
pub fn read(document: &Document) -> Vec<Lexeme<'_>> {
    let lists = gazetteer();
    let mut lexemes = Vec::with_capacity(document.tokens().len());
    for (index, sentence) in document.sentences().iter().enumerate() {
        for token in document.tokens_of(sentence) {
            lexemes.push(read_token(lists, document.text(), token, index));
        }
    }
    join_heads(&mut lexemes);
    lexemes
}

/// Heads of two words: «ولي العهد», «رجل الأعمال». The first word gets the head.
fn join_heads(lexemes: &mut [Lexeme<'_>]) {
    for at in 1..lexemes.len() {
        let [first, second] = [&lexemes[at - 1], &lexemes[at]];
        if first.is_word()
            && second.is_word()
            && first.sentence == second.sentence
            && let Some(head) = titles::head_of_two(&first.stem, second.key)
        {
            lexemes[at - 1].head = Some(head);
            lexemes[at - 1].nameness = Nameness::No;
            lexemes[at].nameness = Nameness::No;
        }
    }
}

fn read_token<'d>(lists: &Gazetteer, text: &str, token: &'d Token, sentence: usize) -> Lexeme<'d> {
    let key: &str = &token.key;
    let mut lexeme = Lexeme {
        kind: token.kind,
        span: token.span,
        start: token.span.start,
        key,
        stem: Cow::Borrowed(key),
        conjunction: false,
        preposition: None,
        article: false,
        evidence: Evidence::default(),
        sense: Sense::default(),
        head: None,
        class: Class::Open,
        nameness: Nameness::No,
        sentence,
    };
    if token.kind != TokenKind::Word {
        return lexeme;
    }
    let source = token.span.of(text);
    // Folding makes one key of «على» and «علي»; «الأعلى» is an adjective.
    let preposition = matches!(key, "علي" | "وعلي" | "فعلي")
        && source.trim_end_matches(crate::text::fold::is_mark).ends_with('ى');
    let cut = clitics(lists, key);
    lexeme.conjunction = cut.conjunction;
    lexeme.preposition = cut.preposition;
    lexeme.start = skip_letters(source, cut.letters) + token.span.start;
    lexeme.stem = cut.stem;
    let stem = &*lexeme.stem;
    let plain = lexeme.preposition == Some('ل') || text[lexeme.start..].starts_with(['ا', 'ٱ']);
    lexeme.article = plain && stem.len() > 6 && stem.starts_with("ال");
    lexeme.evidence = lists.evidence(stem);
    lexeme.sense = lists.sense(stem).unwrap_or_default();
    // «ة» and «ه» share a key: «مخرجة» is a woman, «مخرجه» a man with a pronoun.
    let pronoun = source.trim_end_matches(crate::text::fold::is_mark).ends_with('ه');
    lexeme.head = titles::head_with_pronoun(stem).filter(|_| pronoun).or_else(|| titles::head(stem));
    lexeme.class = match lexicon::class(stem) {
        _ if preposition => Class::Particle,
        Class::Particle if stem == "علي" => Class::Open,
        class => class,
    };
    // A name is not inflected: «إنذاراً», «متوسطًا».
    let inflected = source.contains(['\u{64b}', '\u{64d}']);
    lexeme.nameness = if inflected || accusative(lists, &lexeme) { Nameness::No } else { nameness(&lexeme) };
    lexeme
}

struct Cut<'k> {
    letters: usize,
    stem: Cow<'k, str>,
    conjunction: bool,
    preposition: Option<char>,
}

/// Takes the clitics off, where the word without them is the likelier word: «ولافروف», «بالبيت», but not «وليد», «بوتين».
fn clitics<'k>(lists: &Gazetteer, key: &'k str) -> Cut<'k> {
    let mut cut = Cut { letters: 0, stem: Cow::Borrowed(key), conjunction: false, preposition: None };
    if key.len() > 4
        && let Some(rest) = key.strip_prefix(['و', 'ف'])
        && detaches(lists, key, rest, 0)
    {
        cut = Cut { letters: 1, stem: Cow::Borrowed(rest), conjunction: true, preposition: None };
    }
    let word = match &cut.stem {
        Cow::Borrowed(word) => *word,
        Cow::Owned(_) => return cut,
    };
    if let Some(rest) = word.strip_prefix("لل").filter(|rest| rest.len() > 4) {
        cut.letters += 1;
        cut.preposition = Some('ل');
        cut.stem = Cow::Owned(format!("ال{rest}"));
    } else if word.len() > 6
        && let Some(rest) = word.strip_prefix(['ب', 'ل', 'ك'])
        && detaches(lists, word, rest, 1)
    {
        cut.letters += 1;
        cut.preposition = word.chars().next();
        cut.stem = Cow::Borrowed(rest);
    }
    cut
}

/// Whether `rest` is likelier to be the word of `whole` than `whole` itself; a preposition needs a margin (a logarithm).
fn detaches(lists: &Gazetteer, whole: &str, rest: &str, margin: u8) -> bool {
    if rest.starts_with("ال") && rest.len() > 8 {
        return !known(lists, whole);
    }
    // «كسفير لبلاده», but «كابو دلغادو» is no «أبو»: «ك» stands before titles and nationalities only.
    if whole.starts_with('ك')
        && titles::head(rest).is_none()
        && lists.sense(rest).is_none_or(|s| s.nisba == 0 && s.country == 0)
    {
        return false;
    }
    let [of_whole, of_rest] = [whole, rest].map(|word| lists.evidence(word));
    // «ورياض» stands behind names too, as any «و» does.
    let name = of_rest.given >= 5
        && of_whole.given.max(of_whole.surname) < 4
        && of_rest.documents > of_whole.documents;
    if known(lists, whole) && !(name && lists.sense(whole).is_none() && titles::head(whole).is_none()) {
        return false;
    }
    // «بيان» is no «يان» and «فستان» no «ستان», names or not; «ولافروف» is rarer than «لافروف».
    let commoner = of_rest.documents >= of_whole.documents + margin;
    if known(lists, rest) {
        let listed = lists.sense(rest).is_some_and(|s| s.nisba != 0 || s.country != 0 || s.body != 0);
        if listed || titles::head(rest).is_some() || lexicon::class(rest) != Class::Open {
            return true;
        }
        let floor = if margin == 0 { 4 } else { 5 };
        return (commoner && (of_rest.documents >= floor || whole.starts_with('و')))
            || (of_whole.documents == 0 && of_rest.documents >= 4);
    }
    (of_rest.documents > 3 && of_rest.documents > of_whole.documents + margin)
        || (margin == 0 && of_rest.documents >= 4 && of_whole.documents < 4)
}

/// Whether a list has the word as it stands, as something that matters here.
fn known(lists: &Gazetteer, word: &str) -> bool {
    let evidence = lists.evidence(word);
    let name = evidence.given.max(evidence.surname);
    (name >= 4 && name + 4 >= evidence.documents)
        || (evidence.as_name >= 2 && evidence.documents >= 3)
        || titles::head(word).is_some()
        || titles::begins_head(word)
        || lexicon::class(word) != Class::Open
        || lists
            .sense(word)
            .is_some_and(|s| s.country != 0 || s.nisba != 0 || s.capital != 0 || s.body != 0 || s.city > 17)
}

/// The offset behind the first `letters` letters of `source`, marks among them included.
fn skip_letters(source: &str, letters: usize) -> usize {
    if letters == 0 {
        return 0;
    }
    let mut seen = 0;
    for (at, c) in source.char_indices() {
        if fold_char(c).is_some() {
            if seen == letters {
                return at;
            }
            seen += 1;
        }
    }
    0
}

fn nameness(lexeme: &Lexeme<'_>) -> Nameness {
    let stem = &*lexeme.stem;
    let Evidence { given, surname, documents, as_name } = lexeme.evidence;
    let name = given.max(surname);
    // «الرئيس البرازيلي الأسبق».
    if lexeme.class == Class::Particle || stem.chars().count() < 2 || stem == "الاسبق" {
        return Nameness::No;
    }
    if lexeme.sense.country != 0 && given < 8 {
        return Nameness::No;
    }
    let strong = (name >= 5 && name + 2 >= documents) || (as_name >= 2 && name >= 2) || as_name >= 4;
    if lexeme.head.is_some_and(|h| !h.everyday) || lexeme.class == Class::Verb {
        return if strong && given >= 6 { Nameness::Maybe } else { Nameness::No };
    }
    if lexeme.is_nisba() {
        return if surname >= 4 { Nameness::Maybe } else { Nameness::No };
    }
    if strong {
        return Nameness::Strong;
    }
    if (name >= 3 && name + 4 >= documents) || (as_name >= 1 && name >= 2) {
        return Nameness::Maybe;
    }
    let rare = documents <= 7 || (documents <= 9 && name >= 2);
    if rare && !inflected(stem) { Nameness::Unknown } else { Nameness::No }
}

/// Whether a word is an everyday noun in the accusative: «اتصالا», «إنذارا».
fn accusative(lists: &Gazetteer, lexeme: &Lexeme<'_>) -> bool {
    let name = lexeme.evidence.given.max(lexeme.evidence.surname);
    let noun = lexeme.stem.strip_suffix('ا').filter(|noun| noun.chars().count() > 2);
    name < 2 && noun.is_some_and(|noun| lists.evidence(noun).documents >= 6)
}

/// Whether the ending or the opening is one that transliterated names do not have: «أهدافها», «المتظاهرين», «ستعلن».
fn inflected(stem: &str) -> bool {
    let long = stem.chars().count() > 5;
    ["ها", "هم", "هما", "نا", "ات", "ون", "ين", "تين", "ته", "وا"].iter().any(|e| {
        long && stem.ends_with(e) && (*e != "ون" && *e != "ين" && *e != "نا" || stem.starts_with("ال"))
    }) || (long
        && (stem.starts_with("است") || stem.starts_with("ست") || stem.starts_with("سي") && stem.len() > 12))
        || (stem.starts_with("ال") && stem.ends_with('ه'))
}

/// The masculine or feminine singular inflection of a nationality word, for agreement.
#[must_use]
pub fn singular(inflection: Inflection) -> bool {
    matches!(inflection, Inflection::Masculine | Inflection::Feminine)
}
