//! One reply for several articles of one story: each bullet with all who tell it, and the numbers that differ side by side.

use foldhash::HashSet;
use jiff::civil;

use super::{COUNTRIES, Line, ORGANIZATIONS, PEOPLE, Reply, ReplyOptions, Role};
use super::{figures, on_one_line, proof, source, titled, with_short_form};
use crate::article::{Article, Published};
use crate::brief::Brief;
use crate::facts::Organization;
use crate::facts::participants::judge::Candidate;
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
    let ours = |role, text: String| Line { is_ours: true, ..Line::new(role, text) };
    let mut lines = Vec::new();
    if !fullest.article.headline.is_empty() {
        lines.push(Line::new(Role::Headline, fullest.article.headline.clone()));
    }
    lines.push(ours(Role::Meta, told_by(&names, 0..names.len(), locale)));
    if options.parts.summary {
        let page = |brief| if options.is_linked { proof::Page::of(brief) } else { None };
        let pages: Vec<Option<proof::Page<'_>>> = briefs.iter().map(page).collect();
        for bullet in &merged.bullets {
            let bold = figures::key_places(&briefs[bullet.of], &bullet.piece.text, bullet.piece.span);
            let proof = pages[bullet.of].as_ref().and_then(|page| page.link(bullet.piece.span));
            let from = told_by(&names, bullet.told_by.iter().copied(), locale);
            let text = format!("{} ({from})", bullet.piece.text);
            lines.push(Line { bold, proof, ..Line::new(Role::Sentence, text) });
        }
    }
    if options.parts.figures {
        lines.extend(
            story
                .differences
                .iter()
                .map(|found| ours(Role::Difference, difference(found, story, &names, locale))),
        );
    }
    if options.parts.participants {
        let separator = format!(" {} ", locale.text("separator"));
        lines
            .extend(people(briefs, merged.fullest).into_iter().map(|person| Line::new(Role::Person, person)));
        let all = briefs.iter().flat_map(|brief| brief.facts.organizations.iter().take(ORGANIZATIONS));
        let bodies = bodies(all.filter(|body| options.parts.names(Candidate::Body, body.likelihood)));
        let countries = briefs.iter().flat_map(|brief| brief.facts.key_countries(COUNTRIES));
        let countries =
            countries.filter(|country| options.parts.names(Candidate::Country, country.likelihood));
        let countries = once(countries.map(|country| country.name.clone()), COUNTRIES);
        for (role, names) in [(Role::Organizations, bodies), (Role::Countries, countries)] {
            if !names.is_empty() {
                lines.push(Line::new(role, names.join(&separator)));
            }
        }
    }
    let lines = lines.into_iter().map(|line| line.with(options.digits)).collect();
    Reply { lines, link: fullest.article.url.clone(), first: None, is_folded: options.parts.summary }
}

/// What a figure of `kind` counts, as the heading of its line.
#[must_use]
pub fn what(kind: Kind, locale: &Locale) -> String {
    locale.text(match kind {
        Kind::Killed => "counts-killed",
        Kind::Injured => "counts-injured",
        Kind::Missing => "counts-missing",
        Kind::Aboard => "counts-aboard",
        Kind::Money(_) | Kind::Other => "counts-money",
    })
}

/// «القتلى: 12 شخصا (a.example، 10:20) · 14 شخصا (b.example، 13:05)», in the order in which they were told; a number that several tell
/// stands once, in the words of the first.
fn difference(found: &Difference, story: &Story, names: &[String], locale: &Locale) -> String {
    let separator = format!(" {} ", locale.text("separator"));
    let comma = format!("{} ", locale.text("comma"));
    let articles: Vec<&Article> = found.values.iter().map(|&(at, _)| &story.briefs[at].article).collect();
    let mut told: Vec<(Option<Moment>, usize, usize)> = moments(&articles)
        .into_iter()
        .zip(&found.values)
        .map(|(when, &(article, at))| (when, article, at))
        .collect();
    told.sort_by_key(|&(when, article, _)| (when.is_none(), when, article));
    let days = || told.iter().filter_map(|(when, ..)| Some(when.as_ref()?.0));
    let of_one_day = days().all(|day| Some(day) == days().next());
    let mut values = Vec::<(f64, String, Vec<String>)>::new();
    for &(when, article, at) in &told {
        let (brief, count) = (&story.briefs[article], &story.accounts[article].counts[at]);
        let when = when.map_or(String::new(), |when| said(when, of_one_day, locale));
        let teller =
            if when.is_empty() { names[article].clone() } else { format!("{}{comma}{when}", names[article]) };
        let known = values.iter_mut().find(|(value, ..)| value.to_bits() == count.value.to_bits());
        if let Some((.., tellers)) = known {
            tellers.push(teller);
        } else {
            values.push((
                count.value,
                on_one_line(brief, brief.facts.figures[count.figure].span),
                vec![teller],
            ));
        }
    }
    let values: Vec<String> =
        values.into_iter().map(|(_, words, tellers)| format!("{words} ({})", tellers.join(&comma))).collect();
    format!("{}: {}", what(found.kind, locale), values.join(&separator))
}

/// A day, and the time of day where it can be compared.
type Moment = (civil::Date, Option<civil::Time>);

/// When each of `articles` came out, all in the time zone of the first that names one; a time of no zone is told only where none has one.
fn moments(articles: &[&Article]) -> Vec<Option<Moment>> {
    let published = || articles.iter().map(|article| article.published.as_ref());
    let zone =
        published().flatten().find_map(|published| published.offset.filter(|_| published.time.is_some()));
    let when = |published: &Published| {
        let Some(zone) = zone else { return (published.date, published.time) };
        let moment = published
            .time
            .zip(published.offset)
            .and_then(|(time, offset)| offset.to_timestamp(published.date.to_datetime(time)).ok());
        moment.map_or((published.date, None), |moment| {
            let there = zone.to_datetime(moment);
            (there.date(), Some(there.time()))
        })
    };
    published().map(|published| published.map(when)).collect()
}

/// «9 مارس 18:05», of one day «18:05».
fn said((date, time): Moment, of_one_day: bool, locale: &Locale) -> String {
    let month = locale.text(&format!("month-{}", date.month()));
    let day = (!of_one_day).then(|| format!("{} {month}", date.day()));
    let time = time.map(|time| format!("{:02}:{:02}", time.hour(), time.minute()));
    day.into_iter().chain(time).collect::<Vec<_>>().join(" ")
}

/// How the articles of `story` are told apart: by where they were read, or what they are where they have no address; where that is no name
/// of one article alone, by their places too.
#[must_use]
pub fn names(story: &Story, locale: &Locale) -> Vec<String> {
    let articles = || story.briefs.iter().map(|brief| &brief.article);
    let name = |article: &Article| match article.url {
        Some(_) => source(article),
        None => Some(locale.text("pasted")),
    };
    let named: Vec<Option<String>> = articles().map(name).collect();
    let is_shared = |name: &str| named.iter().flatten().filter(|other| *other == name).count() > 1;
    let with_place = |(at, name): (usize, &Option<String>)| match name {
        None => locale.count("source-number", "items", at as u64 + 1),
        Some(name) if is_shared(name) => format!("{name} {}", locale.number(at as u64 + 1)),
        Some(name) => name.clone(),
    };
    named.iter().enumerate().map(with_place).collect()
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
        match shown.iter_mut().find(|other| may_be_one(&other.1, &one.1)) {
            None => shown.push(one),
            Some(other) if other.1.len() == 1 => *other = one,
            Some(_) => {}
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

/// Whether they may be, so that only one is listed: a single name that the other has too, «ريم» beside «ريم بنا».
fn may_be_one(a: &[String], b: &[String]) -> bool {
    is_one(a, b) || matches!((a, b), ([one], other) | (other, [one]) if other.contains(one))
}

/// Each body once, under its fullest name: not «مجلس الوزراء» beside «مجلس الوزراء الإماراتي», not «وام» beside «وكالة أنباء الإمارات (وام)», not
/// «فيس بوك» beside «فيسبوك».
fn bodies<'a>(all: impl Iterator<Item = &'a Organization>) -> Vec<String> {
    let mut kept: Vec<&Organization> = Vec::new();
    for body in all {
        match kept.iter_mut().find(|other| is_one_body(other, body)) {
            None => kept.push(body),
            Some(other) if words(&other.name).len() < words(&body.name).len() => *other = body,
            Some(_) => {}
        }
    }
    // A fuller name may stand for several that came before it.
    let mut named: Vec<&Organization> = Vec::new();
    for body in kept {
        if named.iter().all(|other| !is_one_body(other, body)) {
            named.push(body);
        }
    }
    named.into_iter().take(ORGANIZATIONS).map(with_short_form).collect()
}

fn is_one_body(a: &Organization, b: &Organization) -> bool {
    let (in_a, in_b) = (words(&a.name), words(&b.name));
    let names = |body: &Organization| -> HashSet<String> {
        body.aliases.iter().chain([&body.name]).map(|name| run_together(name)).collect()
    };
    in_a.is_subset(&in_b)
        || in_b.is_subset(&in_a)
        || names(a).contains(&run_together(&b.name))
        || names(b).contains(&run_together(&a.name))
}

fn words(name: &str) -> HashSet<String> {
    name.split_whitespace().map(fold).collect()
}

/// A name by the key that its spellings share, be it one word or two.
fn run_together(name: &str) -> String {
    transliteration_key(
        &name
            .split_whitespace()
            .map(|word| fold(word).trim_start_matches("ال").to_owned())
            .collect::<String>(),
    )
}

fn once(names: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let mut seen = HashSet::default();
    names.filter(|name| seen.insert(fold(name))).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::{bodies, compose, moments, names, said};
    use crate::article::{Article, date};
    use crate::brief::{self, Brief};
    use crate::facts::Organization;
    use crate::locale::{Language, Locale};
    use crate::reply::{ReplyOptions, Role};
    use crate::story::{Key, Story, stories};
    use crate::summary::{Budget, Length};

    fn brief(url: Option<&str>, toll: &str, hour: &str, own: &str) -> Brief {
        let body = format!(
            "لقي {toll} مصرعهم وأصيب 40 آخرون في تصادم قطارين قرب مدينة السنابل شمالي البلاد صباح الثلاثاء.\n\
             وقالت وزارة النقل إن قطار ركاب كان متجها إلى مدينة السنابل اصطدم بقطار بضائع متوقف في محطة الجسر القديم.\n\
             {own}"
        );
        let article = Article {
            headline: "قتلى في تصادم قطارين قرب مدينة السنابل".to_owned(),
            body,
            url: url.map(|url| url.parse().expect("an address")),
            published: date::parse(&format!("2026-03-10T{hour}:00+03:00")),
            ..Article::default()
        };
        brief::read(article).compose(Budget::Length(Length::Medium))
    }

    fn story(urls: [Option<&str>; 3]) -> Story {
        let own = [
            "وأمر وزير النقل سالم الراوي بفتح تحقيق عاجل في أسباب التصادم على الخط الشمالي كله.",
            "وقالت وزارة النقل إن حركة القطارات على الخط الشمالي أوقفت حتى صباح الأربعاء.",
            "ونقلت سيارات الإسعاف المصابين إلى مستشفى السنابل المركزي ودعت إدارته إلى التبرع بالدم.",
        ];
        let tolls = [("20 شخصا", "10:20"), ("عشرون شخصا", "11:00"), ("26 شخصا", "18:05")];
        let briefs =
            urls.iter().zip(tolls).zip(own).map(|((url, (toll, hour)), own)| brief(*url, toll, hour, own));
        let mut told = stories(briefs.enumerate().collect(), &[], &Key::default());
        assert_eq!(told.len(), 1, "they tell one story");
        told.remove(0)
    }

    #[test]
    fn a_number_that_two_tell_stands_once() {
        let story =
            story([Some("https://a.example/1"), Some("https://b.example/1"), Some("https://c.example/1")]);
        let reply = compose(&story, ReplyOptions::default(), Locale::of(Language::Arabic));
        let differing = reply.lines.iter().find(|line| line.role == Role::Difference).expect("a difference");
        assert_eq!(
            differing.text,
            "القتلى: 20 شخصا (a.example، 10:20، b.example، 11:00) · 26 شخصا (c.example، 18:05)"
        );
        assert!(reply.lines.iter().all(|line| line.proof.is_none()), "links were not wanted");
        let linked = ReplyOptions { is_linked: true, ..ReplyOptions::default() };
        let reply = compose(&story, linked, Locale::of(Language::Arabic));
        assert!(reply.lines.iter().any(|line| line.proof.is_some()));
    }

    #[test]
    fn sources_of_one_name_are_told_apart() {
        let named = |urls| names(&story(urls), Locale::of(Language::English));
        let one = Some("https://a.example/1");
        assert_eq!(
            named([one, Some("https://b.example/1"), None]),
            ["a.example", "b.example", "pasted text"]
        );
        assert_eq!(
            named([one, Some("https://a.example/2"), None]),
            ["a.example 1", "a.example 2", "pasted text"]
        );
        assert_eq!(
            named([Some("http://93.184.216.34/a"), None, None]),
            ["source 1", "pasted text 2", "pasted text 3"]
        );
    }

    #[test]
    fn a_body_is_listed_once_under_its_fullest_name() {
        let body = |name: &str, aliases: &[&str]| Organization {
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            mentions: Vec::new(),
            salience: 1.0,
            likelihood: 1.0,
        };
        let told = [
            body("مجلس الوزراء", &[]),
            body("فيسبوك", &[]),
            body("وام", &[]),
            body("مجلس الوزراء الإماراتي", &[]),
            body("فيس بوك", &[]),
            body("وزارة الثقافة", &[]),
            body("وكالة الأنباء الإماراتية", &["وام"]),
        ];
        let listed = ["مجلس الوزراء الإماراتي", "فيس بوك", "وكالة الأنباء الإماراتية (وام)", "وزارة الثقافة"];
        assert_eq!(bodies(told.iter()), listed);
    }

    #[test]
    fn times_are_of_one_zone_and_days_are_told_where_they_differ() {
        let article = |published: &str| Article { published: date::parse(published), ..Article::default() };
        let told = |dates: &[&str]| -> Vec<String> {
            let articles: Vec<Article> = dates.iter().map(|date| article(date)).collect();
            let moments = moments(&articles.iter().collect::<Vec<_>>());
            let of_one_day =
                moments.iter().flatten().all(|when| Some(when.0) == moments[0].map(|first| first.0));
            let said = |when| said(when, of_one_day, Locale::of(Language::Arabic));
            moments.into_iter().map(|when| when.map(said).unwrap_or_default()).collect()
        };
        let riyadh = "2026-03-10T10:20:00+03:00";
        assert_eq!(told(&[riyadh, "2026-03-10T08:00:00Z"]), ["10:20", "11:00"]);
        assert_eq!(told(&[riyadh, "2026-03-10T22:30:00Z"]), ["10 مارس 10:20", "11 مارس 01:30"]);
        assert_eq!(told(&[riyadh, "2026-03-10"]), ["10:20", ""], "of a day no time is made");
        assert_eq!(told(&["2026-03-10", "2026-03-11"]), ["10 مارس", "11 مارس"]);
    }

    #[test]
    fn what_was_told_first_stands_first() {
        let mut story =
            story([Some("https://a.example/1"), Some("https://b.example/1"), Some("https://c.example/1")]);
        story.briefs[0].article.published = date::parse("2026-03-11T06:00:00+03:00");
        let reply = compose(&story, ReplyOptions::default(), Locale::of(Language::Arabic));
        let differing = reply.lines.iter().find(|line| line.role == Role::Difference).expect("a difference");
        assert_eq!(
            differing.text,
            "القتلى: عشرون شخصا (b.example، 10 مارس 11:00، a.example، 11 مارس 06:00) · 26 شخصا (c.example، 10 مارس 18:05)"
        );
    }
}
