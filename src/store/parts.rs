//! Texts that come in several messages: Telegram's apps cut what is longer than a message. Each part after the first
//! is added to the answer that the ones before it got.

use jiff::Timestamp;

use super::answers::{self, Answer, AnswerId};
use super::articles::{self, Record, upsert};
use super::database::{in_transaction, on_database};
use super::{ChatId, MessageId, Store, StoreError, before};
use crate::article::Article;

/// The last message that the text of an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number.
    pub message: MessageId,
    /// When it was written, in seconds since 1970, if it is so long that another part may follow.
    pub open_at: Option<i64>,
}

impl Store {
    /// Notes where the text of an answer ends.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn note_part(&self, id: &AnswerId, part: Part) -> Result<(), StoreError> {
        on_database!(self, pool => {
            sqlx::query(NOTE)
                .bind(id.as_str())
                .bind(i64::from(part.message.0))
                .bind(part.open_at)
                .execute(pool)
                .await
                .map(drop)
        })
        .await
    }

    /// The answer whose text ends with `message` or with the message before it, and where exactly.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answer_ending_at(
        &self,
        chat: ChatId,
        message: MessageId,
        now: Timestamp,
    ) -> Result<Option<(Answer, Part)>, StoreError> {
        let alive = before(now, self.retention.answers);
        let sql = format!(
            "SELECT {}, part_message, part_at FROM answers JOIN articles ON articles.digest = answers.digest \
             WHERE chat_id = $1 AND part_message IN ($2, $2 - 1) AND sent_message IS NOT NULL \
             AND answers.kept_at > $3 ORDER BY part_message DESC LIMIT 1",
            answers::columns()
        );
        on_database!(self, pool => {
            let row = sqlx::query(&sql)
                .bind(chat.0)
                .bind(i64::from(message.0))
                .bind(alive)
                .fetch_optional(pool)
                .await?;
            row.map(|row| {
                use sqlx::Row;
                let message: i64 = row.try_get("part_message")?;
                let message = MessageId(i32::try_from(message).unwrap_or(0));
                Ok((answers::read(&row)?, Part { message, open_at: row.try_get("part_at")? }))
            })
            .transpose()
        })
        .await
    }

    /// Replaces the article of an answer by one that is longer by a part.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn extend_answer(
        &self,
        id: &AnswerId,
        article: &Article,
        part: Part,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let record = Record::of(article);
        in_transaction!(self, tx => {
            upsert(&record, now).execute(&mut *tx).await?;
            sqlx::query(articles::REPLACE).bind(id.as_str()).bind(record.digest.as_str()).execute(&mut *tx).await?;
            sqlx::query(NOTE)
                .bind(id.as_str())
                .bind(i64::from(part.message.0))
                .bind(part.open_at)
                .execute(&mut *tx)
                .await?;
            tx.commit().await
        })
        .await?;
        self.stay_below_cap(&record).await;
        Ok(())
    }
}

const NOTE: &str = "UPDATE answers SET part_message = $2, part_at = $3 WHERE answer_id = $1";
