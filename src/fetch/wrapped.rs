//! Addresses that only stand for another one, which is written in them: redirect notices, copies of AMP pages, instant views.
//!
//! What is wrapped is asked for in place of the wrapping: a redirect notice is a page that asks whether the reader means to leave, and
//! a cache has the page without what its site says of it.

use url::Url;

/// A page that leads on to the address in one of its parameters: its host (and what ends in it), its path, the parameters.
const NOTICES: [(&str, &str, &[&str]); 15] = [
    ("google.*", "/url", &["q", "url"]),
    ("t.me", "/iv", &["url"]),
    ("telegram.me", "/iv", &["url"]),
    ("facebook.com", "/l.php", &["u"]),
    ("facebook.com", "/flx/warn", &["u"]),
    ("instagram.com", "/", &["u"]),
    ("youtube.com", "/redirect", &["q"]),
    ("linkedin.com", "/redir/redirect", &["url"]),
    ("vk.com", "/away.php", &["to"]),
    ("out.reddit.com", "/", &["url"]),
    ("t.umblr.com", "/redirect", &["z"]),
    ("safelinks.protection.outlook.com", "/", &["url"]),
    ("slack-redir.net", "/link", &["url"]),
    ("steamcommunity.com", "/linkfilter", &["url", "u"]),
    ("href.li", "/", &["url"]),
];

/// Copies of AMP pages: host, and the beginning of the path before «s/» for HTTPS and the address itself.
const COPIES: [(&str, &str); 6] = [
    ("google.*", "/amp/"),
    ("bing.com", "/amp/"),
    ("cdn.ampproject.org", "/c/"),
    ("cdn.ampproject.org", "/v/"),
    ("cdn.ampproject.org", "/wp/"),
    ("bing-amp.com", "/c/"),
];

/// The address that `url` stands for, or itself.
#[must_use]
pub fn inside(url: &Url) -> Url {
    /// A wrapping in a wrapping in a wrapping is enough.
    const DEEP: usize = 3;

    let mut inner = url.clone();
    for _ in 0..DEEP {
        match one_inside(&inner) {
            Some(next) => inner = next,
            None => break,
        }
    }
    inner
}

fn one_inside(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    let path = url.path();
    let notice = || {
        NOTICES.iter().find_map(|(site, start, names)| {
            let here = is_host(host, site) && (path == *start || path.trim_end_matches('/') == *start);
            names.iter().filter(|_| here).find_map(|name| {
                let value = url.query_pairs().find(|(key, _)| key == name)?.1;
                Url::parse(&value).ok()
            })
        })
    };
    let copy = || {
        COPIES.iter().find_map(|(site, start)| {
            let rest = path.strip_prefix(start).filter(|_| is_host(host, site))?;
            let (scheme, rest) = rest.strip_prefix("s/").map_or(("http", rest), |rest| ("https", rest));
            let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
            Url::parse(&format!("{scheme}://{rest}{query}")).ok()
        })
    };
    let inner = notice().or_else(copy)?;
    let named = inner.host_str().is_some_and(|host| host.contains('.'));
    (matches!(inner.scheme(), "http" | "https") && named).then_some(inner)
}

/// Whether `host` is `site` or stands below it; «google.*» is Google in any country.
fn is_host(host: &str, site: &str) -> bool {
    if let Some(name) = site.strip_suffix(".*") {
        let rest = host.strip_prefix("www.").unwrap_or(host);
        return rest
            .strip_prefix(name)
            .is_some_and(|end| end.starts_with('.') && end.len() <= ".com.eg".len());
    }
    host == site || host.strip_suffix(site).is_some_and(|below| below.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::inside;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        assert_eq!(inside(&Url::parse(url).expect("an address")).as_str(), expected, "{url}");
    }

    #[test]
    fn what_is_wrapped_is_unwrapped() {
        let page = "https://nahda.example/a/1?id=2";
        let coded = "https%3A%2F%2Fnahda.example%2Fa%2F1%3Fid%3D2";
        check(&format!("https://www.google.com/url?sa=t&q={coded}&usg=x"), page);
        check(&format!("https://google.com.eg/url?url={coded}"), page);
        check(&format!("https://t.me/iv?url={coded}&rhash=12ab"), page);
        check(&format!("https://l.facebook.com/l.php?u={coded}&h=AT0"), page);
        check(&format!("https://lm.facebook.com/l.php?u={coded}"), page);
        check(&format!("https://l.instagram.com/?u={coded}&e=x"), page);
        check(&format!("https://www.youtube.com/redirect?event=x&q={coded}"), page);
        check("https://www.google.com/amp/s/nahda.example/a/1", "https://nahda.example/a/1");
        check("https://nahda-example.cdn.ampproject.org/c/s/nahda.example/a/1", "https://nahda.example/a/1");
        check(
            "https://nahda-example.cdn.ampproject.org/v/nahda.example/a/1?id=2",
            "http://nahda.example/a/1?id=2",
        );
        let twice = format!(
            "https://www.google.com/url?q={}",
            "https%3A%2F%2Ft.me%2Fiv%3Furl%3Dhttps%253A%252F%252Fnahda.example%252Fa"
        );
        check(&twice, "https://nahda.example/a");
    }

    #[test]
    fn what_is_no_wrapping_is_left() {
        for url in [
            "https://nahda.example/url?q=https://other.example/",
            "https://www.google.com/search?q=https://nahda.example/",
            "https://notfacebook.com/l.php?u=https://nahda.example/",
            "https://t.me/nahda/12",
            "https://t.me/iv?url=javascript:alert(1)",
            "https://www.google.com/url?q=file:///etc/passwd",
            "https://www.google.com/amp/s/",
        ] {
            check(url, url);
        }
    }
}
