//! Which addresses may be fetched: web pages on the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

/// What may be reached beyond the public internet on the web's ports.
#[derive(Clone, Debug, Default)]
pub struct Exceptions {
    /// Sockets that are allowed although they are private or on another port: an own test server.
    pub sockets: Vec<SocketAddr>,
    /// Ports that are allowed besides 80 and 443.
    pub ports: Vec<u16>,
}

/// Why an address is not fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// Neither `http` nor `https`, or with a password in it.
    #[error("only http and https addresses, without a password in them, are read")]
    Scheme,
    /// A port that web pages are not served on.
    #[error(
        "only the ports of the web, 80 and 443, are read; MUJAZ_REACHABLE allows an address with another, as 10.0.0.7:8080 (and the link names it by its number)"
    )]
    Port,
    /// An address inside a private network, of this machine, or of no machine.
    #[error(
        "it leads into a private network; MUJAZ_REACHABLE allows an address there, as 10.0.0.7:80 (and the link names it by its number)"
    )]
    Private,
}

/// Checks what an address says by itself. Names are checked when they are resolved, at connect time.
///
/// # Errors
/// Why it is not fetched.
pub fn check(url: &Url, exceptions: &Exceptions) -> Result<(), Forbidden> {
    if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(Forbidden::Scheme);
    }
    let port = url.port_or_known_default().ok_or(Forbidden::Port)?;
    // `Url` has read 2130706433, 0x7f.1 and 0177.0.0.1 as the address that they are.
    let ip = match url.host().ok_or(Forbidden::Scheme)? {
        Host::Ipv4(ip) => Some(IpAddr::V4(ip)),
        Host::Ipv6(ip) => Some(IpAddr::V6(ip)),
        Host::Domain(name) if is_local_name(name) => return Err(Forbidden::Private),
        Host::Domain(_) => None,
    };
    if ip.is_some_and(|ip| exceptions.sockets.contains(&SocketAddr::new(ip, port))) {
        return Ok(());
    }
    if !matches!(port, 80 | 443) && !exceptions.ports.contains(&port) {
        return Err(Forbidden::Port);
    }
    if ip.is_some_and(|ip| !is_public(ip)) { Err(Forbidden::Private) } else { Ok(()) }
}

/// Names that never mean a machine of the public internet.
fn is_local_name(name: &str) -> bool {
    const SUFFIXES: [&str; 9] =
        ["localhost", "local", "internal", "localdomain", "lan", "home", "corp", "intranet", "onion"];

    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    !name.contains('.') || SUFFIXES.contains(&last) || name.ends_with("home.arpa")
}

/// Whether `ip` can be a web server of the public internet (the registries of special addresses, RFC 6890 and
/// its successors). Addresses that carry another inside them (mapped, NAT64, 6to4) are judged by that one too.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

#[allow(clippy::match_same_arms, reason = "each arm is one group of the registry")]
#[allow(clippy::many_single_char_names, reason = "the four parts of an address have no other names")]
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, d] = ip.octets();
    match (a, b, c, d) {
        // This network, private networks, loopback, link-local (and cloud metadata).
        (0 | 10 | 127, ..) | (172, 16..=31, ..) | (192, 168, ..) | (169, 254, ..) => false,
        // Carrier-grade NAT (and Alibaba's metadata), protocol assignments, documentation, 6to4 relays, benchmarks.
        (100, 64..=127, ..) | (198, 18..=19, ..) | (192, 0, 0 | 2, _) | (192, 88, 99, _) => false,
        (198, 51, 100, _) | (203, 0, 113, _) => false,
        // Azure's wire server: a public address that answers inside its cloud only.
        (168, 63, 129, 16) => false,
        // Multicast, reserved, broadcast.
        _ => a < 224,
    }
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let inner = |high: u16, low: u16| is_public_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match ip.segments() {
        // NAT64, well known (64:ff9b::/96), and 6to4 (2002::/16): as public as what they carry.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => inner(high, low),
        // Teredo, benchmarks, ORCHID, documentation.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // Global unicast; all else is loopback, mapped, local, link-local, multicast or unassigned.
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{Exceptions, Forbidden, check, is_public};

    #[test]
    fn exceptions_are_exact() {
        let exceptions =
            Exceptions { sockets: vec!["127.0.0.1:8080".parse().expect("a socket")], ports: vec![8443] };
        let check = |url: &str| check(&Url::parse(url).expect("an address"), &exceptions);
        assert_eq!(check("http://127.0.0.1:8080/"), Ok(()));
        assert_eq!(check("http://127.0.0.1:8081/"), Err(Forbidden::Port));
        assert_eq!(check("http://127.0.0.1/"), Err(Forbidden::Private));
        assert_eq!(check("https://news.example.com:8443/"), Ok(()));
        assert_eq!(check("https://10.0.0.1:8443/"), Err(Forbidden::Private));
    }

    #[test]
    fn public_servers_are_public() {
        for ip in [
            "93.184.216.34",
            "1.1.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "2606:2800:220:1::1",
            "64:ff9b::101:101",
        ] {
            assert!(is_public(ip.parse().expect("an address")), "{ip}");
        }
    }
}
