//! What a reading process gives up before it reads a byte.
//!
//! Everywhere: more memory, more stack and more processor time than the largest article needs, core files, and its place before
//! others at the processors. On Linux also every call to the system but those that read what is open, write it, take and give back memory, and end the
//! process: it opens no file and no socket, starts nothing, and signals nobody. The filter needs no privileges (`seccomp`, with
//! `no_new_privs`); where the kernel has none, the rest holds all the same.

use std::fs::File;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, nice, setrlimit};
use rustix::time::{ClockId, clock_gettime};

/// Bytes that a process may take beyond those it starts with, its stack among them.
const MEMORY: u64 = 64 << 20;
/// Bytes of stack. Extractors recurse once for each level of a page, which [`limits`](crate::article::page::limits) bounds.
const STACK: u64 = 32 << 20;
/// The time at a processor after which the system ends a process.
const PROCESSOR: Duration = Duration::from_secs(30);
/// The time at a processor after which a process ends by itself, between two documents.
const ENOUGH: Duration = Duration::from_secs(20);
/// Bytes of memory in use between two documents, beyond those it started with, after which a process ends by itself: memory that
/// was taken once is seldom given back.
const GROWN: u64 = 16 << 20;
/// How far a process stands behind the rest of the program where processors are scarce.
const NICE: i32 = 5;
/// Bytes of a page of memory, as Linux counts them in `statm` on all machines that are likely to run this.
const PAGE: u64 = 4096;

/// What a process uses of the machine.
pub(super) struct Used {
    /// Opened before files can no longer be.
    memory: Option<File>,
    /// Bytes of memory in use at the start.
    at_start: u64,
}

impl Used {
    /// To be called once, at the start.
    pub(super) fn open() -> Self {
        let mut used = Self { memory: File::open("/proc/self/statm").ok(), at_start: 0 };
        used.at_start = used.pages().map_or(0, |[_, resident]| resident);
        used
    }

    /// Whether the process should make room for a new one.
    pub(super) fn is_much(&self) -> bool {
        let grown = self.pages().is_some_and(|[_, resident]| resident > self.at_start + GROWN);
        let time = clock_gettime(ClockId::ProcessCPUTime);
        grown || u64::try_from(time.tv_sec).unwrap_or(0) >= ENOUGH.as_secs()
    }

    /// Bytes of addresses and of memory in use, where the system tells.
    fn pages(&self) -> Option<[u64; 2]> {
        use std::os::unix::fs::FileExt;
        let mut buffer = [0; 64];
        let length = self.memory.as_ref()?.read_at(&mut buffer, 0).ok()?;
        let text = std::str::from_utf8(&buffer[..length]).ok()?;
        let mut numbers = text.split_whitespace().map_while(|number| number.parse::<u64>().ok());
        Some([numbers.next()? * PAGE, numbers.next()? * PAGE])
    }
}

/// Gives up what is not needed; whether all of it could be given up.
pub(super) fn confine(used: &Used) -> bool {
    // A process that stands before others is no danger.
    let _ = nice(NICE);
    let addresses = used.pages().map(|[addresses, _]| addresses + MEMORY);
    let limits = [
        (Resource::Stack, Some(STACK)),
        (Resource::As, addresses),
        (Resource::Cpu, Some(PROCESSOR.as_secs())),
        (Resource::Core, Some(0)),
        (Resource::Fsize, Some(0)),
    ];
    let limited = limits.into_iter().all(|(resource, most)| {
        most.is_some_and(|most| {
            setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_ok()
        })
    });
    filter::apply() && limited
}

#[cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]
mod filter {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    /// The calls that reading and answering need. All others fail as forbidden; that ends most parsers, and is no harm to the rest.
    const NEEDED: [libc::c_long; 20] = [
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_pread64,
        libc::SYS_close,
        libc::SYS_brk,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_clock_gettime,
        libc::SYS_getrandom,
        libc::SYS_sched_yield,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];

    /// Applies the filter; whether the system took it.
    pub(super) fn apply() -> bool {
        let Ok(arch) = std::env::consts::ARCH.try_into() else { return false };
        let needed = NEEDED.into_iter().map(|call| (call, Vec::new())).collect();
        let forbidden = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let filter = SeccompFilter::new(needed, forbidden, SeccompAction::Allow, arch);
        let program = filter.and_then(BpfProgram::try_from);
        program.is_ok_and(|program| seccompiler::apply_filter(&program).is_ok())
    }
}

#[cfg(not(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
)))]
mod filter {
    /// Other systems have no such filter.
    pub(super) fn apply() -> bool {
        false
    }
}
