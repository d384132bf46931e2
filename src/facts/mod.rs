//! Facts of a document: its figures and its participants. Pure.

pub mod tagger;

use crate::text::{Document, Span};

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
}

/// The amount of a figure, in units (not in millions; 11.4 for 11.4 %).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// One number.
    Exact(f64),
    /// A range, low end first: «بين 10 و15», «عشرات».
    Range(f64, f64),
}

/// A number with its unit and what it counts.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The words as the article writes them, approximator and unit included: «نحو 8 ملايين إنسان».
    pub span: Span,
    /// How much.
    pub quantity: Quantity,
    /// «دولار», "%", or the counted noun as written; empty where there is none.
    pub unit: String,
    /// The phrase that says what is counted, cut from the same sentence.
    pub what: Option<Span>,
    /// Index of its sentence.
    pub sentence: usize,
    /// How much of the story it is; only the order matters.
    pub salience: f32,
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
    /// The figures worth listing, most telling first, at most `limit` of them.
    #[must_use]
    pub fn key_figures(&self, limit: usize) -> Vec<&Figure> {
        let mut figures: Vec<_> = self.figures.iter().collect();
        figures.sort_by(|a, b| b.salience.total_cmp(&a.salience).then(a.span.cmp(&b.span)));
        figures.truncate(limit);
        figures
    }
}

/// Finds the figures and participants of `document`.
#[must_use]
pub fn analyze(document: &Document) -> Facts {
    let _ = document;
    Facts::default()
}
