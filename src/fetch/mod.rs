//! From a link to an article, safely. A link is anything: it may lead into the network this program runs in,
//! never end, never begin, or not be a page at all.
//!
//! The road: [`wrapped`] finds the address in one that only stands for it, [`address`] says what may be asked for, [`download`] asks for it (with [`resolve`] watching what is
//! connected to), [`Readers`] read it where it can do no harm, and [`Fetcher`] keeps what was read, under the [`key`] of
//! its page.
//!
//! `robots.txt` is not asked: it speaks to crawlers that choose their pages, and here a person has chosen one and
//! asks for it, as with a browser. What is owed to sites all the same: a User-Agent that says who asks, a pace for
//! each host, one request for many readers, and validators so that an unchanged page is not sent twice.

pub mod address;
mod download;
mod error;
pub mod key;
pub mod resolve;
pub mod wrapped;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota};
use moka::future::Cache;
use tokio::sync::Semaphore;
use url::Url;

pub use self::download::Share;
pub use self::error::FetchError;

use self::address::Exceptions;
use self::download::{Downloader, Validators};
use self::resolve::{Lookup, System};
use crate::article::document::{Origin, Reading};
use crate::article::{self, Article, Refusal};
use crate::metrics::{Metrics, Stage};
use crate::reader::{ReadError, Readers};

/// How pages are fetched.
#[derive(Clone)]
pub struct FetchOptions {
    /// Who asks, with an address where to complain.
    pub user_agent: String,
    /// What may be reached beyond the public web.
    pub exceptions: Exceptions,
    /// Who resolves names.
    pub lookup: Arc<dyn Lookup>,
    /// How long a connection may take.
    pub connect_timeout: Duration,
    /// How long the answer's head may take, and each pause in its body.
    pub idle_timeout: Duration,
    /// How long one page may take, redirects and all.
    pub total_timeout: Duration,
    /// Bytes of one page, decompressed.
    pub max_bytes: usize,
    /// Redirects followed, those written in pages among them.
    pub max_redirects: usize,
    /// Requests a second to one host, on average and after a burst of four.
    pub per_second: NonZeroU32,
    /// How many pages are fetched at once.
    pub downloads: usize,
    /// Bytes of pages and files that are in hand and not read yet, all together.
    pub bytes_in_hand: usize,
    /// How long an article is shown again without asking the site.
    pub fresh: Duration,
    /// How long it is kept to be shown again if the site says that it has not changed.
    pub kept: Duration,
    /// Bytes of articles kept.
    pub cache_bytes: u64,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            user_agent: user_agent(None),
            exceptions: Exceptions::default(),
            lookup: Arc::new(System),
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(8),
            total_timeout: Duration::from_secs(20),
            max_bytes: 8 << 20,
            max_redirects: 8,
            per_second: NonZeroU32::MIN.saturating_add(1),
            downloads: 64,
            bytes_in_hand: 32 << 20,
            fresh: Duration::from_mins(10),
            kept: Duration::from_hours(24),
            cache_bytes: 16 << 20,
        }
    }
}

/// How the program calls itself to sites, with where its operator can be written to.
#[must_use]
pub fn user_agent(contact: Option<&str>) -> String {
    let contact = contact.map(|contact| format!("; {contact}")).unwrap_or_default();
    format!("mujaz/{} (news summaries on a reader's request{contact})", env!("CARGO_PKG_VERSION"))
}

/// Requests that a host gets at once before it is waited for.
const BURST: NonZeroU32 = NonZeroU32::MIN.saturating_add(3);
/// Hosts whose pace is remembered before the idle ones are forgotten.
const HOSTS: usize = 1000;
/// The longest that a page waits for a place among those that are fetched.
const PATIENCE: Duration = Duration::from_secs(5);

/// An article with what its server said about when it changes.
#[derive(Debug)]
struct Kept {
    article: Arc<Article>,
    validators: Validators,
}

/// An article that was asked for.
#[derive(Clone, Debug)]
pub struct Found {
    /// The article.
    pub article: Arc<Article>,
    /// Whether it was fetched for this call, and not kept from before or fetched for another.
    pub fresh: bool,
}

/// Fetches articles. Cheap to clone; all clones share connections, cache and pace.
#[derive(Clone)]
pub struct Fetcher {
    inner: Arc<Inner>,
}

struct Inner {
    downloader: Downloader,
    readers: Readers,
    downloads: Semaphore,
    pace: DefaultKeyedRateLimiter<String>,
    total_timeout: Duration,
    /// Articles to show again at once; asking for one that is on its way waits for it.
    fresh: Cache<String, Arc<Kept>>,
    /// Articles to show again if the site says that they have not changed.
    kept: Cache<String, Arc<Kept>>,
}

impl Fetcher {
    /// A fetcher with a client of its own; `readers` read what it fetches.
    ///
    /// # Errors
    /// [`FetchError::Client`] if the system gives no TLS or no sockets.
    pub fn new(options: FetchOptions, readers: Readers) -> Result<Self, FetchError> {
        let cache = |lifetime: Duration| {
            Cache::builder()
                .weigher(|key: &String, kept: &Arc<Kept>| {
                    u32::try_from(key.len() + kept.article.body.len() + 1024).unwrap_or(u32::MAX)
                })
                .max_capacity(options.cache_bytes)
                .time_to_live(lifetime)
                .build()
        };
        let quota = Quota::per_second(options.per_second).allow_burst(BURST);
        Ok(Self {
            inner: Arc::new(Inner {
                fresh: cache(options.fresh),
                kept: cache(options.kept),
                readers,
                downloads: Semaphore::new(options.downloads.max(1)),
                pace: DefaultKeyedRateLimiter::keyed(quota),
                total_timeout: options.total_timeout,
                downloader: Downloader::new(options)?,
            }),
        })
    }

    /// The article at `url`: kept from before, or fetched; requests for one page at one time are one fetch.
    ///
    /// # Errors
    /// Why there is none. Failures are not kept.
    pub async fn article(&self, url: &Url) -> Result<Arc<Article>, FetchError> {
        self.find(url).await.map(|found| found.article)
    }

    /// What is counted.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        self.inner.metrics()
    }

    /// Who reads what is fetched.
    #[must_use]
    pub fn readers(&self) -> &Readers {
        &self.inner.readers
    }

    /// Reserves room for so many bytes that are brought here in another way; it is given back when the share is dropped.
    ///
    /// # Errors
    /// [`FetchError::Busy`] where too much is in hand.
    pub fn reserve(&self, bytes: usize) -> Result<Share, FetchError> {
        self.inner.downloader.reserve(bytes)
    }

    /// The article at `url` if this process has read it lately.
    pub async fn kept(&self, url: &Url) -> Option<Arc<Article>> {
        self.inner.fresh.get(&key::of(&wrapped::inside(url))).await.map(|kept| Arc::clone(&kept.article))
    }

    /// The article at `url`, and whether it was fetched for this call.
    ///
    /// # Errors
    /// See [`Fetcher::article`].
    pub async fn find(&self, url: &Url) -> Result<Found, FetchError> {
        let url = wrapped::inside(url);
        let (key, inner) = (key::of(&url), Arc::clone(&self.inner));
        let fetch = {
            let key = key.clone();
            async move {
                let before = inner.kept.get(&key).await;
                let limit = inner.total_timeout;
                let fetched = tokio::time::timeout(limit, inner.fetch(url, before));
                let kept = fetched.await.map_err(|_| FetchError::TimedOut)??;
                inner.kept.insert(key, Arc::clone(&kept)).await;
                Ok(kept)
            }
        };
        let kept = self.inner.fresh.entry(key).or_try_insert_with(fetch).await;
        kept.map(|kept| Found { article: Arc::clone(&kept.value().article), fresh: kept.is_fresh() })
            .map_err(|error: Arc<FetchError>| (*error).clone())
    }

    /// What a file holds that was saved or sent: a page, a PDF, a Word file, or text.
    ///
    /// # Errors
    /// Why it could not be read.
    pub async fn file(&self, name: &str, content: &[u8], url: Option<Url>) -> Result<Article, FetchError> {
        let origin = Origin::File { name: name.to_owned(), url };
        Ok(self.inner.read(&origin, content).await?.article?)
    }
}

impl Inner {
    /// Fetches the page at `url`, and where it is thin, the page that it names as its whole.
    async fn fetch(&self, url: Url, before: Option<Arc<Kept>>) -> Result<Arc<Kept>, FetchError> {
        let mut jar = download::Jar::default();
        let validators = before.as_ref().map(|kept| kept.validators.clone()).unwrap_or_default();
        let mut next = telegram_embed(url);
        let mut first: Option<Result<Article, FetchError>> = None;
        let mut asked = vec![key::of(&next)];
        loop {
            self.wait_for(&next).await;
            let place = tokio::time::timeout(PATIENCE, self.downloads.acquire()).await;
            let _place = place.ok().and_then(Result::ok).ok_or(FetchError::Busy)?;
            let validators = if first.is_none() { validators.clone() } else { Validators::default() };
            let timer = self.metrics().time(Stage::Fetch);
            let downloaded = self.downloader.get(next, &validators, &mut jar).await;
            drop(timer);
            let downloaded = match downloaded {
                Ok(None) => return before.ok_or(FetchError::Status(304)),
                Ok(Some(body)) => body,
                Err(error) => return Err(first.and_then(Result::err).unwrap_or(error)),
            };
            let validators = downloaded.validators.clone();
            let origin = Origin::Page { url: downloaded.url, charset: downloaded.charset };
            let Reading { article, elsewhere } = self.read(&origin, &downloaded.bytes).await?;
            // The bytes are no longer in hand.
            drop((downloaded.bytes, downloaded.share));
            let article = article.map_err(FetchError::Refused);
            let whole = article.as_ref().is_ok_and(|article| article::check(article).is_ok());
            let other =
                elsewhere.filter(|other| !whole && asked.len() <= 2 && !asked.contains(&key::of(other)));
            if let Some(other) = other {
                asked.push(key::of(&other));
                first.get_or_insert(article);
                next = other;
                continue;
            }
            // A second page is taken only for what the first one was not.
            let mut article = match (first, article) {
                (Some(first), Ok(article)) if !whole => first.or(Ok(article)),
                (Some(first), Err(_)) => first,
                (_, article) => article,
            }?;
            // What is kept is counted by its length.
            article.body.shrink_to_fit();
            return Ok(Arc::new(Kept { article: Arc::new(article), validators }));
        }
    }

    async fn wait_for(&self, url: &Url) {
        if self.pace.len() > HOSTS {
            self.pace.retain_recent();
        }
        let host = url.host_str().unwrap_or_default().to_owned();
        self.pace.until_key_ready(&host).await;
    }

    async fn read(&self, origin: &Origin, content: &[u8]) -> Result<Reading, FetchError> {
        let _timer = self.metrics().time(Stage::Extract);
        match self.readers.read(origin, content).await {
            Ok(reading) => Ok(reading),
            Err(ReadError::Busy) => Err(FetchError::Busy),
            Err(ReadError::Lost) => Err(FetchError::Refused(Refusal::Unreadable)),
        }
    }

    fn metrics(&self) -> &Metrics {
        self.readers.metrics()
    }
}

/// Posts of Telegram channels are read in the form that is made for embedding: `t.me/channel/123` itself is
/// an invitation to open the app.
fn telegram_embed(mut url: Url) -> Url {
    if matches!(url.host_str(), Some("t.me" | "telegram.me" | "www.t.me")) {
        let parts: Vec<String> =
            url.path_segments().map(|parts| parts.map(str::to_owned).collect()).unwrap_or_default();
        let parts: Vec<&str> =
            parts.iter().map(String::as_str).filter(|part| !part.is_empty() && *part != "s").collect();
        if let [channel, post] = parts[..]
            && post.bytes().all(|byte| byte.is_ascii_digit())
        {
            url.set_path(&format!("/{channel}/{post}"));
            url.set_query(Some("embed=1&mode=tme"));
        }
    }
    url
}

impl From<Refusal> for FetchError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
