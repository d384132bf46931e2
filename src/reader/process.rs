//! One reading process, seen from the program that started it.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tokio::net::unix::pipe::{Receiver, Sender};
use tokio::runtime::Handle;

use super::COMMAND;
use super::wire::{self, Answer, Ready};
use crate::article::document::Origin;

/// A process that waits for a document, or reads one. It is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Process {
    input: Sender,
    output: Receiver,
    /// Whether it lives under all limits that it should.
    pub(super) confined: bool,
    child: Killed,
}

impl Process {
    /// Starts one, and waits until it is ready. It inherits nothing: no environment, no folder, no open file; what it complains of
    /// would quote its document, and is not read.
    pub(super) async fn start(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg0("mujaz").arg(COMMAND).env_clear().current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = Killed(Some(command.spawn()?));
        let (input, output) = child.pipes().ok_or(io::ErrorKind::BrokenPipe)?;
        let (input, mut output) = (Sender::from_owned_fd(input)?, Receiver::from_owned_fd(output)?);
        let ready: Ready = wire::parse(&wire::receive(&mut output).await?)?;
        Ok(Self { input, output, confined: ready.confined, child })
    }

    /// Whether it has not died while it waited.
    pub(super) fn is_alive(&mut self) -> bool {
        self.child.0.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }

    /// Has a document read.
    pub(super) async fn read(&mut self, origin: &Origin, content: &[u8]) -> io::Result<Answer> {
        wire::send(&mut self.input, &serde_json::to_vec(origin)?).await?;
        wire::send(&mut self.input, content).await?;
        wire::parse(&wire::receive(&mut self.output).await?)
    }
}

/// A process that is killed when this is dropped, and waited for, so that the system forgets it.
#[derive(Debug)]
struct Killed(Option<Child>);

impl Killed {
    /// What it reads, and what it writes.
    fn pipes(&mut self) -> Option<(OwnedFd, OwnedFd)> {
        let child = self.0.as_mut()?;
        Some((child.stdin.take()?.into(), child.stdout.take()?.into()))
    }
}

impl Drop for Killed {
    fn drop(&mut self) {
        let Some(mut child) = self.0.take() else { return };
        // It fails only where the process has ended already.
        let _ = child.kill();
        let mut wait = move || drop(child.wait());
        match Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(wait)),
            Err(_) => wait(),
        }
    }
}
