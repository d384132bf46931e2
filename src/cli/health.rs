//! `mujaz health`: asks the bot that runs beside it whether it takes updates. For containers, whose image holds nothing else
//! that could ask.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail};

use crate::config::Config;

/// How long the bot may take to answer; it asks its store.
const PATIENCE: Duration = Duration::from_secs(4);

/// Asks `/readyz` where the configuration says that it is served.
///
/// # Errors
/// One sentence: why the bot cannot be asked, or what it says instead of that it is ready.
pub fn run(output: &mut impl Write) -> anyhow::Result<()> {
    let address = Config::from_env()?.listen.context("MUJAZ_LISTEN is not set: the bot cannot be asked")?;
    let answer = ask(here(address)).with_context(|| format!("no answer from {address}"))?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    if head.split_whitespace().nth(1) != Some("200") {
        bail!("not ready: {}", body.trim());
    }
    writeln!(output, "{}", body.trim())?;
    Ok(())
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// Where a program on the same machine reaches what listens at `address`.
fn here(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
