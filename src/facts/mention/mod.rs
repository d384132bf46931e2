//! Mentions: where the text names a person, a body, a country or a place.
//!
//! Three sources vote: the lists ([`listed`]), the grammar of bodies and of names around titles ([`body`], [`person`]),
//! and the trained tagger ([`tagged`]). [`find`] is the one place where they are weighed.

use std::ops::Range;

use foldhash::HashSet;

use super::reading::Lexeme;
use crate::text::Span;

pub mod body;
mod city;
pub mod listed;
pub mod person;
pub mod tagged;

use tagged::Tagged;

/// How a country is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By its name: «فرنسا».
    Name,
    /// By its capital, where a city would do the same things: «باريس».
    Capital,
    /// By its nationality word: «الفرنسي».
    Nationality,
}

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A human being.
    Person,
    /// A body; its row in the list of bodies, 0 where it is not listed.
    Body(u16),
    /// A country by its row in the list.
    Country(u16, Naming),
    /// A city, a region, a building.
    Place,
}

/// A place in the text that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its tokens, as a range of the document's.
    pub tokens: Range<usize>,
    /// Its words, without a clitic at the front.
    pub span: Span,
    /// What it names.
    pub kind: Kind,
}

impl Mention {
    /// The mention over `tokens`, the clitic of the first left out.
    #[must_use]
    pub fn new(lexemes: &[Lexeme<'_>], tokens: Range<usize>, kind: Kind) -> Self {
        let span = Span::new(lexemes[tokens.start].start, lexemes[tokens.end - 1].span.end);
        Self { tokens, span, kind }
    }
}

/// All mentions, in source order; none overlap but for nationality words inside bodies and titles.
#[must_use]
pub fn find(lexemes: &[Lexeme<'_>], tagged: &[Tagged]) -> Vec<Mention> {
    let listed = listed::find(lexemes);
    let bodies = body::find(lexemes, &listed, tagged);
    let people = person::find(lexemes, &bodies, &listed, tagged);
    // «صوفيا جميل … وتقول صوفيا»: a capital that is a name in this text.
    let names: HashSet<&str> = people
        .iter()
        .filter(|m| m.tokens.len() > 1)
        .flat_map(|m| lexemes[m.tokens.clone()].iter().map(|l| &*l.stem))
        .collect();
    let mut taken = vec![Taken::Free; lexemes.len()];
    let mut mentions = Vec::with_capacity(listed.len() + bodies.len() + people.len());
    for mention in people {
        taken[mention.tokens.clone()].fill(Taken::Person);
        mentions.push(mention);
    }
    for mention in bodies.into_iter().filter_map(|body| reconsidered(lexemes, body, &names)) {
        if taken[mention.tokens.clone()].iter().all(|t| *t == Taken::Free) {
            let person = mention.kind == Kind::Person;
            taken[mention.tokens.clone()].fill(if person { Taken::Person } else { Taken::Body });
            mentions.push(mention);
        }
    }
    for mention in listed {
        let inside = taken[mention.tokens.start];
        let keep = match mention.kind {
            Kind::Country(_, Naming::Capital) if names.contains(&*lexemes[mention.tokens.start].stem) => {
                false
            }
            Kind::Country(..) => inside != Taken::Person,
            _ => inside == Taken::Free,
        };
        if keep {
            mentions.push(mention);
        }
    }
    mentions.sort_by_key(|m| (m.tokens.start, m.tokens.end));
    mentions
}

/// `body` as it is, but for one that no list has: a person of this text is given back as one («كارولينا بليسكوفا … فوز [بليسكوفا]»),
/// and a person's people are not given back («عبد العزيز بوتفليقة … [عائلة بوتفليقة]»).
fn reconsidered(lexemes: &[Lexeme<'_>], body: Mention, names: &HashSet<&str>) -> Option<Mention> {
    let people = matches!(&*lexemes[body.tokens.start].stem, "عايله" | "فريق");
    match &lexemes[body.tokens.start + usize::from(people)..body.tokens.end] {
        [word] if body.kind == Kind::Body(0) && names.contains(&*word.stem) => {
            (!people).then_some(Mention { kind: Kind::Person, ..body })
        }
        _ => Some(body),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    Free,
    Person,
    Body,
}
