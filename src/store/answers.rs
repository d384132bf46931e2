//! Answers: what an answer's buttons need to work, also after a restart.

use std::fmt;

use jiff::Timestamp;
use sqlx::{ColumnIndex, Decode, Row, Type};

use crate::article::Article;

use super::articles::{self, Record, upsert};
use super::database::{in_transaction, on_database};
use super::{ChatId, MessageId, PersonId, Store, StoreError, before, millis, timestamp};

/// The name of a kept answer, for the data of its buttons: 16 characters of `A-Za-z0-9_-` that cannot be guessed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AnswerId(String);

/// Who asked for an answer, and where. Answers outside the bot's chats have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The chat that it was asked in.
    pub chat: Option<ChatId>,
    /// The person who asked, who may have it forgotten.
    pub person: Option<PersonId>,
    /// The message that asked.
    pub message: Option<MessageId>,
}

/// A kept answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its name.
    pub id: AnswerId,
    /// The article it shows.
    pub article: Article,
    /// What it answers.
    pub question: Question,
    /// The message that shows it, once it was sent.
    pub sent: Option<MessageId>,
    /// When it was kept.
    pub kept_at: Timestamp,
}

impl Answer {
    /// Whether it is still to be read: nothing but an address is known.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.article.body.is_empty()
    }
}

const ID_LENGTH: usize = 16;
const ID_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

impl AnswerId {
    /// Reads a name out of a button's data; `None` if it cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.len() == ID_LENGTH && text.bytes().all(|byte| ID_ALPHABET.contains(&byte));
        sound.then(|| Self(text.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn random() -> Self {
        Self(random_name::<ID_LENGTH>())
    }
}

impl fmt::Display for AnswerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `N` characters with 6 bits of chance in each.
pub(super) fn random_name<const N: usize>() -> String {
    let mut bytes = [0; N];
    // Where the system has no randomness nothing that is encrypted could run either.
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes.iter().map(|byte| char::from(ID_ALPHABET[usize::from(byte & 63)])).collect()
}

/// The columns that [`read`] reads.
macro_rules! answer_columns {
    () => {
        concat!(
            $crate::store::articles::article_columns!(),
            ", answer_id, chat_id, person_id, asked_message, sent_message, answers.kept_at AS answer_kept_at"
        )
    };
}
pub(super) use answer_columns;

macro_rules! select {
    () => {
        concat!(
            "SELECT ",
            $crate::store::answers::answer_columns!(),
            " FROM answers JOIN articles ON articles.digest = answers.digest"
        )
    };
}
pub(super) use select as select_answers;

impl Store {
    /// Keeps what an answer's buttons will need, and names it. To be called before the answer is sent.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_answer(
        &self,
        article: &Article,
        question: Question,
        now: Timestamp,
    ) -> Result<AnswerId, StoreError> {
        let record = Record::of(article);
        let id = AnswerId::random();
        let share = i64::try_from(self.retention.share_bytes).unwrap_or(i64::MAX);
        let whose = match (question.person, question.chat) {
            (Some(person), _) => Some((DELETE_BEYOND_A_PERSONS_SHARE, person.0)),
            (None, Some(chat)) => Some((DELETE_BEYOND_A_CHATS_SHARE, chat.0)),
            (None, None) => None,
        };
        in_transaction!(self, tx => {
            upsert(&record, now).execute(&mut *tx).await?;
            sqlx::query(
                "INSERT INTO answers (answer_id, digest, chat_id, person_id, asked_message, kept_at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id.as_str())
            .bind(record.digest.as_str())
            .bind(question.chat.map(|chat| chat.0))
            .bind(question.person.map(|person| person.0))
            .bind(question.message.map(|message| i64::from(message.0)))
            .bind(millis(now))
            .execute(&mut *tx)
            .await?;
            if let Some((whose, number)) = whose {
                sqlx::query(whose).bind(number).bind(share).execute(&mut *tx).await?;
            }
            tx.commit().await
        })
        .await?;
        self.stay_below_cap(&record).await;
        Ok(id)
    }

    /// Keeps what `person` is given to show outside the bot's chats: for each article one answer, however often it is asked for.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keep_outside(
        &self,
        article: &Article,
        person: PersonId,
        now: Timestamp,
    ) -> Result<AnswerId, StoreError> {
        let digest = Record::of(article).digest;
        let known: Option<String> = on_database!(self, pool => {
            sqlx::query_scalar(
                "UPDATE answers SET kept_at = $3 WHERE answer_id = (SELECT answer_id FROM answers \
                 WHERE person_id = $1 AND chat_id IS NULL AND digest = $2 ORDER BY kept_at DESC LIMIT 1) \
                 RETURNING answer_id",
            )
            .bind(person.0)
            .bind(&digest)
            .bind(millis(now))
            .fetch_optional(pool)
            .await
        })
        .await?;
        if let Some(id) = known {
            return Ok(AnswerId(id));
        }
        let question = Question { person: Some(person), ..Question::default() };
        self.keep_answer(article, question, now).await
    }

    /// An answer that was kept for the same question and article, of which no message is known: the one that is in doubt where
    /// its replica died.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn unsent_answer(
        &self,
        article: &Article,
        question: Question,
    ) -> Result<Option<AnswerId>, StoreError> {
        let digest = Record::of(article).digest;
        let name: Option<String> = on_database!(self, pool => {
            sqlx::query_scalar(
                "SELECT answer_id FROM answers WHERE chat_id = $1 AND asked_message = $2 AND digest = $3 \
                 AND sent_message IS NULL ORDER BY kept_at DESC LIMIT 1",
            )
            .bind(question.chat.map(|chat| chat.0))
            .bind(question.message.map(|message| i64::from(message.0)))
            .bind(&digest)
            .fetch_optional(pool)
            .await
        })
        .await?;
        Ok(name.map(AnswerId))
    }

    /// Notes the message that shows these answers: more than one where their articles tell one story.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answers_sent(&self, ids: &[AnswerId], message: MessageId) -> Result<(), StoreError> {
        in_transaction!(self, tx => {
            for id in ids {
                sqlx::query("UPDATE answers SET sent_message = $2 WHERE answer_id = $1")
                    .bind(id.as_str())
                    .bind(i64::from(message.0))
                    .execute(&mut *tx)
                    .await?;
            }
            tx.commit().await
        })
        .await
    }

    /// Notes the message that shows an answer.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answer_sent(&self, id: &AnswerId, message: MessageId) -> Result<(), StoreError> {
        self.answers_sent(std::slice::from_ref(id), message).await
    }

    /// The answers that a message shows, in the order in which they were kept.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answers_in(
        &self,
        chat: ChatId,
        message: MessageId,
        now: Timestamp,
    ) -> Result<Vec<Answer>, StoreError> {
        let sql = concat!(
            select!(),
            " WHERE chat_id = $1 AND sent_message = $2 AND answers.kept_at > $3 \
             ORDER BY answers.kept_at, answer_id"
        );
        let alive = before(now, self.retention.answers);
        on_database!(self, pool => {
            let rows = sqlx::query(sql)
                .bind(chat.0)
                .bind(i64::from(message.0))
                .bind(alive)
                .fetch_all(pool)
                .await?;
            rows.iter().map(read).collect()
        })
        .await
    }

    /// Replaces the article that an answer shows, because its question was edited. The answer's name stays.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn replace_article(
        &self,
        id: &AnswerId,
        article: &Article,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let record = Record::of(article);
        in_transaction!(self, tx => {
            upsert(&record, now).execute(&mut *tx).await?;
            sqlx::query(articles::REPLACE)
                .bind(id.as_str())
                .bind(record.digest.as_str())
                .execute(&mut *tx)
                .await?;
            tx.commit().await
        })
        .await?;
        self.stay_below_cap(&record).await;
        Ok(())
    }

    /// The answer of that name; `None` once it has expired, was forgotten, or made room for newer ones.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answer(&self, id: &AnswerId, now: Timestamp) -> Result<Option<Answer>, StoreError> {
        let alive = before(now, self.retention.answers);
        let sql = concat!(select!(), " WHERE answer_id = $1 AND answers.kept_at > $2");
        on_database!(self, pool => {
            let row = sqlx::query(sql).bind(id.as_str()).bind(alive).fetch_optional(pool).await?;
            row.map(|row| read(&row)).transpose()
        })
        .await
    }

    /// The answers that were sent to a message, oldest first: one for each of its links.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn answers_to(
        &self,
        chat: ChatId,
        message: MessageId,
        now: Timestamp,
    ) -> Result<Vec<Answer>, StoreError> {
        let alive = before(now, self.retention.answers);
        let sql = concat!(
            select!(),
            " WHERE chat_id = $1 AND asked_message = $2 AND sent_message IS NOT NULL AND answers.kept_at > $3 \
             ORDER BY sent_message, answers.kept_at, answer_id"
        );
        on_database!(self, pool => {
            let rows = sqlx::query(sql)
                .bind(chat.0)
                .bind(i64::from(message.0))
                .bind(alive)
                .fetch_all(pool)
                .await?;
            rows.iter().map(read).collect()
        })
        .await
    }

    /// Drops an answer that could not be sent, or is gone from its chat. Its article goes with the next sweep.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn drop_answer(&self, id: &AnswerId) -> Result<(), StoreError> {
        on_database!(self, pool => {
            sqlx::query("DELETE FROM answers WHERE answer_id = $1")
                .bind(id.as_str())
                .execute(pool)
                .await
                .map(drop)
        })
        .await
    }
}

/// Statements that differ in whose answers they are about.
macro_rules! beyond_share {
    ($whose:literal) => {
        concat!(
            "DELETE FROM answers WHERE answer_id IN (SELECT answer_id FROM ( \
             SELECT answer_id, articles.bytes AS own, SUM(articles.bytes) \
             OVER (ORDER BY answers.kept_at DESC, answer_id) AS running \
             FROM answers JOIN articles ON articles.digest = answers.digest WHERE ",
            $whose,
            ") AS ranked WHERE running - own >= $2)"
        )
    };
}

/// Deletes the answers of the person `$1` but the newest that hold `$2` bytes of articles together, and the one with which they do.
const DELETE_BEYOND_A_PERSONS_SHARE: &str = beyond_share!("person_id = $1");
/// The same for what nobody is named for in the chat `$1`, as a channel's.
const DELETE_BEYOND_A_CHATS_SHARE: &str = beyond_share!("chat_id = $1 AND person_id IS NULL");

/// Reads [`answer_columns`].
pub(super) fn read<'r, R>(row: &'r R) -> Result<Answer, sqlx::Error>
where
    R: Row,
    &'static str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    let number = |name: &'static str| row.try_get::<Option<i64>, _>(name);
    let message =
        |name| number(name).map(|number| number.and_then(|number| i32::try_from(number).ok()).map(MessageId));
    Ok(Answer {
        id: AnswerId(row.try_get("answer_id")?),
        article: articles::read(row)?,
        question: Question {
            chat: number("chat_id")?.map(ChatId),
            person: number("person_id")?.map(PersonId),
            message: message("asked_message")?,
        },
        sent: message("sent_message")?,
        kept_at: timestamp(row.try_get("answer_kept_at")?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_into_a_button_and_are_told_from_other_text() {
        let id = AnswerId::random();
        assert!(id.as_str().len() <= 20, "{id} leaves no room for the button's own letter");
        assert_eq!(AnswerId::parse(id.as_str()), Some(id.clone()));
        assert_ne!(AnswerId::random(), id);
        for odd in ["", "short", "ستةعشرحرفا", "has a space 0123", "AAAAAAAAAAAAAAAAA"] {
            assert_eq!(AnswerId::parse(odd), None, "{odd}");
        }
    }
}
