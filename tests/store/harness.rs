//! Where a test's store is: a folder or a schema of its own, opened as often as the test needs replicas.

use std::io::Write;

use jiff::Timestamp;
use mujaz::article::{Article, Published};
use mujaz::store::{Retention, Store, StoreOptions, StoreUrl};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

/// A place for one test's store.
pub enum Place {
    Sqlite { folder: TempDir },
    Postgres { server: String, schema: String },
}

/// Makes each `async fn name(place: &Place)` two tests, `name::sqlite` and `name::postgres`.
macro_rules! on_each_store {
    ($($(#[doc = $doc:literal])* async fn $name:ident($place:ident: &Place) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "not every test uses everything that its neighbours do")]
            use super::*;
            use $crate::harness::Place;

            $(#[doc = $doc])*
            async fn test($place: &Place) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                test(&Place::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                let Some(place) = Place::postgres(module_path!()).await else { return };
                test(&place).await;
                place.remove().await;
            }
        }
    )*};
}
pub(crate) use on_each_store;

impl Place {
    pub fn sqlite() -> Self {
        Self::Sqlite { folder: TempDir::new().unwrap() }
    }

    /// `None`, and a line that says so, if there is no server for tests.
    pub async fn postgres(test: &str) -> Option<Self> {
        let Some(server) = postgres_server() else {
            // Not eprintln!, which a passing test does not show.
            let _ =
                writeln!(std::io::stderr(), "skipped: {test}::postgres (MUJAZ_TEST_POSTGRES_URL is not set)");
            return None;
        };
        let schema = format!("test_{:08x}_{}", std::process::id(), test.replace("::", "_"));
        // PostgreSQL cuts names at 63 bytes.
        let schema = schema.chars().take(60).collect::<String>();
        let mut connection =
            PgConnection::connect(&server).await.expect("MUJAZ_TEST_POSTGRES_URL is reachable");
        sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&mut connection).await.unwrap();
        Some(Self::Postgres { server, schema })
    }

    pub async fn remove(&self) {
        if let Self::Postgres { server, schema } = self {
            let mut connection = PgConnection::connect(server).await.unwrap();
            sqlx::query(AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE")))
                .execute(&mut connection)
                .await
                .unwrap();
        }
    }

    pub fn address(&self) -> String {
        match self {
            Self::Sqlite { folder } => format!("sqlite:{}", folder.path().join("store.sqlite").display()),
            Self::Postgres { server, schema } => {
                let joint = if server.contains('?') { '&' } else { '?' };
                format!("{server}{joint}options[search_path]={schema}&application_name={schema}")
            }
        }
    }

    pub fn url(&self) -> StoreUrl {
        StoreUrl::parse(&self.address()).unwrap()
    }

    pub async fn open(&self) -> Store {
        Store::open(&self.url()).await.unwrap()
    }

    pub async fn open_keeping(&self, retention: Retention) -> Store {
        Store::open_with(&self.url(), StoreOptions { retention, ..StoreOptions::default() }).await.unwrap()
    }

    /// The one number that a query of the test's own gives.
    pub async fn number(&self, sql: &str) -> i64 {
        match self {
            Self::Sqlite { .. } => {
                let mut connection = SqliteConnection::connect(&self.address()).await.unwrap();
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap()
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.address()).await.unwrap();
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap()
            }
        }
    }

    pub async fn execute(&self, sql: &str) {
        match self {
            Self::Sqlite { .. } => {
                let mut connection = SqliteConnection::connect(&self.address()).await.unwrap();
                sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.map(drop).unwrap();
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.address()).await.unwrap();
                sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.map(drop).unwrap();
            }
        }
    }

    /// Every table of the store, and its columns.
    pub async fn columns(&self) -> Vec<(String, String)> {
        match self {
            Self::Sqlite { .. } => {
                let mut connection = SqliteConnection::connect(&self.address()).await.unwrap();
                sqlx::query_as(
                    "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns \
                     WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name NOT LIKE '_sqlx%'",
                )
                .fetch_all(&mut connection)
                .await
                .unwrap()
            }
            Self::Postgres { schema, .. } => {
                let mut connection = PgConnection::connect(&self.address()).await.unwrap();
                sqlx::query_as(
                    "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns \
                     WHERE table_schema = $1 AND table_name NOT LIKE '\\_sqlx%'",
                )
                .bind(schema)
                .fetch_all(&mut connection)
                .await
                .unwrap()
            }
        }
    }
}

/// The server for tests, if there is one.
pub fn postgres_server() -> Option<String> {
    std::env::var("MUJAZ_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty())
}

/// The tests' clock: so many seconds after a moment in 2027.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

/// An article with something in every field.
pub fn article(topic: &str) -> Article {
    Article {
        picture: "https://example.org/1.jpg".parse().ok(),
        cut: None,
        headline: format!("{topic}: عنوان الخبر"),
        body: format!("قال المتحدث إن {topic} يبدأ غدا.\nوأضاف: “العدد ١٬٢٠٠”.\n"),
        url: Some(format!("https://news.example/{topic}?id=7&lang=ar").parse().unwrap()),
        host: Some("sites.example".into()),
        site: Some("صحيفة المثال".into()),
        byline: Some("ليلى العلي".into()),
        published: Some(Published {
            date: jiff::civil::date(2027, 1, 15),
            time: Some(jiff::civil::time(8, 30, 5, 0)),
            offset: Some(jiff::tz::Offset::from_seconds(-12_600).unwrap()),
        }),
        language: Some("ar".into()),
    }
}

/// A pasted article: words only.
pub fn pasted(body: &str) -> Article {
    Article { body: body.into(), ..Article::default() }
}
