//! What else a page says of itself: its author, its address, its language.

use dom_query::Document;
use url::Url;

use super::metas::Metas;
use super::structured::{self, Declared};
use crate::article::{byline, line};

/// The longest address of a picture, in bytes: longer ones hold the picture itself, or a script's state.
const LONGEST_ADDRESS: usize = 2000;

/// The author, if the page names a person.
pub fn author(document: &Document, metas: &Metas, declared: &Declared, site: Option<&str>) -> Option<String> {
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
    // An outlet signs with its name, or a part of it: «المرسى» in «صحيفة المرسى».
    let site = site.map(line::key).unwrap_or_default();
    let is_outlet = |name: &String| {
        let name = line::key(name);
        !site.is_empty() && (site.contains(&name) || name.contains(&site))
    };
    given.filter_map(byline::person).find(|name| !is_outlet(name))
}

/// Where the page says that it is, true or not: enough to tell the links to itself from those to other pages.
pub fn claimed(document: &Document, metas: &Metas) -> Option<Url> {
    let link = document.select_single("link[rel='canonical']").attr("href");
    Url::parse(link.as_deref().or_else(|| metas.first(&["og:url"]))?).ok()
}

/// The address that the page calls its own. A page speaks for its own site alone, and what has no address for none.
pub fn canonical(document: &Document, metas: &Metas, url: Option<&Url>) -> Option<Url> {
    let url = url?;
    let link = document.select_single("link[rel='canonical']").attr("href");
    let given = link.as_deref().or_else(|| metas.first(&["og:url"]))?;
    let canonical = url.join(given).ok()?;
    // A canonical address that is the front page is a mistake of the site's template.
    let fits = matches!(canonical.scheme(), "http" | "https") && canonical.path() != "/";
    (fits && same_site(url, &canonical)).then_some(canonical)
}

/// The picture that the page gives of itself («og:image»). Pictures lie on other hosts than pages: any public-looking address will do.
pub fn picture(metas: &Metas, url: Option<&Url>) -> Option<Url> {
    let given = metas.first(&["og:image", "og:image:secure_url", "og:image:url", "twitter:image"])?;
    let picture = url?.join(given.trim()).ok()?;
    let fits = matches!(picture.scheme(), "http" | "https") && picture.as_str().len() <= LONGEST_ADDRESS;
    fits.then_some(picture)
}

/// Whether two addresses are of one site: somebody has registered one name for both («m.nahda.com», «www.nahda.com»), which is
/// not so for two blogs of one service («a.blogspot.com», «b.blogspot.com»).
fn same_site(left: &Url, right: &Url) -> bool {
    let registered = |url: &Url| psl::domain_str(url.domain()?).map(str::to_owned);
    left.host() == right.host() || registered(left).is_some_and(|name| registered(right) == Some(name))
}

/// Whether a page at `url` may give itself this name: one that is an address («aljazeera.net») only within what the same people have
/// registered.
pub fn may_be_called(name: &str, url: Option<&Url>) -> bool {
    let name = name.to_lowercase();
    let Some(named) = psl::domain(name.as_bytes()).filter(|named| named.suffix().is_known()) else {
        return true;
    };
    let own = url.and_then(Url::domain).and_then(psl::domain_str);
    own.is_some_and(|own| named == own)
}

/// The language that the page declares.
pub fn language(document: &Document) -> Option<String> {
    let lang = document.select_single("html").attr("lang")?;
    let primary = lang.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    ((2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then_some(primary)
}

#[cfg(test)]
mod tests {
    use dom_query::Document;
    use url::Url;

    use super::super::metas::Metas;
    use super::super::structured::Declared;
    use super::{author, canonical, may_be_called, picture, same_site};

    #[test]
    fn authors_are_people() {
        let byline = |name: &str| {
            let document = Document::from(format!("<meta name=author content='{name}'>"));
            author(&document, &Metas::read(&document), &Declared::default(), Some("صحيفة النهضة"))
        };
        assert_eq!(byline("سالم الهادي").as_deref(), Some("سالم الهادي"));
        assert_eq!(byline("صحيفة النهضة"), None);
        assert_eq!(byline("https://facebook.com/x"), None);
    }

    #[test]
    fn the_picture_is_an_address_on_the_web() {
        let url = Url::parse("https://nahda.example/a/1").expect("an address");
        let given = |content: &str| {
            let html = format!("<meta property='og:image' content='{content}'>");
            picture(&Metas::read(&Document::from(html)), Some(&url)).map(String::from)
        };
        assert_eq!(given("/media/1.jpg").as_deref(), Some("https://nahda.example/media/1.jpg"));
        assert_eq!(given("//cdn.example/1.jpg").as_deref(), Some("https://cdn.example/1.jpg"));
        assert_eq!(given("data:image/png;base64,AAAA"), None);
        assert_eq!(given("javascript:x"), None);
        let metas = Metas::read(&Document::from("<meta name='twitter:image' content='/2.jpg'>"));
        assert_eq!(picture(&metas, None), None, "a file is of no site");
    }

    #[test]
    fn canonical_addresses_stay_on_the_site() {
        let url = Url::parse("https://www.nahda-news.com/a/1").expect("an address");
        let canonical = |href: &str| {
            let document = Document::from(format!("<link rel=canonical href='{href}'>"));
            canonical(&document, &Metas::read(&document), Some(&url)).map(String::from)
        };
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
    fn a_page_is_not_called_by_the_address_of_another_site() {
        let url = Url::parse("https://www.nahda.com/a").expect("an address");
        for name in ["صحيفة النهضة", "nahda.com", "News.Nahda.com", "nahda", "النهضة. نت"]
        {
            assert!(may_be_called(name, Some(&url)), "{name}");
        }
        assert!(!may_be_called("Minbar.com", Some(&url)));
        assert!(!may_be_called("minbar.com.eg", Some(&url)));
    }

    #[test]
    fn what_has_no_address_speaks_for_no_site() {
        let html = "<link rel=canonical href=https://www.nahda.com/a/1><meta property='og:url' content='https://www.nahda.com/a/1'>";
        let document = Document::from(html);
        assert_eq!(canonical(&document, &Metas::read(&document), None), None);
    }
}
