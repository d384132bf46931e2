//! One reply for several articles of one story: each bullet with all who tell it, and the numbers that differ side by side.

use foldhash::HashSet;

use super::{COUNTRIES, Line, ORGANIZATIONS, PEOPLE, Reply, ReplyOptions, Role};
use super::{figures, proof, source, titled, with_short_form};
use crate::brief::Brief;
use crate::facts::participants::transliteration_key;
use crate::locale::Locale;
use crate::story::figures::Kind;
use crate::story::{Difference, Story};
use crate::text::fold::fold;

/// The lines that show `story`.
#[must_use]
pub fn compose(story: &Story, options: ReplyOptions, locale: &Locale) -> Reply {
    let Story { briefs, merged, .. } = story;
    let Some(fullest) = briefs.get(merged.fullest) else { return Reply::default() };
    let names = names(story, locale);
    let plain = |role, text: String| Line { role, text, bold: Vec::new(), proof: None };
    let mut lines = Vec::new();
    if !fullest.article.headline.is_empty() {
        lines.push(plain(Role::Headline, fullest.article.headline.clone()));
    }
    lines.push(plain(Role::Meta, told_by(&names, 0..names.len(), locale)));
    if options.parts.summary() {
        let page = |brief| if options.is_linked { proof::Page::of(brief) } else { None };
        let pages: Vec<Option<proof::Page<'_>>> = briefs.iter().map(page).collect();
        for bullet in &merged.bullets {
            let bold = figures::key_places(&briefs[bullet.of], &bullet.piece.text, bullet.piece.span);
            let proof = pages[bullet.of].as_ref().and_then(|page| page.link(bullet.piece.span));
            let from = told_by(&names, bullet.told_by.iter().copied(), locale);
            let text = format!("{} ({from})", bullet.piece.text);
            lines.push(Line { role: Role::Sentence, text, bold, proof });
        }
    }
    if options.parts.figures() {
        lines.extend(
            story
                .differences
                .iter()
                .map(|found| plain(Role::Difference, difference(found, story, &names, locale))),
        );
    }
    if options.parts.participants() {
        let separator = format!(" {} ", locale.text("separator"));
        lines.extend(people(briefs, merged.fullest).into_iter().map(|person| plain(Role::Person, person)));
        let bodies = briefs.iter().flat_map(|brief| brief.facts.organizations.iter().take(ORGANIZATIONS));
        let bodies = once(bodies.map(with_short_form), ORGANIZATIONS);
        let countries = briefs.iter().flat_map(|brief| brief.facts.key_countries(COUNTRIES));
        let countries = once(countries.map(|country| country.name.clone()), COUNTRIES);
        for (role, names) in [(Role::Organizations, bodies), (Role::Countries, countries)] {
            if !names.is_empty() {
                lines.push(plain(role, names.join(&separator)));
            }
        }
    }
    let lines = lines.into_iter().map(|line| line.with(options.digits)).collect();
    Reply { lines, link: fullest.article.url.clone(), first: None, is_folded: options.parts.summary() }
}

/// What a figure of `kind` counts, in `unit`, as the heading of its line.
#[must_use]
pub fn what(kind: Kind, unit: &str, locale: &Locale) -> String {
    let key = match kind {
        Kind::Killed => "counts-killed",
        Kind::Injured => "counts-injured",
        Kind::Missing => "counts-missing",
        Kind::Evacuated => "counts-evacuated",
        Kind::Detained => "counts-detained",
        Kind::Aboard => "counts-aboard",
        Kind::Money(_) => "counts-money",
        Kind::Things(_) | Kind::Other => return unit.to_owned(),
    };
    locale.text(key)
}

/// «القتلى: 12 شخصا (a.example، 10:20) · 14 شخصا (b.example، 13:05)».
fn difference(found: &Difference, story: &Story, names: &[String], locale: &Locale) -> String {
    let separator = format!(" {} ", locale.text("separator"));
    let mut unit = "";
    let values: Vec<String> = found
        .values
        .iter()
        .map(|&(article, at)| {
            let brief = &story.briefs[article];
            let figure = &brief.facts.figures[story.accounts[article].counts[at].figure];
            unit = &figure.unit;
            let words: Vec<&str> = brief.document.slice(figure.span).split_whitespace().collect();
            let time = brief.article.published.as_ref().and_then(|published| published.time);
            let time =
                time.map(|time| format!("{} {:02}:{:02}", locale.text("comma"), time.hour(), time.minute()));
            format!("{} ({}{})", words.join(" "), names[article], time.unwrap_or_default())
        })
        .collect();
    format!("{}: {}", what(found.kind, unit, locale), values.join(&separator))
}

/// How the articles of `story` are told apart.
#[must_use]
pub fn names(story: &Story, locale: &Locale) -> Vec<String> {
    (0..story.briefs.len()).map(|at| name(&story.briefs, at, locale)).collect()
}

/// Where an article was read, or what it is where it has no address; its place where that has no name.
fn name(briefs: &[Brief], at: usize, locale: &Locale) -> String {
    let article = &briefs[at].article;
    let unnamed = || match article.url {
        Some(_) => locale.count("source-number", "items", at as u64 + 1),
        None => locale.text("pasted"),
    };
    source(article).unwrap_or_else(unnamed)
}

fn told_by(names: &[String], who: impl Iterator<Item = usize>, locale: &Locale) -> String {
    let mut told: Vec<&str> = Vec::new();
    for at in who {
        if !told.contains(&names[at].as_str()) {
            told.push(&names[at]);
        }
    }
    told.join(&format!("{} ", locale.text("comma")))
}

/// The people of all briefs, each once in whatever spelling: those of the `fullest` article first, with the title that any article gives.
fn people(briefs: &[Brief], fullest: usize) -> Vec<String> {
    let others = (0..briefs.len()).filter(|&at| at != fullest);
    let all: Vec<_> = std::iter::once(fullest)
        .chain(others)
        .flat_map(|at| briefs[at].facts.key_people(PEOPLE))
        .map(|person| (person, spelling(&person.name)))
        .collect();
    let mut shown: Vec<&(_, Vec<String>)> = Vec::new();
    for one in &all {
        if !shown.iter().any(|other| is_one(&other.1, &one.1)) {
            shown.push(one);
        }
    }
    let line = |(person, key): &&(&crate::facts::Person, Vec<String>)| {
        let described = all.iter().find(|(other, k)| is_one(k, key) && !other.title.is_empty());
        titled(described.filter(|_| person.title.is_empty()).map_or(*person, |(other, _)| *other))
    };
    shown.iter().take(PEOPLE).map(line).collect()
}

/// The words of a name by the key that its spellings share.
fn spelling(name: &str) -> Vec<String> {
    name.split_whitespace().map(|word| transliteration_key(fold(word).trim_start_matches("ال"))).collect()
}

/// Whether two names are one person's: one family name, and the same given name where both have one.
fn is_one(a: &[String], b: &[String]) -> bool {
    a.last() == b.last() && (a.len() == 1 || b.len() == 1 || a.first() == b.first())
}

fn once(names: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let mut seen = HashSet::default();
    names.filter(|name| seen.insert(fold(name))).take(most).collect()
}
