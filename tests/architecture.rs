//! Keeps the layers of ARCHITECTURE.md apart, and the tree tidy.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use mujaz::text::fold::fold;

/// The modules of `src/`, lowest layer first, each with the modules it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("learnt", &[]),
    ("rule", &[]),
    ("text", &[]),
    ("article", &["text"]),
    ("facts", &["learnt", "rule", "text"]),
    ("summary", &["learnt", "rule", "text", "facts"]),
    // `rule` in its tests only: each is asked for its examples.
    ("brief", &["text", "article", "facts", "rule", "summary"]),
    // `article` in its tests only: stories are written as articles.
    ("story", &["article", "brief", "facts", "learnt", "summary", "text"]),
    ("locale", &[]),
    // `standin` in its tests only: a reply's markup is checked as Telegram checks it.
    ("reply", &["article", "brief", "facts", "locale", "standin", "story", "summary", "text"]),
    ("metrics", &[]),
    ("reader", &["article", "metrics"]),
    ("fetch", &["article", "metrics", "reader"]),
    ("store", &["article", "locale", "reply", "summary"]),
    ("service", &["article", "brief", "fetch", "metrics", "reader", "store", "story", "summary"]),
    ("standin", &[]),
    ("demo", &["standin"]),
    (
        "bot",
        &[
            "article", "brief", "config", "facts", "fetch", "locale", "metrics", "reply", "service", "store",
            "story", "summary", "text",
        ],
    ),
    ("config", &["fetch", "service", "store"]),
    (
        "cli",
        &[
            "article", "bot", "brief", "config", "demo", "facts", "fetch", "locale", "reader", "reply",
            "rule", "service", "standin", "store", "story", "summary", "text",
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

/// `facts` is read downhill: from words to mentions, titles, figures and participants.
#[test]
fn modules_of_facts_form_no_cycle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/facts");
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (path, _, source) in sources().iter().filter(|(path, ..)| path.starts_with(&root)) {
        let inside = path.strip_prefix(&root).expect("the path lies in facts").with_extension("");
        let parts: Vec<String> =
            inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        let Some(module) = parts.first().filter(|first| !matches!(first.as_str(), "mod" | "tests")) else {
            continue;
        };
        if parts.last().is_some_and(|last| last == "tests") {
            continue;
        }
        let depth = parts.iter().filter(|part| *part != "mod").count();
        let code = code_of(source);
        let up = format!("{}{{}}", "super::".repeat(depth));
        let paths = ["crate::facts::", up.trim_end_matches("{}")].map(|prefix| named_behind(&code, prefix));
        for used in paths.concat() {
            if !root.join(format!("{used}.rs")).exists() && !root.join(&used).exists() {
                faults.push(format!("{}: {used} is named by way of facts/mod.rs", path.display()));
            } else if used != *module {
                uses.entry(module.clone()).or_default().insert(used);
            }
        }
    }
    assert!(uses.len() > 5, "the modules were found");
    for module in uses.keys() {
        let (mut reached, mut open) = (BTreeSet::new(), vec![module]);
        while let Some(next) = open.pop().and_then(|next| uses.get(next)) {
            open.extend(next.iter().filter(|used| reached.insert(*used)));
        }
        if reached.contains(module) {
            faults.push(format!("{module} leads back to itself: {:?}", uses[module]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Open-class words are rows of `data/lexicon.tsv`: where language is read not one may stand in the code, in a list, a pattern or a comparison;
/// elsewhere no list of them. Words of closed classes may: those of `data/lists/`, endings and clitics of two letters, and what a comment right
/// above calls a «Closed class».
#[test]
fn lists_of_arabic_words_are_data() {
    let closed = closed_words();
    let mut faults = Vec::new();
    for (path, module, source) in sources() {
        let fewest = if ["facts", "summary", "text"].contains(&module.as_str()) { 1 } else { FEWEST };
        let documented = source.lines().take_while(|line| line.starts_with("//!"));
        let is_test = path.file_name().is_some_and(|name| name == "tests.rs");
        if is_test || documented.into_iter().any(|line| line.contains("Closed class")) {
            continue;
        }
        let lines: Vec<&str> = source.lines().collect();
        for (line, literals) in lists(&code_of(&source)) {
            // A sentence or markup is no list.
            if literals.iter().any(|literal| literal.trim_end().ends_with('.') || literal.contains('<')) {
                continue;
            }
            let words = literals.iter().flat_map(|literal| literal.split([' ', '\n', '\\', '|', '،']));
            let open = words.filter(|word| is_open(word, &closed)).count();
            let marked =
                lines[line.saturating_sub(6)..=line].iter().any(|line| line.contains("Closed class"));
            if open >= fewest && !marked {
                faults.push(format!("{}:{}: {literals:?}", path.display(), line + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A class that no code asks for has no place in the lexicon.
#[test]
fn every_class_of_the_lexicon_is_asked_for() {
    let sources = sources();
    let is_lexicon = |path: &Path| path.ends_with("text/lexicon/classes.rs");
    let (_, _, lexicon) = sources.iter().find(|(path, ..)| is_lexicon(path)).expect("the lexicon is there");
    let declared = lexicon.split_once("word_classes! {").expect("the classes are declared").1;
    let classes: Vec<&str> = declared
        .lines()
        .take_while(|line| *line != "}")
        .filter_map(|line| line.trim().strip_suffix(','))
        .filter(|name| name.chars().all(char::is_alphanumeric))
        .collect();
    assert!(classes.len() > 100, "the classes were found");
    let others = sources.iter().filter(|(path, ..)| !is_lexicon(path));
    let asked: HashSet<&str> =
        others.flat_map(|(_, _, source)| source.split(|c: char| !c.is_ascii_alphanumeric())).collect();
    let unasked: Vec<_> = classes.into_iter().filter(|class| !asked.contains(class)).collect();
    assert!(unasked.is_empty(), "nobody asks for {unasked:?}");
}

/// So many words of open classes are a list where no language is read.
const FEWEST: usize = 3;

/// `source` without its tests, its comments left out but for their lines.
fn code_of(source: &str) -> String {
    let code = source.split_once("#[cfg(test)]\nmod tests {").map_or(source, |(code, _)| code);
    let lines = code.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// The names right behind `prefix` in `code`, those of a group too; no longer path counts (`super::super::x` is no `super::x`).
fn named_behind(code: &str, prefix: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
        if code[..at].ends_with("super::") || rest.starts_with("super") {
            continue;
        }
        let mut depth = 0;
        let mut start = true;
        let group = rest.starts_with('{');
        for (offset, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => start = true,
                _ if c.is_whitespace() => {}
                _ if start && depth <= 1 => {
                    named.push(first_identifier(&rest[offset..]).to_owned());
                    start = false;
                }
                _ => {}
            }
            if depth == 0 && (!group || c == '}') {
                break;
            }
        }
    }
    named
}

/// Runs of string literals with nothing but marks and paths between them, each with the line where it begins.
fn lists(code: &str) -> Vec<(usize, Vec<&str>)> {
    let mut lists: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut at = 0;
    while let Some(open) = code[at..].find('"').map(|offset| at + offset) {
        let between = &code[at..open];
        let rest = &code[open + 1..];
        // A character may be a quotation mark.
        if between.ends_with('\'') && rest.starts_with('\'') || between.ends_with("'\\") {
            at = open + 1;
            continue;
        }
        let escapes = |quote: usize| rest[..quote].chars().rev().take_while(|c| *c == '\\').count();
        let close = rest.match_indices('"').map(|(quote, _)| quote).find(|&quote| escapes(quote) % 2 == 0);
        let literal = &rest[..close.unwrap_or(rest.len())];
        let mut words = between.split(|c: char| c.is_whitespace() || ",|&[]()".contains(c));
        match lists.last_mut().filter(|_| words.all(|word| word.is_empty() || word.contains("::"))) {
            Some((_, literals)) => literals.push(literal),
            None => lists.push((code[..open].matches('\n').count(), vec![literal])),
        }
        at = (open + literal.len() + 2).min(code.len());
    }
    lists
}

/// The words of closed classes that `data/lists/` holds, as they are written and as the code compares them.
fn closed_words() -> HashSet<String> {
    const OPEN: [&str; 3] = ["saying", "verb", "measure"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lists");
    let mut closed = HashSet::new();
    for file in ["word_classes.tsv", "clause_words.tsv"] {
        let list = fs::read_to_string(root.join(file)).expect("a list of the project");
        let rows = list.lines().filter_map(|row| row.split_once('\t'));
        let words = rows.filter(|(class, _)| !OPEN.contains(class)).flat_map(|(_, words)| words.split(' '));
        closed.extend(words.map(fold));
    }
    closed
}

/// Endings and clitics of more than two letters.
const AFFIXES: [&str; 12] =
    ["بال", "كال", "وال", "فال", "الم", "است", "يين", "يون", "تان", "تين", "وفبلك", "بلك"];

/// Whether an Arabic word is of no closed class, with or without a clitic.
fn is_open(word: &str, closed: &HashSet<String>) -> bool {
    let key = fold(word);
    let bare = key.strip_prefix(['و', 'ف', 'ب', 'ل']).unwrap_or(&key);
    // What a word is put together from in the code is none: «ال{stem}», «بال», «يون».
    if word.contains('{') || AFFIXES.contains(&word) {
        return false;
    }
    let arabic = key.chars().any(|c| ('ء'..='ي').contains(&c));
    arabic && key.chars().count() > 2 && !closed.contains(&key) && !closed.contains(bare)
}
