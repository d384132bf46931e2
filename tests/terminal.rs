//! The command line as people and scripts use it: pipes that close, disks that are full, terminals, several sources, JSON.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

fn mujaz(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mujaz"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    for name in ["MUJAZ_REACHABLE", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

const SAMPLE: &str = "samples/water-conference.txt";

/// Every command that prints something and ends, with what it reads.
const PRINTING: &[(&[&str], &str)] = &[
    (&["--help"], ""),
    (&["--version"], ""),
    (&["help", "summarize"], ""),
    (&["summarize", SAMPLE], ""),
    (&["summarize", "--json", SAMPLE], ""),
    (&["explain", SAMPLE], ""),
    (&["explain", "--facts", SAMPLE], ""),
    (&["extract", SAMPLE], ""),
    (&["extract", "--json", SAMPLE], ""),
    (&["batch"], "{\"id\": 1, \"text\": \"افتتح الوزير الجسر أمس.\"}\n"),
    (&["stories"], "{\"articles\": [{\"id\": 1, \"text\": \"افتتح الوزير الجسر أمس.\"}]}\n"),
    (&["tag"], "افتتح\nالوزير\n"),
];

/// Runs it with `output` as its standard output; its status and what it said on standard error.
fn printing_to(arguments: &[&str], input: &str, output: impl Into<Stdio>) -> (Option<i32>, String) {
    let mut child = mujaz(arguments)
        .stdin(Stdio::piped())
        .stdout(output)
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("its input is piped").write_all(input.as_bytes()).expect("it reads");
    let ended = child.wait_with_output().expect("it ends");
    (ended.status.code(), String::from_utf8(ended.stderr).expect("UTF-8"))
}

#[test]
fn whoever_has_seen_enough_ends_a_command_in_silence() {
    for (arguments, input) in PRINTING {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        assert_eq!(printing_to(arguments, input, writer), (Some(0), String::new()), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_is_one_line() {
    for (arguments, input) in PRINTING.iter().chain([&(["demo", "--port", "0"].as_slice(), "")]) {
        let full = File::options().write(true).open("/dev/full").expect("a full disk");
        let (status, said) = printing_to(arguments, input, full);
        assert_eq!(status, Some(1), "{arguments:?}: {said}");
        assert!(said.starts_with("mujaz: cannot write the output: No space"), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    }
}

/// A site on this machine that gives one page; where it listens.
fn site() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let page = std::fs::read(root().join("tests/pages/jannah/page.html")).expect("a page");
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            // What is asked is read before the connection is closed, or the answer would be lost.
            let _ = stream.read(&mut [0; 4096]);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                page.len()
            );
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&page));
        }
    });
    address
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn what_is_not_opened_is_refused_with_a_way_out_that_works() {
    let site = site();
    let link = format!("http://{site}/a/1");
    let refused = |link: &str, way_out: &str| {
        let (status, shown, said) = run(&mut mujaz(&["summarize", link]));
        assert_eq!((status, shown.as_str()), (Some(1), ""), "{link}");
        assert!(said.contains(way_out) && said.lines().count() == 1, "{said}");
    };
    refused(&link, "MUJAZ_REACHABLE");
    refused("http://127.0.0.1/a/1", "MUJAZ_REACHABLE");
    refused("http://localhost:8000/a/1", "MUJAZ_REACHABLE");
    refused("https://news.example:8443/a/1", "80 and 443");
    // Of a name no socket is known that could be allowed.
    refused("https://news.example:8443/a/1", "the link names it by its number");
    refused("ftp://news.example/a/1", "only http and https");
    let (status, shown, said) = run(mujaz(&["summarize", &link]).env("MUJAZ_REACHABLE", site.to_string()));
    assert_eq!(status, Some(0), "{said}");
    assert!(shown.starts_with("📰 "), "{shown}");
}

#[tokio::test]
async fn the_demo_opens_what_it_is_told_to() {
    let site = site();
    let mut demo = mujaz(&["demo", "--port", "0"])
        .env("MUJAZ_REACHABLE", site.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut address = String::new();
    std::io::BufRead::read_line(
        &mut std::io::BufReader::new(demo.stdout.take().expect("its output is piped")),
        &mut address,
    )
    .expect("its address");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let asked = serde_json::json!({"chat": 7, "text": format!("http://{site}/a/1")}).to_string();
    let send = http.post(format!("{}/send", address.trim())).header("content-type", "application/json");
    send.body(asked).send().await.expect("it is sent");
    let (mut after, mut answer) = (0, String::new());
    for _ in 0..10 {
        let piece = http.get(format!("{}/events?after={after}", address.trim())).send().await.expect("news");
        let piece: Value = serde_json::from_str(&piece.text().await.expect("all of it")).expect("JSON");
        after = piece["next"].as_u64().expect("where to go on");
        let events = piece["events"].as_array().cloned().unwrap_or_default();
        let is_answer = |event: &&Value| event["message"]["reply_to_message"].is_object();
        if let Some(event) = events.iter().find(is_answer) {
            answer = event["message"]["text"].as_str().unwrap_or_default().to_owned();
            break;
        }
    }
    let _ = demo.kill();
    let _ = demo.wait();
    assert!(answer.contains("📰 "), "{answer}");
}

#[test]
fn a_slip_of_the_hand_is_told_and_help_has_examples() {
    let (status, _, said) = run(&mut mujaz(&["sumarize", SAMPLE]));
    assert_eq!(status, Some(2));
    assert!(said.contains("'summarize'"), "{said}");
    let (status, _, said) = run(&mut mujaz(&["summarize"]));
    assert_eq!(status, Some(2), "{said}");
    for (arguments, example) in
        [(&["--help"][..], "mujaz demo"), (&["summarize", "--help"], "--length long -")]
    {
        let (status, help, _) = run(&mut mujaz(arguments));
        assert_eq!(status, Some(0));
        assert!(help.contains("Examples:\n  mujaz summarize https://"), "{help}");
        assert!(
            help.contains(example) && help.contains("Exit status: 0; 2 for wrong usage; 1 with"),
            "{help}"
        );
        assert!(!help.contains('\u{1b}'), "a pipe gets no colour");
    }
    let (_, coloured, _) = run(mujaz(&["--help"]).env("CLICOLOR_FORCE", "1"));
    assert!(coloured.contains("\u{1b}["), "{coloured}");
}

#[test]
fn several_sources_are_answered_one_after_the_other() {
    let (one, other) = ("tests/pages/jannah/page.html", SAMPLE);
    let alone = |name: &str| run(&mut mujaz(&["summarize", name])).1;
    let (status, shown, said) = run(&mut mujaz(&["summarize", one, "missing.txt", other]));
    assert_eq!(shown, format!("{}\n\n{}", alone(one), alone(other)));
    assert_eq!(status, Some(1));
    let said: Vec<&str> = said.lines().collect();
    assert!(said[0].starts_with("mujaz: missing.txt: cannot read missing.txt: "), "{said:?}");
    assert_eq!(said[1..], ["mujaz: 1 of 3 sources could not be read"]);
    let (status, shown, _) = run(&mut mujaz(&["summarize", "--json", one, other]));
    let lines: Vec<Value> =
        shown.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!((status, lines.len()), (Some(0), 2));
}

/// What a command prints on a terminal of so many columns.
fn on_a_terminal(columns: u16, command: &mut Command) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&terminal).expect("ours");
    unlockpt(&terminal).expect("ours");
    let size = Winsize { ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&terminal, size).expect("its size");
    let name = ptsname(&terminal, Vec::new()).expect("its name").into_string().expect("UTF-8");
    let other_end = File::options().read(true).write(true).open(name).expect("its other end");
    let mut child = command.stdout(other_end).stderr(Stdio::null()).spawn().expect("it starts");
    // The terminal ends when nobody holds its other end.
    command.stdout(Stdio::null());
    let (mut terminal, mut shown) = (File::from(terminal), Vec::new());
    let _ = terminal.read_to_end(&mut shown);
    assert!(child.wait().expect("it ends").success());
    String::from_utf8(shown).expect("UTF-8").replace("\r\n", "\n")
}

#[test]
fn a_terminal_gets_bold_dim_and_lines_that_fit() {
    let shown = on_a_terminal(44, &mut mujaz(&["summarize", SAMPLE]));
    for code in ["\u{1b}[1m", "\u{1b}[2m"] {
        assert!(shown.contains(code), "{shown}");
    }
    let plain =
        ["\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m"].iter().fold(shown, |text, code| text.replace(code, ""));
    for line in plain.lines() {
        assert!(line.width() <= 44, "{} columns: {line}", line.width());
    }
    assert!(plain.lines().any(|line| line.starts_with("  ")), "lines that follow are indented: {plain}");
    let wanted_plain = on_a_terminal(44, mujaz(&["summarize", SAMPLE]).env("NO_COLOR", "1"));
    assert_eq!(wanted_plain, plain);
}

#[test]
fn json_is_the_whole_reply_and_its_spans_lead_into_the_text() {
    let read = |arguments: &[&str]| -> Value {
        let (status, shown, said) = run(&mut mujaz(arguments));
        assert_eq!(status, Some(0), "{said}");
        serde_json::from_str(&shown).expect("JSON")
    };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("article.txt");
    // Something is quoted that no bullet tells.
    let quoted = "وقالت ليلى بن يوسف إن \"تدريب العاملين في محطات الرصد يبدأ في الربيع ويستمر عامين كاملين في خمس دول\".\n\nومن المقرر أن تعقد";
    let text = std::fs::read_to_string(SAMPLE).expect("the sample").replace("ومن المقرر أن تعقد", quoted);
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("a name");
    let reply = read(&["summarize", "--json", file]);
    let article = read(&["extract", "--json", file]);
    let text = article["text"].as_str().expect("a text");
    assert_eq!((&reply["schema"], &reply["reading_minutes"]), (&1.into(), &2.into()));
    assert_eq!(reply["headline"], article["title"]);
    let characters: Vec<char> = text.chars().collect();
    let piece = |span: &Value| {
        let range = |unit: &str, at: usize| span[unit][at].as_u64().expect("a number") as usize;
        let piece = &text[range("bytes", 0)..range("bytes", 1)];
        let by_characters: String =
            characters[range("characters", 0)..range("characters", 1)].iter().collect();
        assert_eq!(piece, by_characters);
        piece.to_owned()
    };
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let check = |list: &str, words: &str, span: &str| {
        let entries = reply[list].as_array().unwrap_or_else(|| panic!("{list}"));
        assert!(!entries.is_empty(), "{list}");
        for entry in entries {
            let words = entry[words].as_str().expect("words");
            // A figure in a bullet may have no clause of its own.
            if words.is_empty() && list == "figures" {
                assert!(entry[span].is_null(), "{entry}");
            } else {
                assert_eq!(on_one_line(&piece(&entry[span])), on_one_line(words));
            }
        }
    };
    check("summary", "text", "span");
    check("figures", "text", "span");
    check("figures", "what", "what_span");
    check("figure_lines", "text", "span");
    check("quotations", "text", "span");
    for list in ["people", "organizations", "countries", "places"] {
        for entry in reply[list].as_array().expect("a list") {
            let mentions = entry["mentions"].as_array().expect("mentions");
            assert!(!mentions.is_empty() && mentions.iter().all(|span| !piece(span).is_empty()), "{entry}");
        }
    }
    let bodies = reply["organizations"].as_array().expect("bodies");
    assert!(bodies.iter().any(|body| body["aliases"] == serde_json::json!(["فاو"])), "{bodies:?}");
    assert!(reply["quotations"].as_array().expect("a list").iter().all(|said| said["speaker"].is_string()));
    assert!(reply["figure_lines"][0]["bold"].as_array().is_some_and(|spans| !spans.is_empty()));
}

/// An accident told at noon, told again in the evening, and another piece of news.
const TOLD: [(&str, &str, &str); 3] = [
    (
        "20 قتيلا في تصادم قطارين قرب مدينة السنابل",
        "لقي 20 شخصا مصرعهم وأصيب 40 آخرون في تصادم قطارين قرب مدينة السنابل شمالي البلاد صباح الثلاثاء.\n\
         وقالت وزارة النقل إن قطار ركاب كان متجها إلى مدينة السنابل اصطدم بقطار بضائع متوقف في محطة الجسر القديم.\n\
         ونقلت سيارات الإسعاف المصابين إلى مستشفى السنابل المركزي، ودعت إدارته السكان إلى التبرع بالدم.\n\
         وأمر وزير النقل سالم الراوي بفتح تحقيق عاجل في أسباب التصادم، وأوقفت حركة القطارات على الخط الشمالي.",
        "2026-03-10T12:00:00+03:00",
    ),
    (
        "ارتفاع حصيلة تصادم قطارين قرب السنابل إلى 26 قتيلا",
        "لقي 26 شخصا مصرعهم وأصيب 40 آخرون في تصادم قطارين صباح الثلاثاء قرب مدينة السنابل، وفق حصيلة جديدة.\n\
         واصطدم قطار ركاب بقطار بضائع متوقف في محطة الجسر القديم قرب مدينة السنابل، كما قالت وزارة النقل.\n\
         واستقال مدير هيئة السكك الحديدية نبيل الحمداني مساء اليوم، وقبل مجلس الوزراء استقالته في جلسة طارئة.\n\
         ونقلت سيارات الإسعاف المصابين إلى مستشفى السنابل المركزي.",
        "2026-03-10T18:30:00+03:00",
    ),
    (
        "افتتاح متحف للخط العربي في مدينة المرسى",
        "افتتحت وزيرة الثقافة ليلى المنصوري اليوم الثلاثاء متحفا للخط العربي في مدينة المرسى الساحلية.\n\
         ويضم المتحف 300 مخطوطة نادرة جمعت من مكتبات خاصة خلال عشر سنوات.\n\
         وقالت الوزيرة إن المتحف يستقبل طلاب المدارس مجانا طوال العام الدراسي.",
        "2026-03-10",
    ),
];

#[test]
fn stories_are_told_with_what_differs_what_is_new_and_what_has_grown() {
    let article = |at: usize| {
        let (title, text, published) = TOLD[at];
        serde_json::json!({"id": at, "title": title, "text": text, "published": published})
    };
    let input = serde_json::json!({"articles": [article(0), article(2), article(1)]}).to_string();
    let mut child = mujaz(&["stories"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    child.stdin.take().expect("its input is piped").write_all(input.as_bytes()).expect("it reads");
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success());
    let told: Value = serde_json::from_slice(&ended.stdout).expect("JSON");
    assert_eq!(told["stories"].as_array().map(Vec::len), Some(2), "{told}");
    let (one, other) = (&told["stories"][0], &told["stories"][1]);
    assert_eq!((&one["articles"], &other["articles"]), (&serde_json::json!([0, 1]), &serde_json::json!([2])));
    assert_eq!(
        one["differing"],
        serde_json::json!([{"what": "القتلى", "values": [
            {"article": 0, "text": "20 شخصا", "value": 20},
            {"article": 1, "text": "26 شخصا", "value": 26}
        ]}])
    );
    assert_eq!(
        one["changed"],
        serde_json::json!([{"what": "القتلى", "text": "26 شخصا", "value": 26, "old": 20}])
    );
    let new = one["new_in_last"].as_array().expect("a list");
    assert!(
        new.iter().any(|piece| piece.as_str().is_some_and(|piece| piece.contains("نبيل الحمداني"))),
        "{new:?}"
    );
    for bullet in one["summary"].as_array().expect("a list") {
        let (words, from) =
            (bullet["text"].as_str().expect("words"), bullet["from"].as_array().expect("ids"));
        let stands = from
            .iter()
            .any(|id| TOLD[id.as_u64().expect("a number") as usize].1.replace('\n', " ").contains(words));
        assert!(stands, "{bullet}");
    }
    assert_eq!(other["changed"], serde_json::json!([]));
}

#[test]
fn files_that_tell_one_story_are_one_reply() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<String> = TOLD
        .iter()
        .enumerate()
        .map(|(at, (title, text, _))| {
            let path = folder.path().join(format!("{at}.txt"));
            std::fs::write(&path, format!("{title}\n\n{text}\n")).expect("it is written");
            path.to_str().expect("UTF-8").to_owned()
        })
        .collect();
    let (status, shown, said) = run(&mut mujaz(&["summarize", &paths[0], &paths[2], &paths[1]]));
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(shown.matches("📰 ").count(), 2, "{shown}");
    assert!(shown.contains("⚖️ أرقام تختلف\n• القتلى: 20 شخصا ("), "{shown}");
    assert!(shown.contains("متحفا للخط العربي"), "{shown}");
}
