//! Names are resolved here for the client, so that what is checked is what is connected to: a name that
//! answers differently the second time is never asked twice.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Forbidden, is_public};

/// Finds the addresses of a name.
pub trait Lookup: Send + Sync + 'static {
    /// The addresses of `host`.
    fn lookup(&self, host: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;
}

/// The resolver of the operating system.
#[derive(Clone, Copy, Debug)]
pub struct System;

impl Lookup for System {
    fn lookup(&self, host: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Lets through names all of whose addresses are public.
pub(super) struct Guard(pub(super) Arc<dyn Lookup>);

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = self.0.lookup(name.as_str().to_owned());
        Box::pin(async move {
            let found = lookup.await?;
            // One private address among public ones is no accident.
            if found.iter().any(|&ip| !is_public(ip)) {
                return Err(Forbidden::Private.into());
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}
