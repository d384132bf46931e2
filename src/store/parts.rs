//! Texts that come in several messages: Telegram's apps cut what is longer than a message. The parts are kept as they came
//! for a few minutes, so that one more, or an edit of one, makes the answer that of the whole.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::Row;

use super::answers::{self, Answer, AnswerId};
use super::articles::{self, Record, storable, upsert};
use super::database::{in_transaction, on_database};
use super::{ChatId, MessageId, Store, StoreError, before, millis};
use crate::article::Article;

/// How long parts are kept: longer than they may be edited, and than an answer takes.
pub(super) const PARTS: Duration = Duration::from_mins(10);

/// A message that holds a part of an answer's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number.
    pub message: MessageId,
    /// When it was written, in seconds since 1970.
    pub written_at: i64,
    /// What it says.
    pub text: String,
}

impl Store {
    /// Notes the part that an answer was given to.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_part(&self, id: &AnswerId, part: &Part, now: Timestamp) -> Result<(), StoreError> {
        let text = storable(&part.text);
        on_database!(self, pool => {
            sqlx::query(KEEP)
                .bind(id.as_str())
                .bind(i64::from(part.message.0))
                .bind(part.written_at)
                .bind(&text)
                .bind(millis(now))
                .execute(pool)
                .await
                .map(drop)
        })
        .await
    }

    /// The answer whose text `message`, or else the last part in `chat` before it, is a part of, and all its parts in order. What stands
    /// between the two is not asked: a bot's private chats are counted together, and others write in between.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answer_with_part(
        &self,
        chat: ChatId,
        message: MessageId,
        now: Timestamp,
    ) -> Result<Option<(Answer, Vec<Part>)>, StoreError> {
        let alive = before(now, PARTS);
        let sql = concat!(
            "SELECT ",
            answers::answer_columns!(),
            " FROM parts JOIN answers USING (answer_id) \
             JOIN articles ON articles.digest = answers.digest \
             WHERE parts.message_id <= $2 AND parts.kept_at > $3 \
             AND answers.chat_id = $1 AND answers.sent_message IS NOT NULL \
             ORDER BY parts.message_id DESC LIMIT 1"
        );
        on_database!(self, pool => {
            let row = sqlx::query(sql)
                .bind(chat.0)
                .bind(i64::from(message.0))
                .bind(alive)
                .fetch_optional(pool)
                .await?;
            let Some(answer) = row.map(|row| answers::read(&row)).transpose()? else { return Ok(None) };
            let parts = sqlx::query(
                "SELECT message_id, written_at, text FROM parts WHERE answer_id = $1 ORDER BY message_id",
            )
            .bind(answer.id.as_str())
            .fetch_all(pool)
            .await?;
            let read = |number: i64| MessageId(i32::try_from(number).unwrap_or(0));
            let parts: Result<Vec<Part>, sqlx::Error> = parts
                .iter()
                .map(|row| {
                    let message = read(row.try_get("message_id")?);
                    Ok(Part { message, written_at: row.try_get("written_at")?, text: row.try_get("text")? })
                })
                .collect();
            Ok(Some((answer, parts?)))
        })
        .await
    }

    /// Replaces the article of an answer by that of the whole, of which `part` is new or was edited.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn show_with_part(
        &self,
        id: &AnswerId,
        article: &Article,
        part: &Part,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let record = Record::of(article);
        let text = storable(&part.text);
        in_transaction!(self, tx => {
            upsert(&record, now).execute(&mut *tx).await?;
            sqlx::query(articles::REPLACE).bind(id.as_str()).bind(record.digest.as_str()).execute(&mut *tx).await?;
            sqlx::query(KEEP)
                .bind(id.as_str())
                .bind(i64::from(part.message.0))
                .bind(part.written_at)
                .bind(&text)
                .bind(millis(now))
                .execute(&mut *tx)
                .await?;
            tx.commit().await
        })
        .await?;
        self.stay_below_cap(&record).await;
        Ok(())
    }
}

/// Nothing is kept for an answer that has been forgotten in the meantime.
const KEEP: &str = "INSERT INTO parts (answer_id, message_id, written_at, text, kept_at) \
     SELECT answer_id, $2, $3, $4, $5 FROM answers WHERE answer_id = $1 \
     ON CONFLICT (answer_id, message_id) DO UPDATE SET text = excluded.text";
