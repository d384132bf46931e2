//! Clitics: which first letters of a word are «و», «ف», «ب», «ل», «ك», and which belong to it.

use std::borrow::Cow;

use super::{Listed, Nameness, TokenAnalysis};
use crate::facts::gazetteer::titles::{self, Count};
use crate::facts::gazetteer::{Evidence, Gazetteer};
use crate::facts::lexicon::{self, Class};
use crate::text::fold::fold_char;
use crate::text::lexicon::WordClass;
use crate::text::{Token, TokenKind};

/// Where a word begins behind its clitics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CliticSplit {
    /// How many letters were taken off.
    pub letters: usize,
    /// How many bytes of the key they are.
    pub bytes: usize,
    /// Whether the article, which «لل» swallows, was put back: «للرئيس» is «ل» and «الرئيس».
    pub has_article: bool,
    /// Whether «و» or «ف» was taken off.
    pub has_conjunction: bool,
    /// The preposition that was taken off.
    pub preposition: Option<char>,
}

impl CliticSplit {
    /// The conjunction alone, of one letter.
    pub const CONJUNCTION: Self = Self {
        letters: 1,
        bytes: 'و'.len_utf8(),
        has_article: false,
        has_conjunction: true,
        preposition: None,
    };

    /// The first letter of `key`, a clitic.
    pub fn of(key: &str) -> Self {
        let letter = key.chars().next();
        let preposition = letter.filter(|letter| !matches!(letter, 'و' | 'ف'));
        let bytes = letter.map_or(0, char::len_utf8);
        Self { letters: 1, bytes, has_article: false, has_conjunction: preposition.is_none(), preposition }
    }

    /// The word that is left of `key`.
    pub fn stem<'k>(&self, key: &'k str) -> Cow<'k, str> {
        let rest = &key[self.bytes..];
        if self.has_article { Cow::Owned(format!("ال{rest}")) } else { Cow::Borrowed(rest) }
    }
}

/// The clitics of the first of `tokens` (the rest of its sentence) behind `read`; `usual` is how its word is usually read.
pub fn split_in_context(
    lists: &Gazetteer,
    text: &str,
    read: &[TokenAnalysis<'_>],
    tokens: &[Token],
    usual: &Listed,
) -> CliticSplit {
    let key: &str = &tokens[0].key;
    let before = read.last().filter(|l| l.is_word());
    let found = usual.split;
    // «[لـ]CNN», «[بـ]الدولة الإسلامية»: a line is drawn from a clitic to the word, not from a word's own letter.
    let is_drawn = || {
        let mut drawn = tokens[0].span.of(text).char_indices().filter(|(_, c)| *c == 'ـ').map(|(at, _)| at);
        drawn.next() == key.chars().next().map(char::len_utf8) && drawn.next().is_none()
    };
    if key.starts_with(['و', 'ف', 'ب', 'ل', 'ك']) && is_drawn() {
        return CliticSplit::of(key);
    }
    // «كارولينا [فوزنياكي]»: «ف» joins sentences, not names.
    let given =
        |l: &TokenAnalysis<'_>| l.nameness == Nameness::Strong && l.evidence.given >= 2 && !l.is_definite();
    if found.has_conjunction && key.starts_with('ف') && before.is_some_and(given) {
        return CliticSplit::default();
    }
    // «مارغو [والستروم]»: nor does «و» with an article, where nobody has seen the word and one word is not yet the whole name.
    let lone = || read.iter().rev().nth(1).is_none_or(|l| l.nameness < Nameness::Strong);
    let unseen = key.starts_with("وال") && usual.evidence.documents == 0;
    if found.has_conjunction && unseen && before.is_some_and(given) && lone() {
        return CliticSplit::default();
    }
    // «لوري [بلوين]», «ماريو [بالوتيلي]»: nor does a preposition before a word that nobody has seen.
    let rare = usual.evidence.documents < 2 && !key.ends_with('ه') && usual.sense.is_none();
    if found.preposition.is_some() && !found.has_conjunction && rare && before.is_some_and(given) {
        return CliticSplit::default();
    }
    // «[بيونج] يانج»: the first word of a listed name is whole.
    if found.preposition.is_some() && !found.has_conjunction && is_start_of_listed(lists, tokens) {
        return CliticSplit::default();
    }
    // «[لأم] كلثوم» is no «لام»: its second letter has a hamza.
    let hamza = || tokens[0].span.of(text).chars().nth(1) == Some('أ');
    if matches!(key, "لام" | "بام") && found.letters == 0 && hamza() {
        return CliticSplit {
            letters: 1,
            bytes: 'ل'.len_utf8(),
            preposition: key.chars().next(),
            ..CliticSplit::default()
        };
    }
    if found.letters == 1 && before.is_some_and(is_end_of_title) && is_start_of_name(lists, tokens, found) {
        return CliticSplit::default();
    }
    match key.strip_prefix('و') {
        Some(rest) if !found.has_conjunction && is_joined_to_foreign(lists, text, before, tokens, rest) => {
            CliticSplit::CONJUNCTION
        }
        _ => found,
    }
}

/// Whether a country or a city of two words or more begins with the first of `tokens` as it is written.
fn is_start_of_listed(lists: &Gazetteer, tokens: &[Token]) -> bool {
    if !lists.word(&tokens[0].key).1 {
        return false;
    }
    let words = tokens.iter().take(4).take_while(|token| token.kind == TokenKind::Word);
    let mut listed = false;
    lists.phrases(words.map(|token| &*token.key), |count, sense| {
        listed |= count > 1 && (sense.country != 0 || sense.capital != 0 || sense.city > 0);
    });
    listed
}

/// Whether a title for one person ends with the word: «المحلل \[الفرنسي\] فبريس بلانش», «محاميه لاني دافيس».
fn is_end_of_title(word: &TokenAnalysis<'_>) -> bool {
    let titled =
        |head: &titles::Head| head.count == Count::One && (head.is_definite() || head.is_possessive());
    word.head.is_some_and(titled)
        || word.is_definite() && (word.is_nationality() || WordClass::FormerHolder.contains(&word.stem))
}

/// Whether the first of `tokens` is the first word of a name of two, since what the clitics `found` leave of it names nobody: «لوثار
/// ماتيوس», «واين روني», but not «وأحمد علي».
fn is_start_of_name(lists: &Gazetteer, tokens: &[Token], found: CliticSplit) -> bool {
    let stem = found.stem(&tokens[0].key);
    let rest = lists.evidence(&stem);
    let nobody = rest.given < 4 && rest.documents <= 5 || lexicon::class(&stem) == Class::Particle;
    let second = tokens.get(1).filter(|next| next.kind == TokenKind::Word && !next.key.starts_with("ال"));
    let family = |next: &Token| {
        let Evidence { given, surname, documents, .. } = lists.evidence(&next.key);
        titles::head(&next.key).is_none()
            && lexicon::class(&next.key) == Class::Open
            && given.max(surname).max(4) >= documents
    };
    let plain = titles::head(&stem).is_none()
        && lists.sense(&stem).is_none_or(|s| s.nisba == 0 && s.country == 0 && s.body == 0);
    stem.chars().count() > 2 && !stem.ends_with('ه') && nobody && plain && second.is_some_and(family)
}

/// Whether «و» joins a foreign name that no list has to what stands before: «\[وفرانسو\] أولاند», «\[وإنهامباني\]». A name of
/// its own, as «وزنياكي» is, has no second word behind it.
fn is_joined_to_foreign(
    lists: &Gazetteer,
    text: &str,
    before: Option<&TokenAnalysis<'_>>,
    tokens: &[Token],
    rest: &str,
) -> bool {
    let unseen = |word: &str| {
        let evidence = lists.evidence(word);
        evidence == Evidence::default() && !is_known(lists, word, evidence)
    };
    let joins = before.is_none_or(|l| l.class != Class::Particle);
    if !joins || rest.chars().count() < 4 || !unseen(&tokens[0].key) {
        return false;
    }
    let hamza = tokens[0].span.of(text).chars().nth(1).is_some_and(|c| matches!(c, 'أ' | 'إ' | 'آ'));
    let second = tokens.get(1).filter(|next| next.kind == TokenKind::Word).is_some_and(|next| {
        let evidence = lists.evidence(&next.key);
        evidence.documents <= 3 || evidence.given.max(evidence.surname) > evidence.documents
    });
    hamza || (second && !rest.starts_with(['ا', 'ي', 'و']))
}

/// Takes the clitics off, where the word without them is the likelier word: «ولافروف», «بالبيت», but not «وليد», «بوتين».
pub fn split_by_lexicon(lists: &Gazetteer, key: &str) -> CliticSplit {
    let mut cut = CliticSplit::default();
    if key.len() > 4
        && let Some(rest) = key.strip_prefix(['و', 'ف'])
        && is_detached(lists, key, rest, 0)
    {
        cut = CliticSplit::CONJUNCTION;
    }
    let word = &key[cut.bytes..];
    if let Some(rest) = word.strip_prefix("لل").filter(|rest| rest.len() > 4) {
        cut.letters += 1;
        cut.preposition = Some('ل');
        cut.has_article = true;
        cut.bytes = key.len() - rest.len();
    } else if word.len() > 6
        && let Some(rest) = word.strip_prefix(['ب', 'ل', 'ك'])
        && is_detached(lists, word, rest, 1)
    {
        cut.letters += 1;
        cut.preposition = word.chars().next();
        cut.bytes = key.len() - rest.len();
    }
    cut
}

/// A word in at least 256 news articles (a logarithm): «حزب», «وكالة».
const COMMON: u8 = 9;

/// Whether `rest` is likelier to be the word of `whole` than `whole` itself; a preposition needs a margin (a logarithm).
fn is_detached(lists: &Gazetteer, whole: &str, rest: &str, margin: u8) -> bool {
    // «محمد ولد عبد العزيز»
    if WordClass::WholeInNames.contains(whole) {
        return false;
    }
    if rest.starts_with("ال") && rest.len() > 8 {
        // «الأمير محمد بن سلمان [والعاهل] المغربي»: that it stands behind names proves nothing of a title.
        if rest.strip_prefix("ال").is_some_and(|title| titles::head(title).is_some()) {
            return true;
        }
        // «كالوويا» is no «ك» with the article, nor «بالترو» a «ب»: nobody has seen «الوويا» and «الترو».
        let foreign = whole.starts_with(['ك', 'ب', 'ف']) && lists.evidence(rest).documents == 0;
        return !foreign && !is_known(lists, whole, lists.evidence(whole));
    }
    // «أسماء رؤساء [لجان] تحكيم»: a noun that takes the article is whole.
    let [of_whole, with_article] = [whole, &format!("ال{whole}")].map(|word| lists.evidence(word).documents);
    if margin > 0 && of_whole >= 4 && with_article >= of_whole && lists.evidence(rest).given >= 5 {
        return false;
    }
    // «كسفير لبلاده», but «كابو دلغادو» is no «أبو»: «ك» stands before titles and nationalities only.
    if whole.starts_with('ك')
        && titles::head(rest).is_none()
        && lists.sense(rest).is_none_or(|s| s.nisba == 0 && s.country == 0)
    {
        return false;
    }
    // «وبنظيريه»: a second clitic before a title.
    if whole.starts_with('و')
        && rest.strip_prefix(['ب', 'ل']).is_some_and(|word| titles::head(word).is_some())
    {
        return true;
    }
    let [of_whole, of_rest] = [whole, rest].map(|word| lists.evidence(word));
    // «ورياض» stands behind names too, as any «و» does.
    let name = of_rest.given >= 5
        && of_whole.given.max(of_whole.surname) < 4
        && of_rest.documents > of_whole.documents;
    // «صلاح [وساديو] ماني»: that «و» stands behind names proves nothing.
    let by_news_only = whole.starts_with('و')
        && of_whole.given.max(of_whole.surname) == 0
        && lists.sense(whole).is_none()
        && titles::head(whole).is_none()
        && !titles::is_start_of_head(whole)
        && lexicon::class(whole) == Class::Open
        && of_rest.documents > 0;
    if is_known(lists, whole, of_whole)
        && !by_news_only
        && !(name && lists.sense(whole).is_none() && titles::head(whole).is_none())
    {
        return false;
    }
    // «بيان» is no «يان» and «فستان» no «ستان», names or not; «ولافروف» is rarer than «لافروف».
    let commoner = of_rest.documents >= of_whole.documents + margin;
    if is_known(lists, rest, of_rest) {
        let listed = lists.sense(rest).is_some_and(|s| s.nisba != 0 || s.country != 0 || s.body != 0);
        if listed || titles::head(rest).is_some() || lexicon::class(rest) != Class::Open {
            return true;
        }
        let floor = if margin == 0 { 4 } else { 5 };
        return (commoner && (of_rest.documents >= floor || whole.starts_with('و')))
            || (of_whole.documents == 0 && of_rest.documents >= 4);
    }
    // «الأمين العام [لحزب] العمال», «أستاذ [بكلية] الآداب»: a common noun that bodies begin with needs no margin. («[برئاسة] …» is an adverb.)
    let is_led = whole.starts_with('ل') || whole.starts_with('ب') && !WordClass::Post.contains(rest);
    let begins_bodies = is_led && of_rest.documents >= COMMON && lexicon::organization_head(rest).is_some();
    (of_rest.documents > 3 && of_rest.documents > of_whole.documents + margin)
        || (begins_bodies && of_rest.documents >= of_whole.documents)
        || (margin == 0 && of_rest.documents >= 4 && of_whole.documents < 4)
}

/// Whether a list has the word as it stands, as something that matters here; `evidence` is what speaks for it as a name.
fn is_known(lists: &Gazetteer, word: &str, evidence: Evidence) -> bool {
    let name = evidence.given.max(evidence.surname);
    (name >= 4 && name + 4 >= evidence.documents)
        || (evidence.as_name >= 2 && evidence.documents >= 3)
        || titles::head(word).is_some()
        || titles::is_start_of_head(word)
        || lexicon::class(word) != Class::Open
        || lists
            .sense(word)
            .is_some_and(|s| s.country != 0 || s.nisba != 0 || s.capital != 0 || s.body != 0 || s.city > 17)
}

/// What is left of `key` without its first letter, where that can be a clitic.
#[must_use]
pub fn inside(key: &str) -> Option<&str> {
    key.strip_prefix(['و', 'ل', 'ب', 'ف', 'ك'])
}

/// The offset behind the first `letters` letters of `source`, marks among them included.
pub fn skip_letters(source: &str, letters: usize) -> usize {
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
