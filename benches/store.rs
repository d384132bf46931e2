//! What the store costs a request: `cargo bench --bench store`. With `MUJAZ_TEST_POSTGRES_URL` on PostgreSQL too.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use divan::Bencher;
use jiff::Timestamp;
use mujaz::article::Article;
use mujaz::store::{
    ChatId, MessageId, PersonId, Question, Rate, Replica, Store, StoreUrl, Subject, UpdateId,
};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

fn main() {
    divan::main();
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime starts"));
static UPDATE: AtomicI64 = AtomicI64::new(0);
const LEASE: Duration = Duration::from_secs(30);
const WIDE: Rate = Rate { burst: 1_000_000, refill: Duration::from_millis(1) };
/// Requests handled at once where they are not handled one by one.
const CROWD: i64 = 64;

#[derive(Clone, Copy, Debug)]
enum Kind {
    Sqlite,
    Postgres,
}

/// One request after the other.
#[divan::bench(args = [Kind::Sqlite, Kind::Postgres], sample_count = 200)]
fn request(bencher: Bencher, kind: Kind) {
    let Some((store, _folder)) = open(kind) else { return };
    bencher.bench_local(|| RUNTIME.block_on(handle(&store)));
}

/// 64 requests at once.
#[divan::bench(args = [Kind::Sqlite, Kind::Postgres], sample_count = 20)]
fn crowd(bencher: Bencher, kind: Kind) {
    let Some((store, _folder)) = open(kind) else { return };
    bencher.counter(CROWD.unsigned_abs()).bench_local(|| {
        RUNTIME.block_on(async {
            let mut requests = JoinSet::new();
            for _ in 0..CROWD {
                let store = store.clone();
                requests.spawn(async move { handle(&store).await });
            }
            requests.join_all().await;
        });
    });
}

fn open(kind: Kind) -> Option<(Store, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = match kind {
        Kind::Sqlite => StoreUrl::file(folder.path().join("store.sqlite")),
        Kind::Postgres => {
            let server = std::env::var("MUJAZ_TEST_POSTGRES_URL").ok()?;
            StoreUrl::parse(&server).expect("MUJAZ_TEST_POSTGRES_URL is an address")
        }
    };
    let store = RUNTIME.block_on(Store::open(&url)).expect("the store opens");
    Some((store, folder))
}

/// All that the store does for a pasted article of 5 kB and its answer.
async fn handle(store: &Store) {
    let number = UPDATE.fetch_add(1, Ordering::Relaxed);
    let now = Timestamp::now();
    // Another number each run, since PostgreSQL remembers those of the last.
    let update = UpdateId(now.as_microsecond() * 1000 + number % 1000);
    let (chat, person) = (ChatId(number), PersonId(number));
    let replica = Replica::random();
    let article =
        Article { body: format!("{number} ") + &"خبر قصير. ".repeat(280), ..Article::default() };
    let limits = [(Subject::Person(person), WIDE), (Subject::Chat(chat), WIDE), (Subject::Bot, WIDE)];
    let question = Question { chat: Some(chat), person: Some(person), message: Some(MessageId(1)) };

    store.claim(update, Some(chat), &replica, LEASE, now).await.expect("claimed");
    store.take(&limits, now).await.expect("taken");
    store.settings(chat).await.expect("read");
    let id = store.keep_answer(&article, question, now).await.expect("kept");
    let _ = store.begin_send(update, &replica, LEASE, Some(MessageId(1)), now).await.expect("noted");
    store.answer_sent(&id, MessageId(2)).await.expect("noted");
    let _ = store.finish(update, &replica, now).await.expect("finished");
}
