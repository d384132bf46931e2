//! What can go wrong with a database, sorted by what the caller can do about it.

use sqlx::migrate::MigrateError;

/// Why an operation on the store failed. The messages hold no secrets and no user text.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, or does not answer in time. Trying again later may help; connections are
    /// made anew by themselves.
    #[error("the database cannot be reached")]
    Unavailable(#[source] sqlx::Error),
    /// Nothing more can be written: the disk, or the size the file may grow to, is used up.
    #[error("the database has no room left")]
    Full(#[source] sqlx::Error),
    /// Another process held what was needed for too long. Trying again at once may help.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    /// Its tables could not be brought up to date, for instance because a newer version wrote them.
    #[error("the database's tables do not fit this version")]
    Migration(#[source] MigrateError),
    /// Anything else: a fault of the store, or a damaged file.
    #[error("the database refused the operation")]
    Database(#[source] sqlx::Error),
}

/// Why an address is not one of a store. It is not repeated, since it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreUrlError {
    /// Neither `sqlite:` nor `postgres://`.
    #[error("a store's address begins with sqlite: or postgres://")]
    Scheme,
    /// `sqlite:` with nothing behind it.
    #[error("sqlite: needs the path of a file")]
    NoPath,
    /// It begins like a PostgreSQL address, but is none.
    #[error("the PostgreSQL address cannot be read")]
    Postgres,
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Io(_) | E::Tls(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Protocol(_) => {
                Self::Unavailable(error)
            }
            E::Database(inner) => match inner.code().as_deref().map_or(Kind::Other, kind) {
                Kind::Full => Self::Full(error),
                Kind::Busy => Self::Busy(error),
                Kind::Unavailable => Self::Unavailable(error),
                Kind::Other => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => Self::from(error),
            other => Self::Migration(other),
        }
    }
}

enum Kind {
    Full,
    Busy,
    Unavailable,
    Other,
}

/// Sorts PostgreSQL's five-character codes and SQLite's numbers, which never collide in length.
fn kind(code: &str) -> Kind {
    if code.len() == 5 {
        return match code {
            // disk_full, too_many_connections
            "53100" => Kind::Full,
            "53300" | "57P01" | "57P02" | "57P03" | "57P05" | "25006" => Kind::Unavailable,
            // serialization_failure, deadlock_detected, lock_not_available, query_canceled (by a time limit)
            "40001" | "40P01" | "55P03" | "57014" => Kind::Busy,
            _ if code.starts_with("08") => Kind::Unavailable,
            _ => Kind::Other,
        };
    }
    // The low byte is SQLite's primary result code, the rest refines it.
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(13) => Kind::Full,
        Ok(5 | 6) => Kind::Busy,
        // SQLITE_READONLY, SQLITE_IOERR, SQLITE_CANTOPEN
        Ok(8 | 10 | 14) => Kind::Unavailable,
        _ => Kind::Other,
    }
}
