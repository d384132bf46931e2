//! Participants: mentions become people, bodies, countries and places, most salient first.

use super::mention::{self, Kind, Mention, tagged};
use super::quotation::{self, Quotation};
use super::reading::{self, Lexeme};
use super::{Country, Organization, Person, Place};
use crate::text::stories::main_story;
use crate::text::{Document, Span};

mod bodies;
mod countries;
mod descriptions;
pub mod links;
mod name;
mod people;
mod salience;

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
    lexemes: Vec<Lexeme<'d>>,
    mentions: Vec<Mention>,
}

impl<'d> Story<'d> {
    fn new(document: &'d Document) -> Self {
        let lexemes = reading::read(document);
        let mentions = mention::find(&lexemes, &tagged::find(document));
        Self { document, lexemes, mentions }
    }

    fn text(&self) -> &'d str {
        self.document.text()
    }

    fn of_kind(&self, wanted: impl Fn(Kind) -> bool) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| wanted(mention.kind))
    }
}

/// Finds the participants of `document`.
#[must_use]
pub fn find(document: &Document) -> Participants {
    let story = Story::new(document);
    let mut people = people::find(&story);
    let holder = |at| descriptions::holder(&story, &people, at);
    let quotations = quotation::find(document, &story.lexemes, &story.mentions, &holder);
    salience::quoted(&mut people, &quotations);
    let mut participants = Participants {
        organizations: bodies::find(&story),
        countries: countries::find(&story, &people),
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
    let told = main_story(document);
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
