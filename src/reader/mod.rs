//! Documents of strangers are read in processes of their own.
//!
//! A parser that reads what anybody sends will once in a while be led into endless loops, into gigabytes, or over the end of its
//! stack, and the last of these ends a process. So this program starts itself again, several times, with one task: bytes come in,
//! an article goes out ([`child`]). Such a process gives up all that it does not need before it reads a byte (its
//! [`limits`](confine)), is killed when its time is over, and costs one refusal, whatever happens to it.
//!
//! [`Readers`] keeps a few of them warm, so that a document need not wait for a start ([`process`] is one of them as seen from
//! here, [`wire`] what is said between the two), and lets no document keep them all ([`turns`]).

pub mod child;
mod confine;
mod pool;
mod process;
mod turns;
mod wire;

use std::path::PathBuf;
use std::time::Duration;

pub use self::pool::Readers;

use crate::metrics::Metrics;

/// The command under which this program reads documents for itself.
pub const COMMAND: &str = "read-documents";

/// How documents are read.
#[derive(Clone, Debug)]
pub struct ReaderOptions {
    /// The program that is started for it: this one.
    pub program: PathBuf,
    /// How many documents are read at once.
    pub processes: usize,
    /// How long a document waits for its turn.
    pub patience: Duration,
    /// How long reading one may take.
    pub deadline: Duration,
    /// How long it may take while others wait for whom nobody makes room.
    pub fair_share: Duration,
    /// How long none may be free, or none be started, before the program says that it is not ready.
    pub stuck_after: Duration,
    /// Counts what is lost.
    pub metrics: Metrics,
}

impl ReaderOptions {
    /// The usual options.
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self {
            program,
            processes: 3,
            patience: Duration::from_secs(6),
            deadline: Duration::from_secs(5),
            fair_share: Duration::from_millis(500),
            stuck_after: Duration::from_mins(1),
            metrics: Metrics::default(),
        }
    }
}

/// Why a document was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Too many others are being read.
    #[error("too many documents are being read")]
    Busy,
    /// The process that read it died, or did not come to an end.
    #[error("what read the document was lost")]
    Lost,
}
