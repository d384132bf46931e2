//! Nouns that bodies begin with: «وزارة», «الجيش», «صحيفة», «شركة».

use crate::text::TokenKind;
use crate::text::lexicon::WordClass;

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
pub fn head(stem: &str) -> Option<HeadClass> {
    let classes = [
        (WordClass::BusinessHead, HeadClass::Business),
        (WordClass::MediaHead, HeadClass::Media),
        (WordClass::StateOrganization, HeadClass::State),
        (WordClass::OrganizationHead, HeadClass::Takes),
    ];
    let known = WordClass::all_of(stem);
    classes.into_iter().find(|(class, _)| known.contains(*class)).map(|(_, head)| head)
}

/// Whether the noun belongs to the state, so that its nationality is that of its officers: «الجيش», «حكومة».
#[must_use]
pub fn of_state(stem: &str) -> bool {
    !WordClass::Independent.contains(stem.strip_prefix("ال").unwrap_or(stem))
}

/// Whether the noun, with the article or without, is that of a work.
#[must_use]
pub fn is_work(noun: &str) -> bool {
    WordClass::Work.contains(noun.strip_prefix("ال").unwrap_or(noun))
}

/// Whether a token is a quotation mark.
#[must_use]
pub fn is_quote(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Mark('"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’'))
}
