//! What is still to be read, as an article that has an address and nothing else: a page's own; of a text, and of a file that Telegram holds,
//! one that nobody but this bot reads. Pure.

use url::Url;

use super::request::Source;
use super::update::Document;
use crate::article::Article;

/// The scheme of addresses that lead to no page.
const SCHEME: &str = "telegram";

/// The article of what is still to be read.
pub fn article(source: &Source) -> Article {
    let url = match source {
        Source::Link(url) => Some(url.clone()),
        Source::Text(words) => address("text", &[("words", words)]),
        Source::File(Document { file_id, file_name, .. }) => {
            address("file", &[("id", file_id), ("name", file_name.as_deref().unwrap_or_default())])
        }
    };
    Article { url, ..Article::default() }
}

fn address(path: &str, parts: &[(&str, &str)]) -> Option<Url> {
    Url::parse_with_params(&format!("{SCHEME}:{path}"), parts).ok()
}

/// What is to be read at the address of such an article.
pub fn source(address: &Url) -> Source {
    let part = |name: &str| {
        let found = address.query_pairs().find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned())
    };
    match (address.scheme(), part("words"), part("id")) {
        (SCHEME, Some(words), _) => Source::Text(words),
        (SCHEME, None, Some(file_id)) => {
            Source::File(Document { file_id, file_name: part("name"), mime_type: None, file_size: None })
        }
        _ => Source::Link(address.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Source, article, source};

    #[test]
    fn what_is_kept_is_what_is_read() {
        let name = Some("خبر & صورة.docx".to_owned());
        let file =
            Document { file_id: "a=b&c".to_owned(), file_name: name, mime_type: None, file_size: None };
        for asked in [
            Source::Text("أعلن الوزير: 12% & أكثر؟\nسطر ثانٍ".to_owned()),
            Source::File(file),
            Source::Link("https://nahda.example/a?words=1&id=2#words".parse().expect("an address")),
        ] {
            let kept = article(&asked);
            assert!(kept.body.is_empty());
            assert_eq!(source(&kept.url.expect("an address")), asked);
        }
    }
}
