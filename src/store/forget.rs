//! Forgetting a chat or a person, and following a group that became a supergroup.

use jiff::Timestamp;

use super::database::in_transaction;
use super::sweep::{DELETE_UNNEEDED, LOCK};
use super::{ChatId, PersonId, Store, StoreError, Subject, millis};

impl Store {
    /// Deletes everything that is kept of a chat, because it asked for that or removed the bot.
    ///
    /// One thing stays for its own few minutes: an allowance that is partly used up, until it is full again.
    /// Otherwise forgetting would be a way round every limit.
    ///
    /// # Errors
    /// If the database fails; then nothing was deleted.
    pub async fn forget_chat(&self, chat: ChatId, now: Timestamp) -> Result<(), StoreError> {
        self.delete_all(&CHAT, Subject::Chat(chat), now).await
    }

    /// Deletes everything that is kept of a person: the private chat, and the answers given to that person in groups.
    /// The groups' own settings, and what other people asked there, are not the person's and stay.
    ///
    /// # Errors
    /// If the database fails; the private chat may be deleted already then.
    pub async fn forget_person(&self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        // A private chat has its person's number.
        self.delete_all(&CHAT, Subject::Chat(ChatId(person.0)), now).await?;
        self.delete_all(&PERSON, Subject::Person(person), now).await
    }

    async fn delete_all(
        &self,
        statements: &[&'static str],
        subject: Subject,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (scope, id) = subject.columns();
        let now = millis(now);
        in_transaction!(self, tx => {
            sqlx::query(LOCK).bind(now).execute(&mut *tx).await?;
            for &sql in statements {
                sqlx::query(sql).bind(id).execute(&mut *tx).await?;
            }
            sqlx::query("DELETE FROM limits WHERE scope = $1 AND subject_id = $2 AND full_at <= $3")
                .bind(scope)
                .bind(id)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            sqlx::query(DELETE_UNNEEDED).execute(&mut *tx).await?;
            tx.commit().await
        })
        .await?;
        self.shrink().await
    }

    /// Moves what is kept of a group to the supergroup that it became. Telegram tells it twice, once in each; the
    /// second time nothing is left to move. What the supergroup has chosen already stays.
    ///
    /// # Errors
    /// If the database fails; then nothing was moved.
    pub async fn migrate_chat(&self, from: ChatId, to: ChatId) -> Result<(), StoreError> {
        in_transaction!(self, tx => {
            for sql in MIGRATE {
                sqlx::query(sql).bind(from.0).bind(to.0).execute(&mut *tx).await?;
            }
            for sql in LEAVE {
                sqlx::query(sql).bind(from.0).execute(&mut *tx).await?;
            }
            tx.commit().await
        })
        .await
    }
}

/// Everything with a person's number `$1` in it.
const PERSON: [&str; 2] =
    ["DELETE FROM answers WHERE person_id = $1", "DELETE FROM told WHERE person_id = $1"];

/// Everything with a chat's number `$1` in it.
const CHAT: [&str; 6] = [
    "DELETE FROM chats WHERE chat_id = $1",
    "DELETE FROM answers WHERE chat_id = $1",
    "DELETE FROM seen WHERE chat_id = $1",
    "DELETE FROM told WHERE chat_id = $1",
    "DELETE FROM notices WHERE chat_id = $1",
    "UPDATE updates SET chat_id = NULL WHERE chat_id = $1",
];

/// From the group `$1` to the supergroup `$2`, where that has no row of its own.
const MIGRATE: [&str; 6] = [
    "UPDATE chats SET chat_id = $2 WHERE chat_id = $1 AND NOT EXISTS (SELECT 1 FROM chats WHERE chat_id = $2)",
    "UPDATE answers SET chat_id = $2 WHERE chat_id = $1",
    // A supergroup numbers its messages anew: a link to the earlier answer would lead astray.
    "UPDATE seen SET chat_id = $2, message_id = NULL WHERE chat_id = $1 AND article_key NOT IN \
     (SELECT article_key FROM seen WHERE chat_id = $2)",
    "UPDATE told SET chat_id = $2, asked_message = NULL, message_id = NULL WHERE chat_id = $1 \
     AND article_key NOT IN (SELECT article_key FROM told WHERE chat_id = $2)",
    "UPDATE notices SET chat_id = $2 WHERE chat_id = $1 AND about NOT IN \
     (SELECT about FROM notices WHERE chat_id = $2)",
    "UPDATE limits SET subject_id = $2 WHERE scope IN ('chat', 'auto') AND subject_id = $1 AND NOT EXISTS \
     (SELECT 1 FROM limits AS other WHERE other.scope = limits.scope AND other.subject_id = $2)",
];

/// What could not move, since the supergroup has its own.
const LEAVE: [&str; 6] = [
    "DELETE FROM chats WHERE chat_id = $1",
    "DELETE FROM seen WHERE chat_id = $1",
    "DELETE FROM told WHERE chat_id = $1",
    "DELETE FROM notices WHERE chat_id = $1",
    "DELETE FROM limits WHERE scope IN ('chat', 'auto') AND subject_id = $1",
    "UPDATE updates SET chat_id = NULL WHERE chat_id = $1",
];
