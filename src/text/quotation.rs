//! Quotations: which mark opens and which closes, and which stand without a partner.
//!
//! Editors mix «…», “…” and "…", nest them, turn them the wrong way round and forget one. So the
//! side of a mark is read from what stands beside it first, and from its own shape only after that:
//! in «قال "لا"» the first mark opens since a space precedes it and a letter follows.

use super::span::Span;

/// The quotation marks of one paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotations {
    /// Matched quotations, both marks included, in the order in which they close.
    pub pairs: Vec<Span>,
    /// The closing mark of each of the pairs, in the same order.
    pub closing: Vec<Span>,
    /// Where marks stand that have no partner, in order.
    pub unpaired: Vec<Unpaired>,
}

/// A quotation mark without a partner in its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpaired {
    /// Where the mark stands.
    pub mark: Span,
    /// The side it was read as.
    pub side: Side,
}

/// The side of a quotation that a mark stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The quotation begins here.
    Opening,
    /// The quotation ends here.
    Closing,
}

/// Marks of one family may close each other: «“داعش"» is one quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Guillemets,
    Doubles,
}

/// How many open quotations are looked through for the partner of a closing mark.
const MAX_NESTING: usize = 6;

/// Whether `c` is a quotation mark. Single marks are left out: they are apostrophes as often.
#[must_use]
pub const fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Matches the quotation marks in the part `paragraph` of `source`. Linear in its length.
#[must_use]
pub fn quotations(source: &str, paragraph: Span) -> Quotations {
    let mut found = Quotations::default();
    let mut open: Vec<(Span, Family)> = Vec::new();
    let mut before = None;
    let mut chars = paragraph.of(source).char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if is_quotation_mark(c) {
            let start = paragraph.start + offset;
            let mark = Span::new(start, start + c.len_utf8());
            let family = family(c);
            let partner = open.iter().rev().take(MAX_NESTING).position(|&(_, f)| f == family);
            let after = chars.peek().map(|&(_, next)| next);
            match side(c, before, after, partner.is_some()) {
                Side::Opening => open.push((mark, family)),
                Side::Closing => match partner {
                    Some(depth) => {
                        let at = open.len() - 1 - depth;
                        found.pairs.push(open[at].0.cover(mark));
                        found.closing.push(mark);
                        let crossed = open.drain(at..).skip(1);
                        found
                            .unpaired
                            .extend(crossed.map(|(mark, _)| Unpaired { mark, side: Side::Opening }));
                    }
                    None => found.unpaired.push(Unpaired { mark, side: Side::Closing }),
                },
            }
        }
        before = Some(c);
    }
    found.unpaired.extend(open.into_iter().map(|(mark, _)| Unpaired { mark, side: Side::Opening }));
    found.unpaired.sort_by_key(|unpaired| unpaired.mark.start);
    pair_misread(source, &mut found);
    found
}

/// Pairs straight marks that were both read as opening: «"الخطة الشاملة "التي قدمها», where the
/// space stands on the wrong side of the second.
fn pair_misread(source: &str, found: &mut Quotations) {
    let is_straight =
        |unpaired: &Unpaired| unpaired.side == Side::Opening && unpaired.mark.of(source) == "\"";
    let mut rest = std::mem::take(&mut found.unpaired).into_iter().peekable();
    while let Some(first) = rest.next() {
        let partner = rest.next_if(|next| {
            is_straight(&first) && is_straight(next) && next.mark.start - first.mark.start <= MAX_MISREAD
        });
        match partner {
            Some(second) => {
                found.pairs.push(first.mark.cover(second.mark));
                found.closing.push(second.mark);
            }
            None => found.unpaired.push(first),
        }
    }
}

/// The longest quotation, in bytes, whose closing mark is believed to be misread.
const MAX_MISREAD: usize = 300;

/// Whether every quotation mark of `text` has its partner in it.
#[must_use]
pub fn is_balanced(text: &str) -> bool {
    quotations(text, Span::new(0, text.len())).unpaired.is_empty()
}

const fn family(c: char) -> Family {
    match c {
        '«' | '»' => Family::Guillemets,
        _ => Family::Doubles,
    }
}

fn side(c: char, before: Option<char>, after: Option<char>, is_open: bool) -> Side {
    match c {
        '«' | '„' => return Side::Opening,
        '»' => return Side::Closing,
        _ => {}
    }
    let room_before =
        before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '-' | '–' | '—' | '/' | ':'));
    let room_after = after.is_none_or(|a| {
        a.is_whitespace()
            || matches!(a, '.' | ',' | '،' | '؛' | ';' | ':' | '!' | '?' | '؟' | '…' | ')' | ']')
    });
    match (room_before, room_after) {
        (true, false) => Side::Opening,
        // «قالت الأم" آنغريت" أمس»: nothing is open, so the space stands on the wrong side.
        (false, true)
            if !is_open
                && c == '"'
                && before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(char::is_whitespace) =>
        {
            Side::Opening
        }
        (false, true) => Side::Closing,
        // «و"قوات…"», «:" لا "»: the neighbours do not tell.
        _ if is_open => Side::Closing,
        _ if c == '”' && before.is_some_and(|b| !b.is_whitespace()) && after.is_none() => Side::Closing,
        _ => Side::Opening,
    }
}

#[cfg(test)]
mod tests {
    use super::{Side, is_balanced, quotations};
    use crate::text::Span;

    fn check(text: &str, pairs: &[&str], unpaired: usize) {
        let found = quotations(text, Span::new(0, text.len()));
        let quoted: Vec<_> = found.pairs.iter().map(|pair| pair.of(text)).collect();
        assert_eq!(quoted, pairs, "{text}");
        assert_eq!(found.unpaired.len(), unpaired, "{text}");
    }

    #[test]
    fn families_and_mixtures() {
        check("قال «نعم» ثم \"لا\" ثم “ربما”.", &["«نعم»", "\"لا\"", "“ربما”"], 0);
        check("سمّاه “الحارس\" أمس.", &["“الحارس\""], 0);
        check("سمّاه ”الحارس“ أمس.", &["”الحارس“"], 0);
    }

    #[test]
    fn a_quotation_inside_a_quotation() {
        check(
            "قال إنها “الدولة الوحيدة في حلف “الشمال”، التي حاربت”.",
            &["“الشمال”", "“الدولة الوحيدة في حلف “الشمال”، التي حاربت”"],
            0,
        );
    }

    #[test]
    fn a_clitic_or_a_lost_space_before_the_mark() {
        check("زار و\"قوات الحدود\" المعبر.", &["\"قوات الحدود\""], 0);
        check("قال:\" لا نريد \" ومضى.", &["\" لا نريد \""], 0);
    }

    #[test]
    fn a_space_on_the_wrong_side() {
        check("أنجبت الأم\" سلمى النجار\" توأمين.", &["\" سلمى النجار\""], 0);
        check("طموح \"الخطة الشاملة \"التي قدمها.", &["\"الخطة الشاملة \""], 0);
    }

    #[test]
    fn a_forgotten_mark_is_reported() {
        check("أكد أن الدعم مستمر”.", &[], 1);
        check("قال: \"الدعم مستمر.", &[], 1);
        let text = "أكد أن الدعم مستمر\".";
        assert_eq!(quotations(text, Span::new(0, text.len())).unpaired[0].side, Side::Closing);
        assert!(!is_balanced("قال «نعم"));
        assert!(is_balanced("قال «نعم»."));
    }
}
