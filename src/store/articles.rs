//! Articles: each kept once, for the answers that show it and for the address it was read from.

use std::sync::atomic::Ordering;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::query::Query;
use sqlx::{ColumnIndex, Decode, Encode, Row, Type};
use url::Url;

use crate::article::{Article, Published};

use super::database::{in_transaction, on_database};
use super::{Store, StoreError, before, millis};

/// What a row takes beyond its text: the row's and its indexes' own bytes, roughly.
const ROW_BYTES: usize = 512;

impl Store {
    /// The article that was read from `url` lately, by whichever replica.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn page(&self, url: &Url, now: Timestamp) -> Result<Option<Article>, StoreError> {
        let key = url_key(url);
        let fresh = before(now, self.retention.pages);
        let sql = concat!(
            "SELECT ",
            article_columns!(),
            " FROM pages JOIN articles ON articles.digest = pages.digest WHERE url_key = $1 AND fetched_at > $2"
        );
        on_database!(self, pool => {
            let row = sqlx::query(sql).bind(&key).bind(fresh).fetch_optional(pool).await?;
            row.map(|row| read(&row)).transpose()
        })
        .await
    }

    /// Keeps the article that stands at `url`, so that nobody needs to read it again for a while.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_page(&self, url: &Url, article: &Article, now: Timestamp) -> Result<(), StoreError> {
        let record = Record::of(article);
        let key = url_key(url);
        in_transaction!(self, tx => {
            upsert(&record, now).execute(&mut *tx).await?;
            sqlx::query(
                "INSERT INTO pages (url_key, digest, fetched_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (url_key) DO UPDATE SET digest = excluded.digest, fetched_at = excluded.fetched_at",
            )
            .bind(&key)
            .bind(&record.digest)
            .bind(millis(now))
            .execute(&mut *tx)
            .await?;
            tx.commit().await
        })
        .await?;
        self.stay_below_cap(&record).await;
        Ok(())
    }

    /// Makes room between two sweeps, if enough was added. What was to be kept is kept by then: if making room fails,
    /// the next one who keeps something tries again.
    pub(super) async fn stay_below_cap(&self, added: &Record) {
        let added = u64::try_from(added.bytes).unwrap_or(0);
        let unswept = self.unswept_bytes.fetch_add(added, Ordering::Relaxed) + added;
        if unswept > self.retention.article_bytes / 16
            && let Err(error) = self.evict().await
        {
            tracing::warn!(%error, "the oldest articles could not be deleted");
        }
    }
}

/// The columns that [`read`] reads; written by the compiler into each statement, as sqlx takes none that is put together later.
macro_rules! article_columns {
    () => {
        "headline, body, url, site, byline, published_date, published_time, published_offset, language, picture, host"
    };
}
pub(super) use article_columns;

/// Has an answer show another article.
pub(super) const REPLACE: &str = "UPDATE answers SET digest = $2 WHERE answer_id = $1";

/// An article as it is stored.
pub(super) struct Record {
    pub(super) digest: String,
    headline: String,
    body: String,
    url: Option<String>,
    site: Option<String>,
    byline: Option<String>,
    date: Option<String>,
    time: Option<String>,
    offset: Option<i64>,
    language: Option<String>,
    picture: Option<String>,
    host: Option<String>,
    bytes: i64,
}

impl Record {
    pub(super) fn of(article: &Article) -> Self {
        let published = article.published.as_ref();
        let mut record = Self {
            digest: String::new(),
            headline: storable(&article.headline),
            body: storable(&article.body),
            url: article.url.as_ref().map(|url| storable(url.as_str())),
            site: article.site.as_deref().map(storable),
            byline: article.byline.as_deref().map(storable),
            date: published.map(|published| published.date.to_string()),
            time: published.and_then(|published| published.time).map(|time| time.to_string()),
            offset: published.and_then(|published| published.offset).map(|offset| offset.seconds().into()),
            language: article.language.as_deref().map(storable),
            picture: article.picture.as_ref().map(|picture| storable(picture.as_str())),
            host: article.host.as_deref().map(storable),
            bytes: 0,
        };
        let offset = record.offset.map(|offset| offset.to_string());
        let parts = [
            Some(&record.headline),
            Some(&record.body),
            record.url.as_ref(),
            record.site.as_ref(),
            record.byline.as_ref(),
            record.date.as_ref(),
            record.time.as_ref(),
            offset.as_ref(),
            record.language.as_ref(),
            record.picture.as_ref(),
            record.host.as_ref(),
        ];
        let bytes = ROW_BYTES + parts.iter().flatten().map(|part| part.len()).sum::<usize>();
        record.digest = digest(parts.map(|part| part.map(String::as_str)));
        record.bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        record
    }
}

/// The statement that keeps an article, or says that one is still needed.
pub(super) fn upsert<'q, DB>(record: &'q Record, now: Timestamp) -> Query<'q, DB, DB::Arguments>
where
    DB: sqlx::Database,
    i64: Encode<'q, DB> + Type<DB>,
    Option<i64>: Encode<'q, DB> + Type<DB>,
    &'q str: Encode<'q, DB> + Type<DB>,
    Option<&'q str>: Encode<'q, DB> + Type<DB>,
{
    sqlx::query(
        "INSERT INTO articles (digest, headline, body, url, site, byline, published_date, published_time, \
         published_offset, language, bytes, kept_at, picture, host) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         ON CONFLICT (digest) DO UPDATE SET kept_at = excluded.kept_at",
    )
    .bind(record.digest.as_str())
    .bind(record.headline.as_str())
    .bind(record.body.as_str())
    .bind(record.url.as_deref())
    .bind(record.site.as_deref())
    .bind(record.byline.as_deref())
    .bind(record.date.as_deref())
    .bind(record.time.as_deref())
    .bind(record.offset)
    .bind(record.language.as_deref())
    .bind(record.bytes)
    .bind(millis(now))
    .bind(record.picture.as_deref())
    .bind(record.host.as_deref())
}

/// Reads [`article_columns`].
pub(super) fn read<'r, R>(row: &'r R) -> Result<Article, sqlx::Error>
where
    R: Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    let text = |name: &'static str| row.try_get::<Option<String>, _>(name);
    let (date, time) = (text("published_date")?, text("published_time")?);
    let offset: Option<i64> = row.try_get("published_offset")?;
    let published = date.and_then(|date| date.parse().ok()).map(|date| Published {
        date,
        time: time.and_then(|time| time.parse().ok()),
        offset: offset
            .and_then(|offset| i32::try_from(offset).ok())
            .and_then(|offset| jiff::tz::Offset::from_seconds(offset).ok()),
    });
    Ok(Article {
        headline: row.try_get("headline")?,
        body: row.try_get("body")?,
        url: text("url")?.and_then(|url| Url::parse(&url).ok()),
        site: text("site")?,
        byline: text("byline")?,
        published,
        picture: text("picture")?.and_then(|picture| Url::parse(&picture).ok()),
        host: text("host")?,
        // An article that was cut is refused before it would be kept.
        cut: None,
        language: text("language")?,
    })
}

/// A short name of an address that says nothing about it: the fragment («#comments») does not change the page.
pub(super) fn url_key(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    digest([Some("url"), Some(url.as_str())])
}

/// The first 128 bits of SHA-256 over the parts, each with its length, as 32 hexadecimal digits.
pub(super) fn digest<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    use std::fmt::Write;

    let mut hash = Sha256::new();
    for part in parts {
        match part {
            None => hash.update([0]),
            Some(part) => {
                hash.update([1]);
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
    }
    hash.finalize().iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// PostgreSQL's text cannot hold U+0000, which has no place in an article either.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "")
}
