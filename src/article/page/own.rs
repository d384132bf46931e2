//! Whether a link leads to another page, or to the page that it stands on.

use url::Url;

use crate::article::line;

/// How a page calls itself: its addresses and its headlines.
#[derive(Debug, Default)]
pub struct Own {
    base: Option<Url>,
    /// Where it came from and where it says that it is, as far as addresses are compared.
    addresses: Vec<(String, String)>,
    /// The keys of its headlines.
    headlines: Vec<String>,
}

impl Own {
    /// A page that was found at, or says that it is at, `addresses`, and has `headlines`.
    pub fn new(addresses: &[Option<&Url>], headlines: &[&str]) -> Self {
        let known = || addresses.iter().copied().flatten();
        Self {
            base: known().next().cloned(),
            addresses: known().map(place).collect(),
            headlines: headlines.iter().map(|title| line::key(title)).filter(|key| !key.is_empty()).collect(),
        }
    }

    /// Whether `href` is the address of another page.
    pub fn leads_away(&self, href: &str) -> bool {
        let href = href.trim();
        let scheme = href.split_once(':').map(|(scheme, _)| scheme);
        if href.is_empty()
            || href.starts_with('#')
            || scheme.is_some_and(|scheme| {
                scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
                    && !scheme.to_ascii_lowercase().starts_with("http")
            })
        {
            return false;
        }
        let address = self.base.as_ref().map_or_else(|| Url::parse(href).ok(), |base| base.join(href).ok());
        address.is_none_or(|address| !self.addresses.contains(&place(&address)))
    }

    /// Whether `text` is a headline of this page.
    pub fn is_headline(&self, text: &str) -> bool {
        let key = line::key(text);
        self.headlines.contains(&key)
    }

    /// Whether it is known how this page calls itself.
    pub fn has_headline(&self) -> bool {
        !self.headlines.is_empty()
    }
}

/// Host and path with its query, as far as two addresses of one page agree in them.
fn place(url: &Url) -> (String, String) {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    (host, format!("{}{query}", url.path().trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::Own;

    #[test]
    fn links_to_the_page_itself_lead_nowhere() {
        let url = Url::parse("https://www.nahda.example/a/1").expect("an address");
        let own = Own::new(&[Some(&url)], &["الحكومة تقر الموازنة"]);
        for href in
            ["", "#n1", "/a/1", "https://nahda.example/a/1/", "1#top", "mailto:x@y.z", "javascript:void(0)"]
        {
            assert!(!own.leads_away(href), "{href}");
        }
        for href in ["/a/2", "https://other.example/a/1", "/", "?page=2"] {
            assert!(own.leads_away(href), "{href}");
        }
        assert!(own.is_headline("الحكومة تقرّ الموازنة") && !own.is_headline("الحكومة"));
        assert!(Own::default().leads_away("/a/1"));
    }
}
