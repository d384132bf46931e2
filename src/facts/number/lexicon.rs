//! Closed class: the number words of Arabic, by comparison key (see [`crate::text::fold`]).

/// What one word or digit token says within a numeral.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lexeme {
    /// Digits: `1,200`, `٣٫٥`.
    Digits(f64),
    /// «صفر», which counts only in scores.
    Zero,
    /// «واحد», «واحدة».
    One,
    /// 2 to 9, alone or before «عشر».
    Unit(u8),
    /// «أحد», «إحدى»: 1, and only before «عشر» («أحد عشر»); alone it is an article («أحد المارة»).
    Eleventh,
    /// «اثنا», «اثنتي»: 2, and only before «عشر»; folded, «أثنى على» looks like it.
    Twelfth,
    /// «عشر», «عشرة».
    Ten,
    /// «عشرون» … «تسعين».
    Tens(u8),
    /// «مئة» … «تسعمئة», in hundreds. «مئتا» is 2.
    Hundreds(u8),
    /// «ألف», «مليون»… and how many of them the word itself tells.
    Scale(f64, Many),
    /// «عشرات», «مئات»: some tens, some hundreds. Holds the ten or hundred.
    Dozens(f64),
    /// «نصف», «ثلثي».
    Fraction(f64),
    /// «أرباع», «أخماس»: the divisor of «ثلاثة أرباع».
    Parts(u8),
    /// «بضعة»: three to nine.
    Few,
    /// A letter or a digit token of the number before it: «9\[ر3\]».
    Part,
    /// No number.
    Other,
}

/// How many of its scale a scale word tells by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// «ألف», «مليون».
    One,
    /// «ألفا», «مليونا»: after a number the counted form («خمسون ألفا»), before a noun the dual («ألفا جندي»).
    OneOrTwo,
    /// «ألفين», «مليونان», «مليوني».
    Two,
    /// «آلاف», «ملايين»: after a number its scale, alone an unknown number of them.
    Some,
}

/// The scales with their forms: singular, dual stems end in these letters, plural.
const SCALES: [(&str, &[&str], f64); 7] = [
    ("الف", &["الاف", "الوف"], 1e3),
    ("مليون", &["ملايين"], 1e6),
    ("مليار", &["مليارات", "ملايير"], 1e9),
    ("بليون", &["بلايين"], 1e9),
    ("تريليون", &["تريليونات"], 1e12),
    ("ترليون", &["ترليونات"], 1e12),
    ("تريلون", &["تريلونات"], 1e12),
];

/// Looks up the bare word `key`, without clitics.
#[must_use]
pub fn look_up(key: &str) -> Lexeme {
    if let Some(lexeme) = scale(key).or_else(|| hundreds(key)) {
        return lexeme;
    }
    match key {
        "صفر" => Lexeme::Zero,
        "واحد" | "واحده" | "واحدا" => Lexeme::One,
        "احد" | "احدي" | "حادي" => Lexeme::Eleventh,
        "اثنان" | "اثنين" | "اثنتان" | "اثنتين" => Lexeme::Unit(2),
        "اثنا" | "اثني" | "اثنتا" | "اثنتي" => Lexeme::Twelfth,
        "ثلاث" | "ثلاثه" | "ثلاثا" => Lexeme::Unit(3),
        "اربع" | "اربعه" | "اربعا" => Lexeme::Unit(4),
        "خمس" | "خمسه" | "خمسا" => Lexeme::Unit(5),
        "ست" | "سته" | "ستا" => Lexeme::Unit(6),
        "سبع" | "سبعه" | "سبعا" => Lexeme::Unit(7),
        "ثمان" | "ثماني" | "ثمانيه" | "ثمانيا" => Lexeme::Unit(8),
        "تسع" | "تسعه" | "تسعا" => Lexeme::Unit(9),
        "عشر" | "عشره" | "عشرا" => Lexeme::Ten,
        "عشرون" | "عشرين" => Lexeme::Tens(2),
        "ثلاثون" | "ثلاثين" => Lexeme::Tens(3),
        "اربعون" | "اربعين" => Lexeme::Tens(4),
        "خمسون" | "خمسين" => Lexeme::Tens(5),
        "ستون" | "ستين" => Lexeme::Tens(6),
        "سبعون" | "سبعين" => Lexeme::Tens(7),
        "ثمانون" | "ثمانين" => Lexeme::Tens(8),
        "تسعون" | "تسعين" => Lexeme::Tens(9),
        "عشرات" => Lexeme::Dozens(10.0),
        "ميات" | "مايات" => Lexeme::Dozens(100.0),
        "نصف" => Lexeme::Fraction(1.0 / 2.0),
        "ثلث" => Lexeme::Fraction(1.0 / 3.0),
        "ثلثا" | "ثلثي" | "ثلثان" | "ثلثين" => Lexeme::Fraction(2.0 / 3.0),
        "ربع" => Lexeme::Fraction(1.0 / 4.0),
        "سدس" => Lexeme::Fraction(1.0 / 6.0),
        "اثلاث" => Lexeme::Parts(3),
        "ارباع" => Lexeme::Parts(4),
        "اخماس" => Lexeme::Parts(5),
        "اسداس" => Lexeme::Parts(6),
        "اسباع" => Lexeme::Parts(7),
        "اثمان" => Lexeme::Parts(8),
        "اعشار" => Lexeme::Parts(10),
        "بضع" | "بضعه" => Lexeme::Few,
        // Short forms of English copy: «$5m», «3bn».
        "k" => Lexeme::Scale(1e3, Many::One),
        "m" | "mn" | "million" => Lexeme::Scale(1e6, Many::One),
        "b" | "bn" | "billion" => Lexeme::Scale(1e9, Many::One),
        "tn" | "trillion" => Lexeme::Scale(1e12, Many::One),
        _ => Lexeme::Other,
    }
}

fn scale(key: &str) -> Option<Lexeme> {
    for (singular, plurals, value) in SCALES {
        if plurals.contains(&key) {
            return Some(Lexeme::Scale(value, Many::Some));
        }
        if let Some(ending) = key.strip_prefix(singular) {
            let many = match ending {
                "" => Many::One,
                "ا" => Many::OneOrTwo,
                "ان" | "ين" | "ي" => Many::Two,
                _ => continue,
            };
            return Some(Lexeme::Scale(value, many));
        }
    }
    None
}

/// «مئة», «مائة», «مئتا», «ثلاثمئة», «ثمانيمائة»: the seat of the hamza and the alif vary.
fn hundreds(key: &str) -> Option<Lexeme> {
    let hundreds = match key {
        "ميه" | "مايه" => 1,
        "ميتان" | "ميتين" | "ميتا" | "ميتي" | "مايتان" | "مايتين" | "مايتا" | "مايتي" => {
            2
        }
        _ => match key.strip_suffix("مايه").or_else(|| key.strip_suffix("ميه"))? {
            "ثلاث" | "ثلث" => 3,
            "اربع" => 4,
            "خمس" => 5,
            "ست" => 6,
            "سبع" => 7,
            "ثمان" | "ثماني" => 8,
            "تسع" => 9,
            _ => return None,
        },
    };
    Some(Lexeme::Hundreds(hundreds))
}

#[cfg(test)]
mod tests {
    use super::{Lexeme, Many, look_up};
    use crate::text::fold::fold;

    #[test]
    fn spellings_of_one_number_are_one() {
        for word in ["ثلاثمئة", "ثلاثمائة", "ثلثمائة"] {
            assert_eq!(look_up(&fold(word)), Lexeme::Hundreds(3));
        }
        for word in ["مئتان", "مائتي", "مئتا", "مائتين"] {
            assert_eq!(look_up(&fold(word)), Lexeme::Hundreds(2));
        }
        for word in ["ألفان", "ألفين", "ألفي"] {
            assert_eq!(look_up(&fold(word)), Lexeme::Scale(1e3, Many::Two));
        }
        assert_eq!(look_up(&fold("مليارا")), Lexeme::Scale(1e9, Many::OneOrTwo));
    }
}
