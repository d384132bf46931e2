//! Where the store is.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

use super::error::StoreUrlError;

/// The address of a store: `sqlite:PATH`, `sqlite::memory:` or `postgres://…`. Shown without its password.
#[derive(Clone)]
pub struct StoreUrl(Place);

#[derive(Clone)]
pub(super) enum Place {
    Memory,
    File(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

impl StoreUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// If it is neither of SQLite nor of PostgreSQL.
    pub fn parse(text: &str) -> Result<Self, StoreUrlError> {
        let text = text.trim();
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(text).map_err(|_| StoreUrlError::Postgres)?;
            return Ok(Self(Place::Postgres(Box::new(options))));
        }
        let path = text.strip_prefix("sqlite:").ok_or(StoreUrlError::Scheme)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        match path {
            "" => Err(StoreUrlError::NoPath),
            ":memory:" => Ok(Self(Place::Memory)),
            path => Ok(Self::file(path)),
        }
    }

    /// The SQLite file at `path`, which is created if it is missing.
    #[must_use]
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self(Place::File(path.as_ref().to_owned()))
    }

    /// An SQLite store that lives as long as the process.
    #[must_use]
    pub fn memory() -> Self {
        Self(Place::Memory)
    }

    /// The same store with this password, whatever characters it has; SQLite knows none.
    #[must_use]
    pub fn with_password(self, password: &str) -> Self {
        Self(match self.0 {
            Place::Postgres(options) => Place::Postgres(Box::new(options.password(password))),
            place => place,
        })
    }

    /// Whether several replicas can share this store.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.0, Place::Postgres(_))
    }

    pub(super) fn place(&self) -> &Place {
        &self.0
    }
}

impl fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Memory => f.write_str("sqlite::memory:"),
            Place::File(path) => write!(f, "sqlite:{}", path.display()),
            Place::Postgres(options) => write!(
                f,
                "postgres://{}:{}/{}",
                options.get_host(),
                options.get_port(),
                options.get_database().unwrap_or_default()
            ),
        }
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_shown_without_their_password() {
        let check = |text: &str, shown: &str| assert_eq!(StoreUrl::parse(text).unwrap().to_string(), shown);
        check("sqlite:mujaz.sqlite", "sqlite:mujaz.sqlite");
        check("sqlite:///var/lib/mujaz.sqlite", "sqlite:/var/lib/mujaz.sqlite");
        check("sqlite::memory:", "sqlite::memory:");
        check("postgres://me:secret@db.example:5433/mujaz", "postgres://db.example:5433/mujaz");
        check("postgresql://me:secret@db.example/mujaz", "postgres://db.example:5432/mujaz");
        let url = StoreUrl::parse("postgres://me:secret@db.example/mujaz").unwrap();
        assert!(!format!("{url:?}").contains("secret"));
    }

    #[test]
    fn a_password_may_hold_any_character() {
        use sqlx::ConnectOptions;

        let password = |url: StoreUrl| match url.0 {
            Place::Postgres(options) => options.to_url_lossy().password().map(str::to_owned),
            _ => None,
        };
        let beside =
            |password: &str| StoreUrl::parse("postgres://me@db/mujaz").unwrap().with_password(password);
        assert_eq!(
            password(StoreUrl::parse("postgres://me:p@ss@db/mujaz").unwrap()).as_deref(),
            Some("p%40ss")
        );
        assert_eq!(password(beside("p@ss")).as_deref(), Some("p%40ss"));
        assert_eq!(password(beside("a/b?c#d:e")).as_deref(), Some("a%2Fb%3Fc%23d%3Ae"));
        let shown = beside("p@ss/word").to_string();
        assert_eq!(shown, "postgres://db:5432/mujaz");
    }

    #[test]
    fn other_addresses_are_refused_without_being_repeated() {
        let check = |text: &str, error| assert_eq!(StoreUrl::parse(text).unwrap_err(), error);
        check("mysql://me:secret@db/mujaz", StoreUrlError::Scheme);
        check("mujaz.sqlite", StoreUrlError::Scheme);
        check("sqlite:", StoreUrlError::NoPath);
        check("postgres://me:secret@[bad/mujaz", StoreUrlError::Postgres);
    }
}
