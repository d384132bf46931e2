//! Serves HTTP to whoever connects, within bounds: so many connections, each with so long for the head of its next request.
//!
//! Where all places are taken, the connection that has been idle longest makes room, so that nobody keeps Telegram out by
//! holding connections open. (`axum::serve` knows neither bound.)

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// Connections at once: those that Telegram may open (100), and a few for who looks after the bot.
const CONNECTIONS: usize = 128;

/// How long the head of a request may take, and how long a connection may be idle before its next one, unless it is said
/// otherwise.
pub const IDLE: Duration = Duration::from_secs(30);

/// How long to wait where the system gives no more connections.
const PAUSE: Duration = Duration::from_millis(200);

/// A connection that is open.
struct Open {
    /// Whether a request of it is being answered.
    busy: Arc<AtomicBool>,
    close: CancellationToken,
}

/// Serves `router` on `listener` until `stop` is cancelled; then answers what is being answered.
pub(super) async fn serve(listener: TcpListener, router: Router, idle: Duration, stop: CancellationToken) {
    let mut open: BTreeMap<u64, Open> = BTreeMap::new();
    let mut tasks: JoinSet<u64> = JoinSet::new();
    for number in 0.. {
        let stream = loop {
            tokio::select! {
                () = stop.cancelled() => {
                    while tasks.join_next().await.is_some() {}
                    return;
                }
                Some(Ok(ended)) = tasks.join_next() => drop(open.remove(&ended)),
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => break stream,
                    // The caller has gone before it was heard.
                    Err(error) if matches!(
                        error.kind(),
                        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused
                    ) => {}
                    Err(error) => {
                        tracing::warn!(kind = ?error.kind(), "a connection could not be accepted");
                        make_room(&mut open);
                        sleep(PAUSE).await;
                    }
                },
            }
        };
        if open.len() >= CONNECTIONS && !make_room(&mut open) {
            // All of them are being answered; whoever calls may call again.
            continue;
        }
        let (busy, close) = (Arc::new(AtomicBool::new(false)), CancellationToken::new());
        open.insert(number, Open { busy: Arc::clone(&busy), close: close.clone() });
        let (router, stop) = (router.clone(), stop.clone());
        tasks.spawn(async move {
            connection(stream, router, idle, &busy, &close, &stop).await;
            number
        });
    }
}

/// Closes the oldest connection that asks for nothing; false where there is none.
fn make_room(open: &mut BTreeMap<u64, Open>) -> bool {
    let idle = open.iter().find(|(_, connection)| !connection.busy.load(Ordering::Relaxed));
    let Some(number) = idle.map(|(number, _)| *number) else { return false };
    if let Some(connection) = open.remove(&number) {
        connection.close.cancel();
    }
    true
}

async fn connection(
    stream: TcpStream,
    router: Router,
    idle: Duration,
    busy: &AtomicBool,
    close: &CancellationToken,
    stop: &CancellationToken,
) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(|request| {
        let answer = router.call(request);
        async {
            busy.store(true, Ordering::Relaxed);
            let answer = answer.await;
            busy.store(false, Ordering::Relaxed);
            answer
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(idle)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(served);
    let mut stopping = false;
    loop {
        tokio::select! {
            // A fault of the connection is the caller's.
            _ = served.as_mut() => return,
            () = close.cancelled() => return,
            () = stop.cancelled(), if !stopping => {
                stopping = true;
                if !busy.load(Ordering::Relaxed) {
                    return;
                }
                served.as_mut().graceful_shutdown();
            }
        }
    }
}
