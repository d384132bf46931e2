//! The store: what must outlive a restart, and what replicas share. SQLite by default, PostgreSQL for several replicas.
//!
//! # What is kept, and for how long
//!
//! | table | holds | kept |
//! |---|---|---|
//! | `chats` | a chat's settings | until `/forget`, or the bot is removed |
//! | `articles` | an article's words: the only place but `parts` that holds text of pages or people | as long as an answer or a page below needs it, and never more than [`Retention::article_bytes`] in all, and [`Retention::share_bytes`] for one person |
//! | `answers` | which article an answer shows, the chat, the person and the message that asked, the message sent | [`Retention::answers`] |
//! | `parts` | the parts of a text that Telegram cut, as they came | ten minutes, and never longer than their answer |
//! | `pages` | a digest of an address, and the article that was there; not who asked for it | [`Retention::pages`] |
//! | `seen` | digests of the articles that a chat was told, with the answer's message id | a day |
//! | `told` | accounts of the articles that a chat was told: digests of words and names under the bot's own key, and numbers; the chat, the person and the messages | [`TOLD`], and no more than sixty of one chat and [`Retention::told_bytes`] in all |
//! | `updates` | Telegram's update numbers, and the number of the message that answered; a chat id, and the name of a message that was sent as a guest and is to be edited, only while the update is being handled | [`Retention::updates`] |
//! | `limits` | when a person's, a chat's and the bot's allowance is full again | until that moment |
//! | `notices` | when a chat was last told of a limit | an hour |
//!
//! No names, no user names, no message text but the article itself and its parts, and no requests that failed are kept.
//! [`Store::forget_chat`] and [`Store::forget_person`] delete at once; [`Store::sweep`], called every minute or so, deletes what
//! has expired. What has expired is never returned, swept or not. SQLite overwrites what it deletes; PostgreSQL reuses
//! the space at its next vacuum.
//!
//! # Clocks
//!
//! The store has no clock: every operation is told what time it is. Replicas' clocks may differ by seconds. After a
//! clock was set back, a time stamp that lies in the future counts as "now" ([`Store::sweep`] corrects it), so that nothing is kept,
//! refused or held for as long as the clock was wrong.
//!
//! # Why an enum over two pools, and one text for each statement
//!
//! `SQLite` understands PostgreSQL's `$1` placeholders and `ON CONFLICT … RETURNING`, so every statement and the schema are written
//! once. `sqlx::Any` would hide which database it is, but also what each needs: WAL, busy timeouts and
//! `BEGIN IMMEDIATE` there, time limits for statements here. The macros in `database.rs` compile the same body for both.

mod address;
mod answers;
mod articles;
mod database;
mod error;
mod forget;
mod guests;
mod limits;
mod parts;
mod seen;
mod settings;
mod sweep;
mod told;
mod updates;

pub use address::StoreUrl;
pub use answers::{Answer, AnswerId, Question};
pub use error::{StoreError, StoreUrlError};
pub use limits::{Rate, Subject, Verdict};
pub use parts::Part;
pub use seen::{ArticleKey, Earlier};
pub use settings::{ChatSettings, Setting};
pub use sweep::Swept;
pub use told::{TOLD, Telling, Told};
pub use updates::{Claim, Doubt, Hold, MAX_LEASE, Progress, Replica, UpdateId};

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use jiff::Timestamp;

use database::Database;

/// An open store. Cheap to clone; every clone uses the same connections.
#[derive(Clone, Debug)]
pub struct Store {
    database: Database,
    retention: Retention,
    /// Bytes of articles added since the size cap was last enforced by this process.
    unswept_bytes: Arc<AtomicU64>,
}

/// How long things are kept, and how many of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// How long an answer's buttons work.
    pub answers: Duration,
    /// How long a page that was read answers for its address.
    pub pages: Duration,
    /// How long an update that was handled is remembered. Telegram redelivers for 24 hours.
    pub updates: Duration,
    /// Bytes of articles, at most; the oldest go first. Between two sweeps each replica may exceed it by a sixteenth.
    pub article_bytes: u64,
    /// Bytes of articles that one person's answers may hold, at most, or one chat's where nobody is named; their own oldest go
    /// first.
    pub share_bytes: u64,
    /// Bytes of accounts of what chats were told, at most; the oldest go first, at the next sweep.
    pub told_bytes: u64,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            answers: Duration::from_hours(72),
            pages: Duration::from_mins(30),
            updates: Duration::from_hours(48),
            article_bytes: 128 << 20,
            share_bytes: 2 << 20,
            told_bytes: 64 << 20,
        }
    }
}

/// How to open a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoreOptions {
    /// How long things are kept.
    pub retention: Retention,
    /// PostgreSQL connections at most; the default is 8. SQLite always has one.
    pub connections: Option<u32>,
    /// The size in bytes that an SQLite file may grow to; writing more fails with [`StoreError::Full`].
    pub sqlite_file_bytes: Option<u64>,
}

/// A chat's number, as Telegram gives it: a person's own number in a private chat, negative in groups and channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChatId(pub i64);

/// A person's number, as Telegram gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(pub i64);

/// A message's number within its chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(pub i32);

impl Store {
    /// Opens the store at `url` with the default options, and brings its tables up to date.
    ///
    /// # Errors
    /// If the database cannot be reached or created, or was written by a newer version.
    pub async fn open(url: &StoreUrl) -> Result<Self, StoreError> {
        Self::open_with(url, StoreOptions::default()).await
    }

    /// Opens the store at `url`, and brings its tables up to date. Replicas may do so at the same time.
    ///
    /// # Errors
    /// If the database cannot be reached or created, or was written by a newer version.
    pub async fn open_with(url: &StoreUrl, options: StoreOptions) -> Result<Self, StoreError> {
        let database = Database::open(url, options).await?;
        Ok(Self { database, retention: options.retention, unswept_bytes: Arc::default() })
    }

    /// How long this store keeps things.
    #[must_use]
    pub fn retention(&self) -> Retention {
        self.retention
    }

    /// Asks the database for a sign of life, for readiness checks.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn ping(&self) -> Result<(), StoreError> {
        database::on_database!(self, pool => {
            sqlx::query("SELECT 1").execute(pool).await.map(drop)
        })
        .await
    }

    /// Brings what an SQLite store holds beside its file into the file, so that the file alone can be copied. For the end of a
    /// process; whoever still uses the store may go on.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn settle(&self) -> Result<(), StoreError> {
        self.shrink().await
    }

    /// Waits for the operations in progress and closes the connections. Dropping a store is safe too.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

/// Milliseconds since 1970, which is how times are stored.
fn millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// A stored number of milliseconds as a time; one that no clock can show becomes the nearest that it can.
fn timestamp(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// A duration in milliseconds; more than 292 million years is that many.
fn span_millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// The time `span` before `now`, in stored form: what is older than that has expired.
fn before(now: Timestamp, span: Duration) -> i64 {
    millis(now).saturating_sub(span_millis(span))
}

/// The time `span` after `now`, in stored form.
fn after(now: Timestamp, span: Duration) -> i64 {
    millis(now).saturating_add(span_millis(span))
}
