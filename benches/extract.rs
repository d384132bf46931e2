//! What reading pages costs, in time and in memory, beside the bare extractors that it is built on:
//! `cargo bench --bench extract`; `max alloc` is what one pass holds at most.
//! All pages of `../shared/data/pages` are read one after the other; without that folder, those of `tests/pages`.

use std::fs;
use std::path::{Path, PathBuf};

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use dom_smoothie::Readability;
use mujaz::article::{charset, page};
use trafilatura::ExtractionFocus;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The guarded parse, from bytes to article.
#[divan::bench]
fn mujaz(bencher: Bencher<'_, '_>) {
    over_pages(bencher, |bytes| drop(black_box(page::read(&charset::decode(bytes, None), None))));
}

/// Trafilatura alone.
#[divan::bench]
fn trafilatura(bencher: Bencher<'_, '_>) {
    let options = trafilatura::Options::default().with_focus(ExtractionFocus::FavorPrecision);
    over_pages(bencher, |bytes| {
        drop(black_box(trafilatura::extract(&charset::decode(bytes, None), &options)));
    });
}

/// Readability alone.
#[divan::bench]
fn dom_smoothie(bencher: Bencher<'_, '_>) {
    over_pages(bencher, |bytes| {
        let reader = Readability::new(charset::decode(bytes, None).as_ref(), None, None);
        drop(black_box(reader.and_then(|mut reader| reader.parse())));
    });
}

fn over_pages(bencher: Bencher<'_, '_>, read: impl Fn(&[u8])) {
    let pages = pages();
    let bytes: usize = pages.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| pages.iter().for_each(|page| read(page)));
}

fn pages() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("../shared/data/pages"), &mut files);
    if files.is_empty() {
        collect(&root.join("tests/pages"), &mut files);
    }
    files.sort();
    files.iter().filter_map(|file| fs::read(file).ok()).collect()
}

/// The pages below `folder`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            files.push(path);
        }
    }
}
