//! What a numeral counts: the unit after it, or the noun before it.

use std::sync::LazyLock;

use super::nouns::{self, Class, Number};
use crate::facts::number::{Form, Kind, Numeral, WordList, list};
use crate::text::{Token, TokenKind};

/// The unit of a numeral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// «دولار», "%", or the counted noun as written.
    pub name: String,
    /// What it is.
    pub class: Class,
    /// The figure's tokens with the unit: first, and one past the last.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

/// Finds the unit of `numeral` among `tokens`; `None` where the article names none.
#[must_use]
pub fn read(source: &str, tokens: &[Token], numeral: &Numeral) -> Option<Unit> {
    let words = Words { source, tokens };
    let (first, end) = (numeral.tokens.start, numeral.tokens.end);
    if numeral.kind == Kind::Score {
        return None;
    }
    if numeral.kind == Kind::Definite || numeral.form == Form::One {
        return words.noun_before(numeral).or_else(|| {
            (numeral.form != Form::One).then(|| words.noun(end, numeral)).flatten().map(|u| u.since(first))
        });
    }
    words
        .percent(end)
        .or_else(|| words.symbol(first, end))
        .or_else(|| words.listed(end, Class::Currency))
        .or_else(|| words.listed(end, Class::Measure))
        .or_else(|| words.noun(end, numeral))
        .map(|unit| unit.since(first))
}

impl Unit {
    fn since(mut self, first: usize) -> Self {
        self.first = self.first.min(first);
        self
    }
}

const fn unit(name: String, class: Class, first: usize, end: usize) -> Unit {
    Unit { name, class, first, end }
}

struct Words<'a> {
    source: &'a str,
    tokens: &'a [Token],
}

impl Words<'_> {
    fn key(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| &t.key)
    }

    fn written(&self, first: usize, end: usize) -> String {
        match (self.tokens.get(first), end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(from), Some(to)) => from.span.cover(to.span).of(self.source).to_owned(),
            _ => String::new(),
        }
    }

    /// «%», «في المئة», «بالمائة», «نقطة مئوية», «نقطة أساس»; the sign may stand before («%10»).
    fn percent(&self, at: usize) -> Option<Unit> {
        let percent = |end| Some(unit("%".to_owned(), Class::Percent, at, end));
        match (self.key(at), self.key(at + 1)) {
            ("%" | "٪" | "بالميه" | "بالمايه" | "بالماءه", _) => percent(at + 1),
            ("في", "الميه" | "المايه" | "الماءه") => percent(at + 2),
            ("نقطه" | "نقاط" | "نقط", "ميويه" | "اساس" | "اساسيه") => {
                Some(unit(self.written(at, at + 2), Class::Percent, at, at + 2))
            }
            _ => None,
        }
    }

    /// «$5», «5€», «% 10».
    fn symbol(&self, first: usize, end: usize) -> Option<Unit> {
        let before = first.checked_sub(1).filter(|&at| symbol_unit(self.key(at)).is_some());
        if let Some(at) = before
            && self.tokens[at].span.end == self.tokens[first].span.start
        {
            let (name, class) = symbol_unit(self.key(at))?;
            return Some(unit(name.to_owned(), class, at, end));
        }
        let (name, class) = symbol_unit(self.key(end))?;
        Some(unit(name.to_owned(), class, end, end + 1))
    }

    /// A currency or measure at `at`: «دولار أميركي», «من الدولارات», «كيلومتر مربع», «كيلو متر».
    fn listed(&self, at: usize, class: Class) -> Option<Unit> {
        let mut first = at;
        if self.key(first) == "من" {
            first += 1;
        }
        let key = self.key(first);
        let bare = key.strip_prefix("ال").filter(|_| nouns::look_up(key).is_none());
        let two = format!("{} {}", bare.unwrap_or(key), self.key(first + 1));
        let (entry, mut end) = match nouns::look_up(&two).filter(|e| e.class == class) {
            Some(entry) => (entry, first + 2),
            None => (nouns::look_up(bare.unwrap_or(key)).filter(|e| e.class == class)?, first + 1),
        };
        if first > at && bare.is_none() {
            return None;
        }
        let noun_end = end;
        end += nouns::qualified(entry.singular, self.key(end), self.key(end + 1));
        // «100 ميل في الساعة», «طن متري»
        if class == Class::Measure
            && self.key(end) == "في"
            && matches!(self.key(end + 1), "الساعه" | "الثانيه")
        {
            end += 2;
        }
        let name = if class == Class::Currency && end > noun_end {
            format!("{} {}", entry.singular, self.written(noun_end, end))
        } else if class == Class::Currency {
            entry.singular.to_owned()
        } else {
            self.written(first, end)
        };
        Some(unit(name, class, at, end))
    }

    /// The counted noun at `at` with its adjectives.
    fn noun(&self, at: usize, numeral: &Numeral) -> Option<Unit> {
        let token = self.tokens.get(at)?;
        if token.kind != TokenKind::Word {
            return None;
        }
        let partitive = &*token.key == "من";
        let first = if partitive { at + 1 } else { at };
        let key = self.key(first);
        let loose = numeral.form == Form::Vague || numeral.form == Form::Fraction;
        if partitive {
            // «مئات من المتظاهرين» is one phrase; «10 آلاف من مقاتلي التنظيم» leaves its complement to the phrase.
            if !self.tokens.get(first).is_some_and(Token::is_word)
                || NOT_NOUNS.contains(key)
                || key.starts_with("هذ")
            {
                return None;
            }
            let bare = key.strip_prefix("ال").unwrap_or(key);
            let class = nouns::look_up(bare).map_or(Class::Thing, |e| e.class);
            let end = if key.starts_with("ال") { first + 1 } else { at };
            return Some(unit(self.written(first, first + 1), class, first, end));
        }
        let bare = key.strip_prefix("ال").filter(|_| nouns::look_up(key).is_none());
        if bare.is_some() && !loose {
            return None;
        }
        let entry = nouns::look_up(bare.unwrap_or(key));
        if entry.is_none() && !may_be_noun(key, numeral) {
            return None;
        }
        if entry.is_some_and(|e| e.number == Number::Dual) {
            return None;
        }
        let class = entry.map_or(Class::Thing, |e| e.class);
        let end = if bare.is_some() { first + 1 } else { self.adjectives(first + 1, first) };
        Some(unit(self.written(first, first + 1), class, first, end))
    }

    /// The noun before «الثلاث» or «واحدة»: «الدول الثلاث», «حافلة واحدة».
    fn noun_before(&self, numeral: &Numeral) -> Option<Unit> {
        let mut at = numeral.tokens.start.checked_sub(1)?;
        if matches!(self.key(at), "ال" | "لل" | "بال") {
            at = at.checked_sub(1)?;
        }
        let token = self.tokens.get(at).filter(|t| t.is_word())?;
        let key: &str = &token.key;
        let forms = [
            key,
            key.strip_prefix('و').unwrap_or(key),
            key.strip_prefix('ب').unwrap_or(key),
            key.strip_prefix('ل').unwrap_or(key),
        ];
        let entry = forms.iter().find_map(|form| {
            nouns::look_up(form).or_else(|| form.strip_prefix("ال").and_then(nouns::look_up))
        });
        if numeral.form == Form::One {
            let entry = entry.filter(|e| e.number == Number::Singular)?;
            let end = numeral.tokens.end;
            return Some(unit(self.written(at, at + 1), entry.class, at, end));
        }
        let definite = forms.iter().any(|form| form.starts_with("ال"));
        if !definite {
            return None;
        }
        let class = entry.map_or(Class::Thing, |e| e.class);
        Some(unit(self.written(at, at + 1), class, at, numeral.tokens.end))
    }

    /// Index after the adjectives of the noun at `noun`, which begin at `at`: «منتجا صينيا», «ضربة جوية».
    fn adjectives(&self, at: usize, noun: usize) -> usize {
        let mut end = at;
        let head = self.key(noun);
        if IDAFA_HEADS.contains(head)
            && self.tokens.get(end).is_some_and(Token::is_word)
            && may_follow(self.key(end))
        {
            end += 1;
            if matches!(self.key(end), "نار" | "جنسي" | "سير" | "مرور" | "ارهابيه") {
                end += 1;
            }
        }
        while end < at + 4 && self.tokens.get(end).is_some_and(Token::is_word) {
            let key = self.key(end);
            let joined = key.strip_prefix('و').filter(|_| end > at);
            if agrees(head, key) || joined.is_some_and(|rest| agrees(head, rest)) {
                end += 1;
            } else if end == at && coordinate(head, key) {
                end += 1;
                while end < at + 4 && coordinate(head, self.key(end)) {
                    end += 1;
                }
                break;
            } else {
                break;
            }
        }
        end
    }
}

/// Whether `key` is a second counted noun of the same form: «كاتبا وإعلاميا وفنانا», «قرية وبلدة».
fn coordinate(head: &str, key: &str) -> bool {
    let Some(rest) = key.strip_prefix('و').filter(|r| r.chars().count() > 3) else { return false };
    (head.ends_with('ا') && rest.ends_with('ا') && !rest.ends_with("وا") && !ADVERBS.contains(rest))
        || (head.ends_with('ه') && rest.ends_with('ه') && nouns::look_up(rest).is_some())
}

/// Whether `word` may be an adjective of the counted noun `noun`, both folded.
fn agrees(noun: &str, word: &str) -> bool {
    if ADJECTIVES.contains(word) {
        return true;
    }
    if word.starts_with("ال")
        || ADVERBS.contains(word)
        || NOT_NOUNS.contains(word)
        || word.chars().count() < 4
    {
        return false;
    }
    let participle = word.starts_with('م') && word.chars().count() > 4;
    if noun.ends_with('ا') {
        return word.ends_with("يا") || participle && word.ends_with('ا');
    }
    let plural = noun.ends_with("ين") || noun.ends_with("ون");
    if plural {
        return (word.ends_with("يين") || word.ends_with("يون"))
            || participle && (word.ends_with("ين") || word.ends_with("ون"));
    }
    if noun.ends_with('ه')
        || noun.ends_with("ات")
        || nouns::look_up(noun).is_some_and(|e| e.number == Number::Plural)
    {
        return word.ends_with("يه") && !word.starts_with('ب') && !word.starts_with('ل')
            || word.ends_with("يين")
            || word.ends_with("يون");
    }
    // «500 جندي أميركي»
    word.ends_with('ي') && !word.starts_with(['ي', 'ب', 'ل', 'و'])
}

fn may_follow(key: &str) -> bool {
    !key.starts_with("ال")
        && !NOT_NOUNS.contains(key)
        && !ADVERBS.contains(key)
        && !key.starts_with(['و', 'ب', 'ل', 'ي'])
}

/// Whether an unlisted word after `numeral` may be the counted noun, by its form.
fn may_be_noun(key: &str, numeral: &Numeral) -> bool {
    if NOT_NOUNS.contains(key) || ADVERBS.contains(key) || key.chars().count() < 2 {
        return false;
    }
    // «وقال», «لكل», «بينهم», «قتلوا», «منهم»
    if key.ends_with("وا")
        || key.ends_with("هم")
        || key.ends_with("ها")
        || key.starts_with("لل")
        || key.starts_with('و')
    {
        return false;
    }
    let crate::facts::number::Quantity::Exact(value) = numeral.quantity else { return true };
    let teens = value % 100.0;
    if (11.0..=99.0).contains(&teens) && value.fract() == 0.0 && value < 1000.0 {
        // The counted noun of 11 to 99 is an accusative singular: «13 حيوانا», «25 شركة».
        return key.ends_with('ا') || key.ends_with('ه') && !key.starts_with(['ب', 'ل']);
    }
    // «يشارك», «تصل», «لدعم»: short words that open like a verb or a preposition.
    let nominal = key.ends_with("ات") || key.ends_with("ين") || key.ends_with('ه');
    nominal || key.chars().count() > 5 && !key.starts_with('ل') || !key.starts_with(['ب', 'ل', 'ي', 'ت', 'س'])
}

fn symbol_unit(key: &str) -> Option<(&'static str, Class)> {
    Some(match key {
        "$" | "usd" => ("دولار", Class::Currency),
        "€" | "eur" => ("يورو", Class::Currency),
        "£" | "gbp" => ("جنيه إسترليني", Class::Currency),
        "¥" => ("ين", Class::Currency),
        "₪" => ("شيكل", Class::Currency),
        "₺" => ("ليرة", Class::Currency),
        "₽" => ("روبل", Class::Currency),
        "%" | "٪" => ("%", Class::Percent),
        _ => return None,
    })
}

/// Whether the word with the key `key` is one that numbers count, with or without its clitic.
#[must_use]
pub fn counts(key: &str) -> bool {
    nouns::look_up(key).is_some_and(|e| e.number != Number::Dual)
}

/// Adjectives that stand after counted nouns and do not show it by their form.
static ADJECTIVES: WordList = LazyLock::new(|| {
    list(
        "اخر اخرا اخري اخرين اخرون اخران اخريات كبار كبير كبيرا كبيره صغير صغيره صغيرا جديد جديدا \
    جديده جدد قديمه كامله كاملا مختلفه اضافيه اضافيا اضافي اضافيين عرب اجانب متتاليه متتاليا \
    رييسيه نوويه مسلحين عزل",
    )
});

/// Words after a number that say how often, how or when, and are no part of the unit.
static ADVERBS: WordList = LazyLock::new(|| {
    list(
        "ايضا تقريبا يوميا سنويا شهريا اسبوعيا حاليا سابقا لاحقا معا عالميا محليا رسميا اعتبارا بدءا \
    نظرا وفقا طبقا خلافا فورا جميعا مقارنه نتيجه متاثرا مشيرا موضحا مضيفا موكدا قايلا مبينا \
    متوقعا دفعه معظمهم مرفوقا",
    )
});

/// Words that may follow a number and are never what it counts.
static NOT_NOUNS: WordList = LazyLock::new(|| {
    list(
        "في من الي علي عن مع بعد قبل خلال بين منذ حتي ضد لدي عند تحت فوق دون حول ضمن عبر امام وراء \
    مثل او ام ثم لكن بل لا لم لن ما ان انه انها اذ اذا لو قد كما كان كانت كانوا هو هي هم هذا \
    هذه ذلك تلك التي الذي الذين اللذين ممن مما حيث بينما فيما عندما حين اي كل بعض غير سوي فقط \
    فاكثر فما منهم منها منهن بينهم بينها بينهن عليه عليها تم يتم ليس مقابل امس اليوم غدا وفق \
    بحسب حسب اثر قال اكد اعلن قتل اصيب شارك كلهم يوم",
    )
});

/// Nouns that want a second noun to say anything: «عملية إطلاق نار», «رجال أعمال».
static IDAFA_HEADS: WordList = LazyLock::new(|| {
    list(
        "عمليه عمليات حادث حوادث حادثا قضيه قضايا رجل رجال حاله حالات محاوله محاولات ضابط ضباط فريق \
    طلب طلبات جريمه جرايم فرصه سياره سفينه مذكره مذكرات منصه كلب سند خطاب",
    )
});
