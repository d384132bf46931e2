//! What was said to somebody who called the bot as a guest, while the rest is still to be said.

use super::database::on_database;
use super::{Replica, Store, StoreError, UpdateId};

impl Store {
    /// Notes that an update was answered, and the name of the answer where that is a first word to be edited. It is kept until the
    /// update is finished, and says nothing to anybody but the bot.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn said_as_guest(
        &self,
        update: UpdateId,
        replica: &Replica,
        first_word: Option<&str>,
    ) -> Result<(), StoreError> {
        on_database!(self, pool => {
            sqlx::query(
                "UPDATE updates SET sending = 0, sent = sent + 1, first_word = $3 \
                 WHERE update_id = $1 AND replica = $2 AND finished_at IS NULL",
            )
            .bind(update.0)
            .bind(replica.as_str())
            .bind(first_word)
            .execute(pool)
            .await
            .map(drop)
        })
        .await
    }

    /// The name of the first word that was said for an update.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn first_word(&self, update: UpdateId) -> Result<Option<String>, StoreError> {
        let word: Option<Option<String>> = on_database!(self, pool => {
            sqlx::query_scalar("SELECT first_word FROM updates WHERE update_id = $1")
                .bind(update.0)
                .fetch_optional(pool)
                .await
        })
        .await?;
        Ok(word.flatten())
    }
}
