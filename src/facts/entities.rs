//! Who and what takes part in a story, as a reader is told of them.

use crate::text::Span;

/// A person who takes part.
#[derive(Clone, Debug)]
pub struct Person {
    /// The fullest form of the name in the article, without title words.
    pub name: String,
    /// Every mention by name, in source order.
    pub mentions: Vec<Span>,
    /// The role in the article's words, in the form in which its holder bears it: «وزير الخارجية الأمريكي»; empty where none is sure.
    pub role: String,
    /// The piece of the article that says the role.
    pub role_span: Option<Span>,
    /// The country in its common Arabic name: «الولايات المتحدة»; empty where none is sure.
    pub country: String,
    /// The words about the person that say the country.
    pub country_span: Option<Span>,
    /// Role and country as a reader is shown them, the country in brackets where the role does not hold it: «وزير الخارجية الأمريكي»,
    /// «وزير الخارجية (السعودية)».
    pub title: String,
    /// How much of the story is theirs; only the order matters. Nothing for those of other stories in the same text.
    pub salience: f32,
    /// How likely they take part, 0 to 1, as `train mentions` learnt it.
    pub likelihood: f32,
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
    /// How likely it takes part, 0 to 1, as `train mentions` learnt it.
    pub likelihood: f32,
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
    /// How likely it takes part, 0 to 1, as `train mentions` learnt it.
    pub likelihood: f32,
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
