//! Title, site, author and date of a page: what it says of itself, checked against what is plausible.

use dom_query::{Document, NodeRef};
use url::Url;

use super::blocks::{self, Block};
use super::structured::{self, Declared};
use crate::article::{Published, byline, date, line};

/// What a page says of itself.
#[derive(Debug, Default)]
pub struct Metadata {
    /// The headline, without the site's name.
    pub title: String,
    /// The site's name.
    pub site: Option<String>,
    /// The author, if a person.
    pub byline: Option<String>,
    /// When the article was published.
    pub published: Option<Published>,
    /// The canonical address.
    pub canonical: Option<Url>,
    /// The language that the page declares.
    pub language: Option<String>,
}

/// Reads the metadata of `document`; `url` is where it came from.
#[must_use]
pub fn read(document: &Document, declared: &Declared, url: Option<&Url>) -> Metadata {
    let metas = Metas::read(document);
    let site = site(&metas, declared);
    let title = title(document, &metas, declared, site.as_deref(), url);
    Metadata {
        byline: author(document, &metas, declared, site.as_deref()),
        published: published(document, &metas, declared),
        canonical: canonical(document, &metas, url),
        language: document.select_single("html").attr("lang").and_then(|lang| language_tag(&lang)),
        title,
        site,
    }
}

/// The date in the lines that Readability found above the article: «نشر في 3 مايو 2020». Lines further
/// away are not asked: many sites show today's date in their header.
#[must_use]
pub fn date_above(blocks: &[Block]) -> Option<Published> {
    /// A line of more words is a sentence that mentions a date.
    const LABEL: usize = 16;

    let above = blocks.iter().take_while(|block| !block.is_prose());
    above.filter(|block| block.words() <= LABEL).find_map(|block| date::parse(&block.text))
}

/// The `meta` elements: name, property or itemprop, lower case, and content.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn read(document: &Document) -> Self {
        let mut metas = Vec::new();
        for node in document.select("meta").nodes() {
            let Some(content) = node.attr("content") else { continue };
            let content = blocks::collapse(&content);
            if content.is_empty() {
                continue;
            }
            for kind in ["property", "name", "itemprop"] {
                if let Some(name) = node.attr(kind) {
                    metas.push((name.trim().to_ascii_lowercase(), content.clone()));
                }
            }
        }
        Self(metas)
    }

    fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(|wanted| {
            self.0.iter().filter(move |(name, _)| name == wanted).map(|(_, content)| content.as_str())
        })
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            self.0.iter().find(|(name, _)| name == wanted).map(|(_, content)| content.as_str())
        })
    }
}

fn site(metas: &Metas, declared: &Declared) -> Option<String> {
    let named =
        metas.all(&["og:site_name", "application-name", "apple-mobile-web-app-title"]).map(str::to_owned);
    named.chain(declared.publisher.clone()).find(|name| is_name(name))
}

/// Whether `name` can be shown as a site's name: no address, no handle, no sentence.
fn is_name(name: &str) -> bool {
    !name.contains("://")
        && !name.starts_with('@')
        && !name.starts_with("www.")
        && (1..=8).contains(&line::words(name).len())
}

/// The headline. `og:title`, the `h1`, the declared headline and the `title` element say the same thing with
/// different additions; the first of them is taken, without the site's name at its end, unless the page's only
/// `h1` is the same headline whole.
fn title(
    document: &Document,
    metas: &Metas,
    declared: &Declared,
    site: Option<&str>,
    url: Option<&Url>,
) -> String {
    let headings: Vec<String> = document
        .select("h1")
        .nodes()
        .iter()
        .map(|node| blocks::collapse(&node.text()))
        .filter(|text| !text.is_empty())
        .collect();
    let marked = document.select_single("[itemprop='headline']");
    let marked = marked.nodes().first().map(|node| structured::name_in(node)).unwrap_or_default();
    let page = blocks::collapse(&document.select_single("head title, title").text());
    let given = [
        metas.first(&["og:title", "twitter:title"]).unwrap_or_default(),
        declared.headline.as_deref().unwrap_or_default(),
        &marked,
        &page,
    ];
    let others: Vec<&str> = given.iter().copied().chain(headings.iter().map(String::as_str)).collect();
    let stripped: Vec<&str> = given
        .iter()
        .map(|title| without_site(title, site, url, &others))
        .filter(|title| !title.is_empty())
        .collect();
    let Some(&first) = stripped.first() else { return headings.first().cloned().unwrap_or_default() };
    // A headline cut for machines («…») is shown whole where the page has it whole.
    let key = line::key(first.trim_end_matches(['…', '.']));
    let whole = headings.iter().map(String::as_str).chain(stripped.iter().copied()).find(|other| {
        let other = line::key(other);
        other == key || (line::ends_cut(first) && other.starts_with(&key))
    });
    whole.unwrap_or(first).to_owned()
}

/// `title` without the names of the site and its sections behind it: «عنوان - عبر الإمارات - البيان».
///
/// A part behind a separator is dropped if it is the site's name or host, or if what stands before it is itself
/// one of the page's titles.
fn without_site<'a>(title: &'a str, site: Option<&str>, url: Option<&Url>, others: &[&str]) -> &'a str {
    /// Bytes of a title; what is longer is none.
    const LONGEST: usize = 1000;
    const SEPARATORS: [&str; 9] = [" - ", " | ", " – ", " — ", " :: ", " » ", " › ", " • ", " / "];

    if title.len() > LONGEST {
        return "";
    }
    let title = title.trim();
    let keys: Vec<String> =
        others.iter().filter(|other| **other != title).map(|other| line::key(other)).collect();
    let mut cuts: Vec<(usize, usize)> = SEPARATORS
        .iter()
        .flat_map(|separator| title.match_indices(separator))
        .map(|(at, s)| (at, at + s.len()))
        .collect();
    cuts.sort_unstable();
    // The longest start that the page repeats on its own is the headline.
    if let Some(&(at, _)) = cuts.iter().rev().find(|(at, _)| keys.contains(&line::key(&title[..*at]))) {
        return title[..at].trim();
    }
    let mut rest = title;
    while let Some(&(at, after)) = cuts.iter().rev().find(|(_, after)| *after <= rest.len()) {
        if !is_site(&rest[after..], site, url) || line::words(&rest[..at]).len() < 2 {
            break;
        }
        rest = rest[..at].trim();
    }
    rest
}

/// Whether `part` names the site: its name, a piece of its name, or its host («CNNArabic.com»).
fn is_site(part: &str, site: Option<&str>, url: Option<&Url>) -> bool {
    let key = line::key(part).replace(' ', "");
    if key.is_empty() {
        return true;
    }
    let name = site.map(|site| line::key(site).replace(' ', "")).unwrap_or_default();
    let host = url.and_then(Url::host_str).unwrap_or_default().replace(['.', '-'], "");
    let looks_like_host = part.contains('.') && !part.contains(' ') && part.is_ascii();
    looks_like_host
        || (!name.is_empty() && (name.contains(&key) || key.contains(&name)))
        || (key.len() > 3 && host.contains(&key))
}

fn author(document: &Document, metas: &Metas, declared: &Declared, site: Option<&str>) -> Option<String> {
    let marked: Vec<String> = document
        .select("[itemprop='author'], [rel='author'], .author-name, .byline-name, .entry-author, .post-author-name")
        .nodes()
        .iter()
        .take(4)
        .map(structured::name_in)
        .collect();
    let named = metas.all(&["author", "article:author", "dc.creator", "parsely-author"]);
    let given =
        declared.authors.iter().map(String::as_str).chain(named).chain(marked.iter().map(String::as_str));
    given.filter_map(byline::person).find(|name| site.is_none_or(|site| line::key(site) != line::key(name)))
}

/// The date of publication: the first source that gives one, with the clock of any other that gives the same day.
fn published(document: &Document, metas: &Metas, declared: &Declared) -> Option<Published> {
    const NAMES: [&str; 16] = [
        "article:published_time",
        "datepublished",
        "og:article:published_time",
        "og:published_time",
        "article.published",
        "publishdate",
        "publish-date",
        "publish_date",
        "pubdate",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.issued",
        "dc.date",
        "date",
    ];

    let marked = document.select(
        "[itemprop='datePublished'], time[pubdate], time[class*='publish'], time[class*='entry-date']",
    );
    let marked = marked.nodes().iter().take(4).filter_map(date_of);
    let first_time = document.select("article time[datetime], main time[datetime]");
    let first_time = first_time.nodes().first().and_then(date_of);
    let declared = declared.published.as_deref().and_then(date::parse);
    let all: Vec<Published> = declared
        .into_iter()
        .chain(metas.all(&NAMES).filter_map(date::parse))
        .chain(marked)
        .chain(first_time)
        .chain(dated_below_heading(document))
        .collect();
    let first = all.first()?.clone();
    let fuller = |known: &Published| (known.time.is_some(), known.offset.is_some());
    all.into_iter().rev().filter(|other| other.date == first.date).max_by_key(fuller)
}

/// The date in the first element below the headline that is marked as one. Above it stands the site's header, and
/// in it, on many sites, the date of today.
fn dated_below_heading(document: &Document) -> Option<Published> {
    /// Elements that are asked; further down stand the dates of other articles.
    const NEAR: usize = 8;
    /// Words of a date with its label.
    const LABEL: usize = 16;

    let marked = document
        .select("h1, [class*='date'], [class*='publish'], [class*='post-meta'], [class*='submitted']");
    let below =
        marked.nodes().iter().skip_while(|node| !node.has_name("h1")).filter(|node| !node.has_name("h1"));
    let mut texts = below.take(NEAR).map(|node| blocks::collapse(&node.text()));
    texts.find_map(|text| date::parse(&text).filter(|_| line::words(&text).len() <= LABEL))
}

fn date_of(node: &NodeRef) -> Option<Published> {
    ["datetime", "content", "title"]
        .iter()
        .find_map(|name| node.attr(name).and_then(|value| date::parse(&value)))
        .or_else(|| date::parse(&node.text()))
}

/// The address that the page calls its own. A page speaks for its own site alone, and what has no address for none.
fn canonical(document: &Document, metas: &Metas, url: Option<&Url>) -> Option<Url> {
    let url = url?;
    let link = document.select_single("link[rel='canonical']").attr("href");
    let given = link.as_deref().or_else(|| metas.first(&["og:url"]))?;
    let canonical = url.join(given).ok()?;
    // A canonical address that is the front page is a mistake of the site's template.
    let fits = matches!(canonical.scheme(), "http" | "https") && canonical.path() != "/";
    (fits && same_site(url, &canonical)).then_some(canonical)
}

/// Whether two addresses are of one site: somebody has registered one name for both («m.nahda.com», «www.nahda.com»), which is
/// not so for two blogs of one service («a.blogspot.com», «b.blogspot.com»).
fn same_site(left: &Url, right: &Url) -> bool {
    let registered = |url: &Url| psl::domain_str(url.domain()?).map(str::to_owned);
    left.host() == right.host() || registered(left).is_some_and(|name| registered(right) == Some(name))
}

fn language_tag(lang: &str) -> Option<String> {
    let primary = lang.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    ((2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then_some(primary)
}

#[cfg(test)]
mod tests {
    use dom_query::Document;
    use url::Url;

    use super::{Metadata, read, same_site, structured};

    fn metadata(html: &str) -> Metadata {
        let document = Document::from(html);
        let url = Url::parse("https://www.nahda-news.com/a/1").expect("an address");
        read(&document, &structured::read(&document), Some(&url))
    }

    #[track_caller]
    fn title(html: &str, expected: &str) {
        assert_eq!(metadata(html).title, expected, "{html}");
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
    }

    #[test]
    fn dates_take_the_fullest_clock_of_their_day() {
        let html = "<meta itemprop='datePublished' content='2020-11-09'><meta property='article:published_time' content='2020-11-09T18:34:47+02:00'>\
                    <meta name='creation_date' content='2001-01-01'>";
        assert_eq!(
            metadata(html).published.map(|date| date.to_string()).as_deref(),
            Some("2020-11-09T18:34:47+02:00")
        );
        assert_eq!(metadata("<time datetime=''>أمس</time>").published, None);
    }

    #[test]
    fn authors_are_people() {
        let byline = |name: &str| {
            metadata(&format!(
                "<meta name=author content='{name}'><meta property='og:site_name' content='صحيفة النهضة'>"
            ))
            .byline
        };
        assert_eq!(byline("سالم الهادي").as_deref(), Some("سالم الهادي"));
        assert_eq!(byline("صحيفة النهضة"), None);
        assert_eq!(byline("https://facebook.com/x"), None);
    }

    #[test]
    fn canonical_addresses_stay_on_the_site() {
        let canonical =
            |href: &str| metadata(&format!("<link rel=canonical href='{href}'>")).canonical.map(String::from);
        assert_eq!(canonical("/a/2").as_deref(), Some("https://www.nahda-news.com/a/2"));
        assert_eq!(
            canonical("https://m.nahda-news.com/a/2").as_deref(),
            Some("https://m.nahda-news.com/a/2")
        );
        assert_eq!(canonical("https://www.nahda-news.com/"), None);
        assert_eq!(canonical("https://elsewhere.com/a/2"), None);
        assert_eq!(canonical("https://nahda-news.com.evil.example/a/2"), None);
        assert_eq!(canonical("javascript:alert(1)"), None);
    }

    #[test]
    fn a_site_is_what_somebody_has_registered() {
        let same = |left: &str, right: &str| {
            let url = |text: &str| Url::parse(text).expect("an address");
            same_site(&url(left), &url(right))
        };
        assert!(same("https://www.nahda.com/a", "https://m.nahda.com/b"));
        assert!(same("https://www.nahda.com.eg/a", "https://nahda.com.eg/b"));
        assert!(same("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/b"));
        assert!(!same("https://one.blogspot.com/a", "https://two.blogspot.com/a"));
        assert!(!same("https://evil.com.eg/a", "https://nahda.com.eg/a"));
        assert!(!same("http://127.0.0.1/a", "http://127.0.0.2/a"));
        assert!(!same("http://127.0.0.1/a", "https://nahda.com/a"));
    }

    #[test]
    fn what_has_no_address_speaks_for_no_site() {
        let html = "<link rel=canonical href=https://www.nahda.com/a/1><meta property='og:url' content='https://www.nahda.com/a/1'>";
        let document = Document::from(html);
        assert_eq!(read(&document, &structured::read(&document), None).canonical, None);
    }
}
