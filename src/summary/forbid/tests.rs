use super::{Sentence, forbidden};
use crate::rule::Rule;
use crate::summary::{clause, openers, words};
use crate::text::Document;

/// What the place «|» in `sentence` is forbidden by; `None` where it is no place to cut.
#[expect(clippy::option_option, reason = "no place to cut, and a place that nothing forbids")]
fn at_bar(sentence: &str) -> Option<Option<Rule>> {
    let bar = sentence.find('|').expect("a place");
    let document = Document::new("", &sentence.replace('|', ""));
    assert_eq!(document.sentences().len(), 1, "{sentence}");
    let tokens = document.tokens();
    let words = words::read(tokens);
    let from = openers::droppable(tokens);
    let whole = Sentence {
        tokens,
        words: &words,
        from,
        quotations: document.quotations(),
        unpaired: document.unpaired_marks(0),
    };
    let boundaries = clause::boundaries(tokens, &words, from);
    let boundary = boundaries.iter().find(|boundary| {
        let piece = tokens[boundary.end - 1].span.end;
        piece <= bar && document.text()[piece..bar].trim().chars().all(|c| "-،".contains(c))
    })?;
    Some(forbidden(&whole, boundary))
}

#[test]
fn cuts_that_are_never_made_and_cuts_that_are() {
    let rows = include_str!("../../../tests/cuts.tsv").lines().filter(|line| !line.starts_with('#'));
    let (mut guarded, mut wrong) = (0, Vec::new());
    for (rule, sentence) in rows.filter_map(|row| row.split_once('\t')) {
        let expected = Rule::all_about("cut-").find(|known| known.name() == rule);
        assert_eq!(expected.is_none(), rule == "-", "{rule}");
        guarded += usize::from(expected.is_some());
        // A place that is none cannot be cut either.
        match (at_bar(sentence), expected) {
            // Which of two rules comes first is no matter to a reader.
            (Some(found), expected) if found.is_some() == expected.is_some() => {}
            (None, Some(_)) => {}
            (found, _) => wrong.push(format!("{rule}: {sentence} {found:?}")),
        }
    }
    assert!(guarded >= 70, "{guarded}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for rule in Rule::all_about("cut-") {
        assert!(include_str!("../../../tests/cuts.tsv").contains(&format!("\n{rule}\t")), "{rule}");
    }
}
