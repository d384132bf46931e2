//! The value of a token of digits with separators inside.

use crate::text::lexicon::WordClass;

/// What the word after the digits says about the point in `1.200`, which is a decimal in one
/// article and a thousand in the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A scale or a percent sign: `1.200 مليار` is one and a fifth.
    ScaleOrPercent,
    /// A currency: `1.145 دولار` is a rate, `1.200 دولار` a sum.
    Currency,
    /// Anything else: `1.200 شخص` is a thousand and two hundred.
    Else,
}

/// How the digits are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Digits and nothing else.
    Plain,
    /// With separators of thousands or a decimal point.
    Separated,
    /// Three groups like a day, a month and a year: `10.5.2018`.
    Date,
    /// No single number: a phone number, an address, a list.
    Other,
}

/// Reads the folded token `key`; the value is meaningless for [`Shape::Date`] and [`Shape::Other`].
#[must_use]
pub fn read(key: &str, next: Next) -> (f64, Shape) {
    let letter = |c: char| WordClass::DecimalLetter.contains(c.encode_utf8(&mut [0; 4]));
    if let Some((part, whole)) = key.split_once(letter) {
        let one = !whole.contains(letter);
        return if one { read(&format!("{whole}.{part}"), next) } else { (0.0, Shape::Other) };
    }
    let groups: Vec<&str> = key.split(is_separator).collect();
    let marks: Vec<char> = key.chars().filter(|&c| is_separator(c)).collect();
    let ([first, .., last], Some(&mark)) = (groups.as_slice(), marks.last()) else {
        return (value(key), if key.len() <= MOST_DIGITS { Shape::Plain } else { Shape::Other });
    };
    let thousands = |groups: &[&str]| {
        (1..=3).contains(&first.len()) && *first != "0" && groups[1..].iter().all(|g| g.len() == 3)
    };
    let grouped = || (value(&groups.concat()), Shape::Separated);
    let decimal = || {
        let whole = groups[..groups.len() - 1].concat();
        (value(&format!("{whole}.{last}")), Shape::Separated)
    };
    let uniform = marks.iter().all(|&m| m == mark);
    if marks.len() == 1 {
        return match mark {
            '.' if thousands(&groups) => match next {
                Next::ScaleOrPercent => decimal(),
                Next::Currency if !last.ends_with('0') => decimal(),
                _ => grouped(),
            },
            ',' | '٬' | '،' if thousands(&groups) => grouped(),
            _ => decimal(),
        };
    }
    if uniform && mark == '.' && groups.len() == 3 && first.len() <= 2 && matches!(last.len(), 2 | 4) {
        return (0.0, Shape::Date);
    }
    if uniform && thousands(&groups) {
        return grouped();
    }
    if !uniform
        && thousands(&groups[..groups.len() - 1])
        && marks[..marks.len() - 1].iter().all(|&m| m == marks[0] && m != mark)
    {
        return decimal();
    }
    (0.0, Shape::Other)
}

/// The value of a part that is one character: «½».
#[must_use]
pub const fn vulgar_fraction(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        _ => return None,
    })
}

/// More digits than this in a row are an account, a phone or a book, not an amount.
const MOST_DIGITS: usize = 15;

const fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬' | '،')
}

fn value(digits: &str) -> f64 {
    digits.parse().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::{Next, Shape, read};

    fn check(key: &str, next: Next, expected: f64) {
        let (value, shape) = read(key, next);
        assert!((value - expected).abs() < 1e-9, "{key}: {value}");
        assert!(matches!(shape, Shape::Plain | Shape::Separated), "{key}");
    }

    #[test]
    fn separators_are_read_as_the_press_writes_them() {
        check("1,200", Next::Else, 1200.0);
        check("1٬200", Next::Else, 1200.0);
        check("3٫5", Next::Else, 3.5);
        check("10,8", Next::ScaleOrPercent, 10.8);
        check("1.200.000", Next::Else, 1_200_000.0);
        check("1,200.50", Next::Currency, 1200.5);
        check("0.125", Next::Else, 0.125);
        check("9ر3", Next::ScaleOrPercent, 3.9);
        check("4ر35084", Next::ScaleOrPercent, 35084.4);
        check("225ر29", Next::Else, 29225.0);
    }

    #[test]
    fn one_point_before_three_digits_depends_on_what_follows() {
        check("1.200", Next::Else, 1200.0);
        check("1.200", Next::ScaleOrPercent, 1.2);
        check("1.145", Next::Currency, 1.145);
    }

    #[test]
    fn dates_and_lists_are_no_number() {
        assert_eq!(read("10.5.2018", Next::Else).1, Shape::Date);
        assert_eq!(read("192.168.10.1", Next::Else).1, Shape::Other);
        assert_eq!(read("3ر2ر1ر9", Next::Else).1, Shape::Other);
        assert_eq!(read("1234567890123456", Next::Else).1, Shape::Other);
    }
}
