//! Where a test's bot keeps its store: a folder, or a schema of its own on the server for tests.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

/// A place for one bot's store.
pub enum Place {
    Sqlite { folder: TempDir },
    Postgres { server: String, schema: String },
}

static PLACES: AtomicUsize = AtomicUsize::new(0);

impl Place {
    pub fn sqlite() -> Self {
        Self::Sqlite { folder: TempDir::new().expect("a folder") }
    }

    pub async fn postgres(server: &str) -> Self {
        let schema = format!("bot_{:08x}_{}", std::process::id(), PLACES.fetch_add(1, Ordering::Relaxed));
        let mut connection =
            PgConnection::connect(server).await.expect("MUJAZ_TEST_POSTGRES_URL is reachable");
        sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
            .execute(&mut connection)
            .await
            .expect("a new schema");
        Self::Postgres { server: server.to_owned(), schema }
    }

    pub async fn remove(self) {
        if let Self::Postgres { server, schema } = self {
            let mut connection = PgConnection::connect(&server).await.expect("the server is there");
            let drop = format!("DROP SCHEMA {schema} CASCADE");
            sqlx::query(AssertSqlSafe(drop)).execute(&mut connection).await.expect("the schema goes");
        }
    }

    pub async fn execute(&self, sql: &str) {
        match self {
            Self::Sqlite { .. } => {
                let mut connection = SqliteConnection::connect(&self.address()).await.expect("the store");
                sqlx::query(AssertSqlSafe(sql))
                    .execute(&mut connection)
                    .await
                    .map(drop)
                    .expect("a statement");
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.address()).await.expect("the store");
                sqlx::query(AssertSqlSafe(sql))
                    .execute(&mut connection)
                    .await
                    .map(drop)
                    .expect("a statement");
            }
        }
    }

    /// The numbers that a query of the test's own gives.
    pub async fn numbers(&self, sql: &str) -> Vec<i64> {
        match self {
            Self::Sqlite { .. } => {
                let mut connection = SqliteConnection::connect(&self.address()).await.expect("the store");
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut connection).await.expect("numbers")
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.address()).await.expect("the store");
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut connection).await.expect("numbers")
            }
        }
    }

    /// Waits until what a dead bot had sent off to the server is done: the server may still be at it.
    pub async fn settle(&self) {
        let Self::Postgres { server, schema } = self else { return };
        let mut connection = PgConnection::connect(server).await.expect("the server is there");
        let sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = $1";
        while sqlx::query_scalar::<_, i64>(sql)
            .bind(schema)
            .fetch_one(&mut connection)
            .await
            .expect("a number")
            > 0
        {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    pub fn address(&self) -> String {
        match self {
            Self::Sqlite { folder } => format!("sqlite:{}", folder.path().join("store.db").display()),
            Self::Postgres { server, schema } => {
                let joint = if server.contains('?') { '&' } else { '?' };
                format!("{server}{joint}options[search_path]={schema}&application_name={schema}")
            }
        }
    }
}

/// The server for tests; where there is none, a line says which test was skipped.
pub fn postgres_server(test: &str) -> Option<String> {
    let server = std::env::var("MUJAZ_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty());
    if server.is_none() {
        // Not eprintln!, which a passing test does not show.
        let _ = writeln!(std::io::stderr(), "skipped: {test} (MUJAZ_TEST_POSTGRES_URL is not set)");
    }
    server
}
