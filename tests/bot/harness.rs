//! A running bot, and the updates that people would cause.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use futures_util::{StreamExt, stream};
use mujaz::bot::dispatch::{self, Intake};
use mujaz::bot::handle::{Handler, Patience};
use mujaz::bot::start;
use mujaz::bot::webhook::Webhook;
use mujaz::config::Config;
use mujaz::fetch::address::Exceptions;
use mujaz::fetch::{FetchOptions, Fetcher};
use mujaz::reader::{ReaderOptions, Readers};
use mujaz::service::Service;
use mujaz::standin::{Call, Standin, TOKEN};
use mujaz::store::Rate;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The longest that a test waits for something to happen.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often a bot looks after its webhook.
const LOOK: Duration = Duration::from_secs(1);

/// The longest that a test waits to see that nothing happens.
pub const SILENCE: Duration = Duration::from_millis(700);

/// A private chat's number, which is its person's.
pub const PERSON: i64 = 7;
/// A supergroup's number.
pub const GROUP: i64 = -1_001_234;
/// The stand-in's bot.
pub const BOT: i64 = 1000;

/// The article written for this project.
pub const SAMPLE: &str = include_str!("../../samples/water-conference.txt");

/// How many requests are allowed at once, where a test needs fewer than usual, and after how many milliseconds one more; and for how many milliseconds a page is waited for before
/// whoever asked outside the bot's chats is told that it reads. Nothing is optimised here: that is long, unless a test says otherwise.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    person: Option<u32>,
    chat: Option<u32>,
    bot: Option<u32>,
    auto: Option<u32>,
    refill: Option<u64>,
    patience: Option<u64>,
}

impl Limits {
    /// Little patience.
    pub fn hasty() -> Self {
        Self { patience: Some(1000), ..Self::default() }
    }

    fn apply(self, handler: &mut Handler) {
        let patience = Duration::from_millis(self.patience.unwrap_or(20_000));
        handler.patience = Patience { page: patience, text: Duration::from_secs(20), inline: patience };
        let limits = &mut handler.limits;
        let wanted = [
            (&mut limits.person, self.person),
            (&mut limits.chat, self.chat),
            (&mut limits.bot, self.bot),
            (&mut limits.auto, self.auto),
        ];
        for (rate, burst) in wanted {
            if let Some(burst) = burst {
                // None is earned while the test runs, unless it says otherwise.
                *rate = Rate { burst, refill: Duration::from_millis(self.refill.unwrap_or(300_000)) };
            }
        }
    }
}

/// How updates come to a bot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    #[default]
    Polling,
    Webhook,
}

/// A bot and its Telegram.
pub struct World {
    pub telegram: Standin,
    pub site: Site,
    /// Where its webhook, its health and its counts are served.
    pub served: SocketAddr,
    way: Way,
    stop: CancellationToken,
    bot: JoinHandle<Result<(), dispatch::DispatchError>>,
}

/// The bot, started again where its store is busy, as whoever runs it would.
async fn started(config: &Config, site: &Site) -> Handler {
    for _ in 0..5 {
        match Box::pin(start::start(config, service(site))).await {
            Ok(handler) => return handler,
            Err(fault) => eprintln!("the bot does not start: {fault:?}"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    panic!("the bot does not start");
}

impl World {
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// Starts a bot with more of its environment set.
    pub async fn with(variables: &[(&str, &str)]) -> Self {
        let telegram = Standin::start().await.expect("a free port");
        Self::at(telegram, variables).await
    }

    /// Starts a bot with other limits than it has by default.
    pub async fn limited(way: Way, variables: &[(&str, &str)], limits: Limits) -> Self {
        let telegram = Standin::start().await.expect("a free port");
        Self::beside(telegram, Site::start().await, way, variables, limits).await
    }

    /// Starts a bot that Telegram brings updates to.
    pub async fn webhook(variables: &[(&str, &str)]) -> Self {
        Self::limited(Way::Webhook, variables, Limits::default()).await
    }

    /// Starts a bot on a Telegram that is there already.
    pub async fn at(telegram: Standin, variables: &[(&str, &str)]) -> Self {
        Self::beside(telegram, Site::start().await, Way::Polling, variables, Limits::default()).await
    }

    pub async fn beside(
        telegram: Standin,
        site: Site,
        way: Way,
        variables: &[(&str, &str)],
        limits: Limits,
    ) -> Self {
        Self::changed(telegram, site, way, variables, |handler, _| limits.apply(handler)).await
    }

    /// Starts a bot of which a test changes something.
    pub async fn changed(
        telegram: Standin,
        site: Site,
        way: Way,
        variables: &[(&str, &str)],
        change: impl FnOnce(&mut Handler, &mut Intake),
    ) -> Self {
        let url = telegram.url().to_string();
        let base = [("MUJAZ_TOKEN", TOKEN), ("MUJAZ_API_URL", &url), ("DATABASE_URL", "sqlite::memory:")];
        let config = Config::parse(|name| {
            let mut all = variables.iter().chain(&base);
            all.find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
        .expect("a sound configuration");
        let mut handler = started(&config, &site).await;
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let served = listener.local_addr().expect("an address");
        let url = config
            .webhook
            .clone()
            .unwrap_or_else(|| format!("http://{served}/telegram").parse().expect("an address"));
        let webhook =
            (way == Way::Webhook).then(|| Webhook::new(url, &config.token).looked_after_every(LOOK));
        let stop = CancellationToken::new();
        let mut intake = Intake { webhook, listener: Some(listener), ..Intake::default() };
        change(&mut handler, &mut intake);
        let bot = tokio::spawn(dispatch::run(handler, intake, stop.clone()));
        Self { telegram, site, served, way, stop, bot }
    }

    /// Stops the bot and starts it again, on the same Telegram and with the same sites in the world.
    pub async fn restart(self, variables: &[(&str, &str)], limits: Limits) -> Self {
        self.stop.cancel();
        self.bot.await.expect("the bot does not panic").expect("the bot stops by itself");
        Self::beside(self.telegram, self.site, self.way, variables, limits).await
    }

    /// Stops the bot as Ctrl-C would, and gives its Telegram back.
    pub async fn stop(self) -> Standin {
        self.stop.cancel();
        self.bot.await.expect("the bot does not panic").expect("the bot stops by itself");
        self.telegram
    }

    /// Waits until the bot has sent that many messages, and for a little longer: more would be a fault.
    pub async fn messages(&self, count: usize) -> Vec<Call> {
        let sent = |calls: &[Call]| calls.iter().filter(|c| c.method == "sendMessage" && c.done).count();
        let arrived = self.telegram.wait(PATIENCE, |calls| sent(calls) >= count).await;
        let more = self.telegram.wait(SILENCE, |calls| sent(calls) > count).await;
        let messages = self.telegram.calls_of("sendMessage");
        assert!(arrived, "{count} messages were expected: {messages:#?}");
        assert!(!more, "only {count} messages were expected: {messages:#?}");
        messages.into_iter().filter(|call| call.done).collect()
    }

    /// Sends an update and gives back the one message that answers it.
    pub async fn ask(&self, update: Value) -> Call {
        let before = self.telegram.calls_of("sendMessage").iter().filter(|c| c.done).count();
        self.telegram.send(update);
        self.messages(before + 1).await.remove(before)
    }
}

fn service(site: &Site) -> Service {
    let exceptions = Exceptions { sockets: vec![site.address], ports: vec![] };
    let options = FetchOptions {
        exceptions,
        idle_timeout: Duration::from_secs(1),
        total_timeout: Duration::from_secs(5),
        per_second: NonZeroU32::new(100).expect("a number"),
        ..FetchOptions::default()
    };
    Service::new(Fetcher::new(options, readers()).expect("a client"))
}

/// Readers as the program's own, with more time: nothing is optimised, and other tests run beside this one.
pub fn readers() -> Readers {
    let readers = Readers::new(ReaderOptions {
        deadline: Duration::from_secs(15),
        fair_share: Duration::from_secs(5),
        ..ReaderOptions::new(env!("CARGO_BIN_EXE_mujaz").into())
    });
    readers.warm();
    readers
}

/// A news site on this machine.
pub struct Site {
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Site {
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(AtomicUsize::new(0));
        let mended = move || {
            let is_first = asked.fetch_add(1, Ordering::Relaxed) == 0;
            async move {
                if is_first {
                    StatusCode::INTERNAL_SERVER_ERROR.into_response()
                } else {
                    Html(page_of(NOON, "")).into_response()
                }
            }
        };
        let router = Router::new()
            .route("/mended", get(mended))
            .route("/news/{name}", get(async |Path(name): Path<String>| Html(page(&name))))
            .route("/museum/{name}", get(async |Path(name): Path<String>| Html(page_of(MUSEUM, &name))))
            .route("/market/{name}", get(async |Path(name): Path<String>| Html(page_of(MARKET, &name))))
            .route("/noon/{name}", get(async |Path(name): Path<String>| Html(page_of(NOON, &name))))
            .route("/evening/{name}", get(async |Path(name): Path<String>| Html(page_of(EVENING, &name))))
            .route("/forbidden", get(async || StatusCode::FORBIDDEN))
            .route("/fault", get(async || StatusCode::INTERNAL_SERVER_ERROR))
            .route("/picture", get(async || ([(header::CONTENT_TYPE, "image/png")], vec![0x89_u8, b'P'])))
            .route("/loop", get(async || Redirect::temporary("/loop")))
            .route("/inside", get(async || Redirect::temporary("http://169.254.169.254/latest/meta-data/")))
            .route(
                "/late",
                get(async || {
                    tokio::time::sleep(Duration::from_millis(700)).await;
                    Html(page("late"))
                }),
            )
            .route("/drip/{millis}/{name}", get(drip))
            .route("/slow", get(async || tokio::time::sleep(Duration::from_mins(1)).await))
            .route("/english", get(async || Html(ENGLISH)));
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Self { address, server }
    }

    /// Where it can be reached.
    pub fn socket(&self) -> String {
        self.address.to_string()
    }

    /// The address of a page: `news/NAME` is the sample article, with NAME for its city; `museum/NAME` and `market/NAME` tell other
    /// stories, and `noon/NAME` and `evening/NAME` one, at two times of its day.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }
}

/// The page of that name, with so much time before its end; something comes all the while.
async fn drip(Path((millis, name)): Path<(u64, String)>) -> Response {
    let pieces = stream::unfold(0, move |sent| {
        let name = name.clone();
        async move {
            if sent == u64::MAX {
                return None;
            }
            if sent * 200 >= millis {
                return Some((page(&name), u64::MAX));
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
            Some(("<!-- -->\n".to_owned(), sent + 1))
        }
    });
    let body = Body::from_stream(pieces.map(Ok::<_, std::io::Error>));
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

const ENGLISH: &str = "<html><head><title>News</title></head><body><article><h1>News</h1><p>The ministers met in the \
capital on Monday and agreed on a plan that takes effect next year, they said after long talks.</p><p>The ministers \
met in the capital on Monday and agreed on a plan that takes effect next year, they said after long talks.</p><p>The \
plan was welcomed by farmers who had waited for it for years, and by engineers who are to build its dams and \
channels. It is the first of its kind in the region, and its cost is shared by all.</p></article></body></html>";

/// Other stories, written for these tests.
const MUSEUM: &str = "متحف مسقط الجديد للخط العربي يفتح أبوابه بعد عشر سنوات من الترميم والجمع
افتتحت وزيرة الثقافة ليلى المنصوري أمس متحفا للخط العربي في مدينة مسقط بعد عشر سنوات من العمل.
ويضم المتحف 300 مخطوطة نادرة جمعت من مكتبات خاصة، بينها مصحف كتب قبل ثمانية قرون على رق الغزال.
وقالت المنصوري إن طلاب المدارس يدخلون المتحف مجانا طوال العام الدراسي، وإن مرشدين شبابا يرافقونهم فيه.
وبلغت كلفة ترميم المبنى الذي كان مخزنا للحبوب 4 ملايين دينار دفعتها مؤسسة خيرية وبعض تجار المدينة.";
const MARKET: &str = "بورصة مسقط تغلق على ارتفاع بدعم من أسهم المصارف وشركات الإسمنت والاتصالات
أغلق المؤشر العام لبورصة مسقط على ارتفاع نسبته 2.3 في المئة بدعم من أسهم المصارف وشركات الإسمنت.
وارتفعت أسهم مصرف النخيل 5 في المئة بعد إعلانه أرباحا فصلية فاقت توقعات المحللين في معظم بيوت المال.
وتراجعت أسهم شركات التأمين قليلا مع جني المستثمرين أرباحا سريعة قبيل عطلة نهاية الأسبوع في البلاد.
وقال المحلل المالي فارس الكندي إن السيولة تحسنت بعد خفض سعر الفائدة، وإن التفاؤل يسود المتعاملين.";

/// One story as it is told at noon, and in the evening.
const NOON: &str = "تصادم قطارين قرب مدينة السنابل يوقع عشرين قتيلا وعشرات الجرحى صباح اليوم
لقي 20 شخصا مصرعهم وأصيب 40 آخرون في تصادم قطارين قرب مدينة السنابل شمالي البلاد صباح الثلاثاء.
وقالت وزارة النقل إن قطار ركاب كان متجها إلى مدينة السنابل اصطدم بقطار بضائع متوقف في محطة الجسر القديم.
ونقلت سيارات الإسعاف المصابين إلى مستشفى السنابل المركزي، ودعت إدارته السكان إلى التبرع بالدم.
وأمر وزير النقل سالم الراوي بفتح تحقيق عاجل في أسباب التصادم، وأوقفت حركة القطارات على الخط الشمالي.
وتشهد السكك الحديدية في البلاد حوادث متكررة منذ سنوات بسبب قدم الإشارات والقاطرات.";
pub const EVENING: &str = "ارتفاع حصيلة تصادم قطارين قرب مدينة السنابل صباح اليوم إلى 26 قتيلا

لقي 26 شخصا مصرعهم وأصيب 40 آخرون في تصادم قطارين صباح الثلاثاء قرب مدينة السنابل، وفق حصيلة جديدة.
واصطدم قطار ركاب بقطار بضائع متوقف في محطة الجسر القديم قرب مدينة السنابل، كما قالت وزارة النقل.
واستقال مدير هيئة السكك الحديدية نبيل الحمداني مساء اليوم، وقبل مجلس الوزراء استقالته في جلسة طارئة.
وأعلنت النيابة العامة توقيف سائق القاطرة واثنين من مراقبي الإشارات على ذمة التحقيق الجنائي.
ونقلت سيارات الإسعاف المصابين إلى مستشفى السنابل المركزي، ودعت إدارته السكان إلى التبرع بالدم.";

/// The sample article as a page of its own.
pub fn page(name: &str) -> String {
    page_of(SAMPLE, name)
}

fn page_of(article: &str, name: &str) -> String {
    let text = article.replace("مسقط", name);
    let paragraphs: Vec<&str> = text.lines().filter(|line| line.split_whitespace().count() > 9).collect();
    let (title, body) = paragraphs.split_first().expect("the sample has a headline");
    let body: String = body.iter().flat_map(|paragraph| ["<p>", paragraph, "</p>"]).collect();
    format!(
        "<!doctype html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta property=\"og:site_name\" content=\"جريدة الوادي\"></head><body><nav>الرئيسية سياسة رياضة</nav>\
         <article><h1>{title}</h1>{body}</article><footer>جميع الحقوق محفوظة</footer></body></html>"
    )
}

/// A private message with this text.
pub fn private(id: i32, text: &str) -> Value {
    json!({"message": {
        "message_id": id, "date": 1_790_000_000, "text": text,
        "chat": {"id": PERSON, "type": "private", "first_name": "سعاد"},
        "from": {"id": PERSON, "is_bot": false, "first_name": "سعاد", "language_code": "ar"},
        "entities": marked(text),
    }})
}

/// A group message with this text.
pub fn group(id: i32, text: &str) -> Value {
    let mut update = private(id, text);
    update["message"]["chat"] = json!({"id": GROUP, "type": "supergroup", "title": "أخبار"});
    update
}

/// What Telegram marks in a text: its links, mentions and commands.
pub fn marked(text: &str) -> Value {
    let mut entities = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let kind = match bare {
            bare if bare.contains("://") => Some("url"),
            bare if bare.starts_with('@') => Some("mention"),
            bare if bare.starts_with('/') => Some("bot_command"),
            _ => None,
        };
        if let Some(kind) = kind {
            entities.push(json!({"type": kind, "offset": offset, "length": bare.encode_utf16().count()}));
        }
        offset += word.encode_utf16().count();
    }
    json!(entities)
}

/// The update with these fields of its message set.
pub fn with(mut update: Value, fields: impl Into<Value>) -> Value {
    let Value::Object(fields) = fields.into() else { panic!("fields are an object") };
    for (key, value) in fields {
        update["message"][key] = value;
    }
    update
}

/// The data of the button of `message` that bears `label`.
pub fn button(message: &Value, label: &str) -> String {
    let rows = message["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten();
    let mut buttons = rows.filter_map(Value::as_array).flatten();
    let named = buttons.find(|button| button["text"].as_str().is_some_and(|text| text.contains(label)));
    let data = named.and_then(|button| button["callback_data"].as_str());
    data.unwrap_or_else(|| panic!("no button «{label}»: {message}")).to_owned()
}

/// Waits until Telegram has no update left that is not finished.
pub async fn finished(telegram: &Standin) {
    let finish = async || {
        while telegram.waiting() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(2), finish()).await.expect("all is finished");
}
