//! Ordinals, references and names that hold a number: numbers that are no quantity.

use std::sync::LazyLock;

use super::lexer::Lexed;
use super::lexicon::Lexeme;
use super::words::{WordList, is_among, list, proclitic};
use crate::rule::Rule;
use crate::text::lexicon::WordClass;
use crate::text::{Token, TokenKind};

/// Marks in `taken` the tokens of every ordinal, reference, list number and name.
pub fn mark(tokens: &[Token], lexed: &[Lexed], taken: &mut [bool]) {
    let page = Page { tokens, lexed };
    for at in 0..tokens.len() {
        if lexed[at].lexeme == Lexeme::Other && tokens[at].kind != TokenKind::Number {
            continue;
        }
        let number = tokens[at].kind == TokenKind::Number;
        let named = Rule::NumberOrdinal.is_met(page.is_ordinal_tail(at))
            || page.is_behind_naming_word(at)
            || Rule::NumberGroup.is_met(page.is_name_of_group(at))
            || number
                && (page.is_joined_to_name(at)
                    || Rule::NumberListed.is_met(page.is_listed(at))
                    || Rule::NumberOrdinalDigits.is_met(page.is_ordinal_in_digits(at)));
        // «الفصول 1 و2 و5»: what is joined to a reference is one too.
        let chained = number
            && at >= 2
            && taken[at - 2]
            && tokens[at - 2].kind == TokenKind::Number
            && matches!(page.key(at - 1), "و" | "،" | ",")
            && !page.has_unit_behind(at);
        if named || Rule::NumberChained.is_met(chained) {
            taken[at] = true;
        }
    }
}

struct Page<'a> {
    tokens: &'a [Token],
    lexed: &'a [Lexed],
}

impl Page<'_> {
    fn key(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &t.key)
    }

    fn key_before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |i| self.key(i))
    }

    fn is_touching_next(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| next.span.start == self.tokens[at].span.end)
    }

    fn is_touching_previous(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is_touching_next(before))
    }

    /// «الخامس عشر», «الحادية والعشرين», «الذكرى الخمسين»: what follows an ordinal or a singular noun.
    fn is_ordinal_tail(&self, at: usize) -> bool {
        let before = self.key_before(at, 1);
        match self.lexed[at].lexeme {
            Lexeme::Ten => is_ordinal(before),
            Lexeme::Tens(_) if self.lexed[at].clitics.has_conjunction => is_ordinal(before),
            // «القرن العشرين», «الذكرى الخمسين»; but «الدول العشرين» are counted.
            Lexeme::Tens(_) if self.lexed[at].clitics.has_article => {
                before.contains("ال") && !is_plural(before) && self.lexed[at - 1].lexeme == Lexeme::Other
            }
            // Closed class: numerals.
            Lexeme::Eleventh => self.key(at).contains("حادي"),
            _ => false,
        }
    }

    /// «المادة 50», «القرار 2254», «الجولة 12», «الدقيقة 85», «رقم 10».
    fn is_behind_naming_word(&self, at: usize) -> bool {
        let lexeme = self.lexed[at].lexeme;
        if !matches!(lexeme, Lexeme::Digits(_) | Lexeme::Tens(_) | Lexeme::Unit(_))
            && self.tokens[at].kind != TokenKind::Number
        {
            return false;
        }
        let before = self.key_before(at, 1);
        let counted =
            crate::facts::nouns::is_counted(self.key(at + 1)) && !WordClass::NumberNoun.contains(before);
        let numbered =
            is_among(WordClass::Numbered, before) && self.tokens[at].kind == TokenKind::Number && !counted;
        if Rule::NumberReference.is_met(numbered) {
            return true;
        }
        // «المادتان 50 و51», «في الدقيقتين 20 و85»
        let chained = before == "و"
            && self.tokens[at].kind == TokenKind::Number
            && self.tokens.get(at.wrapping_sub(2)).is_some_and(|t| t.kind == TokenKind::Number)
            && is_among(WordClass::Numbered, self.key_before(at, 3));
        // «القرار رقم (2254)», «إس 400», «آيفون 8»
        let bracketed = before == "(" && is_among(WordClass::Numbered, self.key_before(at, 2));
        // «القانون التنظيمي 04.16», «لقانون المالية 130.13»: a law of the Maghreb, the second part its year.
        let law = self.key(at).split_once('.').is_some_and(|(law, year)| law.len() <= 3 && year.len() == 2)
            && (1..=3).any(|back| is_among(WordClass::Law, self.key_before(at, back)))
            && !counted
            && !self.has_unit_behind(at);
        // «حركة خمس نجوم»
        let movement = WordClass::NameAroundNumber.keys().iter().any(|name| {
            let (first, last) = name.split_once(' ').unwrap_or((name, ""));
            proclitic(before, first).is_some() && self.key(at + 1) == last
        });
        // «والأوميغا 3», «فيتامين ب 12»
        let back = if before.chars().count() == 1 { 2 } else { 1 };
        let name = self.key_before(at, back);
        let name = name.strip_prefix('و').unwrap_or(name);
        let product = self.tokens[at].kind == TokenKind::Number
            && is_among(
                WordClass::Product,
                ["ال", "لل"].iter().find_map(|the| name.strip_prefix(the)).unwrap_or(name),
            )
            && !crate::facts::nouns::is_counted(self.key(at + 1))
            && !matches!(self.lexed.get(at + 1).map(|l| l.lexeme), Some(Lexeme::Scale(..)));
        Rule::NumberChained.is_met(chained)
            || Rule::NumberLaw.is_met(law)
            || Rule::NumberReference.is_met(bracketed)
            || Rule::NumberInName.is_met(movement)
            || Rule::NumberProduct.is_met(product)
    }

    /// «مجموعة العشرين», «مجموعة السبع», «مجموعة الدول السبع», «مجموعة 5+1».
    fn is_name_of_group(&self, at: usize) -> bool {
        let group = |back| {
            // «#مجموعة_السبع»
            let back = if self.key_before(at, back) == "_" { back + 1 } else { back };
            is_among(WordClass::GroupNoun, self.key_before(at, back))
        };
        let definite = self.lexed[at].clitics.has_article || self.key_before(at, 1) == "ال";
        let members = |back| WordClass::GroupMember.contains(self.key_before(at, back));
        let states = members(1) || self.key_before(at, 1) == "ال" || members(2);
        // Closed class: the sign, written out.
        let plus = matches!(self.key(at + 1), "+" | "زايد")
            || self.key_before(at, 1) == "+"
                && self.is_touching_previous(at)
                && at >= 2
                && self.tokens[at - 2].kind == TokenKind::Number;
        definite && (group(1) || states && (group(2) || group(3)))
            || plus && self.tokens[at].kind == TokenKind::Number
    }

    /// «كوفيد-19», «إف-35», `F-35`, `G20`, `H1N1`, `5G`, `iPhone 8`.
    fn is_joined_to_name(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.tokens.get(i));
        let dashed = matches!(self.key_before(at, 1), "-" | "–" | "ـ")
            && self.is_touching_previous(at)
            && at >= 2
            && self.is_touching_next(at - 2)
            && self.tokens[at - 2].is_word()
            && self.lexed[at - 2].lexeme == Lexeme::Other
            && (self.tokens[at - 2].key.chars().count() > 1 || self.tokens[at - 2].key.is_ascii());
        let latin = |token: &Token| token.is_word() && token.key.chars().all(|c| c.is_ascii_alphabetic());
        let after_latin = before.is_some_and(|token| {
            latin(token)
                && !MONEY_CODES.contains(&&*token.key)
                && (self.is_touching_previous(at) || !self.has_unit_behind(at))
        });
        let before_latin = self.tokens.get(at + 1).is_some_and(|token| {
            latin(token)
                && self.is_touching_next(at)
                && self.lexed[at + 1].lexeme == Lexeme::Other
                && !LATIN_UNITS.contains(&*token.key)
        });
        // «"تبوك – 4"»
        let quoted =
            matches!(self.key_before(at, 1), "-" | "–") && matches!(self.key(at + 1), "\"" | "”" | "»");
        // «"فيلت 24"», «سوخوي -24»
        let is_quote = |key: &str| matches!(key, "\"" | "“" | "”" | "«" | "»");
        let quoted = quoted
            || is_quote(self.key(at + 1))
                && is_quote(self.key_before(at, 2))
                && before.is_some_and(Token::is_word);
        let numbered = self.key_before(at, 1) == "-"
            && self.is_touching_previous(at)
            && !self.has_unit_behind(at)
            && at >= 2
            && self.tokens[at - 2].is_word()
            && self.lexed[at - 2].lexeme == Lexeme::Other;
        Rule::NumberJoined.is_met(dashed || numbered)
            || Rule::NumberQuoted.is_met(quoted)
            || Rule::NumberLatin.is_met(after_latin || before_latin)
    }

    fn has_unit_behind(&self, at: usize) -> bool {
        crate::facts::nouns::is_counted(self.key(at + 1))
            || matches!(self.lexed.get(at + 1).map(|l| l.lexeme), Some(Lexeme::Scale(..)))
            || matches!(self.key(at + 1), "%" | "٪" | "في")
    }

    /// «1. …», «2) …», «(3)», «[4]»: numbers of a list and footnotes.
    fn is_listed(&self, at: usize) -> bool {
        let first = at == 0
            && matches!(self.key(1), "." | ")" | "-" | ":" | "–" | "،" | "/")
            && !self.tokens.get(2).is_some_and(|t| t.kind == TokenKind::Number);
        // «[3]», but «مدة العرض (210) دقائق».
        let bracketed = matches!((self.key_before(at, 1), self.key(at + 1)), ("(", ")") | ("[", "]"))
            && self.key(at).len() <= 3
            && !crate::facts::nouns::is_counted(self.key(at + 2));
        // «2- النجم الساحلي 3- النادي». Closed class: numerals.
        let dashed = self.key(at + 1) == "-"
            && self.is_touching_next(at)
            && !self.is_touching_next(at + 1)
            && self.tokens.get(at + 2).is_some_and(|t| t.is_word() && &*t.key != "صفر");
        let law = matches!(self.key(at + 1), "لسنه" | "لعام");
        let hash = matches!(self.key_before(at, 1), "#" | "№" | "@" | "_");
        let alone = self.tokens.len() == 1;
        first || bracketed || dashed || hash || law || alone || self.key(at + 1) == "_"
    }

    /// «الجولة الـ15», «القرن الـ19»: an article before digits after a singular noun. With a plural noun
    /// before («الأعوام الـ3») or a noun after («الـ20 دولة») it is a count.
    fn is_ordinal_in_digits(&self, at: usize) -> bool {
        let article = matches!(self.key_before(at, 1), "ال" | "وال" | "بال" | "لل");
        if !article {
            return false;
        }
        let after = crate::facts::nouns::is_counted(self.key(at + 1));
        let scale = matches!(self.lexed.get(at + 1).map(|l| l.lexeme), Some(Lexeme::Scale(..)));
        !(after || scale || is_plural(self.key_before(at, 2)))
    }
}

/// Whether the definite word `key` is a plural by its form: «الدول», «الأعوام», «السنوات», «المستعمرات».
#[must_use]
pub fn is_plural(key: &str) -> bool {
    let key = key.trim_start_matches(['و', 'ب', 'ك', 'ف']);
    let Some(bare) = key.strip_prefix("ال") else { return false };
    let letters = bare.chars().count();
    let sound = letters > 4 && (bare.ends_with("ات") || bare.ends_with("ين") || bare.ends_with("ون"));
    // «الأعوام», «الأيام», «الأعضاء»: أفعال.
    let afaal = bare.starts_with('ا') && letters >= 5 && bare.chars().rev().nth(1) == Some('ا');
    sound || afaal || WordClass::BrokenPlural.contains(key)
}

/// «الأول», «الثانية», «الحادي», «العاشرة»…
fn is_ordinal(key: &str) -> bool {
    // Closed class: ordinals.
    static STEMS: WordList = LazyLock::new(|| list("حادي ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر واحد"));
    let key = key.trim_start_matches(['و', 'ب', 'ف', 'ك']);
    let bare = key.strip_prefix("ال").or_else(|| key.strip_prefix("لل")).unwrap_or(key);
    let stem = bare.strip_suffix('ه').unwrap_or(bare);
    STEMS.contains(stem) && (bare != key || stem != "واحد")
}

/// Latin words after which a number is money.
const MONEY_CODES: [&str; 8] = ["us", "usd", "eur", "gbp", "aed", "sar", "egp", "qar"];

/// Latin units that may be glued to digits.
static LATIN_UNITS: WordList = LazyLock::new(|| list("km kg m cm mm gb tb mb mw gw kw ghz mhz usd k mah"));
