//! Keeps the layers of ARCHITECTURE.md apart, and the tree tidy.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src/`, lowest layer first, each with the modules it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("learnt", &[]),
    ("text", &[]),
    ("article", &["text"]),
    ("facts", &["learnt", "text"]),
    ("summary", &["learnt", "text", "facts"]),
    ("brief", &["text", "article", "facts", "summary"]),
    ("locale", &[]),
    // `standin` in its tests only: a reply's markup is checked as Telegram checks it.
    ("reply", &["article", "brief", "facts", "locale", "standin", "summary", "text"]),
    ("metrics", &[]),
    ("reader", &["article", "metrics"]),
    ("fetch", &["article", "metrics", "reader"]),
    ("store", &["article", "locale", "reply", "summary"]),
    ("service", &["article", "brief", "fetch", "metrics", "store", "summary"]),
    ("standin", &[]),
    ("demo", &["standin"]),
    (
        "bot",
        &[
            "article", "brief", "config", "facts", "fetch", "locale", "metrics", "reply", "service", "store",
            "summary", "text",
        ],
    ),
    ("config", &["fetch", "service", "store"]),
    (
        "cli",
        &[
            "article", "bot", "brief", "config", "demo", "facts", "fetch", "locale", "reader", "reply",
            "service", "standin", "store", "summary", "text",
        ],
    ),
];

/// Words that may stand in the named modules only: effects live at the edge.
const CONFINED: &[(&str, &[&str])] = &[
    ("teloxide", &["bot", "cli"]),
    ("reqwest", &["fetch", "bot", "standin"]),
    ("sqlx", &["store"]),
    ("prometheus_client", &["metrics"]),
    ("axum", &["standin", "demo", "bot"]),
    ("hyper", &["bot"]),
    // The reading process asks only which processor it runs on.
    ("std::env", &["config", "reader"]),
    ("seccompiler", &["reader"]),
    ("rustix", &["reader"]),
    ("std::net", &["fetch", "standin", "bot", "config", "cli"]),
    ("tokio", &["fetch", "reader", "store", "service", "standin", "demo", "bot", "cli"]),
    ("Timestamp::now", &["service", "demo", "bot", "cli"]),
    ("std::fs", &["reader", "store", "cli"]),
    // It panics where nobody reads what it prints; `cli::output` does not.
    ("println!", &[]),
];

/// The longest file that a reader takes in at one sitting, in lines.
const LONGEST: usize = 500;

/// cargo refuses a manifest that names a program whose source is missing, in the image's build too.
#[test]
fn the_image_is_built_with_all_that_the_manifest_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("a file of the project");
    let (manifest, left_out) = (read("Cargo.toml"), read(".dockerignore"));
    let left_out: Vec<&str> = left_out.lines().map(|line| line.trim().trim_matches('/')).collect();
    for (section, folder) in [("[[bench]]", "benches"), ("[[test]]", "tests")] {
        assert!(!(manifest.contains(section) && left_out.contains(&folder)), "{section} without {folder}");
    }
    for path in manifest.lines().filter_map(|line| line.strip_prefix("path = ")) {
        let folder = path.trim_matches('"').split('/').next().unwrap_or_default();
        assert!(!left_out.contains(&folder), "{path} without {folder}");
    }
}

#[test]
fn each_layer_uses_only_those_it_may() {
    let mut faults = Vec::new();
    for (path, module, source) in sources() {
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module) else {
            if !matches!(module.as_str(), "lib" | "main") {
                faults.push(format!("{}: module {module} has no layer", path.display()));
            }
            continue;
        };
        for used in used_modules(&source) {
            let known = LAYERS.iter().any(|(name, _)| *name == used);
            if used != module && known && !allowed.contains(&used) {
                faults.push(format!("{}: {module} may not use {used}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn effects_live_at_the_edge() {
    let mut faults = Vec::new();
    for (path, module, source) in sources() {
        for (word, allowed) in CONFINED {
            let named = source
                .lines()
                .map(str::trim_start)
                .any(|line| !line.starts_with("//") && line.contains(word));
            if named && module != "main" && !allowed.contains(&module.as_str()) {
                faults.push(format!("{}: `{word}` does not belong in {module}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_are_short_and_well_named() {
    let mut faults = Vec::new();
    for (path, _, source) in sources() {
        let lines = source.lines().count();
        if lines > LONGEST {
            faults.push(format!("{}: {lines} lines", path.display()));
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if ["util", "utils", "common", "helper", "helpers", "misc"].contains(&name.as_ref()) {
            faults.push(format!("{}: a drawer is no module", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every file of `src/` with its top-level module and text.
fn sources() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(&root).expect("the path lies in src");
                let first = inside.components().next().expect("the path has a part");
                let module = Path::new(first.as_os_str()).with_extension("").display().to_string();
                let source = fs::read_to_string(&path).expect("sources are UTF-8");
                found.push((path, module, source));
            }
        }
    }
    assert!(found.len() > 10, "the sources were found");
    found
}

/// The top-level modules that `source` names with a `crate::` path, groups included.
fn used_modules(source: &str) -> Vec<&str> {
    let mut used = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split_once("};").map_or(group, |(inside, _)| inside);
            used.extend(group.split(',').map(first_identifier));
        } else {
            used.push(first_identifier(rest));
        }
    }
    used
}

fn first_identifier(path: &str) -> &str {
    let path = path.trim_start();
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    &path[..end]
}
