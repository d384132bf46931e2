//! One key for all addresses of one page: what only tells where the reader came from is dropped.

use url::Url;

/// Parameters that track readers and name no other page.
const TRACKING: [&str; 28] = [
    "fbclid", "gclid", "gclsrc", "dclid", "wbraid", "gbraid", "msclkid", "yclid", "twclid", "ttclid",
    "igshid", "igsh", "mc_cid", "mc_eid", "_ga", "_gl", "ref_src", "ref_url", "s_cid", "cmpid", "cmp",
    "ocid", "ito", "spm", "xtor", "smid", "smtyp", "_hsenc",
];

/// The key of the page at `url`. Never fetched itself: a site may answer differently to it.
#[must_use]
pub fn of(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracking(&name.to_ascii_lowercase()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let host = url.host_str().unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{port}{path}{query}", host.trim_end_matches('.').trim_start_matches("www."))
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
            "http://nahda.example/a/?id=7&fbclid=y",
            true,
        );
        check("https://nahda.example/a?id=7", "https://nahda.example/a?id=8", false);
        check("https://nahda.example/A", "https://nahda.example/a", false);
        check("https://nahda.example:8443/a", "https://nahda.example/a", false);
        check("https://nahda.example/خبر", "https://nahda.example/%D8%AE%D8%A8%D8%B1", true);
    }
}
