//! Makes the files of `data/` from the corpora: `cargo run --release --example train -- COMMAND`.

fn main() {}
