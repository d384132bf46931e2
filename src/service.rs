//! The brief service: from a source to a brief, off the async threads and within limits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use url::Url;

use crate::article::document::{has_extension, is_text};
use crate::article::{Article, LARGEST_TEXT, Refusal, paste};
use crate::brief::{self, Brief};
use crate::fetch::{FetchError, Fetcher, Share};
use crate::metrics::{Level, Lookup, Metrics, Stage};
use crate::store::Store;
use crate::story::{self, Account, Key, Story, same};
use crate::summary::{Budget, Length};

/// The longest that work waits for a free processor before the service says that it is busy.
const PATIENCE: Duration = Duration::from_secs(6);

/// Texts of more bytes than this are worked on beside the others, so that these need not wait for them.
const LONG: usize = 64 << 10;

/// The largest file that is read, in bytes. Telegram gives bots files of 20 MB at most.
const LARGEST_FILE: u64 = 10 << 20;

/// The most bytes that a text within the bounds takes as a file: two for one in UTF-8, where it is UTF-16 and not Arabic.
const LARGEST_TEXT_FILE: u64 = 2 * LARGEST_TEXT as u64;

/// The files that are read, by the end of their names.
const FILES: [&str; 8] = ["txt", "text", "md", "html", "htm", "xhtml", "pdf", "docx"];

/// Why there is no brief. The words for people are in the locale files.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The source is no article that can be summarised.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The page could not be fetched.
    #[error("the page could not be fetched: {0}")]
    Fetch(FetchError),
    /// The file is of no kind that is read.
    #[error("the file is of no kind that is read")]
    UnsupportedFile,
    /// The file says one thing and is another, or is broken.
    #[error("the file could not be read")]
    UnreadableFile,
    /// The file did not come, or not whole, from where it is held.
    #[error("the file did not arrive whole")]
    Undelivered,
    /// The text is longer than any article.
    #[error("the text is too large")]
    TooLarge,
    /// All processors are taken.
    #[error("the service is busy")]
    Busy,
    /// The work was broken off: a fault in this program.
    #[error("the work was broken off")]
    Broken,
}

/// A file that is about to be brought here.
#[derive(Debug)]
pub struct Expected {
    /// The most bytes that it may have.
    pub bytes: usize,
    /// Its share of those that may be in hand.
    pub share: Share,
}

/// A file that someone sent.
#[derive(Debug)]
pub struct File {
    /// Its name as its sender sees it.
    pub name: String,
    /// What it holds.
    pub content: Vec<u8>,
    /// Its share of the bytes that may be in hand.
    pub share: Share,
}

/// Makes briefs. Cheap to clone; every clone shares the processors and what was fetched.
#[derive(Clone)]
pub struct Service {
    fetcher: Fetcher,
    /// Where pages are kept for all replicas, if anywhere.
    pages: Option<Store>,
    metrics: Metrics,
    /// One permit for each processor that language work may take.
    processors: Arc<Semaphore>,
    /// The same for long texts: one at a time, for what each takes in memory.
    long: Arc<Semaphore>,
}

impl Service {
    /// A service that takes as many processors as the machine has.
    #[must_use]
    pub fn new(fetcher: Fetcher) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let metrics = fetcher.metrics().clone();
        let permits = |count: usize| Arc::new(Semaphore::new(count));
        Self { fetcher, pages: None, metrics, processors: permits(processors), long: permits(1) }
    }

    /// The same service, which shares the pages it reads with all who use `store`.
    #[must_use]
    pub fn sharing(self, store: Store) -> Self {
        Self { pages: Some(store), ..self }
    }

    /// What is counted.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// The brief of the article at a link.
    ///
    /// # Errors
    /// Why the page cannot be read, or is no article that can be summarised.
    pub async fn page(&self, url: &Url, length: Length) -> Result<Brief, Failure> {
        let article = self.find(url).await?;
        let metrics = self.metrics.clone();
        self.work(article.body.len(), move || told(&metrics, Article::clone(&article), length)).await?
    }

    /// The article at a link: from this process, from the store, or from its site.
    async fn find(&self, url: &Url) -> Result<Arc<Article>, Failure> {
        if let Some(article) = self.fetcher.kept(url).await {
            self.metrics.lookup(Lookup::Memory);
            return Ok(article);
        }
        let Some(pages) = &self.pages else {
            self.metrics.lookup(Lookup::Web);
            return Ok(self.fetcher.article(url).await?);
        };
        // A store that fails costs a fetch, and no answer.
        if let Ok(Some(article)) = pages.page(url, Timestamp::now()).await {
            self.metrics.lookup(Lookup::Store);
            return Ok(Arc::new(article));
        }
        let found = self.fetcher.find(url).await?;
        self.metrics.lookup(if found.fresh { Lookup::Web } else { Lookup::Memory });
        // What a page shows only in part is not kept: the store does not say that it is a part.
        let whole = found.article.cut.is_none();
        if found.fresh
            && whole
            && let Err(error) = pages.keep_page(url, &found.article, Timestamp::now()).await
        {
            tracing::warn!(%error, "a page could not be kept");
        }
        Ok(found.article)
    }

    /// The brief of a pasted text.
    ///
    /// # Errors
    /// Why it is no article that can be summarised.
    pub async fn text(&self, text: String, length: Length) -> Result<Brief, Failure> {
        if text.len() > LARGEST_TEXT {
            return Err(Failure::TooLarge);
        }
        let metrics = self.metrics.clone();
        self.work(text.len(), move || told(&metrics, paste::read(&text)?, length)).await?.map_err(of_text)
    }

    /// Reserves room for a file of that name, of so many bytes if that is known.
    ///
    /// # Errors
    /// Why it need not be brought here.
    pub fn expect_file(&self, name: &str, bytes: Option<u64>) -> Result<Expected, Failure> {
        if !has_extension(name, &FILES) {
            return Err(Failure::UnsupportedFile);
        }
        let largest = if is_text(name) { LARGEST_TEXT_FILE } else { LARGEST_FILE };
        let bytes = bytes.unwrap_or(largest);
        if bytes > largest {
            return Err(Failure::TooLarge);
        }
        let bytes = usize::try_from(bytes).map_err(|_| Failure::TooLarge)?;
        Ok(Expected { bytes, share: self.fetcher.reserve(bytes)? })
    }

    /// The brief of the article in a file.
    ///
    /// # Errors
    /// Why the file cannot be read, or is no article that can be summarised.
    pub async fn file(&self, file: File, length: Length) -> Result<Brief, Failure> {
        let File { name, content, share } = file;
        let article = self.fetcher.file(&name, &content, None).await.map_err(of_file)?;
        drop((content, share));
        let metrics = self.metrics.clone();
        self.work(article.body.len(), move || told(&metrics, article, length)).await?.map_err(of_text)
    }

    /// Whether documents can be read: no if none could for a minute.
    #[must_use]
    pub fn can_read(&self) -> bool {
        !self.fetcher.readers().is_stuck()
    }

    /// The brief of an article that was read before.
    ///
    /// # Errors
    /// [`Failure::Busy`] where no processor becomes free in time.
    pub async fn brief(&self, article: Article, length: Length) -> Result<Brief, Failure> {
        let metrics = self.metrics.clone();
        self.work(article.body.len(), move || {
            let _timer = metrics.time(Stage::Analysis);
            brief::read(article).compose(Budget::Length(length))
        })
        .await
    }

    /// The stories that `briefs` tell to a chat that was `told` some before, as accounts made with `key`.
    ///
    /// # Errors
    /// [`Failure::Busy`] where no processor becomes free in time.
    pub async fn stories(
        &self,
        briefs: Vec<(usize, Brief)>,
        told: Vec<String>,
        key: Key,
    ) -> Result<Vec<Story>, Failure> {
        let bytes = briefs.iter().map(|(_, brief)| brief.article.body.len()).sum();
        let metrics = self.metrics.clone();
        self.work(bytes, move || {
            let _timer = metrics.time(Stage::Stories);
            story::stories(briefs, &accounts(&told), &key)
        })
        .await
    }

    /// Which of the articles with these accounts tell one story: their places, those of each story together.
    ///
    /// # Errors
    /// [`Failure::Busy`] where no processor becomes free in time.
    pub async fn group(&self, told: Vec<String>) -> Result<Vec<Vec<usize>>, Failure> {
        self.work(told.iter().map(String::len).sum(), move || same::group(&accounts(&told))).await
    }

    /// The one place where language work runs: on a thread of its own, and only as many at once as there are
    /// processors. Long texts wait for each other, so that one who sends many of them keeps nobody else waiting. A text that takes longer
    /// than any text of its size is given up; its thread counts until it ends.
    async fn work<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let waiting = (self.metrics.raise(Level::Waiting), self.metrics.time(Stage::Wait));
        let permits = if bytes > LONG { &self.long } else { &self.processors };
        let permit = timeout(PATIENCE, Arc::clone(permits).acquire_owned())
            .await
            .map_err(|_| Failure::Busy)?
            .map_err(|_| Failure::Broken)?;
        drop(waiting);
        let worked = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        timeout(budget(bytes), worked).await.map_err(|_| Failure::TooLarge)?.map_err(|_| Failure::Broken)
    }
}

/// Accounts as the store keeps them. What another version has written may be none of this one: it is like no article then.
fn accounts(kept: &[String]) -> Vec<Account> {
    kept.iter().map(|account| serde_json::from_str(account).unwrap_or_default()).collect()
}

/// How long language work on so many bytes may take: several times what it does take where nobody else works.
fn budget(bytes: usize) -> Duration {
    Duration::from_secs(4) + Duration::from_millis(3) * u32::try_from(bytes >> 10).unwrap_or(u32::MAX)
}

impl Failure {
    /// Whether the same may go well if it is tried again.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Fetch(FetchError::Status(status)) => matches!(status, 408 | 429 | 500..),
            Self::Fetch(error) => matches!(
                error,
                FetchError::Unreachable(_) | FetchError::Interrupted(_) | FetchError::TimedOut
            ),
            Self::Undelivered | Self::Busy | Self::Broken => true,
            _ => false,
        }
    }

    /// A word for the kind of failure, for counting.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => match refusal {
                Refusal::Empty => "empty",
                Refusal::TooShort => "too_short",
                Refusal::NotArabic => "not_arabic",
                Refusal::Paywall => "paywall",
                Refusal::NotFound => "not_found",
                Refusal::Unreadable => "unreadable",
                _ => "no_article",
            },
            Self::Fetch(error) => match error {
                FetchError::Forbidden(_) => "forbidden_address",
                FetchError::Unreachable(_) => "unreachable",
                FetchError::TimedOut => "timed_out",
                FetchError::Status(_) => "site_error",
                _ => "not_fetched",
            },
            Self::UnsupportedFile | Self::UnreadableFile => "file",
            Self::Undelivered => "undelivered",
            Self::TooLarge => "too_large",
            Self::Busy => "busy",
            Self::Broken => "broken",
        }
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Refused(refusal) => Self::Refused(refusal),
            FetchError::Busy => Self::Busy,
            error => Self::Fetch(error),
        }
    }
}

/// What is said of a page is said of a file in its own words.
fn of_file(error: FetchError) -> Failure {
    match error {
        FetchError::Refused(Refusal::NoArticle | Refusal::Unreadable) => Failure::UnreadableFile,
        FetchError::Refused(Refusal::TooComplex) => Failure::TooLarge,
        error => error.into(),
    }
}

/// What is too much of a page is too large as a text.
fn of_text(failure: Failure) -> Failure {
    if matches!(failure, Failure::Refused(Refusal::TooComplex)) { Failure::TooLarge } else { failure }
}

/// The brief of an article that has just come in; what is refused is not counted among what was analysed.
fn told(metrics: &Metrics, article: Article, length: Length) -> Result<Brief, Failure> {
    let started = Instant::now();
    let brief = brief::read_checked(article)?.compose(Budget::Length(length));
    metrics.observe(Stage::Analysis, started.elapsed());
    Ok(brief)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use tokio::time::Instant;

    use super::*;
    use crate::fetch::FetchOptions;
    use crate::reader::{ReaderOptions, Readers};

    fn service(options: FetchOptions) -> Service {
        let readers = Readers::new(ReaderOptions::new("/nowhere/mujaz".into()));
        Service::new(Fetcher::new(options, readers).expect("a client"))
    }

    #[tokio::test]
    async fn files_take_their_share_of_the_bytes_in_hand() {
        let service = service(FetchOptions { bytes_in_hand: 4 << 20, ..FetchOptions::default() });
        let expect = |bytes: u64| service.expect_file("a.pdf", Some(bytes));
        let first = expect(3 << 20).expect("there is room");
        assert!(matches!(expect(3 << 20), Err(Failure::Busy)), "not for both");
        assert!(expect(1 << 19).is_ok());
        drop(first);
        assert!(expect(3 << 20).is_ok());
        assert!(matches!(expect(LARGEST_FILE + 1), Err(Failure::TooLarge)));
    }

    #[tokio::test]
    async fn a_text_that_takes_too_long_is_given_up_and_its_thread_counts_until_it_ends() {
        let service = service(FetchOptions::default());
        let (bytes, begun) = (LONG + 1, Instant::now());
        let long = budget(bytes) + Duration::from_secs(1);
        let given_up = service.work(bytes, move || thread::sleep(long)).await;
        assert!(matches!(given_up, Err(Failure::TooLarge)), "{given_up:?}");
        assert!(begun.elapsed() < long);
        // Others do not wait for it, but for the next long one there is no processor yet.
        service.work(100, || ()).await.expect("a short text has its own");
        assert!(begun.elapsed() < long);
        service.work(bytes, || ()).await.expect("its turn comes");
        assert!(begun.elapsed() >= long);
    }
}
