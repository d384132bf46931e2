//! Why a link gave no article. The words for people are in the locale files.

use std::error::Error;
use std::io::ErrorKind;

use super::address::Forbidden;
use crate::article::Refusal;

/// Why a link gave no article.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address, one it leads to, or one its name resolves to, is not fetched.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is not known, or no connection comes about.
    #[error("the site cannot be reached: {0}")]
    Unreachable(&'static str),
    /// The site took too long.
    #[error("the site took too long to answer")]
    TimedOut,
    /// The site broke off in the middle, twice.
    #[error("the site broke off its answer: {0}")]
    Interrupted(&'static str),
    /// The site answered with an error.
    #[error("the site answered with status {0}")]
    Status(u16),
    /// Redirects without end.
    #[error("the address leads on and on")]
    Redirects,
    /// The page is larger than any article.
    #[error("the page is too large")]
    TooLarge,
    /// Something else than a page: the type that the site gives.
    #[error("the address leads to {0}, not to a page")]
    NotPage(String),
    /// There is a page, and no article to be read in it.
    #[error("{0}")]
    Refused(Refusal),
    /// Too much is being read at the moment.
    #[error("too many pages are being read")]
    Busy,
    /// The system gives no client.
    #[error("no HTTP client: {0}")]
    Client(String),
}

impl From<reqwest::Error> for FetchError {
    fn from(error: reqwest::Error) -> Self {
        if let Some(forbidden) = cause::<Forbidden>(&error) {
            return Self::Forbidden(*forbidden);
        }
        if error.is_timeout() {
            return Self::TimedOut;
        }
        let words = words(&error);
        if error.is_connect() {
            Self::Unreachable(words)
        } else if error.is_builder() {
            Self::Forbidden(Forbidden::Scheme)
        } else {
            Self::Interrupted(words)
        }
    }
}

/// The first error of the type `E` in the chain of causes.
fn cause<E: Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    let mut next: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// What went wrong, in words of our own: those of the libraries quote addresses, names and certificates.
fn words(error: &reqwest::Error) -> &'static str {
    match cause::<std::io::Error>(error).map(std::io::Error::kind) {
        Some(ErrorKind::ConnectionRefused) => "the connection is refused",
        Some(ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof) => {
            "the connection broke off"
        }
        Some(ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable) => "there is no way to it",
        // As rustls and its connector tell of all that they do not accept.
        Some(ErrorKind::InvalidData | ErrorKind::Other) if error.is_connect() => {
            "its certificate, or its encryption, is not accepted"
        }
        Some(_) if error.is_connect() => "its name is not known, or there is no connection",
        _ => "it does not keep to the rules of HTTP",
    }
}
