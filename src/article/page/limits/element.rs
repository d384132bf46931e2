//! Kinds of elements, as the HTML standard's tree construction tells them apart
//! (<https://html.spec.whatwg.org/multipage/parsing.html#the-stack-of-open-elements>).

/// An element's name, lower case, cut at the longest name that matters.
pub type Name = [u8; 10];

/// The name with which `bytes` begin.
pub fn name(bytes: &[u8]) -> Name {
    let mut name = Name::default();
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-');
    for (slot, letter) in name.iter_mut().zip(letters) {
        *slot = letter.to_ascii_lowercase();
    }
    name
}

/// The letters of `name`.
pub fn trimmed(name: &Name) -> &[u8] {
    &name[..name.iter().position(|&byte| byte == 0).unwrap_or(name.len())]
}

/// Whether `name` is one of `names`.
pub fn is(name: &Name, names: &[&str]) -> bool {
    let name = trimmed(name);
    names.iter().any(|other| other.as_bytes() == name)
}

/// Elements whose content is text, not markup.
pub fn is_raw(name: &Name) -> bool {
    is(name, &["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"])
}

/// Elements that a parser opens again where they were not closed.
pub fn is_formatting(name: &Name) -> bool {
    is(
        name,
        &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"],
    )
}

/// Elements that end an open `<p>`.
pub fn closes_paragraph(name: &Name) -> bool {
    is_special(name)
        && !is(
            name,
            &[
                "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "button", "select", "html", "head",
                "body",
            ],
        )
}

/// Elements that the HTML standard calls special: other closing tags do not reach through them.
pub fn is_special(name: &Name) -> bool {
    is(
        name,
        &[
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "button",
            "caption",
            "center",
            "dd",
            "details",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "head",
            "header",
            "hgroup",
            "html",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "select",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        ],
    )
}
