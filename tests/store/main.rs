//! The store, the same tests on SQLite and on PostgreSQL. Without `MUJAZ_TEST_POSTGRES_URL` only SQLite's run, and the
//! others name themselves as skipped; `.ci/postgres` starts one.

mod answers;
mod faults;
mod forgetting;
mod harness;
mod killed;
mod limits;
mod parts;
mod settings;
mod told;
mod updates;
