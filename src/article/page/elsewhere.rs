//! Where a thin page says that its whole is: a refresh, its AMP form, its canonical address.

use dom_query::Document;
use url::Url;

use super::limits::{self, Limits};

/// The address of the page that `html`, at `url`, stands for; `None` if it names none but itself.
#[must_use]
pub fn elsewhere(html: &str, url: &Url) -> Option<Url> {
    let document = limits::parse(html, &Limits::default()).ok()?;
    let link = |selector: &str| document.select_single(selector).attr("href").map(|href| href.to_string());
    let candidates = [
        refresh(&document),
        link("link[rel='amphtml']"),
        link("link[rel='canonical']"),
        link("link[media*='print'][href*='print']"),
    ];
    candidates.into_iter().flatten().filter_map(|href| url.join(href.trim()).ok()).find(|other| {
        matches!(other.scheme(), "http" | "https")
            && (other.path(), other.query()) != (url.path(), url.query())
            && other.path() != "/"
    })
}

/// The address of a `<meta http-equiv="refresh" content="0; url=…">`.
fn refresh(document: &Document) -> Option<String> {
    let metas = document.select("meta[http-equiv]");
    let refresh = metas
        .nodes()
        .iter()
        .find(|meta| meta.attr("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")))?;
    let content = refresh.attr("content")?;
    let (_, rest) = content.split_once([';', ','])?;
    let (name, address) = rest.split_once('=')?;
    name.trim().eq_ignore_ascii_case("url").then(|| address.trim().trim_matches(['"', '\'']).to_owned())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::elsewhere;

    #[track_caller]
    fn check(html: &str, expected: Option<&str>) {
        let url = Url::parse("https://nahda.example/a/1").expect("an address");
        assert_eq!(elsewhere(html, &url).map(String::from).as_deref(), expected, "{html}");
    }

    #[test]
    fn a_thin_page_names_its_whole() {
        check("<meta http-equiv=Refresh content=\"0; URL='/a/2'\">", Some("https://nahda.example/a/2"));
        check(
            "<link rel=amphtml href=/amp/1><link rel=canonical href=/a/1>",
            Some("https://nahda.example/amp/1"),
        );
        check("<link rel=canonical href=https://nahda.example/a/1>", None);
        check("<link rel=canonical href=/>", None);
        check("<meta http-equiv=refresh content=300>", None);
        check("<link rel=canonical href='javascript:x'>", None);
    }
}
