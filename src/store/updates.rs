//! Updates: each handled once, by one replica, also when a replica dies in the middle.
//!
//! A replica [claims](Store::claim) an update before it works on it, for the time of a lease that it
//! [renews](Store::renew) while it lives. It says [`begin_send`](Store::begin_send) just before each message and
//! [`sent`](Store::sent) after it, and [`finish`](Store::finish) at the end. When a replica dies, its leases run out, and
//! whoever is given the update next goes on from where [`Progress`] says.
//!
//! **What is promised.** An update is held by one replica at a time, and one that has lost its claim (it was paused for
//! longer than its lease, or its clock jumped) is told so by `begin_send`, before it can send what another sends too. An
//! update that was finished is never given out again. So whatever happens before `begin_send` or after `sent`, each message is sent exactly once.
//!
//! **What the store cannot know.** Telegram takes no key that would make a repeated message the same message. If a replica
//! dies after `begin_send` and before `sent`, for the 50 to 100 milliseconds of one call, only Telegram knows whether the
//! message arrived. The next claim then says so ([`Progress::doubt`]), with the number that the message, if it arrived, lies
//! above, and its caller looks for it; [`said_since`](Store::said_since) tells it which messages there are others. Of the last
//! moments before a power cut, which an SQLite store may lose, nothing is known.
//!
//! **Who redelivers.** The store keeps no message: Telegram does, for 24 hours, until it is confirmed. A webhook must
//! therefore answer 200 only after `finish`, and long polling confirm no update before those under it are finished.
//!
//! **Order in a chat.** An update claimed with its chat is given out only when no other of that chat is being
//! handled. Telegram's webhook itself sends a chat's next update only after the previous one got its 200.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;

use super::answers::random_name;
use super::database::{in_transaction, on_database};
use super::{ChatId, MessageId, Store, StoreError, after, before, millis, span_millis, timestamp};

/// The longest lease. One that ends later than this from now was made under a clock that ran ahead, and has run out.
pub const MAX_LEASE: Duration = Duration::from_mins(10);
/// How far back the messages of finished updates are looked at: longer than a chat's questions wait for each other.
const LATELY: Duration = Duration::from_hours(1);
/// When to ask again for an update that another replica got hold of in the same moment.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// An update's number, as Telegram gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UpdateId(pub i64);

/// One life of one process: whoever holds a claim.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replica(String);

/// Who handles an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The caller does, from where an earlier one may have left off.
    Ours(Progress),
    /// Nobody does any more: it is finished.
    Finished,
    /// Another replica does, or another update of the same chat is being handled. It should be tried again, at the
    /// latest then.
    Held {
        /// When that claim runs out, unless it is renewed.
        until: Timestamp,
    },
}

/// How far an update was brought by those who claimed it before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many times it was claimed, this time included: an update that kills its replica is not tried for ever.
    pub attempt: u32,
    /// Messages that were sent.
    pub sent: u32,
    /// One more, perhaps: its replica died while it was sending.
    pub doubt: Option<Doubt>,
}

/// A message of which nobody here knows whether it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// If it was, its number is higher than this one; `None` where that was not known.
    pub after: Option<MessageId>,
}

/// Whether the caller still holds its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "whoever lost the claim must not send"]
pub enum Hold {
    /// It does.
    Kept,
    /// Another replica has taken the update over, or it is finished: nothing more may be sent for it.
    Lost,
}

impl Replica {
    /// A name that no other process has.
    #[must_use]
    pub fn random() -> Self {
        Self(random_name::<16>())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Replica {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A change of an update that is held and not finished.
macro_rules! on_claim {
    ($change:literal) => {
        concat!(
            "UPDATE updates SET ",
            $change,
            " WHERE update_id = $1 AND replica = $2 AND finished_at IS NULL"
        )
    };
}

impl Store {
    /// Claims an update for `replica`, for at most `lease` ([`MAX_LEASE`] if that is shorter).
    ///
    /// # Errors
    /// If the database fails.
    pub async fn claim(
        &self,
        update: UpdateId,
        chat: Option<ChatId>,
        replica: &Replica,
        lease: Duration,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let until = after(now, lease.min(MAX_LEASE));
        let chat = chat.map(|chat| chat.0);
        // Nearly every update is new, and its chat quiet: one statement.
        let inserted = on_database!(self, pool => {
            sqlx::query(INSERT)
                .bind(update.0)
                .bind(chat)
                .bind(replica.as_str())
                .bind(until)
                .bind(millis(now))
                .execute(pool)
                .await
                .map(|done| done.rows_affected() == 1)
        })
        .await?;
        if inserted {
            return Ok(Claim::Ours(Progress { attempt: 1, sent: 0, doubt: None }));
        }
        match self.claim_again(update, chat, replica, until, now).await {
            // Another update of the chat was claimed in the same moment.
            Err(StoreError::Database(error)) if is_unique_violation(&error) => {
                Ok(Claim::Held { until: timestamp(after(now, ASK_AGAIN)) })
            }
            claim => claim,
        }
    }

    /// Claims an update that was claimed before, or whose chat is held by another.
    async fn claim_again(
        &self,
        update: UpdateId,
        chat: Option<i64>,
        replica: &Replica,
        until: i64,
        now: Timestamp,
    ) -> Result<Claim, StoreError> {
        let latest = after(now, MAX_LEASE);
        let now = millis(now);
        in_transaction!(self, tx => {
            // An update that was given up does not hold its chat.
            sqlx::query(
                // Others speak in the chat from now on: a message in doubt can no longer be told from theirs.
                "UPDATE updates SET chat_id = NULL, sending_after = NULL \
                 WHERE chat_id = $1 AND update_id <> $2 AND (lease_until <= $3 OR lease_until > $4)",
            )
            .bind(chat)
            .bind(update.0)
            .bind(now)
            .bind(latest)
            .execute(&mut *tx)
            .await?;
            let resumed: Option<(i64, i64, i64, Option<i64>)> = sqlx::query_as(
                "UPDATE updates SET chat_id = $2, replica = $3, lease_until = $4, claimed_at = $5, \
                 attempt = attempt + 1 \
                 WHERE update_id = $1 AND finished_at IS NULL AND (lease_until <= $5 OR lease_until > $6) \
                 AND NOT EXISTS (SELECT 1 FROM updates AS other WHERE other.chat_id = $2 AND other.update_id <> $1) \
                 RETURNING attempt, sent, sending, sending_after",
            )
            .bind(update.0)
            .bind(chat)
            .bind(replica.as_str())
            .bind(until)
            .bind(now)
            .bind(latest)
            .fetch_optional(&mut *tx)
            .await?;
            if let Some((attempt, sent, sending, after)) = resumed {
                tx.commit().await?;
                let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
                let doubt = (sending != 0).then(|| Doubt { after: after.and_then(read_message) });
                return Ok(Claim::Ours(Progress { attempt: count(attempt), sent: count(sent), doubt }));
            }
            let inserted = sqlx::query(INSERT)
                .bind(update.0)
                .bind(chat)
                .bind(replica.as_str())
                .bind(until)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            if inserted.rows_affected() == 1 {
                tx.commit().await?;
                return Ok(Claim::Ours(Progress { attempt: 1, sent: 0, doubt: None }));
            }
            let held: Option<(Option<i64>, i64)> =
                sqlx::query_as("SELECT finished_at, lease_until FROM updates WHERE update_id = $1")
                    .bind(update.0)
                    .fetch_optional(&mut *tx)
                    .await?;
            let rival: Option<(i64,)> =
                sqlx::query_as("SELECT lease_until FROM updates WHERE chat_id = $1 AND update_id <> $2")
                    .bind(chat)
                    .bind(update.0)
                    .fetch_optional(&mut *tx)
                    .await?;
            tx.commit().await?;
            if let Some((Some(_), _)) = held {
                return Ok(Claim::Finished);
            }
            let own = held.map(|(_, until)| until);
            let latest = own.max(rival.map(|(until,)| until));
            let until = latest.filter(|until| *until > now).unwrap_or(now + span_millis(ASK_AGAIN));
            Ok(Claim::Held { until: timestamp(until) })
        })
        .await
    }

    /// To be called just before a message is sent for an update: says whether it still may be, and notes the attempt. The
    /// message's number will be higher than `after`, where that is known.
    ///
    /// # Errors
    /// If the database fails; the message must not be sent then.
    pub async fn begin_send(
        &self,
        update: UpdateId,
        replica: &Replica,
        lease: Duration,
        after: Option<MessageId>,
        now: Timestamp,
    ) -> Result<Hold, StoreError> {
        let until = super::after(now, lease.min(MAX_LEASE));
        let change = on_claim!("sending = 1, lease_until = $3, sending_after = $4");
        self.on_claim(change, update, replica, &[Some(until), after.map(|after| i64::from(after.0))]).await
    }

    /// To be called when a message was sent, with its chat and number where that is known; [`finish`](Store::finish) follows
    /// the last.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sent(
        &self,
        update: UpdateId,
        replica: &Replica,
        message: Option<(ChatId, MessageId)>,
    ) -> Result<Hold, StoreError> {
        let change = on_claim!("sending = 0, sent = sent + 1, said = COALESCE($3, said)");
        self.on_claim(
            change,
            update,
            replica,
            &[message.map(|(chat, message)| sign(chat) * i64::from(message.0))],
        )
        .await
    }

    /// To be called when a message was not sent, for certain: Telegram refused it, or was never reached.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn not_sent(&self, update: UpdateId, replica: &Replica) -> Result<Hold, StoreError> {
        self.on_claim(on_claim!("sending = 0"), update, replica, &[]).await
    }

    /// The messages with a number above `after` that are known to have been sent to `chat` lately, or perhaps to another one. None
    /// of them is in doubt.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn said_since(
        &self,
        chat: ChatId,
        after: MessageId,
        now: Timestamp,
    ) -> Result<Vec<MessageId>, StoreError> {
        let numbers: Vec<i64> = on_database!(self, pool => {
            sqlx::query_scalar(
                "SELECT sent_message FROM answers WHERE chat_id = $1 AND sent_message > $2 \
                 UNION SELECT said * $3 FROM updates WHERE finished_at IS NULL AND said * $3 > $2 \
                 UNION SELECT said * $3 FROM updates WHERE finished_at > $4 AND said * $3 > $2",
            )
            .bind(chat.0)
            .bind(i64::from(after.0))
            .bind(sign(chat))
            .bind(before(now, LATELY))
            .fetch_all(pool)
            .await
        })
        .await?;
        Ok(numbers.into_iter().filter_map(read_message).collect())
    }

    /// Finishes an update: it is never given out again, and its chat is free for the next one.
    ///
    /// # Errors
    /// If the database fails. The update should then be finished later, or it is given out again.
    pub async fn finish(
        &self,
        update: UpdateId,
        replica: &Replica,
        now: Timestamp,
    ) -> Result<Hold, StoreError> {
        let change = on_claim!("finished_at = $3, sending = 0, chat_id = NULL, first_word = NULL");
        self.on_claim(change, update, replica, &[Some(millis(now))]).await
    }

    /// Changes an update that `replica` holds and has not finished, by an [`on_claim`]; `values` are what it calls $3, $4….
    async fn on_claim(
        &self,
        change: &'static str,
        update: UpdateId,
        replica: &Replica,
        values: &[Option<i64>],
    ) -> Result<Hold, StoreError> {
        let held = on_database!(self, pool => {
            let query = sqlx::query(change).bind(update.0).bind(replica.as_str());
            let query = values.iter().fold(query, |query, value| query.bind(*value));
            query.execute(pool).await.map(|done| done.rows_affected() == 1)
        })
        .await?;
        Ok(if held { Hold::Kept } else { Hold::Lost })
    }

    /// Prolongs all claims of a living replica; to be called several times within a lease.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn renew(&self, replica: &Replica, lease: Duration, now: Timestamp) -> Result<(), StoreError> {
        on_database!(self, pool => {
            sqlx::query("UPDATE updates SET lease_until = $2 WHERE replica = $1 AND finished_at IS NULL")
                .bind(replica.as_str())
                .bind(after(now, lease.min(MAX_LEASE)))
                .execute(pool)
                .await
                .map(drop)
        })
        .await
    }

    /// Gives back what a replica claimed and will not finish, because it is stopping; others may claim it at once.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn give_back(&self, replica: &Replica) -> Result<u64, StoreError> {
        on_database!(self, pool => {
            sqlx::query(
                // It stopped on purpose: that does not count as an attempt.
                "UPDATE updates SET lease_until = 0, chat_id = NULL, replica = '', attempt = attempt - 1 \
                 WHERE replica = $1 AND finished_at IS NULL",
            )
            .bind(replica.as_str())
            .execute(pool)
            .await
            .map(|done| done.rows_affected())
        })
        .await
    }

    /// Gives back whatever was claimed by anyone. For the start of a bot that runs alone on its store: those who held
    /// the claims are dead, and their leases need not be waited for.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn give_back_all(&self) -> Result<u64, StoreError> {
        on_database!(self, pool => {
            sqlx::query(
                "UPDATE updates SET lease_until = 0, chat_id = NULL, replica = '' WHERE finished_at IS NULL",
            )
            .execute(pool)
            .await
            .map(|done| done.rows_affected())
        })
        .await
    }
}

/// Does nothing where the update is known, or its chat is held.
const INSERT: &str = "INSERT INTO updates (update_id, chat_id, replica, lease_until, claimed_at, attempt, sent, sending) \
                      VALUES ($1, $2, $3, $4, $5, 1, 0, 0) ON CONFLICT DO NOTHING";

/// What tells the numbers of messages in groups from those in private chats.
const fn sign(chat: ChatId) -> i64 {
    if chat.0 < 0 { -1 } else { 1 }
}

fn read_message(number: i64) -> Option<MessageId> {
    i32::try_from(number).ok().map(MessageId)
}

fn is_unique_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
