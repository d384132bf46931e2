//! Who holds what, and whose they are: of all titles and countries that stand around a person's mentions the one that is sure, or none.
//!
//! [`candidates`] finds every title that could be a person's, [`countries`] the words that could tell a country, [`features`] and
//! [`choice`] measure them. Three forests weigh what was measured (`training/links.rs`): a title by itself, then beside the
//! person's other titles, then a country beside the titles that it stands in. What is less sure than the measured limit is left out.

mod candidates;
mod choice;
mod countries;
mod features;

use std::fmt;
use std::sync::LazyLock;

use super::Story;
use crate::facts::gazetteer::gazetteer;
use crate::facts::mention::Mention;
use crate::learnt::Learnt;
use crate::learnt::forest::Forest;
use crate::learnt::habits::Habits;
use crate::text::Span;
use crate::text::token::tokenize;

pub(super) use choice::words;
pub use choice::{Options, Tie, TitleOption};

/// What a person holds.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// The role, as its holder bears it; empty where none is sure.
    pub role: String,
    /// The piece of the article that says it.
    pub role_span: Option<Span>,
    /// The country, as in the gazetteer; 0 where none is sure.
    pub country: u16,
    /// The words that say it.
    pub country_span: Option<Span>,
    /// Whether the role's own words hold the country.
    pub is_country_held: bool,
    /// Whether a title or a country stands beside the name, sure or not: then it is somebody's.
    pub is_introduced: bool,
}

/// How many mentions of one person are looked at.
const MENTIONS: usize = 64;

/// What could be the role and the country of each of `entities`, whose mentions are numbers among the people's.
#[must_use]
pub(super) fn options(story: &Story<'_>, people: &[&Mention], entities: &[Vec<usize>]) -> Vec<Options> {
    let around = candidates::Around::new(story, people);
    let titles = candidates::find(story, people, &around);
    let evidence = countries::find(story, people, &titles);
    let read = |mentions: &Vec<usize>| {
        let mentions = &mentions[..mentions.len().min(MENTIONS)];
        Options::new(story, people, &around, &titles, &evidence, mentions)
    };
    entities.iter().map(read).collect()
}

/// The role and the country of each of `entities`.
#[must_use]
pub(super) fn find(story: &Story<'_>, people: &[&Mention], entities: &[Vec<usize>]) -> Vec<Link> {
    options(story, people, entities)
        .iter()
        .map(|options| MODEL.choose(options, &MODEL.weigh(options)))
        .collect()
}

/// What was learnt of titles and countries.
#[derive(Debug, Default)]
pub struct Model {
    habits: Habits,
    /// A title by itself.
    title: Forest,
    /// A title beside the person's other ones.
    role: Forest,
    country: Forest,
    /// How sure a role is that is shown.
    sure_role: f32,
    /// How sure a country is that is shown.
    sure_country: f32,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::parse(Learnt::Links.text()).unwrap_or_default());

/// The model that the program was built with.
#[must_use]
pub fn model() -> &'static Model {
    &MODEL
}

/// From how likely a title or a country on it introduces its person.
const INTRODUCES: f32 = 0.5;

impl Model {
    /// Reads the file: the two limits, habits, then the three forests, with an empty line between them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split("\n\n");
        let mut limits = parts
            .next()?
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split('\t').skip(1));
        let mut limit = || limits.next()?.parse().ok();
        let (sure_role, sure_country) = (limit()?, limit()?);
        let habits = Habits::parse(parts.next()?)?;
        let mut forest = || Forest::parse(parts.next()?);
        Some(Self { habits, title: forest()?, role: forest()?, country: forest()?, sure_role, sure_country })
    }

    /// How likely each title is the person's role, and each tie tells the country.
    #[must_use]
    pub fn weigh(&self, options: &Options) -> (Vec<f32>, Vec<f32>) {
        let rows = options.title_rows(&self.habits);
        let alone: Vec<f32> = rows.iter().map(|row| self.title.probability(row)).collect();
        let roles: Vec<f32> =
            options.role_rows(&alone).iter().map(|row| self.role.probability(row)).collect();
        let countries =
            options.country_rows(&roles).iter().map(|row| self.country.probability(row)).collect();
        (roles, countries)
    }

    /// How sure a role and a country are that are shown.
    #[must_use]
    pub const fn limits(&self) -> (f32, f32) {
        (self.sure_role, self.sure_country)
    }

    /// The role and the country of the person with these `options`, weighed so ([`Model::weigh`]), where they are sure.
    #[must_use]
    pub fn choose(&self, options: &Options, (roles, countries): &(Vec<f32>, Vec<f32>)) -> Link {
        let (role, country) = (choice::best(roles), choice::best(countries));
        let introduced = [role, country].into_iter().flatten().any(|(_, likely)| likely >= INTRODUCES);
        let mut link = Link { is_introduced: introduced, ..Link::default() };
        if let Some((at, _)) = country.filter(|(_, likely)| *likely >= self.sure_country) {
            link.country = options.ties[at].country;
            link.country_span = Some(options.ties[at].span);
        }
        let fits = |title: &TitleOption| Obstacle::of(title, link.country).is_none();
        let fitting: Vec<f32> = options
            .titles
            .iter()
            .zip(roles)
            .map(|(title, likely)| if fits(title) { *likely } else { 0.0 })
            .collect();
        let role = choice::best(&fitting);
        if let Some((at, _)) = role.filter(|(_, likely)| *likely >= self.sure_role) {
            let title = &options.titles[at];
            link.role.clone_from(&title.text);
            link.role_span = Some(title.span);
            link.is_country_held = title.countries.contains(&link.country);
        }
        link
    }
}

/// Why a title is not shown, however likely it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// «المدير العام للمنظمة»: of bodies of which there are many it names none.
    LacksBody,
    /// «ممثلتها في المؤتمر», where no country tells whose.
    LacksOwner,
    /// «وزيرا المياه في الأردن، … ونظيره العُماني سالم الحارثي»: it names another's country alone.
    OtherCountry,
}

impl Obstacle {
    /// What stands in the way of `title` where the holder's country is `country`, 0 if none is sure.
    #[must_use]
    pub fn of(title: &TitleOption, country: u16) -> Option<Self> {
        if title.lacks_body {
            return Some(Self::LacksBody);
        }
        if country == 0 {
            return title.lacks_owner.then_some(Self::LacksOwner);
        }
        let words = tokenize(&title.text);
        let senses = words.iter().filter_map(|word| gazetteer().sense(&word.key));
        let mut named = senses.map(|sense| sense.country).filter(|named| *named != 0).peekable();
        (named.peek().is_some() && !named.any(|named| named == country)).then_some(Self::OtherCountry)
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LacksBody => "names no body",
            Self::LacksOwner => "leaves open whose it is",
            Self::OtherCountry => "names another country",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, model};
    use crate::facts::participants::link_options;
    use crate::text::Document;

    #[test]
    fn the_model_was_learnt_from_what_is_measured() {
        let document = Document::new("", "قال وزير الخارجية المصري سامح شاهين إن المحادثات مستمرة.");
        let (_, options) = link_options(&document).remove(0);
        assert_eq!(model().title.features(), options.title_features());
        assert_eq!(model().role.features(), Options::role_features());
        assert_eq!(model().country.features(), options.country_features());
        let alone = vec![0.5; options.titles.len()];
        assert_eq!(model().role.features().len(), options.role_rows(&alone)[0].len());
        assert_eq!(model().country.features().len(), options.country_rows(&alone)[0].len());
    }
}
