//! Limits that hold over restarts and for all replicas together: for a person, for a chat, for the whole bot.
//!
//! A limit is a token bucket, kept as one number: the time when the bucket will be full again (the generic cell rate
//! algorithm of ATM networks, ITU-T I.371). Taking a token moves that time forward by one refill; it is refused if
//! the bucket would be overdrawn. One conditional statement does both, so that racing replicas never grant one too many.

use std::time::Duration;

use jiff::Timestamp;

use super::database::{in_transaction, on_database};
use super::{ChatId, PersonId, Store, StoreError, after, before, millis, span_millis, timestamp};

/// How often a chat is told of the same thing, at most.
const NOTICE_INTERVAL: Duration = Duration::from_mins(1);

/// Whose allowance is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A person's, in all chats.
    Person(PersonId),
    /// A chat's, whoever asks.
    Chat(ChatId),
    /// A chat's, for what is answered there unasked.
    Auto(ChatId),
    /// That of all inline queries together.
    Inline,
    /// The whole bot's.
    Bot,
}

/// How much is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests at once, after a pause that was long enough; at least 1.
    pub burst: u32,
    /// The time in which one more is earned; at least a millisecond.
    pub refill: Duration,
}

/// Whether a request is within its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is, and it was counted in each of them.
    Granted,
    /// It is not, and it was counted in none of them.
    Refused {
        /// Whose allowance is used up.
        subject: Subject,
        /// When one more request will be allowed.
        until: Timestamp,
    },
}

impl Rate {
    /// Milliseconds in which one request is earned, and in which a whole burst is.
    fn millis(self) -> (i64, i64) {
        let refill = span_millis(self.refill).clamp(1, 1 << 40);
        (refill, refill * i64::from(self.burst.max(1)))
    }
}

impl Subject {
    pub(super) fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Person(PersonId(id)) => ("person", id),
            Self::Chat(ChatId(id)) => ("chat", id),
            Self::Auto(ChatId(id)) => ("auto", id),
            Self::Inline => ("inline", 0),
            Self::Bot => ("bot", 0),
        }
    }
}

impl Store {
    /// Counts a request against all of `limits`, or, if one of them is used up, against none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn take(&self, limits: &[(Subject, Rate)], now: Timestamp) -> Result<Verdict, StoreError> {
        // Always in the same order, the bot's own last: two requests never wait for each other in a circle, and
        // the row that all requests share is held for the shortest time.
        let mut limits = limits.to_vec();
        limits.sort_unstable_by_key(|(subject, _)| *subject);
        let refused: Option<(Subject, Rate)> = in_transaction!(self, tx => {
            for (subject, rate) in limits {
                let (scope, id) = subject.columns();
                let (refill, burst) = rate.millis();
                let taken = sqlx::query(
                    "INSERT INTO limits (scope, subject_id, full_at) VALUES ($1, $2, $3 + $4) \
                     ON CONFLICT (scope, subject_id) DO UPDATE SET \
                     full_at = CASE WHEN limits.full_at > $3 THEN limits.full_at ELSE $3 END + $4 \
                     WHERE limits.full_at + $4 <= $3 + $5",
                )
                .bind(scope)
                .bind(id)
                .bind(millis(now))
                .bind(refill)
                .bind(burst)
                .execute(&mut *tx)
                .await?;
                if taken.rows_affected() == 0 {
                    tx.rollback().await?;
                    return Ok(Some((subject, rate)));
                }
            }
            tx.commit().await?;
            Ok(None)
        })
        .await?;
        match refused {
            None => Ok(Verdict::Granted),
            Some((subject, rate)) => self.refusal(subject, rate, now).await,
        }
    }

    /// Takes back what [`Store::take`] has counted.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn untake(&self, counted: &[(Subject, Rate)]) -> Result<(), StoreError> {
        for (subject, rate) in counted {
            let (scope, id) = subject.columns();
            let (refill, _) = rate.millis();
            on_database!(self, pool => {
                sqlx::query("UPDATE limits SET full_at = full_at - $3 WHERE scope = $1 AND subject_id = $2")
                    .bind(scope)
                    .bind(id)
                    .bind(refill)
                    .execute(pool)
                    .await
                    .map(drop)
            })
            .await?;
        }
        Ok(())
    }

    /// Says until when the bucket of `subject` is empty.
    async fn refusal(&self, subject: Subject, rate: Rate, now: Timestamp) -> Result<Verdict, StoreError> {
        let (scope, id) = subject.columns();
        let (refill, burst) = rate.millis();
        let latest = millis(now).saturating_add(burst);
        let row: Option<(i64,)> = on_database!(self, pool => {
            // No bucket takes longer to fill than a whole burst: one that would was filled under a clock that ran
            // ahead, or under a slower rate. It counts as empty now, instead of for as long as the clock was wrong.
            sqlx::query("UPDATE limits SET full_at = $3 WHERE scope = $1 AND subject_id = $2 AND full_at > $3")
                .bind(scope)
                .bind(id)
                .bind(latest)
                .execute(pool)
                .await?;
            sqlx::query_as("SELECT full_at FROM limits WHERE scope = $1 AND subject_id = $2")
                .bind(scope)
                .bind(id)
                .fetch_optional(pool)
                .await
        })
        .await?;
        let full_at = row.map_or(latest, |(full_at,)| full_at);
        Ok(Verdict::Refused { subject, until: timestamp(full_at + refill - burst) })
    }

    /// Whether `chat` may be told something now that it is told at most once a minute; if so, that counts as told.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn may_tell(&self, chat: ChatId, about: &str, now: Timestamp) -> Result<bool, StoreError> {
        self.may_tell_every(NOTICE_INTERVAL, chat, about, now).await
    }

    /// The same of what it is told at most once in `interval`, an hour at most.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn may_tell_every(
        &self,
        interval: Duration,
        chat: ChatId,
        about: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        on_database!(self, pool => {
            sqlx::query(
                "INSERT INTO notices (chat_id, about, told_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (chat_id, about) DO UPDATE SET told_at = excluded.told_at \
                 WHERE notices.told_at <= $4 OR notices.told_at > $5",
            )
            .bind(chat.0)
            .bind(about)
            .bind(millis(now))
            .bind(before(now, interval))
            // Told later than any replica's clock can say now: the clock was set back since.
            .bind(after(now, interval))
            .execute(pool)
            .await
            .map(|done| done.rows_affected() == 1)
        })
        .await
    }
}
