//! Files that people send.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

/// A Word file with these lines as its paragraphs.
pub fn docx(text: &str) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let text = text.replace('&', "&amp;");
    let around = ["<w:p><w:r><w:t xml:space=\"preserve\">", "</w:t></w:r></w:p>"];
    let body: String = text.lines().flat_map(|line| [around[0], line, around[1]]).collect();
    let part = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("a file begins");
    archive.write_all(part.as_bytes()).expect("memory takes it");
    archive.finish().expect("memory takes it").into_inner()
}

/// A PDF with one empty page: what a scan is to a program.
pub fn scanned_pdf() -> Vec<u8> {
    pdf(&[
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>",
        &stream("", ""),
    ])
}

/// A PDF of a catalogue, a list of one page, and these objects: the page is the third, what it shows the fourth.
fn pdf(objects: &[&str]) -> Vec<u8> {
    pdf_of_bytes(&objects.iter().map(|object| object.as_bytes().to_vec()).collect::<Vec<_>>())
}

fn pdf_of_bytes(objects: &[Vec<u8>]) -> Vec<u8> {
    let first = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"];
    let objects: Vec<Vec<u8>> =
        first.iter().map(|object| object.as_bytes().to_vec()).chain(objects.iter().cloned()).collect();
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n", index + 1).bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let table = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in &offsets {
        pdf.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    pdf.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1)
            .bytes(),
    );
    pdf
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// Files of a few kilobytes that lead a reader astray, by name. Each is one that ended, stalled or bloated the process of the
/// parsers' own day: a form that draws itself runs over the end of the stack, a page that is its own parent has no end, spaces that are
/// packed twice fill the memory, and so do pages that are nested where only the parser sees it.
pub fn hostile() -> Vec<(String, Vec<u8>)> {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R";
    let draws = |resources: &str| format!("{page} /Resources << {resources} >> >>");
    let form = "/XObject << /X 5 0 R >>";
    let itself =
        stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << {form} >>"), "/X Do");
    let packed = pack(&pack(&vec![b' '; 100 << 20]));
    let mut spaces =
        format!("<< /Filter [/FlateDecode /FlateDecode] /Length {} >>\nstream\n", packed.len()).into_bytes();
    spaces.extend(packed);
    spaces.extend(b"\nendstream");
    let article = format!(
        "<!doctype html><meta charset=utf-8><article>{}",
        "<p>قال الوزير إن القرار يسري غدا.".repeat(20)
    );
    let attributes = (0..400_000).map(|number| format!("a{number} ")).collect::<Vec<_>>().concat();
    [
        ("form.pdf", pdf(&[&draws(form), &stream("", "/X Do"), &itself])),
        ("parent.pdf", endless()),
        ("spaces.pdf", pdf_of_bytes(&[draws("").into_bytes(), spaces])),
        ("mathematics.html", format!("{article}<math><title>{}", "<mi>".repeat(900_000)).into_bytes()),
        ("comment.html", format!("{article}<!-->{} -->", "<div>".repeat(50_000)).into_bytes()),
        ("attributes.html", format!("{article}<p {attributes}>").into_bytes()),
        ("long.txt", "قال الوزير إن القرار يسري غدا.\n".repeat(60_000).into_bytes()),
        ("marks.txt", marks().into_bytes()),
    ]
    .map(|(name, content)| (name.to_owned(), content))
    .into()
}

/// Two megabytes of lines that are marks for the most part, each of them a token.
fn marks() -> String {
    let line = format!("أعلنت الوزارة اليوم خطة جديدة لتطوير الطرق{}\n", "!".repeat(300));
    line.repeat((2 << 20) / line.len())
}

/// A PDF of a page that is its own parent: the parser looks for the size of its paper for ever.
pub fn endless() -> Vec<u8> {
    pdf(&["<< /Type /Page /Parent 3 0 R /Contents 4 0 R /Resources << >> >>", &stream("", "")])
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("memory takes it");
    packer.finish().expect("memory takes it")
}
