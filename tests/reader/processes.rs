//! The processes of this machine, as Linux tells of them; on other systems there are none.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A process and those that it started.
pub struct Processes(BTreeSet<u32>);

impl Processes {
    /// The process `parent` and all that it started.
    pub fn below(parent: u32) -> Self {
        let mut found = BTreeSet::from([parent]);
        loop {
            let known = found.len();
            for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
                let Some(process) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
                    continue;
                };
                if parent_of(process).is_some_and(|parent| found.contains(&parent)) {
                    found.insert(process);
                }
            }
            if found.len() == known {
                return Self(found);
            }
        }
    }

    /// Those that run `program`.
    pub fn of_program(&self, program: &str) -> Vec<u32> {
        let runs = |process: &u32| {
            fs::read_link(format!("/proc/{process}/exe")).is_ok_and(|link| link == Path::new(program))
        };
        self.0.iter().copied().filter(runs).collect()
    }

    /// Their memory together, in kB.
    pub fn memory(&self) -> u64 {
        self.0.iter().filter_map(|process| resident(*process)).sum()
    }
}

fn parent_of(process: u32) -> Option<u32> {
    field(process, "PPid:")?.parse().ok()
}

fn resident(process: u32) -> Option<u64> {
    field(process, "VmRSS:")?.parse().ok()
}

fn field(process: u32, name: &str) -> Option<String> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(name))?;
    value.split_whitespace().next().map(str::to_owned)
}
