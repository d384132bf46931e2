//! JSON as sites write it into their pages: in CDATA, with raw line breaks, a comma or a quotation mark too many.

use serde_json::Value;

/// Parses `script`; one slip does not throw all of it away.
pub fn parse(script: &str) -> Option<Value> {
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start()
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("/*<![CDATA[*/")
        .trim_start_matches("<![CDATA[");
    let script = script
        .trim_end_matches("-->")
        .trim_end()
        .trim_end_matches("//]]>")
        .trim_end_matches("/*]]>*/")
        .trim_end_matches("]]>")
        .trim_end_matches("//")
        .trim_end()
        .trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&mended(script)).ok())
}

/// `script` with its commas and quotation marks as the grammar has them: a comma before a closing bracket is dropped, a quotation mark
/// inside a string is escaped, a line break in one is a space. A mark closes a string where the grammar can go on behind it.
fn mended(script: &str) -> String {
    let mut mended = String::with_capacity(script.len() + 16);
    let mut in_string = false;
    let mut escaped = false;
    for (at, c) in script.char_indices() {
        let rest = script[at + c.len_utf8()..].trim_start();
        match c {
            _ if escaped => {
                escaped = false;
                mended.push(c);
            }
            '\\' if in_string => {
                escaped = true;
                mended.push(c);
            }
            '"' if in_string && !closes(rest) => mended.push_str("\\\""),
            '"' => {
                in_string = !in_string;
                mended.push(c);
            }
            _ if c.is_control() => mended.push(' '),
            ',' if !in_string && (rest.is_empty() || rest.starts_with(['}', ']', ','])) => {}
            _ => mended.push(c),
        }
    }
    mended
}

/// Whether a string can end before `rest`. A comma is followed by another string or value; in a sentence («"كلمة", ثم») by a word.
fn closes(rest: &str) -> bool {
    match rest.chars().next() {
        None | Some('}' | ']' | ':') => true,
        Some(',') => {
            let next = rest[1..].trim_start();
            next.starts_with(['"', '{', '[', '}', ']', '-', ','])
                || next.starts_with(|c: char| c.is_ascii_digit())
                || ["true", "false", "null"].iter().any(|word| next.starts_with(word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[track_caller]
    fn check(script: &str, expected: Option<&serde_json::Value>) {
        assert_eq!(parse(script).as_ref(), expected, "{script}");
    }

    #[test]
    fn one_slip_does_not_throw_all_away() {
        let expected = Some(serde_json::json!({"a": "قال \"نعم\", ثم مضى", "b": ["x", 1]}));
        check(r#"{"a": "قال \"نعم\", ثم مضى", "b": ["x", 1]}"#, expected.as_ref());
        check(
            r#"//<![CDATA[
            {"a": "قال "نعم", ثم مضى", "b": ["x", 1,],};
            //]]>"#,
            expected.as_ref(),
        );
        check("<!-- {\"a\": \"قال\n\\\"نعم\\\", ثم مضى\",, \"b\": [\"x\", 1]} -->", expected.as_ref());
        check("{\"@type\":", None);
        check("", None);
    }
}
