//! The fetcher against a server that does what servers should not.

mod addresses;
mod hostile;
mod manners;
mod server;
