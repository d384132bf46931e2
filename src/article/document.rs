//! Documents: whatever a link led to or a person sent, told apart by what the bytes are and by what is said of them.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Article, LARGEST_TEXT, Refusal, charset, check, docx, page, paste, pdf};

/// Where a document came from, which is what is known of it beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Downloaded from a site.
    Page {
        /// The address at the end of all redirects.
        url: Url,
        /// The charset that the header declares.
        charset: Option<String>,
    },
    /// Sent by a person, or saved on the disk.
    File {
        /// Its name, which tells a page from a text.
        name: String,
        /// Where whoever hands it in says that it was saved from. What a file says of that itself is not believed.
        url: Option<Url>,
    },
}

/// What a document holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Its article, or why there is none.
    pub article: Result<Article, Refusal>,
    /// Where a page that shows no whole article says that its whole is.
    pub elsewhere: Option<Url>,
}

/// Reads a document.
#[must_use]
pub fn read(origin: &Origin, bytes: &[u8]) -> Reading {
    let url = match origin {
        Origin::Page { url, .. } => Some(url),
        Origin::File { url, .. } => url.as_ref(),
    };
    let at_url = |article: Article| Article { url: url.cloned(), ..article };
    if bytes.starts_with(pdf::MAGIC) {
        return pdf::read(bytes).map(at_url).into();
    }
    if bytes.starts_with(docx::MAGIC) {
        return docx::read(bytes).map(at_url).into();
    }
    match origin {
        Origin::Page { url, charset } => {
            let html = charset::decode(bytes, charset.as_deref());
            let article = page::read(&html, Some(url));
            let whole = article.as_ref().is_ok_and(|article| check(article).is_ok());
            Reading { article, elsewhere: if whole { None } else { page::elsewhere(&html, url) } }
        }
        Origin::File { name, .. } => {
            let text = charset::decode(bytes, None);
            if is_page(name) || (!is_text(name) && is_markup(&text)) {
                page::read(&text, url).into()
            } else if text.len() > LARGEST_TEXT {
                Err(Refusal::TooComplex).into()
            } else {
                paste::read(&text).into()
            }
        }
    }
}

/// Whether a file of that name is a plain text.
#[must_use]
pub fn is_text(name: &str) -> bool {
    has_extension(name, &["txt", "text", "md"])
}

fn is_page(name: &str) -> bool {
    has_extension(name, &["html", "htm", "xhtml"])
}

/// Whether `name` ends in one of `extensions`, in capitals or small letters.
#[must_use]
pub fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// Whether a text begins as a page does, perhaps behind a comment: browsers write one into what they save.
fn is_markup(text: &str) -> bool {
    let mut text = text.trim_start_matches('\u{FEFF}').trim_start();
    while let Some(end) = text.strip_prefix("<!--").and_then(|rest| rest.find("-->"))
        && let Some(rest) = text.get("<!--".len() + end + "-->".len()..)
    {
        text = rest.trim_start();
    }
    if let Some(end) = text.strip_prefix("<?xml").and_then(|rest| rest.find("?>")) {
        text = text["<?xml".len() + end + "?>".len()..].trim_start();
    }
    let start: String = text.chars().take(15).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head")
}

impl From<Result<Article, Refusal>> for Reading {
    fn from(article: Result<Article, Refusal>) -> Self {
        Self { article, elsewhere: None }
    }
}

#[cfg(test)]
mod tests {
    use super::{Article, LARGEST_TEXT, Origin, Refusal, read};

    const SENTENCE: &str =
        "أعلنت الحكومة اليوم أنها ستخفض الضرائب على الشركات الصغيرة في المحافظات الجنوبية كلها.";

    fn file(name: &str, bytes: &[u8]) -> Result<Article, Refusal> {
        read(&Origin::File { name: name.to_owned(), url: None }, bytes).article
    }

    #[test]
    fn a_file_is_what_its_bytes_are_and_then_what_its_name_says() {
        let page = format!("<!doctype html><p>{SENTENCE}</p>");
        assert!(file("a.txt", page.as_bytes()).expect("a text").body.contains("<p>"));
        let as_page =
            |name: &str| file(name, page.as_bytes()).is_ok_and(|article| article.body.contains("<p>"));
        assert!(!as_page("a.HTML"));
        assert!(!as_page("a"));
        assert_eq!(file("a.txt", b"%PDF-1.4 nothing"), Err(Refusal::NoArticle));
        assert_eq!(file("a.txt", b"PK\x03\x04 nothing"), Err(Refusal::NoArticle));
    }

    #[test]
    fn a_page_may_begin_with_a_comment() {
        for page in [
            "<!DOCTYPE html>",
            " <html>",
            "<!-- saved from url=(0026)https://nahda.example/a --> <!-- x --><!doctype html>",
            "<?xml version='1.0'?><html>",
        ] {
            assert!(super::is_markup(page), "{page}");
        }
        for text in ["", "قال الوزير <html>", "<!-- <html>", "<3"] {
            assert!(!super::is_markup(text), "{text}");
        }
    }

    #[test]
    fn a_text_in_a_file_is_bounded_as_a_pasted_one_is() {
        let text = |bytes: usize| format!("{SENTENCE}\n").repeat(bytes / (SENTENCE.len() + 1));
        assert!(file("a.txt", text(LARGEST_TEXT / 4).as_bytes()).is_ok());
        assert_eq!(file("a.txt", text(LARGEST_TEXT + 1000).as_bytes()), Err(Refusal::TooComplex));
    }
}
