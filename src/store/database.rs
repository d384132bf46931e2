//! The connection: opening either database, its schema, time limits, and one way to write a statement for both.

use std::future::Future;
use std::io::ErrorKind;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, MigrationSource, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, SqlSafeStr};

use super::StoreOptions;
use super::address::{Place, StoreUrl};
use super::error::StoreError;

/// How often more a store waits for the lock under which PostgreSQL's tables are made.
const LOCK_TRIES: usize = 4;
/// How long to wait until SQLite's tables are made. Of many processes that start at once each waits for all others, and a
/// slow disk takes a second for what a fast one does in a millisecond.
const START_LIMIT: Duration = Duration::from_mins(1);
/// How long to wait for a connection, and for SQLite's lock when another process holds it.
const WAIT_LIMIT: Duration = Duration::from_secs(5);
/// How long an operation may take in all; a database behind a cut cable never says that it is gone.
const OPERATION_LIMIT: Duration = Duration::from_secs(15);
/// PostgreSQL connections, where nothing else is configured.
const CONNECTIONS: u32 = 8;
/// SQLite's page size in bytes, which its size limit counts in.
const PAGE_BYTES: u64 = 4096;

/// The schema, oldest change first. A change that was released is never edited.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "initial", include_str!("../../migrations/0001_initial.sql")),
    (2, "parts", include_str!("../../migrations/0002_parts.sql")),
    (3, "parts as they came", include_str!("../../migrations/0003_parts_as_they_came.sql")),
    (4, "messages in doubt", include_str!("../../migrations/0004_messages_in_doubt.sql")),
    (6, "first words", include_str!("../../migrations/0006_first_words.sql")),
    (7, "pictures", include_str!("../../migrations/0007_pictures.sql")),
    (8, "proof", include_str!("../../migrations/0008_proof.sql")),
    (9, "told", include_str!("../../migrations/0009_told.sql")),
    (10, "hosts", include_str!("../../migrations/0010_hosts.sql")),
];

#[derive(Clone, Debug)]
pub(super) enum Database {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Database {
    pub(super) async fn open(url: &StoreUrl, options: StoreOptions) -> Result<Self, StoreError> {
        match url.place() {
            Place::Memory => Self::open_sqlite("sqlite::memory:".parse()?, options).await,
            Place::File(path) => {
                create_private(path).map_err(|error| StoreError::Unavailable(error.into()))?;
                Self::open_sqlite(SqliteConnectOptions::new().filename(path), options).await
            }
            Place::Postgres(connect) => Self::open_postgres(connect, options).await,
        }
    }

    /// One connection: the operations are short, and SQLite lets one writer in at a time anyway. Without
    /// rivals in the process nobody waits in SQLite's own, sleeping queue.
    async fn open_sqlite(connect: SqliteConnectOptions, options: StoreOptions) -> Result<Self, StoreError> {
        let mut connect = connect
            .journal_mode(SqliteJournalMode::Wal)
            // Safe against a killed process; after a power cut the last moments may be missing, the file is whole.
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(WAIT_LIMIT)
            .foreign_keys(true)
            .auto_vacuum(SqliteAutoVacuum::Incremental)
            // What is forgotten is overwritten, not just unlinked.
            .pragma("secure_delete", "ON");
        if let Some(bytes) = options.sqlite_file_bytes {
            connect = connect.pragma("max_page_count", (bytes / PAGE_BYTES).max(1).to_string());
        }
        // sqlx holds a lock while it migrates PostgreSQL, but not SQLite: the transaction is that lock.
        let mut first = connect.clone().busy_timeout(START_LIMIT).connect().await?;
        let mut tx = first.begin_with("BEGIN IMMEDIATE").await?;
        // Not `run`, whose future the compiler does not know to be `Send`.
        Migrator::new(Schema).await?.run_direct(None, &mut *tx, false).await?;
        tx.commit().await?;
        let pool = SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(WAIT_LIMIT)
            // SQLite undoes a transaction by itself when the disk is full. sqlx then counts it as still open, and
            // the connection could never begin another.
            .before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
            .connect_with(connect)
            .await?;
        // Not before: what is in memory is gone with its last connection.
        first.close().await?;
        Ok(Self::Sqlite(pool))
    }

    async fn open_postgres(connect: &PgConnectOptions, options: StoreOptions) -> Result<Self, StoreError> {
        let mut connect = connect.clone().options([
            ("statement_timeout", "10s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ]);
        if connect.get_application_name().is_none() {
            connect = connect.application_name("mujaz");
        }
        let pool = PgPoolOptions::new()
            .max_connections(options.connections.unwrap_or(CONNECTIONS).max(1))
            .acquire_timeout(WAIT_LIMIT)
            .connect_with(connect)
            .await?;
        // One lock for the whole database: where many start at once it is waited for longer than others.
        let migrator = Migrator::new(Schema).await?;
        let mut migrated = migrator.run(&pool).await;
        for _ in 0..LOCK_TRIES {
            if matches!(migrated, Err(MigrateError::Execute(_))) {
                migrated = migrator.run(&pool).await;
            }
        }
        migrated?;
        Ok(Self::Postgres(pool))
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Runs an operation within the time limit, and sorts its errors.
pub(super) async fn bounded<T>(
    operation: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, StoreError> {
    match tokio::time::timeout(OPERATION_LIMIT, operation).await {
        Ok(result) => result.map_err(StoreError::from),
        Err(_) => Err(StoreError::Unavailable(sqlx::Error::PoolTimedOut)),
    }
}

/// `on_database!(store, pool => body)`: runs `body`, which gives a `Result<_, sqlx::Error>`, with the pool that is open. It is kept apart
/// from whatever waits for it: a statement for two databases takes kilobytes.
macro_rules! on_database {
    ($store:expr, $pool:ident => $body:expr) => {
        $crate::store::database::bounded(Box::pin(async {
            match &$store.database {
                $crate::store::database::Database::Sqlite($pool) => $body,
                $crate::store::database::Database::Postgres($pool) => $body,
            }
        }))
    };
}
pub(super) use on_database;

/// `in_transaction!(store, tx => body)`: the same within a transaction, which `body` commits; else it is undone.
macro_rules! in_transaction {
    ($store:expr, $tx:ident => $body:expr) => {
        $crate::store::database::bounded(Box::pin(async {
            match &$store.database {
                $crate::store::database::Database::Sqlite(pool) => {
                    // The lock for writing is taken first: one that reads and then writes could be refused.
                    #[allow(unused_mut, reason = "not every body borrows the transaction more than once")]
                    let mut $tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                    $body
                }
                $crate::store::database::Database::Postgres(pool) => {
                    #[allow(unused_mut, reason = "not every body borrows the transaction more than once")]
                    let mut $tx = pool.begin_with("BEGIN").await?;
                    $body
                }
            }
        }))
    };
}
pub(super) use in_transaction;

/// Creates the file, and the folder it lies in, for its owner's eyes only.
fn create_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    // One that is there is not opened: to close it would drop the locks that this process holds on it.
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[derive(Debug)]
struct Schema;

impl MigrationSource<'static> for Schema {
    fn resolve(
        self,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<Migration>, sqlx::error::BoxDynError>> + Send>> {
        let migration = |&(version, description, sql): &(i64, &'static str, &'static str)| {
            Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
        };
        Box::pin(std::future::ready(Ok(MIGRATIONS.iter().map(migration).collect())))
    }
}
