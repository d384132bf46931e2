//! Addresses that must not be fetched, as they stand, by redirect and by name.

use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mujaz::fetch::address::{Exceptions, Forbidden, check};
use mujaz::fetch::resolve::Lookup;
use mujaz::fetch::{FetchError, FetchOptions, Fetcher};
use url::Url;

use crate::server::{Server, article, html, readers, redirect};

const HOSTILE: [(&str, Forbidden); 62] = [
    ("http://127.0.0.1/", Forbidden::Private),
    ("http://127.1/", Forbidden::Private),
    ("http://127.255.255.254/", Forbidden::Private),
    ("http://0.0.0.0/", Forbidden::Private),
    ("http://0/", Forbidden::Private),
    ("http://2130706433/", Forbidden::Private),
    ("http://0x7f000001/", Forbidden::Private),
    ("http://0x7f.0.0.1/", Forbidden::Private),
    ("http://0177.0.0.1/", Forbidden::Private),
    ("http://017700000001/", Forbidden::Private),
    ("http://①②⑦.⓪.⓪.①/", Forbidden::Private),
    ("http://%31%32%37.0.0.1/", Forbidden::Private),
    ("http://10.0.0.1/", Forbidden::Private),
    ("http://10.255.255.255/", Forbidden::Private),
    ("http://172.16.0.1/", Forbidden::Private),
    ("http://172.31.255.255/", Forbidden::Private),
    ("http://192.168.1.1/", Forbidden::Private),
    ("http://169.254.169.254/latest/meta-data/", Forbidden::Private),
    ("http://2852039166/", Forbidden::Private),
    ("http://100.64.0.1/", Forbidden::Private),
    ("http://100.100.100.200/", Forbidden::Private),
    ("http://168.63.129.16/", Forbidden::Private),
    ("http://192.0.0.192/", Forbidden::Private),
    ("http://192.0.2.1/", Forbidden::Private),
    ("http://198.18.0.1/", Forbidden::Private),
    ("http://198.51.100.7/", Forbidden::Private),
    ("http://203.0.113.7/", Forbidden::Private),
    ("http://224.0.0.1/", Forbidden::Private),
    ("http://240.0.0.1/", Forbidden::Private),
    ("http://255.255.255.255/", Forbidden::Private),
    ("http://[::1]/", Forbidden::Private),
    ("http://[::]/", Forbidden::Private),
    ("http://[::ffff:127.0.0.1]/", Forbidden::Private),
    ("http://[::ffff:8.8.8.8]/", Forbidden::Private),
    ("http://[::ffff:a9fe:a9fe]/", Forbidden::Private),
    ("http://[::127.0.0.1]/", Forbidden::Private),
    ("http://[64:ff9b::7f00:1]/", Forbidden::Private),
    ("http://[64:ff9b::a9fe:a9fe]/", Forbidden::Private),
    ("http://[64:ff9b:1::1]/", Forbidden::Private),
    ("http://[2002:7f00:1::]/", Forbidden::Private),
    ("http://[2002:a9fe:a9fe::1]/", Forbidden::Private),
    ("http://[2001::1]/", Forbidden::Private),
    ("http://[2001:db8::1]/", Forbidden::Private),
    ("http://[fc00::1]/", Forbidden::Private),
    ("http://[fd00:ec2::254]/", Forbidden::Private),
    ("http://[fe80::1]/", Forbidden::Private),
    ("http://[fec0::1]/", Forbidden::Private),
    ("http://[ff02::1]/", Forbidden::Private),
    ("http://[100::1]/", Forbidden::Private),
    ("http://localhost/", Forbidden::Private),
    ("http://LOCALHOST./", Forbidden::Private),
    ("http://a.localhost/", Forbidden::Private),
    ("http://metadata.google.internal/", Forbidden::Private),
    ("http://printer.local/", Forbidden::Private),
    ("http://intranet/", Forbidden::Private),
    ("http://router.home.arpa/", Forbidden::Private),
    ("https://news.example.com:22/", Forbidden::Port),
    ("http://news.example.com:6379/", Forbidden::Port),
    ("http://user:secret@news.example.com/", Forbidden::Scheme),
    ("ftp://news.example.com/", Forbidden::Scheme),
    ("file:///etc/passwd", Forbidden::Scheme),
    ("gopher://127.0.0.1:70/", Forbidden::Scheme),
];

#[test]
fn hostile_addresses_are_refused() {
    for (address, expected) in HOSTILE {
        let url = Url::parse(address).expect(address);
        assert_eq!(check(&url, &Exceptions::default()), Err(expected), "{address}");
    }
}

#[tokio::test]
async fn hostile_addresses_are_refused_behind_a_redirect() {
    let server = Server::start(|head, _| {
        let index: usize =
            head.split(['/', ' ']).nth(2).and_then(|path| path.parse().ok()).unwrap_or_default();
        redirect(HOSTILE[index].0)
    })
    .await;
    let fetcher = server.fetcher();
    for (index, (address, expected)) in HOSTILE.iter().enumerate() {
        if !address.is_ascii() {
            continue;
        }
        let error = fetcher.article(&server.url(&format!("/{index}"))).await.expect_err(address);
        assert_eq!(error, FetchError::Forbidden(*expected), "{address}");
    }
}

/// Answers publicly the first time and privately after.
struct ChangesItsMind(AtomicUsize, [&'static str; 2]);

impl Lookup for ChangesItsMind {
    fn lookup(&self, _: String) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>> {
        let asked = self.0.fetch_add(1, Ordering::SeqCst).min(1);
        let answer: IpAddr = self.1[asked].parse().expect("an address");
        Box::pin(async move { Ok(vec![answer]) })
    }
}

#[tokio::test]
async fn a_name_that_means_a_private_address_is_refused_at_connect_time() {
    for answers in [["127.0.0.1"; 2], ["169.254.169.254"; 2], ["::1"; 2], ["fd00::1"; 2]] {
        let lookup = Arc::new(ChangesItsMind(AtomicUsize::new(0), answers));
        let fetcher =
            Fetcher::new(FetchOptions { lookup, ..FetchOptions::default() }, readers()).expect("a client");
        let error = fetcher.article(&Url::parse("http://rebind.example.com/").expect("an address")).await;
        assert_eq!(error.expect_err("refused"), FetchError::Forbidden(Forbidden::Private), "{answers:?}");
    }
}

/// The name answers with a public address when it is first asked, and with that of a server in here ever after:
/// what connects is the address that was checked, and what is asked again is checked again.
#[tokio::test]
async fn a_name_that_answers_twice_gains_nothing() {
    // Not in use by anyone (RFC 5735 gave this block back); where a network answers for it all the same, it is
    // still not the server in here.
    const PUBLIC: &str = "128.66.0.1";
    let server = Server::start(|_, _| html(&article())).await;
    let inside = server.url("/a");
    let lookup = Arc::new(ChangesItsMind(AtomicUsize::new(0), [PUBLIC, "127.0.0.1"]));
    let options = FetchOptions {
        lookup: Arc::clone(&lookup) as Arc<dyn Lookup>,
        exceptions: Exceptions { ports: inside.port().into_iter().collect(), ..Exceptions::default() },
        connect_timeout: Duration::from_millis(200),
        ..server.options()
    };
    let fetcher = Fetcher::new(options, readers()).expect("a client");
    let mut url = inside.clone();
    url.set_host(Some("rebind.example.com")).expect("a name");

    let first = fetcher.article(&url).await.expect_err("nobody there");
    assert_ne!(first, FetchError::Forbidden(Forbidden::Private));
    let asked = lookup.0.load(Ordering::SeqCst);
    assert_eq!(asked, 1, "the address that was checked is the one that is used");
    let second = fetcher.article(&url).await.expect_err("refused");
    assert_eq!(second, FetchError::Forbidden(Forbidden::Private));
    assert_eq!(server.requests(), 0);
}

/// A redirect leads to a name that has turned private.
#[tokio::test]
async fn a_redirect_to_a_name_that_turned_private_is_refused() {
    let server = Server::start(|_, _| redirect("http://rebind.example.com/")).await;
    let lookup = Arc::new(ChangesItsMind(AtomicUsize::new(1), ["128.66.0.1", "10.0.0.1"]));
    let fetcher = Fetcher::new(FetchOptions { lookup, ..server.options() }, readers()).expect("a client");
    let error = fetcher.article(&server.url("/a")).await.expect_err("refused");
    assert_eq!(error, FetchError::Forbidden(Forbidden::Private));
}

#[tokio::test]
async fn the_test_server_itself_is_reached() {
    let server = Server::start(|_, _| html(&article())).await;
    let article = server.fetcher().article(&server.url("/a")).await.expect("an article");
    assert_eq!(article.headline, "الحكومة تخفض الضرائب");
    let error =
        Fetcher::new(FetchOptions::default(), readers()).expect("a client").article(&server.url("/a")).await;
    assert!(matches!(error, Err(FetchError::Forbidden(_))));
}
