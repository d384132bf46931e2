//! Downloading one page: redirects, cookies, limits, one second try.

use std::collections::BTreeMap;
use std::sync::Arc;

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode, redirect};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::address::{self, Exceptions};
use super::resolve::Guard;
use super::{FetchError, FetchOptions};
use crate::article::Refusal;

/// What a server said about when its page changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Validators {
    etag: Option<HeaderValue>,
    modified: Option<HeaderValue>,
}

/// A downloaded page.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) url: Url,
    pub(super) bytes: Vec<u8>,
    /// The charset that the header declares.
    pub(super) charset: Option<String>,
    /// Its share of the bytes that may be in hand.
    pub(super) share: Share,
    pub(super) validators: Validators,
}

/// A document's share of the bytes that may be in hand; given back when it is dropped.
#[derive(Debug, Default)]
pub struct Share(Option<OwnedSemaphorePermit>);

impl Share {
    /// Takes more of `room`, so that `bytes` are covered. Not waited for: those who have a part and wait for more could wait for each
    /// other.
    fn cover(&mut self, bytes: usize, room: &Arc<Semaphore>) -> Result<(), FetchError> {
        let held = self.0.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        let more = u32::try_from(bytes.div_ceil(CHUNK).saturating_sub(held)).unwrap_or(u32::MAX);
        let more = Arc::clone(room).try_acquire_many_owned(more).map_err(|_| FetchError::Busy)?;
        match &mut self.0 {
            Some(share) => share.merge(more),
            None => self.0 = Some(more),
        }
        Ok(())
    }
}

/// Bytes that are counted as one.
const CHUNK: usize = 16 << 10;

/// The cookies of one fetch, by host: consent and log-in pages set one and lead back. Gone with the fetch.
#[derive(Debug, Default)]
pub(super) struct Jar(BTreeMap<String, BTreeMap<String, String>>);

/// Cookies kept for one host, at most.
const COOKIES: usize = 30;

impl Jar {
    fn keep(&mut self, url: &Url, headers: &HeaderMap) {
        let cookies = self.0.entry(url.host_str().unwrap_or_default().to_owned()).or_default();
        for value in headers.get_all(header::SET_COOKIE) {
            let pair = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=')
                && cookies.len() < COOKIES
                && pair.len() < 4096
            {
                cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    fn header(&self, url: &Url) -> Option<HeaderValue> {
        let cookies = self.0.get(url.host_str()?)?;
        let pairs: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { None } else { HeaderValue::from_str(&pairs.join("; ")).ok() }
    }
}

pub(super) struct Downloader {
    client: Client,
    exceptions: Exceptions,
    options: FetchOptions,
    /// A permit for each [`CHUNK`] that may be in hand.
    room: Arc<Semaphore>,
}

impl Downloader {
    pub(super) fn new(options: FetchOptions) -> Result<Self, FetchError> {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::ACCEPT,
            HeaderValue::from_static("text/html,application/xhtml+xml,application/pdf;q=0.8,*/*;q=0.1"),
        );
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("ar,en;q=0.5"));
        let client = Client::builder()
            .user_agent(&options.user_agent)
            .default_headers(headers)
            // Redirects are followed here, so that each address is checked; a proxy would connect unchecked.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .dns_resolver(Arc::new(Guard(Arc::clone(&options.lookup))))
            .connect_timeout(options.connect_timeout)
            .read_timeout(options.idle_timeout)
            .timeout(options.total_timeout)
            .build()
            .map_err(|error| FetchError::Client(error.to_string()))?;
        let room = Arc::new(Semaphore::new(options.bytes_in_hand.div_ceil(CHUNK)));
        Ok(Self { client, exceptions: options.exceptions.clone(), options, room })
    }

    /// Reserves room for so many bytes.
    pub(super) fn reserve(&self, bytes: usize) -> Result<Share, FetchError> {
        let mut share = Share::default();
        share.cover(bytes, &self.room)?;
        Ok(share)
    }

    /// Downloads the page at `url`, following redirects; `None` if it is as `validators` say.
    pub(super) async fn get(
        &self,
        mut url: Url,
        validators: &Validators,
        jar: &mut Jar,
    ) -> Result<Option<Body>, FetchError> {
        for _ in 0..=self.options.max_redirects {
            address::check(&url, &self.exceptions)?;
            let asked = url.clone();
            let (response, (body, share)) = match self.try_once(&asked, validators, jar).await {
                // A connection that was reset, or an answer that broke off, is tried once again.
                Err(FetchError::Interrupted(_)) => self.try_once(&asked, validators, jar).await?,
                other => other?,
            };
            jar.keep(&url, &response.headers);
            if response.status == StatusCode::NOT_MODIFIED {
                return Ok(None);
            }
            if response.status.is_redirection() {
                let location = response
                    .headers
                    .get(header::LOCATION)
                    .and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
                url = location
                    .and_then(|location| url.join(location).ok())
                    .ok_or(FetchError::Status(response.status.as_u16()))?;
                continue;
            }
            return finish(url, &response, body, share).map(Some);
        }
        Err(FetchError::Redirects)
    }

    /// Asks once, and reads the body of a page.
    async fn try_once(
        &self,
        url: &Url,
        validators: &Validators,
        jar: &Jar,
    ) -> Result<(Head, (Vec<u8>, Share)), FetchError> {
        let mut request = self.client.get(url.clone());
        for (name, value) in [
            (header::COOKIE, jar.header(url)),
            (header::IF_NONE_MATCH, validators.etag.clone()),
            (header::IF_MODIFIED_SINCE, validators.modified.clone()),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let response = tokio::time::timeout(self.options.idle_timeout, request.send())
            .await
            .map_err(|_| FetchError::TimedOut)??;
        let head = Head { status: response.status(), headers: response.headers().clone() };
        if !head.status.is_success() {
            return Ok((head, (Vec::new(), Share::default())));
        }
        if let Some(kind) = head.unreadable() {
            return Err(FetchError::NotPage(kind));
        }
        let body = self.read(response).await?;
        Ok((head, body))
    }

    /// Reads a body; the cap is on what comes out of the decompressor.
    async fn read(&self, mut response: Response) -> Result<(Vec<u8>, Share), FetchError> {
        let mut bytes = Vec::new();
        let mut share = Share::default();
        while let Some(chunk) = response.chunk().await? {
            if bytes.len() + chunk.len() > self.options.max_bytes {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
            share.cover(bytes.len(), &self.room)?;
        }
        Ok((bytes, share))
    }
}

/// Judges the answer at the end of the road.
fn finish(url: Url, head: &Head, bytes: Vec<u8>, share: Share) -> Result<Body, FetchError> {
    match head.status.as_u16() {
        200..=299 => {}
        404 | 410 => return Err(FetchError::Refused(Refusal::NotFound)),
        402 => return Err(FetchError::Refused(Refusal::Paywall)),
        status => return Err(FetchError::Status(status)),
    }
    if let Some(kind) = binary(&bytes) {
        return Err(FetchError::NotPage(kind.to_owned()));
    }
    let validators = Validators {
        etag: head.headers.get(header::ETAG).cloned(),
        modified: head.headers.get(header::LAST_MODIFIED).cloned(),
    };
    Ok(Body { url, bytes, charset: head.charset(), share, validators })
}

struct Head {
    status: StatusCode,
    headers: HeaderMap,
}

impl Head {
    fn content_type(&self) -> Option<&str> {
        self.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }

    fn charset(&self) -> Option<String> {
        let kind = self.content_type()?;
        let at = kind.to_ascii_lowercase().find("charset=")? + "charset=".len();
        let charset = kind[at..].split(';').next().unwrap_or_default().trim().trim_matches('"');
        (!charset.is_empty()).then(|| charset.to_owned())
    }

    /// The type that the header gives, if it is none that is read.
    fn unreadable(&self) -> Option<String> {
        let kind = self.content_type()?.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let readable = matches!(
            kind.as_str(),
            "" | "text/html"
                | "application/xhtml+xml"
                | "application/xml"
                | "text/xml"
                | "text/plain"
                | "application/pdf"
                | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                | "application/zip"
                | "application/octet-stream"
                | "application/x-pdf"
                | "binary/octet-stream"
        );
        (!readable).then_some(kind)
    }
}

/// What bytes are by their first ones, if they are no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 7] = [
        (b"\x89PNG", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"RIFF", "image/webp"),
        (b"\x1f\x8b", "application/gzip"),
        (b"\x7fELF", "application/octet-stream"),
        (b"ID3", "audio/mpeg"),
    ];
    let start = &bytes[..bytes.len().min(32)];
    MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, kind)| *kind)
        .or_else(|| start.get(4..8).is_some_and(|tag| tag == b"ftyp").then_some("video/mp4"))
}
