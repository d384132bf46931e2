//! Posts and pastes as people send them, in our own words: what a program would be shown of each.
//!
//! Each text of `tests/posts` has its expectations beside it: `refuse` (for which reason), or `headline` (exact), `contain` (each within
//! one bullet), `absent` (nowhere in the answer), `people` (exactly these names), `figures` (these values among them) and
//! `items` (a bulletin of so many).

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    refuse: Option<String>,
    headline: Option<String>,
    #[serde(default)]
    contain: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    people: Option<Vec<String>>,
    #[serde(default)]
    figures: Vec<f64>,
    items: Option<u64>,
}

/// What stands on standard error for each reason.
fn words_of(reason: &str) -> &str {
    match reason {
        "headlines" => "list of headlines",
        "too_short" => "too short",
        "empty" => "is empty",
        reason => reason,
    }
}

/// The faults of the answer to the post in `file`.
fn faults(file: &Path, expected: &Expected) -> Vec<String> {
    let run = Command::new(env!("CARGO_BIN_EXE_mujaz"))
        .args(["summarize", "--json"])
        .arg(file)
        .output()
        .expect("mujaz runs");
    let (shown, said) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    if let Some(reason) = &expected.refuse {
        let right = run.status.code() == Some(1) && said.contains(words_of(reason));
        return if right { Vec::new() } else { vec![format!("not refused as {reason}: {shown}{said}")] };
    }
    let Ok(answer) = serde_json::from_str::<Value>(&shown) else { return vec![format!("refused: {said}")] };
    let texts = |part: &str, name: &str| -> Vec<String> {
        let entries = answer[part].as_array().into_iter().flatten();
        entries.map(|entry| entry.as_str().or(entry[name].as_str()).unwrap_or_default().to_owned()).collect()
    };
    let bullets = texts("summary", "text");
    let mut faults = Vec::new();
    if bullets.is_empty() {
        faults.push("no bullet".to_owned());
    }
    faults.extend(
        expected
            .contain
            .iter()
            .filter(|part| !bullets.iter().any(|bullet| bullet.contains(*part)))
            .map(|part| format!("lacks {part}")),
    );
    faults.extend(
        expected.absent.iter().filter(|part| shown.contains(*part)).map(|part| format!("holds {part}")),
    );
    if let Some(headline) = &expected.headline
        && answer["headline"] != **headline
    {
        faults.push(format!("headline {}", answer["headline"]));
    }
    if let Some(people) = &expected.people {
        let (mut found, mut people) = (texts("people", "name"), people.clone());
        found.sort();
        people.sort();
        if found != people {
            faults.push(format!("people {found:?}"));
        }
    }
    let values: Vec<f64> = answer["figures"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|figure| figure["value"].as_f64())
        .collect();
    faults.extend(
        expected
            .figures
            .iter()
            .filter(|value| !values.contains(value))
            .map(|value| format!("no figure {value}")),
    );
    if answer["bulletin"]["items"].as_u64() != expected.items {
        faults.push(format!("bulletin {}", answer["bulletin"]));
    }
    faults
}

/// Posts that are not yet read as they should be, most of them for a name or a figure. The number may only fall.
const KNOWN_GAPS: usize = 7;

#[test]
fn posts_are_read_as_people_mean_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/posts");
    let mut posts: Vec<_> = fs::read_dir(folder)
        .expect("the folder of posts")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    posts.sort();
    assert!(posts.len() >= 50, "{} posts", posts.len());
    let mut wrong = Vec::new();
    for post in posts {
        let expected = fs::read_to_string(post.with_extension("expected.json")).expect("what is expected");
        let expected: Expected = serde_json::from_str(&expected).expect("expectations");
        let faults = faults(&post, &expected);
        if !faults.is_empty() {
            wrong.push(format!(
                "{}: {}",
                post.file_stem().unwrap_or_default().to_string_lossy(),
                faults.join("; ")
            ));
        }
    }
    assert!(wrong.len() <= KNOWN_GAPS, "{}", wrong.join("\n"));
}
