//! Cleaning up: what has expired goes, and the oldest articles make room for new ones.

use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;

use super::database::{Database, bounded, in_transaction};
use super::parts::PARTS;
use super::seen::DAY;
use super::told::{DELETE_OLDEST_TOLD, TOLD};
use super::{Store, StoreError, before, millis};

/// How long a notice is remembered.
const NOTICES: Duration = Duration::from_hours(1);

/// What a sweep deleted, for the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Answers whose buttons have expired.
    pub answers: u64,
    /// Pages that would have to be read again.
    pub pages: u64,
    /// Articles that nothing needed any more.
    pub articles: u64,
    /// Articles that made room, and their answers and pages with them.
    pub evicted: u64,
    /// Updates that Telegram no longer redelivers.
    pub updates: u64,
}

impl Store {
    /// Deletes what has expired. To be called every minute or so, by every replica: they take turns.
    ///
    /// # Errors
    /// If the database fails; nothing is lost by sweeping later.
    pub async fn sweep(&self, now: Timestamp) -> Result<Swept, StoreError> {
        let retention = self.retention;
        let corrected = millis(now);
        let mut swept = in_transaction!(self, tx => {
            sqlx::query(LOCK).bind(corrected).execute(&mut *tx).await?;
            for sql in CORRECT_FUTURE {
                sqlx::query(sql).bind(corrected).execute(&mut *tx).await?;
            }
            let mut deleted = [0; 8];
            let expiries = [
                ("DELETE FROM answers WHERE kept_at <= $1", before(now, retention.answers)),
                ("DELETE FROM pages WHERE fetched_at <= $1", before(now, retention.pages)),
                (
                    "DELETE FROM updates WHERE finished_at <= $1 OR (finished_at IS NULL AND claimed_at <= $1)",
                    before(now, retention.updates),
                ),
                ("DELETE FROM seen WHERE answered_at <= $1", before(now, DAY)),
                ("DELETE FROM limits WHERE full_at <= $1", corrected),
                ("DELETE FROM notices WHERE told_at <= $1", before(now, NOTICES)),
                ("DELETE FROM parts WHERE kept_at <= $1", before(now, PARTS)),
                ("DELETE FROM told WHERE told_at <= $1", before(now, TOLD)),
            ];
            for (count, (sql, expired)) in deleted.iter_mut().zip(expiries) {
                *count = sqlx::query(sql).bind(expired).execute(&mut *tx).await?.rows_affected();
            }
            let told_bytes = i64::try_from(retention.told_bytes).unwrap_or(i64::MAX);
            sqlx::query(DELETE_OLDEST_TOLD).bind(told_bytes).execute(&mut *tx).await?;
            let articles = sqlx::query(DELETE_UNNEEDED).execute(&mut *tx).await?.rows_affected();
            tx.commit().await?;
            let [answers, pages, updates, ..] = deleted;
            Ok(Swept { answers, pages, articles, evicted: 0, updates })
        })
        .await?;
        swept.evicted = self.evict().await?;
        self.shrink().await?;
        Ok(swept)
    }

    /// Deletes what nothing needs, then pages without an answer, then the articles that were needed longest ago, until the rest is within
    /// the cap. The articles are counted in bytes of text and row, not in pages of the file.
    pub(super) async fn evict(&self) -> Result<u64, StoreError> {
        let cap = i64::try_from(self.retention.article_bytes).unwrap_or(i64::MAX);
        in_transaction!(self, tx => {
            sqlx::query("UPDATE housekeeping SET swept_at = swept_at WHERE id = 1").execute(&mut *tx).await?;
            sqlx::query(DELETE_UNNEEDED).execute(&mut *tx).await?;
            let evicted = sqlx::query(DELETE_OLDEST).bind(cap).execute(&mut *tx).await?.rows_affected();
            tx.commit().await?;
            self.unswept_bytes.store(0, Ordering::Relaxed);
            Ok(evicted)
        })
        .await
    }

    /// Gives free pages of an SQLite file back to the disk, and empties its log, which may hold what was deleted.
    pub(super) async fn shrink(&self) -> Result<(), StoreError> {
        let Database::Sqlite(pool) = &self.database else { return Ok(()) };
        bounded(async {
            sqlx::query("PRAGMA incremental_vacuum").fetch_all(pool).await?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(pool).await.map(drop)
        })
        .await
    }
}

/// Taken before deleting in bulk.
pub(super) const LOCK: &str = "UPDATE housekeeping SET swept_at = $1 WHERE id = 1";

/// What was stamped by a clock that ran ahead begins to age now.
const CORRECT_FUTURE: [&str; 9] = [
    "UPDATE articles SET kept_at = $1 WHERE kept_at > $1",
    "UPDATE answers SET kept_at = $1 WHERE kept_at > $1",
    "UPDATE pages SET fetched_at = $1 WHERE fetched_at > $1",
    "UPDATE seen SET answered_at = $1 WHERE answered_at > $1",
    "UPDATE updates SET finished_at = $1 WHERE finished_at > $1",
    "UPDATE updates SET claimed_at = $1 WHERE finished_at IS NULL AND claimed_at > $1",
    "UPDATE notices SET told_at = $1 WHERE told_at > $1",
    "UPDATE parts SET kept_at = $1 WHERE kept_at > $1",
    "UPDATE told SET told_at = $1 WHERE told_at > $1",
];

/// Deletes the articles that neither an answer nor a page needs. The time is compared too: PostgreSQL looks at a row again that
/// another transaction held, and an article that has just been kept anew stays.
pub(super) const DELETE_UNNEEDED: &str = "DELETE FROM articles WHERE (digest, kept_at) IN ( \
     SELECT digest, kept_at FROM articles AS candidate \
     WHERE NOT EXISTS (SELECT 1 FROM answers WHERE answers.digest = candidate.digest) \
     AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.digest = candidate.digest))";

/// Deletes all articles but the newest that have `$1` bytes together; first those that no answer needs, which only have to be read again.
const DELETE_OLDEST: &str = "DELETE FROM articles WHERE (digest, kept_at) IN ( \
     SELECT digest, kept_at FROM ( \
     SELECT digest, kept_at, SUM(bytes) OVER (ORDER BY answered DESC, kept_at DESC, digest) AS running FROM ( \
     SELECT digest, kept_at, bytes, \
     CASE WHEN EXISTS (SELECT 1 FROM answers WHERE answers.digest = articles.digest) THEN 1 ELSE 0 END AS answered \
     FROM articles) AS known) AS ranked \
     WHERE running > $1)";
