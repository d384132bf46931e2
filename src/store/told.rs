//! What a chat was told lately: accounts of articles, which hold no text.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::Row;

use super::answers::{self, Answer, AnswerId, Question};
use super::database::{in_transaction, on_database};
use super::{ArticleKey, ChatId, MessageId, Store, StoreError, before, millis, timestamp};

/// How long an account is kept.
pub const TOLD: Duration = Duration::from_hours(48);

/// Accounts that are kept of one chat, at most; the oldest go first.
const ROWS: i64 = 60;

/// The longest account that is kept, in bytes: ten pages of a newspaper. Of a longer text is kept that it was told, and nothing to compare.
const LONGEST: usize = 64 << 10;

/// Deletes all accounts but the newest that have `$1` bytes together.
pub(super) const DELETE_OLDEST_TOLD: &str = "DELETE FROM told WHERE (chat_id, article_key) IN ( \
     SELECT chat_id, article_key FROM ( \
     SELECT chat_id, article_key, SUM(bytes) OVER (ORDER BY told_at DESC, chat_id, article_key) AS running \
     FROM told) AS known WHERE running > $1)";

/// An article that an answer tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The article.
    pub key: ArticleKey,
    /// The answer that was kept for it, if one was.
    pub answer: Option<AnswerId>,
    /// What it is compared by.
    pub account: String,
}

/// An article that a chat was told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it is compared by.
    pub account: String,
    /// The message that told it, if its number is known.
    pub message: Option<MessageId>,
    /// The answer that was kept for it, which may be gone.
    pub answer: Option<AnswerId>,
    /// When it was told.
    pub at: Timestamp,
}

impl Store {
    /// Notes that `message`, which answers `question`, tells these articles and no others. What its chat was told already stays as it
    /// was told first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn note_told(
        &self,
        question: Question,
        message: MessageId,
        mut told: Vec<Telling>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(chat) = question.chat else { return Ok(()) };
        // Always in the same order: two replicas never wait for each other in a circle.
        told.sort_by(|a, b| a.key.as_str().cmp(b.key.as_str()));
        in_transaction!(self, tx => {
            sqlx::query("DELETE FROM told WHERE chat_id = $1 AND message_id = $2")
                .bind(chat.0)
                .bind(i64::from(message.0))
                .execute(&mut *tx)
                .await?;
            for Telling { key, answer, account } in &told {
                let account = if account.len() <= LONGEST { account.as_str() } else { "" };
                sqlx::query(
                    "INSERT INTO told (chat_id, article_key, person_id, asked_message, message_id, answer_id, \
                     account, bytes, told_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                     ON CONFLICT (chat_id, article_key) DO NOTHING",
                )
                .bind(chat.0)
                .bind(key.as_str())
                .bind(question.person.map(|person| person.0))
                .bind(question.message.map(|message| i64::from(message.0)))
                .bind(i64::from(message.0))
                .bind(answer.as_ref().map(AnswerId::as_str))
                .bind(account)
                .bind(i64::try_from(account.len()).unwrap_or(i64::MAX))
                .bind(millis(now))
                .execute(&mut *tx)
                .await?;
            }
            sqlx::query(
                "DELETE FROM told WHERE chat_id = $1 AND article_key NOT IN (SELECT article_key FROM told \
                 WHERE chat_id = $1 ORDER BY told_at DESC, article_key LIMIT $2)",
            )
            .bind(chat.0)
            .bind(ROWS)
            .execute(&mut *tx)
            .await?;
            tx.commit().await
        })
        .await
    }

    /// What `chat` was told since then, and within the time that it is kept, the first first; but for what was told in answer to
    /// `besides`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn told(
        &self,
        chat: ChatId,
        since: Timestamp,
        besides: Option<MessageId>,
        now: Timestamp,
    ) -> Result<Vec<Told>, StoreError> {
        let alive = before(now, TOLD).max(millis(since).saturating_sub(1));
        on_database!(self, pool => {
            let rows = sqlx::query(
                "SELECT account, message_id, answer_id, told_at FROM told WHERE chat_id = $1 AND told_at > $2 \
                 AND (asked_message IS NULL OR asked_message <> $3) ORDER BY told_at, message_id, article_key",
            )
            .bind(chat.0)
            .bind(alive)
            // Telegram counts from one.
            .bind(besides.map_or(0, |message| i64::from(message.0)))
            .fetch_all(pool)
            .await?;
            rows.iter()
                .map(|row| {
                    let message: Option<i64> = row.try_get("message_id")?;
                    let answer: Option<String> = row.try_get("answer_id")?;
                    Ok(Told {
                        account: row.try_get("account")?,
                        message: message.and_then(|number| i32::try_from(number).ok()).map(MessageId),
                        answer: answer.as_deref().and_then(AnswerId::parse),
                        at: timestamp(row.try_get("told_at")?),
                    })
                })
                .collect()
        })
        .await
    }

    /// The answers that are still kept of those that told `chat` something since then, each once.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answers_told(
        &self,
        chat: ChatId,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Answer>, StoreError> {
        let sql = concat!(
            answers::select_answers!(),
            " WHERE answer_id IN (SELECT answer_id FROM told WHERE chat_id = $1 AND told_at >= $2) \
             AND answers.kept_at > $3"
        );
        let alive = before(now, self.retention.answers);
        on_database!(self, pool => {
            let rows = sqlx::query(sql).bind(chat.0).bind(millis(since)).bind(alive).fetch_all(pool).await?;
            rows.iter().map(answers::read).collect()
        })
        .await
    }
}
