//! Headless Chromium, driven by `WebDriver` (<https://www.w3.org/TR/webdriver2/>); nothing but this machine is reached.
//!
//! Of the protocol a test needs half a dozen commands, each a JSON request: fewer lines than a crate for it would cost
//! crates.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

/// The longest that a test waits for the page to show something.
const PATIENCE: Duration = Duration::from_mins(1);

/// A program that is killed when it is dropped, and the first line of its output that was waited for.
pub struct Program {
    child: Child,
    pub line: String,
}

impl Program {
    /// Starts a program and waits for a line that `wanted` accepts.
    pub fn start(command: &mut Command, wanted: impl Fn(&str) -> bool) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let output = BufReader::new(child.stdout.take().expect("its output is piped"));
        let line = output.lines().map_while(Result::ok).find(|line| wanted(line));
        let line = line.unwrap_or_else(|| panic!("{command:?} ended without the line that was waited for"));
        Self { child, line }
    }

    /// `mujaz demo` as people start it; its line is the page's address.
    pub fn demo() -> Self {
        Self::start(Command::new(env!("CARGO_BIN_EXE_mujaz")).args(["demo", "--port", "0"]), |line| {
            line.starts_with("http://127.0.0.1:")
        })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where Chromium and its driver are.
pub struct Chromium {
    browser: PathBuf,
    driver: PathBuf,
}

impl Chromium {
    /// Looks for them where commands are; where one is missing, says that `what` is skipped.
    pub fn find_for(what: &str) -> Option<Self> {
        let found = Self::find();
        found.inspect_err(|missing| eprintln!("skipped: {what} ({missing}; `.ci/browser` installs it)")).ok()
    }

    fn find() -> Result<Self, &'static str> {
        let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(command);
        Ok(Self {
            browser: browser.ok_or("there is no chromium")?,
            driver: command("chromedriver").ok_or("there is no chromedriver")?,
        })
    }

    pub fn start_driver(&self) -> Program {
        Program::start(Command::new(&self.driver).arg("--port=0"), |line| {
            line.contains("successfully on port ")
        })
    }
}

fn command(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The screens that the page is looked at on.
#[derive(Clone, Copy, Debug)]
pub enum Screen {
    Phone,
    /// A phone with room for a whole reply, and a small picture of it.
    Long,
    Desktop,
}

/// A page in the browser.
pub struct Page {
    http: reqwest::Client,
    /// The address of the `WebDriver` session.
    session: String,
    pictures: PathBuf,
    _profile: tempfile::TempDir,
}

/// The name under which `WebDriver` gives back an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Page {
    pub async fn open(chromium: &Chromium, driver: &Program, screen: Screen, address: &str) -> Self {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut options = json!({"binary": chromium.browser, "args": [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1280,900",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            format!("--user-data-dir={}", profile.path().display()),
        ]});
        let phone = match screen {
            Screen::Phone => Some((844, 2)),
            Screen::Long => Some((1110, 1)),
            Screen::Desktop => None,
        };
        if let Some((height, ratio)) = phone {
            let metrics = json!({"width": 390, "height": height, "pixelRatio": ratio, "touch": true});
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        let port = driver.line.rsplit("on port ").next().unwrap_or_default().trim_end_matches('.');
        let driver = format!("http://127.0.0.1:{port}/session");
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}});
        let begun = call(&http, Method::POST, &driver, wanted).await.expect("a browser");
        let session = format!("{driver}/{}", begun["sessionId"].as_str().expect("a session"));
        let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
        std::fs::create_dir_all(&pictures).expect("a folder for the pictures");
        let page = Self { http, session, pictures, _profile: profile };
        page.go(address).await;
        page
    }

    pub async fn close(self) {
        call(&self.http, Method::DELETE, &self.session, Value::Null).await.expect("the browser closes");
    }

    /// Leads the browser to `address`, until what is there is loaded.
    pub async fn go(&self, address: &str) {
        self.post("url", json!({"url": address})).await.expect("the page");
    }

    /// Has the page look as it does for people who like it dark.
    pub async fn darken(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        let set = json!({"cmd": "Emulation.setEmulatedMedia", "params": features});
        self.post("goog/cdp/execute", set).await.expect("it is set");
    }

    async fn post(&self, command: &str, parameters: Value) -> Result<Value, Value> {
        call(&self.http, Method::POST, &format!("{}/{command}", self.session), parameters).await
    }

    /// What `script`, the body of a function, returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let ran = self.post("execute/sync", json!({"script": script, "args": arguments})).await;
        ran.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until `condition`, an expression, holds.
    pub async fn wait(&self, condition: &str, arguments: Vec<Value>) {
        let deadline = Instant::now() + PATIENCE;
        let script = format!("return Boolean({condition})");
        while self.run(&script, arguments.clone()).await != json!(true) {
            if Instant::now() > deadline {
                self.picture("waited-in-vain").await;
                let shown = self.run("return document.body.innerText", vec![]).await;
                panic!("waited in vain for {condition} {arguments:?}; the page shows: {shown}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Clicks what `xpath` finds, as soon as it is there and can be clicked.
    pub async fn click(&self, xpath: &str) {
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = self.try_click(xpath).await {
            assert!(Instant::now() < deadline, "{xpath}: {error}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn try_click(&self, xpath: &str) -> Result<(), Value> {
        let found = self.post("element", json!({"using": "xpath", "value": xpath})).await?;
        let element = found[ELEMENT].as_str().expect("an element");
        self.post(&format!("element/{element}/click"), json!({})).await.map(drop)
    }

    /// Puts `text` into the field as pasting does, in place of what is there, and sends it.
    pub async fn write(&self, text: &str) {
        let paste = "const words = document.querySelector('#words'); words.focus(); words.select(); \
                     document.execCommand('insertText', false, arguments[0]); return words.value";
        let pasted = self.run(paste, vec![json!(text)]).await;
        assert_eq!(pasted, json!(text.replace('\r', "")));
        self.click("//*[@id='send']").await;
    }

    /// Keeps a picture of the page for someone to look at.
    pub async fn picture(&self, name: &str) {
        let taken = call(&self.http, Method::GET, &format!("{}/screenshot", self.session), Value::Null).await;
        let taken = taken.expect("a picture");
        let picture = decode(taken.as_str().expect("a picture in base64"));
        std::fs::write(self.pictures.join(format!("{name}.png")), picture).expect("a file for the picture");
    }
}

/// One `WebDriver` command: the value that it gives, or the error.
async fn call(
    http: &reqwest::Client,
    method: Method,
    address: &str,
    parameters: Value,
) -> Result<Value, Value> {
    let mut request = http.request(method, address);
    if !parameters.is_null() {
        request = request.header("content-type", "application/json").body(parameters.to_string());
    }
    let answer = request.send().await.expect("the driver answers");
    let done = answer.status().is_success();
    let text = answer.text().await.expect("the driver's whole answer");
    let mut answer: Value = serde_json::from_str(&text).expect("the driver answers in JSON");
    let value = answer["value"].take();
    if done { Ok(value) } else { Err(value) }
}

/// Reads base64.
fn decode(text: &str) -> Vec<u8> {
    let mut bits = 0_u32;
    let mut known = 0;
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for digit in text.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        known += 6;
        if known >= 8 {
            known -= 8;
            bytes.push((bits >> known) as u8);
            bits &= (1 << known) - 1;
        }
    }
    bytes
}
