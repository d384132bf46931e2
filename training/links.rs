//! `data/links.forest`: which title and which country is whose, learnt from what editors judged of people (`JUDGING.md`) and, where they
//! were not asked, from the roles and countries of the annotated articles.
//!
//! Three forests, one upon the other: a title by itself; a title beside the person's other titles; a country beside the titles that it
//! stands in. What a later one learns from the former is what the former says of newsrooms that it has not seen, and so is what
//! sets the limits of what is shown: the lowest at which the wanted share of roles and countries is right.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context;
use mujaz::facts::gazetteer::gazetteer;
use mujaz::facts::participants::judge::Candidate;
use mujaz::facts::participants::link_options;
use mujaz::facts::participants::links::{Options, Tie, TitleOption};
use mujaz::learnt::Learnt;
use mujaz::learnt::forest::Forest;
use mujaz::learnt::habits::Habits;
use mujaz::text::{Document, Span};

use crate::forest::{Settings, learn};
use crate::gold::{self, FOLDS, LeftOut};
use crate::judged::{self, Mark, Part, Roles};
use crate::scoring::names;
use crate::scoring::words::{bare, overlap};
use crate::unseen;

/// What share of the roles that are shown is to be right, and of the countries.
const RIGHT: [f64; 2] = [0.97, 0.98];
/// Words of a title and of the answer that say the same have as much in common.
const SAME_ROLE: f64 = 0.6;

/// What a right title is worth beside a fuller one.
const LESS_FULL: f32 = 0.8;
/// What a title is worth that is true, but short of what the article says.
const SHORT: f32 = 0.5;

/// A person of an article: what could be theirs, and what is.
struct Person {
    fold: usize,
    options: Options,
    /// What each title is worth: 1 the best, less another right one, 0 a wrong one; `None` where nobody said.
    titles: Vec<Option<f32>>,
    /// Whether each tie tells the country.
    ties: Vec<bool>,
    /// Whether there is a role, and a country.
    has: [bool; 2],
    /// Whether an editor says that there is such a person. What is nobody's name is not shown, whatever stands beside it: on others nothing
    /// is measured.
    is_known: bool,
    /// Whether the sentence was made here.
    is_made: bool,
}

impl Person {
    /// Whose role and country are these.
    fn answered(fold: usize, options: Options, role: &str, country: &str) -> Self {
        let said: Vec<f64> = options.titles.iter().map(|t| overlap(&t.text, role)).collect();
        let most = said.iter().copied().fold(SAME_ROLE, f64::max);
        let worth = |said: &f64| match *said {
            said if said >= most => 1.0,
            said if said >= SAME_ROLE => LESS_FULL,
            _ => 0.0,
        };
        let titles = said.iter().map(|said| Some(worth(said))).collect();
        let is_theirs =
            |tie: &Tie| !country.is_empty() && bare(gazetteer().country(tie.country)) == bare(country);
        let ties = options.ties.iter().map(is_theirs).collect();
        let has = [role, country].map(|said| !said.is_empty());
        Self { fold, titles, ties, has, options, is_known: true, is_made: false }
    }

    /// Of whom an editor judged what could be theirs. A title that was not asked about is unknown if it says much the same as a right
    /// one, and else wrong.
    fn judged(fold: usize, options: Options, judged: &Roles, is_known: bool) -> Self {
        let text = |span: Span| options.titles.iter().find(|t| t.span == span).map(|t| t.text.as_str());
        let marks: Vec<(&str, f32)> =
            judged.titles.iter().filter_map(|(span, mark)| Some((text(*span)?, worth(*mark)))).collect();
        let worth = |title: &TitleOption| {
            let own = marks.iter().find(|(text, _)| *text == title.text).map(|(_, worth)| *worth);
            let is_like =
                marks.iter().any(|(text, worth)| is_right(*worth) && overlap(text, &title.text) >= SAME_ROLE);
            own.or_else(|| (!is_like).then_some(0.0))
        };
        let titles: Vec<Option<f32>> = options.titles.iter().map(worth).collect();
        let country = |span: Span| options.ties.iter().find(|tie| tie.span == span).map(|tie| tie.country);
        let countries: Vec<u16> =
            judged.ties.iter().filter(|(_, is)| *is).filter_map(|(span, _)| country(*span)).collect();
        let ties: Vec<bool> = options.ties.iter().map(|tie| countries.contains(&tie.country)).collect();
        let has = [titles.iter().flatten().any(|worth| is_right(*worth)), ties.contains(&true)];
        Self { fold, titles, ties, has, options, is_known, is_made: false }
    }
}

const fn worth(mark: Mark) -> f32 {
    match mark {
        Mark::Best => 1.0,
        Mark::Right => LESS_FULL,
        Mark::Short => SHORT,
        Mark::Wrong => 0.0,
    }
}

/// Whether a title that is worth so much is true.
const fn is_right(worth: f32) -> bool {
    worth >= SHORT
}

/// Learns from all newsrooms but those `left_out`.
///
/// # Errors
/// If a corpus cannot be read or the file cannot be written.
pub fn make(
    corpora: &Path,
    judged: &Path,
    named: &Path,
    left_out: &LeftOut,
    data: &Path,
) -> anyhow::Result<()> {
    let mut people = read(corpora, judged, named, left_out)?;
    people.extend(constructed()?);
    let titled = people.iter().find(|p| !p.options.titles.is_empty() && !p.options.ties.is_empty());
    let first = &titled.context("no annotated person has a title")?.options;
    let folds_of = |count: &dyn Fn(&Person) -> usize| -> Vec<usize> {
        people.iter().flat_map(|p| std::iter::repeat_n(p.fold, count(p))).collect()
    };
    let title_folds = folds_of(&|p| p.options.titles.len());
    let marks: Vec<Option<f32>> = people.iter().flat_map(|p| p.titles.iter().copied()).collect();
    let habits = |seen: &dyn Fn(&Person) -> bool| {
        let of_seen = people.iter().filter(|p| !p.is_made && seen(p)).flat_map(|p| {
            let known = p.options.titles.iter().zip(&p.titles);
            known.filter_map(|(title, worth)| Some((&title.habits[..], is_right((*worth)?), 1.0)))
        });
        Habits::learn(of_seen)
    };
    let of_others: Vec<Habits> = (0..FOLDS.len()).map(|fold| habits(&|p| p.fold != fold)).collect();
    let rows: Vec<Vec<f32>> = people.iter().flat_map(|p| p.options.title_rows(&of_others[p.fold])).collect();
    let title = Stage::learn(&first.title_features(), &rows, &marks, &title_folds, Settings::default())?;

    let count = |at: usize| people[at].options.titles.len();
    let rows: Vec<Vec<f32>> = each(people.len(), count, &title.unseen)
        .flat_map(|(at, alone)| people[at].options.role_rows(alone))
        .collect();
    let settings = Settings { trees: 100, leaves: 8, ..Settings::default() };
    let role = Stage::learn(&Options::role_features(), &rows, &marks, &title_folds, settings)?;

    let rows: Vec<Vec<f32>> = each(people.len(), count, &role.unseen)
        .flat_map(|(at, roles)| people[at].options.country_rows(roles))
        .collect();
    let ties: Vec<Option<f32>> = people
        .iter()
        .flat_map(|p| p.ties.iter().map(|is_theirs| Some(f32::from(u8::from(*is_theirs)))))
        .collect();
    let settings = Settings { trees: 250, leaves: 5, ..Settings::default() };
    let folds = folds_of(&|p| p.options.ties.len());
    let country = Stage::learn(&first.country_features(), &rows, &ties, &folds, settings)?;

    let roles = best_of(&people, count, &role.unseen, &marks, SHORT);
    let full = best_of(&people, count, &role.unseen, &marks, LESS_FULL);
    let countries = best_of(&people, |at| people[at].options.ties.len(), &country.unseen, &ties, SHORT);
    let due = [0, 1].map(|of| people.iter().filter(|p| p.is_known && p.has[of]).count());
    let limits = [limit(&roles, RIGHT[0]), limit(&countries, RIGHT[1])];
    for (name, best, due, limit) in
        [("role", &roles, due[0], limits[0]), ("country", &countries, due[1], limits[1])]
    {
        println!("{}", table(name, best, due, limit));
    }
    let shown = full.iter().filter(|(likely, _)| *likely >= limits[0]);
    let whole = shown.clone().filter(|(_, is_full)| *is_full).count();
    println!(
        "of the roles shown {:.1} % say all that they should",
        100.0 * whole as f32 / shown.count().max(1) as f32
    );
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

/// The people who are found and of whom something is known: in the annotated articles the answer's role and country, or what editors
/// judged of what was found; in the others only what they judged.
fn read(corpora: &Path, path: &Path, named: &Path, left_out: &LeftOut) -> anyhow::Result<Vec<Person>> {
    let judged = judged::roles(path)?;
    let named = judged::participants(named)?;
    let mut people = Vec::new();
    let annotated = gold::read(corpora, left_out)?;
    for article in &annotated {
        let fold = gold::fold_of(article.press);
        let marks = judged.get(&article.id).map_or(&[][..], |judged| judged);
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
            let answer = answer.map(|at| &answers[at]);
            let has = answer.map(|answer| [&answer.role, &answer.country].map(|said| !said.is_empty()));
            match (marks.iter().find(|marks| marks.person == options.named.start), answer) {
                (Some(marks), answer) => {
                    let judged = Person::judged(fold, options, marks, answer.is_some());
                    people.push(Person { has: has.unwrap_or(judged.has), ..judged });
                }
                (None, Some(answer)) => {
                    people.push(Person::answered(fold, options, &answer.role, &answer.country));
                }
                (None, None) => {}
            }
        }
    }
    for article in judged::articles(corpora, &judged, left_out)? {
        if annotated.iter().any(|annotated| annotated.id == article.id) {
            continue;
        }
        let fold = gold::fold_of(article.press);
        let named = named.get(&article.id).map_or(&[][..], |named| named);
        for (_, options) in link_options(&Document::new(&article.title, &article.text)) {
            let marks = judged[&article.id].iter().find(|marks| marks.person == options.named.start);
            let part = judged::part_of(named.iter().flatten(), Candidate::Person, options.named.start);
            let is_known = part.is_some_and(|part| part != Part::None);
            people.extend(marks.map(|marks| Person::judged(fold, options, marks, is_known)));
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
                let person = Person::answered(filling % FOLDS.len(), options, role, country);
                people.push(Person { is_known: false, is_made: true, ..person });
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
        targets: &[Option<f32>],
        folds: &[usize],
        settings: Settings,
    ) -> anyhow::Result<Self> {
        let grow = |of: &[usize]| {
            let (seen_rows, seen_targets): (Vec<Vec<f32>>, Vec<f32>) =
                of.iter().filter_map(|&row| Some((rows[row].clone(), targets[row]?))).unzip();
            learn("`train links`", names, &seen_rows, &seen_targets, &[], &settings)
        };
        let unseen = unseen::ask(folds, grow, Forest::parse, |forest, row| forest.probability(&rows[row]))?;
        Ok(Self { file: grow(&(0..rows.len()).collect::<Vec<_>>()), unseen })
    }
}

/// The part of `values` that belongs to each person, who has `count` of them.
fn each<T>(
    people: usize,
    count: impl Fn(usize) -> usize,
    values: &[T],
) -> impl Iterator<Item = (usize, &[T])> {
    let mut start = 0;
    (0..people).map(move |at| {
        let own = start..start + count(at);
        start = own.end;
        (at, &values[own])
    })
}

/// Of each person the likeliest, and whether it is worth `least`; likeliest first.
fn best_of(
    people: &[Person],
    count: impl Fn(usize) -> usize,
    likely: &[f32],
    worth: &[Option<f32>],
    least: f32,
) -> Vec<(f32, bool)> {
    let mut best = Vec::new();
    let mut worth = each(people.len(), &count, worth);
    for (person, likely) in each(people.len(), &count, likely) {
        let worth = worth.next().map_or(&[][..], |(_, worth)| worth);
        let at = (0..likely.len()).max_by(|&a, &b| likely[a].total_cmp(&likely[b]).then(b.cmp(&a)));
        if let Some((at, worth)) =
            at.and_then(|at| Some((at, worth[at]?))).filter(|_| people[person].is_known)
        {
            best.push((likely[at], worth >= least));
        }
    }
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
    for wanted in [0.9, 0.92, 0.94, 0.96, 0.97, 0.98] {
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
