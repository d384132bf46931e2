//! A web server that answers byte for byte what a test wants.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mujaz::fetch::address::Exceptions;
use mujaz::fetch::{FetchOptions, Fetcher};
use mujaz::reader::{ReaderOptions, Readers};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What the server does once it has read a request.
pub enum Answer {
    /// Sends these bytes and closes.
    Bytes(Vec<u8>),
    /// Sends these bytes, then the last of them again and again with pauses.
    Drip(Vec<u8>, Duration),
    /// Sends these bytes, then these others without end.
    Endless(Vec<u8>, Vec<u8>),
    /// Says nothing and keeps the connection.
    Silence,
    /// Closes at once.
    Close,
}

/// A running server.
pub struct Server {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server that answers a request (its head, as text) and its number, from 0, with `answer`.
    pub async fn start(answer: impl Fn(&str, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, count) = (Arc::clone(&answer), Arc::clone(&count));
                tokio::spawn(async move {
                    let mut stream = stream;
                    let head = read_head(&mut stream).await;
                    if !head.is_empty() {
                        let number = count.fetch_add(1, Ordering::SeqCst);
                        send(&mut stream, answer(&head, number)).await;
                    }
                });
            }
        });
        Self { address, requests }
    }

    /// The address of `path` on this server.
    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).expect("an address")
    }

    /// How many requests it has read.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// A fetcher with short limits that may reach this server.
    pub fn fetcher(&self) -> Fetcher {
        Fetcher::new(self.options(), readers()).expect("a client")
    }

    /// The options of that fetcher.
    pub fn options(&self) -> FetchOptions {
        FetchOptions {
            exceptions: Exceptions { sockets: vec![self.address], ports: vec![] },
            idle_timeout: Duration::from_millis(700),
            // Reading the page counts too, and is slower without optimisation.
            total_timeout: Duration::from_millis(if cfg!(debug_assertions) { 12_000 } else { 1800 }),
            max_bytes: 4 << 20,
            per_second: std::num::NonZeroU32::new(100).expect("not zero"),
            ..FetchOptions::default()
        }
    }
}

/// Readers that take their time where nothing is optimised.
pub fn readers() -> Readers {
    let options = ReaderOptions::new(env!("CARGO_BIN_EXE_mujaz").into());
    Readers::new(ReaderOptions {
        deadline: Duration::from_secs(15),
        fair_share: Duration::from_secs(5),
        ..options
    })
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => head.extend_from_slice(&buffer[..read]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Sends until the other side has had enough.
async fn send(stream: &mut TcpStream, answer: Answer) {
    match answer {
        Answer::Close => {}
        Answer::Bytes(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Answer::Drip(bytes, pause) => {
            let last = bytes.last().copied().unwrap_or(b' ');
            let mut sent = stream.write_all(&bytes).await;
            while sent.is_ok() {
                tokio::time::sleep(pause).await;
                sent = stream.write_all(&[last]).await;
            }
        }
        Answer::Endless(bytes, more) => {
            let mut sent = stream.write_all(&bytes).await;
            while sent.is_ok() {
                sent = stream.write_all(&more).await;
            }
        }
        Answer::Silence => tokio::time::sleep(Duration::from_secs(30)).await,
    }
}

/// An answer with a status line, headers and the length of its body.
pub fn response(status: &str, headers: &str, body: &[u8]) -> Answer {
    let mut bytes =
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len())
            .into_bytes();
    bytes.extend_from_slice(body);
    Answer::Bytes(bytes)
}

/// A page.
pub fn html(body: &str) -> Answer {
    response("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes())
}

/// A redirect.
pub fn redirect(to: &str) -> Answer {
    response("302 Found", &format!("Location: {to}\r\n"), b"")
}

/// One sentence of an article.
pub const SENTENCE: &str =
    "أعلنت الحكومة اليوم أنها ستخفض الضرائب على الشركات الصغيرة في المحافظات الجنوبية كلها.";

/// A page with an article of some paragraphs.
pub fn article() -> String {
    let mut page = String::from(
        "<!doctype html><html lang=ar><head><title>الحكومة تخفض الضرائب</title></head><body><article><h1>الحكومة تخفض الضرائب</h1>",
    );
    for number in 1..=8 {
        let paragraph =
            format!("<p>{SENTENCE} وقال الوزير إن الخفض رقم {number} يبدأ في مطلع العام المقبل.</p>");
        page.push_str(&paragraph);
    }
    page + "</article></body></html>"
}
