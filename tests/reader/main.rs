//! Documents read in processes of their own: what they hold comes back, and what they do to a process stays there.

// Each test program uses its own part of these.
#[allow(dead_code)]
#[path = "../bot/files.rs"]
mod files;
#[allow(dead_code)]
mod processes;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use mujaz::article::Refusal;
use mujaz::article::document::{self, Origin, Reading};
use mujaz::reader::{ReadError, ReaderOptions, Readers};
use tokio::time::timeout;

use processes::Processes;

const SAMPLE: &str = include_str!("../../samples/water-conference.txt");

fn options() -> ReaderOptions {
    ReaderOptions {
        // Beside other tests a start and a page take their time.
        deadline: Duration::from_secs(8),
        ..ReaderOptions::new(PathBuf::from(env!("CARGO_BIN_EXE_mujaz")))
    }
}

fn file(name: &str) -> Origin {
    Origin::File { name: name.to_owned(), url: None }
}

/// What the sample holds, which is read in this very process.
fn sample() -> Reading {
    document::read(&file("sample.txt"), SAMPLE.as_bytes())
}

async fn read_sample(readers: &Readers) -> Result<Reading, ReadError> {
    readers.read(&file("sample.txt"), SAMPLE.as_bytes()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_says_the_same_in_a_process_of_its_own() {
    let readers = Readers::new(options());
    let html = format!(
        "<html lang=ar><title>عنوان</title><meta property='article:published_time' content='2026-02-28T23:59:00+03:00'>\
         <article>{}</article>",
        SAMPLE.lines().flat_map(|line| ["<p>", line, "</p>"]).collect::<String>()
    );
    let url = "https://news.example/a/1".parse().expect("an address");
    let page = Origin::Page { url, charset: Some("utf-8".to_owned()) };
    let documents = [
        (file("a.txt"), SAMPLE.as_bytes().to_vec()),
        (file("a.docx"), files::docx(SAMPLE)),
        (file("a.pdf"), files::scanned_pdf()),
        (file("a.html"), html.clone().into_bytes()),
        (page.clone(), html.into_bytes()),
        (page, b"<meta http-equiv=refresh content='0;url=/a/2'>".to_vec()),
        (file("empty.txt"), Vec::new()),
    ];
    for (origin, content) in documents {
        let read = readers.read(&origin, &content).await.expect("it is read");
        assert_eq!(read, document::read(&origin, &content), "{origin:?}");
    }
}

/// What the pipes, the frames and the other process add to reading a page, where one is warm.
#[tokio::test(flavor = "multi_thread")]
async fn a_warm_process_costs_little() {
    let readers = Readers::new(options());
    let html = SAMPLE.lines().flat_map(|line| ["<p>", line, "</p>"]).collect::<String>().repeat(10);
    let origin = file("a.html");
    let (mut here, mut there) = (Vec::new(), Vec::new());
    for _ in 0..30 {
        let asked = Instant::now();
        let read = document::read(&origin, html.as_bytes());
        here.push(asked.elapsed());
        let asked = Instant::now();
        assert_eq!(readers.read(&origin, html.as_bytes()).await, Ok(read));
        there.push(asked.elapsed());
    }
    here.sort();
    there.sort();
    println!("{} kB: {:?} here, {:?} there at the median", html.len() / 1000, here[15], there[15]);
    // The fastest: the others were held up by other tests.
    assert!(there[0] < here[0] + Duration::from_millis(15), "{:?} here, {:?} there", here[0], there[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_document_costs_one_refusal() {
    let readers = Readers::new(ReaderOptions { processes: 1, ..options() });
    for (name, content) in files::hostile() {
        let asked = Instant::now();
        let read = readers.read(&file(&name), &content).await;
        let took = asked.elapsed();
        let expected = match name.as_str() {
            // It is read, and refused as no article.
            "marks.txt" => Ok(Ok(())),
            "mathematics.html" | "comment.html" | "long.txt" => Ok(Err(Refusal::TooComplex)),
            _ => Err(ReadError::Lost),
        };
        assert_eq!(read.map(|reading| reading.article.map(drop)), expected, "{name}");
        assert!(took < Duration::from_secs(10), "{name} took {took:?}");
        assert_eq!(read_sample(&readers).await, Ok(sample()), "after {name}");
    }
    let counts = readers.metrics().text();
    assert!(counts.contains(r#"mujaz_faults_total{kind="reader_lost"} 4"#), "{counts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_without_end_keep_nobody_waiting_and_are_killed() {
    let readers = Readers::new(ReaderOptions { processes: 2, ..options() });
    readers.warm();
    let endless = files::endless();
    let hostile: Vec<_> = (0..6)
        .map(|_| {
            let (readers, endless) = (readers.clone(), endless.clone());
            tokio::spawn(async move { readers.read(&file("a.pdf"), &endless).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let asked = Instant::now();
    assert_eq!(read_sample(&readers).await, Ok(sample()));
    // Three rounds of two before it, of half a second each.
    assert!(asked.elapsed() < Duration::from_secs(if cfg!(debug_assertions) { 6 } else { 3 }));
    for read in hostile {
        let read = read.await.expect("no panic");
        assert!(matches!(read, Err(ReadError::Busy | ReadError::Lost)), "{read:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_no_more_leaves_no_process_behind() {
    let readers = Readers::new(ReaderOptions { processes: 1, ..options() });
    readers.warm();
    let endless = files::endless();
    for _ in 0..3 {
        assert!(timeout(Duration::from_millis(400), readers.read(&file("a.pdf"), &endless)).await.is_err());
    }
    assert_eq!(read_sample(&readers).await, Ok(sample()));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(readers.metrics().text().contains(r#"mujaz_faults_total{kind="reader_dropped"} 3"#));
    let alive = Processes::below(std::process::id()).of_program(env!("CARGO_BIN_EXE_mujaz"));
    // Those of the tests beside this one are among them.
    assert!(alive.len() < 8, "{alive:?}");
}

/// What Linux tells of a process that reads documents and is confined: its status, environment and limits. Other tests' processes
/// are as good; one that is still starting, or was just ended, is not.
#[cfg(target_os = "linux")]
async fn confined() -> [String; 3] {
    for _ in 0..200 {
        for process in Processes::below(std::process::id()).of_program(env!("CARGO_BIN_EXE_mujaz")) {
            let read = |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}"));
            if let (Ok(status), Ok(environment), Ok(limits)) =
                (read("status"), read("environ"), read("limits"))
                && status.contains("Seccomp:\t2")
                && limits.contains("Max cpu time")
            {
                return [status, environment, limits];
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no process is confined");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_process_has_nothing_but_its_document() {
    let readers = Readers::new(ReaderOptions { processes: 1, ..options() });
    read_sample(&readers).await.expect("it is read");
    let [status, environment, limits] = confined().await;
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    assert_eq!(environment, "");
    for line in ["Max core file size        0", "Max file size             0", "Max cpu time              30"]
    {
        assert!(limits.contains(line), "{limits}");
    }
    let addresses = limits.lines().find(|line| line.starts_with("Max address space")).expect("a limit");
    assert!(!addresses.contains("unlimited"), "{addresses}");
}

#[tokio::test]
async fn a_program_that_does_not_start_is_told_and_makes_the_bot_unready() {
    let readers = Readers::new(ReaderOptions {
        program: PathBuf::from("/nowhere/mujaz"),
        stuck_after: Duration::from_millis(100),
        ..options()
    });
    assert!(!readers.is_stuck());
    assert_eq!(read_sample(&readers).await, Err(ReadError::Lost));
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(readers.is_stuck());
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_that_are_all_taken_make_the_bot_unready() {
    let stuck_after = Duration::from_millis(300);
    let readers = Readers::new(ReaderOptions { processes: 1, stuck_after, ..options() });
    let endless = files::endless();
    let origin = file("a.pdf");
    let stuck = async {
        let reading = readers.read(&origin, &endless);
        tokio::pin!(reading);
        while !readers.is_stuck() {
            let _ = timeout(Duration::from_millis(20), &mut reading).await;
        }
    };
    assert!(timeout(Duration::from_secs(2), stuck).await.is_ok());
    assert!(!readers.is_stuck(), "it was given up");
}
