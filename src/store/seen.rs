//! The same article once a day in a chat.

use jiff::Timestamp;
use std::time::Duration;
use url::Url;

use crate::article::Article;

use super::articles::{digest, url_key};
use super::database::on_database;
use super::{ChatId, MessageId, Store, StoreError, before, millis};

/// How long an article counts as answered.
pub(super) const DAY: Duration = Duration::from_hours(24);

/// What makes two articles the same one: their canonical address, or their words where they have none. A digest, from
/// which neither can be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticleKey(String);

/// An answer that the chat already got for an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The message that answered; `None` if its number is not known, as after the chat became a supergroup.
    pub message: Option<MessageId>,
}

impl ArticleKey {
    /// The key of an article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        match &article.url {
            Some(url) => Self::of_url(url),
            // Another pasting may break lines and spaces elsewhere.
            None => Self(digest(article.body.split_whitespace().map(Some))),
        }
    }

    /// The key as text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of the article at a canonical address.
    #[must_use]
    pub fn of_url(url: &Url) -> Self {
        Self(url_key(url))
    }
}

impl Store {
    /// The answer that `chat` got for that article within the last 24 hours.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn seen(
        &self,
        chat: ChatId,
        key: &ArticleKey,
        now: Timestamp,
    ) -> Result<Option<Earlier>, StoreError> {
        let row: Option<(Option<i64>,)> = on_database!(self, pool => {
            sqlx::query_as(
                "SELECT message_id FROM seen WHERE chat_id = $1 AND article_key = $2 AND answered_at > $3",
            )
            .bind(chat.0)
            .bind(key.0.as_str())
            .bind(before(now, DAY))
            .fetch_optional(pool)
            .await
        })
        .await?;
        let message = |number: i64| i32::try_from(number).ok().map(MessageId);
        Ok(row.map(|(number,)| Earlier { message: number.and_then(message) }))
    }

    /// Notes that `message` answered that article in `chat`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn note_seen(
        &self,
        chat: ChatId,
        key: &ArticleKey,
        message: MessageId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        on_database!(self, pool => {
            sqlx::query(
                "INSERT INTO seen (chat_id, article_key, message_id, answered_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (chat_id, article_key) \
                 DO UPDATE SET message_id = excluded.message_id, answered_at = excluded.answered_at",
            )
            .bind(chat.0)
            .bind(key.0.as_str())
            .bind(i64::from(message.0))
            .bind(millis(now))
            .execute(pool)
            .await
            .map(drop)
        })
        .await
    }
}
