//! What a word is, whatever stands around it: closed classes that end a name or a title (`data/lists/word_classes.tsv`), and nouns that
//! organizations begin with.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

use crate::text::fold::fold;
use crate::text::frequency::DocumentFrequencies;
use crate::text::lexicon::WordClass;

/// The part that a word plays, where a closed list tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Prepositions, conjunctions, pronouns, adverbs.
    Particle,
    /// Verbs of saying: «قال», «أكدت», «مضيفا».
    Saying,
    /// Other verbs.
    Verb,
    /// Any other word.
    Open,
}

static LIST: &str = include_str!("../../data/lists/word_classes.tsv");

static CLASSES: LazyLock<HashMap<String, Class>> = LazyLock::new(|| {
    let mut classes = HashMap::new();
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        let Some((class, words)) = line.split_once('\t') else { continue };
        for word in words.split(' ') {
            let key = fold(word);
            match class {
                "particle" => classes.entry(key).or_insert(Class::Particle),
                "saying" => {
                    // «قال» makes «قالت».
                    classes.entry(format!("{key}ت")).or_insert(Class::Saying);
                    classes.entry(key).or_insert(Class::Saying)
                }
                _ => classes.entry(key).or_insert(Class::Verb),
            };
        }
    }
    classes
});

/// The class of the folded word `key`.
#[must_use]
pub fn class(key: &str) -> Class {
    CLASSES.get(key).copied().unwrap_or(Class::Open)
}

/// A verb in the present with the other gender: «يطرح» for «تطرح», «تطرح» for «يطرح».
#[must_use]
pub fn other_gender(verb: &str) -> Option<String> {
    let feminine = verb.strip_prefix('ي').map(|root| format!("ت{root}"));
    feminine.or_else(|| verb.strip_prefix('ت').map(|root| format!("ي{root}")))
}

/// Whether a word is a verb in the present: the news has it with the other gender too, «يطرح» and «تطرح». «توسك», what is left of
/// «سيفكوفيتش» and «يهودي» are no verbs.
#[must_use]
pub fn is_present(word: &str) -> bool {
    let known = |form: &str| DocumentFrequencies::words().count(form) > 0.0;
    known(word) && other_gender(word).is_some_and(|other| known(&other))
}

/// What a head noun needs to make a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadClass {
    /// Needs a complement in the genitive or a name: «منظمة …», «شركة …».
    Takes,
    /// With the article and a nationality word or an adjective: «الجيش السوري», «الخارجية الصينية».
    State,
    /// Carries news: «صحيفة …», «قناة …».
    Media,
    /// A business, a club: the head is no part of a name behind it («شركة سامسونغ» is «سامسونغ»).
    Business,
}

/// The class of the head noun `stem`, if it is one.
#[must_use]
pub fn organization_head(stem: &str) -> Option<HeadClass> {
    let classes = [
        (WordClass::BusinessHead, HeadClass::Business),
        (WordClass::MediaHead, HeadClass::Media),
        (WordClass::StateOrganization, HeadClass::State),
        (WordClass::OrganizationHead, HeadClass::Takes),
    ];
    let known = WordClass::all_of(stem);
    classes.into_iter().find(|(class, _)| known.contains(*class)).map(|(_, head)| head)
}

/// Whether the noun, with the article or without, is that of bodies of which there are many beside the state: «الشركة», but not «الحكومة».
#[must_use]
pub fn is_independent_body(noun: &str) -> bool {
    WordClass::Independent.contains(noun.strip_prefix("ال").unwrap_or(noun))
}

/// Whether the noun, with the article or without, is that of a work.
#[must_use]
pub fn is_work(noun: &str) -> bool {
    WordClass::Work.contains(noun.strip_prefix("ال").unwrap_or(noun))
}
