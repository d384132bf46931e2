//! One key for all addresses of one page: what only tells where the reader came from is dropped.

use url::{Url, form_urlencoded};

/// Parameters that track readers and name no other page.
const TRACKING: [&str; 28] = [
    "fbclid", "gclid", "gclsrc", "dclid", "wbraid", "gbraid", "msclkid", "yclid", "twclid", "ttclid",
    "igshid", "igsh", "mc_cid", "mc_eid", "_ga", "_gl", "ref_src", "ref_url", "s_cid", "cmpid", "cmp",
    "ocid", "ito", "spm", "xtor", "smid", "smtyp", "_hsenc",
];

/// The key of the page at `url`. Never fetched itself: a site may answer differently to it. What is kept of the address is
/// kept as it is written: two that differ in what cannot be decoded («?q=%ff»), in their port or in whether they are encrypted
/// are two pages.
#[must_use]
pub fn of(url: &Url) -> String {
    let is_kept = |pair: &&str| {
        let name = form_urlencoded::parse(pair.as_bytes()).next().map(|(name, _)| name.to_ascii_lowercase());
        !name.is_some_and(|name| is_tracking(&name))
    };
    let query = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    let query = query.filter(is_kept).collect::<Vec<_>>().join("&");
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_end_matches('.').trim_start_matches("www.");
    format!("{}://{host}{port}{}{query}", url.scheme(), url.path().trim_end_matches('/'))
}

fn is_tracking(name: &str) -> bool {
    name.starts_with("utm_") || name.starts_with("at_") || name.starts_with("pk_") || TRACKING.contains(&name)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::of;

    #[track_caller]
    fn check(left: &str, right: &str, same: bool) {
        let key = |url: &str| of(&Url::parse(url).expect("an address"));
        assert_eq!(key(left) == key(right), same, "{left} {right}");
    }

    #[test]
    fn one_page_has_one_key() {
        check(
            "https://www.nahda.example/a?utm_source=x&id=7#top",
            "https://nahda.example/a/?id=7&fbclid=y",
            true,
        );
        check("https://nahda.example/a?id=7", "https://nahda.example/a?id=8", false);
        check("https://nahda.example/A", "https://nahda.example/a", false);
        check("https://nahda.example:8443/a", "https://nahda.example/a", false);
        check("https://nahda.example:80/a", "http://nahda.example/a", false);
        check("http://nahda.example/a", "https://nahda.example/a", false);
        check("https://nahda.example/a?q=%ff", "https://nahda.example/a?q=%fe", false);
        check("https://nahda.example/a?q=%ff", "https://nahda.example/a?q=%EF%BF%BD", false);
        check("https://nahda.example/a?q=1&utm%5Fsource=x", "https://nahda.example/a?q=1", true);
        check("https://nahda.example/خبر", "https://nahda.example/%D8%AE%D8%A8%D8%B1", true);
    }
}
