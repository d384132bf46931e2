//! Facts of a document: its figures and its participants. Pure.

pub mod figure;
pub mod gazetteer;
pub mod lexicon;
pub mod mention;
mod nouns;
pub mod number;
pub mod participants;
pub mod quotation;
pub mod reading;
pub mod tagger;
pub mod title;

use crate::text::{Document, Span};

pub use figure::Figure;
pub use number::Quantity;
pub use quotation::Quotation;

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

/// A person who takes part.
#[derive(Clone, Debug)]
pub struct Person {
    /// The fullest form of the name in the article, without title words.
    pub name: String,
    /// Every mention by name, in source order.
    pub mentions: Vec<Span>,
    /// The office in its dictionary form, without the country: «وزير الخارجية»; empty if not told.
    pub role: String,
    /// The country in its common Arabic name: «الولايات المتحدة»; empty if not told.
    pub country: String,
    /// Role and country as a reader is shown them: «وزير الخارجية الأمريكي», «وزير خارجية إيطاليا».
    pub title: String,
    /// How much of the story is theirs; only the order matters.
    pub salience: f32,
}

/// A body that takes part.
#[derive(Clone, Debug)]
pub struct Organization {
    /// The fullest form of the name in the article.
    pub name: String,
    /// Short forms that the article gives: «قسد», «ناتو».
    pub aliases: Vec<String>,
    /// Every mention, in source order.
    pub mentions: Vec<Span>,
    /// How much of the story is theirs; only the order matters.
    pub salience: f32,
}

/// A country that takes part, by name, by capital or by nationality word.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its common Arabic name.
    pub name: String,
    /// Every mention, in source order.
    pub mentions: Vec<Span>,
    /// How much of the story is its own; only the order matters.
    pub salience: f32,
}

/// A place that is not a country.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name as written.
    pub name: String,
    /// Every mention, in source order.
    pub mentions: Vec<Span>,
    /// How prominent it is; only the order matters.
    pub salience: f32,
}

impl Facts {
    /// The figures worth listing, most telling first, at most `limit` of them; background is left out.
    #[must_use]
    pub fn key_figures(&self, limit: usize) -> Vec<&Figure> {
        let mut figures: Vec<_> = self.figures.iter().filter(|f| f.salience > 0.0).collect();
        figures.sort_by(|a, b| b.salience.total_cmp(&a.salience).then(a.span.cmp(&b.span)));
        figures.truncate(limit);
        figures
    }
}

/// Finds the figures and participants of `document`.
#[must_use]
pub fn analyze(document: &Document) -> Facts {
    let participants::Participants { people, organizations, countries, places } =
        participants::find(document);
    let mut mentions: Vec<Span> = people.iter().flat_map(|p| p.mentions.iter().copied()).collect();
    mentions.sort_unstable();
    let quotations = quotation::find(document, &mentions);
    Facts { figures: figure::find(document), people, organizations, countries, places, quotations }
}
