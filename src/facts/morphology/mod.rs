//! Words as the participants' grammar reads them: clitics off, and what the lists say of each.

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::gazetteer::titles::{self, Head};
use super::gazetteer::{Evidence, Gazetteer, Sense, gazetteer};
use super::lexicon::{self, Class, HeadClass};
use crate::text::lexicon::WordClass;
use crate::text::memo::Memo;
use crate::text::{Document, Span, Token, TokenKind};

mod clitics;
mod nameness;

use clitics::CliticSplit;
pub use clitics::inside;

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

/// Whether listed phrases begin with a word, as far as the word itself tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Begins {
    /// With its stem.
    pub stem: bool,
    /// With what is left without its first letter, where that can be a clitic.
    pub inside: bool,
}

/// One token, read.
#[derive(Debug)]
pub struct TokenAnalysis<'d> {
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
    pub has_conjunction: bool,
    /// The preposition that was taken off.
    pub preposition: Option<char>,
    /// Whether it has the article; «أليف» begins with the same letters, but not with «ال».
    pub has_article: bool,
    /// What the lists and the news say of the word as a name.
    pub evidence: Evidence,
    /// What the word alone means.
    pub sense: Sense,
    /// The title that the word is the head of.
    pub head: Option<&'static Head>,
    /// What organization the word is the head of.
    pub organization: Option<HeadClass>,
    /// The word's part in the grammar, where a closed list tells it.
    pub class: Class,
    /// Where in the word a listed phrase begins.
    pub begins: Begins,
    /// How much it looks like a part of a name.
    pub nameness: Nameness,
    /// Index of its sentence.
    pub sentence: usize,
}

impl TokenAnalysis<'_> {
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

    /// Whether the token is a quotation mark.
    #[must_use]
    pub fn is_quote(&self) -> bool {
        matches!(self.kind, TokenKind::Mark('"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’'))
    }

    /// Whether the word has the article.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.has_article
    }

    /// Whether «و» or «ف» joins it to what stands before, or it is «و» itself.
    #[must_use]
    pub fn is_joined(&self) -> bool {
        self.has_conjunction || self.key == "و"
    }

    /// The preposition that was taken off, as the value of a feature: 0 none, 1 «ل», 2 «ب», 3 another.
    #[must_use]
    pub fn preposition_value(&self) -> f32 {
        match self.preposition {
            None => 0.0,
            Some('ل') => 1.0,
            Some('ب') => 2.0,
            Some(_) => 3.0,
        }
    }

    /// Whether the word stands without any clitic.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        !self.has_conjunction && self.preposition.is_none()
    }

    /// Whether the word is a nationality word that describes: «الأمريكي», «روسية».
    #[must_use]
    pub fn is_nationality(&self) -> bool {
        self.sense.nisba != 0
    }
}

/// What the lists say of a word, whatever stands around it.
#[derive(Clone, Copy, Debug)]
struct Listed {
    split: CliticSplit,
    evidence: Evidence,
    sense: Option<Sense>,
    head: Option<&'static Head>,
    /// Its head where its last letter is a pronoun's.
    head_with_pronoun: Option<&'static Head>,
    organization: Option<HeadClass>,
    class: Class,
    begins: Begins,
}

impl Listed {
    /// Looks up what `split` leaves of `key`.
    fn look_up(lists: &Gazetteer, key: &str, split: CliticSplit) -> Self {
        let stem = &*split.stem(key);
        let (sense, begins) = lists.word(stem);
        Self {
            split,
            evidence: lists.evidence(stem),
            sense,
            head: titles::head(stem),
            head_with_pronoun: titles::head_with_pronoun(stem),
            organization: lexicon::organization_head(stem),
            class: lexicon::class(stem),
            begins: Begins { stem: begins, inside: inside(key).is_some_and(|word| lists.word(word).1) },
        }
    }
}

/// How words are read unless what stands around them speaks against it.
static USUAL: LazyLock<Memo<Listed>> = LazyLock::new(Memo::default);

/// Reads every token of the body.
#[must_use]
pub fn analyze(document: &Document) -> Vec<TokenAnalysis<'_>> {
    let lists = gazetteer();
    let usual = USUAL.of(document.tokens().iter().map(|token| &*token.key), |key| {
        Listed::look_up(lists, key, clitics::split_by_lexicon(lists, key))
    });
    let mut analyses: Vec<TokenAnalysis<'_>> = Vec::with_capacity(document.tokens().len());
    for (index, sentence) in document.sentences().iter().enumerate() {
        let tokens = document.tokens_of(sentence);
        let first = analyses.len();
        for (at, (token, usual)) in tokens.iter().zip(&usual[sentence.tokens.clone()]).enumerate() {
            let mut cut =
                clitics::split_in_context(lists, document.text(), &analyses[first..], &tokens[at..], usual);
            // «فإن» is no «فان».
            if &*token.key == "فان" && document.slice(token.span).contains(['إ', 'أ']) {
                cut = CliticSplit::CONJUNCTION;
            }
            let listed = if cut == usual.split { *usual } else { Listed::look_up(lists, &token.key, cut) };
            analyses.push(analyze_token(lists, document.text(), token, index, &listed));
        }
    }
    restore(document, &mut analyses);
    detach(document, &mut analyses);
    join_heads(&mut analyses);
    analyses
}

/// «كارولينا فوزنياكي … وقالت \[فوزنياكي\]»: what stood behind a given name with its «ف» keeps it everywhere.
fn restore<'d>(document: &'d Document, analyses: &mut [TokenAnalysis<'d>]) {
    let given = |l: &TokenAnalysis<'_>| l.nameness == Nameness::Strong && l.evidence.given >= 2;
    let whole: HashSet<&str> = analyses
        .windows(2)
        .filter(|pair| given(&pair[0]) && pair[0].sentence == pair[1].sentence)
        .filter(|pair| pair[1].key.starts_with('ف') && !pair[1].has_conjunction && pair[1].is_word())
        .map(|pair| pair[1].key)
        .collect();
    if whole.is_empty() {
        return;
    }
    for (analysis, token) in analyses.iter_mut().zip(document.tokens()) {
        if analysis.has_conjunction && whole.contains(analysis.key) {
            let listed = Listed::look_up(gazetteer(), &token.key, CliticSplit::default());
            *analysis = analyze_token(gazetteer(), document.text(), token, analysis.sentence, &listed);
        }
    }
}

/// «الفنانة مي سكاف … ويعرف \[لمي\] سكاف»: what stands before the same word at least as often without the letter has a clitic here.
fn detach<'d>(document: &'d Document, analyses: &mut [TokenAnalysis<'d>]) {
    let mut pairs: HashMap<(&str, &str), usize> = HashMap::new();
    for pair in analyses.windows(2) {
        let [first, second] = pair else { continue };
        let name = first.nameness >= Nameness::Maybe && second.nameness >= Nameness::Maybe;
        if name
            && first.sentence == second.sentence
            && first.is_bare()
            && second.is_bare()
            && second.is_word()
        {
            *pairs.entry((first.key, second.key)).or_default() += 1;
        }
    }
    let count = |first, second| pairs.get(&(first, second)).copied().unwrap_or_default();
    for at in 1..analyses.len() {
        let [first, second] = [&analyses[at - 1], &analyses[at]];
        let unseen = first.is_bare() && first.evidence.documents < SEEN && first.class == Class::Open;
        let Some(name) = inside(first.key).filter(|_| unseen) else { continue };
        if count(name, second.key) >= count(first.key, second.key).max(1) {
            let listed = Listed::look_up(gazetteer(), first.key, CliticSplit::of(first.key));
            let token = &document.tokens()[at - 1];
            analyses[at - 1] = analyze_token(gazetteer(), document.text(), token, first.sentence, &listed);
        }
    }
}

/// Reads the first words of names anew, at `firsts`: which letters belong to them is told by `others`, which knows the words that
/// stand inside names, where nothing is written on to them, and by the lists: «لبايدن» beside «جو بايدن», «وبرلسكوني».
pub fn settle_names<'d>(
    document: &'d Document,
    analyses: &mut [TokenAnalysis<'d>],
    firsts: impl Iterator<Item = usize>,
    others: impl Fn(&str) -> bool,
) {
    let lists = gazetteer();
    let worth = |word: &str| {
        let Evidence { given, surname, as_name, .. } = lists.evidence(word);
        u32::from(given.max(surname)) + 2 * u32::from(as_name) + if others(word) { INSIDE } else { 0 }
    };
    for at in firsts {
        let key = analyses[at].key;
        if !analyses[at].is_word() {
            continue;
        }
        let Some(now) = key.strip_suffix(&*analyses[at].stem) else { continue };
        let mut ways = vec![(CliticSplit::default(), key)];
        for letters in ["وفبلك", "بلك"] {
            let (cut, word) = ways[ways.len() - 1];
            let Some((rest, letter)) = word.chars().next().and_then(|letter| {
                let rest = &word[letter.len_utf8()..];
                (letters.contains(letter) && rest.chars().count() > 1).then_some((rest, letter))
            }) else {
                break;
            };
            let conjunction = matches!(letter, 'و' | 'ف');
            ways.push((
                CliticSplit {
                    letters: cut.letters + 1,
                    bytes: cut.bytes + letter.len_utf8(),
                    has_article: false,
                    has_conjunction: cut.has_conjunction || conjunction,
                    preposition: if conjunction { None } else { Some(letter) },
                },
                rest,
            ));
            if !conjunction {
                break;
            }
        }
        let Some(&(cut, word)) = ways.iter().rev().max_by_key(|(_, word)| worth(word)) else { continue };
        // What the usual reading makes a name stays one, unless the document has the other: «كريم» is no «ريم».
        let least = if worth(&analyses[at].stem) < KNOWN { KNOWN } else { INSIDE };
        if cut.bytes != now.len() && worth(word) > worth(&analyses[at].stem).max(least) {
            let listed = Listed::look_up(lists, key, cut);
            let token = &document.tokens()[at];
            analyses[at] = analyze_token(lists, document.text(), token, analyses[at].sentence, &listed);
        }
    }
}

/// What it is worth to a word to stand inside a name: more than any list says.
const INSIDE: u32 = 100;
/// What a word is worth that lists know for a name.
const KNOWN: u32 = 4;

/// In how many articles a word may be met, as a logarithm, that is not sure to be one.
const SEEN: u8 = 4;

/// Heads of two words: «ولي العهد», «رجل الأعمال». The first word gets the head.
fn join_heads(analyses: &mut [TokenAnalysis<'_>]) {
    for at in 1..analyses.len() {
        let [first, second] = [&analyses[at - 1], &analyses[at]];
        if first.is_word()
            && second.is_word()
            && first.sentence == second.sentence
            && let Some(head) = titles::head_of_two(&first.stem, second.key)
        {
            analyses[at - 1].head = Some(head);
            analyses[at - 1].nameness = Nameness::No;
            analyses[at].nameness = Nameness::No;
        }
    }
}

fn analyze_token<'d>(
    lists: &Gazetteer,
    text: &str,
    token: &'d Token,
    sentence: usize,
    listed: &Listed,
) -> TokenAnalysis<'d> {
    let key: &str = &token.key;
    let mut analysis = TokenAnalysis {
        kind: token.kind,
        span: token.span,
        start: token.span.start,
        key,
        stem: Cow::Borrowed(key),
        has_conjunction: false,
        preposition: None,
        has_article: false,
        evidence: Evidence::default(),
        sense: Sense::default(),
        head: None,
        organization: None,
        class: Class::Open,
        begins: listed.begins,
        nameness: Nameness::No,
        sentence,
    };
    if token.kind != TokenKind::Word {
        return analysis;
    }
    let source = token.span.of(text);
    // Folding makes one key of «على» and «علي»; «الأعلى» is an adjective.
    let preposition = matches!(key, "علي" | "وعلي" | "فعلي")
        && source.trim_end_matches(crate::text::fold::is_mark).ends_with('ى');
    analysis.has_conjunction = listed.split.has_conjunction;
    analysis.preposition = listed.split.preposition;
    analysis.start = clitics::skip_letters(source, listed.split.letters) + token.span.start;
    analysis.stem = listed.split.stem(key);
    let stem = &*analysis.stem;
    let plain = analysis.preposition == Some('ل') || text[analysis.start..].starts_with(['ا', 'ٱ']);
    analysis.has_article = plain && stem.len() > 6 && stem.starts_with("ال");
    analysis.evidence = listed.evidence;
    analysis.sense = listed.sense.unwrap_or_default();
    // «الزاوية اليمنى» is the right one, not Yemen's.
    // «المجرى المائي» is a course, not Hungary's.
    if WordClass::OtherWithAlif.contains(stem) && source.ends_with('ى') {
        analysis.sense = Sense::default();
    }
    // «كاميرون دياز»: the country has the article.
    if WordClass::CountryWithArticle.contains(stem) {
        analysis.sense = Sense::default();
    }
    // «ة» and «ه» share a key: «مخرجة» is a woman, «مخرجه» a man with a pronoun.
    let pronoun = source.trim_end_matches(crate::text::fold::is_mark).ends_with('ه');
    let head = listed.head.filter(|head| pronoun || !head.is_possessive() || !stem.ends_with('ه'));
    analysis.head = listed.head_with_pronoun.filter(|_| pronoun).or(head);
    analysis.organization = listed.organization;
    let imam = stem == "امام" && source.contains('إ');
    analysis.class = match listed.class {
        _ if preposition => Class::Particle,
        Class::Particle if stem == "علي" => Class::Open,
        Class::Particle if imam => Class::Open,
        // «أني» and «آني», «مني» and «منى» share keys too.
        Class::Particle if stem == "اني" && source.contains('آ') => Class::Open,
        Class::Particle if stem == "مني" && source.ends_with('ى') => Class::Open,
        class => class,
    };
    // A name is not inflected: «إنذاراً», «متوسطًا».
    let inflected = source.contains(['\u{64b}', '\u{64d}']);
    analysis.nameness = match &analysis {
        _ if inflected => Nameness::No,
        // «عادل إمام»: what the lists say is said of «أمام».
        _ if imam => Nameness::Maybe,
        analysis => nameness::of(lists, analysis),
    };
    analysis
}
