//! Participants: mentions become people, bodies, countries and places, most salient first.

use foldhash::HashSet;
use judge::Candidate;

use super::entities::{Country, Organization, Person, Place};
use super::gazetteer::Gender;
use super::mention::tagged::Sight;
use super::mention::{self, Kind, Mention};
use super::morphology::{self, TokenAnalysis};
use super::quotation::{self, Quotation};
use super::title::{self, Titles};
use crate::text::{Document, Span};

mod bearer;
mod countries;
mod definite_descriptions;
pub mod judge;
pub mod links;
pub mod model;
mod name;
mod organizations;
mod people;
mod salience;

pub use name::transliteration_key;

/// Everyone and everything that takes part.
#[derive(Debug, Default)]
pub struct Participants {
    /// People, most salient first.
    pub people: Vec<Person>,
    /// Bodies, most salient first.
    pub organizations: Vec<Organization>,
    /// Countries, most salient first.
    pub countries: Vec<Country>,
    /// Places, most salient first.
    pub places: Vec<Place>,
    /// Who said what, in source order.
    pub quotations: Vec<Quotation>,
}

/// What the steps share: the document as read, and its mentions in source order.
struct Story<'d> {
    document: &'d Document,
    analyses: Vec<TokenAnalysis<'d>>,
    mentions: Vec<Mention>,
    /// The title right before each person's name, by the first token of the name.
    titles: Titles,
}

impl<'d> Story<'d> {
    fn new(document: &'d Document) -> Self {
        let mut analyses = morphology::analyze(document);
        let mentions = mention::find(document, &mut analyses, &Sight::of(document));
        let names = mentions
            .iter()
            .filter(|mention| mention.kind == Kind::Person)
            .map(|mention| mention.tokens.start);
        let titles = names.filter_map(|name| Some((name, title::before(&analyses, name)?))).collect();
        Self { document, analyses, mentions, titles }
    }

    fn text(&self) -> &'d str {
        self.document.text()
    }

    /// Whose the given name of `person` is; a name of one word is no given name.
    fn given_gender(&self, person: &Mention) -> Gender {
        if person.tokens.len() > 1 {
            self.analyses[person.tokens.start].evidence.gender
        } else {
            Gender::Unknown
        }
    }

    fn of_kind(&self, wanted: impl Fn(Kind) -> bool) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| wanted(mention.kind))
    }
}

/// Finds the participants of `document`.
#[must_use]
pub fn find(document: &Document) -> Participants {
    find_by(document, &|of, _, _, row| of.likelihood(row))
}

/// Says how likely a candidate of these names, first named there, of which this is measured takes part.
pub type Judge<'j> = dyn Fn(Candidate, &[&str], Span, &model::Row) -> f32 + 'j;

/// The same where `judge` says how likely each takes part: training looks on with it.
#[must_use]
pub fn find_by(document: &Document, judge: &Judge<'_>) -> Participants {
    let mut story = Story::new(document);
    let mut people = people::find(&story, judge);
    let shown: HashSet<Span> = people.iter().flat_map(|person| person.mentions.iter().copied()).collect();
    story.mentions.retain(|mention| mention.kind != Kind::Person || shown.contains(&mention.span));
    let holder = |at| definite_descriptions::resolve(&story, &people, at);
    let quotations = quotation::find(document, &story.analyses, &story.mentions, &story.titles, &holder);
    salience::quoted(&mut people, &quotations);
    let mut participants = Participants {
        organizations: organizations::find(&story, judge),
        countries: countries::find(&story, &people, judge),
        people,
        places: countries::places(&story),
        quotations,
    };
    leave_other_stories(document, &mut participants);
    participants
}

/// All that could be the role and the country of each person of `document`, under the person's name.
#[must_use]
pub fn link_options(document: &Document) -> Vec<(String, links::Options)> {
    people::options(&Story::new(document))
}

/// Under an article stand leads of other stories: bodies, countries and places of those take no part in this one, and the share
/// that their people have in it is nothing.
fn leave_other_stories(document: &Document, participants: &mut Participants) {
    let told = document.story();
    let spans = &document.sentences()[told.clone()];
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return };
    if told.len() == document.sentences().len() {
        return;
    }
    let story = first.span.cover(last.span);
    let told = |mentions: &[Span]| mentions.iter().any(|mention| story.contains(*mention));
    participants.organizations.retain(|body| told(&body.mentions));
    participants.countries.retain(|country| told(&country.mentions));
    participants.places.retain(|place| told(&place.mentions));
    for person in participants.people.iter_mut().filter(|person| !told(&person.mentions)) {
        person.salience = 0.0;
    }
    salience::sort(&mut participants.people);
}
