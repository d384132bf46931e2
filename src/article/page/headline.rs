//! The headline of a page, without the site's name, and the site's name.

use dom_query::{Document, NodeRef};
use url::Url;

use super::blocks;
use super::metas::Metas;
use super::structured::{self, Declared};
use crate::article::line;

/// What a page gives as its headline, before it is known which of it is.
#[derive(Debug, Default)]
pub struct Titles {
    /// The `h1` elements, but for those that are the site's logo.
    headings: Vec<String>,
    /// Headings of lower rank: some templates give the headline one, and the logo the first.
    lesser: Vec<String>,
    /// The names in logos.
    logos: Vec<String>,
    /// `og:title` and the like.
    social: String,
    /// Microdata.
    marked: String,
    /// The `title` element.
    page: String,
}

impl Titles {
    /// The titles in `document`.
    pub fn read(document: &Document, metas: &Metas) -> Self {
        /// Headings of lower rank that are asked.
        const LESSER: usize = 40;

        let marked = document.select_single("[itemprop='headline']");
        let first = document.select("h1");
        let (logos, headings): (Vec<&NodeRef>, Vec<&NodeRef>) =
            first.nodes().iter().partition(|node| is_logo(node));
        let lesser = document.select("h2, h3");
        let texts = |nodes: &[&NodeRef]| -> Vec<String> {
            nodes.iter().map(|node| clean(&node.text())).filter(|text| !text.is_empty()).collect()
        };
        Self {
            headings: texts(&headings),
            lesser: texts(&lesser.nodes().iter().take(LESSER).collect::<Vec<_>>()),
            logos: texts(&logos),
            social: clean(metas.first(&["og:title", "twitter:title"]).unwrap_or_default()),
            marked: clean(&marked.nodes().first().map(|node| structured::name_in(node)).unwrap_or_default()),
            page: clean(&document.select_single("head title, title").text()),
        }
    }

    /// All of them.
    pub fn all(&self) -> Vec<&str> {
        let given = [self.social.as_str(), &self.marked, &self.page];
        given
            .into_iter()
            .chain(self.headings.iter().map(String::as_str))
            .filter(|title| !title.is_empty())
            .collect()
    }

    /// The headline. `og:title`, the declared headline, the `title` element and the `h1` say the same thing with different additions;
    /// the first of them that is not the site's name is taken, without that name, unless the page's `h1` is the same headline whole.
    pub fn headline(&self, declared: &Declared, site: Option<&str>, url: Option<&Url>) -> String {
        let declared = declared.headline.as_deref().map(clean).unwrap_or_default();
        let given = [&self.social, &declared, &self.marked, &self.page];
        let others: Vec<&str> =
            given.into_iter().chain(&self.headings).chain(&self.lesser).map(String::as_str).collect();
        let names = Names { site: site.or(self.logos.first().map(String::as_str)), url };
        let mut stripped = given
            .iter()
            .map(|title| if self.headings.contains(title) { title } else { names.strip(title, &others) })
            .filter(|title| !title.is_empty());
        let titles: Vec<&str> = stripped.by_ref().collect();
        let headings = || self.headings.iter().map(String::as_str).filter(|heading| !names.is_site(heading));
        let Some(&first) = titles.iter().find(|title| !names.is_site(title) && line::count(title) > 1) else {
            return headings()
                .next()
                .or(self.headings.first().map(String::as_str))
                .or(titles.first().copied())
                .unwrap_or_default()
                .to_owned();
        };
        // A headline cut for machines («…») is shown whole where the page has it whole.
        let key = line::key(first.trim_end_matches(['…', '.']));
        let whole = headings().chain(titles.iter().copied()).find(|other| {
            let other = line::key(other);
            other == key || (line::ends_cut(first) && other.starts_with(&key))
        });
        whole.unwrap_or(first).to_owned()
    }
}

/// Whether a heading is a link to the front page: the site's name, as many templates show it.
fn is_logo(heading: &NodeRef) -> bool {
    let mut links = heading.descendants_it().filter(|below| below.has_name("a"));
    links.any(|link| {
        link.attr("href").is_some_and(|href| {
            let path = href
                .split_once("://")
                .map_or(&*href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
            path.trim_matches('/').is_empty() && !href.starts_with('#')
        })
    })
}

/// The site's name.
pub fn site(metas: &Metas, declared: &Declared) -> Option<String> {
    let named = metas.all(&["og:site_name", "application-name", "apple-mobile-web-app-title"]).map(clean);
    named.chain(declared.publisher.clone()).find(|name| is_name(name))
}

/// Whether `name` can be shown as a site's name: no address, no handle, no sentence.
fn is_name(name: &str) -> bool {
    !name.contains("://")
        && !name.starts_with('@')
        && !name.starts_with("www.")
        && (1..=8).contains(&line::count(name))
}

/// `title` on one line, without markup that was escaped once too often.
fn clean(title: &str) -> String {
    blocks::collapse(&super::markup::unescaped(title))
}

/// What the site is called.
struct Names<'a> {
    site: Option<&'a str>,
    url: Option<&'a Url>,
}

impl Names<'_> {
    /// `title` without the names of the site and its sections: «عنوان - عبر الإمارات - البيان», «البيان | عنوان».
    ///
    /// A part beside a separator is dropped if it is the site's name or host, or if what is left is itself one of the page's titles.
    fn strip<'a>(&self, title: &'a str, others: &[&str]) -> &'a str {
        /// Bytes of a title; what is longer is none.
        const LONGEST: usize = 1000;
        /// With a space on either side they part a title from a name.
        const SEPARATORS: [&str; 9] = [" - ", " | ", " – ", " — ", " :: ", " » ", " › ", " • ", " / "];
        /// Without one they do so only before or behind the site's whole name.
        const TIGHT: [&str; 4] = ["-", "|", "–", "—"];

        if title.len() > LONGEST {
            return "";
        }
        let title = title.trim();
        let keys: Vec<String> =
            others.iter().filter(|other| **other != title).map(|other| line::key(other)).collect();
        let found = |separators: &[&str]| {
            let mut cuts: Vec<(usize, usize)> = separators
                .iter()
                .flat_map(|separator| title.match_indices(separator))
                .map(|(at, separator)| (at, at + separator.len()))
                .collect();
            cuts.sort_unstable();
            cuts
        };
        let cuts = found(&SEPARATORS);
        // The longest part that the page repeats on its own is the headline.
        let repeated = |part: &str| !self.is_whole_name(part) && keys.contains(&line::key(part));
        if let Some(&(at, _)) = cuts.iter().rev().find(|(at, _)| repeated(&title[..*at])) {
            return title[..at].trim();
        }
        if let Some(&(_, after)) = cuts.iter().find(|(_, after)| repeated(&title[*after..])) {
            return title[after..].trim();
        }
        let mut rest = title;
        while let Some(&(at, after)) = cuts.iter().rev().find(|(_, after)| *after <= rest.len()) {
            if !self.is_site(&rest[after..]) || line::count(&rest[..at]) < 2 {
                break;
            }
            rest = rest[..at].trim();
        }
        let ends = |(at, after): (usize, usize)| {
            if self.is_whole_name(&rest[after..]) {
                Some(rest[..at].trim())
            } else {
                self.is_whole_name(&rest[..at]).then(|| rest[after..].trim())
            }
        };
        let tight = found(&SEPARATORS).into_iter().chain(found(&TIGHT));
        tight
            .filter(|(_, after)| *after <= rest.len())
            .filter_map(ends)
            .find(|left| line::count(left) > 1)
            .unwrap_or(rest)
    }

    /// Whether `part` names the site: its name, a piece of its name, or its host («CNNArabic.com»).
    fn is_site(&self, part: &str) -> bool {
        let key = line::key(part).replace(' ', "");
        if key.is_empty() {
            return true;
        }
        let name = self.name();
        let host = self.url.and_then(Url::host_str).unwrap_or_default().replace(['.', '-'], "");
        let looks_like_host = part.contains('.') && !part.contains(' ') && part.is_ascii();
        looks_like_host
            || (!name.is_empty() && (name.ends_with(&key) || key.contains(&name)))
            || (key.len() > 3 && host.contains(&key))
    }

    fn is_whole_name(&self, part: &str) -> bool {
        let key = line::key(part).replace(' ', "");
        let name = self.name();
        !name.is_empty() && key == name
    }

    fn name(&self) -> String {
        self.site.map(|site| line::key(site).replace(' ', "")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;
    use url::Url;

    use super::super::metas::Metas;
    use super::super::structured::Declared;
    use super::{Titles, site};

    #[track_caller]
    fn title(html: &str, expected: &str) {
        let document = Document::from(html);
        let url = Url::parse("https://www.nahda-news.com/a/1").expect("an address");
        let metas = Metas::read(&document);
        let declared = Declared::default();
        let site = site(&metas, &declared);
        let headline = Titles::read(&document, &metas).headline(&declared, site.as_deref(), Some(&url));
        assert_eq!(headline, expected, "{html}");
    }

    #[test]
    fn the_sites_name_is_no_part_of_the_headline() {
        title(
            "<title>الحكومة تقر الموازنة - النهضة</title><meta property='og:site_name' content='صحيفة النهضة'>",
            "الحكومة تقر الموازنة",
        );
        title("<title>الحكومة تقر الموازنة | nahda-news.com</title>", "الحكومة تقر الموازنة");
        title(
            "<title>الحكومة تقر الموازنة - محليات - أخبار - النهضة</title><h1>الحكومة تقر الموازنة</h1>",
            "الحكومة تقر الموازنة",
        );
        title(
            "<meta property='og:title' content='الوزير - في حوار - يشرح الموازنة'><title>x</title>",
            "الوزير - في حوار - يشرح الموازنة",
        );
        title(
            "<meta property='og:title' content='الحكومة تقر الموازنة العامة…'><h1>الحكومة تقر الموازنة العامة للعام المقبل</h1>",
            "الحكومة تقر الموازنة العامة للعام المقبل",
        );
        title("<h1>النهضة</h1><h1>آخر</h1>", "النهضة");
        let site = "<meta property='og:site_name' content='صحيفة النهضة'>";
        title(&format!("{site}<title>صحيفة النهضة | الحكومة تقر الموازنة</title>"), "الحكومة تقر الموازنة");
        title(&format!("{site}<title>الحكومة تقر الموازنة-صحيفة النهضة</title>"), "الحكومة تقر الموازنة");
        title(
            &format!("{site}<title>صحيفة النهضة</title><h1>الحكومة تقر الموازنة</h1>"),
            "الحكومة تقر الموازنة",
        );
        title(
            "<meta property='og:title' content='الحكومة تقر &amp;quot;الموازنة&amp;quot;'>",
            "الحكومة تقر \"الموازنة\"",
        );
        title(
            "<meta property='og:site_name' content='جريدة الكويت'><title>معرض الكتاب يفتح أبوابه - الكويت</title><h1>معرض الكتاب يفتح أبوابه - الكويت</h1>",
            "معرض الكتاب يفتح أبوابه - الكويت",
        );
    }
}
