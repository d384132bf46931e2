//! `data/links.forest`: which title and which country is whose, learnt from the roles and countries of the annotated articles.
//!
//! Three forests, one upon the other: a title by itself; a title beside the person's other titles; a country beside the titles that it
//! stands in. What a later one learns from the former is what the former says of newsrooms that it has not seen, and so is what
//! sets the limits of what is shown: the lowest at which the wanted share of roles and countries is right.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::gazetteer::gazetteer;
use mujaz::facts::participants::link_options;
use mujaz::facts::participants::links::Options;
use mujaz::facts::participants::links::habits::Habits;
use mujaz::learnt::Learnt;
use mujaz::text::Document;

use crate::forest::{Settings, learn};
use crate::gold::{self, FOLDS, LeftOut};
use crate::scoring::names;
use crate::scoring::words::{bare, overlap};
use crate::unseen;

/// What share of the roles that are shown is to be right, and of the countries.
const RIGHT: [f64; 2] = [0.935, 0.965];
/// Words of a title and of the answer that say the same have as much in common.
const SAME_ROLE: f64 = 0.6;

/// What a right title is worth beside a fuller one.
const LESS_FULL: f32 = 0.8;

/// A person of an annotated article: what could be theirs, and what is.
struct Person {
    fold: usize,
    options: Options,
    role: String,
    country: String,
    /// Whether the sentence was made here; nothing is measured on it.
    made: bool,
}

impl Person {
    /// What each title is worth: 1 the one that says the most of the answer, less another that says enough of it, 0 a wrong one.
    fn targets(&self) -> Vec<f32> {
        let said: Vec<f64> = self.options.titles.iter().map(|t| overlap(&t.text, &self.role)).collect();
        let most = said.iter().copied().fold(SAME_ROLE, f64::max);
        let worth = |said: &f64| match *said {
            said if said >= most => 1.0,
            said if said >= SAME_ROLE => LESS_FULL,
            _ => 0.0,
        };
        said.iter().map(worth).collect()
    }
}

/// Learns from all newsrooms but those `left_out`.
///
/// # Errors
/// If a corpus cannot be read or the file cannot be written.
pub fn make(corpora: &Path, left_out: &LeftOut, data: &Path) -> anyhow::Result<()> {
    let mut people = read(corpora, left_out)?;
    people.extend(constructed()?);
    let titled = people.iter().find(|p| !p.options.titles.is_empty() && !p.options.ties.is_empty());
    let first = &titled.context("no annotated person has a title")?.options;
    let folds_of = |count: &dyn Fn(&Person) -> usize| -> Vec<usize> {
        people.iter().flat_map(|p| std::iter::repeat_n(p.fold, count(p))).collect()
    };
    let title_folds = folds_of(&|p| p.options.titles.len());
    let targets: Vec<f32> = people.iter().flat_map(Person::targets).collect();
    let right_titles: Vec<f32> = targets.iter().map(|target| f32::from(u8::from(*target > 0.0))).collect();
    let habits = |seen: &dyn Fn(&Person) -> bool| {
        let of_seen = people.iter().filter(|p| !p.made && seen(p)).flat_map(|p| {
            p.options.titles.iter().zip(p.targets()).map(|(t, target)| (&t.habits[..], target > 0.0))
        });
        Habits::learn(of_seen)
    };
    let of_others: Vec<Habits> = (0..FOLDS.len()).map(|fold| habits(&|p| p.fold != fold)).collect();
    let rows: Vec<Vec<f32>> = people.iter().flat_map(|p| p.options.title_rows(&of_others[p.fold])).collect();
    let title = Stage::learn(&first.title_features(), &rows, &targets, &title_folds, Settings::default())?;

    let count = |at: usize| people[at].options.titles.len();
    let rows: Vec<Vec<f32>> = each(people.len(), count, &title.unseen)
        .flat_map(|(at, alone)| people[at].options.role_rows(alone))
        .collect();
    let settings = Settings { trees: 100, leaves: 8, ..Settings::default() };
    let role = Stage::learn(&Options::role_features(), &rows, &targets, &title_folds, settings)?;

    let rows: Vec<Vec<f32>> = each(people.len(), count, &role.unseen)
        .flat_map(|(at, roles)| people[at].options.country_rows(roles))
        .collect();
    let is_country = |id, wanted: &str| {
        f32::from(u8::from(!wanted.is_empty() && bare(gazetteer().country(id)) == bare(wanted)))
    };
    let right_ties: Vec<f32> = people
        .iter()
        .flat_map(|p| p.options.ties.iter().map(|tie| is_country(tie.country, &p.country)))
        .collect();
    let settings = Settings { trees: 250, leaves: 5, ..Settings::default() };
    let country = Stage::learn(
        &first.country_features(),
        &rows,
        &right_ties,
        &folds_of(&|p| p.options.ties.len()),
        settings,
    )?;

    let ties = |at: usize| people[at].options.ties.len();
    let roles = best_of(&people, count, &role.unseen, &right_titles);
    let countries = best_of(&people, ties, &country.unseen, &right_ties);
    let due = |has: &dyn Fn(&&Person) -> bool| people.iter().filter(|p| !p.made).filter(has).count();
    let due = [due(&|p| !p.role.is_empty()), due(&|p| !p.country.is_empty())];
    let limits = [limit(&roles, RIGHT[0]), limit(&countries, RIGHT[1])];
    for (name, best, due, limit) in
        [("role", &roles, due[0], limits[0]), ("country", &countries, due[1], limits[1])]
    {
        println!("{}", table(name, best, due, limit));
    }
    let file = format!(
        "# Made by `train links`: how sure is shown, then habits, a title alone, a title beside the others, a country.\nrole\t{:.4}\ncountry\t{:.4}\n\n{}\n{}\n{}\n{}",
        limits[0],
        limits[1],
        habits(&|_| true).write(),
        title.file,
        role.file,
        country.file
    );
    let path = data.join(Learnt::Links.file_name());
    fs::write(&path, file).with_context(|| format!("cannot write {}", path.display()))
}

/// The people of the annotated articles who are found, each with the answer's role and country.
fn read(corpora: &Path, left_out: &LeftOut) -> anyhow::Result<Vec<Person>> {
    let mut people = Vec::new();
    for article in gold::read(corpora, left_out)? {
        let fold = gold::fold_of(article.press);
        let found = link_options(&Document::new(&article.title, &article.text));
        let shown: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        let answers = &article.answers.people;
        let forms = |p: &'_ gold::Person| -> Vec<String> {
            std::iter::once(&p.name).chain(&p.aliases).cloned().collect()
        };
        let forms: Vec<Vec<String>> = answers.iter().map(forms).collect();
        let forms: Vec<Vec<&str>> =
            forms.iter().map(|forms| forms.iter().map(String::as_str).collect()).collect();
        let pairs = names::pair(&shown, &forms);
        for ((_, options), answer) in found.into_iter().zip(pairs) {
            let Some(answer) = answer.map(|at| &answers[at]) else { continue };
            let (role, country) = (answer.role.clone(), answer.country.clone());
            people.push(Person { fold, options, role, country, made: false });
        }
    }
    Ok(people)
}

/// The sentences of `constructions.tsv` with their slots filled.
const CONSTRUCTIONS: &str = include_str!("constructions.tsv");
/// How often each is filled.
const FILLINGS: usize = 10;

/// The people of the constructed sentences.
fn constructed() -> anyhow::Result<Vec<Person>> {
    let rows: Vec<Vec<&str>> =
        CONSTRUCTIONS.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
    let of = |kind: &str| rows.iter().filter(|row| row[0] == kind).map(|row| &row[1..]).collect::<Vec<_>>();
    let [names, women, portfolios] = ["name", "woman", "portfolio"].map(|kind| of(kind).concat());
    let (countries, sentences) = (of("country"), of("sentence"));
    let mut people = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        for filling in 0..FILLINGS {
            let number = at * FILLINGS + filling;
            let pick = |from: &[&'static str], offset: usize| from[(number * 3 + offset) % from.len()];
            let portfolio = pick(&portfolios, 0);
            let before_pronoun = portfolio
                .strip_suffix('ة')
                .map_or_else(|| format!("{portfolio}ها"), |bare| format!("{bare}تها"));
            let fill = |text: &str| {
                let mut text = text
                    .replace("{Ps}", &before_pronoun)
                    .replace("{P}", portfolio)
                    .replace("{F}", pick(&women, 0));
                for (offset, slot) in ["{A}", "{B}", "{C}"].iter().enumerate() {
                    text = text.replace(slot, pick(&names, offset));
                }
                for (offset, slot) in ['X', 'Y', 'Z'].iter().enumerate() {
                    let [name, masculine, feminine] = countries[(number + 2 * offset) % countries.len()]
                    else {
                        continue;
                    };
                    for (form, word) in [("m", masculine), ("f", feminine), ("", name)] {
                        text = text.replace(&format!("{{{slot}{form}}}"), word);
                    }
                }
                text
            };
            let [text, answers] = sentence else {
                anyhow::bail!("a construction has a sentence and its people: {sentence:?}")
            };
            let (text, answers) = (fill(text), fill(answers));
            for (name, options) in link_options(&Document::new("", &text)) {
                let answer = answers
                    .split(';')
                    .find_map(|answer| answer.strip_prefix(&format!("{name}|"))?.split_once('|'));
                let Some((role, country)) = answer else { continue };
                let (role, country) = (role.to_owned(), country.to_owned());
                people.push(Person { fold: filling % FOLDS.len(), options, role, country, made: true });
            }
        }
    }
    Ok(people)
}

/// A forest, and what such forests say of newsrooms that they have not seen.
struct Stage {
    file: String,
    unseen: Vec<f32>,
}

impl Stage {
    fn learn(
        names: &[&str],
        rows: &[Vec<f32>],
        targets: &[f32],
        folds: &[usize],
        settings: Settings,
    ) -> anyhow::Result<Self> {
        let grow = |of: &[usize]| {
            let seen_rows: Vec<Vec<f32>> = of.iter().map(|&row| rows[row].clone()).collect();
            let seen_targets: Vec<f32> = of.iter().map(|&row| targets[row]).collect();
            learn("`train links`", names, &seen_rows, &seen_targets, &[], &settings)
        };
        let unseen = unseen::ask(folds, grow, |forest, row| forest.probability(&rows[row]))?;
        Ok(Self { file: grow(&(0..rows.len()).collect::<Vec<_>>()), unseen })
    }
}

/// The part of `values` that belongs to each person, who has `count` of them.
fn each(
    people: usize,
    count: impl Fn(usize) -> usize,
    values: &[f32],
) -> impl Iterator<Item = (usize, &[f32])> {
    let mut start = 0;
    (0..people).map(move |at| {
        let own = start..start + count(at);
        start = own.end;
        (at, &values[own])
    })
}

/// The number of a person, and what belongs to them of a column.
type Part<'a> = (usize, &'a [f32]);

/// Of each person the likeliest, and whether it is right; likeliest first.
fn best_of(
    people: &[Person],
    count: impl Fn(usize) -> usize,
    likely: &[f32],
    right: &[f32],
) -> Vec<(f32, bool)> {
    let parts = each(people.len(), &count, likely).zip(each(people.len(), &count, right));
    let best = |(own, right): (Part<'_>, Part<'_>)| {
        let ((person, likely), (_, right)) = (own, right);
        if people[person].made {
            return None;
        }
        let at = (0..likely.len()).max_by(|&a, &b| likely[a].total_cmp(&likely[b]).then(b.cmp(&a)))?;
        Some((likely[at], right[at] > 0.5))
    };
    let mut best: Vec<(f32, bool)> = parts.filter_map(best).collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    best
}

/// The lowest limit above which the wanted share is right.
fn limit(best: &[(f32, bool)], wanted: f64) -> f32 {
    let (mut limit, mut right) = (1.0, 0);
    for (count, (likely, is_right)) in best.iter().enumerate() {
        right += usize::from(*is_right);
        if f64::from(right as u32) >= wanted * (count + 1) as f64 {
            limit = *likely;
        }
    }
    limit
}

/// How often what is as likely is right, for newsrooms not seen.
fn table(name: &str, best: &[(f32, bool)], due: usize, limit: f32) -> String {
    let mut lines = unseen::reliability(name, unseen::LIKELY, best);
    let share = |part: usize, whole: usize| 100.0 * part as f32 / whole.max(1) as f32;
    let shown = best.iter().filter(|(likely, _)| *likely >= limit);
    let (count, right) = shown.fold((0, 0), |(count, right), (_, is)| (count + 1, right + usize::from(*is)));
    let _ = writeln!(lines, "\n");
    for wanted in [0.9, 0.92, 0.94, 0.95, 0.96] {
        let limit = self::limit(best, wanted);
        let right = best.iter().filter(|(likely, right)| *right && *likely >= limit).count();
        let _ =
            write!(lines, "where {:.0} % are right, {:.1} of those due; ", 100.0 * wanted, share(right, due));
    }
    let _ = writeln!(
        lines,
        "\nfrom {limit:.3} on {count} are shown, {:.1} right; that is {:.1} of {due} due",
        share(right, count),
        share(right, due)
    );
    lines
}
