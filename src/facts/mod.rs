//! Facts of a document: its figures and its participants. Pure.

pub mod dateline;
pub mod entities;
pub mod figure;
pub mod gazetteer;
pub mod grammar;
pub mod lexicon;
pub mod mention;
pub mod morphology;
mod nouns;
pub mod number;
pub mod participants;
pub mod quotation;
pub mod tagger;
pub mod title;

use crate::text::{Document, Span};

pub use entities::{Country, Organization, Person, Place};
use figure::Class;
pub use figure::Figure;
pub use number::Quantity;
pub use quotation::Quotation;

#[cfg(test)]
mod tests;

/// Everything found in one document.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Every figure, in source order, each fact once.
    pub figures: Vec<Figure>,
    /// People, most salient first.
    pub people: Vec<Person>,
    /// Bodies (organizations, parties, armies, unions…), most salient first.
    pub organizations: Vec<Organization>,
    /// Countries that take part, most salient first.
    pub countries: Vec<Country>,
    /// Cities, regions and buildings, most salient first.
    pub places: Vec<Place>,
    /// Who said what, in source order.
    pub quotations: Vec<Quotation>,
}

impl Facts {
    /// The `limit` most salient figures, in the order in which a reader is told them (see [`in_editorial_order`]): those that are the story by
    /// their salience; of the others lives come first, then money, then the rest as it comes. Background is left out.
    #[must_use]
    pub fn key_figures(&self, limit: usize) -> Vec<&Figure> {
        self.most_salient_figures(limit, |_| true)
    }

    /// The same of those that are wanted.
    pub fn most_salient_figures(&self, limit: usize, is_wanted: impl Fn(&Figure) -> bool) -> Vec<&Figure> {
        let is_key = |f: &&Figure| f.salience > 0.0 && is_wanted(f);
        let mut figures: Vec<_> = self.figures.iter().filter(is_key).collect();
        figures.sort_by(|a, b| b.salience.total_cmp(&a.salience));
        let matter = |figure: &Figure| match figure.class {
            Some(Class::Casualty) => 0,
            Some(Class::Currency) => 1,
            _ => 2,
        };
        in_editorial_order(
            figures,
            limit,
            |f| f.salience,
            |f, part| (part == Prominence::Support).then(|| (matter(f), f.span)),
        )
    }

    /// The `limit` most salient people, in the order in which a reader is told of them (see [`in_editorial_order`]): those who are the story, then
    /// those who take part, both as the article brings them in.
    #[must_use]
    pub fn key_people(&self, limit: usize) -> Vec<&Person> {
        in_editorial_order(&self.people, limit, |p| p.salience, |p, part| first_mention(&p.mentions, part))
    }

    /// The `limit` most salient countries, in the same order as people.
    #[must_use]
    pub fn key_countries(&self, limit: usize) -> Vec<&Country> {
        in_editorial_order(&self.countries, limit, |c| c.salience, |c, part| first_mention(&c.mentions, part))
    }

    /// The name, as it is listed, of the person, body or country that is mentioned at `mention`; `None` where it is not listed.
    #[must_use]
    pub fn name_of(&self, mention: Span) -> Option<&str> {
        let has = |mentions: &[Span]| mentions.binary_search(&mention).is_ok();
        let person = self.people.iter().find(|p| has(&p.mentions)).map(|p| p.name.as_str());
        let body = || self.organizations.iter().find(|o| has(&o.mentions)).map(|o| o.name.as_str());
        let country = || self.countries.iter().find(|c| has(&c.mentions)).map(|c| c.name.as_str());
        person.or_else(body).or_else(country)
    }
}

/// The part that a fact has in the story.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Prominence {
    /// It is the story: it has at least two thirds of the largest salience.
    Lead,
    /// It takes part.
    Support,
    /// It is only mentioned: less than a third, about.
    Mention,
}

impl Prominence {
    /// The part of a fact with `share` of the largest salience.
    fn of(share: f32) -> Self {
        if share >= 2.0 / 3.0 {
            Self::Lead
        } else if share >= 0.3 {
            Self::Support
        } else {
            Self::Mention
        }
    }
}

/// Where the article brings in whom it mentions at `mentions`; nowhere who is only mentioned, so that they stay as they come.
fn first_mention(mentions: &[Span], part: Prominence) -> Option<Span> {
    mentions.first().copied().filter(|_| part != Prominence::Mention)
}

/// The first `limit` of `facts`, which come most salient first, as a reader is told of them: by their parts, and within a part by
/// their `place`, or else as they come. Shares that are about alike are no reason to leave the article's order: ministers who
/// each speak once at a meeting come as they come there.
fn in_editorial_order<'a, T, P: Ord>(
    facts: impl IntoIterator<Item = &'a T>,
    limit: usize,
    salience: impl Fn(&T) -> f32,
    place: impl Fn(&T, Prominence) -> P,
) -> Vec<&'a T> {
    let mut ordered: Vec<&T> = facts.into_iter().take(limit).filter(|fact| salience(fact) > 0.0).collect();
    let most = ordered.first().map_or(0.0, |fact| salience(fact));
    ordered.sort_by_cached_key(|fact| {
        let part = Prominence::of(salience(fact) / most);
        (part, place(fact, part))
    });
    ordered
}

/// Finds the figures and participants of `document`.
#[must_use]
pub fn analyze(document: &Document) -> Facts {
    let participants::Participants { people, organizations, countries, places, quotations } =
        participants::find(document);
    let mentions = spans_of(&people, &organizations, &countries, &places);
    Facts { figures: figure::find(document, &mentions), people, organizations, countries, places, quotations }
}

/// Where the names of `document` stand, in order.
#[must_use]
pub fn mentions(document: &Document) -> Vec<Span> {
    let found = participants::find(document);
    spans_of(&found.people, &found.organizations, &found.countries, &found.places)
}

fn spans_of(
    people: &[Person],
    organizations: &[Organization],
    countries: &[Country],
    places: &[Place],
) -> Vec<Span> {
    let mut spans: Vec<Span> = people
        .iter()
        .flat_map(|person| &person.mentions)
        .chain(organizations.iter().flat_map(|body| &body.mentions))
        .chain(countries.iter().flat_map(|country| &country.mentions))
        .chain(places.iter().flat_map(|place| &place.mentions))
        .copied()
        .collect();
    spans.sort_unstable();
    spans
}
