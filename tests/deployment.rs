//! What is built and run around the program: the image, the composition, what is kept out of both, what is checked of its crates.

use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a file of the project")
}

/// The lines of a service of the composition.
fn service(name: &str) -> String {
    let composition = read("compose.yaml");
    let mut lines = composition.lines().skip_while(|line| *line != format!("  {name}:"));
    let first = lines.next().expect("the service").to_owned();
    let rest = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    std::iter::once(first.as_str()).chain(rest).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_store_goes_into_no_commit_and_no_image() {
    for list in [".gitignore", ".dockerignore"] {
        assert!(read(list).lines().any(|line| line == "mujaz.db*"), "{list}");
    }
}

#[test]
fn the_image_says_how_it_does_and_what_it_is_made_of() {
    let image = read("Dockerfile");
    assert!(image.contains(r#"CMD ["/usr/local/bin/mujaz", "health"]"#));
    assert!(image.contains("ENV MUJAZ_LISTEN=127.0.0.1:8080"), "the check has somebody to ask");
    assert!(image.contains("data/NOTICE.md") && image.contains("LICENSE-MIT"));
    let left_out = read(".dockerignore");
    assert!(!left_out.lines().any(|line| line.starts_with("data")), "the notice is there to be copied");
    assert!(read("compose.yaml").contains(r#"test: ["CMD", "/usr/local/bin/mujaz", "health"]"#));
}

/// An image of others cannot become another one under its name.
#[test]
fn images_are_pinned() {
    for name in ["postgres", "proxy"] {
        let service = service(name);
        let image = service.lines().find_map(|line| line.trim().strip_prefix("image: ")).expect("an image");
        let digest = image.split_once("@sha256:").map(|(_, digest)| digest);
        let whole = |digest: &str| digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(digest.is_some_and(whole), "{image}");
    }
}

#[test]
fn services_have_the_capabilities_that_they_need_and_no_other() {
    for (name, added) in [("postgres", None), ("proxy", Some("cap_add: [NET_BIND_SERVICE]"))] {
        let service = service(name);
        assert!(service.contains("cap_drop: [ALL]"), "{name}");
        assert!(service.contains("no-new-privileges:true"), "{name}");
        let given = service.lines().find(|line| line.contains("cap_add")).map(str::trim);
        assert_eq!(given, added, "{name}");
    }
    assert!(service("postgres").contains("user: postgres"), "it need not become another user");
}

/// A password may hold «@» and «/»: it is no part of an address.
#[test]
fn the_password_stands_beside_the_address() {
    let composition = read("compose.yaml");
    assert!(composition.contains("DATABASE_PASSWORD: ${POSTGRES_PASSWORD:?"));
    let addresses = composition.lines().filter(|line| line.contains("://"));
    assert!(addresses.into_iter().all(|line| !line.contains("PASSWORD")));
}

#[test]
fn crates_with_known_faults_are_looked_for() {
    assert!(read("deny.toml").contains("[advisories]"));
    let operations = read("OPERATIONS.md");
    for told in ["cargo-deny check advisories", "docker buildx imagetools inspect", "### Backups"] {
        assert!(operations.contains(told), "{told}");
    }
}
