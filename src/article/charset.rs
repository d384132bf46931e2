//! From bytes to text: which encoding a page is written in.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, WINDOWS_1252, WINDOWS_1256};

/// How far into a page its `meta` element is looked for.
const PRESCAN: usize = 8192;
/// How much of a page the detector reads.
const SAMPLE: usize = 256 * 1024;

/// Decodes a page: byte order mark, then the `charset` of the HTTP header, then the `meta` element, then
/// detection; malformed sequences become U+FFFD.
///
/// Declarations are believed only as far as the bytes allow: what is valid UTF-8 beyond ASCII is UTF-8 whatever
/// is declared (no text in another encoding looks like it by chance), what is declared UTF-8 and is not, or is
/// declared Latin (the default of old servers), is detected.
#[must_use]
pub fn decode<'a>(bytes: &'a [u8], header: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let declared = header.and_then(label).or_else(|| prescan(bytes));
    let encoding = match declared {
        _ if is_nearly_utf8(bytes) => UTF_8,
        // The label of the old standard stands over text of the encoding that succeeded it: most of whose letters have no place there.
        Some(encoding) if encoding == ISO_8859_6 && !is_iso_8859_6(bytes) => WINDOWS_1256,
        Some(encoding) if encoding != UTF_8 && encoding != WINDOWS_1252 => encoding,
        _ => detect(bytes),
    };
    encoding.decode_without_bom_handling(bytes).0
}

/// The encoding of a label («windows-1256», «cp1256»…), with what browsers read a UTF-16 label as.
fn label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes()).map(Encoding::output_encoding)
}

/// The encoding that a `meta` element near the start declares.
fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    const NEEDLE: &[u8] = b"charset";
    let head = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = head[from..].windows(NEEDLE.len()).position(|window| window == NEEDLE) {
        from += at + NEEDLE.len();
        let rest = head[from..].trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)))
            .unwrap_or(value.len());
        if let Some(encoding) = std::str::from_utf8(&value[..end]).ok().and_then(label) {
            return Some(encoding);
        }
    }
    None
}

/// Whether the bytes are UTF-8 but for a few broken places (a page cut in a letter, a widget in another encoding).
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    good > broken * 20
}

/// Whether the bytes can be Arabic in ISO 8859-6, whose letters and marks are few and stand close. In windows-1256 «م» and the pointed
/// letters stand where that standard has marks or nothing.
fn is_iso_8859_6(bytes: &[u8]) -> bool {
    let (mut letters, mut foreign) = (0_usize, 0_usize);
    for &byte in bytes.iter().filter(|byte| !byte.is_ascii()) {
        match byte {
            0xA0 | 0xA4 | 0xAC | 0xAD | 0xBB | 0xBF | 0xC1..=0xDA | 0xE0..=0xEA => letters += 1,
            // Vowel marks, which news is written without.
            0xEB..=0xF2 => {}
            _ => foreign += 1,
        }
    }
    foreign * 50 < letters
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1256;

    use super::decode;

    const TEXT: &str =
        "أعلنت الحكومة اليوم أنها ستخفض الضرائب على الشركات الصغيرة في المحافظات الجنوبية كلها.";

    fn page(meta: &str) -> String {
        format!("<html><head>{meta}<title>الحكومة</title></head><body><p>{TEXT}</p></body></html>")
    }

    #[track_caller]
    fn check(meta: &str, header: Option<&str>) {
        let bytes = WINDOWS_1256.encode(&page(meta)).0.into_owned();
        assert!(decode(&bytes, header).contains(TEXT), "{meta} {header:?}");
    }

    #[test]
    fn windows_1256_however_it_is_declared() {
        check("", Some("windows-1256"));
        check("<meta charset=windows-1256>", None);
        check("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset = CP1256'>", None);
        check("", None);
        check("<meta charset=utf-8>", None);
        check("", Some("iso-8859-1"));
        check("<meta charset='x-unknown'>", Some("utf-8"));
        check("<meta charset=iso-8859-6>", None);
        check("", Some("ISO-8859-6"));
    }

    #[test]
    fn iso_8859_6_is_read_where_it_is_written() {
        let bytes: Vec<u8> = page("<meta charset=iso-8859-6>")
            .chars()
            .map(|c| if c.is_ascii() { c as u8 } else { (c as u32 - 0x0600 + 0xA0) as u8 })
            .collect();
        assert!(decode(&bytes, None).contains(TEXT));
    }

    #[test]
    fn utf_8_whatever_is_declared() {
        let page = page("");
        assert_eq!(decode(page.as_bytes(), Some("windows-1256")), page);
        let mut cut = page.clone().into_bytes();
        cut.truncate(page.find("كلها").expect("there") + 1);
        assert!(decode(&cut, None).contains("الشركات الصغيرة"));
    }

    #[test]
    fn a_byte_order_mark_comes_first() {
        let utf_16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&utf_16, Some("utf-8")), TEXT);
    }

    #[test]
    fn bytes_of_any_kind_give_some_text() {
        assert!(decode(&[0xFF, 0x00, 0xC3, 0x28, 0xA0], None).contains('\0'));
        assert_eq!(decode(&[], Some("")), "");
    }
}
