//! What the bot counts of itself, in the form that Prometheus reads. Numbers only: nothing here names a person, a chat
//! or an address, and the number of series does not grow with what people do.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::{Duration, Instant};

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// A stage on the road of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waiting for a turn: a processor, or the chat's own turn at one.
    Wait,
    /// Downloading a page.
    Fetch,
    /// Finding the article in a page or a file.
    Extract,
    /// Facts and summary of an article.
    Analysis,
    /// Which articles tell one story, and what is new in it.
    Stories,
    /// Writing the reply.
    Compose,
    /// A call to Telegram that sends a message.
    Send,
    /// An update from its claim to its end, all of the above included.
    Update,
}

/// Where an asked page came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This process had it.
    Memory,
    /// The store had it: another replica, or an earlier run, has read it.
    Store,
    /// It was fetched.
    Web,
}

/// A number that goes up and down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Updates in hand: taken up and not finished.
    InHand,
    /// Work that waits for a processor.
    Waiting,
    /// Updates that Telegram holds for the webhook, as it last said.
    Pending,
}

type Labels = [(&'static str, &'static str); 1];

/// The counts of one process. Cheap to clone; every clone counts into the same.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Families>);

#[derive(Debug)]
struct Families {
    registry: Registry,
    stages: Family<Labels, Histogram, fn() -> Histogram>,
    outcomes: Family<Labels, Counter>,
    lookups: Family<Labels, Counter>,
    faults: Family<Labels, Counter>,
    levels: Family<Labels, Gauge<i64, AtomicI64>>,
}

/// Upper bounds of the histograms' buckets, in seconds: a stage takes from a millisecond to half a minute.
const SECONDS: [f64; 14] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("mujaz");
        let stages = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        registry.register("stage_seconds", "Time that a stage took", stages.clone());
        let outcomes = Family::default();
        registry.register("outcomes", "What asked summaries came to", outcomes.clone());
        let lookups = Family::default();
        registry.register("page_lookups", "Where asked pages came from", lookups.clone());
        let faults = Family::default();
        registry.register("faults", "Faults of Telegram, the store and the intake", faults.clone());
        let levels = Family::default();
        registry.register("level", "How much is in hand and how much waits", levels.clone());
        Self(Arc::new(Families { registry, stages, outcomes, lookups, faults, levels }))
    }
}

impl Metrics {
    /// Measures a stage until the timer is dropped.
    #[must_use = "a timer measures until it is dropped"]
    pub fn time(&self, stage: Stage) -> Timer {
        Timer { metrics: self.clone(), stage, started: Instant::now() }
    }

    /// Notes how long a stage took.
    pub fn observe(&self, stage: Stage, took: Duration) {
        self.0.stages.get_or_create(&[("stage", stage.name())]).observe(took.as_secs_f64());
    }

    /// Counts what an asked summary came to: a word of the program's own, as `summary`, `busy` or `not_arabic`.
    pub fn outcome(&self, kind: &'static str) {
        self.0.outcomes.get_or_create(&[("kind", kind)]).inc();
    }

    /// Counts where a page came from.
    pub fn lookup(&self, from: Lookup) {
        self.0.lookups.get_or_create(&[("from", from.name())]).inc();
    }

    /// Counts a fault: a word of the program's own, as `telegram_429` or `store`.
    pub fn fault(&self, kind: &'static str) {
        self.0.faults.get_or_create(&[("kind", kind)]).inc();
    }

    /// Sets a level.
    pub fn set(&self, level: Level, value: i64) {
        self.0.levels.get_or_create(&[("of", level.name())]).set(value);
    }

    /// Raises a level by one until the guard is dropped.
    #[must_use = "the level falls when this is dropped"]
    pub fn raise(&self, level: Level) -> Raised {
        self.0.levels.get_or_create(&[("of", level.name())]).inc();
        Raised { metrics: self.clone(), level }
    }

    /// Everything, as Prometheus reads it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &self.0.registry);
        text
    }
}

/// Measures a stage until it is dropped, also where the work is broken off.
#[derive(Debug)]
pub struct Timer {
    metrics: Metrics,
    stage: Stage,
    started: Instant,
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.metrics.observe(self.stage, self.started.elapsed());
    }
}

/// Holds a level up by one.
#[derive(Debug)]
pub struct Raised {
    metrics: Metrics,
    level: Level,
}

impl Drop for Raised {
    fn drop(&mut self) {
        self.metrics.0.levels.get_or_create(&[("of", self.level.name())]).dec();
    }
}

impl Stage {
    const fn name(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Fetch => "fetch",
            Self::Extract => "extract",
            Self::Analysis => "analysis",
            Self::Stories => "stories",
            Self::Compose => "compose",
            Self::Send => "send",
            Self::Update => "update",
        }
    }
}

impl Lookup {
    const fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Store => "store",
            Self::Web => "web",
        }
    }
}

impl Level {
    const fn name(self) -> &'static str {
        match self {
            Self::InHand => "in_hand",
            Self::Waiting => "waiting",
            Self::Pending => "pending",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_shown() {
        let metrics = Metrics::default();
        metrics.observe(Stage::Fetch, Duration::from_millis(7));
        drop(metrics.time(Stage::Send));
        metrics.outcome("summary");
        metrics.lookup(Lookup::Store);
        metrics.fault("telegram_429");
        let raised = metrics.raise(Level::InHand);
        let text = metrics.text();
        for line in [
            r#"mujaz_stage_seconds_bucket{le="0.005",stage="fetch"} 0"#,
            r#"mujaz_stage_seconds_bucket{le="0.01",stage="fetch"} 1"#,
            r#"mujaz_stage_seconds_count{stage="send"} 1"#,
            r#"mujaz_outcomes_total{kind="summary"} 1"#,
            r#"mujaz_page_lookups_total{from="store"} 1"#,
            r#"mujaz_faults_total{kind="telegram_429"} 1"#,
            r#"mujaz_level{of="in_hand"} 1"#,
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is missing in\n{text}");
        }
        drop(raised);
        assert!(metrics.text().contains(r#"mujaz_level{of="in_hand"} 0"#));
    }
}
